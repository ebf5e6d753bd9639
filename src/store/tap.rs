//! What is written while a backup is being taken: a file of frames that follows what was copied meanwhile.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek};

use super::StoreError;
use super::archive::Frame;
use super::journal::{Journal, Write};
use super::record::{self, Table};

/// Collects what every commit changes.
#[derive(Debug)]
pub(super) struct Tap {
    out: BufWriter<File>,
    failed: Option<String>,
}

impl Tap {
    /// Collects in this file, which nobody else has.
    pub(super) fn new(file: File) -> Self {
        Self {
            out: BufWriter::new(file),
            failed: None,
        }
    }

    /// Adds a blob's chunk.
    pub(super) fn data(&mut self, key: &[u8], chunk: &[u8]) {
        self.add(&Frame::Put(Table::Data, key.to_vec(), chunk.to_vec()));
    }

    /// Adds everything else of a commit.
    pub(super) fn journal(&mut self, journal: &Journal) {
        for Write { table, key, value } in &journal.writes {
            self.add(&match value {
                Some(value) => Frame::Put(*table, key.clone(), value.clone()),
                None => Frame::Remove(*table, key.clone()),
            });
        }
        for (number, chunks) in &journal.dropped {
            for index in 0..*chunks {
                self.add(&Frame::Remove(
                    Table::Data,
                    record::chunk_key(*number, index),
                ));
            }
        }
    }

    /// A failure costs the backup, not the commit.
    fn add(&mut self, frame: &Frame) {
        if self.failed.is_none()
            && let Err(error) = write(&mut self.out, frame)
        {
            self.failed = Some(error.to_string());
        }
    }

    /// Gives the frames to `sink`, in order.
    ///
    /// # Errors
    /// What `sink` says, or [`StoreError::Engine`] if something could not be collected.
    pub(super) fn drain<E: From<StoreError>>(
        self,
        sink: &mut dyn FnMut(Frame) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |error: String| {
            StoreError::Engine(format!(
                "collecting what changed during the backup: {error}"
            ))
        };
        if let Some(error) = self.failed {
            return Err(failed(error).into());
        }
        let mut input = self.rewound().map_err(|error| failed(error.to_string()))?;
        while let Some(frame) = read(&mut input).map_err(|error| failed(error.to_string()))? {
            sink(frame)?;
        }
        Ok(())
    }

    fn rewound(self) -> io::Result<BufReader<File>> {
        let mut file = self.out.into_inner()?;
        file.rewind()?;
        Ok(BufReader::new(file))
    }
}

fn write(out: &mut impl io::Write, frame: &Frame) -> io::Result<()> {
    let bytes = postcard::to_stdvec(frame).map_err(io::Error::other)?;
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    out.write_all(&length.to_be_bytes())?;
    out.write_all(&bytes)
}

fn read(input: &mut impl Read) -> io::Result<Option<Frame>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let mut bytes = vec![0; u32::from_be_bytes(length) as usize];
    input.read_exact(&mut bytes)?;
    postcard::from_bytes(&bytes)
        .map(Some)
        .map_err(io::Error::other)
}
