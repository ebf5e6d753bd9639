//! `larimard backup` and `restore`, and what `verify` shares with them.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use age::secrecy::SecretString;
use anyhow::{Context, bail, ensure};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use zeroize::Zeroizing;

use super::control::{Piece, Question, ask};
use super::pin_wallets::Counted;
use super::scratch::Scratch;
use crate::clock::{Clock, SystemClock};
use crate::config::{Loaded, Settings};
use crate::crypto::Secret;
use crate::store::archive::{End, Frame, Head, Reader, Writer, secret_frame};
use crate::store::{
    CopyError, Folder, LayoutError, Options, SledStore, Store, fingerprint, load_secret, put_secret,
};

/// How long a server may take to start or stop, and when to look again.
const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(100);

/// How a backup is encrypted.
#[derive(Debug, Args)]
pub(super) struct Passphrase {
    /// A file whose first line encrypts the backup, or opens it (age format); only then it holds the server's secret
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Passphrase {
    pub(super) fn read(&self) -> anyhow::Result<Option<SecretString>> {
        let Some(path) = &self.passphrase_file else {
            return Ok(None);
        };
        let text = Zeroizing::new(
            std::fs::read_to_string(path)
                .with_context(|| format!("--passphrase-file {}", path.display()))?,
        );
        let line = text.lines().next().unwrap_or_default();
        ensure!(
            !line.is_empty(),
            "--passphrase-file {}: its first line is empty",
            path.display()
        );
        Ok(Some(SecretString::from(line.to_owned())))
    }
}

/// Takes a backup of the store, whether or not a server has it open.
pub(super) fn backup(
    loaded: &Loaded,
    file: &Path,
    force: bool,
    passphrase: &Passphrase,
    json: bool,
) -> anyhow::Result<()> {
    let settings = &loaded.settings;
    let store = &settings.store.path;
    ensure!(
        Folder::holds_store(store),
        "there is no store in {}; set store.path",
        store.display()
    );
    ensure!(force || !file.exists(), exists(file));
    let passphrase = passphrase.read()?;
    let scratch = Scratch::make_in(folder_of(file)).with_context(|| unwritable(file))?;
    let written = write(settings, file, force, passphrase.as_ref(), scratch.path());
    scratch.end_if_stopped();
    let Held {
        wallets,
        pin_wallets,
        records,
    } = written?;
    let bytes = file.metadata().map_or(0, |data| data.len());
    let said = format!(
        "{} holds {} and {pin_wallets} that open with a pin ({records} records, {bytes} bytes). {}",
        file.display(),
        many(wallets, "wallet"),
        match passphrase {
            Some(_) => "It holds the server's secret too: keep the passphrase.".to_owned(),
            None => format!(
                "It does not hold the server's secret: keep a copy of {} as well, apart from it.",
                settings.server.secret_file.display()
            ),
        }
    );
    tell(
        json,
        &json!({"file": file, "wallets": wallets, "pin_wallets": pin_wallets, "records": records, "bytes": bytes}),
        &said,
    );
    Ok(())
}

/// The folder that a file is in.
pub(super) fn folder_of(file: &Path) -> &Path {
    let folder = file.parent();
    folder
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

fn exists(file: &Path) -> String {
    format!("{} exists; --force replaces it", file.display())
}

fn unwritable(file: &Path) -> String {
    format!("{} cannot be written", file.display())
}

/// What a backup holds.
struct Held {
    wallets: u64,
    pin_wallets: usize,
    records: u64,
}

/// The file is a backup, all of it or what it was before: it is written in the scratch folder, on the same disk.
fn write(
    settings: &Settings,
    file: &Path,
    force: bool,
    passphrase: Option<&SecretString>,
    scratch: &Path,
) -> anyhow::Result<Held> {
    let cannot = || unwritable(file);
    let secret = load_secret(&settings.server.secret_file, &settings.store.path)?;
    let draft = tempfile::NamedTempFile::new_in(scratch).with_context(cannot)?;
    let mut writer = Writer::begin(BufWriter::new(draft), passphrase)?;
    writer.add(&Frame::Head(Head {
        version: env!("CARGO_PKG_VERSION").into(),
        made: SystemClock.now(),
        secret: fingerprint(&secret),
    }))?;
    if passphrase.is_some() {
        writer.add(&secret_frame(&secret))?;
    }
    let bar = bar("records copied");
    let mut pin_wallets = Counted::default();
    let end = copy(settings, &secret, &mut |frame| {
        bar.inc(1);
        pin_wallets.look(&frame);
        writer.add(&frame).map_err(CopyError::from)
    })?;
    let wallets = end.wallets;
    let (records, out) = writer.end(end)?;
    let draft = out
        .into_inner()
        .map_err(|error| error.into_error())
        .with_context(cannot)?;
    draft.as_file().sync_all().with_context(cannot)?;
    let kept = match force {
        true => draft.persist(file),
        false => draft.persist_noclobber(file),
    };
    kept.map_err(|error| error.error)
        .with_context(|| match force {
            false if file.exists() => exists(file),
            _ => cannot(),
        })?;
    File::open(folder_of(file))
        .and_then(|folder| folder.sync_all())
        .with_context(cannot)?;
    bar.finish_and_clear();
    Ok(Held {
        wallets,
        pin_wallets: pin_wallets.number(),
        records,
    })
}

fn copy(
    settings: &Settings,
    secret: &Secret<32>,
    sink: &mut dyn FnMut(Frame) -> Result<(), CopyError>,
) -> anyhow::Result<End> {
    let path = &settings.store.path;
    let ask_server = || {
        ask(path, Question::Backup, |piece| match piece {
            Piece::Frame(frame) => {
                sink(frame)?;
                Ok(None)
            }
            Piece::End(end) => Ok(Some(end)),
            Piece::Failed(why) => bail!("the running server gave no backup: {why}"),
            Piece::Looked(_) | Piece::Report(_) | Piece::Answer(_) => Ok(None),
        })
    };
    match served_or_open(path, ask_server, secret, &options(settings))? {
        Reached::Served(end) => Ok(end),
        Reached::Open(store) => {
            let store = store?;
            let end = store.copy(sink)?;
            futures_executor::block_on(store.close());
            Ok(end)
        }
    }
}

/// How a command gets at the store.
pub(super) enum Reached<T> {
    /// The running server answered.
    Served(T),
    /// No server has it open, so the command opened it, or could not.
    Open(Result<SledStore, LayoutError>),
}

/// Asks the server that has the store open, or opens it. A server that just starts, or stops, has the store and does not answer yet, or any more.
pub(super) fn served_or_open<T>(
    path: &Path,
    mut ask_server: impl FnMut() -> anyhow::Result<Option<T>>,
    secret: &Secret<32>,
    options: &Options,
) -> anyhow::Result<Reached<T>> {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask_server()? {
            return Ok(Reached::Served(answer));
        }
        match SledStore::open(path, secret, options) {
            Err(LayoutError::InUse(_)) if begun.elapsed() < PATIENCE => std::thread::sleep(PAUSE),
            opened => return Ok(Reached::Open(opened)),
        }
    }
}

/// Makes a store of a backup, in an empty folder.
pub(super) fn restore(
    loaded: &Loaded,
    file: &Path,
    passphrase: &Passphrase,
    json: bool,
) -> anyhow::Result<()> {
    let settings = &loaded.settings;
    let store = &settings.store.path;
    Folder::is_vacant(store)?;
    let passphrase = passphrase.read()?;
    let content = read_through(file, passphrase.as_ref())?;
    let secret = secret_for(settings, &content)?;
    let bar = bar("records restored");
    let mut reader = Reader::begin(open(file)?, passphrase.as_ref())?;
    let end = SledStore::restore(store, &secret, &options(settings), &mut reader, &mut || {
        bar.inc(1)
    })?;
    bar.finish_and_clear();
    let said = format!(
        "{} holds what {} held, {} and {} that open with a pin, as they were at {}. larimard verify looks at every one of them.",
        store.display(),
        file.display(),
        many(end.wallets, "wallet"),
        content.pin_wallets.number(),
        content.head.made
    );
    tell(
        json,
        &json!({"store": store, "wallets": end.wallets, "pin_wallets": content.pin_wallets.number(), "made": content.head.made}),
        &said,
    );
    Ok(())
}

/// What an archive is, read to its end: it is whole.
pub(super) struct Content {
    head: Head,
    secret: Option<Secret<32>>,
    pin_wallets: Counted,
}

pub(super) fn read_through(
    file: &Path,
    passphrase: Option<&SecretString>,
) -> anyhow::Result<Content> {
    let bar = bar("records checked");
    let mut reader =
        Reader::begin(open(file)?, passphrase).with_context(|| file.display().to_string())?;
    let (mut head, mut secret) = (None, None);
    let mut pin_wallets = Counted::default();
    while let Some(frame) = reader.next().with_context(|| file.display().to_string())? {
        bar.inc(1);
        pin_wallets.look(&frame);
        match frame {
            Frame::Head(found) => head = Some(found),
            Frame::Secret(bytes) => {
                let bytes = Zeroizing::new(bytes);
                secret = <[u8; 32]>::try_from(bytes.as_slice()).ok().map(Secret::new);
            }
            Frame::Put(..) | Frame::Remove(..) | Frame::End(_) => {}
        }
    }
    bar.finish_and_clear();
    let head = head.with_context(|| format!("{} has no head", file.display()))?;
    Ok(Content {
        head,
        secret,
        pin_wallets,
    })
}

/// The secret that the restored store will belong to: the one of the backup, else the one that is there and has to be the right one.
fn secret_for(settings: &Settings, content: &Content) -> anyhow::Result<Secret<32>> {
    let path = &settings.server.secret_file;
    let there = match path.exists() {
        true => Some(load_secret(path, &settings.store.path)?),
        false => None,
    };
    match (there, &content.secret) {
        (Some(there), _) => {
            ensure!(
                fingerprint(&there) == content.head.secret,
                "the backup belongs to another secret than {}; {}",
                path.display(),
                match content.secret {
                    Some(_) => "it holds its own: move that file aside, and run this again",
                    None => "set server.secret_file to the right one",
                }
            );
            Ok(there)
        }
        (None, Some(secret)) => {
            put_secret(path, secret)?;
            Ok(secret.clone())
        }
        (None, None) => bail!(
            "the backup belongs to a secret, and {} is missing; put it back first (server.secret_file)",
            path.display()
        ),
    }
}

pub(super) fn open(file: &Path) -> anyhow::Result<File> {
    File::open(file).with_context(|| format!("{} cannot be read", file.display()))
}

pub(super) fn options(settings: &Settings) -> Options {
    Options {
        cache_mib: settings.store.cache_mib,
        min_free_bytes: settings.store.min_free_bytes,
    }
}

/// Seen on a terminal, silent in a pipe.
pub(super) fn bar(what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {human_pos} {msg}, {elapsed}");
    let bar = ProgressBar::new_spinner().with_message(what);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// `1 wallet`, `3 wallets`
pub(super) fn many(number: u64, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}

pub(super) fn tell(json: bool, data: &serde_json::Value, said: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = match json {
        true => writeln!(out, "{data}"),
        false => writeln!(out, "{said}"),
    };
}
