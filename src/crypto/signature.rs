//! Signatures from which the public key is recovered, and the digests that are signed
//! (PROTOCOL.md, section 3).

use std::fmt;
use std::str::FromStr;

use secp256k1::Message;
use secp256k1::ecdsa::{RecoverableSignature, RecoveryId};

use super::hash::{BlobHash, from_hex, length, sha256};
use super::key::{PrivateKey, PublicKey};

/// An ECDSA signature with recovery id: 65 bytes, 130 hex digits on the wire.
///
/// r and s are in range and s is in the lower half of the order, so that nobody can make a second signature
/// out of one. It prints as `***` with `{:?}`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    recovery: u8,
    compact: [u8; 64],
}

/// Not a signature of PROTOCOL.md, section 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSignature {
    /// Not 130 hex digits.
    #[error("a signature is 130 hex digits: header, r, s")]
    Length,
    /// The first byte is none of 0..3, 27..30, 31..34.
    #[error("a signature's first byte is 31 + recovery id (27..30 and 0..3 are accepted too)")]
    Header,
    /// r or s is zero or not below the order.
    #[error("r or s of the signature is out of range")]
    Range,
    /// s is above half of the order: somebody's altered copy of another signature.
    #[error("the signature's s is not in the lower half of the order")]
    HighS,
    /// No key gives this signature over this digest.
    #[error("no public key can be recovered from this signature")]
    NoKey,
}

impl Signature {
    /// Reads the 65 bytes: header, r, s (each big endian).
    ///
    /// # Errors
    /// [`InvalidSignature`] for a header, an r or an s out of range, and for a high s.
    pub fn from_bytes(bytes: [u8; 65]) -> Result<Self, InvalidSignature> {
        let [header, compact @ ..] = bytes;
        let recovery = match header {
            id @ 0..=3 => id,
            header @ 27..=30 => header - 27,
            header @ 31..=34 => header - 31,
            _ => return Err(InvalidSignature::Header),
        };
        // the curve library finds a zero only when it recovers
        if compact[..32] == [0; 32] || compact[32..] == [0; 32] {
            return Err(InvalidSignature::Range);
        }
        let signature = Self { recovery, compact };
        let standard = signature.recoverable()?.to_standard();
        let mut low = standard;
        low.normalize_s();
        if low != standard {
            return Err(InvalidSignature::HighS);
        }
        Ok(signature)
    }

    /// The 65 bytes as they are sent: 31 + recovery id, r, s.
    pub fn to_bytes(self) -> [u8; 65] {
        let mut bytes = [31 + self.recovery; 65];
        bytes[1..].copy_from_slice(&self.compact);
        bytes
    }

    /// The key that signed this digest, if any did.
    ///
    /// A signature over another digest recovers some other key: what is recovered means something only when
    /// it is compared.
    ///
    /// # Errors
    /// [`InvalidSignature::NoKey`] if none can be recovered.
    pub fn recover(&self, digest: &[u8; 32]) -> Result<PublicKey, InvalidSignature> {
        self.recoverable()?
            .recover_ecdsa(Message::from_digest(*digest))
            .map(|point| PublicKey::at(&point))
            .map_err(|_| InvalidSignature::NoKey)
    }

    fn recoverable(&self) -> Result<RecoverableSignature, InvalidSignature> {
        let id =
            RecoveryId::try_from(i32::from(self.recovery)).map_err(|_| InvalidSignature::Header)?;
        RecoverableSignature::from_compact(&self.compact, id).map_err(|_| InvalidSignature::Range)
    }
}

impl PrivateKey {
    /// The signature over a digest, with the nonce of RFC 6979 and a low s: the same one every time.
    pub fn sign(&self, digest: &[u8; 32]) -> Signature {
        let signed = self.with(|key| {
            RecoverableSignature::sign_ecdsa_recoverable(Message::from_digest(*digest), key)
        });
        let (id, compact) = signed.serialize_compact();
        Signature {
            recovery: id.to_u8(),
            compact,
        }
    }
}

