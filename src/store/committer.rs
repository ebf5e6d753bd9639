//! The one writer.
//!
//! Decisions that wait are made one after the other; then all that they put is written, synced and answered together.
//! What makes a commit whole is its journal: new data is written first, then one value that says everything else, then that everything.
//! sled's log keeps the order, so a crash leaves either no journal, and nothing of the commit but data that nobody
//! names, or the journal, from which [`Journal::apply`] does the rest when the store is opened.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::{Duration, Instant};

use tokio::sync::{oneshot, watch};

use super::archive::End;
use super::commits::Commits;
use super::draft::{Changes, Draft};
use super::journal::{Journal, Stock};
use super::layout::Folder;
use super::measures::Measures;
use super::recent::Recent;
use super::record::{self, Statistics, Table, WalletId};
use super::sled::Tables;
use super::space::Space;
use super::tap::Tap;
use super::{Decision, StoreError};

const WAITING: usize = 1024;
const DECISIONS: usize = 256;
const STUCK: Duration = Duration::from_secs(60);

type Answer = oneshot::Sender<Result<(), StoreError>>;

/// What the writer is asked to do.
pub(super) enum Message {
    Decide(Decision, Answer),
    Statistics(Vec<(WalletId, Statistics)>, Answer),
    /// Begin to collect what changes, in this file.
    Tap(File, Answer),
    /// End that, and say how far it goes.
    Untap(oneshot::Sender<(Option<Tap>, End)>),
    Close(Answer),
}

/// What writer and readers both see.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) tables: Tables,
    pub(super) recent: Recent,
    /// The last commit that the writer began to write, and the last that is on the disk.
    pub(super) begun: AtomicU64,
    pub(super) durable: AtomicU64,
    pub(super) settled: watch::Sender<u64>,
    pub(super) wallets: AtomicU64,
    pub(super) probes: AtomicU64,
    pub(super) measures: Measures,
}

impl Shared {
    pub(super) fn new(tables: Tables, journal: &Journal, cache_mib: u64) -> Self {
        Self {
            tables,
            recent: Recent::new(cache_mib),
            begun: AtomicU64::new(journal.commit),
            durable: AtomicU64::new(journal.commit),
            settled: watch::Sender::new(journal.commit),
            wallets: AtomicU64::new(journal.stock.wallets),
            probes: AtomicU64::new(1),
            measures: Measures::default(),
        }
    }
}

/// The way to the writer.
#[derive(Debug)]
pub(super) struct Committer {
    sender: SyncSender<Message>,
    measures: Measures,
    closing: AtomicBool,
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
        let measures = shared.measures.clone();
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
            stock: journal.stock,
            shared,
            busy_since,
            started,
            tap: None,
            _folder: folder,
        };
        std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || {
                let run = catch_unwind(AssertUnwindSafe(|| writer.run(&receiver)));
                let Ok(closed) = run else {
                    stop("the store's writer panicked", &"see above");
                };
                // who is told that the store is closed may open it again
                drop((receiver, writer));
                if let Some(closed) = closed {
                    let _ = closed.send(Ok(()));
                }
            })?;
        Ok(Self {
            sender,
            measures,
            closing: AtomicBool::new(false),
        })
    }

    /// From now on only [`Message::Close`] is taken.
    pub(super) fn refuse_more(&self) {
        self.closing.store(true, Ordering::SeqCst);
    }

    /// Sends although many wait.
    pub(super) fn insist(&self, message: Message) -> Result<(), StoreError> {
        self.measures.waiting.inc();
        self.sender.send(message).map_err(|_| StoreError::Closed)
    }

    pub(super) fn send(&self, message: Message) -> Result<(), StoreError> {
        if self.closing.load(Ordering::SeqCst) && !matches!(message, Message::Close(_)) {
            return Err(StoreError::Closed);
        }
        // before it is sent: the writer may take it at once
        self.measures.waiting.inc();
        self.sender.try_send(message).map_err(|error| {
            self.measures.waiting.dec();
            match error {
                TrySendError::Full(_) => StoreError::Busy,
                TrySendError::Disconnected(_) => StoreError::Closed,
            }
        })
    }
}

struct Writer {
    db: sled::Db,
    commits: Commits,
    space: Space,
    commit: u64,
    next: u64,
    stock: Stock,
    shared: Arc<Shared>,
    busy_since: Arc<AtomicU64>,
    started: Instant,
    tap: Option<Tap>,
    _folder: Folder,
}

impl Writer {
    /// Writes until told to close, and returns whom to tell when that is done; `None` if nobody is left to ask.
    fn run(&mut self, receiver: &Receiver<Message>) -> Option<Answer> {
        while let Ok(first) = receiver.recv() {
            self.shared.measures.waiting.dec();
            let first = match first {
                Message::Tap(file, answer) => {
                    self.begin_tap(file, answer);
                    continue;
                }
                Message::Untap(answer) => {
                    self.end_tap(answer);
                    continue;
                }
                other => other,
            };
            let now = self.started.elapsed().as_millis() as u64;
            self.busy_since.store(now.max(1), Ordering::Relaxed);
            let closed = self.commit(first, receiver);
            self.busy_since.store(0, Ordering::Relaxed);
            if closed.is_some() {
                return closed;
            }
        }
        None
    }

