//! `larimar profile`: what need not be typed each time, never a secret.

use std::io::ErrorKind;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::output;
use super::session::Globals;
use crate::client::Address;

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
        after_help = "Needs: at least one of --server, --email, --answers and --quorum.\n\n\
        With several servers every change goes to all of them, and a quorum has to store it: more than half, unless --quorum says otherwise.\n\n\
        Examples:\n  larimar profile set default --server https://wallet.example.org --email alice@example.com --answers 2\n  \
        larimar profile set default --server https://one.example.org --server https://two.example.net --server https://three.example.com"
    )]
    Set {
        /// Letters, digits, - and _
        name: String,
        /// How many answers belong to the password
        #[arg(long, value_name = "N", value_parser = most_answers(), allow_negative_numbers = true)]
        answers: Option<u8>,
        /// How many of several servers have to store a change
        #[arg(long, value_name = "N")]
        quorum: Option<usize>,
    },
    /// Lists the profiles
    #[command(after_help = "Needs: nothing.\n\nExample:\n  larimar profile list")]
    List,
    /// Shows a profile
    #[command(
        after_help = "Needs: the name of a profile.\n\nExample:\n  larimar profile show default"
    )]
    Show {
        /// Which
        name: String,
    },
    /// Removes a profile; the wallet is not touched
    #[command(
        after_help = "Needs: the name of a profile.\n\nExample:\n  larimar profile remove default"
    )]
    Remove {
        /// Which
        name: String,
    },
}

/// How many answers can be asked for.
pub(super) fn most_answers() -> clap::builder::RangedI64ValueParser<u8> {
    clap::value_parser!(u8).range(0..=20)
}

/// What a profile keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Profile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) server: Option<String>,
    /// In place of `server`, if there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) servers: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) quorum: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answers: Option<usize>,
}

/// The folder with a TOML file for each profile.
#[derive(Debug)]
pub(super) struct Profiles(Option<PathBuf>);

impl Profiles {
    /// The profiles in this folder, or where the environment says, or in the user's configuration folder.
    pub(super) fn at(folder: Option<PathBuf>) -> Self {
        let variable = || std::env::var_os("LARIMAR_PROFILE_DIR").filter(|value| !value.is_empty());
        let usual = || {
            let folders = directories::ProjectDirs::from("", "", "larimar")?;
            Some(folders.config_dir().join("profiles"))
        };
        Self(
            folder
                .or_else(|| variable().map(PathBuf::from))
                .or_else(usual),
        )
    }

    /// The profile with this name, if there is one.
    pub(super) fn find(&self, name: &str) -> Result<Option<Profile>, Failure> {
        let Some(folder) = &self.0 else {
            return Ok(None);
        };
        let path = folder.join(format!("{name}.toml"));
        let at_fault = |why: &str| {
            Failure::usage(format!("cannot read {}: {why}", path.display()))
                .hint(format!("mend it, or larimar profile remove {name}"))
        };
        match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text)
                .map(Some)
                .map_err(|error| at_fault(&on_one_line(&error, &text))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(at_fault(&error.to_string())),
        }
    }

    /// The profile with this name.
    pub(super) fn read(&self, name: &str) -> Result<Profile, Failure> {
        valid(name)?;
        self.find(name)?.ok_or_else(|| none_named(name))
    }

    /// The profile is this one from now on.
    pub(super) fn write(&self, name: &str, profile: &Profile) -> Result<(), Failure> {
        valid(name)?;
        let folder = self.folder()?;
        std::fs::create_dir_all(folder).map_err(|error| {
            Failure::other(format!("cannot make {}: {error}", folder.display()))
        })?;
        let text = toml::to_string(profile).map_err(|error| Failure::other(error.to_string()))?;
        output::file(&folder.join(format!("{name}.toml")), text.as_bytes(), true)
    }

    fn remove(&self, name: &str) -> Result<(), Failure> {
        valid(name)?;
        let folder = self.folder()?;
        if folder.join("pins").join(format!("{name}.json")).exists() {
            let message = format!("the profile {name} has a pin wallet on this device");
            return Err(Failure::other(message).hint(format!(
                "larimar pin export --profile {name} first, then larimar pin delete --profile {name} (or --local-only)"
            )));
        }
        let path = folder.join(format!("{name}.toml"));
        std::fs::remove_file(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => none_named(name),
            _ => Failure::other(format!("cannot remove {}: {error}", path.display())),
        })
    }

    fn names(&self) -> Result<Vec<String>, Failure> {
        let folder = self.folder()?;
        let files = match std::fs::read_dir(folder) {
            Ok(files) => files,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => {
                let message = format!("cannot read {}: {error}", folder.display());
                return Err(Failure::other(message));
            }
        };
        let mut names: Vec<String> = files
            .filter_map(|file| file.ok()?.file_name().into_string().ok())
            .filter_map(|name| Some(name.strip_suffix(".toml")?.to_owned()))
            .filter(|name| valid(name).is_ok())
            .collect();
        names.sort();
        Ok(names)
    }

    pub(super) fn folder(&self) -> Result<&PathBuf, Failure> {
        self.0.as_ref().ok_or_else(|| {
            Failure::usage("there is no home folder for profiles").hint("use --profile-dir DIR")
        })
    }
}

