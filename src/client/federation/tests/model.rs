//! Servers that are a few lines: the rules of PROTOCOL.md, section 5.2, for sealed blobs, behind a network that loses things; and those that break the rules.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::words::{conflict, gone, new_of_a_liar, of_a_liar, refused, stale, transport};
use crate::client::error::ClientError;
use crate::client::federation::{Change, Keeper, Kept, Signed};
use crate::client::servers::Member;
use crate::crypto::{BlobHash, Form, Keys, PublicKey, Secret, Signature, seal};
use crate::protocol::{Fault, Name};

/// What a server is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    Honest,
    /// Cannot be told of a new password; honest otherwise.
    KeepsPassword,
    Down,
    /// Does what it is asked, and never answers.
    Hangs,
    /// What it says is no answer.
    Garbage,
    /// Has what it had first, and says yes to everything.
    Old,
    /// Refuses everything, with revisions and hashes that it makes up.
    LiesAboutRevisions,
    /// Has what somebody else sealed, with a high revision.
    OtherBlob,
    /// Says yes, and stores nothing.
    Forgets,
    /// Says that the wallet was deleted.
    SaysDeleted,
    /// Says that the password was changed.
    SaysMoved,
}

pub(super) const LIARS: [Nature; 7] = [
    Nature::SaysDeleted,
    Nature::SaysMoved,
    Nature::Old,
    Nature::LiesAboutRevisions,
    Nature::OtherBlob,
    Nature::Forgets,
    Nature::Hangs,
];

#[derive(Debug, Default)]
struct State {
    wallets: HashMap<PublicKey, Vec<u8>>,
    first: HashMap<PublicKey, Vec<u8>>,
    /// Of a key that was left: for which key, with which bytes.
    moved: HashMap<PublicKey, (PublicKey, BlobHash)>,
    /// Of a key that was left or deleted: its highest revision.
    retired: HashMap<PublicKey, u64>,
}

/// A server of a test.
#[derive(Debug, Clone)]
pub(super) struct Model {
    name: String,
    state: Arc<Mutex<State>>,
    nature: Arc<Mutex<Nature>>,
    /// Of a hundred requests, and of a hundred answers, so many get lost.
    loss: Arc<Mutex<u8>>,
    random: Arc<Mutex<fastrand::Rng>>,
}

impl Member for Model {
    fn name(&self) -> &str {
        &self.name
    }
}

fn revision(bytes: &[u8]) -> u64 {
    Form::of(bytes).ok().and_then(Form::revision).unwrap_or(0)
}

impl Model {
    pub(super) fn new(index: usize, seed: u64) -> Self {
        Self {
            name: format!("server-{index}"),
            state: Arc::default(),
            nature: Arc::new(Mutex::new(Nature::Honest)),
            loss: Arc::default(),
            random: Arc::new(Mutex::new(fastrand::Rng::with_seed(
                seed * 31 + index as u64,
            ))),
        }
    }

    pub(super) fn is(&self, nature: Nature) {
        *self.nature.lock().expect("nature") = nature;
    }

    pub(super) fn nature(&self) -> Nature {
        *self.nature.lock().expect("nature")
    }

    pub(super) fn loses(&self, percent: u8) {
        *self.loss.lock().expect("loss") = percent;
    }

    /// What it really has.
    pub(super) fn has(&self, key: &PublicKey) -> Option<Vec<u8>> {
        self.state.lock().expect("state").wallets.get(key).cloned()
    }

    /// It has this, whatever it had.
    pub(super) fn put(&self, key: &PublicKey, bytes: Option<Vec<u8>>) {
        let mut state = self.state.lock().expect("state");
        match bytes {
            Some(bytes) => state.wallets.insert(*key, bytes),
            None => state.wallets.remove(key),
        };
    }

    /// Its store was lost, with all that it knew of keys that were left.
    pub(super) fn begins_anew(&self) {
        *self.state.lock().expect("state") = State::default();
    }

