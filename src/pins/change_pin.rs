//! `wallet/changepin`.

use super::vault::Kept;
use super::{Pins, Refusal};
use crate::crypto::{AccessKey, PassKey, Pin};

impl Pins {
    /// From now on this is the pin. A locked wallet stays locked.
    ///
    /// # Errors
    /// [`Refusal::UnknownAccessKey`], [`Refusal::IncorrectPassKey`], then [`Refusal::PinChangeNotAllowed`], then [`Refusal::Unfit`].
    pub async fn change_pin(
        &self,
        access: &AccessKey,
        pass: &PassKey,
        pin: Pin,
    ) -> Result<(), Refusal> {
        let access = self.digest(access);
        let _turn = self.turn(&access).await;
        let vault = self.vault();
        // looked at here, since it takes a while; said to the owner only
        let fit = match self.rules.change_allowed {
            true => pin
                .check(self.rules.min_length, self.rules.max_length)
                .map_err(Refusal::from),
            false => Err(Refusal::PinChangeNotAllowed),
        };
        self.ask_owner(access, pass, move |transaction, mut wallet| {
            fit?;
            let cstore_key = vault.open(&access, &wallet)?.cstore_key;
            wallet.vault = vault.close(&access, &Kept { pin, cstore_key })?;
            transaction.put_pin_wallet(&access, &wallet);
            Ok(())
        })
        .await
    }
}
