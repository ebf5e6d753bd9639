//! Thousands of random schedules: two devices change a wallet at once, and break off, while servers fail and lie and the network loses things.
//!
//! What a device writes is the set of all changes that it has seen, and one more. So a change is lost if a later content does not have it.

use std::collections::BTreeSet;

use super::*;
use crate::client::federation::FederationError;

type Changes = BTreeSet<u32>;

fn read(plaintext: &[u8]) -> Changes {
    let text = std::str::from_utf8(plaintext).expect("what a device wrote");
    let words = text.split_whitespace();
    words.map(|word| word.parse().expect("a change")).collect()
}

fn written(changes: &Changes) -> Vec<u8> {
    let words: Vec<String> = changes.iter().map(u32::to_string).collect();
    words.join(" ").into_bytes()
}

/// What is true of all devices together.
#[derive(Debug, Default)]
struct Truth {
    /// Changes that a device was told are stored.
    acknowledged: Changes,
    next: u32,
    saves: u32,
}

struct House {
    models: Vec<Model>,
    quorum: usize,
    liars: usize,
    truth: Arc<Mutex<Truth>>,
}

impl House {
    fn is_honest(&self, server: &str) -> bool {
        let mut models = self.models.iter();
        let model = models
            .find(|model| model.name() == server)
            .expect("one of them");
        matches!(model.nature(), Nature::Honest | Nature::Down)
    }

    /// So many honest servers that one of them has whatever was acknowledged.
    fn must_be_seen(&self, lines: &[Line]) -> bool {
        let answered = lines
            .iter()
            .filter(|line| line.head.is_some() && self.is_honest(&line.server));
        let keepers = self.quorum.saturating_sub(self.liars);
        answered.count() + keepers > self.models.len()
    }

    /// Fetches, sees whether it is true, and brings everything together.
    async fn look(&self, device: &mut Device) -> Result<(Changes, Fetched), FederationError> {
        let before = self.truth.lock().expect("truth").acknowledged.clone();
        let seen = device.federation.memory().highest_revision();
        let fetched = device.federation.fetch().await;
        // fewer liars than could hide it
        assert!(fetched.is_ok() || seen == 0, "hidden: {fetched:#?}");
        let fetched = fetched?;
        let revision = fetched.base().revision();
        assert!(revision >= seen, "went back from {seen} to {revision}");
        let of = |contents: &[Content]| -> Changes {
            contents
                .iter()
                .flat_map(|one| read(&one.plaintext))
                .collect()
        };
        let contents = of(&fetched.contents);
        if self.must_be_seen(&fetched.lines) {
            let lost: Vec<_> = before.difference(&contents).collect();
            assert!(lost.is_empty(), "lost {lost:?}: {fetched:#?}");
        }
        Ok((&contents | &of(&fetched.strays), fetched))
    }

    /// Fetches, adds a change, saves.
    async fn change(&self, device: &mut Device) {
        let Ok((mut changes, fetched)) = self.look(device).await else {
            return;
        };
        let change = {
            let mut truth = self.truth.lock().expect("truth");
            truth.next += 1;
            truth.next
        };
        changes.insert(change);
        let saved = device
            .federation
            .save(&written(&changes), &fetched.base())
            .await;
        if saved.is_ok() {
            let mut truth = self.truth.lock().expect("truth");
            truth.acknowledged.extend(changes);
            truth.saves += 1;
        }
    }

    async fn lives(&self, mut device: Device, mut random: fastrand::Rng, rounds: usize) -> Device {
        for _ in 0..rounds {
            // a device may break off anywhere, and then knows what it had written down
            let until = match random.u8(0..4) {
                0 => random.u64(1..12_000),
                _ => 120_000,
            };
            let doing = self.change(&mut device);
            let _ = tokio::time::timeout(Duration::from_millis(until), doing).await;
            if until < 120_000 {
                device = device.again();
            }
            tokio::time::sleep(Duration::from_millis(random.u64(0..5_000))).await;
        }
        device
    }
}

