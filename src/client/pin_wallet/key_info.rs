//! A keyInfo object of the draft, and what its members say to whom.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::AddressKey;
use crate::crypto::MasterKey;

/// Strings with a prefix: `!` (as it is), `b64!` (base64), `enc!` (base64 of what is encrypted under the masterKey).
///
/// Members and prefixes that this version does not know are ignored and kept (Wallet API Specification 1.0 Draft, *Stored Information*).
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyInfo(BTreeMap<String, String>);

/// What stands in a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Member<T> {
    /// It can be read.
    Read(T),
    /// It is encrypted, and there is no key at hand.
    Hidden,
    /// A prefix that this version does not know, or data that is damaged or another wallet's.
    Unreadable,
}

impl<T> Member<T> {
    pub(super) fn read(self) -> Option<T> {
        match self {
            Self::Read(value) => Some(value),
            Self::Hidden | Self::Unreadable => None,
        }
    }
}

impl KeyInfo {
    /// The member, prefix and all.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The names of its members.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The members of a later object about the same key count more, but for the keys themselves.
    pub(super) fn change(&mut self, later: &Self) {
        let members = later.0.iter();
        let members = members.filter(|(name, _)| !["pub", "priv"].contains(&name.as_str()));
        self.0
            .extend(members.map(|(name, value)| (name.clone(), value.clone())));
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// The point of its `pub`, whichever way that is written.
    pub(super) fn point(&self, key: Option<&MasterKey>) -> Option<String> {
        let bytes = self.bytes("pub", key)?.read()?;
        Some(AddressKey::from_slice(&bytes)?.point())
    }

    /// Whether a server that keeps to PROTOCOL.md, section 6, can take it.
    pub(super) fn is_well_formed(&self) -> bool {
        self.0.values().all(|value| {
            let coded = value.strip_prefix("b64!").or(value.strip_prefix("enc!"));
            match coded {
                Some(text) => STANDARD.decode(text).is_ok(),
                None => value.starts_with('!'),
            }
        })
    }

    pub(super) fn set(&mut self, name: &str, value: String) {
        self.0.insert(name.to_owned(), value);
    }

    /// A member that is text: behind `!` it stands as it is.
    pub(super) fn text(&self, name: &str, key: Option<&MasterKey>) -> Option<Member<String>> {
        let value = self.get(name)?;
        if let Some(text) = value.strip_prefix('!') {
            return Some(Member::Read(text.to_owned()));
        }
        Some(match opened(value, key) {
            Member::Read(bytes) => std::str::from_utf8(unpadded(&bytes))
                .map_or(Member::Unreadable, |text| Member::Read(text.to_owned())),
            Member::Hidden => Member::Hidden,
            Member::Unreadable => Member::Unreadable,
        })
    }

    /// A member that is bytes, such as a key: behind `!` they stand in base64, as in the draft's example.
    pub(super) fn bytes(
        &self,
        name: &str,
        key: Option<&MasterKey>,
    ) -> Option<Member<Zeroizing<Vec<u8>>>> {
        Some(bytes_of(self.get(name)?, key))
    }
}

/// A private key, or what stands in its place, is not for a log.
impl fmt::Debug for KeyInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |name: &str| ["pub", "desc", "at"].contains(&name);
        let members = self.0.iter();
        f.debug_map()
            .entries(members.map(|(name, value)| match shown(name) {
                true => (name, value.as_str()),
                false => (name, "***"),
            }))
            .finish()
    }
}

impl From<BTreeMap<String, String>> for KeyInfo {
    fn from(members: BTreeMap<String, String>) -> Self {
        Self(members)
    }
}

impl<const N: usize> From<[(&str, String); N]> for KeyInfo {
    fn from(members: [(&str, String); N]) -> Self {
        Self(members.map(|(name, value)| (name.to_owned(), value)).into())
    }
}

/// What stands in a member that is bytes.
pub(super) fn bytes_of(value: &str, key: Option<&MasterKey>) -> Member<Zeroizing<Vec<u8>>> {
    match value.strip_prefix('!') {
        Some(text) => decoded(text),
        None => opened(value, key),
    }
}

/// Bytes of a private key.
const PRIVATE_KEY: usize = 32;

/// What is encrypted of a text: never as many bytes as a private key has, for nothing binds what is encrypted to the member in which it stands, and a server that
/// knew the text could pass it off as one.
pub(super) fn padded(text: &str) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() + 1));
    bytes.extend_from_slice(text.as_bytes());
    if bytes.len() == PRIVATE_KEY {
        bytes.push(b' ');
    }
    bytes
}

