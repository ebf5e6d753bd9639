//! A new password on every server: begun once, finished everywhere, or turned round.

use std::sync::Arc;

use super::bring_up::{TRIES, held_instead};
use super::keeper::Keeper;
use super::memory::Way;
use super::report::Line;
use super::save::write_lines;
use super::seat::{Has, Seat};
use super::signed::{Change, Signed};
use super::{Federation, FederationError, after, told};
use crate::client::error::ClientError;
use crate::client::servers::Outcome;
use crate::client::wallet::Head;
use crate::crypto::{BlobHash, Form, Keys, open};
use crate::protocol::Name;

/// The server has the wallet under the new key, with the new bytes or newer ones.
///
/// Where the old key has nothing, what the new key has is looked at: the very bytes, and it was done before; older ones, as if a change is turned round, and they are
/// replaced.
async fn move_on<S: Keeper>(
    server: S,
    change: Arc<Change>,
    mut original: Option<BlobHash>,
    way: Arc<Way>,
) -> Result<(), ClientError> {
    let below = change.to.head().revision - 1;
    let mut answer = Ok(());
    for _ in 0..TRIES {
        answer = server
            .clone()
            .change_password(Arc::clone(&change), original)
            .await;
        match answer.as_ref().err().and_then(held_instead) {
            Some(head) if way.leads_over(head, below) => original = Some(head.local_hash),
            _ => break,
        }
    }
    let Err(error) = answer else {
        return Ok(());
    };
    let gone = matches!(
        error.server_error(),
        Some(Name::WalletNotFound | Name::Stale | Name::KeyUnchanged)
    );
    if !gone {
        return Err(error);
    }
    let Ok(kept) = server.clone().fetch(*change.to.public_key()).await else {
        return Err(error);
    };
    let hash = BlobHash::of(&kept.bytes);
    if hash == change.to.head().local_hash {
        return Ok(());
    }
    // what nobody looked at is not replaced
    let revision = Form::of(&kept.bytes).ok().and_then(Form::revision);
    let head = revision.map(|revision| Head {
        local_hash: hash,
        revision,
    });
    if !head.is_some_and(|head| way.leads_over(head, below)) {
        return Err(error);
    }
    server.save(Arc::new(change.to.clone()), Some(hash)).await
}

/// The content of the highest revision.
fn newest(seats: &[Seat]) -> Option<Signed> {
    let contents = seats.iter().filter_map(Seat::content);
    contents.max_by_key(|one| one.head().revision).cloned()
}

/// Whether the server says that the wallet left for another key.
fn has_moved(seat: &Seat) -> bool {
    matches!(seat.has, Has::Nothing) && seat.line.was.as_deref() == Some("moved")
}

impl<S: Keeper> Federation<S> {
    /// Whether these are the keys that the wallet is leaving.
    pub(super) fn is_leaving(&self) -> bool {
        let change = self.memory.change.as_ref();
        change.is_some_and(|change| change.from == *self.public_key())
    }

    /// The wallet is reached by the new keys, on a quorum of the servers, and this is the federation of those keys from now on.
    ///
    /// Interrupted, it is finished by [`fetch`](Self::fetch) with the new keys, or said again, or turned round: changed from the new keys to the old ones. Both also
    /// work on a device that remembers nothing, since what either key has is looked at first. A wallet that every server has moved already is left as it is, and
    /// each line says that it was moved.
    ///
    /// # Errors
    /// [`FederationError::NoQuorum`] and [`FederationError::Conflict`], with nothing sent; [`FederationError::Unknown`]: some servers have the one and some the other
    /// password then, and each opens with its own. [`FederationError::Refused`]. [`FederationError::NotFound`] also if the new keys have a wallet, but no server and not this
    /// device knows of one that left the old ones.
    pub async fn change_password(&mut self, new: Keys) -> Result<Vec<Line>, FederationError> {
        self.finish_another(&new).await?;
        let (old, mut told) = (self.keys.clone(), 0);
        for _ in 0..TRIES {
            match self.change_above(&old, &new, told).await? {
                Ok(lines) => return Ok(lines),
                Err(revision) => told = revision,
            }
        }
        Err(FederationError::RevisionsUsedUp)
    }

