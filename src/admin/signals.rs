//! What the system tells the server: to stop, or to open its files anew.

use std::io::{self, IsTerminal};
use std::sync::Arc;

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{certificate, supervisor};
use crate::config::Loaded;
use crate::server::access_log::AccessLog;
use crate::server::tls::Tls;

/// The signals that come from now on.
pub(super) struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hangup: Signal,
    had_terminal: bool,
}

impl Signals {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hangup: signal(SignalKind::hangup())?,
            had_terminal: io::stderr().is_terminal(),
        })
    }

    /// Waits for SIGTERM or SIGINT. At SIGHUP the access log is opened anew, and the certificate read again.
    pub(super) async fn stop(
        mut self,
        loaded: &Loaded,
        log: Arc<AccessLog>,
        tls: Option<Arc<Tls>>,
    ) {
        let name = loop {
            tokio::select! {
                _ = self.terminate.recv() => break "SIGTERM",
                _ = self.interrupt.recv() => break "SIGINT",
                _ = self.hangup.recv() => {
                    // who closes a terminal means to end what was started in it
                    if self.had_terminal && !io::stderr().is_terminal() {
                        break "SIGHUP of a closed terminal";
                    }
                    reopen(loaded, &log, tls.as_deref());
                }
            }
        };
        tracing::info!("{name}: finishing what is under way");
        supervisor::stops();
    }
}

fn reopen(loaded: &Loaded, log: &AccessLog, tls: Option<&Tls>) {
    tracing::info!("SIGHUP: opening files anew");
    log.reopen();
    match tls.map(|tls| certificate::reload(loaded, tls)) {
        None => {}
        Some(Ok(warnings)) => {
            tracing::info!("the certificate was read again");
            for warning in warnings {
                tracing::warn!("{warning}");
            }
        }
        Some(Err(error)) => {
            tracing::error!(%error, "the old certificate stays; put it right and send SIGHUP again");
        }
    }
}
