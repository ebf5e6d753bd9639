//! From what jsonrpsee says to an error in our words.

use std::error::Error;

use jsonrpsee::core::client::Error as Call;
use jsonrpsee::core::http_helpers::HttpError;
use jsonrpsee::http_client::transport::Error as Http;
use jsonrpsee::types::ErrorObjectOwned;
use serde_json::{Map, Value};

use super::ClientError;
use crate::protocol::Name;

impl ClientError {
    pub(in crate::client) fn from_call(server: &str, error: Call) -> Self {
        let server = server.to_owned();
        match error {
            Call::Call(object) => Self::from_object(server, &object),
            Call::RequestTimeout => Self::Timeout { server },
            Call::Transport(source) => Self::from_transport(server, source.as_ref()),
            Call::RestartNeeded(source) => Self::Transport {
                server,
                cause: chain(source.as_ref()),
            },
            Call::ServiceDisconnect => Self::Transport {
                server,
                cause: "the connection was closed".to_owned(),
            },
            other => Self::Unreadable {
                server,
                cause: chain(&other),
            },
        }
    }

    fn from_object(server: String, object: &ErrorObjectOwned) -> Self {
        let mut data = object
            .data()
            .and_then(|data| serde_json::from_str::<Map<String, Value>>(data.get()).ok())
            .unwrap_or_default();
        let named = data.remove("name").and_then(|name| match name {
            Value::String(name) => Some(name),
            _ => None,
        });
        let message = object.message().to_owned();
        match named.as_deref().and_then(Name::from_text) {
            Some(name) if name.code() == object.code() => Self::Server {
                server,
                name,
                message,
                data,
            },
            _ => Self::UnknownServer {
                server,
                code: object.code(),
                name: named,
                message,
                data,
            },
        }
    }

    fn from_transport(server: String, source: &(dyn Error + 'static)) -> Self {
        match source.downcast_ref::<Http>() {
            Some(Http::Http(error @ (HttpError::Malformed | HttpError::TooLarge))) => {
                Self::Unreadable {
                    server,
                    cause: error.to_string(),
                }
            }
            Some(Http::Rejected { status_code }) => Self::HttpStatus {
                server,
                status: *status_code,
            },
            _ => {
                let mut cause = chain(source);
                // what rustls calls an answer that is no TLS at all
                if cause.contains("InvalidContentType") {
                    cause = format!("it does not speak TLS on this port (is it http://{server}?)");
                }
                Self::Transport { server, cause }
            }
        }
    }
}

/// The messages of an error and of what caused it, each once, without those that only say that there is a cause.
fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    let mut cause = Some(error);
    while let Some(next) = cause {
        let message = next.to_string();
        cause = next.source();
        let says_nothing = message.starts_with("client error (") || message == "tcp connect error";
        if text.contains(&message) || (says_nothing && cause.is_some()) {
            continue;
        }
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&message);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::crypto::BlobHash;
    use crate::protocol::Fault;

    fn received(object: ErrorObjectOwned) -> ClientError {
        ClientError::from_call("example.org", Call::Call(object))
    }

    #[test]
    fn an_error_of_the_protocol_keeps_its_name_and_data() {
        let fault = Fault::new(Name::Conflict)
            .with("local_hash", "ab".repeat(32))
            .with("updated", "2026-11-22T01:50:16.123Z")
            .with("revision", 7);
        let error = received(fault.into());
        assert_eq!(error.server_error(), Some(Name::Conflict));
        assert_eq!(error.name(), "Conflict");
        assert_eq!(error.code(), Some(4090));
        assert_eq!(error.revision(), Some(7));
        assert_eq!(error.local_hash(), Some(BlobHash([0xab; 32])));
        assert_eq!(error.updated(), Some("2026-11-22T01:50:16.123Z"));
        assert_eq!(error.retry_after(), None);
        assert_eq!(error.to_string(), Name::Conflict.message());

        let error = received(Fault::new(Name::RateLimited).with("retry_after", 30).into());
        assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));

        let fault = Fault::new(Name::WalletNotFound)
            .with("was", "moved")
            .with("since", "2026-11-22T01:50:16.123Z");
        let error = received(fault.into());
        assert_eq!(
            (error.was(), error.since()),
            (Some("moved"), Some("2026-11-22T01:50:16.123Z"))
        );
    }

    #[test]
    fn errors_that_this_version_does_not_know_are_kept() {
        for object in [
            ErrorObjectOwned::owned(-32601, "Method not found", None::<()>),
            ErrorObjectOwned::owned(4999, "m", Some(serde_json::json!({"name": "WalletMelted"}))),
            ErrorObjectOwned::owned(-32000, "m", Some("text")),
            // a known name under another number is not that error
            ErrorObjectOwned::owned(1, "m", Some(serde_json::json!({"name": "Conflict"}))),
        ] {
            let code = object.code();
            let error = received(object);
            assert!(matches!(error, ClientError::UnknownServer { .. }));
            assert_eq!(error.code(), Some(code));
            assert_eq!(error.server_error(), None);
        }
    }

    #[test]
    fn data_of_the_wrong_type_says_nothing() {
        let fault = Fault::new(Name::Conflict)
            .with("local_hash", "no hash")
            .with("revision", -1)
            .with("retry_after", "soon");
        let error = received(fault.into());
        assert_eq!(error.local_hash(), None);
        assert_eq!(error.revision(), None);
        assert_eq!(error.retry_after(), None);
    }

    #[test]
    fn the_chain_of_causes_is_told_once() {
        #[derive(Debug, thiserror::Error)]
        #[error("outer")]
        struct Outer(#[source] std::io::Error);
        assert_eq!(
            chain(&Outer(std::io::Error::other("inner"))),
            "outer: inner"
        );
    }
}
