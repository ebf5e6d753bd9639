//! Bytes as a backup, read to its end. Those that do not begin like one are put into one, compressed: no fuzzer gets through zstd. Every
//! frame among them is put into a sound one besides, which has to give them back.
#![no_main]

use std::cell::RefCell;

use larimar::store::archive::{ArchiveError, End, Frame, Reader, Writer};
use larimar_fuzz::frames::frames;
use libfuzzer_sys::fuzz_target;
use zstd::bulk::Compressor;

const MAGIC: &[u8] = b"larimar archive 1\n";

thread_local! {
    static COMPRESSOR: RefCell<Compressor<'static>> = RefCell::new(Compressor::new(1).expect("zstd"));
}

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"larimar archive ") || bytes.starts_with(b"age-encryption.org/") {
        let _ = read(bytes);
        return;
    }
    let compressed = COMPRESSOR.with_borrow_mut(|zstd| zstd.compress(bytes));
    let _ = read(&[MAGIC, &compressed.expect("compressed")].concat());

    let frames = frames(bytes);
    if let Some(Frame::Head(_)) = frames.first() {
        let archive = written(&frames).expect("written");
        let mut again = read(&archive).expect("a sound archive");
        assert!(matches!(again.pop(), Some(Frame::End(_))));
        assert_eq!(again, frames);
    }
});

fn read(archive: &[u8]) -> Result<Vec<Frame>, ArchiveError> {
    let mut reader = Reader::begin(archive, None)?;
    let mut frames = Vec::new();
    while let Some(frame) = reader.next()? {
        frames.push(frame);
    }
    Ok(frames)
}

fn written(frames: &[Frame]) -> Result<Vec<u8>, ArchiveError> {
    let mut writer = Writer::begin(Vec::new(), None)?;
    for frame in frames {
        writer.add(frame)?;
    }
    Ok(writer.end(End::default())?.1)
}
