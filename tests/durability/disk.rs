//! A disk of its own: an ext4 image, mounted, whose power can be cut.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A mounted image. It is unmounted when this is dropped, which also frees its loop device.
pub(crate) struct Disk {
    folder: TempDir,
}

impl Disk {
    /// One of this size, or why there cannot be one here.
    pub(crate) fn new(mebibytes: u64) -> Result<Self, String> {
        let folder = folder();
        let image = folder.path().join("image");
        let file = std::fs::File::create(&image).unwrap();
        file.set_len(mebibytes << 20).unwrap();
        run("mkfs.ext4", &["-q", "-F", "-m", "0"], &[&image])?;
        Self::mounted(folder)
    }

    fn mounted(folder: TempDir) -> Result<Self, String> {
        let at = folder.path().join("mounted");
        std::fs::create_dir(&at).unwrap();
        let image = folder.path().join("image");
        run("mount", &["-t", "ext4", "-o", "loop"], &[&image, &at])?;
        Ok(Self { folder })
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("mounted")
    }

    /// Cuts the power: what comes back has what had reached the image by now, and nothing that only the file system above knew. Who writes
    /// to this one has to be dead.
    pub(crate) fn cut(self) -> Self {
        let folder = folder();
        let (from, to) = (
            self.folder.path().join("image"),
            folder.path().join("image"),
        );
        run("cp", &["--reflink=never", "--sparse=always"], &[&from, &to]).unwrap();
        drop(self);
        // which replays the journal of the file system
        Self::mounted(folder).expect("the image mounts again")
    }

    /// What is free, in bytes.
    pub(crate) fn free(&self) -> u64 {
        let asked = Command::new("df")
            .args(["--output=avail", "-B1"])
            .arg(self.path())
            .output()
            .unwrap();
        let text = String::from_utf8(asked.stdout).unwrap();
        text.lines().nth(1).unwrap().trim().parse().unwrap()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let at = self.path();
        for _ in 0..50 {
            if run("umount", &[], &[&at]).is_ok() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        // somebody still has a file open: it goes when that one ends
        let _ = run("umount", &["--lazy"], &[&at]);
    }
}

fn folder() -> TempDir {
    let mut builder = tempfile::Builder::new();
    builder.prefix("larimar-disk-").tempdir().unwrap()
}

fn run(program: &str, flags: &[&str], paths: &[&Path]) -> Result<(), String> {
    let ran = Command::new(program).args(flags).args(paths).output();
    let ran = ran.map_err(|error| format!("{program}: {error}"))?;
    match ran.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&ran.stderr).trim().to_owned()),
    }
}

/// A disk, if this machine can have one. Else the test is skipped with a line that says so, or fails in CI.
pub(crate) fn disk_or_skip(what: &str, mebibytes: u64) -> Option<Disk> {
    match Disk::new(mebibytes) {
        Ok(disk) => Some(disk),
        Err(why) => {
            let in_ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
            assert!(!in_ci, "{what} has to be tested in CI: {why}");
            super::tell(&format!("SKIPPED {what}: {why}"));
            None
        }
    }
}
