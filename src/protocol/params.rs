//! Reading parameters: by name or by position, and each field once, at the edge.

use std::str::FromStr;

use base64_simd::STANDARD;
use serde::de::DeserializeOwned;

use super::error::{Fault, Name};
use super::methods::Method;
use crate::crypto::{BlobHash, ClaimedKey, Code, PublicKey, Signature, blob_digest};
use crate::mail::EmailAddress;
use crate::wallet::{Blob, BlobError, Signed};

/// The parameters of a call, whose text is `None` if there are none.
///
/// # Errors
/// `InvalidParams`: one is missing, unknown or of the wrong type, or the text is no list and no object.
pub fn read<M: Method>(text: Option<&str>) -> Result<M::Params, Fault> {
    let text = match text.map(str::trim) {
        None | Some("" | "null") => "{}",
        Some(text) => text,
    };
    if text.starts_with(['{', '['])
        && let Ok(params) = serde_json::from_str(text)
    {
        return Ok(params);
    }
    explained::<M>(text)
}

/// Reads once more, and slower, to find out which parameter is at fault.
fn explained<M: Method>(text: &str) -> Result<M::Params, Fault> {
    let names = names::<M::Params>();
    if !text.starts_with(['{', '[']) {
        return Err(wrong("Parameters are an object or a list.", names));
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| fault(&error, names))
        .and_then(|params| match deserializer.end() {
            Ok(()) => Ok(params),
            Err(_) => Err(wrong(
                "There are more parameters than the method has.",
                names,
            )),
        })
}

/// The names of a method's parameters, in their order.
pub(super) fn names<P: DeserializeOwned>() -> &'static [&'static str] {
    serde_aux::prelude::serde_introspect::<P>()
}

fn wrong(what: &str, names: &[&str]) -> Fault {
    let known = match names {
        [] => "The method takes no parameters.".to_owned(),
        names => format!("The parameters are: {}.", names.join(", ")),
    };
    Fault::new(Name::InvalidParams).because(format!("{what} {known}"))
}

fn fault(error: &serde_path_to_error::Error<serde_json::Error>, names: &[&str]) -> Fault {
    let text = error.inner().to_string();
    let quoted = text.split('`').nth(1).unwrap_or_default();
    let nth = |position: usize| names.get(position).copied();
    let at = |what: String, param: &str| wrong(&what, names).at(param);
    if text.starts_with("missing field") {
        return at(format!("{quoted} is missing."), quoted);
    }
    if text.starts_with("unknown field") {
        return at(format!("There is no parameter {quoted}."), quoted);
    }
    if text.starts_with("duplicate field") {
        return at(format!("{quoted} is given twice."), quoted);
    }
    if let Some(rest) = text.strip_prefix("invalid length ") {
        let given = rest
            .split(',')
            .next()
            .and_then(|number| number.parse().ok());
        return match given.and_then(nth) {
            Some(param) => at(format!("{param} is missing."), param),
            None => wrong("A parameter is missing.", names),
        };
    }
    let param = error
        .path()
        .iter()
        .next()
        .and_then(|segment| match segment {
            serde_path_to_error::Segment::Map { key } => {
                names.iter().copied().find(|name| name == key)
            }
            serde_path_to_error::Segment::Seq { index } => nth(*index),
            _ => None,
        });
    // serde says: invalid type: integer `5`, expected a string at line 1 column 15
    let expected = text
        .split("expected ")
        .nth(1)
        .and_then(|rest| rest.split(" at line").next());
    match (param, expected) {
        (Some(param), Some(expected)) => at(format!("{param} has to be {expected}."), param),
        (Some(param), None) => at(format!("{param} has the wrong type."), param),
        _ => wrong("The parameters cannot be read.", names),
    }
}

pub(super) fn public_key(param: &str, text: &str) -> Result<PublicKey, Fault> {
    field(Name::InvalidPublicKey, param, text)
}

/// A key whose wallet is looked for: there is none under what is no key.
pub(super) fn claimed_key(param: &str, text: &str) -> Result<ClaimedKey, Fault> {
    field(Name::InvalidPublicKey, param, text)
}

pub(super) fn hash(param: &str, text: &str) -> Result<BlobHash, Fault> {
    field(Name::InvalidHash, param, text)
}

pub(super) fn optional_hash(param: &str, text: Option<&String>) -> Result<Option<BlobHash>, Fault> {
    text.map(|text| hash(param, text)).transpose()
}

pub(super) fn signature(param: &str, text: &str) -> Result<Signature, Fault> {
    text.parse()
        .map_err(|error: crate::crypto::InvalidSignature| {
            Fault::new(Name::InvalidSignature)
                .because(sentence(&error))
                .at(param)
        })
}

pub(super) fn email(param: &str, text: &str) -> Result<EmailAddress, Fault> {
    field(Name::InvalidEmail, param, text)
}

/// A malformed code is no wrong parameter, but a code that nobody was sent.
pub(super) fn code(text: &str) -> Option<Code> {
    text.parse().ok()
}

