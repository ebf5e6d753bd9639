//! Opening sled, and finishing or taking back what a crash left half done.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::super::StoreError;
use super::super::journal::Journal;
use super::super::layout::{Folder, LayoutError, io_error};
use super::super::record::Table;
use super::{Options, SEGMENT, Tables, engine};

/// How long sled may take to let go of its file after it was closed, or after it panicked.
const LINGERING: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(5);

/// What this returns; that the store is damaged if sled panics, which it does at the latest when a damaged page is read.
pub(super) fn unless_sled_panics<T>(
    folder: &std::path::Path,
    open: impl FnOnce() -> Result<T, LayoutError>,
) -> Result<T, LayoutError> {
    catch_unwind(AssertUnwindSafe(open)).unwrap_or_else(|_| {
        Err(LayoutError::Damaged {
            path: folder.to_owned(),
            what: "sled cannot read it".into(),
        })
    })
}

pub(super) fn open_sled(folder: &Folder, options: &Options) -> Result<sled::Db, LayoutError> {
    let path = folder.sled();
    let config = sled::Config::new()
        .path(&path)
        .segment_size(SEGMENT)
        .cache_capacity(options.cache_mib.saturating_mul(512 * 1024))
        .flush_every_ms(Some(500));
    // sled panics on some kinds of damage
    let open = || {
        let begun = Instant::now();
        loop {
            match catch_unwind(AssertUnwindSafe(|| config.open())) {
                // the folder is ours alone: a thread of sled's that has not yet ended holds the file
                Ok(Err(error)) if is_locked(&error) && begun.elapsed() < LINGERING => {
                    std::thread::sleep(PAUSE);
                }
                opened => return opened,
            }
        }
    };
    let db = match open() {
        Ok(Ok(db)) => db,
        // no fault of a snapshot: a full disk, no permission
        Ok(Err(sled::Error::Io(error))) if is_lock(&error) || !is_damage(&error) => {
            return Err(io_error("opening", &path)(error));
        }
        first => {
            if !move_snapshots_aside(folder)? {
                return Err(refused(folder, first));
            }
            match open() {
                Ok(Ok(db)) => db,
                second => return Err(refused(folder, second)),
            }
        }
    };
    let outside = path.join("blobs");
    if std::fs::read_dir(&outside).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(LayoutError::Damaged {
            path: folder.path().to_owned(),
            what: format!("{} holds pages that were never synced", outside.display()),
        });
    }
    Ok(db)
}

pub(super) fn is_locked(error: &sled::Error) -> bool {
    matches!(error, sled::Error::Io(error) if is_lock(error))
}

fn is_lock(error: &std::io::Error) -> bool {
    error.to_string().contains("could not acquire lock")
}

fn is_damage(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    matches!(
        error.kind(),
        InvalidData | InvalidInput | Other | UnexpectedEof
    )
}

fn refused(folder: &Folder, outcome: std::thread::Result<sled::Result<sled::Db>>) -> LayoutError {
    let what = match outcome {
        Ok(Err(sled::Error::Io(error))) => {
            return io_error("opening", &folder.sled())(error);
        }
        Ok(Err(error)) => format!("sled says: {error}"),
        _ => "sled cannot read it".into(),
    };
    LayoutError::Damaged {
        path: folder.path().to_owned(),
        what,
    }
}

/// A damaged or half-written snapshot keeps sled from opening; without one it reads the whole log, which is as good.
fn move_snapshots_aside(folder: &Folder) -> Result<bool, LayoutError> {
    let (from, to) = (folder.sled(), folder.path().join("snapshots-aside"));
    let mut moved = false;
    let entries = std::fs::read_dir(&from).map_err(io_error("reading the folder", &from))?;
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with("snap.") {
            std::fs::create_dir_all(&to).map_err(io_error("making the folder", &to))?;
            std::fs::rename(entry.path(), to.join(entry.file_name()))
                .map_err(io_error("moving aside", &entry.path()))?;
            moved = true;
        }
    }
    if moved {
        tracing::warn!(folder = %to.display(), "sled did not open with its snapshot, which was moved aside");
    }
    Ok(moved)
}

pub(super) fn open_tables(db: &sled::Db) -> sled::Result<[sled::Tree; Table::ALL.len()]> {
    let mut trees = Vec::with_capacity(Table::ALL.len());
    for table in Table::ALL {
        trees.push(db.open_tree(table.name())?);
    }
    trees
        .try_into()
        .map_err(|_| sled::Error::ReportableBug("the number of tables".into()))
}

/// Finishes the last commit, which may have been cut off half-way, and removes the data of one that never came to be.
pub(super) fn recover(db: &sled::Db, tables: &Tables, journal: &Journal) -> Result<(), StoreError> {
    let failed = |error: sled::Error| engine(&error);
    journal.apply(tables).map_err(failed)?;
    for entry in tables.of(Table::Data).range(journal.next.to_be_bytes()..) {
        let (key, _) = entry.map_err(failed)?;
        tables.of(Table::Data).remove(key).map_err(failed)?;
    }
    db.flush().map_err(failed)?;
    Ok(())
}
