//! The rules of wallets that open with a pin: the `wallet/*` methods (PROTOCOL.md, section 6; Wallet API Specification 1.0 Draft, *Server API*).
//!
//! One file a rule. Whoever guesses pins finds the count in `login` and the brake in `brake`; what is written about a wallet without its owner's keys, in
//! `vault`.

mod access;
mod add;
mod brake;
mod change_pin;
mod create;
mod delete;
mod download;
mod key_info;
mod lock;
mod login;
mod refusal;
mod registry;
mod vault;

use std::net::IpAddr;
use std::sync::Arc;

use tokio::sync::{Mutex, MutexGuard};

pub use key_info::{KeyInfo, Rejected};
pub use refusal::Refusal;
pub use registry::{Listed, PinName, access_digest, erase, find, page};

use crate::clock::{Clock, Time};
use crate::crypto::{AccessKey, PassKey, Secret, keyed_hash};
use crate::network::host;
use crate::store::{AccessDigest, Opening, PinWallet, Store, Transaction, decide};
use brake::Brake;
use vault::Vault;

/// So many wallets take turns at a time, each with those of its place.
const PLACES: usize = 256;
/// How long an opening makes an address known, in milliseconds: 30 days.
const KNOWN: i64 = 30 * 24 * 60 * 60 * 1000;
/// So many addresses are known of one wallet at most, the newest.
const OPENINGS: usize = 64;

/// What the operator decides: the settings `pins.*`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Characters of a pin that is made here.
    pub length: usize,
    /// The fewest characters of a pin that is chosen.
    pub min_length: usize,
    /// The most characters of a pin that is chosen.
    pub max_length: usize,
    /// So many wrong pins lock a wallet.
    pub attempts: u32,
    /// More wallets with a wrong pin in an hour are an attack.
    pub attack_per_hour: u32,
    /// The most address objects of a wallet.
    pub addresses: usize,
    /// The most bytes of JSON that they take together.
    pub bytes: usize,
    /// Whether pins may be chosen.
    pub change_allowed: bool,
    /// Whether there may be new wallets (`registration.mode`): they have no e-mail address by which to tell whose they are.
    pub create_allowed: bool,
}

/// The wallets of this server that open with a pin.
pub struct Pins {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    secret: Secret<32>,
    rules: Rules,
    brake: Brake,
    turns: Box<[Mutex<()>]>,
}

impl Pins {
    /// The wallets that are kept in this store.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        secret: Secret<32>,
        rules: Rules,
    ) -> Self {
        Self {
            store,
            clock,
            secret,
            rules,
            brake: Brake::new(rules.attack_per_hour),
            turns: (0..PLACES).map(|_| Mutex::default()).collect(),
        }
    }

    /// What the operator decided.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// By what the access log names the wallet with this key: made as for a public key (PROTOCOL.md, section 10).
    pub fn fingerprint(&self, access: &AccessKey) -> [u8; 8] {
        first(self.keyed(b"larimar/v1/log", access.expose()))
    }

    /// Whether so many pins are guessed that they are taken from known addresses only (`pins.attack_per_hour`).
    pub fn is_under_attack(&self) -> bool {
        self.brake.closed_for(self.now()).is_some()
    }

    fn digest(&self, access: &AccessKey) -> AccessDigest {
        access_digest(&self.secret, access)
    }

    /// By what a wallet remembers this caller.
    fn from(&self, ip: IpAddr) -> [u8; 8] {
        let address = host(ip).to_string();
        first(self.keyed(b"larimar/v1/opened", address.as_bytes()))
    }

    fn vault(&self) -> Vault {
        Vault::new(Secret::new(self.keyed(b"larimar/v1/vault", b"")))
    }

    fn keyed(&self, tag: &[u8], bytes: &[u8]) -> [u8; 32] {
        keyed_by(&self.secret, tag, bytes)
    }

    fn now(&self) -> Time {
        self.clock.now()
    }

    /// Waits until nobody else tries a pin of this wallet or changes what decides about one.
    async fn turn(&self, access: &AccessDigest) -> MutexGuard<'_, ()> {
        self.turns[usize::from(access.0[0]) % PLACES].lock().await
    }

    /// Asks a rule about the owner's wallet; what it changes is durable when this returns.
    async fn ask_owner<T: Send + 'static>(
        &self,
        access: AccessDigest,
        pass: &PassKey,
        rule: impl FnOnce(&mut dyn Transaction, PinWallet) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let pass = pass.clone();
        decide(&*self.store, move |transaction| {
            let wallet = found(transaction, &access)?;
            if !vault::is_of(&wallet, &pass) {
                return Err(Refusal::IncorrectPassKey);
            }
            rule(transaction, wallet)
        })
        .await
    }
}

fn keyed_by(secret: &Secret<32>, tag: &[u8], bytes: &[u8]) -> [u8; 32] {
    keyed_hash(secret.expose(), &[tag, bytes])
}

fn found(transaction: &dyn Transaction, access: &AccessDigest) -> Result<PinWallet, Refusal> {
    let wallet = transaction.pin_wallet(access)?;
    wallet.ok_or(Refusal::UnknownAccessKey)
}

/// The right pin, or the passKey: the count begins anew, and the caller's address is known.
fn open(wallet: &mut PinWallet, from: [u8; 8], now: Time) {
    wallet.attempts = 0;
    wallet.locked = false;
    wallet
        .opened
        .retain(|opening| opening.from != from && is_known(opening, now));
    wallet.opened.insert(0, Opening { from, at: now });
    wallet.opened.truncate(OPENINGS);
}

fn is_known(opening: &Opening, now: Time) -> bool {
    now.0.saturating_sub(opening.at.0) <= KNOWN
}

fn first(hash: [u8; 32]) -> [u8; 8] {
    let [a, b, c, d, e, f, g, h, ..] = hash;
    [a, b, c, d, e, f, g, h]
}
