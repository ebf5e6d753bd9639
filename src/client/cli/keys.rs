//! From what a person types to keys.

use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use zeroize::Zeroizing;

use super::failure::Failure;
use super::input;
use super::session::Session;
use crate::client::{Derivation, Keys, Wallet};
use crate::crypto;

/// The password and the answers of a wallet.
#[derive(Debug, Args)]
#[command(next_help_heading = "Password")]
pub(super) struct KeyArgs {
    /// Reads the password from the first line of standard input, instead of asking for it
    #[arg(long)]
    password_stdin: bool,
    /// An answer, in the order in which they were given when the wallet was made; repeatable. Other users of this machine may see it
    #[arg(long, value_name = "TEXT")]
    answer: Vec<String>,
    /// Asks for so many answers; without it and --answer, as many as the profile says
    #[arg(long, value_name = "N", conflicts_with = "answer")]
    ask_answers: Option<usize>,
}

/// Password and answers as typed.
pub(super) struct Typed {
    pub(super) password: Zeroizing<String>,
    pub(super) answers: Vec<Zeroizing<String>>,
}

/// For which purpose they are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A typing error will be noticed.
    Open,
    /// A typing error would make a wallet that nobody can open.
    Make,
}

impl KeyArgs {
    /// The password and the answers.
    pub(super) fn typed(&self, session: &mut Session, purpose: Purpose) -> Result<Typed, Failure> {
        let twice = purpose == Purpose::Make;
        let password = if self.password_stdin {
            session.input.line("the password")?
        } else {
            input::secret("Password", twice, "--password-stdin")?
        };
        let count = self.ask_answers.unwrap_or(session.answers());
        Ok(Typed {
            password,
            answers: answers("Answer", &self.answer, count, twice, "--answer")?,
        })
    }

    /// The keys of a wallet.
    pub(super) fn keys(&self, session: &mut Session, purpose: Purpose) -> Result<Keys, Failure> {
        // before anything is typed in vain
        let email = session.email()?.to_owned();
        self.typed(session, purpose)?.keys(&email)
    }

    /// The wallet that they open on the server.
    pub(super) fn wallet(&self, session: &mut Session) -> Result<Wallet, Failure> {
        let client = session.client()?;
        Ok(Wallet::new(client, self.keys(session, Purpose::Open)?))
    }
}

impl Typed {
    /// The keys, after half a second.
    pub(super) fn keys(&self, email: &str) -> Result<Keys, Failure> {
        let named =
            |what: &str, error: crypto::TextError| Failure::usage(format!("{what}: {error}"));
        crypto::email(email).map_err(|error| named("e-mail address", error))?;
        crypto::password(&self.password).map_err(|error| named("password", error))?;
        for (index, answer) in self.answers.iter().enumerate() {
            crypto::answer(answer)
                .map_err(|error| named(&format!("answer {}", index + 1), error))?;
        }
        let answers: Vec<&str> = self.answers.iter().map(|answer| answer.as_str()).collect();
        let derivation = Derivation::new(email, &self.password, &answers)
            .map_err(|error| Failure::usage(error.to_string()))?;
        Ok(run(&derivation))
    }
}

/// Those on the command line, or as many as have to be asked for.
pub(super) fn answers(
    what: &str,
    given: &[String],
    count: usize,
    twice: bool,
    instead: &str,
) -> Result<Vec<Zeroizing<String>>, Failure> {
    if !given.is_empty() {
        return Ok(given.iter().cloned().map(Zeroizing::new).collect());
    }
    (1..=count)
        .map(|number| input::secret(&format!("{what} {number}"), twice, instead))
        .collect()
}

/// Runs scrypt, showing on a terminal that something goes on.
fn run(derivation: &Derivation) -> Keys {
    let spinner = ProgressBar::new_spinner().with_message("deriving the keys");
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
        spinner.set_style(style);
    }
    spinner.enable_steady_tick(Duration::from_millis(100));
    let keys = derivation.run();
    spinner.finish_and_clear();
    keys
}
