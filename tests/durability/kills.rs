//! Killed at any moment: what was answered is there, and what was not is there wholly or not at all.

use std::time::{Duration, Instant};

use super::caller::{Caller, Dice, check_all, work_until_killed};
use super::cases;
use super::house::House;
use super::person::Person;

const CALLERS: u64 = 6;

/// Kills a server at some moment of its start.
fn kill_at_start(house: &House, after: Duration) {
    let mut child = house.spawn();
    let begun = Instant::now();
    while begun.elapsed() < after && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn every_acknowledged_write_survives_kills_at_any_moment() {
    let kills = cases(15, 100);
    let house = House::new();
    let mut dice = Dice(0xDEC0_DED1);
    let mut callers: Vec<Caller> = (1..=CALLERS).map(|one| Caller::new(one, 180_000)).collect();
    for round in 0..kills {
        if round % 3 == 0 {
            kill_at_start(&house, Duration::from_millis(dice.below(300)));
        }
        let server = house.start();
        check_all(&mut callers, &server);
        let life = Duration::from_millis(50 + dice.below(800));
        work_until_killed(&mut callers, &house, server, life);
    }
    let server = house.start();
    check_all(&mut callers, &server);
    for caller in &callers {
        caller.check_around(&house, &server);
    }
    let acknowledged: u64 = callers.iter().map(|caller| caller.acknowledged).sum();
    let retried: u64 = callers.iter().map(|caller| caller.retried).sum();
    assert!(
        acknowledged > kills * CALLERS,
        "{acknowledged} writes were acknowledged"
    );
    assert!(retried > kills, "{retried} were cut off");
    let wallets = callers.iter().filter(|caller| caller.now.is_some()).count();
    server.stop();
    let said = house.start().said();
    assert!(said.contains(&format!("{wallets} wallets")), "{said}");
    super::tell(&format!(
        "kill -9: {kills} kills at work and {} at the start, {acknowledged} acknowledged writes all there",
        kills.div_ceil(3)
    ));
}

#[test]
fn a_first_start_that_is_killed_leaves_nothing_in_the_way() {
    for after in [0, 5, 10, 20, 30, 50, 80] {
        let house = House::new();
        kill_at_start(&house, Duration::from_millis(after));
        let server = house.start();
        server.create(&house, &Person::number(1), "first@example.org", b"first");
        server.stop();
    }
}
