//! The folder of a store: what lies in it, who may open it, and which secret it belongs to.
//!
//! ```text
//! data/format    format of the store, fingerprint of the secret; written last when a store is made
//! data/lock      held by the process that has the store open
//! data/commits   the number of the last durable commit
//! data/sled/     the records
//! ```

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::crypto::{NoRandomness, Secret, keyed_hash};

/// The format that this version writes and reads.
const FORMAT: u32 = 1;

/// Why a store was not opened. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum LayoutError {
    /// The system refused.
    #[error("{what} {path}: {error}", path = .path.display())]
    Io {
        /// What was tried.
        what: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// Another process has it open.
    #[error("the store {} is in use by another process; stop that one first, or give this one another store.path", .0.display())]
    InUse(PathBuf),
    /// There is a store where one is to be made.
    #[error("there is a store in {} already; restore into an empty folder: --set store.path=FOLDER", .0.display())]
    Taken(PathBuf),
    /// The folder holds something else.
    #[error("{} is not empty and holds no store; set store.path to an empty folder or to a store", .0.display())]
    NotAStore(PathBuf),
    /// The store was written by a later version.
    #[error("the store {} has format {found}, and this version knows {FORMAT} at the most; use the version that wrote it, or a later one", .path.display())]
    Newer {
        /// Where.
        path: PathBuf,
        /// Its format.
        found: u32,
    },
    /// The secret is missing.
    #[error("the store {store} belongs to a secret, and {secret} is missing; put the secret back (server.secret_file), since addresses and codes cannot be recognised without it", store = .store.display(), secret = .secret.display())]
    SecretMissing {
        /// Where the store is.
        store: PathBuf,
        /// Where the secret should be.
        secret: PathBuf,
    },
    /// The secret is another.
    #[error("the store {} belongs to another secret than the one given; put the right one back (server.secret_file)", .0.display())]
    OtherSecret(PathBuf),
    /// The secret's file is not a secret.
    #[error("{} is no secret: it has to have exactly 32 bytes", .0.display())]
    NoSecret(PathBuf),
    /// Syncs of this program do not reach the disk.
    #[error(
        "this program was linked in such a way that sled's syncs do not reach the disk; build it as the README says"
    )]
    FalseSyncs,
    /// Something of the store is gone or unreadable.
    #[error("the store {} is damaged: {what}; restore the latest backup into an empty folder: larimard restore FILE --set store.path=FOLDER", .path.display())]
    Damaged {
        /// Where.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// The store went back in time.
    #[error("the store {} went back in time: it holds commit {found}, and commit {promised} was acknowledged; it is damaged or was overwritten by an older copy: restore the latest backup into an empty folder: larimard restore FILE --set store.path=FOLDER", .path.display())]
    WentBack {
        /// Where.
        path: PathBuf,
        /// What it holds.
        found: u64,
        /// What was acknowledged.
        promised: u64,
    },
    /// No random bytes.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

/// Turns an I/O error into one that says what was tried with which path.
pub(super) fn io_error<'a>(
    what: &'static str,
    path: &'a Path,
) -> impl FnOnce(io::Error) -> LayoutError + 'a {
    move |error| LayoutError::Io {
        what,
        path: path.to_owned(),
        error,
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Marker {
    format: u32,
    secret: String,
    complete: bool,
}

/// A store's folder, locked for this process.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Whether a store was in it.
    pub(super) complete: bool,
    secret: String,
    _lock: File,
}

impl Folder {
    /// Whether there is a store in the folder.
    pub fn holds_store(path: &Path) -> bool {
        path.join("format").exists()
    }

