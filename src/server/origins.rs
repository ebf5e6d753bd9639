//! Which web pages may call from a browser (PROTOCOL.md, section 1; the Fetch standard, section 3.3).
//!
//! By hand: a layer of tower-http is cloned, and makes its headers anew, for every request of a connection.

use hyper::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HOST, HeaderMap, HeaderValue, ORIGIN,
    VARY,
};
use hyper::{Method, Request, Response};
use jsonrpsee::server::HttpBody;

/// Which origins a browser may call from.
#[derive(Debug, Clone)]
pub enum Origins {
    /// Any.
    Any,
    /// These.
    These(Vec<String>),
}

impl From<&[String]> for Origins {
    /// `*` among them stands for any.
    fn from(listed: &[String]) -> Self {
        match listed.iter().any(|origin| origin == "*") {
            true => Self::Any,
            false => Self::These(listed.to_vec()),
        }
    }
}

impl Origins {
    /// Whether a WebSocket may be opened with these headers: browsers ask nobody before they open one.
    pub(super) fn admit(&self, headers: &HeaderMap) -> bool {
        let own = |origin| is_own(origin, headers.get(HOST));
        headers
            .get(ORIGIN)
            .is_none_or(|origin| self.allow(origin) || own(origin))
    }

    fn allow(&self, origin: &HeaderValue) -> bool {
        match self {
            Self::Any => true,
            Self::These(origins) => origins.iter().any(|allowed| allowed.as_bytes() == origin),
        }
    }

    /// Says in an answer whether the page that asked may read it.
    pub(super) fn mark(&self, origin: Option<&HeaderValue>, headers: &mut HeaderMap) {
        if matches!(self, Self::Any) {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            return;
        }
        headers.append(VARY, HeaderValue::from_static("origin"));
        if let Some(origin) = origin.filter(|origin| self.allow(origin)) {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        }
    }
}

/// Whether it is a page of this server itself: the console, which no list has to name.
fn is_own(origin: &HeaderValue, host: Option<&HeaderValue>) -> bool {
    let origin = origin.as_bytes();
    let authority = origin
        .strip_prefix(b"https://")
        .or_else(|| origin.strip_prefix(b"http://"));
    host.is_some_and(|host| authority == Some(host.as_bytes()))
}

/// Whether a browser asks what it may do, before it does it.
pub(super) fn is_preflight<B>(request: &Request<B>) -> bool {
    let headers = request.headers();
    request.method() == Method::OPTIONS
        && headers.contains_key(ORIGIN)
        && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// What is answered to that; from where is said by [`Origins::mark`].
pub(super) fn preflight() -> Response<HttpBody> {
    let mut response = Response::new(HttpBody::empty());
    let headers = response.headers_mut();
    headers.insert(
        ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET,POST"),
    );
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("3600"));
    response
}
