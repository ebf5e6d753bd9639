//! From what was said to what is in force.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::{Table, Value};
use zeroize::Zeroizing;

use super::key::{FILE, Keys, SECRETS, secret_of, sections};
use super::origin::{Fault, Faults, Origin};
use super::rule::{fault_of_mail_url, fault_of_value, faults_together};
use super::settings::{Settings, Transport};
use super::source::{Gathered, Given, Sources};
use super::warning::warnings;
use crate::crypto::SecretText;

/// Settings that can be, and where each came from.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The settings; their paths are absolute.
    pub settings: Settings,
    /// For each key, `section.key`, where its value came from.
    pub origins: BTreeMap<String, Origin>,
    /// The configuration file in use, if there is one: an absolute path.
    pub file: Option<PathBuf>,
}

impl Loaded {
    /// What is unsafe about these settings, and about how they were given, each with what to do.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = warnings(&self.settings);
        let mail = &self.settings.mail;
        if mail.transport != Transport::Smtp && !mail.url.is_empty() {
            let (key, what) = match self.origins.get("mail.url") {
                Some(Origin::SecretFile { .. }) => ("mail.url_file", "it"),
                _ => ("mail.url", "the password"),
            };
            warnings.push(format!(
                "{key} is set but not used. Set mail.transport to smtp, or take {what} out."
            ));
        }
        for secret in SECRETS {
            if let Some(Origin::Flag(flag)) = self.origins.get(secret) {
                warnings.push(format!(
                    "{secret} ({flag}): everyone on this machine can read the flags of a program. Put it into a \
                     file that only the server may read, and set {secret}{FILE}."
                ));
            }
        }
        warnings
    }
}

/// Reads, merges and checks: flags before the environment before the file before the defaults.
///
/// Relative paths from the file, and those of the defaults, begin at the file's folder, so that every
/// command with the same `--config` finds the same store; those from flags and the environment begin at the
/// working folder, as without a file all do.
///
/// # Errors
/// Everything that is wrong, each with the key, where its value came from and what is allowed; never a secret.
pub fn load(sources: &Sources) -> Result<Loaded, Faults> {
    let keys = Keys::new().map_err(|error| Faults(vec![Fault::of_source(error.to_string())]))?;
    let mut gathered = Gathered {
        keys: &keys,
        given: Vec::new(),
        faults: Vec::new(),
    };
    let mut file = None;
    match sources.file() {
        Ok(Some((name, text))) => {
            gathered.file(&name, &text);
            file = Some(absolute(&sources.folder.join(name)));
        }
        Ok(None) => {}
        Err(fault) => gathered.faults.push(fault),
    }
    gathered.environment(&sources.environment);
    gathered.flags(&sources.set, sources.listen.as_deref());

    let folders = Folders {
        of_process: &sources.folder,
        of_file: file
            .as_deref()
            .and_then(Path::parent)
            .unwrap_or(&sources.folder),
    };
    let mut merged = Merged::new(&keys, gathered.faults);
    let (secrets, plain): (Vec<Given>, Vec<Given>) =
        gathered.given.into_iter().partition(|given| {
            SECRETS.contains(&given.key.as_str()) || secret_of(&given.key).is_some()
        });
    for given in plain {
        merged.values.insert(given.key, (given.value, given.origin));
    }
    merged.check_values(&folders);
    let mail_url = merged.secret("mail.url", secrets, &folders, fault_of_mail_url);
    let (mut settings, origins, mut faults) = merged.settings();
    settings.mail.url = mail_url;
    faults.extend(together(&settings, &origins, &faults));
    if !faults.is_empty() {
        return Err(Faults(faults));
    }
    Ok(Loaded {
        settings,
        origins,
        file,
    })
}

/// What is wrong between keys of which none is wrong by itself: that one has its default now, and would mislead.
fn together(
    settings: &Settings,
    origins: &BTreeMap<String, Origin>,
    faults: &[Fault],
) -> Vec<Fault> {
    let is_at_fault = |key: &str| {
        let mut names = faults.iter().flat_map(|fault| &fault.keys);
        names.any(|(name, _)| name == key || secret_of(name) == Some(key))
    };
    let named = |key: &str| {
        let origin = origins.get(key).cloned().unwrap_or(Origin::Default);
        (key.to_owned(), origin)
    };
    faults_together(settings)
        .into_iter()
        .filter(|(keys, _)| !keys.iter().any(|key| is_at_fault(key)))
        .map(|(keys, message)| Fault {
            keys: keys.iter().map(|key| named(key)).collect(),
            message: message.to_owned(),
        })
        .collect()
}

/// Where relative paths begin.
struct Folders<'a> {
    of_process: &'a Path,
    of_file: &'a Path,
}

impl Folders<'_> {
    fn resolve(&self, path: &str, origin: &Origin) -> PathBuf {
        let folder = match origin {
            Origin::Variable(_) | Origin::Flag(_) => self.of_process,
            Origin::Default | Origin::File(_) | Origin::SecretFile { .. } => self.of_file,
        };
        absolute(&folder.join(path))
    }
}

/// Also without the `.` components; what is absolute already needs no working folder, and cannot fail.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