    /// That the folder may be restored into: it is missing, empty, or holds a store that was never completed.
    ///
    /// # Errors
    /// [`LayoutError::NotAStore`] if it holds something else, [`LayoutError::Taken`] if it holds a store.
    pub fn is_vacant(path: &Path) -> Result<(), LayoutError> {
        if !path.exists() {
            return Ok(());
        }
        match read_marker(path)? {
            Some(marker) if marker.complete => Err(LayoutError::Taken(path.to_owned())),
            Some(_) => Ok(()),
            None if holds_other_things(path)? => Err(LayoutError::NotAStore(path.to_owned())),
            None => Ok(()),
        }
    }

    /// Locks the folder, makes it if it is missing, and checks that it holds a store of this secret, or nothing.
    ///
    /// # Errors
    /// [`LayoutError`], for anything else.
    pub fn open(path: &Path, secret: &Secret<32>) -> Result<Self, LayoutError> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(io_error("making the folder", path))?;
        // before anything is written there; in this order, since a store may be in the making
        if holds_other_things(path)? && read_marker(path)?.is_none() {
            // the first thing that is made in a store, so it was there
            if path.join("sled").exists() && path.join("commits").exists() {
                return Err(LayoutError::Damaged {
                    path: path.to_owned(),
                    what: "its file `format` is missing".into(),
                });
            }
            return Err(LayoutError::NotAStore(path.to_owned()));
        }
        let lock = lock(path)?;
        let fingerprint = fingerprint(secret);
        let marker = read_marker(path)?;
        if let Some(marker) = &marker {
            if marker.format > FORMAT {
                return Err(LayoutError::Newer {
                    path: path.to_owned(),
                    found: marker.format,
                });
            }
            if marker.secret != fingerprint {
                return Err(LayoutError::OtherSecret(path.to_owned()));
            }
        }
        let folder = Self {
            path: path.to_owned(),
            complete: marker.as_ref().is_some_and(|marker| marker.complete),
            secret: fingerprint,
            _lock: lock,
        };
        if marker.is_none() {
            folder.mark(false)?;
        }
        Ok(folder)
    }

    /// Removes what is left of a store that was never completed: nothing was ever acknowledged from it.
    pub(super) fn clear(&self) -> Result<(), LayoutError> {
        let sled = self.sled();
        match fs::remove_dir_all(&sled) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(io_error("clearing", &sled)(error))
            }
            _ => Ok(()),
        }
    }

    /// Where the records are.
    pub(super) fn sled(&self) -> PathBuf {
        self.path.join("sled")
    }

    /// Where the number of the last commit is.
    pub(super) fn commits(&self) -> PathBuf {
        self.path.join("commits")
    }

    /// The folder itself.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Says, durably, that a whole store is in it.
    pub(super) fn mark_complete(&mut self) -> Result<(), LayoutError> {
        // sled syncs its records, and not the file with its settings
        let sled = self.sled();
        for entry in fs::read_dir(&sled).map_err(io_error("reading the folder", &sled))? {
            let path = entry.map_err(io_error("reading the folder", &sled))?.path();
            sync_folder(&path)?;
        }
        sync_folder(&sled)?;
        self.mark(true)?;
        self.complete = true;
        Ok(())
    }

    fn mark(&self, complete: bool) -> Result<(), LayoutError> {
        let marker = Marker {
            format: FORMAT,
            secret: self.secret.clone(),
            complete,
        };
        let text = toml::to_string(&marker).unwrap_or_default();
        let (path, draft) = (self.path.join("format"), self.path.join("format.new"));
        let write = || -> io::Result<()> {
            let mut file = File::create(&draft)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&draft, &path)
        };
        write().map_err(io_error("writing", &path))?;
        sync_folder(&self.path)?;
        match self.path.parent() {
            Some(parent) if parent.as_os_str().is_empty() => sync_folder(Path::new(".")),
            Some(parent) => sync_folder(parent),
            None => Ok(()),
        }
    }
}

