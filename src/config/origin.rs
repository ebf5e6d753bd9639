//! Where a value came from, and what is wrong with it.

use std::fmt;
use std::path::PathBuf;

use serde::{Serialize, Serializer};

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// This configuration file.
    File(PathBuf),
    /// This variable of the environment.
    Variable(String),
    /// This flag of the command line.
    Flag(&'static str),
    /// A file that holds nothing but the secret.
    SecretFile {
        /// The file.
        path: PathBuf,
        /// What named it.
        named_by: Box<Origin>,
    },
}

impl fmt::Display for Origin {
    /// `default`, `config.toml`, `LARIMAR_LIMITS__BATCH`, `--set`; always one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Default => "default".to_owned(),
            Self::File(path) => path.display().to_string(),
            Self::Variable(name) => name.clone(),
            Self::Flag(name) => (*name).to_owned(),
            Self::SecretFile { path, named_by } => {
                format!("{}, named by {named_by}", path.display())
            }
        };
        f.write_str(&text.replace(char::is_control, "?"))
    }
}

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One thing that is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The keys at fault, `section.key`, and where their values came from. None if a source as a
    /// whole is at fault.
    pub keys: Vec<(String, Origin)>,
    /// What is wrong, and what is allowed. Never a secret.
    pub message: String,
}

impl Fault {
    pub(super) fn of(key: &str, origin: &Origin, message: impl Into<String>) -> Self {
        Self {
            keys: vec![(key.to_owned(), origin.clone())],
            message: message.into(),
        }
    }

    pub(super) fn of_source(message: impl Into<String>) -> Self {
        Self {
            keys: Vec::new(),
            message: message.into(),
        }
    }
}

impl fmt::Display for Fault {
    /// `limits.batch (LARIMAR_LIMITS__BATCH): ...`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (key, origin)) in self.keys.iter().enumerate() {
            let before = if index == 0 { "" } else { ", " };
            write!(f, "{before}{key} ({origin})")?;
        }
        let before = if self.keys.is_empty() { "" } else { ": " };
        write!(f, "{before}{}", self.message)
    }
}

/// Everything that is wrong with the settings; there is at least one fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(transparent)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    /// A line for each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            let before = if index == 0 { "" } else { "\n" };
            write!(f, "{before}{fault}")?;
        }
        Ok(())
    }
}
