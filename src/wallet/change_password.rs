//! `changePassword`.

use crate::clock::Time;
use crate::crypto::{BlobHash, PublicKey};
use crate::store::{Retired, Transaction, Wallet, Was};

use super::changes::{Change, Happened};
use super::save::{may_replace, put_current, saved, was_held};
use super::{Caller, Digests, Named, Refusal, Saved, Signed, Wallets, retired};

/// What `changePassword` brings.
#[derive(Debug)]
pub struct ChangePassword {
    /// The blob, and the key to which the wallet is to move.
    pub new: Signed,
    /// The key that `old_signature` gives in its bound form.
    pub bound: Option<PublicKey>,
    /// The key that `old_signature` gives in its plain form.
    pub plain: Option<PublicKey>,
    /// The hash of what the caller believes to be stored.
    pub original: Option<BlobHash>,
}

impl Wallets {
    /// Moves the wallet, its statistics and its e-mail address from the old key to the new one, with the new blob.
    ///
    /// Who may move nothing because the new key has a wallet has found one out: its owner sees that among its accesses.
    ///
    /// # Errors
    /// [`Refusal`], in the order of section 5.2.
    pub async fn change_password(
        &self,
        caller: Caller,
        request: ChangePassword,
    ) -> Result<Named<Saved>, Named<Refusal>> {
        let (digests, now, new) = (self.digests.clone(), self.now(), request.new.key);
        let ruled = self
            .ask(caller, move |transaction| {
                change_password(transaction, &digests, &request, now)
            })
            .await;
        if let Err(refused) = &ruled
            && refused.value == Refusal::WalletExists
        {
            let outcome = refused.value.name();
            self.note_failure(caller, &new.into(), outcome).await;
        }
        let named = ruled?;
        let old = named.key;
        Ok(named.map(|Moved { stored, change }| {
            if let Some(old) = old {
                self.changes.announce(&old, change);
            }
            stored
        }))
    }
}

struct Moved {
    stored: Saved,
    change: Option<Change>,
}

fn change_password(
    transaction: &mut dyn Transaction,
    digests: &Digests,
    request: &ChangePassword,
    now: Time,
) -> Result<Named<Moved>, Named<Refusal>> {
    let candidates: Vec<PublicKey> = request.bound.into_iter().chain(request.plain).collect();
    if let Some(answer) = repeated(transaction, digests, request, &candidates)? {
        return answer;
    }
    let mut found = None;
    for key in &candidates {
        found = transaction.wallet(key.as_bytes())?;
        if found.is_some() {
            break;
        }
    }
    let Some(mut wallet) = found else {
        return Err(nowhere(transaction, digests, candidates)?);
    };
    let old = wallet.key;
    match movable(transaction, digests, request, &wallet) {
        Ok(known) => {
            move_wallet(transaction, digests, &request.new, &mut wallet, known, now);
            let change = Change {
                happened: Happened::Moved,
                updated: wallet.updated(),
                commit: wallet.commit,
            };
            let moved = Moved {
                stored: saved(&wallet),
                change: Some(change),
            };
            Ok(Named::wallet(&wallet, &old, moved))
        }
        Err(refusal) => Err(Named::wallet(&wallet, &old, refusal)),
    }
}

/// Answers a call that was carried out before.
#[expect(clippy::type_complexity, reason = "an answer, if it is one")]
fn repeated(
    transaction: &dyn Transaction,
    digests: &Digests,
    request: &ChangePassword,
    candidates: &[PublicKey],
) -> Result<Option<Result<Named<Moved>, Named<Refusal>>>, Refusal> {
    let (new, hash) = (&request.new.key, request.new.blob.hash);
    let moved = Was::Moved(digests.of_key(new));
    for key in candidates {
        let retired = transaction.retired(&digests.of_key(key))?;
        if retired.is_some_and(|retired| retired.was == moved && retired.by == hash) {
            return Ok(Some(match transaction.wallet(new.as_bytes())? {
                Some(wallet) if wallet.current.hash == hash => {
                    let moved = Moved {
                        stored: saved(&wallet),
                        change: None,
                    };
                    Ok(Named::wallet(&wallet, key, moved))
                }
                Some(wallet) => Err(Named::wallet(
                    &wallet,
                    key,
                    Refusal::Stale { revision: None },
                )),
                None => Err(Named::key(key, Refusal::Stale { revision: None })),
            }));
        }
    }
    Ok(None)
}

fn nowhere(
    transaction: &dyn Transaction,
    digests: &Digests,
    candidates: Vec<PublicKey>,
) -> Result<Named<Refusal>, Refusal> {
    let mut retired: Option<Retired> = None;
    for key in &candidates {
        retired = retired.or(transaction.retired(&digests.of_key(key))?);
    }
    let first = candidates.first().copied();
    Ok(Named {
        wallet: None,
        key: first,
        value: Refusal::not_found(candidates, retired),
    })
}

/// Whether this wallet may move as asked; with what the new key's record knows, if it has one.
fn movable(
    transaction: &dyn Transaction,
    digests: &Digests,
    request: &ChangePassword,
    wallet: &Wallet,
) -> Result<Option<Retired>, Refusal> {
    let blob = &request.new.blob;
    if request.bound != Some(wallet.key) && wallet.current.revision.is_some() {
        return Err(Refusal::BindingRequired);
    }
    if wallet.key == request.new.key {
        return Err(Refusal::KeyUnchanged);
    }
    if transaction.wallet(request.new.key.as_bytes())?.is_some() {
        return Err(Refusal::WalletExists);
    }
    let known = retired::admit(
        transaction,
        &digests.of_key(&request.new.key),
        blob,
        Some(wallet.id),
    )?;
    if wallet.current.hash == blob.hash || was_held(transaction, wallet, blob)? {
        return Err(Refusal::Stale { revision: None });
    }
    may_replace(wallet, blob, request.original)?;
    let highest = known
        .as_ref()
        .map_or(0, |known| known.highest)
        .max(wallet.highest);
    blob.leaps_at_most(highest)?;
    Ok(known)
}

fn move_wallet(
    transaction: &mut dyn Transaction,
    digests: &Digests,
    new: &Signed,
    wallet: &mut Wallet,
    known: Option<Retired>,
    now: Time,
) {
    let old = wallet.key;
    let reached = known.as_ref().map_or(now, |known| now.max(known.since));
    let time = reached.max(wallet.updated());
    let (from, to) = (digests.of_key(&old), digests.of_key(&new.key));
    let left = retired::leave(transaction, wallet, Was::Moved(to), new.blob.hash, time);
    transaction.put_retired(&from, &left);
    if let Some(known) = known {
        retired::inherit(wallet, &known);
        transaction.remove_retired(&to);
    }
    wallet.key = new.key;
    let replaced = put_current(transaction, wallet, new, time);
    // the old password opens them
    for version in std::iter::once(&replaced).chain(&std::mem::take(&mut wallet.older)) {
        transaction.remove_data(version);
    }
    transaction.put_wallet(wallet);
    transaction.unlink(&old);
}
