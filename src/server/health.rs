//! `GET /ready`: whether the store has just written and read.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::store::Store;

/// An answer this young is given again, so that asking costs next to nothing.
const FRESH: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks the store how it is.
pub(super) struct Health {
    store: Arc<dyn Store>,
    last: Mutex<Option<(Instant, Result<(), ()>)>>,
}

impl Health {
    pub(super) fn new(store: Arc<dyn Store>) -> Self {
        Self {
            store,
            last: Mutex::new(None),
        }
    }

    /// Whether the store wrote and read within the last seconds; the log says when that changes, and why.
    pub(super) async fn ready(&self) -> Result<(), ()> {
        let mut last = self.last.lock().await;
        if let Some((when, answer)) = &*last
            && when.elapsed() < FRESH
        {
            return *answer;
        }
        let answer = match tokio::time::timeout(PATIENCE, self.store.probe()).await {
            Ok(answer) => answer.map_err(|error| error.to_string()),
            Err(_) => Err("the store does not answer".to_owned()),
        };
        let was_ready = last.is_none_or(|(_, answer)| answer.is_ok());
        match &answer {
            Err(error) if was_ready => tracing::error!(error, "the store is not ready"),
            Ok(()) if !was_ready => tracing::info!("the store is ready again"),
            _ => {}
        }
        let answer = answer.map_err(drop);
        *last = Some((Instant::now(), answer));
        answer
    }
}
