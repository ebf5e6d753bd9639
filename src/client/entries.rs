//! The plaintext that Larimar's own clients write (PROTOCOL.md, section 4): named secrets in JSON.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::clock::Time;
use crate::crypto::{NoRandomness, random_bytes};

/// Named secrets. Members that this version does not know are kept, everywhere.
///
/// ```
/// use larimar::client::Entries;
/// use larimar::clock::{Clock, SystemClock};
///
/// let mut entries = Entries::default();
/// let id = entries.add("bank", "hunter2", None, SystemClock.now())?.id.clone();
///
/// let read = Entries::from_plaintext(&entries.to_plaintext())?;
/// assert_eq!(read.get(&id).map(|entry| entry.secret.as_str()), Some("hunter2"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entries {
    /// 1: the version of this form.
    larimar: u64,
    /// In the order in which they were added.
    entries: Vec<Entry>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

/// A named secret.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Names the entry for as long as it lives; 16 random hex digits if it was made here.
    pub id: String,
    /// What a person calls it; not necessarily unique.
    pub name: String,
    /// What it is all for.
    pub secret: Zeroizing<String>,
    /// What else a person wants to remember.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Zeroizing<String>>,
    /// When it was last changed; RFC 3339 with milliseconds, the clock of the device that changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

/// The plaintext is not of this form, which does not mean that it is damaged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotEntries {
    /// No JSON object with `larimar` and `entries`.
    #[error("the wallet holds something other than entries; fetch it as it is")]
    Other,
    /// A version of the form that this program does not know.
    #[error("the wallet's entries are of version {0}; a newer program is needed to change them")]
    Newer(u64),
}

const VERSION: u64 = 1;

impl Default for Entries {
    fn default() -> Self {
        Self {
            larimar: VERSION,
            entries: Vec::new(),
            unknown: Map::new(),
        }
    }
}

impl Entries {
    /// Reads them.
    ///
    /// # Errors
    /// [`NotEntries`] if the plaintext is something else. Its content is in no error.
    pub fn from_plaintext(plaintext: &[u8]) -> Result<Self, NotEntries> {
        // a newer form may differ in anything but its number
        #[derive(Deserialize)]
        struct Form {
            larimar: u64,
        }
        let form: Form = serde_json::from_slice(plaintext).map_err(|_| NotEntries::Other)?;
        match form.larimar {
            VERSION => serde_json::from_slice(plaintext).map_err(|_| NotEntries::Other),
            newer => Err(NotEntries::Newer(newer)),
        }
    }

    /// The UTF-8 JSON that is sealed.
    pub fn to_plaintext(&self) -> Zeroizing<Vec<u8>> {
        let mut plaintext = Zeroizing::new(Vec::with_capacity(self.length()));
        #[expect(clippy::expect_used, reason = "strings and maps of strings are JSON")]
        serde_json::to_writer(&mut *plaintext, self).expect("valid JSON");
        plaintext
    }

    /// All of them, in their order.
    pub fn list(&self) -> &[Entry] {
        &self.entries
    }

    /// The one with this id.
    pub fn get(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// Those with this name.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.name == name)
    }

    /// A new entry is the last of them.
    ///
    /// # Errors
    /// [`NoRandomness`] if the system gives no random bytes for its id.
    pub fn add(
        &mut self,
        name: &str,
        secret: &str,
        note: Option<&str>,
        now: Time,
    ) -> Result<&Entry, NoRandomness> {
        self.entries.push(Entry {
            id: hex::encode(random_bytes::<8>()?),
            name: name.to_owned(),
            secret: Zeroizing::new(secret.to_owned()),
            note: note.map(|note| Zeroizing::new(note.to_owned())),
            updated: Some(now.to_string()),
            unknown: Map::new(),
        });
        Ok(&self.entries[self.entries.len() - 1])
    }

    /// The entry with this id has this secret, and this note if one is given; the rest of it stays. `None` if there is no such entry.
    pub fn set(&mut self, id: &str, secret: &str, note: Option<&str>, now: Time) -> Option<&Entry> {
        let entry = self.entries.iter_mut().find(|entry| entry.id == id)?;
        entry.secret = Zeroizing::new(secret.to_owned());
        if let Some(note) = note {
            entry.note = Some(Zeroizing::new(note.to_owned()));
        }
        entry.updated = Some(now.to_string());
        Some(entry)
    }

