//! Which values can be: each by itself, and together.

use std::net::SocketAddr;
use std::ops::RangeInclusive;

use lettre::message::Mailbox;
use toml::Value;
use url::Url;

use super::name::fault_of_name;
use super::registration::{RegistrationMode, fault_of_domain};
use super::settings::{Settings, Transport};

/// What is wrong with this value of this key, and what is allowed; the types of [`Settings`] refuse the rest.
pub(super) fn fault_of_value(key: &str, value: &Value) -> Option<String> {
    match value {
        Value::Integer(number) => {
            let range = range(key);
            (!range.contains(number)).then(|| {
                let (least, most) = (range.start(), range.end());
                format!("must be from {least} to {most}, not {number}")
            })
        }
        Value::String(text) => fault_of_text(key, text),
        Value::Array(entries) => {
            let entries: Vec<&str> = entries.iter().filter_map(Value::as_str).collect();
            match key {
                "server.names" => entries.iter().find_map(|name| fault_of_name(name)),
                "server.cors_origins" if entries.contains(&"*") => {
                    (entries.len() > 1).then(|| "`*` is any origin, and stands alone".to_owned())
                }
                "server.cors_origins" => entries.iter().find_map(|origin| fault_of_origin(origin)),
                "registration.domains" => entries.iter().find_map(|domain| fault_of_domain(domain)),
                "console.peers" => entries.iter().find_map(|peer| fault_of_peer(peer)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// From the least to the most that a number may be.
pub(super) fn range(key: &str) -> RangeInclusive<i64> {
    match key {
        "server.shutdown_seconds" => 0..=3600,
        "server.connections" | "server.connections_per_address" => 1..=1_000_000,
        "store.cache_mib" => 1..=1 << 20,
        "store.min_free_bytes" => 0..=1 << 50,
        "mail.timeout_seconds" => 1..=300,
        "mail.concurrent" => 1..=1000,
        "codes.expire_seconds" => 1..=2_592_000,
        "codes.replace_days" | "statistics.keep_days" => 1..=3650,
        "pins.length" | "pins.min_length" | "pins.max_length" => 4..=128,
        "pins.attempts" => 1..=1000,
        "pins.addresses" => 1..=100_000,
        "pins.bytes" => 1..=16_777_216,
        _ => 1..=1_000_000_000,
    }
}

fn fault_of_text(key: &str, text: &str) -> Option<String> {
    match key {
        "server.listen" => text.parse::<SocketAddr>().err().map(|_| {
            format!(
                "must be an address and a port, such as 127.0.0.1:8330 or [::1]:8330, not `{text}`"
            )
        }),
        "server.secret_file" | "store.path" | "mail.directory" | "mail.sendmail" => {
            text.is_empty().then(|| "must not be empty".to_owned())
        }
        "mail.from" => text.parse::<Mailbox>().err().map(|_| {
            format!(
                "must be a sender, such as `Larimar <noreply@example.org>` or noreply@example.org, not `{text}`"
            )
        }),
        "observe.listen" => (!text.is_empty() && text.parse::<SocketAddr>().is_err()).then(|| {
            format!("must be an address and a port, such as 127.0.0.1:9330 or [::1]:9330, or empty, not `{text}`")
        }),
        _ => None,
    }
}

/// The header that browsers send is compared byte for byte; a pattern would match none.
fn fault_of_origin(text: &str) -> Option<String> {
    (origin(text).as_deref() != Some(text)).then(|| {
        format!(
            "each entry is `*` or an origin as browsers write it, such as https://wallet.example.org or \
             http://localhost:5173, lower case and without path or default port, not `{text}`"
        )
    })
}

/// It goes into the page's policy as it is.
fn fault_of_peer(text: &str) -> Option<String> {
    let is_origin = origin(text).as_deref() == Some(text);
    let safe = text.starts_with("https://") || text.starts_with("http://") && is_loopback(text);
    (!is_origin || !safe).then(|| {
        format!(
            "each entry is a server's origin, such as https://two.example.net, lower case and without path or default port; http is for this \
             computer only; not `{text}`"
        )
    })
}

fn is_loopback(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    })
}

fn origin(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let host = url
        .host_str()
        .filter(|host| !host.is_empty() && !host.contains('*'))?;
    let port = url.port().map(|port| format!(":{port}"));
    Some(format!(
        "{}://{host}{}",
        url.scheme(),
        port.unwrap_or_default()
    ))
}

/// What is wrong with a mail server's URL. It is never repeated, since it holds a password.
///
/// Stricter than lettre's `from_url`, which ignores a parameter that it does not know, and a user
/// without a password: either would send what should not be sent in clear, or not log in.
pub(super) fn fault_of_mail_url(text: &str) -> Option<&'static str> {
    let Ok(url) = Url::parse(text) else {
        return Some(
            "must be smtp://user:password@host:587?tls=required or smtps://user:password@host; \
             signs such as @ / : # % in the user's name or password are written as %40 %2F %3A %23 %25",
        );
    };
    let parameters: Vec<_> = url.query_pairs().collect();
    if !matches!(url.scheme(), "smtp" | "smtps") || url.host_str().is_none_or(str::is_empty) {
        return Some("must begin with smtp:// or smtps:// and name a host");
    }
    if !parameters.iter().all(|(name, value)| {
        name == "tls" && matches!(value.as_ref(), "required" | "opportunistic")
    }) || parameters.len() > 1
    {
        return Some("takes one parameter: ?tls=required or ?tls=opportunistic");
    }
    if url.fragment().is_some() {
        return Some("has a # in it: in the user's name or password write %23");
    }
    if url.username().is_empty() != url.password().is_none() {
        return Some("must have both a user and a password, or neither");
    }
    None
}

/// What is wrong with settings that can each be: the keys, and the reason.
pub(super) fn faults_together(settings: &Settings) -> Vec<(&'static [&'static str], &'static str)> {
    let Settings {
        server,
        registration,
        mail,
        pins,
        observe,
        ..
    } = settings;
    let is_loopback = server.listen.ip().to_canonical().is_loopback();
    let mut faults: Vec<(&'static [&'static str], &'static str)> = Vec::new();
    if server.tls_certificate.as_os_str().is_empty() != server.tls_key.as_os_str().is_empty() {
        faults.push((
            &["server.tls_certificate", "server.tls_key"],
            "TLS needs both, a certificate and its key: set both, or neither",
        ));
    }
    if mail.transport == Transport::Print && !is_loopback {
        faults.push((
            &["mail.transport", "server.listen"],
            "mail is printed only while the server listens on loopback: listen on 127.0.0.1 or [::1], \
             or set mail.transport to smtp, sendmail or file",
        ));
    }
    if mail.transport == Transport::Smtp && mail.url.is_empty() {
        faults.push((
            &["mail.transport", "mail.url"],
            "smtp needs a mail server: set mail.url, or mail.url_file to a file that holds it",
        ));
    }
    if server.listen.port() != 0 && observe.address() == Some(server.listen) {
        faults.push((
            &["observe.listen", "server.listen"],
            "metrics need a port of their own",
        ));
    }
    if registration.mode == RegistrationMode::Domains && registration.domains.is_empty() {
        faults.push((
            &["registration.mode", "registration.domains"],
            "no domain is named: set registration.domains, or registration.mode to open or closed",
        ));
    }
    if pins.min_length > pins.max_length {
        faults.push((
            &["pins.min_length", "pins.max_length"],
            "the least length of a pin is more than the most",
        ));
    } else if !(pins.min_length..=pins.max_length).contains(&pins.length) {
        faults.push((
            &["pins.length", "pins.min_length", "pins.max_length"],
            "the length of a pin must be from the least to the most",
        ));
    }
    faults
}

#[cfg(test)]
mod tests {
    use lettre::{AsyncSmtpTransport, Tokio1Executor};

    use super::*;

    #[test]
    fn mail_urls_are_those_that_lettre_takes_as_they_are_meant() {
        for url in [
            "smtp://localhost",
            "smtp://user:p%40ss@mail.example.org:587?tls=required",
            "smtp://user:pass@mail.example.org?tls=opportunistic",
            "smtps://user:pass@mail.example.org",
            "smtps://mail.example.org:465/larimar.example.org",
        ] {
            assert_eq!(fault_of_mail_url(url), None, "{url}");
            assert!(
                AsyncSmtpTransport::<Tokio1Executor>::from_url(url).is_ok(),
                "{url}"
            );
        }
        for url in [
            "mail.example.org",
            "mail.example.org:25",
            "smtp:",
            "smtp://",
            "http://mail.example.org",
            "smtp://user:pass@mail.example.org?tls=none",
            "smtp://user:pass@mail.example.org?TLS=required",
            "smtp://user@mail.example.org",
            "smtp://:pass@mail.example.org",
            "smtp://mail.example.org#x",
            "smtp://user:pa/ss@mail.example.org",
        ] {
            assert!(fault_of_mail_url(url).is_some(), "{url}");
        }
    }

    #[test]
    fn origins_are_as_browsers_write_them() {
        for origin in [
            "https://wallet.example.org",
            "http://localhost:5173",
            "http://[::1]:5173",
            "chrome-extension://abcdefgh",
        ] {
            assert_eq!(fault_of_origin(origin), None, "{origin}");
        }
        for origin in [
            "",
            "wallet.example.org",
            "https://wallet.example.org/",
            "https://wallet.example.org:443",
            "https://Wallet.example.org",
            "https://*.example.org",
            "https://",
            "null",
            "https://user@wallet.example.org",
        ] {
            assert!(fault_of_origin(origin).is_some(), "{origin}");
        }
    }
}
