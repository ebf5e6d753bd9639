//! Programs under load: `larimard` and the floors, each a process of its own.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A process that listens.
pub struct Program {
    child: Child,
    pub port: u16,
    /// From its start until it answered.
    pub started: Duration,
}

impl Program {
    /// `larimard` in this folder.
    pub fn server(home: &Path, settings: &[String]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_larimard"));
        for setting in settings {
            command.args(["--set", setting]);
        }
        command.current_dir(home);
        Self::start(command, "--listen")
    }

    /// A floor: this program with other arguments.
    pub fn floor(kind: &str, answer: &Path) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.arg("--bench").args(["--floor", kind]).arg(answer);
        Self::start(command, "--listen")
    }

    fn start(mut command: Command, listen: &str) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(std::env::temp_dir().join("larimar-bench.log"))
            .expect("a log");
        command
            .args([listen, &format!("127.0.0.1:{port}")])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        let begun = Instant::now();
        let mut child = command.spawn().expect("a program");
        while get(port, "/live").is_none() {
            if let Some(status) = child.try_wait().expect("a status") {
                panic!("{command:?} ended: {status}");
            }
            assert!(
                begun.elapsed().as_secs() < 600,
                "{command:?} does not answer"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
        Self {
            child,
            port,
            started: begun.elapsed(),
        }
    }

    /// The processor time of all its threads so far, in microseconds.
    pub fn cpu(&self) -> f64 {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.child.id()));
        let nanoseconds: u64 = tasks
            .expect("threads")
            .flatten()
            .filter_map(|task| std::fs::read_to_string(task.path().join("schedstat")).ok())
            .filter_map(|text| text.split(' ').next()?.parse::<u64>().ok())
            .sum();
        nanoseconds as f64 / 1000.0
    }

    /// The memory that it has now and the most that it had, in MiB.
    pub fn memory(&self) -> (u64, u64) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("a status");
        let of = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name));
            let number = line.and_then(|line| line.split_whitespace().nth(1));
            number
                .and_then(|text| text.parse::<u64>().ok())
                .unwrap_or(0)
                / 1024
        };
        (of("VmRSS:"), of("VmHWM:"))
    }

    /// Asks it to end, and says how long that took.
    pub fn stop(mut self) -> Duration {
        let begun = Instant::now();
        let id = self.child.id().to_string();
        let told = Command::new("kill").arg(&id).status();
        assert!(told.is_ok_and(|status| status.success()));
        while self.child.try_wait().expect("a status").is_none() {
            assert!(begun.elapsed().as_secs() < 120, "it does not end");
            std::thread::sleep(Duration::from_millis(5));
        }
        begun.elapsed()
    }

    /// Ends it without asking.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }
}

/// A bench that fails leaves nothing running.
impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn get(port: u16, path: &str) -> Option<String> {
    exchange(
        port,
        &format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"),
    )
}

/// The answer to a call.
pub fn post(port: u16, body: &str) -> String {
    let head = "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json";
    let length = body.len();
    exchange(
        port,
        &format!("{head}\r\ncontent-length: {length}\r\n\r\n{body}"),
    )
    .expect("an answer")
}

fn exchange(port: u16, request: &str) -> Option<String> {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).ok()?;
    socket.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    socket.read_to_string(&mut answer).ok()?;
    Some(answer.split_once("\r\n\r\n")?.1.to_owned())
}

/// The bytes of all files in a folder.
pub fn disk(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.file_type() {
            Ok(kind) if kind.is_dir() => disk(&entry.path()),
            _ => entry.metadata().map_or(0, |found| found.len()),
        })
        .sum()
}
