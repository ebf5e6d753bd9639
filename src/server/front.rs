//! What stands before every method: who calls, whether that may be now, and what the access log says of it.
//!
//! Every entry of a batch goes the same way. A call that may change something runs in a task of its own, so that a caller who
//! hangs up does not cut it off half-way.

use std::any::Any;
use std::borrow::Cow;
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use futures_util::FutureExt;
use jsonrpsee::MethodResponse;
use jsonrpsee::core::middleware::{Batch, BatchEntry, Notification, Request, RpcServiceT};
use jsonrpsee::core::server::BatchResponseBuilder;
use jsonrpsee::types::Id;
use serde_json::value::{RawValue, to_raw_value};
use tokio_util::task::TaskTracker;

use super::access_log::AccessLog;
use super::answer::Answer;
use super::entry::{Entry, outcome};
use super::measures::Measures;
use super::sockets::Place;
use crate::clock::Clock;
use crate::protocol::methods::{Effect, Limit, Method, SubscribeWallet, UnsubscribeWallet};
use crate::protocol::{Fault, Name, Service, Work, call as call_of, read};
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
    pub(super) place: Arc<Place>,
}

impl Peer {
    pub(super) fn new(ip: IpAddr, is_websocket: bool, place: &Arc<Place>) -> Self {
        Self {
            ip,
            is_websocket,
            logged: Arc::default(),
            place: Arc::clone(place),
        }
    }
}

/// What all connections share.
pub(super) struct Shared {
    pub(super) service: Arc<Service>,
    pub(super) limits: Arc<Limits>,
    pub(super) log: Arc<AccessLog>,
    pub(super) measures: Measures,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) tasks: TaskTracker,
    pub(super) largest_answer: usize,
    /// The beginning of every request number, another at each start.
    pub(super) epoch: u32,
    pub(super) requests: AtomicU64,
}

impl Shared {
    /// Logs a request that held no call.
    pub(super) fn log_no_call(
        self: &Arc<Self>,
        ip: IpAddr,
        outcome: &'static str,
        bytes_in: usize,
        bytes_out: usize,
    ) {
        Entry::new(self, ip, None, bytes_in).write(outcome, bytes_out);
    }

    /// Answers a call of any method but those of subscriptions: counts it, carries it out, logs it.
    pub(super) async fn answer<A: Answer>(
        self: &Arc<Self>,
        ip: IpAddr,
        request: &Request<'_>,
    ) -> A {
        let method = self
            .service
            .known(&request.method)
            .filter(|(name, ..)| !is_of_subscriptions(name));
        let (entry, name, effect) = match self.admit(ip, request, method) {
            Ok(admitted) => admitted,
            Err(refused) => return refused,
        };
        let (call, params) = (entry.call(), request.params.as_deref().map(RawValue::get));
        // reading the parameters is part of it, and may panic as well
        let begun = catch_unwind(AssertUnwindSafe(|| {
            call_of(&self.service, call, name, params)
        }));
        let work = carry_out::<A>(begun, entry, request.id.clone().into_owned());
        match effect {
            Effect::Reads => work.await,
            Effect::Writes => match self.tasks.spawn(work).await {
                Ok(answer) => answer,
                Err(_) => A::fault(&request.id, Fault::new(Name::Internal)),
            },
        }
    }

