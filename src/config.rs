//! Settings: where they come from, what they may be, and what is in force.
//!
//! [`load()`] reads the flags, the environment and the file, in this order of weight, and answers with
//! checked [`Settings`], or with everything that is wrong with them at once (PROTOCOL.md, section
//! 10). Nothing here is global: the settings are handed down, each room gets its section.

mod key;
mod level;
mod load;
mod name;
mod network;
mod origin;
mod registration;
mod report;
mod rule;
mod settings;
mod source;
#[cfg(test)]
mod tests;
mod warning;

pub use level::Level;
pub use load::{Loaded, load};
pub use origin::{Fault, Faults, Origin};
pub use registration::{Registration, RegistrationMode};
pub use settings::{
    AccessLog, AccessLogTarget, Codes, Console, Engine, Limits, Log, Mail, Observe, Pins,
    ProxyHeader, Server, Settings, Statistics, Store, Transport,
};
pub use source::Sources;
pub use warning::warnings;
