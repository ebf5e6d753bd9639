//! What each path answers, before and beside JSON-RPC (PROTOCOL.md, section 1).

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::FutureExt;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_TYPE, HeaderMap, HeaderValue, ORIGIN,
    X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Method, Request, Response, StatusCode};
use ipnet::IpNet;
use jsonrpsee::core::middleware::RpcServiceBuilder;
use jsonrpsee::server::http::is_json;
use jsonrpsee::server::{HttpBody, Methods, StopHandle, TowerServiceBuilder, ws};
use jsonrpsee::types::Request as Call;
use serde::de::IgnoredAny;
use tower::Service;

use super::answer::Body;
use super::caller::{ProxyHeader, caller, header_ignored};
use super::console::Console;
use super::front::{Front, Peer, Shared};
use super::health::Health;
use super::listener::{LAST, Patience};
use super::origins::{Origins, is_preflight, preflight};
use super::sockets::Place;

/// How much of a body that is too large is read, in bytes, and for how long.
const THROWN_AWAY: usize = 16 * 1024 * 1024;
const THROWING_AWAY: Duration = Duration::from_secs(5);

const ABOUT: &str = concat!(
    "This is larimard ",
    env!("CARGO_PKG_VERSION"),
    ", a wallet server that cannot read what it keeps.\n\n",
    "It speaks JSON-RPC 2.0: POST to this address, or open a WebSocket here.\n",
    "The method rpc.discover describes all methods, serverInfo this server.\n",
);

/// How a caller's address is found.
#[derive(Debug, Clone)]
pub struct Proxies {
    /// Whose header counts.
    pub trusted: Vec<IpNet>,
    /// Which header.
    pub header: ProxyHeader,
}

#[derive(Clone)]
pub(super) struct Layered(pub(super) Arc<Shared>);

impl<S> tower::Layer<S> for Layered {
    type Service = Front<S>;

    fn layer(&self, inner: S) -> Front<S> {
        Front {
            inner,
            shared: Arc::clone(&self.0),
        }
    }
}

type Stack = tower::layer::util::Stack<Layered, tower::layer::util::Identity>;
pub(super) type Rpc = TowerServiceBuilder<Stack, tower::layer::util::Identity>;

/// jsonrpsee behind the front.
pub(super) fn rpc(config: jsonrpsee::server::ServerConfig, shared: &Arc<Shared>) -> Rpc {
    jsonrpsee::server::Server::builder()
        .set_config(config)
        .set_rpc_middleware(RpcServiceBuilder::new().layer(Layered(Arc::clone(shared))))
        .to_service_builder()
}

/// Answers requests.
pub(super) struct Router {
    pub(super) rpc: Rpc,
    pub(super) methods: Methods,
    pub(super) stop: StopHandle,
    pub(super) shared: Arc<Shared>,
    pub(super) health: Arc<Health>,
    pub(super) proxies: Proxies,
    pub(super) origins: Origins,
    pub(super) console: Console,
    pub(super) largest_body: usize,
    pub(super) patience: Patience,
    pub(super) header_warned: AtomicBool,
}

impl Router {
    /// Answers one request from this peer.
    pub(super) async fn answer(
        &self,
        peer: IpAddr,
        place: &Arc<Place>,
        request: Request<Incoming>,
    ) -> Response<HttpBody> {
        let origin = request.headers().get(ORIGIN).cloned();
        let mut response = match is_preflight(&request) {
            true => preflight(),
            false => self.route(peer, place, request).await,
        };
        self.origins.mark(origin.as_ref(), response.headers_mut());
        response
    }

