//! The server: connections in, answers out, and the chores in between.

pub mod access_log;
mod answer;
pub mod caller;
mod console;
mod entry;
mod front;
mod health;
mod http;
mod listener;
mod measures;
mod observe;
mod origins;
mod sockets;
pub mod tls;
mod window;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::time::Duration;

use jsonrpsee::server::{BatchRequestConfig, PingConfig, ServerConfig, stop_channel};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::time::Instant;
use tokio_util::task::TaskTracker;

use access_log::AccessLog;
use front::Shared;
use health::Health;
pub use http::Proxies;
use http::Router;
use listener::Accept;
pub use listener::Patience;
use measures::Measures;
use observe::Exposed;
pub use observe::Observe;
pub use origins::Origins;
use sockets::Open;
pub use sockets::Sockets;
use tls::Tls;

use crate::clock::Clock;
use crate::protocol::{Service, module};
use crate::wallet::limits::Limits;

/// The most subscriptions of one WebSocket (PROTOCOL.md, section 5).
const SUBSCRIPTIONS: u32 = 16;
/// The part of `server.shutdown_seconds` that is given to open connections; the rest is for what they began.
const CONNECTIONS_SHARE: f32 = 0.6;
/// An answer may always be that long, in bytes, however small blobs are.
const LEAST_LARGEST_ANSWER: u64 = 1024 * 1024;

/// What a server is made of.
pub struct Parts {
    /// The methods and what they work on.
    pub service: Arc<Service>,
    /// Who may call how often.
    pub limits: Arc<Limits>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where calls are logged.
    pub log: Arc<AccessLog>,
    /// The server's own TLS; without it it speaks plain HTTP.
    pub tls: Option<Arc<Tls>>,
    /// How callers behind a proxy are known.
    pub proxies: Proxies,
    /// How many sockets may be open.
    pub sockets: Sockets,
    /// How long to wait for a peer.
    pub patience: Patience,
    /// Which origins a browser may call from.
    pub origins: Origins,
    /// Other servers that the page may call, as origins.
    pub peers: Vec<String>,
    /// The most entries of a batch.
    pub batch: u32,
    /// Where metrics are served, if anywhere.
    pub observe: Option<Observe>,
    /// How long to wait at the end for what is under way.
    pub shutdown: Duration,
}

/// Why the server did not start or did not end well.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// Two methods have one name.
    #[error("the methods are not consistent: {0}")]
    Methods(#[from] jsonrpsee::server::RegisterMethodError),
    /// Calls were under way for longer than allowed.
    #[error(
        "calls were still under way after server.shutdown_seconds; their callers got no answer"
    )]
    Unfinished,
}

