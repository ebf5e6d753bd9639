//! How often a pin can be guessed.

use futures_util::future::join_all;
use serde_json::json;

use super::{Owner, wrong};
use crate::harness::Larimard;

#[tokio::test]
async fn the_wrong_pin_that_uses_up_the_attempts_locks_the_wallet() {
    let server = Larimard::start().await;
    let (owner, pin) = Owner::on(&server, 1).await;
    for _ in 0..4 {
        server
            .refused("InvalidPin", "wallet/login", owner.login(&wrong(&pin)))
            .await;
    }
    server
        .refused(
            "InvalidPinLocked",
            "wallet/login",
            owner.login(&wrong(&pin)),
        )
        .await;
    for pin in [&pin, &wrong(&pin)] {
        server
            .refused("WalletLocked", "wallet/login", owner.login(pin))
            .await;
    }
    server
        .refused(
            "IncorrectPassKey",
            "wallet/access",
            json!([owner.access, Owner::numbered(9).pass]),
        )
        .await;
    server
        .refused("WalletLocked", "wallet/login", owner.login(&pin))
        .await;
    server.ok("wallet/access", owner.keys()).await;
    server.ok("wallet/login", owner.login(&pin)).await;
}

#[tokio::test]
async fn the_right_pin_and_the_pass_key_set_the_count_back() {
    let mut server = Larimard::start().await;
    let (owner, pin) = Owner::on(&server, 1).await;
    for round in 0..6 {
        for _ in 0..4 {
            server
                .refused("InvalidPin", "wallet/login", owner.login(&wrong(&pin)))
                .await;
        }
        match round % 2 {
            0 => drop(server.ok("wallet/login", owner.login(&pin)).await),
            _ => drop(server.ok("wallet/access", owner.keys()).await),
        }
    }
    // a restart does not, and neither does a new pin
    for _ in 0..2 {
        server
            .refused("InvalidPin", "wallet/login", owner.login(&wrong(&pin)))
            .await;
        server.restart().await;
        server
            .ok(
                "wallet/changepin",
                json!([owner.access, owner.pass, "tha8ec"]),
            )
            .await;
        server
            .refused("InvalidPin", "wallet/login", owner.login("k3m7xq"))
            .await;
    }
    server
        .refused("InvalidPinLocked", "wallet/login", owner.login("k3m7xq"))
        .await;
}

#[tokio::test]
async fn a_hundred_wrong_pins_at_once_spend_the_count_exactly() {
    let server = Larimard::with(|settings| settings.pins.attempts = 7).await;
    for number in 1..=3 {
        let (owner, pin) = Owner::on(&server, number).await;
        let guesses = (0..100).map(|_| server.call("wallet/login", owner.login(&wrong(&pin))));
        let mut names: Vec<String> = join_all(guesses)
            .await
            .into_iter()
            .map(|answer| answer.unwrap_err().name().to_owned())
            .collect();
        names.sort();
        let count = |name: &str| names.iter().filter(|found| *found == name).count();
        assert_eq!(
            (
                count("InvalidPin"),
                count("InvalidPinLocked"),
                count("WalletLocked")
            ),
            (6, 1, 93)
        );
    }
}

#[tokio::test]
async fn the_right_pin_among_wrong_ones_gives_nothing_back() {
    let server = Larimard::start().await;
    let (owner, pin) = Owner::on(&server, 1).await;
    // whichever way they fall, no more wrong ones are compared than five in a row
    for _ in 0..10 {
        server.ok("wallet/access", owner.keys()).await;
        let tries: Vec<String> = (0..20)
            .map(|number| {
                if number == 10 {
                    pin.clone()
                } else {
                    wrong(&pin)
                }
            })
            .collect();
        let answers = join_all(
            tries
                .iter()
                .map(|pin| server.call("wallet/login", owner.login(pin))),
        )
        .await;
        let wrong = answers.iter().filter(
            |answer| matches!(answer, Err(refusal) if refusal.name().starts_with("InvalidPin")),
        );
        let opened = answers.iter().filter(|answer| answer.is_ok()).count();
        assert!(wrong.count() <= 5 + 5 * opened);
    }
}

