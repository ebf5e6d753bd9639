//! `wallet/lock`.

use super::{Pins, Refusal, found};
use crate::crypto::AccessKey;
use crate::store::decide;

impl Pins {
    /// No pin opens the wallet until `wallet/access`. It needs no proof, so that an accessKey that is known to others can be made useless to them.
    ///
    /// # Errors
    /// [`Refusal::UnknownAccessKey`].
    pub async fn lock(&self, access: &AccessKey) -> Result<(), Refusal> {
        let access = self.digest(access);
        let _turn = self.turn(&access).await;
        decide(&*self.store, move |transaction| {
            let mut wallet = found(transaction, &access)?;
            wallet.locked = true;
            transaction.put_pin_wallet(&access, &wallet);
            Ok(())
        })
        .await
    }
}
