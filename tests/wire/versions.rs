//! Section 5: which older versions stay.

use serde_json::{Value, json};

use super::hand::{Person, base64, hash, person};
use super::harness::{BEGINNING, DAY, HOUR, Larimard};

async fn hashes(server: &Larimard, who: &Person) -> Vec<Value> {
    let listed = server.ok("listVersions", who.fetch()).await;
    listed["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|version| version["local_hash"].clone())
        .collect()
}

#[tokio::test]
async fn versions_are_the_newest_five_beside_the_current_one() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"version 0").await;
    for number in 1..=8 {
        server.clock.advance(60);
        server
            .ok(
                "saveWallet",
                alice.save(format!("version {number}").as_bytes()),
            )
            .await;
    }
    let listed = server.ok("listVersions", alice.fetch()).await;
    let expected: Vec<Value> = (3..=8)
        .rev()
        .map(|number| {
            json!({
                "local_hash": hash(format!("version {number}").as_bytes()),
                "saved": larimar::clock::Time(BEGINNING.0).plus_seconds(60 * number).to_string(),
                "bytes": 9,
                "current": number == 8,
            })
        })
        .collect();
    assert_eq!(listed, json!({"versions": expected}));
    for number in 0..=8 {
        let data = format!("version {number}");
        let params = json!([alice.key(), hash(data.as_bytes())]);
        if number < 3 {
            server
                .refused("VersionNotFound", "fetchVersion", params)
                .await;
        } else {
            let fetched = server.ok("fetchVersion", params).await;
            let saved = &listed["versions"][8 - number]["saved"];
            assert_eq!(
                fetched,
                json!({"encrypted_data": base64(data.as_bytes()), "local_hash": hash(data.as_bytes()), "saved": saved})
            );
        }
    }
}

#[tokio::test]
async fn the_last_version_of_each_of_the_past_days_stays() {
    let server = Larimard::with(|settings| {
        settings.limits.versions = 2;
        settings.limits.daily_versions = 3;
    })
    .await;
    let alice = person(1);
    server.create(&alice, b"day 0, 0").await;
    let blob = |day: u64, number: u64| format!("day {day}, {number}").into_bytes();
    for day in 0..=5 {
        for number in 1..=4 {
            server.clock.advance(HOUR);
            server
                .ok("saveWallet", alice.save(&blob(day, number)))
                .await;
        }
        server.clock.advance(20 * HOUR);
    }
    // it is day 6 now; nothing was saved today
    let kept = [(5, 4), (5, 3), (5, 2), (4, 4), (3, 4)]
        .map(|(day, number)| json!(hash(&blob(day, number))));
    assert_eq!(hashes(&server, &alice).await, kept);
    server.ok("saveWallet", alice.save(b"day 6")).await;
    let kept = [
        b"day 6".to_vec(),
        blob(5, 4),
        blob(5, 3),
        blob(4, 4),
        blob(3, 4),
    ]
    .map(|data| json!(hash(&data)));
    assert_eq!(hashes(&server, &alice).await, kept);
    // days pass without a save, too
    server.clock.advance(2 * DAY);
    let kept = [b"day 6".to_vec(), blob(5, 4), blob(5, 3)].map(|data| json!(hash(&data)));
    assert_eq!(hashes(&server, &alice).await, kept);
    let dropped = json!([alice.key(), hash(&blob(4, 4))]);
    server
        .refused("VersionNotFound", "fetchVersion", dropped)
        .await;
}

#[tokio::test]
async fn versions_go_when_the_key_changes_and_when_the_wallet_goes() {
    let server = Larimard::start().await;
    let (alice, new) = (person(1), person(2));
    server.create(&alice, b"one").await;
    server.ok("saveWallet", alice.save(b"two")).await;
    server
        .ok("changePassword", alice.change(&new, b"three"))
        .await;
    assert_eq!(hashes(&server, &new).await, [hash(b"three")]);
    for old in [b"one", b"two"] {
        server
            .refused(
                "VersionNotFound",
                "fetchVersion",
                json!([new.key(), hash(old)]),
            )
            .await;
    }
    server.ok("saveWallet", new.save(b"four")).await;
    server.ok("deleteWallet", new.delete(b"four")).await;
    server.create(&new, b"five").await;
    assert_eq!(hashes(&server, &new).await, [hash(b"five")]);
}
