//! A wallet of the model, and what stays when it leaves a key.

use std::collections::BTreeSet;

use super::{Bytes, DAY, Key, Moment};

/// The revision that the server sees, if it calls these bytes sealed.
pub(crate) fn revision(data: &[u8]) -> Option<u64> {
    data.starts_with(b"LRM1")
        .then(|| u64::from_be_bytes(data[4..12].try_into().unwrap()))
}

#[derive(Debug, Clone)]
pub(crate) struct Wallet {
    pub(super) number: u64,
    pub(super) email: Option<u8>,
    pub(crate) created: Moment,
    /// Oldest first, the last one current.
    pub(super) versions: Vec<(Bytes, Moment)>,
    /// Opaque bytes that it, or who stood under its keys before it, ever held.
    pub(super) past: BTreeSet<Bytes>,
    /// Those that it held itself, under whichever key.
    pub(super) own: BTreeSet<Bytes>,
    pub(super) highest: u64,
    pub(crate) fetches: u64,
    pub(crate) requests: u64,
    /// Newest first: when, method, outcome.
    pub(crate) recent: Vec<(Moment, &'static str, &'static str)>,
}

#[derive(Debug, Clone)]
pub(super) struct Retired {
    pub(super) moved: Option<(Key, u64)>,
    pub(super) since: Moment,
    pub(super) by: Bytes,
    pub(super) past: BTreeSet<Bytes>,
    pub(super) highest: u64,
}

impl Wallet {
    pub(crate) fn current(&self) -> &Bytes {
        &self.versions.last().unwrap().0
    }

    pub(crate) fn updated(&self) -> Moment {
        self.versions.last().unwrap().1
    }

    pub(super) fn store(&mut self, data: &Bytes, at: Moment) {
        match revision(data) {
            Some(revision) => self.highest = self.highest.max(revision),
            None => {
                self.past.insert(data.clone());
                self.own.insert(data.clone());
            }
        }
        self.versions.push((data.clone(), at));
    }

    pub(super) fn inherit(&mut self, retired: Retired) {
        self.highest = self.highest.max(retired.highest);
        self.past.extend(retired.past);
    }

    /// Newest first: five beside the current one, and the last of each of the past seven days.
    pub(crate) fn listed(&self, now: Moment) -> Vec<(Bytes, Moment)> {
        let today = now.div_euclid(DAY);
        let newest_first: Vec<_> = self.versions.iter().rev().cloned().collect();
        let older = &newest_first[1..];
        let kept = older.iter().enumerate().filter(|(place, (_, saved))| {
            let day = saved.div_euclid(DAY);
            let is_last_of_day = !older[..*place]
                .iter()
                .any(|(_, later)| later.div_euclid(DAY) == day);
            *place < 5 || (is_last_of_day && (today - 7..today).contains(&day))
        });
        let mut listed = vec![newest_first[0].clone()];
        listed.extend(kept.map(|(_, version)| version.clone()));
        listed
    }

    pub(super) fn note(&mut self, now: Moment, method: &'static str, outcome: &'static str) {
        self.recent.retain(|(time, ..)| *time >= now - 90 * DAY);
        self.recent.insert(0, (now, method, outcome));
        self.recent.truncate(10);
        self.requests += 1;
        self.fetches += u64::from(method == "fetchWallet");
    }
}
