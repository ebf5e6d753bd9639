//! Why a rule says no.

use crate::clock::Time;
use crate::crypto::{BlobHash, NoRandomness, PublicKey};
use crate::mail::MailError;
use crate::store::{Retired, StoreError, Wallet, WalletId, Was};

/// A value with the wallet that the call named, if there is one, and the key that named it.
#[derive(Debug, Clone)]
pub struct Named<T> {
    /// The wallet.
    pub wallet: Option<WalletId>,
    /// The key, for the access log.
    pub key: Option<PublicKey>,
    /// What it is about.
    pub value: T,
}

impl<T> Named<T> {
    /// Another value, with the same names.
    pub(super) fn map<U>(self, work: impl FnOnce(T) -> U) -> Named<U> {
        Named {
            wallet: self.wallet,
            key: self.key,
            value: work(self.value),
        }
    }

    /// The value, and the wallet that was named by this key.
    pub(super) fn wallet(wallet: &Wallet, key: &PublicKey, value: T) -> Self {
        Self {
            wallet: Some(wallet.id),
            key: Some(*key),
            value,
        }
    }

    /// The value, and a key that has no wallet.
    pub(super) fn key(key: &PublicKey, value: T) -> Self {
        Self {
            wallet: None,
            key: Some(*key),
            value,
        }
    }
}

impl<E: Into<Refusal>> From<E> for Named<Refusal> {
    fn from(error: E) -> Self {
        Self {
            wallet: None,
            key: None,
            value: error.into(),
        }
    }
}

/// Why a rule says no. The names are those of PROTOCOL.md, section 8, which says when each is given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(
    missing_docs,
    reason = "each is explained in PROTOCOL.md, section 8, and in the table of errors"
)]
pub enum Refusal {
    #[error("the code is unknown, spent or expired")]
    InvalidCode,
    #[error("codes go to addresses of other domains only")]
    EmailNotAdmitted,
    #[error("nobody gets a new wallet")]
    RegistrationClosed,
    #[error("no point of the curve")]
    InvalidPublicKey,
    #[error("no wallet")]
    WalletNotFound {
        /// The key or keys that were recovered, of a signed method.
        keys: Vec<PublicKey>,
        /// How and when the key lost its wallet, if it had one.
        was: Option<(Was, Time)>,
    },
    #[error("no such version")]
    VersionNotFound,
    #[error("what is stored is not what the caller thinks")]
    Conflict {
        local_hash: BlobHash,
        updated: Time,
        revision: Option<u64>,
    },
    #[error("the key has a wallet")]
    WalletExists,
    #[error("the address has a wallet")]
    EmailInUse,
    #[error("these bytes were replaced before, or are too old for this key")]
    Stale {
        /// The highest revision that the key's retired record knows.
        revision: Option<u64>,
    },
    #[error("the new key is the old one")]
    KeyUnchanged,
    #[error("a sealed wallet is moved only by a bound signature")]
    BindingRequired,
    #[error("a wallet was moved away from this key")]
    KeyRetired,
    #[error("the revision is more than 2^40 above the highest known, {highest}")]
    InvalidData { highest: u64 },
    #[error("refused by a limit")]
    RateLimited { retry_after: u64 },
    #[error(transparent)]
    MailFailed(#[from] MailError),
    #[error(transparent)]
    StoreUnavailable(StoreError),
    #[error("{0}")]
    Internal(String),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Panicked => Self::Internal(error.to_string()),
            _ => Self::StoreUnavailable(error),
        }
    }
}

impl From<NoRandomness> for Refusal {
    fn from(error: NoRandomness) -> Self {
        Self::Internal(error.to_string())
    }
}

impl Refusal {
    /// The name of the error.
    pub fn name(&self) -> &'static str {
        match self {
            Self::InvalidCode => "InvalidCode",
            Self::EmailNotAdmitted | Self::RegistrationClosed => "InvalidEmail",
            Self::InvalidPublicKey => "InvalidPublicKey",
            Self::WalletNotFound { .. } => "WalletNotFound",
            Self::VersionNotFound => "VersionNotFound",
            Self::Conflict { .. } => "Conflict",
            Self::WalletExists => "WalletExists",
            Self::EmailInUse => "EmailInUse",
            Self::Stale { .. } => "Stale",
            Self::KeyUnchanged => "KeyUnchanged",
            Self::BindingRequired => "BindingRequired",
            Self::KeyRetired => "KeyRetired",
            Self::InvalidData { .. } => "InvalidData",
            Self::RateLimited { .. } => "RateLimited",
            Self::MailFailed(_) => "MailFailed",
            Self::StoreUnavailable(_) => "StoreUnavailable",
            Self::Internal(_) => "Internal",
        }
    }

    /// What is stored is not what the caller thinks.
    pub(super) fn conflict(wallet: &Wallet) -> Self {
        Self::Conflict {
            local_hash: wallet.current.hash,
            updated: wallet.updated(),
            revision: wallet.current.revision,
        }
    }

    /// There is no wallet; this is what is left of one, if there was.
    pub(super) fn not_found(keys: Vec<PublicKey>, retired: Option<Retired>) -> Self {
        Self::WalletNotFound {
            keys,
            was: retired.map(|retired| (retired.was, retired.since)),
        }
    }
}
