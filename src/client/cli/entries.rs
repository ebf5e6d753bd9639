//! `larimar entries`: named secrets, the form of PROTOCOL.md, section 4.

use clap::{Args, Subcommand};
use serde_json::json;

use super::failure::Failure;
use super::holder::{Held, Holder};
use super::keys::HolderArgs;
use super::session::Session;
use super::{input, output};
use crate::client::{self, Entry};
use crate::clock::{Clock, SystemClock};

/// Lists, shows and changes the named secrets that the wallet holds
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  larimar entries set bank\n  larimar entries list\n  larimar entries show bank"
)]
pub(super) struct Entries {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Lists the entries, without their secrets
    #[command(after_help = NEEDS_LIST)]
    List {
        #[command(flatten)]
        keys: HolderArgs,
    },
    /// Prints the secret of an entry
    #[command(after_help = NEEDS_SHOW)]
    Show {
        /// The entry's name, or its id
        name: String,
        #[command(flatten)]
        keys: HolderArgs,
    },
    /// Changes the secret of an entry, or adds it
    #[command(after_help = NEEDS_SET)]
    Set(Set),
    /// Removes an entry
    #[command(after_help = NEEDS_REMOVE)]
    Remove {
        /// The entry's name, or its id
        name: String,
        #[command(flatten)]
        keys: HolderArgs,
    },
}

const NEEDS_LIST: &str = "Needs: a server; --email or a profile; the password, asked for without echo.\n\n\
    Example:\n  larimar entries list";
const NEEDS_SHOW: &str = "Needs: a server; --email or a profile; the password, asked for without echo.\n\n\
    The secret goes to standard output, the note to standard error; --json prints the whole entry.\n\n\
    Example:\n  larimar entries show bank";
const NEEDS_SET: &str = "Needs: a server; --email or a profile; the password, asked for without echo; the secret, asked for twice, without echo.\n\n\
    A secret from standard input is taken without the end of its last line.\n\n\
    Examples:\n  \
    larimar entries set bank --note 'the blue card'\n  \
    printf '%s\\n' \"$PASSWORD\" \"$SECRET\" | larimar entries set bank --password-stdin --secret-stdin";
const NEEDS_REMOVE: &str = "Needs: a server; --email or a profile; the password, asked for without echo. larimar restore brings the entry back.\n\n\
    Example:\n  larimar entries remove bank";

#[derive(Debug, Args)]
struct Set {
    /// The entry's name, or the id of an entry that is there
    name: String,
    /// Reads the secret from standard input, after the password's line if that comes from there too
    #[arg(long)]
    secret_stdin: bool,
    /// The entry's note; without it the note stays as it is. Other users of this machine may see it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Saves a secret that is empty
    #[arg(long)]
    allow_empty: bool,
    #[command(flatten)]
    keys: HolderArgs,
}

impl Entries {
    /// Whether it changes anything on the server.
    pub(super) fn changes(&self) -> bool {
        matches!(self.command, Command::Set(_) | Command::Remove { .. })
    }

    pub(super) async fn run(self, session: &mut Session) -> Result<(), Failure> {
        match self.command {
            Command::List { keys } => {
                let mut holder = keys.holder(session)?;
                let (held, entries) = opened(session, &mut holder).await?;
                list(session, &entries)?;
                held.is_certain()
            }
            Command::Show { keys, name } => {
                let mut holder = keys.holder(session)?;
                let (held, entries) = opened(session, &mut holder).await?;
                show(session, one_of(&held, &entries, &name)?)?;
                held.is_certain()
            }
            Command::Set(set) => set.run(session).await,
            Command::Remove { keys, name } => {
                let mut holder = keys.holder(session)?;
                let (held, mut entries) = opened(session, &mut holder).await?;
                let id = one_of(&held, &entries, &name)?.id.clone();
                entries.remove(&id);
                let plaintext = entries.to_plaintext();
                holder.save(session, "removed", &plaintext, &held).await
            }
        }
    }
}

