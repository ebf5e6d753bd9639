//! What the operator relies on: shutdown, sockets, limits, logs, settings.
//!
//! The real `larimard` in a scratch folder, but where a test has to wait less than an operator would (`inside`).
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod alerts;
mod authority;
mod bans;
mod health;
mod house;
mod inside;
mod limits;
mod logs;
mod mail;
mod metrics;
mod package;
mod person;
mod proxies;
mod registration;
mod script;
mod secrets;
mod settings;
mod shutdown;
mod sockets;
mod supervisor;
mod test_mail;
mod tls;
mod verify;
mod wallets;
