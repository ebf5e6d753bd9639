//! A line of the access log in the making: begun when a call comes in, written when it is answered, whatever becomes of it.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use super::access_log::Line;
use super::front::Shared;
use crate::clock::Time;
use crate::protocol::{Call, Note, RequestNumber};

/// A call that came in and is not in the log yet.
pub(super) struct Entry {
    started: Instant,
    time: Time,
    number: RequestNumber,
    ip: IpAddr,
    method: Option<&'static str>,
    bytes_in: usize,
    note: Arc<Note>,
    shared: Arc<Shared>,
    written: bool,
}

impl Entry {
    pub(super) fn new(
        shared: &Arc<Shared>,
        ip: IpAddr,
        method: Option<&'static str>,
        bytes_in: usize,
    ) -> Self {
        Self {
            started: Instant::now(),
            time: shared.clock.now(),
            number: RequestNumber {
                epoch: shared.epoch,
                number: shared.requests.fetch_add(1, Ordering::Relaxed),
            },
            ip,
            method,
            bytes_in,
            note: Arc::default(),
            shared: Arc::clone(shared),
            written: false,
        }
    }

    /// By what the log names it.
    pub(super) fn number(&self) -> RequestNumber {
        self.number
    }

    /// What the methods are told of the call.
    pub(super) fn call(&self) -> Call {
        Call {
            ip: self.ip,
            request: self.number,
            note: Arc::clone(&self.note),
        }
    }

    /// Writes it; `outcome` unless the method noted another one.
    pub(super) fn write(mut self, outcome: &'static str, bytes_out: usize) {
        let noted = self.note.outcome.get().copied();
        self.add(noted.unwrap_or(outcome), bytes_out);
    }

    fn add(&mut self, outcome: &'static str, bytes_out: usize) {
        self.written = true;
        let time = self.started.elapsed();
        self.shared.measures.answered(self.method, outcome, time);
        self.shared.log.add(&Line {
            time: self.time,
            request: self.number,
            ip: self.ip,
            method: self.method,
            wallet: self.note.wallet.get().copied(),
            outcome,
            bytes_in: self.bytes_in,
            bytes_out,
            micros: u64::try_from(time.as_micros()).unwrap_or(u64::MAX),
        });
    }
}

/// A caller who hangs up while a call only reads ends the call: that is logged, too.
impl Drop for Entry {
    fn drop(&mut self) {
        if !self.written {
            self.add("HungUp", 0);
        }
    }
}

/// What the log calls an answer with this error, `None` if it has none.
pub(super) fn outcome(code: Option<i32>) -> &'static str {
    match code {
        None => "ok",
        Some(-32700) => "ParseError",
        Some(-32600) => "InvalidRequest",
        Some(-32601) => "MethodNotFound",
        Some(-32602) => "InvalidParams",
        Some(-32006) => "TooManySubscriptions",
        Some(-32007) => "RequestTooLarge",
        Some(-32008) => "ResponseTooLarge",
        Some(_) => "Internal",
    }
}
