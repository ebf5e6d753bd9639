//! `createWallet`, line by line.

use super::super::hand::{Person, person, sealed, with};
use super::super::harness::{DAY, HOUR, Larimard};
use super::{LEAP, deleted, moved};

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
