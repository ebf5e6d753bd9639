//! What is between a device and a server: it passes calls on, or does not, or answers in the server's place.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use larimar::client::{BlobHash, Keys, Secret, seal};
use serde_json::{Value, json};

/// What a wire does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wire {
    Passes,
    /// Is cut before the call.
    Cut,
    /// Is cut before the answer.
    CutAfterwards,
    /// The same, for what changes something only.
    CutAfterWrites,
    /// The server did it, and the answer never comes.
    Hangs,
    Slow,
    /// More than what a server gets that was down.
    Slower,
    Garbage,
    /// The server has what it had when it was asked first, and says yes to whatever it is told.
    Old,
    /// The server refuses with revisions that it makes up, and says that what it has is of the far future.
    LiesAboutRevisions,
    /// The server has what somebody else sealed.
    OtherBlob,
    /// The server says yes, and stores nothing.
    Forgets,
}

struct State {
    wire: Wire,
    to: Option<String>,
    first: Option<Value>,
}

/// One end of a wire.
#[derive(Clone)]
pub(crate) struct End {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
}

impl End {
    /// A wire that leads nowhere yet.
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State {
            wire: Wire::Passes,
            to: None,
            first: None,
        }));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for socket in listener.incoming().map_while(Result::ok) {
                let state = Arc::clone(&shared);
                std::thread::spawn(move || serve(socket, &state));
            }
        });
        Self { url, state }
    }

    pub(crate) fn leads_to(&self, address: impl std::fmt::Display) {
        self.state.lock().unwrap().to = Some(format!("http://{address}/"));
    }

    pub(crate) fn is(&self, wire: Wire) {
        self.state.lock().unwrap().wire = wire;
    }

    /// The host by which a deletion is signed.
    pub(crate) fn name(&self) -> &str {
        self.url.trim_start_matches("http://")
    }
}

fn serve(mut socket: TcpStream, state: &Mutex<State>) {
    let Some(call) = request(&mut socket) else {
        return;
    };
    let (wire, to, first) = {
        let state = state.lock().unwrap();
        (state.wire, state.to.clone().unwrap(), state.first.clone())
    };
    let method = call["method"].as_str().unwrap_or_default().to_owned();
    let pass = || -> Value {
        let client = reqwest::blocking::Client::builder()
            .no_proxy()
            .build()
            .unwrap();
        let answer = client
            .post(&to)
            .header("content-type", "application/json")
            .body(call.to_string())
            .send();
        // a server that is gone is a wire that is cut
        answer
            .ok()
            .and_then(|answer| serde_json::from_str(&answer.text().ok()?).ok())
            .unwrap_or(Value::Null)
    };
    let result = |result: Value| json!({"jsonrpc": "2.0", "id": call["id"], "result": result});
    let is_write = matches!(method.as_str(), "saveWallet" | "changePassword");
    let yes = || {
        let data = STANDARD
            .decode(call["params"]["encrypted_data"].as_str().unwrap())
            .unwrap();
        let signature: larimar::client::Signature = call["params"]["signature"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap();
        let hash = BlobHash::of(&data);
        let key = signature
            .recover(&larimar::client::blob_digest(&hash))
            .unwrap();
        result(
            json!({"publickey": key.to_string(), "local_hash": hash.to_string(), "updated": "2099-01-01T00:00:00.000Z"}),
        )
    };
    let answer = match wire {
        Wire::Passes => pass(),
        Wire::Cut => return,
        Wire::CutAfterWrites if !is_write => pass(),
        Wire::CutAfterwards | Wire::CutAfterWrites => {
            pass();
            return;
        }
        Wire::Hangs => {
            pass();
            std::thread::sleep(Duration::from_secs(20));
            return;
        }
        Wire::Slow | Wire::Slower => {
            let slow = if wire == Wire::Slow { 700 } else { 1500 };
            std::thread::sleep(Duration::from_millis(slow));
            pass()
        }
        Wire::Garbage => {
            let _ = socket.write_all(
                b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\nconnection: close\r\n\r\n<html>",
            );
            return;
        }
        Wire::Old | Wire::Forgets if is_write => yes(),
        Wire::Old if method == "fetchWallet" => match first {
            Some(mut answer) => {
                answer["id"] = call["id"].clone();
                answer
            }
            None => pass(),
        },
        Wire::LiesAboutRevisions if is_write => json!({
            "jsonrpc": "2.0", "id": call["id"],
            "error": {"code": 4090, "message": "no", "data": {
                "name": "Conflict", "local_hash": "ab".repeat(32),
                "revision": 1_u64 << 52, "updated": "2099-01-01T00:00:00.000Z",
            }},
        }),
        Wire::LiesAboutRevisions => {
            let mut answer = pass();
            answer["result"]["updated"] = "2099-01-01T00:00:00.000Z".into();
            answer
        }
        Wire::OtherBlob if method == "fetchWallet" => {
            let thief = Keys::from_seed(&Secret::new([66; 32]));
            let data = seal(&thief, 1 << 40, b"not yours").unwrap();
            let mut answer = pass();
            answer["result"]["encrypted_data"] = STANDARD.encode(&data).into();
            answer["result"]["local_hash"] = BlobHash::of(&data).to_string().into();
            answer
        }
        Wire::Old | Wire::Forgets | Wire::OtherBlob => pass(),
    };
    if answer.is_null() {
        return;
    }
    if method == "fetchWallet" && answer.get("result").is_some() {
        state
            .lock()
            .unwrap()
            .first
            .get_or_insert_with(|| answer.clone());
    }
    let body = answer.to_string();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let _ = socket.write_all(format!("{head}{body}").as_bytes());
}

/// The call in the one request of this connection.
fn request(socket: &mut TcpStream) -> Option<Value> {
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length:"))?;
            if body.len() >= length.trim().parse().ok()? {
                return serde_json::from_str(body).ok();
            }
        }
        match socket.read(&mut part) {
            Ok(count) if count > 0 => bytes.extend_from_slice(&part[..count]),
            _ => return None,
        }
    }
}
