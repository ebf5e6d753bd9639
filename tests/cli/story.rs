//! Wallets through the binaries alone: `larimar` against `larimard`, codes from real mail files.

use serde_json::{Value, json};

use crate::person::{EMAIL, OTHER, PASSWORD, Person, error};
use crate::program::{Done, Larimar};
use crate::server::Larimard;

#[test]
fn a_wallet_lives() {
    let server = Larimard::start();
    let alice = Person::at(&server);

    let created = alice.creates(&server, "first");
    assert_eq!(created["revision"], 1);
    let fetched = alice.fetches();
    assert_eq!(
        (&fetched["text"], &fetched["revision"]),
        (&json!("first"), &json!(1))
    );
    assert_eq!(fetched["local_hash"], created["local_hash"]);

    // two devices: the second to save is told, and nothing of the first is lost
    let save = ["save", "--data", "-", "--expect-revision", "1"];
    alice.does(&save, "second\n").ok();
    let late = alice.does(&save, "lost");
    assert_eq!(late.code, 4, "{}", late.err);
    assert!(late.err.contains("hint: larimar fetch"), "{}", late.err);
    assert_eq!(alice.fetches()["text"], "second\n");
    alice
        .does(&["save", "--data", "-", "--overwrite"], "third")
        .ok();

    // an older version comes back as a new revision
    let versions = alice.does(&["versions", "--json"], "").json();
    assert_eq!(versions.as_array().unwrap().len(), 3);
    assert_eq!(versions[0]["current"], true);
    assert_eq!(versions[2]["local_hash"], created["local_hash"]);
    let prefix = &created["local_hash"].as_str().unwrap()[..8];
    let old = alice.does(&["fetch", "--version", prefix], "").ok();
    assert_eq!(old.out, "first");
    let restored = alice.does(&["restore", prefix, "--json"], "").json();
    assert_eq!(restored["revision"], 4);
    assert_eq!(alice.fetches()["text"], "first");
    assert_eq!(alice.does(&["restore", "0000000"], "").code, 3);

    // another password is another wallet
    let mallory = Person {
        password: "guess",
        ..Person::at(&server)
    };
    let done = mallory.does(&["fetch", "--json"], "");
    assert_eq!(
        (done.code, &error(&done)["name"]),
        (3, &json!("WalletNotFound"))
    );

    // a new password with answers; versions and the old password open nothing any more
    let change = [
        "change-password",
        "--new-password-stdin",
        "--new-answer",
        "Fluffy the Cat",
    ];
    alice.does(&change, &format!("{OTHER}\n")).ok();
    let moved = alice.does(&["fetch"], "");
    assert_eq!(moved.code, 3);
    assert!(moved.err.contains("was changed elsewhere"), "{}", moved.err);
    let alice = Person {
        password: OTHER,
        answers: &["fluffy  the cat"],
        ..alice
    };
    assert_eq!(alice.fetches()["revision"], 5);
    let versions = alice.does(&["versions", "--json"], "").json();
    assert_eq!(versions.as_array().unwrap().len(), 1);

    // whoever asked is seen, the last before this one first
    let accesses = alice.does(&["accesses"], "").ok();
    let first = accesses.out.lines().next().unwrap();
    assert!(
        first.starts_with("Last access before this one: 20"),
        "{first}"
    );
    assert!(
        first.ends_with("from 127.0.0.1, listVersions: ok"),
        "{first}"
    );
    assert!(
        accesses
            .out
            .contains("\n\nThe newest accesses, at most 10 of each address:\n")
    );
    let accesses = alice.does(&["accesses", "--json"], "").json();
    assert_eq!(accesses["before"]["method"], "fetchWallet");
    let seen = &accesses["statistics"]["addresses"][0];
    assert_eq!(seen["ip"], "127.0.0.1");
    assert!(seen["requests"].as_u64().unwrap() > 10, "{seen}");

    // deleted only when it is meant
    assert_eq!(alice.does(&["delete"], "").code, 2);
    alice.fetches();
    alice.does(&["delete", "--yes"], "").ok();
    let gone = alice.does(&["fetch"], "");
    assert_eq!(gone.code, 3);
    assert!(gone.err.contains("deleted"), "{}", gone.err);

    // the address is free, and the key goes on above what it held
    let created = alice.creates(&server, "again");
    assert_eq!(created["revision"], 6);
}