    /// A change to other keys is finished before the next one is begun: a server that missed it would keep the oldest password.
    async fn finish_another(&mut self, new: &Keys) -> Result<(), FederationError> {
        let is_another = |change: &Change| {
            change.to.public_key() != &new.public_key && change.from != new.public_key
        };
        if !self.memory.change.as_ref().is_some_and(is_another) {
            return Ok(());
        }
        let keys = self.keys.clone();
        let mut seats = self.seats(&keys).await;
        self.finish_change(&mut seats).await;
        self.remember()?;
        match self.memory.change {
            Some(_) => Err(FederationError::ChangeUnderWay),
            None => Ok(()),
        }
    }

    /// The same once, with a revision above this one; or the revision that a server knows of the new key.
    async fn change_above(
        &mut self,
        old: &Keys,
        new: &Keys,
        told: u64,
    ) -> Result<Result<Vec<Line>, u64>, FederationError> {
        let left = self.seats(old).await;
        let arrived = self.seats(new).await;
        let knows = self.memory.change.as_ref().is_some_and(|change| {
            change.from == old.public_key || change.to.public_key() == &old.public_key
        });
        // that the new keys have a wallet does not say that it came from these
        let has_begun = knows || newest(&left).is_some();
        if !has_begun && !left.iter().any(has_moved) {
            return Err(self.none_has_it(left));
        }
        let contents = || left.iter().chain(&arrived).filter_map(Seat::content);
        let text = |keys: &Keys, one: &Signed| open(keys, one.bytes()).ok().map(|it| it.plaintext);
        let holds = |seats: &[Seat], one: &Signed| {
            let holders = seats.iter().filter(|seat| seat.content() == Some(one));
            holders.count() >= self.quorum()
        };
        let highest = match (newest(&left), newest(&arrived)) {
            (Some(of_old), Some(of_new)) if text(old, &of_old) != text(new, &of_new) => {
                let is_known = self.memory.way.knows(of_old.head());
                let change = self.memory.change.as_ref();
                // what a quorum has is the wallet, however often the change was said and its revision rose
                let held = (holds(&left, &of_old), holds(&arrived, &of_new));
                if held == (true, false) {
                    of_old
                } else if held == (false, true) {
                    of_new
                } else if !is_known && change.is_some_and(|change| change.to == of_new) {
                    // saved with the old password since this device began the change: that is what moves now
                    of_old
                } else if of_old.head().revision == of_new.head().revision {
                    return Err(FederationError::Conflict {
                        lines: super::seat::lines(left),
                    });
                } else if of_old.head().revision > of_new.head().revision {
                    of_old
                } else {
                    of_new
                }
            }
            (Some(one), None) | (None, Some(one)) => one,
            (Some(of_old), Some(of_new)) if of_old.head().revision > of_new.head().revision => {
                of_old
            }
            (_, Some(of_new)) => of_new,
            (None, None) => return Err(self.none_has_it(left)),
        };
        let revision = highest.head().revision;
        let is_top = |one: &Signed| one.head().revision == revision;
        let of_its_key = |one: &&Signed| one.public_key() == highest.public_key() && is_top(one);
        let is_fork = contents().filter(of_its_key).any(|one| *one != highest);
        let pending = self.memory.pending.as_ref();
        let is_pending = pending.is_some_and(|pending| *pending != highest);
        if is_fork || is_pending || self.memory.highest_revision() > revision {
            return Err(FederationError::Conflict {
                lines: super::seat::lines(left),
            });
        }
        let places = left.iter().zip(&arrived);
        // what a quorum has of the one key, or has done of an interrupted change to or from the other
        let held = places.filter(|(left, arrived)| {
            let has = |seat: &Seat| seat.content().is_some_and(is_top);
            (has_begun || has_moved(left))
                && (has(left)
                    || has(arrived)
                    || arrived.content().is_some() && left.content().is_none()
                    || left.content().is_some() && highest.public_key() == &new.public_key)
        });
        let (held, quorum) = (held.count(), self.quorum());
        if held < quorum {
            return Err(FederationError::NoQuorum { held, quorum });
        }
        let is_done = |(left, arrived): (&Seat, &Seat)| {
            has_moved(left) && arrived.content() == Some(&highest)
        };
        if self.memory.change.is_none() && left.iter().zip(&arrived).all(is_done) {
            return Ok(Ok(self.moved_before(arrived, highest, new)));
        }
        let keys = if highest.public_key() == &new.public_key {
            new
        } else {
            old
        };
        let Ok(opened) = open(keys, highest.bytes()) else {
            return Err(self.none_has_it(left));
        };
        for one in contents() {
            self.memory.way.add(one.head());
        }
        let above = contents().map(|one| one.head().revision).max();
        let above = above.unwrap_or(revision).max(told);
        let to = Signed::seal(new, after(above)?, &opened.plaintext)?;
        let change = Change::new(old, to);
        let before = self.memory.clone();
        let begun = before.change.clone();
        self.memory.publickey = Some(old.public_key);
        self.memory.pending = None;
        self.memory.change = Some(change.clone());
        if let Err(error) = self.remember() {
            self.memory = before;
            return Err(error);
        }
        self.heads = left.iter().map(Seat::head).collect();
        self.carry_out(change, new, begun).await
    }

