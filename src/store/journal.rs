//! The journal: what makes a commit whole, and what the records have to add up to.

use std::panic::resume_unwind;

use serde::{Deserialize, Serialize};

use super::StoreError;
use super::record::{self, Table};
use super::sled::{Tables, engine};
use crate::crypto::sha256;

/// A record that is put, or removed if there is no value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Write {
    pub(super) table: Table,
    #[serde(with = "serde_bytes")]
    pub(super) key: Vec<u8>,
    #[serde(with = "serde_bytes")]
    pub(super) value: Option<Vec<u8>>,
}

impl Write {
    /// Whether it is of the record under this key.
    pub(super) fn is_of(&self, table: Table, key: &[u8]) -> bool {
        self.table == table && self.key == key
    }
}

/// Everything that a commit changes, but for the data of new blobs.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    pub(super) commit: u64,
    /// The next fresh number.
    pub(super) next: u64,
    /// What the records are after this commit.
    pub(super) stock: Stock,
    pub(super) writes: Vec<Write>,
    /// Blobs that are removed: number, and how many chunks.
    pub(super) dropped: Vec<(u64, u32)>,
}

impl Journal {
    pub(super) const KEY: &'static [u8] = b"last";

    /// Writes what it says; doing so again changes nothing.
    pub(super) fn apply(&self, tables: &Tables) -> sled::Result<()> {
        self.apply_writes(tables)?;
        // last: who finds a blob gone finds a changed wallet when looking again
        self.apply_removals(tables)
    }

    /// The first part of it: the records.
    pub(super) fn apply_writes(&self, tables: &Tables) -> sled::Result<()> {
        for Write { table, key, value } in &self.writes {
            match value {
                Some(value) => tables
                    .of(*table)
                    .insert(key, record::seal(*table, key, value))?,
                None => tables.of(*table).remove(key)?,
            };
        }
        Ok(())
    }

    /// The second part: the blobs that nobody names any more.
    pub(super) fn apply_removals(&self, tables: &Tables) -> sled::Result<()> {
        for (number, chunks) in &self.dropped {
            for index in 0..*chunks {
                tables
                    .of(Table::Data)
                    .remove(record::chunk_key(*number, index))?;
            }
        }
        Ok(())
    }
}

/// What all records are together: their number would not tell an older record from a newer one, their sum does.
///
/// sled skips a damaged stretch of its log when it is opened, and goes on behind it: records whose last change lay there are then older ones, each
/// of them sound.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stock {
    /// The number of wallets.
    pub(super) wallets: u64,
    sum: u64,
}

impl Stock {
    /// What they add up to.
    pub fn sum(self) -> u64 {
        self.sum
    }

    /// Counts a record, if it is of a table whose records count.
    pub fn add(&mut self, table: Table, key: &[u8], value: &[u8]) {
        if counts(table) {
            self.sum = self.sum.wrapping_add(weight(table, key, value));
            self.wallets += u64::from(table == Table::Wallet);
        }
    }

    /// Takes a record back that was counted.
    pub(super) fn subtract(&mut self, table: Table, key: &[u8], value: &[u8]) {
        if counts(table) {
            self.sum = self.sum.wrapping_sub(weight(table, key, value));
            self.wallets = self
                .wallets
                .saturating_sub(u64::from(table == Table::Wallet));
        }
    }

    /// Counts all records that are there.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Engine`] if one of them cannot be read.
    pub(super) fn taken(tables: &Tables) -> Result<Self, StoreError> {
        std::thread::scope(|scope| {
            let counting = Table::ALL.into_iter().filter(|table| counts(*table));
            let threads: Vec<_> = counting
                .map(|table| scope.spawn(move || Self::of_table(tables, table)))
                .collect();
            let mut stock = Self::default();
            for thread in threads {
                let counted = thread.join().unwrap_or_else(|panic| resume_unwind(panic))?;
                stock.wallets += counted.wallets;
                stock.sum = stock.sum.wrapping_add(counted.sum);
            }
            Ok(stock)
        })
    }

    fn of_table(tables: &Tables, table: Table) -> Result<Self, StoreError> {
        let mut stock = Self::default();
        for entry in tables.of(table) {
            let (key, stored) = entry.map_err(|error| engine(&error))?;
            stock.add(table, &key, record::unseal(table, &key, &stored)?);
        }
        Ok(stock)
    }
}

/// Statistics may be lost, a blob is checked against its wallet, and the journal says the sum itself.
fn counts(table: Table) -> bool {
    !matches!(table, Table::Statistics | Table::Data | Table::Journal)
}

/// What a record adds to the sum: keys of one table are all of one length.
fn weight(table: Table, key: &[u8], value: &[u8]) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = sha256(&[table.name().as_bytes(), key, value]);
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_knows_every_record_and_forgets_those_that_go() {
        let mut stock = Stock::default();
        stock.add(Table::Wallet, b"one", b"1");
        let one = stock;
        stock.add(Table::Email, b"two", b"2");
        assert_ne!(stock, one);
        stock.subtract(Table::Email, b"two", b"2");
        assert_eq!(stock, one);
        stock.subtract(Table::Wallet, b"one", b"1");
        stock.add(Table::Wallet, b"one", b"an older value");
        assert_ne!(stock, one);
        assert_eq!(stock.wallets, 1);
        stock.add(Table::Statistics, b"one", b"may be lost");
        stock.subtract(Table::Wallet, b"one", b"an older value");
        assert_eq!(stock, Stock::default());
    }
}
