//! What a refusal becomes on the wire.

use super::Task;
use crate::protocol::error::{Fault, Name};
use crate::store::Was;
use crate::wallet::Refusal;

impl Task {
    /// The error that a refusal becomes; the cause of a fault of ours goes to the log and no further.
    pub(super) fn fault(&self, refusal: Refusal) -> Fault {
        let request = self.call.request;
        let fault = Fault::new(Name::from_text(refusal.name()).unwrap_or(Name::Internal));
        match refusal {
            Refusal::EmailNotAdmitted => fault
                .because("This server gives wallets to addresses of some domains only. Use one of the organisation that runs it.")
                .with("registration", "domains")
                .at("email"),
            Refusal::RegistrationClosed => fault
                .because("This server takes no new wallets. Those that it has go on working; for a new one, look for another server.")
                .with("registration", "closed")
                .at("email"),
            Refusal::InvalidPublicKey => fault.at("publickey"),
            Refusal::WalletNotFound { keys, was } => {
                let fault = match keys.as_slice() {
                    [] => fault,
                    [key] => fault.with("publickey", key.to_string()),
                    keys => fault.with("publickey", keys.iter().map(ToString::to_string).collect::<Vec<_>>()),
                };
                match was {
                    None => fault,
                    Some((Was::Moved(_), since)) => fault
                        .because("The password of this wallet was changed elsewhere. Open it with the new one.")
                        .with("was", "moved")
                        .with("since", since.to_string()),
                    Some((Was::Deleted, since)) => fault
                        .because("This wallet was deleted. Its e-mail address may create a new one.")
                        .with("was", "deleted")
                        .with("since", since.to_string()),
                }
            }
            Refusal::Conflict { local_hash, updated, revision } => {
                let fault = fault
                    .with("local_hash", local_hash.to_string())
                    .with("updated", updated.to_string());
                match revision {
                    Some(revision) => fault.with("revision", revision),
                    None => fault,
                }
            }
            Refusal::Stale { revision: Some(revision) } => fault.with("revision", revision),
            Refusal::InvalidData { highest } => fault
                .because(format!(
                    "The revision is more than 2^40 above {highest}, the highest that is known. Save it as that plus one."
                ))
                .at("encrypted_data"),
            Refusal::RateLimited { retry_after } => fault.with("retry_after", retry_after),
            Refusal::MailFailed(error) => {
                tracing::warn!(%request, %error, "a code could not be mailed");
                fault
            }
            Refusal::StoreUnavailable(error) => {
                tracing::error!(%request, %error, "the store did not do what it was asked");
                fault
            }
            Refusal::Internal(error) => {
                tracing::error!(%request, %error, "a call failed");
                fault.with("request", request.to_string())
            }
            _ => fault,
        }
    }
}
