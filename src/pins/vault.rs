//! What a wallet keeps of its owner's keys, so that who has the store alone has none of them.

use zeroize::Zeroizing;

use super::Refusal;
use crate::crypto::{
    CstoreKey, PassKey, Pin, Secret, close_box, keyed_hash, open_box, random_bytes,
};
use crate::store::{AccessDigest, PinWallet};

/// Pin and cstoreKey at rest: AES-256-GCM under a key of the server's secret, bound to the wallet.
pub(super) struct Vault(Secret<32>);

/// What is in it.
pub(super) struct Kept {
    pub(super) pin: Pin,
    pub(super) cstore_key: CstoreKey,
}

impl Vault {
    pub(super) fn new(key: Secret<32>) -> Self {
        Self(key)
    }

    /// The bytes to store.
    pub(super) fn close(&self, access: &AccessDigest, kept: &Kept) -> Result<Vec<u8>, Refusal> {
        // of one piece, so that no shorter one is left behind
        let pin = kept.pin.expose();
        let mut plaintext = Zeroizing::new(Vec::with_capacity(32 + pin.len()));
        plaintext.extend_from_slice(kept.cstore_key.expose());
        plaintext.extend_from_slice(pin.as_bytes());
        Ok(close_box(&self.0, &access.0, &plaintext)?)
    }

    /// What the stored bytes hold.
    pub(super) fn open(&self, access: &AccessDigest, wallet: &PinWallet) -> Result<Kept, Refusal> {
        let plaintext = open_box(&self.0, &access.0, &wallet.vault)?;
        let (cstore_key, pin) = plaintext
            .split_first_chunk::<32>()
            .ok_or(crate::crypto::DoesNotOpen)?;
        let pin = std::str::from_utf8(pin).map_err(|_| crate::crypto::DoesNotOpen)?;
        Ok(Kept {
            pin: Pin::typed(pin.to_owned()),
            cstore_key: CstoreKey::new(*cstore_key),
        })
    }
}

/// A fresh salt, and the passKey under it. It has 256 random bits, so that one round is enough.
pub(super) fn salted(pass: &PassKey) -> Result<([u8; 16], [u8; 32]), Refusal> {
    let salt = random_bytes()?;
    Ok((salt, hash(&salt, pass)))
}

/// Whether this is the owner's passKey, in constant time.
pub(super) fn is_of(wallet: &PinWallet, pass: &PassKey) -> bool {
    Secret::new(hash(&wallet.salt, pass)) == Secret::new(wallet.pass)
}

fn hash(salt: &[u8; 16], pass: &PassKey) -> [u8; 32] {
    keyed_hash(pass.expose(), &[b"larimar/v1/pass", salt])
}
