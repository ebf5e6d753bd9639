//! `larimar request-code` and `larimar create`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;

use super::exit::Exit;
use super::failure::{Failure, spelled};
use super::info::warn_of_name;
use super::keys::{KeyArgs, Purpose, WeakArgs, keep_copy};
use super::profiles::name_of;
use super::save::report;
use super::session::Session;
use super::{cache, input, memories, output, servers};
use crate::client::{Client, Entries, Line, Outcome, Wallet};
use crate::crypto::{Code, InvalidCode};
use crate::mail::EmailAddress;
use crate::protocol::Name;

/// Has a code sent by e-mail, with which a wallet can be created
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a server; --email or a profile. It answers the same whether or not the address has a wallet.\n\n\
    Example:\n  larimar request-code --server https://wallet.example.org --email alice@example.com"
)]
pub(super) struct RequestCode {}

impl RequestCode {
    pub(super) async fn run(&self, session: &Session) -> Result<(), Failure> {
        let email = session.email()?;
        email.parse::<EmailAddress>().map_err(|error| {
            Failure::new(Exit::Usage, Name::InvalidEmail.as_str(), error.to_string())
        })?;
        if session.has_several() {
            return of_several(session, email).await;
        }
        let requested = session.client()?.request_code(email).await;
        let requested = requested.map_err(|error| {
            let failure = Failure::from(error);
            if failure.is(Name::RateLimited.as_str()) {
                // the limit may be that of the e-mail address, or of the whole server
                let message = format!("Too many codes were asked for. {}", failure.again());
                return failure.saying(message);
            }
            failure
        })?;
        if session.json {
            return output::json(&requested);
        }
        let minutes = requested.expires_in / 60;
        session.say(&format!(
            "A code is on its way to {email}. It is good for {minutes} minutes; larimar create takes it."
        ));
        if requested.retry_after > 0 {
            let wait = spelled(requested.retry_after);
            session.say(&format!("Another can be asked for in {wait}."));
        }
        Ok(())
    }
}

/// A code of each server, since none takes another's.
async fn of_several(session: &Session, email: &str) -> Result<(), Failure> {
    let ask = |server: Client| {
        let email = email.to_owned();
        async move { server.request_code(&email).await }
    };
    let asked = session.servers()?.each(|_| true, ask).await;
    let (mut told, mut sent, mut refused) = (Vec::new(), 0, None);
    for answer in asked.into_answers() {
        let name = answer.server;
        match answer.outcome {
            Outcome::Answered(requested) => {
                session.say(&format!("A code of {name} is on its way to {email}."));
                sent += 1;
                told.push(serde_json::json!({
                    "server": name,
                    "expires_in": requested.expires_in,
                    "retry_after": requested.retry_after,
                }));
            }
            Outcome::Failed(error) => {
                session.say(&format!("{name} sent none: {error}"));
                told.push(serde_json::json!({
                    "server": name,
                    "error": error.name(),
                    "message": error.to_string(),
                }));
                refused = Some(error);
            }
            Outcome::Pending | Outcome::NotAsked => {}
        }
    }
    match refused {
        Some(error) if sent == 0 => Err(error.into()),
        _ if session.json => output::json(&told),
        _ => Ok(()),
    }
}

/// Creates a wallet with a code from an e-mail
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a server; --email or a profile; a code (larimar request-code); the password, asked for twice, without echo.\n\n\
    Examples:\n  \
    larimar create --ask-answers 2\n  \
    larimar create --code 7K3M-Q2WX-9FHT-B4ZC --data secrets.json\n  \
    larimar create --code one.example.org=7K3M-Q2WX-9FHT-B4ZC --code two.example.net=M8PD-4RWA-K2NC-7VXE"
)]
pub(super) struct Create {
    /// The code from the mail; asked for if it is not given. Of several servers one each: --code SERVER=CODE
    #[arg(long)]
    code: Vec<String>,
    /// What the wallet is to hold: a file, or - for standard input; without it an empty list of entries
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Takes the e-mail address away from an older wallet, whose password is forgotten
    #[arg(long)]
    replace: bool,
    /// Creates it with data that is empty
    #[arg(long)]
    allow_empty: bool,
    #[command(flatten)]
    weak: WeakArgs,
    #[command(flatten)]
    keys: KeyArgs,
}

