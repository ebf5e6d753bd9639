//! What a device keeps of a wallet on one server between runs.

use serde::{Deserialize, Serialize};

use crate::client::federation::Signed;
use crate::client::wallet::Head;
use crate::clock::Time;
use crate::crypto::{BlobHash, Keys, PublicKey, open};

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
    /// What the server had beside it when the owner last looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<BlobHash>,
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

/// What of a copy does not open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spoiled {
    /// What the server had.
    pub newest: bool,
    /// A change that the server has not confirmed.
    pub pending: bool,
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
        let went_back = |seen: Head| seen != theirs && theirs.revision <= seen.revision;
        match &self.pending {
            // also if the change was made from it: something was there since
            _ if self.head().is_some_and(went_back) => Beside::WentBack,
            None => Beside::Well,
            Some(pending) if pending.blob.head() == theirs => Beside::Arrived,
            Some(pending) if pending.made_from.contains(&theirs.local_hash) => Beside::Unsent,
            Some(_) => Beside::Changed,
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
            shown: None,
        }
    }

    /// Without what these keys do not open, which the disk has spoiled.
    #[must_use]
    pub fn checked(self, keys: &Keys) -> (Self, Spoiled) {
        let is_well = |blob: &Signed| open(keys, blob.bytes()).is_ok();
        let newest = self.newest.clone().filter(|newest| is_well(&newest.blob));
        let pending = self
            .pending
            .clone()
            .filter(|pending| is_well(&pending.blob));
        let spoiled = Spoiled {
            newest: newest != self.newest,
            pending: pending != self.pending,
        };
        let checked = Self {
            newest,
            pending,
            ..self
        };
        (checked, spoiled)
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
