//! How the program ends.

use std::process::ExitCode;

use crate::client::ClientError;
use crate::protocol::Name;

/// The exit codes of `larimar`, for scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// It worked.
    Ok = 0,
    /// It did not, for a reason that has no number of its own.
    Failure = 1,
    /// The command line, a profile or what was typed cannot be used.
    Usage = 2,
    /// No such wallet, version, entry or profile.
    NotFound = 3,
    /// What is stored is not what was expected.
    Conflict = 4,
    /// The server refuses, and would refuse again.
    Refused = 5,
    /// Too many requests.
    RateLimited = 6,
    /// The server or the network does not work.
    Unavailable = 7,
    /// What the server gave is not what the owner stored, or not an answer to what was asked.
    NotAuthentic = 8,
}

impl Exit {
    /// All of them, each with a line for people.
    pub const ALL: &[(Self, &str)] = &[
        (Self::Ok, "ok"),
        (Self::Failure, "another failure"),
        (Self::Usage, "wrong usage"),
        (Self::NotFound, "no such wallet, version, entry or profile"),
        (
            Self::Conflict,
            "conflict: something else is stored, or stale data",
        ),
        (
            Self::Refused,
            "refused: code, e-mail address in use, key retired, invalid data ...",
        ),
        (Self::RateLimited, "too many requests: wait"),
        (Self::Unavailable, "server or network unavailable"),
        (
            Self::NotAuthentic,
            "not authentic: tampered data, or a server that lies",
        ),
    ];

    /// How a call that failed ends the program.
    pub fn of(error: &ClientError) -> Self {
        match error {
            // also under a name that may pass: wallet/create has no other
            ClientError::Server { data, .. } if data.contains_key("registration") => Self::Refused,
            ClientError::Server { name, .. } => Self::of_name(*name),
            ClientError::UnknownServer { code: -32601, .. } => Self::Refused,
            ClientError::UnknownServer { .. }
            | ClientError::RevisionsUsedUp
            | ClientError::CannotSeal(_) => Self::Failure,
            ClientError::ServerNameNotListed { .. }
            | ClientError::HttpStatus { status: 413, .. } => Self::Refused,
            ClientError::HttpStatus { status: 429, .. } => Self::RateLimited,
            ClientError::HttpStatus { .. }
            | ClientError::Transport { .. }
            | ClientError::Timeout { .. }
            | ClientError::Lagged { .. }
            | ClientError::Unreadable { .. } => Self::Unavailable,
            ClientError::WrongAnswer { .. }
            | ClientError::Tampered { .. }
            | ClientError::NotSealed { .. }
            | ClientError::RolledBack { .. } => Self::NotAuthentic,
            ClientError::InvalidUrl { .. } | ClientError::InsecureUrl { .. } => Self::Usage,
        }
    }

    /// That of a server's error.
    pub(super) fn of_name(name: Name) -> Self {
        match name {
            Name::WalletNotFound | Name::VersionNotFound | Name::UnknownAccessKey => Self::NotFound,
            Name::Conflict | Name::Stale => Self::Conflict,
            Name::RateLimited => Self::RateLimited,
            Name::Internal | Name::MailFailed | Name::StoreUnavailable | Name::ServerError => {
                Self::Unavailable
            }
            _ => Self::Refused,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        (exit as u8).into()
    }
}

/// What `larimar --help` says of them.
pub(super) fn table() -> String {
    let mut text = String::from("Exit codes:\n");
    for (exit, meaning) in Exit::ALL {
        text.push_str(&format!("  {}  {meaning}\n", *exit as u8));
    }
    text.push_str(
        "\nStandard input is read in this order, each only if a flag says so: a line with the password, a line for each answer, a \
         line with the new (or former) password, a line for each answer that goes with it, and the rest is data or a secret. For larimar pin: a line with the keyphrase \
         or the pin, then a line with the new pin.\n\
         \nThe first wallet:\n  \
         larimar profile set default --server https://wallet.example.org --email alice@example.com\n  \
         larimar request-code\n  \
         larimar create\n  \
         larimar entries set bank\n  \
         larimar entries show bank",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_code_once_and_in_order() {
        let codes: Vec<u8> = Exit::ALL.iter().map(|(exit, _)| *exit as u8).collect();
        assert_eq!(codes, (0..=8).collect::<Vec<_>>());
        assert!(table().contains("\n  4  conflict"));
    }

    #[test]
    fn a_proxy_says_wait_or_out_of_order() {
        for (status, expected) in [
            (429, Exit::RateLimited),
            (503, Exit::Unavailable),
            (413, Exit::Refused),
        ] {
            let server = "example.org".to_owned();
            let error = ClientError::HttpStatus { server, status };
            assert_eq!(Exit::of(&error), expected, "{status}");
        }
    }

    #[test]
    fn names_of_the_protocol_have_their_codes() {
        for &name in Name::ALL {
            let expected = match name.code() {
                4040 | 4041 | 4603 => Exit::NotFound,
                4090 | 4093 => Exit::Conflict,
                4290 => Exit::RateLimited,
                -32603 | 5030 | 5031 | 4690 => Exit::Unavailable,
                _ => Exit::Refused,
            };
            assert_eq!(Exit::of_name(name), expected, "{name}");
        }
    }
}
