//! The store on sled.
//!
//! sled keeps tables of bytes. What it does not keep by itself, this file and its neighbours add: syncs that are true
//! (`sync.rs`), pages that stay in the one file that is synced (segments of 8 MiB, chunks of 64 KiB), a counter that notices a store that
//! went back (`commits.rs`), and decisions that are kept whole (`committer.rs`).

mod copy;
mod opening;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::{oneshot, watch};

pub use copy::{CopyError, RestoreError};
use opening::{open_sled, open_tables, recover, unless_sled_panics};

use super::archive::{End, Frame};
use super::commits::Commits;
use super::committer::{Committer, Message, Shared};
use super::journal::{Journal, Stock};
use super::layout::{Folder, LayoutError, io_error};
use super::record::{self, KeyDigest, Retired, Statistics, Table, Version, Wallet, WalletId};
use super::space::Space;
use super::{Decision, Lookup, Store, StoreError};
use crate::crypto::Secret;
use crate::telemetry::Registry;

/// The longest piece of a blob in one value; with [`SEGMENT`] no page ever leaves the synced file.
pub(super) const CHUNK: usize = 64 * 1024 - 64;
const SEGMENT: usize = 8 * 1024 * 1024;

/// How a store is kept.
#[derive(Debug, Clone)]
pub struct Options {
    /// Memory for what was read lately, in MiB: half of it for pages of sled, which takes three to five times as much in all, and the
    /// rest for single wallets and blobs.
    pub cache_mib: u64,
    /// Writes are refused while less is free on the disk, in bytes.
    pub min_free_bytes: u64,
}

/// The tables, for reading.
#[derive(Debug)]
pub(super) struct Tables([sled::Tree; Table::ALL.len()]);

impl Tables {
    pub(super) fn of(&self, table: Table) -> &sled::Tree {
        &self.0[table as usize]
    }
}

impl Lookup for Tables {
    fn bytes(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let found = self.of(table).get(key).map_err(|error| engine(&error))?;
        found
            .map(|stored| record::unseal(table, key, &stored).map(<[u8]>::to_vec))
            .transpose()
    }

    fn data(&self, version: &Version) -> Result<Option<Vec<u8>>, StoreError> {
        read_data(self, version)
    }
}

pub(super) fn engine(error: &sled::Error) -> StoreError {
    match error {
        sled::Error::Corruption { .. } => {
            StoreError::Damaged("a stretch of its file sled/db".into())
        }
        _ => StoreError::Engine(error.to_string()),
    }
}

/// A store in a folder, opened by this process alone.
#[derive(Debug)]
pub struct SledStore {
    shared: Arc<Shared>,
    committer: Committer,
    folder: std::path::PathBuf,
    min_free_bytes: u64,
}

impl SledStore {
    /// Shows what it measures to operators, as long as the registry lives.
    pub fn register(&self, registry: &mut Registry) {
        let measures = &self.shared.measures;
        measures.register(registry, &self.folder, self.min_free_bytes);
    }

    /// Opens the store in this folder, or makes one if the folder is empty or missing.
    ///
    /// Whatever a crash left half done is finished or taken back first.
    ///
    /// # Errors
    /// [`LayoutError`]: it is in use, belongs to another secret, is damaged, or went back in time. It never starts empty where a
    /// store was.
    pub fn open(path: &Path, secret: &Secret<32>, options: &Options) -> Result<Self, LayoutError> {
        if !super::sync::syncs_are_true() {
            return Err(LayoutError::FalseSyncs);
        }
        let folder = Folder::open(path, secret)?;
        unless_sled_panics(path, || Self::open_folder(path, folder, options))
    }

    /// Brings sled's own index up to the end of its log, after the store was closed, so that the next start need not read what was written
    /// since the last one. Whoever cuts this off loses nothing.
    ///
    /// # Errors
    /// [`LayoutError`], as [`open`](Self::open).
    pub fn index(path: &Path, secret: &Secret<32>, options: &Options) -> Result<(), LayoutError> {
        let folder = Folder::open(path, secret)?;
        unless_sled_panics(path, || open_sled(&folder, options).map(drop))
    }

