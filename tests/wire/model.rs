//! Sections 5, 5.1 and 5.2 once more, written down from PROTOCOL.md as plainly as possible, to compare the server with.

mod answer;
mod wallet;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use answer::Answer;
use answer::name;
pub(crate) use wallet::revision;
use wallet::{Retired, Wallet};

pub(crate) type Key = u8;
pub(crate) type Bytes = Vec<u8>;
/// Milliseconds since 1970.
pub(crate) type Moment = i64;

const DAY: i64 = 86_400_000;
const LEAP: u64 = 1 << 40;

#[derive(Debug, Clone)]
struct Code {
    email: u8,
    expires: Moment,
    spent: Option<(Key, Bytes, Moment)>,
}

/// A server that has no wire and no disk.
#[derive(Debug, Default)]
pub(crate) struct Model {
    pub(crate) now: Moment,
    pub(crate) wallets: BTreeMap<Key, Wallet>,
    retired: BTreeMap<Key, Retired>,
    codes: Vec<Code>,
    /// Which wallet an address has, and when it was taken away from another one.
    addresses: BTreeMap<u8, (u64, Option<Moment>)>,
    made: u64,
}

impl Model {
    pub(crate) fn beginning(now: Moment) -> Self {
        Self {
            now,
            ..Self::default()
        }
    }

    pub(crate) fn request_code(&mut self, email: u8) {
        let expires = self.now + 1800 * 1000;
        self.codes.push(Code {
            email,
            expires,
            spent: None,
        });
    }

    pub(crate) fn code_count(&self) -> usize {
        self.codes.len()
    }

    pub(crate) fn create(
        &mut self,
        code: Option<usize>,
        key: Key,
        data: &Bytes,
        replace: bool,
    ) -> Answer {
        let answer = self.decide_create(code, key, data, replace);
        self.note(key, "createWallet", name(&answer));
        answer
    }

    fn decide_create(
        &mut self,
        code: Option<usize>,
        key: Key,
        data: &Bytes,
        replace: bool,
    ) -> Answer {
        let Some(code) = code else {
            return Answer::Error("InvalidCode");
        };
        let Code {
            email,
            expires,
            spent,
        } = self.codes[code].clone();
        if let Some((by, bytes, at)) = spent {
            if (by, &bytes) == (key, data) && self.now < at + DAY {
                match self.wallets.get(&key) {
                    Some(wallet) if wallet.current() == data => return self.stored(key),
                    Some(_) => return Answer::Error("WalletExists"),
                    None => {}
                }
            }
            return Answer::Error("InvalidCode");
        }
        if self.now >= expires {
            return Answer::Error("InvalidCode");
        }
        if self.wallets.contains_key(&key) {
            return Answer::Error("WalletExists");
        }
        if let Some(refused) = self.section_5_1(key, data, None) {
            return refused;
        }
        let address = self.addresses.get(&email).copied();
        if let Some((_, replaced)) = address {
            let lately = replaced.is_some_and(|at| self.now < at + 30 * DAY);
            if !replace || lately {
                return Answer::Error("EmailInUse");
            }
        }
        let known = self.retired.get(&key).map_or(0, |retired| retired.highest);
        if revision(data).is_some_and(|revision| revision > known + LEAP) {
            return Answer::Error("InvalidData");
        }

        let retired = self.retired.remove(&key);
        let time = retired
            .as_ref()
            .map_or(self.now, |retired| self.now.max(retired.since));
        self.made += 1;
        let mut wallet = Wallet {
            number: self.made,
            email: Some(email),
            created: time,
            versions: Vec::new(),
            past: BTreeSet::new(),
            own: BTreeSet::new(),
            highest: 0,
            fetches: 0,
            requests: 0,
            recent: Vec::new(),
        };
        if let Some(retired) = retired {
            wallet.inherit(retired);
        }
        wallet.store(data, time);
        if let Some((older, _)) = address {
            for wallet in self
                .wallets
                .values_mut()
                .filter(|wallet| wallet.number == older)
            {
                wallet.email = None;
            }
        }
        self.addresses
            .insert(email, (wallet.number, address.map(|_| self.now)));
        self.codes[code].spent = Some((key, data.clone(), self.now));
        self.wallets.insert(key, wallet);
        self.stored(key)
    }

