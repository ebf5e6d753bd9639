//! Bytes as the body of a call to a real server: whatever they are, the answer is one that the protocol knows, nothing is a fault of
//! the server, and it goes on answering.
//!
//! `CODE-CODE-CODE-CODE` in the bytes stands for a code that was just mailed, since no fuzzer guesses one.
#![no_main]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

use larimar_fuzz::larimard::Larimard;
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value};

const PLACEHOLDER: &[u8] = b"CODE-CODE-CODE-CODE";
const INTERNAL: i64 = -32603;
const BATCH: usize = 10;

static LARIMARD: LazyLock<Larimard> = LazyLock::new(Larimard::start);
static CONNECTION: Mutex<Option<BufReader<TcpStream>>> = Mutex::new(None);

fuzz_target!(|body: &[u8]| {
    let body = with_code(body);
    let (status, answer) = ask("POST", &body);
    match status {
        200 => check(&answer),
        400 | 413 => {}
        other => panic!("status {other}"),
    }
    let (status, _) = ask("GET /live", b"");
    assert_eq!(status, 200, "it does not live any more");
});

fn check(answer: &[u8]) {
    match serde_json::from_slice(answer).expect("the answer is JSON") {
        Value::Object(answer) => check_one(&answer),
        Value::Array(answers) => {
            assert!((1..=BATCH).contains(&answers.len()), "{}", answers.len());
            for answer in &answers {
                check_one(answer.as_object().expect("an object"));
            }
        }
        // calls without id have no answer
        Value::Null => {}
        other => panic!("{other}"),
    }
}

fn check_one(answer: &Map<String, Value>) {
    assert_eq!(answer.get("jsonrpc"), Some(&"2.0".into()), "{answer:?}");
    assert!(answer.contains_key("id"), "{answer:?}");
    assert_eq!(answer.len(), 3, "{answer:?}");
    let Some(error) = answer.get("error") else {
        assert!(answer.contains_key("result"), "{answer:?}");
        return;
    };
    let code = error.get("code").and_then(Value::as_i64);
    assert_ne!(code.expect("a code"), INTERNAL, "{answer:?}");
    assert!(
        error.get("message").is_some_and(Value::is_string),
        "{answer:?}"
    );
}

fn with_code(body: &[u8]) -> Vec<u8> {
    let found = body
        .windows(PLACEHOLDER.len())
        .position(|part| part == PLACEHOLDER);
    let Some(at) = found else {
        return body.to_vec();
    };
    let request =
        br#"{"jsonrpc":"2.0","id":1,"method":"requestCode","params":["somebody@example.com"]}"#;
    ask("POST", request);
    let code = LARIMARD.take_code().expect("a mail").to_string();
    [
        &body[..at],
        code.as_bytes(),
        &body[at + PLACEHOLDER.len()..],
    ]
    .concat()
}

/// Status and body of the answer, over one connection for as long as the server keeps it.
fn ask(what: &str, body: &[u8]) -> (u16, Vec<u8>) {
    let (method, path) = what.split_once(' ').unwrap_or((what, "/"));
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let request = [head.as_bytes(), body].concat();
    let mut kept = CONNECTION.lock().unwrap_or_else(PoisonError::into_inner);
    let mut connection = kept.take().unwrap_or_else(connect);
    connection.get_mut().write_all(&request).expect("sent");
    let (status, answer, closes) = receive(&mut connection);
    if !closes {
        *kept = Some(connection);
    }
    (status, answer)
}

fn connect() -> BufReader<TcpStream> {
    let socket = TcpStream::connect(LARIMARD.address).expect("a connection");
    let patience = Some(Duration::from_secs(10));
    socket.set_read_timeout(patience).expect("a time-out");
    socket.set_nodelay(true).expect("no delay");
    BufReader::new(socket)
}

fn receive(connection: &mut impl BufRead) -> (u16, Vec<u8>, bool) {
    let mut line = || {
        let mut line = String::new();
        connection.read_line(&mut line).expect("an answer");
        line.trim_end().to_ascii_lowercase()
    };
    let status = line();
    let status = status.split(' ').nth(1).and_then(|code| code.parse().ok());
    let (mut length, mut closes) = (0, false);
    loop {
        let header = line();
        match header.split_once(": ") {
            Some(("content-length", value)) => length = value.parse().expect("a length"),
            Some(("connection", value)) => closes = value == "close",
            Some(("transfer-encoding", _)) => panic!("{header}"),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    connection.read_exact(&mut body).expect("the whole body");
    (status.expect("a status"), body, closes)
}
