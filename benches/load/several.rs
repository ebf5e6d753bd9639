//! A save over three servers beside a save to one of them: what a quorum costs who waits for it.
//!
//! The servers are `larimard`s. In the first row each is behind a wire that takes a while, each another one; in the second there is nothing between. The floor is a
//! save with the same library to the server alone that is the slowest of the quorum, measured in the same round; and what saving to one server
//! after the other would take is the sum of all three. What a device writes down before and after a save over several servers is written, and synced, here too.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use larimar::client::{Client, Federation, Keys, Memory, Secret, Servers, Wallet};
use larimar::crypto::{Code, sha256};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use crate::program::Program;
use crate::rows::BYTES;
use crate::table::median;
use crate::{Options, calls, home, restore, settings};

const DELAYS: [u64; 3] = [20, 40, 200];
const QUORUM: usize = 2;
/// What is left to the servers that a save did not wait for.
const REST: Duration = Duration::from_secs(5);

/// A row: one wallet over all servers, and one on each of them alone.
struct Row {
    name: &'static str,
    saves: usize,
    federation: Federation<Client>,
    alone: Vec<Wallet>,
    /// Milliseconds, one number a round.
    together: Vec<f64>,
    each: Vec<Vec<f64>>,
}

impl Row {
    async fn new(
        name: &'static str,
        saves: usize,
        urls: &[String],
        memory: PathBuf,
        codes: [Code; 2],
    ) -> Self {
        let clients = || urls.iter().map(|url| Client::connect(url).expect("a URL"));
        let servers = Servers::with_quorum(clients().collect(), QUORUM).expect("servers");
        let keep = move |remembered: &Memory| {
            let text = serde_json::to_vec(remembered).map_err(|error| error.to_string())?;
            let written = std::fs::File::create(&memory).and_then(|mut file| {
                file.write_all(&text)?;
                file.sync_all()
            });
            written.map_err(|error| error.to_string())
        };
        // a code makes one wallet, and so do keys
        let keys = codes
            .each_ref()
            .map(|code| Keys::from_seed(&Secret::new(sha256(&[code.expose()]))));
        let mut federation =
            Federation::new(servers, keys[0].clone(), Memory::default(), Box::new(keep))
                .expect("three servers");
        let of_each: BTreeMap<String, String> = clients()
            .map(|client| (client.server_name().to_owned(), codes[0].to_string()))
            .collect();
        let created = federation.create(&of_each, &[0; BYTES], false).await;
        created.expect("created");
        let mut alone = Vec::new();
        for client in clients() {
            let wallet = Wallet::new(client, keys[1].clone());
            let code = codes[1].to_string();
            let created = wallet.create(&code, &[0; BYTES], false).await;
            created.expect("created");
            alone.push(wallet);
        }
        Self {
            name,
            saves,
            federation,
            alone,
            together: Vec::new(),
            each: vec![Vec::new(); urls.len()],
        }
    }

    async fn round(&mut self, plaintext: &[u8]) {
        let fetched = self.federation.fetch().await.expect("fetched");
        let mut base = fetched.base();
        let mut took = Vec::new();
        for _ in 0..self.saves {
            let begun = Instant::now();
            let saved = self.federation.save(plaintext, &base).await;
            took.push(begun.elapsed().as_secs_f64() * 1000.0);
            let saved = saved.expect("saved");
            base = saved.base();
            self.federation.settle(saved, REST).await;
        }
        self.together.push(median(took));
        for (wallet, each) in self.alone.iter().zip(&mut self.each) {
            let mut head = wallet.fetch().await.expect("fetched").head;
            let mut took = Vec::new();
            for _ in 0..self.saves {
                let begun = Instant::now();
                let stored = wallet.save(plaintext, &head).await;
                took.push(begun.elapsed().as_secs_f64() * 1000.0);
                head = stored.expect("saved").head;
            }
            each.push(median(took));
        }
    }

