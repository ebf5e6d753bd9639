//! Everything that can go wrong between a client and its server.

mod received;

use std::time::Duration;

use serde_json::{Map, Value};

use crate::crypto::{BlobHash, CannotSeal};
use crate::protocol::Name;

/// Why a call did not do what it was asked for; each says what to do next.
///
/// A server that lies, or that has something other than what the owner sealed, is named.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The server refused, with an error of PROTOCOL.md, section 8.
    #[error("{message}")]
    Server {
        /// Which server.
        server: String,
        /// Which error.
        name: Name,
        /// For people, in the server's words.
        message: String,
        /// What else it said: see [`retry_after`](Self::retry_after) and its like.
        data: Map<String, Value>,
    },
    /// The server refused, with an error that this version does not know.
    #[error("{server} answered with error {code}: {message}")]
    UnknownServer {
        /// Which server.
        server: String,
        /// The number of the error.
        code: i32,
        /// `data.name`, if there is one.
        name: Option<String>,
        /// For people, in the server's words.
        message: String,
        /// What else it said.
        data: Map<String, Value>,
    },
    /// What answered is no Larimar server, or one that is overloaded, or that takes less data at once.
    #[error("{server} answered with HTTP status {status}. {}", advice(*status))]
    HttpStatus {
        /// Which server.
        server: String,
        /// 300 to 599.
        status: u16,
    },
    /// The server cannot be reached, or the connection broke.
    #[error("{server} cannot be reached: {cause}. Check the URL and the network, then try again")]
    Transport {
        /// Which server.
        server: String,
        /// The whole chain of causes.
        cause: String,
    },
    /// The server did not answer in time.
    #[error(
        "{server} did not answer in time. It may have done what it was asked for; asking again with the same bytes is safe"
    )]
    Timeout {
        /// Which server.
        server: String,
    },
    /// What answered is no JSON-RPC server, or its answer is not the one that the protocol describes.
    #[error(
        "{server} gave an answer that is not of this protocol ({cause}). Check the URL, and that the server is of this version"
    )]
    Unreadable {
        /// Which server.
        server: String,
        /// What is wrong with the answer.
        cause: String,
    },
    /// The server's answer does not fit what it was asked: it is broken, or it lies.
    #[error(
        "{server} cannot be trusted: {what}. Nothing of this answer was used; ask another server, or this one's operator"
    )]
    WrongAnswer {
        /// Which server.
        server: String,
        /// What does not fit.
        what: &'static str,
    },
    /// The blob is not authentic under the owner's keys.
    #[error(
        "the data that {server} has for this key is not authentic: it was changed, or sealed with another key. Fetch an older version, or ask another server"
    )]
    Tampered {
        /// Which server.
        server: String,
    },
    /// The wallet holds bytes that no Larimar client sealed.
    #[error(
        "the data that {server} has for this key was not sealed by a Larimar client. Use the client that saved it, or take the bytes as they are"
    )]
    NotSealed {
        /// Which server.
        server: String,
    },
    /// The server has an older revision than this session has seen.
    #[error(
        "{server} went back in time: it has revision {revision}, and had {seen}. Keep what you have, and ask its operator"
    )]
    RolledBack {
        /// Which server.
        server: String,
        /// What it has now.
        revision: u64,
        /// What this session has seen.
        seen: u64,
    },
    /// The server does not know itself under the name that the client calls it by, so nothing was signed.
    #[error(
        "{server} does not list this name among its own ({}), so a deletion signed for it would be worth nothing, or be meant for another server. Call it by one of these names, or ask its operator to add this one to server.names",
        names.join(", ")
    )]
    ServerNameNotListed {
        /// The name that the client calls.
        server: String,
        /// The names that the server has.
        names: Vec<String>,
    },
    /// Not a URL of a server.
    #[error("not the URL of a server: {reason}")]
    InvalidUrl {
        /// What is wrong with it. Never the URL itself.
        reason: String,
    },
    /// Secrets would go over the network in the clear.
    #[error(
        "{server} would be called without encryption. Use https; http is only for localhost, 127.0.0.0/8 and [::1]"
    )]
    InsecureUrl {
        /// Which server.
        server: String,
    },
    /// There is no revision above the highest that is known.
    #[error("the wallet has used up all its revisions. Change the password to a new one")]
    RevisionsUsedUp,
    /// The changes came faster than they were read.
    #[error(
        "{server} sent changes faster than they were read. Fetch the wallet and subscribe again"
    )]
    Lagged {
        /// Which server.
        server: String,
    },
    /// The system gave no random bytes, or the plaintext is longer than anything can seal.
    #[error(transparent)]
    CannotSeal(#[from] CannotSeal),
}

