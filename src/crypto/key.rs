//! secp256k1 keys.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::hash::from_hex;
use super::secret::Secret;

/// A point of secp256k1 in its compressed form: 33 bytes, 66 hex digits on the wire
/// (PROTOCOL.md, section 2). The name of a wallet.
///
/// With serde it is hex in a text format such as JSON,
/// 33 bytes in a binary one.
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

    /// The key at this point.
    pub(super) fn at(point: &secp256k1::PublicKey) -> Self {
        Self(point.serialize())
    }

    /// The 33 bytes of the compressed form.
    pub fn as_bytes(&self) -> &[u8; 33] {
        &self.0
    }
}

/// 33 bytes that somebody says are a public key, and that have its form. Whether they are a point of the curve takes longer to find
/// out than a wallet takes to fetch; a key under which there is a wallet is one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ClaimedKey([u8; 33]);

impl ClaimedKey {
    /// The 33 bytes.
    pub fn as_bytes(&self) -> &[u8; 33] {
        &self.0
    }

    /// The public key that they are.
    ///
    /// # Errors
    /// [`InvalidPublicKey`] if they are no point of the curve.
    pub fn check(&self) -> Result<PublicKey, InvalidPublicKey> {
        PublicKey::from_bytes(self.0)
    }
}

impl FromStr for ClaimedKey {
    type Err = InvalidPublicKey;

    /// Reads 66 hex digits of either case.
    fn from_str(text: &str) -> Result<Self, InvalidPublicKey> {
        let bytes: [u8; 33] = from_hex(text).ok_or(InvalidPublicKey)?;
        match bytes[0] {
            2 | 3 => Ok(Self(bytes)),
            _ => Err(InvalidPublicKey),
        }
    }
}

impl From<PublicKey> for ClaimedKey {
    fn from(key: PublicKey) -> Self {
        Self(key.0)
    }
}

/// Shortened, as that of a public key.
impl fmt::Debug for ClaimedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClaimedKey({}…)", hex::encode(&self.0[..3]))
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
        Self::from_bytes(from_hex(text).ok_or(InvalidPublicKey)?)
    }
}

/// 66 hex digits in lower case.
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
        if serializer.is_human_readable() {
            return serializer.collect_str(self);
        }
        // serde knows arrays of up to 32
        let [tag, x @ ..] = self.0;
        (tag, x).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            return text.parse().map_err(D::Error::custom);
        }
        let (tag, x): (u8, [u8; 32]) = Deserialize::deserialize(deserializer)?;
        let mut bytes = [tag; 33];
        bytes[1..].copy_from_slice(&x);
        // only our own records are binary: their checksum vouches for them, at a tenth of what the curve would cost
        Ok(Self(bytes))
    }
}

/// A private key: never sent, never stored by the server, zeroed when dropped, printed as `***`.
#[derive(Clone)]
pub struct PrivateKey(Secret<32>);

impl PrivateKey {
    /// The key with these 32 bytes (big endian), or `None` if they are zero or not below the order of the curve.
    pub fn from_bytes(bytes: Secret<32>) -> Option<Self> {
        let mut key = secp256k1::SecretKey::from_secret_bytes(*bytes.expose()).ok()?;
        key.non_secure_erase();
        Some(Self(bytes))
    }

    /// The 32 bytes (big endian), for whoever asked to see them.
    pub fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }

    /// The public key that belongs to it.
    pub fn public_key(&self) -> PublicKey {
        self.with(|key| PublicKey::at(&secp256k1::PublicKey::from_secret_key(key)))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The generator, which is the public key of 1.
    const G: &str = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    const FIELD: &str = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f";
    const ORDER: &str = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    fn private_key(hex: &str) -> Option<PrivateKey> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(hex, &mut bytes).unwrap();
        PrivateKey::from_bytes(Secret::new(bytes))
    }

    #[test]
    fn a_private_key_is_from_one_to_below_the_order() {
        assert!(private_key(&"0".repeat(64)).is_none());
        assert!(private_key(ORDER).is_none());
        assert!(private_key(&"f".repeat(64)).is_none());
        let last = private_key(&ORDER.replace("4141", "4140")).unwrap();
        assert_eq!(last.public_key().to_string(), G.replacen("02", "03", 1));
        let first = private_key(&format!("{:0>64}", 1)).unwrap();
        assert_eq!(first.public_key().to_string(), G);
        assert_eq!(format!("{first:?}"), "***");
    }

    #[test]
    fn a_public_key_is_read_from_hex_of_either_case() {
        let key: PublicKey = G.parse().unwrap();
        assert_eq!(G.to_uppercase().parse(), Ok(key));
        assert_eq!(key.to_string(), G);
        assert_eq!(PublicKey::from_bytes(*key.as_bytes()), Ok(key));
        assert_eq!(format!("{key:?}"), "PublicKey(0279be…)");
    }

    #[test]
    fn what_is_no_compressed_point_is_no_public_key() {
        let one_above = FIELD.replace("fc2f", "fc30");
        let no_root = format!("{:0>64}", 5); // 5^3 + 7 has no square root
        let uncompressed = format!(
            "04{}483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
            &G[2..]
        );
        for text in [
            "",
            &G[2..],
            &format!("{G}00"),
            &format!("0x{}", &G[2..]),
            &format!("0x{G}"),
            &G.replacen("02", "00", 1),
            &G.replacen("02", "04", 1),
            &G.replacen("02", "06", 1),
            &format!("02{FIELD}"),
            &format!("03{one_above}"),
            &format!("02{no_root}"),
            &format!("02{}", "f".repeat(64)),
            &"0".repeat(66),
            &uncompressed,
        ] {
            assert_eq!(text.parse::<PublicKey>(), Err(InvalidPublicKey), "{text}");
        }
    }

    #[test]
    fn a_public_key_is_hex_in_json_and_33_bytes_in_a_record() {
        let key: PublicKey = G.parse().unwrap();
        let json = serde_json::to_string(&key).unwrap();
        assert_eq!(json, format!("\"{G}\""));
        assert_eq!(serde_json::from_str::<PublicKey>(&json).unwrap(), key);
        let record = postcard::to_stdvec(&key).unwrap();
        assert_eq!(record, key.as_bytes());
        assert_eq!(postcard::from_bytes::<PublicKey>(&record).unwrap(), key);
    }
}
