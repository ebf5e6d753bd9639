//! Small things encrypted for whoever has one key: AES-256-GCM, as `nonce (12 bytes, random) ‖ ciphertext and tag` (PROTOCOL.md, section 6).

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use zeroize::Zeroizing;

use super::secret::{NoRandomness, Secret, random_bytes};

const NONCE: usize = 12;

/// Does not open: it was changed, or closed with another key or for another place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it was changed, or encrypted with another key")]
pub struct DoesNotOpen;

/// Encrypts with a fresh nonce: 28 bytes more than the plaintext. `place` is authenticated with it and not in it; empty for the draft's boxes.
///
/// # Errors
/// [`NoRandomness`] if the system gives no random bytes.
pub fn close_box(
    key: &Secret<32>,
    place: &[u8],
    plaintext: &[u8],
) -> Result<Vec<u8>, NoRandomness> {
    let nonce: [u8; NONCE] = random_bytes()?;
    let payload = Payload {
        msg: plaintext,
        aad: place,
    };
    // what is too long for AES-GCM, 64 GiB, is in no memory of ours
    let ciphertext = Aes256Gcm::new(key.expose().into())
        .encrypt(&Nonce::from(nonce), payload)
        .map_err(|_| NoRandomness)?;
    Ok([&nonce[..], &ciphertext].concat())
}

/// Decrypts what [`close_box`] made.
///
/// # Errors
/// [`DoesNotOpen`].
pub fn open_box(
    key: &Secret<32>,
    place: &[u8],
    bytes: &[u8],
) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
    let (nonce, ciphertext) = bytes.split_first_chunk::<NONCE>().ok_or(DoesNotOpen)?;
    let payload = Payload {
        msg: ciphertext,
        aad: place,
    };
    Aes256Gcm::new(key.expose().into())
        .decrypt(&Nonce::from(*nonce), payload)
        .map(Zeroizing::new)
        .map_err(|_| DoesNotOpen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_opens_with_its_key_in_its_place_and_unchanged() {
        let key = Secret::new([7; 32]);
        let closed = close_box(&key, b"here", b"inside").unwrap();
        assert_eq!(closed.len(), 6 + 28);
        assert_eq!(**open_box(&key, b"here", &closed).unwrap(), *b"inside");
        assert_eq!(open_box(&key, b"there", &closed), Err(DoesNotOpen));
        assert_eq!(
            open_box(&Secret::new([8; 32]), b"here", &closed),
            Err(DoesNotOpen)
        );
        for at in 0..closed.len() {
            let mut changed = closed.clone();
            changed[at] ^= 1;
            assert_eq!(
                open_box(&key, b"here", &changed),
                Err(DoesNotOpen),
                "byte {at}"
            );
            assert_eq!(
                open_box(&key, b"here", &closed[..at]),
                Err(DoesNotOpen),
                "{at} bytes"
            );
        }
        assert_ne!(close_box(&key, b"here", b"inside").unwrap(), closed);
    }
}
