//! Larimar keeps a person's secret on a server that cannot read it.
//!
//! The rooms of the house, each a module, and what each may use of the others. An import against this table is a fault, and a test
//! fails on one.
//!
//! | room | what it is for | it may use |
//! |---|---|---|
//! | [`crypto`] | keys, signatures, sealed blobs, codes | |
//! | [`clock`] | time as a value | |
//! | [`network`] | addresses and networks, in one form | |
//! | [`telemetry`] | numbers for operators | |
//! | [`mail`] | hands codes to whoever carries mail | `telemetry`, `crypto` |
//! | [`store`] | makes decisions durable | `telemetry`, `clock`, `crypto` |
//! | [`wallet`] | the rules: what may be done, by whom, how often | `store`, `mail`, `network`, `telemetry`, `clock`, `crypto` |
//! | [`pins`] | the rules of wallets that open with a pin | `store`, `network`, `clock`, `crypto` |
//! | [`protocol`] | the methods, their parameters, results and errors | `wallet`, `pins`, and what that may use |
//! | [`server`] | connections, limits, logs, metrics | `protocol`, and what that may use |
//! | [`config`] | settings: where they come from, what is in force | `crypto` |
//! | [`manual`] | manual pages and completions of both programs | |
//! | [`admin`] | the commands of `larimard` | everything above |
//! | [`client`] | the owner's side: a library, and the `larimar` command line | `protocol`, `mail`, `manual`, `clock`, `crypto` |

// they panic where nobody reads what they print
#![cfg_attr(not(test), warn(clippy::print_stderr, clippy::print_stdout))]

pub mod admin;
pub mod client;
pub mod clock;
pub mod config;
pub mod crypto;
pub mod mail;
pub mod manual;
pub mod network;
pub mod pins;
pub mod protocol;
pub mod server;
pub mod store;
pub mod telemetry;
pub mod wallet;

/// The examples of the README are compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
