//! Measures `larimard` beside floors: see `scripts/bench --help`.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout
)]

mod attack;
mod caller;
mod calls;
mod costs;
mod floor;
mod hostile;
mod program;
mod requests;
mod rows;
mod scale;
mod secure;
mod several;
mod table;
mod wrk;

use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Parser;
use serde_json::json;

use table::median;

/// Measures a real server on a scratch store beside floors measured in the same run.
#[derive(Debug, Parser)]
#[command(name = "scripts/bench")]
pub struct Options {
    /// One round of one second a cell, and few wallets: to see whether it runs
    #[arg(long)]
    quick: bool,
    /// Rounds; the table shows medians
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Seconds a cell, whole
    #[arg(long, default_value_t = 2.0)]
    seconds: f64,
    /// Numbers of connections
    #[arg(long, value_delimiter = ',', default_values_t = [1, 16, 64, 256])]
    connections: Vec<usize>,
    /// Only these rows: fetch, not modified, refused, save, create, move, mixture, costs, derive, several, scale, hostile, tls
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// How many wallets the large store has
    #[arg(long, default_value_t = 1_000_000)]
    wallets: u64,
    /// How many of them are saved five times
    #[arg(long, default_value_t = 100_000)]
    saves: u64,
    /// Where the scratch stores go: the disk that is measured
    #[arg(long, default_value = "target")]
    scratch: PathBuf,
    /// Where everything is written as JSON
    #[arg(long, default_value = "target/bench.json")]
    json: PathBuf,
    #[arg(long, hide = true)]
    floor: Option<String>,
    #[arg(long, hide = true)]
    listen: Option<String>,
    #[arg(hide = true)]
    answer: Option<PathBuf>,
    /// Given by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

impl Options {
    fn wants(&self, row: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == row)
    }
}

fn main() {
    let mut options = Options::parse();
    if let (Some(kind), Some(answer), Some(listen)) =
        (&options.floor, &options.answer, &options.listen)
    {
        return floor::serve(kind, answer, listen);
    }
    if !options.bench {
        return; // `cargo test --benches` only wants to know that it builds
    }
    if options.quick {
        (options.rounds, options.seconds) = (1, 1.0);
        options.wallets = options.wallets.min(50_000);
        options.saves = options.saves.min(2_000);
    }
    measure(&options);
}

fn measure(options: &Options) {
    let scratch = tempfile::tempdir_in(&options.scratch).expect("a scratch folder");
    let before = noise();
    let mut costs = Vec::new();
    let mut cells = table::Cells::default();
    let mut outcomes = serde_json::Value::Null;
    if [
        "fetch",
        "not modified",
        "refused",
        "save",
        "create",
        "move",
        "mixture",
    ]
    .iter()
    .any(|row| options.wants(row))
    {
        let mut rows = rows::Rows::new(options, scratch.path());
        for round in 0..options.rounds {
            costs.push(costs::measure(scratch.path(), rows::BYTES));
            rows.round();
            println!(
                "round {} of {}: load {}",
                round + 1,
                options.rounds,
                noise()
            );
        }
        outcomes = rows.outcomes();
        let around_saves;
        (cells, around_saves) = rows.end();
        cells.print();
        save_ratio(&cells, &around_saves, options);
    }
    if options.wants("costs") {
        let of = |cost: fn(&costs::Costs) -> f64| median(costs.iter().map(cost));
        println!(
            "\nbare, us: recover {:.1}, SHA-256 {:.1}, base64 {:.1}, synced group write {:.0}",
            of(|c| c.recover),
            of(|c| c.sha256),
            of(|c| c.base64_decode),
            of(|c| c.group_write)
        );
    }
    let derive = options.wants("derive").then(|| {
        let (ours, bare) = costs::derive(options.rounds.max(3));
        println!(
            "larimar derive {ours:.0} ms, scrypt alone {bare:.0} ms: {:.2}",
            ours / bare
        );
        json!({"larimar_ms": ours, "scrypt_ms": bare, "ratio": ours / bare})
    });
    let several = options
        .wants("several")
        .then(|| several::measure(options, scratch.path()));
    let scale = options
        .wants("scale")
        .then(|| scale::measure(options, scratch.path()));
    let hostile = options
        .wants("hostile")
        .then(|| hostile::measure(options, scratch.path()));
    let tls = options
        .wants("tls")
        .then(|| secure::measure(options, scratch.path()));
    let all = json!({
        "options": {"rounds": options.rounds, "seconds": options.seconds},
        "cells": cells, "costs": costs, "outcomes": outcomes, "derive": derive, "several": several, "scale": scale, "hostile": hostile, "tls": tls,
        "load": {"before": before, "after": noise()},
    });
    std::fs::write(&options.json, format!("{all:#}\n")).expect("written");
    println!("\nall of it: {}", options.json.display());
}

/// `saveWallet` beside what it cannot do without.
fn save_ratio(cells: &table::Cells, costs: &[(usize, costs::Costs)], options: &Options) {
    for &connections in &options.connections {
        let (Some(ours), Some(floor)) = (
            cells.get("save", "larimard", connections),
            cells.get("save", "jsonrpsee", connections),
        ) else {
            continue;
        };
        let costs = costs.iter().filter(|(of, _)| *of == connections);
        let rounds = ours.cpu_micros.iter().zip(&floor.cpu_micros).zip(costs);
        let ratio = median(rounds.map(|((ours, floor), (_, cost))| {
            ours / (floor + cost.recover + cost.sha256 + cost.base64_decode)
        }));
        println!(
            "save, {connections} connections: CPU {ratio:.2} times jsonrpsee + recover + hash + base64"
        );
        if let Some(memory) = cells.get("save", "no sync", connections) {
            let rounds = ours.per_second.iter().zip(&memory.per_second);
            println!(
                "    {:.2} of its speed without syncing",
                median(rounds.map(|(a, b)| a / b))
            );
        }
    }
    if let (Some(alone), Some(mixed)) = (
        cells.get("fetch alone", "larimard", 57),
        cells.get("mixture: fetch", "larimard", 57),
    ) {
        let rounds = mixed.p99_micros.iter().zip(&alone.p99_micros);
        println!(
            "mixture: p99 of fetch {:.2} times that without saves",
            median(rounds.map(|(a, b)| a / b))
        );
    }
}

/// A folder for a server, with its secret.
fn home(folder: &Path, name: &str) -> PathBuf {
    let home = folder.join(name);
    std::fs::create_dir_all(&home).expect("a folder");
    let mut secret = std::fs::File::options();
    let secret = secret
        .create(true)
        .truncate(true)
        .write(true)
        .mode(0o600)
        .open(home.join("larimar.secret"));
    std::io::Write::write_all(&mut secret.expect("a file"), &calls::SECRET).expect("written");
    home
}

fn settings(more: &[String]) -> Vec<String> {
    let all = [
        "mail.transport=file",
        "server.connections_per_address=2000",
        "store.min_free_bytes=0",
    ];
    all.into_iter()
        .map(str::to_owned)
        .chain(more.iter().cloned())
        .collect()
}

fn restore(home: &Path, archive: &Path, more: &[String]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_larimard"));
    let archive = std::fs::canonicalize(archive).expect("an archive");
    command
        .arg("restore")
        .arg(archive)
        .current_dir(home)
        .stdout(Stdio::null());
    for setting in settings(more) {
        command.args(["--set", &setting]);
    }
    assert!(command.status().expect("larimard").success());
}

fn noise() -> String {
    std::fs::read_to_string("/proc/loadavg")
        .unwrap_or_default()
        .trim()
        .to_owned()
}
