//! What can be, but is not safe.

use std::net::IpAddr;

use ipnet::IpNet;
use url::Url;

use super::level::Level;
use super::network::is_private;
use super::registration::RegistrationMode;
use super::settings::{AccessLogTarget, Settings, Transport};

/// What is unsafe about these settings, each with what to do. Never a secret.
pub fn warnings(settings: &Settings) -> Vec<String> {
    let mut warnings = Vec::new();
    reach(settings, &mut warnings);
    networks(settings, &mut warnings);
    registration(settings, &mut warnings);
    mail(settings, &mut warnings);
    records(settings, &mut warnings);
    metrics(settings, &mut warnings);
    pins(settings, &mut warnings);
    warnings
}

/// One in so many wallets may be opened by guessing until it locks.
const RARE: f64 = 1e-5;

fn pins(settings: &Settings, warnings: &mut Vec<String>) {
    let pins = &settings.pins;
    let shortest = i32::try_from(pins.length.min(pins.min_length)).unwrap_or(i32::MAX);
    let chance = f64::from(pins.attempts) / 34_f64.powi(shortest);
    if pins.enabled && chance > RARE {
        warnings.push(format!(
            "pins.attempts = {} at pins of {shortest} characters: whoever has the accessKeys of {} wallets opens one of \
             them before they lock. Make pins longer, or allow fewer attempts.",
            pins.attempts,
            (1.0 / chance).ceil()
        ));
    }
}

fn reach(settings: &Settings, warnings: &mut Vec<String>) {
    let server = &settings.server;
    let is_loopback = server.listen.ip().to_canonical().is_loopback();
    let has_proxy = !server.trusted_proxies.is_empty();
    if !is_loopback && !server.has_tls() {
        warnings.push(format!(
            "server.listen = {}: others can connect, and nothing is encrypted. Set server.tls_certificate and server.tls_key, or let \
             only a proxy that speaks TLS reach this port; clients refuse plain http beyond loopback.",
            server.listen
        ));
    }
    if server.names.is_empty() && (!is_loopback || has_proxy) {
        warnings.push(
            "server.names is empty: clients that call the server by its public name cannot delete a wallet. Set \
             it to the host of the URL that they call."
                .to_owned(),
        );
    }
    if server.connections_per_address >= server.connections && !has_proxy {
        warnings.push(format!(
            "server.connections_per_address = {} is not less than server.connections = {}: one address can take \
             every connection. Set it to a tenth or less.",
            server.connections_per_address, server.connections
        ));
    }
}

fn networks(settings: &Settings, warnings: &mut Vec<String>) {
    let (proxies, exempt) = (&settings.server.trusted_proxies, &settings.limits.exempt);
    // the networks of the large proxy services are narrower
    for network in proxies.iter().filter(|network| wide(network, 12, 29)) {
        warnings.push(format!(
            "server.trusted_proxies has {network}: whoever calls from there can claim any address, and so has no \
             limit. Name your proxies only."
        ));
    }
    for network in exempt.iter().filter(|network| wide(network, 32, 64)) {
        warnings.push(format!(
            "limits.exempt has {network}, which is not private: whoever calls from there has no limit, not even \
             on guessing and on mail. Name single machines of yours."
        ));
    }
    let covers_loopback = |network: &&IpNet| {
        ["127.0.0.1", "::1"].iter().any(|text| {
            text.parse::<IpAddr>()
                .is_ok_and(|address| network.contains(&address))
        })
    };
    if let Some(network) = exempt.iter().find(covers_loopback)
        && !proxies.iter().any(|proxy| covers_loopback(&proxy))
    {
        warnings.push(format!(
            "limits.exempt has {network}, and server.trusted_proxies has no loopback: behind a proxy on this \
             machine nobody has a limit. Add 127.0.0.1 to server.trusted_proxies if there is one."
        ));
    }
}

fn registration(settings: &Settings, warnings: &mut Vec<String>) {
    let registration = &settings.registration;
    if registration.mode != RegistrationMode::Domains && !registration.domains.is_empty() {
        warnings.push(
            "registration.domains is set but not used. Set registration.mode to domains, or take them out."
                .to_owned(),
        );
    }
}

