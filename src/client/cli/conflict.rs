//! `larimar conflict`: two contents of a wallet on one server, of which only a person can say which is right.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Map, Value, json};

use super::exit::Exit;
use super::failure::Failure;
use super::holder::Holder;
use super::keys::KeyArgs;
use super::recover::Recover;
use super::session::Session;
use super::{cache, fetch, input, output};
use crate::client::{CachedWallet, Content, Entries, Entry, Standing, View};

/// Shows where this device and the server have different contents of the wallet, and settles it
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_help_heading = "Decisions",
    after_help = "Needs: a server; a profile; the password, asked for without echo.\n\n\
    That happens when another device stored something while this one had a change that was not stored yet, and when a server went back in time. \
    Exit code 4, or 8 if the server went back, lost the wallet, or has something that does not open, or that of a refusal (5 if the change is too large), says that there is something to decide. Secrets are not shown.\n\
    --json: conflict (whether there is), why, mine and theirs (revision, local_hash, bytes; null if there is none that opens), entries (name, id, where: mine, theirs or both).\n\n\
    Examples:\n  larimar conflict\n  larimar conflict show mine\n  larimar conflict choose theirs"
)]
pub(super) struct ConflictCommand {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    keys: KeyArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Prints what one side holds
    #[command(
        after_help = "Needs: mine (what this device has) or theirs (what the server has); a server; a profile; the password.\n\n\
        Example:\n  larimar conflict show theirs > theirs.json"
    )]
    Show {
        /// Which side
        #[arg(value_name = "mine|theirs")]
        side: Side,
        #[command(flatten)]
        keys: KeyArgs,
    },
    /// One side, or what you made of both, is what the wallet holds from now on
    #[command(
        group = clap::ArgGroup::new("what").args(["side", "data"]).required(true),
        after_help = "Needs: mine, theirs or --data; a server; a profile; the password. What is stored already stays as a version (larimar versions); a change of \
        this device that is not chosen is gone. What the server has is replaced only if it was shown here before.\n\n\
        Examples:\n  larimar conflict choose mine\n  larimar conflict choose --data merged.json"
    )]
    Choose {
        /// Which side
        #[arg(value_name = "mine|theirs")]
        side: Option<Side>,
        /// What you made of both: a file, or - for standard input
        #[arg(long, value_name = "FILE")]
        data: Option<PathBuf>,
        #[command(flatten)]
        keys: KeyArgs,
    },
    Recover(Recover),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Side {
    /// What this device has
    Mine,
    /// What the server has
    Theirs,
}

impl ConflictCommand {
    /// Whether it changes anything on the server.
    pub(super) fn changes(&self) -> bool {
        matches!(
            self.command,
            Some(Command::Choose { .. } | Command::Recover(_))
        )
    }

    pub(super) async fn run(self, session: &mut Session) -> Result<(), Failure> {
        match self.command {
            None => {
                let (mut cached, view) = looked(session, &self.keys).await?;
                cached.shows();
                compare(session, &view)
            }
            Some(Command::Show { side, keys }) => {
                let (mut cached, view) = looked(session, &keys).await?;
                if let (Standing::Lost(_), Side::Theirs) = (&view.standing, side) {
                    return cache::doubt(&view).map_or(Ok(()), Err);
                }
                if side == Side::Theirs {
                    cached.shows();
                }
                let content = of(&view, side).ok_or_else(none)?;
                fetch::show(&content.plaintext)
            }
            Some(Command::Recover(command)) => command.run(session).await,
            Some(Command::Choose { side, data, keys }) => {
                data.as_deref().map_or(Ok(()), input::check)?;
                let (mut cached, view) = looked(session, &keys).await?;
                match (&view.standing, cache::doubt(&view)) {
                    // there is nothing to put one in the place of
                    (Standing::Lost(error), Some(doubt)) if error.server_error().is_some() => {
                        return Err(doubt);
                    }
                    (Standing::Undecided(..), _) if !cached.was_shown() => return Err(unseen()),
                    _ => {}
                }
                let plaintext = match (&data, side) {
                    (Some(path), _) => Some(session.input.data(path, false)?),
                    (None, Some(Side::Mine)) => {
                        let mine = of(&view, Side::Mine).ok_or_else(none)?;
                        Some(mine.plaintext.clone())
                    }
                    (None, _) => None,
                };
                let plaintext = plaintext.as_ref().map(|plaintext| &plaintext[..]);
                let written = cached.choose(plaintext).await?;
                cache::report(session, "chosen", &cached, written, Map::new())
            }
        }
    }
}

/// Of several servers there is another way.
pub(super) fn one_server(session: &Session) -> Result<(), Failure> {
    if session.has_several() {
        return Err(Failure::usage("this is for a wallet on one server").hint(
            "larimar servers shows where several differ, larimar servers choose settles it",
        ));
    }
    Ok(())
}

/// The wallet, and what the server said of it.
async fn looked(
    session: &mut Session,
    keys: &KeyArgs,
) -> Result<(Box<CachedWallet>, View), Failure> {
    one_server(session)?;
    let Holder::One(mut cached, _) = keys.holder(session, false)? else {
        return Err(none());
    };
    let view = cache::fetch(session, &mut cached).await?;
    match &view.standing {
        Standing::OutOfReach(error) => Err(Failure::from_client(error)),
        _ => Ok((cached, view)),
    }
}

