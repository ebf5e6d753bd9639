//! What every command is given: the server, the e-mail address, the profile, standard input.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::failure::{Failure, counted};
use super::input::Input;
use super::output::{self, quoted};
use super::pin::Place;
use super::profiles::{
    DEFAULT_PROFILE, Profile, Profiles, cache_of, memories_of, name_of, none_named,
};
use crate::client::{Client, Options, Patience, Servers};

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub(super) struct Globals {
    /// The server: https, or http on this machine; several times for a wallet on several servers [env: LARIMAR_SERVER]
    #[arg(long, global = true, value_name = "URL")]
    pub(super) server: Vec<String>,
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
    /// How long to wait for an answer [default: 30; of each of several servers 10]
    #[arg(long, global = true, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(super) timeout: Option<u64>,
}

/// What is in force.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) json: bool,
    pub(super) input: Input,
    servers: Vec<String>,
    /// The one that the command line names.
    named_server: Option<String>,
    email: Option<String>,
    email_given: bool,
    profiles: Profiles,
    /// The profile in use, if there is one.
    name: Option<String>,
    profile: Profile,
    timeout: Option<Duration>,
    tried: Option<Tried>,
}

/// With how many answers a wallet was opened, and who said so.
#[derive(Debug)]
struct Tried {
    answers: usize,
    flag: Option<&'static str>,
}

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
        let named_server = match &globals.server[..] {
            [one] => Some(one.clone()),
            _ => None,
        };
        let of_profile = || -> Vec<String> {
            let one = profile.server.iter();
            one.chain(&profile.servers).cloned().collect()
        };
        let of_variable = || variable("LARIMAR_SERVER").into_iter().collect::<Vec<_>>();
        let or = |first: Vec<String>, other: &dyn Fn() -> Vec<String>| match first.is_empty() {
            true => other(),
            false => first,
        };
        // a profile that was named just now is meant more than a variable that was set once
        let servers = match named {
            _ if !globals.server.is_empty() => globals.server,
            true => or(of_profile(), &of_variable),
            // one server must not be written to by oversight where several keep the wallet
            false if profile.servers.len() > 1 => of_profile(),
            false => or(of_variable(), &of_profile),
        };
        Ok(Self {
            json: globals.json,
            input: Input::standard(),
            servers,
            named_server,
            email_given: globals.email.is_some(),
            email: globals.email.or_else(|| profile.email.clone()),
            profiles,
            name,
            profile,
            timeout: globals.timeout.map(Duration::from_secs),
            tried: None,
        })
    }

    /// The server, if it is one.
    pub(super) fn client(&self) -> Result<Client, Failure> {
        match &self.servers[..] {
            [] => Err(self.lacks("server", "--server URL, LARIMAR_SERVER", "--server URL")),
            [url] => self.client_at(url),
            several => Err(Failure::usage(format!(
                "this goes to one server, and there are {}",
                several.len()
            ))
            .hint(format!(
                "name one of them: --server {}",
                several.join(", --server ")
            ))),
        }
    }

    /// Whether a wallet is on several servers.
    pub(super) fn has_several(&self) -> bool {
        self.servers.len() > 1
    }

    /// Whether these are some of the profile's several servers, and not all of them.
    pub(super) fn is_a_part(&self) -> bool {
        let names = |urls: &[String]| urls.iter().map(|url| name_of(url)).collect::<Vec<_>>();
        let (named, all) = (names(&self.servers), names(&self.profile.servers));
        all.len() > 1
            && all.iter().any(|name| named.contains(name))
            && !all.iter().all(|name| named.contains(name))
    }

    /// What is written to a part of the profile's servers would make them differ, and the rest know nothing of it.
    pub(super) fn may_write(&self) -> Result<(), Failure> {
        if !self.is_a_part() {
            return Ok(());
        }
        let message = format!(
            "the wallet of this profile is on {} servers, and this would change it on {} of them only",
            self.profile.servers.len(),
            self.servers.len()
        );
        Err(Failure::usage(message).hint(
            "leave --server out, and it goes to all of them; another wallet on that server has a profile of its own: larimar profile set NAME --server URL",
        ))
    }

    /// All servers of the profile from now on, in place of a part of them.
    pub(super) fn widen(&mut self) {
        self.servers.clone_from(&self.profile.servers);
    }

    /// The servers, in the order in which they are configured.
    pub(super) fn servers(&self) -> Result<Servers<Client>, Failure> {
        let clients = self.servers.iter().map(|url| self.client_at(url));
        let clients = clients.collect::<Result<Vec<_>, _>>()?;
        // the profile's quorum is meant for the profile's servers
        let of_profile = self
            .profile
            .quorum
            .filter(|_| self.servers == self.profile.servers);
        let servers = match of_profile {
            Some(quorum) => Servers::with_quorum(clients, quorum),
            None => Servers::new(clients),
        };
        let servers = servers.map_err(|error| Failure::usage(error.to_string()))?;
        let usual = Patience::default();
        Ok(servers.patient(Patience {
            deadline: self.timeout.unwrap_or(usual.deadline),
            // whoever says how long to wait means it for every server
            deadline_of_down: self.timeout.unwrap_or(usual.deadline_of_down),
            ..usual
        }))
    }

    /// Where this device keeps what it remembers of wallets on several servers.
    pub(super) fn memories(&self) -> Result<PathBuf, Failure> {
        Ok(memories_of(self.profiles.folder()?, self.profile_name()))
    }

    /// Where this device keeps copies of wallets on one server; none without a profile, or if the profile says so, also since a moment ago.
    pub(super) fn cache(&self) -> Result<Option<PathBuf>, Failure> {
        let Some(name) = &self.name else {
            return Ok(None);
        };
        let now = self.profiles.find(name)?;
        let keeps = now.is_some_and(|profile| profile.cache != Some(false));
        Ok(keeps.then_some(cache_of(self.profiles.folder()?, name)))
    }

    /// The server at this URL.
    pub(super) fn client_at(&self, url: &str) -> Result<Client, Failure> {
        let usual = Options::default();
        let request_timeout = self.timeout.unwrap_or(usual.request_timeout);
        let options = Options {
            request_timeout,
            connect_timeout: usual.connect_timeout.min(request_timeout),
        };
        Ok(Client::with_options(url, options)?)
    }

    /// The server that the command line names.
    pub(super) fn named_server(&self) -> Option<&str> {
        self.named_server.as_deref()
    }

    /// The server that the command line, the environment or the profile names.
    pub(super) fn any_server(&self) -> Option<&str> {
        self.servers
            .first()
            .map(String::as_str)
            .filter(|_| !self.has_several())
    }

    /// Where this device keeps the pin wallet of the profile.
    pub(super) fn pins(&self) -> Result<Place, Failure> {
        let folder = self.profiles.folder()?;
        Ok(Place::new(folder, self.profile_name(), self.json))
    }

    /// The profile in use, or the one that would be if it were there.
    fn profile_name(&self) -> &str {
        self.name.as_deref().unwrap_or(DEFAULT_PROFILE)
    }

    /// The e-mail address.
    pub(super) fn email(&self) -> Result<&str, Failure> {
        let flag = "--email ADDRESS";
        (self.email.as_deref()).ok_or_else(|| self.lacks("e-mail address", flag, flag))
    }

    fn lacks(&self, what: &str, given: &str, kept: &str) -> Failure {
        let set = format!("larimar profile set {} {kept}", self.profile_name());
        Failure::usage(format!("no {what} is given")).hint(format!("use {given}, or {set}"))
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
                // others may have changed the rest of it meanwhile, or removed it
                let changed = self.profiles.change(name, self.json, |now| {
                    let now = now.ok_or_else(|| none_named(name))?;
                    let answers = Some(answers);
                    Ok(Profile { answers, ..now })
                });
                let told = match changed {
                    Ok(()) => format!("The profile {name} asks for {count} from now on."),
                    Err(_) => format!(
                        "warning: the profile {name} cannot be changed: open the wallet with {flag}"
                    ),
                };
                self.say(&told);
            }
            in_use => {
                let name = in_use.as_ref().map_or(DEFAULT_PROFILE, |_| "NAME");
                let servers = self
                    .servers
                    .iter()
                    .map(|url| format!("--server {}", quoted(url)));
                let servers = servers.collect::<Vec<_>>().join(" ");
                let email = quoted(self.email.as_deref().unwrap_or_default());
                self.say(&format!(
                    "Open it with {flag}, or keep the number: \
                     larimar profile set {name} {servers} --email {email} --answers {answers}"
                ));
            }
        }
    }

    fn is_of_the_profile(&self) -> bool {
        let of_profile = self.profile.server.iter().chain(&self.profile.servers);
        let of_profile: Vec<&String> = of_profile.collect();
        self.email == self.profile.email
            && (of_profile.is_empty() || of_profile.iter().copied().eq(&self.servers))
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
mod tests;
