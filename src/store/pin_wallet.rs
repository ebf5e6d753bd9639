//! A wallet of the `wallet/*` methods as it is stored (PROTOCOL.md, section 6).

use serde::{Deserialize, Serialize};

use super::record::{self, Table, Version};
use super::{StoreError, Transaction};
use crate::clock::Time;

/// Keyed hash of an accessKey: who has the store alone can neither try pins nor lock wallets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AccessDigest(pub [u8; 32]);

/// Everything about a wallet that opens with a pin, but for its address objects.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinWallet {
    /// When it was made.
    pub created: Time,
    /// Random; makes equal passKeys look different.
    pub salt: [u8; 16],
    /// HMAC-SHA256 of the passKey under the salt.
    pub pass: [u8; 32],
    /// Pin and cstoreKey, encrypted under the server's secret.
    #[serde(with = "serde_bytes")]
    pub vault: Vec<u8>,
    /// Attempts to log in since the last right pin.
    pub attempts: u32,
    /// Whether only the passKey opens it.
    pub locked: bool,
    /// From where it was opened lately, newest first.
    pub opened: Vec<Opening>,
    /// The address objects, a list in JSON; `None` while there is none.
    pub addresses: Option<Version>,
}

impl std::fmt::Debug for PinWallet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PinWallet")
            .field("attempts", &self.attempts)
            .field("locked", &self.locked)
            .finish_non_exhaustive()
    }
}

/// That a wallet was opened from somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The beginning of the keyed hash of the caller's address, an IPv6 one as its /64.
    pub from: [u8; 8],
    /// When last.
    pub at: Time,
}

/// Looking up, putting and removing wallets that open with a pin.
impl dyn Transaction + '_ {
    /// The wallet under this accessKey.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Engine`].
    pub fn pin_wallet(&self, access: &AccessDigest) -> Result<Option<PinWallet>, StoreError> {
        self.bytes(Table::Pin, &access.0)?
            .map(|bytes| record::decode(Table::Pin, &bytes))
            .transpose()
    }

    /// Puts it, new or changed.
    pub fn put_pin_wallet(&mut self, access: &AccessDigest, wallet: &PinWallet) {
        self.put(Table::Pin, &access.0, record::encode(wallet));
    }

    /// Removes it with its address objects.
    pub fn remove_pin_wallet(&mut self, access: &AccessDigest, wallet: &PinWallet) {
        if let Some(addresses) = &wallet.addresses {
            self.remove_data(addresses);
        }
        self.remove(Table::Pin, &access.0);
    }
}
