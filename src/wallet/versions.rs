//! Which older versions of a wallet stay.

use std::collections::HashSet;

use crate::clock::Time;
use crate::store::Version;

use super::Rules;

/// How many older versions there are at the most, whatever is set: a wallet's record has to fit in one value of the store.
const MOST: usize = 400;

/// Takes out of `older` (newest first) what does not stay: all but the newest `limits.versions`, and the last of each of the past
/// `limits.daily_versions` days (UTC).
pub(super) fn prune(older: &mut Vec<Version>, rules: &Rules, now: Time) -> Vec<Version> {
    let days = i64::try_from(rules.daily_versions).unwrap_or(i64::MAX);
    let earliest = now.day().saturating_sub(days);
    let mut seen = HashSet::new();
    let mut place = 0;
    let (kept, dropped) = std::mem::take(older).into_iter().partition(|version| {
        place += 1;
        let day = version.saved.day();
        let last_of_its_day = seen.insert(day);
        let of_a_past_day = last_of_its_day && (earliest..now.day()).contains(&day);
        place <= MOST && (place <= rules.versions || of_a_past_day)
    });
    *older = kept;
    dropped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::BlobHash;

    const DAY: i64 = 86_400_000;

    fn rules(versions: usize, daily_versions: u64) -> Rules {
        Rules {
            versions,
            daily_versions,
            code_expire_seconds: 1800,
            replace_days: 30,
            keep_days: 90,
            registration: crate::wallet::Registration::Open,
            names: Vec::new(),
        }
    }

    fn saved_at(times: &[i64]) -> Vec<Version> {
        let version = |&time: &i64| Version {
            data: 0,
            hash: BlobHash([0; 32]),
            bytes: 1,
            saved: Time(time),
            revision: None,
            signature: Vec::new(),
        };
        times.iter().map(version).collect()
    }

    fn times(versions: &[Version]) -> Vec<i64> {
        versions.iter().map(|version| version.saved.0).collect()
    }

    #[test]
    fn the_newest_and_the_last_of_each_day_stay() {
        let now = Time(100 * DAY + 5);
        let mut older = saved_at(&[
            100 * DAY + 4,
            100 * DAY + 3,
            100 * DAY + 2,
            99 * DAY + 9,
            99 * DAY + 8,
            98 * DAY,
            97 * DAY,
        ]);
        let dropped = prune(&mut older, &rules(2, 2), now);
        assert_eq!(
            times(&older),
            [100 * DAY + 4, 100 * DAY + 3, 99 * DAY + 9, 98 * DAY]
        );
        assert_eq!(times(&dropped), [100 * DAY + 2, 99 * DAY + 8, 97 * DAY]);
    }

    #[test]
    fn versions_of_long_ago_stay_while_they_are_among_the_newest() {
        let mut older = saved_at(&[50 * DAY, 40 * DAY, 30 * DAY]);
        let dropped = prune(&mut older, &rules(2, 7), Time(100 * DAY));
        assert_eq!(times(&older), [50 * DAY, 40 * DAY]);
        assert_eq!(times(&dropped), [30 * DAY]);
    }
}
