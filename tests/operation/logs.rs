//! The access log: a line for each call, with what section 10 says and nothing else.

use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use larimar::crypto::keyed_hash;
use serde_json::{Value, json};

use super::house::{House, Server, request, until};
use super::person::Person;

/// The fingerprint by which the log names a wallet, computed as section 10 says.
fn fingerprint(house: &House, person: &Person) -> String {
    let secret: [u8; 32] = std::fs::read(house.path("larimar.secret"))
        .unwrap()
        .try_into()
        .unwrap();
    let hash = keyed_hash(&secret, &[b"larimar/v1/log", &person.key_bytes()]);
    hex::encode(&hash[..8])
}

/// The line of this call, which is there within a second.
fn line_of(house: &House, server: &Server, method: &str, params: &Value) -> Value {
    let before = house.log_lines().len();
    let _ = server.ask(method, params).expect("an answer");
    let begun = Instant::now();
    until("the line", || house.log_lines().len() > before);
    assert!(
        begun.elapsed() < Duration::from_secs(1),
        "{:?}",
        begun.elapsed()
    );
    let mut lines = house.log_lines();
    assert_eq!(lines.len(), before + 1);
    lines.pop().unwrap()
}

#[test]
fn every_call_has_one_line_with_the_fields_of_section_10() {
    let house = House::new();
    let server = house.start();
    let (one, two) = (Person::number(1), Person::number(2));
    let line = line_of(&house, &server, "requestCode", &json!(["one@example.org"]));
    assert_eq!(
        (&line["wallet"], &line["outcome"]),
        (&Value::Null, &json!("ok"))
    );
    let code = house.code("one@example.org");
    let key = one.key();
    let of_one = json!(fingerprint(&house, &one));
    let unknown = json!(fingerprint(&house, &two));
    let hash = super::person::hash(b"first");
    let calls = [
        (
            "createWallet",
            one.create("AAAA-AAAA-AAAA-AAAA", b"first"),
            &of_one,
            "InvalidCode",
        ),
        ("createWallet", one.create(&code, b"first"), &of_one, "ok"),
        ("fetchWallet", json!([key]), &of_one, "ok"),
        ("fetchWallet", json!([key, hash]), &of_one, "not_modified"),
        (
            "fetchWallet",
            json!([key, "nonsense"]),
            &of_one,
            "InvalidHash",
        ),
        (
            "fetchWallet",
            json!([two.key()]),
            &unknown,
            "WalletNotFound",
        ),
        (
            "fetchWallet",
            json!(["nonsense"]),
            &Value::Null,
            "InvalidPublicKey",
        ),
        (
            "fetchWallet",
            json!({"key": key}),
            &Value::Null,
            "InvalidParams",
        ),
        ("listVersions", json!([key]), &of_one, "ok"),
        ("fetchVersion", json!([key, hash]), &of_one, "ok"),
        ("saveWallet", one.save(b"second"), &of_one, "ok"),
        ("saveWallet", one.save(b"first"), &of_one, "Stale"),
        ("changePassword", one.change(&two, b"third"), &of_one, "ok"),
        ("serverInfo", json!([]), &Value::Null, "ok"),
        (
            "subscribeWallet",
            json!([key]),
            &Value::Null,
            "MethodNotFound",
        ),
        ("fetchWallet", json!([two.key()]), &unknown, "ok"),
        (
            "deleteWallet",
            two.delete(super::house::NAME, b"third"),
            &unknown,
            "ok",
        ),
    ];
    let mut numbers = vec![line["request"].clone()];
    for (method, params, wallet, outcome) in calls {
        let line = line_of(&house, &server, method, &params);
        let fields: Vec<&String> = line.as_object().unwrap().keys().collect();
        let mut expected = [
            "time",
            "request",
            "ip",
            "method",
            "wallet",
            "outcome",
            "bytes_in",
            "bytes_out",
            "micros",
        ];
        expected.sort_unstable();
        let mut sorted = fields.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, expected);
        assert_eq!(
            (&line["wallet"], &line["outcome"]),
            (wallet, &json!(outcome)),
            "{method} {params}"
        );
        assert_eq!(line["ip"], "127.0.0.1");
        let named = if outcome == "MethodNotFound" {
            Value::Null
        } else {
            json!(method)
        };
        assert_eq!(line["method"], named);
        assert_eq!(line["bytes_in"], request(method, &params).len(), "{method}");
        assert!(line["bytes_out"].as_u64().unwrap() > 30);
        assert!(line["micros"].as_u64().unwrap() > 0);
        let time = line["time"].as_str().unwrap();
        assert!(time.len() == 24 && time.ends_with('Z'), "{time}");
        assert!(
            !numbers.contains(&line["request"]),
            "each has its own number"
        );
        numbers.push(line["request"].clone());
    }
}

