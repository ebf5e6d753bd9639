//! Section 5: who has been asking for a wallet.

use serde_json::{Value, json};

use super::hand::{hash, person, with};
use super::harness::{DAY, Larimard};

async fn statistics(server: &Larimard, who: &super::hand::Person) -> Value {
    server.ok("fetchWallet", who.fetch()).await["statistics"].clone()
}

/// Method and outcome of what is recent, newest first.
fn recent(statistics: &Value) -> Vec<(String, String)> {
    let text = |access: &Value, field: &str| access[field].as_str().unwrap().to_owned();
    let recent = statistics["recent"].as_array().unwrap();
    recent
        .iter()
        .map(|access| (text(access, "method"), text(access, "outcome")))
        .collect()
}

fn accesses(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected
        .iter()
        .map(|(method, outcome)| ((*method).to_owned(), (*outcome).to_owned()))
        .collect()
}

#[tokio::test]
async fn they_include_this_request_and_all_before_it() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    let noon = server.now();
    server.clock.advance(60);
    let seen = statistics(&server, &alice).await;
    let now = server.now();
    let access = |time: &str, method: &str| json!({"time": time, "ip": "127.0.0.1", "method": method, "outcome": "ok"});
    assert_eq!(
        seen,
        json!({
            "updated": noon,
            "fetches": 1,
            "addresses": [{"ip": "127.0.0.1", "requests": 2, "first": noon, "last": now}],
            "recent": [access(&now, "fetchWallet"), access(&noon, "createWallet")],
        })
    );
}

#[tokio::test]
async fn every_outcome_is_told_by_its_name() {
    let server = Larimard::start().await;
    let (alice, bob, nobody) = (person(1), person(2), person(3));
    server.create(&alice, b"one").await;
    server.create(&bob, b"bob's").await;
    let code = server.fresh_code().await;
    // of one address only ten stay: each group of calls comes from another one
    let groups = [
        vec![
            (
                "fetchWallet",
                "not_modified",
                with(alice.fetch(), "local_hash", hash(b"one")),
            ),
            (
                "fetchWallet",
                "InvalidHash",
                with(alice.fetch(), "local_hash", "x"),
            ),
            ("listVersions", "ok", alice.fetch()),
            ("fetchVersion", "ok", json!([alice.key(), hash(b"one")])),
            (
                "fetchVersion",
                "VersionNotFound",
                json!([alice.key(), hash(b"x")]),
            ),
            ("fetchVersion", "InvalidHash", json!([alice.key(), "x"])),
            ("saveWallet", "Conflict", alice.save_after(b"x", b"two")),
            ("saveWallet", "ok", alice.save(b"two")),
            ("saveWallet", "Stale", alice.save(b"one")),
            (
                "saveWallet",
                "InvalidHash",
                with(alice.save(b"two"), "original_local_hash", "x"),
            ),
        ],
        vec![
            ("createWallet", "WalletExists", alice.create(&code, b"x")),
            (
                "createWallet",
                "InvalidCode",
                alice.create("nonsense", b"x"),
            ),
            ("deleteWallet", "Conflict", alice.delete(b"one")),
            ("changePassword", "KeyUnchanged", alice.change(&alice, b"x")),
            ("changePassword", "WalletExists", alice.change(&bob, b"x")),
            ("changePassword", "Stale", alice.change(&nobody, b"two")),
            (
                "changePassword",
                "Conflict",
                with(
                    alice.change(&nobody, b"x"),
                    "original_local_hash",
                    hash(b"x"),
                ),
            ),
            (
                "changePassword",
                "InvalidHash",
                with(alice.change(&nobody, b"x"), "original_local_hash", "x"),
            ),
            (
                "saveWallet",
                "InvalidData",
                alice.save(&super::hand::sealed((1 << 40) + 1, "")),
            ),
        ],
    ];
    for (number, calls) in groups.iter().enumerate() {
        let caller = server.from(&format!("127.0.0.{}", number + 10));
        for (method, outcome, params) in calls {
            let answer = caller.call(method, params.clone()).await;
            let name = answer
                .as_ref()
                .map_or_else(|refusal| refusal.name(), |_| "ok");
            assert!(
                name == *outcome || *outcome == "not_modified",
                "{method}: {answer:?}"
            );
        }
        let seen = statistics(&server, &alice).await;
        let expected: Vec<(&str, &str)> = calls
            .iter()
            .rev()
            .map(|(method, outcome, _)| (*method, *outcome))
            .collect();
        assert_eq!(recent(&seen)[1..=calls.len()], accesses(&expected));
    }
    // whoever was the aim of a move was found out by it
    assert_eq!(
        recent(&statistics(&server, &bob).await),
        accesses(&[
            ("fetchWallet", "ok"),
            ("changePassword", "WalletExists"),
            ("createWallet", "ok")
        ])
    );
}

#[tokio::test]
async fn who_names_a_key_is_seen_by_its_owner_whatever_else_is_wrong() {
    let server = Larimard::start().await;
    let (alice, bob) = (person(1), person(2));
    server.create(&alice, b"one").await;
    server.create(&bob, b"bob's").await;
    let of_alice = with(bob.create("nonsense", b"x"), "publickey", alice.key());
    let unreadable = with(of_alice.clone(), "encrypted_data", "no base64");
    for (name, params) in [("InvalidSignature", of_alice), ("InvalidData", unreadable)] {
        server.refused(name, "createWallet", params).await;
    }
    assert_eq!(
        recent(&statistics(&server, &alice).await),
        accesses(&[
            ("fetchWallet", "ok"),
            ("createWallet", "InvalidData"),
            ("createWallet", "InvalidSignature"),
            ("createWallet", "ok")
        ])
    );
    let of_bob = recent(&statistics(&server, &bob).await);
    assert_eq!(of_bob.len(), 2, "he was not named: {of_bob:?}");
}