    /// Every server has done it: there is nothing to do but to know of it.
    fn moved_before(&mut self, arrived: Vec<Seat>, newest: Signed, new: &Keys) -> Vec<Line> {
        self.keys = new.clone();
        self.took_note_of(&arrived);
        self.memory.saw(newest, true);
        let _ = self.remember();
        let mut lines = super::seat::lines(arrived);
        for line in &mut lines {
            line.was = Some("moved".to_owned());
        }
        lines
    }

    async fn carry_out(
        &mut self,
        change: Change,
        new: &Keys,
        begun: Option<Change>,
    ) -> Result<Result<Vec<Line>, u64>, FederationError> {
        let report = self.tell(&change, |_| true).await;
        let lines = write_lines(&report, change.to.head());
        let done = report.answers().iter().enumerate();
        let done = done
            .filter(|(index, _)| report.answered(*index).is_some())
            .count();
        let mut errors = report.errors();
        if done == 0 && report.errors().all(|error| error.server_error().is_some()) {
            // one that was begun before is still under way
            self.memory.change = begun;
            self.remember()?;
            let own = change.to.head().revision;
            if let Some(told) = told(report.errors(), own).filter(|told| *told >= own) {
                return Ok(Err(told));
            }
            let message = errors.next().map_or_else(String::new, ToString::to_string);
            return Err(FederationError::Refused { message, lines });
        }
        if done < self.quorum() {
            return Err(FederationError::Unknown {
                confirmed: done,
                quorum: self.quorum(),
                lines,
            });
        }
        self.keys = new.clone();
        self.memory.publickey = Some(new.public_key);
        self.confirmed(&report, change.to.head());
        self.memory.saw(change.to, true);
        if done == lines.len() {
            self.memory.change = None;
        }
        let _ = self.remember();
        Ok(Ok(lines))
    }

    /// Tells these servers to do their part of the change, and waits for all of them.
    async fn tell(
        &self,
        change: &Change,
        whom: impl Fn(usize) -> bool,
    ) -> crate::client::servers::Report<(), ClientError> {
        let (shared, way) = (Arc::new(change.clone()), Arc::new(self.memory.way.clone()));
        // without a base of its own, a server says what it has, and the way decides
        let usual = self
            .memory
            .newest
            .as_ref()
            .map(|newest| newest.head().local_hash);
        let heads = self.heads.iter().flatten().max_by_key(|head| head.revision);
        let original = heads.map(|head| head.local_hash).or(usual);
        self.servers
            .each(whom, |server: S| {
                move_on(server, Arc::clone(&shared), original, Arc::clone(&way))
            })
            .await
    }

    /// Servers that have not done their part of a change to these keys are told again.
    pub(super) async fn finish_change(&mut self, seats: &mut [Seat]) {
        let change = self.memory.change.clone();
        let Some(change) = change.filter(|it| it.to.public_key() == self.public_key()) else {
            return;
        };
        let has_nothing = |seat: &Seat| matches!(seat.has, Has::Nothing);
        let whom: Vec<bool> = seats.iter().map(has_nothing).collect();
        let answers = self.tell(&change, |index| whom[index]).await.into_answers();
        for (seat, answer) in seats.iter_mut().zip(answers) {
            match answer.outcome {
                Outcome::Answered(()) => {
                    seat.line.error = None;
                    seat.line.message = None;
                    seat.line.was = None;
                    seat.got(&change.to);
                }
                Outcome::Failed(error) => {
                    seat.line.error = Some(error.name().to_owned());
                    seat.line.message = Some(error.to_string());
                }
                Outcome::Pending | Outcome::NotAsked => {}
            }
        }
        if seats.iter().all(|seat| seat.content().is_some()) {
            self.memory.change = None;
        }
    }

    fn none_has_it(&self, seats: Vec<Seat>) -> FederationError {
        let lines = super::seat::lines(seats);
        match lines.iter().any(Line::needs_a_code) {
            true => FederationError::NotFound { lines },
            false => FederationError::NoAnswer { lines },
        }
    }
}
