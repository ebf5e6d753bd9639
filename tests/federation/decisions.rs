//! Changes that only a person can bring together, and what each side of them holds.

use std::io::{BufRead, BufReader, Read, Write};

use crate::alice::Alice;
use crate::devices::places;
use crate::wire::Wire;

fn saves(alice: &Alice, text: &str, revision: &str) -> crate::program::Done {
    alice.does(
        &["save", "--data", "-", "--expect-revision", revision],
        text,
    )
}

#[test]
fn a_change_that_only_this_device_has_is_shown_and_chosen() {
    let places = places(3);
    let home = Alice::at(&places);
    home.creates(&home.codes(&places));
    let office = home.elsewhere(&places);
    // no server takes the change of home, and the office goes on
    for place in &places {
        place.end.is(Wire::LiesAboutRevisions);
    }
    let refused = saves(&home, "home", "1");
    assert_eq!(refused.code, 4, "{}", refused.err);
    for place in &places {
        place.end.is(Wire::Passes);
    }
    saves(&office, "office", "1").ok();

    let fork = home.does(&["fetch"], "");
    assert_eq!(fork.code, 4, "{}", fork.err);
    for word in [
        "device (a change of this device",
        "larimar fetch --from SERVER, or --from device",
        "larimar servers choose",
    ] {
        assert!(fork.err.contains(word), "{word}: {}", fork.err);
    }
    let report = home.does(&["servers", "--json"], "");
    assert_eq!(report.code, 4, "{}", report.err);
    assert!(report.err.contains("\"Fork\""), "{}", report.err);
    let report: serde_json::Value = serde_json::from_str(&report.out).unwrap();
    assert_eq!(report["conflict"], true);
    assert_eq!(report["contents"].as_array().unwrap().len(), 2);
    assert_eq!(home.verdicts(), ["conflict"; 3]);
    let report = office.does(&["servers", "--json"], "").json();
    assert_eq!(report["conflict"], false);

    let from = |which: &str| home.does(&["fetch", "--from", which], "");
    assert_eq!(from("device").ok().out, "home");
    assert_eq!(from(&places[1].end.url).ok().out, "office");
    assert_eq!(from(places[2].end.name()).ok().out, "office");
    assert_eq!(from("elsewhere.example").code, 3);
    let nothing = office.does(&["fetch", "--from", "device"], "");
    assert_eq!(nothing.code, 3, "{}", nothing.err);

    home.does(&["servers", "choose", "device"], "").ok();
    for alice in [&home, &office] {
        assert_eq!(alice.does(&["fetch"], "").ok().out, "home");
    }
}

#[test]
fn a_change_beside_the_wallet_is_no_longer_in_the_way_once_somebody_chose() {
    let places = places(3);
    let home = Alice::at(&places);
    home.creates(&home.codes(&places));
    let office = home.elsewhere(&places);
    for place in &places {
        place.end.is(Wire::LiesAboutRevisions);
    }
    assert_eq!(saves(&home, "home", "1").code, 4);
    for place in &places {
        place.end.is(Wire::Passes);
    }
    saves(&office, "office", "1").ok();
    saves(&office, "office again", "2").ok();
    // it is older than the wallet: that is read, and not written over it
    assert_eq!(home.does(&["fetch"], "").ok().out, "office again");
    let refused = saves(&home, "more", "3");
    assert_eq!(refused.code, 4, "{}", refused.err);
    assert!(refused.err.contains("--from device"), "{}", refused.err);
    assert_eq!(home.does(&["servers"], "").code, 4);
    let from = home.does(&["fetch", "--from", "device"], "").ok();
    assert_eq!(from.out, "home");
    home.does(&["servers", "choose", places[0].end.name()], "")
        .ok();
    assert_eq!(home.does(&["servers"], "").ok().code, 0);
    assert_eq!(home.does(&["fetch"], "").ok().out, "office again");
}

#[test]
fn a_second_command_waits_until_the_first_has_ended() {
    let places = places(3);
    let alice = Alice::at(&places);
    alice.creates(&alice.codes(&places));
    let start = |arguments: &[&str]| {
        let mut command = alice.larimar.command(arguments);
        let mut child = command.arg("--password-stdin").spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        writeln!(input, "{}", alice.password).unwrap();
        (child, input)
    };
    // it has the memory, and waits for its data
    let (mut first, mut data) = start(&["save", "--data", "-", "--overwrite"]);
    let lock = alice.larimar.folder().join("profiles/default.servers.lock");
    let lock = std::fs::File::open(lock).unwrap();
    crate::house::until("the lock", || {
        let is_free = lock.try_lock().is_ok();
        let _ = lock.unlock();
        !is_free
    });
    let (mut second, _) = start(&["fetch"]);
    let mut said = String::new();
    let mut err = BufReader::new(second.stderr.take().unwrap());
    err.read_line(&mut said).unwrap();
    assert!(said.contains("waiting for it"), "{said}");
    data.write_all(b"of the first").unwrap();
    drop(data);
    assert!(first.wait().unwrap().success());
    let mut out = String::new();
    let stdout = second.stdout.as_mut().unwrap();
    stdout.read_to_string(&mut out).unwrap();
    assert_eq!(out, "of the first");
    assert!(second.wait().unwrap().success());
}
