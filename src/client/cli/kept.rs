//! Files in which this device keeps something beside a profile, of which one run of this program at a time is the owner.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::failure::Failure;
use super::output;

/// What the file has; nothing, if there is none.
pub(super) fn read<T: DeserializeOwned + Default>(path: &Path) -> Result<T, Failure> {
    let unreadable = |error: String| {
        Failure::usage(format!("cannot read {}: {error}", path.display())).hint(
            "it has what no server may have yet: mend it, or move it away if that does not matter",
        )
    };
    match std::fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| unreadable(error.to_string())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(T::default()),
        Err(error) => Err(unreadable(error.to_string())),
    }
}

/// The file has this, all of it or what it had before; it is on the disk, and for its owner only.
pub(super) fn write(path: &Path, kept: &impl Serialize) -> Result<(), String> {
    let bytes = serde_json::to_vec(kept).map_err(|error| error.to_string())?;
    output::file(path, &bytes, true).map_err(Failure::into_message)
}

/// How long another run of this program is waited for.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(50);

/// The lock beside this file, once no other run of this program has it.
pub(super) fn locked(path: &Path, patience: Duration, json: bool) -> Result<File, Failure> {
    let failed = |error: std::io::Error| {
        let message = format!("cannot write beside {}: {error}", path.display());
        Failure::other(message).hint(
            "nothing was sent: what a device remembers has to be written down. Make the folder writable, or use another with --profile-dir DIR",
        )
    };
    if let Some(folder) = path.parent() {
        output::folder(folder).map_err(failed)?;
    }
    let lock = File::create(path.with_extension("lock")).map_err(failed)?;
    let end = Instant::now() + patience;
    let mut is_told = false;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) if Instant::now() < end => {
                if !is_told {
                    output::say(
                        json,
                        "another larimar is using this profile: waiting for it",
                    );
                    is_told = true;
                }
                std::thread::sleep(PAUSE);
            }
            Err(TryLockError::WouldBlock) => {
                return Err(Failure::other(
                    "another larimar is using this profile, and may be waiting for somebody to type",
                )
                .hint("end it, then try again"));
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_run_is_waited_for_and_then_the_person_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/default.servers.json");
        let first = locked(&path, Duration::ZERO, true).expect("locked");
        let begun = Instant::now();
        let refused = locked(&path, 2 * PAUSE, true).expect_err("it is in use");
        assert!(begun.elapsed() >= 2 * PAUSE);
        assert!(refused.message().contains("another larimar"), "{refused:?}");
        assert!(refused.has_hint(), "{refused:?}");
        let freed = std::thread::spawn(move || {
            std::thread::sleep(PAUSE);
            drop(first);
        });
        locked(&path, PATIENCE, true).expect("it ended meanwhile");
        freed.join().expect("freed");
    }
}
