//! The power fails: what was answered had reached the disk.

use std::time::Duration;

use super::caller::{Caller, Dice, check_all, work_until_killed};
use super::disk::disk_or_skip;
use super::house::House;
use super::{cases, tell};

const CALLERS: u64 = 6;
const LARGEST: u64 = 1024 * 1024;
/// After so many cuts a fresh store is begun.
const AGED: u64 = 10;

/// Cuts the power of one store so many times, and says how many answers were checked.
fn cut(times: u64, dice: &mut Dice) -> Option<u64> {
    let mut disk = disk_or_skip("power loss", 1024)?;
    let mut house = House::new();
    house.set(&format!("limits.blob_bytes={LARGEST}"));
    let mut callers: Vec<Caller> = (1..=CALLERS).map(|one| Caller::new(one, LARGEST)).collect();
    for round in 0..=times {
        house.set(&format!(
            "store.path={}",
            disk.path().join("data").display()
        ));
        let server = house.start();
        check_all(&mut callers, &server);
        for caller in &callers {
            caller.check_around(&house, &server);
        }
        let verified = house.larimard(&["verify"]).output().unwrap();
        assert!(verified.status.success(), "{verified:?}");
        if round == times {
            server.stop();
            break;
        }
        let life = Duration::from_millis(100 + dice.below(1500));
        work_until_killed(&mut callers, &house, server, life);
        disk = disk.cut();
    }
    let acknowledged = callers.iter().map(|caller| caller.acknowledged).sum();
    assert!(acknowledged > times, "{acknowledged} were acknowledged");
    Some(acknowledged)
}

#[test]
fn every_acknowledged_write_survives_power_cuts() {
    let cuts = cases(3, 30);
    let mut dice = Dice(0x1050_F07E);
    let (mut left, mut checked) = (cuts, 0);
    while left > 0 {
        // a store that is cut once, then one that lives through many
        let times = if left == cuts { 1 } else { left.min(AGED) };
        let Some(acknowledged) = cut(times, &mut dice) else {
            return;
        };
        (left, checked) = (left - times, checked + acknowledged);
    }
    tell(&format!(
        "power loss: {cuts} cuts, {checked} acknowledged writes all there"
    ));
}
