//! What is printed of a wallet, and of what erasing it leaves.

use serde_json::{Value, json};

use super::super::registry::Row;
use crate::clock::Time;
use crate::wallet::Fingerprint;

/// How wallets that open with a pin are listed: no log names them so.
pub(super) const PIN: &str = "pin:";

/// The first line of a list.
pub(super) const HEAD: &str =
    "WALLET                MADE                      CHANGED, OPENED               BYTES";

const ERASED: &[&str] = &[
    "its data with all older versions, and their signatures",
    "the statistics of who asked for it",
    "the keyed hash of its e-mail address, which may have a new wallet, and codes that were sent there",
];
const REMAINS: &[&str] = &[
    "under a keyed hash of its public key: when it was deleted, its highest revision, and hashes of data that was not sealed, so that nobody brings old data back",
    "backups that were taken before: restore none of them without erasing it again",
    "access logs: IP addresses, under its fingerprint",
    "mails in mail.directory (mail.transport file) or in the journal (print), and logs of the mail server",
    "the store's files, until their room is used again",
];
const ERASED_PIN: &[&str] = &[
    "its address objects, pin and cstoreKey",
    "from where it was opened, as keyed hashes",
];
const REMAINS_PIN: &[&str] = &[
    "backups that were taken before: restore none of them without erasing it again",
    "access logs: IP addresses, under its fingerprint",
    "the store's files, until their room is used again",
];

/// What erasing one erases, and what remains.
pub(super) fn left_of(row: &Row) -> (&'static [&'static str], &'static [&'static str]) {
    match row {
        Row::Wallet(_) => (ERASED, REMAINS),
        Row::Pin(_) => (ERASED_PIN, REMAINS_PIN),
    }
}

/// By what the operator names it.
pub(super) fn name(row: &Row) -> String {
    match row {
        Row::Wallet(listed) => Fingerprint(listed.fingerprint).to_string(),
        Row::Pin(listed) => format!("{PIN}{}", hex::encode(&listed.id.0[..8])),
    }
}

/// For programs.
pub(super) fn object(row: &Row) -> Value {
    match row {
        Row::Wallet(listed) => json!({
            "kind": "wallet",
            "name": name(row),
            "publickey": listed.publickey,
            "created": listed.created,
            "updated": listed.updated,
            "accessed": listed.accessed,
            "bytes": listed.bytes,
            "revision": listed.revision,
            "older": {"versions": listed.older.0, "bytes": listed.older.1},
            "email": listed.email,
        }),
        Row::Pin(listed) => json!({
            "kind": "pin",
            "name": name(row),
            "created": listed.created,
            "opened": listed.opened,
            "bytes": listed.bytes,
            "locked": listed.locked,
        }),
    }
}

/// In a list.
pub(super) fn line(row: &Row) -> String {
    let (made, changed, bytes, more) = match row {
        Row::Wallet(listed) => {
            let more = if listed.email {
                ""
            } else {
                "without an e-mail address"
            };
            (listed.created, Some(listed.updated), listed.bytes, more)
        }
        Row::Pin(listed) => {
            let more = if listed.locked { "locked" } else { "" };
            (listed.created, listed.opened, listed.bytes, more)
        }
    };
    let changed = changed.map_or_else(|| "-".to_owned(), |time| time.to_string());
    let line = format!(
        "{:<20}  {made}  {changed:<24}  {bytes:>9}  {more}",
        name(row)
    );
    line.trim_end().to_owned()
}

/// By itself.
pub(super) fn described(row: &Row) -> String {
    let time = |time: Option<Time>| match time {
        Some(time) => time.to_string(),
        None => "not lately".to_owned(),
    };
    match row {
        Row::Wallet(listed) => format!(
            "wallet      {}\npublic key  {}\nmade        {}\nchanged     {}\nasked for   {}\ndata        {} bytes, {}\nolder       {} versions, {} bytes\ne-mail      {}",
            name(row),
            listed.publickey,
            listed.created,
            listed.updated,
            time(listed.accessed),
            listed.bytes,
            match listed.revision {
                Some(revision) => format!("sealed, revision {revision}"),
                None => "not sealed by a Larimar client".to_owned(),
            },
            listed.older.0,
            listed.older.1,
            if listed.email {
                "it has an address"
            } else {
                "none"
            },
        ),
        Row::Pin(listed) => format!(
            "wallet      {}, opens with a pin\nmade        {}\nopened      {}\ndata        {} bytes\nlocked      {}",
            name(row),
            listed.created,
            time(listed.opened),
            listed.bytes,
            if listed.locked { "yes" } else { "no" },
        ),
    }
}