#[test]
fn every_entry_of_a_batch_and_every_failure_has_a_line() {
    let house = House::new();
    let server = house.start();
    let key = Person::number(1).key();
    let entries = [
        request("serverInfo", &json!([])),
        request("fetchWallet", &json!([key])),
        "{\"jsonrpc\":\"2.0\",\"method\":\"fetchWallet\",\"params\":[]}".to_owned(),
        "7".to_owned(),
        request("noSuchMethod", &json!([])),
    ];
    server.post(&format!("[{}]", entries.join(","))).unwrap();
    until("five lines", || house.log_lines().len() == 5);
    let outcomes = |from: usize| -> Vec<String> {
        let lines = house.log_lines();
        lines[from..]
            .iter()
            .map(|line| line["outcome"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        outcomes(0),
        [
            "ok",
            "WalletNotFound",
            "not_executed",
            "InvalidRequest",
            "MethodNotFound"
        ]
    );
    server.post("what?").unwrap();
    server.post("{\"what").unwrap();
    server.post(&format!("[{}]", ["{}"; 11].join(","))).unwrap();
    server.socket().send_head(1 << 30).status();
    until("four more lines", || house.log_lines().len() == 9);
    let lines = house.log_lines();
    assert!(
        lines[5..]
            .iter()
            .all(|line| line["method"].is_null() && line["outcome"] != "ok"),
        "{lines:?}"
    );
}

#[test]
fn the_lines_of_the_last_moment_are_written_at_the_end() {
    let house = House::new();
    let server = house.start();
    for _ in 0..50 {
        server.ok("serverInfo", json!([]));
    }
    server.stop();
    assert_eq!(house.log_lines().len(), 50);
}

#[test]
fn the_log_goes_to_standard_output_or_nowhere_if_it_is_set_so() {
    let mut house = House::new();
    house.set("access_log.path=");
    let server = house.start();
    server.ok("serverInfo", json!([]));
    server.stop();
    assert!(!house.path("logs").exists());
}

#[test]
fn a_log_that_nobody_reads_stops_nothing() {
    let house = House::new();
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let mut child = house
        .larimard(&["serve"])
        .stdout(std::process::Stdio::null())
        .stderr(full)
        .spawn()
        .unwrap();
    // where it listens stands in the log that it cannot write
    let port = house.path("logs/access.log");
    super::house::until("it serves", || {
        port.exists() || child.try_wait().unwrap().is_some()
    });
    assert!(child.try_wait().unwrap().is_none(), "it has ended");
    let pid = child.id().to_string();
    std::process::Command::new("kill")
        .args(["-TERM", &pid])
        .status()
        .unwrap();
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_log_that_is_not_read_does_not_keep_the_server_from_stopping() {
    let mut house = House::new();
    house.set("access_log.path=-");
    let (unread, written) = std::io::pipe().unwrap();
    let mut server = house.start_writing_to(written);
    // more than a pipe holds
    let batch = vec![request("serverInfo", &json!([])); 10].join(",");
    for _ in 0..60 {
        server.post(&format!("[{batch}]")).unwrap();
    }
    let begun = Instant::now();
    server.signal("TERM");
    let (status, said) = server.ended();
    assert!(begun.elapsed() < Duration::from_secs(12));
    assert_eq!(status.code(), Some(0), "{said}");
    assert!(
        said.contains("the last lines of the access log are lost"),
        "{said}"
    );
    drop(unread);
}

/// Under the unit's umask, which keeps all else to the server.
#[test]
fn the_servers_group_may_read_a_new_log_and_the_operator_has_the_last_word() {
    let house = House::new();
    let log = house.path("logs/access.log");
    let mode = || std::fs::metadata(&log).unwrap().permissions().mode() & 0o777;
    let start = || {
        let command = house.larimard(&["serve"]);
        let mut strict = std::process::Command::new("sh");
        strict
            .args(["-c", "umask 077; exec \"$0\" \"$@\""])
            .arg(command.get_program())
            .args(command.get_args())
            .current_dir(house.path(""));
        Server::started_by(strict)
    };
    let server = start();
    assert_eq!(mode(), 0o640);
    std::fs::rename(&log, house.path("logs/access.log.1")).unwrap();
    server.signal("HUP");
    until("the new one", || {
        server.said().contains("the access log was opened anew")
    });
    assert_eq!(mode(), 0o640);
    server.stop();
    std::fs::set_permissions(&log, PermissionsExt::from_mode(0o600)).unwrap();
    start().stop();
    assert_eq!(mode(), 0o600);
}

/// The numbers of calls in a part of the log.
fn numbers(house: &House, name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(house.path(name)).unwrap_or_default();
    let lines = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines
        .map(|line| line["request"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn sighup_opens_the_log_anew_and_no_line_is_lost() {
    let house = House::new();
    let server = house.start();
    let stop = std::sync::atomic::AtomicBool::new(false);
    let made = std::thread::scope(|scope| {
        let calling = scope.spawn(|| {
            let mut made = 0;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                server.ok("serverInfo", json!([]));
                made += 1;
            }
            made
        });
        for part in 1..=3 {
            until("some lines", || {
                numbers(&house, "logs/access.log").len() > 20
            });
            std::fs::rename(
                house.path("logs/access.log"),
                house.path(&format!("logs/access.log.{part}")),
            )
            .unwrap();
            server.signal("HUP");
            until("the new file", || house.path("logs/access.log").exists());
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        calling.join().unwrap()
    });
    server.ok("serverInfo", json!([]));
    server.stop();
    let parts =
        [".1", ".2", ".3", ""].map(|part| numbers(&house, &format!("logs/access.log{part}")));
    assert!(parts.iter().all(|part| !part.is_empty()));
    let mut all = parts.concat();
    assert_eq!(all.len(), made + 1);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), made + 1, "each is there once");
}

#[test]
fn a_log_that_cannot_be_opened_anew_goes_on_in_the_old_file() {
    let house = House::new();
    let server = house.start();
    std::fs::rename(house.path("logs"), house.path("old")).unwrap();
    std::fs::write(house.path("logs"), "in the way").unwrap();
    server.signal("HUP");
    until("the complaint", || {
        server.said().contains("send SIGHUP again")
    });
    server.ok("serverInfo", json!([]));
    until("the line", || numbers(&house, "old/access.log").len() == 1);
    std::fs::remove_file(house.path("logs")).unwrap();
    server.signal("HUP");
    until("the new file", || house.path("logs/access.log").exists());
    server.ok("serverInfo", json!([]));
    server.stop();
    assert_eq!(numbers(&house, "logs/access.log").len(), 1);
}

#[test]
fn logrotate_rotates_it_with_the_example() {
    let house = House::new();
    let server = house.start();
    server.ok("serverInfo", json!([]));
    until("the line", || house.log_lines().len() == 1);
    let example = include_str!("../../contrib/logrotate/larimar");
    let path = "/var/lib/larimar/logs/access.log";
    // a signal by name would end every other command of larimard
    assert!(example.contains(path) && example.contains("systemctl reload larimard.service"));
    let example = example.replace(path, house.path("logs/access.log").to_str().unwrap());
    // of a system whose larimard is this one
    let systemctl = house.path("systemctl");
    let does = format!(
        "#!/bin/sh\ncase \"$*\" in\n'--quiet is-active larimard.service') ;;\n'reload larimard.service') kill -HUP {} ;;\n*) exit 1 ;;\nesac\n",
        server.id()
    );
    std::fs::write(&systemctl, does).unwrap();
    std::fs::set_permissions(&systemctl, PermissionsExt::from_mode(0o755)).unwrap();
    let search = format!("{}:{}", house.path("").display(), super::house::with_sbin());
    std::fs::write(house.path("logrotate.conf"), example).unwrap();
    let rotated = std::process::Command::new("logrotate")
        .env("PATH", search)
        .args(["--force", "--state"])
        .args([house.path("state"), house.path("logrotate.conf")])
        .output()
        .expect(super::house::INSTALLED);
    assert!(rotated.status.success(), "{rotated:?}");
    until("the new file", || server.said().contains("opened anew"));
    server.ok("serverInfo", json!([]));
    server.stop();
    assert_eq!(numbers(&house, "logs/access.log.1").len(), 1);
    assert_eq!(numbers(&house, "logs/access.log").len(), 1);
}

/// Who closes a terminal means to stop what runs in it, and not to rotate logs.
#[test]
#[cfg(target_os = "linux")]
fn a_server_whose_terminal_is_closed_stops() {
    let house = House::new();
    let command = house.larimard(&["serve"]);
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<String> = words
        .map(|word| format!("'{}'", word.to_str().unwrap()))
        .collect();
    let mut terminal = std::process::Command::new("script")
        .args(["-qec", &format!("exec {}", words.join(" ")), "/dev/null"])
        .current_dir(house.path(""))
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines =
        std::io::BufRead::lines(std::io::BufReader::new(terminal.stdout.take().unwrap()));
    let address = lines
        .find_map(|line| {
            let line = line.unwrap();
            let (_, rest) = line.split_once("listening  http://")?;
            rest.trim().parse::<std::net::SocketAddr>().ok()
        })
        .unwrap();
    terminal.kill().unwrap();
    terminal.wait().unwrap();
    until("the end", || std::net::TcpStream::connect(address).is_err());
}
