//! Honest callers beside hostile ones: what they are served, and what the server holds.
//!
//! Honest callers fetch wallets from 127.0.0.1 through 16 connections as fast as they are answered, which takes all processors, so
//! that whatever an attack takes is missing from their speed. Hostile ones come from other addresses of the loopback network, at rates
//! that are stated: without end they would measure who of the two the system favours.
//!
//! They are made on the same processors, which no server can help. So each round has three cells: *calm*, *control* and *attacked*. In
//! the control the same attack goes to a floor (hyper with a fixed answer; for WebSockets jsonrpsee, which subscribes, too) while the
//! honest callers load `larimard`: that is what the machine gives beside the attack. `attacked / control` is what the server adds, and the one
//! that has to be 0.9 or more; `attacked / calm` is what callers notice.
//!
//! The settings are the defaults, but for `limits.exempt = ["127.0.0.1"]` and mail to files. Every kind gets a server of its own, so
//! that the most memory is that of the kind.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::attack::{Attack, Kind};
use crate::program::{Program, post};
use crate::rows::BYTES;
use crate::table::median;
use crate::wrk::{self, Calls, Seen};
use crate::{Options, calls, home, restore};

const WALLETS: u64 = 20_000;
const FETCHED: u64 = 200;
const CONNECTIONS: usize = 16;
/// Sockets of the attackers, and as many again of the floor.
const FILES: u64 = 12_000;
/// Longer than the server waits for any peer.
const PATIENCE: Duration = Duration::from_secs(40);
const PAUSE: Duration = Duration::from_millis(300);
/// Of a processor, what a program takes that has nothing to do but to wait for bytes that trickle.
const BUSY: f64 = 0.15;
const QUIET_WITHIN: Duration = Duration::from_secs(20);

/// One number a round of what honest callers saw.
#[derive(Debug, Default, Serialize)]
struct Honest {
    per_second: Vec<f64>,
    p99_micros: Vec<f64>,
    errors: f64,
}

impl Honest {
    fn saw(&mut self, seen: &Seen) {
        self.per_second.push(seen.per_second);
        self.p99_micros.push(seen.p99);
        self.errors += seen.errors;
    }

    /// The median of the ratios within each round.
    fn of(&self, other: &Self) -> f64 {
        let rounds = self.per_second.iter().zip(&other.per_second);
        median(rounds.map(|(one, other)| one / other))
    }
}

/// What one kind of attack did.
#[derive(Debug, Default, Serialize)]
struct Found {
    attack: &'static str,
    sockets: usize,
    calm: Honest,
    control: Honest,
    attacked: Honest,
    requests_per_second: Vec<f64>,
    bytes_per_second: Vec<f64>,
    /// In MiB: before any attack, and at the highest.
    memory_before: u64,
    memory_most: u64,
    memory_bound: u64,
    outcomes: BTreeMap<String, u64>,
    /// After [`PATIENCE`].
    at_last: Option<BTreeMap<String, u64>>,
}

/// Measures every kind, and prints the table.
pub fn measure(options: &Options, folder: &Path) -> Value {
    let allowed = rlimit::increase_nofile_limit(FILES).expect("the limit of open files");
    assert!(allowed >= FILES, "{FILES} open files: raise ulimit -Hn");
    let scene = Scene::new(options, folder);
    let found: Vec<Found> = Kind::ALL.map(|kind| scene.play(kind)).into();
    print(&found);
    json!(found)
}

/// What all kinds have in common.
struct Scene<'a> {
    options: &'a Options,
    folder: &'a Path,
    /// Generates the attacks, with one thread.
    runtime: Runtime,
    revision: Arc<AtomicU64>,
}

impl<'a> Scene<'a> {
    fn new(options: &'a Options, folder: &'a Path) -> Self {
        let archive = folder.join("hostile.archive");
        calls::archive(&archive, WALLETS, BYTES, &[]);
        restore(&home(folder, "hostile"), &archive, &[]);
        let fetches = (0..FETCHED).map(calls::fetch);
        calls::rotating(&folder.join("hostile.calls"), fetches);
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        Self {
            options,
            folder,
            runtime: runtime
                .worker_threads(1)
                .enable_all()
                .build()
                .expect("a runtime"),
            revision: Arc::new(AtomicU64::new(1)),
        }
    }

    fn honest(&self, server: &Program) -> Seen {
        let file = self.folder.join("hostile.calls");
        let (seconds, calls) = (self.options.seconds, Calls::Rotating(&file));
        wrk::start(server.port, CONNECTIONS, seconds, calls).wait()
    }

