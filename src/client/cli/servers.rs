//! `larimar servers`: a wallet on several servers, at a glance, and what only a person can decide about it.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use super::create::refused;
use super::exit::Exit;
use super::failure::Failure;
use super::holder::save_over;
use super::keys::{KeyArgs, Purpose};
use super::memories::federation;
use super::profiles::name_of;
use super::session::Session;
use super::{input, output};
use crate::client::{Client, Content, Federation, Fetched, Line, Verdict};
use crate::crypto::{Code, InvalidCode};

/// Looks at all servers of the wallet, brings up those that are behind, and says what to do about the rest
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_help_heading = "Decisions",
    after_help = "Needs: several servers (--server URL, several times, or a profile); --email or a profile; the password, asked for without echo.\n\n\
    What was begun before is finished: a save or a password change that some servers had not done, a deletion on one that was away.\n\
    Exit code 4 says that there is something to decide.\n\
    --json: conflict (whether there is), contents and strays (revision, local_hash, servers, pending), rolled_back, certain, quorum, servers.\n\n\
    Examples:\n  larimar servers\n  larimar servers add three.example.com\n  larimar servers choose one.example.org"
)]
pub(super) struct ServersCommand {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    keys: KeyArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Brings a new server, or one whose code came late, to what the others have
    #[command(
        after_help = "Needs: a code of that server (larimar request-code); several servers; --email or a profile; the password.\n\n\
        Example:\n  larimar servers add three.example.com --code 7K3M-Q2WX-9FHT-B4ZC"
    )]
    Add {
        /// Its name, as larimar servers shows it, or its URL
        #[arg(value_name = "SERVER")]
        which: String,
        /// The code from its mail; asked for if it is not given
        #[arg(long)]
        code: Option<String>,
        /// Takes the e-mail address away from an older wallet there
        #[arg(long)]
        replace: bool,
        #[command(flatten)]
        keys: KeyArgs,
    },
    /// Settles it where servers have different changes: one of them, or what you made of them, is what the wallet holds from now on
    #[command(
        after_help = "Needs: the server that has the right one, `device` for the change that this device could not store, or --data; several servers; \
        --email or a profile; the password. larimar fetch --from shows what each of them has.\n\n\
        Examples:\n  larimar servers choose one.example.org\n  larimar servers choose --data merged.json"
    )]
    Choose {
        /// The server's name or URL, or `device`
        #[arg(required_unless_present = "data", value_name = "SERVER")]
        from: Option<String>,
        /// What you made of them: a file, or - for standard input
        #[arg(long, value_name = "FILE", conflicts_with = "from")]
        data: Option<PathBuf>,
        #[command(flatten)]
        keys: KeyArgs,
    },
}

impl ServersCommand {
    /// Whether it changes anything beyond finishing what was begun.
    pub(super) fn changes(&self) -> bool {
        self.command.is_some()
    }

    pub(super) async fn run(self, session: &mut Session) -> Result<(), Failure> {
        match self.command {
            None => {
                let mut federation = opened(session, &self.keys)?;
                let fetched = federation.fetch().await?;
                show(session, &federation, &fetched)
            }
            Some(Command::Add {
                which,
                code,
                replace,
                keys,
            }) => {
                let code = match code {
                    Some(code) => code,
                    None => session.input.visible("Code", "--code CODE")?,
                };
                let code: Code = code
                    .parse()
                    .map_err(|error: InvalidCode| Failure::usage(error.to_string()))?;
                let mut federation = opened(session, &keys)?;
                let added = federation
                    .add(&name_of(&which), &code.to_string(), replace)
                    .await;
                let line = added.map_err(|error| refused(error.into(), replace))?;
                report(session, "added", &federation, &[line])
            }
            Some(Command::Choose { from, data, keys }) => {
                data.as_deref().map_or(Ok(()), input::check)?;
                let mut federation = opened(session, &keys)?;
                let data = match data {
                    Some(path) => Some(session.input.data(&path, false)?),
                    None => None,
                };
                let fetched = federation.fetch().await?;
                let plaintext = match (data, from) {
                    (Some(data), _) => data,
                    (None, from) => {
                        let from = from.unwrap_or_default();
                        chosen(&fetched, &from)?.plaintext.clone()
                    }
                };
                let base = fetched.base();
                let nothing = Map::new();
                save_over(
                    session,
                    "chosen",
                    &mut federation,
                    &plaintext,
                    &base,
                    nothing,
                )
                .await
            }
        }
    }
}

