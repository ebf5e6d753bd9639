//! Section 5.1: what stays at a key that a wallet has left, and the wallet that comes back.

use serde_json::json;

use super::hand::{Person, hash, person, sealed};
use super::harness::{DAY, Larimard};

/// Tries to create a wallet for this person, with a code of its own.
async fn create(
    server: &Larimard,
    who: &Person,
    data: &[u8],
) -> Result<serde_json::Value, super::refusal::Refusal> {
    let code = server.fresh_code().await;
    server.call("createWallet", who.create(&code, data)).await
}

async fn stale(server: &Larimard, who: &Person, data: &[u8], revision: u64) {
    let refusal = create(server, who, data).await.unwrap_err();
    assert_eq!(
        (refusal.name(), refusal.details()),
        ("Stale", json!({"revision": revision}))
    );
    assert_eq!(server.stored(who).await, None);
}

#[tokio::test]
async fn a_device_can_say_what_became_of_the_wallet() {
    let mut server = Larimard::start().await;
    let (alice, bob, new) = (person(1), person(2), person(3));
    server.create(&alice, b"one").await;
    server.create(&bob, b"bob's").await;
    server.clock.advance(DAY);
    let moved = server
        .ok("changePassword", alice.change(&new, b"two"))
        .await["updated"]
        .clone();
    server.clock.advance(DAY);
    server.ok("deleteWallet", bob.delete(b"bob's")).await;
    let deleted = server.now();
    for _ in 0..2 {
        let mut socket = server.socket().await;
        for (who, was, since) in [
            (&alice, "moved", &moved),
            (&bob, "deleted", &json!(deleted)),
        ] {
            let what = json!({"was": was, "since": since});
            for method in ["fetchWallet", "listVersions"] {
                let refusal = server.refused("WalletNotFound", method, who.fetch()).await;
                assert_eq!(refusal.details(), what, "{method}");
            }
            let version = json!([who.key(), hash(b"one")]);
            assert_eq!(
                server
                    .refused("WalletNotFound", "fetchVersion", version)
                    .await
                    .details(),
                what
            );
            let refusal = socket
                .call("subscribeWallet", who.fetch())
                .await
                .unwrap_err();
            assert_eq!(
                (refusal.name(), refusal.details()),
                ("WalletNotFound", what)
            );
            let refusal = server
                .refused("WalletNotFound", "saveWallet", who.save(b"x"))
                .await;
            assert_eq!(
                refusal.details(),
                json!({"was": was, "since": since, "publickey": who.key()})
            );
            for (method, params) in [
                ("changePassword", who.change(&person(9), b"x")),
                ("deleteWallet", who.delete(b"x")),
            ] {
                let refusal = server.refused("WalletNotFound", method, params).await;
                assert_eq!(
                    (&refusal.data["was"], &refusal.data["since"]),
                    (&json!(was), since),
                    "{method}"
                );
            }
        }
        drop(socket);
        server.restart().await;
    }
}

#[tokio::test]
async fn a_deleted_sealed_wallet_comes_back_with_a_greater_revision_only() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, &sealed(5, "")).await;
    server
        .ok("saveWallet", alice.save(&sealed(8, "last")))
        .await;
    server
        .ok("deleteWallet", alice.delete(&sealed(8, "last")))
        .await;
    for revision in [1, 5, 7, 8] {
        stale(&server, &alice, &sealed(revision, "back"), 8).await;
    }
    stale(&server, &alice, &sealed(8, "last"), 8).await;
    stale(&server, &alice, b"opaque", 8).await;
    create(&server, &alice, &sealed(9, "back")).await.unwrap();
    // what the record knew goes on counting
    server
        .ok("deleteWallet", alice.delete(&sealed(9, "back")))
        .await;
    stale(&server, &alice, &sealed(9, "again"), 9).await;
}

#[tokio::test]
async fn a_deleted_opaque_wallet_comes_back_with_bytes_that_were_never_held() {
    let mut server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    server.ok("saveWallet", alice.save(b"two")).await;
    server.ok("deleteWallet", alice.delete(b"two")).await;
    for data in [b"one", b"two"] {
        stale(&server, &alice, data, 0).await;
    }
    create(&server, &alice, b"three").await.unwrap();
    server.restart().await;
    server.clock.advance(4000 * DAY);
    for data in [b"one", b"two"] {
        server
            .nothing_changes(&[&alice], "Stale", "saveWallet", alice.save(data))
            .await;
    }
    server.ok("deleteWallet", alice.delete(b"three")).await;
    for data in [&b"one"[..], b"two", b"three"] {
        stale(&server, &alice, data, 0).await;
    }
    create(&server, &alice, &sealed(1, "")).await.unwrap();
    // an opaque one that was never held cannot follow a sealed one
    server
        .ok("deleteWallet", alice.delete(&sealed(1, "")))
        .await;
    stale(&server, &alice, b"four", 1).await;
}

#[tokio::test]
async fn bytes_held_under_an_earlier_key_are_stale_under_the_new_one() {
    let server = Larimard::start().await;
    let keys: Vec<Person> = (1..=3).map(person).collect();
    server.create(&keys[0], b"one").await;
    server.ok("saveWallet", keys[0].save(b"two")).await;
    server
        .ok("changePassword", keys[0].change(&keys[1], b"three"))
        .await;
    server
        .ok("changePassword", keys[1].change_plainly(&keys[2], b"four"))
        .await;
    for data in [&b"one"[..], b"two", b"three"] {
        server
            .nothing_changes(&[&keys[2]], "Stale", "saveWallet", keys[2].save(data))
            .await;
    }
    server.ok("deleteWallet", keys[2].delete(b"four")).await;
    for data in [&b"one"[..], b"two", b"three", b"four"] {
        stale(&server, &keys[2], data, 0).await;
    }
    create(&server, &keys[2], b"five").await.unwrap();
    // somebody else's past is nobody's but theirs
    create(&server, &person(9), b"one").await.unwrap();
}

