//! The client's side, by hand: keys, digests, signatures and blobs as PROTOCOL.md writes them down.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use larimar::crypto::{Keys, Secret, sha256};
use serde_json::{Value, json};

/// Somebody with a pair of keys.
#[derive(Debug, Clone)]
pub(crate) struct Person(pub(crate) Keys);

/// The person with this number, always the same one.
pub(crate) fn person(number: u8) -> Person {
    Person(Keys::from_seed(&Secret::new([number; 32])))
}

impl Person {
    pub(crate) fn key(&self) -> String {
        self.0.public_key.to_string()
    }

    /// Signs what is given, whatever it is.
    pub(crate) fn sign_digest(&self, digest: &[u8; 32]) -> String {
        self.0.private_key.sign(digest).to_string()
    }

    /// `signature`, `new_signature`, and `old_signature` in its plain form.
    pub(crate) fn sign(&self, data: &[u8]) -> String {
        self.sign_digest(&sha256(&[data]))
    }

    /// `old_signature` in its bound form, for a move to `new`.
    pub(crate) fn bound(&self, new: &Self, data: &[u8]) -> String {
        let key = hex::decode(new.key()).unwrap();
        self.sign_digest(&sha256(&[
            b"larimar/v1/changePassword",
            &key,
            &sha256(&[data]),
        ]))
    }

    /// The signature of `deleteWallet`, for the server of this name.
    pub(crate) fn delete_signature(&self, server: &str, data: &[u8]) -> String {
        let length = u32::try_from(server.len()).unwrap().to_be_bytes();
        self.sign_digest(&sha256(&[
            b"larimar/v1/deleteWallet",
            &length,
            server.as_bytes(),
            &sha256(&[data]),
        ]))
    }

    pub(crate) fn create(&self, code: &str, data: &[u8]) -> Value {
        json!({"code": code, "encrypted_data": base64(data), "signature": self.sign(data), "publickey": self.key()})
    }

    pub(crate) fn replace(&self, code: &str, data: &[u8]) -> Value {
        with(self.create(code, data), "replace", true)
    }

    pub(crate) fn save(&self, data: &[u8]) -> Value {
        json!({"encrypted_data": base64(data), "signature": self.sign(data)})
    }

    /// A save that expects `original` to be stored.
    pub(crate) fn save_after(&self, original: &[u8], data: &[u8]) -> Value {
        with(self.save(data), "original_local_hash", hash(original))
    }

    /// `changePassword` to the keys of `new`, with the bound form.
    pub(crate) fn change(&self, new: &Self, data: &[u8]) -> Value {
        json!({"encrypted_data": base64(data), "old_signature": self.bound(new, data), "new_signature": new.sign(data)})
    }

    /// The same with the plain form.
    pub(crate) fn change_plainly(&self, new: &Self, data: &[u8]) -> Value {
        with(self.change(new, data), "old_signature", self.sign(data))
    }

    /// The deletion of these bytes from the servers of these tests.
    pub(crate) fn delete(&self, data: &[u8]) -> Value {
        json!({"local_hash": hash(data), "signature": self.delete_signature(super::harness::NAMES[0], data)})
    }

    pub(crate) fn fetch(&self) -> Value {
        json!({"publickey": self.key()})
    }

    /// A blob that this person can open.
    pub(crate) fn seal(&self, revision: u64, text: &str) -> Vec<u8> {
        larimar::crypto::seal(&self.0, revision, text.as_bytes()).unwrap()
    }
}

/// The same parameters with one set to something else; null takes it away.
pub(crate) fn with(mut params: Value, name: &str, value: impl Into<Value>) -> Value {
    let value = value.into();
    if value.is_null() {
        params.as_object_mut().unwrap().remove(name);
    } else {
        params[name] = value;
    }
    params
}

/// What a server calls sealed: it sees no more of it than this.
pub(crate) fn sealed(revision: u64, text: &str) -> Vec<u8> {
    let mut data = b"LRM1".to_vec();
    data.extend_from_slice(&revision.to_be_bytes());
    data.extend_from_slice(&[7; 12]);
    data.extend_from_slice(&[9; 16]);
    data.extend_from_slice(text.as_bytes());
    data
}

pub(crate) fn base64(data: &[u8]) -> String {
    STANDARD.encode(data)
}

/// `local_hash` of these bytes.
pub(crate) fn hash(data: &[u8]) -> String {
    hex::encode(sha256(&[data]))
}
