//! What can go wrong with a pin wallet.

use crate::client::error::ClientError;
use crate::crypto::NoRandomness;

/// Why something was not done with a pin wallet; each says what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PinWalletError {
    /// The server's error, or one of the way to it.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The server refused one of the queued actions: it waits, and so do those after it.
    #[error(
        "the server refuses the queued action {number}: {}. Take it out of the queue, and try again",
        reason(error)
    )]
    ActionRefused {
        /// Which.
        number: u64,
        /// Why.
        error: ClientError,
    },
    /// The key that the server gave for the right pin does not open the cstoreBox.
    #[error(
        "the key that the server gave for the pin does not open what this device keeps of the wallet. Use the keyphrase"
    )]
    CstoreBox,
    /// The wallet was restored without its server.
    #[error(
        "no pin opens the wallet on this device, since it was restored without its server. Use the keyphrase"
    )]
    NoCstoreBox,
    /// The keyphrase is right, but of another wallet.
    #[error("this keyphrase is of another wallet")]
    OtherWallet,
    /// No unused address is left.
    #[error("no unused address is left: new ones are made when the wallet is unlocked")]
    ReserveEmpty,
    /// No such address.
    #[error("the wallet has no address {0}")]
    NoSuchAddress(String),
    /// No such action.
    #[error("there is no queued action {0}")]
    NoSuchAction(u64),
    /// There is no private key with this address.
    #[error("the wallet has no private key for this address")]
    NoPrivateKey,
    /// The private key is not the address's, or does not open: somebody else put it there.
    #[error(
        "the private key that is kept with this address is not its own: somebody else put it there. Do not use this address"
    )]
    ForeignKey,
    /// A description that cannot be.
    #[error("a description has at most 256 characters, and no control characters")]
    Description,
    /// Not what is kept of a wallet.
    #[error("this is not what is kept of a pin wallet: {0}")]
    Form(String),
    /// The system gave no random bytes.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl PinWalletError {
    /// The server's error, or one of the way to it.
    pub fn client(&self) -> Option<&ClientError> {
        match self {
            Self::Client(error) | Self::ActionRefused { error, .. } => Some(error),
            _ => None,
        }
    }
}

fn reason(error: &ClientError) -> String {
    let reason = error.data().and_then(|data| data.get("reason")?.as_str());
    reason.map_or_else(|| error.to_string(), str::to_owned)
}
