//! `wallet/create`.

use super::vault::{Kept, is_of, salted};
use super::{Pins, Refusal};
use crate::crypto::{AccessKey, CstoreKey, PassKey, Pin};
use crate::store::{PinWallet, decide};

impl Pins {
    /// Makes an empty wallet and its pin; with the keys of a wallet that is there already, says its pin.
    ///
    /// # Errors
    /// [`Refusal::AccessKeyInUse`] if it has another passKey or cstoreKey; [`Refusal::RegistrationClosed`].
    pub async fn create(
        &self,
        access: &AccessKey,
        pass: &PassKey,
        cstore_key: CstoreKey,
    ) -> Result<Pin, Refusal> {
        let access = self.digest(access);
        let (vault, now, create_allowed) = (self.vault(), self.now(), self.rules.create_allowed);
        let (pass, (salt, hash)) = (pass.clone(), salted(pass)?);
        let new = Kept {
            pin: Pin::random(self.rules.length)?,
            cstore_key,
        };
        decide(&*self.store, move |transaction| {
            if let Some(wallet) = transaction.pin_wallet(&access)? {
                let kept = vault.open(&access, &wallet)?;
                // both are compared, so that the time does not say which one it was
                let is_same = is_of(&wallet, &pass) & (kept.cstore_key == new.cstore_key);
                return if is_same {
                    Ok(kept.pin)
                } else {
                    Err(Refusal::AccessKeyInUse)
                };
            }
            if !create_allowed {
                return Err(Refusal::RegistrationClosed);
            }
            let wallet = PinWallet {
                created: now,
                salt,
                pass: hash,
                vault: vault.close(&access, &new)?,
                attempts: 0,
                locked: false,
                opened: Vec::new(),
                addresses: None,
            };
            transaction.put_pin_wallet(&access, &wallet);
            Ok(new.pin)
        })
        .await
    }
}
