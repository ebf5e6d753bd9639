//! What stands before every method: who calls, whether that may be now, and what the access log says of it.
//!
//! Every entry of a batch goes the same way. A call that may change something runs in a task of its own, so that a caller who
//! hangs up does not cut it off half-way.

use std::borrow::Cow;
use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use futures_util::FutureExt;
use jsonrpsee::MethodResponse;
use jsonrpsee::core::middleware::{Batch, BatchEntry, Notification, Request, RpcServiceT};
use jsonrpsee::core::server::BatchResponseBuilder;
use jsonrpsee::types::{ErrorObjectOwned, Id};
use serde_json::value::to_raw_value;
use tokio_util::task::TaskTracker;

use super::access_log::{AccessLog, Line};
use super::sockets::Place;
use crate::clock::Clock;
use crate::network::text;
use crate::protocol::methods::{Effect, Limit, Method, SubscribeWallet, UnsubscribeWallet, known};
use crate::protocol::{Call, Fault, Name, Note, read};
use crate::wallet::limits::Limits;

/// Who is at the other end of a connection.
#[derive(Debug, Clone)]
pub(super) struct Peer {
    /// The caller's address.
    pub(super) ip: IpAddr,
    /// Whether it is a WebSocket.
    pub(super) is_websocket: bool,
    /// Whether anything of this request was logged.
    pub(super) logged: Arc<AtomicBool>,
    /// Its socket is counted as long as this lives: jsonrpsee keeps it with a WebSocket, which leaves hyper's hands.
    pub(super) _place: Arc<Place>,
}

/// What all connections share.
pub(super) struct Shared {
    pub(super) limits: Arc<Limits>,
    pub(super) log: Arc<AccessLog>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) tasks: TaskTracker,
    pub(super) largest_answer: usize,
    /// The beginning of every request number, another at each start.
    pub(super) epoch: u32,
    pub(super) requests: AtomicU64,
}

impl Shared {
    fn number(&self) -> String {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        format!("{:08x}-{number:08x}", self.epoch)
    }

    /// Logs a request that held no call.
    pub(super) fn log_no_call(
        self: &Arc<Self>,
        peer: &Peer,
        outcome: &'static str,
        bytes_in: usize,
        bytes_out: usize,
    ) {
        if !peer.logged.swap(true, Ordering::Relaxed) {
            Entry::new(self, peer, None, bytes_in).write(outcome, bytes_out);
        }
    }
}

/// A line of the access log in the making.
struct Entry {
    started: Instant,
    time: String,
    number: String,
    ip: IpAddr,
    method: Option<&'static str>,
    bytes_in: usize,
    note: Arc<Note>,
    shared: Arc<Shared>,
    written: bool,
}

impl Entry {
    fn new(
        shared: &Arc<Shared>,
        peer: &Peer,
        method: Option<&'static str>,
        bytes_in: usize,
    ) -> Self {
        peer.logged.store(true, Ordering::Relaxed);
        Self {
            started: Instant::now(),
            time: shared.clock.now().to_string(),
            number: shared.number(),
            ip: peer.ip,
            method,
            bytes_in,
            note: Arc::default(),
            shared: Arc::clone(shared),
            written: false,
        }
    }

    fn call(&self) -> Call {
        Call {
            ip: self.ip,
            request: self.number.clone(),
            note: Arc::clone(&self.note),
        }
    }

    fn write(mut self, outcome: &str, bytes_out: usize) {
        self.add(outcome, bytes_out);
    }

    fn add(&mut self, outcome: &str, bytes_out: usize) {
        self.written = true;
        self.shared.log.add(&Line {
            time: std::mem::take(&mut self.time),
            request: &self.number,
            ip: text(self.ip),
            method: self.method,
            wallet: self.note.wallet.get().map(String::as_str),
            outcome,
            bytes_in: self.bytes_in,
            bytes_out,
            micros: u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX),
        });
    }

    fn answered(self, answer: &MethodResponse) {
        let note = Arc::clone(&self.note);
        let outcome = match (note.outcome.get(), answer.as_error_code()) {
            (Some(outcome), _) => outcome,
            (None, None) => "ok",
            (None, Some(code)) => outcome_of(code),
        };
        self.write(outcome, answer.as_json().get().len());
    }
}

