use governor::clock::FakeRelativeClock;
use proptest::prelude::*;

use super::*;

const HOUR: Duration = Duration::from_secs(3600);
const NANOSECOND: Duration = Duration::from_nanos(1);

fn ip(text: &str) -> IpAddr {
    text.parse().expect("an address")
}

fn per_hour(number: u64) -> PerHour {
    PerHour::new(number).expect("a limit")
}

fn limits(settings: Settings) -> (Limits<FakeRelativeClock>, FakeRelativeClock) {
    let clock = FakeRelativeClock::default();
    (Limits::new(settings, clock.clone()), clock)
}

fn allowance(per_hour: u64) -> (Allowance<u8, FakeRelativeClock>, FakeRelativeClock) {
    let clock = FakeRelativeClock::default();
    (Allowance::new(per_hour, 10, clock.clone()), clock)
}

fn accepted_at_once(mut take: impl FnMut() -> bool) -> usize {
    (0..10_000).take_while(|_| take()).count()
}

#[test]
fn the_default_clock_will_do() {
    let limits = Limits::new(Settings::default(), DefaultClock::default());
    let accepted = accepted_at_once(|| limits.wallet_request(ip("192.0.2.7")).is_ok());
    assert_eq!(accepted, 60);
    let wait = limits.wallet_request(ip("192.0.2.7")).expect_err("used up");
    assert!((58..=60).contains(&wait.retry_after), "{wait:?}");
}

#[test]
fn a_limit_is_from_one_to_a_billion() {
    assert_eq!(PerHour::new(0), Err(InvalidPerHour));
    assert_eq!(PerHour::new(1_000_000_001), Err(InvalidPerHour));
    assert_eq!(
        serde_json::from_str::<PerHour>("7").ok(),
        PerHour::new(7).ok()
    );
    assert!(serde_json::from_str::<PerHour>("0").is_err());
    for number in [1, 1_000_000_000] {
        let (limits, clock) = limits(Settings {
            wallet_requests_per_hour: per_hour(number),
            ..Settings::default()
        });
        for address in ["192.0.2.7", "2001:db8::7"] {
            assert_eq!(limits.wallet_request(ip(address)), Ok(()));
        }
        clock.advance(24 * 365 * HOUR);
        assert_eq!(limits.wallet_request(ip("2001:db8::7")), Ok(()));
    }
}

#[test]
fn one_an_hour_is_one_an_hour() {
    let (limits, clock) = limits(Settings {
        locks_per_hour: per_hour(1),
        ..Settings::default()
    });
    let caller = ip("192.0.2.7");
    assert_eq!(limits.lock(caller), Ok(()));
    assert_eq!(limits.lock(caller), Err(Wait { retry_after: 3600 }));
    clock.advance(HOUR - NANOSECOND);
    assert_eq!(limits.lock(caller), Err(Wait { retry_after: 1 }));
    clock.advance(NANOSECOND);
    assert_eq!(limits.lock(caller), Ok(()));
}

#[test]
fn an_ipv4_caller_is_one_however_it_is_written() {
    let (limits, _) = limits(Settings::default());
    let mut addresses = ["192.0.2.7", "::ffff:192.0.2.7"].iter().cycle();
    let accepted = accepted_at_once(|| {
        let address = addresses.next().expect("endless");
        limits.code_by_address(ip(address)).is_ok()
    });
    assert_eq!(accepted, 5);
    assert_eq!(limits.code_by_address(ip("192.0.2.8")), Ok(()));
}

#[test]
fn a_64_is_one_caller_and_a_48_has_eight_times_as_much() {
    let (limits, clock) = limits(Settings::default());
    let code = |subnet: u16, host: u16| {
        let address = format!("2001:db8:1:{subnet:x}::{host:x}");
        limits.code_by_address(ip(&address))
    };
    assert_eq!((0..100).filter(|&host| code(0, host).is_ok()).count(), 5);
    assert_eq!(
        (1..100).filter(|&subnet| code(subnet, 1).is_ok()).count(),
        35
    );
    assert_eq!(limits.code_by_address(ip("2001:db8:2::1")), Ok(()));

    let wait = code(500, 1).expect_err("the /48 is used up");
    assert!((0..10).all(|_| code(500, 1) == Err(wait)));
    clock.advance(Duration::from_secs(wait.retry_after));
    assert_eq!(
        code(500, 1),
        Ok(()),
        "who was refused by the /48 has lost nothing"
    );
}

