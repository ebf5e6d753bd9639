//! The sealed blob: what a Larimar client stores, and what the server sees of it (PROTOCOL.md, section 4).

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use zeroize::Zeroizing;

use super::derive::Keys;
use super::key::PublicKey;
use super::secret::{NoRandomness, random_bytes};

/// The highest revision, 2^53 - 1: the highest whole number that every JSON reader keeps.
pub const MAX_REVISION: u64 = (1 << 53) - 1;

const MAGIC: &[u8; 4] = b"LRM1";
const HEADER: usize = 12;
const NONCE: usize = 12;
const SHORTEST: usize = 40;

/// What the server can tell of a blob without any key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The owner's own form, of which the server knows nothing.
    Opaque,
    /// Sealed, with the revision that its owner gave it.
    Sealed {
        /// 1 to 2^53 - 1.
        revision: u64,
    },
}

/// Bytes that the server does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidForm {
    /// They begin with `larimar/`: their hash could be a digest of section 3.
    #[error("data must not begin with \"larimar/\"")]
    Reserved,
    /// They begin with `LRM1` and are no sealed blob.
    #[error(
        "data that begins with LRM1 must be a sealed blob of at least 40 bytes, with a revision from 1 to 2^53 - 1"
    )]
    Malformed,
}

impl Form {
    /// What these bytes are.
    ///
    /// # Errors
    /// [`InvalidForm`] if the server takes no such bytes.
    pub fn of(encrypted_data: &[u8]) -> Result<Self, InvalidForm> {
        if encrypted_data.starts_with(b"larimar/") {
            return Err(InvalidForm::Reserved);
        }
        if !encrypted_data.starts_with(MAGIC) {
            return Ok(Self::Opaque);
        }
        match revision(encrypted_data) {
            Some(revision) => Ok(Self::Sealed { revision }),
            None => Err(InvalidForm::Malformed),
        }
    }

    /// The revision, if it is sealed.
    pub fn revision(self) -> Option<u64> {
        match self {
            Self::Opaque => None,
            Self::Sealed { revision } => Some(revision),
        }
    }
}

/// A blob that opened: authentic, and of this revision.
pub struct Opened {
    /// The revision, as its owner sealed it in.
    pub revision: u64,
    /// What the owner sealed.
    pub plaintext: Zeroizing<Vec<u8>>,
}

/// Not authentic: changed, not sealed with this key, or not sealed at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the blob is not authentic: it was changed, or sealed with another key")]
pub struct Tampered;

/// Seals the plaintext as `revision`, with a fresh nonce.
///
/// # Errors
/// [`NoRandomness`] if the system gives no random bytes.
pub fn seal(keys: &Keys, revision: u64, plaintext: &[u8]) -> Result<Vec<u8>, NoRandomness> {
    Ok(seal_with_nonce(keys, revision, &random_bytes()?, plaintext))
}

/// Seals with a nonce of the caller's: for worked examples. A nonce that is used twice gives the key away.
pub fn seal_with_nonce(
    keys: &Keys,
    revision: u64,
    nonce: &[u8; NONCE],
    plaintext: &[u8],
) -> Vec<u8> {
    let additional = additional_data(&keys.public_key, revision);
    #[expect(clippy::expect_used, reason = "AES-GCM refuses only more than 64 GiB")]
    let ciphertext = cipher(keys)
        .encrypt(
            &Nonce::from(*nonce),
            Payload {
                msg: plaintext,
                aad: &additional,
            },
        )
        .expect("less than 64 GiB");
    let mut blob = Vec::with_capacity(HEADER + NONCE + ciphertext.len());
    blob.extend_from_slice(MAGIC);
    blob.extend_from_slice(&revision.to_be_bytes());
    blob.extend_from_slice(nonce);
    blob.extend_from_slice(&ciphertext);
    blob
}

/// Opens a sealed blob.
///
/// # Errors
/// [`Tampered`] if it is not authentic under these keys.
pub fn open(keys: &Keys, blob: &[u8]) -> Result<Opened, Tampered> {
    let revision = revision(blob)
        .filter(|_| blob.starts_with(MAGIC))
        .ok_or(Tampered)?;
    let nonce: [u8; NONCE] = blob[HEADER..HEADER + NONCE]
        .try_into()
        .map_err(|_| Tampered)?;
    let additional = additional_data(&keys.public_key, revision);
    let plaintext = cipher(keys)
        .decrypt(
            &Nonce::from(nonce),
            Payload {
                msg: &blob[HEADER + NONCE..],
                aad: &additional,
            },
        )
        .map_err(|_| Tampered)?;
    Ok(Opened {
        revision,
        plaintext: Zeroizing::new(plaintext),
    })
}

fn cipher(keys: &Keys) -> Aes256Gcm {
    Aes256Gcm::new(keys.encryption_key.expose().into())
}

fn additional_data(key: &PublicKey, revision: u64) -> Vec<u8> {
    [
        b"larimar/v1/blob",
        &key.as_bytes()[..],
        MAGIC,
        &revision.to_be_bytes(),
    ]
    .concat()
}

fn revision(blob: &[u8]) -> Option<u64> {
    if blob.len() < SHORTEST {
        return None;
    }
    let bytes = blob.get(MAGIC.len()..HEADER)?.try_into().ok()?;
    let revision = u64::from_be_bytes(bytes);
    (1..=MAX_REVISION).contains(&revision).then_some(revision)
}
