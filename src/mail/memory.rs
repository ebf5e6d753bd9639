//! A mailer for tests: keeps what it is given, and fails or hangs if it is told to.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use futures_util::future::BoxFuture;

use super::{EmailAddress, MailError, Mailer};
use crate::crypto::Code;

/// What becomes of a send.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Outcome {
    /// It is kept.
    #[default]
    Kept,
    /// It fails.
    Fails(MailError),
    /// It never comes back.
    Hangs,
}

/// Keeps codes instead of mailing them.
#[derive(Debug, Default)]
pub struct MemoryMailer(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    outcome: Outcome,
    kept: VecDeque<(EmailAddress, Code)>,
}

impl MemoryMailer {
    /// From now on every send has this outcome.
    pub fn becomes(&self, outcome: Outcome) {
        self.state().outcome = outcome;
    }

    /// The oldest code that was sent to this address and not yet taken; takes it.
    pub fn take(&self, to: &EmailAddress) -> Option<Code> {
        let mut state = self.state();
        let position = state.kept.iter().position(|(address, _)| address == to)?;
        state.kept.remove(position).map(|(_, code)| code)
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.state().kept.len()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Mailer for MemoryMailer {
    fn send_code<'a>(
        &'a self,
        to: &'a EmailAddress,
        code: &'a Code,
        _expires_in_seconds: u64,
    ) -> BoxFuture<'a, Result<(), MailError>> {
        Box::pin(async move {
            let outcome = self.state().outcome.clone();
            match outcome {
                Outcome::Kept => {
                    self.state().kept.push_back((to.clone(), code.clone()));
                    Ok(())
                }
                Outcome::Fails(error) => Err(error),
                Outcome::Hangs => std::future::pending().await,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Reply;
    use super::*;

    #[tokio::test]
    async fn it_keeps_fails_and_hangs() {
        let mailer = MemoryMailer::default();
        let to = "alice@example.com".parse().expect("an address");
        let code = Code::random().expect("random bytes");
        assert_eq!(mailer.send_code(&to, &code, 60).await, Ok(()));
        mailer.becomes(Outcome::Fails(MailError::Refused(Reply::Smtp(550))));
        assert_eq!(
            mailer.send_code(&to, &code, 60).await,
            Err(MailError::Refused(Reply::Smtp(550)))
        );
        mailer.becomes(Outcome::Hangs);
        let hanging = mailer.send_code(&to, &code, 60);
        let limit = std::time::Duration::from_millis(20);
        assert!(tokio::time::timeout(limit, hanging).await.is_err());
        assert_eq!(mailer.len(), 1);
        assert_eq!(mailer.take(&to), Some(code));
        assert_eq!(mailer.take(&to), None);
        assert!(mailer.is_empty());
    }
}
