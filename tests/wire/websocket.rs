//! Section 1 over WebSocket, and `subscribeWallet` of section 5.

use serde_json::{Value, json};

use super::hand::{hash, person};
use super::harness::Larimard;

#[tokio::test]
async fn every_method_answers_over_websocket_too() {
    let server = Larimard::start().await;
    let mut socket = server.socket().await;
    let alice = person(1);
    assert_eq!(socket.ok("serverInfo", json!({})).await["protocol"], 1);
    socket.ok("requestCode", json!(["alice@example.com"])).await;
    let code = server.mailed("alice@example.com").unwrap();
    socket.ok("createWallet", alice.create(&code, b"one")).await;
    socket.ok("saveWallet", alice.save(b"two")).await;
    let fetched = socket.ok("fetchWallet", alice.fetch()).await;
    assert_eq!(fetched["local_hash"], hash(b"two"));
    let bob = person(2);
    socket
        .ok("changePassword", alice.change(&bob, b"three"))
        .await;
    socket.ok("deleteWallet", bob.delete(b"three")).await;
    let refusal = socket.call("fetchWallet", bob.fetch()).await.unwrap_err();
    assert_eq!(refusal.name(), "WalletNotFound");
    assert_eq!(
        socket.call("nothing", json!([])).await.unwrap_err().code,
        -32601
    );
}

#[tokio::test]
async fn what_is_no_call_or_too_large_is_refused_and_the_socket_stays() {
    let server = Larimard::with(|settings| settings.limits.blob_bytes = 1000).await;
    let mut socket = server.socket().await;
    for (text, code) in [
        ("nonsense".to_owned(), -32700),
        (r#"{"jsonrpc":"2.0","id":1}"#.to_owned(), -32600),
        (" ".repeat(3 * 1000 + 64 * 1024 + 1), -32007),
    ] {
        socket.send(text).await;
        assert_eq!(socket.next().await["error"]["code"], code);
    }
    let entry = json!({"jsonrpc": "2.0", "id": 1, "method": "serverInfo"});
    socket.send(Value::from(vec![entry; 11]).to_string()).await;
    assert_eq!(socket.next().await["error"]["code"], -32010);
    socket.ok("serverInfo", json!([])).await;
}

#[tokio::test]
async fn a_call_without_id_is_not_executed_over_websocket_either() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"before").await;
    let mut socket = server.socket().await;
    let call = json!({"jsonrpc": "2.0", "method": "saveWallet", "params": alice.save(b"after")});
    socket.send(call.to_string()).await;
    socket.ok("serverInfo", json!([])).await;
    assert!(server.holds(&alice, b"before").await);
}

#[tokio::test]
async fn a_subscriber_hears_of_changes_by_others_and_by_itself() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    let (mut first, mut second) = (server.socket().await, server.socket().await);
    let number = first.ok("subscribeWallet", json!([alice.key()])).await;
    let other = second.ok("subscribeWallet", alice.fetch()).await;

    server.clock.advance(5);
    let saved = server.ok("saveWallet", alice.save(b"two")).await;
    let expected =
        json!({"event": "saved", "local_hash": hash(b"two"), "updated": saved["updated"]});
    assert_eq!(first.change().await, (number.clone(), expected.clone()));
    assert_eq!(second.change().await, (other.clone(), expected));

    server.clock.advance(5);
    let saved = first.ok("saveWallet", alice.save(b"three")).await;
    let expected =
        json!({"event": "saved", "local_hash": hash(b"three"), "updated": saved["updated"]});
    assert_eq!(first.change().await, (number, expected.clone()));
    assert_eq!(second.change().await, (other, expected));
}

#[tokio::test]
async fn nothing_is_told_when_nothing_changed() {
    let server = Larimard::start().await;
    let (alice, bob) = (person(1), person(2));
    server.create(&alice, b"one").await;
    server.create(&bob, b"bob's").await;
    let mut socket = server.socket().await;
    let number = socket.ok("subscribeWallet", json!([alice.key()])).await;
    server.ok("saveWallet", alice.save(b"one")).await;
    server
        .refused("Conflict", "saveWallet", alice.save_after(b"x", b"y"))
        .await;
    server.ok("fetchWallet", alice.fetch()).await;
    server.ok("saveWallet", bob.save(b"bob's second")).await;
    server.ok("saveWallet", alice.save(b"two")).await;
    let (told, change) = socket.change().await;
    assert_eq!(
        (told, &change["local_hash"]),
        (number, &json!(hash(b"two")))
    );
}

#[tokio::test]
async fn a_subscription_ends_after_moved() {
    let server = Larimard::start().await;
    let (alice, new) = (person(1), person(2));
    server.create(&alice, b"one").await;
    let mut socket = server.socket().await;
    let number = socket.ok("subscribeWallet", json!([alice.key()])).await;
    let moved = server
        .ok("changePassword", alice.change(&new, b"two"))
        .await;
    let expected = json!({"event": "moved", "updated": moved["updated"]});
    assert_eq!(socket.change().await, (number.clone(), expected));
    // what happens to the wallet now is told to those who know the new key
    server.ok("saveWallet", new.save(b"three")).await;
    server
        .ok("changePassword", new.change(&alice, b"four"))
        .await;
    server.ok("saveWallet", alice.save(b"five")).await;
    socket.hears_nothing().await;
    assert_eq!(socket.ok("unsubscribeWallet", json!([number])).await, false);
}

