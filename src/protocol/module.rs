//! The methods, as jsonrpsee calls them.

use std::future::Future;
use std::sync::Arc;

use jsonrpsee::server::{PendingSubscriptionSink, RegisterMethodError, RpcModule};
use jsonrpsee::types::ErrorObjectOwned;
use jsonrpsee::{Extensions, SubscriptionMessage, SubscriptionSink};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::calls::{Call, Service, Task};
use super::discover;
use super::error::{Fault, Name};
use super::methods::{
    ChangePassword, CreateWallet, DeleteWallet, Discover, Event, FetchVersion, FetchWallet,
    ListVersions, Method, RequestCode, SaveWallet, ServerInfo, SubscribeWallet, UnsubscribeWallet,
    WALLET_CHANGED, WalletChanged,
};
use super::params;
use crate::wallet::{Change, Happened};

/// All methods on this service. Every call needs a [`Call`] among its extensions.
///
/// # Errors
/// Never in practice: that two methods have one name.
pub fn module(service: Arc<Service>) -> Result<RpcModule<Service>, RegisterMethodError> {
    let mut module = RpcModule::from_arc(service);
    add::<RequestCode, _>(&mut module, Task::request_code)?;
    add::<CreateWallet, _>(&mut module, Task::create_wallet)?;
    add::<FetchWallet, _>(&mut module, Task::fetch_wallet)?;
    add::<SaveWallet, _>(&mut module, Task::save_wallet)?;
    add::<ChangePassword, _>(&mut module, Task::change_password)?;
    add::<DeleteWallet, _>(&mut module, Task::delete_wallet)?;
    add::<ListVersions, _>(&mut module, Task::list_versions)?;
    add::<FetchVersion, _>(&mut module, Task::fetch_version)?;
    add::<ServerInfo, _>(&mut module, Task::server_info)?;
    add::<Discover, _>(&mut module, |_, _| async {
        Ok(discover::document().clone())
    })?;
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

fn add<M: Method, F: Future<Output = Result<M::Result, Fault>> + Send>(
    module: &mut RpcModule<Service>,
    work: impl Fn(Task, M::Params) -> F + Clone + Send + Sync + 'static,
) -> Result<(), RegisterMethodError> {
    module.register_async_method(M::NAME, move |params, service, extensions| {
        let work = work.clone();
        async move {
            let task = task::<M>(service, &extensions)?;
            let note = Arc::clone(&task.call.note);
            let answer = match params::read::<M>(params.as_str()) {
                Ok(params) => work(task, params).await,
                Err(fault) => Err(fault),
            };
            answer.map_err(|fault| {
                let _ = note.outcome.set(fault.name.as_str());
                ErrorObjectOwned::from(fault)
            })
        }
    })?;
    Ok(())
}

fn task<M: Method>(
    service: Arc<Service>,
    extensions: &Extensions,
) -> Result<Task, ErrorObjectOwned> {
    match extensions.get::<Call>() {
        Some(call) => Ok(Task {
            service,
            call: call.clone(),
            method: M::NAME,
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
    let task = match task::<SubscribeWallet>(service, extensions) {
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
