//! The three ways, in simulated time: servers are functions of what they are asked and when.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

/// How a server behaves in a test.
#[derive(Debug, Clone)]
struct Model {
    name: String,
    after: Duration,
    says: Result<u64, Error>,
    asked: Arc<AtomicUsize>,
    finished: Arc<AtomicUsize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Error {
    Down,
    Refused,
    NoAnswer,
}

impl Failure for Error {
    fn is_of_the_server(&self) -> bool {
        *self != Self::Refused
    }

    fn of_no_answer(_: &str) -> Self {
        Self::NoAnswer
    }
}

impl Member for Model {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Model {
    async fn call(self) -> Result<u64, Error> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(self.after).await;
        self.finished.fetch_add(1, Ordering::SeqCst);
        self.says
    }
}

/// Milliseconds until it answers, and what.
fn servers(behaviours: &[(u64, Result<u64, Error>)]) -> Servers<Model> {
    let members = behaviours
        .iter()
        .enumerate()
        .map(|(index, (after, says))| Model {
            name: format!("server-{index}"),
            after: Duration::from_millis(*after),
            says: *says,
            asked: Arc::default(),
            finished: Arc::default(),
        });
    Servers::new(members.collect()).expect("servers")
}

fn asked(servers: &Servers<Model>) -> usize {
    let counts = servers
        .members()
        .iter()
        .map(|member| member.asked.load(Ordering::SeqCst));
    counts.sum()
}

const HANGS: u64 = 1_000_000_000;

#[tokio::test(start_paused = true)]
async fn failover_ends_with_the_first_that_answers() {
    for _ in 0..50 {
        let servers = servers(&[(5, Err(Error::Down)), (5, Ok(7)), (HANGS, Ok(8))]);
        let begun = Instant::now();
        let answer = servers.failover(Model::call).await;
        assert_eq!(answer.answer(), Some(&7));
        assert_eq!(answer.by, 1);
        assert!(begun.elapsed() <= Duration::from_millis(10_010));
        // those that failed are asked last from now on
        let before = asked(&servers);
        let known_down = usize::from(servers.is_down(0)) + usize::from(servers.is_down(2));
        let again = servers.failover(Model::call).await;
        assert_eq!(again.into_result(), Ok(7));
        assert!(asked(&servers) - before <= 3 - known_down);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_an_answer() {
    let servers = servers(&[(5, Err(Error::Refused)); 4]);
    let answer = servers.failover(Model::call).await;
    let outcomes = answer.report.answers().iter();
    let not_asked = outcomes
        .filter(|line| line.outcome == Outcome::NotAsked)
        .count();
    assert_eq!((asked(&servers), not_asked), (1, 3));
    assert_eq!(answer.into_result(), Err(Error::Refused));
    assert!((0..4).all(|index| !servers.is_down(index)));
}

#[tokio::test(start_paused = true)]
async fn failover_says_what_the_last_one_failed_with() {
    let servers = servers(&[(5, Err(Error::Down)), (HANGS, Ok(1))]);
    let answer = servers.failover(Model::call).await;
    assert_eq!(
        answer.report.answers()[0].outcome,
        Outcome::Failed(Error::Down)
    );
    assert_eq!(
        answer.report.answers()[1].outcome,
        Outcome::Failed(Error::NoAnswer)
    );
    assert!(answer.into_result().is_err());
}

#[tokio::test(start_paused = true)]
async fn consensus_takes_as_long_as_the_slowest_of_the_quorum() {
    let servers = servers(&[
        (300, Ok(1)),
        (HANGS, Ok(1)),
        (100, Ok(1)),
        (200, Ok(1)),
        (HANGS, Ok(1)),
    ]);
    let begun = Instant::now();
    let consensus = servers.consensus(Model::call, |answer| *answer).await;
    assert_eq!(begun.elapsed(), Duration::from_millis(300));
    assert_eq!((consensus.answer(), consensus.agreed.len()), (Some(&1), 3));
    assert_eq!(consensus.report().pending(), 2);
    let report = consensus.whole_report().await;
    assert_eq!(begun.elapsed(), Duration::from_secs(10));
    assert_eq!(
        report.answers()[1].outcome,
        Outcome::Failed(Error::NoAnswer)
    );
}

#[tokio::test(start_paused = true)]
async fn one_survivor_is_no_consensus() {
    let servers = servers(&[(5, Ok(1)), (10, Err(Error::Down)), (20, Err(Error::Down))]);
    let begun = Instant::now();
    let consensus = servers.consensus(Model::call, |answer| *answer).await;
    assert!(!consensus.holds());
    assert_eq!(consensus.answer(), None);
    // as soon as it is certain
    assert_eq!(begun.elapsed(), Duration::from_millis(20));
}

#[tokio::test(start_paused = true)]
async fn different_answers_are_no_consensus() {
    let servers = servers(&[
        (5, Ok(1)),
        (6, Ok(2)),
        (7, Ok(3)),
        (8, Ok(1)),
        (HANGS, Ok(1)),
    ]);
    let consensus = servers.consensus(Model::call, |answer| *answer).await;
    assert!(!consensus.holds());
    // what is not looked at may differ
    let consensus = servers.consensus(Model::call, |answer| *answer > 0).await;
    assert!(consensus.holds());
}

#[tokio::test(start_paused = true)]
async fn what_was_begun_is_finished_though_nobody_waits() {
    let servers = servers(&[(5, Ok(1)), (6, Ok(1)), (500, Ok(1))]);
    drop(servers.consensus(Model::call, |answer| *answer).await);
    let finished = || {
        let counts = servers
            .members()
            .iter()
            .map(|member| member.finished.load(Ordering::SeqCst));
        counts.sum::<usize>()
    };
    assert_eq!(finished(), 2);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(finished(), 3);
    // nor if the caller gives up in the middle
    let given_up = timeout(
        Duration::from_millis(1),
        servers.consensus(Model::call, |answer| *answer),
    )
    .await;
    assert!(given_up.is_err());
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(finished(), 6);
}

#[tokio::test(start_paused = true)]
async fn newest_is_the_highest_that_is_believed() {
    let servers = servers(&[
        (5, Ok(3)),
        (6, Ok(9)),
        (7, Ok(5)),
        (8, Ok(5)),
        (9, Err(Error::Down)),
    ]);
    // nine is a lie
    let newest = servers
        .newest(Model::call, |answer| (*answer < 9).then_some(*answer))
        .await;
    assert_eq!(
        (newest.answer(), &newest.newest[..]),
        (Some(&5), &[2, 3][..])
    );
    assert_eq!(newest.into_answer(), Some(5));
    let none = servers.newest(Model::call, |_| None::<u64>).await;
    assert_eq!((none.answer(), none.newest.len()), (None, 0));
}

#[tokio::test(start_paused = true)]
async fn who_was_down_is_not_waited_for_the_next_time() {
    let servers = servers(&[(5, Ok(1)), (6, Ok(2)), (HANGS, Ok(3))]);
    let mut took = Vec::new();
    for _ in 0..3 {
        let begun = Instant::now();
        let newest = servers.newest(Model::call, |answer| Some(*answer)).await;
        assert_eq!(newest.answer(), Some(&2));
        took.push(begun.elapsed());
    }
    assert_eq!(took, [10, 1, 1].map(Duration::from_secs));
    // it is forgotten, so that one that is back is waited for again
    tokio::time::sleep(Duration::from_secs(61)).await;
    assert!(!servers.is_down(2));
}

#[test]
fn a_group_has_servers_and_a_quorum_of_them() {
    let members = |count| servers(&[(0, Ok(1)); 5]).members()[..count].to_vec();
    assert_eq!(Servers::new(members(0)).err(), Some(InvalidServers::None));
    for (count, majority) in [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3)] {
        assert_eq!(
            Servers::new(members(count))
                .map(|servers| servers.quorum())
                .ok(),
            Some(majority)
        );
    }
    for quorum in [0, 4] {
        assert_eq!(
            Servers::with_quorum(members(3), quorum).err(),
            Some(InvalidServers::Quorum(3))
        );
    }
    assert!(Servers::with_quorum(members(3), 3).is_ok());
}
