//! `larimar pin restore` and `larimar pin export`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::credential::{KeyphraseArgs, url_of};
use super::device::Device;
use super::unlock::{announce, as_json, report};
use crate::client::cli::failure::Failure;
use crate::client::cli::session::Session;
use crate::client::cli::{input, output};
use crate::client::{Pin, PinWallet, PinWalletError, PrivateState, Synced, Unlocked};
use crate::protocol::Name;

/// Brings a wallet to this device, with its keyphrase
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: the keyphrase, or a URL bjswallet://HOST/KEYPHRASE, asked for without echo; a server, unless the URL names it. With --offline: a file that \
    larimar pin export wrote, and no server.\n\n\
    It shows the pin, and unlocks the wallet if it was locked. Unless it is offline it also does what larimar pin unlock does: sends what is queued on this device, and makes unused \
    addresses of this device's own. The exit code is 0 as soon as the wallet is here, also if that then failed.\n\n\
    With --create: a server that lost the wallet, or another one, gets it again, with all that this device knows of it, and a new pin.\n\n\
    --json: pin, server, access_key, addresses, queued, opens_with_pin; sync, which is what unlock says, or null; sync_error, the name of the error or null.\n\n\
    Examples:\n  larimar pin restore --server https://wallet.example.org\n  larimar pin restore --offline --from addresses.json\n  \
    larimar pin restore --create --server https://other.example.org"
)]
pub(super) struct Restore {
    /// Asks no server; private keys are shown by the keyphrase
    #[arg(long, requires = "from")]
    offline: bool,
    /// What larimar pin export wrote
    #[arg(long, value_name = "FILE", requires = "offline")]
    from: Option<PathBuf>,
    /// Puts the wallet of this device on a server that does not have it, or not any more
    #[arg(long, conflicts_with = "offline")]
    create: bool,
    #[command(flatten)]
    keyphrase: KeyphraseArgs,
}

