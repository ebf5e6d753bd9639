//! The copy that this device keeps of a wallet on one server: a file beside the profile.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::exit::Exit;
use super::failure::Failure;
use super::kept::{self, PATIENCE};
use super::session::Session;
use super::strays::{RECOVER, strays};
use super::{output, save};
use crate::client::{
    Cache, CachedError, CachedWallet, ClientError, Name, Spoiled, Standing, Unsent, View, Wallet,
    Why, Written,
};
use crate::clock::{Clock, SystemClock};
use crate::crypto;

/// What the file holds: a copy for each wallet and server that were used with this profile.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(super) struct Caches {
    wallets: Vec<Record>,
}

/// A copy, and the e-mail address with which it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Record {
    #[serde(flatten)]
    pub(super) cache: Cache,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<String>,
}

/// The wallet, as this device keeps it if a profile says so. No other run of this program changes anything of it meanwhile.
pub(super) fn cached(session: &Session, wallet: Wallet) -> Result<CachedWallet, Failure> {
    let Some(path) = session.cache()? else {
        return Ok(CachedWallet::new(wallet, None, None));
    };
    let lock = kept::locked(&path, PATIENCE, session.json)?;
    if session.cache()?.is_none() {
        // the profile said otherwise, or was removed, while the password was typed
        return Ok(CachedWallet::new(wallet, None, None));
    }
    let caches: Caches = kept::read(&path)?;
    let (own, others) = caches.without(wallet.client().server_name(), &wallet);
    let email = session.email().ok().and_then(|it| crypto::email(it).ok());
    let with = move |cache: Option<Cache>| {
        let mut caches = others.clone();
        let email = email.clone();
        caches
            .wallets
            .extend(cache.map(|cache| Record { cache, email }));
        caches
    };
    let own = match own.map(|own| (own.clone().checked(wallet.keys()), own)) {
        Some(((checked, spoiled), own)) if spoiled != Spoiled::default() => {
            set_aside(session, &path, &own, spoiled, &with(Some(checked.clone())))?;
            Some(checked)
        }
        Some((_, own)) => Some(own),
        None => None,
    };
    let keep = move |cache: Option<&Cache>| {
        // held for as long as anything can be kept
        let _ = &lock;
        kept::write(&path, &with(cache.cloned()))
    };
    Ok(CachedWallet::new(wallet, own, Some(Box::new(keep))))
}

/// What the disk has spoiled is put aside, and the file has the rest; that a change is lost is a failure, once.
fn set_aside(
    session: &Session,
    path: &Path,
    own: &Cache,
    spoiled: Spoiled,
    rest: &Caches,
) -> Result<(), Failure> {
    let now = SystemClock.now().to_string().replace(':', "-");
    let aside = path.with_extension(format!("damaged-{now}.json"));
    // what is well is not left lying about
    let damaged = Cache {
        newest: own.newest.clone().filter(|_| spoiled.newest),
        pending: own.pending.clone().filter(|_| spoiled.pending),
        ..own.clone()
    };
    let written = kept::write(&aside, &damaged).and_then(|()| kept::write(path, rest));
    written.map_err(CachedError::CannotKeep)?;
    let where_it_is = format!("it does not open, and is in {} now", aside.display());
    if let Some(pending) = own.pending.as_ref().filter(|_| spoiled.pending) {
        let message = format!(
            "the change of {} that this device kept is damaged: {where_it_is}",
            pending.since
        );
        return Err(Failure::new(Exit::NotAuthentic, "Damaged", message)
            .hint("the next command goes on without it"));
    }
    session.say(&format!(
        "warning: the copy on this device was damaged: {where_it_is}. Whether the server went back since cannot be told"
    ));
    Ok(())
}

/// What this device keeps.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// Of the wallet, as far as it opens.
    pub(super) own: Option<Cache>,
    /// What of it does not.
    pub(super) spoiled: Spoiled,
    /// Of other wallets with this profile.
    pub(super) others: Vec<Record>,
}

/// What this device keeps of the wallet, and of others with this profile; only to look at it.
pub(super) fn look(session: &Session, wallet: &Wallet) -> Result<Look, Failure> {
    let Some(path) = session.cache()? else {
        return Ok(Look::default());
    };
    let caches: Caches = kept::read(&path)?;
    let (own, others) = caches.without(wallet.client().server_name(), wallet);
    let checked = own.map(|own| own.checked(wallet.keys()));
    let spoiled = checked.as_ref().map(|(_, spoiled)| *spoiled);
    Ok(Look {
        own: checked.map(|(own, _)| own),
        spoiled: spoiled.unwrap_or_default(),
        others: others.wallets,
    })
}

/// A change that came to the wallet on this server is not kept elsewhere any more, if it is still there as it was.
pub(super) fn forget(session: &Session, former: &Cache, server: &str) -> Result<(), Failure> {
    let Some(path) = session.cache()? else {
        return Ok(());
    };
    let _lock = kept::locked(&path, PATIENCE, session.json)?;
    if session.cache()?.is_none() {
        return Ok(());
    }
    let mut caches: Caches = kept::read(&path)?;
    let is_it = |record: &Record| record.cache == *former;
    if former.server == server {
        caches.wallets.retain(|record| !is_it(record));
    }
    // of another server it is remembered how far it was
    for record in caches.wallets.iter_mut().filter(|record| is_it(record)) {
        record.cache.pending = None;
    }
    kept::write(&path, &caches).map_err(|error| CachedError::CannotKeep(error).into())
}

