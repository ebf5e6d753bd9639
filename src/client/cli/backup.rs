//! `larimar export` and `larimar import`: the encrypted backup file, which the browser console reads and writes too.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, json};

use super::conflict::{differences, list, listed};
use super::exit::Exit;
use super::failure::Failure;
use super::holder::{Held, Holder};
use super::keys::{HolderArgs, KeyArgs, Purpose, holder_of};
use super::session::Session;
use super::{input, output};
use crate::client::{Backup, Entries, NotBackup, Signed};
use crate::clock::{Clock, SystemClock};

/// Writes the wallet to a file, sealed as it is on the server
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a server; --email or a profile; the password, asked for without echo.\n\n\
    The file opens with the password of today, here and in the browser console, also without the server. It is as safe as the password. Exit codes as of \
    larimar fetch: 7, 4 and 8 say that it has what this device had.\n\n\
    Examples:\n  larimar export --out today.larimar.json\n  larimar export > today.larimar.json"
)]
pub(super) struct Export {
    /// Writes to this file, which only its owner can read, instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replaces the file if it is there
    #[arg(long, requires = "out")]
    force: bool,
    #[command(flatten)]
    held: HolderArgs,
}

/// Brings the content of a backup file back as a new revision; what the wallet holds now stays as a version
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: the file; the password that the wallet had when it was made; a server, and --email or a profile. It compares first, and asks before it replaces \
    anything that differs; without a terminal, and with --json, it needs --replace for that, and else ends with exit code 4. Exit code 2: the file is no backup; 8: it is \
    damaged, or of another password.\n\n\
    With --out no server is needed: what the backup holds goes to a file, NOT sealed, for larimar save --data or larimar create --data. So it is \
    brought back under another password, or on another server.\n\n\
    --json: revision, changed, entries (what differs: name, id, where: wallet, backup or both; null if it is no list of entries), and of a change what larimar save \
    says. With --out: file, publickey, revision, date.\n\n\
    Examples:\n  \
    larimar import today.larimar.json\n  \
    larimar import today.larimar.json --out secrets.json"
)]
pub(super) struct Import {
    /// The backup file; - for standard input, after the password's line if that comes from there too
    file: PathBuf,
    /// Replaces what the wallet holds without asking
    #[arg(long, conflicts_with = "out")]
    replace: bool,
    /// Writes what the backup holds to this file, and leaves the wallet as it is
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replaces the file if it is there
    #[arg(long, requires = "out")]
    force: bool,
    #[command(flatten)]
    keys: KeyArgs,
}

impl Export {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        if let Some(path) = &self.out {
            output::check(path, self.force)?;
        }
        let mut holder = self.held.holder(session)?;
        let held = holder.fetch(session).await?;
        let (server, blob) = sealed(&holder, &held)
            .ok_or_else(|| Failure::other("what was fetched is not here sealed any more"))?;
        let backup = Backup::new(&server, blob, SystemClock.now());
        match &self.out {
            Some(path) => {
                output::file(path, &backup.to_json(), self.force)?;
                if session.json {
                    output::json(&json!({
                        "file": path.display().to_string(),
                        "publickey": backup.publickey.to_string(),
                        "revision": held.head.revision,
                    }))?;
                }
            }
            // a backup that nobody reads is none
            None => output::once(&backup.to_json())?,
        }
        session.say(&format!("exported revision {}", held.head.revision));
        held.is_certain()
    }
}

/// What to do without the file.
const DAMAGED: &str = "take another copy of the file or an older backup; larimar versions lists what the server still has of before";

/// The sealed bytes of what was fetched, and a server that has them, or had.
fn sealed<'a>(holder: &'a Holder, held: &Held) -> Option<(String, &'a Signed)> {
    match holder {
        Holder::One(cached, _) => {
            let blob = cached.cache().blob(held.head)?;
            Some((cached.cache().server.clone(), blob))
        }
        Holder::Several(federation) => {
            let memory = federation.memory();
            let all = memory.newest.iter().chain(&memory.pending);
            let blob = all.into_iter().find(|blob| blob.head() == held.head)?;
            let has_it = held.lines.iter().find(|line| line.head == Some(held.head));
            let line = has_it.or(held.lines.first())?;
            Some((line.server.clone(), blob))
        }
    }
}

