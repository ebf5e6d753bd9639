//! `wallet/download`.

use super::key_info::{KeyInfo, decode};
use super::{Pins, Refusal};
use crate::crypto::{AccessKey, PassKey};

impl Pins {
    /// The address objects, in the order in which they were added.
    ///
    /// # Errors
    /// [`Refusal::UnknownAccessKey`], [`Refusal::IncorrectPassKey`].
    pub async fn download(
        &self,
        access: &AccessKey,
        pass: &PassKey,
    ) -> Result<Vec<KeyInfo>, Refusal> {
        let access = self.digest(access);
        let stored = self.ask_owner(access, pass, |transaction, wallet| {
            let Some(addresses) = &wallet.addresses else {
                return Ok(None);
            };
            let bytes = transaction.data(addresses)?;
            bytes.map(Some).ok_or_else(KeyInfo::missing)
        });
        match stored.await? {
            Some(bytes) => decode(&bytes),
            None => Ok(Vec::new()),
        }
    }
}
