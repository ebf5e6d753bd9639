//! Mail by a program on this machine.

use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStderr, ChildStdin, Command};
use tokio::time::timeout;
use tokio_util::task::AbortOnDropHandle;

use super::error::{Failed, MailError, Reply};
use super::message::Letter;

/// Of what the program says so much is kept, in bytes.
const MOST_WORDS: usize = 8 * 1024;
/// How long the last words of a program that failed are waited for: what it left in the background may hold its standard error open.
const LAST_WORDS: Duration = Duration::from_millis(500);
/// For so long something may be said to its standard error by what it left in the background.
const LISTENED: Duration = Duration::from_secs(600);

/// A program that is called as `sendmail -i -f SENDER -- RECIPIENT`, with the message on its standard input.
pub(super) struct Program(PathBuf);

impl Program {
    pub(super) fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Waits for the program's end, and judges by its exit code alone: it need not read all, and what it leaves in the background goes on.
    /// If the time is up before, it is killed, and with it what it began.
    pub(super) async fn carry(&self, letter: &Letter) -> Result<(), Failed> {
        let broken = |error: io::Error| Failed::from(self.broken(&error));
        let mut child = self.start(letter).map_err(broken)?;
        let mut group = Group::of(&child);
        let feeding = feed(child.stdin.take(), letter.bytes().to_vec());
        let feeding = AbortOnDropHandle::new(tokio::spawn(feeding));
        let said = Said::default();
        let mut listening =
            tokio::spawn(timeout(LISTENED, listen(child.stderr.take(), said.clone())));
        let status = child.wait().await.map_err(broken)?;
        group.is_over();
        if status.success() {
            // who reads may be what it left behind
            let _ = feeding.await;
            return Ok(());
        }
        let _ = timeout(LAST_WORDS, &mut listening).await;
        Err(Failed {
            error: self.judged(status),
            words: said.words(),
        })
    }

    fn start(&self, letter: &Letter) -> io::Result<Child> {
        let envelope = letter.envelope();
        let mut command = Command::new(&self.0);
        command.arg("-i");
        if let Some(sender) = envelope.from() {
            command.arg("-f").arg(sender);
        }
        command
            .arg("--")
            .args(envelope.to())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
    }

    fn broken(&self, error: &io::Error) -> MailError {
        let (path, kind) = (self.0.display(), error.kind());
        match kind {
            ErrorKind::NotFound | ErrorKind::PermissionDenied => {
                MailError::NotConfigured(format!("sendmail: {path}: {kind}"))
            }
            _ => MailError::Sendmail(format!("{path} cannot be run: {kind}")),
        }
    }

    /// By the codes of `sysexits.h`. Its words may name the recipient.
    fn judged(&self, status: ExitStatus) -> MailError {
        match status.code() {
            // usage, data, no such user, no such host
            Some(code @ (64 | 65 | 67 | 68)) => MailError::Refused(Reply::Exit(code)),
            Some(code @ 75) => MailError::Deferred(Reply::Exit(code)),
            _ => MailError::Sendmail(format!(
                "{} failed ({status}); its own log says why",
                self.0.display()
            )),
        }
    }
}

/// All of the letter, or as much as is read: a program that ends before or closes its standard input may have sent it nevertheless.
async fn feed(input: Option<ChildStdin>, letter: Vec<u8>) {
    if let Some(mut input) = input {
        let _ = input.write_all(&letter).await;
    }
}

/// What a program said so far.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<u8>>>);

impl Said {
    fn words(&self) -> Option<String> {
        let said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let words = String::from_utf8_lossy(&said).trim().to_owned();
        (!words.is_empty()).then_some(words)
    }
}

/// Reads to the end, so that nobody waits for a reader, and keeps the beginning.
async fn listen(errors: Option<ChildStderr>, said: Said) {
    let Some(mut errors) = errors else { return };
    let mut part = [0; 1024];
    while let Ok(length @ 1..) = errors.read(&mut part).await {
        let mut said = said.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = length.min(MOST_WORDS.saturating_sub(said.len()));
        said.extend_from_slice(&part[..kept]);
    }
}

/// A program and all that it began. They are killed when this is dropped before the program is over.
struct Group(Option<Pid>);

impl Group {
    fn of(leader: &Child) -> Self {
        let number = leader.id().and_then(|id| i32::try_from(id).ok());
        Self(number.and_then(Pid::from_raw))
    }

    /// Its number may be another's from now on.
    fn is_over(&mut self) {
        self.0 = None;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(leader) = self.0 {
            let _ = kill_process_group(leader, Signal::KILL);
        }
    }
}
