//! Section 5.2, line by line: each line with the condition of the next one true as well.

use serde_json::json;

use super::hand::{Person, hash, person, sealed, with};
use super::harness::{DAY, HOUR, Larimard};

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
async fn create_wallet_parameters_come_before_the_code() {
    let server = Larimard::start().await;
    let alice = person(1);
    let other_key = with(
        alice.create("nonsense", b"one"),
        "publickey",
        person(2).key(),
    );
    let refusal = server
        .nothing_changes(&[&alice], "InvalidSignature", "createWallet", other_key)
        .await;
    assert_eq!(refusal.param(), "signature");
}

#[tokio::test]
async fn create_wallet_a_retry_comes_before_the_code() {
    let server = Larimard::start().await;
    let alice = person(1);
    let code = server.code("alice@example.com").await;
    let request = alice.create(&code, b"one");
    let created = server.ok("createWallet", request.clone()).await;
    server.clock.advance(23 * HOUR + 3599);
    assert_eq!(server.ok("createWallet", request.clone()).await, created);
    server.clock.advance(1);
    server
        .nothing_changes(&[&alice], "InvalidCode", "createWallet", request)
        .await;
}

#[tokio::test]
async fn create_wallet_a_retry_after_a_save_is_told_that_the_wallet_exists() {
    let server = Larimard::start().await;
    let alice = person(1);
    let code = server.code("alice@example.com").await;
    let request = alice.create(&code, b"one");
    server.ok("createWallet", request.clone()).await;
    server.ok("saveWallet", alice.save(b"two")).await;
    server
        .nothing_changes(&[&alice], "WalletExists", "createWallet", request.clone())
        .await;
    // neither there nor stale, but a code that is spent
    server.ok("deleteWallet", alice.delete(b"two")).await;
    server
        .nothing_changes(&[&alice], "InvalidCode", "createWallet", request)
        .await;
}

#[tokio::test]
async fn create_wallet_a_spent_code_is_no_retry_for_other_bytes_or_another_key() {
    let server = Larimard::start().await;
    let (alice, bob) = (person(1), person(2));
    let code = server.code("alice@example.com").await;
    server.ok("createWallet", alice.create(&code, b"one")).await;
    for request in [alice.create(&code, b"two"), bob.create(&code, b"one")] {
        server
            .nothing_changes(&[&alice, &bob], "InvalidCode", "createWallet", request)
            .await;
    }
}

#[tokio::test]
async fn create_wallet_line_by_line() {
    let server = Larimard::start().await;
    let alice = person(1);
    let used = "alice@example.com";
    let code = server.code(used).await;
    server.ok("createWallet", alice.create(&code, b"one")).await;
    let (retired, now_there) = moved(&server).await;
    let gone = deleted(&server).await;
    let fresh = server.code(used).await;
    let people = [&alice, &retired, &now_there, &gone, &person(2)];
    for (name, request, what) in [
        (
            "InvalidCode",
            alice.create("0000-0000-0000-0000", b"x"),
            "the key has a wallet",
        ),
        (
            "InvalidCode",
            alice.create("no code", b"x"),
            "the key has a wallet",
        ),
        (
            "InvalidCode",
            retired.create(&code, b"moved one"),
            "the key is retired",
        ),
        (
            "WalletExists",
            alice.create(&fresh, b"x"),
            "the address is in use",
        ),
        (
            "WalletExists",
            now_there.create(&fresh, b"moved one"),
            "the bytes were held",
        ),
        (
            "KeyRetired",
            retired.create(&fresh, b"moved one"),
            "the bytes are stale",
        ),
        (
            "KeyRetired",
            retired.create(&fresh, &sealed(LEAP + 1, "")),
            "the revision leaps",
        ),
        (
            "Stale",
            gone.create(&fresh, &sealed(5, "x")),
            "the address is in use",
        ),
        (
            "Stale",
            gone.create(&fresh, b"opaque"),
            "the address is in use",
        ),
        (
            "EmailInUse",
            person(2).create(&fresh, &sealed(LEAP + 1, "")),
            "the revision leaps",
        ),
        (
            "EmailInUse",
            gone.create(&fresh, &sealed(LEAP + 6, "")),
            "the revision leaps",
        ),
    ] {
        println!("{what}");
        server
            .nothing_changes(&people, name, "createWallet", request)
            .await;
    }
    // all these calls have spent nothing
    let leap = person(2).replace(&fresh, &sealed(LEAP + 1, ""));
    let refusal = server
        .nothing_changes(&people, "InvalidData", "createWallet", leap)
        .await;
    assert_eq!(refusal.param(), "encrypted_data");
    server
        .ok("createWallet", person(2).replace(&fresh, &sealed(LEAP, "")))
        .await;
}

#[tokio::test]
async fn create_wallet_replaced_too_recently_is_email_in_use() {
    let server = Larimard::start().await;
    let people: Vec<Person> = (1..=4).map(person).collect();
    let address = "alice@example.com";
    let code = server.code(address).await;
    server
        .ok("createWallet", people[0].create(&code, b"one"))
        .await;
    let code = server.code(address).await;
    server
        .ok("createWallet", people[1].replace(&code, b"two"))
        .await;
    server.clock.advance(30 * DAY - 1);
    let code = server.code(address).await;
    let replace = people[2].replace(&code, b"three");
    server
        .nothing_changes(
            &[&people[1], &people[2]],
            "EmailInUse",
            "createWallet",
            replace.clone(),
        )
        .await;
    server.clock.advance(1);
    server.ok("createWallet", replace).await;
    let code = server.code(address).await;
    server
        .refused(
            "EmailInUse",
            "createWallet",
            people[3].replace(&code, b"four"),
        )
        .await;
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
