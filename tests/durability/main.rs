//! Nothing that was acknowledged is ever lost: kills, power cuts, damage, a full disk, backups.
//!
//! The real `larimard` in a scratch folder. The environment variable `LARIMAR_FULL=1` makes of a few cases of each kind as many as it takes
//! to rely on it; what needs root and loop devices is skipped where there are none, but never in CI.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod backups;
mod caller;
mod damage;
mod disk;
mod full;
#[path = "../operation/house.rs"]
#[allow(dead_code)] // the other test files use the rest of it
mod house;
mod kills;
#[path = "../operation/person.rs"]
#[allow(dead_code)]
mod person;
mod pins;
mod power;
mod refused;
mod verified;

/// How many cases there are: a few, or all.
fn cases(few: u64, all: u64) -> u64 {
    match std::env::var_os("LARIMAR_FULL").is_some_and(|full| full == "1") {
        true => all,
        false => few,
    }
}

/// Says something that is seen although the test passes.
fn tell(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
