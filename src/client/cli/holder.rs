//! Who holds the wallet: one server, or several with what this device remembers of them.

use std::time::Duration;

use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::failure::Failure;
use super::memories::federation;
use super::session::Session;
use super::{cache, servers};
use crate::client::{
    Base, CachedWallet, Client, Federation, Head, Keys, Line, Standing, View, Written,
};

/// Who holds the wallet.
pub(super) enum Holder {
    /// One server, which is not to be asked if the second says so.
    One(Box<CachedWallet>, bool),
    Several(Box<Federation<Client>>),
}

/// What it holds.
pub(super) struct Held {
    pub(super) head: Head,
    pub(super) plaintext: Zeroizing<Vec<u8>>,
    /// When the server says that it stored it.
    pub(super) updated: String,
    /// What each of several servers did.
    pub(super) lines: Vec<Line>,
    /// What the next save over several servers replaces.
    base: Option<Base>,
    /// Where there are changes that it would lose.
    strays: Vec<String>,
    /// What this device makes of the one server.
    pub(super) view: Option<View>,
}

impl Held {
    fn of_one(view: View) -> Self {
        let updated = view.updated.clone();
        Self {
            head: view.content.head,
            plaintext: view.content.plaintext.clone(),
            updated: updated.unwrap_or_else(|| "not yet".to_owned()),
            lines: Vec::new(),
            base: None,
            strays: Vec::new(),
            view: Some(view),
        }
    }

    /// Fails, when all is said, if this may not be what the server has.
    pub(super) fn is_certain(&self) -> Result<(), Failure> {
        let doubt = self.view.as_ref().and_then(cache::doubt);
        doubt.map_or(Ok(()), Err)
    }

    /// Fails if this may not be what the server has although the server was asked: nothing takes its place before that is settled.
    pub(super) fn may_be_replaced(&self) -> Result<(), Failure> {
        match self.is_of_device() {
            Some(_) => Ok(()),
            None => self.is_certain(),
        }
    }

    /// What failed, and why that may be.
    pub(super) fn in_doubt(&self, failure: Failure) -> Failure {
        match self.is_certain() {
            Ok(()) => failure,
            Err(doubt) => {
                let message = format!("{}: {}", failure.message(), doubt.message());
                doubt.saying(message)
            }
        }
    }

    /// Whether the server was not reached.
    fn is_of_device(&self) -> Option<&Standing> {
        let standing = self.view.as_ref().map(|view| &view.standing);
        standing.filter(|it| matches!(it, Standing::Offline | Standing::OutOfReach(_)))
    }
}

/// Longer than a server that is known to be down is waited for.
const REST: Duration = Duration::from_secs(2);

impl Holder {
    pub(super) fn several(session: &Session, keys: Keys) -> Result<Self, Failure> {
        Ok(Self::Several(Box::new(federation(session, keys)?)))
    }

    /// What the wallet holds. Of several servers those that do not have it are told to the person.
    pub(super) async fn fetch(&mut self, session: &Session) -> Result<Held, Failure> {
        let federation = match self {
            Self::One(cached, true) => {
                return Ok(Held::of_one(cache::offline(session, cached)?));
            }
            Self::One(cached, false) => {
                return Ok(Held::of_one(cache::fetch(session, cached).await?));
            }
            Self::Several(federation) => federation,
        };
        let fetched = federation.fetch().await?;
        servers::warn(session, &fetched);
        let Some(content) = fetched.content() else {
            return Err(servers::fork(&fetched));
        };
        let has_it = |line: &&Line| line.head == Some(content.head);
        let updated = fetched.lines.iter().find(has_it);
        let updated = updated.and_then(|line| line.updated.clone());
        Ok(Held {
            head: content.head,
            plaintext: content.plaintext.clone(),
            updated: updated.unwrap_or_else(|| "unknown".to_owned()),
            base: Some(fetched.base()),
            strays: servers::places(&fetched.strays),
            lines: fetched.lines,
            view: None,
        })
    }

    /// The wallet holds this plaintext in place of what was fetched, and that is reported.
    pub(super) async fn save(
        &mut self,
        session: &Session,
        done: &str,
        plaintext: &[u8],
        held: &Held,
    ) -> Result<(), Failure> {
        let nothing = Map::new();
        self.save_saying(session, done, plaintext, held, nothing)
            .await
    }

    /// The same, and a program is told this beside what is stored.
    pub(super) async fn save_saying(
        &mut self,
        session: &Session,
        done: &str,
        plaintext: &[u8],
        held: &Held,
        beside: Map<String, Value>,
    ) -> Result<(), Failure> {
        match self {
            Self::One(cached, _) => {
                held.may_be_replaced()?;
                let written = cached.save(plaintext).await?;
                let is_kept = matches!(written, Written::Kept { because: None, .. });
                cache::report(session, done, cached, written, beside)?;
                match held.is_of_device() {
                    Some(Standing::OutOfReach(error)) if is_kept => Err(cache::kept_because(error)),
                    _ => Ok(()),
                }
            }
            Self::Several(federation) => {
                let (Some(base), []) = (&held.base, &held.strays[..]) else {
                    return Err(servers::outside(&held.strays));
                };
                save_over(session, done, federation, plaintext, base, beside).await
            }
        }
    }
}

/// Saves on several servers, and reports it.
pub(super) async fn save_over(
    session: &Session,
    done: &str,
    federation: &mut Federation<Client>,
    plaintext: &[u8],
    base: &Base,
    beside: Map<String, Value>,
) -> Result<(), Failure> {
    let saved = federation.save(plaintext, base).await?;
    let lines = federation.settle(saved, REST).await;
    servers::report_with(session, done, federation, &lines, beside)
}
