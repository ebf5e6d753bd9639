//! Damage: what is served is the newest, or nothing is served.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

use super::*;
use crate::crypto::BlobHash;
use crate::store::{conformance, decide};

pub(super) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("read") {
        let entry = entry.expect("read");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("read").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// Makes a store of several segments, whose wallets were changed early and often, or late, and says what each of them has to be.
async fn worn(home: &Home) -> Vec<Wallet> {
    let store = home.open();
    let mut newest = std::collections::BTreeMap::new();
    for round in 0..8_u8 {
        for number in if round < 3 { 0..80 } else { 70..80 } {
            let older = store.wallet(key(number).as_bytes()).await.expect("read");
            let changed = decide::<_, StoreError>(&*store, move |transaction| {
                let blob = vec![round; 1 + 17_000 * (number as usize % 9)];
                let mut wallet = conformance::wallet(transaction, number, &blob);
                if let Some(older) = older {
                    wallet.id = older.id;
                    transaction.remove_data(&older.current);
                }
                transaction.put_wallet(&wallet);
                Ok(wallet)
            });
            newest.insert(number, changed.await.expect("stored"));
        }
    }
    store.close().await;
    newest.into_values().collect()
}

/// Opens the damaged store, and returns how many wallets it serves; `None` if it refuses altogether.
async fn served(path: &Path, newest: &[Wallet]) -> Option<usize> {
    let store = open_at(path, 0).ok()?;
    let mut served = 0;
    for wallet in newest {
        let Ok(found) = store.wallet(wallet.key.as_bytes()).await else {
            continue;
        };
        assert_eq!(found.as_deref(), Some(wallet), "an older state, or none");
        match store.data(&wallet.current).await {
            Ok(Some(data)) => assert_eq!(BlobHash::of(&data), wallet.current.hash),
            Ok(None) | Err(_) => continue,
        }
        served += 1;
    }
    store.close().await;
    Some(served)
}

#[tokio::test]
async fn a_flipped_byte_never_brings_an_older_state() {
    const CASES: u64 = 24;
    let home = Home::new();
    let newest = worn(&home).await;
    let length = fs::metadata(home.path().join("sled/db"))
        .expect("a file")
        .len();
    assert!(length > 2 * SEGMENT as u64, "several segments");
    let mut noticed = 0;
    for case in 0..CASES {
        let other = Home::new();
        copy(&home.path(), &other.path());
        let path = other.path().join("sled/db");
        let db = File::options()
            .read(true)
            .write(true)
            .open(path)
            .expect("opened");
        let at = (case * 2 + 1) * length / (2 * CASES) + case * 7919 % 4096;
        let at = at.min(length - 1);
        let mut byte = [0];
        db.read_exact_at(&mut byte, at).expect("read");
        db.write_all_at(&[byte[0] ^ 0x10], at).expect("written");
        noticed += u64::from(served(&other.path(), &newest).await != Some(newest.len()));
    }
    assert!(noticed > 0, "some of them hit what is in use");
    assert_eq!(served(&home.path(), &newest).await, Some(newest.len()));
}

#[tokio::test]
async fn a_file_that_is_cut_off_is_refused() {
    let home = Home::new();
    let newest = worn(&home).await;
    let length = fs::metadata(home.path().join("sled/db"))
        .expect("a file")
        .len();
    for left in [0, 1, length / 4, length / 2] {
        let other = Home::new();
        copy(&home.path(), &other.path());
        let db = File::options()
            .write(true)
            .open(other.path().join("sled/db"));
        db.expect("opened").set_len(left).expect("cut");
        let served = served(&other.path(), &newest).await;
        // nothing that is in use may have stood behind the cut
        let whole = left >= length / 4 && served == Some(newest.len());
        assert!(served.is_none() || whole, "{left} of {length} bytes");
    }
}

#[tokio::test]
async fn a_store_whose_records_are_gone_is_not_begun_anew() {
    for gone in ["sled/db", "sled"] {
        let home = Home::new();
        let newest = fill(&home, 0..3).await;
        let path = home.path().join(gone);
        if path.is_dir() {
            fs::remove_dir_all(&path).expect("removed");
            fs::create_dir(&path).expect("made");
        } else {
            fs::remove_file(&path).expect("removed");
        }
        assert_eq!(served(&home.path(), &newest).await, None, "{gone}");
        let refused = home.try_open().expect_err("refused").to_string();
        assert!(refused.contains("sled/db is missing"), "{gone}: {refused}");
    }
}

#[tokio::test]
async fn a_damaged_snapshot_costs_nothing() {
    let home = Home::new();
    let newest = worn(&home).await;
    home.open().close().await; // which makes a snapshot
    let entries = fs::read_dir(home.path().join("sled")).expect("read");
    let paths = entries.map(|entry| entry.expect("read").path());
    let snapshots: Vec<_> = paths
        .filter(|path| path.to_string_lossy().contains("snap."))
        .collect();
    assert!(!snapshots.is_empty());
    for snapshot in snapshots {
        let bytes = fs::read(&snapshot).expect("read");
        fs::write(&snapshot, &bytes[..bytes.len() / 2]).expect("cut");
    }
    assert_eq!(served(&home.path(), &newest).await, Some(newest.len()));
}

#[tokio::test]
async fn one_damaged_record_is_refused_and_the_others_are_served() {
    let home = Home::new();
    let newest = fill(&home, 0..5).await;
    let store = home.try_open().expect("opened");
    let damage = |table: Table, key: &[u8]| {
        let tree = store.shared.tables.of(table);
        let mut stored = tree.get(key).expect("read").expect("a record").to_vec();
        stored[3] ^= 1;
        tree.insert(key, stored).expect("put");
    };
    damage(Table::Data, &record::chunk_key(newest[2].current.data, 0));
    damage(Table::Wallet, &newest[3].id.to_be_bytes());
    for wallet in &newest {
        let found = store.wallet(wallet.key.as_bytes()).await;
        let data = store.data(&wallet.current).await;
        match wallet.created.0 {
            2 => assert!(found.is_ok() && matches!(data, Err(StoreError::Damaged(_)))),
            3 => assert!(matches!(found, Err(StoreError::Damaged(_)))),
            _ => assert!(found.is_ok() && matches!(data, Ok(Some(_)))),
        }
    }
}
