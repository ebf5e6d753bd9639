//! `wallet/add`.

use std::collections::HashSet;

use super::key_info::{KeyInfo, decode, encode};
use super::{Pins, Refusal};
use crate::crypto::{AccessKey, BlobHash, PassKey};
use crate::store::{Transaction, Version};

impl Pins {
    /// The address objects stand behind those that the wallet has, all of them or none; one that is there already is not added again.
    ///
    /// # Errors
    /// [`Refusal::UnknownAccessKey`], [`Refusal::IncorrectPassKey`], [`Refusal::QuotaExceeded`].
    pub async fn add(
        &self,
        access: &AccessKey,
        pass: &PassKey,
        more: Vec<KeyInfo>,
    ) -> Result<(), Refusal> {
        let access = self.digest(access);
        let (rules, now) = (self.rules, self.now());
        self.ask_owner(access, pass, move |transaction, mut wallet| {
            let mut all = held(transaction, wallet.addresses.as_ref())?;
            let before = all.len();
            let mut known: HashSet<KeyInfo> = all.iter().cloned().collect();
            all.extend(more.into_iter().filter(|one| known.insert(one.clone())));
            if all.len() == before {
                return Ok(());
            }
            let exceeded = |limit, of| Err(Refusal::QuotaExceeded { limit, of });
            if all.len() > rules.addresses {
                return exceeded(rules.addresses, "addresses");
            }
            let bytes = encode(&all)?;
            if bytes.len() > rules.bytes {
                return exceeded(rules.bytes, "bytes");
            }
            let length = u32::try_from(bytes.len()).map_err(|_| Refusal::QuotaExceeded {
                limit: u32::MAX as usize,
                of: "bytes",
            })?;
            if let Some(before) = &wallet.addresses {
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

fn held(
    transaction: &dyn Transaction,
    addresses: Option<&Version>,
) -> Result<Vec<KeyInfo>, Refusal> {
    match addresses {
        Some(addresses) => {
            let bytes = transaction.data(addresses)?;
            decode(&bytes.ok_or_else(KeyInfo::missing)?)
        }
        None => Ok(Vec::new()),
    }
}
