//! What this device remembers of wallets on several servers: a file beside the profile, of which one run of this program at a time is the owner.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::output;
use super::session::Session;
use crate::client::{Client, Federation, Keys, Memory, PublicKey};

/// What the file holds: a memory for each wallet that was opened with this profile.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Memories {
    wallets: Vec<Memory>,
}

/// The wallet of these keys on the servers of the session, as this device remembers it. No other run of this program remembers anything meanwhile.
pub(super) fn federation(session: &Session, keys: Keys) -> Result<Federation<Client>, Failure> {
    if !session.has_several() {
        return Err(Failure::usage("this is for a wallet on several servers")
            .hint("larimar profile set NAME --server URL --server URL --server URL"));
    }
    // a part of them would finish what was begun on all
    session.may_write()?;
    let servers = session.servers()?;
    let path = session.memories()?;
    let lock = locked(&path, PATIENCE, session.json)?;
    let mut memories = Memories::read(&path)?;
    let memory = memories.take(&keys.public_key);
    let keep = move |memory: &Memory| {
        // held for as long as anything can be remembered
        let _ = &lock;
        memories.with(memory).write(&path)
    };
    Ok(Federation::new(servers, keys, memory, Box::new(keep))?)
}

impl Memories {
    fn read(path: &Path) -> Result<Self, Failure> {
        let unreadable = |error: String| {
            Failure::usage(format!("cannot read {}: {error}", path.display())).hint(
                "it has what no server may have yet: mend it, or move it away if that does not matter",
            )
        };
        match std::fs::read(path) {
            Ok(bytes) => {
                serde_json::from_slice(&bytes).map_err(|error| unreadable(error.to_string()))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(unreadable(error.to_string())),
        }
    }

    fn write(&self, path: &Path) -> Result<(), String> {
        let bytes = serde_json::to_vec(self).map_err(|error| error.to_string())?;
        output::file(path, &bytes, true).map_err(Failure::into_message)
    }

    /// The memory of this wallet, which is no longer among these. One that is moving from or to this key comes before others, so that it is finished.
    fn take(&mut self, key: &PublicKey) -> Memory {
        let rank = |memory: &Memory| (memory.change.is_some(), memory.publickey == Some(*key));
        let own = self.wallets.iter().enumerate();
        let own = own.filter(|(_, memory)| memory.is_of(key));
        let Some((index, _)) = own.max_by_key(|(_, memory)| rank(memory)) else {
            return Memory::default();
        };
        let memory = self.wallets.remove(index);
        let (memory, others) = merged(memory, std::mem::take(&mut self.wallets));
        self.wallets = others;
        memory
    }

    /// These and this one.
    fn with(&self, memory: &Memory) -> Self {
        // a password that opened nothing is no wallet
        if memory.publickey.is_none() {
            return Self {
                wallets: self.wallets.clone(),
            };
        }
        let (memory, mut wallets) = merged(memory.clone(), self.wallets.clone());
        wallets.push(memory);
        Self { wallets }
    }
}

/// What was remembered of the same wallet apart, as after a password that changed there and back, in one; and what is left of the others.
fn merged(mut memory: Memory, others: Vec<Memory>) -> (Memory, Vec<Memory>) {
    let mut left = Vec::new();
    for other in others {
        match other.publickey == memory.publickey {
            true => left.extend(memory.absorb(other)),
            false => left.push(other),
        }
    }
    (memory, left)
}

/// How long another run of this program is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(50);

/// The lock beside this file, once no other run of this program has it.
fn locked(path: &Path, patience: Duration, json: bool) -> Result<File, Failure> {
    let failed = |error: std::io::Error| {
        let message = format!("cannot write beside {}: {error}", path.display());
        Failure::other(message).hint(
            "nothing was sent: what a device remembers has to be written down. Make the folder writable, or use another with --profile-dir DIR",
        )
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
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
