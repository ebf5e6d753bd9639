//! Servers that are behind get the newest, and nothing that the newest did not come from is replaced.

use std::collections::HashMap;
use std::sync::Arc;

use super::Federation;
use super::keeper::Keeper;
use super::memory::Way;
use super::report::Verdict;
use super::seat::Seat;
use super::signed::Signed;
use crate::client::error::ClientError;
use crate::client::servers::Outcome;
use crate::client::wallet::Head;
use crate::crypto::BlobHash;
use crate::protocol::Name;

/// How often a server may name another base before it is let be.
pub(super) const TRIES: usize = 3;

/// The server has this content in place of `original`, or of what it says that it has instead, if that may be replaced.
pub(super) async fn replace<S: Keeper>(
    server: S,
    blob: Arc<Signed>,
    mut original: BlobHash,
    way: Arc<Way>,
    base: u64,
) -> Result<(), ClientError> {
    for _ in 1..TRIES {
        let answer = server.clone().save(Arc::clone(&blob), Some(original)).await;
        match answer.as_ref().err().and_then(held_instead) {
            Some(head) if head.local_hash != original && way.leads_over(head, base) => {
                original = head.local_hash;
            }
            _ => return answer,
        }
    }
    server.save(blob, Some(original)).await
}

/// What a `Conflict` says that the server has.
pub(super) fn held_instead(error: &ClientError) -> Option<Head> {
    if error.server_error() != Some(Name::Conflict) {
        return None;
    }
    Some(Head {
        local_hash: error.local_hash()?,
        revision: error.revision()?,
    })
}

impl<S: Keeper> Federation<S> {
    /// Every server that had less, on the way to the newest, has it now or says why not.
    pub(super) async fn bring_up(&self, seats: &mut [Seat], newest: &Signed) {
        let is_behind = |seat: &Seat| {
            seat.line.verdict != Verdict::Conflict
                && seat
                    .head()
                    .is_some_and(|head| head.revision < newest.head().revision)
        };
        let whom: Vec<bool> = seats.iter().map(is_behind).collect();
        let bases: HashMap<String, BlobHash> = seats
            .iter()
            .filter_map(|seat| Some((seat.line.server.clone(), seat.local_hash()?)))
            .collect();
        let (blob, way) = (Arc::new(newest.clone()), Arc::new(self.memory.way.clone()));
        let revision = newest.head().revision;
        let asked = self.servers.each(
            |index| whom[index],
            |server: S| {
                let original = bases.get(server.name()).copied();
                let original = original.unwrap_or(newest.head().local_hash);
                replace(
                    server,
                    Arc::clone(&blob),
                    original,
                    Arc::clone(&way),
                    revision,
                )
            },
        );
        let answers = asked.await.into_answers();
        for (seat, answer) in seats.iter_mut().zip(answers) {
            match answer.outcome {
                Outcome::Answered(()) => seat.got(newest),
                Outcome::Failed(error) => {
                    seat.line.error = Some(error.name().to_owned());
                    seat.line.message = Some(error.to_string());
                }
                Outcome::Pending | Outcome::NotAsked => {}
            }
        }
    }
}
