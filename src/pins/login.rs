//! `wallet/login`: an attempt is counted before anybody knows whether it is right.

use std::net::IpAddr;
use std::time::Duration;

use super::{Pins, Refusal, found, is_known, open};
use crate::crypto::{AccessKey, CstoreKey, Pin};
use crate::store::{Opening, StoreError, decide};

/// When too many writes wait, before the count begins anew is written again.
const PAUSES: [Duration; 5] = [Duration::from_millis(100); 5];

impl Pins {
    /// The cstoreKey, if this is the pin.
    ///
    /// The attempt is on the disk before the pin is compared, and no other of the same wallet comes in between: neither a crash nor a race gives a guess back.
    ///
    /// # Errors
    /// [`Refusal::WalletLocked`], [`Refusal::UnderAttack`]: it was not compared, and not counted. [`Refusal::InvalidPin`], or
    /// [`Refusal::InvalidPinLocked`] if it was the last that could be tried.
    pub async fn login(
        &self,
        ip: IpAddr,
        access: &AccessKey,
        pin: &Pin,
    ) -> Result<CstoreKey, Refusal> {
        let access = self.digest(access);
        let _turn = self.turn(&access).await;
        let (now, from, most) = (self.now(), self.from(ip), self.rules.attempts);
        let closed_for = self.brake.closed_for(now);
        let wallet = decide(&*self.store, move |transaction| {
            let mut wallet = found(transaction, &access)?;
            // the setting may be another than when they were counted
            if wallet.locked || wallet.attempts >= most {
                return Err(Refusal::WalletLocked);
            }
            let is_from_there = |opening: &Opening| is_known(opening, now) && opening.from == from;
            if let Some(retry_after) = closed_for
                && !wallet.opened.iter().any(is_from_there)
            {
                return Err(Refusal::UnderAttack { retry_after });
            }
            wallet.attempts = wallet.attempts.saturating_add(1);
            // until the pin turns out to be right
            wallet.locked = wallet.attempts >= most;
            transaction.put_pin_wallet(&access, &wallet);
            Ok(wallet)
        })
        .await?;

        let kept = self.vault().open(&access, &wallet)?;
        if kept.pin != *pin {
            self.brake.count(&access, now);
            return Err(match wallet.locked {
                true => Refusal::InvalidPinLocked,
                false => Refusal::InvalidPin,
            });
        }
        for pause in PAUSES {
            let begun_anew = decide(&*self.store, move |transaction| {
                let mut wallet = found(transaction, &access)?;
                open(&mut wallet, from, now);
                transaction.put_pin_wallet(&access, &wallet);
                Ok(())
            });
            match begun_anew.await {
                // else the right pin would have used up an attempt
                Err(Refusal::Store(StoreError::Busy)) => tokio::time::sleep(pause).await,
                other => return other.map(|()| kept.cstore_key),
            }
        }
        Err(StoreError::Busy.into())
    }
}
