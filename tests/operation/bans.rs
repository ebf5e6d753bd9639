//! Who guesses is banned by fail2ban, with the settings of `contrib/fail2ban`.

use std::net::{IpAddr, Ipv6Addr};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use super::house::{House, INSTALLED, Server, name, request, until, with_sbin};
use super::person::Person;

/// What a caller gets who guesses.
const GUESSES: [&str; 10] = [
    "WalletNotFound",
    "InvalidCode",
    "InvalidSignature",
    "UnknownAccessKey",
    "IncorrectPassKey",
    "AccessKeyInUse",
    "InvalidPin",
    "InvalidPinLocked",
    "WalletLocked",
    // a keyphrase: of one that has a wallet wallet/create says so
    "RegistrationClosed",
];

/// What a caller gets of `createWallet` and `changePassword` who guesses the new key.
const NEW_KEY_GUESSES: [&str; 6] = [
    "WalletExists",
    "EmailInUse",
    "Conflict",
    "Stale",
    "KeyRetired",
    "InvalidData",
];

fn is_guess(line: &Value) -> bool {
    let [method, outcome] = ["method", "outcome"].map(|field| line[field].as_str());
    let is_new_key = matches!(method, Some("createWallet" | "changePassword"));
    outcome.is_some_and(|outcome| {
        GUESSES.contains(&outcome) || (is_new_key && NEW_KEY_GUESSES.contains(&outcome))
    })
}

fn contrib(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("contrib/fail2ban");
    std::fs::read_to_string(path.join(name)).unwrap()
}

/// Guesses in every way, but for one that there is when nobody may have a new wallet; each once.
fn guess(server: &Server) {
    let person = Person::number(1);
    let key = |kind: &str| kind.repeat(32);
    let (access, pass, other) = (key("aa"), key("bb"), key("cc"));
    let unsigned = json!({"encrypted_data": "aaaa", "signature": "00".repeat(65)});
    let create = |pass: &str| json!([access, pass, other]);
    let login = json!([access, "wrong"]);
    let refused = |method: &str, params: Value| name(&server.refused(method, params)).to_owned();
    let mut got = vec![
        refused("fetchWallet", json!([person.key()])),
        refused(
            "createWallet",
            person.create("AAAA-AAAA-AAAA-AAAA", b"mine"),
        ),
        refused("saveWallet", unsigned),
        refused("wallet/access", json!([access, pass])),
    ];
    server.ok("wallet/create", create(&pass));
    got.push(refused("wallet/access", json!([access, other])));
    got.push(refused("wallet/create", create(&other)));
    for _ in 0..4 {
        got.push(refused("wallet/login", login.clone()));
    }
    got.dedup();
    got.push(refused("wallet/login", login.clone()));
    got.push(refused("wallet/login", login));
    assert_eq!(got, GUESSES[..GUESSES.len() - 1]);
}

/// Lines of a server at which somebody guessed, and others did what they may.
fn lines(house: &mut House) -> usize {
    let server = house.start();
    guess(&server);
    server.ok("requestCode", json!(["one@example.org"]));
    server.ok("serverInfo", json!([]));
    for (method, params) in [
        (
            "fetchWallet",
            json!(["\"ip\":\"192.0.2.1\",\"outcome\":\"InvalidPin\""]),
        ),
        ("fetchWallet", json!([1])),
        ("\",\"outcome\":\"InvalidPin\",\"", json!([])),
        ("requestCode", json!(["nobody"])),
    ] {
        server.refused(method, params);
    }
    server.post("what?").unwrap();
    server.stop();
    house.set("registration.mode=closed");
    let server = house.start();
    let keys = ["cc", "bb", "aa"].map(|kind| kind.repeat(32));
    server.refused("wallet/create", json!(keys));
    server.stop();
    house.log_lines().len()
}

/// What fail2ban says of a log by a filter of contrib.
fn fail2ban_regex(arguments: &[&str], log: &Path, filter: &str) -> String {
    let filters = Path::new(env!("CARGO_MANIFEST_DIR")).join("contrib/fail2ban/filter.d");
    let mut command = Command::new("fail2ban-regex");
    command.args(arguments).arg(log).arg(filters.join(filter));
    String::from_utf8(command.output().expect(INSTALLED).stdout).unwrap()
}

/// How many of all lines the filter takes for guesses.
#[track_caller]
fn filter_counts(house: &House, all: usize, guesses: usize) {
    let log = house.path("logs/access.log");
    let said = fail2ban_regex(&["--print-all-matched"], &log, "larimar.conf");
    let expected = format!(
        "Lines: {all} lines, 0 ignored, {guesses} matched, {} missed",
        all - guesses
    );
    assert!(said.contains(&expected), "{expected}: {said}");
    let counted = house.log_lines().into_iter().filter(is_guess);
    assert_eq!(counted.count(), guesses);
}

