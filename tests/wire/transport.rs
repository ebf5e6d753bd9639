//! Section 1: how calls come in over HTTP.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::hand::{base64, person};
use super::harness::Larimard;
use super::refusal::Refusal;

const INFO: &str = r#"{"jsonrpc":"2.0","id":1,"method":"serverInfo"}"#;

/// What the server says to these bytes on a connection of their own, until it closes it.
async fn raw(server: &Larimard, request: impl AsRef<[u8]>) -> String {
    let mut connection = TcpStream::connect(server.address()).await.unwrap();
    connection.write_all(request.as_ref()).await.unwrap();
    let mut answer = Vec::new();
    let _ = connection.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn request(verb: &str, path: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "{verb} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n{body}"
    )
}

async fn status(server: &Larimard, verb: &str, path: &str, headers: &str, body: &str) -> u16 {
    let answer = raw(server, request(verb, path, headers, body)).await;
    let status = answer.split(' ').nth(1).unwrap_or_default();
    status.parse().unwrap_or_else(|_| panic!("{answer:?}"))
}

fn number(id: u64, method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
}

#[tokio::test]
async fn paths_verbs_and_content_types() {
    let server = Larimard::start().await;
    let json = "content-type: application/json\r\n";
    for (expected, verb, path, headers, body) in [
        (200, "POST", "/", json, INFO),
        (
            200,
            "POST",
            "/",
            "content-type: application/json; charset=utf-8\r\n",
            INFO,
        ),
        (404, "POST", "/other", json, INFO),
        (404, "POST", "/live", json, INFO),
        (404, "GET", "/other", "", ""),
        (405, "PUT", "/", json, INFO),
        (405, "DELETE", "/", "", ""),
        (405, "PATCH", "/other", json, INFO),
        (415, "POST", "/", "content-type: text/plain\r\n", INFO),
        (415, "POST", "/", "", INFO),
        (200, "GET", "/", "accept: text/html\r\n", ""),
        (200, "GET", "/", "", ""),
        (200, "GET", "/live", "", ""),
        (200, "GET", "/ready", "", ""),
        (404, "GET", "/metrics", "", ""),
    ] {
        let given = status(&server, verb, path, headers, body).await;
        assert_eq!(given, expected, "{verb} {path} {headers}");
    }
}

#[tokio::test]
async fn an_error_is_http_200_with_json() {
    let server = Larimard::start().await;
    let call = number(1, "fetchWallet", json!([person(1).key()]));
    let headers = "content-type: application/json\r\n";
    let answer = raw(&server, request("POST", "/", headers, &call.to_string())).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(
        answer.contains("content-type: application/json"),
        "{answer}"
    );
    assert!(answer.contains("WalletNotFound"), "{answer}");
}

#[tokio::test]
async fn any_origin_may_call_without_credentials() {
    let server = Larimard::start().await;
    let headers = "origin: https://example.org\r\naccess-control-request-method: POST\r\n\
                   access-control-request-headers: content-type\r\n";
    let answer = raw(&server, request("OPTIONS", "/", headers, "")).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(
        answer.contains("access-control-allow-origin: *"),
        "{answer}"
    );
    assert!(
        answer.contains("access-control-allow-headers: *"),
        "{answer}"
    );
    assert!(!answer.contains("allow-credentials"), "{answer}");
    let headers = "origin: https://example.org\r\ncontent-type: application/json\r\n";
    let answer = raw(&server, request("POST", "/", headers, INFO)).await;
    assert!(
        answer.contains("access-control-allow-origin: *"),
        "{answer}"
    );
    assert!(!answer.contains("set-cookie"), "{answer}");
}

