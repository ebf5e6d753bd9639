//! The methods of PROTOCOL.md, sections 5 and 6: each once, with its parameters, its result and its errors.
//!
//! Server, client, the OpenRPC document and the README's table are all made from this table.

mod parameters;
mod pins;
mod results;

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use parameters::*;
pub use pins::*;
pub use results::*;

use super::error::Name;
use Name::{
    AccessKeyInUse, BindingRequired, Conflict, DataTooLarge, EmailInUse, IncorrectPassKey,
    InvalidAccessKey, InvalidCode, InvalidCstoreKey, InvalidData, InvalidEmail, InvalidHash,
    InvalidPassKey, InvalidPin, InvalidPinChars, InvalidPinLocked, InvalidPinNotSecure,
    InvalidPinTooLong, InvalidPinTooShort, InvalidPublicKey, InvalidSignature, KeyRetired,
    KeyUnchanged, MailFailed, PinChangeNotAllowed, QuotaExceeded, RateLimited, RejectData,
    ServerError, Stale, UnknownAccessKey, VersionNotFound, WalletExists, WalletLocked,
    WalletNotFound,
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
    /// The same, and `limits.locks_per_hour`.
    Lock,
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

/// Whether the method is one of section 6, which `pins.enabled = false` turns off.
pub fn is_of_pins(name: &str) -> bool {
    name.starts_with("wallet/")
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
    /// Makes an empty wallet that opens with a pin, and returns the pin.
    WalletCreate = "wallet/create" (WalletCreateParams) -> PinGiven, Wallet, Writes,
        [InvalidAccessKey, InvalidPassKey, InvalidCstoreKey, AccessKeyInUse, RateLimited, ServerError];
    /// Returns the cstoreKey for the right pin; too many wrong ones lock the wallet.
    WalletLogin = "wallet/login" (WalletLoginParams) -> LoggedIn, Wallet, Writes,
        [InvalidAccessKey, UnknownAccessKey, InvalidPin, InvalidPinLocked, WalletLocked, RateLimited, ServerError];
    /// Returns the pin to the owner, and unlocks the wallet.
    WalletAccess = "wallet/access" (WalletOwnerParams) -> PinGiven, Wallet, Writes,
        [InvalidAccessKey, InvalidPassKey, UnknownAccessKey, IncorrectPassKey, RateLimited, ServerError];
    /// Adds address objects, all or none.
    WalletAdd = "wallet/add" (WalletAddParams) -> Done, Wallet, Writes,
        [InvalidAccessKey, InvalidPassKey, UnknownAccessKey, IncorrectPassKey, RejectData, QuotaExceeded, RateLimited, ServerError];
    /// Returns the address objects to the owner.
    WalletDownload = "wallet/download" (WalletOwnerParams) -> Downloaded, Wallet, Reads,
        [InvalidAccessKey, InvalidPassKey, UnknownAccessKey, IncorrectPassKey, RateLimited, ServerError];
    /// Changes the pin to one that the owner chose.
    WalletChangepin = "wallet/changepin" (WalletChangepinParams) -> Done, Wallet, Writes,
        [InvalidAccessKey, InvalidPassKey, UnknownAccessKey, IncorrectPassKey, PinChangeNotAllowed, InvalidPinTooShort, InvalidPinTooLong, InvalidPinChars, InvalidPinNotSecure, RateLimited, ServerError];
    /// Locks the wallet until `wallet/access`: for whoever knows its accessKey.
    WalletLock = "wallet/lock" (WalletLockParams) -> Done, Lock, Writes,
        [InvalidAccessKey, UnknownAccessKey, RateLimited, ServerError];
    /// Removes the wallet and everything in it.
    WalletDelete = "wallet/delete" (WalletOwnerParams) -> Done, Wallet, Writes,
        [InvalidAccessKey, InvalidPassKey, UnknownAccessKey, IncorrectPassKey, RateLimited, ServerError];
}
