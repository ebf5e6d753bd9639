//! What a hostile reader found, and does not find again.

use super::*;
use crate::client::federation::keeper::Keeper as _;

#[tokio::test(start_paused = true)]
async fn a_save_under_the_old_password_moves_with_the_change_that_is_said_again() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    device.creates(b"first").await;
    // the change reached one server only
    let to = Signed::seal(&keys(2), 2, b"first").expect("sealed");
    let change = Change::new(&keys(1), to);
    let told = servers[2].clone();
    let done = told.change_password(Arc::new(change.clone()), None).await;
    done.expect("changed");
    device.federation.memory.change = Some(change);
    device.federation.remember().expect("written");
    // another device, which knows nothing of it
    let mut other = Device::new(&servers, 2);
    saves(&mut other, b"second").await;

    let mut device = device.again();
    let changed = device.federation.change_password(keys(2)).await;
    changed.expect("changed");
    assert_eq!(holds(&mut device.with(keys(2))).await, b"second");
    let mut fresh = Device::on(&servers, 2, keys(2), Arc::default());
    assert_eq!(holds(&mut fresh).await, b"second");
}

#[tokio::test(start_paused = true)]
async fn who_does_not_know_of_the_change_moves_what_a_quorum_has() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    device.creates(b"first").await;
    let to = Signed::seal(&keys(2), 2, b"first").expect("sealed");
    let change = Arc::new(Change::new(&keys(1), to));
    let done = servers[2].clone().change_password(change, None).await;
    done.expect("changed");
    saves(&mut device, b"second").await;
    let mut other = Device::new(&servers, 2);
    servers[0].is(Nature::Down);
    let refused = other.federation.change_password(keys(2)).await;
    assert!(matches!(refused, Err(FederationError::Conflict { .. })));
    servers[0].is(Nature::Honest);
    let changed = other.federation.change_password(keys(2)).await;
    changed.expect("changed");
    assert_eq!(holds(&mut other).await, b"second");
    let mut fresh = Device::on(&servers, 2, keys(2), Arc::default());
    assert_eq!(holds(&mut fresh).await, b"second");
}

#[tokio::test(start_paused = true)]
async fn a_wallet_that_exists_is_not_created_again() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    device.creates(b"first").await;
    let code = servers[2].name().to_owned();
    let codes: BTreeMap<String, String> = [(code, "code".to_owned())].into();
    for mut device in [device.again(), Device::new(&servers, 2)] {
        let again = device.federation.create(&codes, b"", false).await;
        assert!(matches!(again, Err(FederationError::Refused { .. })));
        assert_eq!(holds(&mut device).await, b"first");
    }
    // nor where only this device has it any more
    for server in &servers {
        server.put(&keys(1).public_key, None);
    }
    let mut device = device.again();
    let again = device.federation.create(&codes, b"", false).await;
    assert!(matches!(again, Err(FederationError::Refused { .. })));
    assert_eq!(holds(&mut device).await, b"first");
}

#[tokio::test(start_paused = true)]
async fn a_second_password_change_and_a_deletion_wait_for_the_first_change() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    device.creates(b"secret").await;
    servers[0].is(Nature::Down);
    let changed = device.federation.change_password(keys(2)).await;
    changed.expect("changed");
    let mut device = device.with(keys(2));
    let second = device.federation.change_password(keys(3)).await;
    assert!(matches!(second, Err(FederationError::ChangeUnderWay)));
    let deleted = device.federation.delete().await;
    assert!(matches!(deleted, Err(FederationError::ChangeUnderWay)));
    servers[0].is(Nature::Honest);
    let second = device.federation.change_password(keys(3)).await;
    second.expect("changed");
    for server in &servers {
        let has = |seed| server.has(&keys(seed).public_key).is_some();
        assert_eq!([has(1), has(2), has(3)], [false, false, true]);
    }
    // the old password deletes nothing
    let mut old = Device::on(&servers, 2, keys(1), Arc::default());
    let deleted = old.federation.delete().await;
    assert!(matches!(deleted, Err(FederationError::NotFound { .. })));
    let mut device = device.with(keys(3));
    device.federation.delete().await.expect("deleted");
    assert!(
        servers
            .iter()
            .all(|server| server.has(&keys(3).public_key).is_none())
    );
}

