//! The accept loop: who may connect, for how long, and how it ends.

use std::io::{self, Write};
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use jsonrpsee::server::StopHandle;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::task::TaskTracker;

use super::http::{Router, busy};
use super::sockets::{Open, Place, Socket, Sockets, Stream};
use super::tls::Tls;
use crate::network::{fold, is_within};

/// How long the server waits for a peer.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// How long a TLS handshake may take.
    pub handshake: Duration,
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
            handshake: Duration::from_secs(10),
            head: all,
            body: all,
            unread: all,
        }
    }
}

/// A request's head may be that long, in bytes; hyper's own limit is 408 KiB, for every socket that sends nothing else.
const LARGEST_HEAD: usize = 64 * 1024;

/// So many sockets at a time are told with patience that there is none free, which takes a second or two and a file each; the others at once.
const REFUSALS: usize = 64;

/// When the server stops, who is in the middle of sending a request has so long to finish.
pub(super) const LAST: Duration = Duration::from_secs(1);

/// Accepts connections until told to stop, and returns when the last of them is closed.
pub(super) struct Accept {
    pub(super) router: Arc<Router>,
    pub(super) sockets: Sockets,
    pub(super) tls: Option<Arc<Tls>>,
    pub(super) open: Arc<Open>,
}

impl Accept {
    pub(super) async fn run(self, listener: TcpListener, stop: StopHandle) {
        let connections = TaskTracker::new();
        let refusals = Arc::new(Semaphore::new(REFUSALS));
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
            let mut allowed = self.sockets;
            if is_within(&self.router.proxies.trusted, ip) {
                allowed.per_address = allowed.total;
            }
            let Some(place) = Open::take(&self.open, ip, allowed) else {
                // who speaks TLS could be told only after a handshake, which is what there is no room for
                if self.tls.is_none() {
                    match Arc::clone(&refusals).try_acquire_owned() {
                        Ok(turn) => refuse(socket, turn),
                        Err(_) => refuse_at_once(socket),
                    }
                }
                continue;
            };
            let router = Arc::clone(&self.router);
            let (tls, place, stop) = (self.tls.clone(), Arc::new(place), stop.clone());
            connections.spawn(async move {
                let _ = socket.set_nodelay(true);
                if let Some(stream) = stream(socket, tls, router.patience, &stop).await {
                    serve(stream, ip, place, router, stop).await;
                }
            });
        }
        drop(listener);
        connections.close();
        connections.wait().await;
    }
}

/// What is spoken on the socket; `None` if there was no handshake, or none in time.
async fn stream(
    socket: TcpStream,
    tls: Option<Arc<Tls>>,
    patience: Patience,
    stop: &StopHandle,
) -> Option<Stream> {
    let Some(tls) = tls else {
        return Some(Stream::Left(socket));
    };
    let accepted = tokio::select! {
        accepted = tokio::time::timeout(patience.handshake, tls.accept(socket)) => accepted.ok()?,
        () = stop.clone().shutdown() => return None,
    };
    match accepted {
        Ok(stream) => Some(Stream::Right(Box::new(stream))),
        Err(error) => {
            tracing::trace!(%error, "no handshake");
            None
        }
    }
}

async fn serve(
    stream: Stream,
    ip: IpAddr,
    place: Arc<Place>,
    router: Arc<Router>,
    stop: StopHandle,
) {
    let patience = router.patience;
    let socket_place = Arc::clone(&place);
    let called = Arc::new(AtomicBool::new(false));
    let calls = Arc::clone(&called);
    let service = service_fn(move |request: Request<Incoming>| {
        calls.store(true, Ordering::Relaxed);
        let (router, place) = (Arc::clone(&router), Arc::clone(&place));
        async move { Ok::<_, std::convert::Infallible>(router.answer(ip, &place, request).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.head)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(
            TokioIo::new(Socket::new(stream, patience.unread, socket_place)),
            service,
        )
        .with_upgrades();
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.shutdown() => {
            connection.as_mut().graceful_shutdown();
            tokio::select! {
                ended = connection.as_mut() => ended,
                // hyper waits for the rest of a first head, and nothing was asked yet
                () = tokio::time::sleep(LAST) => {
                    if called.load(Ordering::Relaxed) { connection.await } else { Ok(()) }
                }
            }
        }
    };
    if let Err(error) = ended {
        tracing::trace!(%error, "a connection ended");
    }
}

/// Says that no socket is free. Reads what is sent first, if it comes at once: an answer before the question, or a socket closed with something
/// unread, looks to some callers like a broken connection.
fn refuse(mut socket: TcpStream, turn: OwnedSemaphorePermit) {
    tokio::spawn(async move {
        let _turn = turn;
        let _ = tokio::time::timeout(Duration::from_secs(1), socket.read(&mut [0; 4096])).await;
        let _ = tokio::time::timeout(Duration::from_secs(1), async {
            socket.write_all(busy()).await?;
            socket.shutdown().await
        })
        .await;
    });
}

/// The same to one of many: a flood of sockets that say nothing must not hold the files that others need.
fn refuse_at_once(socket: TcpStream) {
    if let Ok(mut socket) = socket.into_std() {
        let _ = socket.write_all(busy());
    }
}

/// Out of files, most often: trying again at once would only burn the processor.
pub(super) async fn pause_after(error: &io::Error) {
    tracing::warn!(%error, "a connection could not be accepted");
    tokio::time::sleep(Duration::from_millis(100)).await;
}
