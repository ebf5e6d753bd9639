//! Section 5.2, line by line: each line with the condition of the next one true as well.

mod change_password;
mod create_wallet;

use serde_json::json;

use super::hand::{Person, hash, person, sealed, with};
use super::harness::{DAY, Larimard};

const LEAP: u64 = 1 << 40;

/// A key that was moved away from, and held nothing but opaque bytes: `b"one"`. The wallet is at the second key now.
async fn moved(server: &Larimard) -> (Person, Person) {
    let (old, new) = (person(101), person(102));
    server.create(&old, b"moved one").await;
    server
        .ok("changePassword", old.change(&new, b"moved two"))
        .await;
    (old, new)
}

/// A key whose wallet was deleted at revision 5.
async fn deleted(server: &Larimard) -> Person {
    let gone = person(103);
    server.create(&gone, &sealed(5, "gone")).await;
    server
        .ok("deleteWallet", gone.delete(&sealed(5, "gone")))
        .await;
    gone
}

#[tokio::test]
async fn save_wallet_line_by_line() {
    let server = Larimard::start().await;
    let gone = deleted(&server).await;
    let (retired, _) = moved(&server).await;
    let opaque = person(1);
    server.create(&opaque, b"one").await;
    let stored = server.ok("saveWallet", opaque.save(b"two")).await;
    let sealed_up = person(2);
    server.create(&sealed_up, b"opaque before").await;
    let sealed_at = server
        .ok("saveWallet", sealed_up.save(&sealed(3, "now")))
        .await;
    let people = [&gone, &retired, &opaque, &sealed_up];

    server
        .nothing_changes(
            &people,
            "WalletNotFound",
            "saveWallet",
            gone.save(&sealed(5, "gone")),
        )
        .await;
    server
        .nothing_changes(
            &people,
            "WalletNotFound",
            "saveWallet",
            retired.save(b"moved one"),
        )
        .await;
    server.clock.advance(60);
    let wrong = hash(b"never stored");
    let again = with(opaque.save(b"two"), "original_local_hash", wrong.clone());
    assert_eq!(server.ok("saveWallet", again).await, stored);
    let again = with(
        sealed_up.save(&sealed(3, "now")),
        "original_local_hash",
        wrong.clone(),
    );
    assert_eq!(server.ok("saveWallet", again).await, sealed_at);
    for (name, request) in [
        // held before, and the original is wrong
        (
            "Stale",
            with(opaque.save(b"one"), "original_local_hash", wrong.clone()),
        ),
        // held before, and the stored one is sealed
        ("Stale", sealed_up.save(b"opaque before")),
        // wrong original, and a leap
        (
            "Conflict",
            with(
                opaque.save(&sealed(LEAP + 1, "")),
                "original_local_hash",
                wrong.clone(),
            ),
        ),
        (
            "Conflict",
            with(
                sealed_up.save(&sealed(LEAP + 4, "")),
                "original_local_hash",
                wrong.clone(),
            ),
        ),
        // wrong original, and an old revision
        (
            "Conflict",
            with(
                sealed_up.save(&sealed(3, "other")),
                "original_local_hash",
                wrong.clone(),
            ),
        ),
        // right original
        (
            "Conflict",
            sealed_up.save_after(&sealed(3, "now"), &sealed(3, "other")),
        ),
        (
            "Conflict",
            sealed_up.save_after(&sealed(3, "now"), &sealed(2, "older")),
        ),
        (
            "Conflict",
            sealed_up.save_after(&sealed(3, "now"), b"never held"),
        ),
        ("InvalidData", opaque.save(&sealed(LEAP + 1, ""))),
        ("InvalidData", sealed_up.save(&sealed(LEAP + 4, ""))),
    ] {
        server
            .nothing_changes(&people, name, "saveWallet", request)
            .await;
    }
    server
        .ok("saveWallet", sealed_up.save(&sealed(LEAP + 3, "")))
        .await;
    server
        .ok("saveWallet", opaque.save(&sealed(LEAP, "")))
        .await;
}

