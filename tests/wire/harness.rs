//! A real server in this process, with a clock that is set and a mailer that keeps codes.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use governor::clock::DefaultClock;
use larimar::clock::{Clock, SetClock, Time};
use larimar::config::Settings;
use larimar::crypto::Secret;
use larimar::mail::Mailer;
use larimar::mail::memory::MemoryMailer;
use larimar::pins::Pins;
use larimar::protocol::Service;
use larimar::server::access_log::{AccessLog, Destination};
use larimar::server::caller::ProxyHeader;
use larimar::server::{Parts, Patience, Proxies, ServerError, Sockets, run};
use larimar::store::{EmailDigest, LayoutError, Options, SledStore, Store, Table, load_secret};
use larimar::wallet::limits::{Limits, PerHour, Settings as LimitSettings};
use larimar::wallet::{PostBox, Registration, Rules, Wallets, email_digest};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::caller::{Caller, client};
use super::hand::{Person, base64};
use super::refusal::Refusal;
use super::socket::Socket;

/// Where every clock begins: `2026-11-22T12:00:00.000Z`, noon.
pub(crate) const BEGINNING: Time = Time(1_795_348_800_000);
pub(crate) const HOUR: u64 = 3600;
pub(crate) const DAY: u64 = 24 * HOUR;
/// What the servers of these tests are called; a deletion is signed for one of them.
pub(crate) const NAMES: [&str; 2] = ["wallets.test", "localhost:8330"];

/// A server, and all that it stands on.
pub(crate) struct Larimard {
    folder: TempDir,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) mail: Arc<MemoryMailer>,
    mailer: Arc<dyn Mailer>,
    pub(crate) settings: Settings,
    running: Option<Running>,
    http: reqwest::Client,
    addresses: AtomicU64,
}

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    done: JoinHandle<Result<(), ServerError>>,
}

