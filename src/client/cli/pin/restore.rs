//! `larimar pin restore` and `larimar pin export`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::credential::{KeyphraseArgs, url_of};
use crate::client::cli::failure::Failure;
use crate::client::cli::session::Session;
use crate::client::cli::{input, output};
use crate::client::{PinWallet, Unlocked};

/// Brings a wallet to this device, with its keyphrase
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: the keyphrase, or a URL bjswallet://HOST/KEYPHRASE, asked for without echo; a server, unless the URL names it. With --offline: a file that \
    larimar pin export wrote, and no server.\n\n\
    It shows the pin, and unlocks the wallet if it was locked. What is queued on this device stays.\n\n\
    Examples:\n  larimar pin restore --server https://wallet.example.org\n  larimar pin restore --offline --from addresses.json"
)]
pub(super) struct Restore {
    /// Asks no server; private keys are shown by the keyphrase
    #[arg(long, requires = "from")]
    offline: bool,
    /// What larimar pin export wrote
    #[arg(long, value_name = "FILE", requires = "offline")]
    from: Option<PathBuf>,
    #[command(flatten)]
    keyphrase: KeyphraseArgs,
}

impl Restore {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let place = session.pins()?;
        self.from.as_deref().map_or(Ok(()), input::check)?;
        let written = self.keyphrase.typed(session)?;
        let host = written.host.as_deref().map(url_of);
        let server = session
            .named_server()
            .map(str::to_owned)
            .or(host)
            .or_else(|| session.any_server().map(str::to_owned));
        if let Some(here) = place.find()? {
            let unlocked = Unlocked::from(&written.keyphrase);
            unlocked.opens(&here).map_err(|_| place.occupied())?;
        }
        let (wallet, pin) = if let Some(path) = &self.from {
            let bytes = session.input.data(path, false)?;
            let (mut wallet, _) = PinWallet::restore_offline(&written.keyphrase, &bytes)?;
            if let Some(server) = &server {
                wallet.set_server(server);
            }
            (wallet, None)
        } else {
            let client = match &server {
                Some(url) => session.client_at(url)?,
                None => session.client()?,
            };
            let (wallet, _, pin) = PinWallet::restore(&client, &written.keyphrase).await?;
            (wallet, Some(pin))
        };
        let device = place.put(wallet)?;
        let addresses = device.wallet.addresses(None);
        let count = addresses.len();
        if session.json {
            return output::json(&json!({
                "pin": pin.as_ref().map(crate::client::Pin::expose),
                "server": device.wallet.server(),
                "access_key": &*device.wallet.access_key().hex(),
                "addresses": count,
                "opens_with_pin": device.wallet.opens_with_pin(),
            }));
        }
        if let Some(pin) = &pin {
            let line = zeroize::Zeroizing::new(format!("pin {}\n", pin.expose()));
            output::data(line.as_bytes())?;
        }
        session.say(&format!(
            "restored: {count} addresses, {} of them unused",
            device.wallet.reserve()
        ));
        if !device.wallet.opens_with_pin() {
            session.say("No pin opens it on this device yet, but the keyphrase does. When its server is there: larimar pin access");
        }
        Ok(())
    }
}

/// Writes the addresses to a file, as the server has them: private keys stay encrypted
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a wallet on this device. No pin, and no server: it is what this device knows since it was unlocked, without what is queued.\n\n\
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
        if !wallet.queue().is_empty() {
            session.say("warning: what is queued is not in it; larimar pin unlock sends it first");
        }
        Ok(())
    }
}