    pub(crate) fn save(&mut self, key: Key, data: &Bytes, original: Option<&Bytes>) -> Answer {
        let answer = self.decide_save(key, data, original);
        self.note(key, "saveWallet", name(&answer));
        answer
    }

    fn decide_save(&mut self, key: Key, data: &Bytes, original: Option<&Bytes>) -> Answer {
        let Some(wallet) = self.wallets.get(&key) else {
            return self.not_found(key);
        };
        if wallet.current() == data {
            return self.stored(key);
        }
        if revision(data).is_none() && wallet.past.contains(data) {
            return Answer::Stale(None);
        }
        if let Some(refused) = self.may_not_replace(key, data, original, 0) {
            return refused;
        }
        let now = self.now;
        let wallet = self.wallets.get_mut(&key).unwrap();
        wallet.store(data, now.max(wallet.updated()));
        wallet.versions = wallet.listed(now);
        wallet.versions.reverse();
        self.stored(key)
    }

    pub(crate) fn change(
        &mut self,
        old: Key,
        new: Key,
        data: &Bytes,
        bound: bool,
        original: Option<&Bytes>,
    ) -> Answer {
        let repeated = self.retired.get(&old).is_some_and(|retired| {
            retired.moved.is_some_and(|(to, _)| to == new) && retired.by == *data
        });
        let answer = if repeated {
            match self.wallets.get(&new) {
                Some(wallet) if wallet.current() == data => self.stored(new),
                _ => Answer::Stale(None),
            }
        } else {
            self.decide_change(old, new, data, bound, original)
        };
        let named = if repeated || name(&answer) == "ok" {
            new
        } else {
            old
        };
        self.note(named, "changePassword", name(&answer));
        if name(&answer) == "WalletExists" {
            self.note(new, "changePassword", "WalletExists");
        }
        answer
    }

    fn decide_change(
        &mut self,
        old: Key,
        new: Key,
        data: &Bytes,
        bound: bool,
        original: Option<&Bytes>,
    ) -> Answer {
        let Some(wallet) = self.wallets.get(&old) else {
            return self.not_found(old);
        };
        if !bound && revision(wallet.current()).is_some() {
            return Answer::Error("BindingRequired");
        }
        if old == new {
            return Answer::Error("KeyUnchanged");
        }
        if self.wallets.contains_key(&new) {
            return Answer::Error("WalletExists");
        }
        if let Some(refused) = self.section_5_1(new, data, Some(wallet.number)) {
            return refused;
        }
        if wallet.current() == data || (revision(data).is_none() && wallet.past.contains(data)) {
            return Answer::Stale(None);
        }
        let known = self.retired.get(&new).map_or(0, |retired| retired.highest);
        if let Some(refused) = self.may_not_replace(old, data, original, known) {
            return refused;
        }
        let mut wallet = self.wallets.remove(&old).unwrap();
        let arrived_at = self.retired.remove(&new);
        let reached = arrived_at.as_ref().map_or(0, |retired| retired.since);
        let time = self.now.max(wallet.updated()).max(reached);
        let left = Retired {
            moved: Some((new, wallet.number)),
            since: time,
            by: data.clone(),
            past: wallet.past.clone(),
            highest: wallet.highest,
        };
        self.retired.insert(old, left);
        if let Some(retired) = arrived_at {
            wallet.inherit(retired);
        }
        wallet.versions.clear();
        wallet.store(data, time);
        self.wallets.insert(new, wallet);
        self.stored(new)
    }

