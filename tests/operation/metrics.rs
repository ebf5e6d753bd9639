//! What Prometheus is told, and what the README says of it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use larimar::mail::MailError;
use larimar::protocol::Name;
use larimar::protocol::methods::NAMES;
use serde_json::json;

use super::house::{House, Server, Socket, request, until};
use super::inside::{Inside, Plan};
use super::person::{Person, hash};
use super::sockets::frame;

const README: &str = include_str!("../../README.md");

/// Outcomes that are no names of errors.
const OUTCOMES: [&str; 14] = [
    "ok",
    "not_modified",
    "not_executed",
    "HungUp",
    "MethodNotFound",
    "ParseError",
    "InvalidRequest",
    "TooManySubscriptions",
    "RequestTooLarge",
    "RequestTooSlow",
    "RequestCutOff",
    "UnsupportedMediaType",
    "RegistrationClosed",
    "UnderAttack",
];

/// A house whose server shows metrics.
pub(crate) fn observed(settings: &[&str]) -> House {
    let mut house = House::with(settings);
    house.set("observe.listen=127.0.0.1:0");
    house
}

fn address(server: &Server) -> SocketAddr {
    let said = server.said();
    let rest = said.split("metrics    http://").nth(1);
    rest.and_then(|rest| rest.split("/metrics").next()?.parse().ok())
        .unwrap_or_else(|| panic!("no metrics: {said}"))
}

fn get(address: SocketAddr, path: &str) -> (u16, String) {
    let mut socket = Socket::open(address);
    socket.send(format!(
        "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
    ));
    (socket.status(), socket.rest())
}

/// What is served at one moment.
pub(crate) struct Metrics(String);

pub(crate) fn scraped(server: &Server) -> Metrics {
    until("metrics", || server.said().contains("metrics    http://"));
    let (status, text) = get(address(server), "/metrics");
    assert_eq!(status, 200);
    Metrics(text)
}

impl Metrics {
    fn samples(&self) -> impl Iterator<Item = (&str, f64)> {
        let lines = self.0.lines().filter(|line| !line.starts_with('#'));
        lines.map(|line| {
            let (series, value) = line.rsplit_once(' ').expect("a value");
            (series, value.parse().expect("a number"))
        })
    }

    /// The number of a series, without the prefix.
    #[track_caller]
    pub(crate) fn of(&self, series: &str) -> f64 {
        let name = format!("larimar_{series}");
        let found = self.samples().find(|(series, _)| *series == name);
        found.unwrap_or_else(|| panic!("no {name} in {}", self.0)).1
    }

    pub(crate) fn text(self) -> String {
        self.0
    }

    pub(crate) fn families(&self) -> BTreeMap<&str, &str> {
        let types = self
            .0
            .lines()
            .filter_map(|line| line.strip_prefix("# TYPE "));
        types.map(|line| line.split_once(' ').unwrap()).collect()
    }

    /// Calls that were counted, by method and outcome, unless there was none.
    fn calls(&self) -> BTreeMap<(String, String), f64> {
        let calls = self.samples().filter_map(|(series, count)| {
            let labels = series.strip_prefix("larimar_requests_total")?;
            let labels: BTreeMap<&str, &str> = labels_in(labels).into_iter().collect();
            let key = (labels["method"].to_owned(), labels["outcome"].to_owned());
            (count > 0.0).then_some((key, count))
        });
        calls.collect()
    }
}

/// The labels in `{a="b",c="d"}`.
fn labels_in(text: &str) -> Vec<(&str, &str)> {
    let inner = text.trim_start_matches('{').trim_end_matches('}');
    let pairs = inner.split("\",").filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once("=\"").expect("a label");
            (name, value.trim_end_matches('"'))
        })
        .collect()
}