#[tokio::test]
async fn every_conflict_says_what_is_stored() {
    let server = Larimard::start().await;
    let (opaque, sealed_up) = (person(1), person(2));
    server.create(&opaque, b"one").await;
    server.clock.advance(5);
    let saved = server.ok("saveWallet", opaque.save(b"two")).await;
    let created = server.create(&sealed_up, &sealed(3, "now")).await;
    let wrong = hash(b"wrong");
    let requests = |who: &Person| {
        let wrong = wrong.clone();
        let delete = with(who.delete(b"wrong"), "local_hash", wrong.clone());
        [
            (
                "saveWallet",
                with(
                    who.save(&sealed(9, "")),
                    "original_local_hash",
                    wrong.clone(),
                ),
            ),
            (
                "changePassword",
                with(
                    who.change(&person(9), &sealed(9, "")),
                    "original_local_hash",
                    wrong,
                ),
            ),
            ("deleteWallet", delete),
        ]
    };
    for (method, request) in requests(&opaque) {
        let refusal = server.refused("Conflict", method, request).await;
        let stored = json!({"local_hash": hash(b"two"), "updated": saved["updated"]});
        assert_eq!(refusal.details(), stored, "{method}");
    }
    for (method, request) in requests(&sealed_up) {
        let refusal = server.refused("Conflict", method, request).await;
        let stored = json!({"local_hash": hash(&sealed(3, "now")), "updated": created["updated"], "revision": 3});
        assert_eq!(refusal.details(), stored, "{method}");
    }
}

#[tokio::test]
async fn delete_wallet_line_by_line() {
    let server = Larimard::start().await;
    let (alice, nobody) = (person(1), person(9));
    server.create(&alice, b"one").await;
    server.ok("saveWallet", alice.save(b"two")).await;
    let (retired, there) = moved(&server).await;
    let people = [&alice, &retired, &there, &nobody];
    let malformed = with(alice.delete(b"one"), "local_hash", "x");
    server
        .nothing_changes(&people, "InvalidHash", "deleteWallet", malformed)
        .await;
    server
        .nothing_changes(
            &people,
            "WalletNotFound",
            "deleteWallet",
            nobody.delete(b"one"),
        )
        .await;
    server
        .nothing_changes(&people, "Conflict", "deleteWallet", alice.delete(b"one"))
        .await;
    // retired, but as moved
    let refusal = server
        .nothing_changes(
            &people,
            "WalletNotFound",
            "deleteWallet",
            retired.delete(b"moved two"),
        )
        .await;
    assert_eq!(refusal.data["was"], "moved");

    let deleted = server.ok("deleteWallet", alice.delete(b"two")).await;
    assert_eq!(deleted, json!({"deleted": true}));
    server.clock.advance(400 * DAY);
    assert_eq!(
        server.ok("deleteWallet", alice.delete(b"two")).await,
        deleted
    );
    let refusal = server
        .refused("WalletNotFound", "deleteWallet", alice.delete(b"one"))
        .await;
    assert_eq!(refusal.data["was"], "deleted");
    // a retry does not delete what came after
    server.create(&alice, b"three").await;
    server
        .nothing_changes(&[&alice], "Conflict", "deleteWallet", alice.delete(b"two"))
        .await;
}

#[tokio::test]
async fn methods_that_look_ask_for_the_wallet_first() {
    let server = Larimard::start().await;
    let (alice, nobody) = (person(1), person(9));
    server.create(&alice, b"one").await;
    server.ok("saveWallet", alice.save(b"two")).await;
    for method in ["fetchWallet", "listVersions"] {
        let refusal = server
            .refused("WalletNotFound", method, nobody.fetch())
            .await;
        assert_eq!(refusal.details(), json!({}), "nothing was recovered");
    }
    let version = |who: &Person, data: &[u8]| with(who.fetch(), "local_hash", hash(data));
    server
        .refused("WalletNotFound", "fetchVersion", version(&nobody, b"none"))
        .await;
    server
        .refused("VersionNotFound", "fetchVersion", version(&alice, b"none"))
        .await;
    server.ok("fetchVersion", version(&alice, b"one")).await;
    server.ok("fetchVersion", version(&alice, b"two")).await;
}
