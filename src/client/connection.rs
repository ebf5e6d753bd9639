//! One server, and how it is called.

use std::time::Duration;

use jsonrpsee::core::client::ClientT;
use jsonrpsee::core::traits::ToRpcParams;
use jsonrpsee::http_client::RpcServiceBuilder;
use jsonrpsee::http_client::{HttpBackend, HttpClient, HttpClientBuilder, RpcService};
use serde_json::value::RawValue;

use super::address::Address;
use super::error::ClientError;
use crate::protocol::methods::Method;

/// More than any server's `limits.blob_bytes` in base64, and little enough not to exhaust this machine.
pub(super) const MOST_BYTES: u32 = 64 << 20;

/// How long a client waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// For a TCP connection; default 10 seconds.
    pub connect_timeout: Duration,
    /// For an answer, from the start of the call; default 30 seconds. A server takes up to `mail.timeout_seconds` (20) for
    /// `requestCode`.
    pub request_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(30),
        }
    }
}

/// One server. Cheap to clone; clones share their connections.
///
/// It does no retries: who calls it knows what may be said twice. It logs no request.
#[derive(Debug, Clone)]
pub struct Client {
    pub(super) address: Address,
    pub(super) options: Options,
    // without jsonrpsee's own logger, since a signature must not get into a log
    http: HttpClient<RpcService<HttpBackend>>,
}

impl Client {
    /// A client for the server at this URL. Nothing is sent before the first call.
    ///
    /// ```
    /// use larimar::client::{Client, ClientError};
    ///
    /// let client = Client::connect("https://wallet.example.org")?;
    /// assert_eq!(client.server_name(), "wallet.example.org");
    ///
    /// let refused = Client::connect("http://wallet.example.org");
    /// assert!(matches!(refused, Err(ClientError::InsecureUrl { .. })));
    /// # Ok::<(), ClientError>(())
    /// ```
    ///
    /// # Errors
    /// [`ClientError::InvalidUrl`]; [`ClientError::InsecureUrl`] unless it is `https`, or `http` on loopback.
    pub fn connect(url: &str) -> Result<Self, ClientError> {
        Self::with_options(url, Options::default())
    }

    /// The same with other time-outs.
    ///
    /// # Errors
    /// As [`connect`](Self::connect).
    pub fn with_options(url: &str, options: Options) -> Result<Self, ClientError> {
        let address: Address = url.parse()?;
        let http = HttpClientBuilder::new()
            .connect_timeout(options.connect_timeout)
            .request_timeout(options.request_timeout)
            .max_request_size(MOST_BYTES)
            .max_response_size(MOST_BYTES)
            .set_rpc_middleware(RpcServiceBuilder::new())
            .build(address.url())
            .map_err(|error| ClientError::from_call(address.server_name(), error))?;
        Ok(Self {
            address,
            options,
            http,
        })
    }

    /// Where the server is.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The name by which a deletion is signed for this server (PROTOCOL.md, section 3).
    pub fn server_name(&self) -> &str {
        self.address.server_name()
    }

    /// Calls a method, with named parameters.
    ///
    /// ```no_run
    /// # async fn example() -> Result<(), larimar::client::ClientError> {
    /// use larimar::client::{Client, methods::{NoParams, ServerInfo}};
    ///
    /// let client = Client::connect("https://wallet.example.org")?;
    /// let info = client.call::<ServerInfo>(&NoParams {}).await?;
    /// println!("{} {}", info.name, info.version);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The server's ([`ClientError::Server`]), and those of the way to it.
    pub async fn call<M: Method>(&self, params: &M::Params) -> Result<M::Result, ClientError> {
        let params = serde_json::value::to_raw_value(params);
        let answer = match params {
            Ok(params) => self.http.request(M::NAME, Params(params)).await,
            Err(error) => Err(error.into()),
        };
        answer.map_err(|error| ClientError::from_call(self.server_name(), error))
    }
}

/// Parameters as they are sent.
pub(super) struct Params(pub(super) Box<RawValue>);

impl ToRpcParams for Params {
    fn to_rpc_params(self) -> Result<Option<Box<RawValue>>, serde_json::Error> {
        Ok(Some(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::stub::Stub;
    use crate::protocol::{Fault, Name};

    #[tokio::test]
    async fn the_server_s_error_arrives_with_its_data() {
        let stub = Stub::answering(|_, _| {
            Err(Fault::new(Name::RateLimited)
                .because("slow down")
                .with("retry_after", 12))
        })
        .await;
        let error = stub.client().request_code("a@b.c").await;
        let error = error.expect_err("limited");
        assert_eq!(error.server_error(), Some(Name::RateLimited));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(12)));
        assert_eq!(error.to_string(), "slow down");
        assert_eq!(
            stub.calls(),
            [("requestCode".into(), serde_json::json!({"email": "a@b.c"}))]
        );
    }

    #[tokio::test]
    async fn a_port_where_nobody_listens_is_said_to_be_unreachable() {
        let client = Client::connect("http://127.0.0.1:1").expect("a client");
        let error = client.server_info().await.expect_err("nobody there");
        assert_eq!(error.name(), "Transport");
        assert!(error.to_string().contains("127.0.0.1:1"), "{error}");
        assert!(error.outcome_unknown());
    }

    #[tokio::test]
    async fn a_server_that_does_not_answer_is_given_up() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("bound");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let options = Options {
            request_timeout: Duration::from_millis(50),
            ..Options::default()
        };
        let client = Client::with_options(&url, options).expect("a client");
        let error = client.server_info().await.expect_err("no answer");
        assert_eq!(error.name(), "Timeout");
    }

    #[tokio::test]
    async fn what_is_no_larimar_server_is_said_to_be_none() {
        for (answer, expected) in [
            ("200 OK\r\ncontent-length: 6\r\n\r\n<html>", "Unreadable"),
            ("404 Not Found\r\ncontent-length: 0\r\n\r\n", "HttpStatus"),
            (
                "301 Moved\r\nlocation: http://example.org/\r\ncontent-length: 0\r\n\r\n",
                "HttpStatus",
            ),
        ] {
            use tokio::io::{AsyncReadExt, AsyncWriteExt};
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
                .await
                .expect("bound");
            let url = format!("http://{}", listener.local_addr().expect("an address"));
            tokio::spawn(async move {
                let (mut socket, _) = listener.accept().await.expect("a connection");
                let _ = socket.read(&mut [0; 4096]).await;
                let answer = format!("HTTP/1.1 {answer}");
                socket.write_all(answer.as_bytes()).await.expect("sent");
            });
            let client = Client::connect(&url).expect("a client");
            let error = client.server_info().await.expect_err(expected);
            assert_eq!(error.name(), expected, "{error}");
        }
    }
}