#[test]
fn fail2ban_counts_every_guess_and_nothing_else() {
    let mut house = House::new();
    let all = lines(&mut house);
    // three of the wrong pins are one more each
    filter_counts(&house, all, GUESSES.len() + 3);
}

/// Who has a wallet, or a code, can ask for it to have another key: what is answered tells whether that one has a wallet.
#[test]
fn a_guess_at_a_new_key_counts_and_its_owner_sees_the_hit() {
    let house = House::new();
    let server = house.start();
    let [owner, mallory, left, deleted, nobody] = [1, 2, 3, 4, 5].map(Person::number);
    server.create(&house, &owner, "owner@example.org", b"owner's");
    server.create(&house, &mallory, "mallory@example.org", b"mallory's");
    server.create(&house, &left, "left@example.org", b"one");
    server.ok("changePassword", left.change(&Person::number(6), b"two"));
    server.create(&house, &deleted, "deleted@example.org", b"one");
    server.ok("deleteWallet", deleted.delete(super::house::NAME, b"one"));
    let [of_one, of_none] = ["mallory@example.org", "none@example.org"].map(|email| {
        server.ok("requestCode", json!([email]));
        house.code(email)
    });
    // a sealed blob whose revision is out of reach
    let far = [b"LRM1" as &[u8], &(1_u64 << 50).to_be_bytes(), &[0; 32]].concat();
    let after = |mut request: Value| {
        request["original_local_hash"] = "00".repeat(32).into();
        request
    };
    type Guess<'a> = &'a dyn Fn(&Person) -> Value;
    let guesses: [(&str, &str, Guess); 6] = [
        ("createWallet", "EmailInUse", &|key| {
            key.create(&of_one, b"x")
        }),
        ("createWallet", "InvalidData", &|key| {
            key.create(&of_none, &far)
        }),
        ("changePassword", "Conflict", &|key| {
            after(mallory.change(key, b"x"))
        }),
        ("changePassword", "Stale", &|key| {
            mallory.change(key, b"mallory's")
        }),
        ("changePassword", "InvalidData", &|key| {
            mallory.change(key, &far)
        }),
        ("changePassword", "KeyUnchanged", &|key| {
            let new = if key.key() == nobody.key() {
                &mallory
            } else {
                key
            };
            mallory.change(new, b"x")
        }),
    ];
    for (method, wrong, request) in guesses {
        let refused = server.refused(method, request(&nobody));
        assert_eq!(name(&refused), wrong, "{method}");
        let refused = server.refused(method, request(&owner));
        assert_eq!(name(&refused), "WalletExists", "{method}");
    }
    // that a key had a wallet once is a hit, too
    for (method, told, request) in [
        ("createWallet", "KeyRetired", left.create(&of_none, b"x")),
        ("createWallet", "Stale", deleted.create(&of_none, b"one")),
        ("changePassword", "KeyRetired", mallory.change(&left, b"x")),
        ("changePassword", "Stale", mallory.change(&deleted, b"one")),
    ] {
        assert_eq!(name(&server.refused(method, request)), told, "{method}");
    }
    // what is no guess: a save that comes second
    server.refused("saveWallet", after(owner.save(b"x")));
    let fetched = server.ok("fetchWallet", json!([owner.key()]));
    let recent = fetched["statistics"]["recent"].as_array().unwrap();
    let seen = |method: &str| {
        let hits = recent
            .iter()
            .filter(|access| access["outcome"] == "WalletExists");
        hits.filter(|access| access["method"] == method).count()
    };
    assert_eq!((seen("createWallet"), seen("changePassword")), (2, 4));
    server.stop();
    // KeyUnchanged says nothing of anybody else's key
    filter_counts(&house, house.log_lines().len(), 2 * guesses.len() - 1 + 4);
}

/// The first fields of a line, in this order, are a promise to whoever reads it with a pattern.
#[test]
fn the_form_of_a_line_stays() {
    let house = House::new();
    let server = house.start();
    server.refused("fetchWallet", json!([Person::number(1).key()]));
    server.stop();
    let text = std::fs::read_to_string(house.path("logs/access.log")).unwrap();
    let line = house.log_lines().remove(0);
    let field = |name: &str| line[name].as_str().unwrap().to_owned();
    let expected = format!(
        "{{\"time\":\"{}\",\"request\":\"{}\",\"ip\":\"127.0.0.1\",\"method\":\"fetchWallet\",\"wallet\":\"{}\",\"outcome\":\"WalletNotFound\",\"bytes_in\":",
        field("time"),
        field("request"),
        field("wallet")
    );
    assert!(text.starts_with(&expected), "{text}");
}

