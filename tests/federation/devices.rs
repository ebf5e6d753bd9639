//! Servers, each behind a wire, and devices that remember.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use larimar::client::{
    Client, Federation, Head, Keys, Line, Memory, Patience, Secret, Servers, Verdict,
};

use crate::house::{House, Server};
use crate::wire::End;

pub(crate) fn keys(seed: u8) -> Keys {
    Keys::from_seed(&Secret::new([seed; 32]))
}

/// A server, the folder that it runs in, and the wire to it.
pub(crate) struct Place {
    pub(crate) house: House,
    pub(crate) server: Server,
    pub(crate) end: End,
}

impl Place {
    pub(crate) fn new() -> Self {
        let end = End::new();
        let mut house = House::new();
        house.set(&format!("server.names=[\"{}\"]", end.name()));
        let server = house.start();
        end.leads_to(server.address);
        Self { house, server, end }
    }

    pub(crate) fn code(&self, email: &str) -> String {
        self.server.ok("requestCode", serde_json::json!([email]));
        self.house.code(email)
    }
}

pub(crate) fn places(count: usize) -> Vec<Place> {
    (0..count).map(|_| Place::new()).collect()
}

/// A device: what it has written down outlives what it is doing.
pub(crate) struct Device {
    pub(crate) federation: Federation<Client>,
    ends: Vec<End>,
    quorum: usize,
    disk: Arc<Mutex<String>>,
}

impl Device {
    pub(crate) fn at(ends: &[End], quorum: usize) -> Self {
        Self::with(ends, quorum, keys(1), Arc::default())
    }

    fn with(ends: &[End], quorum: usize, keys: Keys, disk: Arc<Mutex<String>>) -> Self {
        let clients = ends
            .iter()
            .map(|end| Client::connect(&end.url).unwrap())
            .collect();
        let patience = Patience {
            deadline: Duration::from_millis(2000),
            ..Patience::default()
        };
        let servers = Servers::with_quorum(clients, quorum)
            .unwrap()
            .patient(patience);
        let memory = serde_json::from_str(&disk.lock().unwrap()).unwrap_or_default();
        let file = Arc::clone(&disk);
        let keep = move |memory: &Memory| {
            *file.lock().unwrap() = serde_json::to_string(memory).unwrap();
            Ok(())
        };
        Self {
            federation: Federation::new(servers, keys, memory, Box::new(keep)).unwrap(),
            ends: ends.to_vec(),
            quorum,
            disk,
        }
    }

    /// The same device after a new start, with this password.
    pub(crate) fn again(&self, seed: u8) -> Self {
        Self::with(&self.ends, self.quorum, keys(seed), Arc::clone(&self.disk))
    }

    pub(crate) fn remembers(&self) -> String {
        self.disk.lock().unwrap().clone()
    }

    pub(crate) async fn creates(&mut self, codes: &BTreeMap<String, String>) {
        let created = self
            .federation
            .create(codes, b"first", false)
            .await
            .unwrap();
        let made = created
            .iter()
            .filter(|line| line.verdict == Verdict::Ok)
            .count();
        assert_eq!(made, codes.len(), "{created:#?}");
    }

    pub(crate) async fn saves(&mut self, plaintext: &[u8]) -> Head {
        let base = self.federation.fetch().await.unwrap().base();
        self.federation.save(plaintext, &base).await.unwrap().head
    }

    pub(crate) async fn holds(&mut self) -> Vec<u8> {
        let fetched = self.federation.fetch().await.unwrap();
        fetched.content().expect("no fork").plaintext.to_vec()
    }
}

pub(crate) fn ends(places: &[Place]) -> Vec<End> {
    places.iter().map(|place| place.end.clone()).collect()
}

/// A code for each server, as its mails bring them.
pub(crate) fn codes(places: &[Place]) -> BTreeMap<String, String> {
    let codes = places.iter().map(|place| {
        let code = place.code("alice@example.com");
        (place.end.name().to_owned(), code)
    });
    codes.collect()
}

pub(crate) fn verdicts(lines: &[Line]) -> Vec<Verdict> {
    lines.iter().map(|line| line.verdict).collect()
}

pub(crate) fn run<T>(doing: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(doing)
}
