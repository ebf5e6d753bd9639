//! What the service manager is told: that the server serves, that it is alive, that it stops (sd_notify(3)). Without a manager nobody is told.

use std::io;
use std::os::unix::ffi::OsStrExt;
use std::sync::Arc;

use sd_notify::{NotifyState, watchdog_enabled};
use tokio::time::{MissedTickBehavior, interval};

use crate::store::Store;

/// It serves from now on; and, if the manager wants to know, that it still does: as long as the store answers, be it that its disk is full.
pub(super) fn serves(store: &Arc<dyn Store>) {
    tell(NotifyState::Ready);
    // 0 is how a manager says that it does not
    let Some(patience) = watchdog_enabled().filter(|patience| !patience.is_zero()) else {
        return;
    };
    let store = Arc::downgrade(store);
    tokio::spawn(async move {
        let mut beat = interval(patience / 3);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            beat.tick().await;
            // it ends with the server
            let Some(store) = store.upgrade() else {
                return;
            };
            // what it answers is the business of /ready
            let _ = store.probe().await;
            tell(NotifyState::Watchdog);
        }
    });
}

/// It was told to stop.
pub(super) fn stops() {
    tell(NotifyState::Stopping);
}

fn tell(state: NotifyState<'_>) {
    if let Err(error) = notify(state) {
        tracing::warn!(%error, "the service manager cannot be told");
    }
}

/// What sd-notify does, and also where the socket has a name in place of a path, as some containers give it.
fn notify(state: NotifyState<'_>) -> io::Result<()> {
    let place = std::env::var_os("NOTIFY_SOCKET").unwrap_or_default();
    match place.as_bytes().strip_prefix(b"@") {
        Some(name) => notify_name(name, &format!("{state}\n")),
        None if place.is_empty() => Ok(()),
        None => sd_notify::notify(&[state]),
    }
}

#[cfg(target_os = "linux")]
fn notify_name(name: &[u8], text: &str) -> io::Result<()> {
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::{SocketAddr, UnixDatagram};
    let address = SocketAddr::from_abstract_name(name)?;
    let sent = UnixDatagram::unbound()?.send_to_addr(text.as_bytes(), &address)?;
    match sent == text.len() {
        true => Ok(()),
        false => Err(io::ErrorKind::WriteZero.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn notify_name(_: &[u8], _: &str) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
