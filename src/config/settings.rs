//! What can be set, and its default.
//!
//! Each field is a key of `config.toml`, where operators find it explained. The defaults below and that
//! file say the same: a test compares them.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use super::level::Level;
use super::network;
use super::registration::Registration;
use crate::crypto::SecretText;

/// Every setting, section by section.
///
/// [`load`](super::load()) is the one way to get checked ones; a test may build its own from the defaults.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Who may call, and where.
    pub server: Server,
    /// Who may have a new wallet.
    pub registration: Registration,
    /// Where wallets are kept.
    pub store: Store,
    /// The page that browsers get.
    pub console: Console,
    /// How codes reach people.
    pub mail: Mail,
    /// How much, and how often (PROTOCOL.md, section 9).
    pub limits: Limits,
    /// The codes that are sent by mail.
    pub codes: Codes,
    /// The `wallet/*` methods (PROTOCOL.md, section 6).
    pub pins: Pins,
    /// What is remembered of accesses to a wallet.
    pub statistics: Statistics,
    /// One line for every call.
    pub access_log: AccessLog,
    /// Metrics.
    pub observe: Observe,
    /// The program's own log.
    pub log: Log,
}

/// Who may call, and where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// Where the server listens; port 0 lets the system choose one.
    pub listen: SocketAddr,
    /// The names by which clients call, lower case, `host` or `host:port`; empty for the default of
    /// PROTOCOL.md, section 3, which [`Server::accepted_names`] gives.
    pub names: Vec<String>,
    /// The server's certificate and those that lead to an authority, a PEM file; empty for plain HTTP.
    pub tls_certificate: PathBuf,
    /// Its private key, a PEM file.
    pub tls_key: PathBuf,
    /// Whose word about the caller's address is taken.
    #[serde(with = "network")]
    pub trusted_proxies: Vec<IpNet>,
    /// The one header in which they give it.
    pub proxy_header: ProxyHeader,
    /// The web origins that may call; `*` alone for any.
    pub cors_origins: Vec<String>,
    /// The file of the server's secret.
    pub secret_file: PathBuf,
    /// How long a stopping server waits for calls under way.
    pub shutdown_seconds: u32,
    /// The most sockets open at once.
    pub connections: u32,
    /// The most of them from one address.
    pub connections_per_address: u32,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8330)),
            names: Vec::new(),
            tls_certificate: PathBuf::new(),
            tls_key: PathBuf::new(),
            trusted_proxies: Vec::new(),
            proxy_header: ProxyHeader::XForwardedFor,
            cors_origins: vec!["*".to_owned()],
            secret_file: "larimar.secret".into(),
            shutdown_seconds: 20,
            connections: 8192,
            connections_per_address: 512,
        }
    }
}

impl Server {
    /// Whether the server speaks TLS itself.
    pub fn has_tls(&self) -> bool {
        !self.tls_certificate.as_os_str().is_empty()
    }
}

/// The page that browsers get.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Console {
    /// Other servers on which a wallet of this page may be kept as well, as origins.
    pub peers: Vec<String>,
}

/// The header in which a trusted proxy gives the caller's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProxyHeader {
    /// A list of addresses, as nearly every proxy writes it.
    #[serde(rename = "X-Forwarded-For")]
    XForwardedFor,
    /// RFC 7239.
    Forwarded,
}

/// Where wallets are kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Store {
    /// What keeps them.
    pub engine: Engine,
    /// The folder of the store.
    pub path: PathBuf,
    /// Memory for what was read lately, in MiB.
    pub cache_mib: u64,
    /// Less free space than this on the disk, and nothing more is stored.
    pub min_free_bytes: u64,
}

impl Default for Store {
    fn default() -> Self {
        Self {
            engine: Engine::Sled,
            path: "data".into(),
            cache_mib: 256,
            min_free_bytes: 1 << 30,
        }
    }
}

/// What keeps wallets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// sled, within the server's process.
    Sled,
}

/// How codes reach people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// Which way.
    pub transport: Transport,
    /// The folder into which `file` writes.
    pub directory: PathBuf,
    /// The mail server that `smtp` calls, as lettre's `from_url` takes it.
    pub url: SecretText,
    /// The sender, as in the `From` header.
    pub from: String,
    /// How long handing over one mail may take.
    pub timeout_seconds: u32,
    /// How many may be handed over at once.
    pub concurrent: u32,
    /// The command that `sendmail` runs.
    pub sendmail: PathBuf,
    /// The file of a text of the operator's; empty for the built-in one.
    pub template: PathBuf,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            transport: Transport::Print,
            directory: "mail".into(),
            url: SecretText::default(),
            from: "Larimar <noreply@localhost>".to_owned(),
            timeout_seconds: 20,
            concurrent: 8,
            sendmail: "/usr/sbin/sendmail".into(),
            template: PathBuf::new(),
        }
    }
}

