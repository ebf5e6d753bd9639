//! One wallet on several servers, none of which is believed (PROTOCOL.md, section 7).
//!
//! - What [`fetch`](Federation::fetch) returns is the newest that *opens* under the owner's keys, whatever servers say of revisions and times; it is never
//!   less than what this device saw before. Servers that are behind are brought up to it.
//! - What [`save`](Federation::save) reports as stored is stored by a quorum. It is begun only on what a quorum has, and replaces
//!   nothing that the caller did not know. What got no quorum is remembered, and said again with the same bytes.
//! - Two contents of the same revision are both returned, and nothing is chosen.
//!
//! # What cannot be promised
//!
//! - *A save that liars confirmed.* With `n` servers, a quorum of `q` and `f` liars, a save that was reported as stored is certain to be on `q - f` honest servers. It
//!   is found again by any device that any of those answers, and by this one in any case. That no two devices are both told that different changes hold needs
//!   `2q - n > f`: with 3 servers and the usual quorum of 2, no liar; one liar needs 4 servers and a quorum of 3. If it happens all the same, the device that
//!   knows the way of the wallet sees the other change as [`Fetched::strays`], and a new device may not.
//! - *A new device and old servers.* Who remembers nothing cannot tell the newest from the newest that the servers choose to show. If fewer than
//!   `n - q + 1` answered, [`Fetched::is_certain`] says so.
//! - *Writing with less than a quorum.* The wallet can be read as long as one honest server answers, and changed only with a quorum.

mod bring_up;
mod create;
mod delete;
mod error;
mod fetch;
mod keeper;
mod memory;
mod password;
mod report;
mod save;
mod seat;
mod signed;

#[cfg(test)]
mod tests;

use std::fmt;

pub use error::FederationError;
pub use fetch::{Base, Content, Fetched};
pub use keeper::{Keeper, Kept};
pub use memory::{Memory, Seen, Way};
pub use report::{Line, Verdict};
pub use save::Saved;
pub use signed::{Change, Signed};

use super::error::ClientError;
use super::servers::{Member, Servers};
use super::wallet::Head;
use crate::clock::{Clock, SystemClock};
use crate::crypto::{Keys, MAX_REVISION, PublicKey};
use crate::protocol::Name;

/// Writes down what a device has to remember, before anything is sent that depends on it.
pub type Keep = Box<dyn Fn(&Memory) -> Result<(), String> + Send + Sync>;

/// The wallet of these keys on several servers.
pub struct Federation<S> {
    servers: Servers<S>,
    keys: Keys,
    memory: Memory,
    keep: Keep,
    /// What each server had when it was last asked.
    heads: Vec<Option<Head>>,
}

/// How long a server is believed to be down over several runs of a program, in milliseconds.
const DOWN_FOR: i64 = 60_000;

impl<S: Keeper> Federation<S> {
    /// The wallet of these keys on these servers, as far as this device remembers it. Nothing is sent.
    ///
    /// `keep` is given the memory whenever it has changed. If it fails before a write, nothing is sent.
    ///
    /// # Errors
    /// [`FederationError::SameServer`].
    pub fn new(
        servers: Servers<S>,
        keys: Keys,
        memory: Memory,
        keep: Keep,
    ) -> Result<Self, FederationError> {
        let memory = match memory.is_of(&keys.public_key) {
            true => memory,
            false => Memory::default(),
        };
        let now = SystemClock.now();
        for (index, member) in servers.members().iter().enumerate() {
            let name = member.name();
            if servers.members()[..index]
                .iter()
                .any(|one| one.name() == name)
            {
                return Err(FederationError::SameServer(name.to_owned()));
            }
            let failed = memory.servers.get(name).and_then(|seen| seen.failed);
            if failed.is_some_and(|failed| (0..DOWN_FOR).contains(&(now.0 - failed.0))) {
                servers.note_down(index);
            }
        }
        let heads = vec![None; servers.members().len()];
        Ok(Self {
            servers,
            keys,
            memory,
            keep,
            heads,
        })
    }

    /// The name of the wallet.
    pub fn public_key(&self) -> &PublicKey {
        &self.keys.public_key
    }

    /// The servers.
    pub fn servers(&self) -> &Servers<S> {
        &self.servers
    }

    /// What this device remembers.
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    fn remember(&self) -> Result<(), FederationError> {
        (self.keep)(&self.memory).map_err(FederationError::CannotRemember)
    }

    fn quorum(&self) -> usize {
        self.servers.quorum()
    }

    fn index_of(&self, server: &str) -> Result<usize, FederationError> {
        let mut members = self.servers.members().iter();
        let found = members.position(|member| member.name() == server);
        found.ok_or_else(|| FederationError::NoSuchServer(server.to_owned()))
    }
}

/// How far a server's word leads above what this device knows: further than anybody saves, and not so far that lies use the revisions up.
const LEAP: u64 = 1 << 20;

/// The highest revision that a server says its key held, as far as that is believed of one who does not know more than `known`.
fn told<'a>(errors: impl Iterator<Item = &'a ClientError>, known: u64) -> Option<u64> {
    errors
        .filter(|error| error.server_error() == Some(Name::Stale))
        .filter_map(ClientError::revision)
        .filter(|told| *told <= known.saturating_add(LEAP))
        .max()
}

/// The revision after this one.
fn after(revision: u64) -> Result<u64, FederationError> {
    match revision {
        MAX_REVISION.. => Err(FederationError::RevisionsUsedUp),
        highest => Ok(highest + 1),
    }
}

/// Without keys and memory.
impl<S: Member> fmt::Debug for Federation<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.servers.members().iter().map(Member::name).collect();
        f.debug_struct("Federation")
            .field("servers", &names)
            .field("quorum", &self.servers.quorum())
            .finish_non_exhaustive()
    }
}