/// The wallet, which is on several servers.
pub(super) fn opened(session: &mut Session, keys: &KeyArgs) -> Result<Federation<Client>, Failure> {
    if !session.has_several() {
        return Err(Failure::usage("this is for a wallet on several servers")
            .hint("larimar profile set NAME --server URL --server URL --server URL"));
    }
    let keys = keys.keys(session, Purpose::Open)?;
    federation(session, keys)
}

/// What this server has, or the change that only this device has.
pub(super) fn chosen<'a>(fetched: &'a Fetched, from: &str) -> Result<&'a Content, Failure> {
    let name = name_of(from);
    let all = || fetched.contents.iter().chain(&fetched.strays);
    let of_device = || {
        let pending = all().find(|content| content.is_pending);
        pending.or_else(|| all().find(|content| content.servers.is_empty()))
    };
    let found = match from {
        DEVICE => of_device(),
        _ => all().find(|content| content.servers.contains(&name)),
    };
    found.ok_or_else(|| {
        let line = fetched.lines.iter().find(|line| line.server == name);
        let message = match (from, line) {
            (DEVICE, _) => "this device has nothing that is not on the servers".to_owned(),
            (_, Some(line)) => format!("nothing of this wallet came from {}", in_words(line)),
            (_, None) => format!("{name} is none of the servers of this wallet"),
        };
        Failure::not_found(message).hint("larimar servers shows which has what")
    })
}

/// What this device is called where servers are named.
const DEVICE: &str = "device";

/// A line of a report, for people.
pub(super) fn in_words(line: &Line) -> String {
    let verdict = word(line.verdict);
    let revision = line
        .head
        .map(|head| format!(", revision {}", head.revision));
    let mut text = format!("{}: {verdict}{}", line.server, revision.unwrap_or_default());
    // its own error says what to do, and begins with the name that stands here already
    if let Some(message) = &line.message {
        let message = message
            .strip_prefix(&line.server)
            .unwrap_or(message)
            .trim_start();
        text.push_str(&format!(": {message}"));
    }
    let says_enough = line.verdict == Verdict::Down && line.message.is_some();
    if let Some(advice) = line.advice().filter(|_| !says_enough) {
        text.push_str(&format!(": {advice}"));
    }
    text
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ok => "ok",
        Verdict::Behind => "behind",
        Verdict::Conflict => "conflict",
        Verdict::Lying => "lying",
        Verdict::Down => "down",
    }
}

/// Says which servers are not well, and what is not in the wallet.
pub(super) fn warn(session: &Session, fetched: &Fetched) {
    for line in fetched
        .lines
        .iter()
        .filter(|line| line.verdict != Verdict::Ok)
    {
        session.say(&format!("warning: {}", in_words(line)));
    }
    if fetched.rolled_back.is_some() {
        session.say("warning: the servers went back in time; this device had the newer content");
    }
    if !fetched.is_certain {
        session.say("warning: too few servers answered to be certain that there is nothing newer");
    }
    for stray in &fetched.strays {
        session.say(&format!("warning: not in the wallet: {}", place(stray)));
    }
}

/// How what only a person can decide is looked at and decided.
const CHOOSE: &str = "larimar fetch --from SERVER, or --from device, shows what each has; larimar servers choose SERVER, or device, takes that, \
    larimar servers choose --data FILE what you made of them";

/// Nothing can be done with two contents before somebody chooses.
pub(super) fn fork(fetched: &Fetched) -> Failure {
    let places = places(&fetched.contents).join("; ");
    let message = format!("there are different changes of the wallet: {places}");
    Failure::new(Exit::Conflict, "Fork", message).hint(CHOOSE)
}