#[test]
fn the_script_and_the_readme_count_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pattern = contrib("filter.d/larimar.conf");
    let script = std::fs::read_to_string(root.join("scripts/access-log")).unwrap();
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let patterns: Vec<&str> = pattern.split("\"outcome\":\"(?:").skip(1).collect();
    assert_eq!(patterns.len(), 2);
    for (pattern, list, expected) in [
        (patterns[0], "\nGUESSES = {", &GUESSES[..]),
        (patterns[1], "\nNEW_KEY_GUESSES = {", &NEW_KEY_GUESSES),
    ] {
        let counted: Vec<&str> = pattern.split(')').next().unwrap().split('|').collect();
        assert_eq!(counted, expected);
        let list = script.split(list).nth(1).unwrap();
        let list = list.split('}').next().unwrap().split('"');
        assert_eq!(list.skip(1).step_by(2).collect::<Vec<_>>(), expected);
        for name in expected {
            assert!(readme.contains(&format!("`{name}`")), "{name}");
        }
    }
}

struct Fail2ban(Child);

impl Drop for Fail2ban {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// fail2ban with the jails of contrib, but for where things are, and what a ban does: it writes down whom, and an IPv6 network with which
/// command it would be banned.
fn fail2ban(house: &House) -> Fail2ban {
    let folder = house.path("fail2ban");
    let at = |name: &str| folder.join(name).display().to_string();
    let put = |name: &str, text: String| {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let log = house.path("logs/access.log").display().to_string();
    let jail = contrib("jail.d/larimar.conf");
    assert!(jail.contains("logpath = /var/lib/larimar/logs/access.log"));
    put(
        "jail.d/larimar.conf",
        jail.replace("/var/lib/larimar/logs/access.log", &log),
    );
    for name in [
        "filter.d/larimar.conf",
        "filter.d/larimar-ipv6.conf",
        "action.d/larimar-ipv6.conf",
    ] {
        put(name, contrib(name));
    }
    put(
        "bin/ip6tables",
        format!("#!/bin/sh\necho \"$*\" >> {}\n", at("ip6tables")),
    );
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(folder.join("bin/ip6tables"), executable).unwrap();
    put(
        "jail.conf",
        "[DEFAULT]\nignoreself = false\naction = record\n".into(),
    );
    put(
        "action.d/record.conf",
        format!(
            "[Definition]\nactionban = echo <ip> >> {}\nactionunban =\n",
            at("banned")
        ),
    );
    put(
        "fail2ban.conf",
        format!(
            "[Definition]\nloglevel = INFO\nlogtarget = {}\nsyslogsocket = auto\nsocket = {}\npidfile = {}\ndbfile = None\ndbpurgeage = 1d\n",
            at("log"),
            at("socket"),
            at("pid")
        ),
    );
    let mut command = Command::new("fail2ban-server");
    command.arg("-c").arg(&folder).args(["-f", "start"]);
    command.env("PATH", format!("{}:{}", at("bin"), with_sbin()));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let started = Fail2ban(command.spawn().expect(INSTALLED));
    until("fail2ban", || {
        std::fs::read_to_string(folder.join("log")).is_ok_and(|log| {
            let is_started = |jail| log.contains(&format!("Jail '{jail}' started"));
            is_started("larimar") && is_started("larimar-ipv6")
        })
    });
    started
}

#[test]
fn who_guesses_is_banned_and_who_mistypes_is_not() {
    let house = House::new();
    let server = house.start();
    let _fail2ban = fail2ban(&house);
    let fail = |from: &str, times: u64| {
        let from: IpAddr = from.parse().unwrap();
        let client = reqwest::blocking::Client::builder()
            .no_proxy()
            .local_address(from);
        let client = client.build().unwrap();
        for number in 0..times {
            let call = client.post(format!("http://{}/", server.address));
            let call = call.header("content-type", "application/json");
            let body = request("fetchWallet", &json!([Person::number(number).key()]));
            assert_eq!(call.body(body).send().unwrap().status(), 200);
        }
    };
    fail("127.0.0.3", 19);
    fail("127.0.0.2", 20);
    let banned = || std::fs::read_to_string(house.path("fail2ban/banned")).unwrap_or_default();
    until("the ban", || banned().ends_with('\n'));
    fail("127.0.0.4", 20);
    until("the next one", || banned().lines().count() == 2);
    assert_eq!(banned(), "127.0.0.2\n127.0.0.4\n");
}

/// An IPv6 caller has 2^64 addresses: each of them may guess once.
#[test]
fn an_ipv6_network_is_counted_and_banned_as_one() {
    let house = House::with(&[
        "server.trusted_proxies=[\"127.0.0.1\"]",
        "limits.exempt=[\"2001:db8::/32\"]",
    ]);
    let server = house.start();
    let _fail2ban = fail2ban(&house);
    let client = reqwest::blocking::Client::builder().no_proxy();
    let client = client.build().unwrap();
    let body = request("fetchWallet", &json!([Person::number(1).key()]));
    let fail = |from: String| {
        let call = client.post(format!("http://{}/", server.address));
        let call = call.header("content-type", "application/json");
        let call = call.header("x-forwarded-for", from);
        assert_eq!(call.body(body.clone()).send().unwrap().status(), 200);
    };
    for number in 1..20 {
        fail(format!("2001:db8:1:3::{number:x}"));
        fail(format!("2001:db8:1:2::{number:x}"));
    }
    fail("2001:db8:1:2:a:b:c:d".to_owned());
    let commands = || std::fs::read_to_string(house.path("fail2ban/ip6tables")).unwrap_or_default();
    let bans = || {
        let commands = commands();
        let bans = commands.lines().filter(|line| line.contains(" -s "));
        bans.map(str::to_owned).collect::<Vec<_>>()
    };
    until("the ban", || !bans().is_empty());
    fail("2001:db8:1:3:a:b:c:d".to_owned());
    until("the next one", || bans().len() == 2);
    let expected = [2, 3].map(|last| {
        format!(
            "-w -I f2b-larimar-ipv6 -s 2001:db8:1:{last}::/64 -j REJECT --reject-with icmp6-port-unreachable"
        )
    });
    assert_eq!(bans(), expected);
    let begun = commands();
    assert!(
        begun.contains("-w -I INPUT -p tcp -m multiport --dports http,https -j f2b-larimar-ipv6")
    );
}

#[test]
fn an_ipv6_address_is_of_its_network_however_it_is_written() {
    let house = House::new();
    let line = |address: &Ipv6Addr| {
        format!(
            "{{\"time\":\"2026-11-22T01:50:16.123Z\",\"request\":\"00000007-00000002\",\"ip\":\"{address}\",\"method\":\"fetchWallet\",\
             \"wallet\":null,\"outcome\":\"WalletNotFound\",\"bytes_in\":1,\"bytes_out\":2,\"micros\":3}}\n"
        )
    };
    // every way in which zeros can stand among eight groups
    let addresses: Vec<Ipv6Addr> = (0..256_u16)
        .map(|zeros| {
            let group = |place: u16| match zeros >> place & 1 {
                1 => 0,
                _ => place + 0xa0,
            };
            Ipv6Addr::from([0, 1, 2, 3, 4, 5, 6, 7].map(group))
        })
        .filter(|address| !address.to_string().starts_with("::"))
        .collect();
    let log = house.path("ipv6.log");
    std::fs::write(&log, addresses.iter().map(line).collect::<String>()).unwrap();
    let found = fail2ban_regex(&["-o", "id"], &log, "larimar-ipv6.conf");
    let found: Vec<&str> = found.lines().collect();
    assert_eq!(found.len(), addresses.len());
    for (address, found) in addresses.iter().zip(found) {
        // as the action has it
        let network = format!("{}::", found.replacen("::", ":0:0:", 1));
        let network: Ipv6Addr = network.parse().unwrap_or_else(|_| panic!("{found}"));
        let [a, b, c, d, ..] = address.segments();
        assert_eq!(network.segments(), [a, b, c, d, 0, 0, 0, 0], "{address}");
    }
    let found = fail2ban_regex(&["-o", "id"], &log, "larimar.conf");
    assert_eq!(found, "", "they are the other filter's");
}

/// A page can call in the name of who visits it, unless the browser is told that it may not: it asks before it sends JSON.
#[test]
fn with_no_origins_a_foreign_page_guesses_in_nobodys_name() {
    let mut house = House::new();
    house.set("server.cors_origins=[]");
    let server = house.start();
    let url = format!("http://{}/", server.address);
    let client = reqwest::blocking::Client::builder().no_proxy();
    let client = client.build().unwrap();
    let guess = request("fetchWallet", &json!([Person::number(1).key()]));
    let asked = client.request(reqwest::Method::OPTIONS, &url);
    let asked = asked.header("access-control-request-method", "POST");
    let asked = asked.header("access-control-request-headers", "content-type");
    let answer = asked
        .header("origin", "https://evil.example")
        .send()
        .unwrap();
    assert!(
        answer
            .headers()
            .get("access-control-allow-origin")
            .is_none()
    );
    // what needs no asking
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ] {
        let sent = client.post(&url).header("content-type", kind);
        let sent = sent.header("origin", "https://evil.example");
        let status = sent.body(guess.clone()).send().unwrap().status();
        assert_eq!(status, 415, "{kind}");
    }
    let mut socket = server.socket();
    socket.send(
        "GET / HTTP/1.1\r\nhost: wallet.test\r\norigin: https://evil.example\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    );
    assert_eq!(socket.status(), 403);
    server.stop();
    let lines = house.log_lines();
    assert!(lines.len() == 3 && !lines.iter().any(is_guess), "{lines:?}");
}
