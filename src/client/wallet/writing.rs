//! What is written is sealed as the next revision, signed, said, and compared with what the server confirms.

use std::sync::atomic::Ordering;

use super::{Head, Stored, Wallet};
use crate::client::calls;
use crate::client::error::ClientError;
use crate::crypto::{
    BlobHash, Keys, PublicKey, blob_digest, change_password_digest, delete_wallet_digest, seal,
};
use crate::protocol::Name;
use crate::protocol::methods::{
    ChangePassword, CreateWallet, Created, DeleteWallet, SaveWallet, Saved,
};

impl Wallet {
    /// The wallet exists, holds this plaintext, and the code is spent.
    ///
    /// `replace` takes the e-mail address away from an older wallet. A key that held a wallet before is told by the server, and the
    /// plaintext is sealed once more, above what the key held.
    ///
    /// # Errors
    /// `InvalidCode`, `WalletExists`, `EmailInUse`, `KeyRetired`, `DataTooLarge`, `RateLimited`.
    pub async fn create(
        &self,
        code: &str,
        plaintext: &[u8],
        replace: bool,
    ) -> Result<Stored, ClientError> {
        let revision = self.next_revision()?;
        match self.create_as(revision, code, plaintext, replace).await {
            Err(error) if is_below(&error, revision) => {
                let revision = self.next_revision()?;
                self.create_as(revision, code, plaintext, replace).await
            }
            answer => answer,
        }
    }

    async fn create_as(
        &self,
        revision: u64,
        code: &str,
        plaintext: &[u8],
        replace: bool,
    ) -> Result<Stored, ClientError> {
        let blob = seal(&self.keys, revision, plaintext)?;
        let created = self.create_blob(code, &blob, replace).await?;
        Ok(self.stored(&blob, revision, created.updated))
    }

    /// The wallet exists and holds these bytes, whatever they are; the code is spent.
    ///
    /// # Errors
    /// As [`create`](Self::create); `Stale` for bytes that this key held before; `InvalidData`.
    pub async fn create_blob(
        &self,
        code: &str,
        blob: &[u8],
        replace: bool,
    ) -> Result<Created, ClientError> {
        let hash = BlobHash::of(blob);
        let signature = self.keys.private_key.sign(&blob_digest(&hash));
        let params = calls::create_params(code, blob, &signature, Some(self.public_key()), replace);
        let created = self.say::<CreateWallet>(&params).await?;
        self.same_key(&created.publickey, self.public_key())?;
        self.same_hash(&created.local_hash, &hash)?;
        Ok(created)
    }

    /// The wallet holds this plaintext in place of `base`, as the highest known revision plus one.
    ///
    /// Never overwrites what `base` is not: after a `Conflict` fetch, bring both together, and save again.
    ///
    /// # Errors
    /// `Conflict` if something else than `base` is stored; `WalletNotFound`, `DataTooLarge`, `RateLimited`.
    pub async fn save(&self, plaintext: &[u8], base: &Head) -> Result<Stored, ClientError> {
        self.learn(base.revision);
        let revision = self.next_revision()?;
        let blob = seal(&self.keys, revision, plaintext)?;
        let saved = self.save_blob(&blob, Some(&base.local_hash)).await?;
        Ok(self.stored(&blob, revision, saved.updated))
    }

    /// The wallet holds these bytes, whatever they are, in place of those with the hash `original`.
    ///
    /// Without `original` it overwrites what is stored, if that is not sealed: then the revision decides.
    ///
    /// # Errors
    /// `Conflict`, `Stale` for bytes that it held before, `WalletNotFound`, `InvalidData`, `DataTooLarge`, `RateLimited`.
    pub async fn save_blob(
        &self,
        blob: &[u8],
        original: Option<&BlobHash>,
    ) -> Result<Saved, ClientError> {
        let hash = BlobHash::of(blob);
        let signature = self.keys.private_key.sign(&blob_digest(&hash));
        let params = calls::save_params(blob, &signature, original);
        let saved = self.say::<SaveWallet>(&params).await?;
        self.confirmed(&saved, self.public_key(), &hash)?;
        Ok(saved)
    }

