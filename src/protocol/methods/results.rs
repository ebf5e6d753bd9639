//! What each method returns.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Of `requestCode`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CodeRequested {
    /// Seconds until the code expires.
    pub expires_in: u64,
    /// Seconds until another request would be accepted for this address; 0 if at once.
    pub retry_after: u64,
}

/// Of `createWallet`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Created {
    /// The wallet's key.
    pub publickey: String,
    /// SHA-256 of what is stored.
    pub local_hash: String,
    /// When the wallet was made.
    pub created: String,
    /// When it was last stored.
    pub updated: String,
}

/// Of `fetchWallet`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fetched {
    /// Whether the blob is another than the caller has.
    pub modified: bool,
    /// Base64 of the blob, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encrypted_data: Option<String>,
    /// SHA-256 of what is stored.
    pub local_hash: String,
    /// When the wallet was made.
    pub created: String,
    /// When it was last stored.
    pub updated: String,
    /// Who has been asking.
    pub statistics: Statistics,
}

/// Who has been asking for a wallet, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Statistics {
    /// When the wallet was last stored.
    pub updated: String,
    /// How often `fetchWallet` named it.
    pub fetches: u64,
    /// The 100 most recently seen addresses.
    pub addresses: Vec<AddressSeen>,
    /// The newest 100 requests, of one address at most 10, newest first.
    pub recent: Vec<Access>,
}

/// An address that has been asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AddressSeen {
    /// The address; an IPv6 caller as its /64.
    pub ip: String,
    /// How often, with any method.
    pub requests: u64,
    /// When first.
    pub first: String,
    /// When last.
    pub last: String,
}

/// A request for a wallet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Access {
    /// When.
    pub time: String,
    /// From where; an IPv6 caller as its /64.
    pub ip: String,
    /// With which method.
    pub method: String,
    /// `ok`, `not_modified`, or an error's name.
    pub outcome: String,
}

/// Of `saveWallet` and `changePassword`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Saved {
    /// The wallet's key, after `changePassword` the new one.
    pub publickey: String,
    /// SHA-256 of what is stored.
    pub local_hash: String,
    /// When it was stored.
    pub updated: String,
}

/// Of `deleteWallet`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deleted {
    /// `true`.
    pub deleted: bool,
}

/// Of `listVersions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Versions {
    /// Newest first.
    pub versions: Vec<VersionListed>,
}

/// A blob that is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VersionListed {
    /// Its SHA-256.
    pub local_hash: String,
    /// When it was stored.
    pub saved: String,
    /// Its length.
    pub bytes: u64,
    /// Whether it is what is stored now.
    pub current: bool,
}

/// Of `fetchVersion`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FetchedVersion {
    /// Base64 of the blob.
    pub encrypted_data: String,
    /// Its SHA-256.
    pub local_hash: String,
    /// When it was stored.
    pub saved: String,
}

/// Of `serverInfo`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Info {
    /// `larimard`.
    pub name: String,
    /// Of the program.
    pub version: String,
    /// 1.
    pub protocol: u32,
    /// The server's clock.
    pub time: String,
    /// The hosts that a deletion may be signed for (section 3).
    pub names: Vec<String>,
    /// Every `limits.*` of the configuration under its name.
    pub limits: serde_json::Value,
    /// The names of the methods.
    pub methods: Vec<String>,
}

/// What a subscription brings: a change of the wallet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WalletChanged {
    /// What happened.
    pub event: Event,
    /// SHA-256 of what is stored now, after `saved`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local_hash: Option<String>,
    /// When.
    pub updated: String,
}

/// What happens to a wallet. After `moved` and `deleted` a subscription ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Event {
    /// Another blob is stored.
    Saved,
    /// The password was changed: the wallet is reached by another key.
    Moved,
    /// It is gone.
    Deleted,
}
