//! The parameters and results of `wallet/*` (PROTOCOL.md, section 6; the names are those of the Wallet API Specification 1.0 Draft).

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};
use zeroize::Zeroizing;

/// A secret as it goes over the wire, and is shown nowhere else: zeroed, printed as `***`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Hidden(#[schemars(with = "String")] Zeroizing<String>);

impl Hidden {
    /// Takes the text without copying it.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<Zeroizing<String>> for Hidden {
    fn from(text: Zeroizing<String>) -> Self {
        Self(text)
    }
}

impl Deref for Hidden {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Address objects as they came, not looked at yet: there may be many, and only the owner hears what is wrong with them.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Objects(#[schemars(with = "Vec<BTreeMap<String, String>>")] Box<RawValue>);

impl Objects {
    /// These objects, for a call.
    ///
    /// # Errors
    /// If one of them cannot be JSON.
    pub fn new<T: Serialize>(objects: &[T]) -> Result<Self, serde_json::Error> {
        to_raw_value(objects).map(Self)
    }

    /// Their JSON.
    pub fn into_json(self) -> String {
        // not copied: there may be nearly a megabyte of it
        Box::<str>::from(self.0).into()
    }
}

/// Members may hold what is private and not encrypted.
impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Of `wallet/create`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct WalletCreateParams {
    /// By what the server is to know the wallet; 64 hex digits.
    pub access_key: Hidden,
    /// What is to prove the owner; 64 hex digits.
    pub pass_key: Hidden,
    /// What the right pin is to give; 64 hex digits.
    pub cstore_key: Hidden,
}

/// Of `wallet/login`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct WalletLoginParams {
    /// By what the server knows the wallet; 64 hex digits.
    pub access_key: Hidden,
    /// What the user typed.
    pub pin: Hidden,
}

/// Of `wallet/access`, `wallet/download` and `wallet/delete`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct WalletOwnerParams {
    /// By what the server knows the wallet; 64 hex digits.
    pub access_key: Hidden,
    /// What proves the owner; 64 hex digits.
    pub pass_key: Hidden,
}

/// Of `wallet/add`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct WalletAddParams {
    /// By what the server knows the wallet; 64 hex digits.
    pub access_key: Hidden,
    /// What proves the owner; 64 hex digits.
    pub pass_key: Hidden,
    /// Objects whose members are strings that begin with `!`, `enc!` or `b64!`.
    pub wallet_addresses: Objects,
}

/// Of `wallet/changepin`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct WalletChangepinParams {
    /// By what the server knows the wallet; 64 hex digits.
    pub access_key: Hidden,
    /// What proves the owner; 64 hex digits.
    pub pass_key: Hidden,
    /// The new pin: `[a-z2-9]`, 6 to 32 characters unless the server says else.
    pub pin: Hidden,
}

/// Of `wallet/lock`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct WalletLockParams {
    /// By what the server knows the wallet; 64 hex digits.
    pub access_key: Hidden,
}

/// Of `wallet/create` and `wallet/access`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct PinGiven {
    /// The pin.
    pub pin: Hidden,
}

/// Of `wallet/login`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoggedIn {
    /// What the client's cstoreBox opens with; 64 hex digits.
    pub cstore_key: Hidden,
}

/// Of `wallet/download`.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Downloaded {
    /// The address objects, in the order in which they were added.
    pub wallet_addresses: Vec<BTreeMap<String, String>>,
}

/// As [`Objects`].
impl fmt::Debug for Downloaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Downloaded({}, ***)", self.wallet_addresses.len())
    }
}

/// Nothing: it was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Done {}
