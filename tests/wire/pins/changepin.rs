//! `wallet/changepin`.

use serde_json::json;

use super::Owner;
use crate::harness::Larimard;

#[tokio::test]
async fn the_new_pin_is_the_only_one() {
    let mut server = Larimard::start().await;
    let (owner, old) = Owner::on(&server, 1).await;
    server
        .ok(
            "wallet/changepin",
            json!([owner.access, owner.pass, "k3m7xq"]),
        )
        .await;
    server.restart().await;
    server
        .refused("InvalidPin", "wallet/login", owner.login(&old))
        .await;
    let opened = server.ok("wallet/login", owner.login("k3m7xq")).await;
    assert_eq!(opened["cstoreKey"], owner.cstore);
    assert_eq!(
        server.ok("wallet/access", owner.keys()).await["pin"],
        "k3m7xq"
    );
    // said again, as after an answer that never came
    server
        .ok(
            "wallet/changepin",
            json!([owner.access, owner.pass, "k3m7xq"]),
        )
        .await;
    // a locked wallet stays locked
    server.ok("wallet/lock", json!([owner.access])).await;
    server
        .ok(
            "wallet/changepin",
            json!([owner.access, owner.pass, "vq7m2p"]),
        )
        .await;
    server
        .refused("WalletLocked", "wallet/login", owner.login("vq7m2p"))
        .await;
}

#[tokio::test]
async fn pins_that_cannot_be_chosen_are_refused_in_this_order() {
    let mut server = Larimard::start().await;
    let (owner, pin) = Owner::on(&server, 1).await;
    let params = |pin: &str| json!([owner.access, owner.pass, pin]);
    for (name, chosen) in [
        ("InvalidPinTooShort", ""),
        ("InvalidPinTooShort", "A0"),
        ("InvalidPinTooShort", "aaaaa"),
        ("InvalidPinTooLong", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ("InvalidPinTooLong", &"a".repeat(100_000)),
        ("InvalidPinChars", "AAAAAA"),
        ("InvalidPinChars", "tha1ec"),
        ("InvalidPinChars", "tha8e "),
        ("InvalidPinNotSecure", "aaaaaa"),
        ("InvalidPinNotSecure", "abcdef"),
        ("InvalidPinNotSecure", "password"),
    ] {
        let refusal = server
            .refused(name, "wallet/changepin", params(chosen))
            .await;
        assert_eq!(refusal.param(), "pin");
    }
    server.ok("wallet/login", owner.login(&pin)).await;
    server
        .ok(
            "wallet/changepin",
            params("gfu9t2mqk7gfu9t2mqk7vbn4r5tyhz8p"),
        )
        .await;
    server
        .restart_with(|settings| settings.pins.change_allowed = false)
        .await;
    for chosen in ["", "k3m7xq"] {
        server
            .refused("PinChangeNotAllowed", "wallet/changepin", params(chosen))
            .await;
    }
    // nobody but the owner hears of it
    let other = Owner::numbered(2);
    server
        .refused(
            "IncorrectPassKey",
            "wallet/changepin",
            json!([owner.access, other.pass, ""]),
        )
        .await;
}
