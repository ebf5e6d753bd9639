//! The methods of PROTOCOL.md, section 5, one by one. Results are as the server gives them: [`Wallet`](super::Wallet) checks them.

use super::connection::Client;
use super::error::ClientError;
use crate::crypto::{BlobHash, PublicKey, Signature};
use crate::protocol::methods::{
    ChangePassword, ChangePasswordParams, CodeRequested, CreateWallet, CreateWalletParams, Created,
    DeleteWallet, DeleteWalletParams, Deleted, Discover, FetchVersion, FetchVersionParams,
    FetchWallet, FetchWalletParams, Fetched, FetchedVersion, Info, ListVersions,
    ListVersionsParams, NoParams, RequestCode, RequestCodeParams, SaveWallet, SaveWalletParams,
    Saved, ServerInfo, Versions,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

impl Client {
    /// `requestCode`: a code is on its way to this address, whether or not it has a wallet.
    ///
    /// # Errors
    /// `InvalidEmail`, `RateLimited`, `MailFailed`.
    pub async fn request_code(&self, email: &str) -> Result<CodeRequested, ClientError> {
        let email = email.to_owned();
        self.call::<RequestCode>(&RequestCodeParams { email }).await
    }

    /// `createWallet`: the blob is stored under the key that signed it, and the code is spent.
    ///
    /// # Errors
    /// `InvalidCode`, `WalletExists`, `EmailInUse`, `KeyRetired`, `Stale`, `DataTooLarge`, `RateLimited`, and those of the parameters.
    pub async fn create_wallet(
        &self,
        code: &str,
        encrypted_data: &[u8],
        signature: &Signature,
        publickey: Option<&PublicKey>,
        replace: bool,
    ) -> Result<Created, ClientError> {
        let params = create_params(code, encrypted_data, signature, publickey, replace);
        self.call::<CreateWallet>(&params).await
    }

    /// `fetchWallet`: the blob, unless `local_hash` is its hash, and who has been asking for the wallet.
    ///
    /// # Errors
    /// `WalletNotFound`, with [`was`](ClientError::was) if it was moved or deleted; `RateLimited`.
    pub async fn fetch_wallet(
        &self,
        publickey: &PublicKey,
        local_hash: Option<&BlobHash>,
    ) -> Result<Fetched, ClientError> {
        let params = FetchWalletParams {
            publickey: publickey.to_string(),
            local_hash: local_hash.map(BlobHash::to_string),
        };
        self.call::<FetchWallet>(&params).await
    }

    /// `saveWallet`: the blob is stored in place of the one with the hash `original_local_hash`.
    ///
    /// # Errors
    /// `WalletNotFound`, `Conflict`, `Stale`, `DataTooLarge`, `RateLimited`, and those of the parameters.
    pub async fn save_wallet(
        &self,
        encrypted_data: &[u8],
        signature: &Signature,
        original_local_hash: Option<&BlobHash>,
    ) -> Result<Saved, ClientError> {
        let params = save_params(encrypted_data, signature, original_local_hash);
        self.call::<SaveWallet>(&params).await
    }

    /// `changePassword`: the wallet is reached by the key of `new_signature` only, and holds the new blob.
    ///
    /// # Errors
    /// `WalletNotFound`, `BindingRequired`, `KeyUnchanged`, `WalletExists`, `KeyRetired`, `Stale`, `Conflict`, `DataTooLarge`, `RateLimited`, and
    /// those of the parameters.
    pub async fn change_password(
        &self,
        encrypted_data: &[u8],
        old_signature: &Signature,
        new_signature: &Signature,
        original_local_hash: Option<&BlobHash>,
    ) -> Result<Saved, ClientError> {
        let params = change_params(
            encrypted_data,
            old_signature,
            new_signature,
            original_local_hash,
        );
        self.call::<ChangePassword>(&params).await
    }

    /// `deleteWallet`: blob, versions, statistics and e-mail address are gone.
    ///
    /// The signature is over [`delete_wallet_digest`](crate::crypto::delete_wallet_digest) with
    /// [`server_name`](Self::server_name).
    ///
    /// # Errors
    /// `WalletNotFound`, `Conflict`, `RateLimited`, and those of the parameters.
    pub async fn delete_wallet(
        &self,
        local_hash: &BlobHash,
        signature: &Signature,
    ) -> Result<Deleted, ClientError> {
        let params = delete_params(local_hash, signature);
        self.call::<DeleteWallet>(&params).await
    }

    /// `listVersions`: what is stored now and what was before, newest first.
    ///
    /// # Errors
    /// `WalletNotFound`, `RateLimited`.
    pub async fn list_versions(&self, publickey: &PublicKey) -> Result<Versions, ClientError> {
        let publickey = publickey.to_string();
        self.call::<ListVersions>(&ListVersionsParams { publickey })
            .await
    }

    /// `fetchVersion`: the blob with this hash, stored now or before.
    ///
    /// # Errors
    /// `WalletNotFound`, `VersionNotFound`, `RateLimited`.
    pub async fn fetch_version(
        &self,
        publickey: &PublicKey,
        local_hash: &BlobHash,
    ) -> Result<FetchedVersion, ClientError> {
        let params = FetchVersionParams {
            publickey: publickey.to_string(),
            local_hash: local_hash.to_string(),
        };
        self.call::<FetchVersion>(&params).await
    }

    /// `serverInfo`: which server this is, what it allows and which methods it has.
    ///
    /// # Errors
    /// Those of the way to the server only.
    pub async fn server_info(&self) -> Result<Info, ClientError> {
        self.call::<ServerInfo>(&NoParams {}).await
    }

    /// `rpc.discover`: the OpenRPC document of all methods.
    ///
    /// # Errors
    /// Those of the way to the server only.
    pub async fn discover(&self) -> Result<serde_json::Value, ClientError> {
        self.call::<Discover>(&NoParams {}).await
    }
}

pub(super) fn create_params(
    code: &str,
    encrypted_data: &[u8],
    signature: &Signature,
    publickey: Option<&PublicKey>,
    replace: bool,
) -> CreateWalletParams {
    CreateWalletParams {
        code: code.to_owned(),
        encrypted_data: STANDARD.encode(encrypted_data),
        signature: signature.to_string(),
        publickey: publickey.map(PublicKey::to_string),
        replace: replace.then_some(true),
    }
}

pub(super) fn save_params(
    encrypted_data: &[u8],
    signature: &Signature,
    original_local_hash: Option<&BlobHash>,
) -> SaveWalletParams {
    SaveWalletParams {
        encrypted_data: STANDARD.encode(encrypted_data),
        signature: signature.to_string(),
        original_local_hash: original_local_hash.map(BlobHash::to_string),
    }
}

pub(super) fn change_params(
    encrypted_data: &[u8],
    old_signature: &Signature,
    new_signature: &Signature,
    original_local_hash: Option<&BlobHash>,
) -> ChangePasswordParams {
    ChangePasswordParams {
        encrypted_data: STANDARD.encode(encrypted_data),
        old_signature: old_signature.to_string(),
        new_signature: new_signature.to_string(),
        original_local_hash: original_local_hash.map(BlobHash::to_string),
    }
}

pub(super) fn delete_params(local_hash: &BlobHash, signature: &Signature) -> DeleteWalletParams {
    DeleteWalletParams {
        local_hash: local_hash.to_string(),
        signature: signature.to_string(),
    }
}
