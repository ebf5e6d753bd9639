//! A server that keeps what it is given, and fails when it is told to.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::client::connection::Client;
use crate::client::stub::Stub;
use crate::protocol::{Fault, Name};

/// What the server has of the one wallet, and how it behaves.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) cstore_key: Value,
    pub(super) objects: Vec<Value>,
    pub(super) most: Option<usize>,
    pub(super) rejects: Option<u64>,
    /// Adds, and says that it could not.
    pub(super) forgets_to_answer: bool,
    pub(super) lets_nobody_in: bool,
    /// Not tha8ec.
    pub(super) pin: Option<String>,
    /// Refuses this one.
    pub(super) refuses: Option<Value>,
}

pub(super) struct Server {
    stub: Stub,
    kept: Arc<Mutex<Kept>>,
}

impl Server {
    pub(super) async fn start() -> Self {
        let kept = Arc::new(Mutex::new(Kept::default()));
        let inner = Arc::clone(&kept);
        let stub = Stub::answering(move |name, params| {
            answer(&mut inner.lock().expect("kept"), name, params)
        });
        Self {
            stub: stub.await,
            kept,
        }
    }

    pub(super) fn client(&self) -> Client {
        self.stub.client()
    }

    pub(super) fn set(&self, change: impl FnOnce(&mut Kept)) {
        change(&mut self.kept.lock().expect("kept"));
    }

    pub(super) fn count(&self) -> usize {
        self.kept.lock().expect("kept").objects.len()
    }

    pub(super) fn named(&self, method: &str) -> usize {
        let calls = self.stub.calls();
        calls.iter().filter(|(name, _)| name == method).count()
    }
}

fn answer(kept: &mut Kept, name: &str, params: &Value) -> Result<Value, Fault> {
    match name {
        "wallet/create" => {
            kept.cstore_key = params["cstoreKey"].clone();
            Ok(json!({"pin": kept.pin.as_deref().unwrap_or("tha8ec")}))
        }
        "wallet/access" => Ok(json!({"pin": kept.pin.as_deref().unwrap_or("tha8ec")})),
        "wallet/login" if kept.lets_nobody_in => Err(Fault::new(Name::ServerError)),
        "wallet/login" if params["pin"] == "tha8ec" => Ok(json!({"cstoreKey": kept.cstore_key})),
        "wallet/login" => Err(Fault::new(Name::InvalidPin)),
        "wallet/download" => Ok(json!({"walletAddresses": kept.objects})),
        "wallet/add" => {
            let added = params["walletAddresses"].as_array().expect("objects");
            if let Some(index) = kept.rejects {
                return Err(Fault::new(Name::RejectData).with("index", index));
            }
            let refused = added
                .iter()
                .position(|it| Some(it) == kept.refuses.as_ref());
            if let Some(index) = refused {
                return Err(Fault::new(Name::RejectData).with("index", index));
            }
            let new = added.iter().filter(|it| !kept.objects.contains(it));
            let new: Vec<Value> = new.cloned().collect();
            if kept
                .most
                .is_some_and(|most| kept.objects.len() + new.len() > most)
            {
                return Err(Fault::new(Name::QuotaExceeded));
            }
            kept.objects.extend(new);
            if std::mem::take(&mut kept.forgets_to_answer) {
                return Err(Fault::new(Name::Internal));
            }
            Ok(json!({}))
        }
        _ => Ok(json!({})),
    }
}
