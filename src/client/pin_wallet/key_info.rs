//! A keyInfo object of the draft, and what its members say to whom.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::crypto::MasterKey;

/// Strings with a prefix: `!` (as it is), `b64!` (base64), `enc!` (base64 of what is encrypted under the masterKey).
///
/// Members and prefixes that this version does not know are ignored and kept (Wallet API Specification 1.0 Draft, *Stored Information*).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// As it goes over the wire.
    pub fn json(&self) -> serde_json::Value {
        let members = self.0.iter();
        members
            .map(|(name, value)| (name.clone(), value.clone().into()))
            .collect::<serde_json::Map<_, _>>()
            .into()
    }

    /// The member, prefix and all.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The names of its members.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The members of a later object with the same `pub` count more.
    pub(super) fn change(&mut self, later: &Self) {
        let members = later.0.iter();
        self.0
            .extend(members.map(|(name, value)| (name.clone(), value.clone())));
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
            Member::Read(bytes) => std::str::from_utf8(&bytes)
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
        let value = self.get(name)?;
        Some(match value.strip_prefix('!') {
            Some(text) => decoded(text),
            None => opened(value, key),
        })
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
    fn the_example_of_the_draft_is_read() {
        let pub_key = "!BHi5G6SazJRzTZeppFcLv/yBHqcvrBJdhUl4+NDv0ri1khxLGO+QeXXj0KFwjulNmnBKU0ZR96hpHgFY55wiSxA=";
        let info = KeyInfo::from([("pub", pub_key.to_owned())]);
        let bytes = info.bytes("pub", None).unwrap().read().unwrap();
        assert_eq!((bytes.len(), bytes[0]), (65, 4));
    }
}
