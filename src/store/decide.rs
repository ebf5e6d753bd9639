//! A decision with an answer.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Store, StoreError, Transaction, Verdict};

/// Makes a decision and brings back what it decided: `Ok` keeps what it put, `Err` discards it.
///
/// # Errors
/// What the rule says, or the [`StoreError`] because of which it was not asked or not stored.
pub async fn decide<T, E>(
    store: &dyn Store,
    rule: impl FnOnce(&mut dyn Transaction) -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let answer = Arc::new(Mutex::new(None));
    let place = Arc::clone(&answer);
    store
        .decide(Box::new(move |transaction| {
            let result = rule(transaction);
            let verdict = if result.is_ok() {
                Verdict::Keep
            } else {
                Verdict::Discard
            };
            *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
            verdict
        }))
        .await?;
    let result = answer.lock().unwrap_or_else(PoisonError::into_inner).take();
    result.unwrap_or_else(|| Err(StoreError::Closed.into()))
}
