//! The one writer.
//!
//! Decisions that wait are made one after the other; then all that they put is written, synced and answered together.
//! What makes a commit whole is its journal: new data is written first, then one value that says everything else, then that everything.
//! sled's log keeps the order, so a crash leaves either no journal, and nothing of the commit but data that nobody
//! names, or the journal, from which [`Journal::apply`] does the rest when the store is opened.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tokio::sync::{oneshot, watch};

use super::commits::Commits;
use super::layout::Folder;
use super::record::{self, Statistics, Table, Version, WalletId};
use super::sled::{CHUNK, Tables};
use super::space::Space;
use super::{Decision, Lookup, StoreError, Transaction, Verdict};

const WAITING: usize = 1024;
const DECISIONS: usize = 256;
const JOURNAL_BYTES: usize = 512 * 1024;
const DATA_BYTES: usize = 8 * 1024 * 1024;
const STUCK: Duration = Duration::from_secs(60);

type Answer = oneshot::Sender<Result<(), StoreError>>;

/// What the writer is asked to do.
pub(super) enum Message {
    Decide(Decision, Answer),
    Statistics(Vec<(WalletId, Statistics)>, Answer),
    Close(Answer),
}

/// What writer and readers both see.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) tables: Tables,
    pub(super) durable: AtomicU64,
    pub(super) settled: watch::Sender<u64>,
    pub(super) wallets: AtomicU64,
    pub(super) probes: AtomicU64,
}

impl Shared {
    pub(super) fn new(tables: Tables, journal: &Journal) -> Self {
        Self {
            tables,
            durable: AtomicU64::new(journal.commit),
            settled: watch::Sender::new(journal.commit),
            wallets: AtomicU64::new(journal.wallets),
            probes: AtomicU64::new(1),
        }
    }
}

type Write = (Table, Vec<u8>, Option<Vec<u8>>);

/// Everything that a commit changes, but for the data of new blobs.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Journal {
    pub(super) commit: u64,
    /// The next fresh number.
    pub(super) next: u64,
    pub(super) wallets: u64,
    writes: Vec<Write>,
}

impl Journal {
    pub(super) const KEY: &'static [u8] = b"last";

    /// Writes what it says; doing so again changes nothing.
    pub(super) fn apply(&self, tables: &Tables) -> sled::Result<()> {
        for (table, key, value) in &self.writes {
            match value {
                Some(value) => tables
                    .of(*table)
                    .insert(key, record::seal(*table, key, value.clone()))?,
                None => tables.of(*table).remove(key)?,
            };
        }
        Ok(())
    }
}

/// The way to the writer.
#[derive(Debug)]
pub(super) struct Committer {
    sender: SyncSender<Message>,
}

impl Committer {
    /// Starts the writer, and a watchdog that ends the process if the writer hangs in sled.
    pub(super) fn start(
        shared: Arc<Shared>,
        db: sled::Db,
        folder: Folder,
        commits: Commits,
        space: Space,
        journal: &Journal,
    ) -> std::io::Result<Self> {
        let (sender, receiver) = sync_channel(WAITING);
        let busy_since = Arc::new(AtomicU64::new(0));
        let started = Instant::now();
        let watched = Arc::downgrade(&busy_since);
        std::thread::Builder::new()
            .name("store-watchdog".into())
            .spawn(move || {
                while let Some(busy_since) = watched.upgrade() {
                    let since = busy_since.load(Ordering::Relaxed);
                    drop(busy_since);
                    let now = started.elapsed().as_millis() as u64;
                    if since != 0 && now.saturating_sub(since) > STUCK.as_millis() as u64 {
                        stop("the store's writer hangs", &"no progress for a minute");
                    }
                    std::thread::sleep(Duration::from_secs(1));
                }
            })?;
        let mut writer = Writer {
            db,
            commits,
            space,
            commit: journal.commit,
            next: journal.next,
            shared,
            busy_since,
            started,
            _folder: folder,
        };
        std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || writer.run(&receiver))?;
        Ok(Self { sender })
    }

    pub(super) fn send(&self, message: Message) -> Result<(), StoreError> {
        self.sender.try_send(message).map_err(|error| match error {
            TrySendError::Full(_) => StoreError::Busy,
            TrySendError::Disconnected(_) => StoreError::Closed,
        })
    }
}