/// What the owner did not see is not replaced.
fn unseen() -> Failure {
    let message =
        "the server has something that was not shown on this device yet; nothing was changed";
    Failure::new(Exit::Conflict, "Conflict", message)
        .hint("look first: larimar conflict, larimar conflict show theirs; then choose again")
}

fn none() -> Failure {
    Failure::not_found("there is nothing to decide: the server has all that this device has")
}

/// What this side has, if there are two.
fn of(view: &View, side: Side) -> Option<&Content> {
    let is_it = |content: &&Content| content.servers.is_empty() == (side == Side::Mine);
    match &view.standing {
        Standing::Undecided(_, other) => [&view.content, other].into_iter().find(is_it),
        // what does not open is nobody's
        Standing::Lost(_) => Some(&view.content).filter(is_it),
        _ => None,
    }
}

pub(super) fn compare(session: &Session, view: &View) -> Result<(), Failure> {
    if matches!(view.standing, Standing::Lost(_)) {
        let doubt = cache::doubt(view);
        if session.json {
            output::json(&json!({
                "conflict": true,
                "why": doubt.as_ref().map(Failure::name),
                "mine": described(&view.content),
                "theirs": null,
                "entries": null,
            }))?;
        }
        return doubt.map_or(Ok(()), Err);
    }
    let (Some(mine), Some(theirs)) = (of(view, Side::Mine), of(view, Side::Theirs)) else {
        if session.json {
            return output::json(&json!({"conflict": false}));
        }
        session.say("nothing to decide: the server has all that this device has");
        return Ok(());
    };
    let doubt = cache::doubt(view);
    let differing = differences(&mine.plaintext, &theirs.plaintext);
    if session.json {
        output::json(&json!({
            "conflict": true,
            "why": doubt.as_ref().map(Failure::name),
            "mine": described(mine),
            "theirs": described(theirs),
            "entries": listed(differing.as_deref(), "mine", "theirs"),
        }))?;
    } else {
        let row = |name: &str, content: &Content| {
            [
                name.to_owned(),
                content.head.revision.to_string(),
                content.plaintext.len().to_string(),
            ]
        };
        let rows = [row("mine", mine), row("theirs", theirs)];
        output::table(["", "REVISION", "BYTES"], rows)?;
        output::line("")?;
        list(differing.as_deref(), "mine", "theirs")?;
    }
    doubt.map_or(Ok(()), Err)
}

/// A side, without what it holds.
fn described(content: &Content) -> Value {
    json!({
        "revision": content.head.revision,
        "local_hash": content.head.local_hash.to_string(),
        "bytes": content.plaintext.len(),
    })
}

/// An entry that is not the same on both sides.
pub(super) struct Difference {
    name: String,
    id: String,
    place: Place,
}

#[derive(Clone, Copy)]
enum Place {
    First,
    Second,
    Both,
}

/// What differs between two contents; none if one of them is something other than entries.
pub(super) fn differences(first: &[u8], second: &[u8]) -> Option<Vec<Difference>> {
    let first = Entries::from_plaintext(first).ok()?;
    let second = Entries::from_plaintext(second).ok()?;
    let difference = |entry: &Entry, place| Difference {
        name: entry.name.clone(),
        id: entry.id.clone(),
        place,
    };
    let of_first = first
        .list()
        .iter()
        .filter_map(|entry| match second.get(&entry.id) {
            None => Some(difference(entry, Place::First)),
            Some(other) if other != entry => Some(difference(entry, Place::Both)),
            Some(_) => None,
        });
    let is_new = |entry: &&Entry| first.get(&entry.id).is_none();
    let of_second = second.list().iter().filter(is_new);
    let of_second = of_second.map(|entry| difference(entry, Place::Second));
    Some(of_first.chain(of_second).collect())
}

/// What differs, for a program; null if one of the contents is something other than entries.
pub(super) fn listed(differences: Option<&[Difference]>, first: &str, second: &str) -> Value {
    let one = |difference: &Difference| {
        let place = match difference.place {
            Place::First => first,
            Place::Second => second,
            Place::Both => "both",
        };
        json!({"name": difference.name, "id": difference.id, "where": place})
    };
    json!(differences.map(|all| all.iter().map(one).collect::<Vec<_>>()))
}

/// Lists what differs, without secrets.
pub(super) fn list(
    differences: Option<&[Difference]>,
    first: &str,
    second: &str,
) -> Result<(), Failure> {
    match differences {
        None => output::line("It is no list of entries."),
        Some([]) => output::line(
            "The entries are the same; something beside them, or their order, differs.",
        ),
        Some(differences) => {
            let rows = differences.iter().map(|it| {
                let how = match it.place {
                    Place::First => format!("only {first}"),
                    Place::Second => format!("only {second}"),
                    Place::Both => "differs".to_owned(),
                };
                [it.name.clone(), how, it.id.clone()]
            });
            output::table(["ENTRY", "", "ID"], rows)
        }
    }
}
