//! The control socket: how a command of `larimard` asks the server that has the store open.
//!
//! A Unix socket in the store's folder, which only the server's user can enter. A line of JSON asks; the answer is a row of
//! pieces, each with its length (u32, big endian) before it.

use std::fs::{DirBuilder, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::ops::ControlFlow;
use std::os::fd::AsRawFd;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::registry::{self, Answer, Ask};
use crate::protocol::Service;
use crate::store::archive::{ArchiveError, End, Frame};
use crate::store::{Report, verify};
use crate::wallet::Wallets;

const LONGEST_QUESTION: u64 = 4096;
const LONGEST_PIECE: u32 = 8 * 1024 * 1024;
/// How long who asks may take to ask, or to take a piece: while a backup is taken, what changes is collected.
const PATIENCE: Duration = Duration::from_secs(60);
/// The longest path that every system takes for a socket, in bytes.
const LONGEST_PATH: usize = 100;

/// What is asked.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "lowercase")]
pub(super) enum Question {
    /// Everything that is stored.
    Backup,
    /// Whether it is all there.
    Verify,
    /// About single wallets.
    Registry {
        /// What.
        ask: Ask,
    },
}

/// A piece of the answer.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Piece {
    /// Of a backup.
    Frame(Frame),
    /// The backup is complete.
    End(End),
    /// So many records were looked at so far.
    Looked(u64),
    /// The verification is done.
    Report(Report),
    /// It did not work.
    Failed(String),
    /// About single wallets.
    Answer(Answer),
}

fn path(store: &Path) -> PathBuf {
    store.join("control")
}

/// A way to the socket that is short enough, and what has to stay open for it.
fn short(store: &Path) -> io::Result<(PathBuf, Option<File>)> {
    let path = path(store);
    if path.as_os_str().len() <= LONGEST_PATH || !cfg!(target_os = "linux") {
        return Ok((path, None));
    }
    let folder = File::open(store)?;
    let short = format!("/proc/self/fd/{}/control", folder.as_raw_fd());
    Ok((short.into(), Some(folder)))
}

/// Answers questions about this store while somebody else has it. The socket's file goes when the returned value is dropped.
///
/// # Errors
/// If there can be no socket in the folder.
pub(super) fn listen(folder: &Path, service: &Arc<Service>) -> io::Result<Control> {
    let path = path(folder);
    // the store's lock is ours: whatever is there was left by a crash
    let _ = std::fs::remove_file(&path);
    let listener = bind(folder)?;
    let service = Arc::downgrade(service);
    std::thread::Builder::new()
        .name("control".into())
        .spawn(move || {
            for connection in listener.incoming() {
                let Ok(connection) = connection else {
                    // too many open files, for example: not again at once
                    std::thread::sleep(Duration::from_millis(100));
                    continue;
                };
                let Some(service) = service.upgrade() else {
                    return;
                };
                let answering = std::thread::Builder::new()
                    .name("control-answer".into())
                    .spawn(move || answer(&service.wallets, connection));
                if let Err(error) = answering {
                    tracing::warn!(%error, "a command could not be answered");
                }
            }
        })?;
    Ok(Control(path))
}

/// A socket that was nobody else's to connect to at any moment: it is made in a folder of its own, and moved when it is closed to others.
fn bind(folder: &Path) -> io::Result<UnixListener> {
    let nursery = folder.join("control.new");
    let _ = std::fs::remove_dir_all(&nursery);
    DirBuilder::new().mode(0o700).create(&nursery)?;
    let (short, _open) = short(&nursery)?;
    let listener = UnixListener::bind(short)?;
    let made = path(&nursery);
    std::fs::set_permissions(&made, std::fs::Permissions::from_mode(0o600))?;
    std::fs::rename(made, path(folder))?;
    std::fs::remove_dir(nursery)?;
    Ok(listener)
}

/// The socket's file.
#[derive(Debug)]
pub(super) struct Control(PathBuf);