/// The server's secret: 32 bytes, read from its file, or made there (mode 600) if there is no store yet.
///
/// # Errors
/// [`LayoutError::SecretMissing`] if there is a store, since nothing in it could be recognised;
/// [`LayoutError::NoSecret`] if the file has not 32 bytes; [`LayoutError::Io`].
pub fn load_secret(file: &Path, store: &Path) -> Result<Secret<32>, LayoutError> {
    match File::open(file) {
        Ok(mut opened) => {
            warn_if_others_read(file, &opened);
            let mut bytes = Zeroizing::new(Vec::new());
            (&mut opened)
                .take(33)
                .read_to_end(&mut bytes)
                .map_err(io_error("reading", file))?;
            match <[u8; 32]>::try_from(bytes.as_slice()) {
                Ok(bytes) => Ok(Secret::new(bytes)),
                Err(_) => Err(LayoutError::NoSecret(file.to_owned())),
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if Folder::holds_store(store) {
                return Err(LayoutError::SecretMissing {
                    store: store.to_owned(),
                    secret: file.to_owned(),
                });
            }
            make_secret(file)
        }
        Err(error) => Err(io_error("reading", file)(error)),
    }
}

fn warn_if_others_read(path: &Path, file: &File) {
    if let Ok(data) = file.metadata()
        && data.permissions().mode() & 0o077 != 0
    {
        tracing::warn!(
            file = %path.display(),
            "others than its owner may read the server's secret: chmod 600 it"
        );
    }
}

fn make_secret(file: &Path) -> Result<Secret<32>, LayoutError> {
    let secret = Secret::<32>::random()?;
    put_secret(file, &secret)?;
    Ok(secret)
}

/// Writes the secret to its file (mode 600), unless there is one.
///
/// # Errors
/// [`LayoutError::Io`], also if the file exists.
pub fn put_secret(file: &Path, secret: &Secret<32>) -> Result<(), LayoutError> {
    let folder = file
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(io_error("making the folder", folder))?;
    let draft = file.with_extension("new");
    let write = || -> io::Result<()> {
        let _ = fs::remove_file(&draft);
        let mut opened = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&draft)?;
        opened.write_all(secret.expose())?;
        opened.sync_all()?;
        // a link, and not a rename, so that a secret made by somebody else meanwhile is kept
        fs::hard_link(&draft, file)?;
        fs::remove_file(&draft)
    };
    write().map_err(io_error("making the secret", file))?;
    sync_folder(folder)
}

/// By what a store knows its secret, and which tells nothing of it.
pub fn fingerprint(secret: &Secret<32>) -> String {
    hex::encode(&keyed_hash(secret.expose(), &[b"larimar/v1/store"])[..8])
}

fn lock(folder: &Path) -> Result<File, LayoutError> {
    let path = folder.join("lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(&path)
        .map_err(io_error("opening", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(LayoutError::InUse(folder.to_owned())),
        Err(fs::TryLockError::Error(error)) => Err(io_error("locking", &path)(error)),
    }
}

fn read_marker(folder: &Path) -> Result<Option<Marker>, LayoutError> {
    let path = folder.join("format");
    let text = match fs::read(&path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io_error("reading", &path)(error)),
    };
    match toml::from_str(&text) {
        Ok(marker) => Ok(Some(marker)),
        Err(_) => Err(LayoutError::Damaged {
            path: folder.to_owned(),
            what: "its file `format` cannot be read".into(),
        }),
    }
}

fn holds_other_things(folder: &Path) -> Result<bool, LayoutError> {
    let entries = fs::read_dir(folder).map_err(io_error("reading the folder", folder))?;
    for entry in entries {
        let name = entry
            .map_err(io_error("reading the folder", folder))?
            .file_name();
        if name != "lock" && name != "format.new" && name != "lost+found" {
            return Ok(true);
        }
    }
    Ok(false)
}

fn sync_folder(folder: &Path) -> Result<(), LayoutError> {
    File::open(folder)
        .and_then(|opened| opened.sync_all())
        .map_err(io_error("syncing", folder))
}
