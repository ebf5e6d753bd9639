//! What a server has, as far as the owner's keys can tell.

use std::time::Duration;

use super::keeper::{Keeper, Kept};
use super::report::{Line, Verdict};
use super::signed::Signed;
use super::{Federation, Head};
use crate::client::error::ClientError;
use crate::client::servers::Outcome;
use crate::clock::{Clock, SystemClock};
use crate::crypto::{BlobHash, Keys, open};
use crate::protocol::Name;

/// One server's place in a round of questions.
pub(super) struct Seat {
    pub(super) line: Line,
    pub(super) has: Has,
}

/// What it has.
pub(super) enum Has {
    /// What the owner sealed.
    Content(Signed),
    /// What the owner did not seal, or nobody.
    Other,
    /// No wallet.
    Nothing,
    /// Not known.
    Silent,
}

impl Seat {
    fn new(
        keys: &Keys,
        server: &str,
        took: Option<Duration>,
        answer: Option<Result<Kept, ClientError>>,
    ) -> Self {
        let mut line = Line::new(server, took);
        let has = match answer {
            Some(Ok(kept)) => match open(keys, &kept.bytes) {
                Ok(opened) => {
                    let signed = Signed::of(keys, kept.bytes, opened.revision);
                    line.head = Some(signed.head());
                    line.updated = Some(kept.updated);
                    Has::Content(signed)
                }
                Err(_) => {
                    let server = server.to_owned();
                    line.failed(&ClientError::Tampered { server });
                    Has::Other
                }
            },
            Some(Err(error)) => {
                line.failed(&error);
                match error.server_error() {
                    Some(Name::WalletNotFound) => Has::Nothing,
                    _ => Has::Silent,
                }
            }
            None => Has::Silent,
        };
        Self { line, has }
    }

    pub(super) fn content(&self) -> Option<&Signed> {
        match &self.has {
            Has::Content(content) => Some(content),
            _ => None,
        }
    }

    pub(super) fn head(&self) -> Option<Head> {
        self.content().map(Signed::head)
    }

    /// It says that the wallet was moved or deleted.
    pub(super) fn is_gone(&self) -> bool {
        self.line.was.is_some() && matches!(self.has, Has::Nothing)
    }

    pub(super) fn local_hash(&self) -> Option<BlobHash> {
        self.head().map(|head| head.local_hash)
    }

    /// It has this now.
    pub(super) fn got(&mut self, content: &Signed) {
        self.line.head = Some(content.head());
        self.line.repaired = true;
        self.has = Has::Content(content.clone());
    }
}

pub(super) fn lines(seats: Vec<Seat>) -> Vec<Line> {
    seats.into_iter().map(|seat| seat.line).collect()
}

impl<S: Keeper> Federation<S> {
    /// Asks every server what it has under these keys. A server that has less than it confirmed before is found out here.
    pub(super) async fn seats(&mut self, keys: &Keys) -> Vec<Seat> {
        let key = keys.public_key;
        let rank = |kept: &Kept| open(keys, &kept.bytes).ok().map(|opened| opened.revision);
        let asked = self.servers.newest(|server: S| server.fetch(key), rank);
        let answers = asked.await.report.into_answers();
        let seats = answers.into_iter().map(|answer| {
            let outcome = match answer.outcome {
                Outcome::Answered(kept) => Some(Ok(kept)),
                Outcome::Failed(error) => Some(Err(error)),
                Outcome::Pending | Outcome::NotAsked => None,
            };
            Seat::new(keys, &answer.server, answer.took, outcome)
        });
        let mut seats: Vec<Seat> = seats.collect();
        for (index, seat) in seats.iter_mut().enumerate() {
            let is_down = self.servers.is_down(index);
            let seen = self.memory.servers.entry(seat.line.server.clone());
            let seen = seen.or_default();
            seen.failed = is_down.then(|| SystemClock.now());
            let (Some(head), Some(known)) = (seat.head(), seen.head) else {
                continue;
            };
            // a revision takes one content for ever, so another one of the same is as false as a lower one
            if head.revision < known.revision
                || (head.revision == known.revision && head.local_hash != known.local_hash)
            {
                seat.line.verdict = Verdict::Lying;
            }
        }
        seats
    }
}
