//! Servers that lie, are no servers, or are not there.

use std::io::{Read, Write};
use std::net::TcpListener;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use larimar::client::{BlobHash, Keys, Secret, seal};
use serde_json::{Value, json};

use crate::program::Larimar;

/// A server that answers every call with this result.
pub(crate) fn answering(result: Value) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"}}") {
                let mut bytes = [0; 4096];
                let read = socket.read(&mut bytes).unwrap();
                request.extend_from_slice(&bytes[..read]);
            }
            let body = request.iter().position(|&byte| byte == b'{').unwrap();
            let body: Value = serde_json::from_slice(&request[body..]).unwrap();
            let answer = json!({"jsonrpc": "2.0", "id": body["id"], "result": result}).to_string();
            write!(
                socket,
                "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{answer}",
                answer.len()
            )
            .unwrap();
        }
    });
    url
}

#[test]
fn what_is_not_the_owner_s_is_8_and_the_server_is_named() {
    let foreign = seal(&Keys::from_seed(&Secret::new([1; 32])), 1, b"{}").unwrap();
    for (blob, hash, name) in [
        (&foreign[..], BlobHash::of(&foreign), "Tampered"),
        (&foreign[..], BlobHash::of(b""), "WrongAnswer"),
        (b"opaque", BlobHash::of(b"opaque"), "NotSealed"),
    ] {
        let time = "2026-11-22T01:50:16.123Z";
        let server = answering(json!({
            "modified": true, "encrypted_data": STANDARD.encode(blob), "local_hash": hash.to_string(),
            "created": time, "updated": time,
            "statistics": {"updated": time, "fetches": 1, "addresses": [], "recent": []},
        }));
        let fetch = [
            "fetch",
            "--email",
            "alice@example.com",
            "--password-stdin",
            "--json",
        ];
        let done = Larimar::calling(&server).run(&fetch, "password\n");
        assert_eq!((done.code, done.out.as_str()), (8, ""), "{}", done.err);
        let error: Value = serde_json::from_str(&done.err).unwrap();
        assert_eq!(error["error"]["name"], name);
        let message = error["error"]["message"].as_str().unwrap();
        assert!(
            message.contains(server.trim_start_matches("http://")),
            "{message}"
        );
    }
}

#[test]
fn a_server_that_does_not_answer_is_7() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let done = Larimar::calling(&url).run(&["info", "--timeout", "1"], "");
    assert_eq!(done.code, 7);
    assert!(done.err.contains("did not answer in time"), "{}", done.err);
    assert!(
        !done.err.contains("may have"),
        "it only reads: {}",
        done.err
    );
    let ask = ["request-code", "--timeout", "1", "--email", "a@example.com"];
    let done = Larimar::calling(&url).run(&ask, "");
    assert!(done.err.contains("hint: it may have"), "{}", done.err);
}

#[test]
fn a_port_without_tls_is_said_to_be_one() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let http = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            let _ = socket.read(&mut [0; 4096]);
            let _ = socket.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let https = http.replace("http:", "https:");
    let done = Larimar::calling(&https).run(&["info"], "");
    assert_eq!(done.code, 7);
    let expected = format!("does not speak TLS on this port (is it {http}?)");
    assert!(done.err.contains(&expected), "{}", done.err);
}

#[test]
fn a_server_that_is_not_there_is_7() {
    let larimar = Larimar::new();
    let done = larimar.run(&["info", "--server", "http://127.0.0.1:1"], "");
    assert_eq!(done.code, 7);
    assert!(
        done.err.contains("127.0.0.1:1 cannot be reached"),
        "{}",
        done.err
    );
    assert!(!done.err.contains("client error"), "{}", done.err);

    let done = larimar.run(&["info", "--json", "--server", "http://127.0.0.1:1"], "");
    assert_eq!(done.code, 7);
    let error: Value = serde_json::from_str(&done.err).expect("JSON");
    let wrong = larimar.run(&["unheard-of", "--json"], "");
    let usage: Value = serde_json::from_str(&wrong.err).expect("JSON");
    assert_eq!((wrong.code, &usage["error"]["name"]), (2, &json!("Usage")));
    assert_eq!(error["error"]["name"], "Transport");
    assert!(error["error"]["message"].is_string());
}
