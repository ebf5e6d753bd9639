//! Text as settings: up to the first NUL it is the configuration file, and each part after a NUL is an environment variable if it begins with
//! `LARIMAR_`, else a `--set`.
//!
//! What is in force can be printed, and is in force again when the print is the configuration file.
#![no_main]

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::LazyLock;

use larimar::config::{Loaded, Sources, load};
use larimar_fuzz::larimard::scratch;
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> = LazyLock::new(scratch);

fuzz_target!(|text: &str| {
    let mut parts = text.split('\0');
    let file = parts.next().unwrap_or_default();
    let (variables, flags): (Vec<&str>, Vec<&str>) =
        parts.partition(|part| part.starts_with("LARIMAR_"));
    let environment = variables
        .iter()
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (OsString::from(name), OsString::from(value)))
        .collect();
    let set = flags.into_iter().map(str::to_owned).collect();
    // a file of the system's that is named here could be without end
    if text.contains("/dev/") || text.contains("/proc/") {
        return;
    }
    match loaded(file, set, environment) {
        Ok(loaded) => {
            loaded.to_json(&loaded.warnings());
            again(&loaded);
        }
        Err(faults) => assert!(!faults.is_empty(), "refused without a word"),
    }
});

fn loaded(
    file: &str,
    set: Vec<String>,
    environment: Vec<(OsString, OsString)>,
) -> Result<Loaded, String> {
    let path: PathBuf = FOLDER.path().join("config.toml");
    std::fs::write(&path, file).expect("written");
    let sources = Sources {
        config: Some(path),
        set,
        environment,
        folder: FOLDER.path().to_owned(),
        ..Sources::default()
    };
    load(&sources).map_err(|faults| faults.to_string())
}

/// A secret is printed as `***`, and with it nothing comes back.
fn again(first: &Loaded) {
    let printed = first.to_toml();
    if first.settings.mail.url.expose().is_empty() {
        let second = loaded(&printed, Vec::new(), Vec::new()).expect(&printed);
        assert_eq!(second.settings, first.settings, "{printed}");
    }
}