    /// The entry with this id is gone from them. `None` if there was none.
    pub fn remove(&mut self, id: &str) -> Option<Entry> {
        let position = self.entries.iter().position(|entry| entry.id == id)?;
        Some(self.entries.remove(position))
    }

    /// Enough that the buffer need not grow and leave copies behind, but for what is escaped.
    fn length(&self) -> usize {
        let text = |entry: &Entry| {
            entry.name.len() + entry.secret.len() + entry.note.as_ref().map_or(0, |note| note.len())
        };
        256 + self
            .entries
            .iter()
            .map(|entry| 256 + 2 * text(entry))
            .sum::<usize>()
    }
}

/// Without secret and note.
impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("id", &self.id)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time(1_795_312_216_123);

    #[test]
    fn an_empty_document_is_the_form_of_section_4() {
        assert_eq!(
            &Entries::default().to_plaintext()[..],
            br#"{"larimar":1,"entries":[]}"#
        );
    }

    #[test]
    fn what_is_not_known_is_kept_everywhere() {
        let text = serde_json::json!({
            "larimar": 1, "theme": {"dark": true},
            "entries": [
                {"id": "a", "name": "bank", "secret": "s", "note": "n", "updated": "u", "tags": ["x"]},
                {"id": "b", "name": "mail", "secret": "t", "otp": null},
            ],
        });
        let mut entries = Entries::from_plaintext(text.to_string().as_bytes()).expect("entries");
        let written: Value = serde_json::from_slice(&entries.to_plaintext()).expect("JSON");
        assert_eq!(written, text);

        entries.set("a", "s2", None, NOW).expect("entry a");
        entries.remove("b").expect("entry b");
        let written: Value = serde_json::from_slice(&entries.to_plaintext()).expect("JSON");
        assert_eq!(
            written,
            serde_json::json!({
                "larimar": 1, "theme": {"dark": true},
                "entries": [{
                    "id": "a", "name": "bank", "secret": "s2", "note": "n",
                    "updated": NOW.to_string(), "tags": ["x"],
                }],
            })
        );
    }

    #[test]
    fn ids_are_random_and_names_need_not_be_unique() {
        let mut entries = Entries::default();
        let first = entries
            .add("bank", "1", None, NOW)
            .expect("added")
            .id
            .clone();
        let second = entries
            .add("bank", "2", Some("old"), NOW)
            .expect("added")
            .id
            .clone();
        assert_ne!(first, second);
        assert_eq!(first.len(), 16);
        assert!(first.bytes().all(|digit| digit.is_ascii_hexdigit()));
        assert_eq!(entries.named("bank").count(), 2);
        assert_eq!(
            entries.list()[1].updated.as_deref(),
            Some(NOW.to_string()).as_deref()
        );
        assert!(entries.set("none", "3", None, NOW).is_none());
        assert!(entries.remove("none").is_none());
    }

    #[test]
    fn anything_else_is_not_entries() {
        for text in [
            "",
            "text",
            "[]",
            r#"{"entries": []}"#,
            r#"{"larimar": "1", "entries": []}"#,
            r#"{"larimar": 1}"#,
            r#"{"larimar": 1, "entries": [{"id": "a", "name": "b"}]}"#,
        ] {
            let read = Entries::from_plaintext(text.as_bytes());
            assert_eq!(read, Err(NotEntries::Other), "{text}");
        }
        let read = Entries::from_plaintext(br#"{"larimar": 2, "secrets": {}}"#);
        assert_eq!(read, Err(NotEntries::Newer(2)));
        // not the form, though it may look like it: nothing twice
        let read = Entries::from_plaintext(br#"{"larimar": 1, "entries": [], "entries": []}"#);
        assert_eq!(read, Err(NotEntries::Other));
    }

    #[test]
    fn secrets_are_in_no_debug_text() {
        let mut entries = Entries::default();
        entries
            .add("bank", "hunter2", Some("hunter3"), NOW)
            .expect("added");
        let text = format!("{entries:?}");
        assert!(text.contains("bank") && !text.contains("hunter"), "{text}");
    }
}