    /// Of each round: what the slowest of the quorum takes alone, and all servers one after the other.
    fn floors(&self) -> (Vec<f64>, Vec<f64>) {
        let rounds = 0..self.together.len();
        rounds
            .map(|round| {
                let mut each: Vec<f64> = self.each.iter().map(|each| each[round]).collect();
                each.sort_by(f64::total_cmp);
                (each[QUORUM - 1], each.iter().sum::<f64>())
            })
            .unzip()
    }

    fn found(&self) -> Value {
        let (floors, sums) = self.floors();
        let ratio = |of: &[f64]| median(self.together.iter().zip(of).map(|(one, of)| one / of));
        let (of_floor, of_sum) = (ratio(&floors), ratio(&sums));
        println!(
            "save, three servers {}: {:.2} ms; the quorum's slowest alone {:.2} ms: {of_floor:.2}; one after the other {:.2} ms: {of_sum:.2}",
            self.name,
            median(self.together.iter().copied()),
            median(floors.iter().copied()),
            median(sums.iter().copied()),
        );
        json!({
            "row": self.name, "quorum": QUORUM, "saves": self.saves,
            "ms": self.together, "alone_ms": self.each, "floor_ms": floors, "sum_ms": sums,
            "ratio": of_floor, "ratio_of_sum": of_sum,
        })
    }
}

/// Starts three servers, and saves over them and to each of them in turns.
pub fn measure(options: &Options, folder: &Path) -> Value {
    let code = || Code::random().expect("a code");
    let codes = [[code(), code()], [code(), code()]];
    let archive = folder.join("several.archive");
    calls::archive(&archive, 0, BYTES, codes.as_flattened());
    let exempt = ["limits.exempt=[\"127.0.0.0/8\"]".to_owned()];
    let programs = (0..DELAYS.len()).map(|number| {
        let home = home(folder, &format!("several-{number}"));
        restore(&home, &archive, &exempt);
        Program::server(&home, &settings(&exempt))
    });
    let programs: Vec<Program> = programs.collect();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let rows = runtime.block_on(async {
        let mut far = Vec::new();
        for (program, delay) in programs.iter().zip(DELAYS) {
            far.push(wire(program.port, Duration::from_millis(delay)).await);
        }
        let near = programs.iter().map(|program| program.port);
        let near: Vec<String> = near
            .map(|port| format!("http://127.0.0.1:{port}"))
            .collect();
        let saves = if options.quick { 5 } else { 20 };
        let [of_far, of_near] = codes;
        let far = Row::new(
            "at 20, 40 and 200 ms",
            saves,
            &far,
            folder.join("far"),
            of_far,
        );
        let near = Row::new("near", 20 * saves, &near, folder.join("near"), of_near);
        let mut rows = [far.await, near.await];
        let plaintext = calls::blob(1, 1, BYTES);
        for _ in 0..options.rounds {
            for row in &mut rows {
                row.round(&plaintext).await;
            }
        }
        rows
    });
    rows.iter().map(Row::found).collect()
}

/// The URL of a wire to this port, on which what is sent arrives so much later; answers are not delayed.
async fn wire(port: u16, delay: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bound");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((caller, _)) = listener.accept().await {
            let server = TcpStream::connect(("127.0.0.1", port)).await;
            let server = server.expect("a server");
            for socket in [&caller, &server] {
                socket.set_nodelay(true).expect("a socket");
            }
            let (from_caller, to_caller) = caller.into_split();
            let (from_server, to_server) = server.into_split();
            tokio::spawn(pass(from_caller, to_server, delay));
            tokio::spawn(pass(from_server, to_caller, Duration::ZERO));
        }
    });
    url
}

/// Every byte arrives so much later than it was sent, however many are under way.
async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, delay: Duration) {
    let (send, mut under_way) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    let arriving = async {
        while let Some((sent, bytes)) = under_way.recv().await {
            tokio::time::sleep_until((sent + delay).into()).await;
            if to.write_all(&bytes).await.is_err() {
                break;
            }
        }
    };
    let sending = async move {
        let mut bytes = [0; 16 * 1024];
        while let Ok(count @ 1..) = from.read(&mut bytes).await {
            if send
                .send((Instant::now(), bytes[..count].to_vec()))
                .is_err()
            {
                break;
            }
        }
    };
    tokio::join!(arriving, sending);
}
