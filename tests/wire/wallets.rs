//! Section 5, sentence by sentence: blobs and times.

use serde_json::{Value, json};

use super::hand::{Person, base64, hash, person, sealed, with};
use super::harness::{BEGINNING, DAY, HOUR, Larimard};

#[tokio::test]
async fn a_wallet_from_its_making_to_its_end() {
    let server = Larimard::start().await;
    let (alice, new) = (person(1), person(2));
    let code = server.code("alice@example.com").await;
    let created = server.ok("createWallet", alice.create(&code, b"one")).await;
    let noon = server.now();
    assert_eq!(
        created,
        json!({"publickey": alice.key(), "local_hash": hash(b"one"), "created": noon, "updated": noon})
    );
    server.clock.advance(60);
    let saved = server
        .ok("saveWallet", alice.save_after(b"one", b"two"))
        .await;
    let later = server.now();
    assert_eq!(
        saved,
        json!({"publickey": alice.key(), "local_hash": hash(b"two"), "updated": later})
    );
    let mut fetched = server.ok("fetchWallet", alice.fetch()).await;
    let statistics = fetched
        .as_object_mut()
        .unwrap()
        .remove("statistics")
        .unwrap();
    assert_eq!(statistics["updated"], later);
    let data = base64(b"two");
    assert_eq!(
        fetched,
        json!({"modified": true, "encrypted_data": data, "local_hash": hash(b"two"), "created": noon, "updated": later})
    );
    let known = with(alice.fetch(), "local_hash", hash(b"two"));
    let mut fetched = server.ok("fetchWallet", known).await;
    fetched.as_object_mut().unwrap().remove("statistics");
    assert_eq!(
        fetched,
        json!({"modified": false, "local_hash": hash(b"two"), "created": noon, "updated": later})
    );
    server.clock.advance(60);
    let changed = server
        .ok(
            "changePassword",
            with(
                alice.change(&new, b"three"),
                "original_local_hash",
                hash(b"two"),
            ),
        )
        .await;
    let last = server.now();
    assert_eq!(
        changed,
        json!({"publickey": new.key(), "local_hash": hash(b"three"), "updated": last})
    );
    let fetched = server.ok("fetchWallet", new.fetch()).await;
    assert_eq!(
        (&fetched["created"], &fetched["updated"]),
        (&json!(noon), &json!(last))
    );
    assert_eq!(
        server.ok("deleteWallet", new.delete(b"three")).await,
        json!({"deleted": true})
    );
    assert_eq!(server.stored(&new).await, None);
}

#[tokio::test]
async fn what_was_answered_is_there_after_a_restart() {
    let mut server = Larimard::start().await;
    let people: Vec<Person> = (1..=4).map(person).collect();
    for who in &people[..3] {
        server.create(who, b"one").await;
        server.ok("saveWallet", who.save(b"two")).await;
    }
    server
        .ok("changePassword", people[1].change(&people[3], b"three"))
        .await;
    server.ok("deleteWallet", people[2].delete(b"two")).await;
    let mut before = Vec::new();
    for who in &people {
        before.push(server.stored(who).await);
    }
    assert!(
        before[0].is_some() && before[1].is_none() && before[2].is_none() && before[3].is_some()
    );
    for _ in 0..2 {
        server.restart().await;
        for (who, before) in people.iter().zip(&before) {
            assert_eq!(server.stored(who).await, *before);
        }
    }
}

#[tokio::test]
async fn a_save_says_the_same_when_it_is_said_again() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    let request = alice.save_after(b"one", b"two");
    let saved = server.ok("saveWallet", request.clone()).await;
    server.clock.advance(DAY);
    let before = server.stored(&alice).await;
    assert_eq!(server.ok("saveWallet", request).await, saved);
    assert_eq!(server.stored(&alice).await, before, "no new version");
}

#[tokio::test]
async fn a_sealed_wallet_goes_forward_only() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, &alice.seal(4, "four")).await;
    for data in [
        alice.seal(3, "three"),
        alice.seal(4, "other"),
        b"opaque".to_vec(),
    ] {
        let refusal = server
            .nothing_changes(&[&alice], "Conflict", "saveWallet", alice.save(&data))
            .await;
        assert_eq!(refusal.data["revision"], 4);
    }
    for revision in [5, 100, 100 + (1 << 40)] {
        server
            .ok("saveWallet", alice.save(&alice.seal(revision, "")))
            .await;
    }
}

