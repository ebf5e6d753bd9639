//! A wallet on servers that have none: each takes a code of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::keeper::Keeper;
use super::report::Line;
use super::save::write_lines;
use super::signed::Signed;
use super::{Federation, FederationError, after};
use crate::client::error::ClientError;
use crate::client::servers::Outcome;
use crate::protocol::Name;

impl<S: Keeper> Federation<S> {
    /// The wallet exists, with the same bytes, on every server that took its code; says what each did.
    ///
    /// `codes` has a code for each server, by its name; who has none yet is brought in by [`add`](Self::add). With fewer than a quorum the wallet can be read,
    /// and not changed until enough are added.
    ///
    /// # Errors
    /// [`FederationError::Refused`] if there is one already, or no server made it; [`FederationError::Unknown`] if that is not known.
    pub async fn create(
        &mut self,
        codes: &BTreeMap<String, String>,
        plaintext: &[u8],
        replace: bool,
    ) -> Result<Vec<Line>, FederationError> {
        for server in codes.keys() {
            self.index_of(server)?;
        }
        let keys = self.keys.clone();
        let seats = self.seats(&keys).await;
        if self.memory.newest.is_some() || seats.iter().any(|seat| seat.content().is_some()) {
            return Err(FederationError::Refused {
                message: "there is a wallet for this password already; a server that has none yet is brought in with its code by `larimar servers add`".to_owned(),
                lines: super::seat::lines(seats),
            });
        }
        // above what was deleted: a copy of that which comes back later is older
        let deleted = self.memory.deleted.unwrap_or(0);
        let mut told = self.memory.highest_revision().max(deleted);
        loop {
            let blob = Signed::seal(&self.keys, after(told)?, plaintext)?;
            let before = self.memory.clone();
            self.memory.publickey = Some(*self.public_key());
            self.remember()?;
            let shared = Arc::new(blob.clone());
            let asked = self.servers.each(
                |index| codes.contains_key(self.servers.members()[index].name()),
                |server: S| {
                    let code = codes.get(server.name()).cloned().unwrap_or_default();
                    server.create(code, Arc::clone(&shared), replace)
                },
            );
            let report = asked.await;
            let mut lines = write_lines(&report, blob.head());
            for line in lines
                .iter_mut()
                .filter(|line| !codes.contains_key(&line.server))
            {
                line.verdict = super::Verdict::Behind;
                line.message = Some("no code was given for it".to_owned());
            }
            self.confirmed(&report, blob.head());
            let confirmed = self.held(|head| head == blob.head());
            let failed =
                |answer: &crate::client::servers::Answer<(), ClientError>| match &answer.outcome {
                    Outcome::Failed(error) => {
                        Some((error.server_error(), error.revision(), error.to_string()))
                    }
                    _ => None,
                };
            let errors: Vec<_> = report.answers().iter().filter_map(failed).collect();
            if confirmed > 0 {
                self.memory.saw(blob, confirmed >= self.quorum());
                let _ = self.remember();
                return Ok(lines);
            }
            if !errors.iter().all(|(name, ..)| name.is_some()) {
                return Err(FederationError::Unknown {
                    confirmed,
                    quorum: self.quorum(),
                    lines,
                });
            }
            self.memory = before;
            self.remember()?;
            let stale = errors
                .iter()
                .filter(|(name, ..)| *name == Some(Name::Stale));
            match stale.filter_map(|(_, revision, _)| *revision).max() {
                // the key held something before: above that
                Some(revision) if revision > told => told = revision,
                _ => {
                    let message = errors.into_iter().next().map(|(.., message)| message);
                    let message = message.unwrap_or_default();
                    return Err(FederationError::Refused { message, lines });
                }
            }
        }
    }

    /// This server has the wallet in its present state; the code is spent.
    ///
    /// # Errors
    /// As [`fetch`](Self::fetch); [`FederationError::Conflict`] for a fork; [`FederationError::Refused`], [`FederationError::Unknown`].
    pub async fn add(
        &mut self,
        server: &str,
        code: &str,
        replace: bool,
    ) -> Result<Line, FederationError> {
        let index = self.index_of(server)?;
        let fetched = self.fetch().await?;
        let (Some(content), Some(mut newest)) = (fetched.content(), self.memory.newest.clone())
        else {
            return Err(FederationError::Conflict {
                lines: fetched.lines,
            });
        };
        for _ in 0..2 {
            let shared = Arc::new(newest.clone());
            let asked = self.servers.each(
                |one| one == index,
                |server: S| server.create(code.to_owned(), Arc::clone(&shared), replace),
            );
            let report = asked.await;
            let line = write_lines(&report, newest.head()).swap_remove(index);
            self.confirmed(&report, newest.head());
            let error = match &report.answers()[index].outcome {
                Outcome::Failed(error) => error,
                _ => {
                    let _ = self.remember();
                    return Ok(line);
                }
            };
            match (error.server_error(), error.revision()) {
                // its key held more there once: the others go above that first
                (Some(Name::Stale), Some(told)) if told >= newest.head().revision => {
                    let base = fetched.base();
                    self.save_above(&content.plaintext, &base, told).await?;
                    newest = self.memory.newest.clone().unwrap_or(newest);
                }
                (Some(_), _) => {
                    return Err(FederationError::Refused {
                        message: error.to_string(),
                        lines: vec![line],
                    });
                }
                (None, _) => {
                    return Err(FederationError::Unknown {
                        confirmed: 0,
                        quorum: 1,
                        lines: vec![line],
                    });
                }
            }
        }
        Err(FederationError::RevisionsUsedUp)
    }
}
