//! Where results go: standard output for data, standard error for people, files for what should stay.

use std::io::{ErrorKind, Write};
use std::path::Path;

use comfy_table::{Table, presets};
use serde::Serialize;

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
        eprintln!("{}", plain(text));
    }
}

/// Writes bytes to standard output as they are.
pub(super) fn data(bytes: &[u8]) -> Result<(), Failure> {
    let mut output = std::io::stdout().lock();
    match output.write_all(bytes).and_then(|()| output.flush()) {
        // whoever reads has seen enough
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written
            .map_err(|error| Failure::other(format!("cannot write to standard output: {error}"))),
    }
}

/// Writes a line to standard output.
pub(super) fn line(text: &str) -> Result<(), Failure> {
    data(format!("{}\n", plain(text)).as_bytes())
}

/// Writes a value to standard output as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let mut text = zeroize::Zeroizing::new(Vec::with_capacity(4096));
    serde_json::to_writer_pretty(&mut *text, value)
        .map_err(|error| Failure::other(error.to_string()))?;
    text.push(b'\n');
    data(&text)
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

/// The file has these bytes, all of them or what it had before, and only its owner can read it.
pub(super) fn file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let write = || {
        let mut file = tempfile::Builder::new()
            .prefix(".larimar-")
            .tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        // the name of the file is in the folder
        #[cfg(unix)]
        std::fs::File::open(folder)?.sync_all()?;
        Ok::<(), std::io::Error>(())
    };
    write().map_err(|error| Failure::other(format!("cannot write {}: {error}", path.display())))
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
        file(&path, b"new").expect("written");
        assert_eq!(std::fs::read(&path).expect("read"), b"new");
        let mode = std::fs::metadata(&path)
            .expect("metadata")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 1);
        assert!(file(&folder.path().join("none/data"), b"").is_err());
    }
}
