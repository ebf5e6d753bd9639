//! TLS of the server's own: what a new connection costs, and what TLS adds to calls over connections that stay.
//!
//! The floor of a new connection is a bare loop of tokio-rustls with the same certificate and fixed bytes. Both are called by the same client, which makes a
//! connection, asks `/live` once and closes; no session is resumed. The floor of calls over connections that stay is the same server without TLS.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::client::Resumption;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::program::Program;
use crate::rows::BYTES;
use crate::table::{Cells, median};
use crate::wrk::{self, Calls, Seen};
use crate::{Options, calls, home, restore, settings};

const CONNECTIONS: usize = 16;
const WALLETS: u64 = 200;
const NEW: &str = "new connection";
const STAYING: [&str; 2] = ["serverInfo", "fetchWallet"];
const REQUEST: &[u8] = b"GET /live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

pub fn measure(options: &Options, folder: &Path) -> Cells {
    let pem = certificate(folder);
    let connector = connector(&pem);
    let archive = folder.join("tls.archive");
    calls::archive(&archive, WALLETS, BYTES, &[]);
    let exempt = "limits.exempt=[\"127.0.0.0/8\"]".to_owned();
    let start = |name: &str, keys: &[&str]| {
        let home = home(folder, name);
        restore(&home, &archive, std::slice::from_ref(&exempt));
        let own = keys.iter().map(|key| format!("{key}={}", pem.display()));
        let more: Vec<String> = own.chain([exempt.clone()]).collect();
        Program::server(&home, &settings(&more))
    };
    let plain = start("without tls", &[]);
    let secure = start("with tls", &["server.tls_certificate", "server.tls_key"]);
    let floor = Program::floor("tls", &pem);
    let file = |row: &str| folder.join(row);
    calls::rotating(&file(STAYING[0]), (0..2).map(|_| calls::server_info()));
    calls::rotating(&file(STAYING[1]), (0..WALLETS).map(calls::fetch));

    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut cells = Cells::default();
    for _ in 0..options.rounds {
        for (server, program) in [("tokio-rustls", &floor), ("larimard", &secure)] {
            let cpu = program.cpu();
            let seen = runtime.block_on(connect(&connector, program.port, options.seconds));
            let cell = cells.add(NEW, server, CONNECTIONS);
            cell.saw(&seen, program.cpu() - cpu);
        }
        for row in STAYING {
            for (server, scheme, program) in [("plain", "http", &plain), ("TLS", "https", &secure)]
            {
                let cpu = program.cpu();
                let url = format!("{scheme}://127.0.0.1:{}/", program.port);
                let calls = Calls::Rotating(&file(row));
                let seen = wrk::start_at(&url, CONNECTIONS, options.seconds, calls).wait();
                let cell = cells.add(row, server, CONNECTIONS);
                cell.saw(&seen, program.cpu() - cpu);
            }
        }
    }
    cells.print();
    tell(&cells, NEW, "larimard", "tokio-rustls");
    for row in STAYING {
        tell(&cells, row, "TLS", "plain");
    }
    cells
}

/// The ratios within each round.
fn tell(cells: &Cells, row: &str, server: &str, floor: &str) {
    let (Some(cpu), Some(one), Some(other)) = (
        cells.cpu_ratio(row, server, floor, CONNECTIONS),
        cells.get(row, server, CONNECTIONS),
        cells.get(row, floor, CONNECTIONS),
    ) else {
        return;
    };
    let pairs = one.per_second.iter().zip(&other.per_second);
    let speed = median(pairs.map(|(one, other)| one / other));
    println!("{row}: {server} has {speed:.2} of the speed of {floor}, for {cpu:.2} times its CPU");
}

/// A new certificate for localhost and its key, in one file.
fn certificate(folder: &Path) -> PathBuf {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let path = std::fs::canonicalize(folder)
        .expect("a folder")
        .join("tls.pem");
    let text = made.cert.pem() + &made.signing_key.serialize_pem();
    std::fs::write(&path, text).expect("written");
    path
}

fn connector(pem: &Path) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    let own = CertificateDer::from_pem_file(pem).expect("a certificate");
    roots.add(own).expect("a certificate");
    let mut config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.resumption = Resumption::disabled();
    TlsConnector::from(Arc::new(config))
}

/// New connections, as fast as so many callers get them.
async fn connect(connector: &TlsConnector, port: u16, seconds: f64) -> Seen {
    let begun = Instant::now();
    let end = begun + Duration::from_secs_f64(seconds);
    let callers: Vec<_> = (0..CONNECTIONS)
        .map(|_| tokio::spawn(call(connector.clone(), port, end)))
        .collect();
    let (mut took, mut errors) = (Vec::new(), 0.0);
    for caller in callers {
        let (of_one, failed) = caller.await.expect("a caller");
        took.extend(of_one);
        errors += failed;
    }
    let elapsed = begun.elapsed().as_secs_f64();
    took.sort_by(f64::total_cmp);
    let of = |part: f64| {
        let at = (took.len() as f64 * part) as usize;
        took.get(at).copied().unwrap_or(f64::NAN)
    };
    Seen {
        requests: took.len() as f64,
        per_second: took.len() as f64 / elapsed,
        p50: of(0.5),
        p99: of(0.99),
        errors,
    }
}

/// What each took, in microseconds, and how many failed.
async fn call(connector: TlsConnector, port: u16, end: Instant) -> (Vec<f64>, f64) {
    let (mut took, mut errors) = (Vec::new(), 0.0);
    while Instant::now() < end {
        let begun = Instant::now();
        match once(&connector, port).await {
            Ok(answer) if answer.starts_with(b"HTTP/1.1 200") => {
                took.push(begun.elapsed().as_secs_f64() * 1e6);
            }
            _ => errors += 1.0,
        }
    }
    (took, errors)
}

async fn once(connector: &TlsConnector, port: u16) -> std::io::Result<Vec<u8>> {
    let socket = TcpStream::connect(("127.0.0.1", port)).await?;
    socket.set_nodelay(true)?;
    let name = ServerName::try_from("localhost").expect("a name");
    let mut stream = connector.connect(name, socket).await?;
    stream.write_all(REQUEST).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer)
}
