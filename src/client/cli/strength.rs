//! How long guessing a password would take: the console's measure, in the console's words.

use super::failure::{Failure, counted};
use super::output::tell;
use super::session::Session;

/// Each guess costs 128 MiB of memory written and read (scrypt with N = 2^17), so memory is the limit: a large graphics card makes some 2,000 guesses a
/// second, and this is what somebody has who rents five of them.
const GUESSES_PER_SECOND: u64 = 10_000;
/// Less is refused by the console, too.
const SHORTEST: usize = 8;
/// Six days for a thief.
const LEAST_GUESSES: u64 = 10_000_000_000;
/// As many words as in the lists that passphrases are drawn from; a person chooses from fewer.
const WORDS: u64 = 7776;
/// Where each of the names begins, but for the first.
const LEVELS: [(u64, &str); 5] = [
    (0, "Very weak"),
    (100_000_000, "Weak"),
    (LEAST_GUESSES, "Fair"),
    (1_000_000_000_000, "Strong"),
    (100_000_000_000_000, "Very strong"),
];
const UNITS: [(u64, &str); 7] = [
    (31_557_600, "year"),
    (2_629_800, "month"),
    (604_800, "week"),
    (86_400, "day"),
    (3600, "hour"),
    (60, "minute"),
    (1, "second"),
];

/// What a password is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Strength {
    is_short: bool,
    guesses: u64,
}

impl Strength {
    /// That of a password of somebody whose e-mail address is known.
    pub(super) fn of(password: &str, email: &str) -> Self {
        let known: Vec<&str> = std::iter::once(email)
            .chain(email.split(|letter: char| !letter.is_alphanumeric()))
            .filter(|word| word.chars().count() > 2)
            .collect();
        let guesses = zxcvbn::zxcvbn(password, &known).guesses();
        Self {
            is_short: password.chars().count() < SHORTEST,
            guesses: guesses.min(of_words(password)),
        }
    }

    /// Whether it is found soon enough that somebody would try.
    pub(super) fn is_weak(self) -> bool {
        self.is_short || self.guesses < LEAST_GUESSES
    }

    /// What a person should know of it.
    pub(super) fn in_words(self) -> String {
        let reached = LEVELS.iter().rev().find(|(from, _)| self.guesses >= *from);
        let name = match reached {
            Some((_, name)) if !self.is_short => name,
            _ => LEVELS[0].1,
        };
        // on average, half of them are needed
        let seconds = self.guesses / 2 / GUESSES_PER_SECOND;
        let time = match seconds {
            ..60 => "It would be guessed in less than a minute".to_owned(),
            _ => format!("Guessing it would take {}", lasting(seconds)),
        };
        format!(
            "{name}. {time}, for somebody who stole the server's data and rents five fast graphics cards."
        )
    }

    /// A weak password is taken only by who was told so.
    pub(super) fn accept(self, session: &mut Session, allowed: bool) -> Result<(), Failure> {
        if !self.is_weak() {
            return Ok(());
        }
        let told = match self.is_short {
            true => format!(
                "{} It has fewer than {SHORTEST} characters.",
                self.in_words()
            ),
            false => self.in_words(),
        };
        if allowed {
            session.say(&format!("warning: the password is weak. {told}"));
            return Ok(());
        }
        if !session.input.is_a_person() {
            return Err(Failure::usage(format!("the password is weak. {told}")).hint(HINT));
        }
        tell(&format!("The password is weak. {told}\n"));
        match &*session
            .input
            .visible("Type weak to take it all the same", "--allow-weak")?
        {
            "weak" => Ok(()),
            _ => Err(Failure::usage("another password is needed; nothing was sent").hint(HINT)),
        }
    }
}

const HINT: &str = "choose one that is harder to guess, such as five words that have nothing to do with each other; --allow-weak takes it all the same";

/// Of several words (and numbers) each is guessed as a whole.
fn of_words(password: &str) -> u64 {
    let parts: Vec<&str> = password
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    let is_one_kind =
        |part: &&str| part.chars().all(char::is_alphabetic) || part.chars().all(char::is_numeric);
    if parts.len() < 2 || !parts.iter().all(is_one_kind) {
        return u64::MAX;
    }
    parts.iter().fold(1, |guesses: u64, part| {
        guesses.saturating_mul(match part.chars().all(char::is_numeric) {
            true => 10_u64.saturating_pow(u32::try_from(part.chars().count()).unwrap_or(u32::MAX)),
            false => WORDS,
        })
    })
}

/// A length of time in one unit: "about 3 weeks".
fn lasting(seconds: u64) -> String {
    let (length, unit) = UNITS
        .into_iter()
        .find(|(length, _)| seconds >= *length)
        .unwrap_or((1, "second"));
    let n = (seconds + length / 2) / length;
    if unit == "year" && n > 1_000_000 {
        return "more than a million years".to_owned();
    }
    // from 10 on, one digit is as much as an estimate knows
    let scale = 10_u64.pow(n.max(1).ilog10());
    let n = match n {
        ..10 => n,
        _ => (n + scale / 2) / scale * scale,
    };
    format!("about {}", counted(n, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMAIL: &str = "alice@example.com";

    #[test]
    fn what_is_soon_guessed_is_weak() {
        for weak in [
            "pw",
            "éééééé",
            "aaaaaaaaaaaaaaaa",
            "1234567890123",
            "Password123!",
            "alice@example.com",
            "horse staple",
            "qwertyuiop",
        ] {
            assert!(Strength::of(weak, EMAIL).is_weak(), "{weak}");
        }
        for strong in [
            "correct horse battery staple",
            "kT9#vLq2!xWz",
            "x4-Gm7-Rw2-Pz9",
            "a longer one, with an answer",
            "another horse entirely",
        ] {
            let strength = Strength::of(strong, EMAIL);
            assert!(!strength.is_weak(), "{strong}: {strength:?}");
        }
    }

    #[test]
    fn it_is_said_in_the_console_s_words() {
        let said = |guesses| {
            let is_short = false;
            Strength { is_short, guesses }.in_words()
        };
        for (guesses, begins) in [
            (
                1000,
                "Very weak. It would be guessed in less than a minute, for somebody who",
            ),
            (
                100_000_000,
                "Weak. Guessing it would take about 1 hour, for",
            ),
            (
                LEAST_GUESSES,
                "Fair. Guessing it would take about 6 days, for",
            ),
            (
                1_000_000_000_000,
                "Strong. Guessing it would take about 2 years, for",
            ),
            (
                100_000_000_000_000,
                "Very strong. Guessing it would take about 200 years, for",
            ),
            (
                u64::MAX,
                "Very strong. Guessing it would take more than a million years, for",
            ),
        ] {
            assert!(said(guesses).starts_with(begins), "{}", said(guesses));
        }
    }

    #[test]
    fn words_are_guessed_as_a_whole() {
        for (password, expected) in [
            ("one two", WORDS * WORDS),
            ("one-42", WORDS * 100),
            ("oneword", u64::MAX),
            ("a1b one", u64::MAX),
        ] {
            assert_eq!(of_words(password), expected, "{password}");
        }
    }
}