/// A caller who hangs up while a call only reads ends the call: that is logged, too.
impl Drop for Entry {
    fn drop(&mut self) {
        if !self.written {
            self.add("HungUp", 0);
        }
    }
}

/// What the log calls an error that jsonrpsee makes.
fn outcome_of(code: i32) -> &'static str {
    match code {
        -32700 => "ParseError",
        -32600 => "InvalidRequest",
        -32601 => "MethodNotFound",
        -32602 => "InvalidParams",
        -32006 => "TooManySubscriptions",
        -32007 => "RequestTooLarge",
        -32008 => "ResponseTooLarge",
        _ => "Internal",
    }
}

/// Stands before the methods of one request or WebSocket.
#[derive(Clone)]
pub(super) struct Front<S> {
    pub(super) inner: S,
    pub(super) shared: Arc<Shared>,
}

impl<S> Front<S>
where
    S: RpcServiceT<MethodResponse = MethodResponse> + Clone + Send + Sync + 'static,
{
    async fn answer(self, mut request: Request<'_>) -> MethodResponse {
        let Some(peer) = request.extensions.get::<Peer>().cloned() else {
            return refusal(request.id, Fault::new(Name::Internal));
        };
        let shared = &self.shared;
        let known = known(&request.method).filter(|(name, ..)| {
            peer.is_websocket
                || (*name != SubscribeWallet::NAME && *name != UnsubscribeWallet::NAME)
        });
        let entry = Entry::new(
            shared,
            &peer,
            known.map(|(name, ..)| name),
            length(&request),
        );
        let Some((name, limit, effect)) = known else {
            let answer = method_not_found(request.id);
            entry.answered(&answer);
            return answer;
        };
        let admitted = match limit {
            Limit::Free => Ok(()),
            Limit::Codes => shared.limits.code_by_address(peer.ip),
            Limit::Wallet => shared.limits.wallet_request(peer.ip),
        };
        if let Err(wait) = admitted {
            let fault = Fault::new(Name::RateLimited).with("retry_after", wait.retry_after);
            let answer = refusal(request.id, fault);
            entry.write(Name::RateLimited.as_str(), answer.as_json().get().len());
            return answer;
        }
        if name == UnsubscribeWallet::NAME
            && let Err(fault) = by_position(&mut request)
        {
            let answer = refusal(request.id, fault);
            entry.answered(&answer);
            return answer;
        }
        request.extensions.insert(entry.call());
        match effect {
            Effect::Reads => run(self.inner, request, entry).await,
            Effect::Writes => {
                let id = request.id.clone().into_owned();
                let work = run(self.inner, owned(request), entry);
                let done = self.shared.tasks.spawn(work).await;
                done.unwrap_or_else(|_| refusal(id, Fault::new(Name::Internal)))
            }
        }
    }
}