    fn play(&self, kind: Kind) -> Found {
        let settings = ["limits.exempt=[\"127.0.0.1\"]", "mail.transport=file"].map(str::to_owned);
        let server = Program::server(&self.folder.join("hostile"), &settings);
        let answer = self.folder.join("hostile.answer");
        let fetched: Value =
            serde_json::from_str(&post(server.port, &calls::fetch(0))).expect("JSON");
        std::fs::write(&answer, fetched["result"].to_string()).expect("written");
        let floor = Program::floor(
            if kind.is_websocket() {
                "jsonrpsee"
            } else {
                "hyper"
            },
            &answer,
        );
        self.honest(&server); // caches
        let mut found = Found {
            attack: kind.name(),
            sockets: kind.sockets(),
            memory_before: server.memory().0,
            ..Found::default()
        };
        found.memory_bound = found.memory_before + kind.bound();
        for round in 0..self.options.rounds {
            found.calm.saw(&self.honest(&server));
            // what comes second is not always the same
            for attacks_server in [round % 2 == 0, round % 2 == 1] {
                if attacks_server {
                    self.attack(&server, kind, round, &mut found);
                } else {
                    let attack = self.begin(kind, &floor, round);
                    found.control.saw(&self.honest(&server));
                    self.end(attack, &floor);
                }
            }
        }
        found.say();
        found
    }

    fn begin(&self, kind: Kind, target: &Program, round: usize) -> Attack {
        let attack = Attack::begin(kind, target.port, round, &self.revision);
        let attack = self.runtime.block_on(attack);
        if kind.lingers() {
            quiet(target);
        }
        attack
    }

    fn end(&self, attack: Attack, target: &Program) {
        self.runtime.block_on(attack.end());
        quiet(target);
    }

    fn attack(&self, server: &Program, kind: Kind, round: usize, found: &mut Found) {
        let attack = self.begin(kind, server, round);
        let sent = || {
            let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed) as f64;
            (count(&attack.tally.requests), count(&attack.tally.bytes))
        };
        let (before, begun) = (sent(), Instant::now());
        found.attacked.saw(&self.honest(server));
        let (after, seconds) = (sent(), begun.elapsed().as_secs_f64());
        let of = |before, after| (after - before) / seconds;
        found.requests_per_second.push(of(before.0, after.0));
        found.bytes_per_second.push(of(before.1, after.1));
        found.memory_most = server.memory().1;
        for (outcome, times) in attack.tally.outcomes() {
            *found.outcomes.entry(outcome).or_default() += times;
        }
        let last = round + 1 == self.options.rounds && !self.options.quick;
        if last && kind.lingers() {
            std::thread::sleep(PATIENCE.saturating_sub(attack.begun.elapsed()));
            found.at_last = Some(attack.tally.outcomes());
        }
        self.end(attack, server);
    }
}

/// Waits until a program has done what it was sent: what an attack begins with, or leaves behind, belongs to no other cell.
fn quiet(program: &Program) {
    let begun = Instant::now();
    loop {
        let before = program.cpu();
        std::thread::sleep(PAUSE);
        let busy = (program.cpu() - before) / PAUSE.as_micros() as f64;
        if busy < BUSY || begun.elapsed() > QUIET_WITHIN {
            return;
        }
    }
}

impl Found {
    fn say(&self) {
        println!(
            "{}: {:.2} of calm, {:.2} of control, {} MiB",
            self.attack,
            self.attacked.of(&self.calm),
            self.attacked.of(&self.control),
            self.memory_most
        );
    }

    /// What became of the attackers, most frequent first.
    fn fate(&self) -> String {
        let told = |outcomes: &BTreeMap<String, u64>| {
            let mut all: Vec<_> = outcomes.iter().collect();
            all.sort_by_key(|(_, times)| std::cmp::Reverse(**times));
            let all = all
                .iter()
                .map(|(outcome, times)| format!("{outcome}: {times}"));
            all.collect::<Vec<_>>().join(", ")
        };
        let mut fate = told(&self.outcomes);
        if let Some(at_last) = &self.at_last {
            let seconds = PATIENCE.as_secs();
            fate = format!("{fate}; in {seconds} s: {}", told(at_last));
        }
        fate.trim_start_matches("; ").to_owned()
    }
}

fn print(found: &[Found]) {
    println!(
        "\n| attack | hostile sends/s, MB/s | honest requests/s calm, control, attacked | p99 ms | of control | of calm | memory MiB before, most, bound | what became of it |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let of = |numbers: &[f64]| median(numbers.iter().copied());
    for row in found {
        let cells = [&row.calm, &row.control, &row.attacked];
        let speeds = cells.map(|cell| format!("{:.0}", of(&cell.per_second)));
        let waits = cells.map(|cell| format!("{:.1}", of(&cell.p99_micros) / 1000.0));
        println!(
            "| {} | {:.0}, {:.1} | {} | {} | {:.2} | {:.2} | {}, {}, {} | {} |",
            row.attack,
            of(&row.requests_per_second),
            of(&row.bytes_per_second) / 1e6,
            speeds.join(", "),
            waits.join(", "),
            row.attacked.of(&row.control),
            row.attacked.of(&row.calm),
            row.memory_before,
            row.memory_most,
            row.memory_bound,
            row.fate(),
        );
    }
    let errors: f64 = found.iter().map(|row| row.attacked.errors).sum();
    println!("honest calls that failed under attack: {errors}");
}
