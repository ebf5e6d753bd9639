//! The wire: the methods as one documented table, their parameters and results, the errors, the OpenRPC document.

mod calls;
mod discover;
mod error;
mod fetched;
pub mod methods;
mod module;
mod params;

pub use calls::{Call, Note, RequestNumber, Service};
pub use error::{Fault, Name};
pub use module::{Work, call, module};
pub use params::read;
