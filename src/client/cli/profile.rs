//! `larimar profile`: what need not be typed each time, never a secret.

use clap::{Args, Subcommand, ValueEnum};

use super::failure::Failure;
use super::output;
use super::profiles::{Profile, Profiles, name_of, none_named, profile_in_use, valid};
use super::session::Globals;
use crate::client::Address;
use crate::crypto;

/// Keeps server, e-mail address and number of answers under a name
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  larimar profile set default --server https://wallet.example.org --email alice@example.com"
)]
pub(super) struct ProfileCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes a profile, or changes what is given of it; the one named default is used if none is named
    #[command(
        after_help = "Needs: at least one of --server, --email, --answers, --quorum and --cache.\n\n\
        With several servers every change goes to all of them, and a quorum has to store it: more than half, unless --quorum says otherwise.\n\
        While a change on this device is not stored yet, another server or address, and --cache off, need --force (else exit code 4).\n\n\
        Examples:\n  larimar profile set default --server https://wallet.example.org --email alice@example.com --answers 2\n  \
        larimar profile set default --server https://one.example.org --server https://two.example.net --server https://three.example.com"
    )]
    Set(Set),
    /// Lists the profiles
    #[command(after_help = "Needs: nothing.\n\nExample:\n  larimar profile list")]
    List,
    /// Shows a profile
    #[command(
        after_help = "Needs: the name of a profile; without it, the one in use is shown.\n\nExamples:\n  larimar profile show\n  larimar profile show work"
    )]
    Show {
        /// Which
        name: Option<String>,
    },
    /// Removes a profile, and the copy of the wallet on this device; the wallet itself is not touched
    #[command(
        after_help = "Needs: the name of a profile. A change on this device that is not stored yet is given up with --force only (else exit code 4).\n\nExample:\n  larimar profile remove default"
    )]
    Remove {
        /// Which
        name: String,
        /// Gives up a change on this device that is not stored yet
        #[arg(long)]
        force: bool,
    },
}

#[derive(Debug, Args)]
struct Set {
    /// Letters, digits, - and _
    name: String,
    /// How many answers belong to the password
    #[arg(long, value_name = "N", value_parser = most_answers(), allow_negative_numbers = true)]
    answers: Option<u8>,
    /// How many of several servers have to store a change
    #[arg(long, value_name = "N")]
    quorum: Option<usize>,
    /// Whether this device keeps an encrypted copy of the wallet, for times without the server [default: on]
    #[arg(long, value_enum, value_name = "WHETHER", hide_default_value = true)]
    cache: Option<Switch>,
    /// Does it although a change on this device is not stored yet; with --cache off that is given up
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    /// It does
    On,
    /// It does not, and what it kept is removed
    Off,
}

/// How many answers can be asked for.
pub(super) fn most_answers() -> clap::builder::RangedI64ValueParser<u8> {
    clap::value_parser!(u8).range(0..=20)
}

impl ProfileCommand {
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        let profiles = Profiles::at(globals.profile_dir.clone());
        let json = globals.json;
        match self.command {
            Command::Set(given) => set(globals, &profiles, &given),
            Command::List => {
                let names = profiles.names()?;
                if json {
                    return output::json(&names);
                }
                names.iter().try_for_each(|name| output::line(name))
            }
            Command::Show { name } => {
                let profile = profiles.read(&name.unwrap_or_else(profile_in_use))?;
                if json {
                    return output::json(&profile);
                }
                let text =
                    toml::to_string(&profile).map_err(|error| Failure::other(error.to_string()))?;
                output::data(text.as_bytes())
            }
            Command::Remove { name, force } => {
                profiles.remove(&name, force, json)?;
                output::say(json, &format!("removed the profile {name}"));
                Ok(())
            }
        }
    }
}

fn set(given: &Globals, profiles: &Profiles, set: &Set) -> Result<(), Failure> {
    let name = &set.name;
    valid(name)?;
    let no_server = given.server.is_empty() && set.quorum.is_none();
    if no_server && given.email.is_none() && set.answers.is_none() && set.cache.is_none() {
        return Err(Failure::usage("nothing is given to keep").hint(
            "use at least one of --server URL, --email ADDRESS, --answers N and --cache on|off",
        ));
    }
    for server in &given.server {
        server.parse::<Address>()?;
    }
    if let Some(email) = &given.email {
        crypto::email(email).map_err(|error| Failure::usage(format!("e-mail address: {error}")))?;
    }
    let was = profiles.find(name)?;
    let will_be = merged(given, set, was.clone())?;
    let keeps_none = will_be.cache == Some(false);
    let is_another = is_of_another_wallet(&was.clone().unwrap_or_default(), &will_be);
    // whoever waits for the copies reads the profile once more before it keeps any
    let _alone = match keeps_none || is_another {
        true => Some(profiles.alone(name, set.force, given.json)?),
        false => None,
    };
    // somebody may have changed the rest of it, or removed it, meanwhile
    profiles.change(name, given.json, |now| match (&was, now) {
        (Some(_), None) => Err(none_named(name)),
        (_, now) => merged(given, set, now),
    })?;
    if keeps_none {
        profiles.drop_copies(name)?;
    }
    output::say(given.json, &format!("saved the profile {name}"));
    Ok(())
}

/// The profile with what is given in the place of what it had.
fn merged(given: &Globals, set: &Set, old: Option<Profile>) -> Result<Profile, Failure> {
    let old = old.unwrap_or_default();
    let (server, servers, old_quorum) = match &given.server[..] {
        [] => (old.server, old.servers, old.quorum),
        [one] => (Some(one.clone()), Vec::new(), None),
        several => (None, several.to_vec(), None),
    };
    let quorum = set.quorum.or(old_quorum);
    if let Some(quorum) = quorum.filter(|quorum| *quorum == 0 || *quorum > servers.len()) {
        return Err(Failure::usage(format!(
            "a quorum of {quorum} is not from 1 to the number of several servers, {}",
            servers.len()
        )));
    }
    Ok(Profile {
        server,
        servers,
        quorum,
        email: given.email.clone().or(old.email),
        answers: set.answers.map(usize::from).or(old.answers),
        // on is how it is without a word
        cache: match set.cache {
            Some(Switch::On) => None,
            Some(Switch::Off) => Some(false),
            None => old.cache,
        },
    })
}

/// Whether a profile that had a wallet has another now, or the same elsewhere, so that what this device keeps of the first goes out of sight.
fn is_of_another_wallet(was: &Profile, is: &Profile) -> bool {
    let places = |profile: &Profile| -> Vec<String> {
        let all = profile.server.iter().chain(&profile.servers);
        all.map(|url| name_of(url)).collect()
    };
    let email = |profile: &Profile| {
        let typed = profile.email.as_deref();
        typed.map(|typed| crypto::email(typed).unwrap_or_else(|_| typed.to_owned()))
    };
    let (had, has) = (places(was), places(is));
    (!had.is_empty() && had != has)
        || (was.email.is_some() && email(was) != email(is))
        || (was.answers.is_some() && was.answers != is.answers)
}
