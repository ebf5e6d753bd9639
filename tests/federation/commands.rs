//! The command line over three servers.

use crate::alice::{Alice, NEW};
use crate::devices::places;
use crate::wire::Wire;

#[test]
fn a_wallet_over_three_servers_from_the_first_code_to_the_last_word() {
    let places = places(3);
    let mut alice = Alice::at(&places);
    let codes = alice.codes(&places);
    alice.creates(&codes[..2]);
    assert_eq!(alice.verdicts(), ["ok", "ok", "behind"]);
    let late = codes[2].split_once('=').unwrap();
    alice
        .does(&["servers", "add", late.0, "--code", late.1], "")
        .ok();
    assert_eq!(alice.verdicts(), ["ok", "ok", "ok"]);

    // one is away: entries go on, and it is brought up when it is back
    places[1].end.is(Wire::Hangs);
    let saved = alice
        .does(&["entries", "set", "bank", "--secret-stdin"], "4711")
        .ok();
    assert!(saved.err.contains(": down"), "{}", saved.err);
    places[1].end.is(Wire::Passes);
    let shown = alice.does(&["entries", "show", "bank"], "").ok();
    assert_eq!(shown.out, "4711\n");
    assert_eq!(alice.verdicts(), ["ok", "ok", "ok"]);

    // two are away: read, not changed
    places[0].end.is(Wire::Cut);
    places[2].end.is(Wire::Garbage);
    let shown = alice.does(&["entries", "show", "bank"], "").ok();
    assert!(
        shown.err.contains("too few servers answered"),
        "{}",
        shown.err
    );
    let refused = alice.does(
        &["entries", "set", "bank", "--secret-stdin", "--json"],
        "0000",
    );
    assert_eq!(refused.code, 7, "{}", refused.err);
    assert!(refused.err.contains("NoQuorum"), "{}", refused.err);
    places[0].end.is(Wire::Passes);
    places[2].end.is(Wire::Passes);

    // a save whose answers get lost on the way is finished by the next command
    for place in &places {
        place.end.is(Wire::CutAfterWrites);
    }
    let unknown = alice.does(&["entries", "set", "bank", "--secret-stdin"], "pin 4712");
    assert_eq!(unknown.code, 7, "{}", unknown.err);
    for place in &places {
        place.end.is(Wire::Passes);
    }
    assert_eq!(
        alice.does(&["entries", "show", "bank"], "").ok().out,
        "pin 4712\n"
    );

    // what goes to one server says so
    let one = alice.does(&["versions"], "");
    assert_eq!(one.code, 2);
    assert!(one.err.contains("--server"), "{}", one.err);
    alice
        .does(&["versions", "--server", &places[0].end.url], "")
        .ok();

    places[2].end.is(Wire::Cut);
    alice
        .does(
            &["change-password", "--new-password-stdin"],
            &format!("{NEW}\n"),
        )
        .ok();
    places[2].end.is(Wire::Passes);
    alice.password = NEW;
    assert_eq!(
        alice.does(&["entries", "show", "bank"], "").ok().out,
        "pin 4712\n"
    );
    assert_eq!(alice.verdicts(), ["ok", "ok", "ok"]);

    // the file that remembers all this is private, and has no secret
    let file = alice.larimar.folder().join("profiles/default.servers.json");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!text.contains("pin 4712") && !text.contains(NEW));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    alice.does(&["delete", "--yes"], "").ok();
    assert_eq!(alice.does(&["fetch"], "").code, 3);
}

#[test]
fn two_computers_that_reached_different_servers_are_told_and_one_chooses() {
    let places = places(3);
    let (home, office) = (Alice::at(&places), Alice::at(&places));
    home.creates(&home.codes(&places));
    let save = |alice: &Alice, text: &str, revision: &str| {
        alice.does(
            &["save", "--data", "-", "--expect-revision", revision],
            text,
        )
    };
    save(&home, "first", "1").ok();
    office.does(&["fetch"], "").ok();
    // the change of home reaches one server only, and its answer is lost
    places[1].end.is(Wire::LiesAboutRevisions);
    places[2].end.is(Wire::Forgets);
    places[0].end.is(Wire::CutAfterWrites);
    assert_eq!(save(&home, "home", "2").code, 7);
    places[1].end.is(Wire::Passes);
    places[2].end.is(Wire::Passes);
    places[0].end.is(Wire::Cut);
    save(&office, "office", "2").ok();
    places[0].end.is(Wire::Passes);
    for alice in [&home, &office] {
        let fork = alice.does(&["fetch"], "");
        assert_eq!(fork.code, 4, "{}", fork.err);
        assert!(fork.err.contains("larimar servers choose"), "{}", fork.err);
        let refused = save(alice, "over it", "3");
        assert_eq!(refused.code, 4, "{}", refused.err);
    }
    assert_eq!(home.verdicts(), ["conflict", "conflict", "conflict"]);
    let one = home
        .does(&["fetch", "--server", &places[1].end.url], "")
        .ok();
    assert_eq!(one.out, "office");
    home.does(&["servers", "choose", places[0].end.name()], "")
        .ok();
    for alice in [&home, &office] {
        assert_eq!(alice.does(&["fetch"], "").ok().out, "home");
    }
    let merged = home
        .does(&["servers", "choose", "--data", "-"], "both")
        .ok();
    assert!(merged.err.contains("chosen: revision 5"), "{}", merged.err);
    assert_eq!(office.does(&["fetch"], "").ok().out, "both");
}