impl FromStr for Signature {
    type Err = InvalidSignature;

    /// Reads 130 hex digits of either case.
    fn from_str(text: &str) -> Result<Self, InvalidSignature> {
        Self::from_bytes(from_hex(text).ok_or(InvalidSignature::Length)?)
    }
}

/// 130 hex digits in lower case.
impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.to_bytes()))
    }
}

/// `***`, since whoever has a plain signature can use it (PROTOCOL.md, section 3).
impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// What `signature` and `new_signature` sign: `SHA256(encrypted_data)`, which is also its `local_hash`.
/// The plain form of `old_signature` signs the same.
pub fn blob_digest(local_hash: &BlobHash) -> [u8; 32] {
    local_hash.0
}

/// What the bound form of `old_signature` signs:
/// `SHA256("larimar/v1/changePassword" ‖ new_publickey ‖ SHA256(encrypted_data))`.
///
/// It names the key that the wallet moves to, so that nobody can turn it into a move to another.
pub fn change_password_digest(new_publickey: &PublicKey, local_hash: &BlobHash) -> [u8; 32] {
    sha256(&[
        b"larimar/v1/changePassword",
        new_publickey.as_bytes(),
        &local_hash.0,
    ])
}

/// What `deleteWallet` signs: `SHA256("larimar/v1/deleteWallet" ‖ lp(server) ‖ local_hash)`.
///
/// `server` is the host of the URL that the client calls, lower case, with `:port` unless it is the
/// scheme's default. It is taken as it is.
pub fn delete_wallet_digest(server: &str, local_hash: &BlobHash) -> [u8; 32] {
    sha256(&[
        b"larimar/v1/deleteWallet",
        &length(server.len()),
        server.as_bytes(),
        &local_hash.0,
    ])
}

/// What `larimar sign` signs of a file: `SHA256("larimar/v1/file" ‖ SHA256(file))`.
///
/// No server takes such a signature for anything: it signs no blob, since bytes that begin with `larimar/` are none (PROTOCOL.md, section 2), and the
/// tag is that of no other digest.
pub fn file_digest(sha256_of_file: &[u8; 32]) -> [u8; 32] {
    sha256(&[b"larimar/v1/file", sha256_of_file])
}

#[cfg(test)]
mod tests {
    use super::super::secret::Secret;
    use super::*;

    const ORDER: &str = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    const HALF: &str = "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0";
    const DIGEST: [u8; 32] = [42; 32];

    fn key() -> PrivateKey {
        PrivateKey::from_bytes(Secret::new([7; 32])).unwrap()
    }

    /// n - s, and the recovery id of the other y.
    fn twin(mut signature: [u8; 65]) -> [u8; 65] {
        let order = hex::decode(ORDER).unwrap();
        let mut borrow = 0;
        for i in (0..32).rev() {
            let difference = i16::from(order[i]) - i16::from(signature[33 + i]) - borrow;
            borrow = i16::from(difference < 0);
            signature[33 + i] = difference.rem_euclid(256) as u8;
        }
        signature[0] = 31 + ((signature[0] - 31) ^ 1);
        signature
    }

    #[test]
    fn the_signer_is_recovered_and_another_digest_gives_another_key() {
        let signature = key().sign(&DIGEST);
        assert_eq!(signature.recover(&DIGEST), Ok(key().public_key()));
        assert_ne!(signature.recover(&[43; 32]), Ok(key().public_key()));
        assert_eq!(key().sign(&DIGEST), signature);
        assert_eq!(format!("{signature:?}"), "***");
    }

    #[test]
    fn a_header_is_one_of_twelve() {
        let signature = key().sign(&DIGEST);
        for header in 0..=u8::MAX {
            let mut bytes = signature.to_bytes();
            bytes[0] = header;
            let recovery = match header {
                0..=3 => header,
                27..=34 => (header - 27) % 4,
                _ => {
                    let refused = Signature::from_bytes(bytes);
                    assert_eq!(refused, Err(InvalidSignature::Header), "{header}");
                    continue;
                }
            };
            let read = Signature::from_bytes(bytes).unwrap();
            assert_eq!(read.to_bytes()[0], 31 + recovery, "{header}");
            assert_eq!(read.to_bytes()[1..], bytes[1..]);
            assert_eq!(read == signature, recovery == signature.recovery);
        }
    }

