//! A password change that breaks off anywhere is finished, or turned round, by whoever knows both passwords.

use super::*;

async fn at(device: &mut Device) -> Option<Vec<u8>> {
    let fetched = device.federation.fetch().await.ok()?;
    Some(fetched.content().expect("no fork").plaintext.to_vec())
}

async fn everything_is_at(servers: &[Model], key: &Keys, other: &Keys) {
    let has = |key: &Keys| -> Vec<Option<Vec<u8>>> {
        servers
            .iter()
            .map(|server| server.has(&key.public_key))
            .collect()
    };
    assert!(has(other).iter().all(Option::is_none));
    assert!(has(key)[0].is_some() && has(key).iter().all(|one| *one == has(key)[0]));
}

#[tokio::test(start_paused = true)]
async fn a_change_is_done_by_a_quorum_and_finished_later() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    device.creates(b"secret").await;
    servers[0].is(Nature::Down);
    device
        .federation
        .change_password(keys(2))
        .await
        .expect("changed");
    servers[0].is(Nature::Honest);
    // another device, with the new password, can go on
    let mut other = Device::on(&servers, 2, keys(2), Arc::default());
    let base = other.federation.fetch().await.expect("fetched").base();
    other
        .federation
        .save(b"new secret", &base)
        .await
        .expect("saved");
    let mut device = device.with(keys(2));
    assert_eq!(at(&mut device).await.as_deref(), Some(&b"new secret"[..]));
    everything_is_at(&servers, &keys(2), &keys(1)).await;
    assert_eq!(device.federation.memory().change, None);
    let mut old = Device::on(&servers, 2, keys(1), Arc::default());
    let gone = old.federation.fetch().await.expect_err("moved");
    assert!(
        gone.lines()
            .iter()
            .all(|line| line.was.as_deref() == Some("moved"))
    );
}

#[tokio::test(start_paused = true)]
async fn a_change_that_is_refused_everywhere_did_not_happen() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    device.creates(b"secret").await;
    device
        .federation
        .change_password(keys(2))
        .await
        .expect("changed");
    device
        .federation
        .change_password(keys(3))
        .await
        .expect("changed");
    // given up before
    let refused = device
        .federation
        .change_password(keys(1))
        .await
        .expect_err("retired");
    assert!(
        matches!(refused, FederationError::Refused { .. }),
        "{refused:?}"
    );
    assert_eq!(at(&mut device).await.as_deref(), Some(&b"secret"[..]));
}

/// Breaks off a change anywhere, then does with it what `way` says.
async fn broken_off(seed: u64) {
    fastrand::seed(seed);
    let mut random = fastrand::Rng::with_seed(seed);
    let servers: Vec<Model> = (0..3).map(|index| Model::new(index, seed)).collect();
    let mut device = Device::new(&servers, 2);
    device.creates(b"secret").await;
    let loss = random.u8(10..70);
    servers.iter().for_each(|server| server.loses(loss));
    for _ in 0..random.u8(1..3) {
        let until = Duration::from_millis(random.u64(1..15_000));
        let changing = device.federation.change_password(keys(2));
        let _ = tokio::time::timeout(until, changing).await;
        device = device.with(keys(1));
    }
    tokio::time::sleep(Duration::from_secs(600)).await;
    servers.iter().for_each(|server| server.loses(0));
    // at no time is a server locked to both passwords
    let opens = |server: &Model| {
        [1, 2]
            .iter()
            .any(|seed| server.has(&keys(*seed).public_key).is_some())
    };
    assert!(servers.iter().all(opens));
    let has_memory = random.bool();
    let disk = if has_memory {
        Arc::clone(&device.disk)
    } else {
        Arc::default()
    };
    let with = |seed| Device::on(&servers, 2, keys(seed), Arc::clone(&disk));
    let (mut old, mut new) = (with(1), with(2));
    let (now, before) = match random.u8(0..3) {
        // finished by saying it again
        0 => {
            let changed = old.federation.change_password(keys(2)).await;
            assert!(changed.is_ok(), "{changed:?}");
            (2, 1)
        }
        // turned round
        1 => {
            let has_begun = disk.lock().expect("disk").change.is_some()
                || servers
                    .iter()
                    .any(|one| one.has(&keys(2).public_key).is_some());
            let changed = new.federation.change_password(keys(1)).await;
            if !has_begun {
                let is_unknown = matches!(changed, Err(FederationError::NotFound { .. }));
                assert!(is_unknown, "{changed:?}");
                return everything_is_at(&servers, &keys(1), &keys(2)).await;
            }
            assert!(changed.is_ok(), "{changed:?}");
            (1, 2)
        }
        // finished by whoever opens it with the new password, if the device remembers that it had begun
        _ => {
            let has_begun = disk.lock().expect("disk").change.is_some();
            let at_new = at(&mut new).await;
            if !has_begun && at_new.is_none() {
                return everything_is_at(&servers, &keys(1), &keys(2)).await;
            }
            if !has_begun {
                return;
            }
            (2, 1)
        }
    };
    let mut device = Device::on(&servers, 2, keys(now), disk);
    assert_eq!(at(&mut device).await.as_deref(), Some(&b"secret"[..]));
    everything_is_at(&servers, &keys(now), &keys(before)).await;
    let base = device.federation.fetch().await.expect("fetched").base();
    device.federation.save(b"more", &base).await.expect("saved");
}

