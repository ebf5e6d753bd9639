//! What went wrong, and what to do next.

use serde_json::{Map, Value};

use super::exit::Exit;
use super::output::plain;
use crate::client::{ClientError, NotEntries};
use crate::crypto::NoRandomness;
use crate::protocol::Name;

/// Why a command did not do what it was told.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) exit: Exit,
    name: String,
    message: String,
    hint: Option<String>,
    retry_after: Option<u64>,
}

impl Failure {
    pub(super) fn new(exit: Exit, name: &str, message: impl Into<String>) -> Self {
        Self {
            exit,
            name: name.to_owned(),
            message: message.into(),
            hint: None,
            retry_after: None,
        }
    }

    /// The command line, or what was typed, cannot be used.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, "Usage", message)
    }

    /// There is no such thing.
    pub(super) fn not_found(message: impl Into<String>) -> Self {
        Self::new(Exit::NotFound, "NotFound", message)
    }

    /// Anything else.
    pub(super) fn other(message: impl Into<String>) -> Self {
        Self::new(Exit::Failure, "Failure", message)
    }

    /// The same, saying what to do next.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says it on standard error, to a person or to a program.
    pub(super) fn report(&self, json: bool) {
        if json {
            eprintln!("{}", self.json());
            return;
        }
        eprintln!("error: {}", plain(&self.message));
        if let Some(hint) = &self.hint {
            eprintln!("hint: {}", plain(hint));
        }
    }

    fn json(&self) -> Value {
        let mut error = Map::new();
        error.insert("name".into(), self.name.as_str().into());
        error.insert("message".into(), self.message.as_str().into());
        if let Some(hint) = &self.hint {
            error.insert("hint".into(), hint.as_str().into());
        }
        if let Some(seconds) = self.retry_after {
            error.insert("retry_after".into(), seconds.into());
        }
        serde_json::json!({ "error": error })
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        Self {
            exit: Exit::of(&error),
            name: error.name().to_owned(),
            message: error.to_string(),
            hint: hint(&error),
            retry_after: error.retry_after().map(|wait| wait.as_secs()),
        }
    }
}

impl From<NotEntries> for Failure {
    fn from(error: NotEntries) -> Self {
        Self::new(Exit::Failure, "NotEntries", error.to_string())
            .hint("larimar fetch --out FILE writes what the wallet holds")
    }
}

impl From<NoRandomness> for Failure {
    fn from(error: NoRandomness) -> Self {
        Self::other(error.to_string())
    }
}

/// What to do next, in terms of this program.
fn hint(error: &ClientError) -> Option<String> {
    let text = match error {
        ClientError::Server { name, .. } => return hint_of_name(*name, error),
        ClientError::InvalidUrl { .. } => "give it as --server https://HOST, or in the profile",
        ClientError::InsecureUrl { .. } => {
            "use https; for a server on another machine that has none, forward a port to this one"
        }
        ClientError::HttpStatus { status: 413, .. } => "larimar info shows limits.blob_bytes",
        ClientError::Transport { .. } | ClientError::HttpStatus { .. } => {
            "check --server or the profile, and that the server runs"
        }
        ClientError::Unreadable { .. } => "larimar info shows whether a Larimar server is there",
        ClientError::Timeout { .. } => {
            "larimar fetch shows whether it was done; --timeout SECONDS waits longer"
        }
        ClientError::Tampered { .. } => {
            "larimar versions lists older versions, larimar restore HASH brings one back"
        }
        ClientError::NotSealed { .. } => "larimar fetch --raw writes the bytes as they are",
        _ => return None,
    };
    Some(text.to_owned())
}

fn hint_of_name(name: Name, error: &ClientError) -> Option<String> {
    let since = error.since().unwrap_or("an unknown time");
    let text = match name {
        Name::WalletNotFound => match error.was() {
            Some("moved") => {
                return Some(format!(
                    "its password was changed at {since}: use the new one"
                ));
            }
            Some("deleted") => {
                return Some(format!(
                    "it was deleted at {since}; larimar request-code and larimar create make a new one"
                ));
            }
            _ => "another e-mail address, password or answer is another wallet: check all of them",
        },
        Name::RateLimited => {
            let wait = error.retry_after().map_or(60, |wait| wait.as_secs());
            return Some(format!("try again in {wait} seconds"));
        }
        Name::DataTooLarge => {
            let limit = error.data().and_then(|data| data.get("limit"))?;
            return Some(format!("this server takes at most {limit} bytes"));
        }
        Name::InvalidCode => "larimar request-code asks for a new one",
        Name::InvalidEmail => "check --email or the profile",
        Name::VersionNotFound => "larimar versions lists those that are kept",
        Name::Conflict => {
            "larimar fetch it again, bring both changes together, and save with the revision that it shows"
        }
        Name::WalletExists => "larimar fetch opens it",
        Name::EmailInUse => {
            "open that wallet, or make this one with --replace: the older one stays, but without the address"
        }
        Name::KeyRetired | Name::KeyUnchanged => "choose another password",
        Name::Internal | Name::StoreUnavailable | Name::MailFailed => {
            "try again later; nothing is lost"
        }
        _ => return None,
    };
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Fault;

    fn failure(fault: Fault) -> Failure {
        ClientError::Server {
            server: "example.org".into(),
            name: fault.name,
            message: fault.message,
            data: fault.data,
        }
        .into()
    }

    #[test]
    fn a_limit_says_how_long_to_wait() {
        let failure = failure(Fault::new(Name::RateLimited).with("retry_after", 30));
        assert_eq!(failure.exit, Exit::RateLimited);
        assert_eq!(failure.json()["error"]["retry_after"], 30);
        assert_eq!(failure.json()["error"]["name"], "RateLimited");
        assert_eq!(failure.hint.as_deref(), Some("try again in 30 seconds"));
    }

    #[test]
    fn a_wallet_that_is_gone_says_where_it_went() {
        let gone = Fault::new(Name::WalletNotFound)
            .with("was", "moved")
            .with("since", "2026-11-22T01:50:16.123Z");
        let failure = failure(gone);
        assert_eq!(failure.exit, Exit::NotFound);
        assert!(failure.hint.is_some_and(|hint| hint.contains("2026-11-22")));
    }
}
