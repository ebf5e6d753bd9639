//! What every store must keep: one suite for all of them.
//!
//! A store is tested by `conformance!(place)`, where `place` makes a [`Place`]: somewhere to open a store, close it, and open it again.

mod looked_up;
mod pin_wallets;
mod under_load;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::record::{held_key, *};
use super::sled::CHUNK;
use super::{Decision, Store, StoreError, Transaction, Verdict, decide};
use crate::clock::Time;
use crate::crypto::{BlobHash, PrivateKey, PublicKey, Secret};
pub use looked_up::*;
pub use pin_wallets::*;
pub use under_load::*;

/// Somewhere to keep a store; everything is gone when it is dropped.
pub trait Place: Send + Sync {
    /// Opens the store of this place, or makes it. It is not open already.
    fn open(&self) -> Arc<dyn Store>;

    /// Opens it so that there is never enough room.
    fn open_without_room(&self) -> Arc<dyn Store>;
}

/// Makes one test of each property.
macro_rules! conformance {
    ($place:expr) => {
        $crate::store::conformance::conformance!($place =>
            an_answered_decision_is_there_after_opening_again,
            a_decision_is_kept_whole_or_not_at_all,
            decisions_see_what_came_before_them,
            a_blob_of_any_size_comes_back_and_goes_for_good,
            a_deleted_wallet_leaves_nothing_behind,
            a_pin_wallet_comes_back_and_goes_for_good,
            wallets_are_counted,
            scanning_meets_every_record_once_and_in_order,
            statistics_belong_to_wallets_that_exist,
            fresh_numbers_never_come_again,
            readers_see_only_what_is_durable,
            what_was_looked_up_before_is_looked_up_as_it_is_now,
            a_key_leads_only_to_the_wallet_that_says_so,
            many_deciders_at_once_lose_nothing,
            closing_finishes_what_was_begun,
            closing_works_while_the_queue_is_full,
            without_room_nothing_is_written_and_reading_goes_on,
            a_probe_writes_and_reads,
        );
    };
    ($place:expr => $($property:ident,)+) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $property() {
                $crate::store::conformance::$property(&$place).await;
            }
        )+
    };
}
pub(crate) use conformance;

/// The key that comes of this number.
pub fn key(number: u64) -> PublicKey {
    let mut bytes = [1; 32];
    bytes[24..].copy_from_slice(&number.to_be_bytes());
    PrivateKey::from_bytes(Secret::new(bytes))
        .expect("a key")
        .public_key()
}

/// A wallet in the making, with one blob of these bytes.
pub fn wallet(transaction: &mut dyn Transaction, number: u64, blob: &[u8]) -> Wallet {
    Wallet {
        id: transaction.fresh(),
        commit: transaction.commit(),
        key: key(number),
        email: None,
        created: Time(number as i64),
        current: Version {
            data: transaction.put_data(blob),
            hash: BlobHash::of(blob),
            bytes: blob.len() as u32,
            saved: Time(number as i64),
            revision: None,
            signature: vec![7; 65],
        },
        older: Vec::new(),
        highest: 0,
        lineages: vec![number],
    }
}

/// Stores a wallet, and says how that went.
pub async fn put(store: &dyn Store, number: u64, blob: Vec<u8>) -> Result<Wallet, StoreError> {
    decide(store, move |transaction| {
        let wallet = wallet(transaction, number, &blob);
        transaction.put_wallet(&wallet);
        Ok(wallet)
    })
    .await
}

async fn put_code(store: &dyn Store, number: u8) -> Result<(), StoreError> {
    store.decide(code(number)).await
}

fn code(number: u8) -> Decision {
    Box::new(move |transaction| {
        transaction.put_code(&CodeDigest([number; 32]), &code_record(number));
        Verdict::Keep
    })
}

fn code_record(number: u8) -> CodeRecord {
    CodeRecord {
        email: EmailDigest([number; 32]),
        expires: Time(number.into()),
        spent: None,
    }
}

async fn knows_code(store: &dyn Store, number: u8) -> bool {
    decide::<_, StoreError>(store, move |transaction| {
        transaction.code(&CodeDigest([number; 32]))
    })
    .await
    .expect("decided")
    .is_some()
}

