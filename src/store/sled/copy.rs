//! Copying a store: out of one that is being written to, and into an empty folder.

use tokio::sync::oneshot;

use super::super::StoreError;
use super::super::archive::{ArchiveError, End, Frame, Reader};
use super::super::commits::Commits;
use super::super::committer::Message;
use super::super::journal::{Journal, Stock};
use super::super::layout::{Folder, LayoutError, io_error};
use super::super::record::{self, Table};
use super::{Options, SledStore, Tables, engine, open_sled, open_tables};
use crate::crypto::Secret;

/// How much is written before it is synced, in bytes.
const SYNC_EVERY: usize = 64 * 1024 * 1024;

/// Why a backup was not taken.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The store did not give it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It could not be written.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

/// Why a backup was not restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The backup cannot be read.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The folder cannot be used.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// There is a store.
    #[error("there is a store in this folder already; restore into an empty one (store.path)")]
    NotEmpty,
    /// It could not be written.
    #[error("the store could not be written: {0}")]
    Engine(String),
    /// It does not add up.
    #[error("the backup does not add up: {0}")]
    Inconsistent(String),
}

impl SledStore {
    /// Gives everything that is stored to `sink`, as it is at the moment when this returns, while the store is in use.
    ///
    /// It copies record after record, which takes a while, and then all that was changed meanwhile.
    pub(super) fn copy_to(
        &self,
        sink: &mut dyn FnMut(Frame) -> Result<(), CopyError>,
    ) -> Result<End, CopyError> {
        let file = tempfile::tempfile().map_err(ArchiveError::from)?;
        let (answer, begun) = oneshot::channel();
        self.committer.send(Message::Tap(file, answer))?;
        begun.blocking_recv().map_err(|_| StoreError::Closed)??;
        // whatever happens, the writer has to stop collecting
        let copied = self.copy_records(sink);
        let (answer, ended) = oneshot::channel();
        self.committer.insist(Message::Untap(answer))?;
        let (tap, end) = ended.blocking_recv().map_err(|_| StoreError::Closed)?;
        copied?;
        tap.ok_or(StoreError::Closed)?.drain(sink)?;
        Ok(end)
    }

    fn copy_records(
        &self,
        sink: &mut dyn FnMut(Frame) -> Result<(), CopyError>,
    ) -> Result<(), CopyError> {
        for table in Table::ALL
            .into_iter()
            .filter(|table| *table != Table::Journal)
        {
            for entry in self.shared.tables.of(table) {
                let (key, stored) = entry.map_err(|error| engine(&error))?;
                let value = record::unseal(table, &key, &stored)?.to_vec();
                sink(Frame::Put(table, key.to_vec(), value))?;
            }
        }
        Ok(())
    }

    /// Makes a store of a backup, in an empty or missing folder. The archive has to have been read to its end once before, so that
    /// nothing is written of a damaged one; `each` is told of every frame.
    ///
    /// # Errors
    /// [`RestoreError`]; what was written so far is no store, and is cleared away when the folder is used again.
    pub fn restore(
        path: &std::path::Path,
        secret: &Secret<32>,
        options: &Options,
        archive: &mut Reader<'_>,
        each: &mut dyn FnMut(),
    ) -> Result<End, RestoreError> {
        if !super::super::sync::syncs_are_true() {
            return Err(LayoutError::FalseSyncs.into());
        }
        let mut folder = Folder::open(path, secret)?;
        if folder.complete {
            return Err(RestoreError::NotEmpty);
        }
        folder.clear()?;
        let db = open_sled(&folder, options)?;
        let failed = |error: sled::Error| RestoreError::Engine(error.to_string());
        let tables = Tables(open_tables(&db).map_err(failed)?);
        let mut unsynced = 0;
        let end = loop {
            each();
            match archive.next()? {
                Some(Frame::Head(_) | Frame::Secret(_)) => {}
                Some(Frame::Put(table, key, value)) => {
                    unsynced += key.len() + value.len();
                    let stored = record::seal(table, &key, value);
                    tables.of(table).insert(key, stored).map_err(failed)?;
                }
                Some(Frame::Remove(table, key)) => {
                    tables.of(table).remove(key).map_err(failed)?;
                }
                Some(Frame::End(end)) => break end,
                None => return Err(ArchiveError::Damaged("its end is missing").into()),
            }
            if unsynced > SYNC_EVERY {
                db.flush().map_err(failed)?;
                unsynced = 0;
            }
        };
        let stock =
            Stock::taken(&tables).map_err(|error| RestoreError::Inconsistent(error.to_string()))?;
        if stock.wallets != end.wallets {
            return Err(RestoreError::Inconsistent(format!(
                "{} wallets, and not {}",
                stock.wallets, end.wallets
            )));
        }
        let journal = Journal {
            commit: end.commit,
            next: end.next,
            stock,
            ..Journal::default()
        };
        let stored = record::seal(Table::Journal, Journal::KEY, record::encode(&journal));
        tables
            .of(Table::Journal)
            .insert(Journal::KEY, stored)
            .map_err(failed)?;
        db.flush().map_err(failed)?;
        let commits =
            Commits::create(&folder.commits()).map_err(io_error("making", &folder.commits()))?;
        commits
            .write(end.commit)
            .map_err(io_error("writing", &folder.commits()))?;
        folder.mark_complete()?;
        Ok(end)
    }
}
