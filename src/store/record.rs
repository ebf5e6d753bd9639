//! What is stored, and the bytes that it becomes.
//!
//! Each record is a format byte, its fields in the postcard encoding, and a CRC-32 over table, key and record, so that bytes that
//! were changed or put in another place are noticed.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::StoreError;
use crate::clock::Time;
use crate::crypto::{BlobHash, PublicKey};

/// The inner number of a wallet: it stays when the key changes.
pub type WalletId = u64;

/// Keyed hash of an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EmailDigest(pub [u8; 32]);

impl EmailDigest {
    /// Of no address: of a code that is spent, the wallet alone knows to whom it went.
    pub const FORGOTTEN: Self = Self([0; 32]);
}

/// Keyed hash of a code that went out by e-mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CodeDigest(pub [u8; 32]);

/// Keyed hash of a public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct KeyDigest(pub [u8; 32]);

/// A kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Table {
    /// [`WalletId`] to [`Wallet`].
    Wallet,
    /// [`PublicKey`] to [`WalletId`].
    Key,
    /// [`EmailDigest`] to [`Address`].
    Email,
    /// [`CodeDigest`] to [`CodeRecord`].
    Code,
    /// [`KeyDigest`] to [`Retired`].
    Retired,
    /// Lineage and [`BlobHash`] to nothing.
    Held,
    /// [`WalletId`] to [`Statistics`].
    Statistics,
    /// Number of a blob and index of a chunk to at most 64 KiB of it.
    Data,
    /// The journal of the last commit.
    Journal,
    /// [`AccessDigest`](super::AccessDigest) to [`PinWallet`](super::PinWallet).
    Pin,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Wallet,
        Self::Key,
        Self::Email,
        Self::Code,
        Self::Retired,
        Self::Held,
        Self::Statistics,
        Self::Data,
        Self::Journal,
        Self::Pin,
    ];

    /// Its name in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wallet => "wallet",
            Self::Key => "key",
            Self::Email => "email",
            Self::Code => "code",
            Self::Retired => "retired",
            Self::Held => "held",
            Self::Statistics => "statistics",
            Self::Data => "data",
            Self::Journal => "journal",
            Self::Pin => "pin",
        }
    }
}

/// A wallet: everything about it but its bytes and its statistics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wallet {
    /// Its inner number.
    pub id: WalletId,
    /// The commit that stored it in this form.
    pub commit: u64,
    /// The key by which it is reached.
    pub key: PublicKey,
    /// Its e-mail address, unless another wallet took it over.
    pub email: Option<EmailDigest>,
    /// When it was made.
    pub created: Time,
    /// What is stored now.
    pub current: Version,
    /// What was stored before, newest first.
    pub older: Vec<Version>,
    /// The highest revision that it, or a key it came to, ever had; 0 if it never was sealed.
    pub highest: u64,
    /// Where the hashes of opaque bytes that it held are found; new ones go under the first.
    pub lineages: Vec<u64>,
}

impl Wallet {
    /// The current version and the older ones, newest first.
    pub fn versions(&self) -> impl Iterator<Item = &Version> {
        std::iter::once(&self.current).chain(&self.older)
    }

    /// When it was last stored.
    pub fn updated(&self) -> Time {
        self.current.saved
    }
}

/// A blob that a wallet stores or stored.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The number under which its bytes are found.
    pub data: u64,
    /// Its `local_hash`.
    pub hash: BlobHash,
    /// Its length in bytes.
    pub bytes: u32,
    /// When it was stored.
    pub saved: Time,
    /// Its revision, if it is sealed.
    pub revision: Option<u64>,
    /// The signature that came with it, 65 bytes: for `verify`, never returned.
    #[serde(with = "serde_bytes")]
    pub signature: Vec<u8>,
}

impl std::fmt::Debug for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Version")
            .field("data", &self.data)
            .field("hash", &self.hash)
            .field("bytes", &self.bytes)
            .field("saved", &self.saved)
            .field("revision", &self.revision)
            .finish_non_exhaustive()
    }
}

/// How a key lost its wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Was {
    /// The password was changed: the wallet is reached by the key with this digest.
    Moved(KeyDigest),
    /// The wallet was deleted.
    Deleted,
}

/// What is left at a key that a wallet has left (PROTOCOL.md, section 5.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {
    /// The commit that stored it.
    pub commit: u64,
    /// How.
    pub was: Was,
    /// The wallet that left.
    pub wallet: WalletId,
    /// When.
    pub since: Time,
    /// The hash of the bytes by which: those that were moved, or those that were deleted.
    pub by: BlobHash,
    /// The highest revision known here; 0 if none was ever sealed.
    pub highest: u64,
    /// Where the hashes of opaque bytes are found that wallets under this key held.
    pub lineages: Vec<u64>,
}

