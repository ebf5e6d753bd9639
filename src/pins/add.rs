//! `wallet/add`.

use super::key_info::{appended, encode};
use super::{Pins, Refusal};
use crate::crypto::{AccessKey, BlobHash, PassKey};
use crate::store::{PinWallet, StoreError, Transaction, Version};

impl Pins {
    /// The address objects of this JSON list stand behind those that the wallet has, all of them or none; one that is there already is not added again.
    ///
    /// What they are is looked at for the owner only, and not by the store's writer: there may be many.
    ///
    /// # Errors
    /// [`Refusal::UnknownAccessKey`], [`Refusal::IncorrectPassKey`], then [`Refusal::NoList`], [`Refusal::RejectData`], [`Refusal::QuotaExceeded`].
    pub async fn add(
        &self,
        access: &AccessKey,
        pass: &PassKey,
        objects: String,
    ) -> Result<(), Refusal> {
        let access = self.digest(access);
        let _turn = self.turn(&access).await;
        let (rules, now) = (self.rules, self.now());
        let before = self.ask_owner(access, pass, |transaction, wallet| {
            let bytes = stored(transaction, &wallet)?;
            Ok((wallet.addresses, bytes))
        });
        let (before, bytes) = before.await?;
        let merged = tokio::task::spawn_blocking(move || {
            let Some(all) = appended(bytes.as_deref(), &objects, rules.addresses)? else {
                return Ok(None);
            };
            let bytes = encode(&all)?;
            match u32::try_from(bytes.len()) {
                Ok(length) if bytes.len() <= rules.bytes => Ok(Some((bytes, length))),
                _ => Err(Refusal::QuotaExceeded {
                    limit: rules.bytes,
                    of: "bytes",
                }),
            }
        });
        let merged = merged
            .await
            .map_err(|error| Refusal::Internal(error.to_string()))?;
        let Some((bytes, length)) = merged? else {
            return Ok(());
        };
        self.ask_owner(access, pass, move |transaction, mut wallet| {
            // whoever changes them has the turn; a wallet that was deleted and made again since has others
            if wallet.addresses != before {
                return Err(StoreError::Busy.into());
            }
            if let Some(before) = &before {
                transaction.remove_data(before);
            }
            wallet.addresses = Some(Version {
                data: transaction.put_data(&bytes),
                hash: BlobHash::of(&bytes),
                bytes: length,
                saved: now,
                revision: None,
                signature: Vec::new(),
            });
            transaction.put_pin_wallet(&access, &wallet);
            Ok(())
        })
        .await
    }
}

/// The bytes of the address objects that the wallet has.
pub(super) fn stored(
    transaction: &dyn Transaction,
    wallet: &PinWallet,
) -> Result<Option<Vec<u8>>, Refusal> {
    let Some(addresses) = &wallet.addresses else {
        return Ok(None);
    };
    match transaction.data(addresses)? {
        Some(bytes) => Ok(Some(bytes)),
        None => Err(Refusal::Internal(
            "the address objects of a wallet are missing; `larimard verify` says what else is"
                .to_owned(),
        )),
    }
}
