//! One case each: what is asked, by whom, and what comes of it.

use tokio::time::Instant;

use super::*;

fn verdicts(lines: &[Line]) -> Vec<Verdict> {
    lines.iter().map(|line| line.verdict).collect()
}

#[tokio::test(start_paused = true)]
async fn a_server_that_hangs_delays_a_save_not_at_all_and_a_fetch_once() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    device.creates(b"first").await;
    servers[1].is(Nature::Hangs);
    let begun = Instant::now();
    let fetched = device.federation.fetch().await.expect("fetched");
    assert_eq!(begun.elapsed(), Duration::from_secs(10));
    assert_eq!(
        verdicts(&fetched.lines),
        [Verdict::Ok, Verdict::Down, Verdict::Ok]
    );
    let begun = Instant::now();
    let saved = device
        .federation
        .save(b"second", &fetched.base())
        .await
        .expect("saved");
    assert!(
        begun.elapsed() < Duration::from_millis(200),
        "{:?}",
        begun.elapsed()
    );
    let lines = device
        .federation
        .settle(saved, Duration::from_secs(60))
        .await;
    assert_eq!(verdicts(&lines), [Verdict::Ok, Verdict::Down, Verdict::Ok]);
    // the next run of the program remembers it, and it had done what it never said
    let mut device = device.again();
    let begun = Instant::now();
    device.federation.fetch().await.expect("fetched");
    assert_eq!(begun.elapsed(), Duration::from_secs(1));
    servers[1].is(Nature::Honest);
    let fetched = device.federation.fetch().await.expect("fetched");
    assert_eq!(verdicts(&fetched.lines), [Verdict::Ok; 3]);
}

#[tokio::test(start_paused = true)]
async fn each_liar_gets_its_verdict_and_is_not_believed() {
    for (nature, expected) in [
        (Nature::Down, Verdict::Down),
        (Nature::Garbage, Verdict::Down),
        (Nature::Old, Verdict::Lying),
        (Nature::OtherBlob, Verdict::Lying),
        (Nature::Forgets, Verdict::Lying),
        (Nature::LiesAboutRevisions, Verdict::Lying),
        (Nature::SaysDeleted, Verdict::Behind),
    ] {
        let servers = three();
        let mut device = Device::new(&servers, 2);
        device.creates(b"first").await;
        saves(&mut device, b"second").await;
        servers[2].is(nature);
        let head = saves(&mut device, b"third").await;
        assert_eq!(head.revision, 3, "{nature:?}");
        let fetched = device.federation.fetch().await.expect("fetched");
        assert_eq!(fetched.content().expect("one").head, head, "{nature:?}");
        assert_eq!(fetched.lines[2].verdict, expected, "{nature:?}");
        assert!(fetched.lines[2].advice().is_some());
        assert!(fetched.is_certain);
    }
}