const PATHS: [&str; 8] = [
    "server.tls_certificate",
    "server.tls_key",
    "server.secret_file",
    "store.path",
    "mail.directory",
    "mail.sendmail",
    "mail.template",
    "access_log.path",
];

/// One value for each key, and what is wrong so far.
struct Merged<'a> {
    keys: &'a Keys,
    values: BTreeMap<String, (Value, Origin)>,
    faults: Vec<Fault>,
}

impl<'a> Merged<'a> {
    fn new(keys: &'a Keys, faults: Vec<Fault>) -> Self {
        let values = keys
            .all()
            .map(|(key, value)| (key.to_owned(), (value.clone(), Origin::Default)))
            .collect();
        Self {
            keys,
            values,
            faults,
        }
    }

    /// Finds what cannot be, puts the default in its place so that the rest is checked too, and makes
    /// paths absolute.
    fn check_values(&mut self, folders: &Folders<'_>) {
        for (key, (value, origin)) in &mut self.values {
            let fault = fault_of_value(key, value).or_else(|| fault_of_type(self.keys, key, value));
            if let Some(message) = fault {
                self.faults.push(Fault::of(key, origin, message));
                *value = self.keys.default_of(key).unwrap_or_else(|| value.clone());
            }
            let path = match value.as_str() {
                Some("" | "-") if key == "access_log.path" => None,
                Some("") if key.starts_with("server.tls_") => None,
                Some("") if key == "mail.template" => None,
                Some(path) if PATHS.contains(&key.as_str()) => Some(folders.resolve(path, origin)),
                _ => None,
            };
            match path.as_deref().map(Path::to_str) {
                Some(Some(path)) => *value = Value::String(path.to_owned()),
                Some(None) => {
                    let message = "lies in a folder whose name is not UTF-8";
                    self.faults.push(Fault::of(key, origin, message));
                }
                None => {}
            }
        }
    }

    /// The secret, given itself or as a file. An empty one counts as not given.
    fn secret(
        &mut self,
        key: &str,
        given: Vec<Given>,
        folders: &Folders<'_>,
        fault_of: fn(&str) -> Option<&'static str>,
    ) -> SecretText {
        let (mut text, mut file) = (None, None);
        for Given {
            key: name,
            value,
            origin,
        } in given
        {
            let slot = if name == key {
                &mut text
            } else if secret_of(&name) == Some(key) {
                &mut file
            } else {
                continue;
            };
            if let Value::String(value) = value {
                let value = Zeroizing::new(value);
                // one that counts more but is empty takes back what was given
                *slot = (!value.is_empty()).then_some((value, origin));
            }
        }
        let (secret, origin) = match (text, file) {
            (None, None) => return SecretText::default(),
            (Some((_, text)), Some((_, file))) => {
                let keys = vec![(key.to_owned(), text), (format!("{key}{FILE}"), file)];
                let message = "are both given: keep one".to_owned();
                self.faults.push(Fault { keys, message });
                return SecretText::default();
            }
            (Some((mut text, origin)), None) => (std::mem::take(&mut *text), origin),
            (None, Some((path, named_by))) => {
                let path = folders.resolve(&path, &named_by);
                match read_secret(&path) {
                    Ok(secret) => {
                        let named_by = Box::new(named_by);
                        (secret, Origin::SecretFile { path, named_by })
                    }
                    Err(message) => {
                        let key = format!("{key}{FILE}");
                        self.faults.push(Fault::of(&key, &named_by, message));
                        return SecretText::default();
                    }
                }
            }
        };
        if let Some(message) = fault_of(&secret) {
            self.faults.push(Fault::of(key, &origin, message));
        }
        if let Some((_, of_key)) = self.values.get_mut(key) {
            *of_key = origin;
        }
        SecretText::new(secret)
    }

    fn settings(mut self) -> (Settings, BTreeMap<String, Origin>, Vec<Fault>) {
        let mut values = Table::new();
        let mut origins = BTreeMap::new();
        for (key, (value, origin)) in self.values {
            values.insert(key.clone(), value);
            origins.insert(key, origin);
        }
        let settings = sections(values).try_into().unwrap_or_else(|error| {
            self.faults.push(Fault::of_source(reason(&error)));
            Settings::default()
        });
        (settings, origins, self.faults)
    }
}

/// What the type of the setting says of a value, asked alone so that the answer belongs to this key.
fn fault_of_type(keys: &Keys, key: &str, value: &Value) -> Option<String> {
    if keys.default_of(key).as_ref() == Some(value) {
        return None;
    }
    let alone = sections(Table::from_iter([(key.to_owned(), value.clone())]));
    alone
        .try_into::<Settings>()
        .err()
        .map(|error| reason(&error))
}

fn reason(error: &toml::de::Error) -> String {
    error.message().to_owned()
}

fn read_secret(path: &Path) -> Result<String, String> {
    let shown = path.display();
    let mut text = std::fs::read_to_string(path)
        .map_err(|error| format!("{shown} cannot be read: {error}"))?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    if text.is_empty() {
        return Err(format!("{shown} is empty"));
    }
    Ok(text)
}
