//! The kinds of hostile callers: tasks of this process that call over loopback, paced, counted, and gone when the attack is dropped.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::caller::{self, Caller, Tally, open, open_with};
use crate::calls;
use crate::requests::{self, LONG, request};
use crate::rows::BYTES;

const SECOND: Duration = Duration::from_secs(1);
/// The wallet that hostile callers subscribe to and save.
const THEIRS: u64 = 15_000;

/// KiB of an open socket: hyper's buffers, a task, and what the allocator loses.
const SOCKET: u64 = 48;
/// KiB of a head, and of a body or message with the default of `limits.blob_bytes`: each is twice that while it grows.
const HEAD: u64 = 64;
const BODY: u64 = 3 * 256 + 64;
/// KiB of the longest answer to a batch: ten blobs in base64.
const ANSWER: u64 = 10 * (256 * 4 / 3 + 64);
/// KiB that a WebSocket holds for a caller who does not read: 64 KiB of answers, and 16 calls under way, of which those that no limit
/// refuses have answers of up to 32 KiB.
const UNREAD: u64 = 64 + 16 * 32;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Idle,
    Heads,
    Bodies,
    Oversize,
    Deep,
    Flood,
    Subscribers,
    Deaf,
}

impl Kind {
    pub const ALL: [Self; 8] = [
        Self::Idle,
        Self::Heads,
        Self::Bodies,
        Self::Oversize,
        Self::Deep,
        Self::Flood,
        Self::Subscribers,
        Self::Deaf,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Idle => "5,000 sockets that send nothing",
            Self::Heads => "2,000 half heads, trickled; 200 of them long",
            Self::Bodies => "2,000 bodies, trickled; 250 nearly whole, 250 in chunks of a byte",
            Self::Oversize => "bodies of 1 MiB, chunked and declared, some of 20 MiB",
            Self::Deep => "JSON 100,000 levels deep, batches of 10,000 and of 10",
            Self::Flood => "fetchWallet and requestCode beyond the limits",
            Self::Subscribers => "128 WebSockets with 16 subscriptions, 2 saves a second",
            Self::Deaf => "100 WebSockets that never read, 100 that stop within a message",
        }
    }

    /// Sockets that are open at once.
    pub fn sockets(self) -> usize {
        match self {
            Self::Idle => 5000,
            Self::Heads | Self::Bodies => 2000,
            Self::Oversize | Self::Deep => 20,
            Self::Flood => 40,
            Self::Subscribers => 128,
            Self::Deaf => 200,
        }
    }

    /// From so many addresses: `server.connections_per_address` is 512 by default, and 60 calls of one are accepted at once.
    fn addresses(self) -> usize {
        match self {
            Self::Idle | Self::Heads | Self::Bodies => 12,
            Self::Oversize | Self::Deep | Self::Deaf => 10,
            Self::Flood => 20,
            Self::Subscribers => 43,
        }
    }

    /// Requests a second, of all callers together.
    fn rate(self) -> f64 {
        match self {
            Self::Oversize => 40.0,
            Self::Deep => 50.0,
            Self::Flood => 1000.0,
            _ => 0.0,
        }
    }

    /// MiB that the server may hold more than before, by its limits and these sockets.
    pub fn bound(self) -> u64 {
        let each = match self {
            Self::Idle => SOCKET,
            Self::Heads => SOCKET + 2 * HEAD,
            Self::Bodies => SOCKET + 2 * BODY,
            // a body, what it is read into, and an answer
            Self::Oversize | Self::Deep | Self::Flood => SOCKET + 3 * BODY + ANSWER,
            Self::Subscribers | Self::Deaf => 2 * SOCKET + 2 * BODY + UNREAD,
        };
        self.sockets() as u64 * each / 1024
    }

    pub fn is_websocket(self) -> bool {
        matches!(self, Self::Subscribers | Self::Deaf)
    }

    /// Whether the callers hold sockets, so that it shows only in time what becomes of them.
    pub fn lingers(self) -> bool {
        matches!(self, Self::Idle | Self::Heads | Self::Bodies | Self::Deaf)
    }
}