/// Calls of all kinds, well-formed and not.
fn call_in_all_ways(house: &House, server: &Server) {
    let person = Person::number(1);
    server.create(house, &person, "someone@example.org", b"one");
    server.ok("fetchWallet", json!([person.key()]));
    server.ok("fetchWallet", json!([person.key(), hash(b"one")]));
    server.refused("fetchWallet", json!([Person::number(2).key()]));
    server.refused("saveWallet", json!(["!", ""]));
    for number in 0..20 {
        let name = format!("made\"up\\{number}\n{}", person.key());
        server.refused(&name, json!([]));
    }
    let call = |method: &str| request(method, &json!([]));
    let batch = format!(
        "[{},{},{},7,{{\"jsonrpc\":\"2.0\",\"method\":\"serverInfo\"}}]",
        call("serverInfo"),
        call("fetchWallet"),
        call("nothing")
    );
    for body in [
        batch,
        format!("[{}]", vec![call("serverInfo"); 11].join(",")),
        "no JSON".to_owned(),
        "{}".to_owned(),
        r#"{"jsonrpc":"2.0","method":"fetchWallet"}"#.to_owned(),
        "x".repeat(3 * 262_144 + 65 * 1024),
    ] {
        server.post(&body).expect("an answer");
    }
    let mut plain = server.socket();
    plain.send(
        "POST / HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\n{}",
    );
    assert_eq!(plain.status(), 415);
    let mut socket = server.socket();
    socket.upgrade();
    socket.send(frame(&call("serverInfo")));
    socket.send(frame(&call("made up as well")));
    let mut cut_off = server.socket();
    cut_off.send_head(1000).send("{");
    drop(cut_off);
    until("what the WebSocket asked", || {
        let lines = house.log_lines();
        let of = |outcome: &str| {
            let lines = lines.iter().filter(|line| line["outcome"] == outcome);
            lines.count()
        };
        of("MethodNotFound") == 22 && of("RequestCutOff") == 1 && of("UnsupportedMediaType") == 1
    });
}

#[test]
fn calls_are_counted_as_the_access_log_has_them() {
    let house = observed(&["limits.exempt=[\"127.0.0.0/8\"]"]);
    let server = house.start();
    call_in_all_ways(&house, &server);
    let mut logged: BTreeMap<(String, String), f64> = BTreeMap::new();
    for line in house.log_lines() {
        let method = line["method"].as_str().unwrap_or("other").to_owned();
        let outcome = line["outcome"].as_str().unwrap().to_owned();
        *logged.entry((method, outcome)).or_default() += 1.0;
    }
    let metrics = scraped(&server);
    assert_eq!(metrics.calls(), logged);
    for (method, outcome, count) in [
        ("createWallet", "ok", 1.0),
        ("fetchWallet", "not_modified", 1.0),
        ("fetchWallet", "WalletNotFound", 1.0),
        ("fetchWallet", "InvalidParams", 1.0),
        ("fetchWallet", "not_executed", 1.0),
        ("saveWallet", "InvalidData", 1.0),
        ("serverInfo", "ok", 2.0),
        ("other", "MethodNotFound", 22.0),
        ("other", "RequestTooLarge", 1.0),
        ("other", "UnsupportedMediaType", 1.0),
        ("other", "ParseError", 1.0),
    ] {
        let key = (method.to_owned(), outcome.to_owned());
        assert_eq!(logged.get(&key), Some(&count), "{method} {outcome}");
    }
    // the times are of as many calls
    let mut by_method: BTreeMap<&str, f64> = BTreeMap::new();
    for ((method, _), count) in &logged {
        *by_method.entry(method).or_default() += count;
    }
    for (method, count) in by_method {
        let series = |part: &str| format!("request_seconds_{part}{{method=\"{method}\"}}");
        assert_eq!(metrics.of(&series("count")), count, "{method}");
        assert!(metrics.of(&series("sum")) > 0.0);
        let all = format!("request_seconds_bucket{{method=\"{method}\",le=\"+Inf\"}}");
        assert_eq!(metrics.of(&all), count, "{method}");
    }
}

