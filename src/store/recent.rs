//! The wallets that were looked up lately: who asks again is answered without asking sled.
//!
//! Nothing here is ever told what a wallet is now. Each one is kept with the mark that its number had before it was read, and the
//! writer changes the mark of each wallet that it changes, after it wrote the change and before it answers: what is kept under another mark is not used.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use quick_cache::sync::Cache;

use super::journal::Write;
use super::record::{Table, Wallet, WalletId};
use super::sled::Tables;
use super::{Lookup, StoreError};

/// How many wallets are kept: about a kilobyte each, with their older versions.
const KEPT: usize = 16_384;
/// Wallets whose numbers differ by a multiple of this share a mark, which costs a look-up now and then.
const MARKS: usize = 65_536;

/// Wallets by key.
#[derive(Debug)]
pub(super) struct Recent {
    wallets: Cache<[u8; 33], Kept>,
    marks: Box<[AtomicU64]>,
}

#[derive(Debug, Clone)]
struct Kept {
    wallet: Arc<Wallet>,
    mark: u64,
}

impl Default for Recent {
    fn default() -> Self {
        Self {
            wallets: Cache::new(KEPT),
            marks: (0..MARKS).map(|_| AtomicU64::new(0)).collect(),
        }
    }
}

impl Recent {
    /// The wallet that is reached by this key: as kept, or as it stands in the tables.
    ///
    /// # Errors
    /// As [`Lookup::wallet`].
    pub(super) fn wallet(
        &self,
        tables: &Tables,
        key: &[u8; 33],
    ) -> Result<Option<Arc<Wallet>>, StoreError> {
        if let Some(kept) = self.wallets.get(key)
            && kept.mark == self.mark(kept.wallet.id).load(Ordering::Acquire)
        {
            return Ok(Some(kept.wallet));
        }
        let Some(id) = tables.wallet_id(key)? else {
            return Ok(None);
        };
        // before the wallet is read
        let mark = self.mark(id).load(Ordering::Acquire);
        let found = tables.wallet_by_id(id)?;
        let Some(wallet) = found.filter(|wallet| wallet.key.as_bytes() == key) else {
            return Ok(None);
        };
        let wallet = Arc::new(wallet);
        let kept = Kept {
            wallet: Arc::clone(&wallet),
            mark,
        };
        self.wallets.insert(*key, kept);
        Ok(Some(wallet))
    }

    /// From now on what was read before is not used. After the change is written, and before what it replaces is gone.
    pub(super) fn changed(&self, writes: &[Write]) {
        for write in writes.iter().filter(|write| write.table == Table::Wallet) {
            if let Ok(id) = write.key.as_slice().try_into() {
                self.mark(WalletId::from_be_bytes(id))
                    .fetch_add(1, Ordering::Release);
            }
        }
    }

    fn mark(&self, id: WalletId) -> &AtomicU64 {
        &self.marks[(id % MARKS as u64) as usize]
    }
}