/// Whether strangers call from it, and it is wider than this.
fn wide(network: &IpNet, v4: u8, v6: u8) -> bool {
    let least = match network {
        IpNet::V4(_) => v4,
        IpNet::V6(_) => v6,
    };
    network.prefix_len() < least && !is_private(network)
}

fn mail(settings: &Settings, warnings: &mut Vec<String>) {
    let mail = &settings.mail;
    match mail.transport {
        Transport::Print => warnings.push(
            "mail.transport = print: codes are shown on standard error and sent to nobody. Set it to smtp or \
             sendmail before anyone else uses this server."
                .to_owned(),
        ),
        Transport::File => warnings.push(format!(
            "mail.transport = file: codes are written to {} and sent to nobody. Set it to smtp or sendmail, \
             unless something else sends them.",
            mail.directory.display()
        )),
        Transport::Smtp if in_clear(mail.url.expose()) => warnings.push(
            "mail.url does not insist on encryption: codes, and the password if there is one, can be read on \
             the way. Write ?tls=required at its end, or smtps://."
                .to_owned(),
        ),
        Transport::Smtp | Transport::Sendmail => {}
    }
    let is_sent = matches!(mail.transport, Transport::Smtp | Transport::Sendmail);
    if is_sent && mail.from.trim_end_matches('>').ends_with("@localhost") {
        warnings.push(format!(
            "mail.from = {}: most mail servers refuse a sender at localhost. Set an address of your domain.",
            mail.from
        ));
    }
    if settings.codes.expire_seconds < 300 {
        warnings.push(format!(
            "codes.expire_seconds = {}: mail often takes longer (greylisting: ten minutes). Set 900 or more.",
            settings.codes.expire_seconds
        ));
    }
}

fn in_clear(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| {
        let host = url.host_str().unwrap_or_default();
        url.scheme() == "smtp"
            && url.query() != Some("tls=required")
            && !matches!(host, "localhost" | "127.0.0.1" | "[::1]")
    })
}

fn records(settings: &Settings, warnings: &mut Vec<String>) {
    const LEAST_FREE_BYTES: u64 = 64 << 20;
    if settings.store.min_free_bytes < LEAST_FREE_BYTES {
        warnings.push(format!(
            "store.min_free_bytes = {}: a full disk stops the store in the middle of a write. Set {LEAST_FREE_BYTES} (64 MiB) or more.",
            settings.store.min_free_bytes
        ));
    }
    if settings.access_log.target() == AccessLogTarget::Nowhere {
        warnings.push(
            "access_log.path is empty: there will be no record of who called. Set a file, or - for standard output."
                .to_owned(),
        );
    }
    if settings.log.level == Level::Off {
        warnings.push("log.level = off: faults will not be seen. Set error or more.".to_owned());
    }
}

