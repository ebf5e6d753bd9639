//! Who has been asking for a wallet, and when (PROTOCOL.md, section 5, `fetchWallet`).
//!
//! Kept in memory and stored about twice a second, so that no fetch becomes a synced write: a crash may lose the last
//! second, and nothing else depends on it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::Caller;
use crate::clock::Time;
use crate::network::host;
use crate::store::{self, Store, StoreError, Table, WalletId};

const RECENT: usize = 100;
const RECENT_OF_ONE: usize = 10;
const ADDRESSES: usize = 100;
const SHARDS: usize = 64;
const NEIGHBOURS: u64 = 32;
/// How many addresses and requests stay in memory when they are stored already, of all wallets together: less than 100 bytes each.
const REMEMBERED: usize = 1_000_000;
const SLICE: usize = 500;
/// About so many wallets' statistics are handed to the store at a time.
const TOGETHER: usize = 1000;

/// A request for a wallet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// When.
    pub time: Time,
    /// From where; an IPv6 caller as the first address of its /64.
    pub ip: IpAddr,
    /// With which method.
    pub method: Cow<'static, str>,
    /// `ok`, `not_modified`, or an error's name.
    pub outcome: Cow<'static, str>,
}

impl Access {
    /// A request of this caller.
    pub(super) fn new(time: Time, caller: Caller, outcome: &'static str) -> Self {
        Self {
            time,
            ip: host(caller.ip),
            method: caller.method.into(),
            outcome: outcome.into(),
        }
    }
}

/// An address that has been asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The address; an IPv6 caller as the first address of its /64.
    pub ip: IpAddr,
    /// How often.
    pub requests: u64,
    /// When first.
    pub first: Time,
    /// When last.
    pub last: Time,
}

/// The statistics of one wallet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalletStatistics {
    /// How often `fetchWallet` named it.
    pub fetches: u64,
    /// The 100 most recently seen addresses, the last one first.
    pub addresses: Vec<Seen>,
    /// The newest 100 requests, of one address at most 10, newest first.
    pub recent: Vec<Access>,
}

impl WalletStatistics {
    fn record(&mut self, access: Access) {
        if access.method == "fetchWallet" {
            self.fetches += 1;
        }
        let mut seen = match self.addresses.iter().position(|seen| seen.ip == access.ip) {
            Some(at) => self.addresses.remove(at),
            None => Seen {
                ip: access.ip,
                requests: 0,
                first: access.time,
                last: access.time,
            },
        };
        seen.requests += 1;
        seen.last = seen.last.max(access.time);
        self.addresses.insert(0, seen);
        self.addresses.truncate(ADDRESSES);

        let of_this_one = self.recent.iter().filter(|other| other.ip == access.ip);
        if of_this_one.count() >= RECENT_OF_ONE
            && let Some(oldest) = self.recent.iter().rposition(|other| other.ip == access.ip)
        {
            self.recent.remove(oldest);
        }
        self.recent.insert(0, access);
        self.recent.truncate(RECENT);
    }

    /// How many addresses and requests it holds, and one for itself.
    fn size(&self) -> usize {
        1 + self.addresses.len() + self.recent.len()
    }

    /// Drops what is older than `earliest`, and says whether there was any.
    fn forget_before(&mut self, earliest: Time) -> bool {
        let before = (self.addresses.len(), self.recent.len());
        self.addresses.retain(|seen| seen.last >= earliest);
        self.recent.retain(|access| access.time >= earliest);
        before != (self.addresses.len(), self.recent.len())
    }
}

#[derive(Debug, Default)]
struct Entry {
    statistics: WalletStatistics,
    unsaved: bool,
}

type Shard = HashMap<WalletId, Entry>;

/// The statistics of all wallets.
pub struct Statistics {
    store: Arc<dyn Store>,
    keep_days: u64,
    shards: Vec<Mutex<Shard>>,
    /// Everything before that is stored.
    stored: Mutex<Instant>,
}

