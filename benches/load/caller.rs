//! A hostile caller's end of a socket: answers by their names, and the tally of what was sent and what came of it.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpSocket, TcpStream};

/// What all hostile callers of one attack did, and what they got for it.
#[derive(Debug, Default)]
pub struct Tally {
    pub opened: AtomicU64,
    pub requests: AtomicU64,
    pub bytes: AtomicU64,
    outcomes: Mutex<BTreeMap<String, u64>>,
}

impl Tally {
    pub fn note(&self, outcome: &str) {
        let mut outcomes = self.outcomes.lock().expect("a tally");
        *outcomes.entry(outcome.to_owned()).or_default() += 1;
    }

    pub fn outcomes(&self) -> BTreeMap<String, u64> {
        self.outcomes.lock().expect("a tally").clone()
    }

    pub fn sent(&self, requests: u64, bytes: usize) {
        self.requests.fetch_add(requests, Ordering::Relaxed);
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

/// Opens a socket from this address of the loopback network.
pub async fn open(from: Ipv4Addr, port: u16, tally: &Tally) -> io::Result<TcpStream> {
    open_with(from, port, None, tally).await
}

/// The same; the system takes no more than `unread` bytes for it before it is read from.
pub async fn open_with(
    from: Ipv4Addr,
    port: u16,
    unread: Option<u32>,
    tally: &Tally,
) -> io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    // a reset at the end: no port waits for the next round
    socket.set_zero_linger()?;
    if let Some(bytes) = unread {
        socket.set_recv_buffer_size(bytes)?;
    }
    socket.bind(SocketAddr::from((from, 0)))?;
    let server = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let stream = socket.connect(server).await?;
    tally.opened.fetch_add(1, Ordering::Relaxed);
    Ok(stream)
}

/// A connection that is kept from request to request.
pub struct Caller<'a> {
    from: Ipv4Addr,
    port: u16,
    tally: &'a Tally,
    socket: Option<BufReader<TcpStream>>,
}

impl<'a> Caller<'a> {
    pub fn new(from: Ipv4Addr, port: u16, tally: &'a Tally) -> Self {
        Self {
            from,
            port,
            tally,
            socket: None,
        }
    }

    /// Sends the request and notes what came of it.
    pub async fn ask(&mut self, request: &[u8]) {
        let outcome = self.exchange(request).await;
        self.tally.sent(1, request.len());
        self.tally.note(outcome.as_deref().unwrap_or("hung up"));
    }

    async fn exchange(&mut self, request: &[u8]) -> io::Result<String> {
        let mut socket = match self.socket.take() {
            Some(socket) => socket,
            None => BufReader::new(open(self.from, self.port, self.tally).await?),
        };
        // who is refused half-way finds the answer all the same
        let sent = socket.get_mut().write_all(request).await;
        let (outcome, kept) = answer(&mut socket).await?;
        if kept && sent.is_ok() {
            self.socket = Some(socket);
        }
        Ok(outcome)
    }
}

/// Reads an answer: its status and what it says of an error, and whether the server keeps the socket open.
pub async fn answer(socket: &mut BufReader<TcpStream>) -> io::Result<(String, bool)> {
    let (mut status, mut length, mut kept) = (String::new(), 0, true);
    loop {
        let mut line = String::new();
        if socket.read_line(&mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let line = line.trim_end().to_ascii_lowercase();
        if status.is_empty() {
            status = line.split(' ').nth(1).unwrap_or("no status").to_owned();
        } else if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().map_err(io::Error::other)?;
        } else if line == "connection: close" {
            kept = false;
        } else if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    socket.read_exact(&mut body).await?;
    let named = error(&body).map_or(status.clone(), |error| format!("{status} {error}"));
    Ok((named, kept))
}

/// The name of a JSON-RPC error, or its number if it has none.
pub fn error(body: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let error = body.get("error")?;
    let name = error["data"]["name"].as_str().map(str::to_owned);
    Some(name.unwrap_or_else(|| error["code"].to_string()))
}
