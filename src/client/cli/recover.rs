//! `larimar conflict recover`: a change that this device kept, and that cannot be stored where it was made for.

use clap::Args;
use serde_json::json;

use super::conflict::{compare, one_server};
use super::failure::{Failure, counted};
use super::keys::{KeyArgs, Purpose, Typed};
use super::profile::most_answers;
use super::profiles::name_of;
use super::session::Session;
use super::strays::strays;
use super::{cache, input, output};
use crate::client::{Cache, Keys, Standing, View, Wallet};

/// Brings a change that this device kept under a former password, or for another server, to the wallet as it is now
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a server; a profile; the password of now, and the one with which the change was kept, without echo.\n\n\
    That is needed when the password was changed on another device, or the wallet was deleted and made anew, while this device had a change that was not \
    stored yet (larimar status). The change is stored if the wallet holds what it was made from; else exit code 4 says that there is something to decide \
    (larimar conflict).\n\
    --json: publickey, local_hash, revision, recovered (false if the wallet had it already), or given_up (how many), or what larimar conflict prints.\n\n\
    Examples:\n  larimar conflict recover\n  larimar conflict recover --from old.example.org\n  larimar conflict recover --give-up\n  \
    printf '%s\\n' \"$NEW\" \"$OLD\" | larimar conflict recover --password-stdin --former-password-stdin"
)]
pub(super) struct Recover {
    #[command(flatten)]
    keys: KeyArgs,
    /// Reads the former password from standard input, after the password and its answers if they come from there too
    #[arg(long, help_heading = "Former password")]
    former_password_stdin: bool,
    /// How many answers belonged to the former password [default: as many as to the one of now, and the same]
    #[arg(
        long,
        value_name = "N",
        value_parser = most_answers(),
        allow_negative_numbers = true,
        help_heading = "Former password"
    )]
    ask_former_answers: Option<u8>,
    /// Takes a change that was kept for this server, which is gone for good, instead of one for the server in use
    #[arg(long, value_name = "SERVER")]
    from: Option<String>,
    /// Gives up the changes that were kept under former passwords, instead of bringing them
    #[arg(long, conflicts_with_all = ["former_password_stdin", "ask_former_answers", "from"])]
    give_up: bool,
}

impl Recover {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        one_server(session)?;
        let client = session.client()?;
        let email = session.email()?.to_owned();
        let copies = session.cache()?;
        if !copies.map_or(Ok(false), |path| cache::has_unsent(&path))? {
            return Err(Failure::not_found(
                "this device keeps no change with this profile",
            ));
        }
        let purpose = match self.ask_former_answers {
            Some(_) => Purpose::Move,
            None => Purpose::Open,
        };
        let now = self.keys.typed(session, purpose)?;
        let keys = now.keys(&email)?;
        if self.give_up {
            return give_up(session, &Wallet::new(client, keys));
        }
        let former_keys = self.former(session, &now)?.keys(&email)?;
        let wallet = Wallet::new(client, keys);
        let server = wallet.client().server_name().to_owned();
        let from = self.from.as_deref().map_or_else(|| server.clone(), name_of);
        let former = kept_under(session, &wallet, &former_keys, &from)?;
        let mut cached = cache::cached(session, wallet)?;
        // a server that is not to be believed has no place for it
        if let Some(doubt) = cache::doubt(&cached.fetch().await?) {
            return Err(doubt);
        }
        let view = cached.recover(&former, &former_keys).await?;
        let publickey = *cached.wallet().public_key();
        // the comparison below has both
        cached.shows();
        // it is kept with this wallet from now on, and a copy is no longer to be had by the former password
        drop(cached);
        cache::forget(session, &former, &server)?;
        match &view.standing {
            Standing::OutOfReach(error) => return Err(cache::kept_because(error)),
            Standing::Undecided(..) => return compare(session, &view),
            Standing::Lost(_) | Standing::Current | Standing::Offline => {}
        }
        if session.json {
            return output::json(&json!({
                "publickey": publickey.to_string(),
                "local_hash": view.content.head.local_hash.to_string(),
                "revision": view.content.head.revision,
                "recovered": view.sent,
            }));
        }
        session.say(&told(&view));
        Ok(())
    }

    fn former(&self, session: &mut Session, now: &Typed) -> Result<Typed, Failure> {
        let password = if self.former_password_stdin {
            session.input.line("the former password")?
        } else {
            input::secret("Former password", false, "--former-password-stdin")?
        };
        let answers = match self.ask_former_answers {
            None => now.answers.clone(),
            Some(count) => self
                .keys
                .answers(session, "Former answer", &[], count.into(), false)?,
        };
        Ok(Typed { password, answers })
    }
}

/// What was kept of this address's wallet on this server under other passwords is kept no more.
fn give_up(session: &Session, wallet: &Wallet) -> Result<(), Failure> {
    let looked = cache::look(session, wallet)?;
    let mut given_up = 0;
    for stray in strays(session, &looked.others, wallet) {
        if stray.is_stranded {
            cache::forget(session, stray.cache, wallet.client().server_name())?;
            given_up += 1;
        }
    }
    if session.json {
        return output::json(&json!({"given_up": given_up}));
    }
    session.say(&format!("given up: {}", counted(given_up, "change")));
    Ok(())
}

/// What was kept under these keys, and is no change of this wallet's own.
fn kept_under(
    session: &Session,
    wallet: &Wallet,
    keys: &Keys,
    server: &str,
) -> Result<Cache, Failure> {
    let looked = cache::look(session, wallet)?;
    let is_it = |cache: &Cache| cache.is_of(server, &keys.public_key) && cache.pending.is_some();
    let mut others = looked.others.iter().map(|record| &record.cache);
    if let Some(found) = others.find(|cache| is_it(cache)) {
        return Ok(found.clone());
    }
    if looked.own.as_ref().is_some_and(is_it) {
        return Err(Failure::not_found("the change is of this wallet as it is")
            .hint("the next command that reaches the server sends it: larimar fetch"));
    }
    Err(
        Failure::not_found(format!(
            "this device keeps no change for {server} under that former password"
        ))
        .hint(
            "check the password, the e-mail address and the number of answers (--ask-former-answers N); --from SERVER takes one that was kept for another server",
        ),
    )
}

fn told(view: &View) -> String {
    let revision = view.content.head.revision;
    match view.sent {
        true => format!("recovered: the change is stored, as revision {revision}"),
        false => format!("the wallet holds just that already, as revision {revision}"),
    }
}
