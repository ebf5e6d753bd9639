//! A server in this process, with little patience and with parts that a configuration cannot make.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::BoxFuture;
use governor::clock::DefaultClock;
use larimar::clock::SystemClock;
use larimar::config::Settings;
use larimar::crypto::{Code, Secret};
use larimar::mail::{EmailAddress, MailError, Mailer};
use larimar::protocol::Service;
use larimar::server::access_log::{AccessLog, Destination};
use larimar::server::caller::ProxyHeader;
use larimar::server::tls::Tls;
use larimar::server::{Observe, Origins, Parts, Patience, Proxies, ServerError, Sockets, run};
use larimar::store::{Options, SledStore};
use larimar::wallet::limits::Limits;
use larimar::wallet::{PostBox, Registration, Rules, Wallets};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// A mailer that panics for addresses at `panic.example`, and keeps the codes of the others.
#[derive(Default)]
pub(crate) struct Panicking(pub(crate) Mutex<Vec<String>>);

impl Mailer for Panicking {
    fn send_code<'a>(
        &'a self,
        to: &'a EmailAddress,
        code: &'a Code,
        _: u64,
    ) -> BoxFuture<'a, Result<(), MailError>> {
        Box::pin(async move {
            assert!(
                !to.expose().ends_with("@panic.example"),
                "on purpose, in a test"
            );
            self.0.lock().unwrap().push(code.to_string());
            Ok(())
        })
    }
}

/// How a server inside is to be.
pub(crate) struct Plan {
    pub(crate) patience: Duration,
    pub(crate) sockets: Sockets,
    pub(crate) tls: Option<Arc<Tls>>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            patience: Duration::from_secs(30),
            sockets: Sockets {
                total: 1000,
                per_address: 1000,
            },
            tls: None,
        }
    }
}

pub(crate) struct Inside {
    pub(crate) address: SocketAddr,
    pub(crate) metrics: SocketAddr,
    pub(crate) mailer: Arc<Panicking>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<Result<(), ServerError>>>,
    pub(crate) folder: TempDir,
}

impl Inside {
    pub(crate) fn start(plan: Plan) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mailer = Arc::new(Panicking::default());
        let (stop, stopped) = oneshot::channel();
        let (tell, addresses) = std::sync::mpsc::channel();
        let mut parts = parts(&folder, Arc::clone(&mailer), plan);
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async move {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                let metrics = TcpListener::bind("127.0.0.1:0").await.unwrap();
                let addresses = (listener.local_addr(), metrics.local_addr());
                tell.send(addresses).unwrap();
                parts.observe = Some(Observe {
                    listener: metrics,
                    registry: larimar::telemetry::registry(),
                });
                run(parts, listener, async { drop(stopped.await) }).await
            })
        });
        let (address, metrics) = addresses.recv().unwrap();
        Self {
            address: address.unwrap(),
            metrics: metrics.unwrap(),
            mailer,
            stop: Some(stop),
            thread: Some(thread),
            folder,
        }
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.thread.take().unwrap().join();
        if !std::thread::panicking() {
            ended.unwrap().unwrap();
        }
    }
}

fn parts(folder: &TempDir, mailer: Arc<Panicking>, plan: Plan) -> Parts {
    let secret = Secret::new([3; 32]);
    let options = Options {
        cache_mib: 16,
        min_free_bytes: 0,
    };
    let store = Arc::new(SledStore::open(&folder.path().join("data"), &secret, &options).unwrap());
    let clock = Arc::new(SystemClock);
    let limits = larimar::wallet::limits::Settings {
        exempt: vec!["127.0.0.0/8".parse().unwrap()],
        ..Default::default()
    };
    let limits = Arc::new(Limits::new(limits, DefaultClock::default()));
    let rules = Rules {
        versions: 5,
        daily_versions: 7,
        code_expire_seconds: 1800,
        replace_days: 30,
        keep_days: 90,
        registration: Registration::Open,
        names: vec![super::house::NAME.into()],
    };
    Parts {
        service: Arc::new(Service {
            pins: None,
            wallets: Wallets::new(store, clock.clone(), secret, rules),
            post: PostBox {
                mailer,
                limits: Arc::clone(&limits),
            },
            blob_bytes: 262_144,
            limits: serde_json::to_value(Settings::default().limits).unwrap(),
        }),
        limits,
        clock,
        log: Arc::new(
            AccessLog::open(&Destination::File(folder.path().join("access.log"))).unwrap(),
        ),
        tls: plan.tls,
        proxies: Proxies {
            trusted: Vec::new(),
            header: ProxyHeader::XForwardedFor,
        },
        sockets: plan.sockets,
        patience: Patience {
            handshake: plan.patience,
            head: plan.patience,
            body: plan.patience,
            unread: plan.patience,
        },
        origins: Origins::Any,
        peers: Vec::new(),
        batch: 10,
        observe: None,
        shutdown: Duration::from_secs(20),
    }
}
