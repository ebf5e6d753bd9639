//! The commit counter: it stands outside sled, and notices a store that went back in time.
//!
//! Two slots are written in turn, each with its checksum, so that a torn write leaves the other one whole.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

const SLOT: u64 = 512;
const LENGTH: usize = 12;

/// The file that holds the number of the last durable commit.
#[derive(Debug)]
pub(super) struct Commits {
    file: File,
}

impl Commits {
    /// Makes the file, at commit 0, durable.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(true)
            .read(true)
            .write(true)
            .open(path)?;
        file.write_all_at(&[0; 2 * SLOT as usize], 0)?;
        let commits = Self { file };
        commits.write(0)?;
        commits.file.sync_all()?;
        Ok(commits)
    }

    /// Opens the file; `None` stands for a file of which neither slot is whole.
    pub(super) fn open(path: &Path) -> io::Result<(Self, Option<u64>)> {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        let commits = Self { file };
        let last = [0, 1]
            .into_iter()
            .filter_map(|slot| commits.read(slot))
            .max();
        Ok((commits, last))
    }

    /// Makes this number durable.
    pub(super) fn write(&self, commit: u64) -> io::Result<()> {
        let mut bytes = [0; LENGTH];
        bytes[..8].copy_from_slice(&commit.to_be_bytes());
        bytes[8..].copy_from_slice(&crc32fast::hash(&commit.to_be_bytes()).to_be_bytes());
        self.file.write_all_at(&bytes, commit % 2 * SLOT)?;
        self.file.sync_data()
    }

    fn read(&self, slot: u64) -> Option<u64> {
        let mut bytes = [0; LENGTH];
        self.file.read_exact_at(&mut bytes, slot * SLOT).ok()?;
        let (commit, sum) = bytes.split_first_chunk::<8>()?;
        (crc32fast::hash(commit).to_be_bytes() == *sum).then(|| u64::from_be_bytes(*commit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_number_comes_back_and_a_torn_slot_costs_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("commits");
        let commits = Commits::create(&path).expect("made");
        assert_eq!(Commits::open(&path).expect("opened").1, Some(0));
        for commit in 1..=9 {
            commits.write(commit).expect("written");
        }
        assert_eq!(Commits::open(&path).expect("opened").1, Some(9));
        commits
            .file
            .write_all_at(b"torn", SLOT + 6)
            .expect("written");
        assert_eq!(Commits::open(&path).expect("opened").1, Some(8));
        commits.file.write_all_at(b"torn", 6).expect("written");
        assert_eq!(Commits::open(&path).expect("opened").1, None);
    }
}
