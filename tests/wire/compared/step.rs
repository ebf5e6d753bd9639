//! What may happen, and how often.

use proptest::prelude::*;

pub(super) const KEYS: u8 = 4;
pub(super) const EMAILS: u8 = 3;

/// A key, or from [`KEYS`] on the one of a wallet that there is.
pub(super) type Who = u8;

#[derive(Debug, Clone)]
pub(super) enum Blob {
    /// One of few opaque ones.
    Opaque(u8),
    /// Of a low revision, in one of two forms.
    Sealed(u8, bool),
    /// Sealed, so many revisions above what is stored under the key.
    Above(u64, bool),
    /// What is stored under this key.
    Current(Who),
}

#[derive(Debug, Clone)]
pub(super) enum Original {
    Unsaid,
    Current,
    Of(Box<Blob>),
}

#[derive(Debug, Clone)]
pub(super) enum Code {
    /// Just asked for by this address.
    Fresh(u8),
    /// One of the last.
    Earlier(u8),
    /// One that nobody was sent.
    Invented,
}

#[derive(Debug, Clone)]
pub(super) enum Step {
    RequestCode(u8),
    Create {
        code: Code,
        key: Who,
        blob: Blob,
        replace: bool,
    },
    Save {
        key: Who,
        blob: Blob,
        original: Original,
    },
    Change {
        old: Who,
        new: Who,
        blob: Blob,
        bound: bool,
        original: Original,
    },
    Delete {
        key: Who,
        blob: Blob,
        name: usize,
    },
    Fetch {
        key: Who,
        known: Original,
    },
    FetchVersion {
        key: Who,
        blob: Blob,
    },
    /// The very same request as so many calls ago.
    Again(u8),
    /// Seconds that pass; the clock may be set back.
    Wait(i64),
}

pub(super) fn who() -> impl Strategy<Value = Who> {
    prop_oneof![1 => 0..KEYS, 3 => KEYS..2 * KEYS]
}

pub(super) fn blobs() -> impl Strategy<Value = Blob> {
    let leaps = [0, 1 << 40, (1 << 40) + 1];
    prop_oneof![
        4 => (0..5u8).prop_map(Blob::Opaque),
        2 => (1..6u8, any::<bool>()).prop_map(|(revision, form)| Blob::Sealed(revision, form)),
        4 => (1..3u64, any::<bool>()).prop_map(|(above, form)| Blob::Above(above, form)),
        1 => prop::sample::select(leaps.to_vec()).prop_map(|above| Blob::Above(above, false)),
        1 => who().prop_map(Blob::Current),
    ]
}

pub(super) fn originals() -> impl Strategy<Value = Original> {
    prop_oneof![
        3 => Just(Original::Unsaid),
        2 => Just(Original::Current),
        1 => blobs().prop_map(|blob| Original::Of(Box::new(blob))),
    ]
}

pub(super) fn codes() -> impl Strategy<Value = Code> {
    prop_oneof![
        6 => (0..EMAILS).prop_map(Code::Fresh),
        3 => (0..4u8).prop_map(Code::Earlier),
        1 => Just(Code::Invented),
    ]
}

pub(super) fn steps() -> impl Strategy<Value = Step> {
    let hour = 3600;
    let waits = [
        1,
        599,
        1800,
        6 * hour,
        24 * hour,
        30 * 24 * hour,
        31 * 24 * hour,
        -300,
    ];
    prop_oneof![
        1 => (0..EMAILS).prop_map(Step::RequestCode),
        6 => (codes(), 0..KEYS, blobs(), any::<bool>())
            .prop_map(|(code, key, blob, replace)| Step::Create { code, key, blob, replace }),
        8 => (who(), blobs(), originals())
            .prop_map(|(key, blob, original)| Step::Save { key, blob, original }),
        8 => (who(), 0..2 * KEYS - 2, blobs(), prop::bool::weighted(0.7), originals())
            .prop_map(|(old, new, blob, bound, original)| Step::Change { old, new, blob, bound, original }),
        3 => (who(), 0..4u8, blobs(), 0..2usize).prop_map(|(key, other, blob, name)| {
            let blob = if other == 0 { blob } else { Blob::Current(key) };
            Step::Delete { key, blob, name }
        }),
        1 => (who(), originals()).prop_map(|(key, known)| Step::Fetch { key, known }),
        1 => (who(), blobs()).prop_map(|(key, blob)| Step::FetchVersion { key, blob }),
        4 => (0..6u8).prop_map(Step::Again),
        2 => prop::sample::select(waits.to_vec()).prop_map(Step::Wait),
    ]
}
