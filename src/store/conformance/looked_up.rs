//! Looking things up.

use super::*;

/// Whatever a store keeps in memory of what it was asked before.
pub async fn what_was_looked_up_before_is_looked_up_as_it_is_now(place: &dyn Place) {
    let store = place.open();
    put(&*store, 1, vec![1; 10]).await.expect("stored");
    let ask = async |number: u64| {
        let wallet = store.wallet(key(number).as_bytes()).await.expect("read")?;
        let data = store.data(&wallet.current).await.expect("read");
        Some((data.expect("its data").to_vec(), wallet))
    };
    for _ in 0..3 {
        assert_eq!(ask(1).await.expect("a wallet").0, vec![1; 10]);
    }
    // saved
    let first = ask(1).await.expect("a wallet").1;
    let saved = decide::<_, StoreError>(&*store, |transaction| {
        let mut wallet = transaction.wallet(key(1).as_bytes())?.expect("a wallet");
        let next = super::wallet(transaction, 1, &[2; 10]);
        transaction.remove_data(&wallet.current);
        (wallet.commit, wallet.current) = (transaction.commit(), next.current);
        transaction.put_wallet(&wallet);
        Ok(wallet)
    });
    let saved = saved.await.expect("stored");
    for _ in 0..3 {
        assert_eq!(
            ask(1).await.expect("a wallet"),
            (vec![2; 10], saved.clone().into())
        );
    }
    assert_eq!(store.data(&first.current).await, Ok(None), "it was removed");
    // moved to another key
    decide::<_, StoreError>(&*store, |transaction| {
        let mut wallet = transaction.wallet(key(1).as_bytes())?.expect("a wallet");
        (wallet.commit, wallet.key) = (transaction.commit(), key(2));
        transaction.put_wallet(&wallet);
        transaction.unlink(&key(1));
        Ok(())
    })
    .await
    .expect("stored");
    for _ in 0..3 {
        assert_eq!(ask(1).await, None);
        assert_eq!(ask(2).await.expect("a wallet").0, vec![2; 10]);
    }
    // deleted, and another one made under the same key
    decide::<_, StoreError>(&*store, |transaction| {
        let wallet = transaction.wallet(key(2).as_bytes())?.expect("a wallet");
        transaction.remove_wallet(&wallet);
        Ok(())
    })
    .await
    .expect("stored");
    assert_eq!(ask(2).await, None);
    assert_eq!(store.data(&saved.current).await, Ok(None), "it was removed");
    put(&*store, 2, vec![3; 10]).await.expect("stored");
    for _ in 0..3 {
        assert_eq!(ask(2).await.expect("a wallet").0, vec![3; 10]);
    }
}

/// In slices of any size.
pub async fn scanning_meets_every_record_once_and_in_order(place: &dyn Place) {
    let store = place.open();
    for number in [3, 1, 200, 4, 255, 0, 77] {
        put_code(&*store, number).await.expect("stored");
    }
    for slice in [1, 2, 3, 7, 100] {
        let (mut after, mut found) = (None::<Vec<u8>>, Vec::new());
        loop {
            let entries = store
                .scan(Table::Code, after.as_deref(), slice)
                .expect("read");
            assert!(entries.len() <= slice);
            let Some((last, _)) = entries.last() else {
                break;
            };
            after = Some(last.clone());
            for (key, value) in &entries {
                let record: CodeRecord = decode(Table::Code, value).expect("a record");
                assert_eq!(record, code_record(key[0]));
                found.push(key[0]);
            }
        }
        assert_eq!(found, [0, 1, 3, 4, 77, 200, 255], "{slice} at a time");
    }
}
