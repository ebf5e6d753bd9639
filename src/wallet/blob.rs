//! What callers bring: bytes, and a signature over them.

use crate::crypto::{BlobHash, Form, InvalidForm, PublicKey, Signature};
use crate::store::Wallet;

use super::Refusal;

/// How far above the highest known revision a new one may be: no mistake can use them up.
const REVISION_LEAP: u64 = 1 << 40;

/// Bytes that the server takes, with their hash.
#[derive(Debug, Clone)]
pub struct Blob {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Their `local_hash`.
    pub hash: BlobHash,
    /// Sealed or opaque.
    pub form: Form,
}

/// Bytes that the server does not take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BlobError {
    /// There are none.
    #[error("there has to be at least one byte")]
    Empty,
    /// More than `limits.blob_bytes`.
    #[error("at most {limit} bytes")]
    TooLarge {
        /// That many.
        limit: u64,
    },
    /// Neither sealed nor opaque.
    #[error(transparent)]
    Form(#[from] InvalidForm),
}

impl Blob {
    /// Checks the bytes as section 2 says; `limit` is `limits.blob_bytes`.
    ///
    /// # Errors
    /// [`BlobError`].
    pub fn new(bytes: Vec<u8>, limit: u64) -> Result<Self, BlobError> {
        if bytes.is_empty() {
            return Err(BlobError::Empty);
        }
        if bytes.len() as u64 > limit {
            return Err(BlobError::TooLarge { limit });
        }
        Ok(Self {
            form: Form::of(&bytes)?,
            hash: BlobHash::of(&bytes),
            bytes,
        })
    }

    /// Whether a wallet may be given this blob as far as revisions go: a sealed one is replaced only by a sealed one of a
    /// greater revision.
    pub(super) fn follows(&self, wallet: &Wallet) -> bool {
        match (wallet.current.revision, self.form) {
            (None, _) => true,
            (Some(stored), Form::Sealed { revision }) => revision > stored,
            (Some(_), Form::Opaque) => false,
        }
    }

    /// Refuses a revision too far above the highest known one. Asked last, just before the change.
    pub(super) fn leaps_at_most(&self, highest: u64) -> Result<(), Refusal> {
        match self.form {
            Form::Sealed { revision } if revision > highest.saturating_add(REVISION_LEAP) => {
                Err(Refusal::InvalidData { highest })
            }
            _ => Ok(()),
        }
    }

    /// Whether it is opaque.
    pub(super) fn is_opaque(&self) -> bool {
        self.form == Form::Opaque
    }
}

/// A blob with the signature over it, and the key that the signature gives.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The blob.
    pub blob: Blob,
    /// The signature over its hash.
    pub signature: Signature,
    /// The recovered key.
    pub key: PublicKey,
}
