//! The command line `larimar`: one file a command or a group of them, and what they share.
//!
//! Standard output carries data only; what is said to a person goes to standard error. A secret is typed without echo,
//! or comes in on standard input, and is shown by the two commands that are asked for it.

mod accesses;
mod backup;
mod cache;
mod conflict;
mod create;
mod delete;
mod derive;
mod echo;
mod entries;
mod exit;
mod failure;
mod fetch;
mod holder;
mod info;
mod input;
mod kept;
mod keys;
mod memories;
mod output;
mod password;
mod pin;
mod profile;
mod profiles;
mod recover;
mod save;
mod servers;
mod session;
mod sign;
mod status;
mod strays;
mod strength;
mod versions;
mod watch;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub use exit::Exit;
use failure::Failure;
use session::{Globals, Session};

use crate::manual::Manual;

/// Keeps secrets on a Larimar server, which cannot read them.
///
/// A wallet is opened by an e-mail address, a password and any number of answers, exactly those with which it was made. They never leave this
/// machine; who forgets them has lost the wallet.
#[derive(Debug, Parser)]
#[command(name = "larimar", version, max_term_width = 100, after_help = exit::table())]
struct Larimar {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Derive(derive::Derive),
    RequestCode(create::RequestCode),
    Create(create::Create),
    Fetch(fetch::Fetch),
    Save(save::Save),
    Entries(entries::Entries),
    Status(status::Status),
    Watch(watch::Watch),
    Conflict(conflict::ConflictCommand),
    Accesses(accesses::Accesses),
    Versions(versions::Versions),
    Restore(versions::Restore),
    Export(backup::Export),
    Import(backup::Import),
    Sign(sign::Sign),
    Verify(sign::Verify),
    ChangePassword(password::ChangePassword),
    Delete(delete::Delete),
    Info(info::Info),
    Pin(pin::PinCommand),
    Profile(profile::ProfileCommand),
    Servers(servers::ServersCommand),
    #[command(flatten)]
    Manual(Manual),
}

/// Does what the arguments of this process say, and returns the [`Exit`] that documents how it went.
pub fn run() -> ExitCode {
    let parsed = line()
        .try_get_matches()
        .and_then(|found| Ok((Larimar::from_arg_matches(&found)?, asks(&found))));
    let (Larimar { globals, command }, asks) = match parsed {
        Ok(line) => line,
        // a program that reads errors as JSON reads this one so too
        Err(error) if error.use_stderr() && std::env::args_os().any(|word| word == "--json") => {
            let text = error.render().to_string();
            let failure = Failure::usage(text.trim_start_matches("error: ").trim_end());
            failure.report(true);
            return failure.exit.into();
        }
        Err(error) => error.exit(),
    };
    let _back = echo::Back;
    if asks {
        echo::off();
    }
    let json = globals.json;
    match started(globals, command) {
        Ok(()) => Exit::Ok.into(),
        Err(failure) => {
            failure.report(json);
            failure.exit.into()
        }
    }
}

/// Whether a secret is going to be asked for at the terminal.
fn asks(found: &clap::ArgMatches) -> bool {
    if let Some((_, found)) = found.subcommand() {
        return asks(found);
    }
    let is_given = |flag| found.try_get_one::<bool>(flag).ok().flatten().copied();
    let comes_in = ["password_stdin", "pin_stdin", "keyphrase_stdin"].map(is_given);
    let needs_none = matches!(found.try_contains_id("publickey"), Ok(true));
    comes_in.contains(&Some(false)) && !comes_in.contains(&Some(true)) && !needs_none
}

fn started(globals: Globals, command: Command) -> Result<(), Failure> {
    if let Command::Manual(command) = command {
        let written = command.run(line());
        return written.map_err(|error| Failure::other(format!("cannot write it: {error}")));
    }
    // which must work although the profile that is to be used is not there yet
    if let Command::Profile(command) = command {
        return command.run(&globals);
    }
    let mut session = Session::new(globals)?;
    if command.changes_a_wallet() {
        session.may_write()?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::other(format!("cannot start: {error}")))?;
    let changes = command.changes();
    runtime
        .block_on(command.run(&mut session))
        .map_err(|failure| session.explained(failure, changes))
}

