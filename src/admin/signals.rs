//! What the system tells the server: to stop, or to open its files anew.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, LazyLock};

use signal_hook::consts::SIGHUP;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{certificate, supervisor};
use crate::config::Loaded;
use crate::server::access_log::AccessLog;
use crate::server::tls::Tls;

/// Whether SIGHUP came before anybody could act on it.
static HUNG_UP: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// From now on SIGHUP does not end the program: it may come from who rotates logs while the server starts.
pub(super) fn outlive_hangup() -> io::Result<()> {
    signal_hook::flag::register(SIGHUP, Arc::clone(&HUNG_UP)).map(drop)
}

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
    pub(super) async fn stop(mut self, log: Arc<AccessLog>, renewal: Option<Renewal>) {
        let mut hung_up = HUNG_UP.load(Ordering::SeqCst);
        let name = loop {
            if std::mem::take(&mut hung_up) {
                // who closes a terminal means to end what was started in it
                if self.had_terminal && !io::stderr().is_terminal() {
                    break "SIGHUP of a closed terminal";
                }
                tracing::info!("SIGHUP: opening files anew");
                log.reopen();
                if let Some(renewal) = &renewal {
                    renewal.begin();
                }
            }
            tokio::select! {
                _ = self.terminate.recv() => break "SIGTERM",
                _ = self.interrupt.recv() => break "SIGINT",
                _ = self.hangup.recv() => hung_up = true,
            }
        };
        tracing::info!("{name}: finishing what is under way");
        supervisor::stops();
    }
}

/// Reads the certificate again, on a thread of its own: files that do not answer, such as pipes, hold up nothing else.
pub(super) struct Renewal(SyncSender<()>);

impl Renewal {
    pub(super) fn new(loaded: &Loaded, tls: Arc<Tls>) -> io::Result<Self> {
        let (asked, asks) = sync_channel(1);
        let loaded = loaded.clone();
        std::thread::Builder::new()
            .name("certificate".into())
            .spawn(move || asks.iter().for_each(|()| renew(&loaded, &tls)))?;
        Ok(Self(asked))
    }

    /// One is read after another, and of those that wait the last alone.
    fn begin(&self) {
        if self.0.try_send(()).is_err() {
            tracing::warn!(
                "the certificate is still being read since an earlier SIGHUP; server.tls_certificate and server.tls_key have to be files"
            );
        }
    }
}

fn renew(loaded: &Loaded, tls: &Tls) {
    match certificate::reload(loaded, tls) {
        Ok(warnings) => {
            tracing::info!("the certificate was read again");
            for warning in warnings {
                tracing::warn!("{warning}");
            }
        }
        Err(error) => {
            tracing::error!(%error, "the old certificate stays; put it right and send SIGHUP again");
        }
    }
}
