//! What was said where: the file, the environment, the command line.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use toml::{Table, Value};
use zeroize::Zeroizing;

use super::key::{Keys, PREFIX, variable};
use super::origin::{Fault, Origin};

/// What the settings are made of. Given as values, so that a test needs neither an environment nor
/// a working folder of its own.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// `--config FILE`; it must exist.
    pub config: Option<PathBuf>,
    /// `--listen ADDRESS`, which is `server.listen`.
    pub listen: Option<String>,
    /// `--set section.key=value`, each; of two for the same key the later counts.
    pub set: Vec<String>,
    /// The environment.
    pub environment: Vec<(OsString, OsString)>,
    /// The working folder: an absolute path.
    pub folder: PathBuf,
}

impl Sources {
    /// The environment and the working folder of this process, and these flags.
    ///
    /// # Errors
    /// If the working folder is gone or out of reach.
    pub fn of_process(
        config: Option<PathBuf>,
        listen: Option<String>,
        set: Vec<String>,
    ) -> std::io::Result<Self> {
        Ok(Self {
            config,
            listen,
            set,
            environment: std::env::vars_os().collect(),
            folder: std::env::current_dir()?,
        })
    }

    /// The configuration file in use: as it was named, and what is in it.
    pub(super) fn file(&self) -> Result<Option<(PathBuf, Zeroizing<String>)>, Fault> {
        let name = self.config.as_deref().unwrap_or(Path::new("config.toml"));
        match std::fs::read_to_string(self.folder.join(name)) {
            Ok(text) => Ok(Some((name.to_owned(), Zeroizing::new(text)))),
            Err(error) if self.config.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                Ok(None)
            }
            Err(error) => Err(Fault::of_source(format!(
                "the configuration file {} cannot be read: {error}",
                name.display()
            ))),
        }
    }
}

/// A key to which one source gives a value of the right type.
pub(super) struct Given {
    pub(super) key: String,
    pub(super) value: Value,
    pub(super) origin: Origin,
}

/// What the sources give, the ones that count more behind the others.
pub(super) struct Gathered<'a> {
    pub(super) keys: &'a Keys,
    pub(super) given: Vec<Given>,
    pub(super) faults: Vec<Fault>,
}

impl Gathered<'_> {
    pub(super) fn file(&mut self, name: &Path, text: &str) {
        let sections: Table = match toml::from_str(text) {
            Ok(sections) => sections,
            Err(error) => {
                let message = syntax(name, text, &error);
                return self.faults.push(Fault::of_source(message));
            }
        };
        let origin = Origin::File(name.to_owned());
        for (section, value) in sections {
            match value {
                Value::Table(table) if self.keys.is_section(&section) => {
                    for (key, value) in table {
                        self.file_value(format!("{section}.{key}"), value, &origin);
                    }
                }
                _ if self.keys.is_section(&section) => {
                    let message = format!("is a section: write [{section}] on a line of its own");
                    self.faults.push(Fault::of(&section, &origin, message));
                }
                _ => {
                    let message = self.keys.unknown(&section, str::to_owned);
                    self.faults.push(Fault::of(&section, &origin, message));
                }
            }
        }
    }

    fn file_value(&mut self, key: String, value: Value, origin: &Origin) {
        let Some(default) = self.keys.default_of(&key) else {
            let message = self.keys.unknown(&key, str::to_owned);
            return self.faults.push(Fault::of(&key, origin, message));
        };
        if same_type(&default, &value) {
            let origin = origin.clone();
            self.given.push(Given { key, value, origin });
        } else {
            let message = format!("must be {}", kind(&default));
            self.faults.push(Fault::of(&key, origin, message));
        }
    }

    pub(super) fn environment(&mut self, environment: &[(OsString, OsString)]) {
        for (name, value) in environment {
            let Some(name) = name.to_str() else { continue };
            let Some(rest) = name.strip_prefix(PREFIX) else {
                continue;
            };
            // without it, it is somebody else's: Kubernetes sets LARIMAR_PORT for a service of that name
            let Some((section, key)) = rest.split_once("__") else {
                continue;
            };
            let key = format!("{}.{}", section.to_lowercase(), key.to_lowercase());
            let origin = Origin::Variable(name.to_owned());
            match value.to_str() {
                _ if variable(&key) != name => {
                    let message = format!("is spelled {}", variable(&key));
                    self.faults.push(Fault::of(&key, &origin, message));
                }
                Some(value) => self.text(key, value, origin, variable),
                None => self.faults.push(Fault::of(&key, &origin, "is not UTF-8")),
            }
        }
    }

    pub(super) fn flags(&mut self, set: &[String], listen: Option<&str>) {
        let is_key = |key: &str| {
            key.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        };
        for pair in set {
            match pair.split_once('=') {
                Some((key, value)) if is_key(key) => {
                    self.text(key.to_owned(), value, Origin::Flag("--set"), str::to_owned);
                }
                // not repeated here: it may hold a password
                _ => self.faults.push(Fault::of_source(
                    "--set takes KEY=VALUE, such as --set limits.batch=20",
                )),
            }
        }
        if let Some(listen) = listen {
            let key = "server.listen".to_owned();
            self.text(key, listen, Origin::Flag("--listen"), str::to_owned);
        }
    }

    /// Takes text for what the key's default is: a string as it stands, anything else as TOML has it.
    fn text(&mut self, key: String, text: &str, origin: Origin, spell: fn(&str) -> String) {
        let Some(default) = self.keys.default_of(&key) else {
            let message = self.keys.unknown(&key, spell);
            return self.faults.push(Fault::of(&key, &origin, message));
        };
        let value = match default {
            Value::String(_) => Some(Value::String(text.to_owned())),
            _ => text.trim().parse::<Value>().ok(),
        };
        match value {
            Some(value) if same_type(&default, &value) => {
                self.given.push(Given { key, value, origin });
            }
            _ => {
                let message = format!("must be {}, not `{text}`", kind(&default));
                self.faults.push(Fault::of(&key, &origin, message));
            }
        }
    }
}

fn same_type(default: &Value, value: &Value) -> bool {
    let strings = |value: &Value| match value {
        Value::Array(entries) => entries.iter().all(Value::is_str),
        _ => true,
    };
    default.same_type(value) && strings(value)
}

fn kind(default: &Value) -> &'static str {
    match default {
        Value::Integer(_) => "a whole number",
        Value::Boolean(_) => "true or false",
        Value::Array(_) => r#"a list of strings, such as ["one", "another"]"#,
        _ => "a string, in quotes",
    }
}

/// Without the line itself, which toml would show: it may hold a password.
fn syntax(name: &Path, text: &str, error: &toml::de::Error) -> String {
    let before = error
        .span()
        .and_then(|span| text.get(..span.start))
        .unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    format!(
        "{} is not TOML: line {line}, column {column}: {}",
        name.display(),
        error.message()
    )
}
