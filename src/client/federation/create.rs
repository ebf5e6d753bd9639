//! A wallet on servers that have none: each takes a code of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::bring_up::TRIES;
use super::keeper::Keeper;
use super::report::Line;
use super::save::write_lines;
use super::signed::Signed;
use super::{Federation, FederationError, after, told};
use crate::client::error::ClientError;
use crate::client::servers::Report;

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
        self.took_note_of(&seats);
        if !self.top(&seats).is_empty() {
            return Err(FederationError::Refused {
                message: "there is a wallet for this password already; a server that has none yet is brought in with its code by `larimar servers add`".to_owned(),
                lines: super::seat::lines(seats),
            });
        }
        // above what was deleted: a copy of that which comes back later is older
        let deleted = self.memory.deleted.unwrap_or(0);
        let known = self.memory.highest_revision().max(deleted);
        let mut below = known;
        let mut tries = 1;
        loop {
            let blob = Signed::seal(&self.keys, after(below)?, plaintext)?;
            let report = self.create_with(codes, &blob, replace).await?;
            let mut lines = write_lines(&report, blob.head());
            for line in lines
                .iter_mut()
                .filter(|line| !codes.contains_key(&line.server))
            {
                line.verdict = super::Verdict::Behind;
                line.message = Some("no code was given for it".to_owned());
            }
            let (confirmed, quorum) = (self.held(|head| head == blob.head()), self.quorum());
            if confirmed > 0 {
                self.memory.begin_anew();
                self.memory.pending = (confirmed < quorum).then(|| blob.clone());
                self.memory.saw(blob, confirmed >= quorum);
                let _ = self.remember();
                return Ok(lines);
            }
            if !report.errors().all(|error| error.server_error().is_some()) {
                return Err(FederationError::Unknown {
                    confirmed,
                    quorum,
                    lines,
                });
            }
            match told(report.errors(), known) {
                // the key held something before: above that
                Some(told) if told > below && tries < TRIES => {
                    below = told;
                    tries += 1;
                }
                _ => {
                    let message = report.errors().next().map(ToString::to_string);
                    let message = message.unwrap_or_default();
                    return Err(FederationError::Refused { message, lines });
                }
            }
        }
    }

    /// Each server with a code makes it of these bytes; what refused everywhere leaves nothing to remember.
    async fn create_with(
        &mut self,
        codes: &BTreeMap<String, String>,
        blob: &Signed,
        replace: bool,
    ) -> Result<Report<(), ClientError>, FederationError> {
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
        self.confirmed(&report, blob.head());
        let is_refused = |error: &ClientError| error.server_error().is_some();
        if self.held(|head| head == blob.head()) == 0 && report.errors().all(is_refused) {
            self.memory = before;
            self.remember()?;
        }
        Ok(report)
    }

    /// This server has the wallet in its present state; the code is spent.
    ///
    /// If the server's key held more once, the wallet goes above that first: by a save, or, if this device created it on fewer than a quorum, of which nobody can have
    /// changed it meanwhile, there and then everywhere.
    ///
    /// # Errors
    /// As [`fetch`](Self::fetch) and [`save`](Self::save); [`FederationError::Conflict`] for a fork.
    pub async fn add(
        &mut self,
        server: &str,
        code: &str,
        replace: bool,
    ) -> Result<Line, FederationError> {
        let index = self.index_of(server)?;
        let fetched = self.fetch().await?;
        let (Some(content), Some(newest)) = (fetched.content(), self.memory.newest.clone()) else {
            return Err(FederationError::Conflict {
                lines: fetched.lines,
            });
        };
        let codes = BTreeMap::from([(server.to_owned(), code.to_owned())]);
        let report = self.create_with(&codes, &newest, replace).await?;
        let known = newest.head().revision;
        let Some(told) = told(report.errors(), known).filter(|told| *told >= known) else {
            return self.added(&report, &newest, index);
        };
        let is_new = self.memory.pending.as_ref() == Some(&newest) && self.memory.way.is_empty();
        if !(is_new && fetched.is_certain) {
            let base = fetched.base();
            self.save_above(&content.plaintext, &base, told).await?;
            let saved = self.memory.newest.clone().unwrap_or(newest);
            let report = self.create_with(&codes, &saved, replace).await?;
            return self.added(&report, &saved, index);
        }
        let raised = Signed::seal(&self.keys, after(told)?, &content.plaintext)?;
        self.memory.pending = Some(raised.clone());
        let report = self.create_with(&codes, &raised, replace).await?;
        let added = self.added(&report, &raised, index);
        match &added {
            // the others go above it too
            Ok(_) => match self.fetch().await {
                Ok(mut fetched) => Ok(fetched.lines.swap_remove(index)),
                Err(_) => added,
            },
            Err(FederationError::Refused { .. }) => {
                self.memory.pending = Some(newest);
                self.remember()?;
                added
            }
            Err(_) => added,
        }
    }

    fn added(
        &mut self,
        report: &Report<(), ClientError>,
        blob: &Signed,
        index: usize,
    ) -> Result<Line, FederationError> {
        let line = write_lines(report, blob.head()).swap_remove(index);
        match report.errors().next() {
            None => {
                self.settle_pending();
                let _ = self.remember();
                Ok(line)
            }
            Some(error) if error.server_error().is_some() => Err(FederationError::Refused {
                message: error.to_string(),
                lines: vec![line],
            }),
            Some(_) => Err(FederationError::Unknown {
                confirmed: 0,
                quorum: 1,
                lines: vec![line],
            }),
        }
    }
}
