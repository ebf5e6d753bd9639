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
/// Who answered at once, but not as expected, is asked another way for so long.
const SECOND_PATIENCE: Duration = Duration::from_secs(2);
const LONGEST_ANSWER: usize = 1024;

/// Asks the configured listener's `/ready`.
///
/// # Errors
/// Why it is not ready, and what to do.
pub(super) fn health(settings: &Settings, json: bool) -> anyhow::Result<()> {
    let listen = settings.server.listen;
    ensure!(
        listen.port() != 0,
        "server.listen has port 0, and so the system chose one: say which by --listen ADDRESS"
    );
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let has_tls = settings.server.has_tls();
    let ready = runtime.block_on(async { timeout(PATIENCE, ready(listen, has_tls)).await });
    let address = match ready {
        Ok(ready) => ready?,
        Err(_) => bail!(
            "the server on {listen} does not answer within {} seconds: it is overloaded, or hangs; look into its log",
            PATIENCE.as_secs()
        ),
    };
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

/// Who listens everywhere is reached by IPv4 too, and by nothing else where there is no IPv6.
fn without_ipv6(mut listen: SocketAddr) -> Option<SocketAddr> {
    let is_everywhere = listen.ip() == IpAddr::V6(Ipv6Addr::UNSPECIFIED);
    listen.set_ip(Ipv4Addr::LOCALHOST.into());
    is_everywhere.then_some(listen)
}

/// What came back.
enum Said {
    Ready,
    NotReady,
    Other(StatusCode),
}

/// Whether the server is ready, and at which address it was asked.
async fn ready(listen: SocketAddr, has_tls: bool) -> anyhow::Result<SocketAddr> {
    let (address, said) = answer(listen, has_tls).await;
    let said = match said {
        Ok(Said::Ready) => return Ok(address),
        Ok(Said::NotReady) => bail!(
            "the server on {address} is not ready: its store does not write and read, or all connections are taken; its log says why"
        ),
        Err(Unanswered::Unreachable(error)) => {
            return Err(error).with_context(|| {
                format!(
                    "nothing listens on {address}: the server does not run, or has another server.listen"
                )
            });
        }
        other => other,
    };
    // the settings of another server, or of before a restart, are the likeliest reason
    let other_way = timeout(SECOND_PATIENCE, over(address, !has_tls)).await;
    if matches!(other_way, Ok(Ok(_))) {
        match has_tls {
            true => bail!(
                "what listens on {address} speaks HTTP without TLS, and server.tls_certificate is set: give --config of the server that runs, or start it anew with these settings"
            ),
            false => bail!(
                "what listens on {address} speaks TLS, and server.tls_certificate is not set: give --config of the server that runs, or start it anew with these settings"
            ),
        }
    }
    match said {
        Ok(Said::Other(status)) => {
            bail!("what listens on {address} is no larimard: it answered {status}")
        }
        Err(Unanswered::NoTls(error)) if is_closed(&error) => bail!(
            "what listens on {address} closed the connection before TLS began: all its connections may be taken (server.connections, server.connections_per_address), or it is no larimard; look into its log"
        ),
        Err(Unanswered::NoTls(error)) => Err(error).with_context(|| {
            format!("what listens on {address} does not speak TLS as larimard does with server.tls_certificate")
        }),
        Err(Unanswered::Unreachable(error) | Unanswered::NoHttp(error)) => {
            Err(error).with_context(|| {
                format!("what listens on {address} does not speak HTTP as larimard does")
            })
        }
        Ok(Said::Ready | Said::NotReady) => Ok(address),
    }
}

/// Asks at the one address, and at the other if the first cannot be reached.
async fn answer(listen: SocketAddr, has_tls: bool) -> (SocketAddr, Result<Said, Unanswered>) {
    let address = asked(listen);
    let said = over(address, has_tls).await;
    if let (Err(Unanswered::Unreachable(_)), Some(other)) = (&said, without_ipv6(listen)) {
        let again = over(other, has_tls).await;
        if !matches!(again, Err(Unanswered::Unreachable(_))) {
            return (other, again);
        }
    }
    (address, said)
}

/// Whether the other side ended it, without a word.
fn is_closed(error: &anyhow::Error) -> bool {
    use std::io::{Error, ErrorKind};
    let kind = error.downcast_ref().map(Error::kind);
    matches!(
        kind,
        Some(ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe)
    )
}

/// How far it went.
enum Unanswered {
    Unreachable(anyhow::Error),
    NoTls(anyhow::Error),
    NoHttp(anyhow::Error),
}

/// Asks over a new connection, with TLS or without.
async fn over(address: SocketAddr, has_tls: bool) -> Result<Said, Unanswered> {
    let stream = TcpStream::connect(address)
        .await
        .map_err(|error| Unanswered::Unreachable(error.into()))?;
    let said = match has_tls {
        false => ask(stream, address).await,
        true => {
            let stream = tls::handshake(stream, address).await;
            ask(stream.map_err(Unanswered::NoTls)?, address).await
        }
    };
    said.map_err(Unanswered::NoHttp)
}

/// Asks over a connection, whatever it goes over.
async fn ask(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    address: SocketAddr,
) -> anyhow::Result<Said> {
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    // ends with the connection, whose failure the answer tells
    let connection = tokio::spawn(connection);
    let request = Request::get("/ready")
        .header("host", address.to_string())
        .body(Empty::<Bytes>::new())?;
    let (head, body) = sender.send_request(request).await?.into_parts();
    let body = Limited::new(body, LONGEST_ANSWER).collect().await;
    connection.abort();
    let body = body.map(|body| body.to_bytes()).unwrap_or_default();
    Ok(match head.status {
        StatusCode::OK if body.starts_with(b"ready") => Said::Ready,
        StatusCode::SERVICE_UNAVAILABLE => Said::NotReady,
        other => Said::Other(other),
    })
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
        let other = |listen: &str| without_ipv6(listen.parse().expect("an address"));
        assert_eq!(other("[::]:80"), "127.0.0.1:80".parse().ok());
        for listen in ["0.0.0.0:80", "[::1]:80", "192.0.2.7:80"] {
            assert_eq!(other(listen), None, "{listen}");
        }
    }
}
