//! Who holds the wallet: one server, or several with what this device remembers of them.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::exit::Exit;
use super::failure::Failure;
use super::session::Session;
use super::{output, save, servers};
use crate::client::{Base, Client, Federation, Head, Keys, Line, Memory, Wallet};

/// Who holds the wallet.
pub(super) enum Holder {
    One(Box<Wallet>),
    Several(Box<Federation<Client>>),
}

/// What it holds.
pub(super) struct Held {
    pub(super) head: Head,
    pub(super) plaintext: Zeroizing<Vec<u8>>,
    /// When the server says that it stored it.
    pub(super) updated: String,
    /// What each of several servers did.
    pub(super) lines: Vec<Line>,
    /// What the next save over several servers replaces, if it may.
    base: Option<Base>,
}

/// Longer than a server that is known to be down is waited for.
const REST: Duration = Duration::from_secs(2);

impl Holder {
    pub(super) fn several(session: &Session, keys: Keys) -> Result<Self, Failure> {
        Ok(Self::Several(Box::new(federation(session, keys)?)))
    }

    /// What the wallet holds. Of several servers those that do not have it are told to the person.
    pub(super) async fn fetch(&mut self, session: &Session) -> Result<Held, Failure> {
        let federation = match self {
            Self::One(wallet) => {
                let state = wallet.fetch().await?;
                return Ok(Held {
                    head: state.head,
                    plaintext: state.plaintext,
                    updated: state.updated,
                    lines: Vec::new(),
                    base: None,
                });
            }
            Self::Several(federation) => federation,
        };
        let fetched = federation.fetch().await?;
        servers::warn(session, &fetched);
        let base = fetched.strays.is_empty().then(|| fetched.base());
        let Some(content) = fetched.content() else {
            return Err(servers::fork(&fetched));
        };
        let has_it = |line: &&Line| line.head == Some(content.head);
        let updated = fetched.lines.iter().find(has_it);
        let updated = updated.and_then(|line| line.updated.clone());
        Ok(Held {
            head: content.head,
            plaintext: content.plaintext.clone(),
            updated: updated.unwrap_or_else(|| "unknown".to_owned()),
            base,
            lines: fetched.lines,
        })
    }

    /// The wallet holds this plaintext in place of what was fetched, and that is reported.
    pub(super) async fn save(
        &mut self,
        session: &Session,
        done: &str,
        plaintext: &[u8],
        held: &Held,
    ) -> Result<(), Failure> {
        match self {
            Self::One(wallet) => {
                let stored = wallet.save(plaintext, &held.head).await?;
                save::report(session, done, wallet, &stored)
            }
            Self::Several(federation) => {
                let Some(base) = &held.base else {
                    let message = "there is a change that is not in the wallet, and would be lost";
                    return Err(Failure::new(Exit::Conflict, "Conflict", message)
                        .hint("larimar servers shows where; larimar servers choose settles it"));
                };
                save_over(session, done, federation, plaintext, base).await
            }
        }
    }
}

/// Saves on several servers, and reports it.
pub(super) async fn save_over(
    session: &Session,
    done: &str,
    federation: &mut Federation<Client>,
    plaintext: &[u8],
    base: &Base,
) -> Result<(), Failure> {
    let saved = federation.save(plaintext, base).await?;
    let lines = federation.settle(saved, REST).await;
    servers::report(session, done, federation, &lines)
}

/// What the file holds: one memory for each wallet that was opened with this profile.
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
    let servers = session.servers()?;
    let path = session.memories()?;
    let lock = locked(&path)?;
    let unreadable = |error: String| {
        Failure::usage(format!("cannot read {}: {error}", path.display())).hint(
            "it has what no server may have yet: mend it, or move it away if that does not matter",
        )
    };
    let mut memories = match std::fs::read(&path) {
        Ok(bytes) => serde_json::from_slice::<Memories>(&bytes)
            .map_err(|error| unreadable(error.to_string()))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Memories::default(),
        Err(error) => return Err(unreadable(error.to_string())),
    };
    let known = memories
        .wallets
        .iter()
        .position(|memory| memory.is_of(&keys.public_key));
    let memory = known.map(|index| memories.wallets.swap_remove(index));
    let others = memories.wallets;
    let keep = move |memory: &Memory| {
        // held for as long as anything can be remembered
        let _ = &lock;
        // a password that opened nothing is no wallet
        let wallets = others
            .iter()
            .chain(memory.publickey.is_some().then_some(memory));
        let memories = Memories {
            wallets: wallets.cloned().collect(),
        };
        let bytes = serde_json::to_vec(&memories).map_err(|error| error.to_string())?;
        output::file(&path, &bytes, true).map_err(Failure::into_message)
    };
    Ok(Federation::new(
        servers,
        keys,
        memory.unwrap_or_default(),
        Box::new(keep),
    )?)
}

/// How long another run of this program is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(50);

/// The lock beside this file, once no other run of this program has it.
fn locked(path: &Path) -> Result<File, Failure> {
    let failed = |error: std::io::Error| {
        Failure::other(format!("cannot write beside {}: {error}", path.display()))
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let lock = File::create(path.with_extension("lock")).map_err(failed)?;
    let end = Instant::now() + PATIENCE;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) if Instant::now() < end => std::thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => {
                return Err(Failure::other(
                    "another larimar is using this profile, and may be waiting for somebody to type".to_owned(),
                )
                .hint("end it, then try again"));
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
}
