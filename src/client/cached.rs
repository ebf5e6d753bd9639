//! A wallet on one server, of which a device keeps a copy: read without the server, changed without it, and never behind what the device saw.
//!
//! - What [`fetch`](CachedWallet::fetch) transfers is what changed; while the server is out of reach, what the device has takes its place, and the
//!   result says so.
//! - A change that could not be stored is kept, and sent by the next fetch, if the server still has what it was made from.
//! - A server that has something else, or less than it had, is not believed and not overwritten: both sides are in the result, and
//!   [`choose`](CachedWallet::choose) settles it.

mod cache;
mod recovery;
mod view;
mod writing;

#[cfg(test)]
mod tests;

use std::fmt;

pub use cache::{Beside, Cache, LastSeen, Pending};
pub use view::{Standing, Unsent, View, Why};
pub use writing::Written;

use super::error::ClientError;
use super::federation::{Content, Signed};
use super::wallet::{Blob, Head, Wallet};
use crate::clock::{Clock, SystemClock};
use crate::crypto::{CannotSeal, open};
use crate::protocol::Name;

/// Writes down what a device keeps of a wallet; nothing of it is kept from now on if it is given `None`.
pub type KeepCache = Box<dyn Fn(Option<&Cache>) -> Result<(), String> + Send + Sync>;

