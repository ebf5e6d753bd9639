//! What a crash leaves, and what becomes of it.

use super::*;
use crate::store::conformance;
use crate::store::draft::Draft;
use crate::store::{Transaction, Verdict};

/// Writes the data of a commit that makes these wallets and removes one, and so much else of it as `applied` says: nothing,
/// the journal, or the journal and some of its writes.
fn cut_off(path: &Path, made: std::ops::Range<u64>, removed: &Wallet, applied: usize) -> Journal {
    let (db, tables) = bare(path);
    let last = tables.bytes(Table::Journal, Journal::KEY).expect("read");
    let last: Journal =
        record::decode(Table::Journal, &last.expect("a journal")).expect("a journal");
    let mut draft = Draft::new(&tables, last.commit + 1, last.next, last.stock);
    let removed = removed.clone();
    let decision = move |transaction: &mut dyn Transaction| {
        for number in made {
            let blob = vec![number as u8; 3 * CHUNK];
            let wallet = conformance::wallet(transaction, number, &blob);
            transaction.put_wallet(&wallet);
        }
        transaction.remove_wallet(&removed);
        Verdict::Keep
    };
    draft.make(Box::new(decision), Ok(())).expect("kept");
    let (changes, next) = draft.finish();
    for (key, chunk) in changes.data {
        let stored = record::seal(Table::Data, &key, &chunk);
        tables.of(Table::Data).insert(key, stored).expect("put");
    }
    let journal = Journal {
        commit: last.commit + 1,
        next,
        stock: changes.stock,
        writes: changes.writes,
        dropped: changes.dropped,
    };
    if applied > 0 {
        let stored = record::seal(Table::Journal, Journal::KEY, &record::encode(&journal));
        let journals = tables.of(Table::Journal);
        journals.insert(Journal::KEY, stored).expect("put");
        let part = Journal {
            writes: journal.writes[..applied - 1].to_vec(),
            dropped: Vec::new(),
            ..journal.clone()
        };
        part.apply(&tables).expect("applied");
    }
    db.flush().expect("flushed");
    journal
}

#[tokio::test]
async fn a_commit_that_was_cut_off_is_finished_wherever_that_was() {
    // a wallet and its key, for two that are made and one that is removed
    let writes = 2 * 3;
    for applied in 1..=writes + 1 {
        let home = Home::new();
        let there = fill(&home, 0..2).await;
        let journal = cut_off(&home.path(), 10..12, &there[0], applied);
        assert_eq!(journal.writes.len(), writes);
        let store = home.open();
        assert_eq!(store.wallets(), 3);
        assert_eq!(store.wallet(key(0).as_bytes()).await, Ok(None));
        let kept = store.wallet(key(1).as_bytes()).await;
        assert_eq!(kept.as_ref(), Ok(&Some(there[1].clone().into())));
        assert_eq!(store.data(&there[0].current).await, Ok(None));
        for number in 10..12 {
            let wallet = store.wallet(key(number).as_bytes()).await.expect("read");
            let data = store.data(&wallet.expect("a wallet").current).await;
            assert_eq!(data, Ok(Some(vec![number as u8; 3 * CHUNK].into())));
        }
        let chunks = store.scan(Table::Data, None, 100).expect("read");
        assert_eq!(chunks.len(), 1 + 6);
    }
}

#[tokio::test]
async fn the_data_of_a_commit_that_never_came_to_be_is_swept() {
    let home = Home::new();
    let there = fill(&home, 0..2).await;
    cut_off(&home.path(), 10..12, &there[0], 0);
    let store = home.open();
    assert_eq!(store.wallets(), 2);
    let kept = store.wallet(key(0).as_bytes()).await;
    assert_eq!(kept.as_ref(), Ok(&Some(there[0].clone().into())));
    assert_eq!(store.wallet(key(10).as_bytes()).await, Ok(None));
    assert_eq!(store.scan(Table::Data, None, 100).expect("read").len(), 2);
    let blob = vec![9; 2 * CHUNK];
    let next = put(&*store, 20, blob.clone()).await.expect("stored");
    assert_eq!(store.data(&next.current).await, Ok(Some(blob.into())));
}

#[tokio::test]
async fn a_store_that_was_never_completed_is_begun_anew() {
    let home = Home::new();
    fill(&home, 0..1).await;
    let marker = home.path().join("format");
    let text = std::fs::read_to_string(&marker).expect("read");
    let text = text.replace("complete = true", "complete = false");
    std::fs::write(&marker, text).expect("written");
    std::fs::write(home.path().join("sled/db"), "torn").expect("written");
    let store = home.open();
    assert_eq!(store.wallets(), 0);
    let store = again(&home, store).await;
    put(&*store, 1, vec![1]).await.expect("stored");
}

#[tokio::test]
async fn a_counter_ahead_of_the_store_is_noticed() {
    let home = Home::new();
    fill(&home, 0..3).await;
    let opened = Commits::open(&home.path().join("commits")).expect("opened");
    let promised = opened.1.expect("a number");
    opened.0.write(promised + 1).expect("written");
    let refused = home.try_open().expect_err("went back");
    assert!(
        matches!(refused, LayoutError::WentBack { found, .. } if found == promised),
        "{refused}"
    );
    let text = refused.to_string();
    assert!(text.contains("restore the latest backup"), "{text}");
}

#[tokio::test]
async fn an_older_copy_of_the_records_is_noticed() {
    let home = Home::new();
    fill(&home, 0..3).await;
    let copy = home.folder.path().join("copy");
    damage::copy(&home.path().join("sled"), &copy);
    fill(&home, 3..4).await;
    std::fs::remove_dir_all(home.path().join("sled")).expect("removed");
    damage::copy(&copy, &home.path().join("sled"));
    let refused = home.try_open().expect_err("went back");
    assert!(matches!(refused, LayoutError::WentBack { .. }), "{refused}");
}

#[tokio::test]
async fn a_counter_that_cannot_be_read_is_no_zero() {
    for bytes in [&[][..], &[0; 1024], &[0xFF; 1024]] {
        let home = Home::new();
        fill(&home, 0..1).await;
        std::fs::write(home.path().join("commits"), bytes).expect("written");
        let refused = home.try_open().expect_err("unreadable");
        assert!(matches!(refused, LayoutError::Damaged { .. }), "{refused}");
    }
    let home = Home::new();
    fill(&home, 0..1).await;
    std::fs::remove_file(home.path().join("commits")).expect("removed");
    home.try_open().expect_err("missing");
}

#[tokio::test]
async fn one_record_that_went_back_is_noticed_though_it_is_sound() {
    use Table::{Code, Email, Held, Key, Retired};
    for table in [Table::Wallet, Key, Email, Code, Retired, Held] {
        let home = Home::new();
        fill(&home, 0..3).await;
        let (db, tables) = bare(&home.path());
        // one that the last commit does not touch, so that nothing puts it right
        let key = match table {
            Table::Wallet => tables
                .of(table)
                .first()
                .expect("read")
                .expect("one")
                .0
                .to_vec(),
            Key => conformance::key(0).as_bytes().to_vec(),
            Held => vec![8; 40],
            _ => vec![8; 32],
        };
        let stored = record::seal(table, &key, &record::encode(&7_u64));
        tables.of(table).insert(key, stored).expect("put");
        db.flush().expect("flushed");
        drop((tables, db));
        let refused = home.try_open().expect_err("not what it was").to_string();
        assert!(
            refused.contains("missing or older"),
            "{}: {refused}",
            table.name()
        );
    }
}
