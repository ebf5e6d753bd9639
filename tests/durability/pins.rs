//! Wallets that open with a pin: no crash gives a guess back, nothing that was answered is lost, and backups know them.

use std::time::Duration;

use serde_json::{Value, json};

use super::backups::{json_of, text, with_secret_of};
use super::caller::Dice;
use super::cases;
use super::house::{House, Server, name};

/// The keys of a wallet, as they go over the wire.
fn keys(number: u8) -> [String; 3] {
    [0xaa, 0xbb, 0xcc].map(|kind: u8| hex::encode([[kind; 16], [number; 16]].concat()))
}

fn create(server: &Server, number: u8) -> String {
    let made = server.ok("wallet/create", json!(keys(number)));
    made["pin"].as_str().unwrap().to_owned()
}

fn owner(number: u8, more: Option<Value>) -> Value {
    let [access, pass, _] = keys(number);
    match more {
        Some(more) => json!([access, pass, more]),
        None => json!([access, pass]),
    }
}

/// Guesses until there is no answer, and counts those that were compared.
fn guess(server: &Server, number: u8, dice: u64) -> (u64, bool) {
    let [access, ..] = keys(number);
    let mut compared = 0;
    for guess in 0.. {
        let pin = format!("guess{dice}{guess}");
        match server.ask("wallet/login", &json!([access, pin])) {
            Some(Err(error)) if name(&error) == "WalletLocked" => return (compared, true),
            Some(Err(error)) => {
                assert!(name(&error).starts_with("InvalidPin"), "{error}");
                compared += 1;
            }
            Some(Ok(_)) => panic!("no guess is right"),
            None => break,
        }
    }
    (compared, false)
}

#[test]
fn guesses_cannot_be_had_back_by_killing_the_server() {
    let rounds = cases(2, 10);
    let mut dice = Dice(0x5EED_0F91);
    let mut cut_off = 0;
    for round in 0..rounds {
        let most = 200 + dice.below(300);
        let mut house = House::new();
        house.set(&format!("pins.attempts={most}"));
        let server = house.start();
        let pin = create(&server, 1);
        server.stop();
        let mut compared = 0;
        for life in 0.. {
            let server = house.start();
            let after = Duration::from_millis(20 + dice.below(150));
            let (more, locked) = std::thread::scope(|threads| {
                let guessing = threads.spawn(|| guess(&server, 1, life));
                std::thread::sleep(after);
                server.signal("KILL");
                guessing.join().unwrap()
            });
            server.kill();
            compared += more;
            assert!(
                compared <= most,
                "{compared} of {most} guesses, in round {round}"
            );
            if locked {
                break;
            }
            cut_off += 1;
        }
        let server = house.start();
        let refused = server.refused("wallet/login", json!([keys(1)[0], pin]));
        assert_eq!(name(&refused), "WalletLocked");
        assert_eq!(server.ok("wallet/access", owner(1, None))["pin"], pin);
        server.ok("wallet/login", json!([keys(1)[0], pin]));
        server.stop();
    }
    assert!(cut_off > 0, "no guess was cut off");
    super::tell(&format!(
        "pins: {rounds} wallets guessed at through {cut_off} kills, never more often than allowed"
    ));
}

#[test]
fn what_was_answered_survives_kills() {
    let house = House::new();
    let mut dice = Dice(0xADD5);
    let mut added: Vec<Value> = Vec::new();
    let server = house.start();
    create(&server, 1);
    server.kill();
    let mut unknown: Option<Value> = None;
    for _ in 0..cases(6, 40) {
        let server = house.start();
        let found = server.ok("wallet/download", owner(1, None))["walletAddresses"].take();
        let found = found.as_array().unwrap();
        assert_eq!(
            found[..added.len()],
            added[..],
            "what was answered is there, in its order"
        );
        // of what was not, all or nothing
        assert!(
            found[added.len()..]
                .iter()
                .all(|object| Some(object) == unknown.as_ref())
        );
        added = found.clone();
        unknown = std::thread::scope(|threads| {
            let (server, added) = (&server, &mut added);
            let adding = threads.spawn(move || {
                loop {
                    let object = json!({"pub": format!("!{:0>2000}", added.len())});
                    let params = owner(1, Some(json!([object])));
                    match server.ask("wallet/add", &params) {
                        Some(Ok(_)) => added.push(object),
                        Some(Err(error)) => {
                            assert_eq!(name(&error), "QuotaExceeded", "{error}");
                            return None;
                        }
                        None => return Some(object),
                    }
                }
            });
            std::thread::sleep(Duration::from_millis(20 + dice.below(100)));
            server.signal("KILL");
            adding.join().unwrap()
        });
        server.kill();
    }
    assert!(added.len() > 5, "{} were added", added.len());
    let verified = json_of(&house, &["verify"]);
    assert_eq!(
        (&verified["pin_wallets"], &verified["faults"]),
        (&json!(1), &json!(0))
    );
}

#[test]
fn a_backup_brings_them_back_with_pin_count_and_addresses() {
    let house = House::new();
    let server = house.start();
    let pins: Vec<String> = (1..=3).map(|number| create(&server, number)).collect();
    // in several chunks
    let objects: Vec<Value> = (0..100)
        .map(|number| json!({"pub": format!("!{number:0>2000}")}))
        .collect();
    server.ok("wallet/add", owner(1, Some(json!(objects))));
    server.refused("wallet/login", json!([keys(2)[0], "k3m7xq"]));
    server.ok("wallet/lock", json!([keys(3)[0]]));
    let file = house.path("backup.larimar");
    let said = json_of(&house, &["backup", text(&file)]);
    assert_eq!(
        (&said["wallets"], &said["pin_wallets"]),
        (&json!(0), &json!(3))
    );
    // another pin since then
    server.ok("wallet/changepin", owner(2, Some(json!("vq7m2p"))));
    server.ok("wallet/delete", owner(1, None));
    server.stop();

    let other = with_secret_of(&house);
    let restored = json_of(&other, &["restore", text(&file)]);
    assert_eq!(restored["pin_wallets"], 3);
    let verified = json_of(&other, &["verify"]);
    assert_eq!(
        (&verified["pin_wallets"], &verified["faults"]),
        (&json!(3), &json!(0))
    );
    let server = other.start();
    let said = server.said();
    assert!(said.contains("0 wallets, 3 with a pin"), "{said}");
    assert_eq!(
        server.ok("wallet/download", owner(1, None))["walletAddresses"],
        json!(objects)
    );
    assert_eq!(
        server.ok("wallet/login", json!([keys(1)[0], pins[0]]))["cstoreKey"],
        keys(1)[2]
    );
    for _ in 0..3 {
        assert_eq!(
            name(&server.refused("wallet/login", json!([keys(2)[0], "k3m7xq"]))),
            "InvalidPin"
        );
    }
    assert_eq!(
        name(&server.refused("wallet/login", json!([keys(2)[0], "k3m7xq"]))),
        "InvalidPinLocked"
    );
    assert_eq!(server.ok("wallet/access", owner(2, None))["pin"], pins[1]);
    assert_eq!(
        name(&server.refused("wallet/login", json!([keys(3)[0], pins[2]]))),
        "WalletLocked"
    );
    server.stop();
}
