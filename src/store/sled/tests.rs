//! The suite that every store must pass, and what only this one has to: its folder, its journal, damage.

mod damage;
mod hostile;
mod recovery;

use std::path::{Path, PathBuf};

use super::*;
use crate::store::conformance::{Place, again, key, put};

struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn try_open(&self) -> Result<SledStore, LayoutError> {
        open_at(&self.path(), 0)
    }
}

impl Place for Home {
    fn open(&self) -> Arc<dyn Store> {
        Arc::new(self.try_open().expect("opened"))
    }

    fn open_without_room(&self) -> Arc<dyn Store> {
        Arc::new(open_at(&self.path(), u64::MAX).expect("opened"))
    }
}

fn secret(byte: u8) -> Secret<32> {
    Secret::new([byte; 32])
}

fn open_at(path: &Path, min_free_bytes: u64) -> Result<SledStore, LayoutError> {
    let options = Options {
        cache_mib: 16,
        min_free_bytes,
    };
    SledStore::open(path, &secret(1), &options)
}

/// The folder's sled, without anything of ours around it.
fn bare(path: &Path) -> (sled::Db, Tables) {
    let config = sled::Config::new()
        .path(path.join("sled"))
        .segment_size(SEGMENT);
    let db = loop {
        match config.open() {
            Err(error) if opening::is_locked(&error) => std::thread::sleep(CLOSING),
            opened => break opened.expect("sled opens"),
        }
    };
    let tables = Tables(open_tables(&db).expect("tables"));
    (db, tables)
}

/// Stores these wallets, each with a blob of its number, and closes.
async fn fill(home: &Home, numbers: std::ops::Range<u64>) -> Vec<Wallet> {
    let store = home.open();
    let mut wallets = Vec::new();
    for number in numbers {
        wallets.push(
            put(&*store, number, vec![number as u8; 500])
                .await
                .expect("stored"),
        );
    }
    store.close().await;
    wallets
}

mod suite {
    use super::Home;
    use crate::store::conformance::conformance;

    conformance!(Home::new());
}

#[tokio::test]
async fn no_page_ever_leaves_the_synced_file() {
    let home = Home::new();
    let mut store = home.open();
    for round in 0..2_u8 {
        for number in 0..24 {
            let length = [1 << 20, 5 * CHUNK, CHUNK, 1][number as usize % 4];
            put(&*store, number, vec![round; length])
                .await
                .expect("stored");
        }
        store = again(&home, store).await;
        let outside = std::fs::read_dir(home.path().join("sled/blobs"));
        assert_eq!(outside.map_or(0, Iterator::count), 0);
    }
}

/// sled names its index after where in the log it ends, and writes it only when a store is opened.
#[tokio::test]
async fn a_store_that_was_indexed_has_nothing_left_to_read() {
    let home = Home::new();
    fill(&home, 0..50).await;
    let index = || {
        let entries = std::fs::read_dir(home.path().join("sled")).expect("read");
        let mut names = entries.map(|entry| entry.expect("an entry").file_name());
        names.find(|name| name.to_string_lossy().starts_with("snap."))
    };
    let stale = index();
    let options = Options {
        cache_mib: 16,
        min_free_bytes: 0,
    };
    SledStore::index(&home.path(), &secret(1), &options).expect("indexed");
    let indexed = index();
    assert_ne!(indexed, stale);
    SledStore::index(&home.path(), &secret(1), &options).expect("indexed");
    assert_eq!(index(), indexed, "nothing was left to read");
    let store = home.open();
    assert_eq!(store.wallets(), 50);
}

#[tokio::test]
async fn a_second_opening_is_refused_until_the_first_is_closed() {
    let home = Home::new();
    for _ in 0..10 {
        let store = home.open();
        let second = home.try_open().expect_err("in use");
        assert!(matches!(second, LayoutError::InUse(_)));
        assert!(
            second
                .to_string()
                .contains("in use by another process; stop that one first")
        );
        store.close().await;
    }
}

#[tokio::test]
async fn a_folder_with_other_things_is_left_as_it_is() {
    let home = Home::new();
    std::fs::create_dir(home.path()).expect("made");
    std::fs::write(home.path().join("letter.txt"), "dear").expect("written");
    let refused = home.try_open().expect_err("not a store");
    assert!(matches!(refused, LayoutError::NotAStore(_)));
    let left: Vec<_> = std::fs::read_dir(home.path()).expect("read").collect();
    assert_eq!(left.len(), 1, "nothing was made beside it: {left:?}");
}

#[tokio::test]
async fn a_store_is_opened_with_its_own_secret_only() {
    let home = Home::new();
    fill(&home, 0..1).await;
    let options = Options {
        cache_mib: 16,
        min_free_bytes: 0,
    };
    let refused = SledStore::open(&home.path(), &secret(2), &options).expect_err("another's");
    assert!(matches!(refused, LayoutError::OtherSecret(_)));

    let file = home.folder.path().join("larimar.secret");
    let missing = crate::store::load_secret(&file, &home.path()).expect_err("missing");
    assert!(matches!(missing, LayoutError::SecretMissing { .. }));
    assert!(!file.exists(), "no new secret beside an old store");
    std::fs::write(&file, [1; 31]).expect("written");
    let short = crate::store::load_secret(&file, &home.path()).expect_err("too short");
    assert!(matches!(short, LayoutError::NoSecret(_)));
    std::fs::write(&file, [1; 32]).expect("written");
    let loaded = crate::store::load_secret(&file, &home.path()).expect("loaded");
    SledStore::open(&home.path(), &loaded, &options).expect("its own");
}

#[tokio::test]
async fn a_store_of_a_later_version_is_refused() {
    let home = Home::new();
    fill(&home, 0..1).await;
    let marker = home.path().join("format");
    let text = std::fs::read_to_string(&marker).expect("read");
    std::fs::write(&marker, text.replace("format = 1", "format = 2")).expect("written");
    let refused = home.try_open().expect_err("newer");
    assert!(
        matches!(refused, LayoutError::Newer { found: 2, .. }),
        "{refused}"
    );
    std::fs::write(&marker, "what?").expect("written");
    let refused = home.try_open().expect_err("unreadable");
    assert!(matches!(refused, LayoutError::Damaged { .. }), "{refused}");
}
