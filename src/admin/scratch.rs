//! A folder for what a command writes on its way, and nobody is to keep: a backup that is not whole yet, or one that lies open while it is looked at.

use std::fs::{File, Permissions};
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
const SIGNALS: [i32; 3] = [SIGINT, SIGTERM, SIGHUP];
/// Enough for clearing away, after which the signal ends the program.
const END: Duration = Duration::from_secs(60);

/// A folder for its owner only. It goes when this is dropped, and when a signal ends the program; what a kill leaves behind goes when
/// the next one is made.
pub(super) struct Scratch {
    folder: TempDir,
    /// Locked as long as it is in use.
    _held: File,
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
        let signals = Signals::new(SIGNALS)?;
        for signal in SIGNALS {
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
fn held_in(parent: &Path) -> io::Result<(TempDir, File)> {
    loop {
        let folder = tempfile::Builder::new()
            .prefix(PREFIX)
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(parent)?;
        // who sweeps at this moment may have taken it for one that was left behind
        let Some(held) = hold(folder.path()) else {
            continue;
        };
        if folder.path().exists() {
            return Ok((folder, held));
        }
    }
}

/// Its lock, unless somebody else has it.
fn hold(folder: &Path) -> Option<File> {
    let held = File::open(folder).ok()?;
    held.try_lock().ok()?;
    Some(held)
}

/// Clears away what was left behind.
fn sweep(parent: &Path) {
    for folder in left_in(parent) {
        let Some(_held) = hold(&folder) else {
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
    let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| {
        let name = entry.file_name();
        // of the entry itself, and not of what a link names
        name.to_string_lossy().starts_with(PREFIX)
            && entry.file_type().is_ok_and(|kind| kind.is_dir())
    });
    folders.map(|entry| entry.path()).collect()
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
