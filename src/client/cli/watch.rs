//! `larimar watch`.

use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::exit::Exit;
use super::failure::{Failure, spelled};
use super::keys::KeyArgs;
use super::session::Session;
use super::{echo, output};
use crate::client::methods::{Event, Fetched, WalletChanged};
use crate::client::{BlobHash, Client, ClientError, Name, PublicKey};

/// Prints a line for each change of the wallet, as it happens, until Ctrl-C
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a server; --email or a profile, and the password, asked for without echo; or --publickey, which needs no password (larimar derive shows it).\n\n\
    A line has the time, what happened (saved, moved, deleted) and the hash of what is stored now. When the connection breaks, it is made anew, and what was \
    missed is told then; standard error says both. It ends with exit code 0 by Ctrl-C, after moved or deleted, and when nobody reads what it prints.\n\
    --json: an object a line, with event, local_hash and updated; on standard error one for the connection, with connection (made or lost) and, of one that was \
    lost, error (name, message) and again_in (seconds).\n\n\
    Examples:\n  \
    larimar watch\n  \
    larimar watch --publickey 020bfc7d59a1510b352f75b631095aba3b977316c2681c475d829f84d618b17c66 --json | while read -r change; do make sync; done"
)]
pub(super) struct Watch {
    /// Watches the wallet with this public key
    #[arg(long, value_name = "HEX", conflicts_with_all = ["password_stdin", "answer", "ask_answers", "answers_stdin"])]
    publickey: Option<String>,
    #[command(flatten)]
    keys: KeyArgs,
}

/// Before a broken connection is made anew: the first time, and at most.
const PAUSE: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// Why it ended, other than by a failure.
enum End {
    /// There is nothing more to tell, or nobody to tell it to.
    Done,
    /// The connection broke.
    Broken(ClientError),
}

struct Watcher<'a> {
    session: &'a Session,
    client: Client,
    key: PublicKey,
    /// What is stored, as far as it was told.
    known: Option<BlobHash>,
}

impl Watch {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let client = session.client()?;
        let key = match &self.publickey {
            Some(text) => text
                .parse()
                .map_err(|error| Failure::usage(format!("--publickey: {error}")))?,
            None => *self.keys.wallet(session)?.public_key(),
        };
        let mut watcher = Watcher {
            session,
            client,
            key,
            known: None,
        };
        echo::interrupt_is_taken();
        tokio::select! {
            ended = watcher.watch() => ended,
            _ = tokio::signal::ctrl_c() => Ok(()),
        }
    }
}

impl Watcher<'_> {
    async fn watch(&mut self) -> Result<(), Failure> {
        let mut pause = PAUSE.0;
        // what does not work from the start is not waited for
        let mut has_worked = false;
        loop {
            let (worked, end) = self.connected(&mut has_worked).await;
            let error = match end? {
                End::Done => return Ok(()),
                End::Broken(error) => error,
            };
            if !has_worked || !may_pass(&error) {
                return Err(error.into());
            }
            if worked {
                pause = PAUSE.0;
            }
            let wait = error.retry_after().unwrap_or(pause);
            self.say_lost(&error, wait);
            tokio::time::sleep(wait).await;
            pause = (2 * pause).min(PAUSE.1);
        }
    }

    /// Tells of changes for as long as one connection lasts; whether it was made at all.
    async fn connected(&mut self, has_worked: &mut bool) -> (bool, Result<End, Failure>) {
        let mut changes = match self.client.subscribe(&self.key).await {
            Ok(changes) => changes,
            Err(error) => return (false, self.gone(error)),
        };
        // first the subscription, then the look: nothing falls between them
        let known = self.known;
        let fetched = match self.client.fetch_wallet(&self.key, known.as_ref()).await {
            Ok(fetched) => fetched,
            Err(error) => return (true, self.gone(error)),
        };
        self.say_made(*has_worked);
        *has_worked = true;
        match self.missed(&fetched) {
            Ok(true) => {}
            Ok(false) => return (true, Ok(End::Done)),
            Err(failure) => return (true, Err(failure)),
        }
        loop {
            let told = match changes.next().await {
                None => return (true, Ok(End::Done)),
                Some(Err(error)) => return (true, Ok(End::Broken(error))),
                Some(Ok(change)) => self.tell(&change),
            };
            match told {
                Ok(true) => {}
                Ok(false) => return (true, Ok(End::Done)),
                Err(failure) => return (true, Err(failure)),
            }
        }
    }

    /// Tells what happened while nobody watched; whether anybody reads it.
    fn missed(&mut self, fetched: &Fetched) -> Result<bool, Failure> {
        if self.known.is_some() && fetched.modified {
            return self.tell(&WalletChanged {
                event: Event::Saved,
                local_hash: Some(fetched.local_hash.clone()),
                updated: fetched.updated.clone(),
            });
        }
        self.known = fetched.local_hash.parse().ok();
        Ok(true)
    }

    /// Says that changes are told from now on, or once more.
    fn say_made(&self, again: bool) {
        if self.session.json {
            output::tell(&format!("{}\n", json!({"connection": "made"})));
        } else if again {
            self.session.say("connected again");
        } else {
            self.session
                .say(&format!("watching {}; Ctrl-C ends it", self.key));
        }
    }

    /// Says that nothing is told until the connection is made anew.
    fn say_lost(&self, error: &ClientError, wait: Duration) {
        if !self.session.json {
            let wait = spelled(wait.as_secs());
            return self
                .session
                .say(&format!("{error}. Trying again in {wait}"));
        }
        let mut line = Failure::from_client(error).json();
        line["connection"] = json!("lost");
        line["again_in"] = json!(wait.as_secs());
        output::tell(&format!("{line}\n"));
    }

    /// A wallet that was there and is no more was moved or deleted; anything else is an error.
    fn gone(&mut self, error: ClientError) -> Result<End, Failure> {
        let event = match error.was() {
            Some("moved") => Event::Moved,
            Some("deleted") => Event::Deleted,
            _ => return Ok(End::Broken(error)),
        };
        if self.known.is_none() {
            return Ok(End::Broken(error));
        }
        let change = WalletChanged {
            event,
            local_hash: None,
            updated: error.since().unwrap_or_default().to_owned(),
        };
        self.tell(&change).map(|_| End::Done)
    }

    /// Prints it, unless it was told already; whether anybody reads it.
    fn tell(&mut self, change: &WalletChanged) -> Result<bool, Failure> {
        let hash: Option<BlobHash> = change
            .local_hash
            .as_ref()
            .and_then(|text| text.parse().ok());
        if change.event == Event::Saved && hash.is_some() && hash == self.known {
            return Ok(true);
        }
        self.known = hash.or(self.known);
        let event = json!(change.event);
        let line = match self.session.json {
            true => json!(change).to_string(),
            false => format!(
                "{} {} {}",
                change.updated,
                event.as_str().unwrap_or_default(),
                change.local_hash.as_deref().unwrap_or_default()
            ),
        };
        output::followed(line.trim_end())
    }
}

/// Whether it is worth trying again.
fn may_pass(error: &ClientError) -> bool {
    let name = error.server_error();
    matches!(Exit::of(error), Exit::Unavailable) || name == Some(Name::RateLimited)
}