/// Closes the store and opens it again.
pub async fn again(place: &dyn Place, store: Arc<dyn Store>) -> Arc<dyn Store> {
    store.close().await;
    drop(store);
    place.open()
}

/// Ok means durable.
pub async fn an_answered_decision_is_there_after_opening_again(place: &dyn Place) {
    let mut store = place.open();
    let mut stored = Vec::new();
    for round in 0..4 {
        for number in 0..5 {
            let number = round * 5 + number;
            stored.push(
                put(&*store, number, vec![number as u8; 100])
                    .await
                    .expect("stored"),
            );
        }
        store = again(place, store).await;
        for wallet in &stored {
            let found = store.wallet(wallet.key.as_bytes()).await.expect("read");
            assert_eq!(found.as_deref(), Some(wallet));
            let data = store.data(&wallet.current).await.expect("read");
            assert_eq!(data, Some(vec![wallet.created.0 as u8; 100].into()));
        }
    }
}

/// Discarded, failed or panicking: nothing of it is there, not even the data.
pub async fn a_decision_is_kept_whole_or_not_at_all(place: &dyn Place) {
    let mut store = place.open();
    put(&*store, 1, vec![1; 10]).await.expect("stored");
    let everything = |transaction: &mut dyn Transaction| {
        let one = transaction
            .wallet(key(1).as_bytes())
            .expect("read")
            .expect("a wallet");
        transaction.remove_wallet(&one);
        let two = wallet(transaction, 2, &vec![2; CHUNK + 1]);
        transaction.put_wallet(&two);
        transaction.put_code(&CodeDigest([2; 32]), &code_record(2));
    };
    let discarded = store
        .decide(Box::new(move |transaction| {
            everything(transaction);
            Verdict::Discard
        }))
        .await;
    assert_eq!(discarded, Ok(()));
    let panicked = store
        .decide(Box::new(move |transaction| {
            everything(transaction);
            panic!("on purpose, in a test");
        }))
        .await;
    assert_eq!(panicked, Err(StoreError::Panicked));
    let too_large = store
        .decide(Box::new(move |transaction| {
            everything(transaction);
            transaction.put(
                Table::Held,
                &held_key(1, &BlobHash([0; 32])),
                vec![0; 1 << 20],
            );
            Verdict::Keep
        }))
        .await;
    assert!(matches!(too_large, Err(StoreError::TooLarge(_))));
    for _ in 0..2 {
        assert_eq!(store.wallets(), 1);
        assert!(
            store
                .wallet(key(1).as_bytes())
                .await
                .expect("read")
                .is_some()
        );
        assert!(
            store
                .wallet(key(2).as_bytes())
                .await
                .expect("read")
                .is_none()
        );
        assert_eq!(store.scan(Table::Data, None, 10).expect("read").len(), 1);
        assert_eq!(store.scan(Table::Code, None, 10), Ok(Vec::new()));
        store = again(place, store).await;
    }
}

/// Their own changes, those of the same commit, and those of earlier ones.
pub async fn decisions_see_what_came_before_them(place: &dyn Place) {
    let store = place.open();
    let own = store.decide(Box::new(|transaction| {
        let digest = CodeDigest([1; 32]);
        assert_eq!(transaction.code(&digest), Ok(None));
        transaction.put_code(&digest, &code_record(1));
        assert_eq!(transaction.code(&digest), Ok(Some(code_record(1))));
        transaction.remove_code(&digest);
        assert_eq!(transaction.code(&digest), Ok(None));
        transaction.put_code(&digest, &code_record(2));
        assert_eq!(transaction.code(&digest), Ok(Some(code_record(2))));
        Verdict::Keep
    }));
    own.await.expect("no panic");
    // begun together, they are most often made together
    let seen = Arc::new(AtomicU64::new(0));
    let deciding: Vec<_> = (0..200_u64)
        .map(|number| {
            let seen = Arc::clone(&seen);
            store.decide(Box::new(move |transaction| {
                let key = CodeDigest([9; 32]);
                let count = transaction
                    .code(&key)
                    .expect("read")
                    .map_or(0, |code| code.expires.0);
                assert_eq!(
                    count, number as i64,
                    "in the order in which they were asked"
                );
                seen.fetch_add(1, Ordering::SeqCst);
                let expires = Time(count + 1);
                transaction.put_code(
                    &key,
                    &CodeRecord {
                        expires,
                        ..code_record(9)
                    },
                );
                Verdict::Keep
            }))
        })
        .collect();
    for decided in deciding {
        decided.await.expect("no panic");
    }
    assert_eq!(seen.load(Ordering::SeqCst), 200);
    let count = decide::<_, StoreError>(&*store, |transaction| {
        transaction.code(&CodeDigest([9; 32]))
    });
    assert_eq!(
        count.await.expect("read").expect("a code").expires,
        Time(200)
    );
}

