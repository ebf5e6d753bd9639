//! How much room the disk has.

use std::path::Path;
use std::time::{Duration, Instant};

use super::StoreError;

/// How long what was seen is relied upon: others fill a disk within a moment, and a look takes a few microseconds.
const OLDEST: Duration = Duration::from_millis(10);

/// Refuses writes before the disk is full: sled does not survive a full one gracefully.
#[derive(Debug)]
pub(super) struct Space {
    folder: std::path::PathBuf,
    least: u64,
    looked: Option<(Instant, u64)>,
}

impl Space {
    /// Watches the disk of this folder; `least` bytes are to stay free.
    pub(super) fn new(folder: &Path, least: u64) -> Self {
        Self {
            folder: folder.to_owned(),
            least,
            looked: None,
        }
    }

    /// `Ok` while there is room; what was seen of that is at most a hundredth of a second old.
    pub(super) fn check(&mut self) -> Result<(), StoreError> {
        let free = match self.looked {
            Some((when, free)) if when.elapsed() < OLDEST => free,
            _ => {
                let free = free(&self.folder)?;
                self.looked = Some((Instant::now(), free));
                free
            }
        };
        if free < self.least {
            Err(StoreError::DiskFull {
                free,
                least: self.least,
            })
        } else {
            Ok(())
        }
    }

    /// Counts what was written since it last looked.
    pub(super) fn used(&mut self, bytes: u64) {
        if let Some((_, free)) = &mut self.looked {
            *free = free.saturating_sub(bytes);
        }
    }
}

/// What is free on the disk of this folder, in bytes.
pub(super) fn free(folder: &Path) -> Result<u64, StoreError> {
    let disk = rustix::fs::statvfs(folder)
        .map_err(|error| StoreError::Engine(format!("free space of the store's disk: {error}")))?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_little_room_refuses() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(Space::new(folder.path(), 1).check(), Ok(()));
        assert!(matches!(
            Space::new(folder.path(), u64::MAX).check(),
            Err(StoreError::DiskFull { .. })
        ));
        let mut space = Space::new(folder.path(), 1);
        space.check().expect("room");
        space.used(u64::MAX);
        assert!(
            space.check().is_err(),
            "what was written counts before the next look"
        );
    }
}