struct Writer {
    db: sled::Db,
    commits: Commits,
    space: Space,
    commit: u64,
    next: u64,
    shared: Arc<Shared>,
    busy_since: Arc<AtomicU64>,
    started: Instant,
    _folder: Folder,
}

impl Writer {
    fn run(&mut self, receiver: &Receiver<Message>) {
        while let Ok(first) = receiver.recv() {
            let now = self.started.elapsed().as_millis() as u64;
            self.busy_since.store(now.max(1), Ordering::Relaxed);
            let closed = self.commit(first, receiver);
            self.busy_since.store(0, Ordering::Relaxed);
            if let Some(closed) = closed {
                let _ = closed.send(Ok(()));
                return;
            }
        }
    }

    /// Makes the decisions that wait, and returns whom to tell if one of them was to close.
    fn commit(&mut self, first: Message, receiver: &Receiver<Message>) -> Option<Answer> {
        let mut draft = Draft::new(&self.shared.tables, self.commit + 1, self.next);
        let mut answers = Vec::new();
        let mut statistics = Vec::new();
        let mut closing = None;
        let mut next = Some(first);
        while let Some(message) = next.take() {
            let room = self.space.check();
            match (message, room) {
                (Message::Close(answer), _) => closing = Some(answer),
                (Message::Decide(_, answer) | Message::Statistics(_, answer), Err(full)) => {
                    let _ = answer.send(Err(full));
                }
                (Message::Decide(decision, answer), Ok(())) => {
                    draft.make(decision);
                    answers.push(answer);
                }
                (Message::Statistics(more, answer), Ok(())) => {
                    statistics.extend(more);
                    answers.push(answer);
                }
            }
            if closing.is_none() && answers.len() < DECISIONS && !draft.is_full() {
                next = receiver.try_recv().ok();
            }
        }
        let (changes, next_number) = draft.finish();
        self.next = next_number;
        if let Some(changes) = changes {
            self.write(changes);
        }
        self.write_statistics(&statistics);
        for answer in answers {
            let _ = answer.send(Ok(()));
        }
        closing
    }

    fn write(&mut self, changes: Changes) {
        let tables = &self.shared.tables;
        let mut written = 0;
        for (key, chunk) in changes.data {
            written += chunk.len() as u64;
            let stored = record::seal(Table::Data, &key, chunk);
            or_stop(tables.of(Table::Data).insert(key, stored));
        }
        self.commit += 1;
        let wallets = self.shared.wallets.load(Ordering::Relaxed);
        let journal = Journal {
            commit: self.commit,
            next: self.next,
            wallets: wallets.saturating_add_signed(changes.wallets),
            writes: changes.writes,
        };
        let encoded = record::encode(&journal);
        written += 2 * encoded.len() as u64;
        let stored = record::seal(Table::Journal, Journal::KEY, encoded);
        or_stop(tables.of(Table::Journal).insert(Journal::KEY, stored));
        or_stop(journal.apply(tables));
        or_stop(self.db.flush());
        or_stop(self.commits.write(self.commit));
        self.space.used(written);
        self.shared
            .wallets
            .store(journal.wallets, Ordering::Relaxed);
        self.shared.durable.store(self.commit, Ordering::Release);
        self.shared.settled.send_replace(self.commit);
    }

    /// Outside the journal: they may be lost, and must not come back for a wallet that is gone.
    fn write_statistics(&self, statistics: &[(WalletId, Statistics)]) {
        let tables = &self.shared.tables;
        if statistics.is_empty() {
            return;
        }
        for (id, statistics) in statistics {
            let key = id.to_be_bytes();
            if or_stop(tables.of(Table::Wallet).contains_key(key)) {
                let stored = record::seal(Table::Statistics, &key, record::encode(statistics));
                or_stop(tables.of(Table::Statistics).insert(key, stored));
            }
        }
        or_stop(self.db.flush());
    }
}

