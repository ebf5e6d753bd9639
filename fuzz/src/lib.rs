//! What the fuzzers share. Each target in `fuzz_targets` is given bytes without end, and fails on a panic, on an answer that the
//! protocol does not know, or on an allocation that the bytes alone cannot justify. `scripts/fuzz` runs them.

mod allocation;
pub mod frames;
pub mod larimard;
pub mod liar;
