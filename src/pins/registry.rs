//! What operators see of wallets that open with a pin, and how they erase one: never a pin, a key or an address object.

use serde::{Deserialize, Serialize};

use super::keyed_by;
use crate::clock::Time;
use crate::crypto::{AccessKey, Secret};
use crate::store::{AccessDigest, PinWallet, Store, StoreError, decide};

/// By what an operator names a wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PinName {
    /// The keyed hash of its accessKey, of [`access_digest`].
    Access(AccessDigest),
    /// The beginning of that, as it is listed.
    Beginning([u8; 8]),
}

/// The keyed hash by which a server with this secret recognises an accessKey.
pub fn access_digest(secret: &Secret<32>, access: &AccessKey) -> AccessDigest {
    AccessDigest(keyed_by(secret, b"larimar/v1/access", access.expose()))
}

/// What operators see of a wallet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The keyed hash of its accessKey.
    pub id: AccessDigest,
    /// When it was made.
    pub created: Time,
    /// When it was last opened.
    pub opened: Option<Time>,
    /// Bytes of its address objects.
    pub bytes: u32,
    /// Whether only the keyphrase opens it.
    pub locked: bool,
}

impl Listed {
    fn of((id, wallet): &(AccessDigest, PinWallet)) -> Self {
        Self {
            id: *id,
            created: wallet.created,
            opened: wallet.opened.first().map(|opening| opening.at),
            bytes: wallet.addresses.as_ref().map_or(0, |list| list.bytes),
            locked: wallet.locked,
        }
    }
}

/// Up to `count` wallets, from the first one after `after` on.
///
/// # Errors
/// [`StoreError::Damaged`], [`StoreError::Engine`].
pub fn page(
    store: &dyn Store,
    after: Option<&AccessDigest>,
    count: usize,
) -> Result<Vec<Listed>, StoreError> {
    let after = after.map(|digest| digest.0.as_slice());
    let wallets = store.pin_wallets_after(after, count)?;
    Ok(wallets.iter().map(Listed::of).collect())
}

/// The wallet with this name.
///
/// # Errors
/// [`StoreError::Damaged`], [`StoreError::Engine`].
pub async fn find(store: &dyn Store, name: &PinName) -> Result<Option<Listed>, StoreError> {
    match *name {
        PinName::Access(digest) => {
            let wallet = decide(store, move |transaction| transaction.pin_wallet(&digest));
            Ok(wallet.await?.map(|wallet| Listed::of(&(digest, wallet))))
        }
        PinName::Beginning(beginning) => {
            // what begins so is greater than the beginning alone, and comes next
            let next = store.pin_wallets_after(Some(&beginning), 1)?;
            let found = next.iter().find(|(id, _)| id.0.starts_with(&beginning));
            Ok(found.map(Listed::of))
        }
    }
}

/// Erases a wallet as `wallet/delete` does; durable when this returns. False if there is none.
///
/// # Errors
/// [`StoreError`].
pub async fn erase(store: &dyn Store, id: AccessDigest) -> Result<bool, StoreError> {
    decide(store, move |transaction| {
        let Some(wallet) = transaction.pin_wallet(&id)? else {
            return Ok(false);
        };
        transaction.remove_pin_wallet(&id, &wallet);
        Ok(true)
    })
    .await
}