/// After a failed write or sync nobody knows what is on the disk: nothing is answered any more, and the next start finds out.
fn or_stop<T, E: std::fmt::Display>(result: Result<T, E>) -> T {
    result.unwrap_or_else(|error| stop("the store failed while writing", &error))
}

fn stop(what: &str, error: &dyn std::fmt::Display) -> ! {
    tracing::error!(%error, "{what}; the server stops, so that nothing is acknowledged that is not stored. Look at the disk, then start it again");
    std::process::abort()
}

struct Changes {
    data: Vec<(Vec<u8>, Vec<u8>)>,
    writes: Vec<Write>,
    wallets: i64,
}

/// The decisions of one commit, as far as they are made.
struct Draft<'a> {
    tables: &'a Tables,
    commit: u64,
    next: u64,
    /// Where the newest write of a key stands in `writes`.
    newest: HashMap<(Table, Vec<u8>), usize>,
    writes: Vec<Write>,
    /// What the decision that is being made has put so far.
    own: Vec<Write>,
    data: Vec<(Vec<u8>, Vec<u8>)>,
    bytes: usize,
    data_bytes: usize,
    wallets: i64,
}

impl<'a> Draft<'a> {
    fn new(tables: &'a Tables, commit: u64, next: u64) -> Self {
        Self {
            tables,
            commit,
            next,
            newest: HashMap::new(),
            writes: Vec::new(),
            own: Vec::new(),
            data: Vec::new(),
            bytes: 0,
            data_bytes: 0,
            wallets: 0,
        }
    }

    fn is_full(&self) -> bool {
        self.bytes >= JOURNAL_BYTES || self.data_bytes >= DATA_BYTES
    }

    /// Makes one decision: all of what it puts is kept, or nothing.
    fn make(&mut self, decision: Decision) {
        let (data, wallets) = (self.data.len(), self.wallets);
        let verdict = catch_unwind(AssertUnwindSafe(|| decision(self)));
        let own = std::mem::take(&mut self.own);
        if !matches!(verdict, Ok(Verdict::Keep)) {
            self.data.truncate(data);
            self.wallets = wallets;
            return;
        }
        for write in own {
            self.newest
                .insert((write.0, write.1.clone()), self.writes.len());
            self.writes.push(write);
        }
    }

    fn finish(self) -> (Option<Changes>, u64) {
        let changes = Changes {
            data: self.data,
            writes: self.writes,
            wallets: self.wallets,
        };
        ((!changes.writes.is_empty()).then_some(changes), self.next)
    }

    fn write(&mut self, table: Table, key: &[u8], value: Option<Vec<u8>>) {
        self.bytes += key.len() + value.as_ref().map_or(0, Vec::len) + 16;
        self.own.push((table, key.to_vec(), value));
    }
}

impl Lookup for Draft<'_> {
    fn bytes(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let own = self
            .own
            .iter()
            .rev()
            .find(|write| write.0 == table && write.1 == key);
        let kept = || {
            self.newest
                .get(&(table, key.to_vec()))
                .map(|at| &self.writes[*at])
        };
        match own.or_else(kept) {
            Some((_, _, value)) => Ok(value.clone()),
            None => self.tables.bytes(table, key),
        }
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
        if table == Table::Wallet && !matches!(self.bytes(table, key), Ok(Some(_))) {
            self.wallets += 1;
        }
        self.write(table, key, Some(value));
    }

    fn remove(&mut self, table: Table, key: &[u8]) {
        if table == Table::Wallet && matches!(self.bytes(table, key), Ok(Some(_))) {
            self.wallets -= 1;
        }
        self.write(table, key, None);
    }

    fn put_data(&mut self, encrypted_data: &[u8]) -> u64 {
        let number = self.fresh();
        for (index, chunk) in (0..).zip(encrypted_data.chunks(CHUNK)) {
            self.data_bytes += chunk.len();
            self.data
                .push((record::chunk_key(number, index), chunk.to_vec()));
        }
        number
    }

    fn remove_data(&mut self, version: &Version) {
        let chunks = (version.bytes as usize).div_ceil(CHUNK) as u32;
        for index in 0..chunks {
            self.remove(Table::Data, &record::chunk_key(version.data, index));
        }
    }
}
