//! What the owner uses: the command line `larimar` and the client library, against real servers and without.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod alone;
mod client;
mod copies;
#[cfg(target_os = "linux")]
mod echo;
mod faults;
mod input;
mod person;
mod pins;
mod program;
mod server;
mod story;
#[cfg(target_os = "linux")]
mod terminal;
mod tools;
