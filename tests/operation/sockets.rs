//! Sockets that do nothing, that do it slowly, and too many of them.

use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use larimar::server::Sockets;
use serde_json::json;

use super::house::{House, Socket, name, outcome, request, until};
use super::inside::{Inside, Plan};

const LITTLE: Duration = Duration::from_millis(300);

fn impatient() -> Inside {
    Inside::start(Plan {
        patience: LITTLE,
        ..Plan::default()
    })
}

fn took_its_time(begun: Instant) {
    assert!(
        begun.elapsed() >= LITTLE - Duration::from_millis(50),
        "too early: {:?}",
        begun.elapsed()
    );
    assert!(
        begun.elapsed() < LITTLE * 20,
        "too late: {:?}",
        begun.elapsed()
    );
}

#[test]
fn a_silent_socket_is_closed() {
    let server = impatient();
    let begun = Instant::now();
    assert_eq!(Socket::open(server.address).rest(), "");
    took_its_time(begun);
}

#[test]
fn half_a_head_is_closed_also_when_it_trickles() {
    let server = impatient();
    let begun = Instant::now();
    Socket::open(server.address)
        .send("POST / HTTP/1.1\r\nhost: x\r\ncont")
        .rest();
    took_its_time(begun);
    assert!(closed_while_trickling(
        &mut Socket::open(server.address),
        "GET / HTTP/1.1\r\nx: "
    ));
}

#[test]
fn a_second_head_is_not_waited_for_longer_than_the_first() {
    let server = impatient();
    let mut socket = Socket::open(server.address);
    socket.send("HEAD /live HTTP/1.1\r\nhost: x\r\n\r\n");
    assert_eq!(socket.status(), 200);
    let begun = Instant::now();
    socket.send("GET /li").rest();
    took_its_time(begun);
}

#[test]
fn a_trickling_body_is_closed() {
    let server = impatient();
    let mut socket = Socket::open(server.address);
    socket.send_head(100_000);
    assert!(closed_while_trickling(&mut socket, ""));
    let mut socket = Socket::open(server.address);
    let begun = Instant::now();
    socket.send_head(100_000).send("{");
    assert_eq!(socket.status(), 408);
    took_its_time(begun);
    socket.rest();
}

/// Sends a byte now and then, and says whether the server ends that.
fn closed_while_trickling(socket: &mut Socket, begin: &str) -> bool {
    socket.send(begin);
    socket.0.set_read_timeout(Some(LITTLE / 10)).unwrap();
    let begun = Instant::now();
    let mut buffer = [0; 1024];
    while begun.elapsed() < LITTLE * 20 {
        if socket.0.write_all(b"x").is_err() {
            return true;
        }
        match socket.0.read(&mut buffer) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return true,
        }
    }
    false
}

#[test]
fn more_sockets_than_allowed_are_told_to_come_again() {
    let sockets = Sockets {
        total: 3,
        per_address: 100,
    };
    let server = Inside::start(Plan {
        sockets,
        ..Plan::default()
    });
    let mut open: Vec<Socket> = (0..3).map(|_| working(&server)).collect();
    let mut refused = Socket::open(server.address);
    assert_eq!(refused.status(), 503);
    refused.rest();
    open.pop();
    // its place is free as soon as the server has noticed
    super::house::until("a free place", || {
        let mut socket = Socket::open(server.address);
        let _ = socket.0.write_all(b"GET /live HTTP/1.1\r\nhost: x\r\n\r\n");
        socket.status() == 200
    });
}

#[test]
fn more_sockets_of_one_address_than_allowed_are_told_to_come_again() {
    let mut house = House::new();
    house.set("server.connections_per_address=2");
    let server = house.start();
    let open: Vec<Socket> = (0..2).map(|_| server.socket()).collect();
    assert_eq!(server.socket().status(), 503);
    drop(open);
}

