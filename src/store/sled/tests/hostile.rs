//! Backups that somebody else made: sound by their digest and their sum, which anybody can work out, and not what a store ever was.

use std::ops::ControlFlow;

use super::*;
use crate::clock::Time;
use crate::store::archive::{Head, Reader, Writer};
use crate::store::{chunk_key, encode, verify};

/// A backup that holds these records, and ends like this but for what it adds up to.
fn backup(records: &[(Table, Vec<u8>, Vec<u8>)], end: End) -> Vec<u8> {
    let mut writer = Writer::begin(Vec::new(), None).expect("begun");
    let head = Head {
        version: "1".into(),
        made: Time(0),
        secret: String::new(),
    };
    writer.add(&Frame::Head(head)).expect("added");
    let mut stock = Stock::default();
    for (table, key, value) in records {
        let frame = Frame::Put(*table, key.clone(), value.clone());
        writer.add(&frame).expect("added");
        stock.add(*table, key, value);
    }
    let end = End {
        wallets: stock.wallets,
        sum: stock.sum(),
        ..end
    };
    writer.end(end).expect("ended").1
}

fn restore(home: &Home, archive: &[u8]) -> Result<End, RestoreError> {
    let options = Options {
        cache_mib: 16,
        min_free_bytes: 0,
    };
    let mut reader = Reader::begin(archive, None).expect("an archive");
    SledStore::restore(&home.path(), &secret(1), &options, &mut reader, &mut || ())
}

/// A store restored from a backup of this one wallet, whose last commit was the third.
async fn restored(change: impl FnOnce(&mut Wallet)) -> (Home, SledStore, Wallet) {
    let home = Home::new();
    let mut wallet = fill(&Home::new(), 0..1).await.remove(0);
    wallet.commit = 3;
    change(&mut wallet);
    let records = [
        (
            Table::Wallet,
            wallet.id.to_be_bytes().to_vec(),
            encode(&wallet),
        ),
        (
            Table::Key,
            wallet.key.as_bytes().to_vec(),
            encode(&wallet.id),
        ),
    ];
    let end = End {
        commit: 3,
        next: 9,
        ..End::default()
    };
    restore(&home, &backup(&records, end)).expect("restored");
    let store = home.try_open().expect("opened");
    (home, store, wallet)
}

fn told(store: &SledStore) -> String {
    let report = verify(store, &mut |_| ControlFlow::Continue(())).expect("looked at");
    report.told.join("\n")
}

#[test]
fn numbers_that_no_store_reaches_are_refused() {
    for (commit, next) in [(u64::MAX, 0), (0, u64::MAX), (u64::MAX / 2 + 1, 1)] {
        let end = End {
            commit,
            next,
            ..End::default()
        };
        let refused = restore(&Home::new(), &backup(&[], end)).expect_err("refused");
        assert!(
            matches!(refused, RestoreError::Inconsistent(_)),
            "{refused}"
        );
    }
}

#[test]
fn numbers_that_would_be_given_again_are_refused() {
    let record = |number: u64| (Table::Data, chunk_key(number, 0), vec![1]);
    for (number, next, refused) in [(7, 7, true), (7, 8, false), (u64::MAX, 9, true)] {
        let end = End {
            commit: 1,
            next,
            ..End::default()
        };
        let outcome = restore(&Home::new(), &backup(&[record(number)], end));
        assert_eq!(outcome.is_err(), refused, "{number} and {next}");
    }
}

#[tokio::test]
async fn a_record_of_a_commit_that_never_was_is_damaged_and_not_waited_for() {
    for commit in [4, 5, u64::MAX] {
        let (_home, store, wallet) = restored(|wallet| wallet.commit = commit).await;
        let found = store.wallet(wallet.key.as_bytes()).await;
        assert!(matches!(found, Err(StoreError::Damaged(_))), "{found:?}");
        // to verify, the next one may be in the making
        assert_eq!(
            told(&store).contains("a commit that never was"),
            commit != 4
        );
        store.close().await;
    }
    let (_home, store, wallet) = restored(|_| ()).await;
    assert_eq!(
        store.wallet(wallet.key.as_bytes()).await,
        Ok(Some(Arc::new(wallet)))
    );
    assert!(!told(&store).contains("a commit that never was"));
    store.close().await;
}

#[tokio::test]
async fn a_length_that_is_wrong_reserves_no_memory() {
    let (_home, store, wallet) = restored(|wallet| wallet.current.bytes = u32::MAX).await;
    assert_eq!(store.data(&wallet.current).await, Ok(None));
    store.close().await;
}
