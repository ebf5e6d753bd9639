//! secp256k1 keys.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::secret::Secret;

/// A point of secp256k1 in its compressed form: 33 bytes, 66 hex digits on the wire
/// (PROTOCOL.md, section 2). The name of a wallet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey([u8; 33]);

impl PublicKey {
    /// The key with these 33 bytes.
    ///
    /// # Errors
    /// [`InvalidPublicKey`] if they are no compressed point of the curve.
    pub fn from_bytes(bytes: [u8; 33]) -> Result<Self, InvalidPublicKey> {
        match secp256k1::PublicKey::from_byte_array_compressed(bytes) {
            Ok(_) => Ok(Self(bytes)),
            Err(_) => Err(InvalidPublicKey),
        }
    }

    /// The 33 bytes of the compressed form.
    pub fn as_bytes(&self) -> &[u8; 33] {
        &self.0
    }
}

impl From<secp256k1::PublicKey> for PublicKey {
    fn from(key: secp256k1::PublicKey) -> Self {
        Self(key.serialize())
    }
}

/// Not 66 hex digits of a compressed point of secp256k1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a public key is 66 hex digits: a compressed point of secp256k1")]
pub struct InvalidPublicKey;

impl FromStr for PublicKey {
    type Err = InvalidPublicKey;

    /// Reads 66 hex digits of either case.
    fn from_str(text: &str) -> Result<Self, InvalidPublicKey> {
        let mut bytes = [0; 33];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| InvalidPublicKey)?;
        Self::from_bytes(bytes)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// Shortened, since no log may hold a public key (PROTOCOL.md, section 10).
impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({}…)", hex::encode(&self.0[..3]))
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.0[0], &self.0[1..]).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (tag, x): (u8, Vec<u8>) = Deserialize::deserialize(deserializer)?;
        let mut bytes = [tag; 33];
        if x.len() != 32 {
            return Err(serde::de::Error::custom(InvalidPublicKey));
        }
        bytes[1..].copy_from_slice(&x);
        Ok(Self(bytes))
    }
}

/// A private key: never sent, never stored by the server, printed as `***`.
#[derive(Clone)]
pub struct PrivateKey(Secret<32>);

impl PrivateKey {
    /// The key with these bytes, or `None` if they are zero or not below the order of the curve.
    pub fn from_bytes(bytes: Secret<32>) -> Option<Self> {
        let mut key = secp256k1::SecretKey::from_secret_bytes(*bytes.expose()).ok()?;
        key.non_secure_erase();
        Some(Self(bytes))
    }

    /// The 32 bytes, for whoever asked to see them.
    pub fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }

    /// The public key that belongs to it.
    pub fn public_key(&self) -> PublicKey {
        self.with(|key| secp256k1::PublicKey::from_secret_key(key).into())
    }

    /// Lends the key in the form the curve library takes, and erases that copy.
    pub(super) fn with<T>(&self, work: impl FnOnce(&secp256k1::SecretKey) -> T) -> T {
        #[expect(clippy::expect_used, reason = "from_bytes admits valid keys only")]
        let mut key =
            secp256k1::SecretKey::from_secret_bytes(*self.0.expose()).expect("a valid key");
        let result = work(&key);
        key.non_secure_erase();
        result
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
