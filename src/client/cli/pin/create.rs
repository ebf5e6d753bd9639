//! `larimar pin create`.

use std::io::IsTerminal;

use clap::Args;
use zeroize::Zeroizing;

use super::keyphrase::terminal_qr;
use super::unlock::report;
use crate::client::cli::failure::Failure;
use crate::client::cli::input;
use crate::client::cli::output;
use crate::client::cli::session::Session;
use crate::client::{Keyphrase, PinWallet, WalletUrl};

/// Creates a wallet, and shows its keyphrase and its pin once
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a server, or a profile; paper and a pen. No e-mail address.\n\n\
    Example:\n  larimar pin create --server https://wallet.example.org"
)]
pub(super) struct Create {
    /// Prints the QR code of the wallet's URL too where there is no terminal
    #[arg(long)]
    qr: bool,
}

impl Create {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let place = session.pins()?;
        if place.find()?.is_some() {
            return Err(place.occupied());
        }
        let client = session.client()?;
        let keyphrase = Keyphrase::random()?;
        let (wallet, unlocked, pin) = PinWallet::create(&client, &keyphrase).await?;
        // another command may have put one there meanwhile; nothing is in this one yet
        let mut device = place.put(wallet)?;
        let url = WalletUrl {
            host: client.server_name().to_owned(),
            keyphrase,
        };
        let text = Zeroizing::new(url.keyphrase.to_string());
        let url_text = Zeroizing::new(url.to_string());
        if session.json {
            output::json(&serde_json::json!({
                "keyphrase": &*text,
                "url": &*url_text,
                "pin": pin.expose(),
                "access_key": &*device.wallet.access_key().hex(),
            }))?;
        } else {
            let terminal = std::io::stdout().is_terminal();
            let qr = match terminal || self.qr {
                true => terminal_qr(&url_text)?,
                false => Zeroizing::default(),
            };
            let shown = Zeroizing::new(format!(
                "keyphrase {}\nurl {}\npin {}\n{}",
                &*text,
                &*url_text,
                pin.expose(),
                &*qr
            ));
            output::data(shown.as_bytes())?;
            session.say(
                "Write the keyphrase down and keep it as you would keep cash: it is everything, and it is not shown again.",
            );
            session.say("The pin opens the wallet on this device; larimar pin access shows it again to whoever has the keyphrase.");
            if terminal && std::io::stdin().is_terminal() {
                confirm(session, &text)?;
            }
        }
        match device.sync(&unlocked, &client).await {
            Ok(synced) => report(session, &synced, &device.wallet),
            // the wallet is there, and the keyphrase was shown
            Err(failure) => {
                failure.report(session.json);
                session.say(
                    "The wallet is there, but has no addresses yet: larimar pin unlock makes them.",
                );
            }
        }
        Ok(())
    }
}

/// A person who has not written it down is told so once more.
fn confirm(session: &mut Session, keyphrase: &str) -> Result<(), Failure> {
    let last = &keyphrase[keyphrase.len() - 4..];
    for _ in 0..input::TRIES {
        let typed = session.input.visible(
            "When it is written down, type the last 4 characters of what you wrote",
            "--json",
        )?;
        if typed == last {
            return Ok(());
        }
        session.say("That is something else: compare what you wrote with the keyphrase above.");
    }
    session.say("warning: the wallet is created all the same. Without the keyphrase it is lost with this device, or with the pin.");
    Ok(())
}