    async fn route(
        &self,
        peer: IpAddr,
        place: &Arc<Place>,
        request: Request<Incoming>,
    ) -> Response<HttpBody> {
        if request.method() == Method::GET && ws::is_upgrade_request(&request) {
            if request.uri().path() != "/" {
                return status(StatusCode::NOT_FOUND);
            }
            if !self.origins.admit(request.headers()) {
                return status(StatusCode::FORBIDDEN);
            }
            return self.upgrade(peer, place, request).await;
        }
        if matches!(*request.method(), Method::GET | Method::HEAD)
            && let Some(file) = self.console.file(request.uri().path(), request.headers())
        {
            return file;
        }
        match (request.method(), request.uri().path()) {
            (&Method::POST, "/") => self.call(peer, place, request).await,
            (&Method::POST, _) => status(StatusCode::NOT_FOUND),
            (&Method::GET | &Method::HEAD, "/") => plain(StatusCode::OK, ABOUT),
            (&Method::GET | &Method::HEAD, "/live") => plain(StatusCode::OK, "live\n"),
            (&Method::GET | &Method::HEAD, "/ready") => match self.health.ready().await {
                Ok(()) => plain(StatusCode::OK, "ready\n"),
                Err(()) => plain(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "not ready; the server's log says why\n",
                ),
            },
            (&Method::GET | &Method::HEAD, _) => status(StatusCode::NOT_FOUND),
            _ => {
                let mut response = status(StatusCode::METHOD_NOT_ALLOWED);
                response
                    .headers_mut()
                    .insert(ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
                response
            }
        }
    }

    async fn upgrade(
        &self,
        peer: IpAddr,
        place: &Arc<Place>,
        mut request: Request<Incoming>,
    ) -> Response<HttpBody> {
        let ip = self.caller(peer, request.headers());
        request.extensions_mut().insert(Peer::new(ip, true, place));
        place.window.open();
        let response = self.jsonrpsee(request.map(HttpBody::new)).await;
        match response.status() {
            StatusCode::SWITCHING_PROTOCOLS => response,
            _ => status(StatusCode::BAD_REQUEST),
        }
    }

    async fn call(
        &self,
        peer: IpAddr,
        place: &Arc<Place>,
        request: Request<Incoming>,
    ) -> Response<HttpBody> {
        let (mut head, mut body) = request.into_parts();
        let ip = self.caller(peer, &head.headers);
        let bytes = match self.body(&mut body).await {
            Ok(bytes) => bytes,
            Err((code, outcome)) => {
                self.shared.log_no_call(ip, outcome, 0, 0);
                return closing(status(code));
            }
        };
        // nearly all requests: one call, which needs nothing of what jsonrpsee does for batches and subscriptions
        if is_json(head.headers.get(CONTENT_TYPE))
            && let Some(call) = single_call(&bytes)
        {
            return json(self.shared.answer::<Body>(ip, &call).await.0);
        }
        let peer = Peer::new(ip, false, place);
        head.extensions.insert(peer.clone());
        let length = bytes.len();
        let request = Request::from_parts(head, HttpBody::new(Full::new(bytes.clone())));
        let mut response = self.jsonrpsee(request).await;
        let bytes_out = hyper::body::Body::size_hint(response.body()).lower();
        // jsonrpsee takes a call whose id it does not understand for one without, and JSON that is no call for no JSON
        let unanswered = bytes_out <= 4;
        if response.status() == StatusCode::OK
            && (unanswered || !peer.logged.load(Ordering::Relaxed))
            && let Ok(call) = serde_json::from_slice::<BTreeMap<String, IgnoredAny>>(&bytes)
            && (call.contains_key("id") || !unanswered)
        {
            response = invalid_request();
        }
        let outcome = match response.status() {
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "UnsupportedMediaType",
            StatusCode::BAD_REQUEST => "ParseError",
            _ => "InvalidRequest",
        };
        if !peer.logged.load(Ordering::Relaxed) {
            let bytes_out = usize::try_from(bytes_out).unwrap_or(usize::MAX);
            self.shared.log_no_call(ip, outcome, length, bytes_out);
        }
        response
    }

    /// The whole body; or with which status and outcome the request is refused.
    async fn body(&self, body: &mut Incoming) -> Result<Bytes, (StatusCode, &'static str)> {
        let too_large = (StatusCode::PAYLOAD_TOO_LARGE, "RequestTooLarge");
        let declared = hyper::body::Body::size_hint(body).lower();
        if declared > self.largest_body as u64 {
            throw_away(body).await;
            return Err(too_large);
        }
        let received = {
            let mut collected = pin!(gather(Limited::new(&mut *body, self.largest_body)));
            // most bodies come with their head: then there is nothing to wait for
            match (&mut collected).now_or_never() {
                Some(received) => Ok(received),
                None => tokio::select! {
                    received = tokio::time::timeout(self.patience.body, collected) => received,
                    () = shortly_after(self.stop.clone()) => {
                        return Err((StatusCode::SERVICE_UNAVAILABLE, "RequestTooSlow"));
                    }
                },
            }
        };
        match received {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(error)) if error.is::<LengthLimitError>() => {
                throw_away(body).await;
                Err(too_large)
            }
            Ok(Err(_)) => Err((StatusCode::BAD_REQUEST, "RequestCutOff")),
            Err(_) => Err((StatusCode::REQUEST_TIMEOUT, "RequestTooSlow")),
        }
    }

