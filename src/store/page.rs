//! Going through what is stored, a page at a time, so that nothing has to fit into memory.

use super::record::{self, Table, Wallet, WalletId};
use super::{AccessDigest, PinWallet, Store, StoreError};

impl dyn Store + '_ {
    /// Up to `count` wallets, from the first one after `after` on, in the order in which they were made.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Engine`].
    pub fn wallets_after(
        &self,
        after: Option<WalletId>,
        count: usize,
    ) -> Result<Vec<Wallet>, StoreError> {
        let after = after.map(WalletId::to_be_bytes);
        let entries = self.scan(
            Table::Wallet,
            after.as_ref().map(<[u8; 8]>::as_slice),
            count,
        )?;
        let wallets = entries.iter();
        wallets
            .map(|(_, bytes)| record::decode(Table::Wallet, bytes))
            .collect()
    }

    /// Up to `count` wallets that open with a pin, from the first one whose digest is greater than these bytes on.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Engine`].
    pub fn pin_wallets_after(
        &self,
        after: Option<&[u8]>,
        count: usize,
    ) -> Result<Vec<(AccessDigest, PinWallet)>, StoreError> {
        let entries = self.scan(Table::Pin, after, count)?;
        let wallets = entries.iter();
        wallets
            .map(|(key, bytes)| {
                let digest = key.as_slice().try_into().map_err(|_| {
                    StoreError::Damaged(format!("a key of table {}", Table::Pin.name()))
                })?;
                Ok((AccessDigest(digest), record::decode(Table::Pin, bytes)?))
            })
            .collect()
    }
}
