//! The sealed blob: what a Larimar client stores, and what the server sees of it (PROTOCOL.md, section 4).

use std::fmt;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use zeroize::Zeroizing;

use super::derive::Keys;
use super::key::PublicKey;
use super::secret::{NoRandomness, random_bytes};

/// The highest revision, 2^53 - 1: the highest whole number that every JSON reader keeps.
pub const MAX_REVISION: u64 = (1 << 53) - 1;

const MAGIC: &[u8; 4] = b"LRM1";
const NONCE: usize = 12;
const TAG: usize = 16;

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
    /// What these bytes are. How long they may be is not asked here.
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
        match parts(encrypted_data) {
            Some((revision, ..)) => Ok(Self::Sealed { revision }),
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
    /// The revision, as its owner sealed it in: 1 to 2^53 - 1.
    pub revision: u64,
    /// What the owner sealed.
    pub plaintext: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Opened(revision {}, ***)", self.revision)
    }
}

/// Not authentic: changed, not sealed with this key, or not sealed at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the blob is not authentic: it was changed, or sealed with another key")]
pub struct Tampered;

/// Why nothing was sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotSeal {
    /// No nonce could be made.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The revision is 0 or above [`MAX_REVISION`]: no server would take the blob.
    #[error("a revision is from 1 to 2^53 - 1")]
    Revision,
    /// More than 64 GiB, which AES-GCM cannot seal.
    #[error("the data is too long to be sealed")]
    TooLong,
}

/// Seals the plaintext as `revision`, with a fresh nonce: 40 bytes more than the plaintext.
///
/// # Errors
/// [`CannotSeal`], mostly if the revision is out of range.
pub fn seal(keys: &Keys, revision: u64, plaintext: &[u8]) -> Result<Vec<u8>, CannotSeal> {
    seal_with_nonce(keys, revision, &random_bytes()?, plaintext)
}

/// Seals with a nonce of the caller's: for worked examples. A nonce that is used twice gives the data away.
///
/// # Errors
/// [`CannotSeal`], but for [`CannotSeal::NoRandomness`].
pub fn seal_with_nonce(
    keys: &Keys,
    revision: u64,
    nonce: &[u8; NONCE],
    plaintext: &[u8],
) -> Result<Vec<u8>, CannotSeal> {
    if !is_revision(revision) {
        return Err(CannotSeal::Revision);
    }
    let additional = additional_data(&keys.public_key, revision);
    let payload = Payload {
        msg: plaintext,
        aad: &additional,
    };
    let ciphertext = cipher(keys)
        .encrypt(&Nonce::from(*nonce), payload)
        .map_err(|_| CannotSeal::TooLong)?;
    Ok([MAGIC, &revision.to_be_bytes()[..], nonce, &ciphertext].concat())
}

