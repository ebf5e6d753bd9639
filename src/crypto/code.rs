//! The codes that go out by e-mail (PROTOCOL.md, section 5, `requestCode`).

use std::fmt;
use std::str::FromStr;

use super::secret::{NoRandomness, Secret};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DIGITS: usize = 16;

/// 80 random bits that prove that somebody reads an e-mail address.
///
/// Shown only to be mailed: `{}` prints the code, `{:?}` prints `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(Secret<10>);

impl Code {
    /// A fresh code.
    ///
    /// # Errors
    /// [`NoRandomness`] if the system gives no random bytes.
    pub fn random() -> Result<Self, NoRandomness> {
        Secret::random().map(Self)
    }

    /// The 80 bits, for a keyed hash.
    pub fn expose(&self) -> &[u8; 10] {
        self.0.expose()
    }
}

/// Not the text of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code has four groups of four letters and digits")]
pub struct InvalidCode;

impl FromStr for Code {
    type Err = InvalidCode;

    /// Reads a code as a person types or pastes it: white space and dashes are dropped, letters may be of either
    /// case, I and L are taken for 1 and O for 0.
    fn from_str(text: &str) -> Result<Self, InvalidCode> {
        let mut bits: u128 = 0;
        let mut digits = 0;
        for character in text.chars().filter(|&c| !is_space(c) && !is_dash(c)) {
            bits = bits << 5 | u128::from(value(character).ok_or(InvalidCode)?);
            digits += 1;
            if digits > DIGITS {
                return Err(InvalidCode);
            }
        }
        if digits != DIGITS {
            return Err(InvalidCode);
        }
        let mut bytes = [0; 10];
        bytes.copy_from_slice(&bits.to_be_bytes()[6..]);
        Ok(Self(Secret::new(bytes)))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut wide = [0; 16];
        wide[6..].copy_from_slice(self.0.expose());
        let bits = u128::from_be_bytes(wide);
        for digit in 0..DIGITS {
            if digit > 0 && digit % 4 == 0 {
                f.write_str("-")?;
            }
            let value = (bits >> (5 * (DIGITS - 1 - digit))) & 31;
            write!(f, "{}", char::from(ALPHABET[value as usize]))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

fn value(character: char) -> Option<u8> {
    let upper = match character.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        other => other,
    };
    let byte = u8::try_from(upper).ok()?;
    let position = ALPHABET.iter().position(|&digit| digit == byte)?;
    u8::try_from(position).ok()
}

fn is_space(character: char) -> bool {
    super::text::is_white_space(character)
}

fn is_dash(character: char) -> bool {
    matches!(character, '\u{2D}' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code: Code = "7K3M-Q2WX-9FHT-B4ZC".parse().expect("a code");
        assert_eq!(code.to_string(), "7K3M-Q2WX-9FHT-B4ZC");
        for text in [
            "7k3mq2wx9fhtb4zc",
            " 7K3M\u{2013}Q2WX\u{2212}9FHT\u{a0}B4ZC\r\n",
        ] {
            assert_eq!(text.parse::<Code>(), Ok(code.clone()), "{text:?}");
        }
        assert_eq!(
            "OIL0-0000-0000-0000".parse::<Code>().map(|c| c.to_string()),
            Ok("0110-0000-0000-0000".into())
        );
    }

    #[test]
    fn anything_else_is_no_code() {
        for text in [
            "",
            "7K3M-Q2WX-9FHT-B4Z",
            "7K3M-Q2WX-9FHT-B4ZCC",
            "UUUU-UUUU-UUUU-UUUU",
            "７K3M-Q2WX-9FHT-B4ZC",
        ] {
            assert_eq!(text.parse::<Code>(), Err(InvalidCode), "{text:?}");
        }
    }

    #[test]
    fn random_codes_come_back_and_hide_themselves() {
        let code = Code::random().expect("random bytes");
        assert_eq!(code.to_string().parse::<Code>(), Ok(code.clone()));
        assert_eq!(format!("{code:?}"), "***");
    }
}