    fn jsonrpsee(
        &self,
        request: Request<HttpBody>,
    ) -> impl Future<Output = Response<HttpBody>> + Send + use<> {
        let mut service = self
            .rpc
            .clone()
            .build(self.methods.clone(), self.stop.clone());
        let answer = service.call(request);
        async move {
            match answer.await {
                Ok(response) => response,
                Err(error) => {
                    tracing::debug!(%error, "a request was not answered");
                    status(StatusCode::INTERNAL_SERVER_ERROR)
                }
            }
        }
    }

    fn caller(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let Proxies { trusted, header } = &self.proxies;
        if header_ignored(peer, headers, trusted)
            && !self.header_warned.swap(true, Ordering::Relaxed)
        {
            tracing::warn!(
                proxy = %peer,
                "a request came with a proxy's header from an address that is not in server.trusted_proxies; the header is \
                 ignored, and all who come through that proxy share one allowance: add its address if it is your proxy"
            );
        }
        caller(peer, headers, trusted, *header)
    }
}

/// A body as one piece. Collecting its pieces as they come would hold some 40 bytes for each, and a caller chooses to send single bytes.
async fn gather<B>(mut body: B) -> Result<Bytes, B::Error>
where
    B: hyper::body::Body<Data = Bytes> + Unpin,
{
    let mut whole = Bytes::new();
    let mut pieces = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(piece) = frame?.into_data() else {
            continue;
        };
        if whole.is_empty() && pieces.is_empty() {
            whole = piece;
        } else {
            pieces.extend_from_slice(&std::mem::take(&mut whole));
            pieces.extend_from_slice(&piece);
        }
    }
    Ok(if pieces.is_empty() {
        whole
    } else {
        pieces.into()
    })
}

/// Reads a body that is too large for a while, so that its sender comes to read the answer.
async fn throw_away(body: &mut Incoming) {
    let mut read = 0;
    let reading = async {
        while read < THROWN_AWAY
            && let Some(Ok(frame)) = body.frame().await
        {
            read += frame.data_ref().map_or(0, Bytes::len);
        }
    };
    let _ = tokio::time::timeout(THROWING_AWAY, reading).await;
}

fn invalid_request() -> Response<HttpBody> {
    let error = jsonrpsee::types::ErrorObject::from(jsonrpsee::types::ErrorCode::InvalidRequest);
    let answer = jsonrpsee::MethodResponse::error(jsonrpsee::types::Id::Null, error);
    json(answer.as_json().get().as_bytes().to_vec())
}

/// The call, if the body holds just one.
fn single_call(body: &[u8]) -> Option<Call<'_>> {
    // serde would take a list for the members of a call
    match body.trim_ascii_start().first() {
        Some(b'{') => serde_json::from_slice(body).ok(),
        _ => None,
    }
}

fn json(text: Vec<u8>) -> Response<HttpBody> {
    let mut response = Response::new(HttpBody::from(text));
    response.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/json; charset=utf-8"),
    );
    response
}

async fn shortly_after(stop: StopHandle) {
    stop.shutdown().await;
    tokio::time::sleep(LAST).await;
}

/// No socket is free.
pub(super) fn busy() -> &'static [u8] {
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
}

fn status(status: StatusCode) -> Response<HttpBody> {
    plain(status, status.canonical_reason().unwrap_or_default())
}

fn plain(status: StatusCode, text: &'static str) -> Response<HttpBody> {
    let mut response = Response::new(HttpBody::new(Full::new(Bytes::from_static(
        text.as_bytes(),
    ))));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn closing(mut response: Response<HttpBody>) -> Response<HttpBody> {
    response
        .headers_mut()
        .insert(CONNECTION, HeaderValue::from_static("close"));
    response
}
