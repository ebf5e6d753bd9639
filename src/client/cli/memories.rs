//! What this device remembers of wallets on several servers: a file beside the profile, of which one run of this program at a time is the owner.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::kept::{self, PATIENCE};
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
    let lock = kept::locked(&path, PATIENCE, session.json)?;
    let mut memories: Memories = kept::read(&path)?;
    let memory = memories.take(&keys.public_key);
    let keep = move |memory: &Memory| {
        // held for as long as anything can be remembered
        let _ = &lock;
        kept::write(&path, &memories.with(memory))
    };
    Ok(Federation::new(servers, keys, memory, Box::new(keep))?)
}

/// Whether there is something in this file that not all servers have.
pub(super) fn has_unsent(path: &Path) -> Result<bool, Failure> {
    let memories: Memories = kept::read(path)?;
    let is_unsent = |memory: &Memory| memory.pending.is_some() || memory.change.is_some();
    Ok(memories.wallets.iter().any(is_unsent))
}

impl Memories {
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
