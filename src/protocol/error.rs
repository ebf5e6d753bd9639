//! The one table of errors (PROTOCOL.md, section 8).

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The names of the errors, each with its number and what it tells a person to do.
macro_rules! names {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $message:literal;)+) => {
        /// The name of an error: `data.name` on the wire.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Name {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its number.
            pub fn code(self) -> i32 {
                match self { $(Self::$name => $code),+ }
            }

            /// As it stands in `data.name`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),+ }
            }

            /// What to do, for people.
            pub fn message(self) -> &'static str {
                match self { $(Self::$name => $message),+ }
            }

            /// The name that is written so.
            pub fn from_text(text: &str) -> Option<Self> {
                match text { $(stringify!($name) => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

names! {
    /// A parameter is missing, unknown or of the wrong type.
    InvalidParams = -32602, "Wrong parameters. rpc.discover lists the parameters of each method.";
    /// Not an e-mail address of section 2.
    InvalidEmail = -32602, "Not an e-mail address that a code can be sent to. Check it for typing errors.";
    /// Not a blob that the server takes.
    InvalidData = -32602, "The data is not what the server takes.";
    /// Not a signature, or one that does not fit.
    InvalidSignature = -32602, "The signature is malformed or does not belong to these bytes and this key.";
    /// Not a public key.
    InvalidPublicKey = -32602, "Not a public key: 66 hex digits of a compressed point of secp256k1.";
    /// Not a hash.
    InvalidHash = -32602, "Not a hash: 64 hex digits of SHA-256.";
    /// A fault of the server.
    Internal = -32603, "A fault of the server. Try again; tell its operator the request number if it stays.";
    /// Unknown, spent or expired.
    InvalidCode = 4010, "This code is unknown, used up or expired. Ask for a new one.";
    /// No wallet under this key.
    WalletNotFound = 4040, "There is no wallet for this key on this server. Check e-mail address, password and answers.";
    /// No such version.
    VersionNotFound = 4041, "The wallet has no such version. listVersions lists those that are kept.";
    /// What is stored is not what the caller thinks.
    Conflict = 4090, "The wallet was changed meanwhile. Fetch it, bring both changes together, and save again.";
    /// The key has a wallet.
    WalletExists = 4091, "This key has a wallet already. Fetch it, or choose another password.";
    /// The address has a wallet.
    EmailInUse = 4092, "This e-mail address has a wallet already. Open that one, or take the address away from it with replace.";
    /// Bytes that were replaced, or a revision that is too low for this key.
    Stale = 4093, "These bytes were replaced before, or are older than what this key has held. Fetch the wallet and save it anew.";
    /// The new key is the old one.
    KeyUnchanged = 4094, "The new key is the old one. Choose another password.";
    /// The plain form of old_signature is not enough.
    BindingRequired = 4095, "A sealed wallet is moved only by old_signature in its bound form (PROTOCOL.md, section 3).";
    /// A wallet was moved away from this key.
    KeyRetired = 4096, "This password was given up by a password change and takes no wallet any more. Choose another one.";
    /// More than `limits.blob_bytes`.
    DataTooLarge = 4130, "The data is larger than this server takes.";
    /// Not an accessKey.
    InvalidAccessKey = 4600, "Not an accessKey: 64 hex digits.";
    /// Not a passKey.
    InvalidPassKey = 4601, "Not a passKey: 64 hex digits.";
    /// Not a cstoreKey.
    InvalidCstoreKey = 4602, "Not a cstoreKey: 64 hex digits.";
    /// No wallet under this accessKey.
    UnknownAccessKey = 4603, "There is no wallet for this accessKey on this server. It may have been deleted; check the server, and the keyphrase.";
    /// The passKey is another.
    IncorrectPassKey = 4604, "The passKey is not that of this wallet. Derive it again from the keyphrase.";
    /// The accessKey has a wallet with other keys.
    AccessKeyInUse = 4605, "This accessKey has a wallet already. Make a new keyphrase.";
    /// The wrong pin.
    InvalidPin = 4610, "The pin is wrong. Too many wrong pins lock the wallet.";
    /// The wrong pin, and the last one.
    InvalidPinLocked = 4611, "The pin is wrong, and was the last that could be tried: the wallet is locked until it is unlocked with the keyphrase.";
    /// Locked before.
    WalletLocked = 4612, "The wallet is locked: too many wrong pins, or somebody locked it. Unlock it with the keyphrase.";
    /// `pins.change_allowed` is false.
    PinChangeNotAllowed = 4613, "This server makes the pins itself.";
    /// Other characters than `[a-z2-9]`.
    InvalidPinChars = 4614, "A pin has small letters and the digits 2 to 9 only.";
    /// Fewer characters than `pins.min_length`.
    InvalidPinTooShort = 4615, "The pin is too short.";
    /// More characters than `pins.max_length`.
    InvalidPinTooLong = 4616, "The pin is too long.";
    /// Common, repeated or sequential.
    InvalidPinNotSecure = 4617, "The pin is one of the first that anybody would try. Choose another.";
    /// Not an address object.
    RejectData = 4620, "An address object is not what the server takes.";
    /// More than `pins.addresses` or `pins.bytes`.
    QuotaExceeded = 4621, "The wallet is full. Use addresses that it has.";
    /// The server cannot, or will not just now.
    ServerError = 4690, "The server cannot do this just now. Try again later.";
    /// Refused by a limit of section 9.
    RateLimited = 4290, "Too many requests. Wait as long as data.retry_after says (seconds), then try again.";
    /// The mail could not be handed over.
    MailFailed = 5030, "The mail could not be sent. Try again later; tell the server's operator if it stays.";
    /// Nothing was changed.
    StoreUnavailable = 5031, "The server cannot store or read this just now; nothing was changed. Try again later.";
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An error on its way to the caller.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Which.
    pub name: Name,
    /// For people; says what to do.
    pub message: Cow<'static, str>,
    /// What programs may want to know, beside the name.
    pub data: Map<String, Value>,
}

impl Fault {
    /// The error with its usual message.
    pub fn new(name: Name) -> Self {
        Self {
            name,
            message: name.message().into(),
            data: Map::new(),
        }
    }

    /// The same with another message.
    #[must_use]
    pub fn because(mut self, message: impl Into<Cow<'static, str>>) -> Self {
        self.message = message.into();
        self
    }

    /// The same with one more thing that programs may want to know.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.data.insert(key.to_owned(), value.into());
        self
    }

    /// The same, naming the parameter at fault.
    #[must_use]
    pub fn at(self, param: &str) -> Self {
        self.with("param", param)
    }
}

impl Fault {
    /// The error object of JSON-RPC, as JSON.
    pub fn json(mut self) -> Vec<u8> {
        #[derive(Serialize)]
        struct ErrorObject<'a> {
            code: i32,
            message: &'a str,
            data: &'a Map<String, Value>,
        }
        self.data.insert("name".into(), self.name.as_str().into());
        let error = ErrorObject {
            code: self.name.code(),
            message: &self.message,
            data: &self.data,
        };
        #[expect(clippy::expect_used, reason = "our own types always have an encoding")]
        serde_json::to_vec(&error).expect("JSON")
    }
}

impl From<Fault> for jsonrpsee::types::ErrorObjectOwned {
    fn from(mut fault: Fault) -> Self {
        fault.data.insert("name".into(), fault.name.as_str().into());
        Self::owned(fault.name.code(), fault.message, Some(fault.data))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_those_of_the_protocol() {
        for &name in Name::ALL {
            assert_eq!(Name::from_text(name.as_str()), Some(name));
            assert!(!name.message().is_empty());
            let code = name.code();
            let invalid = name.as_str().starts_with("Invalid") && name != Name::InvalidCode;
            let of_pins = (4600..4700).contains(&code);
            assert_eq!(code == -32602, invalid && !of_pins, "{name}");
        }
        assert_eq!(Name::KeyRetired.code(), 4096);
        assert_eq!(Name::from_text("Other"), None);
    }

    #[test]
    fn a_fault_becomes_an_error_object() {
        let fault = Fault::new(Name::InvalidHash).at("local_hash");
        let object = jsonrpsee::types::ErrorObjectOwned::from(fault);
        assert_eq!(object.code(), -32602);
        let data: Value = serde_json::from_str(object.data().expect("data").get()).expect("JSON");
        assert_eq!(
            data,
            serde_json::json!({"name": "InvalidHash", "param": "local_hash"})
        );
    }
}