#[test]
fn entries_are_kept_with_all_that_is_not_known_of_them() {
    let server = Larimard::start();
    let alice = Person::at(&server);
    let foreign = json!({
        "larimar": 1, "theme": "dark",
        "entries": [{"id": "1", "name": "mail", "secret": "s3cret-mail", "tags": ["x"]}],
    });
    alice.creates(&server, &foreign.to_string());

    let set = [
        "entries",
        "set",
        "bank",
        "--secret-stdin",
        "--note",
        "the blue card",
    ];
    alice.does(&set, "s3cret-bank\nsecond line\n").ok();
    let shown = alice.does(&["entries", "show", "bank"], "").ok();
    assert_eq!(shown.out, "s3cret-bank\nsecond line\n");
    assert!(shown.err.contains("note: the blue card"), "{}", shown.err);

    let set = ["entries", "set", "mail", "--secret-stdin"];
    alice.does(&set, "s3cret-new\n").ok();
    let list = alice.does(&["entries", "list"], "").ok();
    assert!(
        list.out.contains("bank") && list.out.contains("mail"),
        "{}",
        list.out
    );
    assert!(
        !list.out.contains("s3cret") && !list.out.contains("blue"),
        "{}",
        list.out
    );
    let list = alice.does(&["entries", "list", "--json"], "").json();
    assert!(!list.to_string().contains("s3cret"), "{list}");
    let id = list[1]["id"].as_str().unwrap();
    let by_id = alice.does(&["entries", "show", id, "--json"], "").json();
    assert_eq!(by_id["name"], "bank");

    alice.does(&["entries", "remove", "bank"], "").ok();
    assert_eq!(alice.does(&["entries", "show", "bank"], "").code, 3);
    assert_eq!(alice.does(&["entries", "remove", "bank"], "").code, 3);

    let document: Value = serde_json::from_str(alice.fetches()["text"].as_str().unwrap()).unwrap();
    assert_eq!(document["theme"], "dark");
    assert_eq!(document["entries"].as_array().unwrap().len(), 1);
    let mail = &document["entries"][0];
    assert_eq!(
        (&mail["secret"], &mail["tags"]),
        (&json!("s3cret-new"), &json!(["x"]))
    );

    // anything else is not touched, and can be taken out
    alice
        .does(&["save", "--data", "-", "--overwrite"], "\x00\u{ff}binary")
        .ok();
    let refused = alice.does(&["entries", "list"], "");
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("larimar fetch --out"),
        "{}",
        refused.err
    );
    let path = alice.larimar.folder().join("data");
    alice
        .does(&["fetch", "--out", path.to_str().unwrap()], "")
        .ok();
    assert_eq!(std::fs::read(&path).unwrap(), "\x00\u{ff}binary".as_bytes());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn what_the_server_refuses_is_5() {
    let server = Larimard::start();
    let alice = Person::at(&server);
    let create = |person: &Person, code: &str, more: &[&str]| {
        person.does(
            &[&["create", "--json", "--code", code][..], more].concat(),
            "",
        )
    };
    let refused = |done: Done, name: &str| {
        assert_eq!(
            (done.code, &error(&done)["name"]),
            (5, &json!(name)),
            "{}",
            done.err
        );
    };
    refused(create(&alice, "0000-0000-0000-0000", &[]), "InvalidCode");
    let code = alice.code(&server);
    create(&alice, &code.to_lowercase(), &[]).json();
    assert_eq!(alice.fetches()["text"], r#"{"larimar":1,"entries":[]}"#);

    let code = alice.code(&server);
    refused(create(&alice, &code, &[]), "WalletExists");
    let forgetful = Person {
        password: OTHER,
        ..Person::at(&server)
    };
    refused(create(&forgetful, &code, &[]), "EmailInUse");
    create(&forgetful, &code, &["--replace"]).json();
    assert_eq!(alice.fetches()["revision"], 1, "the older wallet stays");

    let same = ["change-password", "--new-password-stdin", "--json"];
    refused(alice.does(&same, &format!("{PASSWORD}\n")), "KeyUnchanged");
    refused(alice.does(&same, &format!("{OTHER}\n")), "WalletExists");
    let large = "x".repeat(300_000);
    let save = ["save", "--data", "-", "--overwrite", "--json"];
    refused(alice.does(&save, &large), "DataTooLarge");
    let most = "x".repeat(262_104);
    let save = ["save", "--data", "-", "--overwrite"];
    alice.does(&save, &most).ok();
    let over = alice.does(&save, &(most + "x"));
    assert_eq!(over.code, 5);
    assert!(over.err.contains("at most 262104 bytes"), "{}", over.err);

    // replaced once, and not again so soon
    let code = alice.code(&server);
    let third = Person {
        password: "a third password",
        ..Person::at(&server)
    };
    let done = third.does(&["create", "--replace", "--code", &code], "");
    assert_eq!(done.code, 5);
    assert!(
        done.err.contains("lately") && !done.err.contains("--replace"),
        "{}",
        done.err
    );
    let email = ["request-code", "--json", "--email", "alice@localhost"];
    let done = alice.larimar.run(&email, "");
    assert_eq!(
        (done.code, &error(&done)["name"]),
        (2, &json!("InvalidEmail"))
    );
}

#[test]
fn too_many_requests_are_6_and_say_how_long_to_wait() {
    let server = Larimard::with(&["limits.codes_per_email_per_hour=1"]);
    let larimar = Larimar::calling(&server.url);
    let ask = ["request-code", "--json", "--email", EMAIL];
    assert_eq!(larimar.run(&ask, "").json()["expires_in"], 1800);
    let done = larimar.run(&ask, "");
    assert_eq!(
        (done.code, &error(&done)["name"]),
        (6, &json!("RateLimited"))
    );
    let wait = error(&done)["retry_after"].as_u64().unwrap();
    assert!((1..=3600).contains(&wait), "{wait}");
    let done = larimar.run(&["request-code", "--email", EMAIL], "");
    assert!(
        done.err
            .starts_with("error: Too many codes were asked for. Try again in "),
        "{}",
        done.err
    );
    assert!(!done.err.contains("data."), "{}", done.err);
}

#[test]
fn a_server_by_another_name_deletes_nothing() {
    let server = Larimard::with(&["server.names=[\"wallet.example.org\"]"]);
    let alice = Person::at(&server);
    let code = alice.code(&server);
    let created = alice
        .does(&["create", "--code", &code, "--data", "-"], "data")
        .ok();
    assert!(
        created.err.contains("warning: 127.0.0.1"),
        "{}",
        created.err
    );
    let info = alice.larimar.run(&["info"], "").ok();
    assert!(
        info.out.contains("names wallet.example.org"),
        "{}",
        info.out
    );
    assert!(info.err.contains("warning:"), "{}", info.err);
    let done = alice.does(&["delete", "--yes", "--json"], "");
    assert_eq!(
        (done.code, &error(&done)["name"]),
        (5, &json!("ServerNameNotListed"))
    );
    assert_eq!(alice.fetches()["text"], "data");
}

#[test]
fn info_is_what_the_server_allows() {
    let server = Larimard::start();
    let larimar = Larimar::calling(&server.url);
    let info = larimar.run(&["info", "--json"], "").json();
    assert_eq!(
        (&info["name"], &info["protocol"]),
        (&json!("larimard"), &json!(1))
    );
    assert_eq!(info["limits"]["blob_bytes"], 262_144);
    let text = larimar.run(&["info"], "").ok();
    assert!(
        text.out.contains("limits.blob_bytes 262144\n"),
        "{}",
        text.out
    );
    assert_eq!(text.err, "");
}