#[test]
fn a_change_that_broke_off_is_finished_or_turned_round() {
    for seed in 0..300 {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime");
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            runtime.block_on(broken_off(seed));
        }));
        if let Err(panic) = done {
            println!("seed {seed}");
            std::panic::resume_unwind(panic);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_change_from_a_password_that_never_had_the_wallet_is_none() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    device.creates(b"secret").await;
    device
        .federation
        .change_password(keys(2))
        .await
        .expect("changed");
    let was = servers[0].has(&keys(2).public_key);
    // mistyped, with and without a memory
    for disk in [Arc::clone(&device.disk), Arc::default()] {
        let mut wrong = Device::on(&servers, 2, keys(9), disk);
        let refused = wrong.federation.change_password(keys(2)).await;
        assert!(matches!(refused, Err(FederationError::NotFound { .. })));
    }
    // the right one, and it was done before: nothing is written again
    for disk in [Arc::clone(&device.disk), Arc::default()] {
        let mut old = Device::on(&servers, 2, keys(1), disk);
        let lines = old.federation.change_password(keys(2)).await;
        let lines = lines.expect("done before");
        assert!(
            lines
                .iter()
                .all(|line| line.was.as_deref() == Some("moved"))
        );
        assert_eq!(at(&mut old).await.as_deref(), Some(&b"secret"[..]));
    }
    assert_eq!(servers[0].has(&keys(2).public_key), was);
}

/// All are honest. The change is said again and again, and its revision rises on the one server that hears of it.
#[tokio::test(start_paused = true)]
async fn a_change_that_is_said_again_and_again_hides_nothing_that_was_saved_meanwhile() {
    for times in [1, 3] {
        let servers = three();
        let mut device = Device::new(&servers, 2);
        device.creates(b"first").await;
        saves(&mut device, b"second").await;
        let mut other = Device::new(&servers, 2);
        servers[1].is(Nature::KeepsPassword);
        servers[2].is(Nature::KeepsPassword);
        for _ in 0..times {
            let unknown = device.federation.change_password(keys(2)).await;
            assert!(matches!(unknown, Err(FederationError::Unknown { .. })));
            device = device.again();
        }
        saves(&mut other, b"of the other device").await;
        servers.iter().for_each(|server| server.is(Nature::Honest));
        let changed = device.federation.change_password(keys(2)).await;
        changed.expect("changed");
        assert_eq!(holds(&mut device).await, b"of the other device");
        everything_is_at(&servers, &keys(2), &keys(1)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn no_wallet_is_changed_to_a_password_that_has_another_one() {
    let servers = three();
    let mut forgotten = Device::on(&servers, 2, keys(2), Arc::default());
    forgotten.creates(b"forgotten").await;
    let mut device = Device::new(&servers, 2);
    device.creates(b"first").await;
    saves(&mut device, b"second").await;
    for (from, to) in [(1, 2), (2, 1)] {
        let mut device = Device::on(&servers, 2, keys(from), Arc::default());
        let refused = device.federation.change_password(keys(to)).await;
        assert!(refused.is_err(), "{refused:?}");
        for (key, text) in [(1, &b"second"[..]), (2, b"forgotten")] {
            let mut fresh = Device::on(&servers, 2, keys(key), Arc::default());
            assert_eq!(holds(&mut fresh).await, text);
        }
    }
}
