//! Somebody who calls over HTTP.

use std::net::IpAddr;
use std::time::Duration;

use serde_json::{Value, json};

use super::refusal::Refusal;

pub(crate) fn client(from: Option<IpAddr>) -> reqwest::Client {
    reqwest::Client::builder()
        .local_address(from)
        .no_proxy()
        .timeout(Duration::from_secs(60))
        .build()
        .unwrap()
}

/// Somebody who calls.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) url: String,
    pub(crate) http: reqwest::Client,
    pub(crate) headers: Vec<(String, String)>,
}

impl Caller {
    /// The answer to this body, whatever it is: status and text.
    pub(crate) async fn post(&self, body: impl Into<reqwest::Body>) -> (u16, String) {
        let mut request = self
            .http
            .post(&self.url)
            .header("content-type", "application/json");
        for (header, value) in &self.headers {
            request = request.header(header, value);
        }
        let response = request.body(body).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    /// The JSON that answers this JSON.
    pub(crate) async fn json(&self, body: &Value) -> Value {
        let (status, text) = self.post(body.to_string()).await;
        assert_eq!(status, 200, "{text}");
        serde_json::from_str(&text).unwrap()
    }

    pub(crate) async fn call(&self, method: &str, params: Value) -> Result<Value, Refusal> {
        let request = json!({"jsonrpc": "2.0", "id": 7, "method": method, "params": params});
        let answer = self.json(&request).await;
        Refusal::or_result(&answer, &json!(7))
    }

    #[track_caller]
    pub(crate) fn ok(&self, method: &str, params: Value) -> impl Future<Output = Value> + use<> {
        let (caller, method) = (self.clone(), method.to_owned());
        let place = std::panic::Location::caller();
        async move {
            match caller.call(&method, params).await {
                Ok(result) => result,
                Err(refusal) => panic!("{place}: {method} was refused: {refusal:?}"),
            }
        }
    }

    #[track_caller]
    pub(crate) fn refused(
        &self,
        name: &'static str,
        method: &str,
        params: Value,
    ) -> impl Future<Output = Refusal> + use<> {
        let (caller, method) = (self.clone(), method.to_owned());
        let place = std::panic::Location::caller();
        async move {
            match caller.call(&method, params).await {
                Ok(result) => panic!("{place}: {method} is not {name} but {result}"),
                Err(refusal) => {
                    assert_eq!(refusal.name(), name, "{place}: {method}: {refusal:?}");
                    refusal
                }
            }
        }
    }
}
