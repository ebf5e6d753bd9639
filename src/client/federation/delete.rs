//! The end of a wallet on every server, also on those that come back later.

use std::collections::HashMap;

use super::keeper::Keeper;
use super::report::{Line, Verdict};
use super::save::write_lines;
use super::seat::{Has, Seat};
use super::{Federation, FederationError};
use crate::client::error::ClientError;
use crate::client::servers::{Outcome, Report};
use crate::crypto::{BlobHash, delete_wallet_digest};
use crate::protocol::Name;

impl<S: Keeper> Federation<S> {
    /// The wallet is gone from a quorum of the servers; the rest are told whenever this device fetches. A copy of a higher revision is a new wallet, and stays.
    ///
    /// # Errors
    /// [`FederationError::NotFound`], [`FederationError::NoAnswer`], [`FederationError::Unknown`]; [`FederationError::ChangeUnderWay`] while a server has not done a
    /// password change.
    pub async fn delete(&mut self) -> Result<Vec<Line>, FederationError> {
        let keys = self.keys.clone();
        if self.is_leaving() {
            return Err(FederationError::ChangeUnderWay);
        }
        let mut seats = self.seats(&keys).await;
        // else a server would keep the wallet under the old password
        self.finish_change(&mut seats).await;
        if self.memory.change.is_some() {
            self.remember()?;
            return Err(FederationError::ChangeUnderWay);
        }
        let contents = seats.iter().filter_map(Seat::head);
        let highest = contents.map(|head| head.revision).max();
        let Some(highest) = highest else {
            let lines = super::seat::lines(seats);
            return Err(match lines.iter().any(Line::needs_a_code) {
                true => FederationError::NotFound { lines },
                false => FederationError::NoAnswer { lines },
            });
        };
        let revision = highest.max(self.memory.highest_revision());
        let before = self.memory.clone();
        self.memory.publickey = Some(*self.public_key());
        self.memory.deleted = Some(revision);
        self.memory.newest = None;
        self.memory.pending = None;
        if let Err(error) = self.remember() {
            self.memory = before;
            return Err(error);
        }
        self.finish_delete(&mut seats).await;
        let _ = self.remember();
        let gone = seats
            .iter()
            .filter(|seat| matches!(seat.has, Has::Nothing))
            .filter(|seat| seat.line.was.as_deref() != Some("moved"))
            .count();
        let quorum = self.quorum();
        let lines = super::seat::lines(seats);
        match gone >= quorum {
            true => Ok(lines),
            false => Err(FederationError::Unknown {
                confirmed: gone,
                quorum,
                lines,
            }),
        }
    }

    /// What this device deleted, and a server still has, is deleted there too.
    pub(super) async fn finish_delete(&mut self, seats: &mut [Seat]) {
        let Some(deleted) = self.memory.deleted else {
            return;
        };
        let heads = || seats.iter().filter_map(Seat::head);
        if heads().any(|head| head.revision > deleted) {
            self.memory.deleted = None;
            return;
        }
        self.delete_from_all(seats).await;
        for seat in seats.iter().filter(|seat| matches!(seat.has, Has::Nothing)) {
            self.memory.server_lost(&seat.line.server);
        }
    }

    async fn delete_from_all(&self, seats: &mut [Seat]) {
        let report = self.delete_from(seats).await;
        let none = crate::client::wallet::Head {
            local_hash: BlobHash([0; 32]),
            revision: 0,
        };
        let lines = write_lines(&report, none);
        for ((seat, answer), line) in seats.iter_mut().zip(report.answers()).zip(lines) {
            let error = match &answer.outcome {
                Outcome::Answered(()) => None,
                Outcome::Failed(error) => Some(error),
                Outcome::Pending | Outcome::NotAsked => {
                    if matches!(seat.has, Has::Nothing) {
                        seat.line.verdict = Verdict::Ok;
                    }
                    continue;
                }
            };
            if error.is_none_or(|error| error.server_error() == Some(Name::WalletNotFound)) {
                seat.has = Has::Nothing;
                seat.line = Line {
                    head: None,
                    was: Some("deleted".to_owned()),
                    verdict: Verdict::Ok,
                    error: None,
                    message: None,
                    ..line
                };
            } else {
                seat.line = Line {
                    head: seat.head(),
                    ..line
                };
            }
        }
    }

    async fn delete_from(&self, seats: &[Seat]) -> Report<(), ClientError> {
        let hashes: HashMap<&str, BlobHash> = seats
            .iter()
            .filter_map(|seat| Some((seat.line.server.as_str(), seat.local_hash()?)))
            .collect();
        let asked = self.servers.each(
            |index| seats[index].content().is_some(),
            |server: S| {
                let hash = hashes.get(server.name()).copied();
                let hash = hash.unwrap_or(BlobHash([0; 32]));
                let digest = delete_wallet_digest(server.name(), &hash);
                let signature = self.keys.private_key.sign(&digest);
                server.delete(hash, signature)
            },
        );
        asked.await
    }
}