/// An attack under way.
pub struct Attack {
    pub tally: Arc<Tally>,
    pub begun: Instant,
    kind: Kind,
    port: u16,
    round: usize,
    tasks: JoinSet<()>,
}

impl Attack {
    /// When this returns, every socket is open and what is sent at once is sent. `round` gives the callers addresses that nobody had
    /// before; `revision` is the last of the wallet that they save.
    pub async fn begin(kind: Kind, port: u16, round: usize, revision: &Arc<AtomicU64>) -> Self {
        let mut attack = Self {
            tally: Arc::default(),
            begun: Instant::now(),
            kind,
            port,
            round,
            tasks: JoinSet::new(),
        };
        match kind {
            Kind::Idle => attack.hold(|_| (Vec::new(), b"")).await,
            Kind::Heads => attack.hold(requests::head).await,
            Kind::Bodies => attack.hold(requests::body).await,
            Kind::Oversize => attack.ask(requests::oversize()),
            Kind::Deep => attack.ask(requests::deep()),
            Kind::Flood => {
                attack.use_up().await;
                attack.ask(requests::flood());
            }
            Kind::Subscribers => attack.subscribe(revision).await,
            Kind::Deaf => attack.deafen().await,
        }
        // what came with the beginning is read
        tokio::time::sleep(SECOND).await;
        attack
    }

    /// Ends when all callers are gone.
    pub async fn end(mut self) {
        self.tasks.shutdown().await;
    }

    fn address(&self, caller: usize) -> Ipv4Addr {
        self.host(1 + caller % self.kind.addresses())
    }

    fn host(&self, host: usize) -> Ipv4Addr {
        Ipv4Addr::new(127, 1 + (self.round % 250) as u8, 1, host as u8)
    }