    /// Counts a call; or refuses and logs it.
    fn admit<A: Answer>(
        self: &Arc<Self>,
        ip: IpAddr,
        request: &Request<'_>,
        method: Option<(&'static str, Limit, Effect)>,
    ) -> Result<(Entry, &'static str, Effect), A> {
        let name = method.map(|(name, ..)| name);
        let entry = Entry::new(self, ip, name, length(request));
        let Some((name, limit, effect)) = method else {
            let answer = A::not_found(&request.id);
            entry.write("MethodNotFound", answer.bytes());
            return Err(answer);
        };
        let admitted = match limit {
            Limit::Free => Ok(()),
            Limit::Codes => self.limits.code_by_address(ip),
            Limit::Wallet => self.limits.wallet_request(ip),
            Limit::Lock => self
                .limits
                .wallet_request(ip)
                .and_then(|()| self.limits.lock(ip)),
        };
        match admitted {
            Ok(()) => Ok((entry, name, effect)),
            Err(wait) => {
                let fault = Fault::new(Name::RateLimited).with("retry_after", wait.retry_after);
                let answer = A::fault(&request.id, fault);
                entry.write(Name::RateLimited.as_str(), answer.bytes());
                Err(answer)
            }
        }
    }
}

/// Something that was done, unless it panicked.
type Unless<T> = Result<T, Box<dyn Any + Send>>;

/// Does the work, answers for it if it panics, and logs it.
async fn carry_out<A: Answer>(begun: Unless<Work>, entry: Entry, id: Id<'static>) -> A {
    let ended: Unless<_> = match begun {
        Ok(work) => AssertUnwindSafe(work).catch_unwind().await,
        Err(panic) => Err(panic),
    };
    let (answer, outcome) = match ended {
        Ok(Ok(json)) => (A::result(&id, json), "ok"),
        Ok(Err(fault)) => {
            let outcome = fault.name.as_str();
            (A::fault(&id, fault), outcome)
        }
        Err(_) => (A::fault(&id, panicked(&entry)), "Internal"),
    };
    entry.write(outcome, answer.bytes());
    answer
}

fn panicked(entry: &Entry) -> Fault {
    let number = entry.number().to_string();
    tracing::error!(request = number, "a method panicked");
    Fault::new(Name::Internal).with("request", number)
}

/// Which need a WebSocket, and jsonrpsee to keep them.
fn is_of_subscriptions(name: &str) -> bool {
    name == SubscribeWallet::NAME || name == UnsubscribeWallet::NAME
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
    async fn answer(self, request: Request<'_>) -> MethodResponse {
        let Some(peer) = request.extensions.get::<Peer>().cloned() else {
            return MethodResponse::fault(&request.id, Fault::new(Name::Internal));
        };
        peer.logged.store(true, Ordering::Relaxed);
        match peer.is_websocket && is_of_subscriptions(&request.method) {
            true => self.subscription(peer.ip, request).await,
            false => self.shared.answer(peer.ip, &request).await,
        }
    }

    /// A subscription, or its end.
    async fn subscription(self, ip: IpAddr, mut request: Request<'_>) -> MethodResponse {
        let known = self.shared.service.known(&request.method);
        let entry = match self.shared.admit(ip, &request, known) {
            Ok((entry, ..)) => entry,
            Err(refused) => return refused,
        };
        if request.method == UnsubscribeWallet::NAME
            && let Err(fault) = by_position(&mut request)
        {
            let outcome = fault.name.as_str();
            let answer = MethodResponse::fault(&request.id, fault);
            entry.write(outcome, answer.bytes());
            return answer;
        }
        request.extensions.insert(entry.call());
        let id = request.id.clone().into_owned();
        let answer = AssertUnwindSafe(self.inner.call(request))
            .catch_unwind()
            .await;
        let answer = answer.unwrap_or_else(|_| MethodResponse::fault(&id, panicked(&entry)));
        entry.write(outcome(answer.as_error_code()), answer.bytes());
        answer
    }
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
        let front = self.clone();
        async move {
            let place = websocket(request.extensions.get());
            let turn = match &place {
                Some(place) => Some(place.window.turn(1).await),
                None => None,
            };
            let answer = front.answer(request).await;
            if let Some(turn) = turn {
                turn.owe(&answer);
            }
            answer
        }
    }

    fn batch<'a>(&self, batch: Batch<'a>) -> impl Future<Output = MethodResponse> + Send + 'a {
        let front = self.clone();
        async move {
            let mut answers = BatchResponseBuilder::new_with_limit(front.shared.largest_answer);
            let mut notified = false;
            let peer = batch_peer(&batch);
            let place = websocket(peer.as_ref());
            let turn = match &place {
                Some(place) => Some(place.window.turn(batch.len()).await),
                None => None,
            };
            for entry in batch {
                let answer = match entry {
                    Ok(BatchEntry::Call(request)) => front.clone().answer(request).await,
                    Ok(BatchEntry::Notification(notification)) => {
                        notified = true;
                        front.notification(notification).await;
                        continue;
                    }
                    Err(error) => {
                        let (error, id) = error.into_parts();
                        let answer = MethodResponse::error(id, error);
                        if let Some(peer) = &peer {
                            peer.logged.store(true, Ordering::Relaxed);
                            Entry::new(&front.shared, peer.ip, None, 0)
                                .write(outcome(answer.as_error_code()), answer.bytes());
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
            let answer = if answers.is_empty() && notified {
                MethodResponse::notification()
            } else {
                MethodResponse::from_batch(answers.finish())
            };
            if let Some(turn) = turn {
                turn.owe(&answer);
            }
            answer
        }
    }

    /// A call without id is not executed (PROTOCOL.md, section 1).
    fn notification<'a>(
        &self,
        notification: Notification<'a>,
    ) -> impl Future<Output = MethodResponse> + Send + 'a {
        if let Some(peer) = notification.extensions.get::<Peer>() {
            let method = self
                .shared
                .service
                .known(&notification.method)
                .map(|(name, ..)| name);
            peer.logged.store(true, Ordering::Relaxed);
            Entry::new(&self.shared, peer.ip, method, 0).write("not_executed", 0);
        }
        std::future::ready(MethodResponse::notification())
    }
}

/// The place of the caller's socket, if it is a WebSocket: there calls take turns.
fn websocket(peer: Option<&Peer>) -> Option<Arc<Place>> {
    let peer = peer.filter(|peer| peer.is_websocket)?;
    Some(Arc::clone(&peer.place))
}

fn batch_peer(batch: &Batch<'_>) -> Option<Peer> {
    batch
        .iter()
        .filter_map(|entry| entry.as_ref().ok())
        .find_map(|entry| entry.extensions().get::<Peer>().cloned())
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

/// `unsubscribeWallet`'s parameter by position, which is the one form that jsonrpsee takes.
fn by_position(request: &mut Request<'_>) -> Result<(), Fault> {
    let text = request.params.as_ref().map(|params| params.get());
    let subscription = read::<UnsubscribeWallet>(text)?.subscription;
    let params = to_raw_value(&[subscription]).map_err(|_| Fault::new(Name::InvalidParams))?;
    request.params = Some(Cow::Owned(params));
    Ok(())
}