/// Each that is told so takes a file for a second or two: without an end to them there would be none left for others.
#[test]
fn a_flood_of_sockets_that_are_refused_takes_few_files() {
    let mut house = House::new();
    house.set("server.connections_per_address=2");
    let server = house.start();
    let open: Vec<Socket> = (0..2).map(|_| server.socket()).collect();
    let before = server.open_files();
    let is_over = AtomicBool::new(false);
    let (mut flood, most) = std::thread::scope(|scope| {
        let counted = scope.spawn(|| {
            let mut most = 0;
            while !is_over.load(Ordering::Relaxed) {
                most = most.max(server.open_files().saturating_sub(before));
                std::thread::sleep(Duration::from_millis(2));
            }
            most
        });
        let flood: Vec<Socket> = (0..400).map(|_| server.socket()).collect();
        is_over.store(true, Ordering::Relaxed);
        (flood, counted.join().unwrap())
    });
    assert!(most <= 80, "{most} files");
    // all of them are told, those that have to wait for it and those that have not
    for socket in &mut flood {
        assert_eq!(socket.status(), 503);
    }
    drop(open);
}

#[test]
fn a_websocket_counts_as_a_socket_until_it_is_closed() {
    let mut house = House::new();
    house.set("server.connections_per_address=2");
    let server = house.start();
    let mut first = server.socket();
    first.upgrade();
    let mut second = server.socket();
    second.upgrade();
    assert_eq!(server.socket().status(), 503);
    drop(first);
    until("a place", || {
        let mut socket = server.socket();
        socket.send("HEAD /live HTTP/1.1\r\nhost: x\r\n\r\n");
        socket.status() == 200
    });
}

/// A text frame of a client, whose mask is zero.
pub(crate) fn frame(text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap().to_be_bytes();
    [&[0x81, 0x80 | 126], &length[..], &[0; 4], text.as_bytes()].concat()
}

