//! The codes that go out by e-mail (PROTOCOL.md, section 5, `requestCode`).

use std::fmt;
use std::str::FromStr;

use zeroize::Zeroizing;

use super::secret::{NoRandomness, Secret};
use super::text::is_white_space;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DIGITS: usize = 16;

/// 80 random bits that prove that somebody reads an e-mail address.
///
/// Shown only to be mailed: `{}` prints it as four groups of four Crockford base32 characters, such as
/// `7K3M-Q2WX-9FHT-B4ZC`, and `{:?}` prints `***`.
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

    /// The 80 bits (10 bytes, big endian), for the keyed hash as which alone a code is stored.
    pub fn expose(&self) -> &[u8; 10] {
        self.0.expose()
    }
}

/// Not the text of a code; on the wire the same as a code that nobody was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code has four groups of four letters and digits")]
pub struct InvalidCode;

impl FromStr for Code {
    type Err = InvalidCode;

    /// Reads a code as a person types or pastes it: white space and dashes are dropped wherever they stand, ASCII
    /// letters may be of either case, I and L are taken for 1 and O for 0.
    fn from_str(text: &str) -> Result<Self, InvalidCode> {
        let mut bits = Zeroizing::new(0u128);
        let mut digits = 0;
        for character in text.chars().filter(|&c| !is_white_space(c) && !is_dash(c)) {
            *bits = *bits << 5 | u128::from(value(character).ok_or(InvalidCode)?);
            digits += 1;
            if digits > DIGITS {
                return Err(InvalidCode);
            }
        }
        if digits != DIGITS {
            return Err(InvalidCode);
        }
        Ok(Self(Secret::filled(|bytes| {
            bytes.copy_from_slice(&bits.to_be_bytes()[6..]);
        })))
    }
}

/// `7K3M-Q2WX-9FHT-B4ZC`, as it stands in the mail.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut wide = Zeroizing::new([0; 16]);
        wide[6..].copy_from_slice(self.0.expose());
        let bits = u128::from_be_bytes(*wide);
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

fn is_dash(character: char) -> bool {
    matches!(character, '\u{2D}' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "7K3M-Q2WX-9FHT-B4ZC";

    fn read(text: &str) -> Result<String, InvalidCode> {
        text.parse().map(|code: Code| code.to_string())
    }

    #[test]
    fn a_code_is_read_as_people_write_it() {
        assert_eq!(read(TEXT).as_deref(), Ok(TEXT));
        for text in [
            "7k3mq2wx9fhtb4zc",
            " 7K3M\u{2013}Q2WX\u{2212}9FHT\u{a0}B4ZC\r\n",
            "--7-K-3 M Q2 WX9FHTB4ZC-",
        ] {
            assert_eq!(read(text).as_deref(), Ok(TEXT), "{text:?}");
        }
    }

    #[test]
    fn letters_that_look_like_digits_are_digits() {
        for text in ["OIL0-0000-0000-0000", "oil0-0000-0000-0000"] {
            assert_eq!(read(text).as_deref(), Ok("0110-0000-0000-0000"));
        }
    }

    #[test]
    fn every_listed_dash_and_white_space_is_dropped_and_nothing_else() {
        let dropped: Vec<char> = ('\0'..=char::MAX)
            .filter(|&c| read(&format!("7K3M{c}Q2WX9FHTB4ZC")).is_ok())
            .collect();
        let mut listed: Vec<char> = ('\0'..=char::MAX).filter(|&c| is_white_space(c)).collect();
        listed.extend("-\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}".chars());
        listed.sort_unstable();
        assert_eq!(dropped, listed);
    }

    #[test]
    fn every_digit_has_its_own_value() {
        assert_eq!(
            read("0123-4567-89AB-CDEF").as_deref(),
            Ok("0123-4567-89AB-CDEF")
        );
        let code: Code = "GHJK-MNPQ-RSTV-WXYZ".parse().unwrap();
        assert_eq!(hex::encode(code.expose()), "84653a56d7c675be77df");
        let code: Code = "ZZZZ-ZZZZ-ZZZZ-ZZZZ".parse().unwrap();
        assert_eq!(*code.expose(), [0xff; 10]);
    }

    #[test]
    fn anything_else_is_no_code() {
        for text in [
            "",
            "----",
            "7K3M-Q2WX-9FHT-B4Z",
            "7K3M-Q2WX-9FHT-B4ZCC",
            "7K3M-Q2WX-9FHT-B4ZU",
            "7K3M_Q2WX_9FHT_B4ZC",
            "\u{ff17}K3M-Q2WX-9FHT-B4ZC",
            "\u{131}K3M-Q2WX-9FHT-B4ZC",
            "7K3M-Q2WX-9FHT-B4Z\u{212a}",
        ] {
            assert_eq!(read(text), Err(InvalidCode), "{text:?}");
        }
        assert_eq!(read(&"0".repeat(100_000)), Err(InvalidCode));
    }

    #[test]
    fn random_codes_come_back_and_hide_themselves() {
        let code = Code::random().unwrap();
        assert_eq!(code.to_string().parse::<Code>(), Ok(code.clone()));
        assert_eq!(format!("{code:?}"), "***");
        assert_ne!(Code::random().unwrap(), code);
    }
}