impl Set {
    async fn run(self, session: &mut Session) -> Result<(), Failure> {
        valid(&self.name)?;
        let mut holder = self.keys.holder(session)?;
        let (held, mut entries) = opened(session, &mut holder).await?;
        // before a secret is typed in vain
        held.may_be_replaced()?;
        let id = match one(&entries, &self.name) {
            Ok(entry) => Some(entry.id.clone()),
            Err(failure) if failure.exit == super::Exit::NotFound => None,
            Err(failure) => return Err(failure),
        };
        let secret = if self.secret_stdin {
            session.input.rest_as_text("the secret", self.allow_empty)?
        } else {
            input::secret("Secret", true, "--secret-stdin")?
        };
        if secret.is_empty() && !self.allow_empty {
            return Err(input::nothing_in("the secret"));
        }
        let (note, now) = (self.note.as_deref(), SystemClock.now());
        match id {
            Some(id) => {
                entries.set(&id, &secret, note, now);
            }
            None => {
                entries.add(&self.name, &secret, note, now)?;
            }
        }
        let plaintext = entries.to_plaintext();
        holder.save(session, "saved", &plaintext, &held).await
    }
}

fn valid(name: &str) -> Result<(), Failure> {
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        return Err(Failure::usage(
            "an entry's name has at least one visible character, and no control characters",
        ));
    }
    Ok(())
}

async fn opened(
    session: &Session,
    holder: &mut Holder,
) -> Result<(Held, client::Entries), Failure> {
    let held = holder.fetch(session).await?;
    let entries = client::Entries::from_plaintext(&held.plaintext);
    let entries = entries.map_err(|error| held.in_doubt(error.into()))?;
    Ok((held, entries))
}

/// The entry; that it is missing may be because this is not what the server has, or not all that there is.
fn one_of<'a>(held: &Held, entries: &'a client::Entries, name: &str) -> Result<&'a Entry, Failure> {
    one(entries, name).map_err(|failure| held.in_doubt(failure))
}

fn one<'a>(entries: &'a client::Entries, name: &str) -> Result<&'a Entry, Failure> {
    let named: Vec<&Entry> = entries
        .list()
        .iter()
        .filter(|entry| entry.name == name)
        .collect();
    match (&named[..], entries.get(name)) {
        ([entry], _) => Ok(entry),
        ([], Some(entry)) => Ok(entry),
        ([], None) => Err(Failure::not_found(format!("there is no entry {name}"))
            .hint("larimar entries list shows their names")),
        (several, _) => {
            let ids: Vec<&str> = several.iter().map(|entry| entry.id.as_str()).collect();
            Err(
                Failure::usage(format!("{} entries are named {name}", several.len()))
                    .hint(format!("use the id of one of them: {}", ids.join(", "))),
            )
        }
    }
}

fn list(session: &Session, entries: &client::Entries) -> Result<(), Failure> {
    if session.json {
        let listed = entries
            .list()
            .iter()
            .map(|entry| json!({"id": entry.id, "name": entry.name, "updated": entry.updated}));
        return output::json(&listed.collect::<Vec<_>>());
    }
    let rows = entries.list().iter().map(|entry| {
        let updated = entry.updated.clone().unwrap_or_default();
        [shortened(&entry.name), updated, entry.id.clone()]
    });
    output::table(["NAME", "UPDATED", "ID"], rows)
}

/// As much of a name as leaves room for the rest of the line.
fn shortened(name: &str) -> String {
    const MOST: usize = 32;
    match name.char_indices().nth(MOST) {
        Some(_) => name.chars().take(MOST - 1).chain(['…']).collect(),
        None => name.to_owned(),
    }
}

fn show(session: &Session, entry: &Entry) -> Result<(), Failure> {
    if session.json {
        return output::json(entry);
    }
    output::data(entry.secret.as_bytes())?;
    output::data(b"\n")?;
    if let Some(note) = &entry.note {
        session.say(&format!("note: {}", note.as_str()));
    }
    Ok(())
}