/// Which wallet an e-mail address has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Its wallet.
    pub wallet: WalletId,
    /// When it was last taken away from an older wallet.
    pub replaced: Option<Time>,
}

/// A code that went out by e-mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeRecord {
    /// To whom; [`EmailDigest::FORGOTTEN`] once it is spent.
    pub email: EmailDigest,
    /// Until when it works.
    pub expires: Time,
    /// By what it was spent.
    pub spent: Option<Spent>,
}

/// The creation that spent a code, remembered so that a repeated call gets the same answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// The key of the wallet that was made.
    pub key: KeyDigest,
    /// The bytes that were stored.
    pub by: BlobHash,
    /// When.
    pub at: Time,
}

/// The statistics of a wallet, in the encoding of the `wallet` room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics(#[serde(with = "serde_bytes")] pub Vec<u8>);

/// The key of [`Table::Held`].
pub(super) fn held_key(lineage: u64, hash: &BlobHash) -> Vec<u8> {
    [&lineage.to_be_bytes()[..], &hash.0].concat()
}

/// The key of [`Table::Data`].
pub fn chunk_key(data: u64, index: u32) -> Vec<u8> {
    [&data.to_be_bytes()[..], &index.to_be_bytes()].concat()
}

const FORMAT: u8 = 1;
const CHECKSUM: usize = 4;

/// The bytes of a record, without its checksum: what an archive holds.
pub fn encode<T: Serialize>(record: &T) -> Vec<u8> {
    #[expect(clippy::expect_used, reason = "our own types always have an encoding")]
    postcard::to_extend(record, vec![FORMAT]).expect("an encoding")
}

/// The record that the bytes are.
pub(super) fn decode<T: DeserializeOwned>(table: Table, bytes: &[u8]) -> Result<T, StoreError> {
    match bytes.split_first() {
        Some((&FORMAT, fields)) => match postcard::take_from_bytes(fields) {
            Ok((record, [])) => Ok(record),
            _ => Err(StoreError::Damaged(format!(
                "a record of table {}",
                table.name()
            ))),
        },
        Some((format, _)) => Err(StoreError::Damaged(format!(
            "a record of table {} (format {format}, which this version does not know)",
            table.name()
        ))),
        None => Err(StoreError::Damaged(format!(
            "an empty record of table {}",
            table.name()
        ))),
    }
}

/// The bytes with their checksum, as they are stored.
pub(super) fn seal(table: Table, key: &[u8], bytes: &[u8]) -> Vec<u8> {
    [bytes, &checksum(table, key, bytes)].concat()
}

/// The bytes without their checksum, if it is right.
pub(super) fn unseal<'a>(
    table: Table,
    key: &[u8],
    stored: &'a [u8],
) -> Result<&'a [u8], StoreError> {
    match stored.split_last_chunk::<CHECKSUM>() {
        Some((bytes, sum)) if *sum == checksum(table, key, bytes) => Ok(bytes),
        _ => Err(StoreError::Damaged(format!(
            "a record of table {}",
            table.name()
        ))),
    }
}

fn checksum(table: Table, key: &[u8], bytes: &[u8]) -> [u8; CHECKSUM] {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(table.name().as_bytes());
    hasher.update(key);
    hasher.update(bytes);
    hasher.finalize().to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_or_misplaced_record_is_noticed() {
        let record = Address {
            wallet: 7,
            replaced: Some(Time(3)),
        };
        let stored = seal(Table::Email, b"key", &encode(&record));
        let bytes = unseal(Table::Email, b"key", &stored).expect("sound");
        assert_eq!(decode::<Address>(Table::Email, bytes), Ok(record));
        assert!(unseal(Table::Email, b"kez", &stored).is_err());
        assert!(unseal(Table::Code, b"key", &stored).is_err());
        for at in 0..stored.len() {
            let mut changed = stored.clone();
            changed[at] ^= 1;
            assert!(unseal(Table::Email, b"key", &changed).is_err(), "byte {at}");
        }
        for length in 0..stored.len() {
            assert!(
                unseal(Table::Email, b"key", &stored[..length]).is_err(),
                "{length} bytes"
            );
        }
    }

    #[test]
    fn a_format_of_a_later_version_is_refused() {
        let mut bytes = encode(&7_u64);
        bytes[0] = 2;
        assert!(decode::<u64>(Table::Key, &bytes).is_err());
        assert!(decode::<u64>(Table::Key, &[]).is_err());
        assert!(
            decode::<u64>(Table::Key, &[1, 7, 7]).is_err(),
            "surplus bytes"
        );
    }
}
