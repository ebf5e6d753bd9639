//! Larimar keeps a person's secret on a server that cannot read it.
//!
//! The rooms of the house, each a module, and what each may know:
//!
//! | room | what it is for | it may use |
//! |---|---|---|
//! | [`crypto`] | keys, signatures, sealed blobs, codes | |
//! | [`clock`] | time as a value | |
//! | [`network`] | addresses and networks, in one form | |
//! | [`mail`] | hands codes to whoever carries mail | `crypto` |
//! | [`wallet`] | the rules; so far who may ask how often | `network` |
//! | [`server`] | the wire; so far who calls | `network` |

pub mod clock;
pub mod crypto;
pub mod mail;
pub mod network;
pub mod server;
pub mod wallet;
