//! What a person or a script hands over, in which order, and what becomes of it when something is missing.

use serde_json::json;

use crate::person::{EMAIL, OTHER, PASSWORD, Person, error};
use crate::program::Larimar;
use crate::server::Larimard;

#[test]
fn what_is_missing_is_not_saved_as_something_empty() {
    let server = Larimard::start();
    let alice = Person::at(&server);
    let code = alice.code(&server);
    let create = ["create", "--data", "-", "--code", &code];
    let save = ["save", "--data", "-", "--overwrite"];
    let set = ["entries", "set", "bank", "--secret-stdin"];
    let refused = |arguments: &[&str], expected: &str| {
        let done = alice.does(arguments, "");
        assert_eq!(done.code, 2, "{arguments:?}: {}", done.err);
        assert!(done.err.contains(expected), "{arguments:?}: {}", done.err);
        assert!(done.err.contains("nothing was saved"), "{}", done.err);
    };
    refused(&create, "standard input ended before the data");
    let create = ["create", "--code", &code];
    alice.does(&create, "").ok();
    refused(&save, "standard input ended before the data");
    refused(&set, "standard input ended before the secret");
    let empty = alice.does(&set, "\n");
    assert_eq!(empty.code, 2, "{}", empty.err);
    let path = alice.larimar.folder().join("empty");
    std::fs::write(&path, "").unwrap();
    let file = ["save", "--overwrite", "--data", path.to_str().unwrap()];
    refused(&file, "is empty");
    assert_eq!(alice.fetches()["revision"], 1);

    alice
        .does(&[&set[..], &["--allow-empty"]].concat(), "")
        .ok();
    assert_eq!(alice.does(&["entries", "show", "bank"], "").ok().out, "\n");
    alice
        .does(&[&save[..], &["--allow-empty"]].concat(), "")
        .ok();
    assert_eq!(alice.fetches()["text"], "");
}

#[test]
fn a_file_is_replaced_only_if_that_is_meant() {
    let server = Larimard::start();
    let alice = Person::at(&server);
    alice.creates(&server, "data");
    let path = alice.larimar.folder().join("out");
    let fetch = ["fetch", "--out", path.to_str().unwrap()];
    alice.does(&fetch, "").ok();
    std::fs::write(&path, "mine").unwrap();
    let refused = alice.does(&fetch, "");
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("exists\nhint: --force"),
        "{}",
        refused.err
    );
    assert_eq!(std::fs::read(&path).unwrap(), b"mine");
    alice.does(&[&fetch[..], &["--force"]].concat(), "").ok();
    assert_eq!(std::fs::read(&path).unwrap(), b"data");
}

#[test]
fn answers_are_lines_and_the_profile_knows_how_many() {
    let server = Larimard::start();
    let larimar = Larimar::calling(&server.url);
    let code = |larimar: &Larimar| {
        server.code(|| {
            let ask = ["request-code", "--email", EMAIL];
            larimar.run(&ask, "").ok();
        })
    };
    let profile = ["profile", "set", "default", "--email", EMAIL];
    larimar.run(&profile, "").ok();
    let first = code(&larimar);
    let create = [
        "create",
        "--password-stdin",
        "--answers-stdin",
        "--ask-answers",
        "2",
    ];
    let input = format!("{PASSWORD}\nFluffy\nin Ghent\nthe data");
    let created = larimar.run(
        &[&create[..], &["--code", &first, "--data", "-"]].concat(),
        &input,
    );
    let told = created.ok().err;
    assert!(
        told.contains("The profile default asks for 2 answers from now on."),
        "{told}"
    );

    // now the profile says how many lines are answers
    let fetch = ["fetch", "--password-stdin", "--answers-stdin"];
    assert_eq!(larimar.run(&fetch, &input).ok().out, "the data");
    let change = [
        "change-password",
        "--password-stdin",
        "--new-password-stdin",
        "--answers-stdin",
        "--ask-new-answers",
        "1",
    ];
    let told = larimar.run(
        &change,
        format!("{PASSWORD}\nfluffy\nin ghent\n{OTHER}\nRex\n"),
    );
    let told = told.ok().err;
    assert!(told.contains("asks for 1 answer from now on"), "{told}");
    larimar.run(&fetch, format!("{OTHER}\nrex\n")).ok();

    // of a wallet that is not found it is said how it was looked for
    let lost = larimar.run(&fetch, format!("{OTHER}\nFido\n"));
    let expected = format!(
        "tried with {EMAIL} (the profile default) and 1 answer (the profile default); --ask-answers N"
    );
    assert!(
        lost.code == 3 && lost.err.contains(&expected),
        "{}",
        lost.err
    );
    let lost = larimar.run(
        &[
            "fetch",
            "--password-stdin",
            "--email",
            EMAIL,
            "--answer",
            "Fido",
        ],
        format!("{OTHER}\n"),
    );
    assert!(
        lost.err.contains("(--email) and 1 answer (--answer)"),
        "{}",
        lost.err
    );

    // without a profile the command is told that makes one
    let other = Larimar::calling(&server.url);
    let delete = ["delete", "--yes", "--password-stdin", "--answers-stdin"];
    larimar.run(&delete, format!("{OTHER}\nRex\n")).ok();
    let second = code(&other);
    let more = ["--code", &second, "--email", EMAIL];
    let created = other.run(&[&create[..], &more].concat(), format!("{OTHER}\n1\n2\n"));
    let expected = format!(
        "larimar profile set default --server {} --email {EMAIL} --answers 2",
        server.url
    );
    let told = created.ok().err;
    assert!(told.contains(&expected), "{told}");
}

