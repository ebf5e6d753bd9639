//! PROTOCOL.md over the wire: a real server in this process, and nothing used of it that a stranger could not use.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod caller;
mod hand;
mod harness;
mod model;
mod refusal;
mod socket;

mod codes;
mod compared;
mod concurrency;
mod console;
mod encodings;
mod faults_of_2015;
mod fields;
mod info;
mod limits;
mod order;
mod parameters;
mod pins;
mod retired;
mod statistics;
mod transport;
mod versions;
mod wallets;
mod websocket;