#[tokio::test]
async fn a_body_may_have_three_blobs_and_64_kib_and_not_a_byte_more() {
    let server = Larimard::with(|settings| settings.limits.blob_bytes = 1000).await;
    let most = 3 * 1000 + 64 * 1024;
    let padded = |length: usize| format!("{INFO}{}", " ".repeat(length - INFO.len()));
    assert_eq!(server.caller().post(padded(most)).await.0, 200);
    assert_eq!(server.caller().post(padded(most + 1)).await.0, 413);
    let chunked = |length: usize| {
        let body = padded(length);
        let mut text =
            "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n\
                        transfer-encoding: chunked\r\n\r\n"
                .to_owned();
        for piece in body.as_bytes().chunks(10_000) {
            let piece = std::str::from_utf8(piece).unwrap();
            text.push_str(&format!("{:x}\r\n{piece}\r\n", piece.len()));
        }
        text + "0\r\n\r\n"
    };
    let fits = raw(&server, chunked(most)).await;
    assert!(fits.starts_with("HTTP/1.1 200"), "{fits}");
    let too_large = raw(&server, chunked(most + 1)).await;
    assert!(too_large.starts_with("HTTP/1.1 413"), "{too_large}");
}

#[tokio::test]
async fn what_is_no_json_rpc_is_refused_as_jsonrpsee_says() {
    let server = Larimard::start().await;
    for (body, code) in [
        ("this is no JSON", -32700),
        (r#"{"jsonrpc":"2.0","id":1,"#, -32700),
        (r#"{"id":1,"method":"serverInfo"}"#, -32600),
        (r#"{"jsonrpc":"1.0","id":1,"method":"serverInfo"}"#, -32600),
        (r#"{"jsonrpc":"2.0","id":1}"#, -32600),
        (r#"{"jsonrpc":"2.0","id":1,"method":5}"#, -32600),
        (r#"{"id":5}"#, -32600),
        (r"[]", -32600),
    ] {
        let (status, text) = server.caller().post(body).await;
        assert!(status == 200 || status == 400, "{body}: {status}");
        let answer: Value =
            serde_json::from_str(&text).unwrap_or_else(|_| panic!("{body}: {text}"));
        assert_eq!(answer["error"]["code"], code, "{body}: {answer}");
    }
}

#[tokio::test]
async fn a_method_that_does_not_exist_is_named_so() {
    let server = Larimard::start().await;
    for method in ["fetchwallet", "larimar", "", "rpc.other", "wallet/other"] {
        let refusal = server.call(method, json!([])).await.unwrap_err();
        assert_eq!(refusal.code, -32601, "{method}");
    }
    // over WebSocket only
    for method in ["subscribeWallet", "unsubscribeWallet"] {
        let refusal = server.call(method, json!([person(1).key()])).await;
        assert_eq!(refusal.unwrap_err().code, -32601, "{method}");
    }
}

#[tokio::test]
async fn the_id_comes_back_as_it_was() {
    let server = Larimard::start().await;
    for id in [
        json!(0),
        json!(123_456_789),
        json!("a"),
        json!(""),
        json!("5"),
    ] {
        let call = json!({"jsonrpc": "2.0", "id": id, "method": "serverInfo"});
        let answer = server.caller().json(&call).await;
        assert!(Refusal::or_result(&answer, &id).is_ok());
    }
}

#[tokio::test]
async fn a_call_with_an_id_of_no_known_kind_is_an_invalid_request() {
    let server = Larimard::start().await;
    let deep = (0..1000).fold(json!(1), |id, _| json!([id]));
    for id in [
        json!(-1),
        json!(1.5),
        json!([1]),
        json!({}),
        json!(true),
        deep,
    ] {
        let call = json!({"jsonrpc": "2.0", "id": id, "method": "serverInfo"});
        let answer = server.caller().json(&call).await;
        assert_eq!(answer["error"]["code"], -32600, "{id}");
        assert_eq!(answer["id"], json!(null), "{id}");
    }
    for call in [
        json!({}),
        json!({"a": 1}),
        json!({"jsonrpc": "2.0", "id": 1}),
    ] {
        let answer = server.caller().json(&call).await;
        assert_eq!(answer["error"]["code"], -32600, "{call}");
    }
}

#[tokio::test]
async fn a_call_without_id_is_not_executed() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"before").await;
    let params = alice.save(b"after");
    let call = json!({"jsonrpc": "2.0", "method": "saveWallet", "params": params});
    let (status, text) = server.caller().post(call.to_string()).await;
    assert!(
        (status, text.as_str()) == (200, "null") || text.is_empty(),
        "{text}"
    );
    let batch = json!([call, call]);
    let (_, text) = server.caller().post(batch.to_string()).await;
    assert!(text == "null" || text.is_empty(), "{text}");
    assert!(server.holds(&alice, b"before").await);
    let mixed = json!([call, number(1, "serverInfo", json!([]))]);
    let answers = server.caller().json(&mixed).await;
    assert_eq!(answers.as_array().unwrap().len(), 1);
    assert!(server.holds(&alice, b"before").await);
}

#[tokio::test]
async fn a_batch_is_answered_entry_by_entry() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"blob").await;
    let batch = json!([
        number(1, "fetchWallet", json!([alice.key()])),
        number(2, "fetchWallet", json!([person(2).key()])),
        number(3, "nothing", json!([])),
        {"jsonrpc": "2.0", "id": 4},
        number(5, "saveWallet", alice.save(b"second")),
        number(6, "fetchWallet", json!([alice.key()])),
    ]);
    let answers = server.caller().json(&batch).await;
    let answers = answers.as_array().unwrap();
    assert_eq!(answers.len(), 6);
    let of = |id: u64| {
        let answer = answers.iter().find(|answer| answer["id"] == id).unwrap();
        Refusal::or_result(answer, &json!(id))
    };
    assert_eq!(of(1).unwrap()["encrypted_data"], base64(b"blob"));
    assert_eq!(of(2).unwrap_err().name(), "WalletNotFound");
    assert_eq!(of(3).unwrap_err().code, -32601);
    assert!(of(5).is_ok());
    assert_eq!(of(6).unwrap()["encrypted_data"], base64(b"second"));
    assert!(
        answers
            .iter()
            .any(|answer| answer["error"]["code"] == -32600)
    );
}

#[tokio::test]
async fn a_batch_that_is_too_long_is_refused_whole() {
    let server = Larimard::with(|settings| settings.limits.batch = 3).await;
    let alice = person(1);
    server.create(&alice, b"before").await;
    let save = number(1, "saveWallet", alice.save(b"after"));
    let (_, text) = server
        .caller()
        .post(json!([save, save, save, save]).to_string())
        .await;
    let answer: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(answer["error"]["code"], -32010, "{answer}");
    assert!(server.holds(&alice, b"before").await);
    let answers = server.caller().json(&json!([save, save, save])).await;
    assert_eq!(answers.as_array().unwrap().len(), 3);
    assert!(server.holds(&alice, b"after").await);
}

#[tokio::test]
async fn too_many_connections_are_answered_503() {
    let server = Larimard::with(|settings| settings.server.connections = 2).await;
    let _first = TcpStream::connect(server.address()).await.unwrap();
    let _second = TcpStream::connect(server.address()).await.unwrap();
    let answer = raw(&server, request("GET", "/live", "", "")).await;
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
}

#[tokio::test]
async fn live_and_ready_are_neither_limited_nor_logged() {
    let mut server = Larimard::with(|settings| settings.limits.wallet_requests_per_hour = 1).await;
    for _ in 0..20 {
        assert_eq!(status(&server, "GET", "/live", "", "").await, 200);
        assert_eq!(status(&server, "GET", "/ready", "", "").await, 200);
    }
    server.ok("serverInfo", json!([])).await;
    server.stop().await;
    let log = std::fs::read_to_string(server.access_log()).unwrap();
    assert_eq!(log.lines().count(), 1, "{log}");
}
