//! What the wallet holds: the newest that opens.

use std::fmt;

use zeroize::Zeroizing;

use super::keeper::Keeper;
use super::report::{Line, Verdict};
use super::seat::{Has, Seat, lines};
use super::signed::Signed;
use super::{Federation, FederationError, Head};
use crate::crypto::{Tampered, open};

/// Something that the owner sealed, opened.
#[derive(Clone, PartialEq, Eq)]
pub struct Content {
    /// Which.
    pub head: Head,
    /// What the owner sealed.
    pub plaintext: Zeroizing<Vec<u8>>,
    /// The servers that have it, in the order in which they are configured.
    pub servers: Vec<String>,
    /// Whether it is a change of this device that no quorum has confirmed.
    pub is_pending: bool,
}

/// What the next save replaces: everything that its maker has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(pub(super) Vec<Head>);

impl Base {
    /// The highest revision in it.
    pub fn revision(&self) -> u64 {
        let revisions = self.0.iter().map(|head| head.revision);
        revisions.max().unwrap_or(0)
    }

    /// Whether this is its newest, or one of them.
    pub(super) fn is_of_newest(&self, head: Head) -> bool {
        head.revision == self.revision() && self.0.contains(&head)
    }

    /// Whether its newest are the sides of a fork.
    pub(super) fn is_fork(&self) -> bool {
        let newest = self.0.iter().filter(|head| self.is_of_newest(**head));
        newest.count() > 1
    }
}

/// What came of a fetch.
#[derive(Debug)]
pub struct Fetched {
    /// What the wallet holds. More than one is a fork: contents of the same highest revision, of which nobody but the owner can say which is right.
    pub contents: Vec<Content>,
    /// Changes of lower revisions that are not in it: of another device, or of this one, that never got a quorum. They stay where they are until the
    /// next save, whose maker has seen them.
    pub strays: Vec<Content>,
    /// The highest revision of the servers, if it is lower than what this device saw.
    pub rolled_back: Option<u64>,
    /// Whether so many servers answered that one of them must have seen whatever a quorum confirmed.
    pub is_certain: bool,
    /// What each server did.
    pub lines: Vec<Line>,
}

impl Fetched {
    /// The content, unless it is a fork.
    pub fn content(&self) -> Option<&Content> {
        match &self.contents[..] {
            [content] => Some(content),
            _ => None,
        }
    }

    /// What a save has to be based on by whoever has seen all of this.
    pub fn base(&self) -> Base {
        let all = self.contents.iter().chain(&self.strays);
        Base(all.map(|content| content.head).collect())
    }
}

impl<S: Keeper> Federation<S> {
    /// What the wallet holds, and servers that were behind are brought up to it. What was begun before is finished, as far as servers let it.
    ///
    /// # Errors
    /// [`FederationError::NotFound`], [`FederationError::NoAnswer`], [`FederationError::ChangeUnderWay`].
    pub async fn fetch(&mut self) -> Result<Fetched, FederationError> {
        self.look(None).await
    }

    /// The same; and of a fork, if the owner has chosen this over all of its sides, who is behind gets one of them, above which the choice goes.
    ///
    /// Until a quorum is past all lower revisions, an unseen device could still have one of those confirmed.
    pub(super) async fn look(
        &mut self,
        chosen: Option<(&Base, &[u8])>,
    ) -> Result<Fetched, FederationError> {
        let keys = self.keys.clone();
        if self.is_leaving() {
            return Err(FederationError::ChangeUnderWay);
        }
        let mut seats = self.seats(&keys).await;
        self.finish_change(&mut seats).await;
        self.finish_delete(&mut seats).await;
        if self.is_another(&seats) {
            self.memory.begin_anew();
        }
        let top = self.top(&seats);
        let Some(revision) = top.first().map(|one| one.head().revision) else {
            return Err(self.nothing(seats));
        };
        let of_servers = seats.iter().filter_map(Seat::head);
        let of_servers = of_servers.map(|head| head.revision).max().unwrap_or(0);
        let moved = |seat: &Seat| seat.line.was.as_deref() == Some("moved");
        let answered = seats
            .iter()
            .filter(|seat| !matches!(seat.has, Has::Silent | Has::Other) && !moved(seat));
        let is_certain = answered.count() > self.servers.members().len() - self.quorum();
        let rolled_back = is_certain && self.memory.highest_revision() > of_servers;

        let strays = self.judge(&mut seats, &top, revision);
        let holders = |one: &&Signed| {
            seats
                .iter()
                .filter(|seat| seat.content() == Some(one))
                .count()
        };
        // of a fork nothing is chosen before the owner does
        let is_known = |one: &Signed| chosen.is_some_and(|(base, _)| base.is_of_newest(one.head()));
        let is_taken = |one: &Signed| {
            chosen.is_some_and(|(_, choice)| {
                open(&keys, one.bytes()).is_ok_and(|opened| *opened.plaintext == *choice)
            })
        };
        let preferred = top.iter().max_by_key(|one| (is_taken(one), holders(one)));
        if let Some(newest) = preferred.cloned()
            && (top.len() == 1 || top.iter().all(is_known))
        {
            self.bring_up(&mut seats, &newest).await;
        }
        self.took_note_of(&seats);
        if let [newest] = &top[..] {
            // what a quorum does not have may still turn out to be beside the way
            let is_held = self.held(|head| head == newest.head()) >= self.quorum();
            self.memory.saw(newest.clone(), is_held);
        }
        self.settle_pending();
        // nothing depends on it: what cannot be written down is found again, and who writes hears of it
        let _ = self.remember();

        let content = |signed: &Signed| -> Result<Content, Tampered> {
            let has = |seat: &&Seat| seat.head() == Some(signed.head());
            let servers = seats
                .iter()
                .filter(has)
                .map(|seat| seat.line.server.clone());
            Ok(Content {
                head: signed.head(),
                plaintext: open(&keys, signed.bytes())?.plaintext,
                servers: servers.collect(),
                is_pending: self.memory.pending.as_ref() == Some(signed),
            })
        };
        // what does not open was left out above
        let opened = |all: &[Signed]| all.iter().filter_map(|one| content(one).ok()).collect();
        Ok(Fetched {
            contents: opened(&top),
            strays: opened(&strays),
            rolled_back: rolled_back.then_some(of_servers),
            is_certain,
            lines: lines(seats),
        })
    }