    /// Sockets that send a beginning at once, then a byte of the same a second, and wait.
    async fn hold(&mut self, begin: impl Fn(usize) -> (Vec<u8>, &'static [u8])) {
        for number in 0..self.kind.sockets() {
            let (beginning, trickle) = begin(number);
            let Ok(mut socket) = open(self.address(number), self.port, &self.tally).await else {
                self.tally.note("not connected");
                continue;
            };
            // who is refused before all is sent finds it out below
            let _ = socket.write_all(&beginning).await;
            self.tally.sent(0, beginning.len());
            let (tally, first) = (Arc::clone(&self.tally), self.begun + spread(number));
            self.tasks.spawn(wait(socket, trickle, first, tally));
        }
    }

    /// Requests at the kind's rate, of all sockets in turns.
    fn ask(&mut self, requests: Vec<Vec<u8>>) {
        let requests = Arc::new(requests);
        let sockets = self.kind.sockets();
        let every = Duration::from_secs_f64(sockets as f64 / self.kind.rate());
        for number in 0..sockets {
            let (from, port) = (self.address(number), self.port);
            let (tally, requests) = (Arc::clone(&self.tally), Arc::clone(&requests));
            let first = self.begun + every.mul_f64(number as f64 / sockets as f64);
            self.tasks.spawn(async move {
                let mut caller = Caller::new(from, port, &tally);
                let mut ticks = interval_at(first, every);
                ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
                for turn in number.. {
                    ticks.tick().await;
                    caller.ask(&requests[turn % requests.len()]).await;
                }
            });
        }
    }

    /// Calls until no address may call any more.
    async fn use_up(&mut self) {
        for number in 0..self.kind.addresses() {
            let mut caller = Caller::new(self.address(number), self.port, &self.tally);
            for _ in 0..60 {
                caller.ask(&request(&calls::fetch(number as u64))).await;
            }
        }
    }

    async fn websocket(&self, number: usize, unread: Option<u32>) -> WebSocketStream<TcpStream> {
        let socket = open_with(self.address(number), self.port, unread, &self.tally).await;
        let url = format!("ws://127.0.0.1:{}/", self.port);
        let (socket, _) = client_async(url, socket.expect("a socket"))
            .await
            .expect("a WebSocket");
        socket
    }

    /// Subscribes all sockets to one wallet, and saves it twice a second: what 60 addresses may do without end.
    async fn subscribe(&mut self, revision: &Arc<AtomicU64>) {
        let key = calls::key(THEIRS).public_key();
        let call = format!(
            r#"{{"jsonrpc":"2.0","id":1,"method":"subscribeWallet","params":{{"publickey":"{key}"}}}}"#
        );
        for number in 0..self.kind.sockets() {
            let mut socket = self.websocket(number, None).await;
            for _ in 0..16 {
                let _ = socket.send(Message::text(&call)).await;
                let answer = socket.next().await.and_then(Result::ok);
                let answer = answer.map(Message::into_data).unwrap_or_default();
                let outcome = caller::error(&answer);
                self.tally.note(outcome.as_deref().unwrap_or("subscribed"));
            }
            let tally = Arc::clone(&self.tally);
            self.tasks.spawn(async move {
                while let Some(Ok(message)) = socket.next().await {
                    if message.is_text() {
                        tally.note("notified");
                    }
                }
                tally.note("closed");
            });
        }
        let (tally, revision) = (Arc::clone(&self.tally), Arc::clone(revision));
        // who has an allowance left
        let (from, port, begun) = (self.host(250), self.port, Instant::now());
        self.tasks.spawn(async move {
            let mut caller = Caller::new(from, port, &tally);
            let mut ticks = interval_at(begun, SECOND / 2);
            loop {
                ticks.tick().await;
                let revision = revision.fetch_add(1, Ordering::Relaxed) + 1;
                let save = calls::save(THEIRS, revision, BYTES);
                caller.ask(&request(&save)).await;
            }
        });
    }

    /// Half of the sockets ask for what is long and never read; half send most of a message and no more.
    async fn deafen(&mut self) {
        let call = r#"{"jsonrpc":"2.0","id":1,"method":"rpc.discover"}"#;
        let batch = format!("[{}]", [call; 10].join(","));
        for number in 0..self.kind.sockets() {
            let never_reads = number % 2 == 0;
            let mut socket = self.websocket(number, never_reads.then_some(4096)).await;
            let tally = Arc::clone(&self.tally);
            let batch = Message::text(&batch);
            self.tasks.spawn(async move {
                if !never_reads {
                    let length = (LONG as u64 + 1).to_be_bytes();
                    let begun = [&[0x81, 0x80 | 127][..], &length, &[0; 4], &[b'['; LONG]];
                    let mut socket = socket.into_inner();
                    let _ = socket.write_all(&begun.concat()).await;
                    tally.sent(0, LONG);
                    while socket.read_u8().await.is_ok() {}
                    return tally.note("closed within a message");
                }
                let mut turn = 0;
                while socket.send(batch.clone()).await.is_ok() {
                    tally.sent(10, batch.len());
                    turn += 1;
                    // enough at once that its answers do not fit the socket, then slowly
                    if turn >= 40 {
                        tokio::time::sleep(SECOND).await;
                    }
                }
                tally.note("closed unread");
            });
        }
    }
}

/// So that not all send in the same moment.
fn spread(number: usize) -> Duration {
    SECOND + Duration::from_micros(number as u64 * 7919 % 1_000_000)
}

/// Trickles until the server answers or closes.
async fn wait(mut socket: TcpStream, trickle: &'static [u8], first: Instant, tally: Arc<Tally>) {
    let (mut ticks, mut turn) = (interval_at(first, SECOND), 0);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut byte = [0];
    loop {
        tokio::select! {
            peeked = socket.peek(&mut byte) => {
                if !matches!(peeked, Ok(1)) {
                    return tally.note("closed");
                }
                break;
            }
            _ = ticks.tick(), if !trickle.is_empty() => {
                let at = turn % trickle.len();
                let _ = socket.write_all(&trickle[at..=at]).await;
                tally.sent(1, 1);
                turn += 1;
            }
        }
    }
    let mut socket = BufReader::new(socket);
    match caller::answer(&mut socket).await {
        Ok((outcome, _)) => tally.note(&format!("{outcome}, closed")),
        Err(_) => tally.note("closed"),
    }
    let _ = socket.read_u8().await;
}
