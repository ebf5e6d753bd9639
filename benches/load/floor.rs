//! The floors: the least that a server does who answers the same bytes. Nothing of Larimar is called here.

use std::convert::Infallible;
use std::path::Path;
use std::sync::Arc;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use jsonrpsee::server::middleware::http::ProxyGetRequestLayer;
use jsonrpsee::server::{RpcModule, ServerBuilder, ServerConfig};
use jsonrpsee::types::ErrorObjectOwned;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::broadcast;
use tokio_rustls::TlsAcceptor;

/// What a subscriber is told, as long as what larimard tells.
const CHANGE: &str = r#"{"event":"saved","local_hash":"0000000000000000000000000000000000000000000000000000000000000000","updated":"2026-11-22T01:50:16.123Z"}"#;

/// Serves until killed: `kind` is `hyper` or `jsonrpsee`, and the file holds what every call returns; or `tls`, and it holds a certificate and its key.
pub fn serve(kind: &str, file: &Path, listen: &str) {
    let answer = std::fs::read_to_string(file).expect("an answer");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    match kind {
        "tls" => runtime.block_on(tls(file, listen)),
        "hyper" => runtime.block_on(hyper(answer, listen)),
        "jsonrpsee" => runtime.block_on(jsonrpsee(answer, listen)),
        other => panic!("no floor {other}"),
    }
}

async fn hyper(answer: String, listen: &str) {
    let body = Bytes::from(format!(r#"{{"jsonrpc":"2.0","id":1,"result":{answer}}}"#));
    let listener = tokio::net::TcpListener::bind(listen).await.expect("bound");
    loop {
        let (socket, _) = listener.accept().await.expect("a connection");
        let _ = socket.set_nodelay(true);
        let body = body.clone();
        let service = hyper::service::service_fn(move |request: Request<Incoming>| {
            let body = body.clone();
            async move {
                let _ = request.into_body().collect().await;
                let mut response = Response::new(Full::new(body));
                let json = HeaderValue::from_static("application/json; charset=utf-8");
                response.headers_mut().insert(CONTENT_TYPE, json);
                Ok::<_, Infallible>(response)
            }
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .serve_connection(TokioIo::new(socket), service);
        tokio::spawn(connection);
    }
}

const LIVE: &[u8] = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 5\r\n\r\nlive\n";

/// One request a connection.
async fn tls(pem: &Path, listen: &str) {
    let chain = CertificateDer::pem_file_iter(pem).expect("a certificate");
    let chain: Result<Vec<_>, _> = chain.collect();
    let key = PrivateKeyDer::from_pem_file(pem).expect("a key");
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(chain.expect("a certificate"), key)
        .expect("its key");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind(listen).await.expect("bound");
    loop {
        let (socket, _) = listener.accept().await.expect("a connection");
        let _ = socket.set_nodelay(true);
        let accepting = acceptor.accept(socket).into_fallible();
        tokio::spawn(async move {
            match accepting.await {
                Ok(mut stream) => {
                    let (mut head, mut length) = ([0; 1024], 0);
                    while !head[..length].ends_with(b"\r\n\r\n") {
                        match stream.read(&mut head[length..]).await {
                            Ok(read) if read > 0 => length += read,
                            _ => return,
                        }
                    }
                    let _ = stream.write_all(LIVE).await;
                    let _ = stream.shutdown().await;
                }
                // who waits for it to listen asks without TLS
                Err((_, mut socket)) => {
                    let _ = socket.write_all(LIVE).await;
                }
            }
        });
    }
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read, as a server would")]
struct Fetch {
    publickey: String,
    local_hash: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read, as a server would")]
struct Save {
    encrypted_data: String,
    signature: String,
}

/// The result is text that is JSON already: what jsonrpsee sends with the least work.
async fn jsonrpsee(answer: String, listen: &str) {
    let answer = RawValue::from_string(answer).expect("JSON");
    let mut module = RpcModule::new((answer, broadcast::Sender::new(16)));
    module
        .register_async_method("fetchWallet", |params, context, _| async move {
            params.parse::<Fetch>()?;
            Ok::<_, ErrorObjectOwned>(context.0.clone())
        })
        .expect("a method");
    module
        .register_async_method("saveWallet", |params, context, _| async move {
            params.parse::<Save>()?;
            let _ = context.1.send(());
            Ok::<_, ErrorObjectOwned>(context.0.clone())
        })
        .expect("a method");
    module
        .register_subscription(
            "subscribeWallet",
            "walletChanged",
            "unsubscribeWallet",
            |params, pending, context, _| async move {
                params.parse::<Fetch>()?;
                let mut saves = context.1.subscribe();
                let sink = pending.accept().await?;
                while saves.recv().await.is_ok() {
                    sink.send(RawValue::from_string(CHANGE.to_owned())?).await?;
                }
                Ok(())
            },
        )
        .expect("a method");
    // as long as larimard's answer
    module
        .register_method("rpc.discover", |_, _, _| "x".repeat(40_000))
        .expect("a method");
    module
        .register_method("live", |_, _, _| true)
        .expect("a method");
    let live = ProxyGetRequestLayer::new([("/live", "live")]).expect("a path");
    let server = ServerBuilder::new()
        .set_config(ServerConfig::builder().max_connections(1000).build())
        .set_http_middleware(tower::ServiceBuilder::new().layer(live))
        .build(listen)
        .await
        .expect("bound");
    server.start(module).stopped().await;
}
