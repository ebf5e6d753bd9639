//! `createWallet`.

use std::sync::Arc;

use crate::clock::Time;
use crate::crypto::{BlobHash, Code, PublicKey};
use crate::store::{Address, CodeRecord, EmailDigest, Spent, Transaction, Wallet};

use super::save::version;
use super::{Caller, Digests, Named, Refusal, Rules, Signed, Wallets, retired};

/// How long a spent code is remembered, so that a repeated call gets the same answer.
pub(super) const REMEMBERED_SECONDS: u64 = 24 * 3600;

/// What `createWallet` brings.
#[derive(Debug)]
pub struct Create {
    /// The code, if it was one.
    pub code: Option<Code>,
    /// The blob, and the key under which it is to be stored.
    pub signed: Signed,
    /// Whether to take the e-mail address away from an older wallet.
    pub replace: bool,
}

/// A wallet as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Created {
    /// Its key.
    pub key: PublicKey,
    /// The hash of what is stored.
    pub local_hash: BlobHash,
    /// When it was made.
    pub created: Time,
    /// When it was last stored.
    pub updated: Time,
}

impl Wallets {
    /// Stores the blob under its key and spends the code, both or neither.
    ///
    /// # Errors
    /// [`Refusal`], in the order of section 5.2.
    pub async fn create(
        &self,
        caller: Caller,
        request: Create,
    ) -> Result<Named<Created>, Named<Refusal>> {
        let (digests, now, rules) = (self.digests.clone(), self.now(), Arc::clone(&self.rules));
        self.ask(caller, move |transaction| {
            let named = transaction.wallet(request.signed.key.as_bytes())?;
            let answer = create(transaction, &digests, &request, now, &rules);
            let key = &request.signed.key;
            match (answer, named) {
                (Ok(wallet), _) => Ok(Named::wallet(&wallet, key, created(&wallet))),
                (Err(refusal), Some(wallet)) => Err(Named::wallet(&wallet, key, refusal)),
                (Err(refusal), None) => Err(Named::key(key, refusal)),
            }
        })
        .await
    }
}

fn create(
    transaction: &mut dyn Transaction,
    digests: &Digests,
    request: &Create,
    now: Time,
    rules: &Rules,
) -> Result<Wallet, Refusal> {
    let signed = &request.signed;
    let key = digests.of_key(&signed.key);
    let code_digest = request
        .code
        .as_ref()
        .ok_or(Refusal::InvalidCode)
        .map(|code| digests.of_code(code))?;
    let code = transaction
        .code(&code_digest)?
        .ok_or(Refusal::InvalidCode)?;
    let stored = transaction.wallet(signed.key.as_bytes())?;
    if let Some(spent) = code.spent {
        let repeated = spent.key == key
            && spent.by == signed.blob.hash
            && now < spent.at.plus_seconds(REMEMBERED_SECONDS);
        return match stored {
            Some(wallet) if repeated && wallet.current.hash == signed.blob.hash => Ok(wallet),
            Some(_) if repeated => Err(Refusal::WalletExists),
            _ => Err(Refusal::InvalidCode),
        };
    }
    if now >= code.expires || !rules.registration.takes_codes() {
        return Err(Refusal::InvalidCode);
    }
    if stored.is_some() {
        return Err(Refusal::WalletExists);
    }
    let known = retired::admit(transaction, &key, &signed.blob, None)?;
    let address = transaction.address(&code.email)?;
    if let Some(address) = address {
        let lately = now.minus_days(rules.replace_days);
        if !request.replace || address.replaced.is_some_and(|replaced| replaced > lately) {
            return Err(Refusal::EmailInUse);
        }
    }
    signed
        .blob
        .leaps_at_most(known.as_ref().map_or(0, |known| known.highest))?;

    let id = transaction.fresh();
    let time = known.as_ref().map_or(now, |known| now.max(known.since));
    let mut wallet = Wallet {
        id,
        commit: transaction.commit(),
        key: signed.key,
        email: Some(code.email),
        created: time,
        current: version(transaction, signed, time),
        older: Vec::new(),
        highest: signed.blob.form.revision().unwrap_or(0),
        lineages: vec![id],
    };
    if let Some(known) = known {
        wallet.lineages.clear();
        retired::inherit(&mut wallet, &known);
        transaction.remove_retired(&key);
    }
    if signed.blob.is_opaque() {
        transaction.hold(wallet.lineages[0], &signed.blob.hash);
    }
    if let Some(address) = address
        && let Some(mut older) = transaction.wallet_by_id(address.wallet)?
    {
        older.email = None;
        older.commit = transaction.commit();
        transaction.put_wallet(&older);
    }
    transaction.put_address(
        &code.email,
        &Address {
            wallet: id,
            replaced: address.map(|_| now),
        },
    );
    let spent = Some(Spent {
        key,
        by: signed.blob.hash,
        at: now,
    });
    // the wallet has it, and nothing else may, or it would outlive the wallet
    let email = EmailDigest::FORGOTTEN;
    let spent = CodeRecord {
        email,
        spent,
        ..code
    };
    transaction.put_code(&code_digest, &spent);
    transaction.put_wallet(&wallet);
    Ok(wallet)
}

fn created(wallet: &Wallet) -> Created {
    Created {
        key: wallet.key,
        local_hash: wallet.current.hash,
        created: wallet.created,
        updated: wallet.updated(),
    }
}
