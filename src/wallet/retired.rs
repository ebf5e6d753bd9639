//! Retired keys (PROTOCOL.md, section 5.1).

use crate::clock::Time;
use crate::crypto::{BlobHash, Form};
use crate::store::{KeyDigest, Retired, Transaction, Wallet, WalletId, Was};

use super::{Blob, Refusal};

/// Whether this blob may come to this key, by a new wallet or by the one given; with what the key's record knows, if it has one.
///
/// # Errors
/// [`Refusal::KeyRetired`] if a wallet was moved away from the key and it is not that wallet that comes back;
/// [`Refusal::Stale`] unless the blob is newer than all that the key held.
pub(super) fn admit(
    transaction: &dyn Transaction,
    key: &KeyDigest,
    blob: &Blob,
    comes: Option<WalletId>,
) -> Result<Option<Retired>, Refusal> {
    let Some(retired) = transaction.retired(key)? else {
        return Ok(None);
    };
    if matches!(retired.was, Was::Moved(_)) && comes != Some(retired.wallet) {
        return Err(Refusal::KeyRetired);
    }
    let newer = match blob.form {
        Form::Sealed { revision } => revision > retired.highest,
        Form::Opaque => retired.highest == 0 && !transaction.held(&retired.lineages, &blob.hash)?,
    };
    if newer {
        Ok(Some(retired))
    } else {
        Err(Refusal::Stale {
            revision: Some(retired.highest),
        })
    }
}

/// What stays at the key that this wallet leaves.
pub(super) fn leave(
    transaction: &dyn Transaction,
    wallet: &Wallet,
    was: Was,
    by: BlobHash,
    since: Time,
) -> Retired {
    Retired {
        commit: transaction.commit(),
        was,
        wallet: wallet.id,
        since,
        by,
        highest: wallet.highest,
        lineages: wallet.lineages.clone(),
    }
}

/// Lets what the record knew go on counting for the wallet that comes to the key.
pub(super) fn inherit(wallet: &mut Wallet, retired: &Retired) {
    wallet.highest = wallet.highest.max(retired.highest);
    for lineage in &retired.lineages {
        if !wallet.lineages.contains(lineage) {
            wallet.lineages.push(*lineage);
        }
    }
}
