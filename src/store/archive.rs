//! The backup format, version 1: one for every engine.
//!
//! ```text
//! "larimar archive 1\n"
//! a zstd stream of frames, each: length (u32, big endian), frame (postcard)
//! ```
//!
//! The first frame says what it is, the last one how many entries there are and the SHA-256 of everything before; what is cut off
//! or changed is therefore noticed before anything of it is used. Entries are in order: of two for one key the later counts, which is how
//! changes made during a backup follow what was copied before them. With a passphrase the whole is wrapped in the age format
//! (age-encryption.org), which the `age` program opens too; only then it holds the server's secret.

use std::io::{self, BufReader, Read, Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::record::Table;
use crate::clock::Time;
use crate::crypto::Secret;

const MAGIC: &[u8] = b"larimar archive 1\n";
const MAGIC_OF_ANY_VERSION: &[u8] = b"larimar archive ";
const MAGIC_OF_AGE: &[u8] = b"age-encryption.org/";
/// The longest frame: an entry never has more than a chunk of a blob, or a record of a few kilobytes.
const LONGEST: u32 = 4 * 1024 * 1024;
const LEVEL: i32 = 3;
/// What a passphrase may cost to try, as a power of two: a slow machine opens what a fast one made.
const WORK: u8 = 22;

/// A piece of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Frame {
    /// What it is; the first one.
    Head(Head),
    /// The server's secret, 32 bytes: only in encrypted archives.
    Secret(Vec<u8>),
    /// A record.
    Put(
        Table,
        #[serde(with = "serde_bytes")] Vec<u8>,
        #[serde(with = "serde_bytes")] Vec<u8>,
    ),
    /// No record.
    Remove(Table, #[serde(with = "serde_bytes")] Vec<u8>),
    /// The last one.
    End(End),
}

/// What an archive is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Of the program that made it.
    pub version: String,
    /// When it was begun.
    pub made: Time,
    /// The fingerprint of the secret that its store belongs to.
    pub secret: String,
}

/// How an archive ends.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct End {
    /// The last commit that is in it.
    pub commit: u64,
    /// The next fresh number of its store.
    pub next: u64,
    /// How many wallets there are.
    pub wallets: u64,
    /// What its records add up to, as the store itself counts them: those of a copy that went wrong add up to something else.
    pub sum: u64,
    /// How many frames came before.
    pub frames: u64,
    /// SHA-256 of the frames before, each with its length, and the numbers above.
    pub digest: [u8; 32],
}

/// Why an archive cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is no archive.
    #[error("it is no backup of larimard")]
    NoArchive,
    /// It is encrypted.
    #[error("it is encrypted; give the passphrase with --passphrase-file")]
    Encrypted,
    /// It is not encrypted, though it was thought to be: who can replace it can then write what they like.
    #[error("it is not encrypted; if it is the right file, leave --passphrase-file away")]
    NotEncrypted,
    /// It is encrypted with another passphrase.
    #[error("it does not open with this passphrase")]
    WrongPassphrase,
    /// It is of a later version.
    #[error("a later version of larimard made it; use that version")]
    Newer,
    /// It is cut off or changed.
    #[error("it is damaged ({0}); nothing of it was used. Take another backup")]
    Damaged(&'static str),
}

/// Writes an archive.
pub struct Writer<W: Write> {
    out: zstd::stream::write::Encoder<'static, Wrapped<W>>,
    digest: Sha256,
    frames: u64,
}

enum Wrapped<W: Write> {
    Plain(W),
    Age(age::stream::StreamWriter<W>),
}

impl<W: Write> Write for Wrapped<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(out) => out.write(bytes),
            Self::Age(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.flush(),
            Self::Age(out) => out.flush(),
        }
    }
}

impl<W: Write> Writer<W> {
    /// Begins an archive; with a passphrase an encrypted one.
    ///
    /// # Errors
    /// [`ArchiveError::Io`].
    pub fn begin(
        out: W,
        passphrase: Option<&age::secrecy::SecretString>,
    ) -> Result<Self, ArchiveError> {
        let mut out = match passphrase {
            None => Wrapped::Plain(out),
            Some(passphrase) => {
                let encryptor = age::Encryptor::with_user_passphrase(passphrase.clone());
                Wrapped::Age(encryptor.wrap_output(out)?)
            }
        };
        out.write_all(MAGIC)?;
        let mut out = zstd::stream::write::Encoder::new(out, LEVEL)?;
        out.include_checksum(true)?;
        Ok(Self {
            out,
            digest: Sha256::new(),
            frames: 0,
        })
    }

    /// Adds a frame.
    ///
    /// # Errors
    /// [`ArchiveError::Io`].
    pub fn add(&mut self, frame: &Frame) -> Result<(), ArchiveError> {
        let (length, bytes) = encode(frame)?;
        self.digest.update(length);
        self.digest.update(&bytes);
        self.frames += 1;
        self.out.write_all(&length)?;
        self.out.write_all(&bytes)?;
        Ok(())
    }

    /// Ends it: only now it is an archive. Says how many frames there are, and gives back what was written to.
    ///
    /// # Errors
    /// [`ArchiveError::Io`].
    pub fn end(mut self, end: End) -> Result<(u64, W), ArchiveError> {
        let mut end = End {
            frames: self.frames,
            ..end
        };
        end.digest = digest_with(self.digest, &end);
        let (length, bytes) = encode(&Frame::End(end))?;
        self.out.write_all(&length)?;
        self.out.write_all(&bytes)?;
        let out = match self.out.finish()? {
            Wrapped::Plain(out) => out,
            Wrapped::Age(out) => out.finish()?,
        };
        Ok((self.frames, out))
    }
}

