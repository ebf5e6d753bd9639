//! Few and many wallets: speed, memory, disk, and how long a start takes.

use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};

use crate::calls;
use crate::program::{Program, disk};
use crate::table::median;
use crate::wrk::{self, Calls};
use crate::{Options, home, restore, settings};

const BYTES: usize = 2048;
const ASKED: u64 = 50_000;

struct Store {
    server: Program,
    home: std::path::PathBuf,
    wallets: u64,
    per_second: Vec<f64>,
    filled: f64,
}

/// Fills a small store and a large one, loads both in turns, and starts the large one again and again.
pub fn measure(options: &Options, folder: &Path) -> Value {
    let exempt = settings(&["limits.exempt=[\"127.0.0.0/8\"]".into()]);
    let mut stores: Vec<Store> = [10_000, options.wallets]
        .into_iter()
        .map(|wallets| {
            let (home, archive) = (home(folder, &format!("{wallets}")), folder.join("archive"));
            calls::archive(&archive, wallets, BYTES, &[]);
            let begun = Instant::now();
            restore(&home, &archive, &exempt);
            let filled = begun.elapsed().as_secs_f64();
            std::fs::remove_file(&archive).expect("removed");
            let asked =
                (0..ASKED).map(|n| calls::fetch(n.wrapping_mul(0x9E37_79B9_7F4A_7C15) % wallets));
            calls::rotating(&folder.join(format!("{wallets}.calls")), asked);
            let server = Program::server(&home, &exempt);
            println!(
                "{wallets} wallets: restored in {filled:.1} s, started in {:.2} s",
                server.started.as_secs_f64()
            );
            Store {
                server,
                home,
                wallets,
                per_second: Vec::new(),
                filled,
            }
        })
        .collect();
    for round in 0..=options.rounds {
        for store in &mut stores {
            let file = folder.join(format!("{}.calls", store.wallets));
            let seen = wrk::start(
                store.server.port,
                64,
                options.seconds,
                Calls::Rotating(&file),
            )
            .wait();
            // the first round warms the caches
            if round > 0 {
                store.per_second.push(seen.per_second);
            }
        }
    }
    let speeds: Vec<f64> = stores
        .iter()
        .map(|store| median(store.per_second.clone()))
        .collect();
    let large = stores.pop().expect("two stores");
    drop(stores);
    let fetched = large.server.memory();
    let stopped = large.server.stop().as_secs_f64();
    let server = Program::server(&large.home, &exempt);
    let after_stop = server.started.as_secs_f64();
    save_some(options, folder, &server, 2);
    server.kill();
    let server = Program::server(&large.home, &exempt);
    let after_kill = server.started.as_secs_f64();
    let mut kept = large.wallets * BYTES as u64;
    if options.saves > 0 {
        save_all(options, folder, &server);
        kept += options.saves * 5 * BYTES as u64;
    }
    let saved = server.memory();
    let stopping = server.stop().as_secs_f64();
    let server = Program::server(&large.home, &exempt);
    let after_saves = server.started.as_secs_f64();
    let started = server.memory();
    drop(server);
    let on_disk = disk(&large.home.join("data"));
    let found = json!({
        "wallets": large.wallets,
        "restore_seconds": large.filled,
        "fetch_per_second_10000": speeds[0],
        "fetch_per_second": speeds[1],
        "ratio": speeds[1] / speeds[0],
        "memory_mib": {"after_fetches": fetched, "after_saves": saved, "after_start": started},
        "start_seconds": {"after_stop": after_stop, "after_kill": after_kill, "after_saves_and_stop": after_saves},
        "stop_seconds": [stopped, stopping],
        "disk_bytes": on_disk,
        "disk_ratio": on_disk as f64 / kept as f64,
    });
    println!("{found:#}");
    found
}

/// A few saves, so that there is something to be killed in.
fn save_some(options: &Options, folder: &Path, server: &Program, revision: u64) {
    let file = folder.join("some");
    let each = (options.seconds * 8000.0) as u64;
    calls::once(&file, 2, each as usize, |thread, number| {
        let wallet = 200_000 + thread as u64 * each + number as u64;
        calls::save(wallet % options.wallets, revision, BYTES)
    });
    wrk::start(server.port, 64, options.seconds, Calls::Once(&file)).wait();
}

/// Saves `options.saves` wallets five times each.
fn save_all(options: &Options, folder: &Path, server: &Program) {
    let half = (options.saves / 2).max(1);
    for revision in 10..15 {
        let file = folder.join("all");
        calls::once(&file, 2, half as usize, |thread, number| {
            calls::save(thread as u64 * half + number as u64, revision, BYTES)
        });
        // wrk stops sending when the lines end, and waits for its time to be over: four times what it takes
        let seconds = 5.0 + half as f64 / 1000.0;
        let seen = wrk::start(server.port, 256, seconds, Calls::Once(&file)).wait();
        println!("saved {} of {}", seen.requests, 2 * half);
    }
}
