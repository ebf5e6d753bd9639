//! The server's own TLS, with real handshakes.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use larimar::server::Sockets;
use larimar::server::tls::{Certificate, Files, Tls};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{self, Message};

use super::authority::Authority;
use super::house::{House, PATIENCE, Server, Socket, outcome, request, until};
use super::inside::{Inside, Plan};
use super::person::Person;

pub(crate) type Stream = StreamOwned<ClientConnection, TcpStream>;

/// Puts a pair where a server finds it.
pub(crate) fn put(folder: &Path, (certificate, key): &(rcgen::Certificate, rcgen::KeyPair)) {
    std::fs::write(folder.join("server.pem"), certificate.pem()).unwrap();
    let path = folder.join("key.pem");
    std::fs::write(&path, key.serialize_pem()).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

/// A house whose servers speak TLS as localhost, and who vouches for them.
fn house() -> (House, Authority) {
    house_with(House::new())
}

pub(crate) fn house_with(mut house: House) -> (House, Authority) {
    house.set("server.tls_certificate=server.pem");
    house.set("server.tls_key=key.pem");
    house.set("server.names=[\"localhost\"]");
    let authority = Authority::new();
    put(&house.path(""), &authority.certify("localhost"));
    (house, authority)
}

fn connect(address: SocketAddr, client: &Arc<ClientConfig>) -> io::Result<Stream> {
    connect_from(Ipv4Addr::LOCALHOST, address, client)
}

/// The same from this address.
pub(crate) fn connect_from(
    own: Ipv4Addr,
    address: SocketAddr,
    client: &Arc<ClientConfig>,
) -> io::Result<Stream> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    let socket = runtime.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4()?;
        socket.bind((own, 0).into())?;
        socket.connect(address).await
    })?;
    let mut socket = socket.into_std()?;
    socket.set_nonblocking(false)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    let name = ServerName::try_from("localhost").unwrap();
    let mut connection = ClientConnection::new(Arc::clone(client), name).unwrap();
    while connection.is_handshaking() {
        connection.complete_io(&mut socket)?;
    }
    Ok(StreamOwned::new(connection, socket))
}

/// The status of the answer to this request, and its body.
pub(crate) fn exchange(mut stream: Stream, request: &str) -> (u16, String) {
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, body.to_owned())
}

fn ok(server: &Server, client: &Arc<ClientConfig>, method: &str, params: &Value) -> Value {
    let body = request(method, params);
    let head = format!(
        "POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let stream = connect(server.address, client).unwrap();
    let (status, body) = exchange(stream, &(head + &body));
    assert_eq!(status, 200);
    outcome(serde_json::from_str(&body).unwrap()).unwrap()
}

pub(crate) fn web_socket(stream: Stream) -> tungstenite::WebSocket<Stream> {
    tungstenite::client("wss://localhost/", stream).unwrap().0
}

pub(crate) fn next(socket: &mut tungstenite::WebSocket<Stream>) -> Value {
    loop {
        if let Message::Text(text) = socket.read().unwrap() {
            return serde_json::from_str(&text).unwrap();
        }
    }
}

pub(crate) fn ask(
    socket: &mut tungstenite::WebSocket<Stream>,
    method: &str,
    params: &Value,
) -> Value {
    let text = Message::text(request(method, params));
    socket.send(text).unwrap();
    next(socket)
}

#[test]
fn calls_and_subscriptions_work_over_https_and_wss() {
    let (house, authority) = house();
    let server = house.start();
    assert!(server.said().contains("listening  https://127.0.0.1:"));
    assert!(
        !server.said().contains("warning    server"),
        "{}",
        server.said()
    );
    let client = authority.client();
    let person = Person::number(1);
    ok(&server, &client, "requestCode", &json!(["one@example.org"]));
    let code = house.code("one@example.org");
    ok(
        &server,
        &client,
        "createWallet",
        &person.create(&code, b"first"),
    );

    let mut socket = web_socket(connect(server.address, &client).unwrap());
    let subscribed = ask(&mut socket, "subscribeWallet", &json!([person.key()]));
    assert!(
        subscribed["result"].is_number() || subscribed["result"].is_string(),
        "{subscribed}"
    );
    ok(&server, &client, "saveWallet", &person.save(b"second"));
    assert_eq!(next(&mut socket)["method"], "walletChanged");
    // much more than TLS holds at a time, in both directions
    let large = vec![7; 200_000];
    ok(&server, &client, "saveWallet", &person.save(&large));
    assert_eq!(next(&mut socket)["method"], "walletChanged");
    let fetched = ask(&mut socket, "fetchWallet", &json!([person.key()]));
    assert_eq!(
        fetched["result"]["encrypted_data"],
        super::person::base64(&large)
    );

    // what a person uses, with the authority that the system trusts
    let file = house.path("authority.pem");
    std::fs::write(&file, &authority.pem).unwrap();
    let url = format!("https://localhost:{}", server.address.port());
    let larimar = |authority: Option<&Path>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_larimar"));
        command.env("LARIMAR_PROFILE_DIR", house.path("profiles"));
        command
            .args(["info", "--server", &url])
            .stdin(Stdio::null());
        if let Some(authority) = authority {
            command.env("SSL_CERT_FILE", authority);
        }
        command.output().unwrap()
    };
    let trusting = larimar(Some(&file));
    assert!(trusting.status.success(), "{trusting:?}");
    assert!(!larimar(None).status.success());

    server.stop();
    assert_eq!(house.log_lines()[0]["ip"], "127.0.0.1");
}