#[test]
fn an_exempt_caller_counts_nowhere() {
    let digest = [7; 32];
    let (limits, _) = limits(Settings {
        codes_per_hour_total: per_hour(2),
        exempt: vec!["10.0.0.0/8".parse().expect("a network")],
        ..Settings::default()
    });
    for caller in ["10.1.2.3", "::ffff:10.1.2.3"].map(ip) {
        for _ in 0..200 {
            assert_eq!(limits.wallet_request(caller), Ok(()));
            assert_eq!(limits.lock(caller), Ok(()));
            assert_eq!(limits.code_by_address(caller), Ok(()));
            assert_eq!(limits.code_by_email(caller, &digest), Ok(()));
            assert_eq!(limits.code_in_total(caller), Ok(()));
            assert_eq!(limits.code_retry_after(caller, &digest), 0);
        }
    }
    let other = ip("192.0.2.7");
    assert_eq!(limits.code_retry_after(other, &digest), 0);
    assert_eq!(limits.code_by_email(other, &digest), Ok(()));
    assert_eq!(limits.code_in_total(other), Ok(()));
    assert!(limits.code_in_total(other).is_err());
}

#[test]
fn what_is_idle_is_forgotten() {
    let (limits, clock) = limits(Settings::default());
    for host in 0..=255 {
        let caller = IpAddr::from([192, 0, 2, host]);
        assert_eq!(limits.wallet_request(caller), Ok(()));
    }
    assert_eq!(limits.wallet_requests.hosts.remembered(), 256);
    limits.forget_idle();
    assert_eq!(limits.wallet_requests.hosts.remembered(), 256);
    clock.advance(2 * HOUR);
    limits.forget_idle();
    assert_eq!(limits.wallet_requests.hosts.remembered(), 0);
}

#[test]
fn each_of_the_three_limits_of_codes_is_in_retry_after() {
    let caller = ip("192.0.2.7");
    let digest = [7; 32];
    for (by_address, by_email, in_total) in [(1, 99, 99), (99, 1, 99), (99, 99, 1)] {
        let (limits, clock) = limits(Settings {
            codes_per_hour: per_hour(by_address),
            codes_per_email_per_hour: per_hour(by_email),
            codes_per_hour_total: per_hour(in_total),
            ..Settings::default()
        });
        let code = || {
            limits.code_by_address(caller)?;
            limits.code_by_email(caller, &digest)?;
            limits.code_in_total(caller)
        };
        assert_eq!(limits.code_retry_after(caller, &digest), 0);
        assert_eq!(code(), Ok(()));
        assert_eq!(limits.code_retry_after(caller, &digest), 3600);
        clock.advance(HOUR / 2 + NANOSECOND);
        assert_eq!(limits.code_retry_after(caller, &digest), 1800);
        clock.advance(Duration::from_secs(1800));
        assert_eq!(limits.code_retry_after(caller, &digest), 0);
        assert_eq!(code(), Ok(()));
    }
}

/// Waiting times between calls, of every size that matters for N an hour.
fn gaps() -> impl Strategy<Value = Vec<u64>> {
    let gap = prop_oneof![
        4 => Just(0),
        2 => 0..1_000u64,
        4 => 0..120_000_000_000u64,
        2 => 0..1_200_000_000_000u64,
        1 => 0..4_000_000_000_000u64,
    ];
    prop::collection::vec(gap, 1..600)
}

