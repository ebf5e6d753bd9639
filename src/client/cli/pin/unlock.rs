//! `larimar pin unlock`, and how it is reported what a server and a device told each other.

use clap::Args;
use serde_json::{Value, json};

use super::credential::{Credential, client};
use crate::client::cli::Exit;
use crate::client::cli::failure::{Failure, counted};
use crate::client::cli::output;
use crate::client::cli::session::Session;
use crate::client::{PinWallet, Synced};
use crate::protocol::Name;

/// Sends what is queued, fetches what other devices added, and makes unused addresses
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a wallet on this device (larimar pin create or restore); its server; the pin, asked for without echo.\n\n\
    --json: how many were sent, received, made, returned, unreturned, unsent, are foreign, clear, unused; full; clashes, a list of address, theirs.\n\n\
    Examples:\n  \
    larimar pin unlock\n  \
    echo tha8ec | larimar pin unlock --pin-stdin"
)]
pub(super) struct Unlock {
    #[command(flatten)]
    credential: Credential,
}

impl Unlock {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let place = session.pins()?;
        let told = announce(session, &place.read()?, 0);
        let typed = self.credential.typed(session)?;
        let mut device = place.open()?;
        announce(session, &device.wallet, told);
        let client = client(session, &device.wallet)?;
        let unlocked = typed.unlock(session, &device.wallet).await?;
        let synced = device.sync(&unlocked, &client).await?;
        if session.json {
            output::json(&as_json(&synced, &device.wallet))?;
        }
        report(session, &synced, &device.wallet);
        if synced.unsent > 0 {
            let name = Name::QuotaExceeded.as_str();
            let left = counted(synced.unsent as u64, "queued action");
            let message = format!(
                "the wallet is full on the server: {left} could not be sent, and stay in the queue"
            );
            return Err(Failure::new(Exit::Refused, name, message).hint(
                "larimar pin queue --drop N takes something out of it, --drop all everything",
            ));
        }
        Ok(())
    }
}

/// What became of it, for programs.
pub(super) fn as_json(synced: &Synced, wallet: &PinWallet) -> Value {
    json!({
        "sent": synced.sent,
        "received": synced.received,
        "made": synced.made,
        "returned": synced.returned,
        "unreturned": synced.unreturned,
        "unsent": synced.unsent,
        "foreign": synced.foreign,
        "clear": synced.clear,
        "full": synced.full,
        "clashes": synced.clashes,
        "unused": wallet.reserve(),
    })
}

/// What is about to be sent is said before the pin is typed, so that nobody sneaks something in; and again what was queued meanwhile, after the action that
/// was told last. Returned is the one that is told last now.
pub(super) fn announce(session: &Session, wallet: &PinWallet, told: u64) -> u64 {
    let when = if told == 0 { "" } else { ", queued meanwhile" };
    let new = wallet.queue().iter().filter(|it| it.number > told);
    new.fold(told, |_, action| {
        session.say(&format!(
            "to be sent{when}: {} {}",
            action.at,
            action.words()
        ));
        action.number
    })
}

/// Says what became of it.
pub(super) fn report(session: &Session, synced: &Synced, wallet: &PinWallet) {
    let count = |n: usize, what: &str| counted(n as u64, what);
    if synced.sent > 0 {
        session.say(&format!("sent: {}", count(synced.sent, "queued action")));
    }
    if synced.received > 0 {
        session.say(&format!(
            "received: {} of other devices",
            count(synced.received, "change")
        ));
    }
    for clash in &synced.clashes {
        session.say(&format!(
            "warning: {} was given out on another device too{}; its description says both now. Use another address for one of them",
            clash.address,
            clash.theirs.as_ref().map_or_else(String::new, |it| format!(", as \"{it}\"")),
        ));
    }
    if synced.returned > 0 {
        session.say(&format!(
            "warning: the server had lost {} that this device knows; it was given them again. larimar pin export keeps a copy",
            count(synced.returned, "address object")
        ));
    }
    if synced.unreturned > 0 {
        session.say(&format!(
            "warning: the server had lost {} and does not take {} again; this device keeps {}: larimar pin export",
            count(synced.unreturned, "address object"),
            if synced.unreturned == 1 { "it" } else { "them" },
            if synced.unreturned == 1 { "it" } else { "them" },
        ));
    }
    if synced.clear > 0 {
        session.say(&format!(
            "warning: {} with a private key that is not encrypted. The server knows it: larimar pin list marks it",
            count(synced.clear, "address")
        ));
    }
    if synced.foreign > 0 {
        session.say(&format!(
            "warning: {} with a private key that is not its own. Somebody else put it there: do not use what larimar pin list marks as foreign",
            count(synced.foreign, "address object")
        ));
    }
    if synced.full {
        session.say("warning: the server takes no more addresses for this wallet");
    }
    session.say(&format!(
        "unused addresses in reserve: {}",
        wallet.reserve()
    ));
}
