//! `changePassword`, line by line.

use serde_json::json;

use super::super::hand::{hash, person, sealed, with};
use super::super::harness::{DAY, Larimard};
use super::{LEAP, deleted, moved};

#[tokio::test]
async fn change_password_a_retry_comes_first() {
    let server = Larimard::start().await;
    let (alice, new) = (person(1), person(2));
    server.create(&alice, &sealed(1, "")).await;
    let request = with(
        alice.change(&new, &sealed(2, "")),
        "original_local_hash",
        hash(&sealed(1, "")),
    );
    let changed = server.ok("changePassword", request.clone()).await;
    server.clock.advance(400 * DAY);
    // the old key has no wallet any more, and what is stored is not the original
    assert_eq!(server.ok("changePassword", request.clone()).await, changed);
    server.ok("saveWallet", new.save(&sealed(3, ""))).await;
    server
        .nothing_changes(&[&alice, &new], "Stale", "changePassword", request.clone())
        .await;
    server.ok("deleteWallet", new.delete(&sealed(3, ""))).await;
    server
        .nothing_changes(&[&alice, &new], "Stale", "changePassword", request)
        .await;
    // other bytes are no retry
    let other = alice.change(&new, &sealed(4, ""));
    let refusal = server
        .refused("WalletNotFound", "changePassword", other)
        .await;
    assert_eq!(refusal.data["was"], "moved");
}

#[tokio::test]
async fn change_password_line_by_line() {
    let server = Larimard::start().await;
    let gone = deleted(&server).await;
    let (retired, there) = moved(&server).await;
    let (opaque, sealed_up, nobody) = (person(1), person(2), person(9));
    server.create(&opaque, b"one").await;
    server.ok("saveWallet", opaque.save(b"two")).await;
    server.create(&sealed_up, &sealed(7, "now")).await;
    let people = [&gone, &retired, &there, &opaque, &sealed_up, &nobody];
    let now = sealed(7, "now");
    let wrong = |request| with(request, "original_local_hash", hash(b"wrong"));
    for (name, request, what) in [
        (
            "WalletNotFound",
            nobody.change(&nobody, b"x"),
            "the keys are one",
        ),
        (
            "WalletNotFound",
            retired.change(&there, b"x"),
            "the new key has a wallet",
        ),
        (
            "BindingRequired",
            sealed_up.change_plainly(&sealed_up, &now),
            "the keys are one",
        ),
        (
            "BindingRequired",
            sealed_up.change_plainly(&opaque, &now),
            "the new key has a wallet",
        ),
        (
            "BindingRequired",
            wrong(sealed_up.change_plainly(&retired, b"x")),
            "the new key is retired",
        ),
        (
            "KeyUnchanged",
            sealed_up.change(&sealed_up, &now),
            "the key has a wallet, the bytes are stored",
        ),
        (
            "KeyUnchanged",
            opaque.change_plainly(&opaque, b"one"),
            "the bytes were stored",
        ),
        (
            "WalletExists",
            wrong(opaque.change(&sealed_up, b"two")),
            "the bytes are stored, the original is wrong",
        ),
        (
            "KeyRetired",
            wrong(opaque.change(&retired, b"moved one")),
            "the key held the bytes",
        ),
        (
            "KeyRetired",
            opaque.change(&retired, b"two"),
            "the bytes are stored",
        ),
        (
            "Stale",
            wrong(opaque.change(&nobody, b"two")),
            "stored now; the original is wrong",
        ),
        (
            "Stale",
            wrong(opaque.change(&nobody, b"one")),
            "stored before; the original is wrong",
        ),
        (
            "Stale",
            wrong(sealed_up.change(&nobody, &now)),
            "stored now; the original is wrong",
        ),
        (
            "Conflict",
            wrong(opaque.change(&nobody, &sealed(LEAP + 1, ""))),
            "a leap",
        ),
        (
            "Conflict",
            sealed_up.change(&nobody, &sealed(7, "other")),
            "the revision is not greater",
        ),
        (
            "Conflict",
            sealed_up.change(&nobody, b"opaque"),
            "the stored one is sealed",
        ),
        (
            "InvalidData",
            opaque.change(&nobody, &sealed(LEAP + 1, "")),
            "",
        ),
        (
            "InvalidData",
            sealed_up.change(&nobody, &sealed(LEAP + 8, "")),
            "",
        ),
    ] {
        println!("{what}");
        server
            .nothing_changes(&people, name, "changePassword", request)
            .await;
    }
    // section 5.1 comes before what the wallet itself has to say
    let refusal = server
        .nothing_changes(
            &people,
            "Stale",
            "changePassword",
            wrong(opaque.change(&gone, b"two")),
        )
        .await;
    assert_eq!(refusal.details(), json!({"revision": 5}));
    let refusal = server
        .nothing_changes(
            &people,
            "Stale",
            "changePassword",
            opaque.change(&gone, &sealed(5, "x")),
        )
        .await;
    assert_eq!(refusal.details(), json!({"revision": 5}));
    // the highest of both counts for the leap
    server
        .refused(
            "InvalidData",
            "changePassword",
            opaque.change(&gone, &sealed(LEAP + 6, "")),
        )
        .await;
    server
        .ok(
            "changePassword",
            opaque.change(&gone, &sealed(LEAP + 5, "")),
        )
        .await;
    server
        .ok(
            "changePassword",
            sealed_up.change(&nobody, &sealed(LEAP + 7, "")),
        )
        .await;
}
