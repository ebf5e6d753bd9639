//! The accept loop: who may connect, for how long, and how it ends.

use std::collections::HashMap;
use std::io;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use jsonrpsee::server::StopHandle;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_io_timeout::TimeoutStream;
use tokio_util::task::TaskTracker;
use tower::ServiceBuilder;
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

use super::http::{Origins, Router, busy};
use crate::network::{fold, is_within};

/// How long the server waits for a peer.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// How long a connection may stay silent before a request, and take to send its head.
    pub head: Duration,
    /// How long a body may take to arrive, in all.
    pub body: Duration,
    /// How long an answer may wait for a caller who does not read it.
    pub unread: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let all = Duration::from_secs(30);
        Self {
            head: all,
            body: all,
            unread: all,
        }
    }
}

/// How many sockets may be open.
#[derive(Debug, Clone, Copy)]
pub struct Sockets {
    /// In all.
    pub total: usize,
    /// From one address (a trusted proxy's excepted).
    pub per_address: usize,
}

/// Accepts connections until told to stop, and returns when the last of them is closed.
pub(super) struct Accept {
    pub(super) router: Router,
    pub(super) sockets: Sockets,
}

impl Accept {
    pub(super) async fn run(self, listener: TcpListener, stop: StopHandle) {
        let connections = TaskTracker::new();
        let open = Arc::new(Open::default());
        let cors = cors(&self.router.origins);
        let mut stopped = pin!(stop.clone().shutdown());
        loop {
            let (socket, peer) = tokio::select! {
                () = &mut stopped => break,
                accepted = listener.accept() => match accepted {
                    Ok(accepted) => accepted,
                    Err(error) => {
                        pause_after(&error).await;
                        continue;
                    }
                },
            };
            let ip = fold(peer.ip());
            let per_address = if is_within(&self.router.proxies.trusted, ip) {
                self.sockets.total
            } else {
                self.sockets.per_address
            };
            let Some(place) = Open::take(&open, ip, self.sockets.total, per_address) else {
                refuse(socket);
                continue;
            };
            let router = self.router.clone();
            let (cors, stop) = (cors.clone(), stop.clone());
            connections.spawn(async move {
                let _place = place;
                serve(socket, ip, router, cors, stop).await;
            });
        }
        drop(listener);
        connections.close();
        connections.wait().await;
    }
}

async fn serve(socket: TcpStream, ip: IpAddr, router: Router, cors: CorsLayer, stop: StopHandle) {
    let patience = router.patience;
    let _ = socket.set_nodelay(true);
    let mut socket = TimeoutStream::new(socket);
    socket.set_write_timeout(Some(patience.unread));
    let service = ServiceBuilder::new()
        .layer(cors)
        .service_fn(move |request| {
            let answer = router.clone().answer(ip, request);
            async move { Ok::<_, std::convert::Infallible>(answer.await) }
        });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.head)
        .serve_connection(
            TokioIo::new(Box::pin(socket)),
            TowerToHyperService::new(service),
        )
        .with_upgrades();
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.shutdown() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::trace!(%error, "a connection ended");
    }
}

/// Says that no socket is free, without waiting for anything.
fn refuse(mut socket: TcpStream) {
    tokio::spawn(async move {
        let _ = tokio::time::timeout(Duration::from_secs(1), async {
            socket.write_all(busy()).await?;
            socket.shutdown().await
        })
        .await;
    });
}

/// Out of files, most often: trying again at once would only burn the processor.
async fn pause_after(error: &io::Error) {
    tracing::warn!(%error, "a connection could not be accepted");
    tokio::time::sleep(Duration::from_millis(100)).await;
}

/// The open sockets, by address.
#[derive(Debug, Default)]
struct Open(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    total: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// A socket's place; it is free again when this is dropped.
struct Place {
    open: Arc<Open>,
    ip: IpAddr,
}

impl Open {
    fn take(open: &Arc<Self>, ip: IpAddr, total: usize, per_address: usize) -> Option<Place> {
        let mut counts = open.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_address = counts.by_address.get(&ip).copied().unwrap_or(0);
        if counts.total >= total || of_address >= per_address {
            return None;
        }
        counts.total += 1;
        counts.by_address.insert(ip, of_address + 1);
        Some(Place {
            open: Arc::clone(open),
            ip,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.open.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.total -= 1;
        match counts.by_address.get(&self.ip).copied() {
            Some(more @ 2..) => {
                counts.by_address.insert(self.ip, more - 1);
            }
            _ => {
                counts.by_address.remove(&self.ip);
            }
        }
    }
}

fn cors(origins: &Origins) -> CorsLayer {
    let origins = match origins {
        Origins::Any => AllowOrigin::any(),
        Origins::These(origins) => {
            AllowOrigin::list(origins.iter().filter_map(|origin| origin.parse().ok()))
        }
    };
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([hyper::Method::GET, hyper::Method::POST])
        .allow_headers(Any)
        .max_age(Duration::from_secs(3600))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_are_bounded_and_places_come_back() {
        let open = Arc::new(Open::default());
        let (one, two): (IpAddr, IpAddr) = ([192, 0, 2, 1].into(), [192, 0, 2, 2].into());
        let first = Open::take(&open, one, 3, 2).expect("a place");
        let _second = Open::take(&open, one, 3, 2).expect("a place");
        assert!(Open::take(&open, one, 3, 2).is_none(), "two of one address");
        let _third = Open::take(&open, two, 3, 2).expect("a place");
        assert!(Open::take(&open, two, 3, 2).is_none(), "three in all");
        drop(first);
        assert!(Open::take(&open, two, 3, 2).is_some());
        assert_eq!(open.0.lock().expect("counts").by_address.len(), 2);
    }
}
