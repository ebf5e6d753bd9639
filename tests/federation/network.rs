//! A network that fails at each step, and two devices that reach different servers.

use std::time::Duration;

use larimar::client::FederationError;

use crate::devices::{Device, codes, ends, places, run};
use crate::wire::{End, Wire};

#[test]
fn a_save_that_breaks_off_between_servers_is_finished_with_the_same_bytes() {
    let places = places(3);
    let (ends, codes) = (ends(&places), codes(&places));
    run(async {
        let mut device = Device::at(&ends, 2);
        device.creates(&codes).await;
        for wire in [Wire::Cut, Wire::CutAfterwards] {
            for reached in 0..3 {
                let base = device.federation.fetch().await.unwrap().base();
                for end in &ends[reached..] {
                    end.is(wire);
                }
                let text = format!("{wire:?} after {reached}");
                let saved = device.federation.save(text.as_bytes(), &base).await;
                match (reached, &saved) {
                    (2, Ok(_)) | (_, Err(FederationError::Unknown { .. })) => {}
                    _ => panic!("{text}: {saved:?}"),
                }
                // the program ends, and the network is back
                device = device.again(1);
                assert_eq!(device.federation.memory().pending.is_some(), saved.is_err());
                for end in &ends {
                    end.is(Wire::Passes);
                }
                let fetched = device.federation.fetch().await.unwrap();
                assert_eq!(
                    &fetched.content().expect(&text).plaintext[..],
                    text.as_bytes()
                );
                assert_eq!(fetched.content().unwrap().servers.len(), 3, "{text}");
                assert_eq!(device.federation.memory().pending, None);
            }
        }
    });
}

#[test]
fn two_devices_that_reach_different_servers_make_a_fork_and_nothing_is_lost() {
    let places = places(3);
    let codes = codes(&places);
    // each device has a wire of its own to each server
    let wires = || -> Vec<End> {
        let wires = places.iter().map(|place| {
            let end = End::new();
            end.leads_to(place.server.address);
            end
        });
        wires.collect()
    };
    let (of_phone, of_laptop) = (wires(), wires());
    run(async {
        Device::at(&ends(&places), 2).creates(&codes).await;
        let (mut phone, mut laptop) = (Device::at(&of_phone, 2), Device::at(&of_laptop, 2));
        let bases = [
            phone.federation.fetch().await.unwrap().base(),
            laptop.federation.fetch().await.unwrap().base(),
        ];
        of_phone[1].is(Wire::Cut);
        of_phone[2].is(Wire::Cut);
        of_laptop[0].is(Wire::Cut);
        let (lost, won) = tokio::join!(
            phone.federation.save(b"phone", &bases[0]),
            laptop.federation.save(b"laptop", &bases[1])
        );
        assert!(
            matches!(lost, Err(FederationError::Unknown { confirmed: 1, .. })),
            "{lost:?}"
        );
        won.unwrap();
        for end in of_phone.iter().chain(&of_laptop) {
            end.is(Wire::Passes);
        }
        for device in [&mut phone, &mut laptop] {
            let fork = device.federation.fetch().await.unwrap();
            assert_eq!(fork.contents.len(), 2);
        }
        let fork = phone.federation.fetch().await.unwrap();
        let saved = phone.federation.save(b"both", &fork.base()).await.unwrap();
        phone.federation.settle(saved, Duration::from_secs(5)).await;
        assert_eq!(laptop.holds().await, b"both");
        assert_eq!(phone.holds().await, b"both");

        // both at once on all: one is told
        let bases = [
            phone.federation.fetch().await.unwrap().base(),
            laptop.federation.fetch().await.unwrap().base(),
        ];
        let (one, other) = tokio::join!(
            phone.federation.save(b"phone again", &bases[0]),
            laptop.federation.save(b"laptop again", &bases[1])
        );
        assert!(
            !(one.is_ok() && other.is_ok()),
            "both were told that theirs holds"
        );
    });
}
