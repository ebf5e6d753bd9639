//! The copy that this device keeps of a wallet on one server: a file beside the profile.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::exit::Exit;
use super::failure::Failure;
use super::kept::{self, PATIENCE};
use super::session::Session;
use super::{output, save};
use crate::client::{
    Cache, CachedError, CachedWallet, ClientError, Name, Standing, View, Wallet, Why, Written,
};

/// What the file holds: a copy for each wallet and server that were used with this profile.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(super) struct Caches {
    wallets: Vec<Cache>,
}

/// The wallet, as this device keeps it if a profile says so. No other run of this program changes anything of it meanwhile.
pub(super) fn cached(session: &Session, wallet: Wallet) -> Result<CachedWallet, Failure> {
    let Some(path) = session.cache()? else {
        return Ok(CachedWallet::new(wallet, None, None));
    };
    let lock = kept::locked(&path, PATIENCE, session.json)?;
    let caches: Caches = kept::read(&path)?;
    let (server, key) = (
        wallet.client().server_name().to_owned(),
        *wallet.public_key(),
    );
    let (own, others) = caches.without(&server, &wallet);
    let keep = move |cache: Option<&Cache>| {
        // held for as long as anything can be kept
        let _ = &lock;
        let mut caches = others.clone();
        caches.wallets.extend(cache.cloned());
        debug_assert!(cache.is_none_or(|cache| cache.is_of(&server, &key)));
        kept::write(&path, &caches)
    };
    Ok(CachedWallet::new(wallet, own, Some(Box::new(keep))))
}

/// What this device keeps of the wallet, only to look at it.
pub(super) fn look(session: &Session, wallet: &Wallet) -> Result<Option<Cache>, Failure> {
    let Some(path) = session.cache()? else {
        return Ok(None);
    };
    let caches: Caches = kept::read(&path)?;
    Ok(caches.without(wallet.client().server_name(), wallet).0)
}

/// Whether there is a change in this file that no server has.
pub(super) fn has_unsent(path: &Path) -> Result<bool, Failure> {
    let caches: Caches = kept::read(path)?;
    Ok(caches.wallets.iter().any(|cache| cache.pending.is_some()))
}

impl Caches {
    fn without(mut self, server: &str, wallet: &Wallet) -> (Option<Cache>, Self) {
        let is_own = |cache: &Cache| cache.is_of(server, wallet.public_key());
        let own = self.wallets.iter().position(is_own);
        let own = own.map(|index| self.wallets.remove(index));
        (own, self)
    }
}

/// How what only a person can decide is looked at and decided.
pub(super) const CONFLICT: &str = "larimar conflict shows what differs, larimar conflict show mine, or theirs, prints either, larimar conflict choose settles it";
const LATER: &str =
    "the next command that reaches the server sends it; larimar status shows whether it did";

impl From<CachedError> for Failure {
    fn from(error: CachedError) -> Self {
        let message = error.to_string();
        match error {
            CachedError::Client(error) => error.into(),
            CachedError::Undecided => {
                Self::new(Exit::Conflict, "Conflict", message).hint(CONFLICT)
            }
            CachedError::NothingToDecide => Self::not_found(message),
            CachedError::NoCopy => Self::new(Exit::NotFound, "NoCopy", message).hint(
                "the first larimar fetch without --offline, with a profile (larimar profile set), makes one",
            ),
            CachedError::Damaged => Self::new(Exit::NotAuthentic, "Damaged", message)
                .hint("move PROFILE.cache.json away, which is beside the profile: what it had of changes is lost"),
            CachedError::CannotKeep(_) => Self::other(message).hint(
                "make the folder of the profiles writable, use another with --profile-dir DIR, or larimar profile set NAME --cache off",
            ),
            _ => Self::other(message),
        }
    }
}

/// Why what is shown is not, or may not be, what the server has: nothing if it is, or if the server was not to be asked.
pub(super) fn doubt(view: &View) -> Option<Failure> {
    match &view.standing {
        Standing::Current | Standing::Offline => None,
        Standing::OutOfReach(error) => {
            let failure = Failure::from_client(error);
            let message = format!("{} {}", sentence(failure.message()), of_device(view));
            Some(failure.saying(message))
        }
        Standing::Undecided(why, _) => Some(undecided(why)),
    }
}

fn sentence(text: &str) -> String {
    format!("{}.", text.trim_end_matches('.'))
}

/// What a device shows instead of the server.
pub(super) fn of_device(view: &View) -> String {
    let change = match view.content.is_pending {
        true => ", with a change that is not stored yet",
        false => "",
    };
    format!(
        "This is what this device has: revision {} of {}{change}",
        view.content.head.revision, view.asked
    )
}

fn undecided(why: &Why) -> Failure {
    let failure = match why {
        Why::Changed => Failure::new(Exit::Conflict, "Conflict", why.to_string()),
        Why::RolledBack { .. } => Failure::new(Exit::NotAuthentic, "RolledBack", why.to_string()),
        Why::Refused(error) => {
            let failure = Failure::from_client(error);
            failure.saying(why.to_string())
        }
    };
    failure.hint(CONFLICT)
}

/// Says what a write came to; what is only kept because the server could not be asked is a failure.
pub(super) fn report(
    session: &Session,
    done: &str,
    cached: &CachedWallet,
    written: Written,
) -> Result<(), Failure> {
    let wallet = cached.wallet();
    let (head, because) = match written {
        Written::Stored(stored) => return save::report(session, done, wallet, &stored),
        Written::Unchanged(head) => (head, None),
        Written::Kept { head, because } => {
            if because.is_none() {
                session.say(&format!(
                    "kept on this device as revision {}, not stored yet: {LATER}",
                    head.revision
                ));
            }
            (head, Some(because))
        }
    };
    if session.json {
        output::json(&json!({
            "publickey": wallet.public_key().to_string(),
            "local_hash": head.local_hash.to_string(),
            "revision": head.revision,
            "pending": because.is_some(),
        }))?;
    } else if because.is_none() {
        session.say(&format!(
            "{done}: revision {} on {}, as it was",
            head.revision,
            wallet.client().server_name()
        ));
    }
    match because.flatten() {
        Some(error) => Err(kept_because(&error)),
        None => Ok(()),
    }
}

/// The change is on this device, and not stored.
pub(super) fn kept_because(error: &ClientError) -> Failure {
    let failure = Failure::from_client(error);
    if error.server_error() == Some(Name::Conflict) {
        return failure
            .saying(
                "another device changed the wallet meanwhile; this change is kept on this device",
            )
            .hint(CONFLICT);
    }
    let message = format!(
        "{} The change is kept on this device until the server has confirmed it",
        sentence(failure.message())
    );
    Failure::new(failure.exit, "Kept", message).hint(LATER)
}
