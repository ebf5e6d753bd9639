//! Section 9, as far as it can be seen without waiting an hour.

use serde_json::{Value, json};

use super::caller::Caller;
use super::hand::{base64, person, with};
use super::harness::Larimard;
use super::refusal::Refusal;

async fn fetch(caller: &Caller) -> Refusal {
    caller
        .call("fetchWallet", json!([person(99).key()]))
        .await
        .unwrap_err()
}

/// How many calls are accepted at once.
async fn at_once(caller: &Caller) -> u32 {
    let mut accepted = 0;
    while fetch(caller).await.name() == "WalletNotFound" {
        accepted += 1;
    }
    accepted
}

#[tokio::test]
async fn half_an_hours_allowance_rounded_up_may_be_used_at_once() {
    for (per_hour, expected) in [(1, 1), (2, 1), (3, 2), (10, 5), (11, 6)] {
        let server =
            Larimard::with(|settings| settings.limits.wallet_requests_per_hour = per_hour).await;
        assert_eq!(at_once(&server.caller()).await, expected, "{per_hour}");
        let refusal = fetch(&server.caller()).await;
        assert_eq!(refusal.name(), "RateLimited");
        let wait = refusal.data["retry_after"].as_u64().unwrap();
        assert!((1..=3600).contains(&wait), "{wait}");
        assert_eq!(refusal.details(), json!({"retry_after": wait}));
    }
}

#[tokio::test]
async fn every_method_that_names_a_wallet_counts_and_others_do_not() {
    let server = Larimard::with(|settings| settings.limits.wallet_requests_per_hour = 14).await;
    let alice = person(1);
    let code = server.fresh_code().await;
    let key = json!([alice.key()]);
    for (method, params) in [
        ("createWallet", alice.create(&code, b"one")),
        ("fetchWallet", key.clone()),
        ("saveWallet", alice.save(b"two")),
        ("changePassword", alice.change(&person(2), b"three")),
        ("deleteWallet", person(2).delete(b"three")),
        ("listVersions", key.clone()),
        // a call is counted whatever comes of it, before its parameters are read
        ("fetchVersion", json!({"no": "parameters"})),
    ] {
        let name = server
            .call(method, params)
            .await
            .map_or_else(|refusal| refusal.name().to_owned(), |_| "ok".to_owned());
        assert_ne!(name, "RateLimited", "{method}");
    }
    let mut socket = server.socket().await;
    for method in [
        "createWallet",
        "fetchWallet",
        "saveWallet",
        "changePassword",
        "deleteWallet",
        "listVersions",
        "fetchVersion",
        "subscribeWallet",
    ] {
        let refusal = socket
            .call(method, json!("not even parameters"))
            .await
            .unwrap_err();
        assert_eq!(refusal.name(), "RateLimited", "{method}");
    }
    server.ok("serverInfo", json!([])).await;
    server.ok("rpc.discover", json!([])).await;
    server.ok("requestCode", json!(["bob@example.com"])).await;
    assert_eq!(
        server.call("nothing", json!([])).await.unwrap_err().code,
        -32601
    );
    assert_eq!(
        socket.call("unsubscribeWallet", json!([1])).await.unwrap(),
        false
    );
}

#[tokio::test]
async fn every_entry_of_a_batch_counts() {
    let server = Larimard::with(|settings| settings.limits.wallet_requests_per_hour = 6).await;
    let entry = |id: u64| json!({"jsonrpc": "2.0", "id": id, "method": "fetchWallet", "params": [person(1).key()]});
    let batch: Value = (0..5).map(entry).collect();
    let answers = server.caller().json(&batch).await;
    let names: Vec<&str> = answers
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| answer["error"]["data"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "WalletNotFound",
            "WalletNotFound",
            "WalletNotFound",
            "RateLimited",
            "RateLimited"
        ]
    );
    // of a batch that is refused whole, none
    let server = Larimard::with(|settings| settings.limits.wallet_requests_per_hour = 2).await;
    let batch: Value = (0..11).map(entry).collect();
    assert_eq!(server.caller().json(&batch).await["error"]["code"], -32010);
    assert_eq!(at_once(&server.caller()).await, 1);
}

#[tokio::test]
async fn every_caller_has_an_allowance_of_their_own() {
    let server = Larimard::with(|settings| settings.limits.wallet_requests_per_hour = 4).await;
    for ip in ["127.0.0.1", "127.0.0.2", "127.0.0.3"] {
        assert_eq!(at_once(&server.from(ip)).await, 2, "{ip}");
    }
}

