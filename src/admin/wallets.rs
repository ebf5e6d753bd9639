//! `larimard wallets`: which there are, one of them, and erasing one.

mod view;

use std::io::{self, BufRead, IsTerminal, Write};
use std::str::FromStr;

use anyhow::{Context, anyhow, bail};
use clap::{Args, Subcommand};
use serde_json::json;

use super::backup::tell;
use super::registry::{Answer, Ask, Desk, Id, Name, Row};
use super::{Failure, SettingsArgs};
use crate::config::Settings;
use crate::crypto::{AccessKey, PublicKey, Secret};
use crate::mail::EmailAddress;
use crate::pins::{PinName, access_digest};
use crate::store::{Folder, load_secret};
use crate::wallet::{WalletName, email_digest};
use view::{HEAD, PIN, described, left_of, line, name, object};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List all wallets, those that open with a pin last
    #[command(after_help = "Examples:\n  larimard wallets list\n  \
        larimard wallets list --json | jq -r 'select(.updated < \"2026\") | .name'\n\n\
        One a line, in the order in which they were made.")]
    List {
        #[command(flatten)]
        output: Output,
    },
    /// Show what the server knows of a wallet, but for its data and its e-mail address
    #[command(
        after_help = "Examples:\n  larimard wallets show you@example.org\n  larimard wallets show 5f3a9c0112345678\n\n\
        Exit code 4 if there is no such wallet, 2 if WALLET is none of what it may be."
    )]
    Show {
        #[command(flatten)]
        wallet: Named,
        #[command(flatten)]
        output: Output,
    },
    /// Erase a wallet, for good
    #[command(
        after_help = "Examples:\n  larimard wallets delete you@example.org\n  \
        larimard wallets delete --yes - < address\n\n\
        It is gone from the store when this answers. It says what is erased and what remains. Exit code 4 if there is no such wallet, 2 if WALLET \
        is none of what it may be, or if nobody can be asked and --yes is missing."
    )]
    Delete {
        #[command(flatten)]
        wallet: Named,
        /// Does not ask
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        output: Output,
    },
}

#[derive(Debug, Args)]
pub(super) struct Named {
    /// An e-mail address; a fingerprint of the access log (16 hex digits); a public key (66); an accessKey (64), or pin: and 16
    /// hex digits as listed, of a wallet that opens with a pin. - reads it from standard input, so that no shell remembers it
    #[arg(value_name = "WALLET")]
    name: String,
}

/// What is typed is not repeated: it may be half an e-mail address, which then is in a log of cron.
const ACCEPTED: &str = "WALLET is none of what it may be: an e-mail address, 16 hex digits of the access log, 66 of a public key, \
    64 of an accessKey, or pin: and 16 as listed; larimard wallets list shows all";

#[derive(Debug, Args)]
pub(super) struct Output {
    /// Prints JSON: an object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: SettingsArgs,
}

impl Command {
    pub(super) fn take_settings(&mut self) -> SettingsArgs {
        let (Self::List { output } | Self::Show { output, .. } | Self::Delete { output, .. }) =
            self;
        std::mem::take(&mut output.settings)
    }

    /// Carries it out.
    pub(super) fn run(self, settings: &Settings) -> Result<(), Failure> {
        let path = &settings.store.path;
        if !Folder::holds_store(path) {
            let missing = anyhow!("there is no store in {}; set store.path", path.display());
            return Err(missing.into());
        }
        let secret =
            load_secret(&settings.server.secret_file, path).map_err(anyhow::Error::from)?;
        match self {
            Self::List { output } => Ok(list(&Desk::reach(settings, &secret)?, output.json)?),
            Self::Show { wallet, output } => {
                let name = wallet.read(&secret)?;
                let row = found(&Desk::reach(settings, &secret)?, name)?;
                tell(output.json, &object(&row), &described(&row));
                Ok(())
            }
            Self::Delete {
                wallet,
                yes,
                output,
            } => {
                let name = wallet.read(&secret)?;
                let desk = Desk::reach(settings, &secret)?;
                let row = found(&desk, name)?;
                if !yes {
                    confirm(&row)?;
                }
                erase(&desk, &row, output.json)
            }
        }
    }
}

impl Named {
    /// The e-mail address, or accessKey, goes no further than here: what is asked for is its keyed hash.
    fn read(&self, secret: &Secret<32>) -> Result<Name, Failure> {
        let mut text = self.name.clone();
        if text == "-" {
            text.clear();
            io::stdin()
                .lock()
                .read_line(&mut text)
                .context("standard input")?;
        }
        let text = text.trim();
        named(text, secret).ok_or_else(|| Failure::Usage(ACCEPTED.to_owned()))
    }
}