fn none_named(name: &str) -> Failure {
    Failure::not_found(format!("there is no profile {name}"))
        .hint("larimar profile list shows their names")
}

fn on_one_line(error: &toml::de::Error, text: &str) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map_or(1, |before| before.matches('\n').count() + 1);
    format!("line {line}: {}", error.message().replace('\n', ", "))
}

fn valid(name: &str) -> Result<(), Failure> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if name.is_empty() || name.len() > 64 || !name.bytes().all(fits) {
        return Err(Failure::usage(
            "a profile's name has 1 to 64 letters, digits, - and _",
        ));
    }
    Ok(())
}

impl ProfileCommand {
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        let profiles = Profiles::at(globals.profile_dir.clone());
        let json = globals.json;
        match self.command {
            Command::Set {
                name,
                answers,
                quorum,
            } => set(globals, &profiles, &name, answers, quorum),
            Command::List => {
                let names = profiles.names()?;
                if json {
                    return output::json(&names);
                }
                names.iter().try_for_each(|name| output::line(name))
            }
            Command::Show { name } => {
                let profile = profiles.read(&name)?;
                if json {
                    return output::json(&profile);
                }
                let text =
                    toml::to_string(&profile).map_err(|error| Failure::other(error.to_string()))?;
                output::data(text.as_bytes())
            }
            Command::Remove { name } => {
                profiles.remove(&name)?;
                output::say(json, &format!("removed the profile {name}"));
                Ok(())
            }
        }
    }
}

fn set(
    given: &Globals,
    profiles: &Profiles,
    name: &str,
    answers: Option<u8>,
    quorum: Option<usize>,
) -> Result<(), Failure> {
    valid(name)?;
    let no_server = given.server.is_empty() && quorum.is_none();
    if no_server && given.email.is_none() && answers.is_none() {
        return Err(Failure::usage("nothing is given to keep")
            .hint("use at least one of --server URL, --email ADDRESS and --answers N"));
    }
    for server in &given.server {
        server.parse::<Address>()?;
    }
    if let Some(email) = &given.email {
        crate::crypto::email(email)
            .map_err(|error| Failure::usage(format!("e-mail address: {error}")))?;
    }
    let old = profiles.find(name)?.unwrap_or_default();
    let (server, servers, old_quorum) = match &given.server[..] {
        [] => (old.server, old.servers, old.quorum),
        [one] => (Some(one.clone()), Vec::new(), None),
        several => (None, several.to_vec(), None),
    };
    let quorum = quorum.or(old_quorum);
    if let Some(quorum) = quorum.filter(|quorum| *quorum == 0 || *quorum > servers.len()) {
        return Err(Failure::usage(format!(
            "a quorum of {quorum} is not from 1 to the number of several servers, {}",
            servers.len()
        )));
    }
    let profile = Profile {
        server,
        servers,
        quorum,
        email: given.email.clone().or(old.email),
        answers: answers.map(usize::from).or(old.answers),
    };
    profiles.write(name, &profile)?;
    output::say(given.json, &format!("saved the profile {name}"));
    Ok(())
}

/// How a server is called, by its URL or by the name itself.
pub(super) fn name_of(server: &str) -> String {
    let address = server.parse::<Address>();
    address.map_or_else(
        |_| server.trim().to_owned(),
        |address| address.server_name().to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::cli::Exit;

    #[test]
    fn a_profile_is_written_read_listed_and_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let profiles = Profiles::at(Some(folder.path().join("deep/er")));
        assert_eq!(profiles.names().expect("none"), Vec::<String>::new());
        assert_eq!(profiles.find("work").expect("none"), None);
        let profile = Profile {
            server: Some("https://example.org".into()),
            answers: Some(2),
            ..Profile::default()
        };
        profiles.write("work", &profile).expect("written");
        assert_eq!(profiles.read("work").expect("read"), profile);
        assert_eq!(profiles.names().expect("one"), ["work"]);
        profiles.remove("work").expect("removed");
        let gone = profiles.read("work").expect_err("gone");
        assert_eq!(gone.exit, Exit::NotFound);
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let profiles = Profiles::at(Some(folder.path().to_owned()));
        for name in ["", "../x", "a/b", ".hidden", "a b", "é"] {
            let refused = profiles.write(name, &Profile::default());
            assert_eq!(refused.expect_err(name).exit, Exit::Usage, "{name}");
            assert_eq!(profiles.read(name).expect_err(name).exit, Exit::Usage);
        }
    }

    #[test]
    fn a_profile_with_a_mistake_in_it_is_not_half_used() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.toml"), "sever = 'x'").expect("written");
        let profiles = Profiles::at(Some(folder.path().to_owned()));
        let failure = profiles.read("a").expect_err("a typo");
        assert_eq!(failure.exit, Exit::Usage);
        let text = format!("{failure:?}");
        assert!(text.contains("line 1: unknown field"), "{text}");
        assert!(text.contains("larimar profile remove a"), "{text}");
        profiles.remove("a").expect("removed");
    }
}
