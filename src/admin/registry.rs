//! What an operator may ask about wallets, of the server that has the store open, or of the store itself.

use std::sync::Arc;

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use super::backup::{Reached, options, served_or_open};
use super::control::{Piece, Question, ask};
use super::serve::rules;
use crate::clock::SystemClock;
use crate::config::Settings;
use crate::crypto::Secret;
use crate::pins::{self, PinName};
use crate::store::{AccessDigest, Store, WalletId};
use crate::wallet::{self, WalletName, Wallets};

/// So many wallets are told of in one go.
const PAGE: usize = 500;

/// Which wallet it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Id {
    Wallet(WalletId),
    Pin(AccessDigest),
}

/// By what it is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Name {
    Wallet(WalletName),
    Pin(PinName),
}

/// What is asked.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) enum Ask {
    /// Some wallets, from the first one after this one on: none, if that was the last.
    After(Option<Id>),
    /// The one with this name.
    Find(Name),
    /// That this one be erased.
    Erase(Id),
}

/// What is seen of one.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Row {
    Wallet(wallet::Listed),
    Pin(pins::Listed),
}

impl Row {
    pub(super) fn id(&self) -> Id {
        match self {
            Self::Wallet(listed) => Id::Wallet(listed.id),
            Self::Pin(listed) => Id::Pin(listed.id),
        }
    }
}

/// What is answered.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    Rows(Vec<Row>),
    /// Whether there was one; if so it is gone, durably.
    Erased(bool),
}

/// Answers; not for an async thread.
pub(super) fn answer(wallets: &Wallets, ask: Ask) -> anyhow::Result<Answer> {
    futures_executor::block_on(async {
        let store = &**wallets.store();
        Ok(match ask {
            Ask::After(after) => Answer::Rows(page(wallets, after)?),
            Ask::Find(Name::Wallet(name)) => {
                let found = wallets.find(&name).await?;
                Answer::Rows(found.into_iter().map(Row::Wallet).collect())
            }
            Ask::Find(Name::Pin(name)) => {
                let found = pins::find(store, &name).await?;
                Answer::Rows(found.into_iter().map(Row::Pin).collect())
            }
            Ask::Erase(Id::Wallet(id)) => Answer::Erased(wallets.erase(id).await?),
            Ask::Erase(Id::Pin(id)) => Answer::Erased(pins::erase(store, id).await?),
        })
    })
}

/// First those with a key, then those with a pin.
fn page(wallets: &Wallets, after: Option<Id>) -> anyhow::Result<Vec<Row>> {
    let (wallet, pin) = match after {
        None => (Some(None), None),
        Some(Id::Wallet(id)) => (Some(Some(id)), None),
        Some(Id::Pin(id)) => (None, Some(id)),
    };
    if let Some(after) = wallet {
        let rows = wallets.page(after, PAGE)?;
        if !rows.is_empty() {
            return Ok(rows.into_iter().map(Row::Wallet).collect());
        }
    }
    let rows = pins::page(&**wallets.store(), pin.as_ref(), PAGE)?;
    Ok(rows.into_iter().map(Row::Pin).collect())
}

/// Where a command asks.
pub(super) struct Desk<'a> {
    settings: &'a Settings,
    /// If no server has the store open.
    open: Option<Wallets>,
}

impl<'a> Desk<'a> {
    /// The server that runs, or the store, which no server can open then.
    pub(super) fn reach(settings: &'a Settings, secret: &Secret<32>) -> anyhow::Result<Self> {
        let path = &settings.store.path;
        let mut desk = Self {
            settings,
            open: None,
        };
        let reached = {
            let ask_server = || desk.ask_server(Ask::After(None));
            served_or_open(path, ask_server, secret, &options(settings))?
        };
        if let Reached::Open(store) = reached {
            let store: Arc<dyn Store> = Arc::new(store?);
            let rules = rules(settings, Vec::new());
            desk.open = Some(Wallets::new(
                store,
                Arc::new(SystemClock),
                secret.clone(),
                rules,
            ));
        }
        Ok(desk)
    }

    pub(super) fn ask(&self, ask: Ask) -> anyhow::Result<Answer> {
        match &self.open {
            Some(wallets) => answer(wallets, ask),
            None => self
                .ask_server(ask)?
                .context("the server stopped meanwhile; say it again"),
        }
    }

    fn ask_server(&self, question: Ask) -> anyhow::Result<Option<Answer>> {
        let question = Question::Registry { ask: question };
        ask(&self.settings.store.path, question, |piece| match piece {
            Piece::Answer(answer) => Ok(Some(answer)),
            Piece::Failed(why) => bail!("the running server did not do it: {why}"),
            Piece::Frame(_) | Piece::End(_) | Piece::Looked(_) | Piece::Report(_) => Ok(None),
        })
    }
}

impl Drop for Desk<'_> {
    /// What was done is stored already; this leaves the store as it should be found.
    fn drop(&mut self) {
        if let Some(wallets) = &self.open {
            futures_executor::block_on(wallets.store().close());
        }
    }
}
