//! Keys, signatures, digests, sealed blobs and secrets: everything that is computed and nothing that is kept.
//!
//! The constants are those of PROTOCOL.md, sections 2 to 4 and 6. Nothing in this room does I/O, but for
//! asking the system for random bytes. Whatever is secret is zeroed when it is dropped and prints as `***`.
//!
//! From what a person remembers to a blob that a server takes, and back:
//!
//! ```
//! use larimar::crypto::{BlobHash, Derivation, blob_digest, open, seal};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let keys = Derivation::new("alice@example.com", "correct horse", &["Fluffy"])?.run();
//! let encrypted_data = seal(&keys, 1, b"what nobody else reads")?;
//! let digest = blob_digest(&BlobHash::of(&encrypted_data));
//! let signature = keys.private_key.sign(&digest);
//!
//! assert_eq!(signature.recover(&digest)?, keys.public_key);
//! let opened = open(&keys, &encrypted_data)?;
//! assert_eq!(opened.revision, 1);
//! assert_eq!(*opened.plaintext, b"what nobody else reads");
//! # Ok(())
//! # }
//! ```

mod code;
mod derive;
mod hash;
mod key;
mod keyphrase;
mod master;
mod pin;
mod sealed;
mod secret;
mod secret_box;
mod signature;
mod text;

pub use code::{Code, InvalidCode};
pub use derive::{Derivation, Keys, SCRYPT_LOG_N, SCRYPT_P, SCRYPT_R};
pub use hash::{BlobHash, InvalidHash, keyed_hash, sha256};
pub use key::{ClaimedKey, InvalidPublicKey, PrivateKey, PublicKey};
pub use keyphrase::{InvalidKeyphrase, InvalidWalletUrl, Keyphrase, WalletUrl};
pub use master::{
    AccessKey, CstoreKey, InvalidAccessKey, InvalidCstoreKey, InvalidPassKey, MasterKey, PassKey,
};
pub use pin::{Pin, PinFault};
pub use sealed::{
    CannotSeal, Form, InvalidForm, MAX_REVISION, Opened, Tampered, open, seal, seal_with_nonce,
};
pub use secret::{NoRandomness, Secret, SecretText, random_bytes};
pub use secret_box::{DoesNotOpen, close_box, open_box};
pub use signature::{
    InvalidSignature, Signature, blob_digest, change_password_digest, delete_wallet_digest,
    file_digest,
};
pub use text::{TextError, answer, email, is_white_space, password};
