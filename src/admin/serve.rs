//! `larimard serve`: from settings to a running server.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use governor::clock::DefaultClock;
use tokio::net::TcpListener;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::clock::SystemClock;
use crate::config::{AccessLogTarget, Loaded, Origin, RegistrationMode, Settings, Transport};
use crate::crypto::Secret;
use crate::mail::{self, Measured};
use crate::pins::{Pins, Rules as PinRules};
use crate::protocol::Service;
use crate::server::access_log::{AccessLog, Destination};
use crate::server::caller::ProxyHeader;
use crate::server::{Observe, Parts, Patience, Proxies, Sockets, run};
use crate::store::{SledStore, Store, load_secret};
use crate::telemetry;
use crate::wallet::limits::{Limits, PerHour, Settings as LimitSettings};
use crate::wallet::{PostBox, Registration, Rules, Wallets};

use super::backup::{many, options};
use super::certificate::Shown;
use super::signals::{Renewal, Signals};
use super::test_mail::options_of_mail;
use super::{pin_wallets, sandbox, supervisor, vanished};

/// Sockets are not the only files that are open.
const OTHER_FILES: u64 = 256;

/// Serves until SIGTERM or SIGINT.
pub(super) fn serve(loaded: &Loaded, shown: Option<Shown>) -> anyhow::Result<()> {
    let settings = &loaded.settings;
    log_to_standard_error(settings);
    raise_open_files(settings.server.connections.into());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let served = runtime.block_on(async {
        let signals = Signals::new()?;
        let listener = TcpListener::bind(settings.server.listen)
            .await
            .with_context(|| {
                format!("server.listen = {} cannot be used", settings.server.listen)
            })?;
        let parts = parts(loaded, shown, &listener).await?;
        let renewal = parts.tls.clone().map(|tls| Renewal::new(loaded, tls));
        let stop = signals.stop(Arc::clone(&parts.log), renewal.transpose()?);
        if let Err(error) = parts.service.wallets.store().probe().await {
            say!("  warning    {error}");
        }
        let store = parts.service.wallets.store();
        let left = Arc::downgrade(store);
        let _control = super::control::listen(&settings.store.path, &parts.service).inspect_err(|error| {
            say!("  warning    no control socket ({error}): backup, verify and wallets work only while the server is stopped");
        });
        supervisor::serves(store);
        run(parts, listener, stop).await?;
        anyhow::Ok(left)
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    let store = served?;
    // a backup that is still being sent ends with the process
    if store.strong_count() == 0 {
        index(settings);
    }
    tracing::info!("stopped");
    Ok(())
}

/// Everything is stored and closed: what is read now, the next start need not read.
fn index(settings: &Settings) {
    let secret = load_secret(&settings.server.secret_file, &settings.store.path);
    let indexed = secret
        .and_then(|secret| SledStore::index(&settings.store.path, &secret, &options(settings)));
    if let Err(error) = indexed {
        tracing::warn!(%error, "the next start will take longer");
    }
}

/// Our own messages at the level that is set. Those of libraries only when something is wrong, whatever the level: at finer ones some of them
/// write out requests and mails.
fn log_to_standard_error(settings: &Settings) {
    let level = tracing::level_filters::LevelFilter::from(settings.log.level);
    let libraries = level.min(tracing::level_filters::LevelFilter::WARN);
    let _ = tracing_subscriber::registry()
        .with(
            Targets::new()
                .with_default(libraries)
                .with_target("larimar", level),
        )
        .with(
            tracing_subscriber::fmt::layer()
                // it would panic where a log line is lost
                .log_internal_errors(false)
                .with_ansi(
                    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
                )
                .with_writer(std::io::stderr)
                .with_target(false),
        )
        .try_init();
}

fn raise_open_files(sockets: u64) {
    let wanted = sockets + OTHER_FILES;
    match rlimit::increase_nofile_limit(wanted) {
        Ok(allowed) if allowed < wanted => tracing::warn!(
            allowed,
            wanted,
            "the system allows fewer open files than server.connections needs; raise its limit (ulimit -n, LimitNOFILE)"
        ),
        Ok(_) => {}
        Err(error) => tracing::warn!(%error, "the limit of open files could not be raised"),
    }
}

async fn parts(
    loaded: &Loaded,
    shown: Option<Shown>,
    listener: &TcpListener,
) -> anyhow::Result<Parts> {
    let settings = &loaded.settings;
    let bound = listener.local_addr()?;
    let names = settings.server.accepted_names(bound);
    // before the store is made
    let mut warned = Vec::from_iter(vanished::warning(settings));
    let (secret, store) = opened(settings).map_err(|error| match beside_the_file(loaded) {
        Some(words) => error.context(words),
        None => error,
    })?;
    let mailer = Measured::new(mail::open(options_of_mail(settings)?)?);
    let observe = observe(settings, &store, &mailer).await?;
    let store: Arc<dyn Store> = Arc::new(store);
    let clock = Arc::new(SystemClock);
    let limits = Arc::new(Limits::new(limits(settings)?, DefaultClock::default()));
    let destination = match settings.access_log.target() {
        AccessLogTarget::Nowhere => Destination::None,
        AccessLogTarget::StandardOutput => Destination::StandardOutput,
        AccessLogTarget::File(path) => Destination::File(path.to_owned()),
    };
    warned.extend(sandbox::warnings(settings));
    let tls = shown.map(|Shown { tls, warnings }| {
        warned.extend(warnings);
        Arc::new(tls)
    });
    let log = AccessLog::open(&destination).with_context(|| {
        format!(
            "access_log.path = {} cannot be written",
            settings.access_log.path.display()
        )
    })?;
    let metrics = observe
        .as_ref()
        .map(|observe| observe.listener.local_addr())
        .transpose()?;
    announce(loaded, bound, metrics, &names, &stored(&*store)?, &warned);
    let pins = pins(settings)
        .map(|rules| Pins::new(Arc::clone(&store), clock.clone(), secret.clone(), rules));
    let wallets = Wallets::new(
        Arc::clone(&store),
        clock.clone(),
        secret,
        rules(settings, names),
    );
    Ok(Parts {
        service: Arc::new(Service {
            wallets,
            pins,
            post: PostBox {
                mailer: Arc::new(mailer),
                limits: Arc::clone(&limits),
            },
            blob_bytes: settings.limits.blob_bytes as u64,
            limits: serde_json::to_value(&settings.limits)?,
        }),
        limits,
        clock,
        log: Arc::new(log),
        tls,
        proxies: Proxies {
            trusted: settings.server.trusted_proxies.clone(),
            header: match settings.server.proxy_header {
                crate::config::ProxyHeader::XForwardedFor => ProxyHeader::XForwardedFor,
                crate::config::ProxyHeader::Forwarded => ProxyHeader::Forwarded,
            },
        },
        sockets: Sockets {
            total: settings.server.connections as usize,
            per_address: settings.server.connections_per_address as usize,
        },
        patience: Patience::default(),
        origins: settings.server.cors_origins[..].into(),
        peers: settings.console.peers.clone(),
        batch: settings.limits.batch,
        observe,
        shutdown: Duration::from_secs(settings.server.shutdown_seconds.into()),
    })
}

fn opened(settings: &Settings) -> anyhow::Result<(Secret<32>, SledStore)> {
    let secret = load_secret(&settings.server.secret_file, &settings.store.path)?;
    let store = SledStore::open(&settings.store.path, &secret, &options(settings))?;
    Ok((secret, store))
}

/// For who took a setting out of the file, and did not mean to move the store.
fn beside_the_file(loaded: &Loaded) -> Option<String> {
    let folder = loaded.file.as_ref()?.parent()?;
    let is_default = |key: &&str| matches!(loaded.origins.get(*key), None | Some(Origin::Default));
    let keys: Vec<&str> = ["store.path", "server.secret_file"]
        .into_iter()
        .filter(is_default)
        .collect();
    (!keys.is_empty()).then(|| {
        format!(
            "{} not set, and so looked for in {}",
            keys.join(" and ") + if keys.len() == 1 { " is" } else { " are" },
            folder.display()
        )
    })
}

async fn observe(
    settings: &Settings,
    store: &SledStore,
    mailer: &Measured,
) -> anyhow::Result<Option<Observe>> {
    let Some(address) = settings.observe.address() else {
        return Ok(None);
    };
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("observe.listen = {address} cannot be used"))?;
    let mut registry = telemetry::registry();
    store.register(&mut registry);
    mailer.register(&mut registry);
    Ok(Some(Observe { listener, registry }))
}

fn pins(settings: &Settings) -> Option<PinRules> {
    let pins = &settings.pins;
    pins.enabled.then_some(PinRules {
        length: pins.length,
        min_length: pins.min_length,
        max_length: pins.max_length,
        attempts: pins.attempts,
        attack_per_hour: pins.attack_per_hour,
        addresses: pins.addresses,
        bytes: pins.bytes,
        change_allowed: pins.change_allowed,
        create_allowed: settings.registration.mode == RegistrationMode::Open,
    })
}

/// What may be done with wallets.
pub(super) fn rules(settings: &Settings, names: Vec<String>) -> Rules {
    Rules {
        versions: settings.limits.versions,
        daily_versions: settings.limits.daily_versions.into(),
        code_expire_seconds: settings.codes.expire_seconds.into(),
        replace_days: settings.codes.replace_days.into(),
        keep_days: settings.statistics.keep_days.into(),
        registration: match settings.registration.mode {
            RegistrationMode::Open => Registration::Open,
            RegistrationMode::Domains => {
                Registration::Domains(settings.registration.domains.clone())
            }
            RegistrationMode::Closed => Registration::Closed,
        },
        names,
    }
}

fn limits(settings: &Settings) -> anyhow::Result<LimitSettings> {
    let limits = &settings.limits;
    Ok(LimitSettings {
        wallet_requests_per_hour: PerHour::new(limits.wallet_requests_per_hour.into())?,
        codes_per_hour: PerHour::new(limits.codes_per_hour.into())?,
        codes_per_email_per_hour: PerHour::new(limits.codes_per_email_per_hour.into())?,
        codes_per_hour_total: PerHour::new(limits.codes_per_hour_total.into())?,
        locks_per_hour: PerHour::new(limits.locks_per_hour.into())?,
        exempt: limits.exempt.clone(),
    })
}

/// A few lines for whoever starts it.
fn announce(
    loaded: &Loaded,
    bound: SocketAddr,
    metrics: Option<SocketAddr>,
    names: &[String],
    wallets: &str,
    warned: &[String],
) {
    let settings = &loaded.settings;
    say!("larimard {}", env!("CARGO_PKG_VERSION"));
    match &loaded.file {
        Some(file) => say!("  settings   {}", file.display()),
        None => say!("  settings   defaults (no config.toml here)"),
    }
    let scheme = if settings.server.has_tls() {
        "https"
    } else {
        "http"
    };
    say!("  listening  {scheme}://{bound}");
    if let Some(metrics) = metrics {
        say!("  metrics    http://{metrics}/metrics");
    }
    say!("  names      {}", names.join(", "));
    let (engine, path) = ("sled", settings.store.path.display());
    say!("  store      {engine} in {path}, {wallets}");
    say!("  mail       {}", mail_way(settings));
    for warning in loaded.warnings().iter().chain(warned) {
        say!("  warning    {warning}");
    }
}

/// `3 wallets, 17 with a pin`
fn stored(store: &dyn Store) -> anyhow::Result<String> {
    Ok(many(store.wallets(), "wallet") + &pin_wallets::in_store(store)?)
}

fn mail_way(settings: &Settings) -> String {
    let mail = &settings.mail;
    match mail.transport {
        Transport::Print => "printed here".into(),
        Transport::File => format!("files in {}", mail.directory.display()),
        Transport::Smtp => "by SMTP (mail.url)".into(),
        Transport::Sendmail => format!("by {}", mail.sendmail.display()),
    }
}
