//! What servers say: errors of the protocol, and what liars make up.

use super::model::Nature;
use crate::client::error::ClientError;
use crate::crypto::BlobHash;
use crate::protocol::{Fault, Name};

pub(super) fn transport(server: &str) -> ClientError {
    ClientError::Transport {
        server: server.into(),
        cause: "broken".into(),
    }
}

pub(super) fn refused(server: &str, fault: Fault) -> ClientError {
    ClientError::Server {
        server: server.into(),
        name: fault.name,
        message: fault.message.into_owned(),
        data: fault.data,
    }
}

pub(super) fn stale(server: &str, revision: u64) -> ClientError {
    refused(server, Fault::new(Name::Stale).with("revision", revision))
}

pub(super) fn conflict(server: &str, hash: BlobHash, revision: u64) -> ClientError {
    let fault = Fault::new(Name::Conflict)
        .with("local_hash", hash.to_string())
        .with("updated", "2099-01-01T00:00:00.000Z")
        .with("revision", revision);
    refused(server, fault)
}

pub(super) fn gone(server: &str, was: &str) -> ClientError {
    refused(server, Fault::new(Name::WalletNotFound).with("was", was))
}

/// Something new under a key, of this liar's.
pub(super) fn new_of_a_liar(nature: Nature, server: &str) -> Result<(), ClientError> {
    match nature {
        // what an honest server would let happen once more, and what it never would
        Nature::LiesAboutRevisions => {
            let made_up = *fastrand::choice(&[(1 << 40) - 1, 1 << 52]).expect("one");
            Err(stale(server, made_up))
        }
        _ => of_a_liar(nature, server),
    }
}

/// A write of this liar's.
pub(super) fn of_a_liar(nature: Nature, server: &str) -> Result<(), ClientError> {
    match nature {
        Nature::SaysDeleted => Err(gone(server, "deleted")),
        Nature::SaysMoved => Err(gone(server, "moved")),
        Nature::LiesAboutRevisions => {
            let made_up = fastrand::u64(1..1 << 41);
            Err(conflict(
                server,
                BlobHash::of(&made_up.to_be_bytes()),
                made_up,
            ))
        }
        _ => Ok(()),
    }
}
