//! All at once, and the highest of what they have.

use super::{Failure, Member, Report, Servers};

/// What came of asking for the newest.
#[derive(Debug)]
pub struct Newest<T, E> {
    /// Which servers have it: the highest rank that was given to any answer; empty if none was.
    pub newest: Vec<usize>,
    /// What came of all of them.
    pub report: Report<T, E>,
}

impl<T, E> Newest<T, E> {
    /// The newest answer, of the first server in the list that has it.
    pub fn answer(&self) -> Option<&T> {
        self.report.answered(*self.newest.first()?)
    }

    /// The same, taken out of the report, where its server is pending then.
    pub fn into_answer(mut self) -> Option<T> {
        let first = *self.newest.first()?;
        self.report.take(first)
    }
}

impl<S: Member> Servers<S> {
    /// Asks all servers at once, each until its deadline, and finds the answers of the highest rank.
    ///
    /// `rank` is `None` for an answer that is not to be believed. It should look at what the server cannot make up, such as a revision that the owner
    /// sealed; whoever ranks by a server's own word, such as a time, lets any server win.
    pub async fn newest<T, E, R, F, Fut>(
        &self,
        call: F,
        rank: impl Fn(&T) -> Option<R>,
    ) -> Newest<T, E>
    where
        T: Send + 'static,
        E: Failure,
        R: Ord,
        F: Fn(S) -> Fut,
        Fut: Future<Output = Result<T, E>> + Send + 'static,
    {
        let mut asked = self.ask_all(call);
        while asked.next().await.is_some() {}
        let report = asked.report;
        let ranks: Vec<Option<R>> = (0..self.members.len())
            .map(|index| rank(report.answered(index)?))
            .collect();
        let highest = ranks.iter().flatten().max();
        let newest = (0..ranks.len())
            .filter(|index| ranks[*index].is_some() && ranks[*index].as_ref() == highest)
            .collect();
        Newest { newest, report }
    }
}