#[tokio::test(start_paused = true)]
async fn without_any_server_the_device_has_what_it_saw() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    device.creates(b"secret").await;
    for server in &servers {
        server.is(Nature::Down);
    }
    let fetched = device.federation.fetch().await.expect("from the device");
    assert_eq!(&fetched.content().expect("one").plaintext[..], b"secret");
    assert!(!fetched.is_certain && fetched.rolled_back.is_none());
    let nobody = Device::new(&servers, 2).federation.fetch().await;
    assert!(matches!(nobody, Err(FederationError::NoAnswer { .. })));
}

#[tokio::test(start_paused = true)]
async fn what_was_remembered_apart_comes_together_and_nothing_pending_is_lost() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    device.creates(b"first").await;
    let older = device.federation.memory().clone();
    let head = saves(&mut device, b"second").await;
    let newer = device.federation.memory().clone();
    let signed = |text: &[u8]| Signed::seal(&keys(1), 3, text).expect("sealed");
    let with = |memory: &Memory, pending: Option<Signed>| Memory {
        pending,
        ..memory.clone()
    };
    let (one, other) = (signed(b"one"), signed(b"other"));
    for (mut memory, apart) in [
        (with(&older, Some(one.clone())), newer.clone()),
        (newer.clone(), with(&older, Some(one.clone()))),
    ] {
        assert_eq!(memory.absorb(apart), None);
        assert_eq!(memory.highest_revision(), head.revision);
        assert_eq!(memory.pending, Some(one.clone()));
        assert_eq!(memory.way, newer.way);
        assert_eq!(memory.servers, newer.servers);
    }
    // there is room for one at a time
    let mut memory = with(&newer, Some(one.clone()));
    let left = memory.absorb(with(&older, Some(other.clone())));
    let left = left.expect("the other");
    assert_eq!((&left.publickey, &left.newest), (&newer.publickey, &None));
    memory.pending = None;
    assert_eq!(memory.absorb(left), None);
    assert_eq!(memory.pending, Some(other));
    // what was deleted is not remembered again
    let mut memory = Memory {
        newest: None,
        deleted: Some(head.revision),
        ..newer.clone()
    };
    assert_eq!(memory.absorb(older), None);
    assert_eq!(memory.newest, None);
}

#[tokio::test(start_paused = true)]
async fn one_server_that_says_deleted_hides_nothing() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    device.creates(b"secret").await;
    servers[0].is(Nature::SaysDeleted);
    assert_eq!(holds(&mut device).await, b"secret");
    servers[1].is(Nature::Down);
    servers[2].is(Nature::Down);
    let fetched = device.federation.fetch().await.expect("from the device");
    assert_eq!(&fetched.content().expect("one").plaintext[..], b"secret");
    assert_eq!(fetched.lines[0].was.as_deref(), Some("deleted"));
    assert!(!fetched.is_certain);
    // what it had confirmed still counts against it
    let known = &device.federation.memory().servers["server-0"];
    assert!(known.head.is_some());
    // with another, no quorum can have it
    servers[1].is(Nature::SaysDeleted);
    let gone = device.federation.fetch().await;
    assert!(matches!(gone, Err(FederationError::NotFound { .. })));
    // and if one has it all the same, it is there again, unsaved changes and all
    servers[2].is(Nature::Honest);
    assert_eq!(holds(&mut device.again()).await, b"secret");
}

#[tokio::test(start_paused = true)]
async fn a_wallet_after_one_that_was_deleted_elsewhere_is_measured_by_nothing_old() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    device.creates(b"first").await;
    saves(&mut device, b"second").await;
    saves(&mut device, b"third").await;
    let mut other = Device::new(&servers, 2);
    other.federation.delete().await.expect("deleted");
    let gone = device.federation.fetch().await;
    assert!(matches!(gone, Err(FederationError::NotFound { .. })));
    // servers that remember nothing take what begins at one
    servers.iter().for_each(Model::begins_anew);
    Device::new(&servers, 2).creates(b"new").await;
    let mut device = device.again();
    let fetched = device.federation.fetch().await.expect("fetched");
    assert!(fetched.lines.iter().all(|line| line.verdict == Verdict::Ok));
    assert!(fetched.rolled_back.is_none() && fetched.strays.is_empty());
    assert_eq!(&fetched.content().expect("one").plaintext[..], b"new");
    saves(&mut device, b"newer").await;
}