impl Import {
    /// Whether it changes anything on the server.
    pub(super) fn changes(&self) -> bool {
        self.out.is_none()
    }

    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        input::check(&self.file)?;
        if let Some(path) = &self.out {
            output::check(path, self.force)?;
        } else if !session.has_several() {
            // before a password is typed in vain
            session.client()?;
        }
        let keys = self.keys.keys(session, Purpose::Open)?;
        let backup = Backup::from_json(&session.input.data(&self.file, true)?)?;
        if backup.publickey != keys.public_key {
            return Err(Failure::new(
                Exit::NotAuthentic,
                "OtherKeys",
                "the backup was made with another e-mail address, password or answers",
            )
            .hint("larimar import --out FILE opens it with those of then, larimar save --data FILE brings it back with those of today"));
        }
        let opened = backup.open(&keys).map_err(|_| {
            Failure::new(
                Exit::NotAuthentic,
                "Tampered",
                "the backup is damaged: it does not open",
            )
            .hint(DAMAGED)
        })?;
        if let Some(path) = &self.out {
            output::file(path, &opened.plaintext, self.force)?;
            if session.json {
                output::json(&json!({
                    "file": path.display().to_string(),
                    "publickey": backup.publickey.to_string(),
                    "revision": opened.revision,
                    "date": backup.date,
                }))?;
            }
            session.say(&format!(
                "revision {} of {}, written to {}, NOT sealed",
                opened.revision,
                backup.server,
                path.display()
            ));
            return Ok(());
        }
        let mut holder = holder_of(session, keys, false)?;
        let held = holder.fetch(session).await.map_err(|failure| match failure.is("WalletNotFound") {
            true => failure.hint(
                "the server has no such wallet: larimar import --out FILE, then larimar create --data FILE",
            ),
            false => failure,
        })?;
        held.is_certain()?;
        let differing = differences(&held.plaintext, &opened.plaintext);
        let parsed = |plaintext: &[u8]| Entries::from_plaintext(plaintext).ok();
        let is_same = held.plaintext == opened.plaintext
            || parsed(&held.plaintext).is_some_and(|all| Some(all) == parsed(&opened.plaintext));
        let entries = listed(differing.as_deref(), "wallet", "backup");
        let mut beside = Map::new();
        beside.insert("changed".into(), (!is_same).into());
        beside.insert("entries".into(), entries.clone());
        let as_it_was = json!({
            "revision": held.head.revision,
            "changed": false,
            "entries": entries,
        });
        if is_same {
            session.say("the wallet holds just that: nothing was changed");
            return match session.json {
                true => output::json(&as_it_was),
                false => Ok(()),
            };
        }
        if !self.replace {
            session.say(&format!(
                "The backup was made {}, of revision {}; the wallet holds revision {}.",
                backup.date, opened.revision, held.head.revision
            ));
            match session.json {
                true => output::json(&as_it_was)?,
                false => list(differing.as_deref(), "in the wallet", "in the backup")?,
            }
            if session.json || !session.input.is_a_person() {
                return Err(Failure::new(
                    Exit::Conflict,
                    "Conflict",
                    "the wallet holds something else than the backup; nothing was changed",
                )
                .hint("--replace puts the backup in its place; what the wallet holds now stays as a version"));
            }
            let typed = session
                .input
                .visible("Type replace to put the backup in its place", "--replace")?;
            if typed != "replace" {
                return Err(Failure::other("nothing was changed"));
            }
        }
        holder
            .save_saying(session, "imported", &opened.plaintext, &held, beside)
            .await
    }
}

impl From<NotBackup> for Failure {
    fn from(error: NotBackup) -> Self {
        let message = error.to_string();
        match error {
            NotBackup::Damaged => Self::new(Exit::NotAuthentic, "Damaged", message).hint(DAMAGED),
            NotBackup::Other => Self::new(Exit::Usage, "NotBackup", message)
                .hint("larimar export, or Backup in the browser console, makes one"),
            NotBackup::Newer(_) => Self::new(Exit::Usage, "NotBackup", message)
                .hint("larimar --version shows which this is; look for a newer one"),
        }
    }
}
