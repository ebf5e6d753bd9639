//! What a wallet holds, as far as a device can tell, and whether that can be relied upon.

use crate::client::error::ClientError;
use crate::client::federation::Content;
use crate::clock::Time;

/// What a wallet holds, as far as a device can tell.
#[derive(Debug)]
pub struct View {
    /// The content: the server's, unless the server was not reached or went back.
    pub content: Content,
    /// When it was stored; RFC 3339, the server's word. None for a change that is not stored.
    pub updated: Option<String>,
    /// When the server last said that it has it, by this device's clock; now, if it was reached.
    pub asked: Time,
    /// Whether it can be relied upon.
    pub standing: Standing,
    /// The change of this device that the content is, if no server is known to have it.
    pub unsent: Option<Unsent>,
    /// Whether a change that this device kept turned out to be stored, now or since it was sent before.
    pub sent: bool,
}

/// A change that only this device has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsent {
    /// When it was made, by this device's clock.
    pub since: Time,
    /// Whether the server was seen with a change of another device that this one was not made from.
    pub divided: bool,
}

/// Whether what a device shows is what the server has.
#[derive(Debug)]
pub enum Standing {
    /// It is.
    Current,
    /// The server was not asked.
    Offline,
    /// The server could not be asked.
    OutOfReach(ClientError),
    /// The server has none, or one that does not open, where this device saw one: it lost it, or lies.
    Lost(ClientError),
    /// There is something else beside it, and nobody but the owner can say which is right.
    Undecided(Why, Box<Content>),
}

/// Why there are two contents.
#[derive(Debug, thiserror::Error)]
pub enum Why {
    /// Another device stored something, and this one has a change that was made from what was there before.
    #[error(
        "another device changed the wallet while this one had a change that was not confirmed yet"
    )]
    Changed,
    /// The server has less than this device saw there.
    #[error(
        "{server} went back in time: it has {} revision {revision}, and had {seen}. Ask its operator",
        if revision == seen { "another" } else { "only" }
    )]
    RolledBack {
        /// Which server.
        server: String,
        /// What it has now.
        revision: u64,
        /// What this device saw.
        seen: u64,
    },
    /// The server does not take this device's change.
    #[error("the server refused the change that this device kept: {0}")]
    Refused(ClientError),
}

impl View {
    pub(super) fn sent(self) -> Self {
        Self { sent: true, ..self }
    }
}