#[tokio::test(start_paused = true)]
async fn what_all_servers_forgot_comes_from_the_device() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    device.creates(b"first").await;
    let key = *device.federation.public_key();
    let old = servers[0].has(&key);
    saves(&mut device, b"second").await;
    assert_eq!(holds(&mut device).await, b"second");
    for server in &servers {
        server.put(&key, old.clone());
    }
    let fetched = device.federation.fetch().await.expect("fetched");
    assert_eq!(fetched.rolled_back, Some(1));
    assert_eq!(&fetched.content().expect("one").plaintext[..], b"second");
    assert!(
        fetched
            .lines
            .iter()
            .all(|line| line.verdict == Verdict::Lying && line.repaired)
    );
    assert_eq!(holds(&mut Device::new(&servers, 2)).await, b"second");
    // gone altogether: it needs codes, and is still there to read
    for server in &servers {
        server.put(&key, None);
    }
    let fetched = device.federation.fetch().await.expect("fetched");
    assert_eq!(&fetched.content().expect("one").plaintext[..], b"second");
    assert!(fetched.lines.iter().all(Line::needs_a_code));
    let refused = device.federation.save(b"third", &fetched.base()).await;
    assert!(
        matches!(refused, Err(FederationError::NoQuorum { held: 0, .. })),
        "{refused:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_fork_is_shown_and_the_choice_goes_above_it() {
    let servers = three();
    let mut phone = Device::new(&servers, 2);
    phone.creates(b"first").await;
    let mut laptop = Device::new(&servers, 2);
    let [of_phone, of_laptop] = [
        phone.federation.fetch().await.expect("fetched").base(),
        laptop.federation.fetch().await.expect("fetched").base(),
    ];
    servers[1].is(Nature::Down);
    servers[2].is(Nature::Down);
    let unknown = phone.federation.save(b"phone", &of_phone).await;
    assert!(
        matches!(unknown, Err(FederationError::Unknown { confirmed: 1, .. })),
        "{unknown:?}"
    );
    servers[1].is(Nature::Honest);
    servers[2].is(Nature::Honest);
    servers[0].is(Nature::Down);
    laptop
        .federation
        .save(b"laptop", &of_laptop)
        .await
        .expect("saved");
    servers[0].is(Nature::Honest);
    let mut phone = phone.again();
    let fork = phone.federation.fetch().await.expect("fetched");
    assert_eq!(verdicts(&fork.lines), [Verdict::Conflict; 3]);
    assert!(fork.content().is_none());
    let mut contents: Vec<&[u8]> = fork.contents.iter().map(|one| &one.plaintext[..]).collect();
    contents.sort();
    assert_eq!(contents, [&b"laptop"[..], b"phone"]);
    let saved = phone
        .federation
        .save(b"both", &fork.base())
        .await
        .expect("saved");
    assert_eq!(saved.head.revision, 3);
    for device in [&mut phone, &mut laptop, &mut Device::new(&servers, 2)] {
        assert_eq!(holds(device).await, b"both");
    }
}

