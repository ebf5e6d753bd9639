//! Who may have a new wallet.

use super::Refusal;
use crate::mail::EmailAddress;

/// Who may have a new wallet (`registration.mode`). Wallets that exist go on working, whatever it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Registration {
    /// Anybody.
    #[default]
    Open,
    /// Who gets mail at one of these domains, lower case.
    Domains(Vec<String>),
    /// Nobody.
    Closed,
}

/// A mail server that routes takes `x%elsewhere.example@here.example` and `elsewhere.example!x@here.example` for addresses at `elsewhere.example`,
/// and some take `/` and `|` before the `@` for a file and a program.
const ROUTES: [char; 4] = ['%', '!', '/', '|'];

impl Registration {
    /// Whether a code may go to this address: a matter of how it is written only, so that nobody learns whether it has a wallet.
    ///
    /// # Errors
    /// [`Refusal::EmailNotAdmitted`], [`Refusal::RegistrationClosed`].
    pub(super) fn admits(&self, email: &EmailAddress) -> Result<(), Refusal> {
        let (local, domain) = email.parts();
        match self {
            Self::Open => Ok(()),
            Self::Domains(domains)
                if domains.iter().any(|one| one == domain) && !local.contains(ROUTES) =>
            {
                Ok(())
            }
            Self::Domains(_) => Err(Refusal::EmailNotAdmitted),
            Self::Closed => Err(Refusal::RegistrationClosed),
        }
    }

    /// Whether codes that were sent are good: which address one went to, the store knows by a hash only.
    pub(super) fn takes_codes(&self) -> bool {
        *self != Self::Closed
    }
}
