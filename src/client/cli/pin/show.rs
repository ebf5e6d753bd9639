//! `larimar pin show`.

use clap::Args;
use zeroize::Zeroizing;

use super::credential::Credential;
use super::list::{as_json, described};
use crate::client::PinWalletError;
use crate::client::cli::failure::Failure;
use crate::client::cli::output;
use crate::client::cli::session::Session;

/// Shows an address: its public key, both kinds of address, its description, and if it is asked for its private key
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a wallet on this device. With --private: the pin and the server, or the keyphrase and nobody.\n\n\
    The private key is in the form that other wallets import (WIF). Whoever has it has what was paid to the address.\n\n\
    Examples:\n  larimar pin show 1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH\n  \
    larimar pin show 1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH --private --keyphrase"
)]
pub(super) struct Show {
    /// The address (either kind), or its public key
    address: String,
    /// Shows the private key too
    #[arg(long)]
    private: bool,
    #[command(flatten)]
    credential: Credential,
}

impl Show {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let wallet = session.pins()?.read()?;
        let unlocked = if self.private || self.credential.is_given() {
            let typed = self.credential.typed(session)?;
            Some(typed.unlock(session, &wallet).await?)
        } else {
            None
        };
        let address = wallet.address(&self.address, unlocked.as_ref())?;
        let key = address
            .key
            .ok_or_else(|| PinWalletError::NoSuchAddress(self.address.clone()))?;
        let wif = match &unlocked {
            Some(unlocked) if self.private => {
                let private = unlocked.private_key(&address)?;
                Some(key.wif(&private).ok_or(PinWalletError::ForeignKey)?)
            }
            _ => None,
        };
        if session.json {
            let mut shown = as_json(&address);
            if let Some(wif) = &wif {
                shown["wif"] = wif.as_str().into();
            }
            return output::json(&shown);
        }
        output::line(&format!("public_key {key}"))?;
        if let Some(p2wpkh) = key.p2wpkh() {
            output::line(&format!("p2wpkh {p2wpkh}"))?;
        }
        output::line(&format!("p2pkh {}", key.p2pkh()))?;
        output::line(&format!("description {}", described(&address)))?;
        if let Some(wif) = &wif {
            let line = Zeroizing::new(format!("wif {}\n", wif.as_str()));
            output::data(line.as_bytes())?;
        }
        if address.hides_something() {
            session.say("What stands in [ ] is encrypted: with --private it is shown.");
        }
        Ok(())
    }
}
