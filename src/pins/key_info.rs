//! Address objects: what the draft calls keyInfo (*Stored Information*).

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::Refusal;

/// An object with string members, each of which says by how it begins what it is: `!` as it stands, `enc!` encrypted by its owner, in base64, `b64!` in base64.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
}

/// Members may hold what is private and not encrypted.
impl fmt::Debug for KeyInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyInfo(***)")
    }
}

/// A list of them as it is stored: the JSON whose bytes `pins.bytes` counts.
pub(super) fn encode(all: &[KeyInfo]) -> Result<Vec<u8>, Refusal> {
    serde_json::to_vec(all).map_err(|error| Refusal::Internal(error.to_string()))
}

pub(super) fn decode(bytes: &[u8]) -> Result<Vec<KeyInfo>, Refusal> {
    // its text could quote what is stored
    serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Refusal::Internal(format!(
            "address objects in the store cannot be read (line {line}, column {column})"
        ))
    })
}

/// The stored objects, and behind them those of the list that are not among them; `None` if there is none of these. Nothing is remembered of
/// a list that is too long.
pub(super) fn appended(
    stored: Option<&[u8]>,
    list: &str,
    most: usize,
) -> Result<Option<Vec<KeyInfo>>, Refusal> {
    let all = stored.map(decode).transpose()?.unwrap_or_default();
    let before = all.len();
    let mut appending = Appending {
        known: all.iter().cloned().collect(),
        all,
        most,
        fault: None,
    };
    let read = appending.deserialize(&mut serde_json::Deserializer::from_str(list));
    match (appending.fault, read) {
        (Some(fault), _) => Err(fault),
        (None, Err(_)) => Err(Refusal::NoList),
        (None, Ok(())) if appending.all.len() == before => Ok(None),
        (None, Ok(())) => Ok(Some(appending.all)),
    }
}

struct Appending {
    known: HashSet<KeyInfo>,
    all: Vec<KeyInfo>,
    most: usize,
    fault: Option<Refusal>,
}

impl<'de> DeserializeSeed<'de> for &mut Appending {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for &mut Appending {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of address objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut index = 0;
        while let Some(given) = list.next_element::<Given>()? {
            match given.members().and_then(KeyInfo::new) {
                Ok(one) if self.known.contains(&one) => {}
                Ok(_) if self.all.len() >= self.most => {
                    self.fault = Some(Refusal::QuotaExceeded {
                        limit: self.most,
                        of: "addresses",
                    });
                }
                Ok(one) => {
                    self.known.insert(one.clone());
                    self.all.push(one);
                }
                Err(reason) => self.fault = Some(Refusal::RejectData { index, reason }),
            }
            if self.fault.is_some() {
                return Err(A::Error::custom("the fault is kept"));
            }
            index += 1;
        }
        Ok(())
    }
}

/// An element of the list, one at a time in memory.
#[derive(Deserialize)]
#[serde(untagged)]
enum Given {
    Object(BTreeMap<String, Member>),
    Other(IgnoredAny),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Member {
    Text(String),
    Other(IgnoredAny),
}

impl Given {
    fn members(self) -> Result<BTreeMap<String, String>, Rejected> {
        let Self::Object(members) = self else {
            return Err(Rejected::Object);
        };
        let texts = members.into_iter().map(|(name, member)| match member {
            Member::Text(text) => Ok((name, text)),
            Member::Other(_) => Err(Rejected::String),
        });
        texts.collect()
    }
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
        assert_eq!(format!("{:?}", with("!private").unwrap()), "KeyInfo(***)");
    }

    #[test]
    fn a_list_is_read_until_its_first_fault() {
        let stored = encode(&[with("!a").unwrap()]).unwrap();
        let appended = |list: &str| {
            let all = appended(Some(&stored), list, 3)?;
            Ok(all.map(|all| String::from_utf8(encode(&all).unwrap()).unwrap()))
        };
        assert_eq!(appended("[]"), Ok(None));
        assert_eq!(appended(r#"[{"x":"!a"}]"#), Ok(None));
        assert_eq!(
            appended(r#" [{"x":"!b"}, {"x":"!b"}] "#),
            Ok(Some(r#"[{"x":"!a"},{"x":"!b"}]"#.into()))
        );
        // a name that serde_json has a use for
        let odd = r#"[{"$serde_json::private::RawValue":"!x"}]"#;
        assert!(appended(odd).unwrap().unwrap().contains("RawValue"));
        let rejected = |index, reason| Err(Refusal::RejectData { index, reason });
        assert_eq!(
            appended(r#"[{"x":"!b"},5,{"x":7}]"#),
            rejected(1, Rejected::Object)
        );
        assert_eq!(
            appended(r#"[{"x":{"y":[1,{}]}}]"#),
            rejected(0, Rejected::String)
        );
        assert_eq!(appended(r#"[{"x":"y"}]"#), rejected(0, Rejected::Prefix));
        let full = Err(Refusal::QuotaExceeded {
            limit: 3,
            of: "addresses",
        });
        assert_eq!(
            appended(&format!("[{}5]", r#"{"x":"!b"},{"x":"!c"},{"x":"!d"},"#)),
            full
        );
        for no_list in ["", "5", "null", "{}", "[{}", "[1e999]", &"[".repeat(500)] {
            let refused = appended(no_list);
            assert!(
                matches!(refused, Err(Refusal::NoList)),
                "{no_list}: {refused:?}"
            );
        }
    }
}
