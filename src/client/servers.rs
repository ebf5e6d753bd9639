//! Several servers, asked in one of three ways (PROTOCOL.md, section 7; *Counterwallet notes*, *MultiAPI specifics*).
//!
//! [`failover`](Servers::failover) is for what any server can say, [`consensus`](Servers::consensus) for what enough of them have to do,
//! [`newest`](Servers::newest) for what some of them may not have yet. They know nothing of wallets: what a server is asked, what counts as the same
//! answer, and which answer is newer, the caller says.
//!
//! Where Counterwallet's own code fell short of its notes: one survivor is no consensus here, since the quorum counts the configured servers; no server is
//! waited for longer than its deadline, and one that was just down for much less; what was begun at a server is finished there, whoever waits for it.

mod consensus;
mod failover;
mod newest;
mod report;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};

pub use consensus::Consensus;
pub use failover::Failover;
pub use newest::Newest;
pub use report::{Answer, Outcome, Report};

use super::connection::Client;
use super::error::ClientError;

/// Something that can be asked: it has a name, and clones of it are the same server.
pub trait Member: Clone + Send + Sync + 'static {
    /// What reports call it.
    fn name(&self) -> &str;
}

impl Member for Client {
    fn name(&self) -> &str {
        self.server_name()
    }
}

/// Why a server did not do what it was asked, as far as the ways of asking have to know.
pub trait Failure: Send + 'static {
    /// Whether it says something of the server or the way to it, so that another server may do better. A refusal, which every server would give, does not.
    fn is_of_the_server(&self) -> bool;

    /// The server did not answer in time.
    fn of_no_answer(server: &str) -> Self;
}

impl Failure for ClientError {
    fn is_of_the_server(&self) -> bool {
        match self {
            Self::Transport { .. }
            | Self::Timeout { .. }
            | Self::HttpStatus { .. }
            | Self::Unreadable { .. }
            | Self::WrongAnswer { .. }
            | Self::Tampered { .. }
            | Self::RolledBack { .. } => true,
            Self::Server { name, .. } => matches!(
                name,
                super::Name::Internal
                    | super::Name::StoreUnavailable
                    | super::Name::MailFailed
                    | super::Name::ServerError
            ),
            _ => false,
        }
    }

    fn of_no_answer(server: &str) -> Self {
        Self::Timeout {
            server: server.to_owned(),
        }
    }
}

/// How long servers are waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For one server's answer; default 10 seconds.
    pub deadline: Duration,
    /// The same for one that failed lately; default 1 second.
    pub deadline_of_down: Duration,
    /// How long a failure is remembered; default 60 seconds.
    pub down_for: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(10),
            deadline_of_down: Duration::from_secs(1),
            down_for: Duration::from_secs(60),
        }
    }
}

/// No such group of servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidServers {
    /// There is none.
    #[error("at least one server is needed")]
    None,
    /// The quorum is none, or more than there are servers.
    #[error("a quorum is from 1 to the number of servers, {0}")]
    Quorum(usize),
}

/// The configured servers. Clones share what is remembered of them.
#[derive(Debug, Clone)]
pub struct Servers<S> {
    members: Arc<[S]>,
    quorum: usize,
    patience: Patience,
    /// When each last failed, if nothing better is known since.
    failed: Arc<Mutex<Vec<Option<Instant>>>>,
}

impl<S: Member> Servers<S> {
    /// These servers; a majority of them is a quorum.
    ///
    /// # Errors
    /// [`InvalidServers::None`].
    pub fn new(members: Vec<S>) -> Result<Self, InvalidServers> {
        let majority = members.len() / 2 + 1;
        Self::with_quorum(members, majority)
    }

    /// The same with another quorum. With less than a majority, two devices can both be told that their change holds.
    ///
    /// # Errors
    /// [`InvalidServers`].
    pub fn with_quorum(members: Vec<S>, quorum: usize) -> Result<Self, InvalidServers> {
        match members.len() {
            0 => Err(InvalidServers::None),
            count if quorum == 0 || quorum > count => Err(InvalidServers::Quorum(count)),
            count => Ok(Self {
                members: members.into(),
                quorum,
                patience: Patience::default(),
                failed: Arc::new(Mutex::new(vec![None; count])),
            }),
        }
    }

