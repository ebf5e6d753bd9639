//! `larimar pin create`.

use std::io::IsTerminal;

use clap::Args;
use zeroize::Zeroizing;

use super::device::Device;
use super::keyphrase::terminal_qr;
use super::unlock::report;
use crate::client::cli::failure::Failure;
use crate::client::cli::input;
use crate::client::cli::output;
use crate::client::cli::session::Session;
use crate::client::{Client, Keyphrase, Pin, PinWallet, Unlocked, WalletUrl};

/// Creates a wallet, and shows its keyphrase and its pin once
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a server, or a profile; paper and a pen. No e-mail address.\n\n\
    The exit code is 0 as soon as the wallet is there and its keyphrase was shown, also if the server then made no addresses: that is said on standard error, \
    larimar pin status shows it, and larimar pin unlock makes them. If the keyphrase could not be shown, the wallet is deleted again.\n\n\
    --json: keyphrase, url, pin, access_key.\n\n\
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
        if output::is_discarded() {
            return Err(Failure::usage(
                "standard output leads nowhere, so nobody would see the keyphrase; nothing was created",
            ));
        }
        place.try_out()?;
        let client = session.client()?;
        let keyphrase = Keyphrase::random()?;
        let (wallet, unlocked, pin) = PinWallet::create(&client, &keyphrase).await?;
        // another command may have put one there meanwhile; nothing is in this one yet
        let mut device = match place.put(wallet.clone()) {
            Ok(device) => device,
            Err(failure) => {
                // the failure that came first says more
                drop(unlocked.delete(&wallet, &client).await);
                return Err(failure);
            }
        };
        let url = WalletUrl {
            host: client.server_name().to_owned(),
            keyphrase,
        };
        if let Err(failure) = self.show(session, &device, &url, &pin) {
            return Err(undone(failure, device, &unlocked, &client).await);
        }
        // before anybody is asked anything, since people go away
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
        let terminals = std::io::stdout().is_terminal() && std::io::stdin().is_terminal();
        if terminals && !session.json {
            confirm(session, &Zeroizing::new(url.keyphrase.to_string()));
        }
        Ok(())
    }

    fn show(
        &self,
        session: &Session,
        device: &Device,
        url: &WalletUrl,
        pin: &Pin,
    ) -> Result<(), Failure> {
        let text = Zeroizing::new(url.keyphrase.to_string());
        let url_text = Zeroizing::new(url.to_string());
        if session.json {
            return output::once(&output::json_text(&serde_json::json!({
                "keyphrase": &*text,
                "url": &*url_text,
                "pin": pin.expose(),
                "access_key": &*device.wallet.access_key().hex(),
            }))?);
        }
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
        output::once(shown.as_bytes())?;
        session.say(
            "Write the keyphrase down and keep it as you would keep cash: it is everything, and it is not shown again.",
        );
        session.say("The pin opens the wallet on this device; larimar pin access shows it again to whoever has the keyphrase.");
        Ok(())
    }
}

/// A wallet whose keyphrase nobody has seen would lose what is paid to it: it is not there any more.
async fn undone(failure: Failure, device: Device, unlocked: &Unlocked, client: &Client) -> Failure {
    let deleted = unlocked.delete(&device.wallet, client).await;
    let removed = device.remove();
    let mut message = format!("the keyphrase could not be shown: {}.", failure.message());
    message += match deleted {
        Ok(()) => " The wallet, which was empty, is deleted again",
        Err(_) => " The wallet is not used; an empty one that nobody opens is left on the server",
    };
    if let Err(left) = removed {
        message += &format!("; but {}", left.message());
    }
    failure.saying(message)
}

/// A person who has not written it down is told so once more.
fn confirm(session: &mut Session, keyphrase: &str) {
    let last = &keyphrase[keyphrase.len() - 4..];
    for _ in 0..input::TRIES {
        let typed = session.input.visible(
            "When it is written down, type the last 4 characters of what you wrote",
            "--json",
        );
        match typed {
            Ok(typed) if typed == last => return,
            Ok(_) => {}
            // nobody types any more, but the keyphrase was seen
            Err(_) => {
                output::tell("\n");
                break;
            }
        }
        session.say("That is something else: compare what you wrote with the keyphrase above.");
    }
    session.say("warning: the wallet is created all the same. Without the keyphrase it is lost with this device, or with the pin.");
}
