//! Servers that fail and lie, one and two of five.

use std::time::{Duration, Instant};

use larimar::client::Verdict;

use crate::devices::{Device, codes, ends, places, run, verdicts};
use crate::wire::Wire;

#[test]
fn no_single_server_can_stop_the_wallet_or_change_it() {
    let places = places(4);
    let (ends, codes) = (ends(&places), codes(&places));
    run(async {
        let mut device = Device::at(&ends, 3);
        device.creates(&codes).await;
        for (number, (wire, expected)) in [
            (Wire::Cut, Verdict::Down),
            (Wire::Slow, Verdict::Ok),
            (Wire::Hangs, Verdict::Down),
            (Wire::Garbage, Verdict::Down),
            (Wire::Old, Verdict::Lying),
            (Wire::LiesAboutRevisions, Verdict::Behind),
            (Wire::OtherBlob, Verdict::Lying),
            (Wire::Forgets, Verdict::Lying),
        ]
        .into_iter()
        .enumerate()
        {
            let bad = number % 4;
            // what each of them has is known before
            assert_eq!(
                verdicts(&device.federation.fetch().await.unwrap().lines),
                [Verdict::Ok; 4]
            );
            ends[bad].is(wire);
            let text = format!("secret {number}");
            let base = device.federation.fetch().await.unwrap().base();
            let begun = Instant::now();
            let saved = device
                .federation
                .save(text.as_bytes(), &base)
                .await
                .unwrap();
            let head = saved.head;
            assert!(
                begun.elapsed() < Duration::from_millis(1500),
                "{wire:?} delays a save"
            );
            device
                .federation
                .settle(saved, Duration::from_secs(5))
                .await;
            device = device.again(1);
            let fetched = device.federation.fetch().await.unwrap();
            assert_eq!(fetched.content().unwrap().head, head, "{wire:?}");
            assert_eq!(&fetched.content().unwrap().plaintext[..], text.as_bytes());
            assert_eq!(
                fetched.lines[bad].verdict, expected,
                "{wire:?}: {fetched:#?}"
            );
            assert!(fetched.is_certain && fetched.rolled_back.is_none());
            assert_eq!(
                Device::at(&ends, 3).holds().await,
                text.as_bytes(),
                "{wire:?}"
            );
            ends[bad].is(Wire::Passes);
            // it is brought up once it does what it should
            let fetched = device.federation.fetch().await.unwrap();
            assert_eq!(fetched.lines[bad].head, Some(head), "{wire:?}");
        }
    });
}

#[test]
fn two_of_five_are_down_in_two_ways_and_it_goes_on() {
    let places = places(5);
    let (ends, codes) = (ends(&places), codes(&places));
    run(async {
        let mut device = Device::at(&ends, 3);
        device.creates(&codes).await;
        ends[0].is(Wire::Hangs);
        ends[4].is(Wire::Cut);
        device.saves(b"second").await;
        let head = device.saves(b"third").await;
        // three are down: read, not written
        ends[2].is(Wire::Garbage);
        let fetched = device.federation.fetch().await.unwrap();
        assert_eq!(fetched.content().unwrap().head, head);
        assert!(!fetched.is_certain);
        let refused = device
            .federation
            .save(b"fourth", &fetched.base())
            .await
            .unwrap_err();
        assert_eq!(refused.name(), "NoQuorum");
        for end in &ends {
            end.is(Wire::Passes);
        }
        let fetched = device.federation.fetch().await.unwrap();
        assert!(fetched.lines.iter().all(|line| line.head == Some(head)));
    });
}
