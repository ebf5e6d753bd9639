//! `larimar` as a person or a script meets it, where no server is needed.

use serde_json::{Value, json};

use crate::faults::answering;
use crate::program::Larimar;

#[test]
fn the_worked_examples_derive_the_same_keys() {
    let text = std::fs::read_to_string("tests/vectors/larimar-v1.json").unwrap();
    let vectors: Vec<Value> = serde_json::from_str(&text).unwrap();
    let larimar = Larimar::new();
    for vector in &vectors {
        let text = |field: &str| vector[field].as_str().unwrap().to_owned();
        let mut arguments = vec!["derive".into(), "--email".into(), text("email")];
        arguments.extend(["--password-stdin", "--json", "--show-secret"].map(String::from));
        for answer in vector["answers"].as_array().unwrap() {
            arguments.extend(["--answer".into(), answer.as_str().unwrap().into()]);
        }
        let done = larimar.run(&arguments, format!("{}\n", text("password")));
        let keys = done.json();
        assert_eq!(keys.as_object().unwrap().len(), 3);
        for field in ["publickey", "private_key", "encryption_key"] {
            assert_eq!(keys[field], vector[field], "{}", vector["name"]);
        }
    }
}

#[test]
fn no_secret_is_shown_unless_it_is_asked_for() {
    let text = std::fs::read_to_string("tests/vectors/larimar-v1.json").unwrap();
    let vectors: Vec<Value> = serde_json::from_str(&text).unwrap();
    let text = |field: &str| vectors[0][field].as_str().unwrap();
    let larimar = Larimar::new();
    let derive = ["derive", "--email", text("email"), "--password-stdin"];
    let password = format!("{}\n", text("password"));

    let done = larimar.run(&derive, &password);
    assert_eq!((done.code, done.out.trim()), (0, text("publickey")));
    assert_eq!(done.err, "", "no progress where there is no terminal");

    let done = larimar.run(&[&derive[..], &["--json"]].concat(), &password);
    assert_eq!(
        done.json(),
        serde_json::json!({"publickey": text("publickey")})
    );

    let done = larimar.run(&[&derive[..], &["--show-secret"]].concat(), &password);
    let lines: Vec<&str> = done.out.lines().collect();
    assert_eq!(
        lines,
        ["publickey", "private_key", "encryption_key"]
            .map(|field| format!("{field} {}", text(field)))
    );
}

#[test]
fn every_command_has_help_with_what_it_needs_and_an_example() {
    let larimar = Larimar::new();
    let help = larimar.run(&["--help"], "");
    assert_eq!(help.code, 0);
    assert!(help.out.contains("Exit codes:"), "{}", help.out);
    for command in [
        "derive",
        "request-code",
        "create",
        "fetch",
        "save",
        "change-password",
        "delete",
        "versions",
        "restore",
        "accesses",
        "info",
        "status",
        "watch",
        "conflict",
        "conflict show",
        "conflict choose",
        "export",
        "import",
        "sign",
        "verify",
        "entries",
        "profile",
        "pin",
        "pin create",
        "pin list",
        "pin new",
        "pin describe",
        "pin unlock",
        "pin queue",
        "pin status",
        "pin show",
        "pin restore",
        "pin export",
        "pin keyphrase",
        "pin qr",
        "pin access",
        "pin change-pin",
        "pin lock",
        "pin delete",
        "entries list",
        "entries show",
        "entries set",
        "entries remove",
        "profile set",
        "profile list",
        "profile show",
        "profile remove",
    ] {
        let first = command.split(' ').next().unwrap();
        assert!(help.out.contains(&format!("\n  {first} ")), "{command}");
        let arguments: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        let done = larimar.run(&arguments, "");
        assert_eq!(done.code, 0, "{command}");
        let group = ["entries", "profile", "pin"].contains(&command);
        assert!(group || done.out.contains("Needs: "), "{command}");
        assert!(
            done.out.contains(&format!("  larimar {command}")),
            "{command}: {}",
            done.out
        );
    }
}

