//! Killed at any moment: what was answered is there, and what was not is there wholly or not at all.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::house::{House, NAME, Server, name};
use super::person::{Person, hash};

const KILLS: u64 = 15;
const CALLERS: u64 = 6;

/// Numbers of nobody else's, and dice that fall the same way each time.
static NUMBERS: AtomicU64 = AtomicU64::new(1);

struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// What one address has: a wallet of the person with this number and these bytes, or none.
#[derive(Clone, PartialEq, Debug)]
struct Wallet {
    number: u64,
    data: Vec<u8>,
}

/// A write that was begun, and what it makes of the wallet.
struct Begun {
    method: &'static str,
    params: Value,
    after: Option<Wallet>,
}

struct Caller {
    email: String,
    dice: Dice,
    /// As acknowledged.
    now: Option<Wallet>,
    begun: Option<Begun>,
    acknowledged: u64,
    retried: u64,
}

impl Caller {
    fn new(number: u64) -> Self {
        Self {
            email: format!("caller-{number}@example.org"),
            dice: Dice(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) + 1),
            now: None,
            begun: None,
            acknowledged: 0,
            retried: 0,
        }
    }

    /// Writes until there is no answer.
    fn work(&mut self, house: &House, server: &Server) {
        while let Some(begun) = self.next(house, server) {
            let answer = server.ask(begun.method, &begun.params);
            match answer {
                Some(Ok(_)) => {
                    self.now = begun.after;
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

    /// What to ask for next; `None` if the server is gone.
    fn next(&mut self, house: &House, server: &Server) -> Option<Begun> {
        let data = self.data();
        let Some(wallet) = self.now.clone() else {
            server
                .ask("requestCode", &json!([self.email]))?
                .expect("a mail");
            let fresh = self.fresh(data);
            let code = house.code(&self.email);
            let params = person(&fresh).create(&code, &fresh.data);
            return Some(Begun {
                method: "createWallet",
                params,
                after: Some(fresh),
            });
        };
        let owner = person(&wallet);
        let begun = match self.dice.below(10) {
            0 => Begun {
                method: "deleteWallet",
                params: owner.delete(NAME, &wallet.data),
                after: None,
            },
            1..=3 => {
                let moved = self.fresh(data);
                let params = owner.change(&person(&moved), &moved.data);
                Begun {
                    method: "changePassword",
                    params,
                    after: Some(moved),
                }
            }
            _ => Begun {
                method: "saveWallet",
                params: owner.save(&data),
                after: Some(Wallet {
                    number: wallet.number,
                    data,
                }),
            },
        };
        Some(begun)
    }

    fn fresh(&mut self, data: Vec<u8>) -> Wallet {
        Wallet {
            number: NUMBERS.fetch_add(1, Ordering::SeqCst),
            data,
        }
    }

    /// Bytes that nobody had before, of one to three chunks.
    fn data(&mut self) -> Vec<u8> {
        let most = [180_000, 3000][usize::from(self.dice.below(4) > 0)];
        let length = 16 + self.dice.below(most);
        let mut data = vec![self.dice.below(256) as u8; length as usize];
        data[..8].copy_from_slice(&NUMBERS.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        data
    }

    /// After the restart.
    fn check(&mut self, server: &Server) {
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
        let before = std::mem::replace(&mut self.now, begun.after);
        assert_is(server, &self.now, before.as_ref());
    }
}

fn person(wallet: &Wallet) -> Person {
    Person::number(wallet.number)
}

fn fetched(server: &Server, number: u64) -> Option<String> {
    let asked = json!([Person::number(number).key()]);
    match server.ask("fetchWallet", &asked).expect("an answer") {
        Ok(mut fetched) => {
            let data = fetched["encrypted_data"].take();
            Some(data.as_str().expect("a blob").to_owned())
        }
        Err(error) => {
            assert_eq!(name(&error), "WalletNotFound");
            None
        }
    }
}

fn is(server: &Server, wallet: &Wallet) -> bool {
    fetched(server, wallet.number) == Some(super::person::base64(&wallet.data))
}

/// That this is stored, and `not` under its own key.
fn assert_is(server: &Server, state: &Option<Wallet>, not: Option<&Wallet>) {
    if let Some(wallet) = state {
        let found = fetched(server, wallet.number).expect("the wallet that was acknowledged");
        assert!(
            found == super::person::base64(&wallet.data),
            "not what was acknowledged"
        );
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

/// Kills a server at some moment of its start.
fn kill_at_start(house: &House, after: Duration) {
    let mut child = house.spawn();
    let begun = Instant::now();
    while begun.elapsed() < after && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn every_acknowledged_write_survives_kills_at_any_moment() {
    let house = House::new();
    let mut dice = Dice(0xDEC0_DED1);
    let mut callers: Vec<Caller> = (1..=CALLERS).map(Caller::new).collect();
    for round in 0..KILLS {
        if round % 3 == 0 {
            kill_at_start(&house, Duration::from_millis(dice.below(300)));
        }
        let server = house.start();
        std::thread::scope(|threads| {
            for caller in &mut callers {
                threads.spawn(|| caller.check(&server));
            }
        });
        let life = Duration::from_millis(50 + dice.below(800));
        std::thread::scope(|threads| {
            let working: Vec<_> = callers
                .iter_mut()
                .map(|caller| threads.spawn(|| caller.work(&house, &server)))
                .collect();
            std::thread::sleep(life);
            server.signal("KILL");
            for caller in working {
                caller.join().expect("no write was refused");
            }
        });
    }
    let server = house.start();
    for caller in &mut callers {
        caller.check(&server);
    }
    let acknowledged: u64 = callers.iter().map(|caller| caller.acknowledged).sum();
    let retried: u64 = callers.iter().map(|caller| caller.retried).sum();
    assert!(
        acknowledged > KILLS * CALLERS,
        "{acknowledged} writes were acknowledged"
    );
    assert!(retried > KILLS, "{retried} were cut off");
    let wallets = callers.iter().filter(|caller| caller.now.is_some()).count();
    server.stop();
    let said = house.start().said();
    assert!(said.contains(&format!("{wallets} wallets")), "{said}");
}

#[test]
fn a_first_start_that_is_killed_leaves_nothing_in_the_way() {
    for after in [0, 5, 10, 20, 30, 50, 80] {
        let house = House::new();
        kill_at_start(&house, Duration::from_millis(after));
        let server = house.start();
        server.create(&house, &Person::number(1), "first@example.org", b"first");
        server.stop();
    }
}
