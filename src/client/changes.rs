//! Changes of a wallet as they happen, over WebSocket.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use jsonrpsee::core::client::{Subscription, SubscriptionClientT, SubscriptionCloseReason};
use jsonrpsee::ws_client::{PingConfig, WsClient, WsClientBuilder};

use super::connection::{Client, MOST_BYTES, Params};
use super::error::ClientError;
use crate::crypto::PublicKey;
use crate::protocol::methods::{
    Event, Method, SubscribeWallet, SubscribeWalletParams, WalletChanged,
};

/// The changes of one wallet: a stream that ends after `moved` and `deleted`, and after an error.
pub struct Changes {
    server: String,
    subscription: Subscription<WalletChanged>,
    ended: bool,
    // the connection lives as long as somebody holds this
    _connection: WsClient,
}

impl Client {
    /// Tells of every change of the wallet from now on, over a WebSocket of its own.
    ///
    /// What changed is not told: [`Wallet::fetch`](super::Wallet::fetch) gets it.
    ///
    /// ```no_run
    /// # async fn example(client: larimar::client::Client, key: larimar::client::PublicKey)
    /// # -> Result<(), larimar::client::ClientError> {
    /// let mut changes = client.subscribe(&key).await?;
    /// while let Some(change) = changes.next().await {
    ///     println!("{:?}", change?.event);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// `WalletNotFound`, `RateLimited`, and those of the way to the server.
    pub async fn subscribe(&self, publickey: &PublicKey) -> Result<Changes, ClientError> {
        let failed = |error| ClientError::from_call(self.server_name(), error);
        let connection = WsClientBuilder::new()
            .connection_timeout(self.options.connect_timeout)
            .request_timeout(self.options.request_timeout)
            .max_request_size(MOST_BYTES)
            .max_response_size(MOST_BYTES)
            // the number of attempts: a redirection could lead out of TLS
            .max_redirections(1)
            // so that a connection that is gone without a word ends the stream
            .enable_ws_ping(PingConfig::new().ping_interval(Duration::from_secs(30)))
            .build(self.address.websocket())
            .await
            .map_err(failed)?;
        let params = SubscribeWalletParams {
            publickey: publickey.to_string(),
        };
        let params = serde_json::value::to_raw_value(&params)
            .map_err(jsonrpsee::core::client::Error::from)
            .map_err(failed)?;
        let subscription = connection
            .subscribe(SubscribeWallet::NAME, Params(params), "unsubscribeWallet")
            .await
            .map_err(failed)?;
        Ok(Changes {
            server: self.server_name().to_owned(),
            subscription,
            ended: false,
            _connection: connection,
        })
    }
}

impl Changes {
    /// The next change; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<WalletChanged, ClientError>> {
        StreamExt::next(self).await
    }
}

impl Stream for Changes {
    type Item = Result<WalletChanged, ClientError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let item = match ready!(self.subscription.poll_next_unpin(context)) {
            Some(Ok(change)) => {
                self.ended = change.event != Event::Saved;
                Ok(change)
            }
            Some(Err(error)) => {
                self.ended = true;
                Err(ClientError::Unreadable {
                    server: self.server.clone(),
                    cause: error.to_string(),
                })
            }
            None => {
                self.ended = true;
                let server = self.server.clone();
                Err(match self.subscription.close_reason() {
                    Some(SubscriptionCloseReason::Lagged) => ClientError::Lagged { server },
                    _ => ClientError::Transport {
                        server,
                        cause: "the subscription's connection was closed".to_owned(),
                    },
                })
            }
        };
        Poll::Ready(Some(item))
    }
}

impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes")
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::client::stub::{Stub, keys};

    const WHEN: &str = "2026-11-22T01:50:16.123Z";

    #[tokio::test]
    async fn changes_arrive_until_the_wallet_is_gone() {
        let saved = json!({"event": "saved", "local_hash": "00", "updated": WHEN});
        let moved = json!({"event": "moved", "updated": WHEN});
        let stub = Stub::notifying(vec![saved.clone(), moved, saved]).await;
        let changes = stub.client().subscribe(&keys(1).public_key).await;
        let events: Vec<_> = changes
            .expect("subscribed")
            .map(|change| change.expect("a change").event)
            .collect()
            .await;
        assert_eq!(events, [Event::Saved, Event::Moved]);
    }

    #[tokio::test]
    async fn a_connection_that_breaks_is_an_error_and_the_end() {
        let saved = json!({"event": "saved", "local_hash": "00", "updated": WHEN});
        let stub = Stub::notifying(vec![saved]).await;
        let changes = stub.client().subscribe(&keys(1).public_key).await;
        let mut changes = changes.expect("subscribed");
        assert!(changes.next().await.expect("one").is_ok());
        drop(stub);
        let error = changes.next().await.expect("an end").expect_err("broken");
        assert_eq!(error.name(), "Transport");
        assert!(changes.next().await.is_none());
    }
}