#[tokio::test(start_paused = true)]
async fn who_deleted_a_wallet_or_learned_of_it_can_create_one() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    device.creates(b"first").await;
    let mut other = Device::new(&servers, 2);
    saves(&mut other, b"second").await;
    for deletes in [true, false] {
        let deleting = if deletes { &mut device } else { &mut other };
        deleting.federation.delete().await.expect("deleted");
        let seen = &deleting.federation.memory().servers;
        assert!(seen.values().all(|seen| seen.head.is_none()));
        let lines = device.creates(b"new").await;
        assert!(lines.iter().all(|line| line.verdict == Verdict::Ok));
        assert_eq!(holds(&mut device).await, b"new");
        assert_eq!(holds(&mut other).await, b"new");
    }
}

/// A server whose key held a wallet of seven revisions once.
async fn with_a_past(server: &Model, seed: u8) {
    let servers = std::slice::from_ref(server);
    let mut lone = Device::on(servers, 1, keys(seed), Arc::default());
    lone.creates(b"elsewhere").await;
    for _ in 1..7 {
        saves(&mut lone, b"elsewhere").await;
    }
    lone.federation.delete().await.expect("deleted");
}

#[tokio::test(start_paused = true)]
async fn a_wallet_that_began_on_too_few_servers_is_brought_to_one_whose_key_had_more() {
    let servers = three();
    with_a_past(&servers[1], 1).await;
    let mut device = Device::new(&servers, 2);
    let codes = [
        ("server-0", "code"),
        ("server-1", "code"),
        ("server-2", "wrong"),
    ];
    let codes = codes
        .map(|(server, code)| (server.to_owned(), code.to_owned()))
        .into();
    let lines = device.federation.create(&codes, b"first", false);
    let lines = lines.await.expect("created on one");
    let made = lines.iter().filter(|line| line.verdict == Verdict::Ok);
    assert_eq!(made.count(), 1);
    let mut device = device.again();
    // a wrong code changes nothing
    let refused = device.federation.add("server-1", "wrong", false).await;
    assert!(matches!(refused, Err(FederationError::Refused { .. })));
    let line = device.federation.add("server-1", "code", false).await;
    assert_eq!(line.expect("added").verdict, Verdict::Ok);
    let fetched = device.federation.fetch().await.expect("fetched");
    let content = fetched.content().expect("one");
    assert_eq!((content.head.revision, content.servers.len()), (8, 2));
    assert_eq!(&content.plaintext[..], b"first");
    assert!(!content.is_pending && fetched.strays.is_empty());
    let added = device.federation.add("server-2", "code", false).await;
    added.expect("added");
    saves(&mut device, b"second").await;
    assert_eq!(holds(&mut Device::new(&servers, 2)).await, b"second");
}

#[tokio::test(start_paused = true)]
async fn who_did_not_create_it_does_not_raise_what_no_quorum_has() {
    let servers = three();
    with_a_past(&servers[1], 1).await;
    let codes = BTreeMap::from([("server-0".to_owned(), "code".to_owned())]);
    let mut device = Device::new(&servers, 2);
    let created = device.federation.create(&codes, b"first", false).await;
    created.expect("created");
    let mut other = Device::new(&servers, 2);
    let refused = other.federation.add("server-1", "code", false).await;
    assert!(matches!(
        refused,
        Err(FederationError::NoQuorum { held: 1, .. })
    ));
    // nor who cannot see whether it was changed meanwhile
    servers[0].is(Nature::Down);
    servers[2].is(Nature::Down);
    let refused = device.federation.add("server-1", "code", false).await;
    assert!(matches!(refused, Err(FederationError::NoQuorum { .. })));
}

#[tokio::test(start_paused = true)]
async fn revisions_that_a_server_makes_up_lead_nowhere() {
    for round in 0..20 {
        fastrand::seed(round);
        let servers: Vec<Model> = (0..4).map(|index| Model::new(index, round)).collect();
        for server in &servers[..3] {
            with_a_past(server, 1).await;
            with_a_past(server, 2).await;
        }
        servers[3].is(Nature::LiesAboutRevisions);
        let mut device = Device::new(&servers, 3);
        device.creates(b"first").await;
        assert_eq!(saves(&mut device, b"second").await.revision, 9);
        let refused = device.federation.add("server-3", "code", false).await;
        assert!(matches!(refused, Err(FederationError::Refused { .. })));
        assert_eq!(saves(&mut device, b"third").await.revision, 10);
        let changed = device.federation.change_password(keys(2)).await;
        changed.expect("changed");
        assert_eq!(saves(&mut device, b"fourth").await.revision, 12);
    }
}

