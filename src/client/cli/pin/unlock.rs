//! `larimar pin unlock`, and how it is reported what a server and a device told each other.

use clap::Args;
use serde_json::json;

use super::credential::{Credential, client};
use crate::client::cli::failure::{Failure, counted};
use crate::client::cli::output;
use crate::client::cli::session::Session;
use crate::client::{PinWallet, Synced};

/// Sends what is queued, fetches what other devices added, and makes unused addresses
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a wallet on this device (larimar pin create or restore); its server; the pin, asked for without echo.\n\n\
    --json: how many were sent, received, made, returned, are foreign, are unused; full; clashes, a list of address, theirs.\n\n\
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
        announce(session, &place.read()?);
        let typed = self.credential.typed(session)?;
        let mut device = place.open()?;
        let client = client(session, &device.wallet)?;
        let unlocked = typed.unlock(session, &device.wallet).await?;
        let synced = device.sync(&unlocked, &client).await?;
        if session.json {
            let clashes = synced.clashes.iter();
            let clashes = clashes.map(|it| json!({"address": it.address, "theirs": it.theirs}));
            return output::json(&json!({
                "sent": synced.sent,
                "received": synced.received,
                "made": synced.made,
                "returned": synced.returned,
                "foreign": synced.foreign,
                "full": synced.full,
                "clashes": clashes.collect::<Vec<_>>(),
                "unused": device.wallet.reserve(),
            }));
        }
        report(session, &synced, &device.wallet);
        Ok(())
    }
}

/// What is about to be sent is said before the pin is typed, so that nobody sneaks something in.
pub(super) fn announce(session: &Session, wallet: &PinWallet) {
    for action in wallet.queue() {
        session.say(&format!("to be sent: {} {}", action.at, action.words()));
    }
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
