//! Mail on standard error.

use std::io::Write;

use super::MailError;
use super::message::Letter;

/// Prints the whole message, in one piece.
pub(super) fn carry(letter: &Letter) -> Result<(), MailError> {
    let mut text = letter.bytes().to_vec();
    text.extend_from_slice(b"\n");
    std::io::stderr()
        .lock()
        .write_all(&text)
        .map_err(|error| MailError::NotConfigured(format!("standard error: {error}")))
}
