//! The wire: the methods as one documented table, their parameters and results, the errors, the OpenRPC document.

mod error;
pub mod methods;

pub use error::{Fault, Name};
