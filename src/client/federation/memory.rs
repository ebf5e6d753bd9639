//! What a device keeps of a wallet between runs.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::signed::{Change, Signed};
use crate::client::wallet::Head;
use crate::clock::Time;
use crate::crypto::{BlobHash, PublicKey};

/// What a device remembers of a wallet: ciphertext, signatures and hashes, never a secret.
///
/// Who has it sees what every server sees. Who loses it loses nothing but what no server has yet, and the means to notice that servers went back.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// Whose wallet it is; none before the first answer.
    pub publickey: Option<PublicKey>,
    /// The newest content that this device saw or was told is stored.
    pub newest: Option<Signed>,
    /// A save of which no quorum said that it is stored.
    pub pending: Option<Signed>,
    /// A password change that not every server has done.
    pub change: Option<Change>,
    /// A deletion of everything up to this revision that not every server has done.
    pub deleted: Option<u64>,
    /// So many servers said that it was moved or deleted that no quorum has it. What is remembered of it shows only if a server has some of it after all.
    #[serde(default)]
    pub is_gone: bool,
    /// The way of the wallet: which contents were it, revision by revision.
    #[serde(default)]
    pub way: Way,
    /// What each server said last.
    #[serde(default)]
    pub servers: BTreeMap<String, Seen>,
}

/// What a server said last.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// The highest that it had or confirmed.
    pub head: Option<Head>,
    /// When it failed, if it does not work.
    pub failed: Option<Time>,
}

/// Contents that were the wallet, or that the owner brought together into what it is: what may be replaced.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Way(BTreeMap<u64, BTreeSet<BlobHash>>);

/// How many revisions back a device knows the way.
const KEPT: usize = 256;

impl Way {
    pub(super) fn add(&mut self, head: Head) {
        let known = self.0.entry(head.revision).or_default();
        known.insert(head.local_hash);
        while self.0.len() > KEPT {
            self.0.pop_first();
        }
    }

    /// Whether no quorum had anything of the wallet yet, as far as this device knows.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this content was the wallet, as far as it is remembered.
    pub(super) fn knows(&self, head: Head) -> bool {
        let known = self.0.get(&head.revision);
        known.is_some_and(|known| known.contains(&head.local_hash))
    }

    /// Whether this content may be replaced by the next one after `base`: it is on the way, or older than all that is known of the way.
    ///
    /// A content of a known revision that is not on the way is a change of another device that was never brought in: it is shown, not replaced.
    pub(super) fn leads_over(&self, head: Head, base: u64) -> bool {
        match self.0.get(&head.revision) {
            Some(known) => known.contains(&head.local_hash),
            None => head.revision < base,
        }
    }
}

impl Memory {
    /// The highest revision that this device saw.
    pub fn highest_revision(&self) -> u64 {
        self.newest
            .as_ref()
            .map_or(0, |newest| newest.head().revision)
    }

    /// Whether it is of this wallet, or of one that is moving from or to this key.
    pub fn is_of(&self, key: &PublicKey) -> bool {
        let moving = self.change.as_ref();
        self.publickey.as_ref() == Some(key)
            || moving.is_some_and(|change| change.from == *key || change.to.public_key() == key)
    }

    /// Takes over what was remembered of the same wallet apart from this: the newest wins, and what has not come about yet stays.
    ///
    /// What finds no place here beside what is here already is given back, to be remembered on until it does.
    pub fn absorb(&mut self, other: Self) -> Option<Self> {
        let mut left = Self {
            publickey: other.publickey,
            ..Self::default()
        };
        let revision = |one: &Option<Signed>| one.as_ref().map_or(0, |one| one.head().revision);
        match revision(&other.newest).cmp(&revision(&self.newest)) {
            Ordering::Greater => self.newest = other.newest,
            Ordering::Equal if other.newest != self.newest => left.newest = other.newest,
            _ => {}
        }
        left.pending = place(&mut self.pending, other.pending);
        left.change = place(&mut self.change, other.change);
        self.deleted = self.deleted.max(other.deleted);
        if self.deleted >= Some(self.highest_revision()) {
            self.newest = None;
        }
        for (revision, hashes) in other.way.0 {
            for local_hash in hashes {
                self.way.add(Head {
                    local_hash,
                    revision,
                });
            }
        }
        for (server, seen) in other.servers {
            if let Some(head) = seen.head {
                self.server_has(&server, head);
            }
            let known = self.servers.entry(server).or_default();
            known.failed = known.failed.max(seen.failed);
        }
        let is_all = left.newest.is_none() && left.pending.is_none() && left.change.is_none();
        (!is_all).then_some(left)
    }

    /// The newest is this; it is on the way if a quorum has it.
    pub(super) fn saw(&mut self, newest: Signed, is_held: bool) {
        if is_held {
            self.way.add(newest.head());
        }
        if newest.head().revision >= self.highest_revision() {
            self.newest = Some(newest);
            self.is_gone = false;
        }
    }

    /// Whether this content belongs to the wallet that is remembered.
    pub(super) fn knows(&self, head: Head) -> bool {
        let remembered = self.newest.iter().chain(&self.pending);
        self.way.leads_over(head, 0) || remembered.map(Signed::head).any(|one| one == head)
    }

    /// It is another wallet under the same key from now on.
    pub(super) fn begin_anew(&mut self) {
        (self.newest, self.pending) = (None, None);
        self.way = Way::default();
        self.is_gone = false;
    }

    /// The wallet ended there, so what this server had is no measure of what it may have next.
    pub(super) fn server_lost(&mut self, server: &str) {
        if let Some(seen) = self.servers.get_mut(server) {
            seen.head = None;
        }
    }

    pub(super) fn server_has(&mut self, server: &str, head: Head) {
        let seen = self.servers.entry(server.to_owned()).or_default();
        if seen
            .head
            .is_none_or(|known| known.revision <= head.revision)
        {
            seen.head = Some(head);
        }
    }
}

/// Puts it there if there is room; what is there already stays, and something else is given back.
fn place<T: PartialEq>(room: &mut Option<T>, thing: Option<T>) -> Option<T> {
    if room.is_none() {
        *room = thing;
        return None;
    }
    thing.filter(|thing| room.as_ref() != Some(thing))
}
