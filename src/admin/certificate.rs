//! The certificate of the settings, and what is wrong or unsafe about it.

use std::os::unix::fs::PermissionsExt;

use crate::clock::{Clock, SystemClock};
use crate::config::{Fault, Faults, Loaded, Origin};
use crate::server::tls::{Certificate, Files, Tls, TlsError};

/// A certificate that is valid for less than this is warned of. Who renews them by a timer does it a month before.
const SOON_IN_SECONDS: u64 = 10 * 86_400;

/// TLS as it is set.
pub(super) struct Shown {
    pub(super) tls: Tls,
    /// What is unsafe about it, each with what to do.
    pub(super) warnings: Vec<String>,
}

/// TLS with the certificate of the settings; none if there is none.
pub(super) fn shown(loaded: &Loaded) -> Result<Option<Shown>, Faults> {
    let server = &loaded.settings.server;
    if !server.has_tls() {
        return Ok(None);
    }
    let files = files(loaded);
    let faults = |error: TlsError| faults(loaded, &files, &error);
    let certificate = Certificate::read(&files).map_err(faults)?;
    let warnings = warnings(loaded, &files, &certificate);
    let tls = Tls::new(files.clone(), certificate).map_err(faults)?;
    Ok(Some(Shown { tls, warnings }))
}

/// Reads it again, and says what is unsafe about the one that is shown from now on.
pub(super) fn reload(loaded: &Loaded, tls: &Tls) -> Result<Vec<String>, TlsError> {
    let certificate = tls.reload(SystemClock.now())?;
    Ok(warnings(loaded, &files(loaded), &certificate))
}

fn files(loaded: &Loaded) -> Files {
    let server = &loaded.settings.server;
    Files {
        certificate: server.tls_certificate.clone(),
        key: server.tls_key.clone(),
    }
}

fn faults(loaded: &Loaded, files: &Files, error: &TlsError) -> Faults {
    let keys: &[&str] = match error {
        TlsError::Unreadable { file, .. } if *file == files.key => &["server.tls_key"],
        TlsError::Unreadable { .. } | TlsError::OutOfDate { .. } => &["server.tls_certificate"],
        TlsError::Mismatch(_) | TlsError::Unusable(_) => {
            &["server.tls_certificate", "server.tls_key"]
        }
    };
    let named = |key: &&str| {
        let origin = loaded.origins.get(*key).cloned();
        ((*key).to_owned(), origin.unwrap_or(Origin::Default))
    };
    Faults(vec![Fault {
        keys: keys.iter().map(named).collect(),
        message: error.to_string(),
    }])
}

fn warnings(loaded: &Loaded, files: &Files, certificate: &Certificate) -> Vec<String> {
    let mut warnings = Vec::new();
    let now = SystemClock.now();
    if let Err(error) = certificate.valid_at(now) {
        warnings.push(format!(
            "server.tls_certificate: {error}. Clients refuse it."
        ));
    } else if let Err(error) = certificate.valid_at(now.plus_seconds(SOON_IN_SECONDS)) {
        warnings.push(format!("server.tls_certificate: {error}, soon."));
    }
    for name in &loaded.settings.server.names {
        let host = host(name);
        if !certificate.is_for(host) {
            warnings.push(format!(
                "server.names has {name}, but the certificate in {} is not for {host}: clients that call it refuse it. Get one that is.",
                files.certificate.display()
            ));
        }
    }
    let mode = std::fs::metadata(&files.key).map(|of| of.permissions().mode());
    if mode.is_ok_and(|mode| mode & 0o004 != 0) {
        let key = files.key.display();
        warnings.push(format!(
            "server.tls_key: everyone on this machine can read {key}. Run chmod 640 {key}, or stricter."
        ));
    }
    warnings
}

/// Of `host:port`, or `[address]:port`.
fn host(name: &str) -> &str {
    let host = match name.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => host,
        _ => name,
    };
    host.trim_matches(['[', ']'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_a_name() {
        for (name, expected) in [
            ("wallet.example.org", "wallet.example.org"),
            ("wallet.example.org:8330", "wallet.example.org"),
            ("127.0.0.1:8330", "127.0.0.1"),
            ("[::1]:8330", "::1"),
            ("[::1]", "::1"),
        ] {
            assert_eq!(host(name), expected);
        }
    }
}