/// At every border of a chunk.
pub async fn a_blob_of_any_size_comes_back_and_goes_for_good(place: &dyn Place) {
    let mut store = place.open();
    let sizes = [
        1,
        2,
        CHUNK - 1,
        CHUNK,
        CHUNK + 1,
        2 * CHUNK,
        2 * CHUNK + 1,
        5 * CHUNK - 1,
        1 << 20,
    ];
    let blob =
        |size: usize| -> Vec<u8> { (0..size).map(|at| (at * 31 % 251 + size) as u8).collect() };
    let mut wallets = Vec::new();
    for (number, size) in (0..).zip(sizes) {
        wallets.push(put(&*store, number, blob(size)).await.expect("stored"));
    }
    for _ in 0..2 {
        for (wallet, size) in wallets.iter().zip(sizes) {
            let data = store.data(&wallet.current).await.expect("read");
            assert!(data.as_deref() == Some(&blob(size)[..]), "{size} bytes");
        }
        store = again(place, store).await;
    }
    for wallet in wallets.clone() {
        let gone = move |transaction: &mut dyn Transaction| {
            transaction.remove_wallet(&wallet);
            Ok(())
        };
        decide::<_, StoreError>(&*store, gone)
            .await
            .expect("removed");
    }
    for _ in 0..2 {
        for wallet in &wallets {
            assert_eq!(store.data(&wallet.current).await, Ok(None));
        }
        assert_eq!(store.scan(Table::Data, None, 1), Ok(Vec::new()));
        store = again(place, store).await;
    }
}

/// Wallet, key, data, versions, statistics.
pub async fn a_deleted_wallet_leaves_nothing_behind(place: &dyn Place) {
    let store = place.open();
    let mut stored = put(&*store, 1, vec![1; 3]).await.expect("stored");
    stored = decide::<_, StoreError>(&*store, move |transaction| {
        let next = wallet(transaction, 1, &[2; 2 * CHUNK]);
        stored.older = vec![std::mem::replace(&mut stored.current, next.current)];
        transaction.put_wallet(&stored);
        Ok(stored)
    })
    .await
    .expect("stored");
    let statistics = vec![(stored.id, Statistics(vec![1, 2, 3]))];
    store.put_statistics(statistics).await.expect("stored");
    let remove = move |transaction: &mut dyn Transaction| {
        transaction.remove_wallet(&stored);
        Ok(())
    };
    decide::<_, StoreError>(&*store, remove)
        .await
        .expect("removed");
    for table in [Table::Wallet, Table::Key, Table::Data, Table::Statistics] {
        assert_eq!(
            store.scan(table, None, 1),
            Ok(Vec::new()),
            "{}",
            table.name()
        );
    }
}

/// Also over changes of a wallet, and after opening again.
pub async fn wallets_are_counted(place: &dyn Place) {
    let mut store = place.open();
    assert_eq!(store.wallets(), 0);
    let mut last = None;
    for number in 0..7 {
        last = Some(put(&*store, number, vec![0; 5]).await.expect("stored"));
    }
    let last = last.expect("seven");
    decide::<_, StoreError>(&*store, move |transaction| {
        transaction.put_wallet(&last);
        transaction.remove_wallet(&last);
        transaction.put_wallet(&last);
        transaction.remove_wallet(&last);
        Ok(())
    })
    .await
    .expect("stored");
    assert_eq!(store.wallets(), 6);
    store = again(place, store).await;
    assert_eq!(store.wallets(), 6);
}