    /// The same with other time-outs.
    #[must_use]
    pub fn patient(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// The servers, in the order in which they were configured; reports have the same.
    pub fn members(&self) -> &[S] {
        &self.members
    }

    /// How many of them have to agree.
    pub fn quorum(&self) -> usize {
        self.quorum
    }

    /// Whether this one failed lately, and nothing better is known since.
    pub fn is_down(&self, index: usize) -> bool {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        let since = failed.get(index).copied().flatten();
        since.is_some_and(|since| since.elapsed() < self.patience.down_for)
    }

    /// This one failed just now, as somebody else found out: an earlier run of the program, say.
    pub fn note_down(&self, index: usize) {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(since) = failed.get_mut(index) {
            *since = Some(Instant::now());
        }
    }

    fn deadline(&self, index: usize) -> Duration {
        match self.is_down(index) {
            true => self.patience.deadline_of_down.min(self.patience.deadline),
            false => self.patience.deadline,
        }
    }

    /// Asks one server, until its deadline, and remembers how it is.
    async fn ask<T, E: Failure>(
        &self,
        index: usize,
        call: impl Future<Output = Result<T, E>>,
    ) -> (Duration, Result<T, E>) {
        let begun = Instant::now();
        let answer = match timeout(self.deadline(index), call).await {
            Ok(answer) => answer,
            Err(_) => Err(E::of_no_answer(self.members[index].name())),
        };
        let is_down = answer.as_ref().is_err_and(Failure::is_of_the_server);
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed[index] = is_down.then(Instant::now);
        (begun.elapsed(), answer)
    }

    /// Asks all of them at once, each in a task of its own: it is finished although nobody waits any more.
    fn ask_all<T, E, F, Fut>(&self, call: F) -> Asked<T, E>
    where
        T: Send + 'static,
        E: Failure,
        F: Fn(S) -> Fut,
        Fut: Future<Output = Result<T, E>> + Send + 'static,
    {
        self.ask_some(|_| true, call)
    }

    /// The same with some of them; the others are not asked.
    fn ask_some<T, E, F, Fut>(&self, whom: impl Fn(usize) -> bool, call: F) -> Asked<T, E>
    where
        T: Send + 'static,
        E: Failure,
        F: Fn(S) -> Fut,
        Fut: Future<Output = Result<T, E>> + Send + 'static,
    {
        let (say, hear) = mpsc::unbounded_channel();
        let mut report = Report::of(self.members.iter().map(Member::name));
        for index in self.shuffled() {
            if !whom(index) {
                report.not_asked(index);
                continue;
            }
            let (servers, say) = (self.clone(), say.clone());
            let call = call(self.members[index].clone());
            tokio::spawn(async move {
                let (took, answer) = servers.ask(index, call).await;
                let _ = say.send((index, took, answer));
            });
        }
        Asked { report, hear }
    }

    /// Asks some of them at once, and waits for all of those, each until its deadline.
    pub(super) async fn each<T, E, F, Fut>(
        &self,
        whom: impl Fn(usize) -> bool,
        call: F,
    ) -> Report<T, E>
    where
        T: Send + 'static,
        E: Failure,
        F: Fn(S) -> Fut,
        Fut: Future<Output = Result<T, E>> + Send + 'static,
    {
        let mut asked = self.ask_some(whom, call);
        while asked.next().await.is_some() {}
        asked.report
    }

    /// In another order each time, so that no server is asked first by everybody.
    fn shuffled(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.members.len()).collect();
        fastrand::shuffle(&mut order);
        order
    }
}

/// Answers that come in.
#[derive(Debug)]
struct Asked<T, E> {
    report: Report<T, E>,
    hear: mpsc::UnboundedReceiver<(usize, Duration, Result<T, E>)>,
}

impl<T, E> Asked<T, E> {
    /// The server whose answer came next; `None` when all have come.
    async fn next(&mut self) -> Option<usize> {
        let (index, took, answer) = self.hear.recv().await?;
        self.report.put(index, took, answer);
        Some(index)
    }
}

#[cfg(test)]
mod tests;
