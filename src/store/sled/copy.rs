//! Copying a store: out of one that is being written to, and into an empty folder.

use tokio::sync::oneshot;

use super::super::StoreError;
use super::super::archive::{ArchiveError, End, Frame, Reader};
use super::super::commits::Commits;
use super::super::committer::{Committer, Message};
use super::super::journal::{Journal, Stock};
use super::super::layout::{Folder, LayoutError, io_error};
use super::super::record::{self, Table};
use super::super::tap::Tap;
use super::{Options, SledStore, Tables, engine, open_sled, open_tables, unless_sled_panics};
use crate::crypto::Secret;

/// How much is written before it is synced, in bytes.
const SYNC_EVERY: usize = 64 * 1024 * 1024;

/// The highest commit and number that a backup may name: no store gets that far, and one that goes on from there has room.
const HIGHEST: u64 = u64::MAX / 2;

/// Why a backup was not taken.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The store did not give it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// One at a time.
    #[error("another backup is being taken; wait until that one is done")]
    Underway,
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
    /// It could not be written.
    #[error("the store could not be written: {0}")]
    Engine(String),
    /// It does not add up.
    #[error("the backup does not add up: {0}")]
    Inconsistent(String),
}

/// While it lives, the writer collects what changes: it has to end, whatever becomes of the copy.
struct Tapping<'a> {
    committer: &'a Committer,
    ended: bool,
}

impl<'a> Tapping<'a> {
    /// What is collected goes to a file without a name on the disk of the store, which is watched, and not into the memory that a
    /// folder for temporary files may be.
    fn begin(committer: &'a Committer, folder: &std::path::Path) -> Result<Self, CopyError> {
        let file = tempfile::tempfile_in(folder).map_err(ArchiveError::from)?;
        let (answer, begun) = oneshot::channel();
        committer.insist(Message::Tap(file, answer))?;
        match begun.blocking_recv().map_err(|_| StoreError::Closed)? {
            Err(StoreError::Busy) => Err(CopyError::Underway),
            outcome => {
                outcome?;
                Ok(Self {
                    committer,
                    ended: false,
                })
            }
        }
    }

    /// What was collected, and how far it goes.
    fn end(mut self) -> Result<(Tap, End), StoreError> {
        self.ended = true;
        let (answer, ended) = oneshot::channel();
        self.committer.insist(Message::Untap(answer))?;
        let (tap, end) = ended.blocking_recv().map_err(|_| StoreError::Closed)?;
        Ok((tap.ok_or(StoreError::Closed)?, end))
    }
}

impl Drop for Tapping<'_> {
    fn drop(&mut self) {
        if !self.ended {
            let _ = self.committer.insist(Message::Untap(oneshot::channel().0));
        }
    }
}

impl SledStore {
    /// Gives everything that is stored to `sink`, as it is at the moment when this returns, while the store is in use.
    ///
    /// It copies record after record, which takes a while, and then all that was changed meanwhile.
    pub(super) fn copy_to(
        &self,
        sink: &mut dyn FnMut(Frame) -> Result<(), CopyError>,
    ) -> Result<End, CopyError> {
        let tapping = Tapping::begin(&self.committer, &self.folder)?;
        self.copy_records(sink)?;
        let (tap, end) = tapping.end()?;
        tap.drain(sink)?;
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
            return Err(LayoutError::Taken(path.to_owned()).into());
        }
        folder.clear()?;
        let db = open_sled(&folder, options)?;
        let failed = |error: sled::Error| RestoreError::Engine(error.to_string());
        let tables = Tables(open_tables(&db).map_err(failed)?);
        let (mut unsynced, mut fresh) = (0, 0);
        let end = loop {
            each();
            match archive.next()? {
                Some(Frame::Head(_) | Frame::Secret(_)) => {}
                Some(Frame::Put(table, key, value)) => {
                    unsynced += key.len() + value.len();
                    fresh = fresh.max(after(table, &key));
                    let stored = record::seal(table, &key, &value);
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
        if (stock.wallets, stock.sum()) != (end.wallets, end.sum) {
            return Err(RestoreError::Inconsistent(format!(
                "it holds {} wallets of the {} that it should, or older records",
                stock.wallets, end.wallets
            )));
        }
        if end.next < fresh {
            return Err(RestoreError::Inconsistent(format!(
                "it gave numbers up to {fresh} and would go on from {}",
                end.next
            )));
        }
        if end.commit > HIGHEST || end.next > HIGHEST {
            return Err(RestoreError::Inconsistent(format!(
                "no store makes {} commits and gives {} numbers",
                end.commit, end.next
            )));
        }
        let journal = Journal {
            commit: end.commit,
            next: end.next,
            stock,
            ..Journal::default()
        };
        let stored = record::seal(Table::Journal, Journal::KEY, &record::encode(&journal));
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
        drop((tables, db));
        // so that the first start need not read the whole log; if that fails, it does, and says why
        let _ = unless_sled_panics(path, || open_sled(&folder, options).map(drop));
        Ok(end)
    }
}

/// The number after the one that this record was given, if it is a wallet or a blob.
fn after(table: Table, key: &[u8]) -> u64 {
    match (table, key.first_chunk()) {
        (Table::Wallet | Table::Data, Some(number)) => {
            u64::from_be_bytes(*number).saturating_add(1)
        }
        _ => 0,
    }
}
