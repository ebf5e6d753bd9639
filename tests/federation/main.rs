//! One wallet on three to five real servers, each behind a wire that fails and lies.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code)]

mod alice;
mod commands;
mod decisions;
mod devices;
#[path = "../operation/house.rs"]
mod house;
mod lies;
mod life;
mod network;
#[path = "../operation/person.rs"]
mod person;
#[path = "../cli/program.rs"]
mod program;
mod refusals;
mod wire;
