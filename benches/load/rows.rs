//! The rows of requests: `larimard` beside its floors, round by round.

use std::path::{Path, PathBuf};

use larimar::crypto::Code;

use crate::calls;
use crate::costs::{self, Costs};
use crate::program::{Program, post};
use crate::table::Cells;
use crate::wrk::{self, Calls};
use crate::{Options, home, restore, settings};

/// 4.5 KiB, which are 6 KiB in base64.
pub const BYTES: usize = 4608;
const WALLETS: u64 = 20_000;
/// The wallets that are fetched.
const FETCHED: u64 = 200;
/// The wallets that are saved; far more than connections, so that the saves of one keep their order.
const SAVED: u64 = 2_000;
/// The calls of one thread of wrk that are made for each second.
const SUPPLY: f64 = 9_000.0;
const FRESH: u64 = 1 << 41;

/// The servers under load, and what they are sent.
pub struct Rows<'a> {
    options: &'a Options,
    folder: &'a Path,
    server: Program,
    in_memory: Option<Program>,
    limited: Program,
    floors: Vec<(&'static str, &'static str, Program)>,
    codes: Vec<Code>,
    /// The revision that the next cell saves with; and how far wallets and codes for creating and moving are used up.
    revision: u64,
    created: usize,
    moved: u64,
    pub cells: Cells,
    /// What a save cannot do without, measured before and after it: the machine has moments of two speeds.
    pub around_saves: Vec<(usize, Costs)>,
}

