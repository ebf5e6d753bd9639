//! Keys, signatures, digests, sealed blobs and secrets: everything that is computed and nothing that is kept.
//!
//! The constants are those of PROTOCOL.md, sections 2 to 4. Nothing in this room does I/O, but for
//! asking the system for random bytes.

mod code;
mod derive;
mod hash;
mod key;
mod sealed;
mod secret;
mod signature;
mod text;

pub use code::{Code, InvalidCode};
pub use derive::{Derivation, Keys, SCRYPT_LOG_N, SCRYPT_P, SCRYPT_R};
pub use hash::{BlobHash, InvalidHash, keyed_hash, sha256};
pub use key::{InvalidPublicKey, PrivateKey, PublicKey};
pub use sealed::{Form, InvalidForm, MAX_REVISION, Opened, Tampered, open, seal, seal_with_nonce};
pub use secret::{NoRandomness, Secret, random_bytes};
pub use signature::{
    InvalidSignature, Signature, blob_digest, change_password_digest, delete_wallet_digest,
};
pub use text::{TextError, answer, email, is_white_space, password};
