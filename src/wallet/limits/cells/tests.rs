use std::collections::HashMap;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::FakeRelativeClock;
use governor::middleware::NoOpMiddleware;
use governor::{Quota, RateLimiter};
use proptest::prelude::*;

use super::*;

const BURST: u64 = 2;
const PERIOD: u64 = 10;

type Limiter = RateLimiter<Ask<u32>, Cells<u32>, FakeRelativeClock, NoOpMiddleware<Nanos>>;

fn limiter(places: usize, shared: usize) -> (Limiter, FakeRelativeClock) {
    let clock = FakeRelativeClock::default();
    let quota = Quota::with_period(Duration::from_secs(PERIOD))
        .expect("not zero")
        .allow_burst(NonZeroU32::new(BURST as u32).expect("not zero"));
    let cells = Cells::with_shared(places, shared);
    (RateLimiter::new(quota, cells, clock.clone()), clock)
}

fn takes(limiter: &Limiter, key: u32) -> bool {
    limiter.check_key(&Ask::to_take(key)).is_ok()
}

#[test]
fn looking_counts_nothing() {
    let (limiter, _) = limiter(4, 1);
    for _ in 0..10 {
        assert!(limiter.check_key(&Ask::to_look(1)).is_ok());
    }
    assert_eq!(limiter.len(), 0, "and takes no place");
    assert!(takes(&limiter, 1) && takes(&limiter, 1));
    assert!(limiter.check_key(&Ask::to_look(1)).is_err());
    assert!(!takes(&limiter, 1));
}

#[test]
fn beyond_the_places_keys_share() {
    let (limiter, clock) = limiter(3, 1);
    for key in 0..3 {
        assert!(takes(&limiter, key));
    }
    assert!(takes(&limiter, 3) && takes(&limiter, 4));
    assert!(!takes(&limiter, 5), "the shared cell is used up");
    assert!(limiter.check_key(&Ask::to_look(6)).is_err());
    assert!(takes(&limiter, 0), "who has a place keeps it");
    assert_eq!(limiter.len(), 3);

    clock.advance(Duration::from_secs(PERIOD * (BURST + 1)));
    limiter.retain_recent();
    limiter.shrink_to_fit();
    assert!(limiter.is_empty());
    assert!(takes(&limiter, 5));
    assert_eq!(limiter.len(), 1, "a place of its own again");
}

#[test]
fn a_key_that_shared_gets_no_second_allowance() {
    let (limiter, clock) = limiter(1, 1);
    assert!(takes(&limiter, 0));
    clock.advance(Duration::from_secs(PERIOD + 1));
    assert!(takes(&limiter, 1) && takes(&limiter, 1));
    clock.advance(Duration::from_secs(PERIOD - 1));
    limiter.retain_recent();
    assert!(limiter.is_empty(), "0 went, and its place is free");
    assert!(!takes(&limiter, 1));
}

#[test]
fn threads_take_no_more_than_there_is() {
    let (limiter, _) = limiter(2, 4);
    let accepted = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..1000 {
                    accepted.fetch_add(usize::from(takes(&limiter, 7)), Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(accepted.into_inner(), BURST as usize);
}

#[derive(Debug, Clone)]
enum Step {
    Take(u32),
    Advance(u64),
    Forget,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0u32..8).prop_map(Step::Take),
        2 => (0u64..25).prop_map(Step::Advance),
        1 => Just(Step::Forget),
    ]
}

proptest! {
    #[test]
    fn no_key_gets_more_however_full_it_is(
        places in 0usize..5,
        shared in 1usize..4,
        steps in prop::collection::vec(step(), 0..200),
    ) {
        let (limiter, clock) = limiter(places, shared);
        let mut now = 0;
        let mut accepted: HashMap<u32, Vec<u64>> = HashMap::new();
        for step in steps {
            match step {
                Step::Take(key) => {
                    if takes(&limiter, key) {
                        accepted.entry(key).or_default().push(now);
                    }
                }
                Step::Advance(seconds) => {
                    clock.advance(Duration::from_secs(seconds));
                    now += seconds;
                }
                Step::Forget => limiter.retain_recent(),
            }
            prop_assert!(limiter.len() <= places);
        }
        for times in accepted.values() {
            for (first, third) in times.iter().zip(times.iter().skip(BURST as usize)) {
                prop_assert!(third - first >= PERIOD, "{times:?}");
            }
        }
    }
}