/// The certificate that a caller is shown.
fn shown(server: &Server, client: &Arc<ClientConfig>) -> CertificateDer<'static> {
    let stream = connect(server.address, client).unwrap();
    let chain = stream.conn.peer_certificates().unwrap();
    chain[0].clone().into_owned()
}

#[test]
fn sighup_shows_the_new_certificate_and_takes_no_bad_one() {
    let (house, authority) = house();
    let server = house.start();
    let client = authority.client();
    let first = shown(&server, &client);
    let mut before = web_socket(connect(server.address, &client).unwrap());

    let refused = |number: usize| {
        server.signal("HUP");
        until("the refusal", || {
            server.said().matches("the old certificate stays").count() == number
        });
        assert_eq!(shown(&server, &client), first);
    };
    put(
        &house.path(""),
        &authority.certify_for("localhost", -60, -30),
    );
    refused(1);
    std::fs::write(
        house.path("key.pem"),
        authority.certify("localhost").1.serialize_pem(),
    )
    .unwrap();
    refused(2);
    std::fs::remove_file(house.path("key.pem")).unwrap();
    refused(3);

    let second = authority.certify("localhost");
    put(&house.path(""), &second);
    server.signal("HUP");
    until("the new one", || shown(&server, &client) == *second.0.der());
    // one that is not for the server's name is shown, and warned of, as at the start
    assert!(!server.said().contains("server.names"), "{}", server.said());
    put(&house.path(""), &authority.certify("elsewhere.example"));
    server.signal("HUP");
    until("the warning", || {
        let said = server.said();
        said.contains("server.names has localhost, but the certificate in ")
    });
    // who was there stays
    assert!(ask(&mut before, "serverInfo", &json!([]))["result"].is_object());
    server.stop();
}

/// Whoever renews it by a pipe, or on a disk that does not answer.
#[test]
fn a_certificate_that_cannot_be_read_holds_nothing_up() {
    let (house, authority) = house();
    let server = house.start();
    let client = authority.client();
    let first = shown(&server, &client);
    std::fs::remove_file(house.path("key.pem")).unwrap();
    let made = Command::new("mkfifo").arg(house.path("key.pem")).status();
    assert!(made.unwrap().success());
    for _ in 0..3 {
        let before = server.said().matches("opening files anew").count();
        server.signal("HUP");
        until("the next", || {
            server.said().matches("opening files anew").count() > before
        });
        std::thread::sleep(Duration::from_millis(100));
    }
    let said = server.said();
    assert!(
        said.contains("the certificate is still being read"),
        "{said}"
    );
    assert_eq!(shown(&server, &client), first);
    let begun = Instant::now();
    server.stop();
    assert!(begun.elapsed() < Duration::from_secs(10));
}

