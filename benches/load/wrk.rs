//! wrk, the load generator.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/load/load.lua");

/// What wrk saw.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    pub requests: f64,
    pub per_second: f64,
    /// In microseconds.
    pub p50: f64,
    pub p99: f64,
    pub errors: f64,
}

/// What is sent.
#[derive(Clone, Copy)]
pub enum Calls<'a> {
    /// The lines of a file, over and over.
    Rotating(&'a Path),
    /// The lines of a file for each thread (`.0`, `.1`), once.
    Once(&'a Path),
    /// The same, with a pause of so many milliseconds on each connection.
    Slowly(&'a Path, u64),
}

/// A load that is under way.
pub struct Running(Child);

pub fn threads(connections: usize) -> usize {
    connections.min(2)
}

/// Loads a port through so many connections for so long.
pub fn start(port: u16, connections: usize, seconds: f64, calls: Calls<'_>) -> Running {
    let url = format!("http://127.0.0.1:{port}/");
    start_at(&url, connections, seconds, calls)
}

/// The same of a URL; which certificate it shows is nothing to wrk.
pub fn start_at(url: &str, connections: usize, seconds: f64, calls: Calls<'_>) -> Running {
    let mut command = Command::new("wrk");
    let (file, mode) = match calls {
        Calls::Rotating(file) => (file, "rotate"),
        Calls::Once(file) => (file, "once"),
        Calls::Slowly(file, pause) => {
            command.env("BENCH_DELAY", pause.to_string());
            (file, "once")
        }
    };
    command
        .env("BENCH_FILE", file)
        .env("BENCH_MODE", mode)
        .args(["-s", SCRIPT, "--timeout", "20s"])
        .args(["-t", &threads(connections).to_string()])
        .args(["-c", &connections.to_string()])
        .args(["-d", &format!("{}s", seconds.ceil() as u64)])
        .arg(url)
        .stdout(Stdio::piped());
    Running(command.spawn().expect("wrk, which scripts/bench installs"))
}

impl Running {
    pub fn wait(mut self) -> Seen {
        let mut text = String::new();
        let out = self.0.stdout.as_mut().expect("its output");
        out.read_to_string(&mut text).expect("its output");
        self.0.wait().expect("its end");
        let line = text.lines().find_map(|line| line.strip_prefix("RESULT "));
        let line = line.unwrap_or_else(|| panic!("wrk said: {text}"));
        let numbers: Vec<f64> = line
            .split(' ')
            .map(|n| n.parse().expect("a number"))
            .collect();
        let [requests, duration, p50, p99, errors] = numbers[..] else {
            panic!("wrk said: {line}")
        };
        Seen {
            requests,
            per_second: requests / (duration / 1e6),
            p50,
            p99,
            errors,
        }
    }
}