    /// The way there and back, and what the server is like on it.
    async fn call<T>(
        self,
        what_honest_do: impl FnOnce(&mut State, &str) -> Result<T, ClientError> + Send,
        what_others_say: impl FnOnce(&State, Nature, &str) -> Result<T, ClientError> + Send,
    ) -> Result<T, ClientError> {
        let (there, back, lost, answer_lost) = {
            let mut random = self.random.lock().expect("random");
            let loss = *self.loss.lock().expect("loss");
            let mut delay =
                || Duration::from_millis(random.u64(1..if loss == 0 { 50 } else { 3000 }));
            let (there, back) = (delay(), delay());
            (
                there,
                back,
                random.u8(0..100) < loss,
                random.u8(0..100) < loss,
            )
        };
        tokio::time::sleep(there).await;
        let nature = self.nature();
        if lost || nature == Nature::Down {
            return Err(transport(&self.name));
        }
        let answer = {
            let mut state = self.state.lock().expect("state");
            match nature {
                Nature::Honest | Nature::KeepsPassword | Nature::Hangs => {
                    what_honest_do(&mut state, &self.name)
                }
                Nature::Garbage => Err(ClientError::Unreadable {
                    server: self.name.clone(),
                    cause: "<html>".into(),
                }),
                liar => what_others_say(&state, liar, &self.name),
            }
        };
        if nature == Nature::Hangs {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(back).await;
        match answer_lost {
            true => Err(transport(&self.name)),
            false => answer,
        }
    }
}

fn not_found(state: &State, server: &str, key: &PublicKey) -> ClientError {
    match (
        state.moved.contains_key(key),
        state.retired.contains_key(key),
    ) {
        (true, _) => gone(server, "moved"),
        (_, true) => gone(server, "deleted"),
        _ => refused(server, Fault::new(Name::WalletNotFound)),
    }
}

/// The checks of a blob that is to take the place of another.
fn follows(
    server: &str,
    stored: &[u8],
    blob: &Signed,
    original: Option<BlobHash>,
) -> Result<(), ClientError> {
    let (hash, of_stored) = (BlobHash::of(stored), revision(stored));
    let other = original.is_some_and(|original| original != hash);
    match other || blob.head().revision <= of_stored {
        true => Err(conflict(server, hash, of_stored)),
        false => no_leap(server, blob, of_stored),
    }
}

fn no_leap(server: &str, blob: &Signed, known: u64) -> Result<(), ClientError> {
    match blob.head().revision > known + (1 << 40) {
        true => Err(refused(server, Fault::new(Name::InvalidData))),
        false => Ok(()),
    }
}

impl Keeper for Model {
    async fn fetch(self, key: PublicKey) -> Result<Kept, ClientError> {
        let kept = |bytes: &Vec<u8>, updated: &str| Kept {
            bytes: bytes.clone(),
            updated: updated.into(),
        };
        self.call(
            move |state, name| match state.wallets.get(&key) {
                Some(bytes) => Ok(kept(bytes, "2026-01-01T00:00:00.000Z")),
                None => Err(not_found(state, name, &key)),
            },
            move |state, nature, name| match nature {
                Nature::OtherBlob => {
                    let thief = Keys::from_seed(&Secret::new([66; 32]));
                    let bytes = seal(&thief, 1 << 40, b"not yours").expect("sealed");
                    Ok(kept(&bytes, "2099-01-01T00:00:00.000Z"))
                }
                Nature::SaysDeleted => Err(gone(name, "deleted")),
                Nature::SaysMoved => Err(gone(name, "moved")),
                _ => match state.first.get(&key) {
                    Some(bytes) => Ok(kept(bytes, "2099-01-01T00:00:00.000Z")),
                    None => Err(not_found(state, name, &key)),
                },
            },
        )
        .await
    }

