//! The rules: what may be done with a wallet, by whom, and what changes by it (PROTOCOL.md, section 5).
//!
//! One file a rule. What a rule decides it decides within one [`Transaction`], by the first line of section 5.2 that
//! applies; nothing here knows how a call came in or how a record is kept.

mod blob;
mod change_password;
mod changes;
mod code;
mod create;
mod delete;
mod fetch;
#[cfg(fuzzing)]
pub mod fuzzing;
pub mod limits;
mod refusal;
mod registration;
mod registry;
mod retired;
mod save;
mod statistics;
mod versions;

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use serde::{Serialize, Serializer};

pub use blob::{Blob, BlobError, Signed};
pub use change_password::ChangePassword;
pub use changes::{Change, Changes, Happened};
pub use code::{CodeSent, PostBox};
pub use create::{Create, Created};
pub use delete::Delete;
pub use fetch::{Fetched, FetchedVersion};
pub use refusal::{Named, Refusal};
pub use registration::Registration;
pub use registry::{Listed, WalletName, email_digest};
pub use save::{Save, Saved};
pub use statistics::{Access, Seen, Statistics, WalletStatistics};

use crate::clock::{Clock, Time};
use crate::crypto::{ClaimedKey, Code, PublicKey, Secret, keyed_hash};
use crate::mail::EmailAddress;
use crate::store::{CodeDigest, EmailDigest, KeyDigest, Store, Transaction, WalletId};

/// What the operator decides about wallets.
#[derive(Debug, Clone)]
pub struct Rules {
    /// How many older versions stay beside the current one.
    pub versions: usize,
    /// Of how many past days the last version stays.
    pub daily_versions: u64,
    /// How long a code works, in seconds.
    pub code_expire_seconds: u64,
    /// How many days have to pass before an e-mail address is taken away from a wallet again.
    pub replace_days: u64,
    /// How many days statistics are kept.
    pub keep_days: u64,
    /// Who may have a new wallet.
    pub registration: Registration,
    /// The hosts that a deletion may be signed for.
    pub names: Vec<String>,
}

/// Who calls, and with which method.
#[derive(Debug, Clone, Copy)]
pub struct Caller {
    /// From where.
    pub ip: IpAddr,
    /// The method's name.
    pub method: &'static str,
}

/// The wallets of this server.
pub struct Wallets {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    digests: Digests,
    rules: Arc<Rules>,
    statistics: Statistics,
    changes: Changes,
}

impl Wallets {
    /// The wallets that are kept in this store.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        secret: Secret<32>,
        rules: Rules,
    ) -> Self {
        Self {
            statistics: Statistics::new(Arc::clone(&store), rules.keep_days),
            changes: Changes::default(),
            digests: Digests(secret),
            store,
            clock,
            rules: Arc::new(rules),
        }
    }

    /// What the operator decided.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The time by this server's clock.
    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// The wallets' changes, to be told of.
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// Who has been asking for which wallet.
    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// The store, for its health.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// By what the access log names the wallet with this key.
    pub fn fingerprint(&self, key: &ClaimedKey) -> Fingerprint {
        self.fingerprint_of(key.as_bytes())
    }

    fn fingerprint_of(&self, key: &[u8; 33]) -> Fingerprint {
        let [a, b, c, d, e, f, g, h, ..] =
            keyed_hash(self.digests.0.expose(), &[b"larimar/v1/log", key]);
        Fingerprint([a, b, c, d, e, f, g, h])
    }

    /// Remembers a call that named this key but failed, with the wallet that it has: for what `ask` does not remember.
    pub async fn note_failure(&self, caller: Caller, key: &ClaimedKey, outcome: &'static str) {
        if let Ok(Some(wallet)) = self.store.wallet(key.as_bytes()).await {
            self.note(caller, wallet.id, outcome);
        }
    }

    fn note(&self, caller: Caller, wallet: WalletId, outcome: &'static str) {
        self.statistics
            .record(wallet, Access::new(self.now(), caller, outcome));
    }

    /// Asks a rule, makes what it decides durable, and remembers the call with the wallet that it named.
    async fn ask<T: Send + 'static>(
        &self,
        caller: Caller,
        rule: impl FnOnce(&mut dyn Transaction) -> Result<Named<T>, Named<Refusal>> + Send + 'static,
    ) -> Result<Named<T>, Named<Refusal>> {
        let ruled = crate::store::decide(&*self.store, rule).await;
        let (wallet, outcome) = match &ruled {
            Ok(named) => (named.wallet, "ok"),
            Err(refused) => (refused.wallet, refused.value.name()),
        };
        if let Some(wallet) = wallet {
            self.note(caller, wallet, outcome);
        }
        ruled
    }
}

/// The beginning of the keyed hash by which the access log names a wallet; as text 16 hex digits (PROTOCOL.md, section 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(pub [u8; 8]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; 16];
        hex::encode_to_slice(self.0, &mut text).map_err(|_| fmt::Error)?;
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Keyed hashes of what must be recognised and not revealed.
#[derive(Debug, Clone)]
pub(crate) struct Digests(Secret<32>);

impl Digests {
    fn of_email(&self, email: &EmailAddress) -> EmailDigest {
        EmailDigest(keyed_hash(
            self.0.expose(),
            &[b"larimar/v1/email", email.expose().as_bytes()],
        ))
    }

    fn of_code(&self, code: &Code) -> CodeDigest {
        CodeDigest(keyed_hash(
            self.0.expose(),
            &[b"larimar/v1/code", code.expose()],
        ))
    }

    fn of_key(&self, key: &PublicKey) -> KeyDigest {
        KeyDigest(keyed_hash(
            self.0.expose(),
            &[b"larimar/v1/key", key.as_bytes()],
        ))
    }
}
