//! What each server did, and what to do about it.

use std::time::Duration;

use serde::Serialize;

use crate::client::error::ClientError;
use crate::client::wallet::Head;
use crate::protocol::Name;

/// What is to be thought of a server after an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It has the newest, or did what it was asked.
    Ok,
    /// It had less than the newest, or nothing.
    Behind,
    /// It has another content than the rest, which opens as well.
    Conflict,
    /// It gave what the owner never sealed or what does not fit the question, or it went back behind what it had confirmed.
    Lying,
    /// It did not do it: out of reach, too slow, out of order, or it refused.
    Down,
}

/// A server in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its name.
    pub server: String,
    /// The verdict.
    pub verdict: Verdict,
    /// How long it took, in milliseconds, if it answered or failed.
    pub took_ms: Option<u64>,
    /// What it has of the wallet at the end.
    pub head: Option<Head>,
    /// When it says that it stored that; believed by nobody.
    pub updated: Option<String>,
    /// The name of its error.
    pub error: Option<String>,
    /// The error for people.
    pub message: Option<String>,
    /// `moved` or `deleted`: what became of the wallet there, in its own words.
    pub was: Option<String>,
    /// Whether it was brought up to the newest just now.
    pub repaired: bool,
}

impl Line {
    pub(super) fn new(server: &str, took: Option<Duration>) -> Self {
        Self {
            server: server.to_owned(),
            verdict: Verdict::Ok,
            took_ms: took.map(|took| u64::try_from(took.as_millis()).unwrap_or(u64::MAX)),
            head: None,
            updated: None,
            error: None,
            message: None,
            was: None,
            repaired: false,
        }
    }

    pub(super) fn failed(&mut self, error: &ClientError) {
        self.verdict = match error {
            ClientError::WrongAnswer { .. } | ClientError::Tampered { .. } => Verdict::Lying,
            ClientError::Server { name, .. } => match name {
                Name::Conflict | Name::Stale => Verdict::Conflict,
                Name::WalletNotFound | Name::InvalidCode => Verdict::Behind,
                _ => Verdict::Down,
            },
            _ => Verdict::Down,
        };
        self.error = Some(error.name().to_owned());
        self.message = Some(error.to_string());
        self.was = error.was().map(str::to_owned);
    }

    /// Whether it can be brought up only with a code of its own.
    pub fn needs_a_code(&self) -> bool {
        self.verdict == Verdict::Behind && self.head.is_none()
    }

    /// What to do; `None` if there is nothing to be done.
    pub fn advice(&self) -> Option<&'static str> {
        Some(match (self.verdict, self.was.as_deref()) {
            (Verdict::Ok, _) => return None,
            (Verdict::Behind, _) if self.repaired => "was behind, and is brought up to date",
            (Verdict::Lying, _) if self.repaired => {
                "it went back in time, and is brought up to date: ask its operator what happened, and leave it if it happens again"
            }
            (Verdict::Behind, Some("moved")) => {
                "the password was changed there: use the new one, or finish the change"
            }
            (Verdict::Behind, Some("deleted")) => {
                "the wallet was deleted there: a code brings it back (larimar servers add)"
            }
            (Verdict::Behind, _) if self.head.is_none() => {
                "it has no such wallet: a code makes it there (larimar request-code --server URL, larimar servers add)"
            }
            (Verdict::Behind, _) => {
                "it is brought up to date the next time it answers and there is nothing to choose"
            }
            (Verdict::Conflict, _) => {
                "it has a change that the others do not have: look at it, then choose (larimar fetch --from, larimar servers choose)"
            }
            (Verdict::Lying, _) => {
                "do not believe it: ask its operator, or take another server in its place"
            }
            (Verdict::Down, _) => "try again later; if it stays, take another server in its place",
        })
    }
}
