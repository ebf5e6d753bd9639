//! A server that answers what it is told to, honest or not, to whoever calls it over HTTP or WebSocket.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;

/// What is answered to a call.
#[derive(Clone, Default)]
pub enum Answer {
    /// These bytes as the result.
    Result(Vec<u8>),
    /// These bytes as the error.
    Error(Vec<u8>),
    /// These bytes instead of JSON-RPC.
    Body(Vec<u8>),
    /// These bytes instead of HTTP, and then the end of the connection.
    Bytes(Vec<u8>),
    /// Nothing but the end of the connection.
    #[default]
    Nothing,
}

/// A server that answers what it is told to, as long as its runtime runs.
pub struct Liar {
    /// Where it is called over HTTP.
    pub http: SocketAddr,
    /// Where it is called over WebSocket: each line of the answer is sent as a notification, or as it is.
    pub websocket: SocketAddr,
    says: Says,
}

type Says = Arc<Mutex<Answer>>;

impl Liar {
    /// Listens.
    ///
    /// # Errors
    /// If there is no port.
    pub async fn listen() -> io::Result<Self> {
        let says = Says::default();
        let http = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let websocket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let liar = Self {
            http: http.local_addr()?,
            websocket: websocket.local_addr()?,
            says: Arc::clone(&says),
        };
        let of_websocket = Arc::clone(&says);
        tokio::spawn(async move {
            while let Ok((socket, _)) = http.accept().await {
                tokio::spawn(answer_calls(socket, Arc::clone(&says)));
            }
        });
        tokio::spawn(async move {
            while let Ok((socket, _)) = websocket.accept().await {
                tokio::spawn(notify(socket, Arc::clone(&of_websocket)));
            }
        });
        Ok(liar)
    }

    /// From now on it says this.
    pub fn say(&self, answer: Answer) {
        *self.says.lock().unwrap_or_else(PoisonError::into_inner) = answer;
    }
}

fn said(says: &Says) -> Answer {
    says.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

async fn answer_calls(socket: TcpStream, says: Says) -> io::Result<()> {
    socket.set_nodelay(true)?;
    let mut socket = BufReader::new(socket);
    loop {
        let mut length = 0;
        let mut line = String::new();
        while socket.read_line(&mut line).await? > 2 {
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
            line.clear();
        }
        let mut request = vec![0; length];
        socket.read_exact(&mut request).await?;
        let body = match said(&says) {
            Answer::Result(result) => around(&id(&request), "result", &result),
            Answer::Error(error) => around(&id(&request), "error", &error),
            Answer::Body(body) => body,
            Answer::Bytes(bytes) => return socket.write_all(&bytes).await,
            Answer::Nothing => return Ok(()),
        };
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        socket.write_all(&[head.as_bytes(), &body].concat()).await?;
    }
}

/// The id of a call, as JSON.
fn id(request: &[u8]) -> String {
    let request: Value = serde_json::from_slice(request).unwrap_or_default();
    request["id"].to_string()
}

fn around(id: &str, name: &str, content: &[u8]) -> Vec<u8> {
    let before = format!(r#"{{"jsonrpc":"2.0","id":{id},"{name}":"#);
    [before.as_bytes(), content, b"}"].concat()
}

async fn notify(socket: TcpStream, says: Says) -> Option<()> {
    let mut socket = tokio_tungstenite::accept_async(socket).await.ok()?;
    let request = socket.next().await?.ok()?.into_data();
    let (bytes, bare) = match said(&says) {
        Answer::Result(bytes) => (bytes, false),
        Answer::Error(bytes) | Answer::Body(bytes) | Answer::Bytes(bytes) => (bytes, true),
        Answer::Nothing => return None,
    };
    let accepted = around(&id(&request), "result", b"1");
    socket.send(message(&accepted)).await.ok()?;
    for line in bytes.split(|byte| *byte == b'\n') {
        let before =
            br#"{"jsonrpc":"2.0","method":"walletChanged","params":{"subscription":1,"result":"#;
        let sent = match bare {
            true => message(line),
            false => message(&[before, line, b"}}"].concat()),
        };
        socket.send(sent).await.ok()?;
    }
    socket.close(None).await.ok()
}

fn message(bytes: &[u8]) -> Message {
    match str::from_utf8(bytes) {
        Ok(text) => Message::text(text),
        Err(_) => Message::binary(bytes.to_vec()),
    }
}
