//! The errors of PROTOCOL.md, section 8, copied from there and not from the code.

use serde_json::{Value, json};

const NUMBERS: &[(&str, i64)] = &[
    ("InvalidParams", -32602),
    ("InvalidEmail", -32602),
    ("InvalidData", -32602),
    ("InvalidSignature", -32602),
    ("InvalidPublicKey", -32602),
    ("InvalidHash", -32602),
    ("Internal", -32603),
    ("InvalidCode", 4010),
    ("WalletNotFound", 4040),
    ("VersionNotFound", 4041),
    ("Conflict", 4090),
    ("WalletExists", 4091),
    ("EmailInUse", 4092),
    ("Stale", 4093),
    ("KeyUnchanged", 4094),
    ("BindingRequired", 4095),
    ("KeyRetired", 4096),
    ("DataTooLarge", 4130),
    ("InvalidAccessKey", 4600),
    ("InvalidPassKey", 4601),
    ("InvalidCstoreKey", 4602),
    ("UnknownAccessKey", 4603),
    ("IncorrectPassKey", 4604),
    ("AccessKeyInUse", 4605),
    ("InvalidPin", 4610),
    ("InvalidPinLocked", 4611),
    ("WalletLocked", 4612),
    ("PinChangeNotAllowed", 4613),
    ("InvalidPinChars", 4614),
    ("InvalidPinTooShort", 4615),
    ("InvalidPinTooLong", 4616),
    ("InvalidPinNotSecure", 4617),
    ("RejectData", 4620),
    ("QuotaExceeded", 4621),
    ("ServerError", 4690),
    ("RateLimited", 4290),
    ("MailFailed", 5030),
    ("StoreUnavailable", 5031),
];

/// An error that a caller got.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) code: i64,
    pub(crate) data: Value,
}

impl Refusal {
    /// The result in an answer, or its error; whose number has to belong to its name.
    pub(crate) fn or_result(answer: &Value, id: &Value) -> Result<Value, Self> {
        assert_eq!(answer["jsonrpc"], "2.0", "{answer}");
        assert_eq!(answer["id"], *id, "{answer}");
        let Some(error) = answer.get("error") else {
            return Ok(answer["result"].clone());
        };
        assert!(answer.get("result").is_none(), "{answer}");
        let refusal = Self {
            code: error["code"].as_i64().unwrap(),
            data: error["data"].clone(),
        };
        assert!(
            !error["message"].as_str().unwrap().is_empty(),
            "a message for people"
        );
        if let Some(name) = refusal.data["name"].as_str() {
            let number = NUMBERS.iter().find(|(known, _)| *known == name);
            assert_eq!(number.unwrap().1, refusal.code, "{error}");
        } else {
            assert!((-32768..-32000).contains(&refusal.code), "{error}");
        }
        Err(refusal)
    }

    /// `data.name`, empty for an error that jsonrpsee makes.
    pub(crate) fn name(&self) -> &str {
        self.data["name"].as_str().unwrap_or_default()
    }

    /// `data.param`: the parameter at fault.
    pub(crate) fn param(&self) -> &str {
        self.data["param"].as_str().unwrap_or_default()
    }

    /// `data` but for the name.
    pub(crate) fn details(&self) -> Value {
        let mut data = self.data.clone();
        data.as_object_mut().unwrap().remove("name");
        data
    }
}

#[test]
fn the_answer_of_a_wrong_number_would_be_noticed() {
    let answer = |code: i64| {
        let error = json!({"code": code, "message": "m", "data": {"name": "Stale"}});
        json!({"jsonrpc": "2.0", "id": 1, "error": error})
    };
    assert!(Refusal::or_result(&answer(4093), &json!(1)).is_err());
    let wrong = std::panic::catch_unwind(|| Refusal::or_result(&answer(4094), &json!(1)));
    assert!(wrong.is_err());
}
