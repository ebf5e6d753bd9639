//! `larimar pin list`, `queue` and `status`: what needs no unlocking.

use clap::Args;
use serde_json::{Value, json};

use super::credential::Credential;
use crate::client::cli::failure::Failure;
use crate::client::cli::output;
use crate::client::cli::session::Session;
use crate::client::{Description, PinAddress, PrivateState};

/// Lists the addresses that are in use, without unlocking the wallet
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a wallet on this device. No pin, and no server.\n\n\
    What stands in square brackets is encrypted, and shown when the wallet is unlocked: --unlock. The addresses are Bitcoin's.\n\n\
    --json: addresses, a list of public_key, p2wpkh, p2pkh, description (null if there is none or it is hidden), hidden, private_key (kept, unchecked, clear, absent, foreign), queued; unused; hidden; queued.\n\n\
    Examples:\n  larimar pin list\n  larimar pin list --unlock"
)]
pub(super) struct List {
    /// Shows what is hidden too: asks for the pin
    #[arg(long)]
    unlock: bool,
    /// Lists those that are kept in reserve too
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    credential: Credential,
}

impl List {
    pub(super) async fn run(&self, session: &mut Session) -> Result<(), Failure> {
        let mut wallet = session.pins()?.read()?;
        let unlocked = if self.unlock || self.credential.is_given() {
            let typed = self.credential.typed(session)?;
            Some(typed.unlock(session, &wallet).await?)
        } else {
            None
        };
        if let Some(unlocked) = &unlocked {
            wallet.check(unlocked);
        }
        let mut addresses = wallet.addresses(unlocked.as_ref());
        let unused = addresses.iter().filter(|it| it.is_unused()).count();
        addresses.retain(|address| self.all || !address.is_unused());
        let hidden = addresses.iter().filter(|it| it.hides_something()).count();
        let queued = wallet.queue().len();
        if session.json {
            return output::json(&json!({
                "addresses": addresses.iter().map(as_json).collect::<Vec<_>>(),
                "unused": unused,
                "hidden": hidden,
                "queued": queued,
            }));
        }
        let rows = addresses.iter().map(|address| {
            let key = address.key;
            [
                key.map_or_else(
                    || "[hidden]".to_owned(),
                    |key| key.p2wpkh().unwrap_or_default(),
                ),
                key.map_or_else(String::new, |key| key.p2pkh()),
                described(address),
                marks(address),
            ]
        });
        output::table(["P2WPKH", "P2PKH", "DESCRIPTION", ""], rows)?;
        if hidden > 0 {
            session.say(
                "What stands in [ ] is encrypted: larimar pin list --unlock shows it. The list may not be all there is.",
            );
        }
        session.say(&format!("unused addresses in reserve: {unused}"));
        say_queued(session, queued);
        Ok(())
    }
}

fn say_queued(session: &Session, queued: usize) {
    if queued > 0 {
        session.say(&format!(
            "queued actions: {queued} (larimar pin queue lists them, larimar pin unlock sends them)"
        ));
    }
}

/// The description, as a person reads it.
pub(super) fn described(address: &PinAddress) -> String {
    match &address.description {
        Some(Description::Shown(text)) => text.clone(),
        Some(Description::Hidden) => "[hidden]".to_owned(),
        Some(Description::Unreadable) => "(unreadable)".to_owned(),
        None => String::new(),
    }
}

fn marks(address: &PinAddress) -> String {
    let marks = [
        (address.queued, "queued"),
        (address.is_unused(), "unused"),
        (
            address.private_key == PrivateState::Foreign,
            "foreign: do not use",
        ),
        (
            address.private_key == PrivateState::Clear,
            "its private key is not encrypted: the server knows it",
        ),
        (
            address.private_key == PrivateState::Unchecked,
            "private key not looked at yet: larimar pin unlock",
        ),
        (
            address.private_key == PrivateState::Absent,
            "no private key",
        ),
    ];
    let marks = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark);
    marks.collect::<Vec<_>>().join(", ")
}

pub(super) fn as_json(address: &PinAddress) -> Value {
    let description = match &address.description {
        Some(Description::Shown(text)) => Some(text),
        _ => None,
    };
    json!({
        "public_key": address.key.map(|key| key.to_string()),
        "p2wpkh": address.key.and_then(|key| key.p2wpkh()),
        "p2pkh": address.key.map(|key| key.p2pkh()),
        "description": description,
        "unused": address.is_unused(),
        "hidden": address.hides_something(),
        "private_key": match address.private_key {
            PrivateState::Kept => "kept",
            PrivateState::Unchecked => "unchecked",
            PrivateState::Clear => "clear",
            PrivateState::Absent => "absent",
            PrivateState::Foreign => "foreign",
        },
        "queued": address.queued,
    })
}

