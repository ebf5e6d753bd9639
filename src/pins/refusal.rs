//! Why a rule says no.

use super::key_info::Rejected;
use crate::crypto::{DoesNotOpen, NoRandomness, PinFault};
use crate::store::StoreError;

/// Why a rule says no. The names are those of PROTOCOL.md, section 8, which says when each is given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(
    missing_docs,
    reason = "each is explained in PROTOCOL.md, section 6, and in the table of errors"
)]
pub enum Refusal {
    #[error("no wallet under this accessKey")]
    UnknownAccessKey,
    #[error("another passKey")]
    IncorrectPassKey,
    #[error("nobody gets a new wallet")]
    RegistrationClosed,
    #[error("the accessKey has a wallet with other keys")]
    AccessKeyInUse,
    #[error("the wrong pin")]
    InvalidPin,
    #[error("the wrong pin, and the last one")]
    InvalidPinLocked,
    #[error("the wallet is locked")]
    WalletLocked,
    #[error("pins are not chosen here")]
    PinChangeNotAllowed,
    #[error(transparent)]
    Unfit(#[from] PinFault),
    #[error("no list of address objects")]
    NoList,
    #[error("address object {index}: {reason}")]
    RejectData {
        /// Which, from 0 on.
        index: usize,
        reason: Rejected,
    },
    #[error("the wallet would have more than {limit} {of}")]
    QuotaExceeded {
        limit: usize,
        /// `addresses` or `bytes`.
        of: &'static str,
    },
    #[error("so many wrong pins are an attack")]
    UnderAttack {
        /// In seconds.
        retry_after: u64,
    },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0}")]
    Internal(String),
}

impl From<NoRandomness> for Refusal {
    fn from(error: NoRandomness) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<DoesNotOpen> for Refusal {
    fn from(_: DoesNotOpen) -> Self {
        Self::Internal(
            "the pin of a wallet does not open under server.secret_file; it was written under another secret, or is damaged".to_owned(),
        )
    }
}

impl Refusal {
    /// The name of the error.
    pub fn name(&self) -> &'static str {
        match self {
            Self::UnknownAccessKey => "UnknownAccessKey",
            Self::IncorrectPassKey => "IncorrectPassKey",
            Self::AccessKeyInUse => "AccessKeyInUse",
            Self::InvalidPin => "InvalidPin",
            Self::InvalidPinLocked => "InvalidPinLocked",
            Self::WalletLocked => "WalletLocked",
            Self::PinChangeNotAllowed => "PinChangeNotAllowed",
            Self::Unfit(PinFault::TooShort) => "InvalidPinTooShort",
            Self::Unfit(PinFault::TooLong) => "InvalidPinTooLong",
            Self::Unfit(PinFault::Characters) => "InvalidPinChars",
            Self::Unfit(PinFault::NotSecure) => "InvalidPinNotSecure",
            Self::NoList => "InvalidParams",
            Self::RejectData { .. } => "RejectData",
            Self::QuotaExceeded { .. } => "QuotaExceeded",
            Self::RegistrationClosed
            | Self::UnderAttack { .. }
            | Self::Store(_)
            | Self::Internal(_) => "ServerError",
        }
    }

    /// What the access log and the metrics call it, if that is not its name: callers can bring these about, and no fault of the server may hide among them.
    pub fn logged_as(&self) -> Option<&'static str> {
        match self {
            Self::RegistrationClosed => Some("RegistrationClosed"),
            Self::UnderAttack { .. } => Some("UnderAttack"),
            _ => None,
        }
    }
}