impl Restore {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let place = session.pins()?;
        self.from.as_deref().map_or(Ok(()), input::check)?;
        let here = place.find()?;
        let told = here.as_ref().map_or(0, |here| announce(session, here, 0));
        if self.create && here.is_none() {
            return Err(place.read().map_or_else(
                |failure| failure.hint("with an export: larimar pin restore --offline --from FILE, and then the same again"),
                |_| Failure::other("the wallet came meanwhile: try again"),
            ));
        }
        let written = self.keyphrase.typed(session)?;
        let host = written.host.as_deref().map(url_of);
        let unlocked = Unlocked::from(&written.keyphrase);
        if let Some(here) = &here {
            unlocked.opens(here).map_err(|_| place.occupied())?;
        }
        let of_wallet = || here.as_ref()?.server().map(str::to_owned);
        let server = session
            .named_server()
            .map(str::to_owned)
            .or(host)
            .or_else(|| self.create.then(of_wallet)?)
            .or_else(|| session.any_server().map(str::to_owned));
        let (mut device, pin, client) = if let Some(path) = &self.from {
            let bytes = session.input.data(path, true)?;
            if bytes.is_empty() {
                let message = format!(
                    "{} is empty: larimar pin export did not write it",
                    path.display()
                );
                return Err(Failure::usage(message));
            }
            let (mut wallet, _) = PinWallet::restore_offline(&written.keyphrase, &bytes)?;
            if let Some(server) = &server {
                wallet.set_server(server);
            }
            (place.put(wallet)?, None, None)
        } else {
            let client = match &server {
                Some(url) => session.client_at(url)?,
                None => session.client()?,
            };
            let (device, pin) = if self.create {
                let mut device = place.open()?;
                let created = unlocked.create_again(&mut device.wallet, &client).await;
                let pin = created.map_err(there_already)?;
                device.save()?;
                (device, pin)
            } else {
                let (wallet, _, pin) = PinWallet::restore(&client, &written.keyphrase).await?;
                (place.put(wallet)?, pin)
            };
            (device, Some(pin), Some(client))
        };
        device.wallet.check(&unlocked);
        device.save()?;
        let synced = match &client {
            Some(client) => {
                announce(session, &device.wallet, told);
                Some(device.sync(&unlocked, client).await)
            }
            None => None,
        };
        self.report(session, &device, pin.as_ref(), synced)
    }

    fn report(
        &self,
        session: &Session,
        device: &Device,
        pin: Option<&Pin>,
        synced: Option<Result<Synced, Failure>>,
    ) -> Result<(), Failure> {
        let wallet = &device.wallet;
        let addresses = wallet.addresses(None);
        let count = addresses.iter().filter(|it| !it.is_unused()).count();
        let queued = wallet.queue().len();
        let synced = synced.transpose();
        if session.json {
            output::json(&json!({
                "pin": pin.map(Pin::expose),
                "server": wallet.server(),
                "access_key": &*wallet.access_key().hex(),
                "addresses": count,
                "queued": queued,
                "opens_with_pin": wallet.opens_with_pin(),
                "sync": synced.as_ref().ok().and_then(Option::as_ref).map(|it| as_json(it, wallet)),
                "sync_error": synced.as_ref().err().map(Failure::name),
            }))?;
        } else if let Some(pin) = pin {
            let line = zeroize::Zeroizing::new(format!("pin {}\n", pin.expose()));
            output::data(line.as_bytes())?;
        }
        session.say(&format!(
            "{}: {count} addresses in use, {} unused",
            if self.create {
                "on the server again"
            } else {
                "restored"
            },
            wallet.reserve()
        ));
        match synced {
            Ok(Some(synced)) => report(session, &synced, wallet),
            Ok(None) => {}
            // the wallet is here, and what it lacks comes with the next unlocking
            Err(failure) => failure.report(session.json),
        }
        if queued > 0 {
            session.say(&format!(
                "queued actions: {queued} (larimar pin queue lists them, larimar pin unlock sends them)"
            ));
        }
        if !wallet.opens_with_pin() {
            session.say("No pin opens it on this device yet, but the keyphrase does. When its server is there: larimar pin access. If the server is gone for good: larimar pin restore --create --server URL puts it on another");
        }
        Ok(())
    }
}

/// A server that has the wallet needs no other one.
fn there_already(error: PinWalletError) -> Failure {
    let failure = Failure::from(error);
    match failure.is(Name::AccessKeyInUse.as_str()) {
        true => failure.hint("the server has the wallet: larimar pin access, or larimar pin restore without --create"),
        false => failure,
    }
}

/// Writes the addresses to a file, as the server has them, and what is queued: private keys stay encrypted
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a wallet on this device. No pin, and no server: it is what this device knows since it was unlocked, and what is queued.\n\n\
    With the keyphrase, the file is enough to bring the wallet back without its server.\n\n\
    Example:\n  larimar pin export --out addresses.json"
)]
pub(super) struct Export {
    /// The file
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Replaces a file that is there
    #[arg(long)]
    force: bool,
}

impl Export {
    pub(super) fn run(&self, session: &Session) -> Result<(), Failure> {
        if self.out == std::path::Path::new("-") {
            return Err(Failure::usage("an export goes to a file").hint("--out /dev/stdout"));
        }
        let wallet = session.pins()?.read()?;
        output::file(&self.out, &wallet.to_export(), self.force)?;
        let count = wallet.addresses(None).len();
        if session.json {
            return output::json(&json!({"addresses": count, "queued": wallet.queue().len()}));
        }
        session.say(&format!(
            "wrote {count} addresses to {}",
            self.out.display()
        ));
        if wallet
            .addresses(None)
            .iter()
            .any(|it| it.private_key == PrivateState::Clear)
        {
            session.say("warning: private keys that are not encrypted in the wallet are not encrypted in the file either");
        }
        Ok(())
    }
}