    /// The version with this hash is what the wallet holds again, sealed as a new revision in place of `base`.
    ///
    /// # Errors
    /// As [`version`](Self::version) and [`save`](Self::save).
    pub async fn restore(&self, local_hash: &BlobHash, base: &Head) -> Result<Stored, ClientError> {
        let version = self.version(local_hash).await?;
        self.save(&version.plaintext, base).await
    }

    /// The wallet is reached by the new keys only, and holds this plaintext in place of `base`. Older versions are gone.
    ///
    /// Returns the wallet of the new keys. This one finds nothing any more.
    ///
    /// # Errors
    /// `KeyUnchanged`, `WalletExists`, `KeyRetired`, `Conflict`, `WalletNotFound`, `DataTooLarge`, `RateLimited`.
    pub async fn change_password(
        &self,
        new_keys: Keys,
        plaintext: &[u8],
        base: &Head,
    ) -> Result<(Self, Stored), ClientError> {
        self.learn(base.revision);
        let new = Self::new(self.client.clone(), new_keys).knowing(self.highest_revision());
        let revision = new.next_revision()?;
        let answer = match self.move_to(&new, revision, plaintext, base).await {
            // the new key held something before
            Err(error) if is_below(&error, revision) => {
                let revision = new.next_revision()?;
                self.move_to(&new, revision, plaintext, base).await
            }
            answer => answer,
        };
        answer.map(|stored| (new, stored))
    }

    async fn move_to(
        &self,
        new: &Self,
        revision: u64,
        plaintext: &[u8],
        base: &Head,
    ) -> Result<Stored, ClientError> {
        let blob = seal(&new.keys, revision, plaintext)?;
        let hash = BlobHash::of(&blob);
        let bound = change_password_digest(new.public_key(), &hash);
        let params = calls::change_params(
            &blob,
            &self.keys.private_key.sign(&bound),
            &new.keys.private_key.sign(&blob_digest(&hash)),
            Some(&base.local_hash),
        );
        let saved = new.say::<ChangePassword>(&params).await?;
        self.confirmed(&saved, new.public_key(), &hash)?;
        Ok(new.stored(&blob, revision, saved.updated))
    }

    /// The wallet is gone from this server: data, versions, statistics and e-mail address.
    ///
    /// `local_hash` is that of what is stored now. Nothing is signed for a server that does not list the name it is called by.
    ///
    /// # Errors
    /// [`ClientError::ServerNameNotListed`]; `Conflict` if something else is stored; `WalletNotFound`, `RateLimited`.
    pub async fn delete(&self, local_hash: &BlobHash) -> Result<(), ClientError> {
        let server = self.client.server_name();
        let info = self.client.server_info().await?;
        if !info.names.iter().any(|name| name == server) {
            return Err(ClientError::ServerNameNotListed {
                server: server.to_owned(),
                names: info.names,
            });
        }
        let digest = delete_wallet_digest(server, local_hash);
        let params = calls::delete_params(local_hash, &self.keys.private_key.sign(&digest));
        let answer = self.say::<DeleteWallet>(&params).await?;
        if answer.deleted {
            Ok(())
        } else {
            Err(self.liar("it says that it did not delete what it was told to delete"))
        }
    }

    fn confirmed(
        &self,
        saved: &Saved,
        key: &PublicKey,
        hash: &BlobHash,
    ) -> Result<(), ClientError> {
        self.same_key(&saved.publickey, key)?;
        self.same_hash(&saved.local_hash, hash)
    }

    fn stored(&self, blob: &[u8], revision: u64, updated: String) -> Stored {
        self.seen.fetch_max(revision, Ordering::SeqCst);
        Stored {
            head: Head {
                local_hash: BlobHash::of(blob),
                revision,
            },
            updated,
        }
    }
}

/// Whether the server refused because the key has held this revision or a higher one.
fn is_below(error: &ClientError, revision: u64) -> bool {
    error.server_error() == Some(Name::Stale) && error.revision() >= Some(revision)
}
