//! The parameters of each method, in their order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
