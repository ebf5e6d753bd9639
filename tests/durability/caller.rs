//! Somebody who creates, saves, moves and deletes a wallet, and knows what was acknowledged.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use serde_json::{Value, json};

use super::house::{House, NAME, Server, name};
use super::person::{Person, base64, hash};

/// Numbers of nobody else's.
static NUMBERS: AtomicU64 = AtomicU64::new(1);

/// Dice that fall the same way each time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// What one address has: a wallet of the person with this number and these bytes, or none.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Wallet {
    pub(crate) number: u64,
    pub(crate) data: Vec<u8>,
}

/// A write that was begun, and what it makes of the wallet.
struct Begun {
    method: &'static str,
    params: Value,
    after: Option<Wallet>,
    when: Instant,
}

/// What was acknowledged, when it was asked for, and when the answer came.
pub(crate) struct Moment {
    pub(crate) wallet: Option<Wallet>,
    pub(crate) begun: Instant,
    pub(crate) answered: Instant,
}

pub(crate) struct Caller {
    email: String,
    dice: Dice,
    /// The longest blob.
    largest: u64,
    /// As acknowledged.
    pub(crate) now: Option<Wallet>,
    begun: Option<Begun>,
    /// The last key that a wallet left, and how.
    left: Option<(u64, &'static str)>,
    /// The last code that was spent.
    spent: Option<String>,
    pub(crate) history: Vec<Moment>,
    pub(crate) acknowledged: u64,
    pub(crate) retried: u64,
}

impl Caller {
    /// One whose blobs have at most so many bytes.
    pub(crate) fn new(number: u64, largest: u64) -> Self {
        Self {
            email: format!("caller-{number}@example.org"),
            dice: Dice(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) + 1),
            largest,
            now: None,
            begun: None,
            left: None,
            spent: None,
            history: Vec::new(),
            acknowledged: 0,
            retried: 0,
        }
    }

    /// Writes until there is no answer, or until it is enough.
    pub(crate) fn work(&mut self, house: &House, server: &Server, enough: &dyn Fn() -> bool) {
        while !enough() {
            let Some(begun) = self.next(house, server) else {
                return;
            };
            match server.ask(begun.method, &begun.params) {
                Some(Ok(_)) => {
                    self.done(begun);
                    self.acknowledged += 1;
                }
                Some(Err(error)) => panic!("{}: {error}", begun.method),
                None => {
                    self.begun = Some(begun);
                    return;
                }
            }
        }
    }

    fn done(&mut self, begun: Begun) {
        let before = self.now.as_ref().map(|wallet| wallet.number);
        match begun.method {
            "createWallet" => self.spent = begun.params["code"].as_str().map(str::to_owned),
            "changePassword" => self.left = before.map(|number| (number, "moved")),
            "deleteWallet" => self.left = before.map(|number| (number, "deleted")),
            _ => {}
        }
        self.now = begun.after;
        self.history.push(Moment {
            wallet: self.now.clone(),
            begun: begun.when,
            answered: Instant::now(),
        });
    }

    /// What to ask for next; `None` if the server is gone.
    fn next(&mut self, house: &House, server: &Server) -> Option<Begun> {
        let (method, params, after) = match self.now.clone() {
            None => {
                let answer = server.ask("requestCode", &json!([self.email]))?;
                answer.expect("a mail");
                // one byte only where no other wallet of this line can have had it
                let data = match self.dice.below(4) {
                    0 => vec![self.dice.below(256) as u8],
                    _ => self.data(),
                };
                let fresh = fresh(data);
                let params = person(&fresh).create(&house.code(&self.email), &fresh.data);
                ("createWallet", params, Some(fresh))
            }
            Some(wallet) => self.change(&wallet),
        };
        Some(Begun {
            method,
            params,
            after,
            when: Instant::now(),
        })
    }

    fn change(&mut self, wallet: &Wallet) -> (&'static str, Value, Option<Wallet>) {
        let (owner, data) = (person(wallet), self.data());
        match self.dice.below(10) {
            0 => ("deleteWallet", owner.delete(NAME, &wallet.data), None),
            1..=3 => {
                let moved = fresh(data);
                let params = owner.change(&person(&moved), &moved.data);
                ("changePassword", params, Some(moved))
            }
            _ => {
                let (number, params) = (wallet.number, owner.save(&data));
                ("saveWallet", params, Some(Wallet { number, data }))
            }
        }
    }

