//! What is kept, and the promise of keeping it: **a decision that answered is on the disk, and a decision that failed changed nothing.**
//!
//! A rule of the `wallet` room is a [`Decision`]: a function that looks things up in a [`Transaction`] and puts what changes. The store makes
//! one decision after the other, so that a rule never races with another, writes all of a decision or nothing of it, and answers only when it
//! is durable. Looking up outside a decision is for reading, and never shows what a power cut could still take back.

pub mod archive;
mod commits;
mod committer;
#[cfg(test)]
pub mod conformance;
mod decide;
mod draft;
#[cfg(fuzzing)]
pub mod fuzzing;
mod journal;
mod layout;
mod measures;
mod page;
mod pin_wallet;
mod recent;
mod record;
mod sled;
mod space;
mod sync;
mod tap;
mod verify;

use std::sync::Arc;

use futures_util::future::BoxFuture;

pub use decide::decide;
pub use journal::Stock;
pub use layout::{Folder, LayoutError, fingerprint, load_secret, put_secret};
pub use pin_wallet::{AccessDigest, Opening, PinWallet};
pub use record::{
    Address, CodeDigest, CodeRecord, EmailDigest, KeyDigest, Retired, Spent, Statistics, Table,
    Version, Wallet, WalletId, Was, chunk_key, encode,
};
pub use sled::{CopyError, Options, RestoreError, SledStore};
pub use verify::{Report, verify};

use crate::crypto::{BlobHash, PublicKey};
use archive::{End, Frame};

/// Why the store did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// A record is not what was written: its checksum, its format or its place is wrong. Nothing of it is served.
    #[error(
        "{0} is damaged; `larimard verify` says what else is, `larimard restore` makes a store of a backup"
    )]
    Damaged(String),
    /// Less space is free than `store.min_free_bytes`; reading goes on.
    #[error(
        "only {free} bytes are free on the disk of the store, and store.min_free_bytes is {least}: nothing is stored until there is room, or that is lowered"
    )]
    DiskFull {
        /// What is free, in bytes.
        free: u64,
        /// What has to be.
        least: u64,
    },
    /// More waits to be written than the store takes on.
    #[error("too many writes are waiting")]
    Busy,
    /// The decision put more into one record than the store can keep safely.
    #[error("a record of table {0} would be too large; lower limits.versions or limits.blob_bytes")]
    TooLarge(&'static str),
    /// The decision panicked.
    #[error("a rule panicked; the lines before this one in the log say where")]
    Panicked,
    /// The store is being closed, or its writer has stopped.
    #[error("the store is closed")]
    Closed,
    /// The storage engine failed while reading.
    #[error("the storage engine failed: {0}")]
    Engine(String),
}

/// What to do with what a decision has put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Make it durable.
    Keep,
    /// Forget it.
    Discard,
}

/// A rule at work: called once by the store's writer, with nothing else going on.
pub type Decision = Box<dyn FnOnce(&mut dyn Transaction) -> Verdict + Send>;

/// A key of a table and what is under it.
pub type Entry = (Vec<u8>, Vec<u8>);

