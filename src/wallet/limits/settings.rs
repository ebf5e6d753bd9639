//! How much each limit allows.

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

/// So many in any hour: 1 to 1,000,000,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct PerHour(u64);

/// A limit of none, or of more than there can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a limit is from 1 to 1000000000 an hour")]
pub struct InvalidPerHour;

impl PerHour {
    /// The number, if it is from 1 to 10^9.
    ///
    /// # Errors
    /// [`InvalidPerHour`] else.
    pub const fn new(per_hour: u64) -> Result<Self, InvalidPerHour> {
        match per_hour {
            1..=1_000_000_000 => Ok(Self(per_hour)),
            _ => Err(InvalidPerHour),
        }
    }

    /// The number.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl TryFrom<u64> for PerHour {
    type Error = InvalidPerHour;

    fn try_from(per_hour: u64) -> Result<Self, InvalidPerHour> {
        Self::new(per_hour)
    }
}

impl From<PerHour> for u64 {
    fn from(per_hour: PerHour) -> Self {
        per_hour.0
    }
}

/// The settings `limits.*` of section 9, under their names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Calls that name a wallet, by caller.
    pub wallet_requests_per_hour: PerHour,
    /// Requests for a code, by caller.
    pub codes_per_hour: PerHour,
    /// Requests for a code, by e-mail address.
    pub codes_per_email_per_hour: PerHour,
    /// Requests for a code, over all.
    pub codes_per_hour_total: PerHour,
    /// `wallet/lock`, by caller (section 6).
    pub locks_per_hour: PerHour,
    /// Networks that are not limited at all: calls from them count nowhere.
    pub exempt: Vec<IpNet>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            wallet_requests_per_hour: PerHour(120),
            codes_per_hour: PerHour(10),
            codes_per_email_per_hour: PerHour(3),
            codes_per_hour_total: PerHour(1000),
            locks_per_hour: PerHour(10),
            exempt: Vec::new(),
        }
    }
}
