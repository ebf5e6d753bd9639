//! What the service manager is told: that the server serves, that it is alive, that it stops (sd_notify(3)). Without a manager nobody is told.

use std::sync::Arc;

use sd_notify::{NotifyState, notify, watchdog_enabled};
use tokio::time::{MissedTickBehavior, interval};

use crate::store::Store;

/// It serves from now on; and, if the manager wants to know, that it still does: as long as the store answers, be it that its disk is full.
pub(super) fn serves(store: &Arc<dyn Store>) {
    tell(NotifyState::Ready);
    let Some(patience) = watchdog_enabled() else {
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
    if let Err(error) = notify(&[state]) {
        tracing::warn!(%error, "the service manager cannot be told");
    }
}
