//! `larimar` as a person or a script meets it, where no server is needed.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "support/program.rs"]
mod program;

use std::io::{Read, Write};
use std::net::TcpListener;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use larimar::client::{BlobHash, Keys, Secret, seal};
use program::Larimar;
use serde_json::{Value, json};

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
        assert!(done.out.contains("Needs: "), "{command}");
        assert!(
            done.out.contains(&format!("  larimar {command}")),
            "{command}: {}",
            done.out
        );
    }
}

#[test]
fn wrong_usage_is_2_and_says_what_is_meant() {
    let larimar = Larimar::new();
    let server = ["--server", "http://127.0.0.1:1"];
    let email = ["--email", "alice@example.com"];
    for (arguments, expected) in [
        (vec!["info"], "no server is given"),
        (vec!["info", "--server", "example.org"], "not the URL"),
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

#[test]
fn a_server_that_is_not_there_is_7() {
    let larimar = Larimar::new();
    let done = larimar.run(&["info", "--server", "http://127.0.0.1:1"], "");
    assert_eq!(done.code, 7);
    assert!(
        done.err.contains("127.0.0.1:1 cannot be reached"),
        "{}",
        done.err
    );
    assert!(done.err.contains("\nhint: "), "{}", done.err);

    let done = larimar.run(&["info", "--json", "--server", "http://127.0.0.1:1"], "");
    assert_eq!(done.code, 7);
    let error: Value = serde_json::from_str(&done.err).expect("JSON");
    let wrong = larimar.run(&["unheard-of", "--json"], "");
    let usage: Value = serde_json::from_str(&wrong.err).expect("JSON");
    assert_eq!((wrong.code, &usage["error"]["name"]), (2, &json!("Usage")));
    assert_eq!(error["error"]["name"], "Transport");
    assert!(error["error"]["message"].is_string());
}

/// `setsid` takes the terminal away that a person who runs the tests may have.
#[cfg(target_os = "linux")]
#[test]
fn without_a_terminal_the_flag_is_named_that_replaces_it() {
    let larimar = Larimar::new();
    let email = ["--email", "alice@example.com"];
    let server = ["--server", "http://127.0.0.1:1"];
    for (arguments, flag) in [
        (vec!["derive"], "--password-stdin"),
        (
            vec!["derive", "--password-stdin", "--ask-answers", "1"],
            "--answer",
        ),
        (vec!["create"], "--code"),
        (
            vec!["create", "--code", "7K3M-Q2WX-9FHT-B4ZC"],
            "--password-stdin",
        ),
        (
            vec!["change-password", "--password-stdin"],
            "--new-password-stdin",
        ),
        (vec!["delete"], "--yes"),
    ] {
        let arguments = [&arguments[..], &email, &server].concat();
        let done = larimar.run_without_terminal(&arguments, "password\n");
        assert_eq!(done.code, 2, "{arguments:?}: {}", done.err);
        assert!(done.err.contains(flag), "{arguments:?}: {}", done.err);
    }
}

/// A server that answers every call with this result.
fn answering(result: Value) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"}}") {
                let mut bytes = [0; 4096];
                let read = socket.read(&mut bytes).unwrap();
                request.extend_from_slice(&bytes[..read]);
            }
            let body = request.iter().position(|&byte| byte == b'{').unwrap();
            let body: Value = serde_json::from_slice(&request[body..]).unwrap();
            let answer = json!({"jsonrpc": "2.0", "id": body["id"], "result": result}).to_string();
            write!(
                socket,
                "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{answer}",
                answer.len()
            )
            .unwrap();
        }
    });
    url
}

#[test]
fn what_is_not_the_owner_s_is_8_and_the_server_is_named() {
    let foreign = seal(&Keys::from_seed(&Secret::new([1; 32])), 1, b"{}").unwrap();
    for (blob, hash, name) in [
        (&foreign[..], BlobHash::of(&foreign), "Tampered"),
        (&foreign[..], BlobHash::of(b""), "WrongAnswer"),
        (b"opaque", BlobHash::of(b"opaque"), "NotSealed"),
    ] {
        let time = "2026-11-22T01:50:16.123Z";
        let server = answering(json!({
            "modified": true, "encrypted_data": STANDARD.encode(blob), "local_hash": hash.to_string(),
            "created": time, "updated": time,
            "statistics": {"updated": time, "fetches": 1, "addresses": [], "recent": []},
        }));
        let fetch = [
            "fetch",
            "--email",
            "alice@example.com",
            "--password-stdin",
            "--json",
        ];
        let done = Larimar::calling(&server).run(&fetch, "password\n");
        assert_eq!((done.code, done.out.as_str()), (8, ""), "{}", done.err);
        let error: Value = serde_json::from_str(&done.err).unwrap();
        assert_eq!(error["error"]["name"], name);
        let message = error["error"]["message"].as_str().unwrap();
        assert!(
            message.contains(server.trim_start_matches("http://")),
            "{message}"
        );
    }
}

#[test]
fn a_server_that_does_not_answer_is_7() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let done = Larimar::calling(&url).run(&["info", "--timeout", "1"], "");
    assert_eq!(done.code, 7);
    assert!(done.err.contains("did not answer in time"), "{}", done.err);
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
