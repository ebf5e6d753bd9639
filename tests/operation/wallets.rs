//! `larimard wallets`: which there are, and erasing what a person asks to be erased.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use super::house::{House, NAME, Server, name};
use super::person::{Person, hash};

/// Exit code, standard output, standard error.
fn wallets(house: &House, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = house.larimard(&["wallets"]);
    let output = command.args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[track_caller]
fn objects(house: &House, arguments: &[&str]) -> Vec<Value> {
    let (code, printed, said) = wallets(house, &[arguments, &["--json"]].concat());
    assert_eq!(code, Some(0), "{said}");
    let lines = printed.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Does it twice: with a server, which is handed over, and without one.
fn with_and_without_a_server(work: impl Fn(&House, Option<&Server>)) {
    for runs in [true, false] {
        let house = House::new();
        let server = house.start();
        server.create(&house, &Person::number(1), "one@example.org", b"one");
        server.ok("saveWallet", Person::number(1).save(b"one and more"));
        server.create(&house, &Person::number(2), "two@example.org", b"two");
        let [access, pass, cstore] = pin_keys();
        server.ok("wallet/create", json!([access, pass, cstore]));
        server.ok(
            "wallet/add",
            json!([access, pass, [{"x": "!hidden-object"}]]),
        );
        if runs {
            work(&house, Some(&server));
        } else {
            server.stop();
            work(&house, None);
        }
    }
}

fn pin_keys() -> [String; 3] {
    ["aa", "bb", "cc"].map(|digits| digits.repeat(32))
}

/// By what the access log names this person's wallet.
fn fingerprint(house: &House, method: &str) -> String {
    let lines = house.log_lines();
    let line = lines.iter().find(|line| line["method"] == method).unwrap();
    line["wallet"].as_str().unwrap().to_owned()
}

#[test]
fn they_are_listed_and_shown_by_each_of_their_names() {
    with_and_without_a_server(|house, server| {
        if server.is_some() {
            super::house::until("the log", || house.log_lines().len() > 6);
        }
        let listed = objects(house, &["list"]);
        let kinds: Vec<_> = listed
            .iter()
            .map(|row| row["kind"].as_str().unwrap())
            .collect();
        assert_eq!(kinds, ["wallet", "wallet", "pin"]);
        let one = &listed[0];
        assert_eq!(one["publickey"], Person::number(1).key());
        assert_eq!(one["name"], fingerprint(house, "saveWallet"));
        assert_eq!(
            (&one["bytes"], &one["revision"]),
            (&json!(12), &Value::Null)
        );
        assert_eq!(one["older"], json!({"versions": 1, "bytes": 3}));
        assert_eq!(one["email"], true);
        assert!(one["accessed"].is_string());

        let key = Person::number(1).key();
        for name in [
            "one@example.org",
            " One@Example.ORG ",
            &key,
            one["name"].as_str().unwrap(),
        ] {
            assert_eq!(
                objects(house, &["show", name]),
                std::slice::from_ref(one),
                "{name}"
            );
        }
        let [access, ..] = pin_keys();
        for name in [&access, listed[2]["name"].as_str().unwrap()] {
            assert_eq!(objects(house, &["show", name]), listed[2..], "{name}");
        }
        let (code, list, said) = wallets(house, &["list"]);
        assert_eq!((code, list.lines().count()), (Some(0), 4), "{said}");
        let (_, shown, _) = wallets(house, &["show", "one@example.org"]);
        for hidden in [
            "example.org",
            "one and more",
            "b25l",
            "hidden-object",
            &access,
        ] {
            assert!(
                !format!("{list}{shown}{listed:?}").contains(hidden),
                "{hidden}"
            );
        }
        let password = "if its password was changed";
        for (nobody, hint) in [
            ("nobody@example.org", "with this e-mail address"),
            ("0000000000000000", password),
            (&Person::number(3).key(), password),
            ("pin:0000000000000000", "list shows all"),
            (&"ff".repeat(32), "list shows all"),
        ] {
            for command in ["show", "delete"] {
                let (code, printed, said) = wallets(house, &[command, nobody]);
                assert_eq!((code, &*printed), (Some(4), ""), "{nobody}: {said}");
                assert!(said.contains(hint), "{nobody}: {said}");
                assert_eq!(said.contains(password), hint == password, "{said}");
            }
        }
        for nonsense in ["zzz", "nobody@", "0123456789abcde", "pin:00"] {
            for command in ["show", "delete"] {
                let (code, printed, said) = wallets(house, &[command, nonsense]);
                assert_eq!((code, &*printed), (Some(2), ""), "{nonsense}: {said}");
                assert!(said.contains("an e-mail address, 16 hex digits"), "{said}");
            }
        }
    });
}

#[test]
fn what_is_erased_is_gone_durably_and_the_owner_hears_that_it_was_deleted() {
    with_and_without_a_server(|house, server| {
        let (one, two) = (Person::number(1), Person::number(2));
        let (code, _, said) = wallets(house, &["delete", "one@example.org"]);
        assert_eq!(code, Some(2));
        assert!(said.contains("nothing was erased: --yes"), "{said}");

        let (code, printed, said) = wallets(house, &["delete", "--yes", "one@example.org"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(
            printed.contains("erased ") && printed.contains("remains"),
            "{printed}"
        );
        assert!(printed.contains("backups"), "{printed}");
        let (code, ..) = wallets(house, &["delete", "--yes", "one@example.org"]);
        assert_eq!(code, Some(4), "it is gone");

        // what answered is on the disk: nothing is stopped in the proper way
        let started;
        let server = match server {
            Some(server) => {
                server.signal("KILL");
                started = house.start();
                &started
            }
            None => {
                started = house.start();
                &started
            }
        };
        let refused = server.refused("fetchWallet", json!([one.key()]));
        assert_eq!(
            (name(&refused), &refused["data"]["was"]),
            ("WalletNotFound", &json!("deleted"))
        );
        for (method, params) in [
            ("listVersions", json!([one.key()])),
            ("fetchVersion", json!([one.key(), hash(b"one")])),
            ("saveWallet", one.save(b"again")),
        ] {
            assert_eq!(name(&server.refused(method, params)), "WalletNotFound");
        }
        // what the owner would have said is answered as done
        server.ok("deleteWallet", one.delete(NAME, b"one and more"));
        // nobody brings old data back, and the address is free
        server.ok("requestCode", json!(["one@example.org"]));
        let code = house.code("one@example.org");
        let refused = server.refused("createWallet", one.create(&code, b"one"));
        assert_eq!(name(&refused), "Stale");
        server.ok("createWallet", one.create(&code, b"something new"));
        let statistics = &server.ok("fetchWallet", json!([one.key()]))["statistics"];
        assert_eq!(
            statistics["fetches"], 1,
            "those of the erased wallet are gone"
        );
        server.ok("fetchWallet", json!([two.key()]));
        let mut verify = house.larimard(&["verify"]);
        assert!(verify.output().unwrap().status.success());
    });
}

#[test]
fn a_wallet_that_opens_with_a_pin_is_erased_by_its_access_key_or_as_listed() {
    with_and_without_a_server(|house, server| {
        let [access, pass, cstore] = pin_keys();
        let listed = objects(house, &["list"]);
        let name = match server {
            Some(_) => access.as_str(),
            None => listed[2]["name"].as_str().unwrap(),
        };
        let told = objects(house, &["delete", "--yes", name]);
        assert_eq!(told[0]["deleted"], listed[2]);
        assert!(told[0]["remains"].as_array().unwrap().len() > 2);
        assert_eq!(objects(house, &["list"]).len(), 2);
        let started;
        let server = match server {
            Some(server) => server,
            None => {
                started = house.start();
                &started
            }
        };
        let refused = server.refused("wallet/access", json!([access, pass]));
        assert_eq!(super::house::name(&refused), "UnknownAccessKey");
        server.ok("wallet/create", json!([access, pass, cstore]));
        assert_eq!(
            server.ok("wallet/download", json!([access, pass]))["walletAddresses"],
            json!([])
        );
    });
}

#[test]
fn who_listens_to_the_wallet_hears_that_it_was_deleted() {
    use tokio_tungstenite::tungstenite::{Message, connect};
    let house = House::new();
    let server = house.start();
    let one = Person::number(1);
    server.create(&house, &one, "one@example.org", b"one");
    let (mut socket, _) = connect(format!("ws://{}/", server.address)).unwrap();
    let request = super::house::request("subscribeWallet", &json!([one.key()]));
    socket.send(Message::text(request)).unwrap();
    let mut text = || -> Value {
        loop {
            // there are pings in between
            if let Message::Text(text) = socket.read().unwrap() {
                return serde_json::from_str(&text).unwrap();
            }
        }
    };
    assert!(text()["result"].is_number());
    assert_eq!(wallets(&house, &["delete", "--yes", &one.key()]).0, Some(0));
    let heard = text();
    assert_eq!(heard["params"]["result"]["event"], "deleted", "{heard}");
}

/// At a terminal, where this is typed when the command asks.
fn asked(house: &House, arguments: &[&str], typed: &str) -> (Option<i32>, String) {
    let command = house.larimard(arguments);
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words = words.map(|word| format!("'{}'", word.to_str().unwrap()));
    let line = words.collect::<Vec<_>>().join(" ");
    let mut script = std::process::Command::new("script");
    script.args(["-qec", &line, "/dev/null"]);
    script.current_dir(command.get_current_dir().unwrap());
    script.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = script.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(format!("{typed}\r").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    drop(input);
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

#[test]
fn at_a_terminal_it_asks_and_anything_but_yes_erases_nothing() {
    let house = House::new();
    let server = house.start();
    server.create(&house, &Person::number(1), "one@example.org", b"one");
    let delete = ["wallets", "delete", "one@example.org"];
    for typed in ["n", "", "one@example.org"] {
        let (code, shown) = asked(&house, &delete, typed);
        assert_eq!(code, Some(1), "{shown}");
        assert!(shown.contains("Erase it for good? [y/N]"), "{shown}");
        assert!(shown.contains(&Person::number(1).key()), "{shown}");
        assert!(shown.contains("nothing was erased"), "{shown}");
    }
    server.ok("fetchWallet", json!([Person::number(1).key()]));
    let (code, shown) = asked(&house, &delete, "y");
    assert_eq!(code, Some(0), "{shown}");
    server.refused("fetchWallet", json!([Person::number(1).key()]));
}

#[test]
fn codes_that_were_sent_to_the_address_are_void() {
    let house = House::new();
    let server = house.start();
    server.create(&house, &Person::number(1), "one@example.org", b"one");
    server.ok("requestCode", json!(["one@example.org"]));
    server.ok("requestCode", json!(["two@example.org"]));
    let codes = ["one@example.org", "two@example.org"].map(|email| house.code(email));
    assert_eq!(
        wallets(&house, &["delete", "--yes", "one@example.org"]).0,
        Some(0)
    );
    let refused = server.refused("createWallet", Person::number(3).create(&codes[0], b"x"));
    assert_eq!(name(&refused), "InvalidCode");
    server.ok("createWallet", Person::number(3).create(&codes[1], b"x"));
}

#[test]
fn an_address_may_come_from_standard_input() {
    let house = House::new();
    let server = house.start();
    server.create(&house, &Person::number(1), "one@example.org", b"one");
    let mut command = house.larimard(&["wallets", "delete", "--yes", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = command.spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"one@example.org\n")
        .unwrap();
    assert!(child.wait().unwrap().success());
    server.refused("fetchWallet", json!([Person::number(1).key()]));
    let said = server.stop();
    assert!(said.contains("erased by the operator"), "{said}");
    assert!(!said.contains("example.org"), "{said}");
}

#[test]
fn after_a_password_change_the_address_still_names_the_wallet() {
    let house = House::new();
    let server = house.start();
    let (old, new) = (Person::number(1), Person::number(2));
    server.create(&house, &old, "one@example.org", b"one");
    server.ok("changePassword", old.change(&new, b"two"));
    assert_eq!(wallets(&house, &["show", &old.key()]).0, Some(4));
    let shown = objects(&house, &["show", "one@example.org"]);
    assert_eq!(shown[0]["publickey"], new.key());
    // one whose address another wallet took over has none
    server.ok("requestCode", json!(["one@example.org"]));
    let mut request = Person::number(3).create(&house.code("one@example.org"), b"three");
    request["replace"] = json!(true);
    server.ok("createWallet", request);
    let listed = objects(&house, &["list"]);
    let emails: Vec<_> = listed.iter().map(|row| row["email"] == true).collect();
    assert_eq!(emails, [false, true]);
    let shown = objects(&house, &["show", "one@example.org"]);
    assert_eq!(shown[0]["publickey"], Person::number(3).key());
}

#[test]
fn more_wallets_than_a_page_are_all_listed_once() {
    let house = House::new();
    let server = house.start();
    let [_, pass, cstore] = pin_keys();
    let made = |number: u64| format!("{number:064x}");
    for number in 0..1100 {
        server.ok("wallet/create", json!([made(number), pass, cstore]));
    }
    server.create(&house, &Person::number(1), "one@example.org", b"one");
    let listed = objects(&house, &["list"]);
    assert_eq!(listed.len(), 1101);
    let names: std::collections::BTreeSet<_> =
        listed.iter().map(|row| row["name"].to_string()).collect();
    assert_eq!(names.len(), 1101);
    assert_eq!(listed[0]["kind"], "wallet");
    let shown = objects(&house, &["show", &made(700)]);
    assert!(listed.contains(&shown[0]));
    // a reader who has seen enough
    let mut command = house.larimard(&["wallets", "list"]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn without_a_store_there_is_nothing_to_list_and_none_is_made() {
    let house = House::new();
    let (code, _, said) = wallets(&house, &["list"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("there is no store in"), "{said}");
    assert!(!house.path("data").exists() && !house.path("larimar.secret").exists());
}

#[test]
fn with_a_full_disk_they_are_listed_and_none_is_erased() {
    let mut house = House::new();
    let server = house.start();
    server.create(&house, &Person::number(1), "one@example.org", b"one");
    server.stop();
    house.set(&format!("store.min_free_bytes={}", 1_u64 << 50));
    assert_eq!(objects(&house, &["list"]).len(), 1);
    assert_eq!(objects(&house, &["show", "one@example.org"]).len(), 1);
    let (code, _, said) = wallets(&house, &["delete", "--yes", "one@example.org"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("store.min_free_bytes"), "{said}");
    assert_eq!(objects(&house, &["list"]).len(), 1);
}
