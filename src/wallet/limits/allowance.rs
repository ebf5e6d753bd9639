//! One limit: how many an hour, for each key.

use std::fmt;
use std::hash::Hash;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::{Quota, RateLimiter};

use super::cells::{Ask, Cells};

const HOUR_NANOS: u64 = 3_600_000_000_000;

/// In no hour, wherever it starts, are more than N accepted for a key; who was idle has half of them (rounded up) at once.
pub(super) struct Allowance<K: Hash + Eq + Clone, C: Clock> {
    limiter: RateLimiter<Ask<K>, Cells<K>, C, NoOpMiddleware<C::Instant>>,
}

impl<K: Hash + Eq + Clone, C: Clock> Allowance<K, C> {
    /// So many an hour, up to 8 * 10^9; beyond `remembered` keys at a time new ones share.
    pub(super) fn new(per_hour: u64, remembered: usize, clock: C) -> Self {
        Self {
            limiter: RateLimiter::new(quota(per_hour), Cells::new(remembered), clock),
        }
    }

    /// Counts one.
    ///
    /// # Errors
    /// The time until it would be accepted; then nothing was counted.
    pub(super) fn take(&self, key: &K) -> Result<(), Duration> {
        self.ask(&Ask::to_take(key.clone()))
    }

    /// The time until one would be accepted, zero if at once. Counts nothing.
    pub(super) fn wait(&self, key: &K) -> Duration {
        self.ask(&Ask::to_look(key.clone()))
            .err()
            .unwrap_or_default()
    }

    /// Drops the keys whose allowance is whole again.
    pub(super) fn forget_idle(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }

    /// How many keys are remembered one by one.
    #[cfg(test)]
    pub(super) fn remembered(&self) -> usize {
        self.limiter.len()
    }

    fn ask(&self, ask: &Ask<K>) -> Result<(), Duration> {
        self.limiter
            .check_key(ask)
            .map_err(|refused| refused.wait_time_from(self.limiter.clock().now()))
    }
}

impl<K: Hash + Eq + Clone, C: Clock> fmt::Debug for Allowance<K, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Allowance")
            .field("keys", &self.limiter.len())
            .finish()
    }
}

/// The strict form: B = N/2 (rounded up) at once, then one every hour/(N - B + 1), rounded up to whole nanoseconds.
///
/// That any N + 1 in a row last an hour or more follows: N + 1 - B of them waited that time.
fn quota(per_hour: u64) -> Quota {
    let burst = per_hour.div_ceil(2);
    let period = Duration::from_nanos(HOUR_NANOS.div_ceil(per_hour - burst + 1));
    let burst = u32::try_from(burst)
        .ok()
        .and_then(NonZeroU32::new)
        .unwrap_or(NonZeroU32::MIN);
    Quota::with_period(period)
        .unwrap_or(Quota::per_hour(NonZeroU32::MIN))
        .allow_burst(burst)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_exact_at_both_ends() {
        for (per_hour, burst, nanos) in [
            (1, 1, HOUR_NANOS),
            (2, 1, HOUR_NANOS / 2),
            (3, 2, HOUR_NANOS / 2),
            (13, 7, 514_285_714_286),
            (120, 60, 59_016_393_443),
            (1_000_000_000, 500_000_000, 7_200),
            (8_000_000_000, 4_000_000_000, 900),
        ] {
            let quota = quota(per_hour);
            assert_eq!(u64::from(quota.burst_size().get()), burst, "{per_hour}");
            assert_eq!(quota.replenish_interval(), Duration::from_nanos(nanos));
            let rest = per_hour + 1 - burst;
            assert!(nanos * rest >= HOUR_NANOS, "{per_hour}");
        }
    }
}