    fn open_folder(
        path: &Path,
        mut folder: Folder,
        options: &Options,
    ) -> Result<Self, LayoutError> {
        let damaged = |what: String| LayoutError::Damaged {
            path: path.to_owned(),
            what,
        };
        if !folder.complete {
            folder.clear()?;
        } else {
            for (name, path) in [
                ("sled/db", folder.sled().join("db")),
                ("commits", folder.commits()),
            ] {
                if !path.exists() {
                    return Err(damaged(format!("its file {name} is missing")));
                }
            }
        }
        let db = open_sled(&folder, options)?;
        let tables = Tables(open_tables(&db).map_err(|error| damaged(error.to_string()))?);
        let journal = tables
            .bytes(Table::Journal, Journal::KEY)
            .and_then(|bytes| {
                bytes
                    .map(|bytes| record::decode::<Journal>(Table::Journal, &bytes))
                    .transpose()
            })
            .map_err(|error| damaged(error.to_string()))?
            .unwrap_or_default();
        let commits = if folder.complete {
            let (commits, promised) =
                Commits::open(&folder.commits()).map_err(io_error("opening", &folder.commits()))?;
            let promised =
                promised.ok_or_else(|| damaged("its file `commits` cannot be read".into()))?;
            if journal.commit < promised {
                return Err(LayoutError::WentBack {
                    path: path.to_owned(),
                    found: journal.commit,
                    promised,
                });
            }
            commits
        } else {
            Commits::create(&folder.commits()).map_err(io_error("making", &folder.commits()))?
        };
        recover(&db, &tables, &journal).map_err(|error| damaged(error.to_string()))?;
        let found = Stock::taken(&tables).map_err(|error| damaged(error.to_string()))?;
        if found != journal.stock {
            return Err(damaged(
                "some of its records are missing or older than the last change".into(),
            ));
        }
        commits
            .write(journal.commit)
            .map_err(io_error("writing", &folder.commits()))?;
        if !folder.complete {
            folder.mark_complete()?;
        }
        let shared = Arc::new(Shared::new(tables, &journal, options.cache_mib));
        let space = Space::new(folder.path(), options.min_free_bytes);
        let committer = Committer::start(Arc::clone(&shared), db, folder, commits, space, &journal)
            .map_err(io_error("starting the store's writer for", path))?;
        Ok(Self {
            shared,
            committer,
            folder: path.to_owned(),
            min_free_bytes: options.min_free_bytes,
        })
    }

    /// Waits until everything up to this commit is on the disk: what is newer could still be taken back.
    async fn settled(&self, commit: u64) -> Result<(), StoreError> {
        if self.shared.durable.load(Ordering::Acquire) >= commit {
            return Ok(());
        }
        // what is later than that was never written, and would be waited for in vain
        if commit > self.shared.begun.load(Ordering::Acquire) {
            return Err(StoreError::Damaged(
                "a record, which names a commit that never was,".into(),
            ));
        }
        let mut durable: watch::Receiver<u64> = self.shared.settled.subscribe();
        match durable.wait_for(|durable| *durable >= commit).await {
            Ok(_) => Ok(()),
            Err(_) => Err(StoreError::Closed),
        }
    }

    fn send(
        &self,
        message: impl FnOnce(oneshot::Sender<Result<(), StoreError>>) -> Message,
    ) -> BoxFuture<'static, Result<(), StoreError>> {
        let (answer, answered) = oneshot::channel();
        match self.committer.send(message(answer)) {
            Ok(()) => async move { answered.await.unwrap_or(Err(StoreError::Closed)) }.boxed(),
            Err(error) => std::future::ready(Err(error)).boxed(),
        }
    }
}

