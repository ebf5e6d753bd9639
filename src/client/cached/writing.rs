//! What is written is kept on the device first, and until the server has confirmed it.

use super::reading::is_out_of_reach;
use super::{CachedError, CachedWallet, Found, LastSeen, Pending};
use crate::client::error::ClientError;
use crate::client::federation::Signed;
use crate::client::wallet::{Head, Stored};
use crate::clock::{Clock, SystemClock};
use crate::crypto::{MAX_REVISION, open};
use crate::protocol::Name;

/// What a write came to.
#[derive(Debug)]
pub enum Written {
    /// The server has it.
    Stored(Stored),
    /// The device has it, and sends it with the next fetch.
    Kept {
        /// What is to be stored.
        head: Head,
        /// Why the server has not; none if it was not to be asked.
        because: Option<ClientError>,
    },
    /// The server had it already.
    Unchanged(Head),
}

impl CachedWallet {
    /// The wallet holds this plaintext in place of what the last fetch returned; or this device keeps it until the server can be asked.
    ///
    /// # Errors
    /// [`CachedError::Undecided`]; the server's refusal, of which nothing is kept.
    pub async fn save(&mut self, plaintext: &[u8]) -> Result<Written, CachedError> {
        match self.found.clone() {
            Found::Current(head) => self.write(plaintext, Some(head)).await,
            Found::Device => self.write(plaintext, None).await,
            Found::Nothing => Err(CachedError::NoCopy),
            Found::Undecided(..) | Found::Lost => Err(CachedError::Undecided),
        }
    }

    /// The wallet holds this plaintext in place of both contents that the last fetch returned; without one, what the server has.
    ///
    /// # Errors
    /// [`CachedError::NothingToDecide`]; as [`save`](Self::save).
    pub async fn choose(&mut self, plaintext: Option<&[u8]>) -> Result<Written, CachedError> {
        let Found::Undecided(theirs, went_back) = self.found.clone() else {
            return Err(CachedError::NothingToDecide);
        };
        match plaintext {
            Some(plaintext) => self.write(plaintext, Some(theirs)).await,
            // stored anew above all that this device saw, so that no device takes it for a server that went back
            None if went_back => {
                let blob = self.wallet.fetch_blob().await?;
                let opened = self.wallet.open(&blob.bytes)?;
                let head = Head {
                    local_hash: blob.local_hash,
                    revision: opened.revision,
                };
                // something else than the owner looked at
                if head != theirs {
                    return Err(CachedError::Undecided);
                }
                self.write(&opened.plaintext, Some(head)).await
            }
            None => {
                self.cache.pending = None;
                self.keep()?;
                self.found = Found::Current(theirs);
                Ok(Written::Unchanged(theirs))
            }
        }
    }

    /// Keeps it, and sends it in place of `original` if there is one.
    async fn write(
        &mut self,
        plaintext: &[u8],
        original: Option<Head>,
    ) -> Result<Written, CachedError> {
        if original.is_none() && self.keep.is_none() {
            return Err(CachedError::NoCopy);
        }
        let before = self.cache.pending.clone();
        // whoever changes it has seen these
        let mut made_from: Vec<_> = original.map(|head| head.local_hash).into_iter().collect();
        match &before {
            Some(before) => {
                made_from.push(before.blob.head().local_hash);
                made_from.extend(&before.made_from);
            }
            None if original.is_none() => {
                made_from.extend(self.cache.head().map(|head| head.local_hash));
            }
            None => {}
        }
        let revision = self.next(original)?;
        let blob = Signed::seal(self.wallet.keys(), revision, plaintext)?;
        let head = blob.head();
        let since = SystemClock.now();
        self.cache.pending = Some(Pending {
            blob,
            made_from,
            since,
        });
        if let Err(error) = self.keep() {
            self.cache.pending = before;
            return Err(error);
        }
        let Some(original) = original else {
            let because = None;
            return Ok(Written::Kept { head, because });
        };
        match self.send(original).await {
            Ok(stored) => Ok(Written::Stored(stored)),
            Err(CachedError::Client(error)) if self.keep.is_some() && may_come(&error) => {
                let because = Some(error);
                Ok(Written::Kept { head, because })
            }
            Err(error) => {
                self.cache.pending = before;
                // why it was refused matters more than that it may be sent once more
                let _ = self.keep();
                Err(error)
            }
        }
    }

    /// The pending change is what the server has, in place of this.
    pub(super) async fn send(&mut self, original: Head) -> Result<Stored, CachedError> {
        let pending = self.cache.pending.as_mut().ok_or(CachedError::NoCopy)?;
        let keys = self.wallet.keys();
        // what a disk has spoiled does not go to other devices
        let opened = open(keys, pending.blob.bytes()).map_err(|_| CachedError::Damaged)?;
        if pending.blob.head().revision <= original.revision {
            let revision = after(original.revision)?;
            // the bytes that were said before may be stored all the same
            pending.made_from.push(pending.blob.head().local_hash);
            pending.blob = Signed::seal(keys, revision, &opened.plaintext)?;
            self.keep()?;
        }
        let pending = self.cache.pending.as_ref().ok_or(CachedError::NoCopy)?;
        let blob = pending.blob.clone();
        let saved = self
            .wallet
            .save_blob(blob.bytes(), Some(&original.local_hash))
            .await?;
        let head = blob.head();
        self.cache.newest = Some(LastSeen {
            blob,
            updated: saved.updated.clone(),
            asked: SystemClock.now(),
        });
        self.cache.pending = None;
        self.found = Found::Current(head);
        // it is stored: who looks again finds that
        let _ = self.keep();
        Ok(Stored {
            head,
            updated: saved.updated,
        })
    }

    /// The revision above all that this device knows.
    pub(super) fn next(&self, original: Option<Head>) -> Result<u64, CachedError> {
        let pending = self.cache.pending.as_ref();
        let known = [
            self.cache.head(),
            original,
            pending.map(|pending| pending.blob.head()),
        ];
        let known = known.into_iter().flatten().map(|head| head.revision);
        Ok(after(known.max().unwrap_or(0))?)
    }
}

fn after(revision: u64) -> Result<u64, ClientError> {
    match revision {
        MAX_REVISION.. => Err(ClientError::RevisionsUsedUp),
        highest => Ok(highest + 1),
    }
}

/// Whether the change can still be stored, now or after a decision of the owner's, or may be stored already.
fn may_come(error: &ClientError) -> bool {
    is_out_of_reach(error)
        || error.server_error() == Some(Name::Conflict)
        || matches!(error, ClientError::WrongAnswer { .. })
}
