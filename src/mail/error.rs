//! What can go wrong with a mail, said for the log.

use std::fmt;
use std::time::Duration;

/// How whoever carries mail says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// A mail server, with this code of SMTP.
    Smtp(u16),
    /// A program, with this exit code, one of those of `sysexits.h`.
    Exit(i32),
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Smtp(code) => write!(f, "SMTP {code}"),
            Self::Exit(code) => write!(f, "exit code {code}"),
        }
    }
}

/// A mail that was not handed over (`MailFailed` on the wire). The text is for the operator and says what to change; it
/// never has the address, the code, or words of the mail server, which may quote them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// Nothing can be sent with these settings.
    #[error("mail is not set up: {0}")]
    NotConfigured(String),
    /// The mail server, or the program that sends mail, refused the mail for good.
    #[error(
        "the mail server refused the mail for good ({0}): it may not know the recipient, or not accept the sender in mail.from"
    )]
    Refused(Reply),
    /// The mail server, or the program that sends mail, refused the mail for now.
    #[error("the mail server refused the mail for now ({0}): its own log says why")]
    Deferred(Reply),
    /// The mail server wants another user name or password, or none at all.
    #[error("the mail server did not let us in ({0}): check user name and password in mail.url")]
    Authentication(String),
    /// No encrypted connection.
    #[error(
        "no encrypted connection to the mail server ({0}): smtps:// is for port 465, smtp://...?tls=required for 587; the certificate must be good for the host in mail.url"
    )]
    Tls(String),
    /// No connection, or it broke, twice.
    #[error(
        "no connection to the mail server ({0}): check host and port in mail.url, and the firewall"
    )]
    Connection(String),
    /// The program that sends mail failed.
    #[error("sendmail: {0}")]
    Sendmail(String),
    /// Not done within the time, that of waiting for other mails included.
    #[error("the mail was not handed over within {} seconds: the mail server is slow or silent (port 465 is, if mail.url does not begin with smtps://), or too many mails wait (mail.timeout_seconds)", .0.as_secs_f32())]
    TimedOut(Duration),
}

/// A mail that was not handed over, for the eyes of the operator who tries it out.
#[derive(Debug)]
pub struct Failed {
    /// Why.
    pub error: MailError,
    /// What the mail server, or the program, said. It may quote addresses: not for a log.
    pub words: Option<String>,
}

impl From<MailError> for Failed {
    fn from(error: MailError) -> Self {
        Self { error, words: None }
    }
}

impl MailError {
    /// All that [`kind`](Self::kind) says.
    pub const KINDS: [&str; 8] = [
        "not_configured",
        "refused",
        "deferred",
        "authentication",
        "tls",
        "connection",
        "sendmail",
        "timed_out",
    ];

    /// A stable word for each kind, to count them by.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NotConfigured(_) => "not_configured",
            Self::Refused(_) => "refused",
            Self::Deferred(_) => "deferred",
            Self::Authentication(_) => "authentication",
            Self::Tls(_) => "tls",
            Self::Connection(_) => "connection",
            Self::Sendmail(_) => "sendmail",
            Self::TimedOut(_) => "timed_out",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_all_kinds() {
        let text = String::new;
        let all = [
            MailError::NotConfigured(text()),
            MailError::Refused(Reply::Smtp(550)),
            MailError::Deferred(Reply::Exit(75)),
            MailError::Authentication(text()),
            MailError::Tls(text()),
            MailError::Connection(text()),
            MailError::Sendmail(text()),
            MailError::TimedOut(Duration::ZERO),
        ];
        assert_eq!(all.map(|error| error.kind()), MailError::KINDS);
    }
}