/// Looking things up by what they are found by.
pub trait Lookup {
    /// The bytes under a key of a table, already checked against their checksum, without it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if the checksum is wrong, [`StoreError::Engine`] if it cannot be read.
    fn bytes(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// The bytes of a version; `None` if they are not there.
    ///
    /// # Errors
    /// As [`bytes`](Self::bytes).
    fn data(&self, version: &Version) -> Result<Option<Vec<u8>>, StoreError>;

    /// The wallet with this id.
    ///
    /// # Errors
    /// As [`bytes`](Self::bytes).
    fn wallet_by_id(&self, id: WalletId) -> Result<Option<Wallet>, StoreError> {
        self.bytes(Table::Wallet, &id.to_be_bytes())?
            .map(|bytes| record::decode(Table::Wallet, &bytes))
            .transpose()
    }

    /// The number that the index has for the key with these bytes.
    ///
    /// # Errors
    /// As [`bytes`](Self::bytes).
    fn wallet_id(&self, key: &[u8; 33]) -> Result<Option<WalletId>, StoreError> {
        self.bytes(Table::Key, key)?
            .map(|id| record::decode(Table::Key, &id))
            .transpose()
    }

    /// The wallet that is reached by the key with these bytes.
    ///
    /// # Errors
    /// As [`bytes`](Self::bytes).
    fn wallet(&self, key: &[u8; 33]) -> Result<Option<Wallet>, StoreError> {
        let Some(id) = self.wallet_id(key)? else {
            return Ok(None);
        };
        // the index is written apart from the wallet: it holds if the wallet says the same
        Ok(self
            .wallet_by_id(id)?
            .filter(|wallet| wallet.key.as_bytes() == key))
    }

    /// What is left of a wallet that once was reached by the key with this digest.
    ///
    /// # Errors
    /// As [`bytes`](Self::bytes).
    fn retired(&self, key: &KeyDigest) -> Result<Option<Retired>, StoreError> {
        self.bytes(Table::Retired, &key.0)?
            .map(|bytes| record::decode(Table::Retired, &bytes))
            .transpose()
    }

    /// Which wallet an e-mail address has.
    ///
    /// # Errors
    /// As [`bytes`](Self::bytes).
    fn address(&self, email: &EmailDigest) -> Result<Option<Address>, StoreError> {
        self.bytes(Table::Email, &email.0)?
            .map(|bytes| record::decode(Table::Email, &bytes))
            .transpose()
    }

    /// What is known of a code.
    ///
    /// # Errors
    /// As [`bytes`](Self::bytes).
    fn code(&self, code: &CodeDigest) -> Result<Option<CodeRecord>, StoreError> {
        self.bytes(Table::Code, &code.0)?
            .map(|bytes| record::decode(Table::Code, &bytes))
            .transpose()
    }

    /// Whether a wallet of one of these lineages ever stored opaque bytes with this hash.
    ///
    /// # Errors
    /// As [`bytes`](Self::bytes).
    fn held(&self, lineages: &[u64], hash: &BlobHash) -> Result<bool, StoreError> {
        for lineage in lineages {
            if self
                .bytes(Table::Held, &record::held_key(*lineage, hash))?
                .is_some()
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// A decision's view of the store: everything decided before it, and what it has put itself.
pub trait Transaction: Lookup {
    /// A number that was never given before.
    fn fresh(&mut self) -> u64;

    /// The number of the commit that this decision will be part of.
    fn commit(&self) -> u64;

    /// Puts bytes under a key of a table.
    fn put(&mut self, table: Table, key: &[u8], value: Vec<u8>);

    /// Removes what is under a key of a table.
    fn remove(&mut self, table: Table, key: &[u8]);

    /// Puts a blob's bytes under a fresh number.
    fn put_data(&mut self, encrypted_data: &[u8]) -> u64;

    /// Removes a blob's bytes.
    fn remove_data(&mut self, version: &Version);
}

/// Putting and removing records by what they are.
impl dyn Transaction + '_ {
    /// Puts a wallet, new or changed, and makes it reachable by its key.
    pub fn put_wallet(&mut self, wallet: &Wallet) {
        self.put(
            Table::Wallet,
            &wallet.id.to_be_bytes(),
            record::encode(wallet),
        );
        self.put(
            Table::Key,
            wallet.key.as_bytes(),
            record::encode(&wallet.id),
        );
    }

    /// Removes a wallet with its data, its versions, its statistics and the way to it by key.
    pub fn remove_wallet(&mut self, wallet: &Wallet) {
        for version in wallet.versions() {
            self.remove_data(version);
        }
        self.remove(Table::Wallet, &wallet.id.to_be_bytes());
        self.remove(Table::Statistics, &wallet.id.to_be_bytes());
        self.unlink(&wallet.key);
    }

    /// Takes away the way to a wallet by a key that it has left.
    pub fn unlink(&mut self, key: &PublicKey) {
        self.remove(Table::Key, key.as_bytes());
    }

    /// Leaves a record at a key that a wallet has left.
    pub fn put_retired(&mut self, key: &KeyDigest, retired: &Retired) {
        self.put(Table::Retired, &key.0, record::encode(retired));
    }

    /// Takes the record away from a key to which a wallet comes.
    pub fn remove_retired(&mut self, key: &KeyDigest) {
        self.remove(Table::Retired, &key.0);
    }

    /// Says which wallet an e-mail address has.
    pub fn put_address(&mut self, email: &EmailDigest, address: &Address) {
        self.put(Table::Email, &email.0, record::encode(address));
    }

    /// Forgets an e-mail address.
    pub fn remove_address(&mut self, email: &EmailDigest) {
        self.remove(Table::Email, &email.0);
    }

    /// Remembers a code.
    pub fn put_code(&mut self, code: &CodeDigest, record: &CodeRecord) {
        self.put(Table::Code, &code.0, record::encode(record));
    }

    /// Forgets a code.
    pub fn remove_code(&mut self, code: &CodeDigest) {
        self.remove(Table::Code, &code.0);
    }

    /// Remembers that a wallet of this lineage stored opaque bytes with this hash.
    pub fn hold(&mut self, lineage: u64, hash: &BlobHash) {
        self.put(
            Table::Held,
            &record::held_key(lineage, hash),
            record::encode(&()),
        );
    }
}

/// A durable store of wallets.
pub trait Store: Send + Sync + 'static {
    /// Makes a decision; its verdict is carried out, and durable, when this returns `Ok`.
    ///
    /// Once begun it is finished, whether or not the caller waits.
    ///
    /// # Errors
    /// [`StoreError::Busy`], [`StoreError::DiskFull`], [`StoreError::Closed`]: the decision was not made.
    /// [`StoreError::TooLarge`], [`StoreError::Panicked`], [`StoreError::Damaged`], [`StoreError::Engine`]: it was discarded.
    fn decide(&self, decision: Decision) -> BoxFuture<'static, Result<(), StoreError>>;

    /// The wallet that is reached by the key with these bytes, as it is on the disk.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Engine`].
    fn wallet<'a>(
        &'a self,
        key: &'a [u8; 33],
    ) -> BoxFuture<'a, Result<Option<Arc<Wallet>>, StoreError>>;

    /// What is left at a key that a wallet has left, as it is on the disk.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Engine`].
    fn retired<'a>(
        &'a self,
        key: &'a KeyDigest,
    ) -> BoxFuture<'a, Result<Option<Retired>, StoreError>>;

