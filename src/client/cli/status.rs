//! `larimar status`.

use clap::Args;
use serde_json::{Value, json};

use super::cache::Look;
use super::exit::Exit;
use super::failure::Failure;
use super::keys::KeyArgs;
use super::session::Session;
use super::strays::{RECOVER, strays};
use super::{cache, output};
use crate::client::methods::Info;
use crate::client::{Beside, Blob, Cache, ClientError, Head, Pending, Spoiled, Wallet};
use crate::protocol::Name;

/// Shows whether the server is there, what it has of the wallet, and what this device has; nothing is changed
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a server; --email or a profile; the password, asked for without echo.\n\n\
    Exit code 0 says that all is well, also if a change waits to be sent; 4 that this device and another changed the wallet, or that a change of this device is stranded; 5 that its change is larger than the server takes; 7 that the server is out of \
    reach; 8 that it went back in time. larimar servers does the same for several servers.\n\
    --json: server (name, reachable, version, protocol, error), wallet (publickey, revision, local_hash, bytes, created, updated, fetches, before), device \
    (revision, asked, pending: revision, since, bytes), standing (well, unsent, conflict, rolled_back, or null), elsewhere (changes of this device under another password, stranded, or for another server: server, publickey, revision, since, stranded).\n\n\
    Examples:\n  larimar status\n  larimar status --json"
)]
pub(super) struct Status {
    #[command(flatten)]
    keys: KeyArgs,
}

/// What the server has of the wallet, opened.
struct Stored {
    head: Head,
    blob: Blob,
}

impl Status {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let wallet = self.keys.wallet(session)?;
        let Look {
            own: kept,
            spoiled,
            others,
        } = cache::look(session, &wallet)?;
        let strays = strays(session, &others, &wallet);
        let info = wallet.client().server_info().await;
        let stored = match &info {
            Ok(_) => Some(stored(&wallet).await),
            Err(_) => None,
        };
        let had_one = kept.as_ref().is_some_and(|kept| kept.newest.is_some());
        let beside = match (&stored, &kept) {
            // the copy proves that there was one
            (Some(Err(error)), _) if had_one && error.is_loss() => Some(Beside::WentBack),
            (Some(Ok(stored)), Some(kept)) => Some(kept.beside(stored.head)),
            (Some(Ok(_)), None) => Some(Beside::Well),
            _ => None,
        };
        if session.json {
            output::json(&json!({
                "server": of_server(&wallet, &info),
                "wallet": of_wallet(&wallet, stored.as_ref()),
                "device": kept.as_ref().map(of_device),
                "standing": beside.map(word),
                "elsewhere": strays.iter().map(|stray| json!({
                    "server": stray.cache.server,
                    "publickey": stray.cache.publickey,
                    "revision": stray.pending.blob.head().revision,
                    "since": stray.pending.since,
                    "stranded": stray.is_stranded,
                })).collect::<Vec<_>>(),
            }))?;
        } else {
            tell(&wallet, &info, stored.as_ref(), kept.as_ref(), beside)?;
            if spoiled != Spoiled::default() {
                output::line(
                    "damaged   the copy of this device, or a part: larimar fetch puts that aside",
                )?;
            }
            for stray in &strays {
                output::line(&format!("kept      {}", stray.in_words()))?;
            }
        }
        let info = info?;
        match stored {
            Some(Err(error)) if beside.is_none() || error.server_error().is_none() => {
                return Err(error.into());
            }
            _ => {}
        }
        if spoiled.pending {
            let message = "the change that this device kept is damaged";
            return Err(Failure::new(Exit::NotAuthentic, "Damaged", message)
                .hint("larimar fetch puts it aside, and goes on without it"));
        }
        let pending = kept.as_ref().and_then(|kept| kept.pending.as_ref());
        let refused = pending.is_some_and(|pending| is_too_large(pending, &info));
        match beside {
            Some(Beside::Changed) => Err(Failure::new(
                Exit::Conflict,
                "Conflict",
                "this device and another changed the wallet",
            )
            .hint(cache::CONFLICT)),
            Some(Beside::WentBack) => Err(Failure::new(
                Exit::NotAuthentic,
                "RolledBack",
                "the server went back in time: it has less than this device saw there",
            )
            .hint("larimar fetch shows what this device has, and says what to do")),
            Some(Beside::Unsent) if refused => Err(Failure::new(
                Exit::Refused,
                "DataTooLarge",
                "the change that this device kept is larger than the server takes",
            )
            .hint(cache::CONFLICT)),
            _ if strays.iter().any(|stray| stray.is_stranded) => Err(Failure::new(
                Exit::Conflict,
                "Conflict",
                "this device keeps a change that cannot be stored as it is",
            )
            .hint(RECOVER)),
            _ => Ok(()),
        }
    }
}

