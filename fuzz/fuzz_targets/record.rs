//! Bytes as what is stored in each table: a byte for the table, one for the length of the key, the key, the record.
//!
//! The record is read as it is, and once more with a checksum that is right: no fuzzer guesses that.
#![no_main]

use larimar::store::Table;
use larimar::store::fuzzing::{read, seal};
use larimar::wallet::fuzzing::statistics;
use larimar_fuzz as _;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let [table, length, rest @ ..] = bytes else {
        return;
    };
    let Some(table) = Table::ALL.get(usize::from(*table)) else {
        return in_statistics(rest);
    };
    let Some((key, record)) = rest.split_at_checked(usize::from(*length)) else {
        return;
    };
    let _ = read(*table, key, record);
    if let Ok(again) = read(*table, key, &seal(*table, key, record)) {
        let sealed = seal(*table, key, &again);
        assert_eq!(read(*table, key, &sealed), Ok(again));
    }
});

/// What the store keeps of statistics are bytes: the `wallet` room reads them.
fn in_statistics(bytes: &[u8]) {
    if let Some((read, again)) = statistics(bytes) {
        assert_eq!(statistics(&again), Some((read, again)));
    }
}
