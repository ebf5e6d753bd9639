//! A door for `fuzz/`: what of this room reads bytes from the disk and is nobody else's business.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::journal::Journal;
use super::record::{self, Address, CodeRecord, Retired, Statistics, Wallet};
use super::{PinWallet, StoreError, Table, WalletId};

/// The record as it is stored under this key: with the right checksum.
pub fn seal(table: Table, key: &[u8], record: &[u8]) -> Vec<u8> {
    record::seal(table, key, record)
}

/// Reads what is stored under this key as the store does, and says what would be stored of it again.
///
/// # Errors
/// [`StoreError::Damaged`].
pub fn read(table: Table, key: &[u8], stored: &[u8]) -> Result<Vec<u8>, StoreError> {
    let bytes = record::unseal(table, key, stored)?;
    match table {
        Table::Wallet => again::<Wallet>(table, bytes),
        Table::Key => again::<WalletId>(table, bytes),
        Table::Email => again::<Address>(table, bytes),
        Table::Code => again::<CodeRecord>(table, bytes),
        Table::Retired => again::<Retired>(table, bytes),
        Table::Held => again::<()>(table, bytes),
        Table::Statistics => again::<Statistics>(table, bytes),
        Table::Journal if key == Journal::KEY => again::<Journal>(table, bytes),
        Table::Journal => again::<u64>(table, bytes),
        Table::Data => Ok(bytes.to_vec()),
        Table::Pin => again::<PinWallet>(table, bytes),
    }
}

fn again<T: Serialize + DeserializeOwned>(
    table: Table,
    bytes: &[u8],
) -> Result<Vec<u8>, StoreError> {
    record::decode::<T>(table, bytes).map(|record| record::encode(&record))
}
