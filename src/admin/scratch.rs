//! A folder for what a command writes on its way, and nobody is to keep: a backup that is not whole yet, or one that lies open while it is looked at.

use std::fs::{File, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use tempfile::TempDir;

/// What its name begins with, by which one is known that was left behind.
const PREFIX: &str = ".larimar-scratch-";

/// The same of this machine: who shares a folder with others over a network does not see their locks.
fn prefix() -> String {
    let name = rustix::system::uname();
    let name = name.nodename().to_string_lossy().replace('/', "-");
    format!("{PREFIX}{name}-")
}

const SIGNALS: [i32; 3] = [SIGINT, SIGTERM, SIGHUP];
/// Enough for clearing away, after which the signal ends the program.
const END: Duration = Duration::from_secs(60);

/// A folder for its owner only. It goes when this is dropped, and when a signal ends the program; what a kill leaves behind goes when
/// the next one is made.
pub(super) struct Scratch {
    folder: TempDir,
    /// Locked as long as it is in use, if that can be had there.
    _held: Option<File>,
    stopped: Arc<AtomicBool>,
}

impl Scratch {
    /// One in this folder, from which those are cleared away that nobody uses any more.
    ///
    /// # Errors
    /// If it cannot be made.
    pub(super) fn make_in(parent: &Path) -> io::Result<Self> {
        sweep(parent);
        let stopped = Arc::new(AtomicBool::new(false));
        // who started it with nohup, say, means it to go on
        let caught: Vec<i32> = SIGNALS.into_iter().filter(|it| !is_ignored(*it)).collect();
        let signals = Signals::new(&caught)?;
        for signal in caught {
            signal_hook::flag::register(signal, Arc::clone(&stopped))?;
        }
        let (folder, held) = held_in(parent)?;
        let path = folder.path().to_owned();
        std::thread::spawn(move || clear_at_the_end(signals, &path));
        Ok(Self {
            folder,
            _held: held,
            stopped,
        })
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Does not return if a signal came: what failed since then may have failed for that.
    pub(super) fn end_if_stopped(&self) {
        if self.stopped.load(Ordering::SeqCst) {
            std::thread::sleep(END);
        }
    }
}

/// A new one, and its lock.
fn held_in(parent: &Path) -> io::Result<(TempDir, Option<File>)> {
    loop {
        let folder = tempfile::Builder::new()
            .prefix(&prefix())
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(parent)?;
        match hold(folder.path()) {
            // who sweeps at this moment may have taken it for one that was left behind
            Err(TryLockError::WouldBlock) => {}
            _ if !folder.path().exists() => {}
            // where nothing can be locked, nobody who sweeps can either
            held => return Ok((folder, held.ok())),
        }
    }
}

/// Its lock, unless somebody else has it.
fn hold(folder: &Path) -> Result<File, TryLockError> {
    let held = File::open(folder).map_err(TryLockError::Error)?;
    held.try_lock()?;
    Ok(held)
}

/// Clears away what was left behind.
fn sweep(parent: &Path) {
    for folder in left_in(parent) {
        let Ok(_held) = hold(&folder) else {
            continue;
        };
        let path = folder.display();
        match std::fs::remove_dir_all(&folder) {
            Ok(()) => say!("{path}, which a command that was killed left behind, is cleared away"),
            Err(error) => say!(
                "warning: {path}, which a command that was killed left behind, cannot be cleared away ({error}): remove it, a backup may lie open in it"
            ),
        }
    }
}

fn left_in(parent: &Path) -> Vec<PathBuf> {
    let prefix = prefix();
    let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| {
        let name = entry.file_name();
        // of the entry itself, and not of what a link names
        name.to_string_lossy().starts_with(&prefix)
            && entry.file_type().is_ok_and(|kind| kind.is_dir())
    });
    folders.map(|entry| entry.path()).collect()
}

/// Whether this signal was to be ignored when the program began, as Linux says it.
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok());
    ignored.is_some_and(|bits| bits >> (signal - 1) & 1 == 1)
}

fn clear_at_the_end(mut signals: Signals, folder: &Path) {
    for signal in signals.forever() {
        let begun = Instant::now();
        // the program writes on until it ends, and so may fill it again
        while folder.exists() && begun.elapsed() < END / 2 {
            let _ = std::fs::remove_dir_all(folder);
        }
        let _ = emulate_default_handler(signal);
    }
}