#[tokio::test(start_paused = true)]
async fn a_change_that_lost_its_race_comes_back_to_its_maker() {
    let servers = three();
    let mut phone = Device::new(&servers, 2);
    phone.creates(b"first").await;
    let mut laptop = Device::new(&servers, 2);
    let base = phone.federation.fetch().await.expect("fetched").base();
    servers[0].loses(100);
    servers[1].loses(100);
    servers[2].loses(100);
    let unknown = phone.federation.save(b"phone", &base).await;
    assert!(
        matches!(unknown, Err(FederationError::Unknown { .. })),
        "{unknown:?}"
    );
    servers.iter().for_each(|server| server.loses(0));
    saves(&mut laptop, b"laptop").await;
    saves(&mut laptop, b"laptop again").await;
    let mut phone = phone.again();
    let fetched = phone.federation.fetch().await.expect("fetched");
    assert_eq!(
        &fetched.content().expect("one").plaintext[..],
        b"laptop again"
    );
    let stray = &fetched.strays[..];
    assert!(matches!(stray, [stray] if stray.is_pending && &stray.plaintext[..] == b"phone"));
    phone
        .federation
        .save(b"both", &fetched.base())
        .await
        .expect("saved");
    let fetched = phone.federation.fetch().await.expect("fetched");
    assert!(fetched.strays.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_new_server_and_a_late_code_are_brought_in() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    let codes = BTreeMap::from([("server-0".to_owned(), "code".to_owned())]);
    let lines = device
        .federation
        .create(&codes, b"first", false)
        .await
        .expect("created");
    assert_eq!(
        verdicts(&lines),
        [Verdict::Ok, Verdict::Behind, Verdict::Behind]
    );
    // one is not enough to go on
    let base = device.federation.fetch().await.expect("fetched").base();
    let refused = device.federation.save(b"second", &base).await;
    assert!(matches!(
        refused,
        Err(FederationError::NoQuorum { held: 1, quorum: 2 })
    ));
    let refused = device.federation.add("server-1", "wrong", false).await;
    assert!(
        matches!(refused, Err(FederationError::Refused { .. })),
        "{refused:?}"
    );
    let line = device
        .federation
        .add("server-1", "code", false)
        .await
        .expect("added");
    assert_eq!(line.verdict, Verdict::Ok);
    saves(&mut device, b"second").await;
    device
        .federation
        .add("server-2", "code", false)
        .await
        .expect("added");
    assert_eq!(holds(&mut device).await, b"second");
    let key = *device.federation.public_key();
    assert!(
        servers
            .iter()
            .all(|server| server.has(&key) == servers[0].has(&key))
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_whose_key_had_more_is_added_above_that() {
    let servers = three();
    let mut lone = Device::new(&servers[2..], 1);
    lone.creates(b"elsewhere").await;
    for _ in 0..5 {
        saves(&mut lone, b"elsewhere").await;
    }
    lone.federation.delete().await.expect("deleted");
    let mut device = Device::new(&servers, 2);
    let lines = device.creates(b"first").await;
    assert_eq!(
        verdicts(&lines),
        [Verdict::Ok, Verdict::Ok, Verdict::Conflict]
    );
    device
        .federation
        .add("server-2", "code", false)
        .await
        .expect("added");
    let fetched = device.federation.fetch().await.expect("fetched");
    assert_eq!(verdicts(&fetched.lines), [Verdict::Ok; 3]);
    let content = fetched.content().expect("one");
    assert_eq!(
        (content.head.revision, &content.plaintext[..]),
        (7, &b"first"[..])
    );
}

#[tokio::test(start_paused = true)]
async fn a_deletion_reaches_a_server_that_comes_back_and_spares_a_new_wallet() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    device.creates(b"first").await;
    let head = saves(&mut device, b"second").await;
    servers[2].is(Nature::Down);
    device.federation.delete().await.expect("deleted on two");
    servers[2].is(Nature::Honest);
    let key = *device.federation.public_key();
    assert!(servers[2].has(&key).is_some());
    let mut device = device.again();
    let gone = device.federation.fetch().await;
    assert!(
        matches!(gone, Err(FederationError::NotFound { .. })),
        "{gone:?}"
    );
    assert!(servers[2].has(&key).is_none());
    // a new wallet of another device is no copy of the old one
    let mut other = Device::new(&servers, 2);
    other.creates(b"new").await;
    let fetched = device.federation.fetch().await.expect("fetched");
    let content = fetched.content().expect("one");
    assert_eq!(&content.plaintext[..], b"new");
    assert!(content.head.revision > head.revision);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_that_the_device_cannot_remember() {
    let servers = three();
    let mut device = Device::new(&servers, 2);
    device.creates(b"first").await;
    let base = device.federation.fetch().await.expect("fetched").base();
    device.federation.keep = Box::new(|_| Err("the disk is full".to_owned()));
    let key = *device.federation.public_key();
    let before: Vec<_> = servers.iter().map(|server| server.has(&key)).collect();
    let refused = [
        device.federation.save(b"second", &base).await.map(drop),
        device.federation.change_password(keys(2)).await.map(drop),
        device.federation.delete().await.map(drop),
    ];
    for refused in refused {
        assert!(
            matches!(refused, Err(FederationError::CannotRemember(_))),
            "{refused:?}"
        );
    }
    let after: Vec<_> = servers.iter().map(|server| server.has(&key)).collect();
    assert_eq!(before, after);
    assert_eq!(holds(&mut device.again()).await, b"first");
}

/// What cannot be promised: `2q - n > f` does not hold. Nothing is lost while the two honest servers keep it, but two devices were told that theirs holds.
#[tokio::test(start_paused = true)]
async fn a_liar_among_three_lets_two_changes_be_confirmed_and_the_next_look_shows_both() {
    let servers = three();
    let mut phone = Device::new(&servers, 2);
    phone.creates(b"first").await;
    let mut laptop = Device::new(&servers, 2);
    let [of_phone, of_laptop] = [
        phone.federation.fetch().await.expect("fetched").base(),
        laptop.federation.fetch().await.expect("fetched").base(),
    ];
    servers[2].is(Nature::Forgets);
    servers[1].is(Nature::Down);
    let saved = phone
        .federation
        .save(b"phone", &of_phone)
        .await
        .expect("confirmed");
    phone
        .federation
        .settle(saved, Duration::from_secs(60))
        .await;
    servers[1].is(Nature::Honest);
    servers[0].is(Nature::Down);
    laptop
        .federation
        .save(b"laptop", &of_laptop)
        .await
        .expect("confirmed too");
    servers[0].is(Nature::Honest);
    for device in [&mut phone, &mut laptop, &mut Device::new(&servers, 2)] {
        let fork = device.federation.fetch().await.expect("fetched");
        assert_eq!(fork.contents.len(), 2, "{fork:#?}");
    }
}
