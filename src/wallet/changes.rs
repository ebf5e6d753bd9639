//! Telling those who want to know that a wallet was changed.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tokio::sync::broadcast;

use crate::clock::Time;
use crate::crypto::{BlobHash, PublicKey};

/// Who does not keep up with this many changes misses the oldest of them.
const KEPT: usize = 16;

/// What happened to a wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// A blob with this hash is stored.
    Saved(BlobHash),
    /// It is reached by another key now.
    Moved,
    /// It is gone.
    Deleted,
}

/// A change of a wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub happened: Happened,
    /// When.
    pub updated: Time,
    /// The commit that made it: two changes may be told of in another order than they were made.
    pub(super) commit: u64,
}

/// Those who listen to one key, and the last commit that they heard of.
#[derive(Debug)]
struct Listened {
    sender: broadcast::Sender<Change>,
    last: u64,
}

/// The changes of all wallets, by key.
#[derive(Debug, Default)]
pub struct Changes(Mutex<HashMap<PublicKey, Listened>>);

impl Changes {
    /// The changes of this key's wallet from now on.
    pub fn of(&self, key: &PublicKey) -> broadcast::Receiver<Change> {
        let mut listened = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listened
            .entry(*key)
            .or_insert_with(|| Listened {
                sender: broadcast::Sender::new(KEPT),
                last: 0,
            })
            .sender
            .subscribe()
    }

    /// Tells everybody who listens of a change, if there was one, unless they have heard of a later one. Not before it is durable.
    pub(super) fn announce(&self, key: &PublicKey, change: Option<Change>) {
        let mut listened = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (Some(change), Some(listeners)) = (change, listened.get_mut(key)) else {
            return;
        };
        if change.commit < listeners.last {
            return;
        }
        listeners.last = change.commit;
        let nobody = listeners.sender.send(change).is_err();
        if nobody || !matches!(change.happened, Happened::Saved(_)) {
            listened.remove(key);
        }
    }

    /// How many listen.
    pub fn listeners(&self) -> usize {
        let listened = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = listened
            .values()
            .map(|listeners| listeners.sender.receiver_count());
        counts.sum()
    }

    /// Forgets the keys to which nobody listens any more.
    pub fn forget_idle(&self) {
        let mut listened = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listened.retain(|_, listeners| listeners.sender.receiver_count() > 0);
        listened.shrink_to_fit();
    }
}