#[tokio::test]
async fn a_moved_key_takes_no_wallet_but_the_one_that_left_it() {
    let server = Larimard::start().await;
    let (alice, new, mallory) = (person(1), person(2), person(66));
    server.create(&alice, b"one").await;
    server.create(&mallory, b"mallory's").await;
    server
        .ok("changePassword", alice.change(&new, b"two"))
        .await;
    let people = [&alice, &new, &mallory];
    let code = server.fresh_code().await;
    for data in [
        &b"one"[..],
        b"new bytes",
        &sealed(1, ""),
        &sealed(1 << 50, ""),
    ] {
        server
            .nothing_changes(
                &people,
                "KeyRetired",
                "createWallet",
                alice.create(&code, data),
            )
            .await;
        server
            .nothing_changes(
                &people,
                "KeyRetired",
                "changePassword",
                mallory.change(&alice, data),
            )
            .await;
    }
    // the very wallet may, if it brings something new
    for old in [&b"one"[..], b"two"] {
        server
            .nothing_changes(&people, "Stale", "changePassword", new.change(&alice, old))
            .await;
    }
    server
        .ok("changePassword", new.change(&alice, b"three"))
        .await;
    // and it is the same one: now the other key is the retired one
    server
        .nothing_changes(
            &people,
            "KeyRetired",
            "createWallet",
            new.create(&code, b"four"),
        )
        .await;
    server.ok("saveWallet", alice.save(b"five")).await;
}

#[tokio::test]
async fn a_moved_key_stays_retired_when_the_wallet_is_deleted_elsewhere() {
    let server = Larimard::start().await;
    let (alice, new) = (person(1), person(2));
    server.create(&alice, &sealed(1, "")).await;
    server
        .ok("changePassword", alice.change(&new, &sealed(2, "")))
        .await;
    server.ok("deleteWallet", new.delete(&sealed(2, ""))).await;
    let refusal = create(&server, &alice, &sealed(9, "")).await.unwrap_err();
    assert_eq!(refusal.name(), "KeyRetired");
    // a new wallet under the newer key is another one
    create(&server, &new, &sealed(3, "")).await.unwrap();
    let back = new.change(&alice, &sealed(4, ""));
    server
        .nothing_changes(&[&alice, &new], "KeyRetired", "changePassword", back)
        .await;
}

/// A thief of the old password makes a wallet under the old key, hoping that another device goes on with it.
#[tokio::test]
async fn ghost_planting() {
    let mut server = Larimard::start().await;
    let (alice, new) = (person(1), person(2));
    server.create(&alice, &alice.seal(3, "savings")).await;
    server
        .ok(
            "changePassword",
            alice.change(&new, &new.seal(4, "savings")),
        )
        .await;
    server.restart().await;
    server.clock.advance(4000 * DAY);
    for data in [
        alice.seal(4, "ghost"),
        alice.seal(1000, "ghost"),
        b"ghost".to_vec(),
    ] {
        let refusal = create(&server, &alice, &data).await.unwrap_err();
        assert_eq!(refusal.name(), "KeyRetired");
    }
    let thief = person(66);
    server.create(&thief, &thief.seal(1, "thief's")).await;
    let ghost = thief.change(&alice, &alice.seal(5, "ghost"));
    server
        .nothing_changes(&[&alice, &thief], "KeyRetired", "changePassword", ghost)
        .await;
    let refusal = server
        .refused("WalletNotFound", "fetchWallet", alice.fetch())
        .await;
    assert_eq!(refusal.data["was"], "moved");
}

#[tokio::test]
async fn a_wallet_that_moves_to_a_deleted_key_knows_what_that_one_knew() {
    let server = Larimard::start().await;
    let (gone, alice, new) = (person(1), person(2), person(3));
    server.create(&gone, b"gone's one").await;
    server.ok("saveWallet", gone.save(b"gone's two")).await;
    server.ok("deleteWallet", gone.delete(b"gone's two")).await;
    server.create(&alice, b"one").await;
    let people = [&gone, &alice];
    for data in [b"gone's one", b"gone's two"] {
        let refusal = server
            .nothing_changes(
                &people,
                "Stale",
                "changePassword",
                alice.change(&gone, data),
            )
            .await;
        assert_eq!(refusal.details(), json!({"revision": 0}));
    }
    server
        .ok("changePassword", alice.change(&gone, b"two"))
        .await;
    // wherever it goes
    server
        .ok("changePassword", gone.change(&new, b"three"))
        .await;
    for data in [&b"gone's one"[..], b"gone's two", b"one", b"two"] {
        server
            .nothing_changes(&[&new], "Stale", "saveWallet", new.save(data))
            .await;
    }
}

#[tokio::test]
async fn a_sealed_wallet_moves_to_a_deleted_key_above_both_revisions() {
    let server = Larimard::start().await;
    let (gone, alice) = (person(1), person(2));
    server.create(&gone, &sealed(20, "")).await;
    server
        .ok("deleteWallet", gone.delete(&sealed(20, "")))
        .await;
    server.create(&alice, &sealed(3, "")).await;
    let stale = alice.change(&gone, &sealed(4, ""));
    let refusal = server
        .nothing_changes(&[&gone, &alice], "Stale", "changePassword", stale)
        .await;
    assert_eq!(refusal.details(), json!({"revision": 20}));
    server
        .ok("changePassword", alice.change(&gone, &sealed(21, "")))
        .await;
}
