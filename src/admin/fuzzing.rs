//! A door for `fuzz/`: what goes over the control socket, in both directions.

use super::control::{Piece, Question, receive, send};

/// Whether the server would take this line for a question.
pub fn is_question(line: &str) -> bool {
    serde_json::from_str::<Question>(line).is_ok()
}

/// Reads pieces of an answer up to one that cannot be read, and says what would be sent of them again.
pub fn pieces(mut bytes: &[u8]) -> Vec<u8> {
    let mut again = Vec::new();
    while let Ok(piece) = receive::<Piece>(&mut bytes) {
        if send(&mut again, &piece).is_err() {
            break;
        }
    }
    again
}
