//! Which method a call is of; and the subscription, which jsonrpsee keeps.

use std::future::Future;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};
use jsonrpsee::server::{PendingSubscriptionSink, RegisterMethodError, RpcModule};
use jsonrpsee::types::ErrorObjectOwned;
use jsonrpsee::{Extensions, SubscriptionMessage, SubscriptionSink};
use serde::Serialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::calls::{Call, Service, Task};
use super::error::{Fault, Name};
use super::fetched::Fetched;
use super::methods::{
    ChangePassword, CreateWallet, DeleteWallet, Discover, Event, FetchVersion, FetchWallet,
    ListVersions, Method, RequestCode, SaveWallet, ServerInfo, SubscribeWallet, UnsubscribeWallet,
    WALLET_CHANGED, WalletAccess, WalletAdd, WalletChanged, WalletChangepin, WalletCreate,
    WalletDelete, WalletDownload, WalletLock, WalletLogin,
};
use super::params;
use crate::wallet::{Change, Happened};

/// A call under way: it ends with its result as JSON, or with an error.
pub type Work = BoxFuture<'static, Result<Vec<u8>, Fault>>;

/// A call of the method with this name, which is no one of subscriptions: what it returns is the result as JSON.
///
/// The parameters are read before this returns, the rest is done by the future.
pub fn call(
    service: &Arc<Service>,
    call: Call,
    method: &'static str,
    params: Option<&str>,
) -> Work {
    let task = Task {
        service: Arc::clone(service),
        call,
        method,
    };
    match method {
        RequestCode::NAME => run::<RequestCode, _, _>(task, params, Task::request_code),
        CreateWallet::NAME => run::<CreateWallet, _, _>(task, params, Task::create_wallet),
        FetchWallet::NAME => run::<FetchWallet, _, _>(task, params, Task::fetch_wallet),
        SaveWallet::NAME => run::<SaveWallet, _, _>(task, params, Task::save_wallet),
        ChangePassword::NAME => run::<ChangePassword, _, _>(task, params, Task::change_password),
        DeleteWallet::NAME => run::<DeleteWallet, _, _>(task, params, Task::delete_wallet),
        ListVersions::NAME => run::<ListVersions, _, _>(task, params, Task::list_versions),
        FetchVersion::NAME => run::<FetchVersion, _, _>(task, params, Task::fetch_version),
        ServerInfo::NAME => run::<ServerInfo, _, _>(task, params, Task::server_info),
        Discover::NAME => run::<Discover, _, _>(task, params, Task::discover),
        WalletCreate::NAME => run::<WalletCreate, _, _>(task, params, Task::wallet_create),
        WalletLogin::NAME => run::<WalletLogin, _, _>(task, params, Task::wallet_login),
        WalletAccess::NAME => run::<WalletAccess, _, _>(task, params, Task::wallet_access),
        WalletAdd::NAME => run::<WalletAdd, _, _>(task, params, Task::wallet_add),
        WalletDownload::NAME => run::<WalletDownload, _, _>(task, params, Task::wallet_download),
        WalletChangepin::NAME => run::<WalletChangepin, _, _>(task, params, Task::wallet_changepin),
        WalletLock::NAME => run::<WalletLock, _, _>(task, params, Task::wallet_lock),
        WalletDelete::NAME => run::<WalletDelete, _, _>(task, params, Task::wallet_delete),
        _ => ready(Err(Fault::new(Name::Internal))).boxed(),
    }
}

fn run<M: Method, R: IntoJson + 'static, F: Future<Output = Result<R, Fault>> + Send + 'static>(
    task: Task,
    params: Option<&str>,
    work: impl FnOnce(Task, M::Params) -> F,
) -> Work {
    match params::read::<M>(params) {
        Ok(params) => work(task, params)
            .map(|result| result.and_then(|result| result.into_json()))
            .boxed(),
        Err(fault) => ready(Err(fault)).boxed(),
    }
}

/// Results become JSON as serde says, but for the one that is large and asked for all the time.
trait IntoJson {
    fn into_json(self) -> Result<Vec<u8>, Fault>;
}

impl<R: Serialize> IntoJson for R {
    fn into_json(self) -> Result<Vec<u8>, Fault> {
        serde_json::to_vec(&self).map_err(|_| Fault::new(Name::Internal))
    }
}

impl IntoJson for Fetched {
    fn into_json(self) -> Result<Vec<u8>, Fault> {
        Ok(self.json())
    }
}

/// The subscription, for jsonrpsee. Every call needs a [`Call`] among its extensions.
///
/// # Errors
/// Never in practice: that two methods have one name.
pub fn module(service: Arc<Service>) -> Result<RpcModule<Service>, RegisterMethodError> {
    let mut module = RpcModule::from_arc(service);
    module.register_subscription(
        SubscribeWallet::NAME,
        WALLET_CHANGED,
        UnsubscribeWallet::NAME,
        |params, pending, service, extensions| async move {
            subscribe(params.as_str(), pending, service, &extensions).await;
        },
    )?;
    Ok(module)
}

fn subscriber(service: Arc<Service>, extensions: &Extensions) -> Result<Task, ErrorObjectOwned> {
    match extensions.get::<Call>() {
        Some(call) => Ok(Task {
            service,
            call: call.clone(),
            method: SubscribeWallet::NAME,
        }),
        None => Err(Fault::new(Name::Internal).into()),
    }
}

async fn subscribe(
    text: Option<&str>,
    pending: PendingSubscriptionSink,
    service: Arc<Service>,
    extensions: &Extensions,
) {
    let task = match subscriber(service, extensions) {
        Ok(task) => task,
        Err(error) => return pending.reject(error).await,
    };
    let changes = match params::read::<SubscribeWallet>(text) {
        Ok(params) => task.subscribe_wallet(params).await,
        Err(fault) => Err(fault),
    };
    match changes {
        Ok(changes) => {
            drop(task);
            if let Ok(sink) = pending.accept().await {
                notify(&sink, changes).await;
            }
        }
        Err(fault) => {
            let _ = task.call.note.outcome.set(fault.name.as_str());
            pending.reject(ErrorObjectOwned::from(fault)).await;
        }
    }
}

/// Tells of every change, until the wallet leaves the key or the caller leaves.
async fn notify(sink: &SubscriptionSink, mut changes: Receiver<Change>) {
    loop {
        let change = tokio::select! {
            () = sink.closed() => return,
            change = changes.recv() => change,
        };
        let change = match change {
            Ok(change) => change,
            // a later change follows, and says more
            Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => return,
        };
        let Ok(message) = serde_json::value::to_raw_value(&on_wire(&change)) else {
            return;
        };
        if sink.send(SubscriptionMessage::from(message)).await.is_err() {
            return;
        }
        if !matches!(change.happened, Happened::Saved(_)) {
            return;
        }
    }
}

fn on_wire(change: &Change) -> WalletChanged {
    let (event, local_hash) = match change.happened {
        Happened::Saved(hash) => (Event::Saved, Some(hash.to_string())),
        Happened::Moved => (Event::Moved, None),
        Happened::Deleted => (Event::Deleted, None),
    };
    WalletChanged {
        event,
        local_hash,
        updated: change.updated.to_string(),
    }
}