impl Create {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        self.data.as_deref().map_or(Ok(()), input::check)?;
        if session.has_several() {
            return self.over_several(session).await;
        }
        let client = session.client()?;
        let email = session.email()?.to_owned();
        let given = match &self.code[..] {
            [] => None,
            [code] => Some(read_code(code)?),
            _ => return Err(Failure::usage("one server takes one code")),
        };
        // a server that is down is noticed before anything is typed in vain
        warn_of_name(session, &client, &client.server_info().await?);
        let code = given.map_or_else(|| ask_for_code(session), Ok)?;
        let typed = self.keys.typed(session, Purpose::Make)?;
        self.weak.accept(session, &typed)?;
        let plaintext = match &self.data {
            Some(path) => session.input.data(path, self.allow_empty)?,
            None => Entries::default().to_plaintext(),
        };
        let keys = typed.keys(&email)?;
        let mut wallet = Wallet::new(client, keys.clone());
        if let Some(copy) = cache::look(session, &wallet)?.own {
            // made anew on a server that lost it: no device takes it for one that went back
            wallet = wallet.knowing(copy.head().map_or(0, |head| head.revision));
        }
        let code = code.to_string();
        let stored = wallet.create(&code, &plaintext, self.replace).await;
        let stored = stored.map_err(|error| refused(error.into(), self.replace))?;
        report(session, "created", &wallet, &stored)?;
        session.keep_answers(typed.answers.len());
        keep_copy(session, keys).await;
        Ok(())
    }

    /// The same on every server of which there is a code.
    async fn over_several(&self, session: &mut Session) -> Result<(), Failure> {
        let email = session.email()?.to_owned();
        let servers = session.servers()?;
        let mut codes = BTreeMap::new();
        for given in &self.code {
            let (server, code) = given.split_once('=').ok_or_else(|| {
                Failure::usage("with several servers each has a code of its own")
                    .hint("--code SERVER=CODE, for as many servers as have sent one")
            })?;
            codes.insert(name_of(server), read_code(code)?.to_string());
        }
        if self.code.is_empty() {
            session.say("Each server has sent a code of its own; nothing, for one that has not.");
            for server in servers.members() {
                let name = server.server_name();
                let typed = session
                    .input
                    .visible(&format!("Code of {name}"), "--code SERVER=CODE")?;
                if !typed.trim().is_empty() {
                    codes.insert(name.to_owned(), read_code(&typed)?.to_string());
                }
            }
        }
        if codes.is_empty() {
            return Err(Failure::usage("no code is given").hint("larimar request-code"));
        }
        let typed = self.keys.typed(session, Purpose::Make)?;
        self.weak.accept(session, &typed)?;
        let plaintext = match &self.data {
            Some(path) => session.input.data(path, self.allow_empty)?,
            None => Entries::default().to_plaintext(),
        };
        let mut federation = memories::federation(session, typed.keys(&email)?)?;
        let created = federation.create(&codes, &plaintext, self.replace).await;
        let lines = created.map_err(|error| refused(error.into(), self.replace))?;
        servers::report(session, "created", &federation, &lines)?;
        for line in lines.iter().filter(|line| !self.replace && has_older(line)) {
            session.say(&format!(
                "hint: larimar servers add {} --replace takes the address away from the older wallet there, which stays",
                line.server
            ));
        }
        session.keep_answers(typed.answers.len());
        Ok(())
    }
}

/// That the address was taken away lately, if it was meant to be taken away now.
pub(super) fn refused(failure: Failure, replace: bool) -> Failure {
    if !replace || !failure.refused_with(Name::EmailInUse) {
        return failure;
    }
    failure
        .saying("The e-mail address was taken from an older wallet lately, and a server allows that once in a while only.")
        .hint("open the wallet that has it, or wait: 30 days, unless the server's operator chose otherwise")
}

/// Whether the address has an older wallet there.
fn has_older(line: &Line) -> bool {
    line.error.as_deref() == Some(Name::EmailInUse.as_str())
}

fn read_code(text: &str) -> Result<Code, Failure> {
    text.parse()
        .map_err(|error: InvalidCode| Failure::usage(error.to_string()))
}

fn ask_for_code(session: &mut Session) -> Result<Code, Failure> {
    for _ in 1..input::TRIES {
        match read_code(&session.input.visible("Code", "--code CODE")?) {
            Ok(code) => return Ok(code),
            Err(failure) => failure.report(false),
        }
    }
    read_code(&session.input.visible("Code", "--code CODE")?)
}
