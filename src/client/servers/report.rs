//! What came of asking.

use std::time::Duration;

/// What came of asking one server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<T, E> {
    /// It did what it was asked.
    Answered(T),
    /// It did not, or that is not known: the error says.
    Failed(E),
    /// It was asked, and nothing was heard until now.
    Pending,
    /// It was not asked.
    NotAsked,
}

/// One line of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<T, E> {
    /// Which server.
    pub server: String,
    /// How long it took, if it answered or failed.
    pub took: Option<Duration>,
    /// What came of it.
    pub outcome: Outcome<T, E>,
}

/// What came of asking, server by server, in the order in which they are configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report<T, E>(Vec<Answer<T, E>>);

impl<T, E> Report<T, E> {
    /// Nothing was heard of any of them yet.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let pending = |name: &str| Answer {
            server: name.to_owned(),
            took: None,
            outcome: Outcome::Pending,
        };
        Self(names.map(pending).collect())
    }

    /// The lines.
    pub fn answers(&self) -> &[Answer<T, E>] {
        &self.0
    }

    /// What this server answered, if it did.
    pub fn answered(&self, index: usize) -> Option<&T> {
        match &self.0.get(index)?.outcome {
            Outcome::Answered(answer) => Some(answer),
            _ => None,
        }
    }

    /// What those failed with that failed.
    pub fn errors(&self) -> impl Iterator<Item = &E> {
        self.0.iter().filter_map(|answer| match &answer.outcome {
            Outcome::Failed(error) => Some(error),
            _ => None,
        })
    }

    /// How many were asked and not heard of yet.
    pub fn pending(&self) -> usize {
        let is_pending = |answer: &&Answer<T, E>| matches!(answer.outcome, Outcome::Pending);
        self.0.iter().filter(is_pending).count()
    }

    pub(super) fn put(&mut self, index: usize, took: Duration, answer: Result<T, E>) {
        let line = &mut self.0[index];
        line.took = Some(took);
        line.outcome = match answer {
            Ok(answer) => Outcome::Answered(answer),
            Err(error) => Outcome::Failed(error),
        };
    }

    pub(super) fn not_asked(&mut self, index: usize) {
        self.0[index].outcome = Outcome::NotAsked;
    }

    pub(in crate::client) fn into_answers(self) -> Vec<Answer<T, E>> {
        self.0
    }

    /// Those of which nothing was heard were not asked.
    pub(super) fn rest_not_asked(mut self) -> Self {
        for line in &mut self.0 {
            if matches!(line.outcome, Outcome::Pending) {
                line.outcome = Outcome::NotAsked;
            }
        }
        self
    }

    pub(super) fn take_error(&mut self, index: usize) -> E
    where
        E: super::Failure,
    {
        let line = &mut self.0[index];
        match std::mem::replace(&mut line.outcome, Outcome::NotAsked) {
            Outcome::Failed(error) => error,
            _ => E::of_no_answer(&line.server),
        }
    }

    pub(super) fn take(&mut self, index: usize) -> Option<T> {
        match std::mem::replace(&mut self.0[index].outcome, Outcome::Pending) {
            Outcome::Answered(answer) => Some(answer),
            other => {
                self.0[index].outcome = other;
                None
            }
        }
    }
}