/// Nothing is saved over changes that are not in the wallet.
pub(super) fn outside(places: &[String]) -> Failure {
    let message = format!(
        "there is a change that is not in the wallet: {}",
        places.join("; ")
    );
    Failure::new(Exit::Conflict, "Conflict", message).hint(CHOOSE)
}

/// What only a person can decide is a failure.
fn decided(fetched: &Fetched) -> Result<(), Failure> {
    match (&fetched.contents[..], &fetched.strays[..]) {
        ([_, _, ..], _) => Err(fork(fetched)),
        (_, []) => Ok(()),
        (_, strays) => Err(outside(&places(strays))),
    }
}

/// Where these contents are.
pub(super) fn places(contents: &[Content]) -> Vec<String> {
    contents.iter().map(place).collect()
}

fn place(content: &Content) -> String {
    let mut on = content.servers.clone();
    if content.is_pending {
        on.push("device (a change of this device that no quorum has)".to_owned());
    } else if on.is_empty() {
        on.push("device (no server has it any more)".to_owned());
    }
    format!("revision {} on {}", content.head.revision, on.join(", "))
}

/// Says what a change came to.
pub(super) fn report(
    session: &Session,
    done: &str,
    federation: &Federation<Client>,
    lines: &[Line],
) -> Result<(), Failure> {
    report_with(session, done, federation, lines, Map::new())
}

/// The same, and a program is told this beside it.
pub(super) fn report_with(
    session: &Session,
    done: &str,
    federation: &Federation<Client>,
    lines: &[Line],
    beside: Map<String, Value>,
) -> Result<(), Failure> {
    let newest = federation
        .memory()
        .newest
        .as_ref()
        .map(|newest| newest.head());
    if session.json {
        let value = json!({
            "publickey": federation.public_key().to_string(),
            "local_hash": newest.map(|head| head.local_hash.to_string()),
            "revision": newest.map(|head| head.revision),
            "servers": lines,
        });
        return output::json(&output::joined(value, beside));
    }
    let well: Vec<&str> = lines
        .iter()
        .filter(|line| line.verdict == Verdict::Ok)
        .map(|line| line.server.as_str())
        .collect();
    let revision = newest.map_or(0, |head| head.revision);
    session.say(&format!(
        "{done}: revision {revision} on {}",
        well.join(", ")
    ));
    for line in lines.iter().filter(|line| line.verdict != Verdict::Ok) {
        session.say(&in_words(line));
    }
    Ok(())
}

fn show(
    session: &Session,
    federation: &Federation<Client>,
    fetched: &Fetched,
) -> Result<(), Failure> {
    if session.json {
        let contents = |all: &[Content]| -> Vec<_> {
            let one = |content: &Content| {
                json!({
                    "revision": content.head.revision,
                    "local_hash": content.head.local_hash.to_string(),
                    "servers": content.servers,
                    "pending": content.is_pending,
                })
            };
            all.iter().map(one).collect()
        };
        output::json(&json!({
            "conflict": decided(fetched).is_err(),
            "contents": contents(&fetched.contents),
            "strays": contents(&fetched.strays),
            "rolled_back": fetched.rolled_back,
            "certain": fetched.is_certain,
            "quorum": federation.servers().quorum(),
            "servers": fetched.lines,
        }))?;
        return decided(fetched);
    }
    let rows = fetched.lines.iter().map(|line| {
        let revision = line.head.map(|head| head.revision.to_string());
        [
            line.server.clone(),
            word(line.verdict).to_owned(),
            revision.unwrap_or_default(),
            line.took_ms
                .map(|took| format!("{took} ms"))
                .unwrap_or_default(),
            line.advice().unwrap_or_default().to_owned(),
        ]
    });
    output::table(["SERVER", "", "REVISION", "TOOK", "WHAT TO DO"], rows)?;
    let (have, quorum) = (
        fetched
            .contents
            .iter()
            .map(|content| content.servers.len())
            .max(),
        federation.servers().quorum(),
    );
    session.say(&format!(
        "{} of {} servers have it, {quorum} are needed",
        have.unwrap_or(0),
        fetched.lines.len()
    ));
    if fetched.rolled_back.is_some() {
        session.say("warning: the servers went back in time; this device had the newer content");
    }
    decided(fetched)
}