/// Which way mail goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// To standard error, whole: for trying the server out, on loopback only.
    Print,
    /// One `.eml` file a message.
    File,
    /// To a mail server.
    Smtp,
    /// To the local `sendmail` command.
    Sendmail,
}

/// How much, and how often (PROTOCOL.md, section 9). `serverInfo` shows this struct as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The largest blob, in bytes after decoding.
    pub blob_bytes: usize,
    /// The most entries of a batch.
    pub batch: u32,
    /// How many replaced blobs are kept beside the current one.
    pub versions: usize,
    /// Of how many past days the last blob is kept as well.
    pub daily_versions: u32,
    /// Calls that name a wallet, an address and hour.
    pub wallet_requests_per_hour: u32,
    /// Codes, an address and hour.
    pub codes_per_hour: u32,
    /// Codes, an e-mail address and hour.
    pub codes_per_email_per_hour: u32,
    /// Codes an hour, over all.
    pub codes_per_hour_total: u32,
    /// `wallet/lock`, an address and hour.
    pub locks_per_hour: u32,
    /// Networks that are not limited.
    #[serde(with = "network")]
    pub exempt: Vec<IpNet>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            blob_bytes: 262_144,
            batch: 10,
            versions: 5,
            daily_versions: 7,
            wallet_requests_per_hour: 120,
            codes_per_hour: 10,
            codes_per_email_per_hour: 3,
            codes_per_hour_total: 1000,
            locks_per_hour: 10,
            exempt: Vec::new(),
        }
    }
}

/// The codes that are sent by mail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Codes {
    /// How long one is good for.
    pub expire_seconds: u32,
    /// At most once in so many days an address is taken away from an older wallet.
    pub replace_days: u32,
}

impl Default for Codes {
    fn default() -> Self {
        Self {
            expire_seconds: 1800,
            replace_days: 30,
        }
    }
}

/// The `wallet/*` methods (PROTOCOL.md, section 6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pins {
    /// Whether there are such methods.
    pub enabled: bool,
    /// Characters of a pin that the server makes.
    pub length: usize,
    /// The fewest characters of a pin that a user chooses.
    pub min_length: usize,
    /// The most characters of a pin that a user chooses.
    pub max_length: usize,
    /// So many wrong pins lock a wallet.
    pub attempts: u32,
    /// A wrong pin for more wallets than this in an hour is an attack.
    pub attack_per_hour: u32,
    /// The most address objects of a wallet.
    pub addresses: usize,
    /// The most bytes of JSON that they may take together.
    pub bytes: usize,
    /// Whether users may choose a pin.
    pub change_allowed: bool,
}

impl Default for Pins {
    fn default() -> Self {
        Self {
            enabled: true,
            length: 6,
            min_length: 6,
            max_length: 32,
            attempts: 5,
            attack_per_hour: 1000,
            addresses: 1000,
            bytes: 262_144,
            change_allowed: true,
        }
    }
}

/// What is remembered of accesses to a wallet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Statistics {
    /// For how many days.
    pub keep_days: u32,
}

impl Default for Statistics {
    fn default() -> Self {
        Self { keep_days: 90 }
    }
}

/// One line for every call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccessLog {
    /// The file; `-` for standard output, empty for none. [`AccessLog::target`] tells them apart.
    pub path: PathBuf,
}

impl AccessLog {
    /// Where the lines go.
    pub fn target(&self) -> AccessLogTarget<'_> {
        match self.path.to_str() {
            Some("") => AccessLogTarget::Nowhere,
            Some("-") => AccessLogTarget::StandardOutput,
            _ => AccessLogTarget::File(&self.path),
        }
    }
}

impl Default for AccessLog {
    fn default() -> Self {
        Self {
            path: "logs/access.log".into(),
        }
    }
}

/// Where the lines of the access log go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessLogTarget<'a> {
    /// There is none.
    Nowhere,
    /// To standard output.
    StandardOutput,
    /// To this file, which is made with its folder if need be.
    File(&'a Path),
}

/// Metrics.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Observe {
    /// Where they are served; empty for nowhere. [`Observe::address`] tells them apart.
    pub listen: String,
}

impl Observe {
    /// Where they are served.
    pub fn address(&self) -> Option<SocketAddr> {
        self.listen.parse().ok()
    }
}

/// The program's own log.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// How much it says.
    pub level: Level,
}
