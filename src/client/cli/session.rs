//! What every command is given: the server, the e-mail address, the profile, standard input.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::failure::Failure;
use super::input::Input;
use super::output;
use super::profile::Profiles;
use crate::client::{Client, Options};

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub(super) struct Globals {
    /// The server: https, or http on this machine [env: LARIMAR_SERVER]
    #[arg(long, global = true, value_name = "URL")]
    pub(super) server: Option<String>,
    /// The e-mail address, as it was when the wallet was made
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub(super) email: Option<String>,
    /// Takes server, e-mail address and number of answers from this profile; without it from `default`, if there is one [env: LARIMAR_PROFILE]
    #[arg(long, global = true, value_name = "NAME")]
    pub(super) profile: Option<String>,
    /// Where profiles are, if not in the user's configuration folder
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "LARIMAR_PROFILE_DIR",
        hide_env_values = true
    )]
    pub(super) profile_dir: Option<PathBuf>,
    /// Prints data, and errors, as JSON
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// How long to wait for an answer
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(super) timeout: u64,
}

/// What is in force.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) json: bool,
    pub(super) input: Input,
    server: Option<String>,
    email: Option<String>,
    answers: usize,
    timeout: Duration,
}

/// The profile that is used if it is there and none is named.
const DEFAULT_PROFILE: &str = "default";

impl Session {
    pub(super) fn new(globals: Globals) -> Result<Self, Failure> {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self::resolve(globals, variable)
    }

    fn resolve(
        globals: Globals,
        variable: impl Fn(&'static str) -> Option<String>,
    ) -> Result<Self, Failure> {
        let profiles = Profiles::at(globals.profile_dir);
        let named = globals.profile.is_some();
        let profile = match globals.profile.or_else(|| variable("LARIMAR_PROFILE")) {
            Some(name) => profiles.read(&name)?,
            None => profiles.find(DEFAULT_PROFILE)?.unwrap_or_default(),
        };
        // a profile that was named just now is meant more than a variable that was set once
        let server = match (globals.server, named) {
            (Some(server), _) => Some(server),
            (None, true) => profile.server.or_else(|| variable("LARIMAR_SERVER")),
            (None, false) => variable("LARIMAR_SERVER").or(profile.server),
        };
        Ok(Self {
            json: globals.json,
            input: Input::standard(),
            server,
            email: globals.email.or(profile.email),
            answers: profile.answers.unwrap_or(0),
            timeout: Duration::from_secs(globals.timeout),
        })
    }

    /// The server.
    pub(super) fn client(&self) -> Result<Client, Failure> {
        let url = self.server.as_deref().ok_or_else(|| {
            Failure::usage("no server is given").hint(
                "use --server URL, LARIMAR_SERVER, or larimar profile set default --server URL",
            )
        })?;
        let options = Options {
            request_timeout: self.timeout,
            connect_timeout: Options::default().connect_timeout.min(self.timeout),
        };
        Ok(Client::with_options(url, options)?)
    }

    /// The e-mail address.
    pub(super) fn email(&self) -> Result<&str, Failure> {
        self.email.as_deref().ok_or_else(|| {
            Failure::usage("no e-mail address is given")
                .hint("use --email ADDRESS, or larimar profile set default --email ADDRESS")
        })
    }

    /// How many answers belong to the password, as far as the profile knows.
    pub(super) fn answers(&self) -> usize {
        self.answers
    }

    /// Tells a person something that is no data.
    pub(super) fn say(&self, text: &str) {
        output::say(self.json, text);
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::super::profile::Profile;
    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        globals: Globals,
    }

    fn server(arguments: &[&str], variables: &[(&str, &str)]) -> Option<String> {
        let folder = tempfile::tempdir().expect("a folder");
        let profiles = Profiles::at(Some(folder.path().to_owned()));
        for name in ["default", "work"] {
            let profile = Profile {
                server: Some(format!("https://{name}.example")),
                ..Profile::default()
            };
            profiles.write(name, &profile).expect("written");
        }
        let folder = folder.path().to_str().expect("a path");
        let line = ["larimar", "--profile-dir", folder];
        let line = Line::parse_from(line.iter().chain(arguments));
        let variable = |name: &str| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        Session::resolve(line.globals, variable)
            .expect("a session")
            .server
    }

    #[test]
    fn the_nearest_word_about_the_server_counts() {
        let variable = ("LARIMAR_SERVER", "https://variable.example");
        let is = |found: Option<String>, name: &str| {
            assert_eq!(found, Some(format!("https://{name}.example")));
        };
        is(server(&[], &[]), "default");
        is(server(&[], &[variable]), "variable");
        is(server(&["--profile", "work"], &[variable]), "work");
        is(server(&[], &[("LARIMAR_PROFILE", "work")]), "work");
        is(
            server(&[], &[("LARIMAR_PROFILE", "work"), variable]),
            "variable",
        );
        let flag = ["--server", "https://flag.example", "--profile", "work"];
        is(server(&flag, &[variable]), "flag");
    }
}
