//! How many wallets open with a pin, as operators are told.

use std::collections::HashSet;

use crate::store::archive::Frame;
use crate::store::{Store, StoreError, Table};

/// So many are counted at a start, which is to be quick.
const MOST: usize = 10_000;

/// Counts those that go into an archive, or come out of one: of two frames for one the later counts.
#[derive(Default)]
pub(super) struct Counted(HashSet<[u8; 8]>);

impl Counted {
    pub(super) fn look(&mut self, frame: &Frame) {
        let (Frame::Put(table, key, _) | Frame::Remove(table, key)) = frame else {
            return;
        };
        // keys are keyed hashes: their beginnings are as good, and shorter
        let (Table::Pin, Some(beginning)) = (table, key.first_chunk()) else {
            return;
        };
        match frame {
            Frame::Remove(..) => self.0.remove(beginning),
            _ => self.0.insert(*beginning),
        };
    }

    pub(super) fn number(&self) -> usize {
        self.0.len()
    }
}

/// `, 17 with a pin`; nothing if there is none.
pub(super) fn in_store(store: &dyn Store) -> Result<String, StoreError> {
    Ok(match store.keys(Table::Pin, None, MOST)?.len() {
        0 => String::new(),
        MOST => format!(", {MOST} or more with a pin"),
        some => format!(", {some} with a pin"),
    })
}
