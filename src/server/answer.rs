//! The answer to a call, in the two forms in which it leaves: as jsonrpsee takes it, for WebSockets and batches, and as the bytes of a body.

use jsonrpsee::MethodResponse;
use jsonrpsee::core::server::ResponsePayload;
use jsonrpsee::types::{ErrorCode, ErrorObjectOwned, Id};
use serde_json::value::RawValue;

use crate::protocol::Fault;

/// An answer.
pub(super) trait Answer: Send + 'static {
    /// The answer with this result, which is JSON.
    fn result(id: &Id<'_>, json: Vec<u8>) -> Self;

    /// The answer with this error.
    fn fault(id: &Id<'_>, fault: Fault) -> Self;

    /// There is no such method.
    fn not_found(id: &Id<'_>) -> Self;

    /// How long it is as JSON.
    fn bytes(&self) -> usize;
}

impl Answer for MethodResponse {
    fn result(id: &Id<'_>, json: Vec<u8>) -> Self {
        let text = String::from_utf8(json).ok();
        match text.and_then(|text| RawValue::from_string(text).ok()) {
            Some(json) => Self::response(id.clone(), ResponsePayload::success(json), usize::MAX),
            None => Self::error(id.clone(), ErrorCode::InternalError),
        }
    }

    fn fault(id: &Id<'_>, fault: Fault) -> Self {
        Self::error(id.clone(), ErrorObjectOwned::from(fault))
    }

    fn not_found(id: &Id<'_>) -> Self {
        Self::error(id.clone(), ErrorCode::MethodNotFound)
    }

    fn bytes(&self) -> usize {
        self.as_json().get().len()
    }
}

/// The body of an answer over HTTP: what jsonrpsee writes, but nothing of ours is parsed again.
#[derive(Debug)]
pub(super) struct Body(pub(super) Vec<u8>);

impl Body {
    fn new(id: &Id<'_>, member: &str, value: &[u8]) -> Self {
        const AROUND: usize = r#"{"jsonrpc":"2.0","id":12345678901234567890,"result":}"#.len();
        let mut text = Vec::with_capacity(AROUND + value.len());
        text.extend_from_slice(br#"{"jsonrpc":"2.0","id":"#);
        match id {
            Id::Number(number) => {
                text.extend_from_slice(itoa::Buffer::new().format(*number).as_bytes());
            }
            id => {
                let written = serde_json::to_writer(&mut text, id);
                debug_assert!(written.is_ok(), "a vector takes everything");
            }
        }
        text.extend_from_slice(b",\"");
        text.extend_from_slice(member.as_bytes());
        text.extend_from_slice(b"\":");
        text.extend_from_slice(value);
        text.push(b'}');
        Self(text)
    }
}

impl Answer for Body {
    fn result(id: &Id<'_>, json: Vec<u8>) -> Self {
        Self::new(id, "result", &json)
    }

    fn fault(id: &Id<'_>, fault: Fault) -> Self {
        Self::new(id, "error", &fault.json())
    }

    fn not_found(id: &Id<'_>) -> Self {
        const ERROR: &[u8] = br#"{"code":-32601,"message":"Method not found"}"#;
        Self::new(id, "error", ERROR)
    }

    fn bytes(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::protocol::Name;

    fn assert_same(body: &Body, response: &MethodResponse) {
        let body_text = std::str::from_utf8(&body.0).expect("text");
        assert_eq!(body_text, response.as_json().get());
        assert_eq!(Answer::bytes(body), Answer::bytes(response));
    }

    #[test]
    fn both_forms_say_the_same() {
        for id in [
            Id::Null,
            Id::Number(0),
            Id::Number(u64::MAX),
            Id::Str(Cow::Borrowed("a \"quoted\" one\n")),
        ] {
            let json = br#"{"deleted":true}"#.to_vec();
            assert_same(
                &Body::result(&id, json.clone()),
                &MethodResponse::result(&id, json),
            );
            let fault = Fault::new(Name::InvalidHash).at("local_hash");
            assert_same(
                &Body::fault(&id, fault.clone()),
                &MethodResponse::fault(&id, fault),
            );
            assert_same(&Body::not_found(&id), &MethodResponse::not_found(&id));
        }
    }
}
