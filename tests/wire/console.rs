//! Section 1: the page that a browser gets, and the files that belong to it.

use std::collections::BTreeMap;
use std::path::Path;

use larimar::crypto::BlobHash;
use reqwest::header::{ACCEPT, HeaderMap, IF_NONE_MATCH};
use reqwest::{Client, Method, StatusCode};
use tokio::net::TcpStream;
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use super::harness::Larimard;

const HTML: &str = "text/html,application/xhtml+xml;q=0.9";

async fn get(server: &Larimard, path: &str, accept: &str) -> reqwest::Response {
    let url = format!("http://{}{path}", server.address());
    let request = Client::new().get(url).header(ACCEPT, accept);
    request.send().await.expect("an answer")
}

fn text(headers: &HeaderMap, name: &str) -> String {
    let value = headers.get(name).unwrap_or_else(|| panic!("no {name}"));
    value.to_str().expect("text").to_owned()
}

#[tokio::test]
async fn a_browser_gets_the_page_and_others_a_few_lines() {
    let server = Larimard::start().await;
    let page = get(&server, "/", HTML).await;
    assert_eq!(
        text(page.headers(), "content-type"),
        "text/html; charset=utf-8"
    );
    let page = page.text().await.expect("a page");
    assert!(page.contains("console.js"), "{page}");
    for accept in ["*/*", "application/json"] {
        let lines = get(&server, "/", accept).await;
        assert!(text(lines.headers(), "content-type").starts_with("text/plain"));
        assert!(
            lines
                .text()
                .await
                .expect("lines")
                .starts_with("This is larimard")
        );
    }
}

