//! Random sequences of calls, of which each has to be answered by the server as by the model.

mod looking;
mod step;

use larimar::clock::Time;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};
use serde_json::{Value, json};

use super::hand::{Person, hash, person, sealed, with};
use super::harness::{BEGINNING, Larimard};
use super::model::{Answer, Bytes, Key, Model};
use super::refusal::Refusal;
use step::{Blob, Code, KEYS, Original, Step, Who, steps};

/// A call as it is sent, and as the model is asked.
#[derive(Debug, Clone)]
enum Call {
    Create {
        code: Option<usize>,
        key: Key,
        data: Bytes,
        replace: bool,
    },
    Save {
        key: Key,
        data: Bytes,
        original: Option<Bytes>,
    },
    Change {
        old: Key,
        new: Key,
        data: Bytes,
        bound: bool,
        original: Option<Bytes>,
    },
    Delete {
        key: Key,
        data: Bytes,
        name: usize,
    },
}

struct Compared {
    server: Larimard,
    model: Model,
    people: Vec<Person>,
    codes: Vec<String>,
    calls: Vec<Call>,
}

impl Compared {
    async fn new() -> Self {
        Self {
            server: Larimard::start().await,
            model: Model::beginning(BEGINNING.0),
            people: (0..KEYS).map(|key| person(key + 1)).collect(),
            codes: Vec::new(),
            calls: Vec::new(),
        }
    }

    fn key(&self, who: Who) -> Key {
        let live: Vec<Key> = self.model.wallets.keys().copied().collect();
        match who.checked_sub(KEYS) {
            None => who,
            Some(nth) if live.is_empty() => nth,
            Some(nth) => live[usize::from(nth) % live.len()],
        }
    }

    async fn code(&mut self, code: &Code) -> Result<Option<usize>, String> {
        match code {
            Code::Fresh(email) => {
                self.request_code(*email).await?;
                Ok(Some(self.codes.len() - 1))
            }
            Code::Earlier(ago) => Ok(self.codes.len().checked_sub(1 + usize::from(*ago))),
            Code::Invented => Ok(None),
        }
    }

    async fn request_code(&mut self, email: u8) -> Result<(), String> {
        let address = format!("address-{email}@example.com");
        let sent = self.server.ok("requestCode", json!([address])).await;
        same(
            "requestCode",
            sent,
            json!({"expires_in": 1800, "retry_after": 0}),
        )?;
        self.codes
            .push(self.server.mailed(&address).expect("a mail"));
        self.model.request_code(email);
        same("codes", self.model.code_count(), self.codes.len())
    }

    fn bytes(&self, blob: &Blob, key: Key) -> Bytes {
        let form = |other: bool| if other { "other" } else { "one" };
        let current = |key| {
            self.model
                .wallets
                .get(&key)
                .map(|wallet| wallet.current().clone())
        };
        match *blob {
            Blob::Opaque(number) => format!("opaque {number}").into_bytes(),
            Blob::Sealed(revision, other) => sealed(revision.into(), form(other)),
            Blob::Above(above, other) => {
                let stored = current(key).and_then(|data| super::model::revision(&data));
                sealed((stored.unwrap_or(0) + above).max(1), form(other))
            }
            Blob::Current(who) => current(self.key(who)).unwrap_or_else(|| b"nothing".to_vec()),
        }
    }

    fn original(&self, original: &Original, key: Key) -> Option<Bytes> {
        match original {
            Original::Unsaid => None,
            Original::Current => Some(self.bytes(&Blob::Current(key), key)),
            Original::Of(blob) => Some(self.bytes(blob, key)),
        }
    }

    async fn step(&mut self, step: &Step) -> Result<(), String> {
        let call = match step {
            Step::RequestCode(email) => return self.request_code(*email).await,
            Step::Wait(seconds) => {
                self.model.now += seconds * 1000;
                self.server.clock.set(Time(self.model.now));
                return Ok(());
            }
            Step::Fetch { key, known } => {
                let key = self.key(*key);
                return self.fetch(key, self.original(known, key)).await;
            }
            Step::FetchVersion { key, blob } => {
                let key = self.key(*key);
                return self.version(key, self.bytes(blob, key)).await;
            }
            Step::Again(ago) => match self.calls.iter().rev().nth((*ago).into()) {
                Some(call) => call.clone(),
                None => return Ok(()),
            },
            Step::Create {
                code,
                key,
                blob,
                replace,
            } => Call::Create {
                code: self.code(code).await?,
                key: *key,
                data: self.bytes(blob, *key),
                replace: *replace,
            },
            Step::Save {
                key,
                blob,
                original,
            } => {
                let key = self.key(*key);
                let original = self.original(original, key);
                Call::Save {
                    key,
                    data: self.bytes(blob, key),
                    original,
                }
            }
            Step::Change {
                old,
                new,
                blob,
                bound,
                original,
            } => {
                let (old, new) = (self.key(*old), self.key(*new));
                let original = self.original(original, old);
                Call::Change {
                    old,
                    new,
                    data: self.bytes(blob, old),
                    bound: *bound,
                    original,
                }
            }
            Step::Delete { key, blob, name } => {
                let key = self.key(*key);
                Call::Delete {
                    key,
                    data: self.bytes(blob, key),
                    name: *name,
                }
            }
        };
        self.calls.push(call.clone());
        self.call(&call).await
    }

