//! The wire: who calls, how often, and what goes back.

pub mod caller;
