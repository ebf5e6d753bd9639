//! A client together with the owner's keys: what is sealed is opened, what is answered is checked.

mod reading;
mod writing;

#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::connection::Client;
use super::error::ClientError;
use crate::crypto::{BlobHash, Keys, MAX_REVISION, PublicKey};
use crate::protocol::methods::{Method, Statistics};

/// What a server stores of a wallet, as the owner knows it: the base of the next write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// SHA-256 of the blob.
    pub local_hash: BlobHash,
    /// The revision that is sealed into it.
    pub revision: u64,
}

/// What a server stores of a wallet, opened.
#[derive(Clone)]
pub struct State {
    /// Which blob.
    pub head: Head,
    /// What the owner sealed.
    pub plaintext: Zeroizing<Vec<u8>>,
    /// When the wallet was made; RFC 3339, the server's word.
    pub created: String,
    /// When it was last stored; RFC 3339, the server's word.
    pub updated: String,
    /// Who has been asking for it; the server's word.
    pub statistics: Statistics,
}

/// What a server stores of a wallet, as it is; its hash is checked.
#[derive(Debug, Clone)]
pub struct Blob {
    /// The stored bytes.
    pub bytes: Vec<u8>,
    /// Their SHA-256.
    pub local_hash: BlobHash,
    /// When the wallet was made; RFC 3339, the server's word.
    pub created: String,
    /// When it was last stored; RFC 3339, the server's word.
    pub updated: String,
    /// Who has been asking for it; the server's word.
    pub statistics: Statistics,
}

/// A write that the server confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The base of the next write.
    pub head: Head,
    /// When it was stored; RFC 3339, the server's word.
    pub updated: String,
}

/// A blob that the server keeps, current or older.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its SHA-256.
    pub local_hash: BlobHash,
    /// When it was stored; RFC 3339, the server's word.
    pub saved: String,
    /// Its length.
    pub bytes: u64,
    /// Whether it is what is stored now.
    pub current: bool,
}

/// A blob that the server keeps, opened.
#[derive(Clone)]
pub struct VersionState {
    /// Which blob.
    pub head: Head,
    /// What the owner sealed.
    pub plaintext: Zeroizing<Vec<u8>>,
    /// When it was stored; RFC 3339, the server's word.
    pub saved: String,
}

/// One wallet on one server, for as long as its keys are at hand.
///
/// It knows the highest revision that it fetched, saved or was told, and seals the next write as that plus one
/// (PROTOCOL.md, section 4); a server that answers with less than it had is an error. A write whose answer gets lost is
/// said once more, with the same bytes.
#[derive(Debug)]
pub struct Wallet {
    client: Client,
    keys: Keys,
    /// The highest revision that opened or was confirmed.
    seen: AtomicU64,
    /// The highest revision that some server spoke of.
    told: AtomicU64,
}

/// Before a write is said again.
const PAUSE: Duration = Duration::from_millis(250);

impl Wallet {
    /// The wallet of these keys on this server. Nothing is sent.
    pub fn new(client: Client, keys: Keys) -> Self {
        Self {
            client,
            keys,
            seen: AtomicU64::new(0),
            told: AtomicU64::new(0),
        }
    }

    /// The same, knowing of a revision: what a device remembers, or what another server has.
    #[must_use]
    pub fn knowing(self, revision: u64) -> Self {
        self.learn(revision);
        self
    }

    /// The server that it asks.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The name of the wallet.
    pub fn public_key(&self) -> &PublicKey {
        &self.keys.public_key
    }

    pub(super) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The highest revision that it fetched, saved or was told; 0 if none.
    pub fn highest_revision(&self) -> u64 {
        let seen = self.seen.load(Ordering::SeqCst);
        seen.max(self.told.load(Ordering::SeqCst))
    }

    fn next_revision(&self) -> Result<u64, ClientError> {
        match self.highest_revision() {
            MAX_REVISION.. => Err(ClientError::RevisionsUsedUp),
            highest => Ok(highest + 1),
        }
    }

    fn learn(&self, revision: u64) {
        if revision <= MAX_REVISION {
            self.told.fetch_max(revision, Ordering::SeqCst);
        }
    }

    /// Says a write, once more if its answer got lost: the same bytes, which is safe (PROTOCOL.md, section 5.2).
    async fn say<M: Method>(&self, params: &M::Params) -> Result<M::Result, ClientError> {
        let mut answer = self.client.call::<M>(params).await;
        if matches!(&answer, Err(error) if error.outcome_unknown()) {
            tokio::time::sleep(PAUSE).await;
            answer = self.client.call::<M>(params).await;
        }
        if let Some(revision) = answer.as_ref().err().and_then(ClientError::revision) {
            self.learn(revision);
        }
        answer
    }

    /// The hash that the server answered, if it is the one that its answer must have.
    fn same_hash(&self, answered: &str, expected: &BlobHash) -> Result<(), ClientError> {
        match answered.parse::<BlobHash>() {
            Ok(hash) if hash == *expected => Ok(()),
            _ => Err(self.liar("it answered with the hash of other data")),
        }
    }

    fn same_key(&self, answered: &str, expected: &PublicKey) -> Result<(), ClientError> {
        match answered.parse::<PublicKey>() {
            Ok(key) if key == *expected => Ok(()),
            _ => Err(self.liar("it answered for another key")),
        }
    }

    fn liar(&self, what: &'static str) -> ClientError {
        ClientError::WrongAnswer {
            server: self.client.server_name().to_owned(),
            what,
        }
    }
}
