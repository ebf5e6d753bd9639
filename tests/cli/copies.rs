//! A wallet on one server, of which a device keeps a copy: without the server, with two devices, with a server that went back.

use serde_json::{Value, json};

use crate::person::{EMAIL, OTHER, PASSWORD, Person, error};
use crate::server::Larimard;

/// Somebody whose device has a profile, and with it a copy.
fn with_profile(server: &Larimard) -> Person {
    let alice = Person::at(server);
    let set = ["profile", "set", "default", "--server", &server.url];
    let set = [&set[..], &["--email", EMAIL]].concat();
    alice.larimar.run(&set, "").ok();
    alice
}

/// The file with the copy.
fn copy_of(alice: &Person) -> String {
    let path = alice.larimar.folder().join("profiles/default.cache.json");
    std::fs::read_to_string(path).unwrap_or_default()
}

fn sets(alice: &Person, name: &str, secret: &str, more: &[&str]) -> crate::program::Done {
    let set = ["entries", "set", name, "--secret-stdin"];
    alice.does(&[&set[..], more].concat(), secret)
}

#[test]
fn without_the_server_it_is_what_the_device_has_and_scripts_can_tell() {
    let mut server = Larimard::start();
    let alice = with_profile(&server);
    alice.creates(&server, "first");
    // whoever made it has a copy from the first
    server.stop();

    let fetched = alice.does(&["fetch"], "");
    assert_eq!((fetched.code, &*fetched.out), (7, "first"));
    let told = fetched.err;
    assert!(told.contains("cannot be reached"), "{told}");
    assert!(
        told.contains("what this device has: revision 1, as the server had it at 20"),
        "{told}"
    );
    let fetched = alice.does(&["fetch", "--json"], "");
    let found: Value = serde_json::from_str(&fetched.out).unwrap();
    assert_eq!(
        (&found["from"], &found["text"]),
        (&json!("device"), &json!("first"))
    );
    assert_eq!(
        (fetched.code, &error(&fetched)["name"]),
        (7, &json!("Transport"))
    );

    // who asks for it gets it
    let fetched = alice.does(&["fetch", "--offline"], "").ok();
    assert_eq!(fetched.out, "first");
    assert!(
        fetched
            .err
            .contains("offline. This is what this device has"),
        "{}",
        fetched.err
    );

    // what is on the disk is sealed, and the owner's
    let copy = copy_of(&alice);
    assert!(
        copy.contains("encrypted_data") && !copy.contains("first"),
        "{copy}"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let path = alice.larimar.folder().join("profiles/default.cache.json");
        let mode = std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    // without a profile nothing is kept
    let guest = Person::at(&server);
    let fetched = guest.does(&["fetch"], "");
    assert_eq!((fetched.code, &*fetched.out), (7, ""));
    // a copy opens with its password only
    let mallory = Person {
        password: "guess",
        ..alice
    };
    let refused = mallory.does(&["fetch", "--offline"], "");
    assert_eq!(refused.code, 3);
    assert!(
        refused.err.contains("check the password"),
        "{}",
        refused.err
    );
}

#[test]
fn a_change_without_the_server_is_sent_with_the_next_command() {
    let mut server = Larimard::start();
    let alice = with_profile(&server);
    let code = alice.code(&server);
    alice.does(&["create", "--code", &code], "").ok();
    alice.does(&["entries", "list"], "").ok();
    server.stop();

    let kept = sets(&alice, "bank", "pin 4711", &[]);
    assert_eq!(kept.code, 7, "{}", kept.err);
    assert!(
        kept.err.contains("The change is kept on this device"),
        "{}",
        kept.err
    );
    let kept = sets(&alice, "bank", "pin 4711", &["--json"]);
    let written: Value = serde_json::from_str(&kept.out).unwrap();
    assert_eq!((kept.code, &error(&kept)["name"]), (7, &json!("Kept")));
    assert_eq!(written["pending"], true);
    sets(&alice, "mail", "hunter2", &["--offline"]).ok();
    let shown = alice.does(&["entries", "show", "bank"], "");
    assert_eq!((shown.code, &*shown.out), (7, "pin 4711\n"));
    assert!(
        shown.err.contains("revision 4, changed here at 20")
            && shown.err.contains("not stored yet"),
        "{}",
        shown.err
    );
    assert!(!copy_of(&alice).contains("pin 4711"));
    let status = alice.does(&["status", "--json"], "");
    let told: Value = serde_json::from_str(&status.out).unwrap();
    assert_eq!(status.code, 7);
    assert_eq!(told["server"]["reachable"], false);
    assert_eq!(told["device"]["pending"]["revision"], 4);

    server.start_again();
    let told = alice.does(&["status", "--json"], "").json();
    assert_eq!(told["standing"], "unsent");
    assert_eq!(told["wallet"]["revision"], 1);
    let shown = alice.does(&["entries", "show", "mail"], "").ok();
    assert_eq!(shown.out, "hunter2\n");
    assert!(
        shown.err.contains("kept is stored now: revision 4"),
        "{}",
        shown.err
    );
    let told = alice.does(&["status", "--json"], "").json();
    assert_eq!(
        (&told["standing"], &told["device"]["pending"]),
        (&json!("well"), &Value::Null)
    );
    assert_eq!(told["wallet"]["before"]["outcome"], "ok");
    let elsewhere = Person::at(&server);
    for (name, secret) in [("bank", "pin 4711\n"), ("mail", "hunter2\n")] {
        let shown = elsewhere.does(&["entries", "show", name], "").ok();
        assert_eq!(shown.out, secret);
    }
    let told = alice.does(&["status"], "").ok().out;
    for line in [
        "server    127.0.0.1:",
        "stored    revision 4 of 20",
        "device    revision 4, as",
    ] {
        assert!(told.contains(line), "{told}");
    }
}

#[test]
fn two_changes_are_shown_and_the_owner_chooses() {
    let server = Larimard::start();
    let (alice, elsewhere) = (with_profile(&server), Person::at(&server));
    let code = alice.code(&server);
    alice.does(&["create", "--code", &code], "").ok();
    sets(&alice, "bank", "first", &[]).ok();
    for choice in ["mine", "theirs", "data"] {
        sets(&alice, "bank", "of this device", &["--offline"]).ok();
        sets(&elsewhere, "bank", "of the other", &[]).ok();

        let shown = alice.does(&["entries", "show", "bank"], "");
        assert_eq!((shown.code, &*shown.out), (4, "of the other\n"));
        assert!(shown.err.contains("larimar conflict"), "{}", shown.err);
        let refused = sets(&alice, "bank", "careless", &[]);
        assert_eq!(refused.code, 4, "{}", refused.err);

        let offline = alice.does(&["entries", "list", "--offline"], "").ok();
        assert!(
            offline.err.contains("another device changed the wallet"),
            "{}",
            offline.err
        );

        let differs = alice.does(&["conflict"], "");
        assert_eq!(differs.code, 4);
        assert!(
            differs.out.contains("bank") && differs.out.contains("differs"),
            "{}",
            differs.out
        );
        let both = format!("{}{}", differs.out, differs.err);
        assert!(
            !both.contains("of this device") && !both.contains("of the other"),
            "{both}"
        );
        let differs = alice.does(&["conflict", "--json"], "");
        let told: Value = serde_json::from_str(&differs.out).unwrap();
        assert_eq!(
            (&told["conflict"], &told["entries"][0]["where"]),
            (&json!(true), &json!("both"))
        );
        let status = alice.does(&["status", "--json"], "");
        let told: Value = serde_json::from_str(&status.out).unwrap();
        assert_eq!((status.code, &told["standing"]), (4, &json!("conflict")));
        for (side, secret) in [("mine", "of this device"), ("theirs", "of the other")] {
            let shown = alice.does(&["conflict", "show", side], "").ok();
            assert!(shown.out.contains(secret), "{}", shown.out);
        }

        let both =
            json!({"larimar": 1, "entries": [{"id": "1", "name": "bank", "secret": "both"}]});
        let (choose, data, expected) = match choice {
            "mine" => (vec!["mine"], String::new(), "of this device\n"),
            "theirs" => (vec!["theirs"], String::new(), "of the other\n"),
            _ => (vec!["--data", "-"], both.to_string(), "both\n"),
        };
        let choose = [&["conflict", "choose"], &choose[..]].concat();
        alice.does(&choose, &data).ok();
        for person in [&alice, &elsewhere] {
            let shown = person.does(&["entries", "show", "bank"], "").ok();
            assert_eq!(shown.out, expected);
        }
        assert_eq!(alice.does(&choose, &data).code, 3, "nothing to decide");
        alice.does(&["conflict"], "").ok();
    }
}

#[test]
fn a_server_that_went_back_is_named_and_not_believed() {
    let mut server = Larimard::start();
    let alice = with_profile(&server);
    alice.creates(&server, "old");
    server.stop();
    server.keep_aside();
    server.start_again();
    let save = ["save", "--data", "-", "--overwrite"];
    alice.does(&save, "new").ok();
    server.stop();
    server.go_back();
    server.start_again();

    let fetched = alice.does(&["fetch", "--json"], "");
    let found: Value = serde_json::from_str(&fetched.out).unwrap();
    assert_eq!(
        (&found["from"], &found["text"]),
        (&json!("device"), &json!("new"))
    );
    assert_eq!(
        (fetched.code, &error(&fetched)["name"]),
        (8, &json!("RolledBack"))
    );
    let status = alice.does(&["status", "--json"], "");
    let told: Value = serde_json::from_str(&status.out).unwrap();
    assert_eq!((status.code, &told["standing"]), (8, &json!("rolled_back")));
    assert_eq!(alice.does(&save, "careless").code, 8);
    assert_eq!(alice.does(&["conflict"], "").code, 8);
    assert_eq!(
        alice.does(&["conflict", "show", "theirs"], "").ok().out,
        "old"
    );
    alice.does(&["conflict", "choose", "mine"], "").ok();
    assert_eq!(alice.fetches()["text"], "new");
    assert_eq!(Person::at(&server).fetches()["text"], "new");
}

#[test]
fn commands_at_once_lose_nothing_of_each_other() {
    let server = Larimard::start();
    let alice = with_profile(&server);
    let code = alice.code(&server);
    alice.does(&["create", "--code", &code], "").ok();
    alice.does(&["entries", "list"], "").ok();
    std::thread::scope(|scope| {
        for n in 0..6 {
            let (alice, name) = (&alice, format!("entry{n}"));
            let more: &[&str] = if n % 2 == 0 { &["--offline"] } else { &[] };
            scope.spawn(move || sets(alice, &name, "secret", more).ok());
        }
    });
    let list = alice.does(&["entries", "list", "--json"], "").json();
    assert_eq!(list.as_array().unwrap().len(), 6, "{list}");
    let list = Person::at(&server)
        .does(&["entries", "list", "--json"], "")
        .json();
    assert_eq!(list.as_array().unwrap().len(), 6, "{list}");
}

#[test]
fn a_profile_may_keep_no_copy_and_gives_up_no_change() {
    let mut server = Larimard::start();
    let alice = with_profile(&server);
    alice.creates(&server, "first");
    alice.fetches();
    let save = ["save", "--data", "-", "--overwrite", "--offline"];
    alice.does(&save, "second").ok();
    let off = ["profile", "set", "default", "--cache", "off"];
    for arguments in [&off[..], &["profile", "remove", "default"]] {
        let refused = alice.larimar.run(arguments, "");
        assert_eq!(refused.code, 4, "{arguments:?}");
        assert!(
            refused.err.contains("larimar fetch --profile default"),
            "{}",
            refused.err
        );
    }
    assert_eq!(alice.fetches()["text"], "second");
    alice.larimar.run(&off, "").ok();
    assert_eq!(copy_of(&alice), "");
    assert_eq!(
        alice.larimar.run(&["profile", "show", "--json"], "").json()["cache"],
        false
    );
    alice.fetches();
    assert_eq!(copy_of(&alice), "");
    let on = ["profile", "set", "default", "--cache", "on"];
    alice.larimar.run(&on, "").ok();
    alice.fetches();
    assert_ne!(copy_of(&alice), "");
    alice
        .larimar
        .run(&["profile", "remove", "default"], "")
        .ok();
    assert_eq!(copy_of(&alice), "");
    server.stop();
    let save_now = ["save", "--data", "-", "--overwrite"];
    assert_eq!(alice.does(&save_now, "third").code, 7);

    // what can never be sent is given up by force
    server.start_again();
    let alice = with_profile(&server);
    alice.fetches();
    alice.does(&save, "third").ok();
    let remove = ["profile", "remove", "default", "--force"];
    alice.larimar.run(&remove, "").ok();
    assert_eq!(copy_of(&alice), "");
}

#[test]
fn the_old_password_opens_no_copy_and_a_deleted_wallet_has_none() {
    let mut server = Larimard::start();
    let alice = with_profile(&server);
    alice.creates(&server, "first");
    let key = |alice: &Person| {
        let derive = ["derive", "--email", EMAIL, "--password-stdin"];
        alice
            .larimar
            .run(&derive, format!("{}\n", alice.password))
            .ok()
            .out
            .trim()
            .to_owned()
    };
    let old = key(&alice);
    let save = ["save", "--data", "-", "--overwrite", "--offline"];
    alice.fetches();
    alice.does(&save, "second").ok();
    let change = ["change-password", "--new-password-stdin"];
    alice.does(&change, &format!("{OTHER}\n")).ok();
    assert!(!copy_of(&alice).contains(&old));
    let alice = Person {
        password: OTHER,
        ..alice
    };
    server.stop();
    assert_eq!(alice.does(&["fetch", "--offline"], "").ok().out, "second");
    assert_ne!(PASSWORD, OTHER);
    server.start_again();
    alice.does(&["delete", "--yes"], "").ok();
    assert!(!copy_of(&alice).contains(&key(&alice)));
    assert_eq!(alice.does(&["fetch", "--offline"], "").code, 3);
}

#[test]
fn a_kept_change_whose_password_was_changed_elsewhere_is_said_to_be_stranded_and_can_be_had() {
    let server = Larimard::start();
    let alice = with_profile(&server);
    alice.creates(&server, "first");
    alice.fetches();
    let save = ["save", "--data", "-", "--overwrite", "--offline"];
    alice.does(&save, "kept").ok();
    let elsewhere = with_profile(&server);
    let change = ["change-password", "--new-password-stdin"];
    elsewhere.does(&change, &format!("{OTHER}\n")).ok();
    let status = alice.does(&["status"], "");
    assert!(status.out.contains("cannot be"), "{}", status.out);
    assert!(status.out.contains("--offline"), "{}", status.out);
    for command in [&["fetch"][..], &["conflict"]] {
        let gone = alice.does(command, "");
        assert_eq!(gone.code, 3);
        assert!(gone.err.contains("conflict recover"), "{}", gone.err);
    }
    assert_eq!(alice.does(&["fetch", "--offline"], "").ok().out, "kept");
}

/// A device with a change that it kept before the password was changed on another.
fn stranded(server: &Larimard) -> (Person, Person) {
    let alice = with_profile(server);
    alice.creates(server, "first");
    let save = ["save", "--data", "-", "--overwrite", "--offline"];
    alice.does(&save, "kept").ok();
    let elsewhere = Person::at(server);
    let change = ["change-password", "--new-password-stdin"];
    elsewhere.does(&change, &format!("{OTHER}\n")).ok();
    let moved = |alice: Person| Person {
        password: OTHER,
        ..alice
    };
    (moved(alice), moved(elsewhere))
}

const RECOVER: [&str; 3] = ["conflict", "recover", "--former-password-stdin"];

#[test]
fn a_stranded_change_is_told_of_and_comes_to_the_wallet_under_its_new_password() {
    let server = Larimard::start();
    let (alice, elsewhere) = stranded(&server);
    let fetched = alice.does(&["fetch"], "").ok();
    assert_eq!(fetched.out, "first");
    assert!(fetched.err.contains("conflict recover"), "{}", fetched.err);
    let status = alice.does(&["status", "--json"], "");
    let told: Value = serde_json::from_str(&status.out).unwrap();
    assert_eq!((status.code, &told["standing"]), (4, &json!("well")));
    let elsewhere_kept = &told["elsewhere"][0];
    assert_eq!(
        (&elsewhere_kept["revision"], &elsewhere_kept["stranded"]),
        (&json!(2), &json!(true))
    );
    let status = alice.does(&["status"], "");
    assert!(status.out.contains("conflict recover"), "{}", status.out);

    let wrong = alice.does(&RECOVER, "guess\n");
    assert_eq!(wrong.code, 3, "{}", wrong.err);
    let done = alice.does(&RECOVER, &format!("{PASSWORD}\n")).ok();
    assert!(done.err.contains("recovered"), "{}", done.err);
    assert_eq!(elsewhere.fetches()["text"], "kept");
    alice.does(&["status"], "").ok();
    let again = alice.does(&RECOVER, &format!("{PASSWORD}\n"));
    assert_eq!(again.code, 3, "{}", again.err);
}

#[test]
fn a_stranded_change_beside_another_devices_is_decided_by_the_owner() {
    let server = Larimard::start();
    let (alice, elsewhere) = stranded(&server);
    let save = ["save", "--data", "-", "--overwrite"];
    elsewhere.does(&save, "of the other").ok();
    let both = alice.does(
        &[&RECOVER[..], &["--json"]].concat(),
        &format!("{PASSWORD}\n"),
    );
    assert_eq!(both.code, 4, "{}", both.err);
    let told: Value = serde_json::from_str(&both.out).unwrap();
    assert_eq!(told["conflict"], true);
    assert_eq!(elsewhere.fetches()["text"], "of the other");
    // it is under the new password from now on
    let shown = alice.does(&["conflict", "show", "mine"], "").ok();
    assert_eq!(shown.out, "kept");
    assert_eq!(alice.does(&RECOVER, &format!("{PASSWORD}\n")).code, 3);
    alice.does(&["conflict", "choose", "mine"], "").ok();
    assert_eq!(elsewhere.fetches()["text"], "kept");
    alice.does(&["status"], "").ok();
}

#[test]
fn a_stranded_change_whose_password_is_forgotten_can_be_given_up() {
    let server = Larimard::start();
    let (alice, _) = stranded(&server);
    assert_eq!(alice.does(&["status"], "").code, 4);
    let given_up = alice.does(&["conflict", "recover", "--give-up", "--json"], "");
    assert_eq!(given_up.json()["given_up"], 1);
    alice.does(&["status"], "").ok();
}

#[test]
fn a_profile_does_not_lose_sight_of_a_kept_change() {
    let mut server = Larimard::start();
    let alice = with_profile(&server);
    alice.creates(&server, "first");
    let save = ["save", "--data", "-", "--overwrite", "--offline"];
    alice.does(&save, "kept").ok();
    let set = ["profile", "set", "default"];
    let with = |more: &[&str]| alice.larimar.run(&[&set[..], more].concat(), "");
    for more in [
        &["--server", "http://127.0.0.1:1"][..],
        &["--email", "other@example.com"],
        &[
            "--server",
            "http://127.0.0.1:1",
            "--server",
            "http://127.0.0.1:2",
        ],
    ] {
        let refused = with(more);
        assert_eq!(refused.code, 4, "{more:?} {}", refused.err);
        assert!(refused.err.contains("--force"), "{}", refused.err);
    }
    // the same in other words
    let upper = EMAIL.to_uppercase();
    with(&["--email", &upper, "--server", &format!("{}/", server.url)]).ok();
    with(&["--cache", "on"]).ok();

    // the server that knew the change is gone for good, and the wallet made anew on another
    server.stop();
    let other = Larimard::start();
    with(&["--server", &other.url, "--force"]).ok();
    let code = other.code(|| {
        alice
            .larimar
            .run(&["request-code", "--server", &other.url], "")
            .ok();
    });
    let at = ["--server", &other.url];
    let create = ["create", "--code", &code, "--data", "-"];
    alice.does(&[&create[..], &at].concat(), "anew").ok();
    let fetched = alice.does(&[&["fetch"][..], &at].concat(), "").ok();
    assert!(fetched.err.contains("conflict recover"), "{}", fetched.err);
    let typed = format!("{PASSWORD}\n");
    let unnamed = alice.does(&[&RECOVER[..], &at].concat(), &typed);
    assert_eq!(unnamed.code, 3, "{}", unnamed.err);
    let from = ["--from", &server.url];
    let recover = alice.does(&[&RECOVER[..], &from, &at].concat(), &typed);
    assert_eq!(recover.code, 4, "{}", recover.err);
    let shown = alice.does(&[&["conflict", "show", "mine"][..], &at].concat(), "");
    assert_eq!(shown.ok().out, "kept");
    let off = with(&["--cache", "off"]);
    assert_eq!(off.code, 4, "{}", off.err);
    with(&["--cache", "off", "--force"]).ok();
    assert_eq!(copy_of(&alice), "");
}

#[test]
fn a_choice_replaces_only_what_was_shown() {
    let server = Larimard::start();
    let (alice, elsewhere) = (with_profile(&server), Person::at(&server));
    let code = alice.code(&server);
    alice.does(&["create", "--code", &code], "").ok();
    sets(&alice, "bank", "mine", &["--offline"]).ok();
    sets(&elsewhere, "bank", "theirs", &[]).ok();
    assert_eq!(alice.does(&["conflict", "choose", "mine"], "").code, 4);
    assert_eq!(alice.does(&["conflict"], "").code, 4);
    sets(&elsewhere, "mail", "later", &[]).ok();
    let both = json!({"larimar": 1, "entries": []}).to_string();
    for (choice, data) in [
        (&["--data", "-"][..], &*both),
        (&["mine"], ""),
        (&["theirs"], ""),
    ] {
        sets(&elsewhere, "mail", choice[0], &[]).ok();
        let choose = [&["conflict", "choose"], choice].concat();
        // also if it is said again
        for _ in 0..2 {
            let refused = alice.does(&choose, data);
            assert_eq!(refused.code, 4, "{choice:?}");
            assert!(refused.err.contains("look first"), "{}", refused.err);
        }
    }
    assert_eq!(alice.does(&["conflict"], "").code, 4);
    alice.does(&["conflict", "choose", "mine"], "").ok();
    let shown = elsewhere.does(&["entries", "show", "bank"], "").ok();
    assert_eq!(shown.out, "mine\n");
}

#[test]
fn what_is_missing_here_may_be_there_and_is_said_so() {
    let mut server = Larimard::start();
    let (alice, elsewhere) = (with_profile(&server), Person::at(&server));
    let code = alice.code(&server);
    alice.does(&["create", "--code", &code], "").ok();
    sets(&alice, "mine", "secret", &["--offline"]).ok();
    sets(&elsewhere, "theirs", "secret", &[]).ok();
    for command in ["show", "remove"] {
        let missing = alice.does(&["entries", command, "mine"], "");
        assert_eq!(missing.code, 4, "{}", missing.err);
        assert!(
            missing.err.contains("there is no entry mine"),
            "{}",
            missing.err
        );
    }
    assert_eq!(sets(&alice, "more", "secret", &[]).code, 4);
    // what is gone with the wallet is not given up by oversight, and nothing is put beside a conflict
    let hash = alice.does(&["versions", "--json"], "").json()[1]["local_hash"].clone();
    let restored = alice.does(&["restore", hash.as_str().unwrap()], "");
    assert_eq!(restored.code, 4, "{}", restored.err);
    let refused = alice.does(&["delete", "--yes"], "");
    assert_eq!(refused.code, 4, "{}", refused.err);
    alice.does(&["conflict", "show", "theirs"], "").ok();
    alice.does(&["conflict", "choose", "theirs"], "").ok();
    server.stop();
    let missing = alice.does(&["entries", "show", "other"], "");
    assert_eq!(missing.code, 7, "{}", missing.err);
}

#[test]
fn a_server_that_lost_the_wallet_is_named_and_the_copy_shown() {
    let mut server = Larimard::start();
    let alice = with_profile(&server);
    server.stop();
    server.keep_aside();
    server.start_again();
    alice.creates(&server, "first");
    let save = ["save", "--data", "-", "--overwrite"];
    alice.does(&save, "second").ok();
    server.stop();
    server.go_back();
    server.start_again();
    let fetched = alice.does(&["fetch"], "");
    assert_eq!((fetched.code, &*fetched.out), (8, "second"));
    assert!(
        fetched.err.contains("had one at 20") && fetched.err.contains("revision 2, as"),
        "{}",
        fetched.err
    );
    assert!(fetched.err.contains("larimar create"), "{}", fetched.err);
    let status = alice.does(&["status", "--json"], "");
    let told: Value = serde_json::from_str(&status.out).unwrap();
    assert_eq!((status.code, &told["standing"]), (8, &json!("rolled_back")));
    let lost = alice.does(&["conflict", "--json"], "");
    let told: Value = serde_json::from_str(&lost.out).unwrap();
    assert_eq!(
        (&told["mine"]["revision"], &told["theirs"]),
        (&json!(2), &Value::Null)
    );
    for choice in [&["choose", "mine"][..], &["show", "theirs"], &[]] {
        let nowhere = alice.does(&[&["conflict"], choice].concat(), "");
        assert_eq!(nowhere.code, 8, "{choice:?} {}", nowhere.err);
    }
    // made anew, it is above all that any device saw
    alice.creates(&server, "second");
    assert_eq!(alice.fetches()["revision"], 3);
    alice.does(&["status"], "").ok();
}

/// The disk changes a bit of the copy.
fn spoil(alice: &Person, part: &str) {
    let mut caches: Value = serde_json::from_str(&copy_of(alice)).unwrap();
    let data = &mut caches["wallets"][0][part]["blob"]["encrypted_data"];
    let text = data.as_str().unwrap();
    // the letter before the last whole group: in the seal, not in the form
    let at = text.len() - 6;
    let other = if &text[at..=at] == "A" { "B" } else { "A" };
    *data = format!("{}{other}{}", &text[..at], &text[at + 1..]).into();
    let file = alice.larimar.folder().join("profiles/default.cache.json");
    std::fs::write(file, caches.to_string()).unwrap();
}

#[test]
fn a_change_that_the_server_will_not_take_is_told_before_it_is_sent() {
    let mut server = Larimard::start();
    let alice = with_profile(&server);
    alice.creates(&server, "first");
    server.stop();
    let large = "x".repeat(300_000);
    let save = ["save", "--data", "-", "--overwrite"];
    assert_eq!(alice.does(&save, &large).code, 7);
    server.start_again();
    let status = alice.does(&["status", "--json"], "");
    assert_eq!(status.code, 5, "{}", status.err);
    assert!(status.err.contains("DataTooLarge"), "{}", status.err);
    let status = alice.does(&["status"], "");
    let said = "is larger than the server takes";
    assert!(status.out.contains(said), "{}", status.out);
    assert_eq!(alice.does(&["fetch"], "").code, 5);
    assert_eq!(alice.does(&["conflict"], "").code, 5);
    alice.does(&["conflict", "choose", "theirs"], "").ok();
    alice.does(&["status"], "").ok();
}

#[test]
fn what_the_disk_has_spoiled_is_put_aside_and_not_sent() {
    let server = Larimard::start();
    let alice = with_profile(&server);
    alice.creates(&server, "first");
    spoil(&alice, "newest");
    let fetched = alice.does(&["fetch"], "").ok();
    assert_eq!(fetched.out, "first");
    assert!(fetched.err.contains("was damaged"), "{}", fetched.err);
    let save = ["save", "--data", "-", "--overwrite", "--offline"];
    alice.does(&save, "kept").ok();
    spoil(&alice, "pending");
    let fetched = alice.does(&["fetch"], "");
    assert_eq!(fetched.code, 8, "{}", fetched.err);
    assert!(
        fetched.err.contains("default.cache.damaged-"),
        "{}",
        fetched.err
    );
    assert_eq!(alice.fetches()["text"], "first");
    assert_eq!(Person::at(&server).fetches()["text"], "first");
    // nothing of it stays with a profile that keeps nothing
    let off = ["profile", "set", "default", "--cache", "off"];
    alice.larimar.run(&off, "").ok();
    let folder = alice.larimar.folder().join("profiles");
    let left = std::fs::read_dir(folder).unwrap();
    let mut left = left.map(|file| file.unwrap().file_name().into_string().unwrap());
    assert!(!left.any(|file| file.contains("damaged")));
}

#[test]
fn a_damaged_change_is_said_by_status_too() {
    let server = Larimard::start();
    let alice = with_profile(&server);
    alice.creates(&server, "first");
    let save = ["save", "--data", "-", "--overwrite", "--offline"];
    alice.does(&save, "kept").ok();
    spoil(&alice, "pending");
    let status = alice.does(&["status"], "");
    assert_eq!(status.code, 8, "{}", status.err);
    assert!(status.out.contains("damaged"), "{}", status.out);
}

#[test]
fn a_change_for_another_wallet_of_the_profile_is_not_called_stranded() {
    let server = Larimard::start();
    let mut person = with_profile(&server);
    person.creates(&server, "first");
    person.email = "bob@example.com";
    person.creates(&server, "of bob");
    let save = ["save", "--data", "-", "--overwrite", "--offline"];
    person.does(&save, "kept").ok();
    person.email = EMAIL;
    let fetched = person.does(&["fetch"], "").ok();
    assert!(!fetched.err.contains("recover"), "{}", fetched.err);
    person.does(&["status"], "").ok();
    person.email = "bob@example.com";
    assert_eq!(person.fetches()["text"], "kept");
}

#[test]
fn several_servers_have_a_memory_of_their_own() {
    let server = Larimard::start();
    let alice = with_profile(&server);
    let two = [
        "--server",
        "http://127.0.0.1:1",
        "--server",
        "http://127.0.0.1:2",
    ];
    for (command, hint) in [
        (&["fetch", "--offline"][..], "of several"),
        (&["conflict"], "larimar servers"),
    ] {
        let refused = alice.does(&[command, &two].concat(), "");
        assert_eq!(refused.code, 2, "{command:?}");
        assert!(refused.err.contains(hint), "{}", refused.err);
    }
}
