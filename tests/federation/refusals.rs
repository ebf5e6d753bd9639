//! What is refused over several servers, and what is said then.

use std::time::{Duration, Instant};

use crate::alice::{Alice, EMAIL, NEW};
use crate::devices::{Place, places};
use crate::wire::Wire;

fn saves(alice: &Alice, text: &str) -> crate::program::Done {
    alice.does(&["save", "--data", "-", "--overwrite"], text)
}

fn have(alice: &Alice, places: &[Place], text: &str) {
    for place in places {
        let one = alice.does(&["fetch", "--server", &place.end.url], "").ok();
        assert_eq!(one.out, text);
    }
}

#[test]
fn one_of_several_servers_is_read_alone_and_not_written_to() {
    let places = places(4);
    let (three, other) = (&places[..3], &places[3]);
    let alice = Alice::at(three);
    alice.creates(&alice.codes(three));
    saves(&alice, "first").ok();
    saves(&alice, "second").ok();
    let url = &three[1].end.url[..];
    for (command, input) in [
        (&["save", "--data", "-", "--overwrite"][..], "alone"),
        (&["entries", "set", "bank", "--secret-stdin"], "alone"),
        (&["entries", "remove", "bank"], ""),
        (&["change-password", "--new-password-stdin"], NEW),
        (&["create", "--code", "7K3M-Q2WX-9FHT-B4ZC"], ""),
        (&["delete", "--yes"], ""),
        (&["servers", "choose", "device", "--server", url], ""),
        (
            &[
                "save",
                "--data",
                "-",
                "--overwrite",
                "--server",
                &three[0].end.url,
            ],
            "",
        ),
    ] {
        let mut command = command.to_vec();
        command.extend(["--server", url]);
        let refused = alice.does(&command, input);
        assert_eq!(refused.code, 2, "{command:?}: {}", refused.err);
        assert!(refused.err.contains("on 3 servers"), "{}", refused.err);
        assert!(
            refused.err.contains("leave --server out"),
            "{}",
            refused.err
        );
    }
    // nor is it read from two of them, which would finish what was begun on all
    let part = ["fetch", "--server", url, "--server", &three[0].end.url];
    assert_eq!(alice.does(&part, "").code, 2);
    have(&alice, three, "second");
    for command in ["versions", "accesses"] {
        alice.does(&[command, "--server", url], "").ok();
    }

    // what one kept goes to all
    let versions = alice
        .does(&["versions", "--json", "--server", url], "")
        .json();
    let first = versions[1]["local_hash"].as_str().unwrap().to_owned();
    let asked = alice.does(&["restore", &first], "");
    assert_eq!(asked.code, 2, "{}", asked.err);
    alice.does(&["restore", &first, "--server", url], "").ok();
    have(&alice, three, "first");
    assert_eq!(alice.verdicts(), ["ok"; 3]);

    // a server of nothing to do with them
    let alone = ["--server", &other.end.url];
    let mut create = vec!["create"];
    let code = other.code(EMAIL);
    create.extend(["--code", &code]);
    create.extend(alone);
    alice.does(&create, "").ok();
    let save = ["save", "--data", "-", "--overwrite", alone[0], alone[1]];
    alice.does(&save, "another").ok();
    have(&alice, &places[3..], "another");
    have(&alice, three, "first");
}

#[test]
fn a_quorum_is_of_the_servers_and_is_kept_to() {
    let places = places(3);
    let alice = Alice::at(&places);
    let quorum = |quorum: &str| {
        let set = ["profile", "set", "default", "--quorum", quorum];
        alice.larimar.run(&set, "")
    };
    for bad in ["0", "4"] {
        let refused = quorum(bad);
        assert_eq!(refused.code, 2, "{bad}");
        assert!(refused.err.contains("from 1 to"), "{}", refused.err);
    }
    quorum("3").ok();
    alice.creates(&alice.codes(&places));
    places[2].end.is(Wire::Cut);
    let refused = saves(&alice, "all or none");
    assert_eq!(refused.code, 7, "{}", refused.err);
    assert!(refused.err.contains("3 are needed"), "{}", refused.err);
    quorum("2").ok();
    // done, although not everywhere
    let saved = saves(&alice, "two are enough");
    assert_eq!(saved.code, 0, "{}", saved.err);
    assert!(saved.err.contains(": down"), "{}", saved.err);
    places[2].end.is(Wire::Passes);
    alice.does(&["fetch"], "").ok();
    have(&alice, &places, "two are enough");
}

#[test]
fn who_says_how_long_to_wait_waits_so_long_for_a_server_that_was_down() {
    let places = places(3);
    let alice = Alice::at(&places);
    alice.creates(&alice.codes(&places));
    places[0].end.is(Wire::Cut);
    assert_eq!(alice.verdicts(), ["down", "ok", "ok"]);
    places[0].end.is(Wire::Slower);
    let hasty = alice.larimar.run(
        &["servers", "--json", "--password-stdin"],
        format!("{}\n", alice.password),
    );
    assert_eq!(hasty.json()["servers"][0]["verdict"], "down");
    // with --timeout 2
    assert_eq!(alice.verdicts(), ["ok"; 3]);
}

