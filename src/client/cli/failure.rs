//! What went wrong, and what to do next.

use std::time::Duration;

use serde_json::{Map, Value};

use super::exit::Exit;
use super::output::{plain, tell};
use crate::client::{ClientError, FederationError, Line, NotEntries, Verdict};
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
    /// What each of several servers did.
    servers: Vec<Line>,
}

impl Failure {
    pub(super) fn new(exit: Exit, name: &str, message: impl Into<String>) -> Self {
        Self {
            exit,
            name: name.to_owned(),
            message: message.into(),
            hint: None,
            retry_after: None,
            servers: Vec::new(),
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

    /// The same, said in other words.
    #[must_use]
    pub(super) fn saying(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// What is wrong.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// Whether a server refused with this.
    pub(super) fn refused_with(&self, name: Name) -> bool {
        let of_server = |line: &Line| line.error.as_deref() == Some(name.as_str());
        self.is(name.as_str()) || self.servers.iter().any(of_server)
    }

    /// Its name, for programs.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is this error.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// Whether it says what to do next.
    pub(super) fn has_hint(&self) -> bool {
        self.hint.is_some()
    }

    /// What went wrong.
    pub(super) fn into_message(self) -> String {
        self.message
    }

    /// How long the server wants the caller to wait.
    pub(super) fn again(&self) -> String {
        again(self.retry_after.map(Duration::from_secs))
    }

    /// Says it on standard error, to a person or to a program.
    pub(super) fn report(&self, json: bool) {
        if json {
            tell(&format!("{}\n", self.json()));
            return;
        }
        tell(&format!("error: {}\n", plain(&self.message)));
        for line in &self.servers {
            tell(&format!("  {}\n", plain(&super::servers::in_words(line))));
        }
        if let Some(hint) = &self.hint {
            tell(&format!("hint: {}\n", plain(hint)));
        }
    }

    /// What a program is told.
    pub(super) fn json(&self) -> Value {
        let mut error = Map::new();
        error.insert("name".into(), self.name.as_str().into());
        error.insert("message".into(), self.message.as_str().into());
        if let Some(hint) = &self.hint {
            error.insert("hint".into(), hint.as_str().into());
        }
        if let Some(seconds) = self.retry_after {
            error.insert("retry_after".into(), seconds.into());
        }
        if !self.servers.is_empty() {
            error.insert("servers".into(), serde_json::json!(self.servers));
        }
        serde_json::json!({ "error": error })
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        Self::from_client(&error)
    }
}

impl Failure {
    /// What a call came to.
    pub(super) fn from_client(error: &ClientError) -> Self {
        Self {
            exit: Exit::of(error),
            name: error.name().to_owned(),
            message: message(error),
            hint: hint(error),
            retry_after: error.retry_after().map(|wait| wait.as_secs()),
            servers: Vec::new(),
        }
    }
}

impl From<FederationError> for Failure {
    fn from(error: FederationError) -> Self {
        use FederationError as E;
        let exit = match &error {
            E::NotFound { .. } => Exit::NotFound,
            E::Conflict { .. } | E::ChangeUnderWay => Exit::Conflict,
            E::Refused { lines, .. } => refused_with(lines),
            E::NoAnswer { lines } if lines.iter().all(|line| line.verdict == Verdict::Lying) => {
                Exit::NotAuthentic
            }
            E::NoAnswer { .. } | E::NoQuorum { .. } | E::Unknown { .. } => Exit::Unavailable,
            E::SameServer(_) | E::NoSuchServer(_) => Exit::Usage,
            _ => Exit::Failure,
        };
        let mut failure = Self::new(exit, error.name(), error.to_string());
        failure.servers = error.lines().to_vec();
        match &error {
            E::NoQuorum { .. } | E::Unknown { .. } => {
                failure.hint("larimar servers finishes what was begun, and says how each is")
            }
            E::Conflict { .. } => failure.hint(
                "larimar servers shows which has what; larimar fetch --from SERVER, or --from device, shows it, and larimar servers choose settles it",
            ),
            E::CannotRemember(_) => failure.hint(
                "what a device remembers has to be written down: make the folder writable, or use another with --profile-dir DIR",
            ),
            E::Refused { .. } => match first_refusal(&failure.servers) {
                Some(hint) => failure.hint(hint),
                None => failure,
            },
            E::NoSuchServer(_) => failure.hint("larimar servers shows their names"),
            _ => failure,
        }
    }
}

/// What to do about the first refusal about which something can be done.
fn first_refusal(lines: &[Line]) -> Option<&'static str> {
    let mut errors = lines.iter().filter_map(|line| line.error.as_deref());
    errors.find_map(|error| advice(Name::from_text(error)?))
}

/// What all servers refused with, if it is the same.
fn refused_with(lines: &[Line]) -> Exit {
    let mut names = lines.iter().filter_map(|line| line.error.as_deref());
    let exit = |name: &str| Name::from_text(name).map_or(Exit::Refused, Exit::of_name);
    let Some(first) = names.next().map(exit) else {
        return Exit::Refused;
    };
    match names.all(|name| exit(name) == first) {
        true => first,
        false => Exit::Refused,
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

/// What went wrong, in terms of this program.
fn message(error: &ClientError) -> String {
    match (error, error.server_error()) {
        (_, Some(Name::RateLimited)) => {
            format!(
                "Too many requests from your address. {}",
                again(error.retry_after())
            )
        }
        (_, Some(Name::VersionNotFound)) => "The wallet has no such version.".to_owned(),
        (ClientError::Timeout { server }, _) => format!("{server} did not answer in time"),
        _ => error.to_string(),
    }
}

/// When to try again.
fn again(wait: Option<Duration>) -> String {
    wait.map_or_else(
        || "Try again later.".to_owned(),
        |wait| format!("Try again in {}.", spelled(wait.as_secs())),
    )
}

/// A time as people say it.
pub(super) fn spelled(seconds: u64) -> String {
    let units = [
        (seconds / 3600, "hour"),
        (seconds / 60 % 60, "minute"),
        (seconds % 60, "second"),
    ];
    let said: Vec<String> = units
        .iter()
        .filter(|(n, unit)| *n > 0 || (seconds == 0 && *unit == "second"))
        .map(|(n, unit)| counted(*n, unit))
        .collect();
    said.join(" ")
}

/// A number of things.
pub(super) fn counted(n: u64, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}

/// What to do next, in terms of this program, unless the message says it.
fn hint(error: &ClientError) -> Option<String> {
    let text = match error {
        ClientError::Server { name, .. } => return hint_of_name(*name, error),
        ClientError::InsecureUrl { .. } => {
            "for a server on another machine that has no https, forward a port to this one"
        }
        ClientError::HttpStatus { status: 413, .. } => "larimar info shows limits.blob_bytes",
        ClientError::Timeout { .. } => "--timeout SECONDS waits longer",
        ClientError::Tampered { .. } => {
            "larimar versions lists older versions, larimar restore HASH brings one back"
        }
        ClientError::UnknownServer { code: -32601, .. } => {
            "the server does not have this method: larimar info lists those that it has. One without wallet/* keeps no pin wallets (any more): what \
             this device has still opens with --keyphrase"
        }
        ClientError::NotSealed { .. } => "larimar fetch --raw writes the bytes as they are",
        _ => return None,
    };
    Some(text.to_owned())
}

fn hint_of_name(name: Name, error: &ClientError) -> Option<String> {
    let text = match name {
        Name::WalletNotFound => return error.since().map(|since| format!("that was at {since}")),
        Name::DataTooLarge => {
            let limit = error.data()?.get("limit")?.as_u64()?;
            let most = limit.saturating_sub(SEALING_ADDS);
            return Some(format!("this server takes at most {most} bytes of data"));
        }
        Name::InvalidPinTooShort | Name::InvalidPinTooLong => {
            let [least, most] = ["least", "most"].map(|name| error.data()?.get(name)?.as_u64());
            return Some(format!(
                "this server takes pins of {} to {} characters",
                least?, most?
            ));
        }
        _ => advice(name)?,
    };
    Some(text.to_owned())
}

/// The same where it depends on nothing else.
fn advice(name: Name) -> Option<&'static str> {
    Some(match name {
        Name::InvalidCode => "larimar request-code",
        Name::VersionNotFound => "larimar versions lists those that are kept",
        Name::UnknownAccessKey => {
            "the server may have lost the wallet, or it is the wrong one: larimar pin status shows which it is. What this device has of the wallet may be the only copy: keep it, and larimar pin export copies it. With the keyphrase, larimar pin restore --create puts it on a server again"
        }
        Name::InvalidPin => "larimar pin access shows the pin to whoever has the keyphrase",
        Name::InvalidPinLocked | Name::WalletLocked => {
            "larimar pin access unlocks it with the keyphrase, and shows the pin"
        }
        Name::QuotaExceeded => {
            "larimar pin queue lists what was not sent, larimar pin queue --drop N takes something out of it"
        }
        Name::EmailInUse => "--replace; the older wallet stays, but without the address",
        _ => return None,
    })
}

/// Bytes of a sealed blob beside the data (PROTOCOL.md, section 4).
const SEALING_ADDS: u64 = 40;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Fault;

    fn failure(fault: Fault) -> Failure {
        ClientError::Server {
            server: "example.org".into(),
            name: fault.name,
            message: fault.message.into_owned(),
            data: fault.data,
        }
        .into()
    }

    #[test]
    fn a_limit_says_how_long_to_wait() {
        let failure = failure(Fault::new(Name::RateLimited).with("retry_after", 313));
        assert_eq!(failure.exit, Exit::RateLimited);
        assert_eq!(failure.json()["error"]["retry_after"], 313);
        assert_eq!(failure.json()["error"]["name"], "RateLimited");
        assert_eq!(
            failure.message,
            "Too many requests from your address. Try again in 5 minutes 13 seconds."
        );
        assert_eq!(failure.hint, None);
    }

    #[test]
    fn times_are_spelled() {
        for (seconds, expected) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (60, "1 minute"),
            (7201, "2 hours 1 second"),
        ] {
            assert_eq!(spelled(seconds), expected);
        }
    }

    #[test]
    fn the_largest_data_is_what_fits_when_sealed() {
        let failure = failure(Fault::new(Name::DataTooLarge).with("limit", 262_144));
        let hint = failure.hint.expect("a hint");
        assert!(hint.contains("262104"), "{hint}");
        let keys = crate::crypto::Keys::from_seed(&crate::crypto::Secret::new([1; 32]));
        let sealed = crate::crypto::seal(&keys, 1, b"").expect("sealed");
        assert_eq!(sealed.len() as u64, SEALING_ADDS);
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
