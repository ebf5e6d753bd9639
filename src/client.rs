//! The owner's side: calls a server, keeps secrets from it, and believes only what the owner's keys confirm.
//!
//! [`Client`] calls one server, a method for each method of PROTOCOL.md, sections 5 and 6. [`Wallet`] is a client together
//! with the owner's [`Keys`]: it seals, signs, opens and checks. [`Entries`] is the form of plaintext that Larimar's
//! own clients write. [`CachedWallet`] is a wallet of which a device keeps a copy. [`Federation`] is a wallet on several servers, none of which is believed. Whoever brings a format of their own uses `Wallet`'s blobs or `Client` alone. [`PinWallet`] is
//! the other kind of wallet, which opens with a pin: addresses with their keys, on paper a keyphrase.
//!
//! ```no_run
//! use larimar::client::{Client, Derivation, Wallet};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::connect("https://wallet.example.org")?;
//! client.request_code("alice@example.com").await?;
//!
//! // half a second and 128 MiB: not on an async thread
//! let derivation = Derivation::new("alice@example.com", "correct horse battery staple", &["Fluffy"])?;
//! let keys = tokio::task::spawn_blocking(move || derivation.run()).await?;
//!
//! let wallet = Wallet::new(client, keys);
//! let stored = wallet.create("7K3M-Q2WX-9FHT-B4ZC", b"my secret", false).await?;
//!
//! let stored = wallet.save(b"my other secret", &stored.head).await?;
//! assert_eq!(stored.head.revision, 2);
//!
//! let state = wallet.fetch().await?;
//! assert_eq!(&state.plaintext[..], b"my other secret");
//! # Ok(())
//! # }
//! ```

mod address;
mod backup;
mod cached;
mod calls;
mod changes;
pub mod cli;
mod connection;
mod entries;
mod error;
mod federation;
mod pin_calls;
mod pin_wallet;
mod servers;
mod wallet;

#[cfg(test)]
mod stub;

pub use address::Address;
pub use backup::{Backup, NotBackup};
pub use cached::{
    Beside, Cache, CachedError, CachedWallet, KeepCache, LastSeen, Pending, Spoiled, Standing,
    Unsent, View, Why, Written,
};
pub use changes::Changes;
pub use connection::{Client, Options};
pub use entries::{Entries, Entry, NotEntries};
pub use error::ClientError;
pub use federation::{
    Base, Change, Content, Federation, FederationError, Fetched, Keep, Keeper, Kept, Line, Memory,
    Saved, Seen, Signed, Verdict, Way,
};
pub use pin_wallet::{
    Action, AddressKey, Clash, Description, KeyInfo, NewDescription, PinAddress, PinWallet,
    PinWalletError, PrivateState, RESERVE, Synced, Unlocked,
};
pub use servers::{
    Answer, Consensus, Failover, Failure, InvalidServers, Member, Newest, Outcome, Patience,
    Report, Servers,
};
pub use wallet::{Blob, Head, State, Stored, Version, VersionState, Wallet};

pub use crate::crypto::{
    AccessKey, BlobHash, CannotSeal, CstoreKey, Derivation, Form, InvalidKeyphrase,
    InvalidWalletUrl, Keyphrase, Keys, MAX_REVISION, MasterKey, NoRandomness, Opened, PassKey, Pin,
    PrivateKey, PublicKey, Secret, Signature, Tampered, TextError, WalletUrl, blob_digest,
    change_password_digest, delete_wallet_digest, file_digest, open, seal,
};
pub use crate::protocol::{Name, methods};