#[tokio::test]
async fn no_mistake_can_use_up_the_revisions() {
    let server = Larimard::start().await;
    let (alice, new) = (person(1), person(2));
    let leap = 1_u64 << 40;
    let code = server.fresh_code().await;
    let refusal = server
        .refused(
            "InvalidData",
            "createWallet",
            alice.create(&code, &sealed((1 << 53) - 1, "")),
        )
        .await;
    assert_eq!(refusal.param(), "encrypted_data");
    server
        .ok("createWallet", alice.create(&code, &sealed(leap, "")))
        .await;
    server
        .nothing_changes(
            &[&alice],
            "InvalidData",
            "saveWallet",
            alice.save(&sealed(2 * leap + 1, "")),
        )
        .await;
    server
        .ok("saveWallet", alice.save(&sealed(2 * leap, "")))
        .await;
    server
        .nothing_changes(
            &[&alice, &new],
            "InvalidData",
            "changePassword",
            alice.change(&new, &sealed(3 * leap + 1, "")),
        )
        .await;
    server
        .ok("changePassword", alice.change(&new, &sealed(3 * leap, "")))
        .await;
    server
        .ok("deleteWallet", new.delete(&sealed(3 * leap, "")))
        .await;
    let code = server.fresh_code().await;
    server
        .refused(
            "InvalidData",
            "createWallet",
            new.create(&code, &sealed(4 * leap + 1, "")),
        )
        .await;
    server
        .ok("createWallet", new.create(&code, &sealed(4 * leap, "")))
        .await;
}

#[tokio::test]
async fn times_of_updated_never_go_back() {
    let server = Larimard::start().await;
    let (alice, new, other) = (person(1), person(2), person(3));
    let time = |answer: &Value| answer["updated"].as_str().unwrap().to_owned();
    let mut last = time(&server.create(&alice, b"one").await);
    let mut later = |answer: &Value| {
        let updated = time(answer);
        assert!(updated >= last, "{updated} after {last}");
        last = updated;
    };
    server.clock.set(BEGINNING.minus_days(1));
    later(&server.ok("saveWallet", alice.save(b"two")).await);
    server.clock.set(BEGINNING.plus_seconds(HOUR));
    later(&server.ok("saveWallet", alice.save(b"three")).await);
    server.clock.set(BEGINNING.minus_days(2));
    later(
        &server
            .ok("changePassword", alice.change(&new, b"four"))
            .await,
    );
    let since = server
        .refused("WalletNotFound", "fetchWallet", alice.fetch())
        .await
        .data["since"]
        .clone();
    later(&json!({"updated": since}));
    server.ok("deleteWallet", new.delete(b"four")).await;
    later(&server.create(&new, b"five").await);
    server.clock.set(BEGINNING.plus_seconds(2 * HOUR));
    later(&server.ok("saveWallet", new.save(b"six")).await);
    server.ok("deleteWallet", new.delete(b"six")).await;
    // another wallet that comes to the key, with the clock set back
    server.clock.set(BEGINNING.minus_days(3));
    server.create(&other, b"other's").await;
    later(
        &server
            .ok("changePassword", other.change(&new, b"seven"))
            .await,
    );
    later(&server.ok("fetchWallet", new.fetch()).await);
}

#[tokio::test]
async fn either_form_moves_an_opaque_wallet_and_only_the_bound_one_a_sealed_wallet() {
    let server = Larimard::start().await;
    let keys: Vec<Person> = (1..=4).map(person).collect();
    server.create(&keys[0], b"one").await;
    server
        .ok("changePassword", keys[0].change_plainly(&keys[1], b"two"))
        .await;
    server
        .ok("changePassword", keys[1].change(&keys[2], &sealed(1, "")))
        .await;
    let plain = keys[2].change_plainly(&keys[3], &sealed(2, ""));
    server
        .nothing_changes(
            &[&keys[2], &keys[3]],
            "BindingRequired",
            "changePassword",
            plain,
        )
        .await;
    server
        .ok("changePassword", keys[2].change(&keys[3], &sealed(2, "")))
        .await;
    // the plain form, too, can be said again
    let again = server
        .ok("changePassword", keys[2].change(&keys[3], &sealed(2, "")))
        .await;
    assert_eq!(again["local_hash"], hash(&sealed(2, "")));
}
