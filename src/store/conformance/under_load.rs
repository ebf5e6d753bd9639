//! What holds while many ask at once, while the store is being closed, and when the disk is full.

use super::*;

/// Others are dropped, and never come back.
pub async fn statistics_belong_to_wallets_that_exist(place: &dyn Place) {
    let mut store = place.open();
    let wallet = put(&*store, 1, vec![1; 3]).await.expect("stored");
    let gone = wallet.id + 1000;
    let of = |id: WalletId| (id, Statistics(id.to_be_bytes().to_vec()));
    let both = vec![of(wallet.id), of(gone)];
    store.put_statistics(both).await.expect("stored");
    for _ in 0..2 {
        assert_eq!(store.statistics(wallet.id), Ok(Some(of(wallet.id).1)));
        assert_eq!(store.statistics(gone), Ok(None));
        store = again(place, store).await;
    }
}

/// Not within a decision, not of discarded ones, not after opening again.
pub async fn fresh_numbers_never_come_again(place: &dyn Place) {
    let mut store = place.open();
    let mut highest = None;
    for round in 0..3 {
        for verdict in [Verdict::Keep, Verdict::Discard, Verdict::Keep] {
            let numbers = Arc::new(std::sync::Mutex::new(Vec::new()));
            let place = Arc::clone(&numbers);
            let decided = store.decide(Box::new(move |transaction| {
                let given = [
                    transaction.fresh(),
                    transaction.put_data(&[1]),
                    transaction.fresh(),
                ];
                place.lock().expect("a lock").extend(given);
                transaction.put_code(&CodeDigest([round; 32]), &code_record(round));
                verdict
            }));
            decided.await.expect("decided");
            for number in numbers.lock().expect("a lock").iter() {
                assert!(
                    highest.is_none_or(|highest| *number > highest),
                    "{number} again"
                );
                highest = Some(*number);
            }
        }
        store = again(place, store).await;
    }
}

/// What a reader has seen is there after opening again, though its writer was not answered when it was read.
pub async fn readers_see_only_what_is_durable(place: &dyn Place) {
    let store = place.open();
    let first = put(&*store, 1, vec![0; 8]).await.expect("stored");
    let (answered, done) = (
        Arc::new(AtomicU64::new(first.commit)),
        Arc::new(AtomicBool::new(false)),
    );
    let reader = {
        let (store, answered, done) =
            (Arc::clone(&store), Arc::clone(&answered), Arc::clone(&done));
        tokio::spawn(async move {
            let mut reads = 0_u64;
            let mut last = 0;
            while !done.load(Ordering::SeqCst) || reads == 0 {
                let before = answered.load(Ordering::SeqCst);
                let wallet = store
                    .wallet(key(1).as_bytes())
                    .await
                    .expect("read")
                    .expect("a wallet");
                assert!(
                    wallet.commit >= before,
                    "older than what was answered before it was asked"
                );
                assert!(wallet.commit >= last, "went back");
                last = wallet.commit;
                // it may be removed by the next change, but never half
                if let Some(data) = store.data(&wallet.current).await.expect("read") {
                    assert_eq!(BlobHash::of(&data), wallet.current.hash);
                } else {
                    let now = store
                        .wallet(key(1).as_bytes())
                        .await
                        .expect("read")
                        .expect("a wallet");
                    assert!(
                        now.commit > wallet.commit,
                        "its data is gone, and nothing else changed"
                    );
                }
                reads += 1;
                tokio::task::yield_now().await;
            }
        })
    };
    for round in 0..300_u64 {
        let changed = decide::<_, StoreError>(&*store, move |transaction| {
            let mut wallet = transaction.wallet(key(1).as_bytes())?.expect("a wallet");
            let next = super::wallet(transaction, 1, &round.to_be_bytes().repeat(9000));
            transaction.remove_data(&wallet.current);
            wallet.commit = transaction.commit();
            wallet.current = next.current;
            transaction.put_wallet(&wallet);
            Ok(wallet.commit)
        });
        answered.store(changed.await.expect("stored"), Ordering::SeqCst);
    }
    done.store(true, Ordering::SeqCst);
    reader.await.expect("the reader found no fault");
}

/// The index is only a hint.
pub async fn a_key_leads_only_to_the_wallet_that_says_so(place: &dyn Place) {
    let store = place.open();
    let wallet = put(&*store, 1, vec![1; 3]).await.expect("stored");
    let mislead = move |transaction: &mut dyn Transaction| {
        transaction.put(Table::Key, key(2).as_bytes(), encode(&wallet.id));
        transaction.put(Table::Key, key(3).as_bytes(), encode(&(wallet.id + 1)));
        Ok(())
    };
    decide::<_, StoreError>(&*store, mislead)
        .await
        .expect("stored");
    assert!(
        store
            .wallet(key(1).as_bytes())
            .await
            .expect("read")
            .is_some()
    );
    assert_eq!(store.wallet(key(2).as_bytes()).await, Ok(None));
    assert_eq!(store.wallet(key(3).as_bytes()).await, Ok(None));
}

