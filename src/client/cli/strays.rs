//! Changes that this device keeps elsewhere than where the wallet is: under a former password, or for another server.

use super::cache::Record;
use super::session::Session;
use crate::client::{Cache, Pending, Wallet};
use crate::crypto;

/// What brings one to where the wallet is.
pub(super) const RECOVER: &str =
    "larimar conflict recover brings it to the wallet as it is now, with the password of now";

/// A change that is kept elsewhere.
pub(super) struct Stray<'a> {
    pub(super) cache: &'a Cache,
    pub(super) pending: &'a Pending,
    /// Whether it is of this very server, where an address has one wallet: then it can no longer be stored as it is.
    pub(super) is_stranded: bool,
}

/// Those that may belong to this wallet.
pub(super) fn strays<'a>(
    session: &Session,
    others: &'a [Record],
    wallet: &Wallet,
) -> Vec<Stray<'a>> {
    let email = session.email().ok().and_then(|it| crypto::email(it).ok());
    let server = wallet.client().server_name();
    let of_others = others.iter().filter_map(
        |Record {
             cache,
             email: whose,
         }| {
            let is_stranded = cache.server == server;
            let concerns = is_stranded || cache.publickey == *wallet.public_key();
            let is_hers = whose.is_none() || *whose == email;
            let pending = cache.pending.as_ref().filter(|_| concerns && is_hers)?;
            Some(Stray {
                cache,
                pending,
                is_stranded,
            })
        },
    );
    of_others.collect()
}

impl Stray<'_> {
    /// Where it is, and what to do about it.
    pub(super) fn in_words(&self) -> String {
        let since = self.pending.since;
        match self.is_stranded {
            true => format!(
                "the change of {since} is kept under another password, and is not stored: {RECOVER}"
            ),
            false => format!(
                "the change of {since} is kept for {0}, and goes there with the next command; if that server is gone for good, larimar conflict recover --from {0} brings it here",
                self.cache.server
            ),
        }
    }
}
