//! Bytes as what goes over the control socket: as a question, and as the pieces of an answer.
#![no_main]

use larimar::admin::fuzzing::{is_question, pieces};
use larimar_fuzz as _;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(line) = str::from_utf8(bytes) {
        is_question(line);
    }
    let again = pieces(bytes);
    assert_eq!(pieces(&again), again);
});
