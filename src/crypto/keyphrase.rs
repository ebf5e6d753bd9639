//! The backupKeyphrase, as text and as URL (Wallet API Specification 1.0 Draft, *User Credentials*).

use std::fmt;
use std::str::FromStr;

use zeroize::Zeroizing;

use super::hash::sha256;
use super::secret::{NoRandomness, Secret};

const LENGTH: usize = 20;
const IDENTIFIER: u8 = 0x8F;
const VERSION: u8 = 0x00;
const CHECKSUM: usize = 2;
/// Identifier, version, keyphrase, checksum.
const SPEC: usize = 2 + LENGTH + CHECKSUM;
/// What 24 bytes with this identifier are in base58.
const CHARACTERS: usize = 33;
const SCHEME: &str = "bjswallet://";

/// 160 random bits that are everything: who has them has the wallet.
///
/// Shown only to be written down: `{}` prints the encodedKeyphrase, 33 characters of base58 such as `E38dyTYsR7i6Gd8SJsmKd9du92MPvEXV9`, and
/// `{:?}` prints `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct Keyphrase(Secret<LENGTH>);

impl Keyphrase {
    /// A fresh one.
    ///
    /// # Errors
    /// [`NoRandomness`] if the system gives no random bytes.
    pub fn random() -> Result<Self, NoRandomness> {
        Secret::random().map(Self)
    }

    /// The keyphrase with these 20 bytes.
    pub fn new(bytes: [u8; LENGTH]) -> Self {
        Self(Secret::new(bytes))
    }

    /// The 20 bytes, for deriving keys; not for keeping.
    pub fn expose(&self) -> &[u8; LENGTH] {
        self.0.expose()
    }

    fn checksum(&self) -> [u8; CHECKSUM] {
        let [first, second, ..] = sha256(&[self.expose()]);
        [first, second]
    }
}

/// Not an encodedKeyphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKeyphrase {
    /// A character that base58 does not have.
    #[error(
        "a keyphrase has letters and digits only, and never 0, O, I or l: look at each character again"
    )]
    Characters,
    /// Not 33 characters.
    #[error("a keyphrase has 33 characters: some are missing, or too many")]
    Length,
    /// Another first byte than 0x8F.
    #[error(
        "this is no keyphrase of a wallet, which begins with E3: it may be an address or a key of something else"
    )]
    Prefix,
    /// A version that is not 0.
    #[error("this keyphrase is of a later version ({0}), which this program does not know")]
    Version(u8),
    /// A checksum that does not fit.
    #[error(
        "there is a slip in this keyphrase: its checksum does not fit. Compare it with what you wrote down"
    )]
    Checksum,
}

impl FromStr for Keyphrase {
    type Err = InvalidKeyphrase;

    /// Reads an encodedKeyphrase; white space around it is dropped.
    fn from_str(text: &str) -> Result<Self, InvalidKeyphrase> {
        let text = text.trim();
        // base58 is decoded in quadratic time
        if text.len() > 4 * CHARACTERS {
            return Err(InvalidKeyphrase::Length);
        }
        let bytes = bs58::decode(text)
            .into_vec()
            .map_err(|_| InvalidKeyphrase::Characters)?;
        let bytes = Zeroizing::new(bytes);
        if text.len() != CHARACTERS {
            return Err(InvalidKeyphrase::Length);
        }
        // so many characters may say a byte more or less, but not behind the right first one
        let spec: &[u8; SPEC] = bytes
            .as_slice()
            .try_into()
            .map_err(|_| InvalidKeyphrase::Prefix)?;
        let [identifier, version, rest @ ..] = spec;
        if *identifier != IDENTIFIER {
            return Err(InvalidKeyphrase::Prefix);
        }
        if *version != VERSION {
            return Err(InvalidKeyphrase::Version(*version));
        }
        let keyphrase = Self(Secret::filled(|filled| {
            filled.copy_from_slice(&rest[..LENGTH])
        }));
        if rest[LENGTH..] != keyphrase.checksum() {
            return Err(InvalidKeyphrase::Checksum);
        }
        Ok(keyphrase)
    }
}

impl fmt::Display for Keyphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // of one piece, so that no shorter one is left behind
        let mut spec = Zeroizing::new(Vec::with_capacity(SPEC));
        spec.extend_from_slice(&[IDENTIFIER, VERSION]);
        spec.extend_from_slice(self.expose());
        spec.extend_from_slice(&self.checksum());
        f.write_str(&Zeroizing::new(bs58::encode(&*spec).into_string()))
    }
}

impl fmt::Debug for Keyphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// `bjswallet://host/encodedKeyphrase`: a keyphrase, and where its wallet is. As secret as the keyphrase.
#[derive(Clone, PartialEq, Eq)]
pub struct WalletUrl {
    /// The server's host, with `:port` unless it is 443.
    pub host: String,
    /// The keyphrase.
    pub keyphrase: Keyphrase,
}

/// Not a `bjswallet://` URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidWalletUrl {
    /// It is none of this form.
    #[error("a wallet's URL is bjswallet://HOST/KEYPHRASE")]
    Form,
    /// What stands behind the host is no keyphrase.
    #[error(transparent)]
    Keyphrase(#[from] InvalidKeyphrase),
}

