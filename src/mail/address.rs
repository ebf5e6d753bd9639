//! The one form of an e-mail address (PROTOCOL.md, section 2).

use std::fmt;
use std::str::FromStr;

use crate::crypto::is_white_space;

/// An e-mail address in the form that is hashed and written to: `local@domain`, 3 to 254 printable ASCII characters, lower case.
///
/// Printed by `{:?}` as `***`, and by `{}` not at all: no log holds one.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailAddress(String);

/// Not the text of an e-mail address (`InvalidEmail` on the wire).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "an e-mail address is local@domain: 3 to 254 ASCII characters without white space and , ; : < > ( ) [ ] \" \\, one @, a dot within the domain"
)]
pub struct InvalidEmail;

impl EmailAddress {
    /// The whole address, to hash it or to write to it; not for a log.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What stands before and after the `@`.
    pub fn parts(&self) -> (&str, &str) {
        self.0.split_once('@').unwrap_or((&self.0, ""))
    }
}

impl FromStr for EmailAddress {
    type Err = InvalidEmail;

    /// Reads an address as a person types it: white space at both ends is dropped, but CR, LF and NUL are refused even there.
    fn from_str(typed: &str) -> Result<Self, InvalidEmail> {
        let text = typed.trim_matches(is_white_space);
        let (local, domain) = text.split_once('@').ok_or(InvalidEmail)?;
        let dot_within = domain
            .get(1..domain.len().saturating_sub(1))
            .is_some_and(|within| within.contains('.'));
        let good = !typed.contains(['\r', '\n', '\0'])
            && (3..=254).contains(&text.len())
            && text.bytes().all(is_allowed)
            && !local.is_empty()
            && !domain.contains('@')
            && dot_within;
        if !good {
            return Err(InvalidEmail);
        }
        Ok(Self(text.to_ascii_lowercase()))
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b",;:<>()[]\"\\".contains(&byte)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(text: &str) -> Option<String> {
        let address: EmailAddress = text.parse().ok()?;
        Some(address.expose().to_owned())
    }

    #[test]
    fn addresses_come_into_one_form() {
        for (typed, expected) in [
            ("alice@example.com", "alice@example.com"),
            (" \tAlice@Example.COM\u{a0}\u{3000}", "alice@example.com"),
            ("a@b.c", "a@b.c"),
            ("a..b@example.com", "a..b@example.com"),
            ("first.last.@docomo.ne.jp", "first.last.@docomo.ne.jp"),
            ("x@exa_mple.com", "x@exa_mple.com"),
            ("x@a..b", "x@a..b"),
            ("x@.a.b.", "x@.a.b."),
            ("!#$%&'*+-/=?^_`{|}~.@x.y", "!#$%&'*+-/=?^_`{|}~.@x.y"),
            ("-f@example.com", "-f@example.com"),
            ("x@192.0.2.7", "x@192.0.2.7"),
        ] {
            assert_eq!(parsed(typed).as_deref(), Some(expected), "{typed:?}");
        }
    }

    #[test]
    fn anything_else_is_no_address() {
        for typed in [
            "",
            "@",
            "a@",
            "@a.b",
            "a@b",
            "a@.b",
            "a@b.",
            "a@.",
            "a@..",
            "a.b",
            "a@b@c.d",
            "a b@c.d",
            "a@b .c",
            "a\n@b.c",
            "a@b.c\n",
            "\r\na@b.c",
            "\0a@b.c",
            "a@b.c\0",
            "ä@b.c",
            "a@bücher.de",
            "a@b.c\u{200b}",
            "a,b@c.d",
            "a;b@c.d",
            "a:b@c.d",
            "a<b@c.d",
            "a>b@c.d",
            "a(b@c.d",
            "a)b@c.d",
            "a@[b.c]",
            "\"a\"@b.c",
            "a\\b@c.d",
            "a\u{7f}@b.c",
            "a\t@b.c",
        ] {
            assert_eq!(parsed(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn the_length_is_counted_without_what_is_dropped() {
        let longest = format!("{}@example.com", "a".repeat(242));
        assert_eq!(longest.len(), 254);
        assert_eq!(parsed(&format!("  {longest}  ")), Some(longest.clone()));
        assert_eq!(parsed(&format!("a{longest}")), None);
    }

    #[test]
    fn it_hides_itself() {
        let address: EmailAddress = "alice@example.com".parse().expect("an address");
        assert_eq!(format!("{address:?}"), "***");
        assert_eq!(address.parts(), ("alice", "example.com"));
    }

    proptest! {
        #[test]
        fn what_was_read_is_read_again(typed in "[ -~]{0,8}@[ -~]{0,6}\\.[ -~]{0,4}") {
            if let Ok(address) = typed.parse::<EmailAddress>() {
                prop_assert_eq!(address.expose().parse(), Ok(address.clone()));
                prop_assert!(address.expose().bytes().all(|byte| (0x21..=0x7e).contains(&byte)));
            }
        }
    }
}
