//! Why something over several servers did not come about.

use super::report::Line;
use crate::crypto::CannotSeal;

/// Why an operation over several servers did not do what it was asked for; each says what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FederationError {
    /// Two of the servers have the same name.
    #[error("{0} is given more than once: each server counts once")]
    SameServer(String),
    /// No server that answered has a wallet of these keys.
    #[error(
        "none of the servers has a wallet for these keys. Check the e-mail address, the password and the answers"
    )]
    NotFound {
        /// What each server did.
        lines: Vec<Line>,
    },
    /// No server gave anything that opens, and this device remembers nothing.
    #[error("no server gave the wallet. Try again later, or look at what each of them says")]
    NoAnswer {
        /// What each server did.
        lines: Vec<Line>,
    },
    /// What the change would be built on is not held by a quorum, so the change was not sent.
    #[error(
        "only {held} of the servers have what the change is made from, and {quorum} are needed. The change was not sent: try again when more of them work"
    )]
    NoQuorum {
        /// How many have it.
        held: usize,
        /// How many are needed.
        quorum: usize,
    },
    /// Something else was stored meanwhile.
    #[error(
        "the wallet was changed meanwhile. Fetch it again, bring both changes together, and save again; what was not stored is kept on this device"
    )]
    Conflict {
        /// What each server did.
        lines: Vec<Line>,
    },
    /// Too few confirmed it to say that it holds, and it may have been done. This device says it again at the next opportunity.
    #[error(
        "only {confirmed} of the servers confirmed it, and {quorum} are needed. It may come about: this device remembers it, and says it again the next time"
    )]
    Unknown {
        /// How many did.
        confirmed: usize,
        /// How many are needed.
        quorum: usize,
        /// What each server did.
        lines: Vec<Line>,
    },
    /// The servers refused, and nothing is stored.
    #[error("the servers refused: {message}")]
    Refused {
        /// What the first of them said.
        message: String,
        /// What each server did.
        lines: Vec<Line>,
    },
    /// The password is being changed, and not everywhere yet.
    #[error(
        "the password of this wallet is being changed, and not every server has done it. Use the new password, which finishes the change; or change it back, from the new one to this one"
    )]
    ChangeUnderWay,
    /// No server of this name.
    #[error("{0} is none of the configured servers")]
    NoSuchServer(String),
    /// What this device has to remember could not be written down, so nothing was sent.
    #[error("this device cannot remember what it does ({0}), so nothing was sent")]
    CannotRemember(String),
    /// There is no revision above the highest.
    #[error("the wallet has used up all its revisions. Change the password to a new one")]
    RevisionsUsedUp,
    /// Nothing was sealed.
    #[error(transparent)]
    CannotSeal(#[from] CannotSeal),
}

impl FederationError {
    /// The name of the variant.
    pub fn name(&self) -> &'static str {
        match self {
            Self::SameServer(_) => "SameServer",
            Self::NotFound { .. } => "WalletNotFound",
            Self::NoAnswer { .. } => "NoAnswer",
            Self::NoQuorum { .. } => "NoQuorum",
            Self::Conflict { .. } => "Conflict",
            Self::Unknown { .. } => "Unknown",
            Self::Refused { .. } => "Refused",
            Self::ChangeUnderWay => "ChangeUnderWay",
            Self::NoSuchServer(_) => "NoSuchServer",
            Self::CannotRemember(_) => "CannotRemember",
            Self::RevisionsUsedUp => "RevisionsUsedUp",
            Self::CannotSeal(_) => "CannotSeal",
        }
    }

    /// What each server did, if any was asked.
    pub fn lines(&self) -> &[Line] {
        match self {
            Self::NotFound { lines }
            | Self::NoAnswer { lines }
            | Self::Conflict { lines }
            | Self::Unknown { lines, .. }
            | Self::Refused { lines, .. } => lines,
            _ => &[],
        }
    }
}
