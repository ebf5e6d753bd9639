//! `larimar save`, and how a write is reported.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value, json};

use super::exit::Exit;
use super::failure::Failure;
use super::keys::HolderArgs;
use super::session::Session;
use super::{input, output};
use crate::client::{Stored, Wallet};

/// Saves data as what the wallet holds; what it held stays as a version
#[derive(Debug, Args)]
#[command(
    group = clap::ArgGroup::new("base").required(true),
    after_help = "Needs: a server; --email or a profile; the password, asked for without echo; data; and the revision that the data was made from, which \
    larimar fetch shows, so that the change of another device is not lost.\n\n\
    Examples:\n  \
    larimar fetch --out secrets.json\n  \
    larimar save --data secrets.json --expect-revision 3\n  \
    (echo 'correct horse battery staple'; cat secrets.json) | larimar save --password-stdin --data - --overwrite"
)]
pub(super) struct Save {
    /// What the wallet is to hold: a file, or - for standard input
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// Saves only if the wallet holds this revision
    #[arg(long, value_name = "N", group = "base")]
    expect_revision: Option<u64>,
    /// Saves whatever the wallet holds now
    #[arg(long, group = "base")]
    overwrite: bool,
    /// Saves data that is empty
    #[arg(long)]
    allow_empty: bool,
    #[command(flatten)]
    keys: HolderArgs,
}

impl Save {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        input::check(&self.data)?;
        let mut holder = self.keys.holder(session)?;
        let plaintext = session.input.data(&self.data, self.allow_empty)?;
        let held = holder.fetch(session).await?;
        let base = held.head;
        if let Some(expected) = self.expect_revision.filter(|&n| n != base.revision) {
            let message = format!(
                "the wallet holds revision {}, not {expected}: it was changed meanwhile",
                base.revision
            );
            return Err(Failure::new(Exit::Conflict, "Conflict", message).hint(
                "larimar fetch it again, bring both changes together, and save with the revision that it shows",
            ));
        }
        holder.save(session, "saved", &plaintext, &held).await
    }
}

/// Says what is stored now.
pub(super) fn report(
    session: &Session,
    done: &str,
    wallet: &Wallet,
    stored: &Stored,
) -> Result<(), Failure> {
    report_with(session, done, wallet, stored, Map::new())
}

/// The same, and a program is told this beside it.
pub(super) fn report_with(
    session: &Session,
    done: &str,
    wallet: &Wallet,
    stored: &Stored,
    beside: Map<String, Value>,
) -> Result<(), Failure> {
    if session.json {
        let value = json!({
            "publickey": wallet.public_key().to_string(),
            "local_hash": stored.head.local_hash.to_string(),
            "revision": stored.head.revision,
            "updated": stored.updated,
        });
        return output::json(&output::joined(value, beside));
    }
    let server = wallet.client().server_name();
    session.say(&format!(
        "{done}: revision {} on {server}",
        stored.head.revision
    ));
    Ok(())
}