/// Nobody overwrites what somebody else decided.
pub async fn many_deciders_at_once_lose_nothing(place: &dyn Place) {
    let store = place.open();
    let deciders = (0..32_u64).map(|decider| {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            for round in 0..20_u64 {
                put(&*store, decider * 100 + round, vec![1; 50])
                    .await
                    .expect("stored");
                let count = decide::<_, StoreError>(&*store, |transaction| {
                    let key = CodeDigest([5; 32]);
                    let count = transaction.code(&key)?.map_or(0, |code| code.expires.0);
                    let expires = Time(count + 1);
                    transaction.put_code(
                        &key,
                        &CodeRecord {
                            expires,
                            ..code_record(5)
                        },
                    );
                    Ok(())
                });
                count.await.expect("stored");
            }
        })
    });
    for decider in deciders.collect::<Vec<_>>() {
        decider.await.expect("no panic");
    }
    let store = again(place, store).await;
    assert_eq!(store.wallets(), 32 * 20);
    let code = decide::<_, StoreError>(&*store, |transaction| {
        transaction.code(&CodeDigest([5; 32]))
    });
    assert_eq!(
        code.await.expect("read").expect("a code").expires,
        Time(32 * 20)
    );
}

/// And refuses what comes later.
pub async fn closing_finishes_what_was_begun(place: &dyn Place) {
    let mut store = place.open();
    let begun: Vec<_> = (0..100).map(|number| store.decide(code(number))).collect();
    store.close().await;
    for decided in begun {
        assert_eq!(decided.await, Ok(()));
    }
    assert_eq!(put_code(&*store, 200).await, Err(StoreError::Closed));
    assert_eq!(store.probe().await, Err(StoreError::Closed));
    store.close().await;
    store = again(place, store).await;
    assert_eq!(
        store.scan(Table::Code, None, 1000).expect("read").len(),
        100
    );
    assert!(!knows_code(&*store, 200).await);
}

/// However many wait.
pub async fn closing_works_while_the_queue_is_full(place: &dyn Place) {
    let store = place.open();
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let (began, beginning) = tokio::sync::oneshot::channel();
    let stuck = store.decide(Box::new(move |_| {
        let _ = began.send(());
        let _ = wait.recv();
        Verdict::Discard
    }));
    // from now on nothing is taken out of the queue
    beginning.await.expect("it begins");
    let mut begun = Vec::new();
    loop {
        let mut decided = store.decide(code(1));
        match futures_util::poll!(&mut decided) {
            std::task::Poll::Ready(outcome) => {
                assert_eq!(outcome, Err(StoreError::Busy));
                break;
            }
            std::task::Poll::Pending => begun.push(decided),
        }
        assert!(begun.len() < 100_000, "the queue has an end");
    }
    let closing = {
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.close().await })
    };
    // once closing has begun, nothing more is taken
    while store.decide(code(2)).await != Err(StoreError::Closed) {
        tokio::task::yield_now().await;
    }
    go.send(()).expect("it waits");
    closing.await.expect("closed");
    assert_eq!(stuck.await, Ok(()));
    for decided in begun {
        assert_eq!(decided.await, Ok(()));
    }
}

/// [`StoreError::DiskFull`] for every kind of write.
pub async fn without_room_nothing_is_written_and_reading_goes_on(place: &dyn Place) {
    let store = place.open();
    let wallet = put(&*store, 1, vec![1; 3]).await.expect("stored");
    store.close().await;
    drop(store);
    let store = place.open_without_room();
    let decided = store.decide(Box::new(move |transaction| {
        transaction.put_code(&CodeDigest([1; 32]), &code_record(1));
        Verdict::Keep
    }));
    assert!(matches!(decided.await, Err(StoreError::DiskFull { .. })));
    assert!(!knows_code(&*store, 1).await, "a decision that only looks");
    let statistics = vec![(wallet.id, Statistics(vec![1]))];
    let counted = store.put_statistics(statistics).await;
    assert!(matches!(counted, Err(StoreError::DiskFull { .. })));
    assert!(matches!(
        store.probe().await,
        Err(StoreError::DiskFull { .. })
    ));
    assert_eq!(
        store.wallet(wallet.key.as_bytes()).await.as_ref(),
        Ok(&Some(Arc::new(wallet.clone())))
    );
    assert_eq!(
        store.data(&wallet.current).await,
        Ok(Some(vec![1; 3].into()))
    );
    let store = again(place, store).await;
    assert!(!knows_code(&*store, 1).await);
    put_code(&*store, 1).await.expect("there is room again");
}

/// Also many at once, and after opening again.
pub async fn a_probe_writes_and_reads(place: &dyn Place) {
    let mut store = place.open();
    for _ in 0..3 {
        let probes = (0..20).map(|_| store.probe());
        for probe in futures_util::future::join_all(probes).await {
            assert_eq!(probe, Ok(()));
        }
        store = again(place, store).await;
    }
}
