//! Where results go: standard output for data, standard error for people, files for what should stay.

use std::borrow::Cow;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use comfy_table::{Table, presets};
use serde::Serialize;
use serde_json::{Map, Value};

use super::failure::Failure;

/// Text of a server's, without what a terminal would obey or a person would misread.
pub(super) fn plain(text: &str) -> String {
    let steers = |character: char| {
        character.is_control()
            || matches!(character, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    text.replace(steers, "\u{FFFD}")
}

/// Tells a person something that is no data, on standard error; programs are not told.
pub(super) fn say(json: bool, text: &str) {
    if !json {
        tell(&format!("{}\n", plain(text)));
    }
}

/// Writes to standard error; that nobody reads it is no failure of what was done.
pub(super) fn tell(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Writes bytes to standard output as they are.
pub(super) fn data(bytes: &[u8]) -> Result<(), Failure> {
    match written(bytes) {
        // whoever reads has seen enough
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| unwritten(&error)),
    }
}

/// Writes a line to standard output; whether anybody reads on.
pub(super) fn followed(text: &str) -> Result<bool, Failure> {
    match written(format!("{}\n", plain(text)).as_bytes()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        written => written.map(|()| true).map_err(|error| unwritten(&error)),
    }
}

/// Writes bytes to standard output that are nowhere else: it is a failure too if nobody reads them.
pub(super) fn once(bytes: &[u8]) -> Result<(), Failure> {
    written(bytes).map_err(|error| unwritten(&error))
}

fn written(bytes: &[u8]) -> std::io::Result<()> {
    let mut output = std::io::stdout().lock();
    output.write_all(bytes).and_then(|()| output.flush())
}

fn unwritten(error: &std::io::Error) -> Failure {
    Failure::other(format!("cannot write to standard output: {error}"))
}

/// Whether standard output leads nowhere, as it also does if it was closed.
#[cfg(unix)]
pub(super) fn is_discarded() -> bool {
    use std::os::fd::AsFd;
    use std::os::unix::fs::MetadataExt;
    let output = std::io::stdout().as_fd().try_clone_to_owned();
    let device = |metadata: std::fs::Metadata| metadata.rdev();
    let output = output.and_then(|it| std::fs::File::from(it).metadata());
    let null = std::fs::metadata("/dev/null").map(device);
    null.is_ok_and(|null| null != 0 && output.map(device).is_ok_and(|it| it == null))
}

/// Nobody looks on other systems.
#[cfg(not(unix))]
pub(super) fn is_discarded() -> bool {
    false
}

/// Writes a line to standard output.
pub(super) fn line(text: &str) -> Result<(), Failure> {
    data(format!("{}\n", plain(text)).as_bytes())
}

/// Writes a value to standard output as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<(), Failure> {
    data(&json_text(value)?)
}

/// An object with these fields too.
pub(super) fn joined(mut object: Value, beside: Map<String, Value>) -> Value {
    if let Some(fields) = object.as_object_mut() {
        fields.extend(beside);
    }
    object
}

/// What [`json`] writes.
pub(super) fn json_text(value: &impl Serialize) -> Result<zeroize::Zeroizing<Vec<u8>>, Failure> {
    let mut text = zeroize::Zeroizing::new(Vec::with_capacity(4096));
    serde_json::to_writer_pretty(&mut *text, value)
        .map_err(|error| Failure::other(error.to_string()))?;
    text.push(b'\n');
    Ok(text)
}

/// Writes a table to standard output.
pub(super) fn table<const N: usize>(
    header: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Result<(), Failure> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(header);
    for row in rows {
        table.add_row(row.map(|cell| plain(&cell)));
    }
    let text = table.lines().map(|line| line.trim().to_owned() + "\n");
    data(text.collect::<String>().as_bytes())
}

/// A word as a shell reads it.
pub(super) fn quoted(word: &str) -> Cow<'_, str> {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"@._+:/[]-".contains(&byte);
    if !word.is_empty() && word.bytes().all(safe) {
        return word.into();
    }
    format!("'{}'", word.replace('\'', r"'\''")).into()
}

/// Where bytes are written to.
enum Target {
    /// A file that takes the place of whatever has its name.
    File(PathBuf),
    /// A device or a pipe, which has to stay what it is.
    Stream,
}