#[tokio::test]
async fn fetches_counts_fetch_wallet_only_and_requests_every_method() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    for number in 0..5 {
        server
            .ok("saveWallet", alice.save(format!("{number}").as_bytes()))
            .await;
        server.ok("listVersions", alice.fetch()).await;
        server.ok("fetchWallet", alice.fetch()).await;
    }
    let seen = statistics(&server, &alice).await;
    assert_eq!(seen["fetches"], 6);
    assert_eq!(seen["addresses"][0]["requests"], 17);
}

#[tokio::test]
async fn nobody_can_flush_the_evidence() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    server.clock.advance(60);
    let thief = server.from("127.0.0.66");
    thief.ok("fetchWallet", alice.fetch()).await;
    let theft = server.now();
    for number in 0..15 {
        server.clock.advance(1);
        let caller = server.from(&format!("127.0.1.{number}"));
        for _ in 0..15 {
            caller.ok("listVersions", alice.fetch()).await;
        }
    }
    let seen = statistics(&server, &alice).await;
    let recent = seen["recent"].as_array().unwrap();
    assert_eq!(recent.len(), 100);
    for number in 6..15 {
        let ip = format!("127.0.1.{number}");
        assert_eq!(
            recent.iter().filter(|access| access["ip"] == ip).count(),
            10,
            "{ip}"
        );
    }
    let addresses = seen["addresses"].as_array().unwrap();
    let of_thief = addresses
        .iter()
        .find(|seen| seen["ip"] == "127.0.0.66")
        .unwrap();
    assert_eq!(
        *of_thief,
        json!({"ip": "127.0.0.66", "requests": 1, "first": theft, "last": theft})
    );
    assert_eq!(
        addresses[0]["ip"], "127.0.0.1",
        "the most recently seen comes first"
    );
    assert_eq!(addresses.len(), 17);
}

#[tokio::test]
async fn a_hundred_addresses_at_the_most() {
    let server = Larimard::with(|settings| {
        settings.server.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    for number in 0..110 {
        let caller = server.saying("x-forwarded-for", &format!("192.0.2.{number}"));
        caller.ok("fetchWallet", alice.fetch()).await;
    }
    let seen = server
        .saying("x-forwarded-for", "192.0.2.109")
        .ok("fetchWallet", alice.fetch())
        .await;
    let addresses = seen["statistics"]["addresses"].as_array().unwrap();
    assert_eq!(addresses.len(), 100);
    assert_eq!(
        (&addresses[0]["ip"], &addresses[99]["ip"]),
        (&json!("192.0.2.109"), &json!("192.0.2.10"))
    );
    assert_eq!(seen["statistics"]["recent"].as_array().unwrap().len(), 100);
    assert_eq!(seen["statistics"]["fetches"], 111);
}

#[tokio::test]
async fn they_move_along_and_go_when_the_wallet_goes() {
    let server = Larimard::start().await;
    let (alice, new) = (person(1), person(2));
    server.create(&alice, b"one").await;
    statistics(&server, &alice).await;
    let change = alice.change(&new, b"two");
    server.ok("changePassword", change.clone()).await;
    server.ok("changePassword", change).await;
    let seen = statistics(&server, &new).await;
    assert_eq!(seen["fetches"], 2);
    assert_eq!(
        recent(&seen),
        accesses(&[
            ("fetchWallet", "ok"),
            ("changePassword", "ok"),
            ("changePassword", "ok"),
            ("fetchWallet", "ok"),
            ("createWallet", "ok"),
        ])
    );
    server.ok("deleteWallet", new.delete(b"two")).await;
    server.ok("deleteWallet", new.delete(b"two")).await;
    server.create(&new, b"three").await;
    let seen = statistics(&server, &new).await;
    assert_eq!(
        recent(&seen),
        accesses(&[("fetchWallet", "ok"), ("createWallet", "ok")])
    );
    assert_eq!(
        (&seen["fetches"], &seen["addresses"][0]["requests"]),
        (&json!(1), &json!(2))
    );
}

#[tokio::test]
async fn entries_older_than_keep_days_go() {
    let mut server = Larimard::with(|settings| settings.statistics.keep_days = 10).await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    server
        .from("127.0.0.9")
        .ok("fetchWallet", alice.fetch())
        .await;
    server.clock.advance(10 * DAY);
    let seen = statistics(&server, &alice).await;
    assert_eq!(
        (
            recent(&seen).len(),
            seen["addresses"].as_array().unwrap().len()
        ),
        (3, 2)
    );
    server.clock.advance(1);
    server.restart().await;
    let seen = statistics(&server, &alice).await;
    assert_eq!(
        recent(&seen),
        accesses(&[("fetchWallet", "ok"), ("fetchWallet", "ok")])
    );
    assert_eq!(seen["addresses"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&seen["fetches"], &seen["addresses"][0]["requests"]),
        (&json!(3), &json!(3))
    );
}

#[tokio::test]
async fn they_survive_a_restart() {
    let mut server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    statistics(&server, &alice).await;
    server.restart().await;
    let seen = statistics(&server, &alice).await;
    assert_eq!(
        recent(&seen),
        accesses(&[
            ("fetchWallet", "ok"),
            ("fetchWallet", "ok"),
            ("createWallet", "ok")
        ])
    );
}