impl Drop for Control {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn answer(wallets: &Wallets, connection: UnixStream) {
    let store = &**wallets.store();
    let mut question = String::new();
    let patient = connection
        .set_read_timeout(Some(PATIENCE))
        .and_then(|()| connection.set_write_timeout(Some(PATIENCE)));
    if patient.is_err() {
        return;
    }
    let asked = BufReader::new(&connection)
        .take(LONGEST_QUESTION)
        .read_line(&mut question);
    let mut out = BufWriter::new(&connection);
    let last = match (asked, serde_json::from_str(&question)) {
        (Ok(_), Ok(Question::Backup)) => {
            tracing::info!("a backup is being taken");
            let copied = store.copy(&mut |frame| {
                send(&mut out, &Piece::Frame(frame))
                    .map_err(|error| ArchiveError::from(error).into())
            });
            match copied {
                Ok(end) => Piece::End(end),
                Err(error) => {
                    tracing::warn!(%error, "no backup was taken");
                    Piece::Failed(error.to_string())
                }
            }
        }
        (Ok(_), Ok(Question::Verify)) => {
            tracing::info!("the store is being verified");
            let report = verify(
                store,
                &mut |records| match send(&mut out, &Piece::Looked(records))
                    .and_then(|()| out.flush())
                {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(_) => ControlFlow::Break(()),
                },
            );
            match report {
                Ok(report) => Piece::Report(report),
                Err(error) => Piece::Failed(error.to_string()),
            }
        }
        (Ok(_), Ok(Question::Registry { ask })) => {
            if matches!(ask, Ask::Erase(_)) {
                tracing::info!("a wallet is being erased by the operator");
            }
            match registry::answer(wallets, ask) {
                Ok(answer) => Piece::Answer(answer),
                Err(error) => Piece::Failed(error.to_string()),
            }
        }
        _ => {
            Piece::Failed("this server does not know the command; is it of another version?".into())
        }
    };
    let _ = send(&mut out, &last).and_then(|()| out.flush());
}

pub(super) fn send(out: &mut impl Write, piece: &Piece) -> io::Result<()> {
    let bytes = postcard::to_stdvec(piece).map_err(io::Error::other)?;
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    out.write_all(&length.to_be_bytes())?;
    out.write_all(&bytes)
}

/// Asks the server that has this store open, if one runs, and hands every piece of its answer to `take` until that says it was the last.
///
/// # Errors
/// If the connection breaks, or what `take` says.
pub(super) fn ask<T>(
    store: &Path,
    question: Question,
    mut take: impl FnMut(Piece) -> anyhow::Result<Option<T>>,
) -> anyhow::Result<Option<T>> {
    let (short, _open) = short(store)?;
    let mut connection = match UnixStream::connect(short) {
        Ok(connection) => connection,
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused
            ) =>
        {
            return Ok(None);
        }
        Err(error) => {
            return Err(anyhow::Error::new(error).context("the running server cannot be asked"));
        }
    };
    let mut line = serde_json::to_vec(&question)?;
    line.push(b'\n');
    connection.write_all(&line)?;
    let mut input = BufReader::new(connection);
    loop {
        let piece = receive(&mut input).map_err(|error| {
            anyhow::Error::new(error).context("the running server broke off; its log says why")
        })?;
        if let Some(done) = take(piece)? {
            return Ok(Some(done));
        }
    }
}

pub(super) fn receive<T: DeserializeOwned>(input: &mut impl Read) -> io::Result<T> {
    let mut length = [0; 4];
    input.read_exact(&mut length)?;
    let length = u32::from_be_bytes(length);
    if length > LONGEST_PIECE {
        return Err(io::Error::other("an answer is too long"));
    }
    let mut bytes = vec![0; length as usize];
    input.read_exact(&mut bytes)?;
    postcard::from_bytes(&bytes).map_err(io::Error::other)
}