/// What the path leads to, unless it is something that must not be lost.
fn target(path: &Path, overwrite: bool) -> Result<Target, Failure> {
    let name = path.display();
    match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(Failure::usage(format!("{name} is a folder"))),
        Ok(found) if found.is_file() && !overwrite => {
            Err(Failure::usage(format!("{name} exists")).hint("--force replaces it"))
        }
        // through symbolic links, so that they stay
        Ok(found) if found.is_file() => std::fs::canonicalize(path)
            .map(Target::File)
            .map_err(|error| unwritable(path, &error)),
        Ok(_) => Ok(Target::Stream),
        Err(error) if error.kind() != ErrorKind::NotFound => Err(unwritable(path, &error)),
        Err(_) if path.is_symlink() => Err(Failure::usage(format!(
            "{name} is a symbolic link to nothing"
        ))),
        Err(_) if !folder_of(path).is_dir() => Err(Failure::usage(format!(
            "there is no folder {}",
            folder_of(path).display()
        ))),
        Err(_) => Ok(Target::File(path.to_owned())),
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A path that cannot be written to is told before a password is typed in vain.
pub(super) fn check(path: &Path, overwrite: bool) -> Result<(), Failure> {
    target(path, overwrite).map(drop)
}

/// The file has these bytes, all of them or what it had before, and only its owner can read it; a device or a pipe is given them.
///
/// A file that is there is replaced only with `overwrite`.
pub(super) fn file(path: &Path, bytes: &[u8], overwrite: bool) -> Result<(), Failure> {
    let path = match target(path, overwrite)? {
        Target::File(path) => path,
        Target::Stream => {
            let stream = std::fs::OpenOptions::new().write(true).open(path);
            return stream
                .and_then(|mut stream| stream.write_all(bytes))
                .map_err(|error| unwritable(path, &error));
        }
    };
    let folder = folder_of(&path);
    let write = || {
        let mut file = tempfile::Builder::new()
            .prefix(".larimar-")
            .tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        let persisted = if overwrite {
            file.persist(&path)
        } else {
            file.persist_noclobber(&path)
        };
        persisted.map_err(|error| error.error)?;
        // the name of the file is in the folder
        #[cfg(unix)]
        std::fs::File::open(folder)?.sync_all()?;
        Ok::<(), std::io::Error>(())
    };
    write().map_err(|error| unwritable(&path, &error))
}

/// The folder is there; one that is new is for its owner only.
pub(super) fn folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::other(format!("cannot write {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_cannot_steer_the_terminal() {
        assert_eq!(
            plain("a\x1b[2Jb\r\nc\u{202E}d é"),
            "a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}c\u{FFFD}d é"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_replaced_whole_and_private() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data");
        std::fs::write(&path, b"old").expect("written");
        let refused = file(&path, b"new", false).expect_err("it exists");
        assert!(format!("{refused:?}").contains("--force"), "{refused:?}");
        assert_eq!(std::fs::read(&path).expect("read"), b"old");
        file(&path, b"new", true).expect("written");
        assert_eq!(std::fs::read(&path).expect("read"), b"new");
        let mode = std::fs::metadata(&path)
            .expect("metadata")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 1);
        assert!(file(&folder.path().join("none/data"), b"", true).is_err());
        file(&folder.path().join("other"), b"new", false).expect("written");
    }

    #[cfg(unix)]
    #[test]
    fn links_devices_and_folders_stay_what_they_are() {
        use std::os::unix::fs::{FileTypeExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("data"), b"old").expect("written");
        symlink(at("data"), at("link")).expect("linked");
        file(&at("link"), b"new", true).expect("written");
        assert!(at("link").is_symlink());
        assert_eq!(std::fs::read(at("data")).expect("read"), b"new");

        symlink(at("none"), at("dangling")).expect("linked");
        for path in [at("dangling"), folder.path().to_owned()] {
            file(&path, b"new", true).expect_err("not a file");
        }
        assert!(!at("none").exists());

        symlink("/dev/null", at("null")).expect("linked");
        file(&at("null"), b"new", true).expect("written");
        let device = std::fs::metadata("/dev/null").expect("metadata");
        assert!(device.file_type().is_char_device());
    }

    #[test]
    fn a_shell_reads_the_word_again() {
        for (word, expected) in [
            ("http://[::1]:8330/", "http://[::1]:8330/"),
            ("o'neill&co@example.com", r"'o'\''neill&co@example.com'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }
}
