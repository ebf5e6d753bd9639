//! The decisions of one commit, as far as they are made.

use std::cell::RefCell;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::journal::{Stock, Write};
use super::record::{self, Table, Version};
use super::sled::{CHUNK, Tables};
use super::{Decision, Lookup, StoreError, Transaction, Verdict};

/// A commit takes on no more decisions when its journal, or its data, has so many bytes.
const JOURNAL_BYTES: usize = 512 * 1024;
const DATA_BYTES: usize = 8 * 1024 * 1024;
/// What one decision may put beside data: with the above the journal stays in the file that sled syncs.
const DECISION_BYTES: usize = 1024 * 1024;

/// What a commit changes.
pub(super) struct Changes {
    pub(super) data: Vec<(Vec<u8>, Vec<u8>)>,
    pub(super) writes: Vec<Write>,
    pub(super) dropped: Vec<(u64, u32)>,
    pub(super) stock: Stock,
}

impl Changes {
    pub(super) fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.dropped.is_empty() && self.data.is_empty()
    }
}

/// What the decision that is being made has put so far.
#[derive(Default)]
struct Own {
    writes: Vec<Write>,
    /// What it has looked up, and will most often write anew.
    read: RefCell<Vec<Write>>,
    dropped: Vec<(u64, u32)>,
    data: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Own {
    fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.dropped.is_empty() && self.data.is_empty()
    }
}

/// The decisions of one commit.
pub(super) struct Draft<'a> {
    tables: &'a Tables,
    commit: u64,
    next: u64,
    /// Where the newest write of a key stands in `writes`.
    newest: HashMap<(Table, Vec<u8>), usize>,
    changes: Changes,
    own: Own,
    bytes: usize,
    data_bytes: usize,
}

impl<'a> Draft<'a> {
    pub(super) fn new(tables: &'a Tables, commit: u64, next: u64, stock: Stock) -> Self {
        Self {
            tables,
            commit,
            next,
            newest: HashMap::new(),
            changes: Changes {
                data: Vec::new(),
                writes: Vec::new(),
                dropped: Vec::new(),
                stock,
            },
            own: Own::default(),
            bytes: 0,
            data_bytes: 0,
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.bytes >= JOURNAL_BYTES || self.data_bytes >= DATA_BYTES
    }

    /// Makes one decision: all of what it puts is kept, or nothing. Without room, only what keeps nothing is done.
    ///
    /// # Errors
    /// If it cannot be kept; then nothing of it is.
    pub(super) fn make(
        &mut self,
        decision: Decision,
        room: Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.own = Own::default();
        let verdict = catch_unwind(AssertUnwindSafe(|| decision(self)));
        let own = std::mem::take(&mut self.own);
        match verdict {
            Ok(Verdict::Keep) if !own.is_empty() => room.and_then(|()| self.keep(own)),
            Ok(_) => Ok(()),
            Err(_) => Err(StoreError::Panicked),
        }
    }

    fn keep(&mut self, own: Own) -> Result<(), StoreError> {
        let mut stock = self.changes.stock;
        let mut bytes = 16 * own.dropped.len();
        let mut writes = Vec::with_capacity(own.writes.len());
        for write in own.writes {
            let Write { table, key, value } = &write;
            let old = match own
                .read
                .borrow_mut()
                .iter_mut()
                .find(|read| read.is_of(*table, key))
            {
                Some(read) => read.value.take(),
                None => self.before(*table, key)?,
            };
            if old == *value {
                continue;
            }
            if let Some(old) = old {
                stock.subtract(*table, key, &old);
            }
            if let Some(value) = value {
                stock.add(*table, key, value);
            }
            let length = value.as_ref().map_or(0, Vec::len);
            if length > CHUNK {
                return Err(StoreError::TooLarge(table.name()));
            }
            bytes += key.len() + length + 16;
            writes.push(write);
        }
        if bytes > DECISION_BYTES {
            return Err(StoreError::TooLarge("journal"));
        }
        self.bytes += bytes;
        self.data_bytes += own.data.iter().map(|(_, chunk)| chunk.len()).sum::<usize>();
        self.changes.stock = stock;
        self.changes.data.extend(own.data);
        self.changes.dropped.extend(own.dropped);
        for write in writes {
            let place = (write.table, write.key.clone());
            self.newest.insert(place, self.changes.writes.len());
            self.changes.writes.push(write);
        }
        Ok(())
    }

    /// What changes, and the next fresh number.
    pub(super) fn finish(self) -> (Changes, u64) {
        (self.changes, self.next)
    }

    /// What is under this key before the decision that is being made.
    fn before(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match self.newest.get(&(table, key.to_vec())) {
            Some(at) => Ok(self.changes.writes[*at].value.clone()),
            None => self.tables.bytes(table, key),
        }
    }

    fn write(&mut self, table: Table, key: &[u8], value: Option<Vec<u8>>) {
        let writes = &mut self.own.writes;
        match writes.iter_mut().find(|write| write.is_of(table, key)) {
            Some(write) => write.value = value,
            None => writes.push(Write {
                table,
                key: key.to_vec(),
                value,
            }),
        }
    }
}

impl Lookup for Draft<'_> {
    fn bytes(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let own = self.own.writes.iter().find(|write| write.is_of(table, key));
        if let Some(write) = own {
            return Ok(write.value.clone());
        }
        let value = self.before(table, key)?;
        self.own.read.borrow_mut().push(Write {
            table,
            key: key.to_vec(),
            value: value.clone(),
        });
        Ok(value)
    }

    fn data(&self, version: &Version) -> Result<Option<Vec<u8>>, StoreError> {
        match self.tables.data(version)? {
            Some(data) => Ok(Some(data)),
            None => Ok(Some(self.fresh_data(version.data)).filter(|data| !data.is_empty())),
        }
    }
}

impl Draft<'_> {
    /// The bytes of a blob that was put by a decision before this one, and is not in the tables yet.
    fn fresh_data(&self, number: u64) -> Vec<u8> {
        let prefix = number.to_be_bytes();
        let chunks = self
            .changes
            .data
            .iter()
            .filter(|(key, _)| key.starts_with(&prefix));
        chunks
            .flat_map(|(_, chunk)| chunk.iter().copied())
            .collect()
    }
}

impl Transaction for Draft<'_> {
    fn fresh(&mut self) -> u64 {
        self.next += 1;
        self.next - 1
    }

    fn commit(&self) -> u64 {
        self.commit
    }

    fn put(&mut self, table: Table, key: &[u8], value: Vec<u8>) {
        self.write(table, key, Some(value));
    }

    fn remove(&mut self, table: Table, key: &[u8]) {
        self.write(table, key, None);
    }

    fn put_data(&mut self, encrypted_data: &[u8]) -> u64 {
        let number = self.fresh();
        for (index, chunk) in (0..).zip(encrypted_data.chunks(CHUNK)) {
            self.own
                .data
                .push((record::chunk_key(number, index), chunk.to_vec()));
        }
        number
    }

    fn remove_data(&mut self, version: &Version) {
        let chunks = u32::try_from((version.bytes as usize).div_ceil(CHUNK)).unwrap_or(u32::MAX);
        self.own.dropped.push((version.data, chunks));
    }
}
