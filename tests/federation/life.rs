//! A wallet's whole life over several servers, one of which is late, and one away at the wrong time.

use std::time::Duration;

use larimar::client::{FederationError, Verdict};

use crate::devices::{Device, codes, ends, keys, places, run, verdicts};
use crate::wire::Wire;

#[test]
fn created_added_moved_and_deleted_over_three() {
    let places = places(3);
    let ends = ends(&places);
    let mut codes = codes(&places);
    let late = codes.remove(ends[2].name()).unwrap();
    run(async {
        let mut device = Device::at(&ends, 2);
        device.creates(&codes).await;
        device.saves(b"second").await;
        let fetched = device.federation.fetch().await.unwrap();
        assert_eq!(
            verdicts(&fetched.lines),
            [Verdict::Ok, Verdict::Ok, Verdict::Behind]
        );
        assert!(fetched.lines[2].needs_a_code());
        let line = device
            .federation
            .add(ends[2].name(), &late, false)
            .await
            .unwrap();
        assert_eq!(line.verdict, Verdict::Ok);
        assert_eq!(device.saves(b"third").await.revision, 3);

        // a new password while one is away, and once more while two answers get lost
        ends[0].is(Wire::Cut);
        device.federation.change_password(keys(2)).await.unwrap();
        ends[0].is(Wire::Passes);
        device = device.again(2);
        let fetched = device.federation.fetch().await.unwrap();
        assert_eq!(verdicts(&fetched.lines)[1..], [Verdict::Ok, Verdict::Ok]);
        assert!(fetched.lines[0].repaired, "{fetched:#?}");
        ends[1].is(Wire::CutAfterWrites);
        ends[2].is(Wire::CutAfterWrites);
        let unknown = device
            .federation
            .change_password(keys(3))
            .await
            .unwrap_err();
        assert_eq!(unknown.name(), "Unknown");
        ends[1].is(Wire::Passes);
        ends[2].is(Wire::Passes);
        // turned round, from the new one to the old one, and then changed after all
        let mut turned = device.again(3);
        turned.federation.change_password(keys(2)).await.unwrap();
        device = device.again(2);
        assert_eq!(device.holds().await, b"third");
        ends[1].is(Wire::Cut);
        device.federation.change_password(keys(3)).await.unwrap();
        ends[1].is(Wire::Passes);
        let under_way = device.again(2).federation.fetch().await;
        assert!(
            matches!(under_way, Err(FederationError::ChangeUnderWay)),
            "{under_way:?}"
        );
        device = device.again(3);
        assert_eq!(device.holds().await, b"third");
        assert_eq!(device.federation.memory().change, None);
        let remembers = device.remembers();
        assert!(!remembers.contains("third") && remembers.contains("encrypted_data"));

        // one was away when the wallet was deleted
        ends[1].is(Wire::Cut);
        device.federation.delete().await.unwrap();
        ends[1].is(Wire::Passes);
        tokio::time::sleep(Duration::from_millis(10)).await;
        let gone = device.federation.fetch().await.unwrap_err();
        assert_eq!(gone.name(), "WalletNotFound");
        let left = Device::at(&ends, 2)
            .again(3)
            .federation
            .fetch()
            .await
            .unwrap_err();
        assert!(
            left.lines()
                .iter()
                .all(|line| line.was.as_deref() == Some("deleted")),
            "{left:?}"
        );
    });
}

#[test]
fn begun_on_one_server_and_brought_to_one_whose_key_had_more() {
    let places = places(3);
    let ends = ends(&places);
    let first = codes(&places[1..2]);
    let mut second = codes(&places);
    let right = second.insert(ends[2].name().to_owned(), second[ends[0].name()].clone());
    run(async {
        let mut lone = Device::at(&ends[1..2], 1);
        lone.creates(&first).await;
        lone.saves(b"elsewhere").await;
        lone.federation.delete().await.unwrap();

        let mut device = Device::at(&ends, 2);
        let created = device.federation.create(&second, b"first", false).await;
        assert_eq!(
            verdicts(&created.unwrap()),
            [Verdict::Ok, Verdict::Conflict, Verdict::Behind]
        );
        device = device.again(1);
        for (index, code) in [(1, &second[ends[1].name()]), (2, &right.unwrap())] {
            let name = ends[index].name();
            let added = device.federation.add(name, code, false).await.unwrap();
            assert_eq!(added.verdict, Verdict::Ok, "{added:?}");
        }
        assert_eq!(device.saves(b"second").await.revision, 4);
        assert_eq!(Device::at(&ends, 2).holds().await, b"second");
    });
}
