//! The brake on an attack on many wallets.

use serde_json::json;

use super::{Owner, wrong};
use crate::harness::{DAY, HOUR, Larimard};

#[tokio::test]
async fn it_closes_for_unknown_addresses_and_opens_again() {
    let server = Larimard::with(|settings| settings.pins.attack_per_hour = 2).await;
    let mut owners = Vec::new();
    for number in 0..5 {
        owners.push(Owner::on(&server, number).await);
    }
    let attacker = server.from("127.0.0.66");
    // of one wallet, one wrong pin counts
    for _ in 0..3 {
        attacker
            .refused(
                "InvalidPin",
                "wallet/login",
                owners[0].0.login(&wrong(&owners[0].1)),
            )
            .await;
    }
    attacker
        .refused(
            "InvalidPin",
            "wallet/login",
            owners[1].0.login(&wrong(&owners[1].1)),
        )
        .await;
    attacker
        .ok("wallet/login", owners[4].0.login(&owners[4].1))
        .await;
    attacker
        .refused(
            "InvalidPin",
            "wallet/login",
            owners[2].0.login(&wrong(&owners[2].1)),
        )
        .await;

    // right or wrong, it is not looked at, and not counted
    for pin in [&owners[3].1, &wrong(&owners[3].1)] {
        for _ in 0..6 {
            let refusal = attacker
                .refused("ServerError", "wallet/login", owners[3].0.login(pin))
                .await;
            let wait = refusal.data["retry_after"].as_u64().unwrap();
            assert!((1..=3600).contains(&wait), "{wait}");
        }
    }
    // whoever opened this wallet from there before is let in; another's does not help, and neither does having made it
    attacker
        .ok("wallet/login", owners[4].0.login(&owners[4].1))
        .await;
    server
        .refused(
            "ServerError",
            "wallet/login",
            owners[3].0.login(&owners[3].1),
        )
        .await;
    // from a known address wrong pins are compared, and hold nothing closed
    attacker
        .refused(
            "InvalidPin",
            "wallet/login",
            owners[4].0.login(&wrong(&owners[4].1)),
        )
        .await;
    // what is locked or not there is said as ever, and the keyphrase works
    attacker
        .refused(
            "UnknownAccessKey",
            "wallet/login",
            Owner::numbered(99).login("tha8ec"),
        )
        .await;
    let newcomer = server.from("127.0.0.67");
    newcomer.ok("wallet/access", owners[3].0.keys()).await;
    newcomer
        .ok("wallet/login", owners[3].0.login(&owners[3].1))
        .await;
    newcomer
        .refused(
            "ServerError",
            "wallet/login",
            owners[1].0.login(&owners[1].1),
        )
        .await;

    server.clock.advance(HOUR);
    attacker
        .ok("wallet/login", owners[1].0.login(&owners[1].1))
        .await;
}

#[tokio::test]
async fn an_address_is_known_for_thirty_days() {
    let server = Larimard::with(|settings| settings.pins.attack_per_hour = 1).await;
    let (owner, pin) = Owner::on(&server, 0).await;
    let attack = async |first: u8| {
        for number in [first, first + 1] {
            let (other, pin) = Owner::on(&server, number).await;
            server
                .refused("InvalidPin", "wallet/login", other.login(&wrong(&pin)))
                .await;
        }
    };
    server.ok("wallet/login", owner.login(&pin)).await;
    server.clock.advance(30 * DAY);
    attack(10).await;
    server.ok("wallet/login", owner.login(&pin)).await;
    server.clock.advance(30 * DAY + 1);
    attack(20).await;
    server
        .refused("ServerError", "wallet/login", owner.login(&pin))
        .await;
    server
        .ok("wallet/access", json!([owner.access, owner.pass]))
        .await;
    server.ok("wallet/login", owner.login(&pin)).await;
}
