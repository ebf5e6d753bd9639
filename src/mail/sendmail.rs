//! Mail by a program on this machine.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use lettre::{AsyncSendmailTransport, AsyncTransport, Tokio1Executor};

use super::error::{Failed, MailError};
use super::message::Letter;

/// A program that is called as `sendmail -i -f SENDER -- RECIPIENT`, with the message on its standard input.
pub(super) struct Program {
    path: PathBuf,
    transport: AsyncSendmailTransport<Tokio1Executor>,
}

impl Program {
    pub(super) fn new(path: PathBuf) -> Self {
        let transport = AsyncSendmailTransport::new_with_command(&path);
        Self { path, transport }
    }

    /// Waits for the program's end, and kills it if the time is up before.
    pub(super) async fn carry(&self, letter: &Letter) -> Result<(), Failed> {
        let sent = self.transport.send_raw(letter.envelope(), letter.bytes());
        sent.await.map_err(|error| Failed {
            error: self.explained(&error),
            words: error.source().map(ToString::to_string),
        })
    }

    fn explained(&self, error: &lettre::transport::sendmail::Error) -> MailError {
        let path = self.path.display();
        let cause = error.source().and_then(|source| source.downcast_ref());
        match cause.map(io::Error::kind) {
            Some(kind @ (ErrorKind::NotFound | ErrorKind::PermissionDenied)) => {
                MailError::NotConfigured(format!("sendmail: {path}: {kind}"))
            }
            Some(kind) => MailError::Sendmail(format!("{path} broke off: {kind}")),
            // its words may name the recipient
            None => MailError::Sendmail(format!("{path} refused the mail; its own log says why")),
        }
    }
}
