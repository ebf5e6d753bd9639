//! What a federation asks of one server, and what makes an answer believable before any key is used.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::signed::{Change, Signed};
use crate::client::connection::Client;
use crate::client::error::ClientError;
use crate::client::servers::Member;
use crate::crypto::{BlobHash, PublicKey, Signature};

/// What a server has under a key; the hash of the bytes is the one that it named.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The stored bytes, opened by nobody yet.
    pub bytes: Vec<u8>,
    /// When it was last stored; RFC 3339, the server's word.
    pub updated: String,
}

/// A server that keeps wallets. [`Client`] is one; tests have others.
///
/// An answer `Ok` says that the server confirmed exactly what it was told: an answer with another key or hash is
/// [`ClientError::WrongAnswer`].
pub trait Keeper: Member {
    /// `fetchWallet`.
    fn fetch(self, key: PublicKey) -> impl Future<Output = Result<Kept, ClientError>> + Send;

    /// `saveWallet`, in place of the bytes with the hash `original`.
    fn save(
        self,
        blob: Arc<Signed>,
        original: Option<BlobHash>,
    ) -> impl Future<Output = Result<(), ClientError>> + Send;

    /// `createWallet`.
    fn create(
        self,
        code: String,
        blob: Arc<Signed>,
        replace: bool,
    ) -> impl Future<Output = Result<(), ClientError>> + Send;

    /// `changePassword`, in place of the bytes with the hash `original`.
    fn change_password(
        self,
        change: Arc<Change>,
        original: Option<BlobHash>,
    ) -> impl Future<Output = Result<(), ClientError>> + Send;

    /// `deleteWallet`; the signature is for this server's name only.
    fn delete(
        self,
        local_hash: BlobHash,
        signature: Signature,
    ) -> impl Future<Output = Result<(), ClientError>> + Send;
}

impl Keeper for Client {
    async fn fetch(self, key: PublicKey) -> Result<Kept, ClientError> {
        let answer = self.fetch_wallet(&key, None).await?;
        let data = answer.encrypted_data.filter(|_| answer.modified);
        let data = data.ok_or_else(|| liar(&self, "it answered without the data"))?;
        let bytes = STANDARD.decode(data);
        let bytes = bytes.map_err(|_| liar(&self, "it answered with data that is not base64"))?;
        same(&self, &answer.local_hash, &BlobHash::of(&bytes))?;
        Ok(Kept {
            bytes,
            updated: answer.updated,
        })
    }

    async fn save(self, blob: Arc<Signed>, original: Option<BlobHash>) -> Result<(), ClientError> {
        let saved = self.save_wallet(blob.bytes(), blob.signature(), original.as_ref());
        let saved = saved.await?;
        confirmed(&self, &saved.publickey, &saved.local_hash, &blob)
    }

    async fn create(
        self,
        code: String,
        blob: Arc<Signed>,
        replace: bool,
    ) -> Result<(), ClientError> {
        let key = blob.public_key();
        let created = self.create_wallet(&code, blob.bytes(), blob.signature(), Some(key), replace);
        let created = created.await?;
        confirmed(&self, &created.publickey, &created.local_hash, &blob)
    }

    async fn change_password(
        self,
        change: Arc<Change>,
        original: Option<BlobHash>,
    ) -> Result<(), ClientError> {
        let blob = &change.to;
        let saved = Client::change_password(
            &self,
            blob.bytes(),
            &change.old_signature,
            blob.signature(),
            original.as_ref(),
        );
        let saved = saved.await?;
        confirmed(&self, &saved.publickey, &saved.local_hash, blob)
    }

    async fn delete(self, local_hash: BlobHash, signature: Signature) -> Result<(), ClientError> {
        let server = self.server_name();
        let info = self.server_info().await?;
        if !info.names.iter().any(|name| name == server) {
            return Err(ClientError::ServerNameNotListed {
                server: server.to_owned(),
                names: info.names,
            });
        }
        match self.delete_wallet(&local_hash, &signature).await?.deleted {
            true => Ok(()),
            false => Err(liar(
                &self,
                "it says that it did not delete what it was told to delete",
            )),
        }
    }
}

fn confirmed(client: &Client, key: &str, hash: &str, blob: &Signed) -> Result<(), ClientError> {
    match key.parse::<PublicKey>() {
        Ok(key) if key == *blob.public_key() => same(client, hash, &blob.head().local_hash),
        _ => Err(liar(client, "it answered for another key")),
    }
}

fn same(client: &Client, answered: &str, expected: &BlobHash) -> Result<(), ClientError> {
    match answered.parse::<BlobHash>() {
        Ok(hash) if hash == *expected => Ok(()),
        _ => Err(liar(client, "it answered with the hash of other data")),
    }
}

fn liar(client: &Client, what: &'static str) -> ClientError {
    ClientError::WrongAnswer {
        server: client.server_name().to_owned(),
        what,
    }
}
