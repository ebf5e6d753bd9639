//! `larimard backup`, `restore` and `verify`.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use age::secrecy::SecretString;
use anyhow::{Context, bail, ensure};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use zeroize::Zeroizing;

use super::control::{Piece, Question, ask};
use crate::clock::{Clock, SystemClock};
use crate::config::{Loaded, Settings};
use crate::crypto::Secret;
use crate::store::archive::{End, Frame, Head, Reader, Writer, secret_frame};
use crate::store::{
    CopyError, Folder, Options, Report, SledStore, Store, fingerprint, load_secret, put_secret,
    verify,
};

/// How a backup is encrypted.
#[derive(Debug, Args)]
pub(super) struct Passphrase {
    /// A file whose first line encrypts the backup, or opens it (age format); only then it holds the server's secret
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Passphrase {
    fn read(&self) -> anyhow::Result<Option<SecretString>> {
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
    ensure!(
        force || !file.exists(),
        "{} exists; --force replaces it",
        file.display()
    );
    let passphrase = passphrase.read()?;
    let secret = load_secret(&settings.server.secret_file, store)?;
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let cannot = || format!("{} cannot be written", file.display());
    let draft = tempfile::NamedTempFile::new_in(folder).with_context(cannot)?;
    let mut writer = Writer::begin(BufWriter::new(draft), passphrase.as_ref())?;
    writer.add(&Frame::Head(Head {
        version: env!("CARGO_PKG_VERSION").into(),
        made: SystemClock.now(),
        secret: fingerprint(&secret),
    }))?;
    if passphrase.is_some() {
        writer.add(&secret_frame(&secret))?;
    }
    let bar = bar("records copied");
    let end = copy(settings, &secret, &mut |frame| {
        bar.inc(1);
        writer.add(&frame).map_err(CopyError::from)
    })?;
    let wallets = end.wallets;
    let (records, out) = writer.end(end)?;
    let draft = out
        .into_inner()
        .map_err(|error| error.into_error())
        .with_context(cannot)?;
    draft.as_file().sync_all().with_context(cannot)?;
    draft
        .persist(file)
        .map_err(|error| error.error)
        .with_context(cannot)?;
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .with_context(cannot)?;
    bar.finish_and_clear();
    let bytes = file.metadata().map_or(0, |data| data.len());
    let said = format!(
        "{} holds {wallets} wallets ({records} records, {bytes} bytes). Keep it apart from the secret, {}.",
        file.display(),
        settings.server.secret_file.display()
    );
    tell(
        json,
        &json!({"file": file, "wallets": wallets, "records": records, "bytes": bytes}),
        &said,
    );
    Ok(())
}

fn copy(
    settings: &Settings,
    secret: &Secret<32>,
    sink: &mut dyn FnMut(Frame) -> Result<(), CopyError>,
) -> anyhow::Result<End> {
    let path = &settings.store.path;
    let answered = ask(path, Question::Backup, |piece| match piece {
        Piece::Frame(frame) => {
            sink(frame)?;
            Ok(None)
        }
        Piece::End(end) => Ok(Some(end)),
        Piece::Failed(why) => bail!("the running server gave no backup: {why}"),
        Piece::Looked(_) | Piece::Report(_) => Ok(None),
    })?;
    match answered {
        Some(end) => Ok(end),
        None => {
            let store = SledStore::open(path, secret, &options(settings))?;
            let end = store.copy(sink)?;
            futures_executor::block_on(store.close());
            Ok(end)
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
    ensure!(
        !Folder::holds_store(store),
        "there is a store in {}; restore into an empty folder (store.path)",
        store.display()
    );
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
        "{} holds the {} wallets of {}, as they were at {}. larimard verify looks at every one of them.",
        store.display(),
        end.wallets,
        file.display(),
        content.head.made
    );
    tell(
        json,
        &json!({"store": store, "wallets": end.wallets, "made": content.head.made}),
        &said,
    );
    Ok(())
}

/// Looks at every record of the store, or of a backup, which it restores into a scratch folder for that. Says whether all is well.
pub(super) fn verified(
    loaded: &Loaded,
    file: Option<&Path>,
    passphrase: &Passphrase,
    json: bool,
) -> anyhow::Result<bool> {
    let report = match file {
        None => verify_store(&loaded.settings)?,
        Some(file) => verify_backup(&loaded.settings, file, passphrase.read()?.as_ref())?,
    };
    for fault in &report.told {
        eprintln!("fault: {fault}");
    }
    let well = report.faults == 0;
    let found = json!({
        "wallets": report.wallets,
        "versions": report.versions,
        "records": report.records,
        "faults": report.faults,
    });
    let counts = format!(
        "{} wallets with {} blobs, {} records",
        report.wallets, report.versions, report.records
    );
    let said = match well {
        true => format!("all is well: {counts}"),
        false => format!(
            "{} faults in {counts}: restore the latest good backup into an empty folder",
            report.faults
        ),
    };
    tell(json, &found, &said);
    Ok(well)
}

fn verify_store(settings: &Settings) -> anyhow::Result<Report> {
    let path = &settings.store.path;
    ensure!(
        Folder::holds_store(path),
        "there is no store in {}; set store.path",
        path.display()
    );
    let bar = bar("records looked at");
    let asked = ask(path, Question::Verify, |piece| match piece {
        Piece::Looked(records) => {
            bar.set_position(records);
            Ok(None)
        }
        Piece::Report(report) => Ok(Some(report)),
        Piece::Failed(why) => bail!("the running server could not verify its store: {why}"),
        Piece::Frame(_) | Piece::End(_) => Ok(None),
    })?;
    let report = match asked {
        Some(report) => report,
        None => {
            let secret = load_secret(&settings.server.secret_file, path)?;
            let store = SledStore::open(path, &secret, &options(settings))?;
            let report = verify(&store, &mut |records| bar.set_position(records))?;
            futures_executor::block_on(store.close());
            report
        }
    };
    bar.finish_and_clear();
    Ok(report)
}

fn verify_backup(
    settings: &Settings,
    file: &Path,
    passphrase: Option<&SecretString>,
) -> anyhow::Result<Report> {
    read_through(file, passphrase)?;
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let scratch = tempfile::Builder::new()
        .prefix(".larimar-verify-")
        .tempdir_in(folder)
        .with_context(|| format!("a scratch folder in {}", folder.display()))?;
    let secret = Secret::random()?; // of the scratch folder: nothing of the backup depends on it
    let store = scratch.path().join("store");
    let bar = bar("records restored and looked at");
    let mut reader = Reader::begin(open(file)?, passphrase)?;
    SledStore::restore(
        &store,
        &secret,
        &options(settings),
        &mut reader,
        &mut || bar.inc(1),
    )?;
    let store = SledStore::open(
        &store,
        &secret,
        &Options {
            min_free_bytes: 0,
            ..options(settings)
        },
    )?;
    let restored = bar.position();
    let report = verify(&store, &mut |records| bar.set_position(restored + records))?;
    futures_executor::block_on(store.close());
    bar.finish_and_clear();
    Ok(report)
}

/// What an archive is, read to its end: it is whole.
struct Content {
    head: Head,
    secret: Option<Secret<32>>,
}

fn read_through(file: &Path, passphrase: Option<&SecretString>) -> anyhow::Result<Content> {
    let bar = bar("records checked");
    let mut reader =
        Reader::begin(open(file)?, passphrase).with_context(|| file.display().to_string())?;
    let (mut head, mut secret) = (None, None);
    while let Some(frame) = reader.next().with_context(|| file.display().to_string())? {
        bar.inc(1);
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
    Ok(Content { head, secret })
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
                "the backup belongs to another secret than {}; set server.secret_file to the right one",
                path.display()
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

fn open(file: &Path) -> anyhow::Result<File> {
    File::open(file).with_context(|| format!("{} cannot be read", file.display()))
}

fn options(settings: &Settings) -> Options {
    Options {
        cache_mib: settings.store.cache_mib,
        min_free_bytes: settings.store.min_free_bytes,
    }
}

/// Seen on a terminal, silent in a pipe.
fn bar(what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {human_pos} {msg}, {elapsed}");
    let bar = ProgressBar::new_spinner().with_message(what);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn tell(json: bool, data: &serde_json::Value, said: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = match json {
        true => writeln!(out, "{data}"),
        false => writeln!(out, "{said}"),
    };
}
