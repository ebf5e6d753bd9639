//! The answer to a call, in the two forms in which it leaves: as jsonrpsee takes it, for WebSockets and batches, and as the bytes of a body.

use jsonrpsee::MethodResponse;
use jsonrpsee::core::server::ResponsePayload;
use jsonrpsee::types::{ErrorCode, ErrorObjectOwned, Id};
use serde_json::value::RawValue;

/// An answer.
pub(super) trait Answer: Send + 'static {
    /// The answer with this result, which is JSON.
    fn result(id: Id<'_>, json: String) -> Self;

    /// The answer with this error.
    fn error(id: Id<'_>, error: ErrorObjectOwned) -> Self;

    /// How long it is as JSON.
    fn bytes(&self) -> usize;
}

impl Answer for MethodResponse {
    fn result(id: Id<'_>, json: String) -> Self {
        match RawValue::from_string(json) {
            Ok(result) => Self::response(id, ResponsePayload::success(result), usize::MAX),
            Err(_) => Self::error(id, ErrorCode::InternalError),
        }
    }

    fn error(id: Id<'_>, error: ErrorObjectOwned) -> Self {
        Self::error(id, error)
    }

    fn bytes(&self) -> usize {
        self.as_json().get().len()
    }
}

/// The body of an answer over HTTP.
#[derive(Debug)]
pub(super) struct Text(pub(super) String);

impl Text {
    /// The same that jsonrpsee writes, at a tenth of the cost: nothing of ours is parsed again.
    fn new(id: &Id<'_>, member: &str, value: &str) -> Self {
        const AROUND: usize = r#"{"jsonrpc":"2.0","id":12345678901,"result":}"#.len();
        let mut text = String::with_capacity(AROUND + value.len());
        text.push_str(r#"{"jsonrpc":"2.0","id":"#);
        match id {
            Id::Null => text.push_str("null"),
            Id::Number(number) => text.push_str(&number.to_string()),
            Id::Str(id) => text.push_str(&serde_json::Value::from(id.as_ref()).to_string()),
        }
        text.push_str(",\"");
        text.push_str(member);
        text.push_str("\":");
        text.push_str(value);
        text.push('}');
        Self(text)
    }
}

impl Answer for Text {
    fn result(id: Id<'_>, json: String) -> Self {
        Self::new(&id, "result", &json)
    }

    fn error(id: Id<'_>, error: ErrorObjectOwned) -> Self {
        match serde_json::to_string(&error) {
            Ok(error) => Self::new(&id, "error", &error),
            Err(_) => Self::new(&id, "error", r#"{"code":-32603,"message":"Internal error"}"#),
        }
    }

    fn bytes(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::protocol::{Fault, Name};

    #[test]
    fn both_forms_say_the_same() {
        for id in [
            Id::Null,
            Id::Number(0),
            Id::Number(u64::MAX),
            Id::Str(Cow::Borrowed("a \"quoted\" one\n")),
        ] {
            let json = r#"{"deleted":true}"#.to_owned();
            let text = Text::result(id.clone(), json.clone());
            let response = <MethodResponse as Answer>::result(id.clone(), json);
            assert_eq!(text.0, response.as_json().get());
            let error = ErrorObjectOwned::from(Fault::new(Name::InvalidHash).at("local_hash"));
            let text = Text::error(id.clone(), error.clone());
            let response = <MethodResponse as Answer>::error(id, error);
            assert_eq!(text.0, response.as_json().get());
            assert_eq!(Answer::bytes(&text), Answer::bytes(&response));
        }
    }
}
