//! What the model answers.

use super::{Bytes, Key, Moment};

/// What a method answers: a result, or an error's name with what else the protocol promises about it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    Stored {
        key: Key,
        data: Bytes,
        created: Moment,
        updated: Moment,
    },
    Deleted,
    WalletNotFound(Option<(&'static str, Moment)>),
    Conflict {
        data: Bytes,
        updated: Moment,
    },
    /// With the revision that the key's retired record knows, if it is that which forbids it.
    Stale(Option<u64>),
    Error(&'static str),
}

pub(super) fn name(answer: &Answer) -> &'static str {
    match answer {
        Answer::Stored { .. } | Answer::Deleted => "ok",
        Answer::WalletNotFound(_) => "WalletNotFound",
        Answer::Conflict { .. } => "Conflict",
        Answer::Stale(_) => "Stale",
        Answer::Error(name) => name,
    }
}