impl Store for SledStore {
    fn decide(&self, decision: Decision) -> BoxFuture<'static, Result<(), StoreError>> {
        self.send(|answer| Message::Decide(decision, answer))
    }

    fn wallet<'a>(
        &'a self,
        key: &'a [u8; 33],
    ) -> BoxFuture<'a, Result<Option<Arc<Wallet>>, StoreError>> {
        async move {
            let wallet = self.shared.recent.wallet(&self.shared.tables, key)?;
            if let Some(wallet) = &wallet {
                self.settled(wallet.commit).await?;
            }
            Ok(wallet)
        }
        .boxed()
    }

    fn retired<'a>(
        &'a self,
        key: &'a KeyDigest,
    ) -> BoxFuture<'a, Result<Option<Retired>, StoreError>> {
        async move {
            let retired = self.shared.tables.retired(key)?;
            if let Some(retired) = &retired {
                self.settled(retired.commit).await?;
            }
            Ok(retired)
        }
        .boxed()
    }

    fn data<'a>(
        &'a self,
        version: &'a Version,
    ) -> BoxFuture<'a, Result<Option<Arc<[u8]>>, StoreError>> {
        std::future::ready(self.shared.recent.data(&self.shared.tables, version)).boxed()
    }

    fn statistics(&self, id: WalletId) -> Result<Option<Statistics>, StoreError> {
        self.shared
            .tables
            .bytes(Table::Statistics, &id.to_be_bytes())?
            .map(|bytes| record::decode(Table::Statistics, &bytes))
            .transpose()
    }

    fn put_statistics(
        &self,
        statistics: Vec<(WalletId, Statistics)>,
    ) -> BoxFuture<'static, Result<(), StoreError>> {
        self.send(|answer| Message::Statistics(statistics, answer))
    }

    fn scan(
        &self,
        table: Table,
        after: Option<&[u8]>,
        count: usize,
    ) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        use std::ops::Bound::{Excluded, Unbounded};
        let from = after.map_or(Unbounded, Excluded);
        let range = self
            .shared
            .tables
            .of(table)
            .range::<&[u8], _>((from, Unbounded));
        range
            .take(count)
            .map(|entry| {
                let (key, stored) = entry.map_err(|error| engine(&error))?;
                Ok((key.to_vec(), record::unseal(table, &key, &stored)?.to_vec()))
            })
            .collect()
    }

    fn keys(
        &self,
        table: Table,
        after: Option<&[u8]>,
        count: usize,
    ) -> Result<Vec<Vec<u8>>, StoreError> {
        use std::ops::Bound::{Excluded, Unbounded};
        let from = after.map_or(Unbounded, Excluded);
        let range = self
            .shared
            .tables
            .of(table)
            .range::<&[u8], _>((from, Unbounded));
        let keys = range.keys().take(count);
        keys.map(|key| key.map(|key| key.to_vec()).map_err(|error| engine(&error)))
            .collect()
    }

    fn copy(&self, sink: &mut dyn FnMut(Frame) -> Result<(), CopyError>) -> Result<End, CopyError> {
        self.copy_to(sink)
    }

    fn probe(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        async move {
            let number = self.shared.probes.fetch_add(1, Ordering::Relaxed);
            self.decide(Box::new(move |transaction| {
                transaction.put(Table::Journal, PROBE, record::encode(&number));
                super::Verdict::Keep
            }))
            .await?;
            match self.shared.tables.bytes(Table::Journal, PROBE)? {
                Some(bytes) if record::decode::<u64>(Table::Journal, &bytes)? >= number => Ok(()),
                _ => Err(StoreError::Engine(
                    "what was just written cannot be read".into(),
                )),
            }
        }
        .boxed()
    }

    fn wallets(&self) -> u64 {
        self.shared.wallets.load(Ordering::Relaxed)
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        async move {
            self.committer.refuse_more();
            while self.send(Message::Close).await == Err(StoreError::Busy) {
                tokio::time::sleep(CLOSING).await;
            }
        }
        .boxed()
    }
}

const PROBE: &[u8] = b"probe";
/// How much room is made for a blob before its bytes are there.
const MOST_RESERVED: usize = 1024 * 1024;
/// How long to wait for a place among the writes that wait, when closing.
const CLOSING: Duration = Duration::from_millis(5);

fn read_data(tables: &Tables, version: &Version) -> Result<Option<Vec<u8>>, StoreError> {
    let length = version.bytes as usize;
    // no more than that at once by the word of a record: a length that is wrong can be 4 GiB
    let mut bytes = Vec::with_capacity(length.min(MOST_RESERVED));
    let mut index = 0;
    while bytes.len() < length {
        let key = record::chunk_key(version.data, index);
        let Some(stored) = tables
            .of(Table::Data)
            .get(&key)
            .map_err(|error| engine(&error))?
        else {
            return Ok(None);
        };
        bytes.extend_from_slice(record::unseal(Table::Data, &key, &stored)?);
        index += 1;
    }
    if bytes.len() == length {
        Ok(Some(bytes))
    } else {
        Err(StoreError::Damaged("a blob's length".into()))
    }
}

#[cfg(test)]
mod tests;