#[tokio::test(start_paused = true)]
async fn a_wallet_is_changed_to_the_password_that_it_has_only_from_one_that_it_had() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    device.creates(b"secret").await;
    let changed = device.federation.change_password(keys(2)).await;
    changed.expect("changed");
    let before = servers[0].has(&keys(2).public_key);
    for (liar, expected) in [(false, "WalletNotFound"), (true, "NoQuorum")] {
        if liar {
            servers[2].is(Nature::SaysMoved);
        }
        let mut wrong = Device::on(&servers, 2, keys(9), Arc::default());
        let refused = wrong.federation.change_password(keys(2)).await;
        assert_eq!(refused.expect_err("no such wallet").name(), expected);
        assert_eq!(servers[0].has(&keys(2).public_key), before);
        assert_eq!(*wrong.disk.lock().expect("disk"), Memory::default());
    }
    servers[2].is(Nature::Honest);
    // said again, by whoever does not know that it is done
    let mut again = Device::on(&servers, 2, keys(1), Arc::default());
    let changed = again.federation.change_password(keys(2)).await;
    changed.expect("it was moved");
    assert_eq!(holds(&mut again).await, b"secret");
}

#[tokio::test(start_paused = true)]
async fn a_save_that_is_refused_leaves_the_change_that_is_pending() {
    let servers = three();
    let mut phone = Device::new(&servers, 2);
    phone.creates(b"first").await;
    let base = phone.federation.fetch().await.expect("fetched").base();
    servers.iter().for_each(|server| server.is(Nature::Down));
    let unknown = phone.federation.save(b"phone", &base).await;
    assert!(matches!(unknown, Err(FederationError::Unknown { .. })));
    let pending = phone.disk.lock().expect("disk").pending.clone();
    assert!(pending.is_some());
    servers.iter().for_each(|server| server.is(Nature::Honest));
    let mut laptop = Device::new(&servers, 2);
    saves(&mut laptop, b"laptop").await;
    // made by somebody who has not seen the pending one
    let mut phone = phone.again();
    for base in [
        base,
        phone.federation.fetch().await.expect("fetched").base(),
    ] {
        let mut unseen = base;
        unseen
            .0
            .retain(|head| Some(*head) != pending.as_ref().map(Signed::head));
        let refused = phone.federation.save(b"again", &unseen).await;
        assert!(matches!(refused, Err(FederationError::Conflict { .. })));
        assert_eq!(phone.disk.lock().expect("disk").pending, pending);
    }
}

#[tokio::test(start_paused = true)]
async fn a_save_that_lost_its_race_takes_the_pending_one_that_it_was_made_from_along() {
    let servers = three();
    let mut phone = Device::new(&servers, 2);
    phone.creates(b"first").await;
    let mut laptop = Device::new(&servers, 2);
    let base = phone.federation.fetch().await.expect("fetched").base();
    servers.iter().for_each(|server| server.loses(100));
    let unknown = phone.federation.save(b"phone", &base).await;
    assert!(matches!(unknown, Err(FederationError::Unknown { .. })));
    servers.iter().for_each(|server| server.loses(0));
    saves(&mut laptop, b"laptop").await;
    saves(&mut laptop, b"laptop again").await;
    let seen = phone.federation.fetch().await.expect("fetched");
    assert!(seen.strays[0].is_pending);
    saves(&mut laptop, b"laptop once more").await;
    let refused = phone
        .federation
        .save(b"phone and laptop", &seen.base())
        .await;
    assert!(matches!(refused, Err(FederationError::Conflict { .. })));
    let fetched = phone.again().federation.fetch().await.expect("fetched");
    let mut all = fetched.contents.iter().chain(&fetched.strays);
    let pending = all.find(|one| one.is_pending).expect("it is kept");
    assert_eq!(&pending.plaintext[..], b"phone and laptop");
}
