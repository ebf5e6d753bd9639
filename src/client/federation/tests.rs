//! The strategy on servers that are models, in time that does not pass.

mod cases;
mod forks;
mod model;
mod passwords;
mod review;
mod schedules;
mod words;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use model::{LIARS, Model, Nature};

use super::*;
use crate::crypto::Secret;

fn keys(seed: u8) -> Keys {
    Keys::from_seed(&Secret::new([seed; 32]))
}

/// A device: what it has written down outlives what it is doing.
struct Device {
    servers: Vec<Model>,
    quorum: usize,
    disk: Arc<Mutex<Memory>>,
    federation: Federation<Model>,
}

impl Device {
    fn new(servers: &[Model], quorum: usize) -> Self {
        Self::on(servers, quorum, keys(1), Arc::default())
    }

    fn on(servers: &[Model], quorum: usize, keys: Keys, disk: Arc<Mutex<Memory>>) -> Self {
        let memory = disk.lock().expect("disk").clone();
        let text = serde_json::to_string(&memory).expect("JSON");
        let memory = serde_json::from_str(&text).expect("what was written");
        let all = Servers::with_quorum(servers.to_vec(), quorum).expect("servers");
        let file = Arc::clone(&disk);
        let keep = move |memory: &Memory| {
            *file.lock().expect("disk") = memory.clone();
            Ok(())
        };
        Self {
            servers: servers.to_vec(),
            quorum,
            disk,
            federation: Federation::new(all, keys, memory, Box::new(keep)).expect("a federation"),
        }
    }

    /// The same device after a new start.
    fn again(&self) -> Self {
        self.with(self.federation.keys.clone())
    }

    /// The same after a new start with another password.
    fn with(&self, keys: Keys) -> Self {
        Self::on(&self.servers, self.quorum, keys, Arc::clone(&self.disk))
    }

    async fn creates(&mut self, plaintext: &[u8]) -> Vec<Line> {
        let codes = self
            .servers
            .iter()
            .map(|one| (one.name().to_owned(), "code".to_owned()));
        let codes: BTreeMap<String, String> = codes.collect();
        self.federation
            .create(&codes, plaintext, false)
            .await
            .expect("created")
    }
}

fn three() -> Vec<Model> {
    (0..3).map(|index| Model::new(index, 7)).collect()
}

async fn saves(device: &mut Device, plaintext: &[u8]) -> Head {
    let base = device.federation.fetch().await.expect("fetched").base();
    let saved = device
        .federation
        .save(plaintext, &base)
        .await
        .expect("saved");
    saved.head
}

async fn holds(device: &mut Device) -> Vec<u8> {
    let fetched = device.federation.fetch().await.expect("fetched");
    fetched.content().expect("no fork").plaintext.to_vec()
}