/// `ServerError` wakes somebody up: no caller brings it about.
#[test]
fn what_callers_bring_about_is_no_fault_of_the_server() {
    let mut house = observed(&["limits.exempt=[\"127.0.0.0/8\"]"]);
    let keys = |kind: &str| json!([kind, "dd", "ee"].map(|digits| digits.repeat(32)));
    let server = house.start();
    for kind in ["aa", "bb", "cc"] {
        server.ok("wallet/create", keys(kind));
    }
    server.stop();
    house.set("registration.mode=closed");
    house.set("pins.attack_per_hour=1");
    let server = house.start();
    let refused = server.refused("wallet/create", keys("ff"));
    assert_eq!(refused["data"]["name"], "ServerError");
    for (kind, told) in [
        ("aa", "InvalidPin"),
        ("bb", "InvalidPin"),
        ("cc", "ServerError"),
    ] {
        let refused = server.refused("wallet/login", json!([kind.repeat(32), "wrong!"]));
        assert_eq!(refused["data"]["name"], told, "{kind}");
    }
    let calls = scraped(&server).calls();
    let counted = |method: &str, outcome: &str| {
        let key = (method.to_owned(), outcome.to_owned());
        calls.get(&key).copied().unwrap_or_default()
    };
    assert_eq!(counted("wallet/create", "RegistrationClosed"), 1.0);
    assert_eq!(counted("wallet/login", "UnderAttack"), 1.0);
    assert!(calls.keys().all(|(_, outcome)| outcome != "ServerError"));
    until("the log", || {
        let lines = house.log_lines();
        lines
            .last()
            .is_some_and(|line| line["outcome"] == "UnderAttack")
    });
}

#[test]
fn sockets_that_say_nothing_do_not_keep_prometheus_out() {
    let house = observed(&[]);
    let server = house.start();
    server.ok("serverInfo", json!([]));
    let metrics = address(&server);
    let idle: Vec<Socket> = (0..16).map(|_| Socket::open(metrics)).collect();
    let begun = std::time::Instant::now();
    // Prometheus waits for ten seconds
    assert_eq!(get(metrics, "/metrics").0, 200);
    let waited = begun.elapsed();
    assert!(waited < Duration::from_secs(10), "{waited:?}");
    drop(idle);
}

#[test]
fn no_label_comes_from_outside_and_nothing_is_told_of_anybody() {
    let house = observed(&["limits.exempt=[\"127.0.0.0/8\"]"]);
    let server = house.start();
    call_in_all_ways(&house, &server);
    let metrics = scraped(&server);
    let limits = [
        "limits.wallet_requests_per_hour",
        "limits.codes_per_hour",
        "limits.codes_per_email_per_hour",
        "limits.codes_per_hour_total",
        "limits.locks_per_hour",
        "server.connections",
        "server.connections_per_address",
    ];
    let mut seen = BTreeSet::new();
    for (series, _) in metrics.samples() {
        let Some((name, labels)) = series.split_once('{') else {
            continue;
        };
        for (label, value) in labels_in(labels) {
            let known = match (name, label) {
                (_, "method") => NAMES.contains(&value) || value == "other",
                ("larimar_requests_total", "outcome") => {
                    OUTCOMES.contains(&value) || Name::from_text(value).is_some()
                }
                ("larimar_mails_total", "outcome") => {
                    value == "sent" || MailError::KINDS.contains(&value)
                }
                (_, "limit") => limits.contains(&value),
                ("larimar_build_info", "version") => value == env!("CARGO_PKG_VERSION"),
                (_, "le") => value.parse::<f64>().is_ok(),
                _ => false,
            };
            assert!(known, "{series}");
            seen.insert(label);
        }
    }
    assert_eq!(
        seen,
        BTreeSet::from(["le", "limit", "method", "outcome", "version"])
    );
    let text = metrics.0.to_lowercase();
    let secret = std::fs::read(house.path("larimar.secret")).unwrap();
    let wallet = house.log_lines().into_iter().find_map(|line| {
        let wallet = line["wallet"].as_str()?;
        Some(wallet.to_owned())
    });
    for never in [
        "someone",
        "example.org",
        "127.0.0.1",
        "made",
        &Person::number(1).key(),
        &hash(b"one"),
        &hash(&secret),
        &wallet.expect("a fingerprint"),
        house.path("").to_str().unwrap(),
    ] {
        assert!(!text.contains(&never.to_lowercase()), "{never}: {text}");
    }
}