    /// Bytes that nobody had before: mostly few, sometimes many, now and then as many as may be.
    fn data(&mut self) -> Vec<u8> {
        let length = match self.dice.below(12) {
            0 => self.largest,
            1..=3 => 16 + self.dice.below(self.largest - 16),
            _ => 16 + self.dice.below(3000),
        };
        let mut data = vec![self.dice.below(256) as u8; length as usize];
        data[..8].copy_from_slice(&NUMBERS.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        data
    }

    /// After the restart: what was acknowledged is there, and what was not wholly or not at all.
    pub(crate) fn check(&mut self, server: &Server) {
        let Some(begun) = self.begun.take() else {
            return assert_is(server, &self.now, None);
        };
        let either = [&begun.after, &self.now];
        let there = either
            .into_iter()
            .flatten()
            .find(|wallet| is(server, wallet));
        let none = either.into_iter().any(Option::is_none);
        assert!(there.is_some() || none, "{} was half done", begun.method);
        let other = either
            .into_iter()
            .flatten()
            .find(|wallet| Some(*wallet) != there);
        assert_is(server, &there.cloned(), other);
        // the same bytes again: done now, or done before
        let again = server.ask(begun.method, &begun.params).expect("an answer");
        again.unwrap_or_else(|error| panic!("{} again: {error}", begun.method));
        self.retried += 1;
        let before = self.now.clone();
        self.done(begun);
        assert_is(server, &self.now, before.as_ref());
    }

    /// That address, code and the key that was left say the same as the wallet.
    pub(crate) fn check_around(&self, house: &House, server: &Server) {
        let stranger = || person(&fresh(Vec::new()));
        if self.now.is_some() {
            server.ok("requestCode", json!([self.email]));
            let params = stranger().create(&house.code(&self.email), b"another wallet");
            let refused = server.refused("createWallet", params);
            assert_eq!(name(&refused), "EmailInUse", "{refused}");
        }
        if let Some(code) = &self.spent {
            let refused = server.refused("createWallet", stranger().create(code, b"spent twice"));
            assert_eq!(name(&refused), "InvalidCode", "{refused}");
        }
        if let Some((number, how)) = self.left {
            let key = Person::number(number).key();
            let refused = server.refused("fetchWallet", json!([key]));
            assert_eq!(name(&refused), "WalletNotFound", "{refused}");
            assert_eq!(refused["data"]["was"], how, "{refused}");
        }
    }
}

fn fresh(data: Vec<u8>) -> Wallet {
    let number = NUMBERS.fetch_add(1, Ordering::SeqCst);
    Wallet { number, data }
}

fn person(wallet: &Wallet) -> Person {
    Person::number(wallet.number)
}

/// The blob of the person with this number, in base64.
pub(crate) fn fetched(server: &Server, number: u64) -> Option<String> {
    let asked = json!([Person::number(number).key()]);
    match server.ask("fetchWallet", &asked).expect("an answer") {
        Ok(mut fetched) => {
            let data = fetched["encrypted_data"].take();
            Some(data.as_str().expect("a blob").to_owned())
        }
        Err(error) => {
            assert_eq!(name(&error), "WalletNotFound", "{error}");
            None
        }
    }
}

/// Whether this wallet is stored, in this state.
pub(crate) fn is(server: &Server, wallet: &Wallet) -> bool {
    fetched(server, wallet.number) == Some(base64(&wallet.data))
}

/// That this is stored, and `not` under its own key.
fn assert_is(server: &Server, state: &Option<Wallet>, not: Option<&Wallet>) {
    if let Some(wallet) = state {
        let found = fetched(server, wallet.number).expect("the wallet that was acknowledged");
        assert!(found == base64(&wallet.data), "not what was acknowledged");
        let versions = server.ok("listVersions", json!([person(wallet).key()]));
        let newest = &versions["versions"][0];
        assert_eq!(
            (&newest["local_hash"], &newest["current"]),
            (&json!(hash(&wallet.data)), &json!(true))
        );
    }
    if let Some(other) = not.filter(|other| {
        state
            .as_ref()
            .is_none_or(|state| state.number != other.number)
    }) {
        assert_eq!(
            fetched(server, other.number),
            None,
            "neither here nor there, but both"
        );
    }
}

/// All of them check, at once.
pub(crate) fn check_all(callers: &mut [Caller], server: &Server) {
    std::thread::scope(|threads| {
        for caller in callers {
            threads.spawn(|| caller.check(server));
        }
    });
}

/// All of them work for a while; then the server is killed, and is gone.
pub(crate) fn work_until_killed(
    callers: &mut [Caller],
    house: &House,
    server: Server,
    life: std::time::Duration,
) {
    std::thread::scope(|threads| {
        let server = &server;
        let working: Vec<_> = callers
            .iter_mut()
            .map(|caller| threads.spawn(|| caller.work(house, server, &|| false)))
            .collect();
        std::thread::sleep(life);
        server.signal("KILL");
        for caller in working {
            caller.join().expect("no write was refused");
        }
    });
    server.kill();
}
