//! A real server in this process, with a few wallets in it.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::BoxFuture;
use governor::clock::DefaultClock;
use larimar::client::{Client, Wallet};
use larimar::clock::{Clock, SetClock, Time};
use larimar::config::Settings;
use larimar::crypto::{Code, Keys, Secret, seal_with_nonce};
use larimar::mail::{EmailAddress, MailError, Mailer};
use larimar::pins::Pins;
use larimar::protocol::Service;
use larimar::server::access_log::{AccessLog, Destination};
use larimar::server::caller::ProxyHeader;
use larimar::server::{Origins, Parts, Patience, Proxies, Sockets, run};
use larimar::store::{Options, SledStore, Store, load_secret};
use larimar::wallet::limits::{Limits, Settings as LimitSettings};
use larimar::wallet::{PostBox, Registration, Rules, Wallets};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// `2026-11-22T12:00:00.000Z`: the clock stands still, so that the same bytes are answered alike.
const NOW: Time = Time(1_795_348_800_000);

/// The name that a deletion is signed for.
pub const NAME: &str = "wallets.test";

/// A server that runs as long as this lives.
pub struct Larimard {
    /// Where it listens.
    pub address: SocketAddr,
    /// What it stores.
    pub store: Arc<dyn Store>,
    /// The runtime that it runs on.
    pub runtime: Runtime,
    mail: Arc<LastCode>,
    _folder: TempDir,
}

/// Keys that are always the same, without scrypt.
pub fn keys(number: u8) -> Keys {
    Keys::from_seed(&Secret::new([number; 32]))
}

/// The blob that these keys' wallet holds at first: sealed, revision 1, always the same bytes.
pub fn blob(keys: &Keys) -> Vec<u8> {
    seal_with_nonce(keys, 1, &[7; 12], br#"{"larimar":1,"entries":[]}"#).unwrap_or_default()
}

/// In base64, as it is sent.
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// A folder for what is stored. libFuzzer ends a process without clearing up, so `scripts/fuzz` does: `TMPDIR` is its own.
pub fn scratch() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

impl Larimard {
    /// Starts it. The wallets of the [`keys`] 1 (sealed), 2 (opaque) and 3 (moved to 4) are there; 5 was deleted, 6 never was.
    pub fn start() -> Self {
        let folder = scratch();
        let mail = Arc::new(LastCode::default());
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = runtime
            .block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
            .expect("a port");
        let address = listener.local_addr().expect("an address");
        let parts = parts(folder.path(), address, Arc::clone(&mail));
        let store = Arc::clone(parts.service.wallets.store());
        runtime.spawn(run(parts, listener, std::future::pending()));
        let server = Self {
            address,
            store,
            runtime,
            mail,
            _folder: folder,
        };
        server.runtime.block_on(server.furnish());
        server
    }

    /// A client of it.
    pub fn client(&self) -> Client {
        Client::connect(&format!("http://{}", self.address)).expect("a client")
    }

    /// The code of the last mail, if there was one since it was last taken.
    pub fn take_code(&self) -> Option<Code> {
        self.mail
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    async fn furnish(&self) {
        let opaque = b"what only its owner understands".as_slice();
        for number in [1, 2, 3, 5] {
            let wallet = Wallet::new(self.client(), keys(number));
            let sealed = blob(&keys(number));
            let bytes = if number == 2 { opaque } else { &sealed };
            let email = format!("person-{number}@example.com");
            self.client().request_code(&email).await.expect("a code");
            let code = self.take_code().expect("a mail").to_string();
            wallet
                .create_blob(&code, bytes, false)
                .await
                .expect("created");
        }
        let wallet = Wallet::new(self.client(), keys(2));
        wallet
            .save_blob(b"something newer", None)
            .await
            .expect("saved");
        let wallet = Wallet::new(self.client(), keys(3));
        let head = wallet.fetch().await.expect("fetched").head;
        let moved = wallet.change_password(keys(4), b"moved", &head).await;
        moved.expect("moved");
        let wallet = Wallet::new(self.client(), keys(5));
        let head = wallet.fetch().await.expect("fetched").head;
        wallet.delete(&head.local_hash).await.expect("deleted");
    }
}

fn parts(folder: &Path, address: SocketAddr, mail: Arc<LastCode>) -> Parts {
    let settings = Settings::default();
    let path: PathBuf = folder.join("data");
    let secret = load_secret(&folder.join("larimar.secret"), &path).expect("a secret");
    let options = Options {
        cache_mib: 8,
        min_free_bytes: 0,
    };
    let store: Arc<dyn Store> =
        Arc::new(SledStore::open(&path, &secret, &options).expect("a store"));
    let limits = Arc::new(Limits::new(
        LimitSettings {
            exempt: vec!["127.0.0.0/8".parse().expect("a network")],
            ..LimitSettings::default()
        },
        DefaultClock::default(),
    ));
    let clock: Arc<dyn Clock> = Arc::new(SetClock::new(NOW));
    let rules = Rules {
        versions: settings.limits.versions,
        daily_versions: settings.limits.daily_versions.into(),
        code_expire_seconds: settings.codes.expire_seconds.into(),
        replace_days: settings.codes.replace_days.into(),
        keep_days: settings.statistics.keep_days.into(),
        registration: Registration::Open,
        names: vec![NAME.to_owned(), address.to_string()],
    };
    Parts {
        service: Arc::new(Service {
            pins: Some(Pins::new(
                Arc::clone(&store),
                Arc::clone(&clock),
                secret.clone(),
                pin_rules(&settings.pins),
            )),
            wallets: Wallets::new(store, Arc::clone(&clock), secret, rules),
            post: PostBox {
                mailer: mail,
                limits: Arc::clone(&limits),
            },
            blob_bytes: settings.limits.blob_bytes as u64,
            limits: serde_json::to_value(&settings.limits).expect("JSON"),
        }),
        limits,
        clock,
        log: Arc::new(
            AccessLog::open(&Destination::File(folder.join("access.log"))).expect("a log"),
        ),
        tls: None,
        proxies: Proxies {
            trusted: Vec::new(),
            header: ProxyHeader::XForwardedFor,
        },
        sockets: Sockets {
            total: 64,
            per_address: 64,
        },
        patience: Patience::default(),
        origins: Origins::Any,
        peers: Vec::new(),
        batch: settings.limits.batch,
        observe: None,
        shutdown: Duration::from_secs(1),
    }
}

/// Keeps the last code instead of mailing it.
#[derive(Default)]
struct LastCode(Mutex<Option<Code>>);

impl Mailer for LastCode {
    fn send_code<'a>(
        &'a self,
        _to: &'a EmailAddress,
        code: &'a Code,
        _expires_in_seconds: u64,
    ) -> BoxFuture<'a, Result<(), MailError>> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(code.clone());
        Box::pin(std::future::ready(Ok(())))
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