    /// Whether so many servers say that it was moved or deleted that no quorum can have it any more. One alone may lie.
    pub(super) fn is_gone(&self, seats: &[Seat]) -> bool {
        let gone = seats.iter().filter(|seat| seat.is_gone()).count();
        gone > self.servers.members().len() - self.quorum()
    }

    /// Whether what servers have is a new wallet, and not the one that this device knows to be gone: what follows on that has a higher revision.
    fn is_another(&self, seats: &[Seat]) -> bool {
        let mut heads = seats.iter().filter_map(Seat::head).peekable();
        let remembers =
            |head: Head| head.revision > self.memory.highest_revision() || self.memory.knows(head);
        self.memory.is_gone && heads.peek().is_some() && !heads.any(remembers)
    }

    /// The contents of the highest revision: of servers, of what this device saw, and of what it said and nobody confirmed.
    pub(super) fn top(&self, seats: &[Seat]) -> Vec<Signed> {
        let on_servers = seats.iter().any(|seat| seat.content().is_some());
        // what was moved away or deleted elsewhere is not brought back from memory
        let remembers = on_servers || !self.is_gone(seats);
        let remembered = [&self.memory.newest, &self.memory.pending];
        let remembered = remembered.into_iter().flatten();
        let remembered = remembered
            .filter(|one| remembers && one.public_key() == self.public_key())
            .filter(|one| open(&self.keys, one.bytes()).is_ok());
        let mut top: Vec<Signed> = Vec::new();
        for one in seats.iter().filter_map(Seat::content).chain(remembered) {
            let highest = top.first().map_or(0, |one| one.head().revision);
            if one.head().revision > highest {
                top.clear();
            }
            if one.head().revision >= highest && !top.contains(one) {
                top.push(one.clone());
            }
        }
        top
    }

    fn nothing(&mut self, seats: Vec<Seat>) -> FederationError {
        let found_nothing = seats.iter().any(|seat| matches!(seat.has, Has::Nothing));
        self.took_note_of(&seats);
        // with a wrong password it would be remembered in the place of the wallet's
        if self.memory.is_of(self.public_key()) {
            let _ = self.remember();
        }
        let lines = lines(seats);
        match found_nothing {
            true => FederationError::NotFound { lines },
            false => FederationError::NoAnswer { lines },
        }
    }

    /// Gives each server its verdict, and finds the contents that the newest did not come from.
    fn judge(&self, seats: &mut [Seat], top: &[Signed], revision: u64) -> Vec<Signed> {
        let mut strays: Vec<Signed> = Vec::new();
        for seat in seats {
            let Some(content) = seat.content() else {
                continue;
            };
            let head = content.head();
            let is_stray = head.revision < revision && !self.memory.way.leads_over(head, revision);
            if is_stray && !strays.contains(content) {
                strays.push(content.clone());
            }
            seat.line.verdict = match seat.line.verdict {
                _ if is_stray || (head.revision == revision && top.len() > 1) => Verdict::Conflict,
                Verdict::Ok if head.revision < revision => Verdict::Behind,
                as_it_is => as_it_is,
            };
        }
        if let Some(pending) = &self.memory.pending {
            let is_over = pending.head().revision < revision;
            if is_over
                && !self.memory.way.leads_over(pending.head(), 0)
                && !strays.contains(pending)
            {
                strays.push(pending.clone());
            }
        }
        strays
    }

    /// What each server has is the base of what it is told next.
    pub(super) fn took_note_of(&mut self, seats: &[Seat]) {
        self.heads = seats.iter().map(Seat::head).collect();
        let is_gone = self.is_gone(seats);
        for seat in seats {
            match seat.head() {
                Some(head) => self.memory.server_has(&seat.line.server, head),
                None if is_gone && seat.is_gone() => self.memory.server_lost(&seat.line.server),
                None => {}
            }
        }
        self.memory.is_gone |= is_gone && self.heads.iter().all(Option::is_none);
        if self.heads.iter().any(Option::is_some) {
            self.memory.publickey = Some(*self.public_key());
        }
    }

    /// How many servers had such a content when they were last asked.
    pub(super) fn held(&self, is_it: impl Fn(Head) -> bool) -> usize {
        self.heads
            .iter()
            .flatten()
            .filter(|head| is_it(**head))
            .count()
    }

    /// A change of this device that a quorum has by now is no longer pending; neither is one that the newest came from.
    pub(super) fn settle_pending(&mut self) {
        let Some(pending) = &self.memory.pending else {
            return;
        };
        let head = pending.head();
        let held = self.held(|one| one == head);
        let newer = self.memory.highest_revision() > head.revision;
        if held >= self.quorum() || (newer && self.memory.way.leads_over(head, 0)) {
            self.memory.pending = None;
        }
    }
}

/// Without the plaintext.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content")
            .field("head", &self.head)
            .field("servers", &self.servers)
            .field("is_pending", &self.is_pending)
            .finish_non_exhaustive()
    }
}
