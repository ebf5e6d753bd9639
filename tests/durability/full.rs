//! A full disk: writes are refused before it is, reads go on, and writes resume by themselves when there is room.

use std::io::Write;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::disk::{Disk, disk_or_skip};
use super::house::{House, Server, name, until};
use super::person::{Person, base64};

const LEAST: u64 = 24 << 20;
const BALLAST: usize = 24 << 20;
/// How long a refusal may take: it waits for nothing.
const AT_ONCE: Duration = Duration::from_secs(5);

fn save(server: &Server, data: &[u8]) -> Result<Value, Value> {
    let begun = Instant::now();
    let answer = server.ask("saveWallet", &Person::number(1).save(data));
    assert!(begun.elapsed() < AT_ONCE, "it hangs");
    answer.unwrap_or_else(|| panic!("no answer: {}", server.said()))
}

/// Saves until that is refused, and returns what was acknowledged last.
fn save_until_refused(server: &Server, disk: &Disk, mut last: Vec<u8>) -> Vec<u8> {
    for number in 0..10_000_u64 {
        let mut data = vec![7; 200_000];
        data[..8].copy_from_slice(&number.to_be_bytes());
        data[8..16].copy_from_slice(&disk.free().to_be_bytes());
        match save(server, &data) {
            Ok(_) => last = data,
            Err(error) => {
                assert_eq!(name(&error), "StoreUnavailable", "{error}");
                assert!(disk.free() > LEAST / 2, "only {} are free", disk.free());
                return last;
            }
        }
        // what was written before makes way only slowly
        if number % 4 == 0 {
            fill(disk, &format!("filling-{number}"), 2 << 20);
        }
    }
    panic!("the disk is never full");
}

/// Writes so many bytes, or as many as there is room for.
fn fill(disk: &Disk, file: &str, bytes: usize) {
    let mut file = std::fs::File::create(disk.path().join(file)).unwrap();
    let piece = vec![1; 64 * 1024];
    for _ in 0..bytes / piece.len() {
        if file.write_all(&piece).is_err() {
            return;
        }
    }
}

fn assert_reads(server: &Server, data: &[u8]) {
    let fetched = server.ok("fetchWallet", json!([Person::number(1).key()]));
    assert_eq!(fetched["encrypted_data"], base64(data));
}

fn assert_resumes(server: &Server) -> Vec<u8> {
    let mut data = b"resumed".to_vec();
    until("room", || {
        data.push(1);
        save(server, &data).is_ok()
    });
    until("readiness", || server.get("/ready").0 == 200);
    data
}

#[test]
fn a_full_disk_refuses_writes_and_nothing_else() {
    let Some(disk) = disk_or_skip("disk full", 192) else {
        return;
    };
    let mut house = House::new();
    house.set(&format!("store.min_free_bytes={LEAST}"));
    house.set(&format!(
        "store.path={}",
        disk.path().join("data").display()
    ));
    fill(&disk, "ballast", BALLAST);
    let server = house.start();
    server.create(&house, &Person::number(1), "full@example.org", b"first");

    let last = save_until_refused(&server, &disk, b"first".to_vec());
    assert_reads(&server, &last);
    until("unreadiness", || server.get("/ready").0 == 503);
    assert_eq!(server.get("/live").0, 200);
    let said = server.said();
    assert!(said.contains("store.min_free_bytes"), "{said}");
    std::fs::remove_file(disk.path().join("ballast")).unwrap();
    let last = assert_resumes(&server);

    // somebody else takes all that is left, before it is stored who asked
    assert_reads(&server, &last);
    fill(&disk, "ballast", usize::MAX);
    assert!(disk.free() < 1 << 20);
    let last = save_until_refused_at_once(&server, last);
    assert_reads(&server, &last);
    std::thread::sleep(Duration::from_secs(2));
    assert_reads(&server, &last);
    std::fs::remove_file(disk.path().join("ballast")).unwrap();
    let last = assert_resumes(&server);

    // a start without room fails and says why, or serves; one with room always serves
    fill(&disk, "ballast", usize::MAX);
    server.kill();
    match house.try_start() {
        Err(said) => assert!(said.contains("No space left"), "{said}"),
        Ok(server) => assert_reads(&server, &last),
    }
    std::fs::remove_file(disk.path().join("ballast")).unwrap();
    let server = house.start();
    assert_reads(&server, &last);
    assert_resumes(&server);
    server.stop();
    let verified = house.larimard(&["verify"]).output().unwrap();
    assert!(verified.status.success(), "{verified:?}");
}

/// What is saved at that moment may still be acknowledged.
fn save_until_refused_at_once(server: &Server, mut last: Vec<u8>) -> Vec<u8> {
    let begun = Instant::now();
    loop {
        std::thread::sleep(Duration::from_millis(600));
        let data = [&last[..], &[2]].concat();
        match save(server, &data) {
            Ok(_) => last = data,
            Err(error) => {
                assert_eq!(name(&error), "StoreUnavailable", "{error}");
                return last;
            }
        }
        assert!(begun.elapsed() < AT_ONCE, "it is not refused");
    }
}
