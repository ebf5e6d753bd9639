//! A change that was kept of a wallet whose password was changed elsewhere, or that was made anew: it is brought to where the wallet is now.

use super::{Cache, CachedError, CachedWallet, Found, Pending, Standing, View};
use crate::client::federation::Signed;
use crate::crypto::{Keys, open};

impl CachedWallet {
    /// What the wallet holds, with the change that this device kept under former keys: it is stored if the wallet still holds what it was
    /// made from, else there are two contents to choose from.
    ///
    /// `former` stays as it is, and is to be dropped by whoever keeps it once this returns without an error.
    ///
    /// # Errors
    /// [`CachedError::NothingToDecide`] if `former` has no change, [`CachedError::Damaged`] if these keys do not open it,
    /// [`CachedError::Undecided`] if this wallet has a change of its own that is not stored, and those of [`fetch`](CachedWallet::fetch).
    pub async fn recover(&mut self, former: &Cache, keys: &Keys) -> Result<View, CachedError> {
        let change = former.pending.as_ref();
        let change = change.ok_or(CachedError::NothingToDecide)?;
        let opened = |blob: &Signed| open(keys, blob.bytes()).map_err(|_| CachedError::Damaged);
        let plaintext = opened(&change.blob)?.plaintext;
        let made_from = match &former.newest {
            Some(newest) if !former.is_divided() => Some(opened(&newest.blob)?.plaintext),
            _ => None,
        };
        let view = match self.found {
            // it was asked just now
            Found::Current(_) => self.current()?,
            _ => self.fetch().await?,
        };
        let head = match (view.standing, &self.found) {
            (Standing::Current, Found::Current(head)) => *head,
            (Standing::OutOfReach(error), _) => return Err(error.into()),
            _ => return Err(CachedError::Undecided),
        };
        if view.content.plaintext == plaintext {
            return self.current();
        }
        let is_made_from = made_from.as_ref() == Some(&view.content.plaintext);
        let revision = self.next(Some(head))?;
        self.cache.pending = Some(Pending {
            blob: Signed::seal(self.wallet.keys(), revision, &plaintext)?,
            made_from: is_made_from
                .then_some(head.local_hash)
                .into_iter()
                .collect(),
            since: change.since,
        });
        if let Err(error) = self.keep() {
            self.cache.pending = None;
            return Err(error);
        }
        self.fetch().await
    }
}
