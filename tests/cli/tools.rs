//! Changes as they happen, signatures of files, backups.

use std::io::{BufRead, BufReader, Write};
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use larimar::client::{BlobHash, Client, Name};
use serde_json::{Value, json};

use crate::person::{EMAIL, OTHER, PASSWORD, Person, error};
use crate::program::Larimar;
use crate::server::Larimard;

fn derived(alice: &Person) -> String {
    let derive = ["derive", "--email", EMAIL, "--password-stdin"];
    let done = alice.larimar.run(&derive, format!("{PASSWORD}\n"));
    done.ok().out.trim().to_owned()
}

#[test]
fn changes_are_told_as_they_happen_also_those_that_were_missed() {
    let mut server = Larimard::start();
    let alice = Person::at(&server);
    alice.creates(&server, "first");
    let watch = ["watch", "--publickey", &derived(&alice), "--json"];
    let mut child = alice.larimar.command(&watch).spawn().unwrap();
    let mut connections = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut connection = || -> Value {
        let line = connections.next().unwrap().unwrap();
        serde_json::from_str(&line).unwrap()
    };
    assert_eq!(connection(), json!({"connection": "made"}));
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = || -> Value { serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap() };
    // the subscription is an access that the server tells of
    let subscribed = || {
        let accesses = alice.does(&["accesses", "--json"], "").json();
        let recent = accesses["statistics"]["recent"].as_array().unwrap();
        let times = recent.iter().filter(|it| it["method"] == "subscribeWallet");
        times.count()
    };
    while subscribed() == 0 {}
    let save = ["save", "--data", "-", "--overwrite", "--json"];
    let saved = alice.does(&save, "second").json();
    let told = next();
    assert_eq!(
        (&told["event"], &told["local_hash"]),
        (&json!("saved"), &saved["local_hash"])
    );

    // what happened while the connection was gone is told once, when it is back
    server.stop();
    let lost = connection();
    assert_eq!(
        (
            &lost["connection"],
            &lost["error"]["name"],
            &lost["again_in"]
        ),
        (&json!("lost"), &json!("Transport"), &json!(1))
    );
    server.start_again();
    while connection()["connection"] != "made" {}
    let saved = alice.does(&save, "third").json();
    assert_eq!(next()["local_hash"], saved["local_hash"]);
    let saved = alice.does(&save, "fourth").json();
    assert_eq!(next()["local_hash"], saved["local_hash"]);

    let interrupt = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(interrupt.unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(lines.count(), 0);
}

#[test]
fn a_person_is_told_that_the_connection_is_back() {
    let mut server = Larimard::start();
    let alice = Person::at(&server);
    alice.creates(&server, "first");
    let watch = ["watch", "--publickey", &derived(&alice)];
    let mut child = alice.larimar.command(&watch).spawn().unwrap();
    let mut told = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut next = || told.next().unwrap().unwrap();
    assert!(next().starts_with("watching "));
    server.stop();
    let lost = next();
    assert!(lost.ends_with("Trying again in 1 second"), "{lost}");
    server.start_again();
    let back = std::iter::repeat_with(next).find(|line| !line.contains("Trying again"));
    assert_eq!(back.unwrap(), "connected again");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn watching_ends_with_the_wallet_and_says_what_it_cannot_watch() {
    let server = Larimard::start();
    let alice = Person::at(&server);
    assert_eq!(alice.does(&["watch"], "").code, 3);
    let refused = alice.larimar.run(&["watch", "--publickey", "02"], "");
    assert_eq!(refused.code, 2, "{}", refused.err);
    let away = [
        "watch",
        "--publickey",
        &derived(&alice),
        "--server",
        "http://127.0.0.1:1",
    ];
    assert_eq!(alice.larimar.run(&away, "").code, 7);

    alice.creates(&server, "first");
    let watch = ["watch", "--publickey", &derived(&alice)];
    let mut child = alice.larimar.command(&watch).spawn().unwrap();
    let mut told = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(told.next().unwrap().unwrap().starts_with("watching "));
    alice.does(&["delete", "--yes"], "").ok();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let line = String::from_utf8(output.stdout).unwrap();
    assert!(
        line.starts_with("20") && line.ends_with(" deleted\n"),
        "{line}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_of_a_file_is_of_that_file_and_nothing_else() {
    let server = Larimard::start();
    let alice = Person::at(&server);
    alice.creates(&server, "first");
    let file = alice.larimar.folder().join("release");
    std::fs::write(&file, "what others made").unwrap();
    let file = file.to_str().unwrap();
    let signed = alice.does(&["sign", file, "--json"], "").json();
    let text = |field: &str| signed[field].as_str().unwrap();
    assert_eq!(text("publickey"), derived(&alice));
    assert_eq!(
        text("sha256"),
        BlobHash::of(b"what others made").to_string()
    );
    assert_eq!(
        alice.does(&["sign", file], "").ok().out.trim(),
        text("signature")
    );

    let piped = alice.does(&["sign", "-"], "what others made").ok();
    assert_eq!(piped.out.trim(), text("signature"));

    // verifying needs neither a server nor a password
    let verify = |file: &str, key: &str, input: &str| {
        let verify = [
            "verify",
            file,
            "--signature",
            text("signature"),
            "--publickey",
            key,
            "--json",
        ];
        Larimar::new().run(&verify, input)
    };
    let key = text("publickey");
    assert_eq!(verify(file, key, "").json()["valid"], true);
    assert_eq!(verify("-", key, "what others made").json()["valid"], true);
    let other = verify("-", key, "what others forged");
    assert_eq!(
        (other.code, &error(&other)["name"]),
        (8, &json!("NotAuthentic"))
    );
    let stranger = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    assert_eq!(verify(file, stranger, "").code, 8);
    assert_eq!(verify(file, "02", "").code, 2);

    // no server takes it: not for the file, and what was signed is nothing that could be stored
    let client = Client::connect(&server.url).unwrap();
    let signature = text("signature").parse().unwrap();
    let refused = client
        .save_wallet(b"what others made", &signature, None)
        .await;
    assert_eq!(
        refused.unwrap_err().server_error(),
        Some(Name::WalletNotFound)
    );
    let preimage = [
        &b"larimar/v1/file"[..],
        &BlobHash::of(b"what others made").0,
    ]
    .concat();
    let refused = client.save_wallet(&preimage, &signature, None).await;
    assert_eq!(refused.unwrap_err().server_error(), Some(Name::InvalidData));
}

#[test]
fn a_backup_comes_back_and_replaces_nothing_silently() {
    let server = Larimard::start();
    let alice = Person::at(&server);
    let code = alice.code(&server);
    alice.does(&["create", "--code", &code], "").ok();
    let set = ["entries", "set", "bank", "--secret-stdin"];
    alice.does(&set, "pin 4711").ok();
    let at = |name: &str| {
        alice
            .larimar
            .folder()
            .join(name)
            .to_str()
            .unwrap()
            .to_owned()
    };
    let file = at("today.larimar.json");
    alice.does(&["export", "--out", &file], "").ok();
    assert_eq!(
        alice.does(&["export", "--out", &file], "").code,
        2,
        "it is there"
    );
    let exported = std::fs::read_to_string(&file).unwrap();
    let form: Value = serde_json::from_str(&exported).unwrap();
    assert_eq!(
        (&form["larimar_backup"], &form["publickey"]),
        (&json!(1), &json!(derived(&alice)))
    );
    let blob = STANDARD
        .decode(form["encrypted_data"].as_str().unwrap())
        .unwrap();
    assert!(blob.starts_with(b"LRM1") && !exported.contains("pin 4711"));
    let piped: Value = serde_json::from_str(&alice.does(&["export"], "").ok().out).unwrap();
    assert_eq!(piped["encrypted_data"], form["encrypted_data"]);

    let same = alice.does(&["import", &file, "--json"], "").json();
    assert_eq!(
        same,
        json!({"changed": false, "revision": 2, "entries": []})
    );
    alice.does(&["entries", "remove", "bank"], "").ok();
    let refused = alice.does(&["import", &file], "");
    assert_eq!(refused.code, 4, "{}", refused.err);
    assert!(
        refused.out.contains("only in the backup"),
        "{}",
        refused.out
    );
    assert!(refused.err.contains("--replace"), "{}", refused.err);
    assert_eq!(alice.does(&["entries", "show", "bank"], "").code, 3);
    let entries = |done: &Value| {
        let all = done["entries"].as_array().unwrap();
        let pairs = all
            .iter()
            .map(|it| (it["name"].clone(), it["where"].clone()));
        pairs.collect::<Vec<_>>()
    };
    let only_in_the_backup = [(json!("bank"), json!("backup"))];
    let refused = alice.does(&["import", &file, "--json"], "");
    assert_eq!(
        (refused.code, &error(&refused)["name"]),
        (4, &json!("Conflict"))
    );
    let told: Value = serde_json::from_str(&refused.out).unwrap();
    assert_eq!(
        (&told["changed"], &told["revision"]),
        (&json!(false), &json!(3))
    );
    assert_eq!(entries(&told), only_in_the_backup);
    let told = alice
        .does(&["import", &file, "--replace", "--json"], "")
        .json();
    assert_eq!(
        (&told["changed"], &told["revision"]),
        (&json!(true), &json!(4))
    );
    assert_eq!(entries(&told), only_in_the_backup);
    assert_eq!(
        alice.does(&["entries", "show", "bank"], "").ok().out,
        "pin 4711\n"
    );

    // what is beside the entries counts too
    let save = ["save", "--data", "-", "--overwrite"];
    let with = json!({"larimar": 1, "entries": [], "folders": ["work"]}).to_string();
    alice.does(&save, &with).ok();
    let folders = at("folders.larimar.json");
    alice.does(&["export", "--out", &folders], "").ok();
    alice
        .does(&save, &json!({"larimar": 1, "entries": []}).to_string())
        .ok();
    let refused = alice.does(&["import", &folders], "");
    assert_eq!(refused.code, 4, "{}", refused.err);
    assert!(
        refused.out.contains("something beside them"),
        "{}",
        refused.out
    );
    alice.does(&["import", &folders, "--replace"], "").ok();
    assert!(alice.does(&["fetch"], "").ok().out.contains("work"));
    alice.does(&["import", &file, "--replace"], "").ok();

    // under a new password it does not open, and the old one still opens it
    let change = ["change-password", "--new-password-stdin"];
    alice.does(&change, &format!("{OTHER}\n")).ok();
    let moved = Person {
        password: OTHER,
        larimar: Larimar::calling(&server.url),
        ..alice
    };
    let refused = moved.does(&["import", &file, "--json"], "");
    assert_eq!(
        (refused.code, &error(&refused)["name"]),
        (8, &json!("OtherKeys"))
    );
    let open = at("secrets.json");
    let import = ["import", &file, "--out", &open, "--json"];
    let told = alice.does(&import, "").json();
    assert_eq!(
        (&told["file"], &told["revision"]),
        (&json!(open), &json!(2))
    );
    assert!(std::fs::read_to_string(&open).unwrap().contains("pin 4711"));
}

#[test]
fn a_backup_that_nobody_reads_is_none() {
    let server = Larimard::start();
    let alice = Person::at(&server);
    alice.creates(&server, "first");
    let export = ["export", "--email", EMAIL, "--password-stdin"];
    let mut child = alice.larimar.command(&export).spawn().unwrap();
    drop(child.stdout.take());
    let mut input = child.stdin.take().unwrap();
    input.write_all(format!("{PASSWORD}\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(!told.contains("exported"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_pipe_with_a_name_is_signed_and_a_folder_is_not() {
    let alice = Person {
        larimar: Larimar::new(),
        email: EMAIL,
        password: PASSWORD,
        answers: &[],
    };
    let folder = alice.larimar.folder().to_str().unwrap();
    let key = derived(&alice);
    let signature = alice.does(&["sign", "-"], "others made it").ok().out;
    let verify = ["--signature", signature.trim(), "--publickey", &key];
    assert_eq!(alice.does(&["sign", folder], "").code, 2);
    let refused = Larimar::new().run(&[&["verify", folder], &verify[..]].concat(), "");
    assert_eq!(refused.code, 2, "{}", refused.err);

    let pipe = alice.larimar.folder().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let path = pipe.clone();
    let writer = std::thread::spawn(move || std::fs::write(path, "others made it"));
    let signed = alice.does(&["sign", pipe.to_str().unwrap()], "").ok().out;
    assert_eq!(signed, signature);
    writer.join().unwrap().unwrap();
}

#[test]
fn a_damaged_backup_is_told_from_a_file_that_is_none() {
    let alice = Person {
        larimar: Larimar::new(),
        email: EMAIL,
        password: PASSWORD,
        answers: &[],
    };
    let whole = std::fs::read_to_string("tests/backups/console.larimar.json").unwrap();
    let file = alice.larimar.folder().join("backup");
    let out = alice.larimar.folder().join("secrets.json");
    let import = [
        "import",
        file.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--json",
    ];
    let last = whole.rfind('"').unwrap();
    let changed = format!("{}AAAA{}", &whole[..last - 8], &whole[last - 4..]);
    for (text, code, name) in [
        (&whole[..whole.len() / 2], 8, "Damaged"),
        (&whole[..whole.len() - 3], 8, "Damaged"),
        (&whole.replace("TFJN", "TFJO"), 8, "Damaged"),
        (&changed, 8, "Tampered"),
        (
            &whole.replace("_backup\": 1", "_backup\": 2"),
            2,
            "NotBackup",
        ),
        ("[]", 2, "NotBackup"),
        ("", 2, "NotBackup"),
    ] {
        std::fs::write(&file, text).unwrap();
        let refused = alice.does(&import, "");
        let error = error(&refused);
        assert_eq!((refused.code, &error["name"]), (code, &json!(name)));
        let hint = error["hint"].as_str().unwrap();
        assert!(!hint.contains("--allow-empty"), "{hint}");
        assert!(!out.exists());
    }
}

#[test]
fn a_backup_of_the_browser_console_is_read() {
    let alice = Person {
        larimar: Larimar::new(),
        email: EMAIL,
        password: PASSWORD,
        answers: &[],
    };
    let open = alice.larimar.folder().join("secrets.json");
    let import = [
        "import",
        "tests/backups/console.larimar.json",
        "--out",
        open.to_str().unwrap(),
    ];
    alice.does(&import, "").ok();
    assert!(std::fs::read_to_string(&open).unwrap().contains("4711 ünï"));
}