    pub(crate) fn delete(&mut self, key: Key, data: &Bytes) -> Answer {
        let answer = self.decide_delete(key, data);
        self.note(key, "deleteWallet", name(&answer));
        answer
    }

    fn decide_delete(&mut self, key: Key, data: &Bytes) -> Answer {
        let Some(wallet) = self.wallets.get(&key) else {
            return match self.retired.get(&key) {
                Some(retired) if retired.moved.is_none() && retired.by == *data => Answer::Deleted,
                _ => self.not_found(key),
            };
        };
        if wallet.current() != data {
            return self.conflict(key);
        }
        let wallet = self.wallets.remove(&key).unwrap();
        let since = self.now.max(wallet.updated());
        let left = Retired {
            moved: None,
            since,
            by: data.clone(),
            past: wallet.past,
            highest: wallet.highest,
        };
        self.retired.insert(key, left);
        if let Some(email) = wallet.email {
            self.addresses.remove(&email);
        }
        Answer::Deleted
    }

    /// A method that only looks: `WalletNotFound`, or nothing to object.
    pub(crate) fn look(
        &mut self,
        key: Key,
        method: &'static str,
        outcome: &'static str,
    ) -> Option<Answer> {
        if self.wallets.contains_key(&key) {
            self.note(key, method, outcome);
            return None;
        }
        Some(self.not_found(key))
    }

    fn section_5_1(&self, key: Key, data: &Bytes, comes: Option<u64>) -> Option<Answer> {
        let retired = self.retired.get(&key)?;
        if let Some((_, left)) = retired.moved
            && comes != Some(left)
        {
            return Some(Answer::Error("KeyRetired"));
        }
        // a wallet that comes back stood under this key, and what it held elsewhere since is stale, too
        let back = self
            .wallets
            .values()
            .find(|wallet| retired.moved.is_some_and(|(_, left)| left == wallet.number));
        let held =
            retired.past.contains(data) || back.is_some_and(|wallet| wallet.own.contains(data));
        let may_come = match revision(data) {
            Some(revision) => revision > retired.highest,
            None => retired.highest == 0 && !held,
        };
        (!may_come).then_some(Answer::Stale(Some(retired.highest)))
    }

    /// "As `saveWallet` from `original_local_hash` on": why it may not be stored, if so.
    fn may_not_replace(
        &self,
        key: Key,
        data: &Bytes,
        original: Option<&Bytes>,
        known: u64,
    ) -> Option<Answer> {
        let wallet = &self.wallets[&key];
        if original.is_some_and(|original| original != wallet.current()) {
            return Some(self.conflict(key));
        }
        if let Some(stored) = revision(wallet.current())
            && revision(data).is_none_or(|revision| revision <= stored)
        {
            return Some(self.conflict(key));
        }
        let highest = wallet.highest.max(known);
        revision(data)
            .is_some_and(|revision| revision > highest + LEAP)
            .then_some(Answer::Error("InvalidData"))
    }

    fn stored(&self, key: Key) -> Answer {
        let wallet = &self.wallets[&key];
        Answer::Stored {
            key,
            data: wallet.current().clone(),
            created: wallet.created,
            updated: wallet.updated(),
        }
    }

    fn conflict(&self, key: Key) -> Answer {
        let wallet = &self.wallets[&key];
        Answer::Conflict {
            data: wallet.current().clone(),
            updated: wallet.updated(),
        }
    }

    fn not_found(&self, key: Key) -> Answer {
        Answer::WalletNotFound(self.retired.get(&key).map(|retired| {
            let was = if retired.moved.is_some() {
                "moved"
            } else {
                "deleted"
            };
            (was, retired.since)
        }))
    }

    fn note(&mut self, key: Key, method: &'static str, outcome: &'static str) {
        let now = self.now;
        if let Some(wallet) = self.wallets.get_mut(&key) {
            wallet.note(now, method, outcome);
        }
    }
}
