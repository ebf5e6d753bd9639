//! `deleteWallet`.

use crate::clock::Time;
use crate::crypto::{BlobHash, PublicKey};
use crate::store::{Transaction, Wallet, Was};

use super::changes::{Change, Happened};
use super::{Caller, Digests, Named, Refusal, Wallets, retired};

/// What `deleteWallet` brings.
#[derive(Debug)]
pub struct Delete {
    /// The keys that the signature gives, one for each of the server's names.
    pub keys: Vec<PublicKey>,
    /// The hash of what the caller believes to be stored.
    pub local_hash: BlobHash,
}

impl Wallets {
    /// Removes blob, versions, statistics and e-mail address; a small record stays (section 5.1).
    ///
    /// # Errors
    /// [`Refusal`], in the order of section 5.2.
    pub async fn delete(
        &self,
        caller: Caller,
        request: Delete,
    ) -> Result<Named<()>, Named<Refusal>> {
        let (digests, now) = (self.digests.clone(), self.now());
        let named = self
            .ask(caller, move |transaction| {
                delete(transaction, &digests, &request, now)
            })
            .await?;
        let (wallet, key) = (named.wallet, named.key);
        Ok(named.map(|change| {
            if let (Some(wallet), Some(key), Some(_)) = (wallet, key, change) {
                self.statistics.forget(wallet);
                self.changes.announce(&key, change);
            }
        }))
    }
}

/// Deletes, and says what changed, unless that was done before.
fn delete(
    transaction: &mut dyn Transaction,
    digests: &Digests,
    request: &Delete,
    now: Time,
) -> Result<Named<Option<Change>>, Named<Refusal>> {
    for key in &request.keys {
        if let Some(wallet) = transaction.wallet(key.as_bytes())? {
            if wallet.current.hash != request.local_hash {
                return Err(Named::wallet(&wallet, key, Refusal::conflict(&wallet)));
            }
            let time = now.max(wallet.updated());
            remove(transaction, digests, &wallet, time);
            let change = Change {
                happened: Happened::Deleted,
                updated: time,
                commit: transaction.commit(),
            };
            return Ok(Named::wallet(&wallet, key, Some(change)));
        }
        if let Some(retired) = transaction.retired(&digests.of_key(key))? {
            if retired.was == Was::Deleted && retired.by == request.local_hash {
                return Ok(Named::key(key, None));
            }
            let refusal = Refusal::not_found(request.keys.clone(), Some(retired));
            return Err(Named::key(key, refusal));
        }
    }
    let refusal = Refusal::not_found(request.keys.clone(), None);
    Err(Named {
        wallet: None,
        key: request.keys.first().copied(),
        value: refusal,
    })
}

/// Removes all that there is of a wallet, but for the small record.
pub(super) fn remove(
    transaction: &mut dyn Transaction,
    digests: &Digests,
    wallet: &Wallet,
    time: Time,
) {
    let left = retired::leave(transaction, wallet, Was::Deleted, wallet.current.hash, time);
    transaction.put_retired(&digests.of_key(&wallet.key), &left);
    if let Some(email) = &wallet.email {
        transaction.remove_address(email);
    }
    transaction.remove_wallet(wallet);
}
