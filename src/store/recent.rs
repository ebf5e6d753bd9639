//! The wallets and blobs that were looked up lately: who asks again is answered without asking sled.
//!
//! sled's own cache holds pages of up to sixteen records, whichever of them was asked for; here a blob takes its own length. The bytes
//! under a blob's number never change. Of wallets nothing here is ever told what a wallet is now. Each one is kept with the mark that its number had before it was read, and the
//! writer changes the mark of each wallet that it changes, after it wrote the change and before it answers: what is kept under another mark is not used.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::journal::Write;
use super::record::{Table, Version, Wallet, WalletId};
use super::sled::Tables;
use super::{Lookup, StoreError};

/// How many wallets are kept for each MiB of `store.cache_mib`: up to a kilobyte each, with their older versions.
const WALLETS: u64 = 256;
/// The bytes of blobs for each MiB of it.
const BLOBS: u64 = 512 * 1024;
/// What a blob takes beside its bytes.
const AROUND: u64 = 96;
/// Wallets whose numbers differ by a multiple of this share a mark, which costs a look-up now and then.
const MARKS: usize = 65_536;

/// Wallets by key, and blobs by number.
#[derive(Debug)]
pub(super) struct Recent {
    wallets: Cache<[u8; 33], Kept>,
    blobs: Cache<u64, Arc<[u8]>, Length>,
    marks: Box<[AtomicU64]>,
}

#[derive(Debug, Clone)]
struct Kept {
    wallet: Arc<Wallet>,
    mark: u64,
}

#[derive(Debug, Clone)]
struct Length;

impl Weighter<u64, Arc<[u8]>> for Length {
    fn weight(&self, _: &u64, blob: &Arc<[u8]>) -> u64 {
        blob.len() as u64 + AROUND
    }
}

impl Recent {
    /// None yet; they are to take about half of so many MiB, and a quarter more.
    pub(super) fn new(cache_mib: u64) -> Self {
        let wallets = usize::try_from(cache_mib.saturating_mul(WALLETS)).unwrap_or(usize::MAX);
        let blobs = cache_mib.saturating_mul(BLOBS);
        Self {
            wallets: Cache::new(wallets),
            // the first number is only a guess
            blobs: Cache::with_weighter(wallets, blobs, Length),
            marks: (0..MARKS).map(|_| AtomicU64::new(0)).collect(),
        }
    }

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

    /// The bytes of this version: as kept, or as they stand in the tables.
    ///
    /// # Errors
    /// As [`Lookup::data`].
    pub(super) fn data(
        &self,
        tables: &Tables,
        version: &Version,
    ) -> Result<Option<Arc<[u8]>>, StoreError> {
        if let Some(kept) = self.blobs.get(&version.data) {
            return Ok(Some(kept));
        }
        let data: Option<Arc<[u8]>> = tables.data(version)?.map(Arc::from);
        if let Some(data) = &data {
            self.blobs.insert(version.data, Arc::clone(data));
        }
        Ok(data)
    }

    /// From now on what was read of these wallets before is not used. After the changes are written, and before what they replace is gone.
    pub(super) fn changed(&self, writes: &[Write]) {
        for write in writes {
            match (write.table, write.key.as_slice()) {
                (Table::Wallet, id) => {
                    if let Ok(id) = id.try_into() {
                        self.mark(WalletId::from_be_bytes(id))
                            .fetch_add(1, Ordering::Release);
                    }
                }
                (Table::Key, key) if write.value.is_none() => {
                    if let Ok(key) = <&[u8; 33]>::try_from(key) {
                        self.wallets.remove(key);
                    }
                }
                _ => {}
            }
        }
    }

    /// A blob is gone from the tables. Who was just reading it may put it back, but no wallet names it any more.
    pub(super) fn removed(&self, number: u64) {
        self.blobs.remove(&number);
    }

    fn mark(&self, id: WalletId) -> &AtomicU64 {
        &self.marks[(id % MARKS as u64) as usize]
    }
}