/// Whether the server says that it takes less.
fn is_too_large(pending: &Pending, info: &Info) -> bool {
    let limit = info.limits.get("blob_bytes").and_then(Value::as_u64);
    limit.is_some_and(|limit| pending.blob.bytes().len() as u64 > limit)
}

async fn stored(wallet: &Wallet) -> Result<Stored, ClientError> {
    let blob = wallet.fetch_blob().await?;
    let head = Head {
        local_hash: blob.local_hash,
        revision: wallet.open(&blob.bytes)?.revision,
    };
    Ok(Stored { head, blob })
}

fn word(beside: Beside) -> &'static str {
    match beside {
        Beside::Well | Beside::Arrived => "well",
        Beside::Unsent => "unsent",
        Beside::Changed => "conflict",
        Beside::WentBack => "rolled_back",
    }
}

fn of_server(wallet: &Wallet, info: &Result<Info, ClientError>) -> Value {
    let name = wallet.client().server_name();
    match info {
        Ok(info) => json!({
            "name": name, "reachable": true, "version": info.version, "protocol": info.protocol, "error": null,
        }),
        Err(error) => json!({
            "name": name, "reachable": false, "version": null, "protocol": null, "error": error.name(),
        }),
    }
}

fn of_wallet(wallet: &Wallet, stored: Option<&Result<Stored, ClientError>>) -> Value {
    let publickey = wallet.public_key().to_string();
    match stored {
        Some(Ok(Stored { head, blob })) => json!({
            "publickey": publickey,
            "revision": head.revision,
            "local_hash": head.local_hash.to_string(),
            "bytes": blob.bytes.len(),
            "created": blob.created,
            "updated": blob.updated,
            "fetches": blob.statistics.fetches,
            "before": blob.statistics.recent.get(1),
        }),
        Some(Err(error)) => json!({"publickey": publickey, "error": error.name()}),
        None => json!({"publickey": publickey}),
    }
}

fn of_device(kept: &Cache) -> Value {
    json!({
        "revision": kept.head().map(|head| head.revision),
        "asked": kept.newest.as_ref().map(|newest| newest.asked),
        "pending": kept.pending.as_ref().map(|pending| json!({
            "revision": pending.blob.head().revision,
            "since": pending.since,
            "bytes": pending.blob.bytes().len(),
        })),
    })
}

fn tell(
    wallet: &Wallet,
    info: &Result<Info, ClientError>,
    stored: Option<&Result<Stored, ClientError>>,
    kept: Option<&Cache>,
    beside: Option<Beside>,
) -> Result<(), Failure> {
    let name = wallet.client().server_name();
    output::line(&match info {
        Ok(info) => format!(
            "server    {name}: {} {}, protocol {}",
            info.name, info.version, info.protocol
        ),
        Err(error) => format!("server    {name}: out of reach ({})", error.name()),
    })?;
    output::line(&format!("wallet    {}", wallet.public_key()))?;
    if let Some(Ok(Stored { head, blob })) = stored {
        output::line(&format!(
            "stored    revision {} of {}, {} bytes; made {}",
            head.revision,
            blob.updated,
            blob.bytes.len(),
            blob.created
        ))?;
        output::line(&match blob.statistics.recent.get(1) {
            Some(access) => format!(
                "asked     {} from {}, {}: {}",
                access.time, access.ip, access.method, access.outcome
            ),
            None => "asked     by nobody before this".to_owned(),
        })?;
    }
    let newest = kept.and_then(|kept| kept.newest.as_ref());
    output::line(&match newest {
        Some(newest) => format!(
            "device    revision {}, as the server had it at {}",
            newest.blob.head().revision,
            newest.asked
        ),
        None => "device    has no copy".to_owned(),
    })?;
    let Some(pending) = kept.and_then(|kept| kept.pending.as_ref()) else {
        return Ok(());
    };
    let is_gone =
        matches!(stored, Some(Err(error)) if error.server_error() == Some(Name::WalletNotFound));
    let what = match beside {
        _ if is_gone => {
            "is not stored, and cannot be: the wallet has another password now, or is gone. larimar fetch --offline shows it, larimar conflict recover brings it to the wallet of now"
        }
        Some(Beside::Unsent) if info.as_ref().is_ok_and(|info| is_too_large(pending, info)) => {
            "is not stored, and is larger than the server takes"
        }
        Some(Beside::Arrived) => "is stored",
        Some(Beside::Changed | Beside::WentBack) => {
            "is not stored, and the server has something else"
        }
        _ => "is not stored yet: the next command that reaches the server sends it",
    };
    output::line(&format!(
        "change    revision {} of {} {what}",
        pending.blob.head().revision,
        pending.since
    ))
}
