//! The methods of PROTOCOL.md, section 5: each once, with its parameters, its result and its errors.
//!
//! Server, client, the OpenRPC document and the README's table are all made from this table.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::error::Name;
use Name::{
    BindingRequired, Conflict, DataTooLarge, EmailInUse, InvalidCode, InvalidData, InvalidEmail,
    InvalidHash, InvalidPublicKey, InvalidSignature, KeyRetired, KeyUnchanged, MailFailed,
    RateLimited, Stale, VersionNotFound, WalletExists, WalletNotFound,
};

/// A method of the protocol.
pub trait Method {
    /// Its name on the wire.
    const NAME: &'static str;
    /// What it does, in a line.
    const SUMMARY: &'static str;
    /// Which limit of section 9 counts it.
    const LIMIT: Limit;
    /// Whether it may change something.
    const EFFECT: Effect;
    /// The errors that it has beside those that every method has.
    const ERRORS: &'static [Name];
    /// Its parameters, in their order.
    type Params: Serialize + DeserializeOwned + JsonSchema + Send + 'static;
    /// Its result.
    type Result: Serialize + DeserializeOwned + JsonSchema + Clone + Send + Sync + 'static;
}

/// Which limit of section 9 counts a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// None.
    Free,
    /// `limits.codes_per_hour` and its like.
    Codes,
    /// `limits.wallet_requests_per_hour`.
    Wallet,
}

/// Whether a call may change something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It only looks.
    Reads,
    /// It may: begun, it has to be finished, whether or not the caller waits.
    Writes,
}

/// Names the methods, and hands each to a macro or function of the caller's.
macro_rules! methods {
    ($(
        $(#[doc = $summary:literal])+
        $method:ident = $name:literal ($params:ty) -> $result:ty, $limit:ident, $effect:ident, [$($error:ident),*];
    )+) => {
        $(
            $(#[doc = $summary])+
            #[derive(Debug, Clone, Copy)]
            pub struct $method;

            impl Method for $method {
                const NAME: &'static str = $name;
                const SUMMARY: &'static str = concat!($($summary),+).trim_ascii();
                const LIMIT: Limit = Limit::$limit;
                const EFFECT: Effect = Effect::$effect;
                const ERRORS: &'static [Name] = &[$($error),*];
                type Params = $params;
                type Result = $result;
            }
        )+

        /// Something that is done with every method in turn.
        pub trait EachMethod {
            /// Does it.
            fn method<M: Method>(&mut self);
        }

        /// Does something with every method, in the order of the protocol.
        pub fn each_method(work: &mut impl EachMethod) {
            $(work.method::<$method>();)+
        }

        /// The limit and the effect of the method with this name; `None` if there is no such method.
        pub fn known(name: &str) -> Option<(&'static str, Limit, Effect)> {
            match name {
                $($name => Some(($name, Limit::$limit, Effect::$effect)),)+
_ => None,
            }
        }

        /// The names of all methods, those that `serverInfo` lists.
        pub const NAMES: &[&str] = &[$($name),+];
    };
}

/// The name under which a subscription's notifications come.
pub const WALLET_CHANGED: &str = "walletChanged";

methods! {
    /// Sends a code by e-mail, with which a wallet can be created.
    RequestCode = "requestCode" (RequestCodeParams) -> CodeRequested, Codes, Writes, [InvalidEmail, RateLimited, MailFailed];
    /// Stores a first blob under the key that signed it, and spends the code.
    CreateWallet = "createWallet" (CreateWalletParams) -> Created, Wallet, Writes,
        [InvalidData, DataTooLarge, InvalidSignature, InvalidPublicKey, InvalidCode, WalletExists, KeyRetired, Stale, EmailInUse, RateLimited];
    /// Returns the blob if it is not the one that the caller has, and who has been asking for the wallet.
    FetchWallet = "fetchWallet" (FetchWalletParams) -> Fetched, Wallet, Reads,
        [InvalidPublicKey, InvalidHash, WalletNotFound, RateLimited];
    /// Replaces the blob of the wallet whose key signed the new one.
    SaveWallet = "saveWallet" (SaveWalletParams) -> Saved, Wallet, Writes,
        [InvalidData, DataTooLarge, InvalidSignature, InvalidHash, WalletNotFound, Stale, Conflict, RateLimited];
    /// Moves the wallet from the old key to the new one, with a new blob.
    ChangePassword = "changePassword" (ChangePasswordParams) -> Saved, Wallet, Writes,
        [InvalidData, DataTooLarge, InvalidSignature, InvalidHash, WalletNotFound, BindingRequired, KeyUnchanged, WalletExists, KeyRetired, Stale, Conflict, RateLimited];
    /// Removes the wallet, its versions, its statistics and its e-mail address.
    DeleteWallet = "deleteWallet" (DeleteWalletParams) -> Deleted, Wallet, Writes,
        [InvalidHash, InvalidSignature, WalletNotFound, Conflict, RateLimited];
    /// Lists the blob that is stored now and the older ones, newest first.
    ListVersions = "listVersions" (ListVersionsParams) -> Versions, Wallet, Reads,
        [InvalidPublicKey, WalletNotFound, RateLimited];
    /// Returns the blob with this hash, now stored or older.
    FetchVersion = "fetchVersion" (FetchVersionParams) -> FetchedVersion, Wallet, Reads,
        [InvalidPublicKey, InvalidHash, WalletNotFound, VersionNotFound, RateLimited];
    /// Notifies of every change of the wallet (`walletChanged`); over WebSocket only.
    SubscribeWallet = "subscribeWallet" (SubscribeWalletParams) -> u64, Wallet, Reads,
        [InvalidPublicKey, WalletNotFound, RateLimited];
    /// Says which server this is, what it allows and which methods it has.
    ServerInfo = "serverInfo" (NoParams) -> Info, Free, Reads, [];
    /// Returns an OpenRPC document of all methods.
    Discover = "rpc.discover" (NoParams) -> serde_json::Value, Free, Reads, [];
    /// Ends a subscription; true if there was one.
    UnsubscribeWallet = "unsubscribeWallet" (UnsubscribeWalletParams) -> bool, Free, Reads, [];
}

/// No parameters.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoParams {}

/// Of `requestCode`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestCodeParams {
    /// `local@domain`, 3 to 254 ASCII characters.
    pub email: String,
}

/// Of `createWallet`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateWalletParams {
    /// The code from the mail.
    pub code: String,
    /// Base64 of the blob.
    pub encrypted_data: String,
    /// Over SHA-256 of the blob; 130 hex digits.
    pub signature: String,
    /// The key that must be the recovered one; 66 hex digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publickey: Option<String>,
    /// Whether to take the e-mail address away from an older wallet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replace: Option<bool>,
}

