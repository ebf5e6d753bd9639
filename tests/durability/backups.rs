//! A backup is the store as it was at one moment, whoever writes meanwhile; and a restored store is that store.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Output;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::caller::{Caller, Moment, Wallet, is};
use super::house::{House, Server};
use super::person::{Person, base64};

/// The wallets that nobody writes to.
const STILL: u64 = 8;

/// Runs a command of `larimard` to its end.
pub(crate) fn run(house: &House, arguments: &[&str]) -> Output {
    house.larimard(arguments).output().unwrap()
}

/// The same, which has to work; returns what it printed as JSON.
#[track_caller]
pub(crate) fn json_of(house: &House, arguments: &[&str]) -> Value {
    let ran = run(house, &[arguments, &["--json"]].concat());
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "{arguments:?}: {said}");
    assert_eq!(said, "", "silent in a pipe");
    serde_json::from_slice(&ran.stdout).unwrap()
}

/// The same, which has to be refused with this exit code; returns what it said.
#[track_caller]
pub(crate) fn refused(house: &House, arguments: &[&str], code: i32) -> String {
    let ran = run(house, arguments);
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(code), "{arguments:?}: {said}");
    said
}

/// A house with a server and wallets in several chunks.
pub(crate) fn filled() -> (House, Server) {
    let house = House::new();
    let server = house.start();
    for number in 1..=STILL {
        let email = format!("still-{number}@example.org");
        let person = Person::number(1_000_000 + number);
        server.create(&house, &person, &email, &still(number));
    }
    (house, server)
}

fn still(number: u64) -> Vec<u8> {
    vec![number as u8; 150_000]
}

/// That these wallets are in a store restored from the file, and `verify` is content with it.
pub(crate) fn assert_still(server: &Server) {
    for number in 1..=STILL {
        let key = Person::number(1_000_000 + number).key();
        let fetched = server.ok("fetchWallet", json!([key]));
        assert_eq!(fetched["encrypted_data"], base64(&still(number)));
    }
}

/// A new house with the secret of that one.
pub(crate) fn with_secret_of(house: &House) -> House {
    let other = House::new();
    std::fs::copy(house.path("larimar.secret"), other.path("larimar.secret")).unwrap();
    other
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// When this caller's wallet may have been as the store shows it: each time from the asking to the answer after the next asking.
fn times(server: &Server, history: &[Moment], first: Instant, last: Instant) -> Vec<[Instant; 2]> {
    let stored = |wallet: &Option<Wallet>| wallet.as_ref().is_some_and(|wallet| is(server, wallet));
    let there: Vec<bool> = history
        .iter()
        .map(|moment| stored(&moment.wallet))
        .collect();
    let found = there.iter().filter(|there| **there).count();
    assert!(
        found < 2,
        "what replaced a state is there, and the state too"
    );
    let until = |at: usize| history.get(at).map_or(last, |moment| moment.answered);
    // an address that has nothing may be before its first wallet, or after any deletion
    let shown = |at: &usize| there[*at] || (found == 0 && history[*at].wallet.is_none());
    let later = (0..history.len()).filter(shown);
    let later = later.map(|at| [history[at].begun, until(at + 1)]);
    let before = (found == 0).then(|| [first, until(0)]);
    before.into_iter().chain(later).collect()
}

#[test]
fn a_backup_under_load_is_the_store_at_one_moment() {
    let (house, server) = filled();
    let mut callers: Vec<Caller> = (1..=4).map(|one| Caller::new(one, 200_000)).collect();
    let enough = AtomicBool::new(false);
    let mut backups = Vec::new();
    std::thread::scope(|threads| {
        for caller in &mut callers {
            threads.spawn(|| caller.work(&house, &server, &|| enough.load(Ordering::SeqCst)));
        }
        for number in 0..4 {
            std::thread::sleep(Duration::from_millis(400));
            let file = house.path(&format!("backup-{number}"));
            let begun = Instant::now();
            let said = json_of(&house, &["backup", text(&file)]);
            backups.push((file, begun, Instant::now(), said["wallets"].clone()));
        }
        enough.store(true, Ordering::SeqCst);
    });
    server.stop();
    for (file, begun, ended, wallets) in backups {
        let other = with_secret_of(&house);
        assert_eq!(json_of(&other, &["verify", text(&file)])["faults"], 0);
        let restored = json_of(&other, &["restore", text(&file)]);
        assert_eq!(restored["wallets"], wallets);
        let server = other.start();
        assert_eq!(json_of(&other, &["verify"])["faults"], 0);
        assert_still(&server);
        // there is a moment at which all of them were as they are here
        let times: Vec<_> = callers
            .iter()
            .map(|caller| times(&server, &caller.history, begun, ended))
            .collect();
        let held = |moment: &Instant| {
            let within = |[from, to]: &[Instant; 2]| from <= moment && moment <= to;
            times.iter().all(|times| times.iter().any(within))
        };
        let starts = times.iter().flatten().map(|[from, _]| (*from).max(begun));
        assert!(
            starts
                .chain([begun])
                .any(|moment| moment <= ended && held(&moment)),
            "it mixes states of several moments"
        );
        server.stop();
    }
}

#[test]
fn a_backup_of_a_stopped_server_is_the_same() {
    let (house, server) = filled();
    let file = house.path("first");
    json_of(&house, &["backup", text(&file)]);
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(&house.path("data/control")), 0o600);
    assert_eq!(mode(&house.path("data")), 0o700);
    server.kill();
    assert!(
        house.path("data/control").exists(),
        "left by the kill, and in nobody's way"
    );
    let second = house.path("second");
    let said = json_of(&house, &["backup", text(&second)]);
    assert_eq!(said["wallets"], STILL);
    for file in [file, second] {
        let other = with_secret_of(&house);
        json_of(&other, &["restore", text(&file)]);
        let server = other.start();
        assert_still(&server);
        server.stop();
        assert_eq!(json_of(&other, &["verify"])["wallets"], STILL);
    }
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[test]
fn a_long_path_of_the_store_is_no_hindrance() {
    let mut house = House::new();
    let long = format!("{}/data", "folder-of-a-long-name/".repeat(8));
    house.set(&format!("store.path={long}"));
    let server = house.start();
    server.create(&house, &Person::number(1), "long@example.org", b"long");
    let said = server.said();
    assert!(!said.contains("control"), "{said}");
    let file = house.path("backup");
    assert_eq!(json_of(&house, &["backup", text(&file)])["wallets"], 1);
    assert_eq!(json_of(&house, &["verify"])["faults"], 0);
    server.stop();
}

#[test]
fn who_hangs_up_in_the_middle_of_a_backup_is_in_nobodys_way() {
    use std::io::{Read, Write};
    let (house, server) = filled();
    let socket = house.path("data/control");
    let mut reader = std::os::unix::net::UnixStream::connect(socket).unwrap();
    reader.write_all(b"{\"command\":\"backup\"}\n").unwrap();
    reader.read_exact(&mut [0; 100]).unwrap();
    let file = house.path("backup");
    let said = refused(&house, &["backup", text(&file)], 1);
    assert!(said.contains("another backup is being taken"), "{said}");
    assert!(!file.exists());
    drop(reader);
    super::house::until("a free server", || {
        run(&house, &["backup", text(&file)]).status.success()
    });
    server.stop();
}