#[test]
fn each_limit_counts_what_it_refuses() {
    let house = observed(&[
        "limits.wallet_requests_per_hour=20",
        "limits.codes_per_hour=6",
        "limits.codes_per_email_per_hour=2",
        "limits.codes_per_hour_total=4",
        "limits.locks_per_hour=2",
    ]);
    let server = house.start();
    let of = |limit: &str| scraped(&server).of(&format!("limited_total{{limit=\"{limit}\"}}"));
    let limits = [
        "limits.codes_per_email_per_hour",
        "limits.codes_per_hour_total",
        "limits.codes_per_hour",
        "limits.locks_per_hour",
        "limits.wallet_requests_per_hour",
    ];
    assert_eq!(limits.map(of), [0.0; 5], "from the start");
    let code = |email: &str| server.ask("requestCode", &json!([email])).unwrap();
    // half of the hour's at once: three of this address, two in all, one to an e-mail address
    code("one@example.org").expect("sent");
    code("one@example.org").expect_err("the e-mail's");
    code("two@example.org").expect("sent");
    code("three@example.org").expect_err("the address's");
    assert_eq!(limits.map(of), [1.0, 0.0, 1.0, 0.0, 0.0]);
    for _ in 0..2 {
        server.refused("wallet/lock", json!(["ab".repeat(32)]));
    }
    let batch = vec![request("fetchWallet", &json!([])); 10].join(",");
    server.post(&format!("[{batch}]")).expect("an answer");
    assert_eq!(limits.map(of), [1.0, 0.0, 1.0, 1.0, 2.0]);
    let key = ("fetchWallet".to_owned(), "RateLimited".to_owned());
    assert_eq!(scraped(&server).calls()[&key], 2.0);
    drop(server);

    let house = observed(&["limits.codes_per_hour_total=1"]);
    let server = house.start();
    server.ok("requestCode", json!(["one@example.org"]));
    server.refused("requestCode", json!(["two@example.org"]));
    let total = "limited_total{limit=\"limits.codes_per_hour_total\"}";
    assert_eq!(scraped(&server).of(total), 1.0);
}

#[test]
fn sockets_and_subscriptions_go_up_and_down() {
    let mut house = observed(&["limits.exempt=[\"127.0.0.0/8\"]"]);
    house.set("server.connections_per_address=5");
    let server = house.start();
    let person = Person::number(1);
    server.create(&house, &person, "one@example.org", b"one");
    // that of the test's own client stays open
    let of = |series: &str| scraped(&server).of(series);
    assert_eq!((of("sockets"), of("subscriptions")), (1.0, 0.0));
    let subscribe = frame(&request("subscribeWallet", &json!([person.key()])));
    let mut one = server.socket();
    one.upgrade().send(&subscribe).send(&subscribe);
    let mut other = server.socket();
    other.upgrade().send(&subscribe);
    until("subscriptions", || of("subscriptions") == 3.0);
    assert_eq!(of("sockets"), 3.0);
    drop(one);
    until("an end", || {
        of("subscriptions") == 1.0 && of("sockets") == 2.0
    });
    let gone = person.delete(super::house::NAME, b"one");
    server.ok("deleteWallet", gone);
    until("the last", || of("subscriptions") == 0.0);
    assert_eq!(of("sockets"), 2.0, "the socket stays");
    let _open: Vec<Socket> = (0..3).map(|_| server.socket()).collect();
    assert_eq!(server.socket().status(), 503);
    let refused = "sockets_refused_total{limit=\"server.connections_per_address\"}";
    assert_eq!(of(refused), 1.0);
    assert_eq!(
        of("sockets_refused_total{limit=\"server.connections\"}"),
        0.0
    );
}