impl FromStr for WalletUrl {
    type Err = InvalidWalletUrl;

    fn from_str(text: &str) -> Result<Self, InvalidWalletUrl> {
        let text = text.trim();
        let is_ours = text
            .get(..SCHEME.len())
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME));
        let rest = text
            .get(SCHEME.len()..)
            .filter(|_| is_ours)
            .ok_or(InvalidWalletUrl::Form)?;
        let (host, keyphrase) = rest.split_once('/').ok_or(InvalidWalletUrl::Form)?;
        let is_host =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        if host.is_empty() || !host.chars().all(is_host) {
            return Err(InvalidWalletUrl::Form);
        }
        Ok(Self {
            host: host.to_ascii_lowercase(),
            keyphrase: keyphrase.parse()?,
        })
    }
}

impl fmt::Display for WalletUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{SCHEME}{}/{}", self.host, self.keyphrase)
    }
}

impl fmt::Debug for WalletUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{SCHEME}{}/***", self.host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "E38dyTYsR7i6Gd8SJsmKd9du92MPvEXV9";

    fn encoded(bytes: &[u8]) -> String {
        bs58::encode(bytes).into_string()
    }

    #[test]
    fn the_example_of_the_draft() {
        let keyphrase: Keyphrase = TEXT.parse().unwrap();
        assert_eq!(
            hex::encode(keyphrase.expose()),
            "d7b199eb8bd3e23f1accb2b138f1706fc78c0afa"
        );
        assert_eq!(keyphrase.to_string(), TEXT);
        assert_eq!(format!(" {TEXT}\n").parse(), Ok(keyphrase.clone()));
        assert_eq!(format!("{keyphrase:?}"), "***");
        let url: WalletUrl = format!("bjswallet://wallet.webcoin.ch/{TEXT}")
            .parse()
            .unwrap();
        assert_eq!(
            (url.host.as_str(), &url.keyphrase),
            ("wallet.webcoin.ch", &keyphrase)
        );
        assert_eq!(
            url.to_string(),
            format!("bjswallet://wallet.webcoin.ch/{TEXT}")
        );
        assert!(!format!("{url:?}").contains(TEXT));
    }

    #[test]
    fn each_fault_of_a_keyphrase_has_its_own_message() {
        let refused = |text: &str| text.parse::<Keyphrase>().unwrap_err();
        let mut spec = [0x8F; SPEC];
        spec[1] = 0;
        let keyphrase = Keyphrase::new(spec[2..22].try_into().unwrap());
        spec[22..].copy_from_slice(&keyphrase.checksum());
        assert_eq!(encoded(&spec).parse(), Ok(keyphrase));
        let with = |at: usize, value: u8| {
            let mut changed = spec;
            changed[at] = value;
            encoded(&changed)
        };
        assert_eq!(refused(&with(0, 0x80)), InvalidKeyphrase::Prefix);
        assert_eq!(refused(&with(1, 1)), InvalidKeyphrase::Version(1));
        for (at, byte) in spec.iter().enumerate().skip(2) {
            assert_eq!(
                refused(&with(at, byte ^ 1)),
                InvalidKeyphrase::Checksum,
                "byte {at}"
            );
        }
        for text in ["", &TEXT[..32], &format!("{TEXT}1"), &TEXT.repeat(1000)] {
            assert_eq!(refused(text), InvalidKeyphrase::Length, "{}", text.len());
        }
        for text in [
            TEXT.replace('E', "0"),
            TEXT.replace('E', "é"),
            format!("{} {}", &TEXT[..5], &TEXT[5..]),
        ] {
            assert_eq!(refused(&text), InvalidKeyphrase::Characters, "{text}");
        }
        let messages: std::collections::HashSet<String> = [
            InvalidKeyphrase::Characters,
            InvalidKeyphrase::Length,
            InvalidKeyphrase::Prefix,
            InvalidKeyphrase::Version(1),
            InvalidKeyphrase::Checksum,
        ]
        .iter()
        .map(ToString::to_string)
        .collect();
        assert_eq!(messages.len(), 5);
    }

    #[test]
    fn what_is_no_url_of_a_wallet() {
        for text in [
            "",
            "bjswallet://",
            "bjswallet:///E38dyTYsR7i6Gd8SJsmKd9du92MPvEXV9",
            "bjswallet://host",
            "https://host/E38dyTYsR7i6Gd8SJsmKd9du92MPvEXV9",
            "bjswallet://user@host/E38dyTYsR7i6Gd8SJsmKd9du92MPvEXV9",
        ] {
            assert_eq!(
                text.parse::<WalletUrl>(),
                Err(InvalidWalletUrl::Form),
                "{text}"
            );
        }
        let slip = "bjswallet://host:8330/E38dyTYsR7i6Gd8SJsmKd9du92MPvEXV8".parse::<WalletUrl>();
        assert_eq!(
            slip,
            Err(InvalidWalletUrl::Keyphrase(InvalidKeyphrase::Checksum))
        );
    }
}