#[test]
fn each_command_has_a_manual_page_and_completions_of_both_programs() {
    let folder = tempfile::tempdir().unwrap();
    for program in [
        env!("CARGO_BIN_EXE_larimar"),
        env!("CARGO_BIN_EXE_larimard"),
    ] {
        let name = std::path::Path::new(program).file_name().unwrap();
        let name = name.to_str().unwrap();
        let run = |arguments: &[&std::ffi::OsStr]| {
            let done = std::process::Command::new(program).args(arguments).output();
            let done = done.unwrap();
            assert!(done.status.success(), "{name} {arguments:?}: {done:?}");
            String::from_utf8(done.stdout).unwrap()
        };
        run(&["man".as_ref(), folder.path().as_os_str()]);
        let help = run(&["--help".as_ref()]);
        let commands = help.split("Commands:\n").nth(1).unwrap();
        let commands = commands.lines().take_while(|line| !line.is_empty());
        let mut pages = 0;
        for command in commands.filter_map(|line| line.strip_prefix("  ")) {
            let Some(command) = command.split(' ').next().filter(|word| !word.is_empty()) else {
                continue;
            };
            let page = folder.path().join(format!("{name}-{command}.1"));
            assert!(command == "help" || page.exists(), "{page:?}");
            pages += 1;
        }
        assert!(pages > 5, "{pages}");
        let page = std::fs::read_to_string(folder.path().join(format!("{name}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS"), "{page}");
        for shell in ["bash", "zsh", "fish"] {
            let text = run(&["completions".as_ref(), shell.as_ref()]);
            assert!(text.contains("completions") && text.contains(name));
            if shell == "bash" {
                let mut checked = std::process::Command::new("bash");
                let file = folder.path().join("completions");
                std::fs::write(&file, text).unwrap();
                assert!(checked.arg("-n").arg(file).status().unwrap().success());
            }
        }
    }
}

#[test]
fn wrong_usage_is_2_and_says_what_is_meant() {
    let larimar = Larimar::new();
    let server = ["--server", "http://127.0.0.1:1"];
    let email = ["--email", "alice@example.com"];
    for (arguments, expected) in [
        (vec!["info"], "no server is given"),
        (
            vec!["info", "--server", "example.org"],
            "mean https://example.org?",
        ),
        (
            vec!["info", "--server", "http://example.org"],
            "without encryption",
        ),
        (vec!["derive", "--password-stdin"], "no e-mail address"),
        (
            vec!["derive", "--password-stdin", "--email", "alice"],
            "exactly one @",
        ),
        (
            vec![
                "derive",
                "--password-stdin",
                "--answer",
                " ",
                email[0],
                email[1],
            ],
            "answer 1: it is empty",
        ),
        (
            vec![
                "save",
                "--password-stdin",
                "--data",
                "-",
                email[0],
                email[1],
                server[0],
                server[1],
            ],
            "--expect-revision",
        ),
        (
            vec![
                "delete",
                "--password-stdin",
                email[0],
                email[1],
                server[0],
                server[1],
            ],
            "--yes",
        ),
        (
            vec!["profile", "set", "../x", server[0], server[1]],
            "letters, digits",
        ),
        (vec!["profile", "set", "x"], "nothing is given"),
        (
            vec!["profile", "set", "x", "--server", "http://example.org"],
            "without encryption",
        ),
        (vec!["unheard-of"], "unheard-of"),
        (
            vec!["profile", "set", "x", "--answers", "99999999"],
            "not in 0..=20",
        ),
        (
            vec!["profile", "set", "x", "--answers", "-1"],
            "not in 0..=20",
        ),
        (
            vec!["request-code", "--email", "alice", server[0], server[1]],
            "local@domain",
        ),
        (
            vec![
                "create", "--code", "7K3M", email[0], email[1], server[0], server[1],
            ],
            "four groups of four",
        ),
        (
            vec![
                "derive",
                "--password-stdin",
                "--answers-stdin",
                email[0],
                email[1],
            ],
            "--ask-answers N",
        ),
        (
            vec![
                "entries", "set", " ", email[0], email[1], server[0], server[1],
            ],
            "visible character",
        ),
        (
            vec![
                "entries", "set", "a\nb", email[0], email[1], server[0], server[1],
            ],
            "control characters",
        ),
        (
            vec![
                "fetch", "--out", "/", email[0], email[1], server[0], server[1],
            ],
            "is a folder",
        ),
        (
            vec![
                "fetch",
                "--out",
                "/nowhere/x",
                email[0],
                email[1],
                server[0],
                server[1],
            ],
            "there is no folder /nowhere",
        ),
    ] {
        let done = larimar.run(&arguments, "hunter2\n");
        assert_eq!(done.code, 2, "{arguments:?}: {}", done.err);
        assert!(
            done.err.starts_with("error: "),
            "{arguments:?}: {}",
            done.err
        );
        assert!(done.err.contains(expected), "{arguments:?}: {}", done.err);
        assert_eq!(done.out, "", "{arguments:?}");
        assert!(!done.err.contains("hunter2"));
    }
}

#[test]
fn a_password_that_cannot_be_used_is_not_repeated() {
    let larimar = Larimar::new();
    let derive = ["derive", "--email", "a@example.com", "--password-stdin"];
    for (input, expected) in [
        (&b""[..], "ended before the line"),
        (b"\n", "password: it is empty"),
        (b"hunter2\xff\n", "not UTF-8"),
        ("hunter2\u{378}\n".as_bytes(), "U+0378"),
    ] {
        let done = larimar.run(&derive, input);
        assert_eq!(done.code, 2, "{}", done.err);
        assert!(done.err.contains(expected), "{}", done.err);
        assert!(!done.err.contains("hunter2"), "{}", done.err);
    }
}

/// `setsid` takes the terminal away that a person who runs the tests may have.
#[cfg(target_os = "linux")]
#[test]
fn without_a_terminal_the_flag_is_named_that_replaces_it() {
    let larimar = Larimar::new();
    let email = ["--email", "alice@example.com"];
    let url = answering(json!({
        "name": "larimard", "version": "1", "protocol": 1, "time": "2026-11-22T01:50:16.123Z",
        "names": [], "limits": {}, "methods": [],
    }));
    let server = ["--server", &url];
    for (arguments, flag) in [
        (vec!["derive"], "--password-stdin"),
        (
            vec!["derive", "--password-stdin", "--ask-answers", "1"],
            "--answers-stdin",
        ),
        (vec!["create"], "--code"),
        (
            vec!["create", "--code", "7K3M-Q2WX-9FHT-B4ZC"],
            "--password-stdin",
        ),
        (vec!["delete"], "--yes"),
    ] {
        let arguments = [&arguments[..], &email, &server].concat();
        let done = larimar.run_without_terminal(&arguments, "password\n");
        assert_eq!(done.code, 2, "{arguments:?}: {}", done.err);
        assert!(done.err.contains(flag), "{arguments:?}: {}", done.err);
    }
}

#[test]
fn options_without_an_effect_are_not_offered() {
    let larimar = Larimar::new();
    let offers = |command: &[&str], option: &str| {
        let help = larimar.run(&[command, &["--help"]].concat(), "").ok().out;
        help.contains(&format!("      {option} "))
    };
    assert!(offers(&["fetch"], "--server") && offers(&["fetch"], "--timeout"));
    assert!(!offers(&["derive"], "--server") && !offers(&["derive"], "--timeout"));
    assert!(offers(&["profile", "set"], "--server"));
    assert!(!offers(&["profile", "list"], "--server"));
    // and the folder of profiles is an option wherever it comes from
    let wrong = larimar.run(&["fetch", "--unheard-of"], "");
    assert!(!wrong.err.contains("--profile-dir"), "{}", wrong.err);
}

#[test]
fn a_variable_that_is_empty_is_none() {
    let home = tempfile::tempdir().unwrap();
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_larimar"))
        .args(["profile", "list"])
        .env("LARIMAR_PROFILE_DIR", "")
        .env("HOME", home.path())
        .env_remove("XDG_CONFIG_HOME")
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    assert_eq!((done.stdout.len(), done.stderr.len()), (0, 0));
}

#[test]
fn profiles_are_kept_and_used() {
    let larimar = Larimar::new();
    assert_eq!(larimar.run(&["profile", "list"], "").out, "");
    let set = [
        "profile",
        "set",
        "default",
        "--server",
        "http://127.0.0.1:1",
    ];
    assert_eq!(larimar.run(&set, "").code, 0);
    let set = [
        "profile",
        "set",
        "default",
        "--email",
        "a@example.com",
        "--answers",
        "0",
    ];
    assert_eq!(larimar.run(&set, "").code, 0);
    assert_eq!(larimar.run(&["profile", "list"], "").out, "default\n");
    let shown = larimar.run(&["profile", "show", "default", "--json"], "");
    assert_eq!(
        shown.json(),
        serde_json::json!({"server": "http://127.0.0.1:1", "email": "a@example.com", "answers": 0})
    );
    let derived = larimar.run(&["derive", "--password-stdin"], "password\n");
    assert_eq!(derived.out.trim().len(), 66, "{}", derived.err);
    assert_eq!(larimar.run(&["info"], "").code, 7);
    assert_eq!(larimar.run(&["info", "--profile", "none"], "").code, 3);
    assert_eq!(larimar.run(&["profile", "remove", "default"], "").code, 0);
    assert_eq!(larimar.run(&["profile", "show", "default"], "").code, 3);
    assert_eq!(larimar.run(&["info"], "").code, 2);
}

#[test]
fn what_a_profile_lacks_is_put_into_that_profile() {
    let larimar = Larimar::new();
    for (set, lacks) in [
        (["--email", "a@b.c"], "profile set work --server URL"),
        (
            ["--server", "http://127.0.0.1:1"],
            "profile set work --email ADDRESS",
        ),
    ] {
        let profile = [&["profile", "set", "work"], &set[..]].concat();
        larimar.run(&profile, "").ok();
        for named in [&["--profile", "work"][..], &[]] {
            let fetch = [&["fetch", "--password-stdin"], named].concat();
            let refused = larimar.run(&fetch, "secret\n");
            let expected = match named {
                [] => "profile set default --server URL",
                _ => lacks,
            };
            assert_eq!(refused.code, 2, "{}", refused.err);
            assert!(refused.err.contains(expected), "{}", refused.err);
        }
        larimar.run(&["profile", "remove", "work"], "").ok();
    }
}

#[test]
fn a_side_or_data_is_what_a_conflict_needs() {
    let larimar = Larimar::new();
    let both = "<mine|theirs|--data <FILE>>";
    let help = larimar.run(&["conflict", "choose", "--help"], "").ok();
    let usage = help.out.lines().find(|line| line.starts_with("Usage:"));
    assert!(usage.is_some_and(|line| line.contains(both)), "{usage:?}");
    let refused = larimar.run(&["conflict", "choose"], "");
    assert_eq!(refused.code, 2);
    assert_eq!(refused.err.matches(both).count(), 2, "{}", refused.err);
    let refused = larimar.run(&["conflict", "choose", "mine", "--data", "-"], "");
    assert_eq!(refused.code, 2, "{}", refused.err);
}