/// The wallet of some keys on one server, together with what this device keeps of it.
pub struct CachedWallet {
    wallet: Wallet,
    cache: Cache,
    keep: Option<KeepCache>,
    /// What the last look came to: the base of the next write.
    found: Found,
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

/// How often another device may be faster before it is given up.
const ROUNDS: usize = 3;

impl CachedWallet {
    /// The wallet, as far as this device keeps it. Nothing is sent.
    ///
    /// `keep` is given the cache whenever it has changed; without one nothing is kept, and what cannot be sent is an error.
    pub fn new(wallet: Wallet, cache: Option<Cache>, keep: Option<KeepCache>) -> Self {
        let server = wallet.client().server_name();
        let own = cache.filter(|cache| cache.is_of(server, wallet.public_key()));
        Self {
            cache: own.unwrap_or_else(|| Cache::empty(server, *wallet.public_key())),
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

    /// What this device has of it, its own change included. Nothing is sent.
    ///
    /// # Errors
    /// [`CachedError::NoCopy`], [`CachedError::Damaged`].
    pub fn offline(&mut self) -> Result<View, CachedError> {
        self.of_device(Standing::Offline)
    }

    /// What the wallet holds. A change that could not be stored before is sent, if the server has what it was made from.
    ///
    /// # Errors
    /// As [`Wallet::fetch`], but for a server that is out of reach while this device has a copy, and for one that went back, which are
    /// a [`Standing`]; [`CachedError::CannotKeep`].
    pub async fn fetch(&mut self) -> Result<View, CachedError> {
        for _ in 0..ROUNDS {
            let theirs = match self.ask().await {
                Ok(theirs) => theirs,
                Err(error) if is_out_of_reach(&error) && self.has_copy() => {
                    return self.of_device(Standing::OutOfReach(error));
                }
                Err(error) => return Err(error.into()),
            };
            let head = theirs.blob.head();
            match self.cache.beside(head) {
                Beside::Unsent => {}
                Beside::Arrived => {
                    self.cache.pending = None;
                    return self.compared(theirs).map(View::sent);
                }
                _ => return self.compared(theirs),
            }
            match self.send(head).await {
                Ok(_) => return self.current().map(View::sent),
                Err(CachedError::Client(error)) if is_out_of_reach(&error) => {
                    return self.of_device(Standing::OutOfReach(error));
                }
                // another device was faster
                Err(CachedError::Client(error)) if error.server_error() == Some(Name::Conflict) => {
                }
                Err(CachedError::Client(error)) => {
                    if self
                        .cache
                        .head()
                        .is_none_or(|seen| seen.revision < head.revision)
                    {
                        self.cache.newest = Some(theirs.clone());
                    }
                    return self.undecided(Why::Refused(error), theirs);
                }
                Err(error) => return Err(error),
            }
        }
        let theirs = self.ask().await?;
        self.compared(theirs)
    }

    /// What the server has; it is transferred only if the device does not have it.
    async fn ask(&self) -> Result<LastSeen, ClientError> {
        let known = self.cache.newest.as_ref();
        let hash = known.map(|known| known.blob.head().local_hash);
        let blob = match (self.wallet.fetch_blob_newer(hash.as_ref()).await?, known) {
            (None, Some(known)) => {
                return Ok(LastSeen {
                    asked: SystemClock.now(),
                    ..known.clone()
                });
            }
            (None, None) => self.wallet.fetch_blob().await?,
            (Some(blob), _) => blob,
        };
        self.opened(blob)
    }

    fn opened(&self, blob: Blob) -> Result<LastSeen, ClientError> {
        let revision = self.wallet.open(&blob.bytes)?.revision;
        Ok(LastSeen {
            blob: Signed::of(self.wallet.keys(), blob.bytes, revision),
            updated: blob.updated,
            asked: SystemClock.now(),
        })
    }

    /// What the server has, beside what this device has.
    fn compared(&mut self, theirs: LastSeen) -> Result<View, CachedError> {
        let beside = self.cache.beside(theirs.blob.head());
        if beside == Beside::WentBack {
            let why = Why::RolledBack {
                server: self.cache.server.clone(),
                revision: theirs.blob.head().revision,
                seen: self.cache.head().map_or(0, |seen| seen.revision),
            };
            return self.undecided(why, theirs);
        }
        self.cache.newest = Some(theirs.clone());
        // that it was written down is needed by nobody who only reads
        let _ = self.keep();
        match beside {
            Beside::Well => self.current(),
            _ => self.undecided(Why::Changed, theirs),
        }
    }

    /// The server has what this device has.
    fn current(&mut self) -> Result<View, CachedError> {
        let newest = self.cache.newest.clone().ok_or(CachedError::NoCopy)?;
        self.found = Found::Current(newest.blob.head());
        self.view(&newest, Standing::Current, true)
    }

    fn of_device(&mut self, standing: Standing) -> Result<View, CachedError> {
        self.found = Found::Device;
        let newest = self.cache.newest.clone().ok_or(CachedError::NoCopy)?;
        match &self.cache.pending {
            Some(pending) => Ok(View {
                content: self.content(&pending.blob, false)?,
                updated: None,
                asked: newest.asked,
                standing,
                unsent: self.unsent(),
                sent: false,
            }),
            None => self.view(&newest, standing, false),
        }
    }

    fn unsent(&self) -> Option<Unsent> {
        let pending = self.cache.pending.as_ref()?;
        Some(Unsent {
            since: pending.since,
            divided: self.cache.is_divided(),
        })
    }

    /// Two contents: of a server that went back the device's comes first, else the server's.
    fn undecided(&mut self, why: Why, theirs: LastSeen) -> Result<View, CachedError> {
        let went_back = matches!(why, Why::RolledBack { .. });
        self.found = Found::Undecided(theirs.blob.head(), went_back);
        let of_server = self.content(&theirs.blob, true)?;
        let pending = self.cache.pending.as_ref().map(|pending| &pending.blob);
        let newest = self.cache.newest.as_ref();
        let blob = pending.or(newest.map(|newest| &newest.blob));
        let of_device = self.content(blob.ok_or(CachedError::NoCopy)?, false)?;
        let (content, other) = match went_back {
            true => (of_device, of_server),
            false => (of_server, of_device),
        };
        let stored = match went_back {
            true if content.is_pending => None,
            true => newest.map(|newest| newest.updated.clone()),
            false => Some(theirs.updated),
        };
        Ok(View {
            unsent: self.unsent().filter(|_| content.is_pending),
            content,
            updated: stored,
            asked: theirs.asked,
            standing: Standing::Undecided(why, Box::new(other)),
            sent: false,
        })
    }

    fn view(
        &self,
        newest: &LastSeen,
        standing: Standing,
        on_server: bool,
    ) -> Result<View, CachedError> {
        Ok(View {
            content: self.content(&newest.blob, on_server)?,
            updated: Some(newest.updated.clone()),
            asked: newest.asked,
            standing,
            unsent: None,
            sent: false,
        })
    }

    fn content(&self, blob: &Signed, on_server: bool) -> Result<Content, CachedError> {
        let opened = open(self.wallet.keys(), blob.bytes()).map_err(|_| CachedError::Damaged)?;
        let pending = self.cache.pending.as_ref();
        Ok(Content {
            head: blob.head(),
            plaintext: opened.plaintext,
            servers: on_server
                .then(|| self.cache.server.clone())
                .into_iter()
                .collect(),
            is_pending: pending.is_some_and(|pending| pending.blob == *blob),
        })
    }

    /// Whether this device has something to show instead of the server.
    fn has_copy(&self) -> bool {
        self.keep.is_some() && self.cache.newest.is_some()
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

/// Whether the server did not say anything of the wallet, so that what a device has is all there is to show.
fn is_out_of_reach(error: &ClientError) -> bool {
    match error {
        ClientError::Transport { .. }
        | ClientError::Timeout { .. }
        | ClientError::Unreadable { .. } => true,
        ClientError::HttpStatus { status, .. } => *status != 413,
        ClientError::Server { name, .. } => matches!(
            name,
            Name::Internal | Name::StoreUnavailable | Name::RateLimited
        ),
        _ => false,
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
