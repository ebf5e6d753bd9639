//! A WebSocket, frame by frame.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, client_async};

use super::refusal::Refusal;

const PATIENCE: Duration = Duration::from_secs(20);

/// A WebSocket to the server.
pub(crate) struct Socket {
    stream: WebSocketStream<TcpStream>,
    notified: VecDeque<Value>,
    calls: u64,
}

impl Socket {
    pub(crate) async fn open(address: SocketAddr) -> Self {
        let connection = TcpStream::connect(address).await.unwrap();
        let (stream, _) = client_async(format!("ws://{address}/"), connection)
            .await
            .unwrap();
        Self {
            stream,
            notified: VecDeque::new(),
            calls: 0,
        }
    }

    pub(crate) async fn send(&mut self, text: impl Into<String>) {
        let message = Message::text(text.into());
        self.stream.send(message).await.unwrap();
    }

    /// The next JSON that comes.
    pub(crate) async fn next(&mut self) -> Value {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.stream.next()).await;
            let message = message.expect("a message").expect("a socket").unwrap();
            if let Message::Text(text) = message {
                return serde_json::from_str(&text).unwrap();
            }
        }
    }

    pub(crate) async fn call(&mut self, method: &str, params: Value) -> Result<Value, Refusal> {
        self.calls += 1;
        let id = json!(format!("call {}", self.calls));
        let request = json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
        self.send(request.to_string()).await;
        loop {
            let answer = self.next().await;
            if answer.get("id").is_some() {
                return Refusal::or_result(&answer, &id);
            }
            self.notified.push_back(answer);
        }
    }

    pub(crate) async fn ok(&mut self, method: &str, params: Value) -> Value {
        self.call(method, params).await.unwrap()
    }

    /// The next notification: the number of its subscription, and what it brings.
    pub(crate) async fn change(&mut self) -> (Value, Value) {
        let notification = match self.notified.pop_front() {
            Some(notification) => notification,
            None => self.next().await,
        };
        assert_eq!(notification["method"], "walletChanged", "{notification}");
        assert!(notification.get("id").is_none(), "{notification}");
        let params = &notification["params"];
        (params["subscription"].clone(), params["result"].clone())
    }

    /// That nothing was told up to now: whatever was on its way stands before the answer to this call.
    pub(crate) async fn hears_nothing(&mut self) {
        self.ok("serverInfo", json!([])).await;
        assert_eq!(self.notified, VecDeque::<Value>::new());
    }
}