#[test]
fn codes_are_asked_for_at_once_and_each_server_is_reported() {
    let places = places(3);
    let alice = Alice::at(&places);
    for place in &places {
        place.end.is(Wire::Slower);
    }
    let begun = Instant::now();
    let asked = alice.larimar.run(&["request-code", "--json"], "").json();
    assert!(begun.elapsed() < Duration::from_millis(4000), "one by one");
    assert_eq!(asked.as_array().unwrap().len(), 3);
    places[1].end.is(Wire::Cut);
    let asked = alice.larimar.run(&["request-code", "--json"], "").json();
    assert_eq!(asked[1]["server"], places[1].end.name());
    assert_eq!(asked[1]["error"], "Transport");
    assert!(asked[0]["expires_in"].is_u64() && asked[2]["expires_in"].is_u64());
    for place in &places {
        place.end.is(Wire::Cut);
    }
    assert_eq!(alice.larimar.run(&["request-code"], "").code, 7);
}

#[test]
fn an_address_that_has_an_older_wallet_can_be_taken_from_it() {
    let places = places(3);
    let old = Alice::at(&places);
    old.creates(&old.codes(&places)[..1]);
    let forgetful = Alice {
        password: NEW,
        ..old.elsewhere(&places)
    };
    let codes = forgetful.codes(&places);
    let refused = forgetful.does(&["create", "--code", &codes[0]], "");
    assert_eq!(refused.code, 5, "{}", refused.err);
    assert!(refused.err.contains("EmailInUse") || refused.err.contains("has a wallet already"));
    assert!(refused.err.contains("hint: --replace"), "{}", refused.err);
    let created = forgetful.does(
        &[
            "create", "--code", &codes[0], "--code", &codes[1], "--code", &codes[2],
        ],
        "",
    );
    assert_eq!(created.code, 0, "{}", created.err);
    let name = places[0].end.name();
    let hint = format!("larimar servers add {name} --replace");
    assert!(created.err.contains(&hint), "{}", created.err);
    let code = codes[0].split_once('=').unwrap().1;
    let add = ["servers", "add", &places[0].end.url, "--code", code];
    let refused = forgetful.does(&add, "");
    assert_eq!(refused.code, 5, "{}", refused.err);
    assert!(refused.err.contains("hint: --replace"), "{}", refused.err);
    let mut add = add.to_vec();
    add.push("--replace");
    forgetful.does(&add, "").ok();
    assert_eq!(forgetful.verdicts(), ["ok"; 3]);
}

#[test]
fn a_password_change_is_not_reported_from_a_password_that_never_had_the_wallet() {
    let places = places(3);
    let home = Alice::at(&places);
    home.creates(&home.codes(&places));
    let office = home.elsewhere(&places);
    let change = |alice: &Alice| {
        alice.does(
            &["change-password", "--new-password-stdin"],
            &format!("{NEW}\n"),
        )
    };
    change(&office).ok();
    let knowing = Alice {
        password: NEW,
        ..home
    };
    knowing.does(&["fetch"], "").ok();
    let wrong = Alice {
        password: "never anybody's password",
        ..knowing
    };
    let refused = change(&wrong);
    assert_eq!(refused.code, 3, "{}", refused.err);
    assert!(refused.err.contains("none of the servers has a wallet"));
    let home = Alice {
        password: crate::alice::PASSWORD,
        ..wrong
    };
    for alice in [&home, &office, &home.elsewhere(&places)] {
        let again = change(alice).ok();
        assert!(again.err.contains("changed already"), "{}", again.err);
    }
    // what was remembered under both passwords is one wallet now
    let file = home.larimar.folder().join("profiles/default.servers.json");
    let memories: serde_json::Value =
        serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    assert_eq!(memories["wallets"].as_array().unwrap().len(), 1);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_that_this_device_could_not_remember() {
    let places = places(3);
    let alice = Alice::at(&places);
    let codes = alice.codes(&places);
    let profiles = alice.larimar.folder().join("profiles");
    let file = profiles.join("default.servers.json");
    let create = |alice: &Alice| {
        let mut create = vec!["create"];
        for code in &codes {
            create.extend(["--code", code]);
        }
        alice.does(&create, "")
    };
    // even root cannot write through it
    let unwritable = || std::os::unix::fs::symlink("/nowhere/at/all", &file).unwrap();
    unwritable();
    let refused = create(&alice);
    assert_eq!(refused.code, 1, "{}", refused.err);
    for word in ["nothing was sent", "hint: ", "--profile-dir"] {
        assert!(refused.err.contains(word), "{word}: {}", refused.err);
    }
    std::fs::remove_file(&file).unwrap();
    create(&alice).ok();
    std::fs::remove_file(&file).unwrap();
    unwritable();
    // it is read all the same
    alice.does(&["fetch"], "").ok();
    let refused = saves(&alice, "lost");
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(refused.err.contains("nothing was sent"), "{}", refused.err);
    std::fs::remove_file(&file).unwrap();
    assert!(!alice.does(&["fetch"], "").ok().out.contains("lost"));

    let lock = profiles.join("default.servers.lock");
    std::fs::remove_file(&lock).unwrap();
    std::fs::create_dir(&lock).unwrap();
    let refused = saves(&alice, "lost");
    assert_eq!(refused.code, 1, "{}", refused.err);
    for word in ["nothing was sent", "--profile-dir"] {
        assert!(refused.err.contains(word), "{word}: {}", refused.err);
    }
}
