//! `GET /metrics`, on a listener of its own (`observe.listen`): what every room measures, in the text format of Prometheus.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use prometheus_client::encoding::prometheus_text::encode;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio_io_timeout::TimeoutStream;

use super::health::Health;
use super::listener::{Patience, pause_after};
use crate::clock::Time;
use crate::protocol::Service;
use crate::store::{Store, StoreError, Table};
use crate::telemetry::{Registry, Unit, number, register_reading, seconds};

/// Where metrics are served, and which: the server adds its own.
pub struct Observe {
    /// Who connects to it sees them.
    pub listener: TcpListener,
    /// What the other parts of the server measure.
    pub registry: Registry,
}

/// Sockets at once; more wait.
const CONNECTIONS: usize = 16;
/// Who asks for metrics asks at once, and reads the answer: there are few sockets, and Prometheus needs one.
const PROMPT: Duration = Duration::from_secs(5);
/// A request's head may be that long, in bytes.
const LARGEST_HEAD: usize = 8 * 1024;
/// Wallets with a pin are counted at most so often, and for no more than this part of the time.
const COUNT_EVERY: Duration = Duration::from_secs(1);
const COUNT_SHARE: u32 = 100;
/// How many keys are read in one go.
const SLICE: usize = 500;

/// Serves metrics.
pub(super) struct Exposed {
    registry: Registry,
    ready: Gauge,
    pin_wallets: Gauge,
    health: Arc<Health>,
    service: Arc<Service>,
    patience: Patience,
}

impl Exposed {
    pub(super) fn new(
        mut registry: Registry,
        service: &Arc<Service>,
        health: &Arc<Health>,
        patience: Patience,
    ) -> Self {
        let (ready, pin_wallets) = (Gauge::default(), Gauge::default());
        registry.register(
            "ready",
            "1 if the store has just written and read, else 0",
            ready.clone(),
        );
        registry.register(
            "pin_wallets",
            "Wallets that open with a pin",
            pin_wallets.clone(),
        );
        about(&mut registry, service);
        Self {
            registry,
            ready,
            pin_wallets,
            health: Arc::clone(health),
            service: Arc::clone(service),
            patience: Patience {
                head: patience.head.min(PROMPT),
                unread: patience.unread.min(PROMPT),
                ..patience
            },
        }
    }

    /// Answers until `stopped` resolves, which it does when its sender is dropped.
    pub(super) async fn serve(self, listener: TcpListener, mut stopped: oneshot::Receiver<()>) {
        let exposed = Arc::new(self);
        let mut connections = JoinSet::new();
        connections.spawn(Arc::clone(&exposed).count_pin_wallets());
        loop {
            tokio::select! {
                _ = &mut stopped => break,
                accepted = listener.accept(), if connections.len() <= CONNECTIONS => match accepted {
                    Ok((socket, _)) => {
                        connections.spawn(Arc::clone(&exposed).connection(socket));
                    }
                    Err(error) => pause_after(&error).await,
                },
                Some(_) = connections.join_next() => {}
            }
        }
        connections.shutdown().await;
    }

    async fn connection(self: Arc<Self>, socket: TcpStream) {
        let patience = self.patience;
        let mut socket = TimeoutStream::new(socket);
        socket.set_write_timeout(Some(patience.unread));
        let service = service_fn(move |request: Request<Incoming>| {
            let exposed = Arc::clone(&self);
            async move { Ok::<_, Infallible>(exposed.answer(&request).await) }
        });
        let ended = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience.head)
            .max_buf_size(LARGEST_HEAD)
            .serve_connection(TokioIo::new(Box::pin(socket)), service)
            .await;
        if let Err(error) = ended {
            tracing::trace!(%error, "a connection for metrics ended");
        }
    }

    async fn answer(self: Arc<Self>, request: &Request<Incoming>) -> Response<Full<Bytes>> {
        match (request.method(), request.uri().path()) {
            (&Method::GET | &Method::HEAD, "/metrics") => match self.text().await {
                Some(text) => answer(StatusCode::OK, text),
                None => answer(StatusCode::INTERNAL_SERVER_ERROR, String::new()),
            },
            (&Method::GET | &Method::HEAD, _) => {
                answer(StatusCode::NOT_FOUND, "See /metrics.\n".to_owned())
            }
            _ => {
                let mut response = answer(StatusCode::METHOD_NOT_ALLOWED, String::new());
                let allowed = HeaderValue::from_static("GET, HEAD");
                response.headers_mut().insert(ALLOW, allowed);
                response
            }
        }
    }

    async fn text(self: Arc<Self>) -> Option<String> {
        let ready = self.health.ready().await;
        self.ready.set(ready.is_ok().into());
        // some are asked of the disk
        let written = tokio::task::spawn_blocking(move || {
            let mut text = String::new();
            encode(&mut text, &self.registry).ok().map(|()| text)
        });
        written.await.ok().flatten()
    }

    async fn count_pin_wallets(self: Arc<Self>) {
        loop {
            let begun = Instant::now();
            match count(&**self.service.wallets.store(), Table::Pin).await {
                Ok(count) => {
                    self.pin_wallets.set(count);
                }
                Err(error) => tracing::debug!(%error, "wallets with a pin could not be counted"),
            }
            tokio::time::sleep((begun.elapsed() * COUNT_SHARE).max(COUNT_EVERY)).await;
        }
    }
}

async fn count(store: &dyn Store, table: Table) -> Result<i64, StoreError> {
    let (mut count, mut after) = (0, None::<Vec<u8>>);
    loop {
        let keys = store.keys(table, after.as_deref(), SLICE)?;
        count += i64::try_from(keys.len()).unwrap_or(0);
        let Some(last) = keys.last() else {
            return Ok(count);
        };
        after = Some(last.clone());
        tokio::task::yield_now().await;
    }
}

/// What can be read at any time.
fn about(registry: &mut Registry, service: &Arc<Service>) {
    let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
    registry.register("build", "The version that runs", version);
    let started = in_seconds(service.wallets.now());
    let at = Some(Unit::Seconds);
    register_reading(
        registry,
        "start_time",
        "When the server started, in seconds since 1970",
        at.clone(),
        move || Some(started),
    );
    let of = Arc::clone(service);
    register_reading(registry, "wallets", "Wallets", None, move || {
        Some(number(of.wallets.store().wallets()))
    });
    let of = Arc::clone(service);
    register_reading(
        registry,
        "subscriptions",
        "Who waits for changes of a wallet (subscribeWallet)",
        None,
        move || Some(number(of.wallets.changes().listeners() as u64)),
    );
    let of = Arc::clone(service);
    register_reading(
        registry,
        "statistics_behind",
        "Accesses of so many seconds may not be stored yet",
        at,
        move || Some(seconds(of.wallets.statistics().behind())),
    );
    let of = Arc::clone(service);
    register_reading(
        registry,
        "pins_attack",
        "1 while pins are taken from known addresses only (pins.attack_per_hour)",
        None,
        move || {
            let attacked = of.pins.as_ref().is_some_and(|pins| pins.is_under_attack());
            Some(f64::from(u8::from(attacked)))
        },
    );
}

/// A moment in seconds since 1970.
pub(super) fn in_seconds(time: Time) -> f64 {
    number(u64::try_from(time.0).unwrap_or(0)) / 1000.0
}

fn answer(status: StatusCode, text: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(text)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