proptest! {
    #[test]
    fn in_no_hour_are_more_than_n_accepted(number in 1u64..=200, gaps in gaps()) {
        let (allowance, clock) = allowance(number);
        let mut now = Duration::ZERO;
        let mut accepted = Vec::new();
        for gap in gaps {
            clock.advance(Duration::from_nanos(gap));
            now += Duration::from_nanos(gap);
            if allowance.take(&1).is_ok() {
                accepted.push(now);
            }
        }
        for (first, next) in accepted.iter().zip(accepted.iter().skip(number as usize)) {
            prop_assert!(*next - *first >= HOUR);
        }
    }

    #[test]
    fn as_fast_as_it_goes_it_is_n_in_the_first_hour_and_then_what_the_form_promises(number in 1u64..=200) {
        let (allowance, clock) = allowance(number);
        let mut now = Duration::ZERO;
        let mut counts = [0u64; 5];
        loop {
            match allowance.take(&1) {
                Ok(()) => counts[now.as_secs() as usize / 3600] += 1,
                Err(wait) => {
                    clock.advance(wait);
                    now += wait;
                }
            }
            if now >= 5 * HOUR {
                break;
            }
        }
        let half = number.div_ceil(2);
        let rate = number - half + 1;
        prop_assert!((number - 1..=number).contains(&counts[0]), "{counts:?}");
        for count in &counts[1..] {
            prop_assert!((rate - 1..=rate).contains(count), "{counts:?}");
        }
    }

    #[test]
    fn after_an_idle_hour_there_is_half_of_it_at_once(number in 1u64..=200, gaps in gaps()) {
        let (allowance, clock) = allowance(number);
        for gap in gaps {
            clock.advance(Duration::from_nanos(gap));
            let _ = allowance.take(&1);
        }
        // and the nanoseconds by which the periods were rounded up
        clock.advance(HOUR + NANOSECOND * 200);
        let accepted = accepted_at_once(|| allowance.take(&1).is_ok());
        prop_assert_eq!(accepted as u64, number.div_ceil(2));
    }

    #[test]
    fn the_wait_is_exact(number in 1u64..=200, gaps in gaps()) {
        let (allowance, clock) = allowance(number);
        for gap in gaps {
            clock.advance(Duration::from_nanos(gap));
            let looked = allowance.wait(&1);
            let taken = allowance.take(&1);
            prop_assert_eq!(taken, if looked.is_zero() { Ok(()) } else { Err(looked) });
        }
        while allowance.take(&1).is_ok() {}
        let wait = allowance.wait(&1);
        clock.advance(wait - NANOSECOND);
        prop_assert_eq!(allowance.take(&1), Err(NANOSECOND));
        clock.advance(NANOSECOND);
        prop_assert_eq!(allowance.take(&1), Ok(()));
    }

    #[test]
    fn after_retry_after_a_code_is_accepted(
        by_address in 1u64..20,
        by_email in 1u64..20,
        in_total in 1u64..40,
        calls in prop::collection::vec((0u16..30, 0u8..3, 0u64..900), 1..60),
    ) {
        let (limits, clock) = limits(Settings {
            codes_per_hour: per_hour(by_address),
            codes_per_email_per_hour: per_hour(by_email),
            codes_per_hour_total: per_hour(in_total),
            ..Settings::default()
        });
        let code = |caller, digest: &[u8; 32]| {
            limits.code_by_address(caller)?;
            limits.code_by_email(caller, digest)?;
            limits.code_in_total(caller)
        };
        for (subnet, email, gap) in calls {
            clock.advance(Duration::from_secs(gap));
            let caller = ip(&format!("2001:db8:1:{subnet:x}::1"));
            let digest = [email; 32];
            let wait = limits.code_retry_after(caller, &digest);
            if wait > 1 {
                // a second before, none of the three may have been enough
                clock.advance(Duration::from_secs(wait - 1));
                prop_assert_eq!(limits.code_retry_after(caller, &digest), 1);
                clock.advance(Duration::from_secs(1));
            } else {
                clock.advance(Duration::from_secs(wait));
            }
            prop_assert_eq!(code(caller, &digest), Ok(()));
        }
    }
}
