//! `larimar delete`.

use std::io::IsTerminal;

use clap::Args;

use super::exit::Exit;
use super::failure::Failure;
use super::keys::{KeyArgs, Purpose};
use super::session::Session;
use super::{cache, memories, output, servers};

/// Deletes the wallet from the server: data, versions, statistics and e-mail address
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a server, by a name that it lists (larimar info); --email or a profile; the password, asked for without echo; a \
    confirmation, or --yes. There is no way back. A change on this device that is not stored yet is given up with --force only (else exit code 4).\n\n\
    Examples:\n  \
    larimar fetch --out last.json\n  \
    larimar delete"
)]
pub(super) struct Delete {
    /// Does not ask whether it is meant
    #[arg(long)]
    yes: bool,
    /// Also gives up a change on this device that is not stored yet
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    keys: KeyArgs,
}

impl Delete {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        if !self.yes && !std::io::stdin().is_terminal() {
            return Err(
                Failure::usage("there is no terminal to ask whether it is meant")
                    .hint("--yes deletes without asking"),
            );
        }
        if session.has_several() {
            return self.over_several(session).await;
        }
        let wallet = self.keys.wallet(session)?;
        let mut cached = cache::cached(session, wallet)?;
        if let Some(pending) = cached.cache().pending.as_ref().filter(|_| !self.force) {
            let message = format!(
                "this device has a change of {} that is not stored yet; nothing was deleted",
                pending.since
            );
            return Err(Failure::new(Exit::Conflict, "Conflict", message).hint(
                "larimar fetch --offline shows it; larimar delete --force gives it up with the rest",
            ));
        }
        let wallet = cached.wallet();
        // whatever it holds, sealed or not
        let blob = wallet.fetch_blob().await?;
        let server = wallet.client().server_name().to_owned();
        if !self.yes {
            session.say(&format!(
                "The wallet of {} on {server}, made {}, last saved {}, and all its versions will be gone.",
                session.email()?,
                blob.created,
                blob.updated
            ));
            if session.input.visible("Type delete to go on", "--yes")? != "delete" {
                return Err(Failure::other("nothing was deleted"));
            }
        }
        wallet.delete(&blob.local_hash).await?;
        if let Err(error) = cached.forget() {
            session.say(&format!("warning: {error}"));
        }
        if session.json {
            return output::json(&serde_json::json!({"deleted": true}));
        }
        session.say(&format!("deleted from {server}"));
        Ok(())
    }

    async fn over_several(&self, session: &mut Session) -> Result<(), Failure> {
        let keys = self.keys.keys(session, Purpose::Open)?;
        let mut federation = memories::federation(session, keys)?;
        if !self.yes {
            session.say(&format!(
                "The wallet of {} on all servers of the profile, and all its versions, will be gone.",
                session.email()?
            ));
            if session.input.visible("Type delete to go on", "--yes")? != "delete" {
                return Err(Failure::other("nothing was deleted"));
            }
        }
        let lines = federation.delete().await?;
        if session.json {
            return output::json(&serde_json::json!({"deleted": true, "servers": lines}));
        }
        for line in &lines {
            session.say(&servers::in_words(line));
        }
        session.say(
            "deleted; a server that was away is told whenever this device looks (larimar servers)",
        );
        Ok(())
    }
}
