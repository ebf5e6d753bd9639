//! Hands codes to whoever carries mail (PROTOCOL.md, sections 5 and 10).
//!
//! Every send is bounded in time, from the first waiting to the last answer, and in number. What goes wrong is said so
//! that an operator knows what to change, and never with an address or a code.

mod address;
mod error;
mod file;
mod measured;
pub mod memory;
mod message;
mod print;
mod sendmail;
mod smtp;
mod template;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::crypto::Code;
pub use address::{EmailAddress, InvalidEmail};
pub use error::{Failed, MailError, Reply};
pub use measured::Measured;
use message::{Letter, Stationery};
pub use smtp::{InvalidSmtpUrl, SmtpUrl};
pub use template::{InvalidTemplate, Template};

/// Sends codes.
pub trait Mailer: Send + Sync {
    /// When it is ready, the mail with this code is handed over. Whether it arrives, nobody can tell.
    ///
    /// Dropped before, it may or may not have been handed over.
    ///
    /// # Errors
    /// [`MailError`], which says what to change.
    fn send_code<'a>(
        &'a self,
        to: &'a EmailAddress,
        code: &'a Code,
        expires_in_seconds: u64,
    ) -> BoxFuture<'a, Result<(), MailError>>;
}

/// How mail goes out (`mail.transport`).
#[derive(Debug, Clone)]
pub enum Transport {
    /// Whole to standard error: for who tries it out alone.
    Print,
    /// One `.eml` a message in this directory, which is made if it is missing, mode 700; the files have mode 600.
    File(PathBuf),
    /// A mail server.
    Smtp(SmtpUrl),
    /// A program that takes the message as `sendmail` does.
    Sendmail(PathBuf),
}

/// What a [`Mailer`] is made of.
#[derive(Debug, Clone)]
pub struct Options {
    /// How mail goes out.
    pub transport: Transport,
    /// `mail.from`: `Name <local@domain>` or `local@domain`. Mails speak of the service by this name, else by this domain.
    pub from: String,
    /// The words of the mail, instead of the built-in ones (`mail.template`).
    pub template: Option<Template>,
    /// For each send, waiting for its turn included (`mail.timeout_seconds`).
    pub timeout: Duration,
    /// Sends at a time, at least 1; more wait.
    pub concurrent: usize,
}

/// The mailer for these options. Asks no server yet.
///
/// # Errors
/// [`MailError::NotConfigured`], with what to change.
pub fn open(options: Options) -> Result<Arc<dyn Mailer>, MailError> {
    Ok(Arc::new(PostOffice::open(options)?))
}

/// Hands over a mail as people get it, with a code that no store knows. The file that it is in, if it went into one.
///
/// # Errors
/// [`Failed`], with what to change.
pub async fn try_out(
    options: Options,
    to: &EmailAddress,
    expires_in_seconds: u64,
) -> Result<Option<PathBuf>, Failed> {
    let code = Code::random().map_err(|error| MailError::NotConfigured(error.to_string()))?;
    let office = PostOffice::open(options)?;
    office.hand_over(to, &code, expires_in_seconds).await
}

enum Carrier {
    Print,
    File(file::Directory),
    Smtp(smtp::Server),
    Sendmail(sendmail::Program),
}

impl Carrier {
    /// The file, if there is one now.
    async fn carry(&self, letter: &Letter) -> Result<Option<PathBuf>, Failed> {
        match self {
            Self::Print => print::carry(letter)?,
            Self::File(directory) => return Ok(Some(directory.carry(letter).await?)),
            Self::Smtp(server) => server.carry(letter).await?,
            Self::Sendmail(program) => program.carry(letter).await?,
        }
        Ok(None)
    }
}

struct PostOffice {
    stationery: Stationery,
    carrier: Carrier,
    timeout: Duration,
    places: Semaphore,
}

impl PostOffice {
    fn open(options: Options) -> Result<Self, MailError> {
        let carrier = match options.transport {
            Transport::Print => Carrier::Print,
            Transport::File(directory) => Carrier::File(file::Directory::open(directory)?),
            Transport::Smtp(url) => Carrier::Smtp(smtp::Server::new(&url, options.timeout)?),
            Transport::Sendmail(program) => Carrier::Sendmail(sendmail::Program::new(program)),
        };
        Ok(Self {
            stationery: Stationery::new(&options.from, options.template)?,
            carrier,
            timeout: options.timeout,
            places: Semaphore::new(options.concurrent.clamp(1, Semaphore::MAX_PERMITS)),
        })
    }

    async fn hand_over(
        &self,
        to: &EmailAddress,
        code: &Code,
        expires_in_seconds: u64,
    ) -> Result<Option<PathBuf>, Failed> {
        let letter = self.stationery.write(to, code, expires_in_seconds)?;
        let send = async {
            // never closed, so there is always a place at last
            let _place = self.places.acquire().await;
            self.carrier.carry(&letter).await
        };
        timeout(self.timeout, send)
            .await
            .unwrap_or_else(|_| Err(MailError::TimedOut(self.timeout).into()))
    }
}

impl Mailer for PostOffice {
    fn send_code<'a>(
        &'a self,
        to: &'a EmailAddress,
        code: &'a Code,
        expires_in_seconds: u64,
    ) -> BoxFuture<'a, Result<(), MailError>> {
        Box::pin(async move {
            let handed_over = self.hand_over(to, code, expires_in_seconds).await;
            handed_over.map(|_| ()).map_err(|failed| failed.error)
        })
    }
}

#[cfg(test)]
mod tests;