/// The blob of `encrypted_data`: canonical base64 of 1 to `limit` bytes.
pub(super) fn blob(text: &str, limit: u64) -> Result<Blob, Fault> {
    const PARAM: &str = "encrypted_data";
    let invalid = |why: String| Fault::new(Name::InvalidData).because(why).at(PARAM);
    let too_large = || {
        Fault::new(Name::DataTooLarge)
            .because(format!(
                "The data is larger than this server takes: at most {limit} bytes."
            ))
            .with("limit", limit)
            .at(PARAM)
    };
    // so that nothing is decoded that would be refused
    if text.len() as u64 > limit.div_ceil(3).saturating_mul(4) {
        return Err(too_large());
    }
    let bytes = STANDARD.decode_to_vec(text).map_err(|_| {
        invalid("The data is not canonical base64 (RFC 4648, section 4, padded).".into())
    })?;
    Blob::new(bytes, limit).map_err(|error| match error {
        BlobError::TooLarge { .. } => too_large(),
        BlobError::Empty | BlobError::Form(_) => invalid(sentence(&error)),
    })
}

/// The blob with the signature over it, and the key that it gives.
pub(super) fn signed(blob: Blob, param: &str, text: &str) -> Result<Signed, Fault> {
    let signature = signature(param, text)?;
    let key = recover(&signature, &blob_digest(&blob.hash), param)?;
    Ok(Signed {
        blob,
        signature,
        key,
    })
}

pub(super) fn recover(
    signature: &Signature,
    digest: &[u8; 32],
    param: &str,
) -> Result<PublicKey, Fault> {
    signature.recover(digest).map_err(|error| {
        Fault::new(Name::InvalidSignature)
            .because(sentence(&error))
            .at(param)
    })
}

fn field<T: FromStr>(name: Name, param: &str, text: &str) -> Result<T, Fault> {
    text.parse().map_err(|_| Fault::new(name).at(param))
}

fn sentence(error: &dyn std::fmt::Display) -> String {
    let text = error.to_string();
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), characters.as_str()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::methods::{CreateWallet, FetchWallet, ServerInfo};
    use super::*;

    fn refused<M: Method>(text: &str) -> (Name, Option<String>) {
        let fault = read::<M>(Some(text)).err().expect("a fault");
        (
            fault.name,
            fault
                .data
                .get("param")
                .and_then(|param| param.as_str().map(str::to_owned)),
        )
    }

    #[test]
    fn parameters_come_by_name_or_by_position() {
        for text in [
            r#"{"publickey": "k", "local_hash": "h"}"#,
            r#"["k", "h"]"#,
            r#" { "local_hash" : "h" , "publickey" : "k" } "#,
        ] {
            let params = read::<FetchWallet>(Some(text)).expect("parameters");
            assert_eq!(
                (params.publickey.as_str(), params.local_hash.as_deref()),
                ("k", Some("h"))
            );
        }
        for text in [
            r#"["k"]"#,
            r#"["k", null]"#,
            r#"{"publickey": "k"}"#,
            r#"{"publickey":"k","local_hash":null}"#,
        ] {
            let params = read::<FetchWallet>(Some(text)).expect("parameters");
            assert_eq!(params.local_hash, None, "{text}");
        }
        for text in [None, Some("null"), Some("[]"), Some("{}")] {
            assert!(read::<ServerInfo>(text).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn wrong_parameters_are_named() {
        let at = |param: &str| (Name::InvalidParams, Some(param.to_owned()));
        assert_eq!(refused::<FetchWallet>("{}"), at("publickey"));
        assert_eq!(refused::<FetchWallet>("[]"), at("publickey"));
        assert_eq!(
            refused::<FetchWallet>(r#"{"publickey": 5}"#),
            at("publickey")
        );
        assert_eq!(refused::<FetchWallet>(r#"["k", 5]"#), at("local_hash"));
        assert_eq!(
            refused::<FetchWallet>(r#"{"publickey": "k", "more": 1}"#),
            at("more")
        );
        assert_eq!(
            refused::<FetchWallet>(r#"{"publickey": "k", "publickey": "k"}"#),
            at("publickey")
        );
        assert_eq!(
            refused::<FetchWallet>(r#"["k", "h", "x"]"#),
            (Name::InvalidParams, None)
        );
        assert_eq!(refused::<FetchWallet>("5"), (Name::InvalidParams, None));
        assert_eq!(refused::<ServerInfo>(r#"{"x": 1}"#), at("x"));
        assert_eq!(refused::<ServerInfo>("[1]"), (Name::InvalidParams, None));
        assert_eq!(refused::<CreateWallet>(r#"["c", "e"]"#), at("signature"));
        assert_eq!(
            refused::<CreateWallet>(r#"["c", "e", "s", "k", "yes"]"#),
            at("replace")
        );
    }

    #[test]
    fn the_order_of_parameters_is_known() {
        assert_eq!(
            json!(names::<<CreateWallet as Method>::Params>()),
            json!([
                "code",
                "encrypted_data",
                "signature",
                "publickey",
                "replace"
            ])
        );
    }

    #[test]
    fn data_is_canonical_base64_within_the_limit() {
        let name = |text: &str| blob(text, 5).err().map(|fault| fault.name);
        let malformed = |text: &str| blob(text, 50).err().map(|fault| fault.name);
        assert_eq!(name("YWJjZGU="), None);
        assert_eq!(name("YWJjZGVm"), Some(Name::DataTooLarge));
        assert_eq!(name("YWJjZGVmZ2hp"), Some(Name::DataTooLarge));
        for text in ["", "YWJjZGU", "YWJjZGV=", "YWJj ZGU=", "YWJjZG\n==", "_-8="] {
            assert_eq!(malformed(text), Some(Name::InvalidData), "{text:?}");
        }
        assert_eq!(
            blob("bGFyaW1hci8=", 100).err().map(|fault| fault.name),
            Some(Name::InvalidData)
        );
        assert_eq!(
            blob("TFJNMQ==", 100).err().map(|fault| fault.name),
            Some(Name::InvalidData)
        );
    }
}
