//! `wallet/delete`.

use super::{Pins, Refusal};
use crate::crypto::{AccessKey, PassKey};

impl Pins {
    /// Nothing of the wallet is found any more. Access logs, backups, and the store's file until its room is used again, still have what they had.
    ///
    /// # Errors
    /// [`Refusal::UnknownAccessKey`], [`Refusal::IncorrectPassKey`].
    pub async fn delete(&self, access: &AccessKey, pass: &PassKey) -> Result<(), Refusal> {
        let access = self.digest(access);
        let _turn = self.turn(&access).await;
        self.ask_owner(access, pass, move |transaction, wallet| {
            transaction.remove_pin_wallet(&access, &wallet);
            Ok(())
        })
        .await
    }
}