/// Opens a sealed blob.
///
/// # Errors
/// [`Tampered`] if it is not authentic under these keys.
pub fn open(keys: &Keys, blob: &[u8]) -> Result<Opened, Tampered> {
    let (revision, nonce, ciphertext) = parts(blob).ok_or(Tampered)?;
    let additional = additional_data(&keys.public_key, revision);
    let payload = Payload {
        msg: ciphertext,
        aad: &additional,
    };
    let plaintext = cipher(keys)
        .decrypt(&Nonce::from(*nonce), payload)
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

/// Revision, nonce, and ciphertext with its tag, if these bytes have the form of a sealed blob.
fn parts(blob: &[u8]) -> Option<(u64, &[u8; NONCE], &[u8])> {
    let rest = blob.strip_prefix(MAGIC)?;
    let (revision, rest) = rest.split_first_chunk()?;
    let (nonce, ciphertext) = rest.split_first_chunk()?;
    let revision = u64::from_be_bytes(*revision);
    (is_revision(revision) && ciphertext.len() >= TAG).then_some((revision, nonce, ciphertext))
}

fn is_revision(revision: u64) -> bool {
    (1..=MAX_REVISION).contains(&revision)
}

#[cfg(test)]
mod tests {
    use super::super::secret::Secret;
    use super::*;

    fn keys(seed: u8) -> Keys {
        Keys::from_seed(&Secret::new([seed; 32]))
    }

    fn shaped(revision: u64, length: usize) -> Vec<u8> {
        let mut blob = [&MAGIC[..], &revision.to_be_bytes()].concat();
        blob.resize(length, 0);
        blob
    }

    #[test]
    fn a_form_is_exact_at_its_borders() {
        use InvalidForm::{Malformed, Reserved};
        let sealed = |revision| Ok(Form::Sealed { revision });
        for (bytes, form) in [
            (shaped(1, 40), sealed(1)),
            (shaped(MAX_REVISION, 40), sealed((1 << 53) - 1)),
            (shaped(1 << 40, 1000), sealed(1 << 40)),
            (shaped(1, 39), Err(Malformed)),
            (shaped(0, 40), Err(Malformed)),
            (shaped(1 << 53, 40), Err(Malformed)),
            (shaped(u64::MAX, 40), Err(Malformed)),
            (b"LRM1".to_vec(), Err(Malformed)),
            (b"LRM".to_vec(), Ok(Form::Opaque)),
            (b"LRM2".to_vec(), Ok(Form::Opaque)),
            (b"lrm1".to_vec(), Ok(Form::Opaque)),
            (b"".to_vec(), Ok(Form::Opaque)),
            (b"larimar/".to_vec(), Err(Reserved)),
            (b"larimar/v1/deleteWallet".to_vec(), Err(Reserved)),
            (b"larimar".to_vec(), Ok(Form::Opaque)),
            (b"Larimar/".to_vec(), Ok(Form::Opaque)),
        ] {
            assert_eq!(Form::of(&bytes), form, "{bytes:?}");
        }
        assert_eq!(Form::Opaque.revision(), None);
        assert_eq!(Form::Sealed { revision: 3 }.revision(), Some(3));
    }

    #[test]
    fn a_sealed_blob_opens_and_is_40_bytes_longer() {
        for revision in [1, 2, MAX_REVISION] {
            let blob = seal(&keys(1), revision, b"secret").unwrap();
            assert_eq!(blob.len(), 40 + 6);
            assert_eq!(Form::of(&blob), Ok(Form::Sealed { revision }));
            let opened = open(&keys(1), &blob).unwrap();
            assert_eq!(
                (opened.revision, opened.plaintext.as_slice()),
                (revision, &b"secret"[..])
            );
            assert_eq!(
                format!("{opened:?}"),
                format!("Opened(revision {revision}, ***)")
            );
        }
    }

    #[test]
    fn a_nonce_is_fresh_at_every_sealing() {
        let [one, other] = [(); 2].map(|()| seal(&keys(1), 1, b"").unwrap());
        assert_ne!(one[12..24], other[12..24]);
    }

    #[test]
    fn a_revision_out_of_range_is_not_sealed() {
        for revision in [0, MAX_REVISION + 1, u64::MAX] {
            assert_eq!(seal(&keys(1), revision, b""), Err(CannotSeal::Revision));
        }
    }

    #[test]
    fn what_binds_a_blob_to_its_key_and_revision_is_checked() {
        let blob = seal(&keys(1), 2, b"secret").unwrap();
        assert_eq!(open(&keys(2), &blob).unwrap_err(), Tampered);
        // the right encryption key, and another wallet's name
        let mixed = Keys {
            public_key: keys(2).public_key,
            ..keys(1)
        };
        assert_eq!(open(&mixed, &blob).unwrap_err(), Tampered);
        let mut other = blob.clone();
        other[4..12].copy_from_slice(&3u64.to_be_bytes());
        assert_eq!(open(&keys(1), &other).unwrap_err(), Tampered);
        for blob in [
            &b""[..],
            b"LRM1",
            b"opaque bytes of the owner's own, long enough",
        ] {
            assert_eq!(open(&keys(1), blob).unwrap_err(), Tampered);
        }
    }
}
