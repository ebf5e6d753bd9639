//! All at once, until enough of them say the same.

use super::{Asked, Failure, Member, Report, Servers};

/// What came of asking for the same answer.
#[derive(Debug)]
pub struct Consensus<T, E> {
    /// Which servers gave the answer of the quorum; empty if there is none, and there will be none of this asking.
    pub agreed: Vec<usize>,
    asked: Asked<T, E>,
}

impl<T, E> Consensus<T, E> {
    /// Whether a quorum gave the same answer.
    pub fn holds(&self) -> bool {
        !self.agreed.is_empty()
    }

    /// The answer of the quorum.
    pub fn answer(&self) -> Option<&T> {
        self.report().answered(*self.agreed.first()?)
    }

    /// What was heard until the outcome was certain.
    pub fn report(&self) -> &Report<T, E> {
        &self.asked.report
    }

    /// What came of all of them, each until its deadline.
    pub async fn whole_report(mut self) -> Report<T, E> {
        while self.asked.next().await.is_some() {}
        self.asked.report
    }
}

impl<S: Member> Servers<S> {
    /// Asks all servers at once, and comes back as soon as a quorum gave the same answer, or cannot any more.
    ///
    /// For writes. What was begun goes on at the other servers, also if the caller does not wait for this: without a quorum, what was asked for is not
    /// refused but *unknown*, and is to be said again with the same bytes. `key` is what has to be the same.
    pub async fn consensus<T, E, K, F, Fut>(
        &self,
        call: F,
        key: impl Fn(&T) -> K,
    ) -> Consensus<T, E>
    where
        T: Send + 'static,
        E: Failure,
        K: PartialEq,
        F: Fn(S) -> Fut,
        Fut: Future<Output = Result<T, E>> + Send + 'static,
    {
        let mut asked = self.ask_all(call);
        let mut groups: Vec<(K, Vec<usize>)> = Vec::new();
        while let Some(index) = asked.next().await {
            if let Some(answer) = asked.report.answered(index) {
                let key = key(answer);
                match groups.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, group)) => group.push(index),
                    None => groups.push((key, vec![index])),
                }
            }
            let most = groups.iter().max_by_key(|(_, group)| group.len());
            let most = most.map(|(_, group)| group.as_slice()).unwrap_or_default();
            if most.len() >= self.quorum {
                let agreed = most.to_vec();
                return Consensus { agreed, asked };
            }
            if most.len() + asked.report.pending() < self.quorum {
                break;
            }
        }
        Consensus {
            agreed: Vec::new(),
            asked,
        }
    }
}