#[test]
fn a_profile_of_another_wallet_stays_as_it_is() {
    let server = Larimard::start();
    let alice = Person {
        answers: &["Fluffy"],
        ..Person::at(&server)
    };
    let profile = ["profile", "set", "default", "--email", "bob@example.com"];
    alice.larimar.run(&profile, "").ok();
    let code = alice.code(&server);
    let told = alice.does(&["create", "--code", &code], "").ok().err;
    assert!(told.contains("profile set NAME"), "{told}");
    let shown = alice
        .larimar
        .run(&["profile", "show", "default", "--json"], "");
    assert_eq!(shown.json(), json!({"email": "bob@example.com"}));
}

#[test]
fn a_weak_password_is_taken_only_if_it_is_meant() {
    let server = Larimard::start();
    let alice = Person::at(&server);
    let code = alice.code(&server);
    let create = [
        "create",
        "--code",
        &code,
        "--email",
        EMAIL,
        "--password-stdin",
    ];
    let refused = alice.larimar.run(&create, "Sommer2026\n");
    assert_eq!(refused.code, 2, "{}", refused.err);
    for said in [
        "the password is weak. ",
        "for somebody who stole the server's data and rents five fast graphics cards",
        "hint: choose one that is harder to guess",
        "--allow-weak",
    ] {
        assert!(refused.err.contains(said), "{said}: {}", refused.err);
    }
    let short = alice.larimar.run(&create, "pw\n");
    assert!(
        short.err.contains("fewer than 8 characters"),
        "{}",
        short.err
    );
    // nothing was spent
    let allowed = [&create[..], &["--allow-weak"]].concat();
    let told = alice.larimar.run(&allowed, "pw\n").ok().err;
    assert!(
        told.contains("warning: the password is weak. Very weak. "),
        "{told}"
    );

    let change = ["change-password", "--email", EMAIL, "--password-stdin"];
    let to_new = [&change[..], &["--new-password-stdin"]].concat();
    let refused = alice
        .larimar
        .run(&to_new, format!("pw\n{}\n", "4".repeat(12)));
    assert_eq!(refused.code, 2, "{}", refused.err);
    let allowed = [&to_new[..], &["--allow-weak"]].concat();
    alice
        .larimar
        .run(&allowed, format!("pw\n{}\n", "4".repeat(12)))
        .ok();
    let json = [&change[..], &["--json"]].concat();
    let done = alice
        .larimar
        .run_without_terminal(&json, format!("{}\n", "4".repeat(12)));
    assert_eq!((done.code, &error(&done)["name"]), (2, &json!("Usage")));
    assert!(done.err.contains("--new-password-stdin"), "{}", done.err);
}

#[test]
fn a_profile_with_a_mistake_says_how_to_be_rid_of_it() {
    let larimar = Larimar::new();
    let folder = larimar.folder().join("profiles");
    std::fs::create_dir(&folder).unwrap();
    for broken in [&b"answers = 1\nanswers = 'x'\n"[..], b"\xff"] {
        std::fs::write(folder.join("default.toml"), broken).unwrap();
        let done = larimar.run(&["info"], "");
        assert_eq!(done.code, 2);
        assert!(
            done.err.contains("larimar profile remove default"),
            "{}",
            done.err
        );
        assert!(!done.err.contains('\u{FFFD}'), "{}", done.err);
        assert_eq!(done.err.lines().count(), 2, "{}", done.err);
        larimar.run(&["profile", "remove", "default"], "").ok();
    }
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_text_are_wrong_usage() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let larimar = Larimar::new();
    let done = larimar.run(&[OsStr::from_bytes(b"\xff"), OsStr::new("--json")], "");
    assert_eq!((done.code, &error(&done)["name"]), (2, &json!("Usage")));
}

#[test]
fn a_long_name_leaves_the_list_readable() {
    let server = Larimard::start();
    let alice = Person::at(&server);
    let code = alice.code(&server);
    alice.does(&["create", "--code", &code], "").ok();
    let name = "x".repeat(300);
    alice
        .does(&["entries", "set", &name, "--secret-stdin"], "s")
        .ok();
    let list = alice.does(&["entries", "list"], "").ok().out;
    assert!(
        list.lines().all(|line| line.chars().count() < 100),
        "{list}"
    );
    alice.does(&["entries", "show", &name], "").ok();
}