fn metrics(settings: &Settings, warnings: &mut Vec<String>) {
    if let Some(address) = settings.observe.address()
        && !address.ip().to_canonical().is_loopback()
    {
        warnings.push(format!(
            "observe.listen = {address}: whoever reaches this port reads how much this server is used, and how full \
             it is. Let only your Prometheus reach it, or listen on 127.0.0.1."
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::SecretText;

    /// The warnings that these changes add to those of the defaults, or take away.
    fn added(change: impl FnOnce(&mut Settings)) -> Vec<String> {
        let mut settings = Settings::default();
        settings.mail.transport = Transport::Sendmail;
        settings.mail.from = "wallet@example.org".to_owned();
        assert_eq!(warnings(&settings), Vec::<String>::new());
        change(&mut settings);
        warnings(&settings)
    }

    fn networks(texts: &[&str]) -> Vec<IpNet> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn pins_that_are_easily_guessed_are_warned_of() {
        for (length, attempts, warned) in [
            (6, 5, false),
            (4, 5, false),
            (4, 100, true),
            (6, 1000, false),
        ] {
            let warnings = added(|settings| {
                settings.pins.min_length = length;
                settings.pins.attempts = attempts;
            });
            assert_eq!(!warnings.is_empty(), warned, "{length} {attempts}");
        }
        let off = added(|settings| {
            settings.pins.length = 4;
            settings.pins.min_length = 4;
            settings.pins.attempts = 1000;
            settings.pins.enabled = false;
        });
        assert_eq!(off, Vec::<String>::new());
    }

    #[test]
    fn the_defaults_warn_of_printed_mail_only() {
        let warnings = warnings(&Settings::default());
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].starts_with("mail.transport = print"));
    }

    #[test]
    fn each_unsafe_setting_is_named() {
        type Change = fn(&mut Settings);
        let cases: [(&str, Change); 15] = [
            ("server.listen", |s| {
                s.server.listen = "0.0.0.0:8330".parse().unwrap();
                s.server.names = vec!["wallet.example.org".to_owned()];
            }),
            ("server.names", |s| {
                s.server.trusted_proxies = networks(&["127.0.0.1/32"]);
            }),
            ("server.connections_per_address", |s| {
                s.server.connections_per_address = s.server.connections;
            }),
            ("server.trusted_proxies", |s| {
                s.server.trusted_proxies = networks(&["0.0.0.0/0"]);
                s.server.names = vec!["wallet.example.org".to_owned()];
            }),
            ("limits.exempt has 192.0.2.0/24, which", |s| {
                s.limits.exempt = networks(&["10.0.0.0/8", "192.0.2.0/24", "192.0.2.1/32"]);
            }),
            ("limits.exempt has 127.0.0.0/8, and", |s| {
                s.limits.exempt = networks(&["127.0.0.0/8"]);
            }),
            ("registration.domains", |s| {
                s.registration.domains = vec!["example.org".to_owned()];
            }),
            ("mail.transport = file", |s| {
                s.mail.transport = Transport::File
            }),
            ("mail.url does not insist", |s| {
                s.mail.transport = Transport::Smtp;
                s.mail.url = SecretText::new("smtp://user:pass@mail.example.org".to_owned());
            }),
            ("mail.url does not insist", |s| {
                s.mail.transport = Transport::Smtp;
                s.mail.url =
                    SecretText::new("smtp://mail.example.org?tls=opportunistic".to_owned());
            }),
            ("mail.from", |s| {
                s.mail.from = "Larimar <noreply@localhost>".to_owned();
            }),
            ("codes.expire_seconds", |s| s.codes.expire_seconds = 60),
            ("store.min_free_bytes", |s| s.store.min_free_bytes = 1000),
            ("observe.listen = 0.0.0.0:9330", |s| {
                s.observe.listen = "0.0.0.0:9330".to_owned();
            }),
            ("access_log.path", |s| {
                s.access_log.path = "".into();
                s.log.level = Level::Error;
            }),
        ];
        for (beginning, change) in cases {
            let warnings = added(change);
            assert_eq!(warnings.len(), 1, "{warnings:?}");
            assert!(warnings[0].starts_with(beginning), "{warnings:?}");
        }
        assert_eq!(added(|s| s.log.level = Level::Off).len(), 1);
    }

    #[test]
    fn what_is_safe_is_not_named() {
        let quiet = added(|s| {
            s.server.trusted_proxies = networks(&["127.0.0.1/32", "104.16.0.0/13", "10.0.0.0/8"]);
            s.server.names = vec!["wallet.example.org".to_owned()];
            s.limits.exempt = networks(&["127.0.0.1/32", "192.168.0.0/16", "192.0.2.1/32"]);
            s.mail.transport = Transport::Smtp;
            s.mail.url = SecretText::new("smtp://localhost:25".to_owned());
            s.observe.listen = "[::1]:9330".to_owned();
        });
        assert_eq!(quiet, Vec::<String>::new());
        let encrypted = added(|s| {
            s.server.listen = "0.0.0.0:443".parse().unwrap();
            s.server.tls_certificate = "server.pem".into();
            s.server.names = vec!["wallet.example.org".to_owned()];
        });
        assert_eq!(encrypted, Vec::<String>::new());
    }
}