/// Serves on this listener until `shutdown` is done, then finishes what is under way, stores it, and returns.
///
/// # Errors
/// [`ServerError`].
pub async fn run(
    parts: Parts,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServerError> {
    let blob = parts.service.blob_bytes;
    let largest_body = blob.saturating_mul(3).saturating_add(64 * 1024);
    let pins = parts.service.pins.as_ref();
    let addresses = pins.map_or(0, |pins| pins.rules().bytes as u64);
    // a blob in base64, its statistics, and that for each entry of a batch; or the address objects
    let longest = (blob.saturating_mul(4) / 3).max(addresses) + 64 * 1024;
    let largest_answer = longest.saturating_mul(u64::from(parts.batch));
    let largest_answer =
        u32::try_from(largest_answer.max(LEAST_LARGEST_ANSWER)).unwrap_or(u32::MAX);
    let tasks = TaskTracker::new();
    let log = parts.log;
    let service = parts.service;
    let measures = Measures::default();
    let shared = Arc::new(Shared {
        service: Arc::clone(&service),
        limits: Arc::clone(&parts.limits),
        log: Arc::clone(&log),
        measures: measures.clone(),
        clock: parts.clock,
        tasks: tasks.clone(),
        largest_answer: largest_answer as usize,
        epoch: crate::crypto::random_bytes().map_or(0, u32::from_be_bytes),
        requests: AtomicU64::new(1),
    });
    let config = ServerConfig::builder()
        .max_request_body_size(u32::try_from(largest_body).unwrap_or(u32::MAX))
        .max_response_body_size(largest_answer)
        .max_connections(u32::MAX) // the accept loop counts sockets
        .max_subscriptions_per_connection(SUBSCRIPTIONS)
        .set_batch_request_config(BatchRequestConfig::Limit(parts.batch))
        .set_message_buffer_capacity(64)
        .enable_ws_ping(
            PingConfig::new()
                .ping_interval(Duration::from_secs(30))
                .inactive_limit(Duration::from_secs(75)),
        )
        .build();
    let open = Arc::new(Open::default());
    let tls = parts.tls.clone();
    let health = Arc::new(Health::new(Arc::clone(service.wallets.store())));
    let (stop, handle) = stop_channel();
    let router = Router {
        rpc: http::rpc(config, &shared),
        methods: module(Arc::clone(&service))?.into(),
        stop: stop.clone(),
        shared,
        health: Arc::clone(&health),
        proxies: parts.proxies,
        origins: parts.origins,
        console: console::Console::new(&parts.peers),
        largest_body: usize::try_from(largest_body).unwrap_or(usize::MAX),
        patience: parts.patience,
        header_warned: AtomicBool::new(false),
    };
    let accept = Accept {
        router: Arc::new(router),
        sockets: parts.sockets,
        tls: parts.tls,
        open: Arc::clone(&open),
    };
    let observing = parts.observe.map(|observe| {
        let Observe {
            listener,
            mut registry,
        } = observe;
        measures.register(&mut registry);
        parts.limits.register(&mut registry);
        open.register(&mut registry);
        if let Some(tls) = &tls {
            tls.register(&mut registry);
        }
        let exposed = Exposed::new(registry, &service, &health, parts.patience);
        let (stop, stopped) = oneshot::channel();
        (stop, tokio::spawn(exposed.serve(listener, stopped)))
    });
    let accepting = tokio::spawn(accept.run(listener, stop));
    let chores = tokio::spawn(chores(Arc::clone(&service), parts.limits));
    let sweeping = tokio::spawn(sweep(Arc::clone(&service)));

    shutdown.await;
    let deadline = Instant::now() + parts.shutdown;
    let _ = handle.stop();
    // a caller who does not send, or does not read, holds nothing up for longer than this
    let patience = parts.shutdown.mul_f32(CONNECTIONS_SHARE);
    let _ = tokio::time::timeout(patience, async {
        let _ = accepting.await;
        handle.stopped().await;
    })
    .await;
    tasks.close();
    let finished = tokio::time::timeout_at(deadline, tasks.wait()).await;
    for chore in [chores, sweeping] {
        chore.abort();
        let _ = chore.await;
    }
    if let Some((stop, observing)) = observing {
        drop(stop);
        let _ = observing.await;
    }
    if let Err(error) = service.wallets.statistics().flush().await {
        tracing::error!(%error, "the last statistics could not be stored");
    }
    service.wallets.store().close().await;
    log.close();
    finished.map_err(|_| ServerError::Unfinished)
}

/// What has to be done from time to time.
async fn chores(service: Arc<Service>, limits: Arc<Limits>) {
    let mut statistics = tokio::time::interval(Duration::from_millis(400));
    let mut memory = tokio::time::interval(Duration::from_secs(60));
    loop {
        tokio::select! {
            _ = statistics.tick() => {
                if let Err(error) = service.wallets.statistics().flush().await {
                    tracing::debug!(%error, "statistics wait to be stored");
                }
            }
            _ = memory.tick() => {
                limits.forget_idle();
                service.wallets.changes().forget_idle();
            }
        }
    }
}

/// Clears away every hour what is old.
async fn sweep(service: Arc<Service>) {
    let mut hours = tokio::time::interval(Duration::from_secs(3600));
    loop {
        hours.tick().await;
        if let Err(error) = service.wallets.clear_codes().await {
            tracing::warn!(%error, "old codes could not be cleared away");
        }
        let service = Arc::clone(&service);
        let now = service.wallets.now();
        let swept =
            tokio::task::spawn_blocking(move || service.wallets.statistics().forget_old(now));
        if let Ok(Err(error)) = swept.await {
            tracing::warn!(%error, "old statistics could not be cleared away");
        }
    }
}
