//! Mail as files.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::MailError;
use super::message::Letter;

/// A directory that gets one `.eml` a message.
#[derive(Debug)]
pub(super) struct Directory(PathBuf);

impl Directory {
    /// Makes it if it is missing, so that an operator hears at the start what is wrong.
    pub(super) fn open(path: PathBuf) -> Result<Self, MailError> {
        make(&path).map_err(|error| failed(&path, &error))?;
        Ok(Self(path))
    }

    /// Whoever watches the directory sees a whole file or none. Which it is.
    pub(super) async fn carry(&self, letter: &Letter) -> Result<PathBuf, MailError> {
        let (directory, name, bytes) = (
            self.0.clone(),
            letter.id().to_owned(),
            letter.bytes().to_vec(),
        );
        let written = tokio::task::spawn_blocking(move || write(&directory, &name, &bytes)).await;
        written
            .map_err(io::Error::other)
            .flatten()
            .map_err(|error| failed(&self.0, &error))
    }
}

fn make(directory: &Path) -> io::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)
}

fn write(directory: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    make(directory)?;
    let finished = directory.join(format!("{name}.eml"));
    let unfinished = directory.join(format!(".{name}.tmp"));
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&unfinished)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| std::fs::rename(&unfinished, &finished));
    if written.is_err() {
        // half a mail is of no use to anybody; what went wrong before is what counts
        let _ = std::fs::remove_file(&unfinished);
    }
    written.map(|()| finished)
}

fn failed(directory: &Path, error: &io::Error) -> MailError {
    MailError::NotConfigured(format!("mail.directory {}: {error}", directory.display()))
}