fn named(text: &str, secret: &Secret<32>) -> Option<Name> {
    if text.contains('@') {
        let email = EmailAddress::from_str(text).ok()?;
        return Some(Name::Wallet(WalletName::Email(email_digest(
            secret, &email,
        ))));
    }
    if let Some(beginning) = text.strip_prefix(PIN) {
        let beginning = hex::decode_to_array(beginning).ok()?;
        return Some(Name::Pin(PinName::Beginning(beginning)));
    }
    match text.len() {
        16 => {
            let fingerprint = hex::decode_to_array(text).ok()?;
            Some(Name::Wallet(WalletName::Fingerprint(fingerprint)))
        }
        64 => {
            let access = AccessKey::from_str(text).ok()?;
            Some(Name::Pin(PinName::Access(access_digest(secret, &access))))
        }
        66 => {
            let key = PublicKey::from_str(text).ok()?;
            Some(Name::Wallet(WalletName::Key(key)))
        }
        _ => None,
    }
}

/// A reader who has seen enough, such as `head`, is no failure.
fn list(desk: &Desk<'_>, json: bool) -> anyhow::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written = write_all(desk, json, &mut out);
    match written {
        Err(error) if is_broken_pipe(&error) => Ok(()),
        other => other,
    }
}

fn write_all(desk: &Desk<'_>, json: bool, out: &mut impl Write) -> anyhow::Result<()> {
    if !json {
        writeln!(out, "{HEAD}")?;
    }
    let mut after: Option<Id> = None;
    loop {
        let Answer::Rows(rows) = desk.ask(Ask::After(after))? else {
            bail!("the running server answers something else; is it of another version?");
        };
        let Some(last) = rows.last() else {
            return Ok(out.flush()?);
        };
        after = Some(last.id());
        for row in &rows {
            match json {
                true => writeln!(out, "{}", object(row))?,
                false => writeln!(out, "{}", line(row))?,
            }
        }
        out.flush()?;
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let error = error.downcast_ref::<io::Error>();
    error.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn found(desk: &Desk<'_>, name: Name) -> Result<Row, Failure> {
    let missing = Failure::NotFound(hint(&name));
    match desk.ask(Ask::Find(name))? {
        Answer::Rows(rows) => rows.into_iter().next().ok_or(missing),
        Answer::Erased(_) => Err(missing),
    }
}

/// Why there may be none of this name, though there was.
fn hint(name: &Name) -> &'static str {
    match name {
        Name::Wallet(WalletName::Email(_)) => {
            "none was made with this e-mail address, or it was deleted"
        }
        Name::Wallet(WalletName::Key(_) | WalletName::Fingerprint(_)) => {
            "if its password was changed, it has another public key and fingerprint since"
        }
        Name::Pin(_) => "larimard wallets list shows all",
    }
}

fn confirm(row: &Row) -> Result<(), Failure> {
    if !io::stdin().is_terminal() {
        let hint = "nothing was erased: --yes erases without asking";
        return Err(Failure::Usage(hint.to_owned()));
    }
    say!("{}", described(row));
    let _ = write!(io::stderr(), "Erase it for good? [y/N] ");
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    read.context("standard input")?;
    match answer.trim() {
        "y" | "Y" | "yes" => Ok(()),
        _ => Err(anyhow!("nothing was erased").into()),
    }
}

fn erase(desk: &Desk<'_>, row: &Row, json: bool) -> Result<(), Failure> {
    match desk.ask(Ask::Erase(row.id()))? {
        Answer::Erased(true) => {}
        _ => return Err(Failure::NotFound("it was deleted meanwhile")),
    }
    let (erased, remains) = left_of(row);
    let told = json!({"deleted": object(row), "erased": erased, "remains": remains});
    let lines =
        |lines: &[&str]| -> String { lines.iter().map(|line| format!("  {line}\n")).collect() };
    let said = format!(
        "erased {}\n{}remains\n{}",
        name(row),
        lines(erased),
        lines(remains).trim_end()
    );
    tell(json, &told, &said);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wallet_is_named_by_what_an_operator_has() {
        let secret = Secret::new([7; 32]);
        let key = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
        let kind = |text: &str| match named(text, &secret)? {
            Name::Wallet(WalletName::Email(_)) => Some("email"),
            Name::Wallet(WalletName::Fingerprint(_)) => Some("fingerprint"),
            Name::Wallet(WalletName::Key(_)) => Some("key"),
            Name::Pin(PinName::Access(_)) => Some("access"),
            Name::Pin(PinName::Beginning(_)) => Some("pin"),
        };
        assert_eq!(kind("You@Example.org"), Some("email"));
        assert_eq!(
            named("You@Example.org", &secret),
            named("you@example.org", &secret)
        );
        assert_eq!(kind("5f3a9c0112345678"), Some("fingerprint"));
        assert_eq!(kind(key), Some("key"));
        assert_eq!(kind(&"ab".repeat(32)), Some("access"));
        assert_eq!(kind("pin:5F3A9C0112345678"), Some("pin"));
        for text in [
            "",
            "you",
            "you@",
            "5f3a9c011234567",
            "5f3a9c011234567x",
            "pin:",
            "pin:00",
            "pin:0x3a9c0112345678",
        ] {
            assert_eq!(kind(text), None, "{text}");
        }
    }
}
