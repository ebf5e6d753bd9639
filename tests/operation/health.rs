//! What a monitor and a browser ask for.

use serde_json::json;

use super::house::{House, name};
use super::person::Person;

#[test]
fn live_and_ready_say_yes_while_all_is_well() {
    let house = House::new();
    let server = house.start();
    assert_eq!(server.get("/live"), (200, "live\n".into()));
    assert_eq!(server.get("/ready"), (200, "ready\n".into()));
    assert_eq!(server.get("/nothing").0, 404);
    assert!(server.get("/").1.contains("wallet server"));
    let said = server.stop();
    assert!(!said.contains("not ready"), "{said}");
    assert!(house.log_lines().is_empty(), "none of them is a call");
}

#[test]
fn with_too_little_room_it_is_not_ready_but_reads() {
    let mut house = House::new();
    let person = Person::number(1);
    let server = house.start();
    server.create(&house, &person, "one@example.org", b"one");
    let [access, pass, cstore] = ["aa", "bb", "cc"].map(|digits| digits.repeat(32));
    let pin = server.ok("wallet/create", json!([access, pass, cstore]))["pin"].take();
    server.ok("wallet/add", json!([access, pass, [{"x": "!y"}]]));
    server.stop();
    house.set(&format!("store.min_free_bytes={}", 1_u64 << 50));
    let server = house.start();
    assert_eq!(server.get("/live").0, 200);
    let (status, text) = server.get("/ready");
    assert_eq!(status, 503);
    assert!(
        !text.contains("bytes"),
        "the reason is the operator's: {text}"
    );
    let refused = server.refused("saveWallet", person.save(b"two"));
    assert_eq!(
        (refused["code"].as_i64(), name(&refused)),
        (Some(5031), "StoreUnavailable")
    );
    assert!(!refused.to_string().contains("bytes"), "{refused}");
    let fetched = server.ok("fetchWallet", json!([person.key()]));
    assert_eq!(fetched["encrypted_data"], super::person::base64(b"one"));
    let downloaded = server.ok("wallet/download", json!([access, pass]));
    assert_eq!(downloaded["walletAddresses"], json!([{"x": "!y"}]));
    // an attempt that cannot be counted is not compared
    for pin in [&pin, &json!("k3m7xq")] {
        let refused = server.refused("wallet/login", json!([access, pin]));
        assert_eq!(name(&refused), "ServerError", "{refused}");
    }
    let mut verify = house.larimard(&["verify"]);
    assert!(
        verify.output().unwrap().status.success(),
        "through the server"
    );
    let said = server.stop();
    assert!(
        said.contains("store.min_free_bytes") && said.contains("until there is room"),
        "{said}"
    );
}

/// Exit code and what was said of `larimard health`.
pub(crate) fn health(house: &House, listen: &str) -> (Option<i32>, String) {
    let mut command = house.larimard(&["health"]);
    command.args(["--set", &format!("server.listen={listen}")]);
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn health_asks_the_server_and_says_why_it_is_not_ready() {
    let mut house = House::new();
    let server = house.start();
    let (listen, port) = (server.address.to_string(), server.address.port());
    for listen in [&listen, &format!("0.0.0.0:{port}")] {
        assert_eq!(health(&house, listen), (Some(0), "ready\n".into()));
    }
    // as on a machine without IPv6: it listens everywhere, and ::1 cannot be reached
    let everywhere = format!("[::]:{port}");
    assert_eq!(health(&house, &everywhere), (Some(0), "ready\n".into()));
    let (code, said) = health(&house, "127.0.0.1:0");
    assert_eq!(code, Some(1));
    assert!(said.contains("--listen"), "{said}");
    server.stop();
    let (code, said) = health(&house, &listen);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("nothing listens on") && said.contains(&listen),
        "{said}"
    );
    let (code, said) = health(&house, &everywhere);
    assert_eq!(code, Some(1));
    assert!(said.contains("nothing listens on [::1]"), "{said}");

    house.set(&format!("store.min_free_bytes={}", 1_u64 << 50));
    let server = house.start();
    let (code, said) = health(&house, &server.address.to_string());
    assert_eq!(code, Some(1));
    assert!(
        said.contains("is not ready") && said.contains("log says why"),
        "{said}"
    );
}

#[test]
fn health_takes_nobody_else_for_the_server_and_does_not_wait_for_ever() {
    use std::io::{Read, Write};
    let house = House::new();
    for (answer, says) in [
        (
            "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n",
            "is no larimard",
        ),
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello",
            "is no larimard",
        ),
        ("220 post ESMTP\r\n", "does not speak HTTP"),
        ("", "does not answer within"),
    ] {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let listen = listener.local_addr().unwrap().to_string();
        let answering = std::thread::spawn(move || {
            let (mut socket, _) = listener.accept().unwrap();
            assert_ne!(socket.read(&mut [0; 1024]).unwrap(), 0, "a request");
            socket.write_all(answer.as_bytes()).unwrap();
            socket
        });
        let (code, said) = health(&house, &listen);
        assert_eq!(code, Some(1));
        assert!(said.contains(says), "{answer:?}: {said}");
        drop(answering.join());
    }
}

/// Asks as a browser does, and returns the headers of the answer.
fn preflight(house: &House, origin: &str) -> reqwest::header::HeaderMap {
    let server = house.start();
    let client = reqwest::blocking::Client::builder()
        .no_proxy()
        .build()
        .unwrap();
    let url = format!("http://{}/", server.address);
    let request = client
        .request(reqwest::Method::OPTIONS, url)
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type");
    let response = request.send().unwrap();
    assert_eq!(response.status(), 200);
    response.headers().clone()
}

#[test]
fn a_browser_may_call_from_anywhere_unless_told_otherwise() {
    let house = House::new();
    let headers = preflight(&house, "https://anywhere.example");
    assert_eq!(headers["access-control-allow-origin"], "*");
    assert!(
        headers["access-control-allow-methods"]
            .to_str()
            .unwrap()
            .contains("POST")
    );
    assert!(!headers.contains_key("access-control-allow-credentials"));
}

#[test]
fn a_browser_may_call_from_the_origins_that_are_set_only() {
    let mut house = House::new();
    house.set("server.cors_origins=[\"https://wallet.example\"]");
    let headers = preflight(&house, "https://wallet.example");
    assert_eq!(
        headers["access-control-allow-origin"],
        "https://wallet.example"
    );
    assert!(!headers.contains_key("access-control-allow-credentials"));
    let headers = preflight(&house, "https://elsewhere.example");
    assert_ne!(
        headers
            .get("access-control-allow-origin")
            .map(|value| value.as_bytes()),
        Some(&b"https://elsewhere.example"[..])
    );
    house.set("server.cors_origins=[]");
    let headers = preflight(&house, "https://wallet.example");
    assert!(!headers.contains_key("access-control-allow-origin"));
}
