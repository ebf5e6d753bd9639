//! The access log: one JSON object a line for every call (PROTOCOL.md, section 10).
//!
//! Lines are collected in memory and written five times a second, so that no call waits for the disk of the log.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::net::IpAddr;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;

use crate::clock::Time;
use crate::protocol::RequestNumber;
use crate::wallet::Fingerprint;

/// How much may wait to be written, in bytes; what comes then is dropped, and counted.
const MOST_WAITING: usize = 64 * 1024 * 1024;
/// Of a new log: the server's group may read it.
const MODE: u32 = 0o640;
/// A line is hardly ever longer, in bytes.
const USUAL: usize = 256;
const EVERY: Duration = Duration::from_millis(200);
/// How long the last lines may take to be written: a pipe that nobody reads keeps no server from stopping.
const LAST_LINES: Duration = Duration::from_secs(3);

/// Where the access log goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Nowhere.
    None,
    /// To standard output.
    StandardOutput,
    /// To the end of a file.
    File(PathBuf),
}

/// A line of the log.
#[derive(Debug, Serialize)]
pub struct Line<'a> {
    /// When the call began.
    pub time: Time,
    /// The number of the call.
    pub request: RequestNumber,
    /// From where.
    pub ip: IpAddr,
    /// With which method; null if that could not be read.
    pub method: Option<&'a str>,
    /// The fingerprint of the wallet's key, if one was named.
    pub wallet: Option<Fingerprint>,
    /// `ok`, `not_modified`, or an error's name.
    pub outcome: &'a str,
    /// The length of the call as compact JSON.
    pub bytes_in: usize,
    /// The length of the answer as JSON.
    pub bytes_out: usize,
    /// How long it took, in microseconds.
    pub micros: u64,
}

#[derive(Debug, Default)]
struct Waiting {
    lines: Vec<u8>,
    dropped: u64,
    reopen: bool,
    closed: bool,
}

/// The access log. Dropping it writes what waits.
#[derive(Debug)]
pub struct AccessLog {
    waiting: Option<Arc<Mutex<Waiting>>>,
    /// Says when the writer has ended.
    writer: Mutex<Option<Receiver<()>>>,
}

impl AccessLog {
    /// Opens the log, and makes the folder of its file if that is missing.
    ///
    /// # Errors
    /// If the file cannot be opened, or no thread can be started.
    pub fn open(destination: &Destination) -> io::Result<Self> {
        let Some(out) = open(destination)? else {
            return Ok(Self {
                waiting: None,
                writer: Mutex::default(),
            });
        };
        let destination = destination.clone();
        let waiting = Arc::new(Mutex::new(Waiting::default()));
        let shared = Arc::clone(&waiting);
        let (writes, ended) = channel();
        std::thread::Builder::new()
            .name("access-log".into())
            .spawn(move || {
                write(&shared, &destination, out);
                drop::<Sender<()>>(writes);
            })?;
        Ok(Self {
            waiting: Some(waiting),
            writer: Mutex::new(Some(ended)),
        })
    }

    /// Adds a line, to be written within a second.
    pub fn add(&self, line: &Line<'_>) {
        let Some(waiting) = &self.waiting else {
            return;
        };
        let mut text = Vec::with_capacity(USUAL);
        if serde_json::to_writer(&mut text, line).is_err() {
            return;
        }
        text.push(b'\n');
        let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.lines.len() + text.len() > MOST_WAITING {
            waiting.dropped += 1;
        } else {
            waiting.lines.extend_from_slice(&text);
        }
    }
}

impl AccessLog {
    /// Lets the file go and opens what has its name by then, for whoever rotates logs: the lines so far are in the old one, those that follow in the
    /// new one. If that cannot be opened, all goes to the old one as before.
    pub fn reopen(&self) {
        if let Some(waiting) = &self.waiting {
            waiting
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .reopen = true;
        }
    }

    /// Writes what waits, if that can be done within three seconds, and nothing more from then on.
    pub fn close(&self) {
        if let Some(waiting) = &self.waiting {
            waiting
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .closed = true;
        }
        let writer = self
            .writer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let late =
            |ended: Receiver<()>| ended.recv_timeout(LAST_LINES) == Err(RecvTimeoutError::Timeout);
        if writer.is_some_and(late) {
            tracing::error!(
                "the last lines of the access log are lost: nobody reads what is written; look at the reader of access_log.path"
            );
        }
    }
}

impl Drop for AccessLog {
    fn drop(&mut self) {
        self.close();
    }
}

fn open(destination: &Destination) -> io::Result<Option<Box<dyn Write + Send>>> {
    Ok(match destination {
        Destination::None => None,
        Destination::StandardOutput => Some(Box::new(io::stdout())),
        Destination::File(path) => Some(Box::new(append_to(path)?)),
    })
}

fn append_to(path: &Path) -> io::Result<File> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)?;
    }
    let open = |new: bool| {
        let mut options = OpenOptions::new();
        options.append(true).create(!new).create_new(new);
        options.mode(MODE).open(path)
    };
    match open(true) {
        // the unit's umask is for what nobody else may read
        Ok(new) => new
            .set_permissions(Permissions::from_mode(MODE))
            .map(|()| new),
        // its mode is the operator's
        Err(error) if error.kind() == ErrorKind::AlreadyExists => open(false),
        Err(error) => Err(error),
    }
}

fn write(shared: &Mutex<Waiting>, destination: &Destination, mut out: Box<dyn Write + Send>) {
    let mut failing = false;
    loop {
        let (lines, dropped, reopen, closed) = {
            let mut waiting = shared.lock().unwrap_or_else(PoisonError::into_inner);
            (
                std::mem::take(&mut waiting.lines),
                std::mem::take(&mut waiting.dropped),
                std::mem::take(&mut waiting.reopen),
                waiting.closed,
            )
        };
        if dropped > 0 {
            tracing::error!(
                lines = dropped,
                "the access log cannot keep up; lines were dropped"
            );
        }
        match out.write_all(&lines).and_then(|()| out.flush()) {
            Ok(()) => failing = false,
            Err(error) if !failing => {
                failing = true;
                tracing::error!(%error, "the access log cannot be written; make room, or set access_log.path to another place");
            }
            Err(_) => {}
        }
        if reopen {
            match open(destination) {
                Ok(Some(new)) => {
                    out = new;
                    tracing::info!("the access log was opened anew");
                }
                Ok(None) => {}
                Err(error) => {
                    tracing::error!(%error, "the access log cannot be opened anew, and goes on in the old file; make access_log.path writable and send SIGHUP again");
                }
            }
        }
        if closed {
            return;
        }
        std::thread::sleep(EVERY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_written_and_appended() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("logs/access.log");
        for number in [1, 2] {
            let log = AccessLog::open(&Destination::File(path.clone())).expect("opened");
            log.add(&Line {
                time: Time(1_795_312_216_123),
                request: RequestNumber { epoch: 7, number },
                ip: [192, 0, 2, 7].into(),
                method: Some("fetchWallet"),
                wallet: None,
                outcome: "ok",
                bytes_in: 1,
                bytes_out: 2,
                micros: 3,
            });
        }
        let text = std::fs::read_to_string(&path).expect("a log");
        let lines: Vec<serde_json::Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1]["request"], "00000007-00000002");
        assert_eq!(lines[1]["time"], "2026-11-22T01:50:16.123Z");
        assert_eq!(lines[1]["ip"], "192.0.2.7");
        assert_eq!(lines[1]["wallet"], serde_json::Value::Null);
    }
}
