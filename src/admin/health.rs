//! `larimard health`: asks the server whether it is ready, for where there is no curl.

mod tls;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::backup::tell;
use crate::config::Settings;

/// The server itself takes 5 seconds at the most.
const PATIENCE: Duration = Duration::from_secs(8);
const LONGEST_ANSWER: usize = 1024;

/// Asks the configured listener's `/ready`.
///
/// # Errors
/// Why it is not ready, and what to do.
pub(super) fn health(settings: &Settings, json: bool) -> anyhow::Result<()> {
    let address = asked(settings.server.listen);
    ensure!(
        address.port() != 0,
        "server.listen has port 0, and so the system chose one: say which by --listen ADDRESS"
    );
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let has_tls = settings.server.has_tls();
    let ready = runtime.block_on(async { timeout(PATIENCE, ready(address, has_tls)).await });
    match ready {
        Ok(ready) => ready?,
        Err(_) => bail!(
            "the server on {address} does not answer within {} seconds: it is overloaded, or hangs; look into its log",
            PATIENCE.as_secs()
        ),
    }
    tell(json, &json!({"ready": true, "address": address}), "ready");
    Ok(())
}

/// Who listens everywhere is asked on loopback.
fn asked(mut listen: SocketAddr) -> SocketAddr {
    match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => listen.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => listen.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    listen
}

async fn ready(address: SocketAddr, has_tls: bool) -> anyhow::Result<()> {
    let stream = TcpStream::connect(address).await.with_context(|| {
        format!(
            "nothing listens on {address}: the server does not run, or has another server.listen"
        )
    })?;
    if !has_tls {
        return ask(stream, address).await;
    }
    let stream = tls::handshake(stream, address).await;
    let stream = stream.with_context(|| {
        format!("what listens on {address} does not speak TLS as larimard does with server.tls_certificate")
    })?;
    ask(stream, address).await
}

/// Asks over a connection, whatever it goes over.
async fn ask(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    address: SocketAddr,
) -> anyhow::Result<()> {
    let answer = async {
        let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
        // ends with the connection, whose failure the answer tells
        let connection = tokio::spawn(connection);
        let request = Request::get("/ready")
            .header("host", address.to_string())
            .body(Empty::<Bytes>::new())?;
        let (head, body) = sender.send_request(request).await?.into_parts();
        let body = Limited::new(body, LONGEST_ANSWER).collect().await;
        connection.abort();
        anyhow::Ok((
            head.status,
            body.map(|body| body.to_bytes()).unwrap_or_default(),
        ))
    };
    let (status, body) = answer.await.with_context(|| {
        format!("what listens on {address} does not speak HTTP as larimard does")
    })?;
    match status {
        StatusCode::OK if body.starts_with(b"ready") => Ok(()),
        StatusCode::SERVICE_UNAVAILABLE => bail!(
            "the server on {address} is not ready: its store does not write and read, or all connections are taken; its log says why"
        ),
        other => bail!("what listens on {address} is no larimard: it answered {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_listens_everywhere_is_asked_on_loopback() {
        for (listen, expected) in [
            ("0.0.0.0:8330", "127.0.0.1:8330"),
            ("[::]:8330", "[::1]:8330"),
            ("192.0.2.7:80", "192.0.2.7:80"),
            ("127.0.0.1:8330", "127.0.0.1:8330"),
        ] {
            let listen = listen.parse().expect("an address");
            assert_eq!(asked(listen).to_string(), expected);
        }
    }
}
