//! Forks on five servers, of which fewer than a quorum have any of the sides.

use super::*;

fn five() -> Vec<Model> {
    (0..5).map(|index| Model::new(index, 7)).collect()
}

/// Only these are there.
fn reach(servers: &[Model], reached: &[usize]) {
    for (index, server) in servers.iter().enumerate() {
        server.is(match reached.contains(&index) {
            true => Nature::Honest,
            false => Nature::Down,
        });
    }
}

fn stored(servers: &[Model]) -> Vec<Option<Vec<u8>>> {
    let key = keys(1).public_key;
    servers.iter().map(|one| one.has(&key)).collect()
}

async fn base_of(device: &mut Device) -> Base {
    device.federation.fetch().await.expect("fetched").base()
}

/// A change that this one server has, and its maker knows no more.
async fn leaves(device: &mut Device, plaintext: &[u8], base: &Base, servers: &[Model], on: usize) {
    reach(servers, &[on]);
    let saved = device.federation.save(plaintext, base).await;
    let unknown = saved.expect_err("no quorum");
    assert!(
        matches!(unknown, FederationError::Unknown { confirmed: 1, .. }),
        "{unknown:?}"
    );
}

/// Five, of which the first has a change of the phone, the second one of the laptop, and the rest what was before.
async fn forked() -> Vec<Model> {
    let servers = five();
    let mut phone = Device::new(&servers, 3);
    phone.creates(b"first").await;
    let mut laptop = Device::new(&servers, 3);
    let bases = [base_of(&mut phone).await, base_of(&mut laptop).await];
    leaves(&mut phone, b"phone", &bases[0], &servers, 0).await;
    leaves(&mut laptop, b"laptop", &bases[1], &servers, 1).await;
    reach(&servers, &[0, 1, 2, 3, 4]);
    servers
}

#[tokio::test(start_paused = true)]
async fn nothing_is_chosen_before_the_owner_does() {
    let servers = forked().await;
    let before = stored(&servers);
    let mut third = Device::new(&servers, 3);
    let fork = third.federation.fetch().await.expect("fetched");
    assert_eq!(fork.contents.len(), 2);
    let verdicts: Vec<Verdict> = fork.lines.iter().map(|line| line.verdict).collect();
    let expected = [&[Verdict::Conflict; 2][..], &[Verdict::Behind; 3]].concat();
    assert_eq!(verdicts, expected);
    assert_eq!(stored(&servers), before, "it only read");

    let saved = third.federation.save(b"both", &fork.base()).await;
    assert_eq!(saved.expect("saved").head.revision, 3);
    assert_eq!(holds(&mut Device::new(&servers, 3)).await, b"both");
}

#[tokio::test(start_paused = true)]
async fn the_side_that_was_chosen_is_what_the_others_get_first() {
    let servers = forked().await;
    let sides = stored(&servers);
    for (side, choice) in [(0, b"phone".as_slice()), (1, b"laptop")] {
        for (server, bytes) in servers.iter().zip(&sides) {
            server.put(&keys(1).public_key, bytes.clone());
        }
        let mut third = Device::new(&servers, 3);
        let base = base_of(&mut third).await;
        let looked = third.federation.look(Some((&base, choice))).await;
        assert_eq!(looked.expect("looked").contents.len(), 2);
        let after = stored(&servers);
        assert_eq!(after[..2], sides[..2]);
        assert!(after[2..].iter().all(|one| *one == sides[side]));
    }
}

#[tokio::test(start_paused = true)]
async fn a_choice_replaces_nothing_that_was_not_shown() {
    let servers = five();
    let mut phone = Device::new(&servers, 3);
    phone.creates(b"first").await;
    let (mut laptop, mut tablet) = (Device::new(&servers, 3), Device::new(&servers, 3));
    let of_laptop = base_of(&mut laptop).await;
    reach(&servers, &[0, 1, 2]);
    saves(&mut phone, b"second").await;
    leaves(&mut laptop, b"laptop", &of_laptop, &servers, 4).await;

    reach(&servers, &[0, 1, 2, 3]);
    let mut third = Device::new(&servers, 3);
    assert_eq!(holds(&mut third).await, b"second");
    let bases = [base_of(&mut phone).await, base_of(&mut tablet).await];
    leaves(&mut phone, b"phone", &bases[0], &servers, 0).await;
    leaves(&mut tablet, b"tablet", &bases[1], &servers, 1).await;
    reach(&servers, &[0, 1, 2, 3]);
    let fork = third.federation.fetch().await.expect("fetched");
    assert_eq!((fork.contents.len(), fork.strays.len()), (2, 0));

    reach(&servers, &[0, 1, 2, 3, 4]);
    let before = stored(&servers);
    let refused = third.federation.save(b"both", &fork.base()).await;
    assert!(
        matches!(refused, Err(FederationError::Conflict { .. })),
        "{refused:?}"
    );
    assert_eq!(stored(&servers)[4], before[4], "what nobody looked at");
    let fork = third.federation.fetch().await.expect("fetched");
    let strays = fork.strays.iter().map(|one| one.plaintext.to_vec());
    assert_eq!(strays.collect::<Vec<_>>(), [b"laptop"]);
    let saved = third.federation.save(b"all", &fork.base()).await;
    let saved = saved.expect("saved");
    third
        .federation
        .settle(saved, Duration::from_secs(60))
        .await;
    assert_eq!(holds(&mut Device::new(&servers, 3)).await, b"all");
}
