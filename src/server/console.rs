//! The console: the page that a browser gets at `/`, and the files that belong to it (PROTOCOL.md, section 1).
//!
//! They are made from `web/` by `web/build.mjs`, committed, and part of the program: a missing one does not compile.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap, HeaderName,
    HeaderValue, IF_NONE_MATCH, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Response, StatusCode};
use jsonrpsee::server::HttpBody;
use serde_json::json;

use crate::crypto::BlobHash;

/// Scripts, styles and images of this server only, and no text becomes script; connections to it and its peers.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'@peers@; \
    worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types larimar";

const SCRIPT: &str = "text/javascript; charset=utf-8";

struct File {
    path: &'static str,
    kind: &'static str,
    bytes: Bytes,
    etag: String,
}

impl File {
    fn new(path: &'static str, kind: &'static str, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let etag = format!("\"{}\"", BlobHash::of(&bytes));
        Self {
            path,
            kind,
            bytes,
            etag,
        }
    }
}

macro_rules! files {
    ($($name:literal: $kind:expr,)*) => {
        vec![$(File::new(
            concat!("/", $name),
            $kind,
            include_bytes!(concat!("../../web/dist/", $name)).as_slice(),
        )),*]
    };
}

/// The files of the page, and what they may call.
pub(super) struct Console {
    files: Vec<File>,
    policy: HeaderValue,
}

impl Console {
    /// The page, which may call these origins besides its own.
    pub(super) fn new(peers: &[String]) -> Self {
        let mut files = files! {
            "index.html": "text/html; charset=utf-8",
            "console.css": "text/css; charset=utf-8",
            "console.js": SCRIPT,
            "strength.js": SCRIPT,
            "kdf-worker.js": SCRIPT,
            "sw.js": SCRIPT,
            "larimar-client.js": SCRIPT,
            "icon.svg": "image/svg+xml",
            "NOTICES.txt": "text/plain; charset=utf-8",
        };
        let listed = json!({ "peers": peers }).to_string();
        if !peers.is_empty() {
            // the page that a browser keeps has the policy that it came with: with other peers it is another version
            for file in files.iter_mut().filter(|file| file.path == "/sw.js") {
                let note = format!("// {listed}\n");
                *file = File::new(
                    file.path,
                    file.kind,
                    [&file.bytes[..], note.as_bytes()].concat(),
                );
            }
        }
        files.push(File::new("/servers.json", "application/json", listed));
        let reachable = peers
            .iter()
            .flat_map(|peer| [peer.clone(), web_socket(peer)]);
        let reachable: String = reachable.map(|origin| format!(" {origin}")).collect();
        let policy = HeaderValue::from_str(&POLICY.replace("@peers@", &reachable));
        Self {
            files,
            // checked settings have nothing else; without them the page stays with its own server
            policy: policy.unwrap_or(HeaderValue::from_static("default-src 'none'")),
        }
    }

    /// The file at this path, or that the caller has it already; `None` if there is none. At `/` only browsers get the page.
    pub(super) fn file(&self, path: &str, asked: &HeaderMap) -> Option<Response<HttpBody>> {
        let path = match path {
            "/" if wants_a_page(asked) => "/index.html",
            path => path,
        };
        let file = self.files.iter().find(|file| file.path == path)?;
        let known = asked.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
        let known = known.is_some_and(|tags| tags.contains(&file.etag) || tags.trim() == "*");
        let body = if known {
            Bytes::new()
        } else {
            file.bytes.clone()
        };
        let mut response = Response::new(HttpBody::new(Full::new(body)));
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = response.headers_mut();
        for (name, value) in [
            (CONTENT_TYPE, file.kind),
            (CACHE_CONTROL, "no-cache"),
            (VARY, "accept"),
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
        headers.insert(CONTENT_SECURITY_POLICY, self.policy.clone());
        if let Ok(etag) = HeaderValue::from_str(&file.etag) {
            headers.insert(ETAG, etag);
        }
        Some(response)
    }
}

/// The same origin for WebSockets, which a policy lists by themselves.
fn web_socket(origin: &str) -> String {
    origin.replacen("http", "ws", 1)
}

fn wants_a_page(asked: &HeaderMap) -> bool {
    let mut accepted = asked.get_all(ACCEPT).iter();
    accepted.any(|accepted| {
        accepted
            .to_str()
            .is_ok_and(|text| text.contains("text/html"))
    })
}
