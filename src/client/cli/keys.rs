//! From what a person types to keys.

use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use zeroize::Zeroizing;

use super::failure::Failure;
use super::holder::Holder;
use super::input;
use super::profile::most_answers;
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
    #[arg(long, value_name = "N", conflicts_with = "answer", value_parser = most_answers(), allow_negative_numbers = true)]
    ask_answers: Option<u8>,
    /// Reads the answers (new ones too) from standard input, a line each, instead of asking for them
    #[arg(long, conflicts_with = "answer")]
    answers_stdin: bool,
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

    /// The same, on the one server or on several.
    pub(super) fn holder(&self, session: &mut Session) -> Result<Holder, Failure> {
        if !session.has_several() {
            return Ok(Holder::One(Box::new(self.wallet(session)?)));
        }
        let keys = self.keys(session, Purpose::Open)?;
        Holder::several(session, keys)
    }
}

impl Typed {
    /// Says so if it is a password that is soon guessed.
    pub(super) fn warn(&self, session: &Session) {
        if let Some(why) = weakness(&self.password) {
            session.say(&format!(
                "warning: the password {why}. Who steals the server's store can guess it; a longer one is safer"
            ));
        }
    }

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

/// Why a password is soon guessed.
fn weakness(password: &str) -> Option<&'static str> {
    let mut letters = password.chars();
    let first = letters.next();
    if password.chars().count() < 12 {
        Some("has fewer than 12 characters")
    } else if letters.all(|letter| Some(letter) == first) {
        Some("has the same character over and over")
    } else if password.chars().all(char::is_numeric) {
        Some("has nothing but digits")
    } else {
        None
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_monotonous_passwords_are_weak() {
        for weak in [
            "pw",
            "éééééé",
            "eleven char",
            "aaaaaaaaaaaaaaaa",
            "1234567890123",
        ] {
            assert!(weakness(weak).is_some(), "{weak}");
        }
        assert_eq!(weakness("correct horse battery staple"), None);
    }
}