/// Of `fetchWallet`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FetchWalletParams {
    /// The wallet's key; 66 hex digits.
    pub publickey: String,
    /// The hash of what the caller has; 64 hex digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local_hash: Option<String>,
}

/// Of `saveWallet`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveWalletParams {
    /// Base64 of the new blob.
    pub encrypted_data: String,
    /// Over SHA-256 of the new blob, by the wallet's key; 130 hex digits.
    pub signature: String,
    /// The hash of the blob that the caller believes to be stored; 64 hex digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_local_hash: Option<String>,
}

/// Of `changePassword`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePasswordParams {
    /// Base64 of the new blob.
    pub encrypted_data: String,
    /// By the old key, in the bound form of section 3 (or the plain form, for opaque blobs); 130 hex digits.
    pub old_signature: String,
    /// Over SHA-256 of the new blob, by the new key; 130 hex digits.
    pub new_signature: String,
    /// The hash of the blob that the caller believes to be stored; 64 hex digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_local_hash: Option<String>,
}

/// Of `deleteWallet`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteWalletParams {
    /// The hash of what is stored now; 64 hex digits.
    pub local_hash: String,
    /// Over the digest of section 3 for one of the server's names; 130 hex digits.
    pub signature: String,
}

/// Of `listVersions`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListVersionsParams {
    /// The wallet's key; 66 hex digits.
    pub publickey: String,
}

/// Of `fetchVersion`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FetchVersionParams {
    /// The wallet's key; 66 hex digits.
    pub publickey: String,
    /// The hash of the wanted blob; 64 hex digits.
    pub local_hash: String,
}

/// Of `subscribeWallet`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscribeWalletParams {
    /// The wallet's key; 66 hex digits.
    pub publickey: String,
}

/// Of `unsubscribeWallet`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnsubscribeWalletParams {
    /// What `subscribeWallet` returned.
    pub subscription: u64,
}

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
