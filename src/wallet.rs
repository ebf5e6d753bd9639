//! The rules: what may be done to a wallet, by whom, and how often.

pub mod limits;