    async fn call(&mut self, call: &Call) -> Result<(), String> {
        let who = |key: Key| &self.people[usize::from(key)];
        let said = |original: &Option<Bytes>| {
            original
                .as_ref()
                .map_or(Value::Null, |data| hash(data).into())
        };
        let (method, params, signer, expected) = match call {
            Call::Create {
                code,
                key,
                data,
                replace,
            } => {
                let text = code.map_or("0000-0000-0000-0000", |code| &self.codes[code]);
                let params = with(who(*key).create(text, data), "replace", *replace);
                (
                    "createWallet",
                    params,
                    *key,
                    self.model.create(*code, *key, data, *replace),
                )
            }
            Call::Save {
                key,
                data,
                original,
            } => {
                let params = with(who(*key).save(data), "original_local_hash", said(original));
                (
                    "saveWallet",
                    params,
                    *key,
                    self.model.save(*key, data, original.as_ref()),
                )
            }
            Call::Change {
                old,
                new,
                data,
                bound,
                original,
            } => {
                let params = match bound {
                    true => who(*old).change(who(*new), data),
                    false => who(*old).change_plainly(who(*new), data),
                };
                let params = with(params, "original_local_hash", said(original));
                let expected = self
                    .model
                    .change(*old, *new, data, *bound, original.as_ref());
                ("changePassword", params, *old, expected)
            }
            Call::Delete { key, data, name } => {
                let signature = who(*key).delete_signature(super::harness::NAMES[*name], data);
                let params = json!({"local_hash": hash(data), "signature": signature});
                ("deleteWallet", params, *key, self.model.delete(*key, data))
            }
        };
        let given = self.server.call(method, params).await;
        self.compare(method, signer, given, &expected)
    }

    fn compare(
        &self,
        method: &str,
        signer: Key,
        given: Result<Value, Refusal>,
        expected: &Answer,
    ) -> Result<(), String> {
        let time = |moment: i64| Time(moment).to_string();
        let key = |key: Key| self.people[usize::from(key)].key();
        let expected = match expected {
            Answer::Stored {
                key: stored,
                data,
                created,
                updated,
            } => {
                let mut result = json!({"publickey": key(*stored), "local_hash": hash(data), "updated": time(*updated)});
                if method == "createWallet" {
                    result["created"] = time(*created).into();
                }
                Ok(result)
            }
            Answer::Deleted => Ok(json!({"deleted": true})),
            Answer::WalletNotFound(was) => {
                let mut data = json!({"name": "WalletNotFound", "publickey": key(signer)});
                if let Some((was, since)) = was {
                    data["was"] = (*was).into();
                    data["since"] = time(*since).into();
                }
                Err(data)
            }
            Answer::Conflict { data, updated } => {
                let mut conflict = json!({"name": "Conflict", "local_hash": hash(data), "updated": time(*updated)});
                if let Some(revision) = super::model::revision(data) {
                    conflict["revision"] = revision.into();
                }
                Err(conflict)
            }
            Answer::Stale(Some(revision)) => Err(json!({"name": "Stale", "revision": revision})),
            Answer::Stale(None) => Err(json!({"name": "Stale"})),
            Answer::Error("InvalidData") => {
                Err(json!({"name": "InvalidData", "param": "encrypted_data"}))
            }
            Answer::Error(name) => Err(json!({"name": name})),
        };
        let given = given.map_err(|refusal| {
            let mut data = refusal.data;
            // other digests recover other keys
            if data["publickey"]
                .as_array()
                .is_some_and(|keys| keys.contains(&key(signer).into()))
            {
                data["publickey"] = key(signer).into();
            }
            data
        });
        same(method, given, expected)
    }

    async fn run(steps: &[Step]) -> Result<(), String> {
        let mut compared = Self::new().await;
        for (number, step) in steps.iter().enumerate() {
            let all = async {
                compared.step(step).await?;
                compared.everything().await
            };
            all.await
                .map_err(|difference| format!("at step {number}, {step:?}: {difference}"))?;
        }
        compared.server.restart().await;
        let after = compared.everything().await;
        after.map_err(|difference| format!("after a restart: {difference}"))
    }
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, given: T, expected: T) -> Result<(), String> {
    if given == expected {
        return Ok(());
    }
    Err(format!(
        "{what}\n    server {given:?}\n    model  {expected:?}"
    ))
}

/// `PROPTEST_CASES` sets how many sequences are tried.
#[test]
fn any_sequence_of_calls_is_answered_as_the_protocol_says() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    let config = Config {
        cases: cases.unwrap_or(40),
        max_shrink_iters: 300,
        failure_persistence: None,
        ..Config::default()
    };
    let sequences = prop::collection::vec(steps(), 10..60);
    let tried = TestRunner::new(config).run(&sequences, |steps| {
        runtime
            .block_on(Compared::run(&steps))
            .map_err(TestCaseError::fail)
    });
    match tried {
        Ok(()) => {}
        Err(TestError::Fail(difference, steps)) => {
            let steps: Vec<String> = steps.iter().map(|step| format!("  {step:?}")).collect();
            panic!("{difference}\n{}", steps.join("\n"));
        }
        Err(other) => panic!("{other}"),
    }
}