impl<'a> Rows<'a> {
    pub fn new(options: &'a Options, folder: &'a Path) -> Self {
        let each = (options.seconds * SUPPLY) as usize;
        let codes = (0..2 * each * options.rounds.min(2)).map(|_| Code::random().expect("a code"));
        let codes: Vec<Code> = codes.collect();
        let archive = folder.join("wallets.archive");
        calls::archive(&archive, WALLETS, BYTES, &codes);
        let exempt = ["limits.exempt=[\"127.0.0.0/8\"]".to_owned()];
        let disk = home(folder, "server");
        restore(&disk, &archive, &exempt);
        let server = Program::server(&disk, &settings(&exempt));
        let memory =
            PathBuf::from("/dev/shm").join(format!("larimar-bench-{}", std::process::id()));
        let in_memory = Path::new("/dev/shm").is_dir().then(|| {
            let home = home(&memory, "server");
            restore(&home, &archive, &exempt);
            Program::server(&home, &settings(&exempt))
        });
        let limited = home(folder, "limited");
        restore(&limited, &archive, &[]);
        let limited = Program::server(
            &limited,
            &settings(&["limits.wallet_requests_per_hour=1".into()]),
        );
        let mut rows = Self {
            options,
            folder,
            server,
            in_memory,
            limited,
            floors: Vec::new(),
            codes,
            revision: 2,
            created: 0,
            moved: 0,
            cells: Cells::default(),
            around_saves: Vec::new(),
        };
        rows.prepare();
        rows
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes the calls that rotate, and starts the floors with the answers that the server gives.
    fn prepare(&mut self) {
        calls::rotating(&self.file("fetch"), (0..FETCHED).map(calls::fetch));
        let unmodified = (0..FETCHED).map(|number| calls::fetch_unmodified(number, BYTES));
        calls::rotating(&self.file("not modified"), unmodified);
        calls::rotating(
            &self.file("save"),
            (0..200).map(|n| calls::save(n, 9, BYTES)),
        );
        // until the statistics are as long as they become
        for _ in 0..3 {
            let file = self.file("fetch");
            wrk::start(self.server.port, 16, 1.0, Calls::Rotating(&file)).wait();
        }
        let result = |body: &str| {
            let answer: serde_json::Value =
                serde_json::from_str(&post(self.server.port, body)).expect("JSON");
            assert!(answer["error"].is_null(), "{answer}");
            answer["result"].to_string()
        };
        let saved = calls::save(SAVED + FETCHED + 1, 2, BYTES);
        for (row, answer) in [
            ("fetch", result(&calls::fetch(0))),
            ("not modified", result(&calls::fetch_unmodified(0, BYTES))),
            ("refused", "0".to_owned()),
            ("save", result(&saved)),
        ] {
            let file = self.file(&format!("{row} answer"));
            std::fs::write(&file, answer).expect("written");
            for kind in ["jsonrpsee", "hyper"] {
                self.floors.push((row, kind, Program::floor(kind, &file)));
            }
        }
    }

    pub fn round(&mut self) {
        for row in ["fetch", "not modified", "refused", "save"] {
            for connections in self.options.connections.clone() {
                if !self.options.wants(row) {
                    continue;
                }
                let file = self.file(if row == "refused" { "fetch" } else { row });
                for (of, kind, floor) in &self.floors {
                    if *of == row && (*kind != "hyper" || row == "fetch") {
                        let cpu = floor.cpu();
                        let running = wrk::start(
                            floor.port,
                            connections,
                            self.options.seconds,
                            Calls::Rotating(&file),
                        );
                        let seen = running.wait();
                        let cell = self.cells.add(row, kind, connections);
                        cell.saw(&seen, floor.cpu() - cpu);
                    }
                }
                if row == "save" {
                    self.save(connections);
                    continue;
                }
                let server = if row == "refused" {
                    &self.limited
                } else {
                    &self.server
                };
                let cpu = server.cpu();
                let running = wrk::start(
                    server.port,
                    connections,
                    self.options.seconds,
                    Calls::Rotating(&file),
                );
                let seen = running.wait();
                let cell = self.cells.add(row, "larimard", connections);
                cell.saw(&seen, server.cpu() - cpu);
            }
        }
        if self.options.wants("create") {
            self.create();
        }
        if self.options.wants("move") {
            self.change_password();
        }
        if self.options.wants("mixture") {
            self.mixture();
        }
    }

    /// Calls that save, for so many threads and seconds.
    fn saves(&mut self, name: &str, threads: usize, seconds: f64) -> PathBuf {
        let file = self.file(name);
        let each = (seconds * SUPPLY) as usize;
        let first = self.revision;
        calls::once(&file, threads, each, |thread, number| {
            let number = number as u64;
            let wallet = FETCHED + (thread as u64) * (SAVED / 2) + number % (SAVED / 2);
            calls::save(wallet, first + number / (SAVED / 2), BYTES)
        });
        self.revision += each as u64 / (SAVED / 2) + 1;
        file
    }

    fn save(&mut self, connections: usize) {
        let seconds = self.options.seconds;
        let file = self.saves("saves", wrk::threads(connections), seconds);
        for (name, server) in [
            ("larimard", Some(&self.server)),
            ("no sync", self.in_memory.as_ref()),
        ] {
            let Some(server) = server else { continue };
            let before = costs::measure(self.folder, BYTES);
            let cpu = server.cpu();
            let seen = wrk::start(server.port, connections, seconds, Calls::Once(&file)).wait();
            let cell = self.cells.add("save", name, connections);
            cell.saw(&seen, server.cpu() - cpu);
            if name == "larimard" {
                let costs = before.mean(costs::measure(self.folder, BYTES));
                self.around_saves.push((connections, costs));
            }
        }
    }

    fn create(&mut self) {
        let each = (self.options.seconds * SUPPLY) as usize;
        let first = self.created;
        if self.codes.len() < first + 2 * each {
            return;
        }
        let (file, codes) = (self.file("creates"), &self.codes);
        calls::once(&file, 2, each, |thread, number| {
            let number = first + thread * each + number;
            calls::create(FRESH + number as u64, &codes[number], BYTES)
        });
        self.created += 2 * each;
        self.once("create", &file);
    }

    fn change_password(&mut self) {
        let each = (self.options.seconds * SUPPLY / 4.0) as u64;
        let first = FETCHED + SAVED + 10 + self.moved;
        if first + 2 * each > WALLETS {
            return;
        }
        let file = self.file("moves");
        calls::once(&file, 2, each as usize, |thread, number| {
            let from = first + thread as u64 * each + number as u64;
            calls::change_password(from, (FRESH << 1) + from, 2, BYTES)
        });
        self.moved += 2 * each;
        self.once("move", &file);
    }

    fn once(&mut self, row: &str, file: &Path) {
        let cpu = self.server.cpu();
        let seen = wrk::start(
            self.server.port,
            64,
            self.options.seconds,
            Calls::Once(file),
        )
        .wait();
        let cell = self.cells.add(row, "larimard", 64);
        cell.saw(&seen, self.server.cpu() - cpu);
    }

    /// Fetches on 57 connections, alone and beside saves that are a tenth of all calls.
    fn mixture(&mut self) {
        let (seconds, port) = (self.options.seconds, self.server.port);
        let fetch = self.file("fetch");
        let alone = wrk::start(port, 57, seconds, Calls::Rotating(&fetch)).wait();
        let cpu = self.server.cpu();
        self.cells
            .add("fetch alone", "larimard", 57)
            .saw(&alone, 0.0);
        let file = self.saves("saves", 2, seconds);
        // they get about two thirds of what they have alone; a save of one connection comes once in pause and answer
        let wanted = alone.per_second * 0.66 / 9.0;
        let pause = (64.0 / wanted * 1000.0 - 8.0).max(1.0) as u64;
        let saving = wrk::start(port, 64, seconds, Calls::Slowly(&file, pause));
        let fetched = wrk::start(port, 57, seconds, Calls::Rotating(&fetch)).wait();
        let saved = saving.wait();
        let cpu = self.server.cpu() - cpu;
        let share = fetched.requests / (fetched.requests + saved.requests);
        self.cells
            .add("mixture: fetch", "larimard", 57)
            .saw(&fetched, cpu * share);
        self.cells
            .add("mixture: save", "larimard", 64)
            .saw(&saved, cpu * (1.0 - share));
    }

    /// How often each method ended how, by the access log.
    pub fn outcomes(&self) -> serde_json::Value {
        let mut counts = std::collections::BTreeMap::<String, u64>::new();
        let log = std::fs::read_to_string(self.file("server/logs/access.log")).expect("a log");
        let field = |line: &str, name: &str| {
            let rest = line.split_once(&format!("\"{name}\":\""))?.1;
            Some(rest.split_once('"')?.0.to_owned())
        };
        for line in log.lines() {
            if let (Some(method), Some(outcome)) = (field(line, "method"), field(line, "outcome")) {
                *counts.entry(format!("{method} {outcome}")).or_default() += 1;
            }
        }
        serde_json::json!(counts)
    }

    pub fn end(self) -> (Cells, Vec<(usize, Costs)>) {
        if self.in_memory.is_some() {
            let memory = format!("/dev/shm/larimar-bench-{}", std::process::id());
            drop(self.in_memory);
            let _ = std::fs::remove_dir_all(memory);
        }
        (self.cells, self.around_saves)
    }
}
