//! The next content: sealed once, and the same bytes to every server.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::bring_up::replace;
use super::fetch::{Base, Content};
use super::keeper::Keeper;
use super::report::{Line, Verdict};
use super::signed::Signed;
use super::{Federation, FederationError, Head, after};
use crate::client::error::ClientError;
use crate::client::servers::{Consensus, Outcome, Report};
use crate::crypto::BlobHash;
use crate::protocol::Name;

/// A quorum has stored it.
#[derive(Debug)]
pub struct Saved {
    /// What.
    pub head: Head,
    asked: Consensus<(), ClientError>,
}

impl Saved {
    /// What the next save is based on.
    pub fn base(&self) -> Base {
        Base(vec![self.head])
    }
}

impl<S: Keeper> Federation<S> {
    /// The wallet holds this plaintext in place of `base`, and a quorum has stored it.
    ///
    /// Comes back as soon as that is certain; [`settle`](Self::settle) waits for the rest. Nothing is replaced that `base` does not know, but older
    /// contents. It is begun only if a quorum has what is in `base`, as of the last fetch or save: else two devices that each reach other servers could both go on,
    /// and the one with more changes would win.
    ///
    /// # Errors
    /// [`FederationError::NoQuorum`], with no change sent; [`FederationError::Conflict`]; those of [`fetch`](Self::fetch) for a choice over a fork; [`FederationError::Unknown`], [`FederationError::Refused`].
    pub async fn save(&mut self, plaintext: &[u8], base: &Base) -> Result<Saved, FederationError> {
        self.save_above(plaintext, base, 0).await
    }

    /// The same, with a revision above this one too.
    pub(super) async fn save_above(
        &mut self,
        plaintext: &[u8],
        base: &Base,
        told: u64,
    ) -> Result<Saved, FederationError> {
        if base.is_fork() && self.held(|head| base.is_of_newest(head)) < self.quorum() {
            let looked = self.look(Some((base, plaintext))).await?;
            let is_known = |one: &Content| base.0.contains(&one.head);
            if !looked.contents.iter().chain(&looked.strays).all(is_known) {
                let lines = looked.lines;
                return Err(FederationError::Conflict { lines });
            }
        }
        self.may_follow(base)?;
        let revision = after(base.revision().max(told))?;
        let blob = Signed::seal(&self.keys, revision, plaintext)?;
        for head in &base.0 {
            self.memory.way.add(*head);
        }
        let before = self.memory.pending.replace(blob.clone());
        if let Err(error) = self.remember() {
            self.memory.pending = before;
            return Err(error);
        }
        self.send(blob, base, before).await
    }

    fn may_follow(&self, base: &Base) -> Result<(), FederationError> {
        if self.is_leaving() {
            return Err(FederationError::ChangeUnderWay);
        }
        let knows = |one: &Option<Signed>| match one {
            Some(one) => base.0.contains(&one.head()) || one.head().revision < base.revision(),
            None => true,
        };
        let pending = self.memory.pending.as_ref();
        let knows_pending = pending.is_none_or(|pending| base.0.contains(&pending.head()));
        if !knows(&self.memory.newest) || !knows_pending {
            return Err(FederationError::Conflict { lines: Vec::new() });
        }
        let held = self.held(|head| base.is_of_newest(head));
        let quorum = self.quorum();
        match held >= quorum {
            true => Ok(()),
            false => Err(FederationError::NoQuorum { held, quorum }),
        }
    }

