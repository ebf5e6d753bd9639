//! The pin: what is typed day by day (Wallet API Specification 1.0 Draft, *User Credentials*; PROTOCOL.md, section 6).

use std::fmt;

use zeroize::Zeroizing;

use super::secret::{NoRandomness, SecretText, random_bytes};

const ALPHABET: &[u8; 34] = b"abcdefghijklmnopqrstuvwxyz23456789";
/// Whoever guesses needs a tenth of the attempts that any pin of so many characters needs (zxcvbn counts ten a character); more than this number
/// is asked of none. Common, repeated and sequential pins need fewer.
const GUESSES: u64 = 100_000;

/// A pin: zeroed, compared in constant time, printed as `***`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin(SecretText);

/// Why a pin cannot be chosen, in the order in which it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PinFault {
    /// Fewer characters than allowed.
    #[error("the pin is too short")]
    TooShort,
    /// More characters than allowed.
    #[error("the pin is too long")]
    TooLong,
    /// Other characters than `[a-z2-9]`.
    #[error("a pin has small letters and the digits 2 to 9 only")]
    Characters,
    /// Common, repeated or sequential.
    #[error("the pin is one of the first that anybody would try")]
    NotSecure,
}

impl Pin {
    /// A random pin of `[a-z2-9]`, each with the same probability, but for those that nobody may choose either.
    ///
    /// # Errors
    /// [`NoRandomness`] if the system gives no random bytes.
    pub fn random(length: usize) -> Result<Self, NoRandomness> {
        loop {
            let pin = Self::drawn(length)?;
            if pin.check(length, length).is_ok() {
                return Ok(pin);
            }
        }
    }

    fn drawn(length: usize) -> Result<Self, NoRandomness> {
        let mut text = String::with_capacity(length);
        while text.len() < length {
            let bytes = Zeroizing::new(random_bytes::<64>()?);
            // 238 is seven times 34: above it, the first characters would come more often
            let drawn = bytes.iter().filter(|byte| **byte < 238);
            let characters = drawn.map(|byte| char::from(ALPHABET[usize::from(byte % 34)]));
            text.extend(characters.take(length - text.len()));
        }
        Ok(Self(SecretText::new(text)))
    }

    /// Takes the text, whatever it is: what was typed is a pin, right or wrong.
    pub fn typed(text: String) -> Self {
        Self(SecretText::new(text))
    }

    /// Whether it may be chosen.
    ///
    /// # Errors
    /// [`PinFault`], the first in its order.
    pub fn check(&self, least: usize, most: usize) -> Result<(), PinFault> {
        let text = self.expose();
        let length = text.chars().count();
        if length < least {
            return Err(PinFault::TooShort);
        }
        if length > most {
            return Err(PinFault::TooLong);
        }
        if !text.bytes().all(|byte| ALPHABET.contains(&byte)) {
            return Err(PinFault::Characters);
        }
        if zxcvbn::zxcvbn(text, &[]).guesses() < needed(length) {
            return Err(PinFault::NotSecure);
        }
        Ok(())
    }

    /// The text, for the owner or an encrypted record; not for a log.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

fn needed(length: usize) -> u64 {
    let tenth = u32::try_from(length.saturating_sub(1)).unwrap_or(u32::MAX);
    10_u64.saturating_pow(tenth).min(GUESSES)
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<(), PinFault> {
        Pin::typed(text.to_owned()).check(6, 32)
    }

    #[test]
    fn random_pins_are_of_the_alphabet_and_use_all_of_it() {
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..200 {
            let pin = Pin::random(6).unwrap();
            assert_eq!(pin.check(6, 6), Ok(()));
            seen.extend(pin.expose().bytes());
        }
        assert_eq!(seen.len(), 34);
        assert_eq!(Pin::random(128).unwrap().expose().len(), 128);
        assert_eq!(Pin::random(4).unwrap().expose().len(), 4);
        let pin = Pin::random(6).unwrap();
        assert_eq!(format!("{pin} {pin:?}"), "*** Pin(***)");
    }

    #[test]
    fn what_may_be_chosen_is_looked_at_in_this_order() {
        for good in ["tha8ec", "k3m7xq", "vq7m2p", "h4k9zt3w", "gfu9t2mqk7"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for (text, fault) in [
            ("", PinFault::TooShort),
            ("A", PinFault::TooShort),
            ("aaaaa", PinFault::TooShort),
            ("ééééé", PinFault::TooShort),
            ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", PinFault::TooLong),
            ("tha8eC", PinFault::Characters),
            ("tha0ec", PinFault::Characters),
            ("tha1ec", PinFault::Characters),
            ("tha ec", PinFault::Characters),
            ("éhaéec", PinFault::Characters),
            ("tha8ec\n", PinFault::Characters),
        ] {
            assert_eq!(check(text), Err(fault), "{text}");
        }
        for common in [
            "aaaaaa",
            "222222",
            "abcdef",
            "fedcba",
            "234567",
            "987654",
            "qwerty",
            "password",
            "iloveyou",
            "abcabc",
            "ababab",
            "222333",
            "dragon",
            "monkey",
            "letmein",
            "asdfgh",
            "qwertyuiop",
            "aaaaaaaaaaaa",
            "abcdefghijkl",
            "football",
            "sunshine",
            "princess",
            "aabbcc",
            "abc234",
            "qazwsx",
            // zxcvbn counts beyond 2^64
            "25252525252525252525252525252525",
        ] {
            assert_eq!(check(common), Err(PinFault::NotSecure), "{common}");
        }
    }
}