/// Who rotates logs or renews certificates asks nobody whether the server has started.
#[test]
#[cfg(target_os = "linux")]
fn sighup_while_it_starts_does_not_end_it() {
    let (house, authority) = house();
    let (certificate, key) = authority.certify("localhost");
    put(&house.path(""), &(certificate, key));
    let text = std::fs::read(house.path("key.pem")).unwrap();
    std::fs::remove_file(house.path("key.pem")).unwrap();
    let made = Command::new("mkfifo").arg(house.path("key.pem")).status();
    assert!(made.unwrap().success());
    // it waits for its key
    let mut starting = house.spawn();
    let status = format!("/proc/{}/status", starting.id());
    until("it is ready for that", || {
        let status = std::fs::read_to_string(&status).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        caught.is_some_and(|mask| u64::from_str_radix(mask.trim(), 16).unwrap() & 1 == 1)
    });
    let sent = Command::new("kill")
        .args(["-HUP", &starting.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
    std::fs::write(house.path("key.pem"), text).unwrap();
    let lines = io::BufReader::new(starting.stderr.take().unwrap());
    let mut lines = io::BufRead::lines(lines).map_while(Result::ok);
    assert!(lines.any(|line| line.contains("opening files anew")));
    starting.kill().unwrap();
    starting.wait().unwrap();
}

#[test]
fn a_metric_says_when_the_certificate_that_is_shown_expires() {
    let (mut house, authority) = house();
    house.set("observe.listen=127.0.0.1:0");
    let server = house.start();
    let expires = || super::metrics::scraped(&server).of("certificate_expires_seconds");
    let days = |expires: f64| {
        let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
        (expires - now.as_secs_f64()) / 86_400.0
    };
    let first = expires();
    put(
        &house.path(""),
        &authority.certify_for("localhost", -60, 20),
    );
    server.signal("HUP");
    until("the new one", || expires() != first);
    let left = days(expires());
    assert!((18.9..=20.1).contains(&left), "{left}");
    // one that is not taken changes nothing
    put(
        &house.path(""),
        &authority.certify_for("localhost", -60, -30),
    );
    server.signal("HUP");
    until("the refusal", || {
        server.said().contains("the old certificate stays")
    });
    assert_eq!(days(expires()).round(), left.round());
}

fn larimard(house: &House, arguments: &[&str]) -> (Option<i32>, String, String) {
    let ended = house.larimard(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (ended.status.code(), text(ended.stdout), text(ended.stderr))
}

#[test]
fn files_that_cannot_be_used_are_refused_with_what_to_do() {
    type Spoil = fn(&House, &Authority);
    let cases: [(&[&str], Spoil); 6] = [
        (
            &["server.tls_key (", "key.pem cannot be read", "No such file"],
            |house, _| {
                std::fs::remove_file(house.path("key.pem")).unwrap();
            },
        ),
        (
            &[
                "server.tls_certificate (",
                "server.pem cannot be read",
                "No such file",
            ],
            |house, _| {
                std::fs::remove_file(house.path("server.pem")).unwrap();
            },
        ),
        (
            &["server.tls_certificate (", "holds none, in PEM"],
            |house, _| {
                std::fs::copy(house.path("key.pem"), house.path("server.pem")).unwrap();
            },
        ),
        (&["server.tls_key (", "holds none, in PEM"], |house, _| {
            std::fs::copy(house.path("server.pem"), house.path("key.pem")).unwrap();
        }),
        (&["server.tls_certificate (", "is damaged"], |house, _| {
            let text = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
            std::fs::write(house.path("server.pem"), text).unwrap();
        }),
        (
            &[
                "server.tls_certificate (",
                "server.tls_key (",
                "is not the key of",
            ],
            |house, authority| {
                let other = authority.certify("localhost").1;
                std::fs::write(house.path("key.pem"), other.serialize_pem()).unwrap();
            },
        ),
    ];
    for (words, spoil) in cases {
        let (house, authority) = house();
        spoil(&house, &authority);
        for arguments in [&["check-config"][..], &["serve"]] {
            let (code, _, said) = larimard(&house, arguments);
            assert_eq!(code, Some(2), "{said}");
            for word in words {
                assert!(said.contains(word), "{word}: {said}");
            }
            assert!(!said.contains("PRIVATE"), "{said}");
        }
        // what has nothing to do with it goes on: there is no store yet
        let (code, _, said) = larimard(&house, &["verify"]);
        assert_eq!(code, Some(1), "{said}");
        assert!(!said.contains("server.tls"), "{said}");
    }
}

#[test]
fn a_certificate_without_its_key_is_refused() {
    for setting in ["server.tls_certificate", "server.tls_key"] {
        let mut house = House::new();
        house.set(&format!("{setting}=some.pem"));
        let (code, _, said) = larimard(&house, &["check-config"]);
        assert_eq!(code, Some(2), "{said}");
        for word in [
            "server.tls_certificate (",
            "server.tls_key (",
            "set both, or neither",
        ] {
            assert!(said.contains(word), "{said}");
        }
    }
}

#[test]
fn what_is_unsafe_about_a_certificate_is_warned_of() {
    let warned = |change: &dyn Fn(&mut House, &Authority)| {
        let (mut house, authority) = house();
        change(&mut house, &authority);
        let (code, json, said) = larimard(&house, &["check-config", "--json"]);
        assert_eq!(code, Some(0), "{said}");
        let report: Value = serde_json::from_str(&json).unwrap();
        let warnings = report["warnings"].as_array().unwrap().iter();
        let warnings: Vec<String> = warnings
            .map(|text| text.as_str().unwrap().to_owned())
            .collect();
        for warning in &warnings {
            assert!(said.contains(warning), "{said}");
        }
        let own = warnings
            .into_iter()
            .filter(|text| text.starts_with("server."));
        own.collect::<Vec<_>>()
    };
    assert_eq!(warned(&|_, _| {}), Vec::<String>::new());
    for (from, to, words) in [
        (-60, -30, "renew it. Clients refuse it"),
        (2, 60, "renew it. Clients refuse it"),
        (-60, 5, "renew it, soon"),
    ] {
        let said = warned(&|house, authority| {
            put(
                &house.path(""),
                &authority.certify_for("localhost", from, to),
            );
        });
        assert!(said.len() == 1 && said[0].contains(words), "{said:?}");
    }
    let lasting = warned(&|house, authority| {
        put(
            &house.path(""),
            &authority.certify_for("localhost", -60, 20),
        );
    });
    assert_eq!(lasting, Vec::<String>::new());
    let open = warned(&|house, _| {
        let key = house.path("key.pem");
        std::fs::set_permissions(key, std::fs::Permissions::from_mode(0o644)).unwrap();
    });
    assert!(
        open.len() == 1 && open[0].contains("everyone") && open[0].contains("chmod"),
        "{open:?}"
    );
    let other =
        warned(&|house, _| house.set("server.names=[\"localhost:8330\", \"other.example\"]"));
    assert!(
        other.len() == 1 && other[0].contains("not for other.example"),
        "{other:?}"
    );
}

const LITTLE: Duration = Duration::from_millis(700);

/// A server with little patience, room for so many sockets, and TLS.
fn inside(total: usize) -> (Inside, Arc<ClientConfig>) {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new();
    put(folder.path(), &authority.certify("localhost"));
    let files = Files {
        certificate: folder.path().join("server.pem"),
        key: folder.path().join("key.pem"),
    };
    let certificate = Certificate::read(&files).unwrap();
    let server = Inside::start(Plan {
        patience: LITTLE,
        sockets: Sockets {
            total,
            per_address: total,
        },
        tls: Some(Arc::new(Tls::new(files, certificate).unwrap())),
    });
    (server, authority.client())
}

pub(crate) const LIVE: &str = "GET /live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

#[test]
fn slow_handshakes_hold_nobody_up_count_as_sockets_and_end() {
    let (server, client) = inside(20);
    let begun = Instant::now();
    let mut slow: Vec<Socket> = (0..19).map(|_| Socket::open(server.address)).collect();
    for socket in &mut slow[10..] {
        // the first bytes of a greeting
        socket.send([22, 3, 1, 2, 0, 1]);
    }
    let quick = connect(server.address, &client).unwrap();
    let no_place = connect(server.address, &client);
    assert!(no_place.is_err(), "that was the last one");
    assert_eq!(exchange(quick, LIVE).0, 200);
    assert!(begun.elapsed() < LITTLE, "{:?}", begun.elapsed());
    for socket in &mut slow {
        socket.rest();
    }
    let waited = begun.elapsed();
    assert!(waited >= LITTLE && waited < LITTLE * 4, "{waited:?}");
    until("a place", || connect(server.address, &client).is_ok());
}

#[test]
fn who_is_silent_or_does_not_read_after_the_handshake_is_closed() {
    let (server, client) = inside(20);
    let begun = Instant::now();
    let mut silent = connect(server.address, &client).unwrap();
    let mut read = Vec::new();
    let _ = silent.read_to_end(&mut read);
    assert!(begun.elapsed() >= LITTLE && begun.elapsed() < LITTLE * 4);

    let stream = connect(server.address, &client).unwrap();
    stream.sock.set_write_timeout(Some(PATIENCE)).unwrap();
    let mut socket = web_socket(stream);
    let begun = Instant::now();
    let call = request("rpc.discover", &json!([]));
    // some 50 KiB for each; nothing is read, so that in the end nothing more can be sent
    while socket.send(Message::text(call.clone())).is_ok() {
        assert!(begun.elapsed() < PATIENCE, "it takes everything");
    }
}

#[test]
fn who_speaks_plain_http_is_told_to_speak_tls() {
    let (server, _) = inside(20);
    let mut socket = Socket::open(server.address);
    socket.send("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
    assert_eq!(socket.status(), 400);
    assert!(socket.rest().contains("https://"));
}

#[test]
fn a_silent_socket_costs_little_memory() {
    let (house, authority) = house();
    let server = house.start();
    let client = authority.client();
    drop(connect(server.address, &client).unwrap());
    let before = server.memory_in_mib();
    let sockets: Vec<Stream> = (0..400)
        .map(|_| connect(server.address, &client).unwrap())
        .collect();
    let each = (server.memory_in_mib() - before) * 1024 / sockets.len() as u64;
    assert!(each <= 64, "{each} KiB");
}

#[test]
fn health_asks_over_tls_whatever_the_certificate_is_for() {
    let (mut house, _) = house();
    let server = house.start();
    let listen = server.address.to_string();
    assert_eq!(
        super::health::health(&house, &listen),
        (Some(0), "ready\n".into())
    );
    house.set("server.tls_certificate=");
    house.set("server.tls_key=");
    let (code, said) = super::health::health(&house, &listen);
    assert_eq!(code, Some(1));
    for words in [
        &*listen,
        "speaks TLS, and server.tls_certificate is not set",
        "--config",
    ] {
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn health_says_that_all_connections_may_be_taken() {
    let (mut house, _) = house();
    house.set("server.connections_per_address=1");
    let server = house.start();
    let _only = Socket::open(server.address);
    let listen = server.address.to_string();
    until("the words", || {
        let (code, said) = super::health::health(&house, &listen);
        code == Some(1) && said.contains("all its connections may be taken")
    });
}

#[test]
fn health_says_that_a_port_does_not_speak_tls() {
    let (mut house, _) = house();
    let without = House::new();
    let server = without.start();
    let listen = server.address.to_string();
    let (code, said) = super::health::health(&house, &listen);
    assert_eq!(code, Some(1));
    for words in [
        &*listen,
        "speaks HTTP without TLS, and server.tls_certificate is set",
    ] {
        assert!(said.contains(words), "{said}");
    }
    // of who speaks neither only that is said
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for mut socket in listener.incoming().flatten() {
            let _ = socket.write_all(b"220 post ESMTP\r\n");
        }
    });
    let (code, said) = super::health::health(&house, &listen);
    assert_eq!(code, Some(1));
    assert!(said.contains("does not speak TLS as larimard"), "{said}");
    house.set("server.tls_certificate=");
    house.set("server.tls_key=");
    let (_, said) = super::health::health(&house, &listen);
    assert!(said.contains("does not speak HTTP as larimard"), "{said}");
}
