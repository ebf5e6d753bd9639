//! A wallet on one server, of which a device keeps a copy: read without the server, changed without it, and never behind what the device saw.
//!
//! - What [`fetch`](CachedWallet::fetch) transfers is what changed; while the server is out of reach, what the device has takes its place, and the
//!   result says so.
//! - A change that could not be stored is kept, and sent by the next fetch, if the server still has what it was made from.
//! - A server that has something else, or less than it had, is not believed and not overwritten: both sides are in the result, and
//!   [`choose`](CachedWallet::choose) settles it.

mod cache;
mod reading;
mod recovery;
mod view;
mod writing;

#[cfg(test)]
mod tests;

use std::fmt;

pub use cache::{Beside, Cache, LastSeen, Pending, Spoiled};
pub use view::{Standing, Unsent, View, Why};
pub use writing::Written;

use super::error::ClientError;
use super::wallet::{Head, Wallet};
use crate::crypto::{BlobHash, CannotSeal};

/// Writes down what a device keeps of a wallet; nothing of it is kept from now on if it is given `None`.
pub type KeepCache = Box<dyn Fn(Option<&Cache>) -> Result<(), String> + Send + Sync>;

/// The wallet of some keys on one server, together with what this device keeps of it.
pub struct CachedWallet {
    wallet: Wallet,
    cache: Cache,
    keep: Option<KeepCache>,
    /// What the last look came to: the base of the next write.
    found: Found,
    /// What the server had when the owner looked before.
    shown_before: Option<BlobHash>,
}

/// What the last look came to.
#[derive(Debug, Clone, PartialEq)]
enum Found {
    /// Nobody looked.
    Nothing,
    /// The server has this, and all that the device has is in it.
    Current(Head),
    /// The server was not reached.
    Device,
    /// The server has this, and the device has something else.
    Undecided(Head, bool),
    /// The server has none.
    Lost,
}

/// Why something did not come about with a wallet of which a device keeps a copy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CachedError {
    /// What the call came to.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// There are two contents, of which the owner has to choose one before anything else is stored.
    #[error("there are two contents of this wallet: choose one of them first")]
    Undecided,
    /// There is one content only.
    #[error("there is nothing to decide: the server has all that this device has")]
    NothingToDecide,
    /// What a device has to keep could not be written down, so nothing was sent.
    #[error("this device cannot keep what it does ({0}), so nothing was sent")]
    CannotKeep(String),
    /// The server was not to be asked, and the device has no copy.
    #[error("this device has no copy of this wallet")]
    NoCopy,
    /// What this device kept does not open.
    #[error("the copy on this device is damaged: it does not open")]
    Damaged,
    /// Nothing was sealed.
    #[error(transparent)]
    CannotSeal(#[from] CannotSeal),
}

impl CachedWallet {
    /// The wallet, as far as this device keeps it. Nothing is sent.
    ///
    /// `keep` is given the cache whenever it has changed; without one nothing is kept, and what cannot be sent is an error.
    pub fn new(wallet: Wallet, cache: Option<Cache>, keep: Option<KeepCache>) -> Self {
        let server = wallet.client().server_name();
        let own = cache.filter(|cache| cache.is_of(server, wallet.public_key()));
        let cache = own.unwrap_or_else(|| Cache::empty(server, *wallet.public_key()));
        Self {
            shown_before: cache.shown,
            cache,
            keep,
            found: Found::Nothing,
            wallet,
        }
    }

    /// The wallet itself.
    pub fn wallet(&self) -> &Wallet {
        &self.wallet
    }

    /// What this device keeps of it.
    pub fn cache(&self) -> &Cache {
        &self.cache
    }

    /// The owner is shown what the server has beside this device's content, as the last fetch found it.
    pub fn shows(&mut self) {
        if let Found::Undecided(theirs, _) = self.found {
            self.cache.shown = Some(theirs.local_hash);
            // without it the owner looks once more
            let _ = self.keep();
        }
    }

    /// Whether what the server has beside this device's content [was shown](Self::shows) to the owner in an earlier run: what
    /// [`choose`](Self::choose) replaces then is not more than that.
    pub fn was_shown(&self) -> bool {
        matches!(self.found, Found::Undecided(theirs, _) if self.shown_before == Some(theirs.local_hash))
    }

    /// Whether this device has something to show instead of the server.
    fn has_copy(&self) -> bool {
        self.keep.is_some() && (self.cache.newest.is_some() || self.cache.pending.is_some())
    }

    fn keep(&self) -> Result<(), CachedError> {
        let keep = self.keep.as_ref();
        keep.map_or(Ok(()), |keep| keep(Some(&self.cache)))
            .map_err(CachedError::CannotKeep)
    }

    /// Nothing of the wallet is kept on this device any more.
    ///
    /// # Errors
    /// [`CachedError::CannotKeep`].
    pub fn forget(&mut self) -> Result<(), CachedError> {
        self.cache = Cache::empty(&self.cache.server, self.cache.publickey);
        self.found = Found::Nothing;
        let keep = self.keep.as_ref();
        keep.map_or(Ok(()), |keep| keep(None))
            .map_err(CachedError::CannotKeep)
    }
}

/// Without keys and contents.
impl fmt::Debug for CachedWallet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedWallet")
            .field("server", &self.cache.server)
            .field("found", &self.found)
            .finish_non_exhaustive()
    }
}
