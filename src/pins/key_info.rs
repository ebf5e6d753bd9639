//! Address objects: what the draft calls keyInfo (*Stored Information*).

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::Refusal;

/// An object with string members, each of which says by how it begins what it is: `!` as it stands, `enc!` encrypted by its owner, in base64, `b64!` in base64.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyInfo(BTreeMap<String, String>);

/// Why something is no address object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// It is no object.
    #[error("not an object")]
    Object,
    /// A member is no string.
    #[error("a member is not a string")]
    String,
    /// A member begins in none of the three ways.
    #[error("a member does not begin with !, enc! or b64!")]
    Prefix,
    /// What stands behind `enc!` or `b64!` is no base64.
    #[error("what stands behind enc! or b64! is not base64")]
    Base64,
}

impl KeyInfo {
    /// The object with these members.
    ///
    /// # Errors
    /// [`Rejected::Prefix`], [`Rejected::Base64`] (RFC 4648, section 4, padded and canonical).
    pub fn new(members: BTreeMap<String, String>) -> Result<Self, Rejected> {
        for value in members.values() {
            if value.starts_with('!') {
                continue;
            }
            let encoded = value
                .strip_prefix("enc!")
                .or_else(|| value.strip_prefix("b64!"))
                .ok_or(Rejected::Prefix)?;
            STANDARD.decode(encoded).map_err(|_| Rejected::Base64)?;
        }
        Ok(Self(members))
    }

    /// Its members.
    pub fn into_members(self) -> BTreeMap<String, String> {
        self.0
    }

    /// What the store should hold and does not.
    pub(super) fn missing() -> Refusal {
        Refusal::Internal(
            "the address objects of a wallet are missing; `larimard verify` says what else is"
                .to_owned(),
        )
    }
}

/// A list of them as it is stored: the JSON whose bytes `pins.bytes` counts.
pub(super) fn encode(all: &[KeyInfo]) -> Result<Vec<u8>, Refusal> {
    serde_json::to_vec(all).map_err(|error| Refusal::Internal(error.to_string()))
}

pub(super) fn decode(bytes: &[u8]) -> Result<Vec<KeyInfo>, Refusal> {
    serde_json::from_slice(bytes)
        .map_err(|error| Refusal::Internal(format!("address objects cannot be read: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(value: &str) -> Result<KeyInfo, Rejected> {
        KeyInfo::new([("x".to_owned(), value.to_owned())].into())
    }

    #[test]
    fn members_say_what_they_are() {
        for good in ["!", "!anything é", "enc!", "enc!AAAA", "b64!AA==", "!enc!?"] {
            assert!(with(good).is_ok(), "{good}");
        }
        for bad in ["", "x", "enc", "ENC!AAAA", " !x", "b64"] {
            assert_eq!(with(bad), Err(Rejected::Prefix), "{bad}");
        }
        for bad in [
            "enc!A",
            "b64!AA",
            "enc!AB==",
            "b64!_-8=",
            "enc! AAAA",
            "b64!AA==\n",
        ] {
            assert_eq!(with(bad), Err(Rejected::Base64), "{bad}");
        }
        assert!(KeyInfo::new(BTreeMap::new()).is_ok());
    }
}