    /// The bytes of a version, or `None` if they were removed since the wallet was looked up.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Engine`].
    fn data<'a>(
        &'a self,
        version: &'a Version,
    ) -> BoxFuture<'a, Result<Option<Arc<[u8]>>, StoreError>>;

    /// The statistics of a wallet as last stored.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Engine`].
    fn statistics(&self, id: WalletId) -> Result<Option<Statistics>, StoreError>;

    /// Stores statistics of wallets that still exist. A crash may lose them; nothing else depends on them.
    ///
    /// # Errors
    /// [`StoreError::Busy`], [`StoreError::DiskFull`], [`StoreError::Closed`].
    fn put_statistics(
        &self,
        statistics: Vec<(WalletId, Statistics)>,
    ) -> BoxFuture<'static, Result<(), StoreError>>;

    /// Up to `count` keys of a table with their records, from the first one after `after` on, in order.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Engine`].
    fn scan(
        &self,
        table: Table,
        after: Option<&[u8]>,
        count: usize,
    ) -> Result<Vec<Entry>, StoreError>;

    /// Up to `count` keys of a table, from the first one after `after` on, in order; their records may be damaged.
    ///
    /// # Errors
    /// [`StoreError::Engine`].
    fn keys(
        &self,
        table: Table,
        after: Option<&[u8]>,
        count: usize,
    ) -> Result<Vec<Vec<u8>>, StoreError>;

    /// Gives everything that is stored to `sink`, as it is when this returns, while the store is in use; not for an async thread.
    ///
    /// # Errors
    /// [`CopyError`].
    fn copy(&self, sink: &mut dyn FnMut(Frame) -> Result<(), CopyError>) -> Result<End, CopyError>;

    /// Writes something and reads it back.
    ///
    /// # Errors
    /// Whatever keeps the store from doing so.
    fn probe(&self) -> BoxFuture<'_, Result<(), StoreError>>;

    /// The number of wallets.
    fn wallets(&self) -> u64;

    /// Waits until everything begun is stored, and stops: nothing is accepted from then on.
    fn close(&self) -> BoxFuture<'_, ()>;
}
