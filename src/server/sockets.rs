//! Sockets: how many may be open, and callers who send without reading.

use std::collections::HashMap;
use std::io::{self, IoSlice};
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::server::TlsStream;
use tokio_util::either::Either;

use super::window::Window;
use crate::network::host;
use crate::telemetry::{Counts, Registry, number, register_reading};

/// How many sockets may be open.
#[derive(Debug, Clone, Copy)]
pub struct Sockets {
    /// In all.
    pub total: usize,
    /// From one address, or /64 (a trusted proxy's excepted).
    pub per_address: usize,
}

/// The open sockets, by address.
#[derive(Debug)]
pub(super) struct Open {
    places: Mutex<Places>,
    refused: Counts,
}

const TOTAL: &str = "server.connections";
const PER_ADDRESS: &str = "server.connections_per_address";

#[derive(Debug, Default)]
struct Places {
    total: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// A socket's place; it is free again when this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    open: Arc<Open>,
    host: IpAddr,
    /// What is under way on it.
    pub(super) window: Window,
}

impl Default for Open {
    fn default() -> Self {
        Self {
            places: Mutex::default(),
            refused: Counts::new("limit", [TOTAL, PER_ADDRESS]),
        }
    }
}

impl Open {
    /// Shows how many are open, and how many were refused.
    pub(super) fn register(self: &Arc<Self>, registry: &mut Registry) {
        let open = Arc::clone(self);
        register_reading(registry, "sockets", "Open sockets", None, move || {
            Some(number(open.places().total as u64))
        });
        self.refused.register(
            registry,
            "sockets_refused",
            "Sockets that were refused, by the setting that allows no more",
        );
    }

    fn places(&self) -> MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a socket of this address, if there is one.
    pub(super) fn take(open: &Arc<Self>, ip: IpAddr, allowed: Sockets) -> Option<Place> {
        let host = host(ip);
        let mut places = open.places();
        let of_host = places.by_address.get(&host).copied().unwrap_or(0);
        let full = (of_host >= allowed.per_address)
            .then_some(PER_ADDRESS)
            .or((places.total >= allowed.total).then_some(TOTAL));
        if let Some(limit) = full {
            open.refused.count(limit);
            return None;
        }
        places.total += 1;
        places.by_address.insert(host, of_host + 1);
        Some(Place {
            open: Arc::clone(open),
            host,
            window: Window::default(),
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut places = self.open.places();
        places.total -= 1;
        match places.by_address.get(&self.host).copied() {
            Some(more @ 2..) => {
                places.by_address.insert(self.host, more - 1);
            }
            _ => {
                places.by_address.remove(&self.host);
            }
        }
    }
}

/// What is spoken on a socket: plain HTTP, or TLS.
pub(super) type Stream = Either<TcpStream, Box<TlsStream<TcpStream>>>;

/// A socket that is not read from while its peer does not read, or while enough is under way (see [`Window`]).
#[derive(Debug)]
pub(super) struct Socket {
    inner: Pin<Box<TimeoutStream<Stream>>>,
    place: Arc<Place>,
    unread: bool,
    /// Nothing can be sent any more. jsonrpsee would wait as long again to say that it closes, and read on for as long as its peer sends.
    broken: bool,
    yielded: bool,
}

impl Socket {
    /// Gives up a peer who leaves an answer unread for so long.
    pub(super) fn new(stream: Stream, unread: Duration, place: Arc<Place>) -> Self {
        let mut inner = TimeoutStream::new(stream);
        inner.set_write_timeout(Some(unread));
        Self {
            inner: Box::pin(inner),
            place,
            unread: false,
            broken: false,
            yielded: false,
        }
    }

    fn wrote(&mut self, result: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        let was_unread = std::mem::replace(&mut self.unread, result.is_pending());
        match &result {
            Poll::Pending => return result,
            Poll::Ready(Ok(bytes)) => self.place.window.sent(*bytes),
            Poll::Ready(Err(_)) => {
                self.broken = true;
                self.place.window.broken();
            }
        }
        if was_unread {
            self.place.window.read_on();
        }
        result
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.broken {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        if self.unread {
            self.place.window.wait(context);
            return Poll::Pending;
        }
        if self.place.window.is_websocket() {
            ready!(self.place.window.poll_room(context));
            // what was read comes to its task before more is read
            self.yielded = !self.yielded;
            if self.yielded {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
        }
        self.inner.as_mut().poll_read(context, buffer)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.broken {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        let result = self.inner.as_mut().poll_write(context, bytes);
        self.wrote(result)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = self.inner.as_mut().poll_flush(context);
        match self.inner.get_ref() {
            Either::Left(_) => result,
            // TLS takes what its peer does not read yet, and holds it until it is flushed
            Either::Right(_) => self.wrote(result.map_ok(|()| 0)).map_ok(|_| ()),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = ready!(self.inner.as_mut().poll_shutdown(context));
        self.unread = false;
        self.place.window.broken();
        self.place.window.read_on();
        Poll::Ready(result)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.broken {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        let result = self.inner.as_mut().poll_write_vectored(context, parts);
        self.wrote(result)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_are_bounded_and_places_come_back() {
        let open = Arc::new(Open::default());
        let allowed = Sockets {
            total: 3,
            per_address: 2,
        };
        let one: IpAddr = "2001:db8::1".parse().expect("an address");
        let neighbour: IpAddr = "2001:db8::2".parse().expect("an address");
        let two: IpAddr = [192, 0, 2, 2].into();
        let first = Open::take(&open, one, allowed).expect("a place");
        let _second = Open::take(&open, neighbour, allowed).expect("a place");
        assert!(Open::take(&open, one, allowed).is_none(), "two of one /64");
        let _third = Open::take(&open, two, allowed).expect("a place");
        assert!(Open::take(&open, two, allowed).is_none(), "three in all");
        drop(first);
        assert!(Open::take(&open, two, allowed).is_some());
        assert_eq!(open.places().by_address.len(), 2);
    }
}