    #[test]
    fn the_high_twin_is_refused_though_it_recovers_the_same_key() {
        for digest in [[1; 32], [2; 32], [3; 32], [4; 32]] {
            let signature = key().sign(&digest);
            let twin = twin(signature.to_bytes());
            let recovered = RecoverableSignature::from_compact(
                &twin[1..],
                RecoveryId::try_from(i32::from(twin[0] - 31)).unwrap(),
            )
            .unwrap()
            .recover_ecdsa(Message::from_digest(digest))
            .unwrap();
            assert_eq!(PublicKey::at(&recovered), key().public_key());
            assert_eq!(Signature::from_bytes(twin), Err(InvalidSignature::HighS));
        }
    }

    #[test]
    fn r_and_s_are_in_range() {
        use InvalidSignature::{HighS, Range};
        let zero = "0".repeat(64);
        let one = format!("{:0>64}", 1);
        let below = ORDER.replace("4141", "4140");
        let above_half = HALF.replace("20a0", "20a1");
        for (r, s, expected) in [
            (&*zero, &*one, Some(Range)),
            (&one, &zero, Some(Range)),
            (ORDER, &one, Some(Range)),
            (&one, ORDER, Some(Range)),
            (&one, &"f".repeat(64), Some(Range)),
            (&one, &below, Some(HighS)),
            (&one, &above_half, Some(HighS)),
            (&one, HALF, None),
            (&below, &one, None),
        ] {
            let read = format!("1f{r}{s}").parse::<Signature>();
            assert_eq!(read.err(), expected, "{r} {s}");
        }
    }

    #[test]
    fn an_r_that_is_no_point_recovers_no_key() {
        // 5^3 + 7 has no square root; with recovery id 2, r + n must be below p
        for header in [31, 33] {
            let text = format!("{header:02x}{:0>64}{:0>64}", 5, 1);
            let signature: Signature = text.parse().unwrap();
            assert_eq!(
                signature.recover(&DIGEST),
                Err(InvalidSignature::NoKey),
                "{header}"
            );
        }
    }

    #[test]
    fn hex_is_of_either_case_and_of_one_length() {
        let signature = key().sign(&DIGEST);
        let text = signature.to_string();
        assert_eq!(text.parse(), Ok(signature));
        assert_eq!(text.to_uppercase().parse(), Ok(signature));
        for text in [
            "",
            &text[2..],
            &format!("{text}0"),
            &format!("0x{}", &text[2..]),
            &format!("0x{text}"),
            &"é".repeat(65),
        ] {
            assert_eq!(
                text.parse::<Signature>(),
                Err(InvalidSignature::Length),
                "{text:?}"
            );
        }
    }

    #[test]
    fn digests_are_apart_from_each_other() {
        let hash = BlobHash::of(b"data");
        let public_key = key().public_key();
        assert_eq!(blob_digest(&hash), sha256(&[b"data"]));
        let mut bytes = b"larimar/v1/changePassword".to_vec();
        bytes.extend_from_slice(public_key.as_bytes());
        bytes.extend_from_slice(&hash.0);
        assert_eq!(
            change_password_digest(&public_key, &hash),
            sha256(&[&bytes])
        );
        let mut bytes = b"larimar/v1/deleteWallet\0\0\0\x0elocalhost:8330".to_vec();
        bytes.extend_from_slice(&hash.0);
        assert_eq!(
            delete_wallet_digest("localhost:8330", &hash),
            sha256(&[&bytes])
        );
        assert_ne!(
            delete_wallet_digest("a", &hash),
            delete_wallet_digest("b", &hash)
        );
    }
}