#[test]
fn who_asks_for_much_at_once_and_never_reads_costs_little_memory() {
    let house = House::new();
    let server = house.start();
    server.ok("rpc.discover", json!([]));
    let before = server.memory_in_mib();
    let call = frame(r#"{"jsonrpc":"2.0","id":1,"method":"rpc.discover"}"#);
    let many = call.repeat(4000);
    // held open, each with answers of a hundred megabytes asked for
    let _sockets: Vec<Socket> = (0..10)
        .map(|_| {
            let mut socket = server.socket();
            let patience = Some(Duration::from_millis(300));
            socket.upgrade().0.set_write_timeout(patience).unwrap();
            let _ = socket.0.write_all(&many);
            socket
        })
        .collect();
    std::thread::sleep(Duration::from_secs(2));
    let more = server.memory_in_mib().saturating_sub(before);
    assert!(more < 60, "{more} MiB");
}

#[test]
fn a_body_in_chunks_of_a_byte_costs_no_more_than_its_bytes() {
    let house = House::new();
    let server = house.start();
    let before = server.memory_in_mib();
    let chunks = "1\r\n[\r\n".repeat(300_000);
    let _sockets: Vec<Socket> = (0..8)
        .map(|_| {
            let mut socket = server.socket();
            socket.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n");
            socket.send(&chunks);
            socket
        })
        .collect();
    std::thread::sleep(Duration::from_secs(1));
    let more = server.memory_in_mib().saturating_sub(before);
    assert!(more < 40, "{more} MiB");
}

#[test]
fn a_head_without_end_is_refused() {
    let house = House::new();
    let server = house.start();
    let mut socket = server.socket();
    let head = format!(
        "POST / HTTP/1.1\r\nhost: x\r\nx-long: {}",
        "x".repeat(100_000)
    );
    let _ = socket.0.write_all(head.as_bytes());
    socket.rest();
}

#[test]
fn who_sends_and_never_reads_costs_little_memory() {
    let house = House::new();
    let server = house.start();
    let mut socket = server.socket();
    socket.upgrade();
    socket
        .0
        .set_write_timeout(Some(Duration::from_secs(1)))
        .unwrap();
    let call = frame(r#"{"jsonrpc":"2.0","id":1,"method":"rpc.discover"}"#);
    let many = call.repeat(100);
    // each answer is of tens of kilobytes; the server stops reading long before all is sent
    let sent = (0..2000)
        .take_while(|_| socket.0.write_all(&many).is_ok())
        .count();
    assert!(sent < 2000, "it reads what it cannot answer");
    let memory = server.memory_in_mib();
    assert!(memory < 400, "{memory} MiB");
    server.ok("serverInfo", json!([]));
}

fn working(server: &Inside) -> Socket {
    let mut socket = Socket::open(server.address);
    socket.send("HEAD /live HTTP/1.1\r\nhost: x\r\n\r\n");
    assert_eq!(socket.status(), 200);
    socket
}

#[test]
fn many_idle_sockets_keep_nobody_from_being_served() {
    let house = House::new();
    let server = house.start();
    let silent: Vec<Socket> = (0..200).map(|_| server.socket()).collect();
    let half: Vec<Socket> = (0..100)
        .map(|_| {
            let mut socket = server.socket();
            socket.send_head(1000).send("{");
            socket
        })
        .collect();
    let begun = Instant::now();
    for _ in 0..20 {
        server.ok("serverInfo", json!([]));
    }
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
    drop((silent, half));
}

#[test]
fn a_body_without_a_length_is_not_read_beyond_its_limit() {
    let house = House::new();
    let server = house.start();
    let mut socket = server.socket();
    socket.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n");
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    let (mut sent, most) = (0, 256 * 1024 * 1024);
    while sent < most && socket.0.write_all(chunk.as_bytes()).is_ok() {
        sent += chunk.len();
    }
    assert!(sent < most / 4, "it read {sent} bytes");
    let mut declared = server.socket();
    declared.send_head(1 << 40);
    assert_eq!(declared.status(), 413);
    declared.rest();
}

#[test]
fn json_that_is_deep_is_refused_at_once() {
    let house = House::new();
    let server = house.start();
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        let call = format!(
            "{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"fetchWallet\",\"params\":{deep}}}"
        );
        for body in [deep, call] {
            let begun = Instant::now();
            let (status, answer) = server.post(&body).unwrap();
            assert!([200, 400].contains(&status), "{status}");
            // what begins with a bracket is a batch
            let first = answer.get(0).unwrap_or(&answer);
            assert!(outcome(first.clone()).is_err(), "{answer}");
            assert!(
                begun.elapsed() < Duration::from_secs(2),
                "{:?}",
                begun.elapsed()
            );
        }
    }
    server.ok("serverInfo", json!([]));
}

#[test]
fn a_panic_in_a_method_is_one_failed_call_and_no_more() {
    let server = Inside::start(Plan::default());
    let ask = |method: &str, params: serde_json::Value| {
        let mut socket = Socket::open(server.address);
        socket.send_call(method, &params);
        assert_eq!(socket.status(), 200);
        // the server closes at the end of the test only, so the answer ends where its JSON ends
        let answer = serde_json::Deserializer::from_reader(&mut socket.0)
            .into_iter()
            .next();
        outcome(answer.unwrap().unwrap())
    };
    let mut beside = working(&server);
    for _ in 0..3 {
        let error = ask("requestCode", json!(["any@panic.example"])).unwrap_err();
        assert_eq!(
            (error["code"].as_i64(), name(&error)),
            (Some(-32603), "Internal")
        );
        let number = error["data"]["request"]
            .as_str()
            .expect("a request number")
            .to_owned();
        assert!(!error.to_string().contains("on purpose"), "{error}");
        super::house::until("the line of the log", || {
            let log = std::fs::read_to_string(server.folder.path().join("access.log")).unwrap();
            let mut lines = log.lines().filter(|line| line.contains(&number));
            lines.any(|line| line.contains("\"outcome\":\"Internal\""))
        });
    }
    ask("requestCode", json!(["alice@example.org"])).unwrap();
    let code = server.mailer.0.lock().unwrap().pop().unwrap();
    let person = super::person::Person::number(1);
    ask("createWallet", person.create(&code, b"all is well")).unwrap();
    beside.send("HEAD /live HTTP/1.1\r\nhost: x\r\n\r\n");
    assert_eq!(beside.status(), 200);
    let batch = format!(
        "[{},{}]",
        request("requestCode", &json!(["any@panic.example"])),
        request("serverInfo", &json!([]))
    );
    let mut socket = Socket::open(server.address);
    socket.send_head(batch.len()).send(&batch);
    assert_eq!(socket.status(), 200);
    let answer = serde_json::Deserializer::from_reader(&mut socket.0)
        .into_iter()
        .next();
    let answers: serde_json::Value = answer.unwrap().unwrap();
    assert_eq!(name(&answers[0]["error"]), "Internal");
    assert_eq!(answers[1]["result"]["name"], "larimard");
}
