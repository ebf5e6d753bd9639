//! `requestCode`.

use std::sync::Arc;

use crate::crypto::Code;
use crate::mail::{EmailAddress, Mailer};
use crate::store::{CodeDigest, CodeRecord, Table, decide};

use super::create::REMEMBERED_SECONDS;
use super::limits::{Limits, Wait};
use super::{Caller, Refusal, Wallets};

/// How many records are looked at in one go when old ones are cleared away.
const SLICE: usize = 1000;

/// A code is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeSent {
    /// Seconds until it expires.
    pub expires_in: u64,
    /// Seconds until another would be accepted for this address.
    pub retry_after: u64,
}

/// What codes go out by, and how often they may.
#[derive(Clone)]
pub struct PostBox {
    /// Sends them.
    pub mailer: Arc<dyn Mailer>,
    /// Counts them.
    pub limits: Arc<Limits>,
}

impl Wallets {
    /// Sends a code to this address, whether or not it has a wallet. The mail is handed over when this returns.
    ///
    /// # Errors
    /// [`Refusal::EmailNotAdmitted`], [`Refusal::RegistrationClosed`]; [`Refusal::RateLimited`]; [`Refusal::MailFailed`], and the code is void; [`Refusal::StoreUnavailable`].
    pub async fn request_code(
        &self,
        caller: Caller,
        post: &PostBox,
        email: &EmailAddress,
    ) -> Result<CodeSent, Refusal> {
        self.rules.registration.admits(email)?;
        let digest = self.digests.of_email(email);
        post.limits.code_by_email(caller.ip, &digest.0)?;
        post.limits.code_in_total(caller.ip)?;
        let code = Code::random()?;
        let code_digest = self.digests.of_code(&code);
        let expires_in = self.rules.code_expire_seconds;
        let record = CodeRecord {
            email: digest,
            expires: self.now().plus_seconds(expires_in),
            spent: None,
        };
        decide::<_, Refusal>(&*self.store, move |transaction| {
            transaction.put_code(&code_digest, &record);
            Ok(())
        })
        .await?;
        if let Err(error) = post.mailer.send_code(email, &code, expires_in).await {
            if let Err(error) = void(self, code_digest).await {
                tracing::warn!(%error, "a code that could not be mailed waits until it expires");
            }
            return Err(error.into());
        }
        Ok(CodeSent {
            expires_in,
            retry_after: post.limits.code_retry_after(caller.ip, &digest.0),
        })
    }

    /// Clears away the codes that nobody can use or repeat any more.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub async fn clear_codes(&self) -> Result<(), Refusal> {
        let now = self.now();
        self.clear_codes_that(move |code| match code.spent {
            Some(spent) => spent.at.plus_seconds(REMEMBERED_SECONDS) <= now,
            None => code.expires <= now,
        })
        .await
    }

    /// Clears away the codes of which this is true.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub(super) async fn clear_codes_that(
        &self,
        is_done: impl Fn(&CodeRecord) -> bool + Copy + Send + 'static,
    ) -> Result<(), Refusal> {
        let mut after: Option<Vec<u8>> = None;
        loop {
            let entries = self.store.scan(Table::Code, after.as_deref(), SLICE)?;
            let Some((last, _)) = entries.last() else {
                return Ok(());
            };
            after = Some(last.clone());
            let keys: Vec<CodeDigest> = entries
                .iter()
                .filter_map(|(key, _)| <[u8; 32]>::try_from(key.as_slice()).ok().map(CodeDigest))
                .collect();
            decide::<_, Refusal>(&*self.store, move |transaction| {
                for key in &keys {
                    if transaction.code(key)?.is_some_and(|code| is_done(&code)) {
                        transaction.remove_code(key);
                    }
                }
                Ok(())
            })
            .await?;
        }
    }
}

impl From<Wait> for Refusal {
    fn from(wait: Wait) -> Self {
        Self::RateLimited {
            retry_after: wait.retry_after,
        }
    }
}

async fn void(wallets: &Wallets, code: CodeDigest) -> Result<(), Refusal> {
    decide(&*wallets.store, move |transaction| {
        transaction.remove_code(&code);
        Ok(())
    })
    .await
}
