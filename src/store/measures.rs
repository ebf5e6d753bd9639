//! What the store tells operators of its writer.

use std::path::Path;
use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;

use super::space;
use crate::telemetry::{Registry, Unit, durations, number, register_reading, seconds};

/// What the writer counts.
#[derive(Debug, Clone)]
pub(super) struct Measures {
    commits: Counter,
    syncs: Histogram,
    /// What waits to be written.
    pub(super) waiting: Gauge,
}

impl Default for Measures {
    fn default() -> Self {
        Self {
            commits: Counter::default(),
            syncs: durations(),
            waiting: Gauge::default(),
        }
    }
}

impl Measures {
    /// A commit is on the disk.
    pub(super) fn committed(&self) {
        self.commits.inc();
    }

    /// A sync took so long.
    pub(super) fn synced(&self, time: Duration) {
        self.syncs.observe(seconds(time));
    }

    /// Shows them, and how much room the store in this folder takes and has.
    pub(super) fn register(&self, registry: &mut Registry, folder: &Path, min_free: u64) {
        registry.register(
            "store_commits",
            "Commits that are on the disk",
            self.commits.clone(),
        );
        registry.register_with_unit(
            "store_sync",
            "How long it took to bring what was written to the disk",
            Unit::Seconds,
            self.syncs.clone(),
        );
        registry.register(
            "store_waiting",
            "Writes that wait; with 1024 of them more are refused",
            self.waiting.clone(),
        );
        let bytes = Some(Unit::Bytes);
        let path = folder.to_owned();
        register_reading(
            registry,
            "store",
            "What the files of the store take",
            bytes.clone(),
            move || size(&path).ok().map(number),
        );
        let path = folder.to_owned();
        register_reading(
            registry,
            "disk_free",
            "What is free on the disk of the store",
            bytes.clone(),
            move || space::free(&path).ok().map(number),
        );
        register_reading(
            registry,
            "disk_min_free",
            "store.min_free_bytes: with less free nothing is stored",
            bytes,
            move || Some(number(min_free)),
        );
    }
}

/// The bytes of all files in a folder.
fn size(folder: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        // the store may remove a file meanwhile
        bytes += match entry.metadata() {
            Ok(file) if file.is_dir() => size(&entry.path()).unwrap_or(0),
            Ok(file) => file.len(),
            Err(_) => 0,
        };
    }
    Ok(bytes)
}