/// Runs the method, answers for it if it panics, and logs it.
async fn run<S>(inner: S, request: Request<'_>, entry: Entry) -> MethodResponse
where
    S: RpcServiceT<MethodResponse = MethodResponse>,
{
    let id = request.id.clone().into_owned();
    let answer = AssertUnwindSafe(inner.call(request)).catch_unwind().await;
    let answer = answer.unwrap_or_else(|_| {
        tracing::error!(request = entry.number, "a method panicked");
        refusal(
            id,
            Fault::new(Name::Internal).with("request", entry.number.as_str()),
        )
    });
    entry.answered(&answer);
    answer
}

impl<S> RpcServiceT for Front<S>
where
    S: RpcServiceT<
            MethodResponse = MethodResponse,
            BatchResponse = MethodResponse,
            NotificationResponse = MethodResponse,
        > + Clone
        + Send
        + Sync
        + 'static,
{
    type MethodResponse = MethodResponse;
    type BatchResponse = MethodResponse;
    type NotificationResponse = MethodResponse;

    fn call<'a>(&self, request: Request<'a>) -> impl Future<Output = MethodResponse> + Send + 'a {
        self.clone().answer(request)
    }

    fn batch<'a>(&self, batch: Batch<'a>) -> impl Future<Output = MethodResponse> + Send + 'a {
        let front = self.clone();
        async move {
            let mut answers = BatchResponseBuilder::new_with_limit(front.shared.largest_answer);
            let mut notified = false;
            let peer = batch_peer(&batch);
            for entry in batch {
                let answer = match entry {
                    Ok(BatchEntry::Call(request)) => front.call(request).await,
                    Ok(BatchEntry::Notification(notification)) => {
                        notified = true;
                        front.notification(notification).await;
                        continue;
                    }
                    Err(error) => {
                        let (error, id) = error.into_parts();
                        let answer = MethodResponse::error(id, error);
                        if let Some(peer) = &peer {
                            Entry::new(&front.shared, peer, None, 0).answered(&answer);
                        }
                        answer
                    }
                };
                // it was sent when the subscription was accepted or refused
                if answer.is_subscription() {
                    notified = true;
                    continue;
                }
                if let Err(too_large) = answers.append(answer) {
                    return too_large;
                }
            }
            if answers.is_empty() && notified {
                MethodResponse::notification()
            } else {
                MethodResponse::from_batch(answers.finish())
            }
        }
    }

    /// A call without id is not executed (PROTOCOL.md, section 1).
    fn notification<'a>(
        &self,
        notification: Notification<'a>,
    ) -> impl Future<Output = MethodResponse> + Send + 'a {
        if let Some(peer) = notification.extensions.get::<Peer>() {
            let method = known(&notification.method).map(|(name, ..)| name);
            Entry::new(&self.shared, peer, method, 0).write("not_executed", 0);
        }
        std::future::ready(MethodResponse::notification())
    }
}

fn batch_peer(batch: &Batch<'_>) -> Option<Peer> {
    batch
        .iter()
        .filter_map(|entry| entry.as_ref().ok())
        .find_map(|entry| entry.extensions().get::<Peer>().cloned())
}

fn refusal(id: Id<'_>, fault: Fault) -> MethodResponse {
    MethodResponse::error(id, ErrorObjectOwned::from(fault))
}

fn method_not_found(id: Id<'_>) -> MethodResponse {
    MethodResponse::error(
        id,
        ErrorObjectOwned::from(jsonrpsee::types::ErrorCode::MethodNotFound),
    )
}

/// The length of the call as compact JSON.
fn length(request: &Request<'_>) -> usize {
    const AROUND: usize = r#"{"jsonrpc":"2.0","id":,"method":""}"#.len();
    const PARAMS: usize = r#","params":"#.len();
    let id = match &request.id {
        Id::Null => 4,
        Id::Number(number) => number.checked_ilog10().unwrap_or(0) as usize + 1,
        Id::Str(text) => text.len() + 2,
    };
    let params = request
        .params
        .as_ref()
        .map_or(0, |params| PARAMS + params.get().len());
    AROUND + id + request.method.len() + params
}

fn owned(request: Request<'_>) -> Request<'static> {
    Request {
        jsonrpc: request.jsonrpc,
        id: request.id.into_owned(),
        method: Cow::Owned(request.method.into_owned()),
        params: request.params.map(|params| Cow::Owned(params.into_owned())),
        extensions: request.extensions,
    }
}

/// `unsubscribeWallet`'s parameter by position, which is the one form that jsonrpsee takes.
fn by_position(request: &mut Request<'_>) -> Result<(), Fault> {
    let text = request.params.as_ref().map(|params| params.get());
    let subscription = read::<UnsubscribeWallet>(text)?.subscription;
    let params = to_raw_value(&[subscription]).map_err(|_| Fault::new(Name::InvalidParams))?;
    request.params = Some(Cow::Owned(params));
    Ok(())
}