/// The digest of an archive: over all frames before the end, and the numbers of the end.
fn digest_with(mut digest: Sha256, end: &End) -> [u8; 32] {
    for number in [end.commit, end.next, end.wallets, end.sum, end.frames] {
        digest.update(number.to_be_bytes());
    }
    digest.finalize().into()
}

fn encode(frame: &Frame) -> Result<([u8; 4], Vec<u8>), ArchiveError> {
    let bytes = postcard::to_stdvec(frame).map_err(io::Error::other)?;
    match u32::try_from(bytes.len()) {
        Ok(length) if length <= LONGEST => Ok((length.to_be_bytes(), bytes)),
        _ => Err(io::Error::other("a record is too long for a backup").into()),
    }
}

/// Reads an archive, and checks it on the way: what [`next`](Self::next) gave is good only when it gave the end.
pub struct Reader<'a> {
    input: Box<dyn Read + 'a>,
    digest: Sha256,
    frames: u64,
    ended: bool,
}

impl<'a> Reader<'a> {
    /// Begins to read.
    ///
    /// # Errors
    /// [`ArchiveError`].
    pub fn begin(
        input: impl Read + 'a,
        passphrase: Option<&age::secrecy::SecretString>,
    ) -> Result<Self, ArchiveError> {
        let mut input = BufReader::with_capacity(1 << 17, input);
        let encrypted = peek(&mut input)?.starts_with(MAGIC_OF_AGE);
        let mut input: Box<dyn Read + 'a> = match (encrypted, passphrase) {
            (false, None) => Box::new(input),
            (false, Some(_)) => return Err(ArchiveError::NotEncrypted),
            (true, None) => return Err(ArchiveError::Encrypted),
            (true, Some(passphrase)) => Box::new(decrypt(input, passphrase)?),
        };
        let mut magic = [0; MAGIC.len()];
        input
            .read_exact(&mut magic)
            .map_err(|_| ArchiveError::NoArchive)?;
        if magic != MAGIC {
            return Err(match magic.starts_with(MAGIC_OF_ANY_VERSION) {
                true => ArchiveError::Newer,
                false => ArchiveError::NoArchive,
            });
        }
        Ok(Self {
            input: Box::new(zstd::stream::read::Decoder::new(input)?),
            digest: Sha256::new(),
            frames: 0,
            ended: false,
        })
    }

    /// The next frame; `None` after the end, which is the proof that nothing is missing or changed.
    ///
    /// # Errors
    /// [`ArchiveError::Damaged`], [`ArchiveError::Io`].
    #[expect(
        clippy::should_implement_trait,
        reason = "an iterator would go on after an error"
    )]
    pub fn next(&mut self) -> Result<Option<Frame>, ArchiveError> {
        if self.ended {
            return Ok(None);
        }
        let mut length = [0; 4];
        self.read(&mut length)?;
        let wanted = u32::from_be_bytes(length);
        if wanted > LONGEST {
            return Err(ArchiveError::Damaged("a frame is too long"));
        }
        let mut bytes = vec![0; wanted as usize];
        self.read(&mut bytes)?;
        let frame = match postcard::take_from_bytes(&bytes) {
            Ok((frame, [])) => frame,
            _ => return Err(ArchiveError::Damaged("a frame cannot be read")),
        };
        if self.frames == 0 && !matches!(frame, Frame::Head(_)) {
            return Err(ArchiveError::Damaged("its head is missing"));
        }
        if let Frame::End(end) = &frame {
            let digest = digest_with(std::mem::take(&mut self.digest), end);
            if end.frames != self.frames || end.digest != digest {
                return Err(ArchiveError::Damaged("its digest is wrong"));
            }
            if self.input.read(&mut [0]).map_err(unreadable)? != 0 {
                return Err(ArchiveError::Damaged("something follows its end"));
            }
            self.ended = true;
        } else {
            self.digest.update(length);
            self.digest.update(&bytes);
            self.frames += 1;
        }
        Ok(Some(frame))
    }

    fn read(&mut self, bytes: &mut [u8]) -> Result<(), ArchiveError> {
        self.input.read_exact(bytes).map_err(unreadable)
    }
}

/// The decoders below us report what was changed or cut off as errors of reading.
fn unreadable(error: io::Error) -> ArchiveError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => ArchiveError::Damaged("it is cut off"),
        io::ErrorKind::Other | io::ErrorKind::InvalidData => {
            ArchiveError::Damaged("it cannot be decoded")
        }
        _ => ArchiveError::Io(error),
    }
}

fn peek<R: Read>(input: &mut BufReader<R>) -> io::Result<&[u8]> {
    use std::io::BufRead;
    input.fill_buf()
}

fn decrypt<'a>(
    input: impl Read + 'a,
    passphrase: &age::secrecy::SecretString,
) -> Result<impl Read + 'a, ArchiveError> {
    let decryptor = age::Decryptor::new(input)
        .map_err(|_| ArchiveError::Damaged("its encryption cannot be read"))?;
    let mut identity = age::scrypt::Identity::new(passphrase.clone());
    identity.set_max_work_factor(WORK);
    decryptor
        .decrypt(std::iter::once(&identity as &dyn age::Identity))
        .map_err(|error| match error {
            age::DecryptError::ExcessiveWork { .. } => {
                ArchiveError::Damaged("its passphrase would take too long to try")
            }
            age::DecryptError::Io(error) => ArchiveError::Io(error),
            age::DecryptError::InvalidHeader | age::DecryptError::InvalidMac => {
                ArchiveError::Damaged("its encryption cannot be read")
            }
            _ => ArchiveError::WrongPassphrase,
        })
}

/// The frame that carries the secret.
pub fn secret_frame(secret: &Secret<32>) -> Frame {
    Frame::Secret(secret.expose().to_vec())
}

#[cfg(test)]
mod tests;
