//! Mail by SMTP.

use std::error::Error as _;
use std::fmt;
use std::io;
use std::str::FromStr;
use std::time::Duration;

use lettre::transport::smtp::response::Severity;
use lettre::transport::smtp::{Error, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use url::{Host, Url};
use zeroize::Zeroizing;

use super::error::{Failed, MailError, Reply};
use super::message::Letter;

/// Where the mail server is and who we are there (`mail.url`): `smtps://user:password@host` (TLS, port 465),
/// `smtp://user:password@host?tls=required` (STARTTLS, port 587), `smtp://host` (neither, port 25). User name and password
/// are percent-encoded; a path is the name for EHLO. A secret: printed as `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl(Zeroizing<String>);

/// A `mail.url` that cannot be used, and why; without its text, which may have a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "mail.url {0}; it is smtps://user:password@host, smtp://user:password@host?tls=required or smtp://host, special characters percent-encoded"
)]
pub struct InvalidSmtpUrl(&'static str);

impl FromStr for SmtpUrl {
    type Err = InvalidSmtpUrl;

    fn from_str(text: &str) -> Result<Self, InvalidSmtpUrl> {
        let url = Url::parse(text.trim()).map_err(|_| InvalidSmtpUrl("is no URL"))?;
        if !matches!(url.scheme(), "smtp" | "smtps") {
            return Err(InvalidSmtpUrl("begins with neither smtp:// nor smtps://"));
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(InvalidSmtpUrl("has no host"));
        }
        if !url.username().is_empty() && url.password().is_none() {
            return Err(InvalidSmtpUrl("has a user name without a password"));
        }
        if !matches!(
            url.query(),
            None | Some("tls=required" | "tls=opportunistic")
        ) {
            return Err(InvalidSmtpUrl(
                "has something other than tls=required or tls=opportunistic behind the ?",
            ));
        }
        Ok(Self(Zeroizing::new(url.into())))
    }
}

impl SmtpUrl {
    /// The mail server's host and port.
    pub fn server(&self) -> Option<(String, u16)> {
        let url = Url::parse(&self.0).ok()?;
        let host = url.host_str()?.trim_matches(['[', ']']).to_owned();
        let usual = match (url.scheme(), url.query()) {
            ("smtps", _) => SUBMISSIONS_PORT,
            (_, Some(_)) => SUBMISSION_PORT,
            _ => SMTP_PORT,
        };
        Some((host, url.port().unwrap_or(usual)))
    }

    /// Whether what is sent may be read on the way: no enforced encryption to a host that is not this machine.
    pub fn may_send_in_clear(&self) -> bool {
        let Ok(url) = Url::parse(&self.0) else {
            return true;
        };
        // the host of an unknown scheme is kept as text, even if it is an address
        let near = url.host_str().is_some_and(|host| match Host::parse(host) {
            Ok(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Ok(Host::Ipv4(ip)) => ip.is_loopback(),
            Ok(Host::Ipv6(ip)) => ip.is_loopback(),
            Err(_) => false,
        });
        let encrypted = url.scheme() == "smtps" || url.query() == Some("tls=required");
        !near && !encrypted
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A mail server. Each mail has a connection of its own: one that is given back to lettre's pool while a send is cut off
/// answers the next mail with what belonged to the last.
pub(super) struct Server(AsyncSmtpTransport<Tokio1Executor>);

impl Server {
    pub(super) fn new(url: &SmtpUrl, timeout: Duration) -> Result<Self, MailError> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url.0)
            .map_err(|_| MailError::NotConfigured(InvalidSmtpUrl("is not usable").to_string()))?;
        Ok(Self(builder.timeout(Some(timeout)).build()))
    }

    /// Tries a second time if the connection broke: a server that restarts, or one of several behind a name.
    pub(super) async fn carry(&self, letter: &Letter) -> Result<(), Failed> {
        match self.attempt(letter).await {
            Err(error) if is_broken_connection(&error) => self.attempt(letter).await,
            other => other,
        }
        .map_err(|error| Failed {
            error: explained(&error),
            words: error
                .status()
                .map(|code| format!("{code} {}", innermost(&error))),
        })
    }

    async fn attempt(&self, letter: &Letter) -> Result<(), Error> {
        let sent = self.0.send_raw(letter.envelope(), letter.bytes());
        sent.await.map(drop)
    }
}

/// Neither an answer of the server nor a refusal of our own: the connection, or an end of it in the middle of an answer.
fn is_broken_connection(error: &Error) -> bool {
    error.status().is_none() && !error.is_client() && !is_tls(error) && !error.is_timeout()
}

/// lettre says so of its settings only; a handshake that fails is a connection error there, in which `tokio-rustls` wraps
/// what `rustls` says as invalid data.
fn is_tls(error: &Error) -> bool {
    let mut cause = error.source();
    while let Some(deeper) = cause {
        if let Some(io) = deeper.downcast_ref::<io::Error>()
            && io.kind() == io::ErrorKind::InvalidData
            && io.get_ref().is_some()
        {
            return true;
        }
        cause = deeper.source();
    }
    error.is_tls()
}

fn explained(error: &Error) -> MailError {
    if let Some(code) = error.status() {
        let number = u16::from(code);
        return match (number, code.severity) {
            (454 | 530 | 534 | 535 | 538, _) => MailError::Authentication(format!("SMTP {number}")),
            (_, Severity::TransientNegativeCompletion) => MailError::Deferred(Reply::Smtp(number)),
            _ => MailError::Refused(Reply::Smtp(number)),
        };
    }
    // these are lettre's, rustls's and the system's own words
    let cause = innermost(error);
    if is_tls(error) {
        return MailError::Tls(cause);
    }
    if error.is_client() {
        return match cause.contains("STARTTLS") {
            true => MailError::Tls(cause),
            false => MailError::Authentication(cause),
        };
    }
    if error.is_response() {
        return MailError::Connection("it ended in the middle, or does not speak SMTP".to_owned());
    }
    MailError::Connection(cause)
}

fn innermost(error: &Error) -> String {
    let mut cause = error.source();
    while let Some(deeper) = cause.and_then(|cause| cause.source()) {
        cause = Some(deeper);
    }
    cause.map_or_else(|| "no cause given".to_owned(), ToString::to_string)
}

#[cfg(test)]
mod tests;
