//! A door for `fuzz/`: what of this room reads bytes from the disk and is nobody else's business.

use super::statistics::{WalletStatistics, decode, encode};

/// Reads a wallet's statistics as they are stored, and says what they would be stored as again.
pub fn statistics(bytes: &[u8]) -> Option<(WalletStatistics, Vec<u8>)> {
    let statistics = decode(bytes)?;
    let again = encode(&statistics);
    Some((statistics, again))
}
