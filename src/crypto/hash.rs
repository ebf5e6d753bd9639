//! SHA-256 and what is named by it.

use std::fmt;
use std::str::FromStr;

use hmac::{Hmac, KeyInit, Mac};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// SHA-256 over the parts, one after the other.
///
/// Nothing stands between the parts: a caller whose parts vary in length prefixes them with it.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// HMAC-SHA256 over the parts, one after the other.
///
/// For what the store may recognise but must not reveal: e-mail addresses, codes, retired keys,
/// and the fingerprints in the access log (PROTOCOL.md, section 10). As with [`sha256`], nothing stands
/// between the parts.
pub fn keyed_hash(secret: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC fills a key up to the length of a block with zeros
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(secret);
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// A length as `lp` writes it before its bytes: u32, big endian (PROTOCOL.md, section 3).
///
/// It saturates, since nothing that it is used for (a password, a host name) comes near 4 GiB.
pub(super) fn length(bytes: usize) -> [u8; 4] {
    u32::try_from(bytes).unwrap_or(u32::MAX).to_be_bytes()
}

/// The bytes that these hex digits say: two for each byte, of either case, and nothing before, between or behind them.
pub(super) fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    // const-hex takes `0x` before them, too
    if text.len() != 2 * N {
        return None;
    }
    hex::decode_to_slice(text, &mut bytes).ok()?;
    Some(bytes)
}

/// SHA-256 of a blob's bytes: its `local_hash`, 64 hex digits on the wire (PROTOCOL.md, section 2).
///
/// With serde it is hex in a text format such as JSON, 32 bytes in a binary one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobHash(pub [u8; 32]);

impl BlobHash {
    /// The hash of these bytes.
    pub fn of(encrypted_data: &[u8]) -> Self {
        Self(sha256(&[encrypted_data]))
    }

    /// Its text: 64 hex digits in lower case.
    pub fn hex(&self) -> [u8; 64] {
        let mut text = [0; 64];
        let written = hex::encode_to_slice(self.0, &mut text);
        debug_assert!(written.is_ok(), "two digits a byte");
        text
    }
}

/// Not 64 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a hash is 64 hex digits (SHA-256)")]
pub struct InvalidHash;

impl FromStr for BlobHash {
    type Err = InvalidHash;

    /// Reads 64 hex digits of either case.
    fn from_str(text: &str) -> Result<Self, InvalidHash> {
        from_hex(text).map(Self).ok_or(InvalidHash)
    }
}

/// 64 hex digits in lower case.
impl fmt::Display for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.hex()).unwrap_or_default())
    }
}

impl fmt::Debug for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for BlobHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for BlobHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            text.parse().map_err(D::Error::custom)
        } else {
            Deserialize::deserialize(deserializer).map(Self)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_nothing_is_sha256s() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(BlobHash::of(b"").to_string(), empty);
        assert_eq!(format!("{:?}", BlobHash::of(b"")), empty);
        assert_eq!(sha256(&[b"lari", b"", b"mar"]), sha256(&[b"larimar"]));
    }

    #[test]
    fn the_keyed_hash_is_hmac_of_rfc_4231() {
        // test case 1: twenty bytes 0x0b, which HMAC fills up with zeros
        let mut secret = [0; 32];
        secret[..20].fill(0x0b);
        let expected = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";
        assert_eq!(
            hex::encode(keyed_hash(&secret, &[b"Hi ", b"There"])),
            expected
        );
    }

    #[test]
    fn a_hash_is_read_from_hex_of_either_case_and_nothing_else() {
        let hash = BlobHash::of(b"larimar");
        let text = hash.to_string();
        assert_eq!(text.parse(), Ok(hash));
        assert_eq!(text.to_uppercase().parse(), Ok(hash));
        for text in [
            "",
            &text[1..],
            &text[2..],
            &format!("{text}00"),
            &format!("0x{}", &text[2..]),
            &format!("0x{text}"),
            &format!(" {}", &text[1..]),
            &"é".repeat(32),
        ] {
            assert_eq!(text.parse::<BlobHash>(), Err(InvalidHash), "{text:?}");
        }
    }

    #[test]
    fn a_hash_is_hex_in_json_and_32_bytes_in_a_record() {
        let hash = BlobHash::of(b"larimar");
        let json = serde_json::to_string(&hash).unwrap();
        assert_eq!(json, format!("\"{hash}\""));
        assert_eq!(serde_json::from_str::<BlobHash>(&json).unwrap(), hash);
        assert!(serde_json::from_str::<BlobHash>("\"00\"").is_err());
        let record = postcard::to_stdvec(&hash).unwrap();
        assert_eq!(record, hash.0);
        assert_eq!(postcard::from_bytes::<BlobHash>(&record).unwrap(), hash);
    }
}