#[tokio::test]
async fn every_file_of_the_page_is_there_under_a_strict_policy() {
    let server = Larimard::start().await;
    for entry in std::fs::read_dir("web/dist").expect("web/dist") {
        let name = entry
            .expect("an entry")
            .file_name()
            .into_string()
            .expect("text");
        if name == "SOURCES" {
            continue;
        }
        let file = get(&server, &format!("/{name}"), "*/*").await;
        assert_eq!(file.status(), StatusCode::OK, "{name}");
        let headers = file.headers().clone();
        let policy = text(&headers, "content-security-policy");
        for rule in [
            "default-src 'none'",
            "script-src 'self'",
            "connect-src 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        ] {
            assert!(policy.contains(rule), "{name}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(text(&headers, "x-content-type-options"), "nosniff");
        assert_eq!(text(&headers, "referrer-policy"), "no-referrer");
        assert_eq!(text(&headers, "cache-control"), "no-cache");
        assert_eq!(text(&headers, "access-control-allow-origin"), "*");
        let kind = match Path::new(&name).extension().and_then(|end| end.to_str()) {
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("html") => "text/html; charset=utf-8",
            Some("svg") => "image/svg+xml",
            _ => "text/plain; charset=utf-8",
        };
        assert_eq!(text(&headers, "content-type"), kind, "{name}");
        let bytes = file.bytes().await.expect("bytes");
        assert_eq!(
            bytes,
            std::fs::read(format!("web/dist/{name}")).expect("read")
        );
    }
}

#[tokio::test]
async fn who_has_a_file_is_not_sent_it_again() {
    let server = Larimard::start().await;
    let first = get(&server, "/console.js", "*/*").await;
    let tag = text(first.headers(), "etag");
    let url = format!("http://{}/console.js", server.address());
    for (tags, status) in [
        (tag.as_str(), StatusCode::NOT_MODIFIED),
        (&format!("\"other\", W/{tag}"), StatusCode::NOT_MODIFIED),
        ("\"other\"", StatusCode::OK),
    ] {
        let again = Client::new().get(&url).header(IF_NONE_MATCH, tags);
        let again = again.send().await.expect("an answer");
        assert_eq!(again.status(), status, "{tags}");
        let empty = again.bytes().await.expect("bytes").is_empty();
        assert_eq!(empty, status == StatusCode::NOT_MODIFIED);
    }
    let head = Client::new().head(&url).send().await.expect("an answer");
    assert_eq!(head.status(), StatusCode::OK);
    let length = text(head.headers(), "content-length");
    assert_eq!(
        length,
        first.bytes().await.expect("bytes").len().to_string()
    );
    for (method, status) in [
        (Method::POST, StatusCode::NOT_FOUND),
        (Method::PUT, StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let other = Client::new().request(method, &url).send().await;
        assert_eq!(other.expect("an answer").status(), status);
    }
}

#[tokio::test]
async fn the_page_of_the_server_itself_may_open_web_sockets_whatever_the_list_says() {
    let server =
        Larimard::with(|settings| settings.server.cors_origins = vec!["https://a.example".into()])
            .await;
    let address = server.address();
    for (origin, admitted) in [
        (format!("http://{address}"), true),
        (format!("https://{address}"), true),
        ("https://a.example".into(), true),
        ("https://b.example".into(), false),
        ("null".into(), false),
        (format!("http://{address}.b.example"), false),
    ] {
        let mut request = format!("ws://{address}/")
            .into_client_request()
            .expect("a request");
        let headers = request.headers_mut();
        headers.insert("origin", origin.parse().expect("a header"));
        let connection = TcpStream::connect(address).await.expect("a connection");
        let opened = client_async(request, connection).await;
        assert_eq!(opened.is_ok(), admitted, "{origin}");
    }
}

#[tokio::test]
async fn the_page_may_call_the_peers_that_are_set_and_is_another_version_then() {
    let peers = ["https://two.example", "http://127.0.0.1:8331"].map(str::to_owned);
    let listed = peers.to_vec();
    let server = Larimard::with(|settings| settings.console.peers = listed).await;
    let page = get(&server, "/", HTML).await;
    let policy = text(page.headers(), "content-security-policy");
    let connections = "connect-src 'self' https://two.example wss://two.example http://127.0.0.1:8331 ws://127.0.0.1:8331;";
    assert!(policy.contains(connections), "{policy}");
    let found = get(&server, "/servers.json", "*/*").await;
    assert_eq!(text(found.headers(), "content-type"), "application/json");
    let found: serde_json::Value = found.json().await.expect("JSON");
    assert_eq!(found, serde_json::json!({ "peers": peers }));
    let worker = get(&server, "/sw.js", "*/*").await;
    let worker = worker.text().await.expect("text");
    assert!(worker.contains("https://two.example"), "{worker}");

    let alone = Larimard::start().await;
    let found = get(&alone, "/servers.json", "*/*").await;
    let found: serde_json::Value = found.json().await.expect("JSON");
    assert_eq!(found, serde_json::json!({ "peers": [] }));
    let policy = get(&alone, "/", HTML).await;
    let policy = text(policy.headers(), "content-security-policy");
    assert!(policy.contains("connect-src 'self';"), "{policy}");
}

/// `web/build.mjs` notes what it built from, so that this needs no npm; `scripts/test` builds again and compares.
#[test]
fn what_is_committed_was_built_from_what_is_committed() {
    let noted = std::fs::read_to_string("web/dist/SOURCES").expect("web/dist/SOURCES");
    let noted: BTreeMap<_, _> = noted
        .lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(hash, path)| (path.to_owned(), hash.to_owned()))
        .collect();
    let mut found = BTreeMap::new();
    for folder in ["client/src", "console/src"] {
        sources(Path::new("web"), Path::new(folder), &mut found);
    }
    for (path, hash) in &found {
        assert_eq!(
            noted.get(path),
            Some(hash),
            "{path} has changed: node web/build.mjs"
        );
    }
    let missing = noted
        .keys()
        .find(|path| !Path::new("web").join(path).exists());
    assert_eq!(missing, None, "is gone: node web/build.mjs");
}

fn sources(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(root.join(folder)).expect("a folder") {
        let entry = entry.expect("an entry");
        let path = folder.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            sources(root, &path, found);
        } else {
            let hash = BlobHash::of(&std::fs::read(entry.path()).expect("read"));
            found.insert(path.to_string_lossy().into_owned(), hash.to_string());
        }
    }
}