async fn schedule(seed: u64, servers: usize, quorum: usize, liars: usize) -> u32 {
    fastrand::seed(seed);
    let mut random = fastrand::Rng::with_seed(seed);
    let models: Vec<Model> = (0..servers).map(|index| Model::new(index, seed)).collect();
    let house = House {
        models: models.clone(),
        quorum,
        liars,
        truth: Arc::default(),
    };
    let mut first = Device::new(&models, quorum);
    let created = first.creates(b"").await;
    assert!(created.iter().all(|line| line.verdict == Verdict::Ok));
    let second = Device::new(&models, quorum);
    for model in &models[servers - liars..] {
        model.is(*random.choice(&LIARS).expect("one"));
    }
    let loss = random.u8(1..30);
    models.iter().for_each(|model| model.loses(loss));
    let honest = models[..servers - liars].to_vec();
    let mut of_weather = random.fork();
    let weather = async {
        loop {
            let one = of_weather.choice(&honest).expect("one");
            let nature = if of_weather.u8(0..3) == 0 {
                Nature::Down
            } else {
                Nature::Honest
            };
            one.is(nature);
            tokio::time::sleep(Duration::from_millis(of_weather.u64(0..20_000))).await;
        }
    };
    let (one, other) = (random.fork(), random.fork());
    let devices = async { tokio::join!(house.lives(first, one, 6), house.lives(second, other, 6)) };
    let (mut first, mut second) = tokio::select! {
        devices = devices => devices,
        () = weather => unreachable!("weather does not end"),
    };
    // the storm is over
    tokio::time::sleep(Duration::from_secs(600)).await;
    models.iter().for_each(|model| model.loses(0));
    honest.iter().for_each(|model| model.is(Nature::Honest));
    for device in [&mut first, &mut second] {
        *device = device.again();
        house.look(device).await.expect("honest servers answer");
    }
    if 2 * quorum > servers + liars && servers - liars >= quorum {
        // each brings in what it still had of its own, and then all are of one mind
        for _ in 0..2 {
            house.change(&mut first).await;
            house.change(&mut second).await;
        }
        let mut all = Vec::new();
        for device in [&mut first, &mut second, &mut Device::new(&models, quorum)] {
            let (changes, fetched) = house.look(device).await.expect("honest servers answer");
            assert!(fetched.strays.is_empty(), "{fetched:#?}");
            assert_eq!(fetched.contents.len(), 1, "{fetched:#?}");
            assert_eq!(device.federation.memory().pending, None);
            all.push(changes);
        }
        assert_eq!(all[0], all[1]);
        assert_eq!(all[1], all[2]);
    }
    house.truth.lock().expect("truth").saves
}

fn schedules(count: u64, servers: usize, quorum: usize, liars: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread();
    let mut runtime = { runtime }
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
    let mut saves = 0;
    let is_full = std::env::var("LARIMAR_FULL").is_ok_and(|full| full == "1");
    let count = if is_full { 20 * count } else { count };
    for seed in 0..count {
        let seed = seed + 1_000_000 * (servers * 100 + quorum * 10 + liars) as u64;
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            runtime.block_on(schedule(seed, servers, quorum, liars))
        }));
        match done {
            Ok(done) => saves += u64::from(done),
            Err(panic) => {
                println!("schedule {seed} of {servers} servers, quorum {quorum}, {liars} liars");
                std::panic::resume_unwind(panic);
            }
        }
        runtime = {
            drop(runtime);
            let runtime = tokio::runtime::Builder::new_current_thread();
            { runtime }
                .enable_time()
                .start_paused(true)
                .build()
                .expect("a runtime")
        };
    }
    // or nothing was tried
    assert!(saves > count / 2, "{saves} saves in {count} schedules");
}

#[test]
fn three_honest_servers_lose_nothing() {
    schedules(500, 3, 2, 0);
}

#[test]
fn five_honest_servers_lose_nothing() {
    schedules(200, 5, 3, 0);
}

#[test]
fn one_liar_among_four_changes_nothing() {
    schedules(500, 4, 3, 1);
}

#[test]
fn two_liars_among_seven_change_nothing() {
    schedules(80, 7, 5, 2);
}

/// Where too few are honest for the promise, a lie is still not taken for the newest, and no device goes back.
#[test]
fn one_liar_among_three_is_not_believed() {
    schedules(300, 3, 2, 1);
}
