//! What every command is given: the server, the e-mail address, the profile, standard input.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::failure::{Failure, counted};
use super::input::Input;
use super::output::{self, quoted};
use super::pin::Place;
use super::profile::{Profile, Profiles};
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
    /// Where profiles are, if not in the user's configuration folder [env: LARIMAR_PROFILE_DIR]
    #[arg(long, global = true, value_name = "DIR")]
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
    /// The one that the command line names.
    named_server: Option<String>,
    email: Option<String>,
    email_given: bool,
    profiles: Profiles,
    /// The profile in use, if there is one.
    name: Option<String>,
    profile: Profile,
    timeout: Duration,
    tried: Option<Tried>,
}

/// With how many answers a wallet was opened, and who said so.
#[derive(Debug)]
struct Tried {
    answers: usize,
    flag: Option<&'static str>,
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
        let (name, profile) = match globals.profile.or_else(|| variable("LARIMAR_PROFILE")) {
            Some(name) => {
                let profile = profiles.read(&name)?;
                (Some(name), profile)
            }
            None => match profiles.find(DEFAULT_PROFILE)? {
                Some(profile) => (Some(DEFAULT_PROFILE.to_owned()), profile),
                None => (None, Profile::default()),
            },
        };
        let named_server = globals.server.clone();
        // a profile that was named just now is meant more than a variable that was set once
        let server = match (globals.server, named) {
            (Some(server), _) => Some(server),
            (None, true) => (profile.server.clone()).or_else(|| variable("LARIMAR_SERVER")),
            (None, false) => variable("LARIMAR_SERVER").or_else(|| profile.server.clone()),
        };
        Ok(Self {
            json: globals.json,
            input: Input::standard(),
            server,
            named_server,
            email_given: globals.email.is_some(),
            email: globals.email.or_else(|| profile.email.clone()),
            profiles,
            name,
            profile,
            timeout: Duration::from_secs(globals.timeout),
            tried: None,
        })
    }

    /// The server.
    pub(super) fn client(&self) -> Result<Client, Failure> {
        let url = self.server.as_deref().ok_or_else(|| {
            Failure::usage("no server is given").hint(
                "use --server URL, LARIMAR_SERVER, or larimar profile set default --server URL",
            )
        })?;
        self.client_at(url)
    }

    /// The server at this URL.
    pub(super) fn client_at(&self, url: &str) -> Result<Client, Failure> {
        let options = Options {
            request_timeout: self.timeout,
            connect_timeout: Options::default().connect_timeout.min(self.timeout),
        };
        Ok(Client::with_options(url, options)?)
    }

    /// The server that the command line names.
    pub(super) fn named_server(&self) -> Option<&str> {
        self.named_server.as_deref()
    }

    /// The server that the command line, the environment or the profile names.
    pub(super) fn any_server(&self) -> Option<&str> {
        self.server.as_deref()
    }

    /// Where this device keeps the pin wallet of the profile.
    pub(super) fn pins(&self) -> Result<Place, Failure> {
        let name = self.name.as_deref().unwrap_or(DEFAULT_PROFILE);
        Ok(Place::new(self.profiles.folder()?, name, self.json))
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
        self.profile.answers.unwrap_or(0)
    }

    /// A wallet is opened with so many answers, because of this flag or of the profile.
    pub(super) fn tries(&mut self, answers: usize, flag: Option<&'static str>) {
        self.tried = Some(Tried { answers, flag });
    }

    /// The wallet that was just made has so many answers: the profile knows it from now on, or the person is told.
    pub(super) fn keep_answers(&self, answers: usize) {
        if answers == self.answers() {
            return;
        }
        let count = counted(answers as u64, "answer");
        let flag = format!("--ask-answers {answers}");
        match &self.name {
            Some(name) if self.is_of_the_profile() => {
                let profile = Profile {
                    answers: Some(answers),
                    ..self.profile.clone()
                };
                let told = match self.profiles.write(name, &profile) {
                    Ok(()) => format!("The profile {name} asks for {count} from now on."),
                    Err(_) => format!(
                        "warning: the profile {name} cannot be changed: open the wallet with {flag}"
                    ),
                };
                self.say(&told);
            }
            in_use => {
                let name = in_use.as_ref().map_or(DEFAULT_PROFILE, |_| "NAME");
                let [server, email] = [&self.server, &self.email]
                    .map(|word| quoted(word.as_deref().unwrap_or_default()));
                self.say(&format!(
                    "Open it with {flag}, or keep the number: \
                     larimar profile set {name} --server {server} --email {email} --answers {answers}"
                ));
            }
        }
    }

    fn is_of_the_profile(&self) -> bool {
        let server = &self.profile.server;
        self.email == self.profile.email && (server.is_none() || *server == self.server)
    }

    /// What this program knows of a failure beyond the call that failed.
    pub(super) fn explained(&self, failure: Failure, changes: bool) -> Failure {
        if failure.is("WalletNotFound") && !failure.has_hint() {
            return match (&self.tried, &self.email) {
                (Some(tried), Some(email)) => failure.hint(self.tried_with(tried, email)),
                _ => failure,
            };
        }
        if failure.is("Timeout") && changes {
            return failure.hint(
                "it may have done it all the same: larimar fetch shows that; --timeout SECONDS waits longer",
            );
        }
        failure
    }

    fn tried_with(&self, tried: &Tried, email: &str) -> String {
        let profile = match &self.name {
            Some(name) => format!("the profile {name}"),
            None => "no profile".to_owned(),
        };
        let email_from = if self.email_given {
            "--email"
        } else {
            &profile
        };
        let answers = counted(tried.answers as u64, "answer");
        let answers_from = tried.flag.unwrap_or(&profile);
        format!(
            "tried with {email} ({email_from}) and {answers} ({answers_from}); --ask-answers N asks for another number"
        )
    }

    /// Tells a person something that is no data.
    pub(super) fn say(&self, text: &str) {
        output::say(self.json, text);
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

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
