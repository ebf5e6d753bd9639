//! What a wallet holds: asked of the server, and set beside what the device has.

use super::{Beside, CachedError, CachedWallet, Found, LastSeen, Standing, Unsent, View, Why};
use crate::client::entries::Entries;
use crate::client::error::ClientError;
use crate::client::federation::{Content, Signed};
use crate::client::wallet::{Blob, Head, Version};
use crate::clock::{Clock, SystemClock};
use crate::crypto::{Form, open};
use crate::protocol::Name;

/// How far above what a device saw a revision may be that nobody vouches for, as for a server (PROTOCOL.md, section 4).
const LEAP: u64 = 1 << 40;
/// How often another device may be faster before it is given up.
const ROUNDS: usize = 3;

impl CachedWallet {
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
    /// As [`Wallet::fetch`](crate::client::Wallet::fetch), but for a server that is out of reach while this device has a copy, for one that lost it, and for one that went
    /// back, which are a [`Standing`]; [`CachedError::CannotKeep`].
    pub async fn fetch(&mut self) -> Result<View, CachedError> {
        for _ in 0..ROUNDS {
            let theirs = match self.ask().await {
                Ok(theirs) => theirs,
                Err(error) if is_out_of_reach(&error) && self.has_copy() => {
                    return self.of_device(Standing::OutOfReach(error));
                }
                Err(error) if error.is_loss() && self.has_copy() => return self.lost(error).await,
                Err(error) => return Err(error.into()),
            };
            let head = theirs.blob.head();
            match self.cache.beside(head) {
                Beside::Unsent => {}
                Beside::Arrived => {
                    self.cache.pending = None;
                    return self.compared(theirs).await.map(View::sent);
                }
                _ => return self.compared(theirs).await,
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
        self.compared(theirs).await
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
    async fn compared(&mut self, theirs: LastSeen) -> Result<View, CachedError> {
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
            _ if self.is_in(&theirs).await? => {
                self.cache.pending = None;
                let _ = self.keep();
                self.current().map(View::sent)
            }
            _ => self.undecided(Why::Changed, theirs),
        }
    }

    /// Whether nothing of this device's change is lost with it: the server has the same, or has all of its entries, and lists it among the
    /// versions that were before, so that it was stored, its answer lost, and another device went on from it.
    async fn is_in(&self, theirs: &LastSeen) -> Result<bool, CachedError> {
        let Some(pending) = &self.cache.pending else {
            return Ok(false);
        };
        let (mine, stored) = (
            self.content(&pending.blob, false)?.plaintext,
            self.content(&theirs.blob, true)?.plaintext,
        );
        if mine == stored {
            return Ok(true);
        }
        let (made, is) = (pending.blob.head(), theirs.blob.head());
        // a server may list what it likes: its word alone gives nothing up
        if is.revision <= made.revision || !has_all(&stored, &mine) {
            return Ok(false);
        }
        let is_it = |version: &Version| version.local_hash == made.local_hash;
        let versions = self.wallet.versions().await;
        Ok(versions.is_ok_and(|versions| versions.iter().any(is_it)))
    }

    /// The server has nothing that opens, where it had something.
    async fn lost(&mut self, error: ClientError) -> Result<View, CachedError> {
        let found = match error {
            ClientError::Tampered { .. } | ClientError::NotSealed { .. } => {
                let blob = self.wallet.fetch_blob().await?;
                let form = Form::of(&blob.bytes).ok();
                let seen = self.cache.head().map_or(0, |head| head.revision);
                // nobody vouches for it: a server takes no higher one either
                let claimed = form.and_then(Form::revision);
                let claimed = claimed.filter(|it| *it <= seen.saturating_add(LEAP));
                let theirs = Head {
                    local_hash: blob.local_hash,
                    revision: claimed.unwrap_or(seen),
                };
                Found::Undecided(theirs, true)
            }
            _ => Found::Lost,
        };
        let view = self.of_device(Standing::Lost(error))?;
        self.found = found;
        Ok(view)
    }

    /// The server has what this device has.
    pub(super) fn current(&mut self) -> Result<View, CachedError> {
        let newest = self.cache.newest.clone().ok_or(CachedError::NoCopy)?;
        self.found = Found::Current(newest.blob.head());
        self.view(&newest, Standing::Current, true)
    }

    fn of_device(&mut self, standing: Standing) -> Result<View, CachedError> {
        self.found = Found::Device;
        let newest = self.cache.newest.clone();
        match (&self.cache.pending, newest) {
            (Some(pending), newest) => Ok(View {
                content: self.content(&pending.blob, false)?,
                updated: None,
                asked: newest.map_or(pending.since, |newest| newest.asked),
                standing,
                unsent: self.unsent(),
                sent: false,
            }),
            (None, Some(newest)) => self.view(&newest, standing, false),
            (None, None) => Err(CachedError::NoCopy),
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
}

/// Whether these entries have all of those, as they are or changed later.
fn has_all(these: &[u8], those: &[u8]) -> bool {
    let entries = |plaintext: &[u8]| Entries::from_plaintext(plaintext).ok();
    let (Some(these), Some(those)) = (entries(these), entries(those)) else {
        return false;
    };
    those.list().iter().all(|one| {
        let found = these.get(&one.id);
        found.is_some_and(|found| found == one || found.updated > one.updated)
    })
}

/// Whether the server did not say anything of the wallet, so that what a device has is all there is to show.
pub(super) fn is_out_of_reach(error: &ClientError) -> bool {
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
