//! What a backup is made of, before it is compressed.

use larimar::store::archive::Frame;

/// A number, big endian, and what follows it.
pub fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    Some((u64::from_be_bytes(*number), rest))
}

/// The frames that the bytes begin with, each after its length (u32, big endian); without their end.
pub fn frames(mut bytes: &[u8]) -> Vec<Frame> {
    let mut frames = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk() {
        let length = u32::from_be_bytes(*length) as usize;
        let Some((frame, rest)) = rest.split_at_checked(length) else {
            break;
        };
        match postcard::from_bytes(frame) {
            Ok(Frame::End(_)) | Err(_) => break,
            Ok(frame) => frames.push(frame),
        }
        bytes = rest;
    }
    frames
}
