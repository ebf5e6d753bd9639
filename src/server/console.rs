//! The console: the page that a browser gets at `/`, and the files that belong to it (PROTOCOL.md, section 1).
//!
//! They are made from `web/` by `web/build.mjs`, committed, and part of the program: a missing one does not compile.

use std::sync::LazyLock;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap, HeaderName,
    HeaderValue, IF_NONE_MATCH, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Response, StatusCode};
use jsonrpsee::server::HttpBody;

use crate::crypto::BlobHash;

/// Scripts, styles, images and connections of this server only, and no text becomes script.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types larimar";

const SCRIPT: &str = "text/javascript; charset=utf-8";

struct File {
    path: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
    etag: String,
}

macro_rules! files {
    ($($name:literal: $kind:expr,)*) => {
        [$(File {
            path: concat!("/", $name),
            kind: $kind,
            bytes: include_bytes!(concat!("../../web/dist/", $name)),
            etag: format!("\"{}\"", BlobHash::of(include_bytes!(concat!("../../web/dist/", $name)))),
        }),*]
    };
}

static FILES: LazyLock<[File; 9]> = LazyLock::new(|| {
    files! {
        "index.html": "text/html; charset=utf-8",
        "console.css": "text/css; charset=utf-8",
        "console.js": SCRIPT,
        "strength.js": SCRIPT,
        "kdf-worker.js": SCRIPT,
        "sw.js": SCRIPT,
        "larimar-client.js": SCRIPT,
        "icon.svg": "image/svg+xml",
        "NOTICES.txt": "text/plain; charset=utf-8",
    }
});

/// The file at this path, or that the caller has it already; `None` if there is none. At `/` only browsers get the page.
pub(super) fn file(path: &str, asked: &HeaderMap) -> Option<Response<HttpBody>> {
    let path = match path {
        "/" if wants_a_page(asked) => "/index.html",
        path => path,
    };
    let file = FILES.iter().find(|file| file.path == path)?;
    let known = asked.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let known = known.is_some_and(|tags| tags.contains(&file.etag) || tags.trim() == "*");
    let body = if known { &[] } else { file.bytes };
    let mut response = Response::new(HttpBody::new(Full::new(Bytes::from_static(body))));
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, file.kind),
        (CACHE_CONTROL, "no-cache"),
        (VARY, "accept"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=()",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(etag) = HeaderValue::from_str(&file.etag) {
        headers.insert(ETAG, etag);
    }
    Some(response)
}

fn wants_a_page(asked: &HeaderMap) -> bool {
    let mut accepted = asked.get_all(ACCEPT).iter();
    accepted.any(|accepted| {
        accepted
            .to_str()
            .is_ok_and(|text| text.contains("text/html"))
    })
}
