//! What a device keeps of a wallet on one server between runs.

use serde::{Deserialize, Serialize};

use crate::client::federation::Signed;
use crate::client::wallet::Head;
use crate::clock::Time;
use crate::crypto::{BlobHash, PublicKey};

/// What a device keeps of a wallet on one server: ciphertext, signatures and hashes, never a secret.
///
/// Who has it can guess the password, as who has the server's data. Who loses it loses a change that is not stored yet, and the means to
/// notice that the server went back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cache {
    /// The name of the server.
    pub server: String,
    /// Whose wallet it is.
    pub publickey: PublicKey,
    /// What the server had when it was last asked; its revision is the highest that this device saw.
    pub newest: Option<LastSeen>,
    /// A change that the server has not confirmed.
    pub pending: Option<Pending>,
}

/// What a server had.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LastSeen {
    /// The sealed bytes.
    pub blob: Signed,
    /// When they were stored; RFC 3339, the server's word.
    pub updated: String,
    /// When the server last said that it has them, by this device's clock.
    pub asked: Time,
}

/// A change that the server has not confirmed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pending {
    /// The sealed bytes.
    pub blob: Signed,
    /// Everything that its maker has seen, and that it may replace.
    pub made_from: Vec<BlobHash>,
    /// When it was made, by this device's clock.
    pub since: Time,
}

/// What a device has, beside what the server has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// The server has what the device saw, or something newer, and the device has no change.
    Well,
    /// The server has the device's change.
    Arrived,
    /// The server has what the device's change was made from.
    Unsent,
    /// The server has a change of another device, and this one has one of its own.
    Changed,
    /// The server has less than the device saw there.
    WentBack,
}

impl Cache {
    /// What the device has, beside this, which the server has.
    pub fn beside(&self, theirs: Head) -> Beside {
        let pending = self.pending.as_ref();
        if pending.is_some_and(|pending| pending.blob.head() == theirs) {
            return Beside::Arrived;
        }
        if pending.is_some_and(|pending| pending.made_from.contains(&theirs.local_hash)) {
            return Beside::Unsent;
        }
        let went_back = |seen: Head| seen != theirs && theirs.revision <= seen.revision;
        match pending {
            _ if self.head().is_some_and(went_back) => Beside::WentBack,
            Some(_) => Beside::Changed,
            None => Beside::Well,
        }
    }

    /// Whether the server was seen with something that the device's change was not made from.
    pub fn is_divided(&self) -> bool {
        let (Some(seen), Some(pending)) = (self.head(), &self.pending) else {
            return false;
        };
        pending.blob.head() != seen && !pending.made_from.contains(&seen.local_hash)
    }

    /// The sealed bytes of this content, if the device has them.
    pub fn blob(&self, head: Head) -> Option<&Signed> {
        let newest = self.newest.as_ref().map(|newest| &newest.blob);
        let pending = self.pending.as_ref().map(|pending| &pending.blob);
        pending
            .into_iter()
            .chain(newest)
            .find(|blob| blob.head() == head)
    }

    pub(super) fn empty(server: &str, publickey: PublicKey) -> Self {
        Self {
            server: server.to_owned(),
            publickey,
            newest: None,
            pending: None,
        }
    }

    /// Whether it is of this wallet.
    pub fn is_of(&self, server: &str, publickey: &PublicKey) -> bool {
        self.server == server && self.publickey == *publickey
    }

    /// The highest that this device saw.
    pub fn head(&self) -> Option<Head> {
        self.newest.as_ref().map(|newest| newest.blob.head())
    }
}