#[test]
fn mail_is_counted_by_what_became_of_it() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    let mut house = observed(&["limits.exempt=[\"127.0.0.0/8\"]"]);
    let server = house.start();
    server.ok("requestCode", json!(["one@example.org"]));
    let metrics = scraped(&server);
    assert_eq!(metrics.of("mails_total{outcome=\"sent\"}"), 1.0);
    assert_eq!(metrics.of("mail_seconds_count"), 1.0);
    server.stop();

    house.set("mail.transport=smtp");
    house.set("mail.timeout_seconds=2");
    house.set(&format!("mail.url=smtp://127.0.0.1:{port}"));
    let server = house.start();
    std::thread::scope(|scope| {
        let asking = scope.spawn(|| server.refused("requestCode", json!(["one@example.org"])));
        until("a mail", || scraped(&server).of("mails_waiting") == 1.0);
        assert_eq!(asking.join().unwrap()["code"], 5030);
    });
    let metrics = scraped(&server);
    assert_eq!(metrics.of("mails_waiting"), 0.0);
    assert_eq!(metrics.of("mails_total{outcome=\"timed_out\"}"), 1.0);
    assert_eq!(metrics.of("mails_total{outcome=\"sent\"}"), 0.0);
    assert!(metrics.of("mail_seconds_sum") >= 2.0);
    let failed = ("requestCode".to_owned(), "MailFailed".to_owned());
    assert_eq!(metrics.calls()[&failed], 1.0);
    drop(silent);
    server.refused("requestCode", json!(["one@example.org"]));
    let connection = "mails_total{outcome=\"connection\"}";
    assert_eq!(scraped(&server).of(connection), 1.0);
}

#[test]
fn the_store_says_what_it_keeps_and_when_it_cannot() {
    let mut house = observed(&["limits.exempt=[\"127.0.0.0/8\"]"]);
    let server = house.start();
    let person = Person::number(1);
    let before = scraped(&server);
    server.create(&house, &person, "one@example.org", &[7; 100_000]);
    let keys = ["aa", "bb", "cc"].map(|digits| digits.repeat(32));
    server.ok("wallet/create", json!(keys));
    until("a wallet with a pin", || {
        scraped(&server).of("pin_wallets") == 1.0
    });
    let after = scraped(&server);
    assert_eq!((before.of("wallets"), after.of("wallets")), (0.0, 1.0));
    let more = |series: &str| after.of(series) - before.of(series);
    assert!(more("store_commits_total") >= 3.0);
    assert!(more("store_sync_seconds_count") >= more("store_commits_total"));
    assert!(more("store_sync_seconds_sum") > 0.0);
    assert!(more("store_bytes") >= 100_000.0);
    assert_eq!(after.of("ready"), 1.0);
    assert_eq!(after.of("store_waiting"), 0.0);
    assert!(after.of("disk_free_bytes") > 0.0);
    assert!(after.of("statistics_behind_seconds") < 10.0);
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
    let age = now.as_secs_f64() - after.of("start_time_seconds");
    assert!((0.0..60.0).contains(&age), "{age}");
    server.stop();

    house.set(&format!("store.min_free_bytes={}", 1_u64 << 50));
    let server = house.start();
    server.ok("fetchWallet", json!([person.key()]));
    let metrics = scraped(&server);
    assert_eq!(metrics.of("ready"), 0.0);
    assert_eq!(metrics.of("wallets"), 1.0);
    assert!(metrics.of("disk_free_bytes") < metrics.of("disk_min_free_bytes"));
    until("statistics that wait", || {
        scraped(&server).of("statistics_behind_seconds") > 2.0
    });
}

#[test]
fn guessing_many_pins_shows() {
    let house = observed(&["pins.attack_per_hour=1", "limits.exempt=[\"127.0.0.0/8\"]"]);
    let server = house.start();
    for digits in ["1a", "2a"] {
        assert_eq!(scraped(&server).of("pins_attack"), 0.0);
        let [access, pass, cstore] = [digits, "bb", "cc"].map(|digits| digits.repeat(32));
        server.ok("wallet/create", json!([access, pass, cstore]));
        server.refused("wallet/login", json!([access, "wr5ng7"]));
    }
    assert_eq!(scraped(&server).of("pins_attack"), 1.0);
}

