//! Signatures from which the public key is recovered, and the digests that are signed
//! (PROTOCOL.md, section 3).

use std::fmt;
use std::str::FromStr;

use secp256k1::Message;
use secp256k1::ecdsa::{RecoverableSignature, RecoveryId};

use super::hash::{BlobHash, sha256};
use super::key::{PrivateKey, PublicKey};

/// An ECDSA signature with recovery id: 65 bytes, 130 hex digits on the wire.
///
/// Its s is in the lower half of the order, so that one digest and one key have one signature.
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
    /// s is above half of the order: somebody's altered copy of another signature.
    #[error("the signature's s is not in the lower half of the order")]
    HighS,
    /// r or s is zero or not below the order.
    #[error("r or s of the signature is out of range")]
    Range,
    /// No key gives this signature over this digest.
    #[error("no public key can be recovered from this signature")]
    NoKey,
}

impl Signature {
    /// Reads the 65 bytes: header, r, s.
    ///
    /// # Errors
    /// [`InvalidSignature`] for a header out of range, an r or s out of range, and for a high s.
    pub fn from_bytes(bytes: [u8; 65]) -> Result<Self, InvalidSignature> {
        let recovery = match bytes[0] {
            id @ 0..=3 => id,
            header @ 27..=30 => header - 27,
            header @ 31..=34 => header - 31,
            _ => return Err(InvalidSignature::Header),
        };
        let mut compact = [0; 64];
        compact.copy_from_slice(&bytes[1..]);
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
            .map(PublicKey::from)
            .map_err(|_| InvalidSignature::NoKey)
    }

    fn recoverable(&self) -> Result<RecoverableSignature, InvalidSignature> {
        let id =
            RecoveryId::try_from(i32::from(self.recovery)).map_err(|_| InvalidSignature::Header)?;
        RecoverableSignature::from_compact(&self.compact, id).map_err(|_| InvalidSignature::Range)
    }
}

impl PrivateKey {
    /// Signs a digest, with the nonce of RFC 6979 and a low s.
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
        let mut bytes = [0; 65];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| InvalidSignature::Length)?;
        Self::from_bytes(bytes)
    }
}

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
/// scheme's default.
pub fn delete_wallet_digest(server: &str, local_hash: &BlobHash) -> [u8; 32] {
    let length = u32::try_from(server.len()).unwrap_or(u32::MAX);
    sha256(&[
        b"larimar/v1/deleteWallet",
        &length.to_be_bytes(),
        server.as_bytes(),
        &local_hash.0,
    ])
}
