//! What operators see of wallets, and how they erase one: never an e-mail address, never a blob.

use serde::{Deserialize, Serialize};

use super::changes::{Change, Happened};
use super::{Digests, Refusal, Wallets, delete};
use crate::clock::Time;
use crate::crypto::{PublicKey, Secret};
use crate::mail::EmailAddress;
use crate::store::{EmailDigest, Table, Wallet, WalletId, decide};

/// So many keys are looked at in one go.
const SLICE: usize = 1000;

/// By what an operator names a wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum WalletName {
    /// The keyed hash of its e-mail address, of [`email_digest`].
    Email(EmailDigest),
    /// By what the access log names it.
    Fingerprint([u8; 8]),
    /// Its public key.
    Key(PublicKey),
}

/// The keyed hash by which a server with this secret recognises an e-mail address.
pub fn email_digest(secret: &Secret<32>, email: &EmailAddress) -> EmailDigest {
    Digests(secret.clone()).of_email(email)
}

/// What operators see of a wallet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its inner number: it stays when the key changes.
    pub id: WalletId,
    /// By what the access log names it.
    pub fingerprint: [u8; 8],
    /// Its public key.
    pub publickey: PublicKey,
    /// When it was made.
    pub created: Time,
    /// When it was last stored.
    pub updated: Time,
    /// When it was last asked for, as far as statistics go back.
    pub accessed: Option<Time>,
    /// Bytes of its blob.
    pub bytes: u32,
    /// The blob's revision, if it is sealed.
    pub revision: Option<u64>,
    /// How many older versions are kept, and their bytes.
    pub older: (usize, u64),
    /// Whether it has an e-mail address.
    pub email: bool,
}

impl Wallets {
    /// Up to `count` wallets, from the first one after `after` on.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub fn page(&self, after: Option<WalletId>, count: usize) -> Result<Vec<Listed>, Refusal> {
        let wallets = self.store.wallets_after(after, count)?;
        Ok(wallets.iter().map(|wallet| self.listed(wallet)).collect())
    }

    /// The wallet with this name.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub async fn find(&self, name: &WalletName) -> Result<Option<Listed>, Refusal> {
        let key = match *name {
            WalletName::Email(email) => return self.find_by_email(email).await,
            WalletName::Fingerprint(fingerprint) => self.key_of(fingerprint)?,
            WalletName::Key(key) => Some(*key.as_bytes()),
        };
        let Some(key) = key else {
            return Ok(None);
        };
        let wallet = self.store.wallet(&key).await?;
        Ok(wallet.map(|wallet| self.listed(&wallet)))
    }

    async fn find_by_email(&self, email: EmailDigest) -> Result<Option<Listed>, Refusal> {
        let wallet = decide::<_, Refusal>(&*self.store, move |transaction| {
            let Some(address) = transaction.address(&email)? else {
                return Ok(None);
            };
            let wallet = transaction.wallet_by_id(address.wallet)?;
            Ok(wallet.filter(|wallet| wallet.email == Some(email)))
        });
        Ok(wallet.await?.map(|wallet| self.listed(&wallet)))
    }

    /// Erases a wallet as `deleteWallet` does, with the codes that were sent to its address; durable when this returns. False if there is none.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub async fn erase(&self, id: WalletId) -> Result<bool, Refusal> {
        let (digests, now) = (self.digests.clone(), self.now());
        let erased = decide::<_, Refusal>(&*self.store, move |transaction| {
            let Some(wallet) = transaction.wallet_by_id(id)? else {
                return Ok(None);
            };
            let updated = now.max(wallet.updated());
            delete::remove(transaction, &digests, &wallet, updated);
            let change = Change {
                happened: Happened::Deleted,
                updated,
                commit: transaction.commit(),
            };
            Ok(Some((wallet, change)))
        });
        let Some((wallet, change)) = erased.await? else {
            return Ok(false);
        };
        self.statistics.forget(id);
        self.changes.announce(&wallet.key, Some(change));
        let key = self.digests.of_key(&wallet.key);
        self.clear_codes_that(move |code| match code.spent {
            Some(spent) => spent.key == key,
            None => Some(code.email) == wallet.email,
        })
        .await?;
        Ok(true)
    }

    /// Nothing is kept by fingerprint: every key is looked at.
    fn key_of(&self, fingerprint: [u8; 8]) -> Result<Option<[u8; 33]>, Refusal> {
        let mut after: Option<Vec<u8>> = None;
        loop {
            let keys = self.store.keys(Table::Key, after.as_deref(), SLICE)?;
            let mut candidates = keys.iter().filter_map(|key| key.as_slice().try_into().ok());
            let found = candidates.find(|key| self.fingerprint_of(key).0 == fingerprint);
            if found.is_some() {
                return Ok(found);
            }
            match keys.into_iter().last() {
                Some(last) => after = Some(last),
                None => return Ok(None),
            }
        }
    }

    fn listed(&self, wallet: &Wallet) -> Listed {
        let recent = self.statistics.of(wallet.id).recent;
        Listed {
            id: wallet.id,
            fingerprint: self.fingerprint_of(wallet.key.as_bytes()).0,
            publickey: wallet.key,
            created: wallet.created,
            updated: wallet.updated(),
            accessed: recent.first().map(|access| access.time),
            bytes: wallet.current.bytes,
            revision: wallet.current.revision,
            older: (
                wallet.older.len(),
                wallet.older.iter().map(|one| u64::from(one.bytes)).sum(),
            ),
            email: wallet.email.is_some(),
        }
    }
}
