//! `scripts/access-log`, as an operator runs it.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use super::house::{House, until};
use super::person::Person;

fn script(house: &House, arguments: &[&str]) -> Command {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/access-log");
    let mut command = Command::new(program);
    command.current_dir(house.path("")).args(arguments);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// How it ended, and what it wrote.
fn ran(house: &House, arguments: &[&str]) -> (Option<i32>, String, String) {
    let ended = script(house, arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (ended.status.code(), text(ended.stdout), text(ended.stderr))
}

#[track_caller]
fn shown(house: &House, arguments: &[&str]) -> Vec<String> {
    let (code, out, said) = ran(house, arguments);
    assert_eq!((code, said.as_str()), (Some(0), ""), "{out}");
    out.lines().map(str::to_owned).collect()
}

fn line(second: u8, ip: &str, method: &str, wallet: Option<&str>, outcome: &str) -> String {
    let wallet = json!(wallet);
    format!(
        "{{\"time\":\"2026-11-22T01:50:{second:02}.123Z\",\"request\":\"00000007-00000002\",\"ip\":\"{ip}\",\"method\":\"{method}\",\
         \"wallet\":{wallet},\"outcome\":\"{outcome}\",\"bytes_in\":1,\"bytes_out\":2,\"micros\":3456}}\n"
    )
}

const ONE: &str = "0123456789abcdef";
const TWO: &str = "fedcba9876543210";

/// A house with a log, in two parts.
fn house() -> House {
    let house = House::new();
    std::fs::create_dir(house.path("logs")).unwrap();
    let old = [
        line(1, "192.0.2.1", "fetchWallet", Some(ONE), "WalletNotFound"),
        line(2, "2001:db8::2", "wallet/login", None, "InvalidPin"),
    ];
    let new = [
        line(3, "192.0.2.1", "createWallet", Some(ONE), "InvalidCode"),
        line(4, "192.0.2.1", "fetchWallet", Some(TWO), "ok"),
        line(5, "2001:db8::3", "wallet/login", None, "InvalidPin"),
        line(6, "2001:db8::2", "wallet/login", None, "RateLimited"),
        line(7, "2001:db8::2", "wallet/login", None, "InvalidPinLocked"),
    ];
    std::fs::write(house.path("logs/access.log.1"), old.concat()).unwrap();
    std::fs::write(house.path("logs/access.log"), new.concat()).unwrap();
    house
}

#[test]
fn lines_are_filtered_for_people() {
    let house = house();
    let all = shown(&house, &[]);
    assert_eq!(all.len(), 5);
    for word in [
        "2026-11-22 01:50:03",
        "192.0.2.1 ",
        "createWallet",
        ONE,
        "InvalidCode",
        "3.5 ms",
    ] {
        assert!(all[0].contains(word), "{word}: {}", all[0]);
    }
    let both = ["logs/access.log.1", "logs/access.log"];
    for (arguments, count) in [
        (&["--address", "192.0.2.1"][..], 3),
        (&["--address", "2001:db8::2"], 3),
        (&["--address", "2001:db8::/64"], 4),
        (&["--address", "2001:db8::3", "--address", "192.0.2.1"], 4),
        (&["--outcome", "InvalidPin"], 2),
        (&["--outcome", "InvalidPin", "--outcome", "ok"], 3),
        (&["--wallet", ONE], 2),
        (&["--method", "fetchWallet"], 2),
        (&["--method", "fetchWallet", "--wallet", TWO], 1),
        (&["--since", "2026-11-22T01:50:04"], 4),
        (&["--since", "2026-11-22T02:50:04+01:00"], 4),
        (&["--since", "1s"], 0),
        (&[], 7),
    ] {
        let arguments = [arguments, &both].concat();
        // those who are asked about by time are later than all others
        let found = shown(&house, &arguments).len();
        assert_eq!(found, count, "{arguments:?}");
    }
    let raw = shown(&house, &["--json", "--outcome", "ok"]);
    assert_eq!(
        format!("{}\n", raw[0]),
        line(4, "192.0.2.1", "fetchWallet", Some(TWO), "ok")
    );
}

#[test]
fn who_guesses_most_comes_first() {
    let house = house();
    let counted = shown(
        &house,
        &["--failures", "logs/access.log.1", "logs/access.log"],
    );
    assert_eq!(counted.len(), 2);
    assert!(
        counted[0].trim_start().starts_with("3 2001:db8::/64"),
        "{counted:?}"
    );
    assert!(
        counted[0].ends_with("InvalidPin 2, InvalidPinLocked 1"),
        "{counted:?}"
    );
    assert!(
        counted[1].trim_start().starts_with("2 192.0.2.1"),
        "{counted:?}"
    );
    let both = ["logs/access.log.1", "logs/access.log"];
    let objects = shown(&house, &[&["--failures", "--json"], &both[..]].concat());
    let objects: Vec<Value> = objects
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        objects[0],
        json!({"ip": "2001:db8::/64", "failures": 3, "outcomes": {"InvalidPin": 2, "InvalidPinLocked": 1}})
    );
    assert_eq!(
        (&objects[1]["failures"], objects.len()),
        (&json!(2), counted.len())
    );
}

#[test]
fn the_last_lines_are_those_that_are_asked_for() {
    let house = house();
    let both = ["logs/access.log.1", "logs/access.log"];
    let all = shown(&house, &both);
    let pins = shown(&house, &[&["--outcome", "InvalidPin"], &both[..]].concat());
    for (arguments, expected) in [
        (&["-n", "3"][..], &all[4..]),
        (&["-n", "6"], &all[1..]),
        (&["--lines", "100"], &all),
        (&["--all"], &all),
        (&["-n", "0"], &[]),
        (&["-n", "1", "--outcome", "InvalidPin"], &pins[1..]),
    ] {
        let found = shown(&house, &[arguments, &both[..]].concat());
        assert_eq!(found, expected, "{arguments:?}");
    }
}

#[test]
fn what_is_no_line_is_left_out_and_said() {
    let house = house();
    let mut log = b"half\"}\n\n[1]\n7\n{}\n{\"time\":1}\n\xff\xfe\x00\n".to_vec();
    log.extend("[".repeat(100_000).bytes());
    log.push(b'\n');
    log.extend(line(1, "192.0.2.1\\u001b[2J", "fetchWallet", None, "ok").bytes());
    log.extend(line(2, "192.0.2.1", "fetchWallet", None, "ok").bytes());
    let last = line(3, "192.0.2.1", "fetchWallet", None, "ok");
    log.extend(&last.as_bytes()[..40]);
    std::fs::write(house.path("logs/access.log"), log).unwrap();
    let (code, out, said) = ran(&house, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(out.lines().count(), 2);
    assert!(
        !out.contains('\u{1b}'),
        "nothing reaches the terminal but text"
    );
    assert_eq!(
        said,
        "8 lines are none of the access log, and were left out\n"
    );
}

#[test]
fn wrong_usage_says_what_is_right() {
    let house = house();
    for (arguments, code, words) in [
        (&["--since", "yesterday"][..], 2, "2026-11-22T01:50"),
        (&["--wallet", "02ab"], 2, "16 hex digits"),
        (&["--address", "here"], 2, "2001:db8:1:2::/64"),
        (&["--follow", "--failures"], 2, "--follow is for lines"),
        (&["-n", "-1"], 2, "such as 50"),
        (&["-n", "3", "--failures"], 2, "-n is for lines"),
        (&["-n", "3", "--all"], 2, "-n is for lines"),
        (&["no.log"], 1, "no.log: No such file"),
        (&["--nonsense"], 2, "unrecognized"),
    ] {
        let (ended, _, said) = ran(&house, arguments);
        assert_eq!(ended, Some(code), "{said}");
        assert!(said.contains(words), "{said}");
        assert!(!said.contains("Traceback"), "{said}");
    }
    let help = shown(&house, &["--help"]).join("\n");
    assert!(help.contains("scripts/access-log --failures --since 1d"));
}

/// One that follows, until this is dropped.
struct Following(Child, BufReader<ChildStdout>);

impl Following {
    fn of(house: &House, arguments: &[&str]) -> Self {
        let mut child = script(house, arguments).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self(child, out)
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.1.read_line(&mut line).unwrap();
        line
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn it_follows_a_server_whose_log_is_rotated() {
    let house = House::new();
    let server = house.start();
    server.ok("serverInfo", json!([]));
    let log = house.path("logs/access.log");
    until("a line", || house.log_lines().len() == 1);
    let mut following = Following::of(&house, &["--follow", "--method", "fetchWallet"]);
    let call = || {
        server.refused("fetchWallet", json!([Person::number(1).key()]));
    };
    call();
    assert!(following.line().contains("WalletNotFound"));
    std::fs::rename(&log, house.path("logs/access.log.1")).unwrap();
    call();
    assert!(
        following.line().contains("WalletNotFound"),
        "it is in the old file"
    );
    server.signal("HUP");
    until("the new file", || log.exists());
    call();
    assert!(
        following.line().contains("WalletNotFound"),
        "it is in the new file"
    );
    // a line that comes in two pieces is one
    let whole = line(9, "192.0.2.9", "fetchWallet", None, "InvalidHash");
    let mut file = std::fs::File::options().append(true).open(&log).unwrap();
    let (head, rest) = whole.split_at(50);
    file.write_all(head.as_bytes()).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(500));
    file.write_all(rest.as_bytes()).unwrap();
    assert!(following.line().contains("InvalidHash"));
    server.stop();
}

#[test]
fn it_follows_from_the_end_unless_told_otherwise() {
    let house = House::new();
    std::fs::create_dir(house.path("logs")).unwrap();
    let log = house.path("logs/access.log");
    let call = |number: u8| line(number, "192.0.2.1", "fetchWallet", None, "ok");
    for (arguments, first) in [
        (&["--follow"][..], 15),
        (&["--follow", "-n", "3"], 22),
        (&["--follow", "--all"], 0),
        (&["--follow", "--since", "2026-11-22T01:50:20"], 20),
    ] {
        std::fs::write(&log, (0..25).map(call).collect::<String>()).unwrap();
        let mut following = Following::of(&house, arguments);
        for number in first..25 {
            let moment = format!("01:50:{number:02} ");
            let shown = following.line();
            assert!(shown.contains(&moment), "{arguments:?}: {shown}");
        }
        let mut file = std::fs::File::options().append(true).open(&log).unwrap();
        file.write_all(call(25).as_bytes()).unwrap();
        assert!(following.line().contains("01:50:25 "), "{arguments:?}");
    }
}