/// The command line, where options that a command takes and does not use are hidden.
fn line() -> clap::Command {
    let line = Larimar::command();
    let everywhere: Vec<clap::Arg> = line.get_arguments().cloned().collect();
    let hiding = |command: clap::Command, options: &[&str]| {
        let hidden = everywhere
            .iter()
            .filter(|option| options.contains(&option.get_id().as_str()))
            .map(|option| option.clone().hide(true));
        command.args(hidden)
    };
    line.mut_subcommands(|command| match command.get_name() {
        "completions" | "man" => {
            hiding(command, &["server", "timeout", "profile", "email", "json"])
        }
        "derive" | "sign" => hiding(command, &["server", "timeout"]),
        "verify" => hiding(
            command,
            &["server", "email", "profile", "profile_dir", "timeout"],
        ),
        "pin" => hiding(command, &["email"]).mut_subcommands(|command| hiding(command, &["email"])),
        "profile" => hiding(command, &["profile", "timeout"]).mut_subcommands(|command| {
            match command.get_name() {
                "set" => command,
                _ => hiding(command, &["server", "email"]),
            }
        }),
        _ => command,
    })
}

impl Command {
    /// Whether it changes anything on the server.
    fn changes(&self) -> bool {
        match self {
            Self::Entries(command) => command.changes(),
            Self::RequestCode(_)
            | Self::Create(_)
            | Self::Save(_)
            | Self::Restore(_)
            | Self::ChangePassword(_)
            | Self::Delete(_) => true,
            Self::Servers(command) => command.changes(),
            Self::Conflict(command) => command.changes(),
            Self::Import(command) => command.changes(),
            _ => false,
        }
    }

    /// Whether it changes the wallet on the servers that it is told, and on no others.
    fn changes_a_wallet(&self) -> bool {
        self.changes() && !matches!(self, Self::RequestCode(_) | Self::Restore(_))
    }

    async fn run(self, session: &mut Session) -> Result<(), Failure> {
        match self {
            Self::Derive(command) => command.run(session),
            Self::RequestCode(command) => command.run(session).await,
            Self::Create(command) => command.run(session).await,
            Self::Fetch(command) => command.run(session).await,
            Self::Save(command) => command.run(session).await,
            Self::Entries(command) => command.run(session).await,
            Self::Status(command) => command.run(session).await,
            Self::Watch(command) => command.run(session).await,
            Self::Conflict(command) => command.run(session).await,
            Self::Export(command) => command.run(session).await,
            Self::Import(command) => command.run(session).await,
            Self::Sign(command) => command.run(session),
            Self::Verify(command) => command.run(session),
            Self::Accesses(command) => command.run(session).await,
            Self::Versions(command) => command.run(session).await,
            Self::Restore(command) => command.run(session).await,
            Self::ChangePassword(command) => command.run(session).await,
            Self::Delete(command) => command.run(session).await,
            Self::Info(command) => command.run(session).await,
            Self::Pin(command) => command.run(session).await,
            Self::Servers(command) => command.run(session).await,
            Self::Profile(_) | Self::Manual(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_are_consistent() {
        line().debug_assert();
    }

    #[test]
    fn a_secret_is_asked_for_unless_it_comes_in_or_none_is_needed() {
        for (words, expected) in [
            ("fetch", true),
            ("entries set bank", true),
            ("conflict", true),
            ("conflict choose mine", true),
            ("pin unlock", true),
            ("pin unlock --keyphrase-stdin", false),
            ("fetch --password-stdin", false),
            ("watch", true),
            ("watch --publickey 02", false),
            ("pin create", false),
            ("info", false),
        ] {
            let words = std::iter::once("larimar").chain(words.split(' '));
            let found = line().try_get_matches_from(words.clone());
            let found = found.unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(asks(&found), expected, "{:?}", words.collect::<Vec<_>>());
        }
    }

    #[test]
    fn every_command_says_what_it_needs_and_has_an_example() {
        fn check(command: &clap::Command) {
            for inner in command.get_subcommands() {
                check(inner);
            }
            let name = command.get_name();
            let help = command.get_after_help().map(ToString::to_string);
            let help = help.unwrap_or_default();
            assert!(help.contains("  larimar "), "{name}");
            let group = command.has_subcommands();
            assert!(group || help.contains("Needs: "), "{name}");
        }
        check(&line());
    }
}
