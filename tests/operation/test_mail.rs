//! `larimard test-mail`, and words of the operator's own.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::house::{House, code_in, name};
use super::person::Person;

/// Exit code, standard output, standard error.
fn run(mut command: Command) -> (Option<i32>, String, String) {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn mails(house: &House) -> Vec<String> {
    let files = std::fs::read_dir(house.path("mail")).unwrap();
    let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    texts.collect()
}

#[test]
fn it_sends_what_people_get_without_a_server_and_makes_no_store() {
    let house = House::new();
    let (code, printed, said) = run(house.larimard(&["test-mail", "you@example.org"]));
    assert_eq!(code, Some(0), "{said}");
    let steps: Vec<&str> = printed.lines().map(|line| &line[..19]).collect();
    assert_eq!(steps, ["ok      settings   ", "ok      mail       "]);
    assert!(said.contains("mail.transport = file"), "{said}");
    // it says where it is, as it can be given to a program, and not that it arrives
    let (_, path) = printed.split_once("it is in ").unwrap();
    let (path, _) = path.split_once(", and nobody gets it").unwrap();
    let text = std::fs::read_to_string(house.path(path)).unwrap();
    assert!(text.contains("To: you@example.org\r\n"), "{text}");
    assert!(!printed.contains("arrives"), "{printed}");
    let mails = mails(&house);
    assert!(mails[0].contains("To: you@example.org\r\n"));
    assert!(!house.path("data").exists() && !house.path("larimar.secret").exists());

    let code = code_in(&mails[0]);
    let server = house.start();
    let refused = server.refused("createWallet", Person::number(1).create(&code, b"one"));
    assert_eq!(name(&refused), "InvalidCode", "it opens nothing");
    // nor does it mind one that runs
    let (code, json, _) = run(house.larimard(&["test-mail", "--json", "you@example.org"]));
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((code, &json["sent"]), (Some(0), &json!(true)));
    assert_eq!(json["steps"][1]["step"], "mail");

    let (code, _, said) = run(house.larimard(&["test-mail", "nobody"]));
    assert_eq!(code, Some(2));
    assert!(said.contains("local@domain"), "{said}");
}

#[test]
fn of_a_mail_that_was_printed_it_says_so() {
    let house = House::with(&["mail.transport=print"]);
    let (code, printed, said) = run(house.larimard(&["test-mail", "you@example.org"]));
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("To: you@example.org\r\n"), "{said}");
    assert!(
        printed.contains("it was printed, and nobody gets it"),
        "{printed}"
    );
    assert!(!printed.contains("arrives"), "{printed}");
}

/// A mail server that says hello, and refuses every recipient.
fn refusing() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut socket in listener.incoming().flatten() {
            let lines = BufReader::new(socket.try_clone().unwrap()).lines();
            let _ = socket.write_all(b"220 post ESMTP\r\n");
            for line in lines.map_while(Result::ok) {
                let answer: &[u8] = match line.get(..4) {
                    Some("RCPT") => b"550 5.7.1 relaying\x07 denied\r\n",
                    Some("QUIT") => break,
                    _ => b"250 ok\r\n",
                };
                let _ = socket.write_all(answer);
            }
        }
    });
    port
}

#[test]
fn each_step_that_fails_says_what_to_do() {
    let refuses = refusing();
    let hidden = "p4ssw0rd";
    for (url, step, says) in [
        (
            "smtp://no-such-host.invalid".to_owned(),
            "name",
            "check the host in mail.url",
        ),
        (
            format!("smtps://u:{hidden}@127.0.0.1:1"),
            "connection",
            "check host and port",
        ),
        (
            format!("smtp://127.0.0.1:{refuses}"),
            "mail",
            "It said: 550 5.7.1 relaying  denied",
        ),
        (
            format!("smtp://127.0.0.1:{refuses}?tls=required"),
            "mail",
            "no encrypted connection",
        ),
    ] {
        let mut house = House::with(&["mail.transport=smtp", "mail.timeout_seconds=2"]);
        house.set(&format!("mail.url={url}"));
        let begun = Instant::now();
        let (code, printed, said) = run(house.larimard(&["test-mail", "you@example.org"]));
        assert!(begun.elapsed() < Duration::from_secs(9), "{url}");
        assert_eq!(code, Some(1), "{url}: {printed}{said}");
        let last = printed.lines().last().unwrap();
        assert!(
            last.starts_with(&format!("FAILED  {step} ")),
            "{url}: {printed}"
        );
        assert!(last.contains(says), "{url}: {printed}");
        assert!(
            !format!("{printed}{said}").contains(hidden),
            "{printed}{said}"
        );
        assert!(
            said.lines().last().unwrap().contains("was not handed over"),
            "{said}"
        );
    }
}

#[test]
fn a_mail_server_that_is_silent_is_given_up_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut house = House::with(&["mail.transport=smtp", "mail.timeout_seconds=1"]);
    house.set(&format!("mail.url=smtp://127.0.0.1:{port}"));
    let begun = Instant::now();
    let (code, json, _) = run(house.larimard(&["test-mail", "--json", "you@example.org"]));
    assert!(begun.elapsed() < Duration::from_secs(6));
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((code, &json["sent"]), (Some(1), &json!(false)));
    let steps: Vec<_> = json["steps"].as_array().unwrap().iter().collect();
    let told = steps
        .iter()
        .map(|step| (step["step"].as_str().unwrap(), step["ok"] == true));
    let expected = [
        ("settings", true),
        ("name", true),
        ("connection", true),
        ("mail", false),
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
    assert!(
        steps[3]["said"]
            .as_str()
            .unwrap()
            .contains("mail.timeout_seconds")
    );
}

