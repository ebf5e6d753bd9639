//! `larimar fetch`.

use std::io::IsTerminal;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::keys::HolderArgs;
use super::session::Session;
use super::{output, servers, versions};
use crate::client::{Fetched, Line};

/// Fetches what the wallet holds, and opens it
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a server; --email or a profile; the password, asked for without echo.\n\n\
    The data goes to standard output or to a file that only its owner can read; the revision, for larimar save, to standard error.\n\
    If the server is out of reach, the copy of this device is shown, and the exit code says so (7); --offline asks for it. Exit code 4: this device \
    and another changed the wallet (larimar conflict); 8: the server went back in time, and the copy of this device is shown.\n\n\
    --json: revision, local_hash, saved, and text, or base64 if it is no UTF-8 text; from (device) and pending if it is not from the server; of several \
    servers what each did.\n\n\
    Examples:\n  \
    larimar fetch --out secrets.json\n  \
    larimar fetch --offline\n  \
    larimar fetch --version 1f3a > old.json\n  \
    larimar fetch --from one.example.org"
)]
pub(super) struct Fetch {
    /// Writes the data to this file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replaces the file if it is there
    #[arg(long, requires = "out")]
    force: bool,
    /// Fetches the version with this hash, of which the first digits are enough
    #[arg(long, value_name = "HASH", conflicts_with = "offline")]
    version: Option<String>,
    /// What one of several servers has, by its name or URL, or `device` for the change that this device could not store
    #[arg(long, value_name = "SERVER", conflicts_with_all = ["version", "raw", "offline"])]
    from: Option<String>,
    /// Takes the bytes as they are stored, sealed or not
    #[arg(long, conflicts_with_all = ["version", "offline"])]
    raw: bool,
    #[command(flatten)]
    held: HolderArgs,
}

/// What was fetched, in one form for all three ways.
struct Found {
    revision: Option<u64>,
    local_hash: String,
    saved: String,
    /// That it comes from this device, and whether it is a change that is not stored yet.
    device: Option<bool>,
    bytes: zeroize::Zeroizing<Vec<u8>>,
    /// What each of several servers did.
    servers: Vec<Line>,
}

impl Found {
    /// What this server, or this device, has.
    fn at(from: &str, fetched: Fetched) -> Result<Self, Failure> {
        let content = servers::chosen(&fetched, from)?;
        let has_it = |line: &&Line| line.head == Some(content.head);
        let updated = fetched.lines.iter().find(has_it);
        let updated = updated.and_then(|line| line.updated.clone());
        Ok(Self {
            revision: Some(content.head.revision),
            local_hash: content.head.local_hash.to_string(),
            saved: updated.unwrap_or_else(|| "unknown".to_owned()),
            device: None,
            bytes: content.plaintext.clone(),
            servers: fetched.lines,
        })
    }
}

impl Fetch {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        if let Some(path) = &self.out {
            output::check(path, self.force)?;
        }
        if let Some(from) = &self.from {
            let fetched = servers::opened(session, &self.held.keys)?.fetch().await?;
            return self.write(session, &Found::at(from, fetched)?);
        }
        if self.version.is_none() && !self.raw {
            let held = self.held.holder(session)?.fetch(session).await?;
            let certain = held.is_certain();
            let device = held
                .view
                .as_ref()
                .filter(|view| view.content.servers.is_empty());
            let found = Found {
                revision: Some(held.head.revision),
                local_hash: held.head.local_hash.to_string(),
                saved: held.updated,
                device: device.map(|view| view.content.is_pending),
                bytes: held.plaintext,
                servers: held.lines,
            };
            self.write(session, &found)?;
            return certain;
        }
        let wallet = self.held.keys.wallet(session)?;
        let found = if let Some(prefix) = &self.version {
            let hash = versions::one_with(&wallet.versions().await?, prefix)?;
            let version = wallet.version(&hash).await?;
            Found {
                revision: Some(version.head.revision),
                local_hash: hash.to_string(),
                saved: version.saved,
                device: None,
                bytes: version.plaintext,
                servers: Vec::new(),
            }
        } else {
            let blob = wallet.fetch_blob().await?;
            Found {
                revision: None,
                local_hash: blob.local_hash.to_string(),
                saved: blob.updated,
                device: None,
                bytes: blob.bytes.into(),
                servers: Vec::new(),
            }
        };
        self.write(session, &found)
    }

    fn write(&self, session: &Session, found: &Found) -> Result<(), Failure> {
        if let Some(path) = &self.out {
            output::file(path, &found.bytes, self.force)?;
        }
        if session.json {
            return output::json(&self.json(found));
        }
        if self.out.is_none() {
            show(&found.bytes)?;
        }
        let what = match found.revision {
            Some(revision) => format!("revision {revision}"),
            None => format!("hash {}", found.local_hash),
        };
        session.say(&format!("{what}, saved {}", found.saved));
        Ok(())
    }

    fn json(&self, found: &Found) -> serde_json::Value {
        let mut value = json!({
            "revision": found.revision,
            "local_hash": found.local_hash,
            "saved": found.saved,
        });
        if let Some(pending) = found.device {
            value["from"] = json!("device");
            value["pending"] = json!(pending);
        }
        if !found.servers.is_empty() {
            value["servers"] = json!(found.servers);
        }
        if self.out.is_none() {
            match std::str::from_utf8(&found.bytes) {
                Ok(text) => value["text"] = text.into(),
                Err(_) => value["base64"] = STANDARD.encode(&found.bytes).into(),
            }
        }
        value
    }
}

/// Writes data to standard output; on a terminal only what a person can read, with an end to its last line.
pub(super) fn show(bytes: &[u8]) -> Result<(), Failure> {
    if !std::io::stdout().is_terminal() {
        return output::data(bytes);
    }
    let readable = |letter: char| !letter.is_control() || matches!(letter, '\t' | '\n' | '\r');
    if !std::str::from_utf8(bytes).is_ok_and(|text| text.chars().all(readable)) {
        return Err(Failure::usage("binary data").hint("use --out FILE or a pipe"));
    }
    output::data(bytes)?;
    match bytes.last() {
        None | Some(b'\n') => Ok(()),
        Some(_) => output::data(b"\n"),
    }
}
