//! `larimar pin access`, `change-pin`, `lock` and `delete`.

use std::io::IsTerminal;

use clap::Args;
use serde_json::json;
use zeroize::Zeroizing;

use super::credential::{Credential, KeyphraseArgs, client, pin_of};
use crate::client::cli::failure::{Failure, counted};
use crate::client::cli::session::Session;
use crate::client::cli::{input, output};
use crate::client::{ClientError, Unlocked};

/// Shows the pin to whoever has the keyphrase, and unlocks a wallet that is locked
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a wallet on this device; its server; the keyphrase, asked for without echo.\n\n\
    A server that --server names is kept as that of the wallet, for when it has moved or was restored without one.\n\nExample:\n  larimar pin access"
)]
pub(super) struct Access {
    #[command(flatten)]
    keyphrase: KeyphraseArgs,
}

impl Access {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let place = session.pins()?;
        place.read()?;
        let written = self.keyphrase.typed(session)?;
        let mut device = place.open()?;
        let client = client(session, &device.wallet)?;
        let unlocked = Unlocked::from(&written.keyphrase);
        let pin = unlocked.access(&mut device.wallet, &client).await?;
        // a server that knows the keyphrase's keys has the wallet
        device.wallet.set_server(client.address().url().as_str());
        device.save()?;
        if session.json {
            return output::json(&json!({"pin": pin.expose()}));
        }
        let line = Zeroizing::new(format!("pin {}\n", pin.expose()));
        output::data(line.as_bytes())?;
        session.say("The wallet is unlocked, if it was locked, and opens with this pin.");
        if !device.wallet.opens_with_pin() {
            session.say("warning: the server lets nobody log in just now. Do the same again later");
        }
        Ok(())
    }
}

/// Changes the pin to one that you choose, on all devices
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a wallet on this device; its server; the pin or the keyphrase; the new pin, asked for twice, without echo: small letters and the digits 2 to 9.\n\n\
    Examples:\n  larimar pin change-pin\n  printf '%s\\n' \"$OLD\" \"$NEW\" | larimar pin change-pin --pin-stdin --new-pin-stdin"
)]
pub(super) struct ChangePin {
    #[command(flatten)]
    credential: Credential,
    /// Reads the new pin from standard input, a line after that of the pin or the keyphrase if that comes from there too
    #[arg(long, help_heading = "New pin")]
    new_pin_stdin: bool,
}

impl ChangePin {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let wallet = session.pins()?.read()?;
        let client = client(session, &wallet)?;
        let typed = self.credential.typed(session)?;
        let unlocked = typed.unlock(session, &wallet).await?;
        let new = if self.new_pin_stdin {
            session.input.line("the new pin")?
        } else {
            input::secret("New pin", true, "--new-pin-stdin")?
        };
        let new = pin_of(new, "choose a pin that is worth nothing by itself")?;
        let changed = unlocked.change_pin(&wallet, &client, &new).await;
        changed.map_err(|error| {
            let unknown = error.client().is_some_and(ClientError::outcome_unknown);
            match Failure::from(error) {
                failure if unknown => failure.hint(
                    "the new pin may hold already: try it first, and the old one only after it. larimar pin access shows which one it is",
                ),
                failure => failure,
            }
        })?;
        if session.json {
            return output::json(&json!({"changed": true}));
        }
        session.say("The pin is changed, on all devices. The keyphrase stays.");
        Ok(())
    }
}

/// Locks the wallet: no pin opens it, on any device, until larimar pin access
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a wallet on this device; its server. No pin: whoever lost a device does it on another one, at once.\n\nExample:\n  larimar pin lock"
)]
pub(super) struct Lock {}

impl Lock {
    pub(super) async fn run(&self, session: &Session) -> Result<(), Failure> {
        let wallet = session.pins()?.read()?;
        wallet.lock(&client(session, &wallet)?).await?;
        if session.json {
            return output::json(&json!({"locked": true}));
        }
        session.say("The wallet is locked. larimar pin access unlocks it with the keyphrase.");
        Ok(())
    }
}

/// Deletes the wallet from the server, and then from this device
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a wallet on this device; its server; the pin or the keyphrase, asked for without echo; a confirmation, or --yes. There is no way back, and what was paid to its \
    addresses is lost with their private keys, unless they are kept elsewhere.\n\n\
    Examples:\n  larimar pin export --out addresses.json\n  larimar pin delete"
)]
pub(super) struct Delete {
    /// Does not ask whether it is meant
    #[arg(long)]
    yes: bool,
    /// Removes it from this device only: then only the server or an export has its private keys. Needs neither pin nor server
    #[arg(long)]
    local_only: bool,
    #[command(flatten)]
    credential: Credential,
}

impl Delete {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let place = session.pins()?;
        let wallet = place.read()?;
        if !self.yes && !std::io::stdin().is_terminal() {
            return Err(
                Failure::usage("there is no terminal to ask whether it is meant")
                    .hint("--yes deletes without asking"),
            );
        }
        let typed = match self.local_only {
            true => None,
            false => Some(self.credential.typed(session)?),
        };
        if !self.yes {
            let addresses = wallet.addresses(None);
            let keys = addresses.iter().filter(|it| it.has_private_key()).count();
            let keys = counted(keys as u64, "private key");
            let queued = counted(wallet.queue().len() as u64, "queued action");
            session.say(&match self.local_only {
                true => format!("What this device keeps of the wallet will be gone: {keys}, and {queued}. Only a server that has the wallet, or an export, has the keys then, and only the keyphrase opens them: larimar pin unlock looks whether the server has it, larimar pin export copies it."),
                false => format!("The wallet will be gone from the server and from this device: {keys}, and {queued}. What was paid to its addresses cannot be spent any more."),
            });
            if session.input.visible("Type delete to go on", "--yes")? != "delete" {
                return Err(Failure::other("nothing was deleted"));
            }
        }
        let device = place.open()?;
        let addresses = device.wallet.addresses(None);
        let keys = addresses.iter().filter(|it| it.has_private_key()).count();
        let on_server = typed.is_some();
        if let Some(typed) = typed {
            let client = client(session, &device.wallet)?;
            let unlocked = typed.unlock(session, &device.wallet).await?;
            unlocked.delete(&device.wallet, &client).await?;
        }
        device.remove().map_err(|failure| {
            let message = format!(
                "deleted from the server, but not from this device: {}",
                failure.message()
            );
            if on_server {
                failure.saying(message)
            } else {
                failure
            }
        })?;
        if session.json {
            return output::json(&json!({"deleted": true, "private_keys": keys}));
        }
        let keys = counted(keys as u64, "private key");
        session.say(&match self.local_only {
            true => format!(
                "deleted from this device, with {keys}: only a server or an export has them now"
            ),
            false => format!("deleted from the server and from this device, with {keys}"),
        });
        Ok(())
    }
}