fn unpadded(bytes: &[u8]) -> &[u8] {
    match bytes.split_last() {
        Some((b' ', text)) if text.len() == PRIVATE_KEY => text,
        _ => bytes,
    }
}

fn decoded(text: &str) -> Member<Zeroizing<Vec<u8>>> {
    STANDARD
        .decode(text)
        .map_or(Member::Unreadable, |bytes| Member::Read(bytes.into()))
}

fn opened(value: &str, key: Option<&MasterKey>) -> Member<Zeroizing<Vec<u8>>> {
    if let Some(text) = value.strip_prefix("b64!") {
        return decoded(text);
    }
    let Some(text) = value.strip_prefix("enc!") else {
        return Member::Unreadable;
    };
    let Some(key) = key else {
        return Member::Hidden;
    };
    let bytes = decoded(text)
        .read()
        .and_then(|bytes| key.decrypt(&bytes).ok());
    bytes.map_or(Member::Unreadable, Member::Read)
}

/// Whether the member begins with one of the draft's prefixes.
pub(super) fn is_known(value: &str) -> bool {
    ["!", "b64!", "enc!"]
        .iter()
        .any(|prefix| value.starts_with(prefix))
}

/// Text as it is.
pub(super) fn plain(text: &str) -> String {
    format!("!{text}")
}

/// Bytes behind `!`, as the draft's example has them.
pub(super) fn base64(bytes: &[u8]) -> String {
    format!("!{}", STANDARD.encode(bytes))
}

/// What [`MasterKey::encrypt`] made.
pub(super) fn encrypted(ciphertext: &[u8]) -> String {
    format!("enc!{}", STANDARD.encode(ciphertext))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::Keyphrase;

    #[test]
    fn every_prefix_is_read_and_none_is_guessed() {
        let master = MasterKey::from(&Keyphrase::new([7; 20]));
        let other = MasterKey::from(&Keyphrase::new([8; 20]));
        let secret = encrypted(&master.encrypt("hidden é".as_bytes()).unwrap());
        let read = |value: &str, key| {
            let info = KeyInfo::from([("desc", value.to_owned())]);
            info.text("desc", key).unwrap()
        };
        let is = |text: &str| Member::Read(text.to_owned());
        assert_eq!(read("!Bitcoin Faucet", None), is("Bitcoin Faucet"));
        assert_eq!(read("!", None), is(""));
        assert_eq!(read("b64!w6k=", None), is("é"));
        assert_eq!(read(&secret, None), Member::Hidden);
        assert_eq!(read(&secret, Some(&master)), is("hidden é"));
        for (value, key) in [
            (secret.as_str(), Some(&other)),
            ("enc!", Some(&master)),
            ("enc!====", Some(&master)),
            ("b64!/w==", None),
            ("b64!*", None),
            ("zip!abc", None),
            ("text", None),
            ("", None),
        ] {
            assert_eq!(read(value, key), Member::Unreadable, "{value}");
        }
        assert_eq!(KeyInfo::default().text("desc", None), None);
    }

    #[test]
    fn a_description_never_has_the_length_of_a_private_key() {
        let master = MasterKey::from(&Keyphrase::new([7; 20]));
        for length in 31..=34 {
            let text = "x".repeat(length);
            let bytes = padded(&text);
            assert_ne!(bytes.len(), 32);
            let secret = encrypted(&master.encrypt(&bytes).unwrap());
            let info = KeyInfo::from([("desc", secret)]);
            let read = info.text("desc", Some(&master)).unwrap();
            assert_eq!(read, Member::Read(text));
        }
        // 16 characters, but 32 bytes
        assert_eq!(padded(&"é".repeat(16)).len(), 33);
    }

    #[test]
    fn no_private_member_is_printed() {
        let info = KeyInfo::from([
            ("pub", plain("key")),
            ("priv", plain("secret")),
            ("x", plain("secret")),
        ]);
        let printed = format!("{info:?}");
        assert!(
            printed.contains("key") && !printed.contains("secret"),
            "{printed}"
        );
    }

    #[test]
    fn the_example_of_the_draft_is_read() {
        let pub_key = "!BHi5G6SazJRzTZeppFcLv/yBHqcvrBJdhUl4+NDv0ri1khxLGO+QeXXj0KFwjulNmnBKU0ZR96hpHgFY55wiSxA=";
        let info = KeyInfo::from([("pub", pub_key.to_owned())]);
        let bytes = info.bytes("pub", None).unwrap().read().unwrap();
        assert_eq!((bytes.len(), bytes[0]), (65, 4));
    }
}
