//! Who may have a new wallet.

use serde_json::{Value, json};

use super::house::{House, Server, name};
use super::person::Person;

fn keys(digits: [&str; 3]) -> Value {
    json!(digits.map(|digits| digits.repeat(32)))
}

/// A house with a wallet, one that opens with a pin, and a code that nobody used, under a server that has stopped.
fn house(settings: &[&str]) -> (House, String) {
    let mut house = House::new();
    let server = house.start();
    server.create(&house, &Person::number(1), "one@example.org", b"one");
    server.ok("wallet/create", keys(["aa", "bb", "cc"]));
    server.ok("requestCode", json!(["two@elsewhere.example"]));
    let code = house.code("two@elsewhere.example");
    server.stop();
    settings.iter().for_each(|setting| house.set(setting));
    (house, code)
}

#[track_caller]
fn wallets_go_on_working(house: &House, server: &Server) {
    let (one, new) = (Person::number(1), Person::number(10));
    server.ok("saveWallet", one.save(b"two"));
    server.ok("changePassword", one.change(&new, b"three"));
    server.ok("fetchWallet", json!([new.key()]));
    let [access, pass, cstore] = ["aa", "bb", "cc"].map(|digits| digits.repeat(32));
    let pin = server.ok("wallet/create", json!([access, pass, cstore]))["pin"].take();
    server.ok("wallet/login", json!([access, pin]));
    let refused = server.refused("wallet/create", keys(["dd", "ee", "ff"]));
    assert_eq!(
        (refused["code"].as_i64(), name(&refused)),
        (Some(4690), "ServerError")
    );
    assert_eq!(refused["data"]["registration"], "closed");
    server.ok("deleteWallet", new.delete(super::house::NAME, b"three"));
    super::house::until("the log", || !house.log_lines().is_empty());
}

#[test]
fn closed_nobody_gets_a_code_and_no_code_is_taken() {
    let (house, code) = house(&["registration.mode=closed"]);
    let server = house.start();
    // whoever has a wallet and whoever has none hear the same
    let refused = ["one@example.org", "nobody@example.org"]
        .map(|email| server.refused("requestCode", json!([email])));
    assert_eq!(refused[0], refused[1]);
    assert_eq!(refused[0]["code"], -32602);
    assert_eq!(
        refused[0]["data"],
        json!({"name": "InvalidEmail", "param": "email", "registration": "closed"})
    );
    assert!(
        refused[0]["message"]
            .as_str()
            .unwrap()
            .contains("no new wallets")
    );
    let two = Person::number(2);
    let refused = server.refused("createWallet", two.create(&code, b"two"));
    assert_eq!(name(&refused), "InvalidCode");
    wallets_go_on_working(&house, &server);
}

#[test]
fn a_creation_that_was_answered_is_answered_again_when_registration_is_closed() {
    let mut house = House::new();
    let (server, one) = (house.start(), Person::number(1));
    server.ok("requestCode", json!(["one@example.org"]));
    let request = one.create(&house.code("one@example.org"), b"one");
    let created = server.ok("createWallet", request.clone());
    server.stop();
    house.set("registration.mode=closed");
    assert_eq!(house.start().ok("createWallet", request), created);
}

#[test]
fn with_domains_codes_go_there_only() {
    let (house, code) = house(&[
        "registration.mode=domains",
        "registration.domains=[\"example.org\", \"mail.example.net\"]",
    ]);
    let server = house.start();
    let mails = || std::fs::read_dir(house.path("mail")).unwrap().count();
    let before = mails();
    let refused = [
        "two@elsewhere.example",
        "x@below.example.org",
        "x@example.net",
        "x@example.org.evil.example",
        // a mail server that routes would send these elsewhere
        "two%elsewhere.example@example.org",
        "elsewhere.example!two@example.org",
        "/var/mail/two@example.org",
        "|two@example.org",
    ]
    .map(|email| server.refused("requestCode", json!([email])));
    assert!(refused.iter().all(|one| *one == refused[0]));
    assert_eq!(
        refused[0]["data"],
        json!({"name": "InvalidEmail", "param": "email", "registration": "domains"})
    );
    assert_eq!(mails(), before, "nothing was sent");
    // a code that was sent before
    server.ok("createWallet", Person::number(2).create(&code, b"two"));
    for (number, email) in [(3, "three@EXAMPLE.org"), (4, "four@mail.example.net")] {
        server.ok("requestCode", json!([email]));
        let code = house.code(&email.to_lowercase());
        server.ok("createWallet", Person::number(number).create(&code, b"x"));
    }
    // with a wallet or without: the same answer
    assert_eq!(
        server.ok("requestCode", json!(["one@example.org"])),
        server.ok("requestCode", json!(["nobody@example.org"])),
    );
    wallets_go_on_working(&house, &server);
}

#[test]
fn domains_that_mislead_are_refused() {
    for (settings, says) in [
        (&["registration.mode=domains"][..], "registration.domains"),
        (&["registration.domains=[\"*.example.org\"]"], "lower case"),
        (&["registration.domains=[\"Example.org\"]"], "lower case"),
        (&["registration.mode=some"], "registration.mode"),
    ] {
        let mut house = House::new();
        settings.iter().for_each(|setting| house.set(setting));
        let output = house.larimard(&["check-config"]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{settings:?}: {said}");
        assert!(said.contains(says), "{settings:?}: {said}");
    }
}
