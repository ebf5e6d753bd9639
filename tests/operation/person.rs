//! Somebody with keys, and the parameters of what they ask for.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use larimar::crypto::{
    BlobHash, Keys, Secret, blob_digest, change_password_digest, delete_wallet_digest,
};
use serde_json::{Value, json};

pub(crate) struct Person(Keys);

impl Person {
    /// Always the same one for a number.
    pub(crate) fn number(number: u64) -> Self {
        let mut seed = [5; 32];
        seed[..8].copy_from_slice(&number.to_be_bytes());
        Self(Keys::from_seed(&Secret::new(seed)))
    }

    pub(crate) fn key(&self) -> String {
        self.0.public_key.to_string()
    }

    pub(crate) fn key_bytes(&self) -> [u8; 33] {
        *self.0.public_key.as_bytes()
    }

    pub(crate) fn signature(&self, data: &[u8]) -> String {
        let digest = blob_digest(&BlobHash::of(data));
        self.0.private_key.sign(&digest).to_string()
    }

    pub(crate) fn create(&self, code: &str, data: &[u8]) -> Value {
        json!({"code": code, "encrypted_data": base64(data), "signature": self.signature(data)})
    }

    pub(crate) fn save(&self, data: &[u8]) -> Value {
        json!({"encrypted_data": base64(data), "signature": self.signature(data)})
    }

    pub(crate) fn change(&self, new: &Self, data: &[u8]) -> Value {
        let digest = change_password_digest(&new.0.public_key, &BlobHash::of(data));
        let old = self.0.private_key.sign(&digest).to_string();
        json!({"encrypted_data": base64(data), "old_signature": old, "new_signature": new.signature(data)})
    }

    pub(crate) fn delete(&self, server: &str, data: &[u8]) -> Value {
        let hash = BlobHash::of(data);
        let digest = delete_wallet_digest(server, &hash);
        let signature = self.0.private_key.sign(&digest).to_string();
        json!({"local_hash": hash.to_string(), "signature": signature})
    }
}

pub(crate) fn base64(data: &[u8]) -> String {
    STANDARD.encode(data)
}

pub(crate) fn hash(data: &[u8]) -> String {
    BlobHash::of(data).to_string()
}