impl ClientError {
    /// Whether the server says that there is no such wallet, without having been told to forget it, or has one that does not open.
    pub(in crate::client) fn is_loss(&self) -> bool {
        match self {
            Self::Tampered { .. } | Self::NotSealed { .. } => true,
            Self::Server { data, .. } => {
                self.server_error() == Some(Name::WalletNotFound) && !data.contains_key("was")
            }
            _ => false,
        }
    }

    /// The name: the server's (`data.name`) if it is the server's error, else that of the variant.
    pub fn name(&self) -> &str {
        match self {
            Self::Server { name, .. } => name.as_str(),
            Self::UnknownServer {
                name: Some(name), ..
            } => name,
            Self::UnknownServer { .. } => "UnknownServer",
            Self::HttpStatus { .. } => "HttpStatus",
            Self::Transport { .. } => "Transport",
            Self::Timeout { .. } => "Timeout",
            Self::Unreadable { .. } => "Unreadable",
            Self::WrongAnswer { .. } => "WrongAnswer",
            Self::Tampered { .. } => "Tampered",
            Self::NotSealed { .. } => "NotSealed",
            Self::RolledBack { .. } => "RolledBack",
            Self::ServerNameNotListed { .. } => "ServerNameNotListed",
            Self::InvalidUrl { .. } => "InvalidUrl",
            Self::InsecureUrl { .. } => "InsecureUrl",
            Self::RevisionsUsedUp => "RevisionsUsedUp",
            Self::Lagged { .. } => "Lagged",
            Self::CannotSeal(_) => "CannotSeal",
        }
    }

    /// The server's error of PROTOCOL.md, section 8, if it is one.
    pub fn server_error(&self) -> Option<Name> {
        match self {
            Self::Server { name, .. } => Some(*name),
            _ => None,
        }
    }

    /// The number of the server's error.
    pub fn code(&self) -> Option<i32> {
        match self {
            Self::Server { name, .. } => Some(name.code()),
            Self::UnknownServer { code, .. } => Some(*code),
            _ => None,
        }
    }

    /// What the server said beside name and message.
    pub fn data(&self) -> Option<&Map<String, Value>> {
        match self {
            Self::Server { data, .. } | Self::UnknownServer { data, .. } => Some(data),
            _ => None,
        }
    }

    /// How long to wait before asking again (`data.retry_after`).
    pub fn retry_after(&self) -> Option<Duration> {
        let seconds = self.data()?.get("retry_after")?.as_u64()?;
        Some(Duration::from_secs(seconds))
    }

    /// The parameter at fault (`data.param`).
    pub fn param(&self) -> Option<&str> {
        self.text("param")
    }

    /// The hash of what is stored, of a `Conflict`.
    pub fn local_hash(&self) -> Option<BlobHash> {
        self.text("local_hash")?.parse().ok()
    }

    /// The revision of what is stored or was, of a `Conflict` or a `Stale`.
    pub fn revision(&self) -> Option<u64> {
        self.data()?.get("revision")?.as_u64()
    }

    /// When what is stored was stored, of a `Conflict`.
    pub fn updated(&self) -> Option<&str> {
        self.text("updated")
    }

    /// `moved` or `deleted`: what became of the wallet that is not found.
    pub fn was(&self) -> Option<&str> {
        self.text("was")
    }

    /// Since when the wallet that is not found is gone.
    pub fn since(&self) -> Option<&str> {
        self.text("since")
    }

    /// Whether a write may have been done although it was not answered, so that the same bytes should be sent again.
    pub fn outcome_unknown(&self) -> bool {
        match self {
            Self::Transport { .. } | Self::Timeout { .. } => true,
            Self::HttpStatus { status, .. } => *status >= 500,
            _ => false,
        }
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.data()?.get(key)?.as_str()
    }
}

fn advice(status: u16) -> &'static str {
    match status {
        413 => "What was sent is larger than it takes: send less data",
        429 | 500.. => "It is overloaded or out of order: try again later",
        _ => "There is no Larimar server at this URL: check it",
    }
}