/// Lists exactly what is queued: what was done while the wallet was locked, and is not sent yet
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a wallet on this device. No pin, and no server.\n\n\
    Look at it before you unlock: what you did not do yourself, somebody else did at this device, and --drop takes it out. An address that was given out stays in use all the same: \
    somebody may have been told it.\n\n\
    --json: a list of number, at, what, object (exactly what will be added).\n\n\
    Examples:\n  larimar pin queue\n  larimar pin queue --drop 3\n  larimar pin queue --drop all"
)]
pub(super) struct Queue {
    /// Takes the action with this number out of the queue, or all
    #[arg(long, value_name = "N|all")]
    drop: Option<Which>,
}

/// Which actions.
#[derive(Debug, Clone, Copy)]
enum Which {
    All,
    One(u64),
}

impl std::str::FromStr for Which {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "all" => Ok(Self::All),
            number => number
                .parse()
                .map(Self::One)
                .map_err(|_| "a number, or all"),
        }
    }
}

impl Queue {
    pub(super) fn run(&self, session: &Session) -> Result<(), Failure> {
        let place = session.pins()?;
        if let Some(Which::All) = self.drop {
            let mut device = place.open()?;
            let numbers: Vec<u64> = device.wallet.queue().iter().map(|it| it.number).collect();
            let dropped = numbers
                .iter()
                .map(|number| device.wallet.drop_action(*number));
            let dropped = dropped.collect::<Result<Vec<_>, _>>()?;
            device.save()?;
            if session.json {
                return output::json(&dropped.iter().map(as_action).collect::<Vec<_>>());
            }
            for action in &dropped {
                session.say(&format!("dropped: {}", action.words()));
            }
            return Ok(());
        }
        if let Some(Which::One(number)) = self.drop {
            let mut device = place.open()?;
            let dropped = device.wallet.drop_action(number)?;
            device.save()?;
            if session.json {
                return output::json(&as_action(&dropped));
            }
            session.say(&format!("dropped: {}", dropped.words()));
            return Ok(());
        }
        let wallet = place.read()?;
        if session.json {
            let actions: Vec<Value> = wallet.queue().iter().map(as_action).collect();
            return output::json(&actions);
        }
        if wallet.queue().is_empty() {
            session.say("nothing is queued");
            return Ok(());
        }
        let rows = wallet.queue().iter().map(|action| {
            [
                action.number.to_string(),
                action.at.to_string(),
                action.words(),
            ]
        });
        output::table(["N", "WHEN", "WHAT"], rows)
    }
}

fn as_action(action: &crate::client::Action) -> Value {
    json!({
        "number": action.number,
        "at": action.at,
        "what": action.words(),
        "object": action.object,
    })
}

/// Says what this device knows of the wallet
#[derive(Debug, Args)]
#[command(
    after_help = "Needs: a wallet on this device. No pin, and no server.\n\nExample:\n  larimar pin status"
)]
pub(super) struct Status {}

impl Status {
    pub(super) fn run(&self, session: &Session) -> Result<(), Failure> {
        let wallet = session.pins()?.read()?;
        let addresses = wallet.addresses(None);
        let used = addresses.iter().filter(|it| !it.is_unused()).count();
        let hidden = addresses.iter().filter(|it| it.hides_something()).count();
        let queued = wallet.queue().len();
        if session.json {
            return output::json(&json!({
                "server": wallet.server(),
                "access_key": &*wallet.access_key().hex(),
                "opens_with_pin": wallet.opens_with_pin(),
                "addresses": used,
                "hidden": hidden,
                "unused": wallet.reserve(),
                "queued": queued,
            }));
        }
        output::line(&format!("server {}", wallet.server().unwrap_or("none")))?;
        output::line(&format!("access_key {}", &*wallet.access_key().hex()))?;
        let by = match wallet.opens_with_pin() {
            true => "the pin, or the keyphrase",
            false => "the keyphrase; the pin after larimar pin access",
        };
        output::line(&format!("opens_with {by}"))?;
        let used = match hidden {
            0 => used.to_string(),
            _ => format!("[{used}]"),
        };
        output::line(&format!("addresses {used}"))?;
        output::line(&format!("unused {}", wallet.reserve()))?;
        output::line(&format!("queued {queued}"))?;
        if hidden > 0 {
            session.say("The number stands in [ ] because part of it is encrypted, and it may not be the whole: larimar pin list --unlock shows it.");
        }
        say_queued(session, queued);
        Ok(())
    }
}
