//! PROTOCOL.md over the wire: a real server in this process, and nothing used of it that a stranger could not use.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod hand;
mod harness;
mod refusal;
mod socket;

mod codes;
mod compared;
mod encodings;
mod faults_of_2015;
mod limits;
mod model;
mod order;
mod parameters;
mod retired;
mod statistics;
mod transport;
mod wallets;
mod websocket;
