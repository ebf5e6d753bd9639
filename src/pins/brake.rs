//! The brake on an attack on many wallets at once.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::clock::Time;
use crate::store::AccessDigest;

const HOUR: i64 = 60 * 60 * 1000;

/// Counts wallets to which a wrong pin came within the last hour: each once, since the start of this process.
///
/// While there are more of them than `pins.attack_per_hour`, pins are taken from known addresses only, and not counted here: nobody holds it closed for
/// longer than an hour. Logins that are under way while it closes, one for each of the places of `turn` at most, still come through.
#[derive(Debug)]
pub(super) struct Brake {
    most: usize,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    /// Oldest first, and never more than one above the most.
    times: VecDeque<(Time, AccessDigest)>,
    wallets: HashSet<AccessDigest>,
    closed: bool,
}

impl Brake {
    pub(super) fn new(attack_per_hour: u32) -> Self {
        Self {
            most: attack_per_hour as usize,
            seen: Mutex::default(),
        }
    }

    /// Counts a wrong pin.
    pub(super) fn count(&self, wallet: &AccessDigest, now: Time) {
        let mut seen = self.lock();
        seen.set_back(now);
        seen.forget_before(now);
        if seen.times.len() > self.most || !seen.wallets.insert(*wallet) {
            return;
        }
        seen.times.push_back((now, *wallet));
        if seen.times.len() > self.most && !seen.closed {
            seen.closed = true;
            tracing::warn!(
                wallets = seen.times.len(),
                "wrong pins for so many wallets in an hour are an attack: pins are taken only from addresses from which the wallet was opened lately (pins.attack_per_hour)"
            );
        }
    }

    /// Whether it is closed, and for how many seconds if nothing else comes; at least 1.
    pub(super) fn closed_for(&self, now: Time) -> Option<u64> {
        let mut seen = self.lock();
        seen.set_back(now);
        seen.forget_before(now);
        if seen.times.len() <= self.most {
            if seen.closed {
                seen.closed = false;
                tracing::info!(
                    "the attack on pins is over: they are taken from every address again"
                );
            }
            return None;
        }
        let (oldest, _) = seen.times.front()?;
        let left = oldest.0.saturating_add(HOUR).saturating_sub(now.0);
        Some(u64::try_from(left).unwrap_or(0).div_ceil(1000).max(1))
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    /// The clock was ahead: what it stamped was no later than now.
    fn set_back(&mut self, now: Time) {
        for (time, _) in self
            .times
            .iter_mut()
            .rev()
            .take_while(|(time, _)| *time > now)
        {
            *time = now;
        }
    }

    fn forget_before(&mut self, now: Time) {
        while let Some((time, _)) = self.times.front()
            && now.0.saturating_sub(time.0) >= HOUR
        {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        if let Some((_, wallet)) = self.times.pop_front() {
            self.wallets.remove(&wallet);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wallet(number: u8) -> AccessDigest {
        AccessDigest([number; 32])
    }

    #[test]
    fn it_closes_above_the_most_and_opens_when_it_is_calm() {
        let brake = Brake::new(2);
        for time in 0..100 {
            brake.count(&wallet(1), Time(time));
        }
        assert_eq!(brake.closed_for(Time(100)), None, "one wallet counts once");
        brake.count(&wallet(2), Time(1_000));
        assert_eq!(brake.closed_for(Time(1_000)), None);
        brake.count(&wallet(3), Time(2_000));
        assert_eq!(brake.closed_for(Time(2_000)), Some(3598));
        assert_eq!(brake.closed_for(Time(HOUR - 1)), Some(1));
        assert_eq!(brake.closed_for(Time(HOUR)), None);
        // the others still count
        brake.count(&wallet(1), Time(HOUR));
        assert_eq!(brake.closed_for(Time(HOUR)), Some(1));
    }

    #[test]
    fn it_remembers_no_more_than_it_needs() {
        let brake = Brake::new(3);
        for number in 0..200 {
            brake.count(&wallet(number), Time(i64::from(number)));
        }
        let seen = brake.lock();
        assert_eq!((seen.times.len(), seen.wallets.len()), (4, 4));
    }

    #[test]
    fn a_clock_that_goes_back_neither_opens_it_nor_holds_it_closed() {
        let brake = Brake::new(1);
        brake.count(&wallet(1), Time(1_000_000 + 24 * HOUR));
        brake.count(&wallet(2), Time(1_000_001 + 24 * HOUR));
        assert_eq!(brake.closed_for(Time(1_000_000)), Some(3600));
        assert_eq!(brake.closed_for(Time(1_000_000 + HOUR)), None);
    }

    #[test]
    fn nobody_holds_it_closed() {
        let brake = Brake::new(1);
        for minute in 0..60 {
            brake.count(&wallet(minute), Time(i64::from(minute) * 60_000));
        }
        assert_eq!(brake.closed_for(Time(HOUR - 1)), Some(1));
        assert_eq!(brake.closed_for(Time(HOUR)), None);
    }
}
