//! `larimar pin new` and `larimar pin describe`.

use clap::Args;
use serde_json::Value;

use super::credential::{Credential, Typed, client};
use super::list::as_json;
use super::unlock::{self, announce, report};
use crate::client::cli::failure::Failure;
use crate::client::cli::output;
use crate::client::cli::session::Session;
use crate::client::{NewDescription, PinAddress, PinWallet, PinWalletError, RESERVE, Unlocked};
use crate::clock::{Clock, SystemClock};

/// Gives out an address that was not used before, from the reserve
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a wallet on this device. No pin, and no server: what is done waits in the queue. With --secret: the pin, asked for without echo.\n\n\
    A device gives out addresses that it made itself, as long as it has some. After that, two devices may give out the same one: it is told when the second one is unlocked.\n\n\
    Given a pin, it also fetches what other devices did, before, and sends the queue and fills the reserve, after. The exit code is 0 as soon as an address is given out and kept on \
    this device, also if the server then could not be told: it waits in the queue.\n\n\
    --json: what list says of the address; sync, which is what unlock says, or null; sync_error, the name of the error if the server could not be told, or null.\n\n\
    Examples:\n  larimar pin new --description Faucet\n  larimar pin new --description 'not for everybody' --secret"
)]
pub(super) struct New {
    /// What it is for; whoever has this device or the server can read it
    #[arg(long, value_name = "TEXT", default_value = "")]
    description: String,
    #[command(flatten)]
    how: How,
}

/// Writes another description of an address
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a wallet on this device. No pin, and no server: what is done waits in the queue. With --secret: the pin, asked for without echo.\n\n\
    What it said before stays readable in the wallet's history on the server, since the server only adds.\n\n\
    Example:\n  larimar pin describe 1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH 'from Bob'"
)]
pub(super) struct Describe {
    /// The address (either kind), or its public key
    address: String,
    /// What it is for
    text: String,
    #[command(flatten)]
    how: How,
}

#[derive(Debug, Args)]
struct How {
    /// Encrypts the description
    #[arg(long)]
    secret: bool,
    #[command(flatten)]
    credential: Credential,
}

impl New {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        self.how
            .change(session, &self.description, true, |wallet, description| {
                wallet.take(description, SystemClock.now())
            })
            .await
    }
}

impl Describe {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        self.how
            .change(session, &self.text, false, |wallet, description| {
                wallet.describe(&self.address, description, SystemClock.now())
            })
            .await
    }
}

impl How {
    async fn change(
        &self,
        session: &mut Session,
        text: &str,
        takes: bool,
        change: impl FnOnce(&mut PinWallet, NewDescription<'_>) -> Result<PinAddress, PinWalletError>,
    ) -> Result<(), Failure> {
        let place = session.pins()?;
        let wallet = place.read()?;
        let needed = self.secret || self.credential.is_given();
        let told = if needed {
            announce(session, &wallet, 0)
        } else {
            0
        };
        let typed = needed.then(|| self.credential.typed(session)).transpose()?;
        let mut device = place.open()?;
        if needed {
            announce(session, &device.wallet, told);
        }
        let unlocked: Option<Unlocked> = match &typed {
            Some(typed) => Some(typed.unlock(session, &device.wallet).await?),
            None => None,
        };
        // only whoever unlocked with a pin has met the server
        let server = match (&unlocked, &typed) {
            (Some(unlocked), Some(Typed::Pin(_))) => {
                Some((unlocked, client(session, &device.wallet)?))
            }
            _ => None,
        };
        if let Some(unlocked) = &unlocked {
            device.wallet.check(unlocked);
        }
        // whoever meets the server hears first what other devices gave out
        let heard = match &server {
            Some((unlocked, client)) if takes => Some(device.sync(unlocked, client).await),
            _ => None,
        };
        let heard = match heard {
            Some(Err(failure)) if device.wallet.reserve() == 0 => return Err(failure),
            heard => heard.transpose(),
        };
        let description = match &unlocked {
            Some(unlocked) if self.secret => NewDescription::Secret(text, unlocked),
            _ => NewDescription::Plain(text),
        };
        let address = change(&mut device.wallet, description)?;
        device.save()?;
        let synced = match (&server, heard) {
            (Some((unlocked, client)), Ok(heard)) => {
                let synced = device.sync(unlocked, client).await;
                Some(synced.map(|synced| heard.unwrap_or_default().and_then(synced)))
            }
            (_, Err(failure)) => Some(Err(failure)),
            (None, Ok(_)) => None,
        };
        if session.json {
            let mut shown = as_json(&address);
            let synced = synced.as_ref();
            shown["sync"] = synced
                .and_then(|it| it.as_ref().ok())
                .map_or(Value::Null, |it| unlock::as_json(it, &device.wallet));
            shown["sync_error"] = synced
                .and_then(|it| it.as_ref().err())
                .map_or(Value::Null, |it| it.name().into());
            output::json(&shown)?;
        } else {
            output::line(&address.key.map_or_else(String::new, |key| key.name()))?;
        }
        match synced {
            Some(Ok(synced)) => report(session, &synced, &device.wallet),
            // it is done here, and waits
            Some(Err(failure)) => failure.report(session.json),
            None => {}
        }
        let queued = device.wallet.queue().len();
        if queued > 0 {
            session.say(&format!(
                "queued: {queued} in all, sent by larimar pin unlock; {} of {RESERVE} unused addresses left",
                device.wallet.reserve()
            ));
        }
        Ok(())
    }
}