impl Statistics {
    pub(super) fn new(store: Arc<dyn Store>, keep_days: u64) -> Self {
        Self {
            store,
            keep_days,
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            stored: Mutex::new(Instant::now()),
        }
    }

    /// Adds a request to a wallet's statistics, and returns them with it.
    pub(super) fn record(&self, wallet: WalletId, access: Access) -> WalletStatistics {
        let earliest = access.time.minus_days(self.keep_days);
        let mut shard = self.shard(wallet);
        let entry = shard.entry(wallet).or_insert_with(|| self.load(wallet));
        entry.statistics.forget_before(earliest);
        entry.statistics.record(access);
        entry.unsaved = true;
        entry.statistics.clone()
    }

    /// Those of a wallet, as they stand.
    pub(super) fn of(&self, wallet: WalletId) -> WalletStatistics {
        let shard = self.shard(wallet);
        match shard.get(&wallet) {
            Some(entry) => entry.statistics.clone(),
            None => self.load(wallet).statistics,
        }
    }

    /// Drops those of a wallet that is gone.
    pub(super) fn forget(&self, wallet: WalletId) {
        self.shard(wallet).remove(&wallet);
    }

    /// Stores what is not stored yet. To be called about twice a second, and once at the end; not by two at once.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is forgotten then, and the next call tries again.
    pub async fn flush(&self) -> Result<(), StoreError> {
        let begun = Instant::now();
        let mut shards = 0..SHARDS;
        loop {
            // each time the store is asked costs a sync
            let mut unsaved = Vec::new();
            while unsaved.len() < TOGETHER
                && let Some(shard) = shards.next()
            {
                unsaved.extend(self.take_unsaved(shard));
            }
            if unsaved.is_empty() {
                break;
            }
            let ids: Vec<WalletId> = unsaved.iter().map(|(id, _)| *id).collect();
            if let Err(error) = self.store.put_statistics(unsaved).await {
                for id in ids {
                    if let Some(entry) = self.shard(id).get_mut(&id) {
                        entry.unsaved = true;
                    }
                }
                return Err(error);
            }
        }
        *self.stored.lock().unwrap_or_else(PoisonError::into_inner) = begun;
        self.make_room();
        Ok(())
    }

    /// How old the oldest request may be that is not stored yet.
    pub fn behind(&self) -> Duration {
        let stored = self.stored.lock().unwrap_or_else(PoisonError::into_inner);
        stored.elapsed()
    }

    /// Drops what is older than `statistics.keep_days`, also of wallets for which nobody asks.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget_old(&self, now: Time) -> Result<(), StoreError> {
        let earliest = now.minus_days(self.keep_days);
        let mut after: Option<Vec<u8>> = None;
        loop {
            let entries = self
                .store
                .scan(Table::Statistics, after.as_deref(), SLICE)?;
            let Some((last, _)) = entries.last() else {
                return Ok(());
            };
            after = Some(last.clone());
            for id in entries
                .iter()
                .filter_map(|(key, _)| key.as_slice().try_into().ok())
            {
                let id = WalletId::from_be_bytes(id);
                let mut shard = self.shard(id);
                // what is in memory may be on its way to the store: it has to stay there
                let known = shard.contains_key(&id);
                let entry = shard.entry(id).or_insert_with(|| self.load(id));
                if entry.statistics.forget_before(earliest) {
                    entry.unsaved = true;
                } else if !known {
                    shard.remove(&id);
                }
            }
        }
    }

    fn take_unsaved(&self, shard: usize) -> Vec<(WalletId, store::Statistics)> {
        let mut shard = self.lock(shard);
        let mut unsaved = Vec::new();
        for (id, entry) in shard.iter_mut().filter(|(_, entry)| entry.unsaved) {
            entry.unsaved = false;
            unsaved.push((*id, store::Statistics(encode(&entry.statistics))));
        }
        // neighbours lie together in the store
        unsaved.sort_unstable_by_key(|(id, _)| *id);
        unsaved
    }

    fn make_room(&self) {
        for shard in 0..SHARDS {
            let mut shard = self.lock(shard);
            let remembered: usize = shard.values().map(|entry| entry.statistics.size()).sum();
            if remembered > REMEMBERED / SHARDS {
                shard.retain(|_, entry| entry.unsaved);
                shard.shrink_to_fit();
            }
        }
    }

    fn load(&self, wallet: WalletId) -> Entry {
        let statistics = match self.store.statistics(wallet) {
            Ok(stored) => stored
                .and_then(|stored| decode(&stored.0))
                .unwrap_or_default(),
            Err(error) => {
                tracing::error!(%error, "the statistics of a wallet cannot be read; they begin anew");
                WalletStatistics::default()
            }
        };
        Entry {
            statistics,
            unsaved: false,
        }
    }

    fn shard(&self, wallet: WalletId) -> MutexGuard<'_, Shard> {
        // neighbours are together, so that they are stored together
        self.lock((wallet / NEIGHBOURS % SHARDS as u64) as usize)
    }

    fn lock(&self, shard: usize) -> MutexGuard<'_, Shard> {
        self.shards[shard]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn encode(statistics: &WalletStatistics) -> Vec<u8> {
    #[expect(clippy::expect_used, reason = "our own types always have an encoding")]
    postcard::to_stdvec(statistics).expect("an encoding")
}

