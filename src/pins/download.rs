//! `wallet/download`.

use super::add::stored;
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
        let bytes = self.ask_owner(access, pass, |transaction, wallet| {
            stored(transaction, &wallet)
        });
        match bytes.await? {
            Some(bytes) => decode(&bytes),
            None => Ok(Vec::new()),
        }
    }
}