#[test]
fn metrics_have_a_port_of_their_own_and_are_off_unless_it_is_set() {
    let house = House::new();
    let server = house.start();
    assert!(!server.stop().contains("metrics"));
    let mut house = observed(&[]);
    let server = house.start();
    assert_eq!(server.get("/metrics").0, 404, "not where clients call");
    let metrics = address(&server);
    assert_eq!(get(metrics, "/").0, 404);
    assert_eq!(get(metrics, "/metrics?name=x").0, 200);
    let mut socket = Socket::open(metrics);
    socket.send("POST /metrics HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n");
    assert_eq!(socket.status(), 405);
    socket.send("HEAD /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    assert_eq!(socket.status(), 200);
    assert_eq!(socket.rest(), "");
    // no call, and nothing that holds up the end
    let _idle = Socket::open(metrics);
    assert!(house.log_lines().is_empty());
    server.stop();
    assert!(std::net::TcpStream::connect(metrics).is_err());

    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken_by = taken.local_addr().unwrap();
    house.set(&format!("observe.listen={taken_by}"));
    let said = house.try_start().err().expect("it ends");
    assert!(
        said.contains(&format!("observe.listen = {taken_by}")),
        "{said}"
    );
}

#[test]
fn who_holds_the_port_of_metrics_open_does_not_for_long() {
    let server = Inside::start(Plan {
        patience: Duration::from_millis(500),
        ..Plan::default()
    });
    let mut silent: Vec<Socket> = (0..40)
        .map(|_| {
            let mut socket = Socket::open(server.metrics);
            let _ = socket.0.write_all(b"GET /metr");
            socket
        })
        .collect();
    assert_eq!(get(server.metrics, "/metrics").0, 200);
    assert_eq!(silent[0].rest(), "");
    let mut long = Socket::open(server.metrics);
    let head = format!("GET /metrics HTTP/1.1\r\nx: {}", "x".repeat(100_000));
    let _ = long.0.write_all(head.as_bytes());
    assert!(!long.rest().starts_with("HTTP/1.1 200"));
}

/// The families in the README's table with their labels.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let section = README.split("\n## Metrics\n").nth(1).expect("the section");
    let section = section.split("\n## ").next().unwrap();
    let rows = section
        .lines()
        .filter(|line| line.starts_with("| `larimar_"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let quoted = |text: &str| {
            let quoted = text.split('`').skip(1).step_by(2);
            quoted.map(str::to_owned).collect::<Vec<String>>()
        };
        let labels = quoted(cells[1]).into_iter().collect();
        (quoted(cells[0]).remove(0), labels)
    })
    .collect()
}

#[test]
fn the_readme_lists_what_is_served() {
    let house = observed(&["limits.exempt=[\"127.0.0.0/8\"]"]);
    let server = house.start();
    server.ok("serverInfo", json!([]));
    let metrics = scraped(&server);
    let (with_tls, _) = super::tls::house_with(observed(&[]));
    let of_tls = scraped(&with_tls.start());
    let mut served: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (family, kind) in metrics.families().into_iter().chain(of_tls.families()) {
        assert!(
            ["counter", "gauge", "histogram"].contains(&kind),
            "{family}"
        );
        assert_eq!(kind == "counter", family.ends_with("_total"), "{family}");
        served.insert(family.to_owned(), BTreeSet::new());
    }
    for (series, _) in metrics.samples() {
        let (name, labels) = series.split_once('{').unwrap_or((series, ""));
        let family = ["", "_bucket", "_sum", "_count"]
            .into_iter()
            .filter_map(|end| name.strip_suffix(end))
            .find(|family| served.contains_key(*family));
        let labels = labels_in(labels)
            .into_iter()
            .map(|(label, _)| label.to_owned());
        let known = served.get_mut(family.expect(series)).unwrap();
        known.extend(labels.filter(|label| label != "le"));
    }
    assert_eq!(documented(), served);
    for outcome in OUTCOMES.iter().chain(&MailError::KINDS) {
        assert!(README.contains(&format!("`{outcome}`")), "{outcome}");
    }
    for name in names_in(README) {
        assert!(served.contains_key(&name), "{name} is in the README");
    }
}

/// Every `larimar_...` in a text that is a metric's name.
pub(crate) fn names_in(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    words
        .filter(|word| word.starts_with("larimar_") && *word != "larimar_mail_url")
        .map(str::to_owned)
        .collect()
}