pub(super) fn decode(bytes: &[u8]) -> Option<WalletStatistics> {
    postcard::from_bytes(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(time: i64, ip: &str, method: &'static str) -> Access {
        let caller = Caller {
            ip: ip.parse().expect("an address"),
            method,
        };
        Access::new(Time(time), caller, "ok")
    }

    #[test]
    fn nobody_can_flush_the_evidence() {
        let mut statistics = WalletStatistics::default();
        statistics.record(access(1, "192.0.2.1", "fetchWallet"));
        for time in 2..1000 {
            statistics.record(access(time, "198.51.100.9", "saveWallet"));
        }
        assert_eq!(statistics.fetches, 1);
        assert_eq!(statistics.recent.len(), RECENT_OF_ONE + 1);
        assert_eq!(statistics.recent[0].time, Time(999));
        assert_eq!(statistics.recent[10].ip.to_string(), "192.0.2.1");
        assert_eq!(statistics.addresses.len(), 2);
        assert_eq!(statistics.addresses[0].requests, 998);
    }

    #[test]
    fn a_hundred_addresses_and_requests_at_the_most() {
        let mut statistics = WalletStatistics::default();
        for host in 0..=255 {
            statistics.record(access(host, &format!("192.0.2.{host}"), "fetchWallet"));
        }
        assert_eq!(
            (statistics.addresses.len(), statistics.recent.len()),
            (100, 100)
        );
        assert_eq!(statistics.addresses[99].ip.to_string(), "192.0.2.156");
        assert_eq!(statistics.recent[99].time, Time(156));
    }

    #[test]
    fn an_ipv6_caller_is_its_network() {
        let mut statistics = WalletStatistics::default();
        statistics.record(access(1, "2001:db8::1", "fetchWallet"));
        statistics.record(access(2, "2001:db8::2", "fetchWallet"));
        assert_eq!(statistics.addresses.len(), 1);
    }

    #[test]
    fn what_is_old_goes() {
        let mut statistics = WalletStatistics::default();
        statistics.record(access(10, "192.0.2.1", "fetchWallet"));
        statistics.record(access(20, "192.0.2.2", "fetchWallet"));
        assert!(statistics.forget_before(Time(15)));
        assert!(!statistics.forget_before(Time(15)));
        assert_eq!(
            (
                statistics.addresses.len(),
                statistics.recent.len(),
                statistics.fetches
            ),
            (1, 1, 2)
        );
        assert_eq!(decode(&encode(&statistics)), Some(statistics));
    }
}