    async fn save(self, blob: Arc<Signed>, original: Option<BlobHash>) -> Result<(), ClientError> {
        self.call(
            move |state, name| {
                let key = *blob.public_key();
                let Some(stored) = state.wallets.get(&key) else {
                    return Err(not_found(state, name, &key));
                };
                if stored == blob.bytes() {
                    return Ok(());
                }
                follows(name, stored, &blob, original)?;
                state.wallets.insert(key, blob.bytes().to_vec());
                Ok(())
            },
            |_, nature, name| of_a_liar(nature, name),
        )
        .await
    }

    async fn create(self, code: String, blob: Arc<Signed>, _: bool) -> Result<(), ClientError> {
        self.call(
            move |state, name| {
                let key = *blob.public_key();
                let refuse = |name_of_error| Err(refused(name, Fault::new(name_of_error)));
                match state.wallets.get(&key) {
                    Some(stored) if stored == blob.bytes() => return Ok(()),
                    Some(_) => return refuse(Name::WalletExists),
                    None if code != "code" => return refuse(Name::InvalidCode),
                    None if state.moved.contains_key(&key) => return refuse(Name::KeyRetired),
                    None => {}
                }
                let retired = state.retired.get(&key).copied();
                if let Some(revision) = retired.filter(|it| blob.head().revision <= *it) {
                    return Err(stale(name, revision));
                }
                no_leap(name, &blob, retired.unwrap_or(0))?;
                state.first.insert(key, blob.bytes().to_vec());
                state.wallets.insert(key, blob.bytes().to_vec());
                Ok(())
            },
            |_, nature, name| new_of_a_liar(nature, name),
        )
        .await
    }

    async fn change_password(
        self,
        change: Arc<Change>,
        original: Option<BlobHash>,
    ) -> Result<(), ClientError> {
        if self.nature() == Nature::KeepsPassword {
            return Err(transport(&self.name));
        }
        self.call(
            move |state, name| {
                let (from, to) = (change.from, *change.to.public_key());
                let hash = change.to.head().local_hash;
                if state.moved.get(&from) == Some(&(to, hash)) {
                    let is_there = state
                        .wallets
                        .get(&to)
                        .is_some_and(|b| BlobHash::of(b) == hash);
                    return match is_there {
                        true => Ok(()),
                        false => Err(refused(name, Fault::new(Name::Stale))),
                    };
                }
                let Some(stored) = state.wallets.get(&from).cloned() else {
                    return Err(not_found(state, name, &from));
                };
                if state.wallets.contains_key(&to) {
                    return Err(refused(name, Fault::new(Name::WalletExists)));
                }
                if state
                    .moved
                    .get(&to)
                    .is_some_and(|(where_to, _)| *where_to != from)
                {
                    return Err(refused(name, Fault::new(Name::KeyRetired)));
                }
                if let Some(revision) = state.retired.get(&to)
                    && change.to.head().revision <= *revision
                {
                    return Err(stale(name, *revision));
                }
                follows(name, &stored, &change.to, original)?;
                state.wallets.remove(&from);
                state.moved.remove(&to);
                state.moved.insert(from, (to, hash));
                state.retired.insert(from, revision(&stored));
                state.wallets.insert(to, change.to.bytes().to_vec());
                Ok(())
            },
            |_, nature, name| new_of_a_liar(nature, name),
        )
        .await
    }

    async fn delete(self, local_hash: BlobHash, signature: Signature) -> Result<(), ClientError> {
        self.call(
            move |state, name| {
                let digest = crate::crypto::delete_wallet_digest(name, &local_hash);
                let key = signature.recover(&digest).expect("a key");
                let Some(stored) = state.wallets.get(&key) else {
                    return Err(not_found(state, name, &key));
                };
                let (hash, revision) = (BlobHash::of(stored), revision(stored));
                if hash != local_hash {
                    return Err(conflict(name, hash, revision));
                }
                state.wallets.remove(&key);
                state.retired.insert(key, revision);
                Ok(())
            },
            |_, nature, name| of_a_liar(nature, name),
        )
        .await
    }
}
