//! What a profile keeps, and where: server, e-mail address and number of answers by name, never a secret.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::exit::Exit;
use super::failure::Failure;
use super::{cache, kept, memories, output};
use crate::client::Address;

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
    /// Whether this device keeps a copy of a wallet on one server; it does, unless this is false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cache: Option<bool>,
}

/// The profile that is used if it is there and none is named.
pub(super) const DEFAULT_PROFILE: &str = "default";

/// The name of the profile that is used if the command line names none.
pub(super) fn profile_in_use() -> String {
    let variable = std::env::var("LARIMAR_PROFILE").ok();
    let named = variable.filter(|value| !value.is_empty());
    named.unwrap_or_else(|| DEFAULT_PROFILE.to_owned())
}

/// Where the copies are that this device keeps with a profile.
pub(super) fn cache_of(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.cache.json"))
}

/// Where what this device remembers of wallets on several servers is.
pub(super) fn memories_of(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.servers.json"))
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

    /// The profile is what this makes of it, as it is when nobody else changes it; the copies' locks come before this one.
    pub(super) fn change(
        &self,
        name: &str,
        json: bool,
        made: impl FnOnce(Option<Profile>) -> Result<Profile, Failure>,
    ) -> Result<(), Failure> {
        valid(name)?;
        let path = self.folder()?.join(format!("{name}.toml"));
        let _lock = kept::locked(&path, kept::PATIENCE, json)?;
        self.write(name, &made(self.find(name)?)?)
    }

    /// The profile is this one from now on, whatever others made of it.
    pub(super) fn write(&self, name: &str, profile: &Profile) -> Result<(), Failure> {
        valid(name)?;
        let folder = self.folder()?;
        output::folder(folder).map_err(|error| {
            Failure::other(format!("cannot make {}: {error}", folder.display()))
        })?;
        let text = toml::to_string(profile).map_err(|error| Failure::other(error.to_string()))?;
        output::file(&folder.join(format!("{name}.toml")), text.as_bytes(), true)
    }

    pub(super) fn remove(&self, name: &str, force: bool, json: bool) -> Result<(), Failure> {
        valid(name)?;
        let folder = self.folder()?;
        if folder.join("pins").join(format!("{name}.json")).exists() {
            let message = format!("the profile {name} has a pin wallet on this device");
            return Err(Failure::other(message).hint(format!(
                "larimar pin export --profile {name} first, then larimar pin delete --profile {name} (or --local-only)"
            )));
        }
        let path = folder.join(format!("{name}.toml"));
        if !path.exists() {
            return Err(none_named(name));
        }
        let _alone = self.alone(name, force, json)?;
        let _lock = kept::locked(&path, kept::PATIENCE, json)?;
        let removed = std::fs::remove_file(&path);
        removed.map_err(|error| cannot_remove(&path, &error))?;
        self.drop_copies(name)
    }

    /// Nobody else uses what this device keeps with this profile, and no change is among it that no server has; unless by force.
    pub(super) fn alone(&self, name: &str, force: bool, json: bool) -> Result<[File; 2], Failure> {
        let (copies, memories) = self.kept(name)?;
        let locks = [
            kept::locked(&copies, kept::PATIENCE, json)?,
            kept::locked(&memories, kept::PATIENCE, json)?,
        ];
        if !force {
            self.nothing_unsent(name)?;
        }
        Ok(locks)
    }

    /// What this device keeps of wallets with this profile is gone. The locks stay: somebody may wait for one.
    pub(super) fn drop_copies(&self, name: &str) -> Result<(), Failure> {
        let (copies, memories) = self.kept(name)?;
        let damaged = format!("{name}.cache.damaged-");
        let is_damaged = |path: &PathBuf| {
            let file = path.file_name().and_then(|file| file.to_str());
            file.is_some_and(|file| file.starts_with(&damaged))
        };
        let files = std::fs::read_dir(self.folder()?).into_iter().flatten();
        let files = files.filter_map(|file| Some(file.ok()?.path()));
        let set_aside = files.filter(is_damaged);
        for path in [copies, memories].into_iter().chain(set_aside) {
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(cannot_remove(&path, &error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The files with copies of wallets on one server, and with what is remembered of wallets on several.
    fn kept(&self, name: &str) -> Result<(PathBuf, PathBuf), Failure> {
        let folder = self.folder()?;
        Ok((cache_of(folder, name), memories_of(folder, name)))
    }

    /// No change is kept with this profile that no server is known to have.
    fn nothing_unsent(&self, name: &str) -> Result<(), Failure> {
        let (copies, memories) = self.kept(name)?;
        if memories::has_unsent(&memories)? {
            let message = format!(
                "the profile {name} has something on this device that not all of its servers have yet"
            );
            return Err(
                Failure::new(Exit::Conflict, "Conflict", message).hint(format!(
                    "larimar servers --profile {name} finishes it; --force gives it up"
                )),
            );
        }
        if !cache::has_unsent(&copies)? {
            return Ok(());
        }
        let message =
            format!("the profile {name} has a change on this device that is not stored yet");
        Err(Failure::new(Exit::Conflict, "Conflict", message).hint(format!(
            "larimar fetch --profile {name} sends it; larimar conflict --profile {name} is for one that is beside another device's; larimar status --profile {name} says of one that can be neither what to do; another wallet has a profile of its own; --force does it all the same"
        )))
    }

    pub(super) fn names(&self) -> Result<Vec<String>, Failure> {
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

fn cannot_remove(path: &Path, error: &std::io::Error) -> Failure {
    Failure::other(format!("cannot remove {}: {error}", path.display()))
}

pub(super) fn none_named(name: &str) -> Failure {
    Failure::not_found(format!("there is no profile {name}"))
        .hint("larimar profile list shows their names")
}

fn on_one_line(error: &toml::de::Error, text: &str) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map_or(1, |before| before.matches('\n').count() + 1);
    format!("line {line}: {}", error.message().replace('\n', ", "))
}

pub(super) fn valid(name: &str) -> Result<(), Failure> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if name.is_empty() || name.len() > 64 || !name.bytes().all(fits) {
        return Err(Failure::usage(
            "a profile's name has 1 to 64 letters, digits, - and _",
        ));
    }
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
        profiles.remove("work", false, true).expect("removed");
        let gone = profiles.read("work").expect_err("gone");
        assert_eq!(gone.exit, Exit::NotFound);
    }

    #[test]
    fn what_others_changed_meanwhile_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let profiles = Profiles::at(Some(folder.path().to_owned()));
        let with = |answers| Profile {
            answers,
            ..Profile::default()
        };
        profiles.write("work", &with(Some(2))).expect("written");
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let more = profiles.change("work", true, |now| {
                        let answers = now.expect("it is there").answers.map(|n| n + 1);
                        Ok(with(answers))
                    });
                    more.expect("changed");
                });
            }
        });
        assert_eq!(profiles.read("work").expect("read").answers, Some(10));
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
        profiles.remove("a", false, true).expect("removed");
    }
}
