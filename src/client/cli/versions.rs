//! `larimar versions` and `larimar restore`.

use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::holder::Holder;
use super::keys::{KeyArgs, Purpose, keep_copy};
use super::save::report;
use super::session::Session;
use super::{cache, output};
use crate::client::{BlobHash, Keys, Standing, Version, Wallet};

/// Lists what the wallet holds now and what it held before, newest first
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a server; --email or a profile; the password, asked for without echo.\n\n\
    --json: a list of local_hash (whole), saved, bytes (sealed), current.\n\n\
    Example:\n  larimar versions"
)]
pub(super) struct Versions {
    #[command(flatten)]
    keys: KeyArgs,
}

impl Versions {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let versions = self.keys.wallet(session)?.versions().await?;
        if session.json {
            let listed = versions.iter().map(|version| {
                json!({
                    "local_hash": version.local_hash.to_string(),
                    "saved": version.saved,
                    "bytes": version.bytes,
                    "current": version.current,
                })
            });
            return output::json(&listed.collect::<Vec<_>>());
        }
        let rows = versions.iter().map(|version| {
            let current = if version.current { "current" } else { "" };
            [
                version.local_hash.to_string()[..12].to_owned(),
                version.saved.clone(),
                version.bytes.to_string(),
                current.to_owned(),
            ]
        });
        output::table(["HASH", "SAVED", "BYTES", ""], rows)
    }
}

/// Makes an older version what the wallet holds, as a new revision; what it holds now stays as a version
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a server; --email or a profile; the password, asked for without echo; a hash (larimar versions).\n\n\
    With a profile of several servers, --server says which of them kept the version; it goes to all of them.\n\n\
    Examples:\n  larimar restore 1f3a9c\n  larimar restore 1f3a9c --server https://one.example.org"
)]
pub(super) struct Restore {
    /// The hash of the version, of which the first digits are enough
    hash: String,
    #[command(flatten)]
    keys: KeyArgs,
}

impl Restore {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let client = session.client()?;
        let keys = self.keys.keys(session, Purpose::Open)?;
        let wallet = Wallet::new(client, keys.clone());
        let hash = one_with(&wallet.versions().await?, &self.hash)?;
        if session.is_a_part() {
            // one of them kept it, and all of them get it
            let version = wallet.version(&hash).await?;
            session.widen();
            let mut holder = Holder::several(session, keys)?;
            let held = holder.fetch(session).await?;
            return holder
                .save(session, "restored", &version.plaintext, &held)
                .await;
        }
        let wallet = settled(session, wallet, &keys).await?;
        let head = match wallet.fetch().await {
            Ok(state) => state.head,
            // what is there now does not open: the version is put in its place all the same
            Err(
                error @ (crate::client::ClientError::Tampered { .. }
                | crate::client::ClientError::NotSealed { .. }),
            ) => {
                session.say(&format!("warning: {error}"));
                let blob = wallet.fetch_blob().await?;
                let form = crate::client::Form::of(&blob.bytes).ok();
                crate::client::Head {
                    local_hash: blob.local_hash,
                    revision: form.and_then(crate::client::Form::revision).unwrap_or(0),
                }
            }
            Err(error) => return Err(error.into()),
        };
        let stored = wallet.restore(&hash, &head).await?;
        report(session, "restored", &wallet, &stored)?;
        keep_copy(session, keys).await;
        Ok(())
    }
}

/// The wallet, if nothing is to be decided of it first.
async fn settled(session: &Session, wallet: Wallet, keys: &Keys) -> Result<Wallet, Failure> {
    let Some(copy) = cache::look(session, &wallet)?.own else {
        return Ok(wallet);
    };
    let seen = copy.head().map_or(0, |head| head.revision);
    let again = Wallet::new(session.client()?, keys.clone()).knowing(seen);
    let mut cached = cache::cached(session, wallet)?;
    let view = cache::fetch(session, &mut cached).await?;
    match (&view.standing, cache::doubt(&view)) {
        // the person is told below, and a version takes its place
        (Standing::Lost(_), _) | (_, None) => Ok(again),
        (_, Some(doubt)) => Err(doubt),
    }
}

/// The one version whose hash begins with these digits.
pub(super) fn one_with(versions: &[Version], prefix: &str) -> Result<BlobHash, Failure> {
    let prefix = prefix.trim().to_ascii_lowercase();
    if prefix.is_empty() || !prefix.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(Failure::usage("a hash is hex digits"));
    }
    let mut matching = versions
        .iter()
        .map(|version| version.local_hash)
        .filter(|hash| hash.to_string().starts_with(&prefix));
    match (matching.next(), matching.next()) {
        (Some(hash), None) => Ok(hash),
        (Some(_), Some(_)) => Err(Failure::usage(format!(
            "more than one version's hash begins with {prefix}"
        ))
        .hint("give more digits; larimar versions --json shows all of them")),
        (None, _) => Err(
            Failure::not_found(format!("no version's hash begins with {prefix}"))
                .hint("larimar versions lists those that are kept"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::cli::Exit;

    #[test]
    fn a_unique_prefix_is_enough() {
        let version = |byte: u8| Version {
            local_hash: BlobHash([byte; 32]),
            saved: String::new(),
            bytes: 1,
            current: false,
        };
        let versions = [version(0xab), version(0xac), version(0x12)];
        assert_eq!(
            one_with(&versions, " AB ").expect("one"),
            BlobHash([0xab; 32])
        );
        assert_eq!(one_with(&versions, "1").expect("one"), BlobHash([0x12; 32]));
        let exit = |prefix| one_with(&versions, prefix).expect_err(prefix).exit;
        assert_eq!(exit("a"), Exit::Usage);
        assert_eq!(exit("ff"), Exit::NotFound);
        assert_eq!(exit(""), Exit::Usage);
        assert_eq!(exit("xyz"), Exit::Usage);
    }
}