/// What the wallet holds, as [`CachedWallet::fetch`] finds; the person is told what became of changes that this device kept.
pub(super) async fn fetch(session: &Session, cached: &mut CachedWallet) -> Result<View, Failure> {
    let view = match cached.fetch().await {
        Ok(view) => view,
        Err(error) => return Err(without_a_home(error.into(), cached.cache())),
    };
    if view.sent {
        session.say(&format!(
            "The change that this device kept is stored now: revision {}",
            view.content.head.revision
        ));
    }
    let looked = look(session, cached.wallet())?;
    for stray in strays(session, &looked.others, cached.wallet()) {
        let how = if stray.is_stranded { "warning" } else { "note" };
        session.say(&format!("{how}: {}", stray.in_words()));
    }
    Ok(view)
}

/// What this device has of the wallet, its own change included.
pub(super) fn offline(session: &Session, cached: &mut CachedWallet) -> Result<View, Failure> {
    let view = cached.offline().map_err(|error| {
        let is_missing = matches!(error, CachedError::NoCopy);
        let failure = Failure::from(error);
        match look(session, cached.wallet()) {
            Ok(looked) if is_missing && !looked.others.is_empty() => failure.hint(
                "it has one of another wallet: check the password, the e-mail address and the number of answers",
            ),
            _ => failure,
        }
    })?;
    session.say(&format!("offline. {}", of_device(&view)));
    Ok(view)
}

/// A wallet that is gone, while this device has a change of it.
fn without_a_home(failure: Failure, cache: &Cache) -> Failure {
    match &cache.pending {
        Some(pending) if failure.is(Name::WalletNotFound.as_str()) => failure.hint(format!(
            "the change of {} is kept on this device all the same: larimar fetch --offline shows it, with this password; {RECOVER}",
            pending.since
        )),
        _ => failure,
    }
}

/// Whether there is a change in this file that no server has.
pub(super) fn has_unsent(path: &Path) -> Result<bool, Failure> {
    let caches: Caches = kept::read(path)?;
    let is_unsent = |record: &Record| record.cache.pending.is_some();
    Ok(caches.wallets.iter().any(is_unsent))
}

impl Caches {
    fn without(mut self, server: &str, wallet: &Wallet) -> (Option<Cache>, Self) {
        let is_own = |record: &Record| record.cache.is_of(server, wallet.public_key());
        let own = self.wallets.iter().position(is_own);
        let own = own.map(|index| self.wallets.remove(index).cache);
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
                .hint("a change that was kept under a former password and does not open is of no use: larimar conflict recover --give-up drops it"),
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
        Standing::Lost(error) => Some(lost(view, error)),
        Standing::Undecided(why, _) => Some(undecided(why)),
    }
}

fn sentence(text: &str) -> String {
    format!("{}.", text.trim_end_matches('.'))
}

/// What a device shows instead of the server.
fn of_device(view: &View) -> String {
    let how = match view.unsent {
        None => format!("as the server had it at {}", view.asked),
        Some(Unsent { since, divided }) => {
            let beside = match divided {
                true => {
                    "; another device changed the wallet too: larimar conflict, once the server is asked again"
                }
                false => "",
            };
            format!("changed here at {since}, and not stored yet{beside}")
        }
    };
    format!(
        "This is what this device has: revision {}, {how}",
        view.content.head.revision
    )
}

/// A server that had the wallet, as the copy proves, and has it no more.
fn lost(view: &View, error: &ClientError) -> Failure {
    if error.server_error().is_none() {
        let message = format!("{} {}", sentence(&error.to_string()), of_device(view));
        return Failure::new(Exit::NotAuthentic, error.name(), message).hint(
            "larimar conflict choose mine puts it back; larimar versions lists what the server kept, larimar restore HASH takes one of them",
        );
    }
    let message = format!(
        "the server has no wallet for this key any more, and had one at {}. Ask its operator. {}",
        view.asked,
        of_device(view)
    );
    Failure::new(Exit::NotAuthentic, "RolledBack", message).hint(
        "larimar fetch --offline --out FILE keeps it safe; if the server does not get it back, larimar request-code and larimar create --data FILE make it anew",
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

/// Says what a write came to, and a program is told this beside it; what is only kept because the server could not be asked is a failure.
pub(super) fn report(
    session: &Session,
    done: &str,
    cached: &CachedWallet,
    written: Written,
    beside: Map<String, Value>,
) -> Result<(), Failure> {
    let wallet = cached.wallet();
    let (head, because) = match written {
        Written::Stored(stored) => {
            return save::report_with(session, done, wallet, &stored, beside);
        }
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
        let value = json!({
            "publickey": wallet.public_key().to_string(),
            "local_hash": head.local_hash.to_string(),
            "revision": head.revision,
            "pending": because.is_some(),
        });
        output::json(&output::joined(value, beside))?;
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
