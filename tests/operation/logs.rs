//! The access log: a line for each call, with what section 10 says and nothing else.

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