#[tokio::test]
async fn a_subscription_ends_after_deleted() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    let mut socket = server.socket().await;
    let number = socket.ok("subscribeWallet", json!([alice.key()])).await;
    server.clock.advance(5);
    server.ok("deleteWallet", alice.delete(b"one")).await;
    let expected = json!({"event": "deleted", "updated": server.now()});
    assert_eq!(socket.change().await, (number, expected));
    server.create(&alice, b"two").await;
    server.ok("saveWallet", alice.save(b"three")).await;
    socket.hears_nothing().await;
    let refusal = socket
        .call("subscribeWallet", json!([person(9).key()]))
        .await;
    assert_eq!(refusal.unwrap_err().name(), "WalletNotFound");
}

#[tokio::test]
async fn a_retry_of_a_move_or_a_deletion_is_not_told_again() {
    let server = Larimard::start().await;
    let (alice, new) = (person(1), person(2));
    server.create(&alice, b"one").await;
    let change = alice.change(&new, b"two");
    server.ok("changePassword", change.clone()).await;
    let mut socket = server.socket().await;
    let number = socket.ok("subscribeWallet", new.fetch()).await;
    server.ok("changePassword", change).await;
    server.ok("deleteWallet", new.delete(b"two")).await;
    server.ok("deleteWallet", new.delete(b"two")).await;
    let (told, result) = socket.change().await;
    assert_eq!((told, &result["event"]), (number, &json!("deleted")));
    socket.hears_nothing().await;
}

#[tokio::test]
async fn unsubscribing_by_name_and_by_position() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    let mut socket = server.socket().await;
    let first = socket.ok("subscribeWallet", json!([alice.key()])).await;
    let second = socket.ok("subscribeWallet", json!([alice.key()])).await;
    assert_ne!(first, second);
    let by_name = json!({"subscription": first});
    assert_eq!(socket.ok("unsubscribeWallet", by_name.clone()).await, true);
    assert_eq!(socket.ok("unsubscribeWallet", by_name).await, false);
    server.ok("saveWallet", alice.save(b"two")).await;
    assert_eq!(socket.change().await.0, second);
    assert_eq!(socket.ok("unsubscribeWallet", json!([second])).await, true);
    server.ok("saveWallet", alice.save(b"three")).await;
    socket.hears_nothing().await;
    for params in [
        json!([]),
        json!({}),
        json!([null]),
        json!([[1]]),
        json!([1, 2]),
        json!({"subscription": 1, "more": 1}),
        json!({"id": 1}),
    ] {
        let refusal = socket
            .call("unsubscribeWallet", params.clone())
            .await
            .unwrap_err();
        assert_eq!(refusal.name(), "InvalidParams", "{params}");
    }
}

#[tokio::test]
async fn a_subscription_belongs_to_its_connection() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    let (mut first, mut second) = (server.socket().await, server.socket().await);
    let number = first.ok("subscribeWallet", json!([alice.key()])).await;
    assert_eq!(second.ok("unsubscribeWallet", json!([number])).await, false);
    server.ok("saveWallet", alice.save(b"two")).await;
    assert_eq!(first.change().await.0, number);
}

#[tokio::test]
async fn the_17th_subscription_of_a_connection_is_refused() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    let mut socket = server.socket().await;
    let mut numbers = Vec::new();
    for _ in 0..16 {
        numbers.push(socket.ok("subscribeWallet", json!([alice.key()])).await);
    }
    let refusal = socket.call("subscribeWallet", json!([alice.key()])).await;
    assert_eq!(refusal.unwrap_err().code, -32006);
    server
        .socket()
        .await
        .ok("subscribeWallet", json!([alice.key()]))
        .await;
    socket.ok("unsubscribeWallet", json!([numbers[0]])).await;
    socket.ok("subscribeWallet", json!([alice.key()])).await;
}

#[tokio::test]
async fn subscriptions_that_ended_make_room() {
    let server = Larimard::start().await;
    let (alice, bob) = (person(1), person(2));
    server.create(&alice, b"one").await;
    server.create(&bob, b"bob's").await;
    let mut socket = server.socket().await;
    for _ in 0..16 {
        socket.ok("subscribeWallet", json!([alice.key()])).await;
    }
    server.ok("deleteWallet", alice.delete(b"one")).await;
    for _ in 0..16 {
        assert_eq!(socket.change().await.1["event"], "deleted");
    }
    socket.hears_nothing().await;
    socket.ok("subscribeWallet", json!([bob.key()])).await;
}

#[tokio::test]
async fn a_subscription_counts_in_the_statistics() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    let mut socket = server.socket().await;
    socket.ok("subscribeWallet", json!([alice.key()])).await;
    let fetched = server.ok("fetchWallet", alice.fetch()).await;
    let access = &fetched["statistics"]["recent"][1];
    assert_eq!(
        (&access["method"], &access["outcome"]),
        (&json!("subscribeWallet"), &json!("ok"))
    );
}

#[tokio::test]
async fn a_batch_is_answered_over_websocket_too_and_every_entry_counts() {
    let server = Larimard::with(|settings| settings.limits.wallet_requests_per_hour = 4).await;
    let mut socket = server.socket().await;
    let entry = |id: u64| json!({"jsonrpc": "2.0", "id": id, "method": "fetchWallet", "params": [person(1).key()]});
    socket
        .send(json!([entry(1), entry(2), entry(3)]).to_string())
        .await;
    let answers = socket.next().await;
    let names: Vec<&Value> = (0..3)
        .map(|at| &answers[at]["error"]["data"]["name"])
        .collect();
    assert_eq!(names, ["WalletNotFound", "WalletNotFound", "RateLimited"]);
}
