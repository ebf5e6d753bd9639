//! What one WebSocket may have under way.
//!
//! jsonrpsee answers every message in a task of its own and keeps all answers until they are sent. Who sends a megabyte of short calls
//! for long answers at once, and reads none, would have tens of megabytes for each socket. So calls wait for their turn, and while enough
//! of them wait, or enough bytes of answers, nothing more is read.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use futures_util::task::AtomicWaker;
use jsonrpsee::MethodResponse;
use tokio::sync::{Notify, Semaphore, SemaphorePermit};

/// Calls that are made at once; more entries than that of a batch count as so many.
const AT_ONCE: u32 = 16;
/// Messages under way, those that wait for their turn included, with which nothing more is read.
const MESSAGES: usize = 64;
/// Bytes of answers that are not sent yet, with which no call is made and nothing is read.
const OWED: usize = 64 * 1024;

/// The window of one socket. As long as it is no WebSocket, nothing is under way.
#[derive(Debug)]
pub(super) struct Window {
    is_websocket: AtomicBool,
    calls: Semaphore,
    messages: AtomicUsize,
    owed: AtomicUsize,
    reader: AtomicWaker,
    sent: Notify,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            is_websocket: AtomicBool::new(false),
            calls: Semaphore::new(AT_ONCE as usize),
            messages: AtomicUsize::new(0),
            owed: AtomicUsize::new(0),
            reader: AtomicWaker::new(),
            sent: Notify::new(),
        }
    }
}

impl Window {
    /// The socket is a WebSocket from now on.
    pub(super) fn open(&self) {
        self.is_websocket.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_websocket(&self) -> bool {
        self.is_websocket.load(Ordering::Relaxed)
    }

    /// Waits until a message with so many calls may be answered.
    pub(super) async fn turn(&self, calls: usize) -> Turn<'_> {
        self.messages.fetch_add(1, Ordering::AcqRel);
        let mut turn = Turn {
            window: self,
            _calls: None,
        };
        let calls = u32::try_from(calls).unwrap_or(AT_ONCE).clamp(1, AT_ONCE);
        turn._calls = self.calls.acquire_many(calls).await.ok();
        loop {
            let sent = self.sent.notified();
            if self.owed.load(Ordering::Acquire) < OWED {
                return turn;
            }
            sent.await;
        }
    }

    /// So many bytes were sent.
    pub(super) fn sent(&self, bytes: usize) {
        // what nobody owes, such as a notification, does not count
        let less = |owed: usize| (owed > 0).then(|| owed.saturating_sub(bytes));
        let owed = self
            .owed
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, less);
        if owed.is_ok() && self.owed.load(Ordering::Acquire) < OWED {
            self.sent.notify_waiters();
            self.read_on();
        }
    }

    /// Nothing is sent any more: what waits may end.
    pub(super) fn broken(&self) {
        self.sent(usize::MAX);
    }

    /// Whether more may be read; if not, the reader is woken when it may.
    pub(super) fn poll_room(&self, context: &mut Context<'_>) -> Poll<()> {
        if self.has_room() {
            return Poll::Ready(());
        }
        self.reader.register(context.waker());
        match self.has_room() {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    }

    /// Wakes the reader, if it waits.
    pub(super) fn read_on(&self) {
        self.reader.wake();
    }

    /// Lets the reader wait for [`read_on`](Self::read_on).
    pub(super) fn wait(&self, context: &mut Context<'_>) {
        self.reader.register(context.waker());
    }

    fn has_room(&self) -> bool {
        self.messages.load(Ordering::Acquire) < MESSAGES && self.owed.load(Ordering::Acquire) < OWED
    }
}

/// A message that may be answered; the next one's turn comes when this is dropped.
#[derive(Debug)]
pub(super) struct Turn<'a> {
    window: &'a Window,
    _calls: Option<SemaphorePermit<'a>>,
}

impl Turn<'_> {
    /// This answer will be sent.
    pub(super) fn owe(self, answer: &MethodResponse) {
        // that of a subscription was sent when it was accepted
        if answer.is_method_call() || answer.is_batch() {
            let bytes = answer.as_json().get().len();
            self.window.owed.fetch_add(bytes, Ordering::AcqRel);
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.window.messages.fetch_sub(1, Ordering::AcqRel);
        if self.window.has_room() {
            self.window.read_on();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::future::poll_fn;
    use jsonrpsee::types::{ErrorCode, Id};

    use super::*;

    async fn is_ready(work: impl Future) -> bool {
        let shortly = Duration::from_millis(50);
        tokio::time::timeout(shortly, work).await.is_ok()
    }

    #[tokio::test]
    async fn calls_take_turns() {
        let window = Window::default();
        let batch = window.turn(10).await;
        let mut turns = Vec::new();
        for _ in 0..6 {
            turns.push(window.turn(1).await);
        }
        assert!(!is_ready(window.turn(1)).await, "the seventeenth call");
        drop(batch);
        assert!(is_ready(window.turn(1)).await);
        assert!(!is_ready(window.turn(1_000_000)).await);
        drop(turns);
        assert!(is_ready(window.turn(1_000_000)).await);
        assert_eq!(window.messages.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn nothing_more_is_read_or_done_while_answers_wait() {
        let window = Window::default();
        let answer = || MethodResponse::error(Id::Null, ErrorCode::MethodNotFound);
        let bytes = answer().as_json().get().len();
        let many = OWED.div_ceil(bytes);
        for _ in 0..many {
            window.turn(1).await.owe(&answer());
        }
        assert!(!is_ready(window.turn(1)).await);
        assert!(!is_ready(poll_fn(|context| window.poll_room(context))).await);
        window.sent(many * bytes - OWED + 1);
        assert!(is_ready(window.turn(1)).await);
        assert!(is_ready(poll_fn(|context| window.poll_room(context))).await);
    }
}
