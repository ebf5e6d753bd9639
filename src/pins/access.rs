//! `wallet/access`.

use std::net::IpAddr;

use super::{Pins, Refusal, open};
use crate::crypto::{AccessKey, PassKey, Pin};

impl Pins {
    /// The pin; the count of attempts begins anew, and a locked wallet is open to pins again.
    ///
    /// # Errors
    /// [`Refusal::UnknownAccessKey`], [`Refusal::IncorrectPassKey`].
    pub async fn access(
        &self,
        ip: IpAddr,
        access: &AccessKey,
        pass: &PassKey,
    ) -> Result<Pin, Refusal> {
        let access = self.digest(access);
        let _turn = self.turn(&access).await;
        let (vault, now, from) = (self.vault(), self.now(), self.from(ip));
        self.ask_owner(access, pass, move |transaction, mut wallet| {
            let kept = vault.open(&access, &wallet)?;
            open(&mut wallet, from, now);
            transaction.put_pin_wallet(&access, &wallet);
            Ok(kept.pin)
        })
        .await
    }
}
