//! The file in which the owner keeps a wallet, sealed as it is on the server: the form that the browser console writes, too.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::federation::Signed;
use crate::clock::Time;
use crate::crypto::{Form, Keys, Opened, PublicKey, Tampered, open};

/// The encrypted wallet in a file: as safe as the password, and of use without the server.
#[derive(Clone, PartialEq, Eq)]
pub struct Backup {
    /// The name of the server that had it.
    pub server: String,
    /// Whose wallet it is: the keys that open it.
    pub publickey: PublicKey,
    /// When the file was made; RFC 3339.
    pub date: String,
    /// The sealed bytes.
    pub blob: Vec<u8>,
}

/// Why a file is no backup that this program reads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotBackup {
    /// Something else.
    #[error("the file is no backup of a wallet")]
    Other,
    /// It begins as one, and is cut off or changed.
    #[error("the backup is damaged: it is cut off, or was changed")]
    Damaged,
    /// A version of the form that this program does not know.
    #[error("the backup is of version {0}; a newer program is needed to read it")]
    Newer(u64),
}

const VERSION: u64 = 1;

#[derive(Serialize, Deserialize)]
struct Text {
    larimar_backup: u64,
    server: String,
    publickey: String,
    date: String,
    encrypted_data: String,
}

impl Backup {
    /// A backup of what this server had, made now.
    pub fn new(server: &str, blob: &Signed, now: Time) -> Self {
        Self {
            server: server.to_owned(),
            publickey: *blob.public_key(),
            date: now.to_string(),
            blob: blob.bytes().to_vec(),
        }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// [`NotBackup`].
    pub fn from_json(bytes: &[u8]) -> Result<Self, NotBackup> {
        #[derive(Deserialize)]
        struct Version {
            larimar_backup: u64,
        }
        if !begins_as_one(bytes) {
            return Err(NotBackup::Other);
        }
        let version: Version = serde_json::from_slice(bytes).map_err(|_| NotBackup::Damaged)?;
        if version.larimar_backup != VERSION {
            return Err(NotBackup::Newer(version.larimar_backup));
        }
        let text: Text = serde_json::from_slice(bytes).map_err(|_| NotBackup::Damaged)?;
        let blob = STANDARD.decode(&text.encrypted_data);
        let blob = blob.map_err(|_| NotBackup::Damaged)?;
        match Form::of(&blob).ok().and_then(Form::revision) {
            Some(_) => Ok(Self {
                server: text.server,
                publickey: text.publickey.parse().map_err(|_| NotBackup::Damaged)?,
                date: text.date,
                blob,
            }),
            None => Err(NotBackup::Damaged),
        }
    }

    /// The file.
    pub fn to_json(&self) -> Vec<u8> {
        let text = Text {
            larimar_backup: VERSION,
            server: self.server.clone(),
            publickey: self.publickey.to_string(),
            date: self.date.clone(),
            encrypted_data: STANDARD.encode(&self.blob),
        };
        #[expect(clippy::expect_used, reason = "strings are JSON")]
        let mut bytes = serde_json::to_vec_pretty(&text).expect("valid JSON");
        bytes.push(b'\n');
        bytes
    }

    /// What the owner sealed.
    ///
    /// # Errors
    /// [`Tampered`], also with the keys of another wallet.
    pub fn open(&self, keys: &Keys) -> Result<Opened, Tampered> {
        open(keys, &self.blob)
    }
}

/// Whether an object begins that says of itself that it is a backup, in its first field or one soon after.
fn begins_as_one(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"\"larimar_backup\"";
    const SOON: usize = 512;
    let head = bytes.trim_ascii_start();
    let head = &head[..head.len().min(SOON)];
    head.starts_with(b"{") && head.windows(MARK.len()).any(|it| it == MARK)
}

impl fmt::Debug for Backup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Backup")
            .field("server", &self.server)
            .field("publickey", &self.publickey)
            .field("date", &self.date)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Derivation;

    /// Written by the console's `backupText`, of a blob that its library sealed.
    const OF_THE_CONSOLE: &[u8] = include_bytes!("../../tests/backups/console.larimar.json");

    #[test]
    fn a_backup_of_the_console_opens_and_is_written_the_same() {
        let backup = Backup::from_json(OF_THE_CONSOLE).expect("a backup");
        let answers: [&str; 0] = [];
        let derivation = Derivation::new(
            "alice@example.com",
            "correct horse battery staple",
            &answers,
        );
        let keys = derivation.expect("keys").run();
        assert_eq!(backup.publickey, keys.public_key);
        assert_eq!(backup.server, "wallet.example.org");
        let opened = backup.open(&keys).expect("opened");
        assert_eq!(opened.revision, 7);
        let entries = crate::client::Entries::from_plaintext(&opened.plaintext);
        let entries = entries.expect("entries");
        assert_eq!(entries.list()[0].secret.as_str(), "4711 ünï");
        assert_eq!(backup.to_json(), OF_THE_CONSOLE);
    }

    #[test]
    fn what_is_no_backup_is_refused() {
        let text = String::from_utf8(OF_THE_CONSOLE.to_vec()).expect("text");
        for (from, to, expected) in [
            (
                "\"larimar_backup\": 1",
                "\"larimar_backup\": 2",
                NotBackup::Newer(2),
            ),
            ("\"server\"", "\"sever\"", NotBackup::Damaged),
            ("TFJNM", "TFJNN", NotBackup::Damaged),
            (
                "\"publickey\": \"0",
                "\"publickey\": \"9",
                NotBackup::Damaged,
            ),
            ("{", "[", NotBackup::Other),
            ("larimar_backup", "other_backup", NotBackup::Other),
        ] {
            let changed = text.replacen(from, to, 1);
            assert_ne!(changed, text, "{from}");
            assert_eq!(Backup::from_json(changed.as_bytes()), Err(expected), "{to}");
        }
        assert_eq!(Backup::from_json(b""), Err(NotBackup::Other));
        let cut = &OF_THE_CONSOLE[..OF_THE_CONSOLE.len() - 3];
        assert_eq!(Backup::from_json(cut), Err(NotBackup::Damaged));
    }
}