impl Larimard {
    /// A fresh server whose limits nobody reaches.
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// The same with other settings.
    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let mail = Arc::new(MemoryMailer::default());
        Self::mailing(Arc::clone(&mail) as Arc<dyn Mailer>, mail, change).await
    }

    /// A fresh server with a mailer of the test's own.
    pub(crate) async fn with_mailer(mailer: Arc<dyn Mailer>) -> Self {
        Self::mailing(mailer, Arc::default(), |_| {}).await
    }

    async fn mailing(
        mailer: Arc<dyn Mailer>,
        mail: Arc<MemoryMailer>,
        change: impl FnOnce(&mut Settings),
    ) -> Self {
        let mut settings = Settings::default();
        settings.server.names = NAMES.map(str::to_owned).to_vec();
        settings.store.cache_mib = 8;
        settings.store.min_free_bytes = 0;
        settings.limits.wallet_requests_per_hour = 1_000_000_000;
        settings.limits.locks_per_hour = 1_000_000_000;
        settings.limits.codes_per_hour = 1_000_000_000;
        settings.limits.codes_per_email_per_hour = 1_000_000_000;
        settings.limits.codes_per_hour_total = 1_000_000_000;
        change(&mut settings);
        let mut server = Self {
            folder: tempfile::tempdir().unwrap(),
            clock: Arc::new(SetClock::new(BEGINNING)),
            mail,
            mailer,
            settings,
            running: None,
            http: client(None),
            addresses: AtomicU64::new(0),
        };
        server.begin().await;
        server
    }

    async fn begin(&mut self) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let parts = self.parts();
        let done = tokio::spawn(run(parts, listener, async {
            let _ = stopped.await;
        }));
        self.running = Some(Running {
            address,
            stop,
            done,
        });
    }

    fn parts(&self) -> Parts {
        let settings = &self.settings;
        let path = self.folder.path().join("data");
        let secret = load_secret(&self.folder.path().join("larimar.secret"), &path).unwrap();
        let options = Options {
            cache_mib: settings.store.cache_mib,
            min_free_bytes: settings.store.min_free_bytes,
        };
        let store: Arc<dyn Store> = Arc::new(opened(&path, &secret, &options));
        let per_hour = |number: u32| PerHour::new(number.into()).unwrap();
        let limits = Arc::new(Limits::new(
            LimitSettings {
                wallet_requests_per_hour: per_hour(settings.limits.wallet_requests_per_hour),
                codes_per_hour: per_hour(settings.limits.codes_per_hour),
                codes_per_email_per_hour: per_hour(settings.limits.codes_per_email_per_hour),
                codes_per_hour_total: per_hour(settings.limits.codes_per_hour_total),
                locks_per_hour: per_hour(settings.limits.locks_per_hour),
                exempt: settings.limits.exempt.clone(),
            },
            DefaultClock::default(),
        ));
        let rules = Rules {
            versions: settings.limits.versions,
            daily_versions: settings.limits.daily_versions.into(),
            code_expire_seconds: settings.codes.expire_seconds.into(),
            replace_days: settings.codes.replace_days.into(),
            keep_days: settings.statistics.keep_days.into(),
            registration: Registration::Open,
            names: settings.server.names.clone(),
        };
        let clock: Arc<dyn Clock> = Arc::clone(&self.clock) as Arc<dyn Clock>;
        let pins = settings.pins.enabled.then(|| {
            let rules = pin_rules(&settings.pins);
            Pins::new(
                Arc::clone(&store),
                Arc::clone(&clock),
                secret.clone(),
                rules,
            )
        });
        Parts {
            service: Arc::new(Service {
                pins,
                wallets: Wallets::new(store, Arc::clone(&clock), secret, rules),
                post: PostBox {
                    mailer: Arc::clone(&self.mailer),
                    limits: Arc::clone(&limits),
                },
                blob_bytes: settings.limits.blob_bytes as u64,
                limits: serde_json::to_value(&settings.limits).unwrap(),
            }),
            limits,
            clock,
            log: Arc::new(AccessLog::open(&Destination::File(self.access_log())).unwrap()),
            tls: None,
            proxies: Proxies {
                trusted: settings.server.trusted_proxies.clone(),
                header: match settings.server.proxy_header {
                    larimar::config::ProxyHeader::XForwardedFor => ProxyHeader::XForwardedFor,
                    larimar::config::ProxyHeader::Forwarded => ProxyHeader::Forwarded,
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
            observe: None,
            shutdown: Duration::from_secs(settings.server.shutdown_seconds.into()),
        }
    }

    /// Stops it; what is under way is finished.
    pub(crate) async fn stop(&mut self) {
        // connections that wait to be used again would have to be told first
        self.http = client(None);
        let running = self.running.take().expect("a running server");
        let _ = running.stop.send(());
        running.done.await.unwrap().unwrap();
    }

    /// Stops it, and says in which records of its store the keyed hash of this address is.
    pub(crate) async fn records_of(&mut self, email: &str) -> Vec<&'static str> {
        self.stop().await;
        let path = self.folder.path().join("data");
        let secret = load_secret(&self.folder.path().join("larimar.secret"), &path).unwrap();
        let options = Options {
            cache_mib: 8,
            min_free_bytes: 0,
        };
        let store = opened(&path, &secret, &options);
        let EmailDigest(digest) = email_digest(&secret, &email.parse().unwrap());
        let has_it = |bytes: &[u8]| bytes.windows(32).any(|part| part == digest);
        let entries = Table::ALL.iter().flat_map(|&table| {
            let entries = store.scan(table, None, 10_000).unwrap();
            entries.into_iter().map(move |entry| (table, entry))
        });
        let found = entries.filter(|(_, (key, value))| has_it(key) || has_it(value));
        let found = found.map(|(table, _)| table.name()).collect();
        store.close().await;
        drop(store);
        self.begin().await;
        found
    }

    /// Stops it and starts it again on the same folder.
    pub(crate) async fn restart(&mut self) {
        self.restart_with(|_| {}).await;
    }

    /// The same with other settings.
    pub(crate) async fn restart_with(&mut self, change: impl FnOnce(&mut Settings)) {
        self.stop().await;
        change(&mut self.settings);
        self.begin().await;
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.running.as_ref().expect("a running server").address
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address())
    }

    pub(crate) fn access_log(&self) -> std::path::PathBuf {
        self.folder.path().join("access.log")
    }

    /// The time by the server's clock, as it stands in answers.
    pub(crate) fn now(&self) -> String {
        self.clock.now().to_string()
    }

    /// Somebody who calls from the address that all callers have unless a test says otherwise.
    pub(crate) fn caller(&self) -> Caller {
        Caller {
            url: self.url(),
            http: self.http.clone(),
            headers: Vec::new(),
        }
    }

    /// Somebody who calls from another loopback address.
    pub(crate) fn from(&self, ip: &str) -> Caller {
        Caller {
            http: client(Some(ip.parse().unwrap())),
            ..self.caller()
        }
    }

    /// Somebody whose requests have this header.
    pub(crate) fn saying(&self, header: &str, value: &str) -> Caller {
        Caller {
            headers: vec![(header.to_owned(), value.to_owned())],
            ..self.caller()
        }
    }

    pub(crate) async fn socket(&self) -> Socket {
        Socket::open(self.address()).await
    }

    pub(crate) async fn call(&self, method: &str, params: Value) -> Result<Value, Refusal> {
        self.caller().call(method, params).await
    }

    /// The result of a call that has to succeed.
    #[track_caller]
    pub(crate) fn ok(&self, method: &str, params: Value) -> impl Future<Output = Value> + use<> {
        self.caller().ok(method, params)
    }

    /// The error of a call that has to fail, and has to have this name.
    #[track_caller]
    pub(crate) fn refused(
        &self,
        name: &'static str,
        method: &str,
        params: Value,
    ) -> impl Future<Output = Refusal> + use<> {
        self.caller().refused(name, method, params)
    }

    /// A code that was sent to this address just now.
    pub(crate) async fn code(&self, email: &str) -> String {
        self.ok("requestCode", json!([email])).await;
        self.mailed(email).expect("a mail")
    }

    /// The code of the oldest mail to this address that nobody has taken yet.
    pub(crate) fn mailed(&self, email: &str) -> Option<String> {
        let code = self.mail.take(&email.parse().unwrap())?;
        Some(code.to_string())
    }

    /// A code for an address that nobody else in the test has.
    pub(crate) async fn fresh_code(&self) -> String {
        let number = self.addresses.fetch_add(1, Ordering::Relaxed);
        self.code(&format!("someone-{number}@example.com")).await
    }

    /// A wallet of this person's with these bytes.
    pub(crate) async fn create(&self, person: &Person, data: &[u8]) -> Value {
        let code = self.fresh_code().await;
        self.ok("createWallet", person.create(&code, data)).await
    }

    /// What is stored for this person: bytes, hash and times, without statistics.
    pub(crate) async fn stored(&self, person: &Person) -> Option<Value> {
        match self.call("fetchWallet", json!([person.key()])).await {
            Ok(mut fetched) => {
                fetched.as_object_mut().unwrap().remove("statistics");
                let versions = self.ok("listVersions", json!([person.key()])).await;
                fetched["versions"] = versions["versions"].clone();
                Some(fetched)
            }
            Err(refusal) => {
                assert_eq!(refusal.name(), "WalletNotFound");
                None
            }
        }
    }

    /// The error of a call that has to fail with this name, and to leave these people's wallets as they were.
    #[track_caller]
    pub(crate) fn nothing_changes(
        &self,
        people: &[&Person],
        name: &'static str,
        method: &str,
        params: Value,
    ) -> impl Future<Output = Refusal> {
        let place = std::panic::Location::caller();
        async move {
            let before = self.all_stored(people).await;
            let refusal = match self.call(method, params).await {
                Ok(result) => panic!("{place}: {method} is not {name} but {result}"),
                Err(refusal) => refusal,
            };
            assert_eq!(refusal.name(), name, "{place}: {method}: {refusal:?}");
            assert_eq!(self.all_stored(people).await, before, "{place}: {method}");
            refusal
        }
    }

    async fn all_stored(&self, people: &[&Person]) -> Vec<Option<Value>> {
        let mut stored = Vec::new();
        for person in people {
            stored.push(self.stored(person).await);
        }
        stored
    }

    /// Whether these bytes are what is stored for this person.
    pub(crate) async fn holds(&self, person: &Person, data: &[u8]) -> bool {
        let stored = self.stored(person).await;
        stored.is_some_and(|stored| stored["encrypted_data"] == base64(data))
    }
}

/// The store, for which the one before it may still be making way.
fn opened(path: &Path, secret: &Secret<32>, options: &Options) -> SledStore {
    let begun = Instant::now();
    loop {
        match SledStore::open(path, secret, options) {
            Ok(store) => return store,
            Err(error) => {
                let is_locked = matches!(error, LayoutError::InUse(_))
                    || error.to_string().contains("could not acquire lock");
                let waits = is_locked && begun.elapsed() < Duration::from_secs(20);
                assert!(waits, "{error}");
                std::thread::sleep(Duration::from_millis(5));
            }
        }
    }
}

fn pin_rules(pins: &larimar::config::Pins) -> larimar::pins::Rules {
    larimar::pins::Rules {
        length: pins.length,
        min_length: pins.min_length,
        max_length: pins.max_length,
        attempts: pins.attempts,
        attack_per_hour: pins.attack_per_hour,
        addresses: pins.addresses,
        bytes: pins.bytes,
        change_allowed: pins.change_allowed,
        create_allowed: true,
    }
}
