//! `saveWallet`.

use std::sync::Arc;

use crate::clock::Time;
use crate::crypto::{BlobHash, PublicKey};
use crate::store::{Transaction, Version, Wallet};

use super::changes::{Change, Happened};
use super::{Blob, Caller, Digests, Named, Refusal, Rules, Signed, Wallets, versions};

/// What `saveWallet` brings.
#[derive(Debug)]
pub struct Save {
    /// The blob, and the key of its wallet.
    pub signed: Signed,
    /// The hash of what the caller believes to be stored.
    pub original: Option<BlobHash>,
}

/// What is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// The wallet's key.
    pub key: PublicKey,
    /// The hash of what is stored.
    pub local_hash: BlobHash,
    /// When it was stored.
    pub updated: Time,
}

impl Wallets {
    /// Replaces the blob of an existing wallet; the replaced one stays as a version.
    ///
    /// # Errors
    /// [`Refusal`], in the order of section 5.2.
    pub async fn save(
        &self,
        caller: Caller,
        request: Save,
    ) -> Result<Named<Saved>, Named<Refusal>> {
        let (digests, rules, now) = (self.digests.clone(), Arc::clone(&self.rules), self.now());
        let named = self
            .ask(caller, move |transaction| {
                let key = &request.signed.key;
                let Some(mut wallet) = transaction.wallet(key.as_bytes())? else {
                    return Err(Named::key(key, not_found(transaction, &digests, key)?));
                };
                match save(transaction, &rules, &request, &mut wallet, now) {
                    Ok(change) => Ok(Named::wallet(&wallet, key, (saved(&wallet), change))),
                    Err(refusal) => Err(Named::wallet(&wallet, key, refusal)),
                }
            })
            .await?;
        Ok(named.map(|(stored, change)| {
            self.changes.announce(&stored.key, change);
            stored
        }))
    }
}

/// Stores, and says what changed, if anything did.
fn save(
    transaction: &mut dyn Transaction,
    rules: &Rules,
    request: &Save,
    wallet: &mut Wallet,
    now: Time,
) -> Result<Option<Change>, Refusal> {
    let signed = &request.signed;
    if wallet.current.hash == signed.blob.hash {
        return Ok(None);
    }
    if was_held(transaction, wallet, &signed.blob)? {
        return Err(Refusal::Stale { revision: None });
    }
    may_replace(wallet, &signed.blob, request.original)?;
    signed.blob.leaps_at_most(wallet.highest)?;
    let time = now.max(wallet.updated());
    let replaced = put_current(transaction, wallet, signed, time);
    wallet.older.insert(0, replaced);
    let dropped = versions::prune(&mut wallet.older, rules, now);
    for version in &dropped {
        transaction.remove_data(version);
    }
    transaction.put_wallet(wallet);
    Ok(Some(Change {
        happened: Happened::Saved(signed.blob.hash),
        updated: time,
        commit: wallet.commit,
    }))
}

/// Whether these are opaque bytes that the wallet held before, under whichever key.
pub(super) fn was_held(
    transaction: &dyn Transaction,
    wallet: &Wallet,
    blob: &Blob,
) -> Result<bool, Refusal> {
    Ok(blob.is_opaque() && transaction.held(&wallet.lineages, &blob.hash)?)
}

/// The last questions before a wallet's blob is replaced: is it the one that the caller knows, and is the new one newer?
pub(super) fn may_replace(
    wallet: &Wallet,
    blob: &Blob,
    original: Option<BlobHash>,
) -> Result<(), Refusal> {
    if original.is_some_and(|original| original != wallet.current.hash) || !blob.follows(wallet) {
        return Err(Refusal::conflict(wallet));
    }
    Ok(())
}

/// Makes this blob the wallet's current one, and returns the one that it replaces.
pub(super) fn put_current(
    transaction: &mut dyn Transaction,
    wallet: &mut Wallet,
    signed: &Signed,
    time: Time,
) -> Version {
    if signed.blob.is_opaque() {
        transaction.hold(wallet.lineages[0], &signed.blob.hash);
    }
    wallet.commit = transaction.commit();
    wallet.highest = wallet.highest.max(signed.blob.form.revision().unwrap_or(0));
    std::mem::replace(&mut wallet.current, version(transaction, signed, time))
}

/// Stores the bytes, and says where and what they are.
pub(super) fn version(transaction: &mut dyn Transaction, signed: &Signed, time: Time) -> Version {
    Version {
        data: transaction.put_data(&signed.blob.bytes),
        hash: signed.blob.hash,
        bytes: u32::try_from(signed.blob.bytes.len()).unwrap_or(u32::MAX),
        saved: time,
        revision: signed.blob.form.revision(),
        signature: signed.signature.to_bytes().to_vec(),
    }
}

/// That there is no wallet under this key, and what is left of one.
pub(super) fn not_found(
    transaction: &dyn Transaction,
    digests: &Digests,
    key: &PublicKey,
) -> Result<Refusal, Refusal> {
    let retired = transaction.retired(&digests.of_key(key))?;
    Ok(Refusal::not_found(vec![*key], retired))
}

pub(super) fn saved(wallet: &Wallet) -> Saved {
    Saved {
        key: wallet.key,
        local_hash: wallet.current.hash,
        updated: wallet.updated(),
    }
}