    async fn send(
        &mut self,
        blob: Signed,
        base: &Base,
        before: Option<Signed>,
    ) -> Result<Saved, FederationError> {
        let highest = base.0.iter().max_by_key(|head| head.revision);
        let usual = highest.map(|head| head.local_hash);
        let members = self.servers.members().iter().zip(&self.heads);
        let bases: HashMap<String, BlobHash> = members
            .filter_map(|(member, head)| {
                // what its maker has not looked at is not replaced
                let known = head.filter(|head| {
                    base.0.contains(head) || self.memory.way.leads_over(*head, base.revision())
                });
                let hash = known.map(|head| head.local_hash).or(usual)?;
                Some((member.name().to_owned(), hash))
            })
            .collect();
        let (shared, way) = (Arc::new(blob.clone()), Arc::new(self.memory.way.clone()));
        let revision = base.revision();
        let asked = self.servers.consensus(
            |server: S| {
                let original = bases.get(server.name()).copied();
                let original = original.unwrap_or(shared.head().local_hash);
                replace(
                    server,
                    Arc::clone(&shared),
                    original,
                    Arc::clone(&way),
                    revision,
                )
            },
            |()| (),
        );
        let asked = asked.await;
        self.confirmed(asked.report(), blob.head());
        if asked.holds() {
            let head = blob.head();
            self.memory.saw(blob, true);
            self.memory.pending = None;
            // the servers have it: a device that cannot write it down fetches it the next time
            let _ = self.remember();
            return Ok(Saved { head, asked });
        }
        let report = asked.whole_report().await;
        self.confirmed(&report, blob.head());
        if self.held(|head| head == blob.head()) >= self.quorum() {
            self.memory.saw(blob.clone(), true);
        }
        Err(self.without_quorum(report, blob.head(), before))
    }

    /// Waits for the servers whose answer the save did not wait for, for so long, and says what each did.
    pub async fn settle(&mut self, saved: Saved, most: Duration) -> Vec<Line> {
        let so_far = write_lines(saved.asked.report(), saved.head);
        match tokio::time::timeout(most, saved.asked.whole_report()).await {
            Ok(report) => {
                self.confirmed(&report, saved.head);
                let _ = self.remember();
                write_lines(&report, saved.head)
            }
            Err(_) => so_far,
        }
    }

    /// These servers have it, by their own word.
    pub(super) fn confirmed(&mut self, report: &Report<(), ClientError>, head: Head) {
        for (index, answer) in report.answers().iter().enumerate() {
            if report.answered(index).is_some() {
                self.heads[index] = Some(head);
                self.memory.server_has(&answer.server, head);
            }
        }
    }

    /// What is to be said of a write that no quorum confirmed.
    fn without_quorum(
        &mut self,
        report: Report<(), ClientError>,
        head: Head,
        before: Option<Signed>,
    ) -> FederationError {
        let lines = write_lines(&report, head);
        let (quorum, count) = (self.quorum(), lines.len());
        let confirmed = lines
            .iter()
            .filter(|line| line.verdict == Verdict::Ok)
            .count();
        let errors: Vec<&ClientError> = report.errors().collect();
        let has_another = |error: &&&ClientError| {
            matches!(error.server_error(), Some(Name::Conflict | Name::Stale))
        };
        let conflicts = errors.iter().filter(has_another).count();
        let all_refused =
            confirmed == 0 && errors.len() == count && errors.iter().all(|error| is_refusal(error));
        if conflicts > count - quorum {
            // kept as pending: it may be on a server, and its maker gets it back in any case
            let _ = self.remember();
            return FederationError::Conflict { lines };
        }
        if all_refused {
            // what was pending before still is
            self.memory.pending = before;
            let _ = self.remember();
            let message = errors.first().map_or_else(String::new, ToString::to_string);
            return FederationError::Refused { message, lines };
        }
        let _ = self.remember();
        FederationError::Unknown {
            confirmed,
            quorum,
            lines,
        }
    }
}

/// Whether it is certain that nothing was stored.
fn is_refusal(error: &ClientError) -> bool {
    error
        .server_error()
        .is_some_and(|name| name != Name::Internal)
}

/// What each server did with a write.
pub(super) fn write_lines(report: &Report<(), ClientError>, head: Head) -> Vec<Line> {
    let line = |answer: &crate::client::servers::Answer<(), ClientError>| {
        let mut line = Line::new(&answer.server, answer.took);
        match &answer.outcome {
            Outcome::Answered(()) => line.head = Some(head),
            Outcome::Failed(error) => line.failed(error),
            Outcome::Pending | Outcome::NotAsked => {
                line.verdict = Verdict::Down;
                line.message = Some("it has not answered yet".to_owned());
            }
        }
        line
    };
    report.answers().iter().map(line).collect()
}