#[tokio::test]
async fn any_other_text_is_a_wrong_pin() {
    let server = Larimard::with(|settings| settings.pins.attempts = 1000).await;
    let (owner, pin) = Owner::on(&server, 1).await;
    let long = "a".repeat(100_000);
    for text in [
        "",
        " ",
        &pin.to_uppercase(),
        &format!("{pin} "),
        &format!("{pin}a"),
        &pin[..5],
        "é",
        "\0",
        &long,
    ] {
        server
            .refused("InvalidPin", "wallet/login", owner.login(text))
            .await;
    }
    server.ok("wallet/login", owner.login(&pin)).await;
}

#[tokio::test]
async fn attempts_can_be_one() {
    let server = Larimard::with(|settings| settings.pins.attempts = 1).await;
    let (owner, pin) = Owner::on(&server, 1).await;
    server.ok("wallet/login", owner.login(&pin)).await;
    server
        .refused(
            "InvalidPinLocked",
            "wallet/login",
            owner.login(&wrong(&pin)),
        )
        .await;
    server
        .refused("WalletLocked", "wallet/login", owner.login(&pin))
        .await;
}

#[tokio::test]
async fn entries_of_a_batch_and_calls_over_websocket_count_one_by_one() {
    let server = Larimard::start().await;
    let (owner, pin) = Owner::on(&server, 1).await;
    let entry = |id: usize| json!({"jsonrpc": "2.0", "id": id, "method": "wallet/login", "params": owner.login(&wrong(&pin))});
    let batch: Vec<_> = (0..10).map(entry).collect();
    let answers = server.caller().json(&json!(batch)).await;
    let names: Vec<&str> = answers
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| answer["error"]["data"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            ["InvalidPin"; 4].as_slice(),
            &["InvalidPinLocked"],
            &["WalletLocked"; 5]
        ]
        .concat()
    );
    server.ok("wallet/access", owner.keys()).await;
    let mut socket = server.socket().await;
    for id in 0..5 {
        let refused = socket.call("wallet/login", owner.login(&wrong(&pin))).await;
        let name = if id < 4 {
            "InvalidPin"
        } else {
            "InvalidPinLocked"
        };
        assert_eq!(refused.unwrap_err().name(), name);
    }
}

#[tokio::test]
async fn a_setting_that_was_lowered_counts_at_once() {
    let mut server = Larimard::with(|settings| settings.pins.attempts = 10).await;
    let (owner, pin) = Owner::on(&server, 1).await;
    for _ in 0..4 {
        server
            .refused("InvalidPin", "wallet/login", owner.login(&wrong(&pin)))
            .await;
    }
    server
        .restart_with(|settings| settings.pins.attempts = 3)
        .await;
    server
        .refused("WalletLocked", "wallet/login", owner.login(&pin))
        .await;
    server.ok("wallet/access", owner.keys()).await;
    server.ok("wallet/login", owner.login(&pin)).await;
}

#[tokio::test]
async fn what_else_the_owner_does_meanwhile_gives_no_guess_back() {
    let server = Larimard::start().await;
    let (owner, pin) = Owner::on(&server, 1).await;
    let change = json!([owner.access, owner.pass, "k3m7xq"]);
    let guesses = (0..30).map(|_| server.call("wallet/login", owner.login(&wrong(&pin))));
    let changes = (0..10).map(|_| server.call("wallet/changepin", change.clone()));
    let creates = (0..10).map(|_| {
        server.call(
            "wallet/create",
            json!([owner.access, owner.pass, owner.cstore]),
        )
    });
    let adds = (0..10).map(|number| {
        server.call(
            "wallet/add",
            owner.add(&json!([{"x": format!("!{number}")}])),
        )
    });
    let (guessed, changed, created, added) = futures_util::join!(
        join_all(guesses),
        join_all(changes),
        join_all(creates),
        join_all(adds)
    );
    assert!(
        changed
            .iter()
            .chain(&created)
            .chain(&added)
            .all(Result::is_ok)
    );
    let compared = guessed
        .iter()
        .filter(|answer| answer.as_ref().unwrap_err().name() != "WalletLocked");
    assert_eq!(compared.count(), 5);
    // of adds at once, none is lost
    assert_eq!(owner.addresses(&server).await.as_array().unwrap().len(), 10);
}
