//! What is fetched is compared with its hash, and opened.

use std::fmt;
use std::sync::atomic::Ordering;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Blob, Head, State, Version, VersionState, Wallet};
use crate::client::error::ClientError;
use crate::crypto::{BlobHash, Form, Opened, open};
use crate::protocol::methods::{Fetched, Statistics};

impl Wallet {
    /// What is stored now, opened, and who has been asking for it.
    ///
    /// # Errors
    /// `WalletNotFound` if the keys are those of no wallet here: another e-mail address, password or answer.
    /// [`ClientError::Tampered`], [`ClientError::NotSealed`], [`ClientError::RolledBack`], [`ClientError::WrongAnswer`].
    pub async fn fetch(&self) -> Result<State, ClientError> {
        let blob = self.fetch_blob().await?;
        self.open_current(blob)
    }

    /// What is stored now, opened, or `None` if that is what the caller has.
    ///
    /// # Errors
    /// As [`fetch`](Self::fetch).
    pub async fn fetch_newer(&self, than: &Head) -> Result<Option<State>, ClientError> {
        match self.fetch_blob_newer(Some(&than.local_hash)).await? {
            Some(blob) => self.open_current(blob).map(Some),
            None => {
                self.learn(than.revision);
                Ok(None)
            }
        }
    }

    /// What is stored now as it is, or `None` if that is what has this hash.
    ///
    /// # Errors
    /// As [`fetch_blob`](Self::fetch_blob).
    pub async fn fetch_blob_newer(
        &self,
        than: Option<&BlobHash>,
    ) -> Result<Option<Blob>, ClientError> {
        let answer = self.client.fetch_wallet(self.public_key(), than).await?;
        match than.filter(|_| !answer.modified) {
            Some(than) => self.same_hash(&answer.local_hash, than).map(|()| None),
            None => self.checked(answer).map(Some),
        }
    }

    /// What is stored now as it is, sealed or not; its hash is checked.
    ///
    /// # Errors
    /// `WalletNotFound`, [`ClientError::WrongAnswer`].
    pub async fn fetch_blob(&self) -> Result<Blob, ClientError> {
        let answer = self.client.fetch_wallet(self.public_key(), None).await?;
        self.checked(answer)
    }

    /// Who has been asking for the wallet, this request included.
    ///
    /// # Errors
    /// `WalletNotFound`.
    pub async fn accesses(&self) -> Result<Statistics, ClientError> {
        let answer = self.client.fetch_wallet(self.public_key(), None).await?;
        Ok(answer.statistics)
    }

    /// What is stored now and what was before, newest first.
    ///
    /// # Errors
    /// `WalletNotFound`, [`ClientError::WrongAnswer`].
    pub async fn versions(&self) -> Result<Vec<Version>, ClientError> {
        let answer = self.client.list_versions(self.public_key()).await?;
        let listed = answer.versions.into_iter().map(|listed| {
            Ok(Version {
                local_hash: listed
                    .local_hash
                    .parse()
                    .map_err(|_| self.liar("it lists a version with a malformed hash"))?,
                saved: listed.saved,
                bytes: listed.bytes,
                current: listed.current,
            })
        });
        listed.collect()
    }

    /// The version with this hash, opened.
    ///
    /// # Errors
    /// `WalletNotFound`, `VersionNotFound`, [`ClientError::Tampered`], [`ClientError::NotSealed`], [`ClientError::WrongAnswer`].
    pub async fn version(&self, local_hash: &BlobHash) -> Result<VersionState, ClientError> {
        let answer = self
            .client
            .fetch_version(self.public_key(), local_hash)
            .await?;
        let bytes = self.decode(&answer.encrypted_data)?;
        self.same_hash(&answer.local_hash, &BlobHash::of(&bytes))?;
        self.same_hash(&answer.local_hash, local_hash)?;
        let opened = self.open(&bytes)?;
        Ok(VersionState {
            head: Head {
                local_hash: *local_hash,
                revision: opened.revision,
            },
            plaintext: opened.plaintext,
            saved: answer.saved,
        })
    }

    fn checked(&self, answer: Fetched) -> Result<Blob, ClientError> {
        let data = answer.encrypted_data.filter(|_| answer.modified);
        let data = data.ok_or_else(|| self.liar("it answered without the data"))?;
        let bytes = self.decode(&data)?;
        let local_hash = BlobHash::of(&bytes);
        self.same_hash(&answer.local_hash, &local_hash)?;
        Ok(Blob {
            bytes,
            local_hash,
            created: answer.created,
            updated: answer.updated,
            statistics: answer.statistics,
        })
    }

    fn decode(&self, encrypted_data: &str) -> Result<Vec<u8>, ClientError> {
        STANDARD
            .decode(encrypted_data)
            .map_err(|_| self.liar("it answered with data that is not base64"))
    }

    fn open_current(&self, blob: Blob) -> Result<State, ClientError> {
        let opened = self.open(&blob.bytes)?;
        let seen = self.seen.fetch_max(opened.revision, Ordering::SeqCst);
        if opened.revision < seen {
            return Err(ClientError::RolledBack {
                server: self.client.server_name().to_owned(),
                revision: opened.revision,
                seen,
            });
        }
        Ok(State {
            head: Head {
                local_hash: blob.local_hash,
                revision: opened.revision,
            },
            plaintext: opened.plaintext,
            created: blob.created,
            updated: blob.updated,
            statistics: blob.statistics,
        })
    }

    pub(in crate::client) fn open(&self, bytes: &[u8]) -> Result<Opened, ClientError> {
        let server = self.client.server_name().to_owned();
        match Form::of(bytes) {
            Ok(Form::Opaque) => Err(ClientError::NotSealed { server }),
            _ => open(&self.keys, bytes).map_err(|_| ClientError::Tampered { server }),
        }
    }
}

/// Without the plaintext.
impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State")
            .field("head", &self.head)
            .field("updated", &self.updated)
            .finish_non_exhaustive()
    }
}

/// Without the plaintext.
impl fmt::Debug for VersionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VersionState")
            .field("head", &self.head)
            .field("saved", &self.saved)
            .finish_non_exhaustive()
    }
}
