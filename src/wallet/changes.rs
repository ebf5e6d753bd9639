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
}

/// The changes of all wallets, by key.
#[derive(Debug, Default)]
pub struct Changes(Mutex<HashMap<PublicKey, broadcast::Sender<Change>>>);

impl Changes {
    /// The changes of this key's wallet from now on.
    pub fn of(&self, key: &PublicKey) -> broadcast::Receiver<Change> {
        let mut listened = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listened
            .entry(*key)
            .or_insert_with(|| broadcast::Sender::new(KEPT))
            .subscribe()
    }

    /// Tells everybody who listens. Not before the change is durable.
    pub(super) fn announce(&self, key: &PublicKey, change: Change) {
        let mut listened = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = listened.get(key)
            && (sender.send(change).is_err() || !matches!(change.happened, Happened::Saved(_)))
        {
            listened.remove(key);
        }
    }

    /// Forgets the keys to which nobody listens any more.
    pub fn forget_idle(&self) {
        let mut listened = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listened.retain(|_, sender| sender.receiver_count() > 0);
        listened.shrink_to_fit();
    }
}
