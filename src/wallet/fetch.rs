//! `fetchWallet`, `listVersions`, `fetchVersion`, `subscribeWallet`: looking at a wallet.

use std::sync::Arc;

use tokio::sync::broadcast;

use crate::clock::Time;
use crate::crypto::{BlobHash, ClaimedKey, PublicKey};
use crate::store::{StoreError, Version, Wallet};

use super::changes::Change;
use super::{Access, Caller, Refusal, WalletStatistics, Wallets, versions};

/// A wallet, and who has been asking for it.
#[derive(Debug)]
pub struct Fetched {
    /// The blob, unless the caller has it.
    pub encrypted_data: Option<Arc<[u8]>>,
    /// The hash of what is stored.
    pub local_hash: BlobHash,
    /// When the wallet was made.
    pub created: Time,
    /// When it was last stored.
    pub updated: Time,
    /// Who has been asking, this call included.
    pub statistics: WalletStatistics,
}

/// An older or the current version.
#[derive(Debug)]
pub struct FetchedVersion {
    /// The blob.
    pub encrypted_data: Arc<[u8]>,
    /// What it is.
    pub version: Version,
}

impl Wallets {
    /// The wallet's blob, unless it is the one with this hash, and its statistics.
    ///
    /// # Errors
    /// [`Refusal::InvalidPublicKey`], [`Refusal::WalletNotFound`], [`Refusal::StoreUnavailable`].
    pub async fn fetch(
        &self,
        caller: Caller,
        key: &ClaimedKey,
        local_hash: Option<BlobHash>,
    ) -> Result<Fetched, Refusal> {
        let unless_known = |wallet: &Wallet| {
            (local_hash != Some(wallet.current.hash)).then(|| wallet.current.clone())
        };
        let read = self.read(key, unless_known).await;
        let (wallet, data) = self.noted(caller, key, read).await?;
        let outcome = if data.is_some() { "ok" } else { "not_modified" };
        let access = Access::new(self.now(), caller, outcome);
        Ok(Fetched {
            encrypted_data: data,
            local_hash: wallet.current.hash,
            created: wallet.created,
            updated: wallet.updated(),
            statistics: self.statistics.record(wallet.id, access),
        })
    }

    /// What is stored, newest first.
    ///
    /// # Errors
    /// [`Refusal::InvalidPublicKey`], [`Refusal::WalletNotFound`], [`Refusal::StoreUnavailable`].
    pub async fn versions(
        &self,
        caller: Caller,
        key: &ClaimedKey,
    ) -> Result<Vec<Version>, Refusal> {
        let wallet = self.noted(caller, key, self.found(key).await).await?;
        self.note(caller, wallet.id, "ok");
        Ok(self.kept_versions(&wallet))
    }

    /// The version with this hash.
    ///
    /// # Errors
    /// [`Refusal::InvalidPublicKey`], [`Refusal::WalletNotFound`], [`Refusal::VersionNotFound`], [`Refusal::StoreUnavailable`].
    pub async fn version(
        &self,
        caller: Caller,
        key: &ClaimedKey,
        local_hash: BlobHash,
    ) -> Result<FetchedVersion, Refusal> {
        let chosen = |wallet: &Wallet| {
            let mut kept = self.kept_versions(wallet).into_iter();
            kept.find(|version| version.hash == local_hash)
        };
        let (wallet, data) = self
            .noted(caller, key, self.read(key, chosen).await)
            .await?;
        let version = chosen(&wallet);
        let (Some(version), Some(encrypted_data)) = (version, data) else {
            self.note(caller, wallet.id, "VersionNotFound");
            return Err(Refusal::VersionNotFound);
        };
        self.note(caller, wallet.id, "ok");
        Ok(FetchedVersion {
            encrypted_data,
            version,
        })
    }

    /// The changes of a wallet from now on.
    ///
    /// # Errors
    /// [`Refusal::InvalidPublicKey`], [`Refusal::WalletNotFound`], [`Refusal::StoreUnavailable`].
    pub async fn subscribe(
        &self,
        caller: Caller,
        key: &PublicKey,
    ) -> Result<broadcast::Receiver<Change>, Refusal> {
        // before looking: no change in between is missed
        let changes = self.changes.of(key);
        let key = ClaimedKey::from(*key);
        let wallet = self.noted(caller, &key, self.found(&key).await).await?;
        self.note(caller, wallet.id, "ok");
        Ok(changes)
    }

    /// The current version and the older ones that are kept today: days pass without a save, too.
    fn kept_versions(&self, wallet: &Wallet) -> Vec<Version> {
        let mut older = wallet.older.clone();
        versions::prune(&mut older, &self.rules, self.now());
        std::iter::once(wallet.current.clone())
            .chain(older)
            .collect()
    }

    async fn found(&self, key: &ClaimedKey) -> Result<Arc<Wallet>, Refusal> {
        match self.store.wallet(key.as_bytes()).await? {
            Some(wallet) => Ok(wallet),
            None => {
                let key = key.check().map_err(|_| Refusal::InvalidPublicKey)?;
                let retired = self.store.retired(&self.digests.of_key(&key)).await?;
                Err(Refusal::not_found(Vec::new(), retired))
            }
        }
    }

    /// The wallet, with the bytes of the version that is chosen.
    async fn read(
        &self,
        key: &ClaimedKey,
        choose: impl Fn(&Wallet) -> Option<Version>,
    ) -> Result<(Arc<Wallet>, Option<Arc<[u8]>>), Refusal> {
        let mut seen = None;
        loop {
            let wallet = self.found(key).await?;
            let Some(version) = choose(&wallet) else {
                return Ok((wallet, None));
            };
            if let Some(data) = self.store.data(&version).await? {
                return Ok((wallet, Some(data)));
            }
            // replaced since it was looked up, else gone
            if seen.replace(wallet.commit) == Some(wallet.commit) {
                return Err(
                    StoreError::Damaged("the data of a wallet is missing, which".into()).into(),
                );
            }
        }
    }

    /// Remembers a call that failed with the wallet that it named.
    async fn noted<T>(
        &self,
        caller: Caller,
        key: &ClaimedKey,
        result: Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        if let Err(refusal @ Refusal::StoreUnavailable(_)) = &result {
            self.note_failure(caller, key, refusal.name()).await;
        }
        result
    }
}
