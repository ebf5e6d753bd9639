//! `larimar request-code` and `larimar create`.

use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use super::keys::{KeyArgs, Purpose};
use super::save::report;
use super::session::Session;
use super::{input, output};
use crate::client::{Entries, Wallet};

/// Has a code sent by e-mail, with which a wallet can be created
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a server; --email or a profile. It answers the same whether or not the address has a wallet.\n\n\
    Example:\n  larimar request-code --server https://wallet.example.org --email alice@example.com"
)]
pub(super) struct RequestCode {}

impl RequestCode {
    pub(super) async fn run(&self, session: &Session) -> Result<(), Failure> {
        let email = session.email()?;
        let requested = session.client()?.request_code(email).await?;
        if session.json {
            return output::json(&requested);
        }
        let minutes = requested.expires_in / 60;
        session.say(&format!(
            "A code is on its way to {email}. It is good for {minutes} minutes; larimar create takes it."
        ));
        if requested.retry_after > 0 {
            let wait = requested.retry_after;
            session.say(&format!("Another can be asked for in {wait} seconds."));
        }
        Ok(())
    }
}

/// Creates a wallet with a code from an e-mail
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a server; --email or a profile; a code (larimar request-code); the password, asked for twice, without echo.\n\n\
    With --password-stdin and --data -, the first line of standard input is the password, the rest is the data.\n\n\
    Examples:\n  \
    larimar create --ask-answers 2\n  \
    larimar create --code 7K3M-Q2WX-9FHT-B4ZC --data secrets.json"
)]
pub(super) struct Create {
    /// The code from the mail; asked for if it is not given
    #[arg(long)]
    code: Option<String>,
    /// What the wallet is to hold: a file, or - for standard input; without it an empty list of entries
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Takes the e-mail address away from an older wallet, whose password is forgotten
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    keys: KeyArgs,
}

impl Create {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let client = session.client()?;
        session.email()?;
        self.data.as_deref().map_or(Ok(()), input::check)?;
        let code = match &self.code {
            Some(code) => code.clone(),
            None => session.input.visible("Code", "--code CODE")?,
        };
        let keys = self.keys.keys(session, Purpose::Make)?;
        let plaintext = match &self.data {
            Some(path) => session.input.data(path)?,
            None => Entries::default().to_plaintext(),
        };
        let wallet = Wallet::new(client, keys);
        let stored = wallet.create(&code, &plaintext, self.replace).await?;
        report(session, "created", &wallet, &stored)
    }
}