    /// Makes the decisions that wait, and returns whom to tell if one of them was to close.
    fn commit(&mut self, first: Message, receiver: &Receiver<Message>) -> Option<Answer> {
        let tables = &self.shared.tables;
        let mut draft = Draft::new(tables, self.commit + 1, self.next, self.stock);
        let mut answers = Vec::new();
        let mut statistics = Vec::new();
        let mut closing = None;
        let mut later = None;
        let mut next = Some(first);
        while let Some(message) = next.take() {
            let room = self.space.check();
            match (message, room) {
                (Message::Close(answer), _) => closing = Some(answer),
                (tap @ (Message::Tap(..) | Message::Untap(_)), _) => {
                    later = Some(tap);
                    break;
                }
                (Message::Statistics(_, answer), Err(full)) => {
                    let _ = answer.send(Err(full));
                }
                (Message::Decide(decision, answer), room) => {
                    answers.push((answer, draft.make(decision, room)));
                }
                (Message::Statistics(more, answer), Ok(())) => {
                    statistics.extend(more);
                    answers.push((answer, Ok(())));
                }
            }
            if closing.is_none() && answers.len() < DECISIONS && !draft.is_full() {
                next = receiver.try_recv().ok();
                if next.is_some() {
                    self.shared.measures.waiting.dec();
                }
            }
        }
        let (changes, next_number) = draft.finish();
        self.next = next_number;
        if !changes.is_empty() {
            self.write(changes);
        }
        self.write_statistics(&statistics);
        for (answer, outcome) in answers {
            let _ = answer.send(outcome);
        }
        match later {
            Some(Message::Tap(file, answer)) => self.begin_tap(file, answer),
            Some(Message::Untap(answer)) => self.end_tap(answer),
            _ => {}
        }
        closing
    }

    /// One backup at a time.
    fn begin_tap(&mut self, file: File, answer: Answer) {
        let outcome = match self.tap {
            Some(_) => Err(StoreError::Busy),
            None => {
                self.tap = Some(Tap::new(file));
                Ok(())
            }
        };
        let _ = answer.send(outcome);
    }

    fn end_tap(&mut self, answer: oneshot::Sender<(Option<Tap>, End)>) {
        let end = End {
            commit: self.commit,
            next: self.next,
            wallets: self.stock.wallets,
            sum: self.stock.sum(),
            ..End::default()
        };
        let _ = answer.send((self.tap.take(), end));
    }

    fn write(&mut self, changes: Changes) {
        let tables = &self.shared.tables;
        let mut written = 0;
        for (key, chunk) in changes.data {
            written += chunk.len() as u64;
            if let Some(tap) = &mut self.tap {
                tap.data(&key, &chunk);
            }
            let stored = record::seal(Table::Data, &key, &chunk);
            or_stop(tables.of(Table::Data).insert(key, stored));
        }
        self.commit += 1;
        self.shared.begun.store(self.commit, Ordering::Release);
        self.stock = changes.stock;
        let journal = Journal {
            commit: self.commit,
            next: self.next,
            stock: changes.stock,
            writes: changes.writes,
            dropped: changes.dropped,
        };
        let encoded = record::encode(&journal);
        written += 2 * encoded.len() as u64;
        let stored = record::seal(Table::Journal, Journal::KEY, &encoded);
        or_stop(tables.of(Table::Journal).insert(Journal::KEY, stored));
        or_stop(journal.apply_writes(tables));
        self.shared.recent.changed(&journal.writes);
        or_stop(journal.apply_removals(tables));
        for (number, _) in &journal.dropped {
            self.shared.recent.removed(*number);
        }
        let begun = Instant::now();
        or_stop(self.db.flush());
        or_stop(self.commits.write(self.commit));
        self.shared.measures.synced(begun.elapsed());
        self.shared.measures.committed();
        if let Some(tap) = &mut self.tap {
            tap.journal(&journal);
        }
        self.space.used(written);
        self.shared
            .wallets
            .store(journal.stock.wallets, Ordering::Relaxed);
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
            // they go with their wallet: where there are some, there is one, and it need not be looked up
            if or_stop(tables.of(Table::Statistics).contains_key(key))
                || or_stop(tables.of(Table::Wallet).contains_key(key))
            {
                let stored = record::seal(Table::Statistics, &key, &record::encode(statistics));
                or_stop(tables.of(Table::Statistics).insert(key, stored));
            }
        }
        let begun = Instant::now();
        or_stop(self.db.flush());
        self.shared.measures.synced(begun.elapsed());
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
