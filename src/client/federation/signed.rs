//! What is said to servers, and said again with the same bytes: ciphertext and signatures, never a secret.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::client::wallet::Head;
use crate::crypto::{
    BlobHash, CannotSeal, Form, Keys, PublicKey, Signature, blob_digest, change_password_digest,
    seal,
};

/// A sealed blob with its owner's signature: all that a `saveWallet` takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "SignedText", into = "SignedText")]
pub struct Signed {
    public_key: PublicKey,
    bytes: Vec<u8>,
    head: Head,
    signature: Signature,
}

impl Signed {
    pub(in crate::client) fn seal(
        keys: &Keys,
        revision: u64,
        plaintext: &[u8],
    ) -> Result<Self, CannotSeal> {
        Ok(Self::of(keys, seal(keys, revision, plaintext)?, revision))
    }

    /// Bytes that opened as this revision under these keys.
    pub(in crate::client) fn of(keys: &Keys, bytes: Vec<u8>, revision: u64) -> Self {
        let local_hash = BlobHash::of(&bytes);
        Self {
            public_key: keys.public_key,
            bytes,
            head: Head {
                local_hash,
                revision,
            },
            signature: keys.private_key.sign(&blob_digest(&local_hash)),
        }
    }

    /// The wallet's key.
    pub fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// The sealed bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Their hash and the revision that is sealed into them.
    pub fn head(&self) -> Head {
        self.head
    }

    /// The owner's signature over them.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }
}

/// What a `changePassword` takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ChangeText", into = "ChangeText")]
pub struct Change {
    /// The key that the wallet leaves.
    pub from: PublicKey,
    /// What it holds then, under the key that it gets.
    pub to: Signed,
    /// The old key's signature, in its bound form: it moves the wallet to that key with these bytes and to no other.
    pub old_signature: Signature,
}

impl Change {
    pub(super) fn new(from: &Keys, to: Signed) -> Self {
        let digest = change_password_digest(to.public_key(), &to.head.local_hash);
        Self {
            from: from.public_key,
            old_signature: from.private_key.sign(&digest),
            to,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct SignedText {
    publickey: PublicKey,
    encrypted_data: String,
    signature: String,
}

#[derive(Serialize, Deserialize)]
struct ChangeText {
    from: PublicKey,
    to: Signed,
    old_signature: String,
}

impl From<Signed> for SignedText {
    fn from(signed: Signed) -> Self {
        Self {
            publickey: signed.public_key,
            encrypted_data: STANDARD.encode(&signed.bytes),
            signature: signed.signature.to_string(),
        }
    }
}

impl TryFrom<SignedText> for Signed {
    type Error = String;

    fn try_from(text: SignedText) -> Result<Self, String> {
        let bytes = STANDARD.decode(&text.encrypted_data);
        let bytes = bytes.map_err(|_| "encrypted_data is not base64".to_owned())?;
        let revision = Form::of(&bytes).ok().and_then(Form::revision);
        let signature: Signature = parsed(&text.signature)?;
        let local_hash = BlobHash::of(&bytes);
        Ok(Self {
            public_key: text.publickey,
            head: Head {
                local_hash,
                revision: revision.ok_or("encrypted_data is not sealed")?,
            },
            bytes,
            signature,
        })
    }
}

impl From<Change> for ChangeText {
    fn from(change: Change) -> Self {
        Self {
            from: change.from,
            to: change.to,
            old_signature: change.old_signature.to_string(),
        }
    }
}

impl TryFrom<ChangeText> for Change {
    type Error = String;

    fn try_from(text: ChangeText) -> Result<Self, String> {
        Ok(Self {
            from: text.from,
            to: text.to,
            old_signature: parsed(&text.old_signature)?,
        })
    }
}

fn parsed(signature: &str) -> Result<Signature, String> {
    let parsed = signature.parse::<Signature>();
    parsed.map_err(|error| error.to_string())
}
