//! `larimard verify`.

use std::ops::ControlFlow;
use std::path::Path;

use age::secrecy::SecretString;
use anyhow::{Context, bail, ensure};
use serde_json::json;

use super::backup::{
    Passphrase, Reached, bar, folder_of, many, open, options, read_through, served_or_open, tell,
};
use super::control::{Piece, Question, ask};
use super::scratch::Scratch;
use crate::config::{Loaded, Settings};
use crate::crypto::Secret;
use crate::store::archive::{ArchiveError, Reader};
use crate::store::{
    Folder, LayoutError, Options, Report, RestoreError, SledStore, Store, load_secret, verify,
};

/// Looks at every record of the store, or of a backup, which it restores into a scratch folder for that. Says whether all is well.
pub(super) fn verified(
    loaded: &Loaded,
    file: Option<&Path>,
    scratch: Option<&Path>,
    passphrase: &Passphrase,
    json: bool,
) -> anyhow::Result<bool> {
    let report = match file {
        None => verify_store(&loaded.settings)?,
        Some(file) => {
            let passphrase = passphrase.read()?;
            verify_backup(&loaded.settings, file, scratch, passphrase.as_ref())?
        }
    };
    for fault in &report.told {
        say!("fault: {fault}");
    }
    let well = report.faults == 0;
    let found = json!({
        "wallets": report.wallets,
        "pin_wallets": report.pin_wallets,
        "versions": report.versions,
        "records": report.records,
        "faults": report.faults,
        "told": report.told,
    });
    let counts = format!(
        "{} with {}, {} with a pin, {}",
        many(report.wallets, "wallet"),
        many(report.versions, "blob"),
        many(report.pin_wallets, "wallet"),
        many(report.records, "record")
    );
    let said = match well {
        true => format!("all is well: {counts}"),
        false => format!(
            "{} in {counts}: restore the latest good backup into an empty folder (larimard restore)",
            many(report.faults, "fault")
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
    let ask_server = || {
        ask(path, Question::Verify, |piece| match piece {
            Piece::Looked(records) => {
                bar.set_position(records);
                Ok(None)
            }
            Piece::Report(report) => Ok(Some(report)),
            Piece::Failed(why) => bail!("the running server could not verify its store: {why}"),
            Piece::Frame(_) | Piece::End(_) | Piece::Answer(_) => Ok(None),
        })
    };
    let secret = load_secret(&settings.server.secret_file, path)?;
    let report = match served_or_open(path, ask_server, &secret, &for_reading(settings))? {
        Reached::Served(report) => report,
        Reached::Open(store) => look_into(store, &mut |records| bar.set_position(records))?,
    };
    bar.finish_and_clear();
    Ok(report)
}

/// Nothing is written, and so needs no room.
fn for_reading(settings: &Settings) -> Options {
    Options {
        min_free_bytes: 0,
        ..options(settings)
    }
}

/// Looks at every record of a store; that it does not open because it is damaged is a fault that was found.
fn look_into(
    store: Result<SledStore, LayoutError>,
    each: &mut dyn FnMut(u64),
) -> anyhow::Result<Report> {
    let store = match store {
        Err(damage @ (LayoutError::Damaged { .. } | LayoutError::WentBack { .. })) => {
            return Ok(Report::of_one(damage.to_string()));
        }
        opened => opened?,
    };
    let report = verify(&store, &mut |records| {
        each(records);
        ControlFlow::Continue(())
    })?;
    futures_executor::block_on(store.close());
    Ok(report)
}

fn verify_backup(
    settings: &Settings,
    file: &Path,
    scratch: Option<&Path>,
    passphrase: Option<&SecretString>,
) -> anyhow::Result<Report> {
    if let Err(error) = read_through(file, passphrase) {
        return match error.downcast_ref::<ArchiveError>() {
            Some(ArchiveError::Damaged(_)) => Ok(Report::of_one(format!("{error:#}"))),
            _ => Err(error),
        };
    }
    let folder = scratch.unwrap_or(folder_of(file));
    let scratch = Scratch::make_in(folder).with_context(|| {
        format!(
            "no scratch folder can be made in {}; --scratch takes another place",
            folder.display()
        )
    })?;
    let report = restored(settings, file, passphrase, scratch.path());
    scratch.end_if_stopped();
    report
}

/// Looks into a backup that is whole, after having made a store of it in this folder.
fn restored(
    settings: &Settings,
    file: &Path,
    passphrase: Option<&SecretString>,
    scratch: &Path,
) -> anyhow::Result<Report> {
    let secret = Secret::random()?; // of the scratch folder: nothing of the backup depends on it
    let store = scratch.join("store");
    let bar = bar("records restored and looked at");
    let mut reader = Reader::begin(open(file)?, passphrase)?;
    let restored = SledStore::restore(
        &store,
        &secret,
        &options(settings),
        &mut reader,
        &mut || bar.inc(1),
    );
    match restored {
        Err(fault @ RestoreError::Inconsistent(_)) => {
            return Ok(Report::of_one(fault.to_string()));
        }
        other => other?,
    };
    let restored = bar.position();
    let opened = SledStore::open(&store, &secret, &for_reading(settings));
    let report = look_into(opened, &mut |records| bar.set_position(restored + records))?;
    bar.finish_and_clear();
    Ok(report)
}