#[tokio::test]
async fn an_ipv6_caller_is_its_64_and_a_48_has_eight_times_that() {
    let server = Larimard::with(|settings| {
        settings.limits.wallet_requests_per_hour = 4;
        settings.server.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await;
    let from = |ip: &str| server.saying("x-forwarded-for", ip);
    assert_eq!(at_once(&from("2001:db8:1:0::1")).await, 2);
    assert_eq!(
        at_once(&from("2001:db8:1:0:ffff::2")).await,
        0,
        "the same /64"
    );
    let mut of_the_site = 2;
    for network in 1..20 {
        of_the_site += at_once(&from(&format!("2001:db8:1:{network:x}::1"))).await;
    }
    assert_eq!(of_the_site, 16);
    assert_eq!(at_once(&from("2001:db8:2::1")).await, 2, "another /48");
    assert_eq!(at_once(&from("::ffff:192.0.2.1")).await, 2);
    assert_eq!(
        at_once(&from("192.0.2.1")).await,
        0,
        "the same IPv4 address"
    );
}

#[tokio::test]
async fn exempt_networks_are_not_limited() {
    let server = Larimard::with(|settings| {
        settings.limits.wallet_requests_per_hour = 2;
        settings.limits.codes_per_hour = 2;
        settings.limits.codes_per_email_per_hour = 2;
        settings.limits.codes_per_hour_total = 2;
        settings.limits.exempt = vec!["127.0.0.2/31".parse().unwrap()];
    })
    .await;
    let exempt = server.from("127.0.0.3");
    for _ in 0..10 {
        assert_eq!(fetch(&exempt).await.name(), "WalletNotFound");
        let sent = exempt.ok("requestCode", json!(["a@example.com"])).await;
        assert_eq!(sent["retry_after"], 0);
    }
    assert_eq!(at_once(&server.from("127.0.0.1")).await, 1);
}

#[tokio::test]
async fn codes_are_limited_by_caller_then_by_email_then_in_total() {
    let server = Larimard::with(|settings| {
        settings.limits.codes_per_hour = 6;
        settings.limits.codes_per_email_per_hour = 2;
        settings.limits.codes_per_hour_total = 10;
    })
    .await;
    let (one, two, three) = (
        server.from("127.0.0.1"),
        server.from("127.0.0.2"),
        server.from("127.0.0.3"),
    );
    let ask = |address: &str| json!([address]);
    let sent = one.ok("requestCode", ask("a@example.com")).await;
    let wait = sent["retry_after"].as_u64().unwrap();
    assert!((1..=3600).contains(&wait), "for this address: {wait}");
    // the e-mail's limit is everybody's
    let refusal = two
        .refused("RateLimited", "requestCode", ask("A@example.com "))
        .await;
    assert!((1..=3600).contains(&refusal.data["retry_after"].as_u64().unwrap()));
    // what has no form counts against the caller alone
    two.refused("InvalidEmail", "requestCode", ask("nothing"))
        .await;
    two.ok("requestCode", ask("b@example.com")).await;
    two.refused("RateLimited", "requestCode", ask("c@example.com"))
        .await;
    // which left the address's and the total's allowance untouched
    one.ok("requestCode", ask("c@example.com")).await;
    one.ok("requestCode", ask("d@example.com")).await;
    // 4 of 5 in total
    three.ok("requestCode", ask("e@example.com")).await;
    let refusal = three
        .refused("RateLimited", "requestCode", ask("f@example.com"))
        .await;
    assert!((1..=3600).contains(&refusal.data["retry_after"].as_u64().unwrap()));
    assert_eq!(server.mail.len(), 5);
    // wallets have another allowance
    server.ok("serverInfo", json!([])).await;
    assert_eq!(fetch(&two).await.name(), "WalletNotFound");
}

#[tokio::test]
async fn what_a_limit_refused_did_nothing_and_is_not_in_the_statistics() {
    let server = Larimard::with(|settings| settings.limits.wallet_requests_per_hour = 4).await;
    let alice = person(1);
    let code = server.fresh_code().await;
    server.ok("createWallet", alice.create(&code, b"one")).await;
    server.ok("fetchWallet", alice.fetch()).await;
    server
        .refused("RateLimited", "saveWallet", alice.save(b"two"))
        .await;
    server
        .refused("RateLimited", "fetchWallet", alice.fetch())
        .await;
    let fetched = server
        .from("127.0.0.2")
        .ok("fetchWallet", alice.fetch())
        .await;
    assert_eq!(fetched["encrypted_data"], base64(b"one"));
    assert_eq!(fetched["statistics"]["fetches"], 2);
    assert_eq!(fetched["statistics"]["recent"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_restart_gives_everybody_a_whole_allowance() {
    let mut server = Larimard::with(|settings| settings.limits.wallet_requests_per_hour = 4).await;
    assert_eq!(at_once(&server.caller()).await, 2);
    server.restart().await;
    assert_eq!(at_once(&server.caller()).await, 2);
}

#[tokio::test]
async fn when_the_disk_is_full_nothing_is_changed_and_reading_goes_on() {
    let mut server = Larimard::start().await;
    let (alice, new) = (person(1), person(2));
    server.create(&alice, b"one").await;
    let code = server.fresh_code().await;
    server
        .restart_with(|settings| settings.store.min_free_bytes = u64::MAX)
        .await;
    for (method, params) in [
        ("createWallet", new.create(&code, b"two")),
        ("saveWallet", alice.save(b"two")),
        ("changePassword", alice.change(&new, b"two")),
        ("deleteWallet", alice.delete(b"one")),
        ("requestCode", json!(["alice@example.com"])),
    ] {
        let refusal = server
            .nothing_changes(&[&alice, &new], "StoreUnavailable", method, params)
            .await;
        assert_eq!(refusal.details(), json!({}), "no cause on the wire");
    }
    assert!(
        server.mail.is_empty(),
        "a code that is not stored is not mailed"
    );
    server
        .restart_with(|settings| settings.store.min_free_bytes = 0)
        .await;
    server
        .ok(
            "createWallet",
            with(new.create(&code, b"two"), "publickey", Value::Null),
        )
        .await;
}