#[test]
fn a_program_that_sends_mail_is_tried_out_and_what_it_says_is_shown() {
    let mut house = House::with(&["mail.transport=sendmail"]);
    let program = house.path("post");
    house.set(&format!("mail.sendmail={}", program.display()));
    let (code, printed, _) = run(house.larimard(&["test-mail", "you@example.org"]));
    assert_eq!(code, Some(1));
    assert!(
        printed.contains("FAILED  settings") && printed.contains("does not exist"),
        "{printed}"
    );
    let script = |text: &str| {
        std::fs::write(&program, text).unwrap();
        std::fs::set_permissions(&program, PermissionsExt::from_mode(0o700)).unwrap();
    };
    script("#!/bin/sh\ncat > /dev/null; echo 'no route to you' >&2; exit 75\n");
    let (code, printed, _) = run(house.larimard(&["test-mail", "you@example.org"]));
    assert_eq!(code, Some(1));
    assert!(
        printed.contains("FAILED  mail") && printed.contains("It said: no route to you"),
        "{printed}"
    );
    script("#!/bin/sh\necho \"$@\" > \"$0.arguments\"; cat > \"$0.message\"\n");
    // the server and the command go the same way
    let (code, printed, _) = run(house.larimard(&["test-mail", "you@example.org"]));
    assert_eq!(code, Some(0), "{printed}");
    let read = |name| std::fs::read_to_string(house.path(name)).unwrap();
    assert_eq!(
        read("post.arguments"),
        "-i -f noreply@localhost -- you@example.org\n"
    );
    house.start().ok("requestCode", json!(["one@example.org"]));
    assert_eq!(
        read("post.arguments"),
        "-i -f noreply@localhost -- one@example.org\n"
    );
    assert!(read("post.message").contains(&code_in(&read("post.message"))));
}

/// As under the unit, whose NoNewPrivileges keeps Postfix and Exim from taking a mail.
#[test]
#[cfg(target_os = "linux")]
fn a_server_that_may_gain_no_rights_warns_of_a_program_that_sends_mail() {
    let mut house = House::new();
    let confined = |house: &House, command: &str| {
        let command = house.larimard(&[command]);
        let mut confined = Command::new("setpriv");
        confined
            .arg("--no-new-privs")
            .arg(command.get_program())
            .args(command.get_args())
            .current_dir(house.path(""));
        confined
    };
    let warning = "mail.transport = sendmail: this process may gain no rights";
    let (_, _, said) = run(confined(&house, "check-config"));
    assert!(!said.contains(warning), "{said}");
    house.set("mail.transport=sendmail");
    house.set("mail.sendmail=/bin/true");
    let (_, _, said) = run(house.larimard(&["check-config"]));
    assert!(!said.contains(warning), "{said}");
    let (_, _, said) = run(confined(&house, "check-config"));
    assert!(
        said.contains(warning) && said.contains("smtp://localhost"),
        "{said}"
    );
    let mut server = confined(&house, "serve");
    let mut server = server.stderr(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(server.stderr.take().unwrap()).lines();
    let warned = lines
        .map_while(Result::ok)
        .any(|line| line.contains(warning));
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(warned);
}

#[test]
fn people_get_the_words_of_the_operator() {
    let mut house = House::new();
    std::fs::write(
        house.path("mail.txt"),
        "Zugangscode für {{ service }}\n\nGültig {{ minutes }} Minuten:\n\n{{ code }}\n",
    )
    .unwrap();
    house.set("mail.template=mail.txt");
    house.set("mail.from=Größe <noreply@localhost>");
    let server = house.start();
    server.create(&house, &Person::number(1), "one@example.org", b"one");
    server.ok("requestCode", json!(["two@example.org"]));
    let mail = mails(&house).pop().unwrap();
    assert!(mail.contains("G=C3=BCltig 30 Minuten:"), "{mail}");
    assert!(
        mail.contains("\r\nSubject: Zugangscode =?utf-8?b?"),
        "{mail}"
    );
    assert!(!mail.contains("text/html"), "{mail}");
}

#[test]
fn words_that_are_of_no_use_are_refused_at_the_start_and_by_check_config() {
    let mut house = House::new();
    house.set("mail.template=mail.txt");
    for (text, says) in [
        (None, "cannot be read"),
        (
            Some("Code\n\nYour code: {{ code }}"),
            "no line with {{ code }}",
        ),
        (
            Some("Code\n\n{{ code }}\n{{ email }}"),
            "{{ email }}, which nothing stands for",
        ),
        (
            Some("Code\nBcc: x@example.org\n\n{{ code }}"),
            "its first line is the subject",
        ),
    ] {
        if let Some(text) = text {
            std::fs::write(house.path("mail.txt"), text).unwrap();
        }
        for arguments in [
            &["check-config"][..],
            &["serve"],
            &["test-mail", "you@example.org"],
        ] {
            let (code, _, said) = run(house.larimard(arguments));
            assert_eq!(code, Some(2), "{arguments:?}: {said}");
            assert!(
                said.contains("mail.template") && said.contains(says),
                "{said}"
            );
        }
    }
    assert!(!house.path("data").exists(), "nothing was made");
}
