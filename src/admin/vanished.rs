//! A store that is not where it was, as after a start without its disk.

use std::fs::read_dir;
use std::io::ErrorKind;
use std::path::Path;

use crate::config::Settings;

/// That a start makes an empty store beside a secret that is there already. A first start that was broken off looks the same, so it is
/// no fault.
pub(super) fn warning(settings: &Settings) -> Option<String> {
    let (secret, store) = (&settings.server.secret_file, &settings.store.path);
    (secret.exists() && holds_nothing(store)).then(|| {
        format!(
            "the secret is there ({}), and no store in {}: a start makes an empty one, without any wallet. Is a disk missing, or store.path \
             wrong? Then stop the server and put that right; what is made in the meantime is not in the old store.",
            secret.display(),
            store.display()
        )
    })
}

/// Whether it is missing or empty. Of a folder that may not be read nothing is known.
fn holds_nothing(folder: &Path) -> bool {
    match read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == ErrorKind::NotFound,
    }
}
