//! Damage: what is served is the newest, or nothing is served, and the operator is told what to do.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::caller::Dice;
use super::house::{House, Server, name, until};
use super::person::{Person, base64};
use super::{cases, tell};

const WALLETS: u64 = 40;

/// A house whose server has stopped, and the bytes that every wallet has to have: some were changed early, some late, in a store
/// of several segments and with a snapshot.
fn worn() -> (House, Vec<Vec<u8>>) {
    let house = House::new();
    let mut newest = vec![Vec::new(); WALLETS as usize];
    let server = house.start();
    for number in 0..WALLETS {
        let data = blob(number, 0);
        let email = format!("worn-{number}@example.org");
        server.create(&house, &Person::number(number), &email, &data);
        newest[number as usize] = data;
    }
    for round in 1..6 {
        for number in (0..WALLETS).filter(|number| round < 3 || number % 8 == 0) {
            let data = blob(number, round);
            server.ok("saveWallet", Person::number(number).save(&data));
            newest[number as usize] = data;
        }
    }
    server.stop();
    house.start().stop(); // which makes the snapshot
    (house, newest)
}

fn blob(number: u64, round: u64) -> Vec<u8> {
    let mut data = vec![number as u8; 20 + 27_000 * (number as usize % 9)];
    data[..16].copy_from_slice(&[number.to_be_bytes(), round.to_be_bytes()].concat());
    data
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The same house, with a copy of its store.
fn copied(house: &House) -> House {
    let other = House::new();
    copy(&house.path("data"), &other.path("data"));
    fs::copy(house.path("larimar.secret"), other.path("larimar.secret")).unwrap();
    other
}

/// What became of a damaged store.
#[derive(Debug, PartialEq, Clone, Copy)]
enum Outcome {
    Refused,
    SomeRefused,
    AllServed,
}

/// Starts a server on it, and makes sure that none of the wallets is served in an older state, or said not to be there.
fn outcome(what: &str, house: &House, newest: &[Vec<u8>]) -> Outcome {
    let server = match house.try_start() {
        Ok(server) => server,
        Err(said) => {
            assert!(is_told(&said), "{what}: {said}");
            return Outcome::Refused;
        }
    };
    let refused = (0..WALLETS).zip(newest).filter(|(number, data)| {
        let asked = json!([Person::number(*number).key()]);
        match server.ask("fetchWallet", &asked).expect("an answer") {
            Ok(fetched) => {
                let found = fetched["encrypted_data"] == base64(data).as_str();
                assert!(found, "{what}: wallet {number} is an older one");
                false
            }
            Err(error) => {
                assert_eq!(name(&error), "StoreUnavailable", "{what}: {error}");
                true
            }
        }
    });
    match refused.count() {
        0 => Outcome::AllServed,
        _ => {
            told_of_one(what, &server);
            Outcome::SomeRefused
        }
    }
}

fn told_of_one(what: &str, server: &Server) {
    // what it says comes by another way than its answer
    until(&format!("what is said of {what}"), || {
        let said = server.said();
        said.contains("damaged") && said.contains("larimard verify")
    });
}

/// That the last lines say what is wrong and what to do.
fn is_told(said: &str) -> bool {
    let what = ["is damaged: ", "went back in time: "];
    // the fingerprint or the number in the file `format`: nobody can know that it was another one
    let other = ["belongs to another secret", "has format "];
    other.iter().any(|other| said.contains(other))
        || (what.iter().any(|what| said.contains(what)) && said.contains("larimard restore"))
}

/// What is done to which file.
fn damage(house: &House, dice: &mut Dice) -> String {
    let (file, from) = match dice.below(8) {
        0 => (house.path("data/commits"), 0),
        1 => (house.path("data/format"), 0),
        2 => (house.path("data/sled/conf"), 0),
        3 => (snapshot(house), 0),
        // of the records the last third is the newest, and the most in use
        kind => (house.path("data/sled/db"), [0, 1, 2, 2][kind as usize - 4]),
    };
    let length = fs::metadata(&file).unwrap().len();
    let at = (length * from / 3 + dice.below(length - length * from / 3)).min(length - 1);
    let bytes = File::options().read(true).write(true).open(&file).unwrap();
    let what = match dice.below(6) {
        0 => {
            bytes.set_len(at).unwrap();
            "cut off"
        }
        1 => {
            let tail = vec![0; (length - at).min(100_000) as usize];
            bytes
                .write_all_at(&tail, length - tail.len() as u64)
                .unwrap();
            "zeroed"
        }
        2 => {
            fs::remove_file(&file).unwrap();
            "removed"
        }
        _ => {
            let mut byte = [0];
            bytes.read_exact_at(&mut byte, at).unwrap();
            let flipped = [byte[0] ^ (1 << dice.below(8))];
            bytes.write_all_at(&flipped, at).unwrap();
            "flipped"
        }
    };
    format!("{} {what} at {at} of {length}", file.display())
}

fn snapshot(house: &House) -> PathBuf {
    let entries = fs::read_dir(house.path("data/sled")).unwrap();
    let mut paths = entries.map(|entry| entry.unwrap().path());
    let is_one = |path: &PathBuf| path.to_string_lossy().contains("/snap.");
    paths.find(is_one).expect("a snapshot")
}

#[test]
fn no_damage_ever_brings_an_older_state() {
    let all = cases(20, 200);
    let (house, newest) = worn();
    let length = fs::metadata(house.path("data/sled/db")).unwrap().len();
    assert!(length > 16 << 20, "several segments");
    let mut dice = Dice(0xDA_3A6E);
    let mut counts = [0; 3];
    for _ in 0..all {
        let other = copied(&house);
        let what = damage(&other, &mut dice);
        counts[outcome(&what, &other, &newest) as usize] += 1;
    }
    assert!(counts[0] > 0, "some of them hit what is in use");
    assert_eq!(outcome("none", &house, &newest), Outcome::AllServed);
    tell(&format!(
        "damage: {all} cases, of which {} were refused at the start, {} for some wallets, {} cost nothing",
        counts[0], counts[1], counts[2]
    ));
}
