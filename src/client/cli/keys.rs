//! From what a person types to keys.

use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use zeroize::Zeroizing;

use super::failure::Failure;
use super::holder::Holder;
use super::profile::most_answers;
use super::session::Session;
use super::strength::Strength;
use super::{cache, input};
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
    #[arg(long, value_name = "N", conflicts_with = "answer", value_parser = most_answers(), allow_negative_numbers = true)]
    ask_answers: Option<u8>,
    /// Reads the answers (new ones too) from standard input, a line each, instead of asking for them
    #[arg(long, conflicts_with = "answer")]
    answers_stdin: bool,
}

/// A new password that is easily guessed.
#[derive(Debug, Args)]
pub(super) struct WeakArgs {
    /// Takes a password that is easily guessed
    #[arg(long)]
    allow_weak: bool,
}

impl WeakArgs {
    /// The new password is strong enough, or whoever chose it means it.
    pub(super) fn accept(&self, session: &mut Session, new: &Typed) -> Result<(), Failure> {
        let strength = Strength::of(&new.password, session.email()?);
        strength.accept(session, self.allow_weak)
    }
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
    /// The same, and new answers follow.
    Move,
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
        let count = self.ask_answers.map_or(session.answers(), usize::from);
        let unsaid = count == 0 && self.ask_answers.is_none();
        if self.answers_stdin && unsaid && purpose != Purpose::Move {
            return Err(Failure::usage("how many answers are on standard input?")
                .hint("--ask-answers N, or larimar profile set NAME --answers N"));
        }
        let answers = self.answers(session, "Answer", &self.answer, count, twice)?;
        session.tries(answers.len(), self.flag());
        Ok(Typed { password, answers })
    }

    fn flag(&self) -> Option<&'static str> {
        match (self.answer.is_empty(), self.ask_answers) {
            (false, _) => Some("--answer"),
            (true, Some(_)) => Some("--ask-answers"),
            (true, None) => None,
        }
    }

    /// Those on the command line, or as many from standard input or a person.
    pub(super) fn answers(
        &self,
        session: &mut Session,
        what: &str,
        given: &[String],
        count: usize,
        twice: bool,
    ) -> Result<Vec<Zeroizing<String>>, Failure> {
        if !given.is_empty() {
            return Ok(given.iter().cloned().map(Zeroizing::new).collect());
        }
        (1..=count)
            .map(|number| match self.answers_stdin {
                true => session.input.line(&format!("answer {number}")),
                false => input::secret(&format!("{what} {number}"), twice, "--answers-stdin"),
            })
            .collect()
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

    /// The same, on the one server, of which this device may have a copy, or on several.
    pub(super) fn holder(&self, session: &mut Session, offline: bool) -> Result<Holder, Failure> {
        if offline && session.has_several() {
            return Err(Failure::usage("--offline is for a wallet on one server")
                .hint("of several, this device shows what it remembers if none of them answers"));
        }
        if !session.has_several() {
            // before anything is typed in vain
            session.client()?;
        }
        let keys = self.keys(session, Purpose::Open)?;
        holder_of(session, keys, offline)
    }
}

/// The wallet of these keys, on the one server or on several.
pub(super) fn holder_of(session: &Session, keys: Keys, offline: bool) -> Result<Holder, Failure> {
    if session.has_several() {
        return Holder::several(session, keys);
    }
    let wallet = Wallet::new(session.client()?, keys);
    Ok(Holder::One(
        Box::new(cache::cached(session, wallet)?),
        offline,
    ))
}

/// A copy of the wallet of these keys, which was just made or changed elsewhere than in its copy, for times without the server.
pub(super) async fn keep_copy(session: &Session, keys: Keys) {
    let is_kept = session.cache().is_ok_and(|path| path.is_some());
    if !is_kept || session.has_several() {
        return;
    }
    let doubt = match holder_of(session, keys, false) {
        // without it the next fetch makes one
        Ok(mut holder) => holder.fetch(session).await.map(|held| held.is_certain()),
        Err(failure) => Err(failure),
    };
    match doubt {
        Ok(Err(failure)) => session.say(&format!("warning: {}", failure.message())),
        Err(failure) if failure.is("Damaged") => {
            session.say(&format!("warning: {}", failure.message()));
        }
        _ => {}
    }
}

/// The keys of a wallet that can be opened without its server.
#[derive(Debug, Args)]
pub(super) struct HolderArgs {
    #[command(flatten)]
    pub(super) keys: KeyArgs,
    /// Does not ask the server: takes what this device has of the wallet, and keeps changes until the next command without --offline
    #[arg(long)]
    offline: bool,
}

impl HolderArgs {
    /// The wallet, on the one server or on several.
    pub(super) fn holder(&self, session: &mut Session) -> Result<Holder, Failure> {
        self.keys.holder(session, self.offline)
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
