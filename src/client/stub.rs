//! A server for tests that answers whatever the test wants: also what no honest server would.

use std::sync::{Arc, Mutex};

use jsonrpsee::RpcModule;
use jsonrpsee::server::{Server, ServerHandle, SubscriptionMessage};
use jsonrpsee::types::ErrorObjectOwned;
use serde_json::Value;

use super::{Client, Keys, Secret, Wallet};
use crate::protocol::Fault;
use crate::protocol::methods::NAMES;

type Calls = Arc<Mutex<Vec<(String, Value)>>>;

pub(super) struct Stub {
    pub(super) url: String,
    calls: Calls,
    handle: ServerHandle,
}

impl Stub {
    /// Answers every method with what `answer` returns for its name and parameters.
    pub(super) async fn answering(
        answer: impl Fn(&str, &Value) -> Result<Value, Fault> + Send + Sync + 'static,
    ) -> Self {
        let calls = Calls::default();
        let mut module = RpcModule::new((Arc::clone(&calls), answer));
        for &name in NAMES {
            if name.contains("subscribe") {
                continue;
            }
            module
                .register_method(name, move |params, (calls, answer), _| {
                    let params: Value = params.parse().expect("parameters");
                    calls
                        .lock()
                        .expect("calls")
                        .push((name.to_owned(), params.clone()));
                    answer(name, &params).map_err(ErrorObjectOwned::from)
                })
                .expect("registered");
        }
        Self::serve(module, calls).await
    }

    /// Sends these notifications to whoever subscribes, and then closes the subscription.
    pub(super) async fn notifying(changes: Vec<Value>) -> Self {
        let mut module = RpcModule::new(changes);
        module
            .register_subscription(
                "subscribeWallet",
                "walletChanged",
                "unsubscribeWallet",
                |_, pending, changes, _| async move {
                    let sink = pending.accept().await.expect("accepted");
                    for change in changes.iter() {
                        let text = serde_json::value::to_raw_value(change).expect("JSON");
                        let sent = sink.send(SubscriptionMessage::from(text)).await;
                        sent.expect("sent");
                    }
                },
            )
            .expect("registered");
        Self::serve(module, Calls::default()).await
    }

    async fn serve<C: Send + Sync + 'static>(module: RpcModule<C>, calls: Calls) -> Self {
        let server = Server::builder().build("127.0.0.1:0").await.expect("bound");
        let address = server.local_addr().expect("an address");
        Self {
            url: format!("http://{address}"),
            calls,
            handle: server.start(module),
        }
    }

    /// What it was asked, in order.
    pub(super) fn calls(&self) -> Vec<(String, Value)> {
        self.calls.lock().expect("calls").clone()
    }

    pub(super) fn client(&self) -> Client {
        Client::connect(&self.url).expect("a client")
    }

    pub(super) fn wallet(&self) -> Wallet {
        Wallet::new(self.client(), keys(1))
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        let _ = self.handle.stop();
    }
}

/// Keys without scrypt.
pub(super) fn keys(seed: u8) -> Keys {
    Keys::from_seed(&Secret::new([seed; 32]))
}
