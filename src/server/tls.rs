//! TLS: the certificate that callers are shown, and how another takes its place while the server runs.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::client::verify_server_name;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::{Error as PemError, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::server::{ClientHello, ParsedCertificate, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{Error as RustlsError, ServerConfig};
use tokio_rustls::server::TlsStream;
use x509_parser::parse_x509_certificate;

use super::observe::in_seconds;
use crate::clock::Time;
use crate::telemetry::{Registry, Unit, register_reading};

/// What a caller who speaks plain HTTP to a port with TLS is told.
const PLAIN: &[u8] = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: 46\r\n\r\n\
    This port speaks TLS: call it with https://...";

/// Where the certificate and its key are: PEM files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// The certificate, and behind it those that lead to an authority.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Why a certificate cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file is missing, is no PEM, or has something else in it.
    #[error("{file} cannot be read: {reason}", file = .file.display())]
    Unreadable {
        /// Which.
        file: PathBuf,
        /// In the words of whoever tried.
        reason: String,
    },
    /// The key is another certificate's.
    #[error(
        "{key} is not the key of the first certificate in {certificate}: give the two files that were made together",
        key = .0.key.display(),
        certificate = .0.certificate.display()
    )]
    Mismatch(Files),
    /// Nobody would accept it.
    #[error("the certificate in {certificate} is valid from {from} to {to} only: renew it", certificate = .file.display())]
    OutOfDate {
        /// The certificate's file.
        file: PathBuf,
        /// The first moment at which it is valid.
        from: Time,
        /// The last one.
        to: Time,
    },
    /// The library refused to begin.
    #[error("TLS is not possible: {0}")]
    Unusable(#[from] RustlsError),
}

/// A certificate with its key, both read from their files.
#[derive(Debug)]
pub struct Certificate {
    key: Arc<CertifiedKey>,
    file: PathBuf,
    from: Time,
    to: Time,
}

impl Certificate {
    /// Reads both files, which belong together. It need not be valid now: see [`valid_at`](Self::valid_at).
    ///
    /// # Errors
    /// All of [`TlsError`] but [`TlsError::OutOfDate`].
    pub fn read(files: &Files) -> Result<Self, TlsError> {
        let unreadable = |file: &Path, error: PemError| TlsError::Unreadable {
            file: file.to_owned(),
            reason: match error {
                PemError::NoItemsFound => "it holds none, in PEM".to_owned(),
                PemError::Io(error) => error.to_string(),
                error => error.to_string(),
            },
        };
        let chain = CertificateDer::pem_file_iter(&files.certificate)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .and_then(|chain| match chain.is_empty() {
                true => Err(PemError::NoItemsFound),
                false => Ok(chain),
            })
            .map_err(|error| unreadable(&files.certificate, error))?;
        let private = PrivateKeyDer::from_pem_file(&files.key)
            .map_err(|error| unreadable(&files.key, error))?;
        let (from, to) = validity(&chain).ok_or_else(|| TlsError::Unreadable {
            file: files.certificate.clone(),
            reason: "its first certificate is damaged".to_owned(),
        })?;
        let key = match CertifiedKey::from_der(chain, private, &default_provider()) {
            Err(RustlsError::InconsistentKeys(_)) => Err(TlsError::Mismatch(files.clone())),
            other => other.map_err(TlsError::from),
        }?;
        Ok(Self {
            key: Arc::new(key),
            file: files.certificate.clone(),
            from,
            to,
        })
    }

    /// Nothing, if it is valid at this moment.
    ///
    /// # Errors
    /// [`TlsError::OutOfDate`].
    pub fn valid_at(&self, now: Time) -> Result<(), TlsError> {
        match (self.from..=self.to).contains(&now) {
            true => Ok(()),
            false => Err(TlsError::OutOfDate {
                file: self.file.clone(),
                from: self.from,
                to: self.to,
            }),
        }
    }

    /// Whether clients that call this host accept it.
    pub fn is_for(&self, host: &str) -> bool {
        let own = self
            .key
            .end_entity_cert()
            .and_then(ParsedCertificate::try_from);
        own.is_ok_and(|own| {
            ServerName::try_from(host).is_ok_and(|name| verify_server_name(&own, &name).is_ok())
        })
    }
}

fn validity(chain: &[CertificateDer<'_>]) -> Option<(Time, Time)> {
    let (_, first) = parse_x509_certificate(chain.first()?).ok()?;
    let time = |seconds: i64| Time(seconds.saturating_mul(1000));
    let validity = first.validity();
    Some((
        time(validity.not_before.timestamp()),
        time(validity.not_after.timestamp()),
    ))
}

/// What is shown at the moment.
#[derive(Debug)]
struct Shown(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(
            &self.0.read().unwrap_or_else(PoisonError::into_inner),
        ))
    }
}

/// TLS with a certificate that can be exchanged.
pub struct Tls {
    files: Files,
    shown: Arc<Shown>,
    /// The last moment at which that is valid, in milliseconds since 1970.
    valid_to: AtomicI64,
    acceptor: TlsAcceptor,
}

impl Tls {
    /// Shows this certificate, until another is read from the same files.
    ///
    /// # Errors
    /// [`TlsError::Unusable`].
    pub fn new(files: Files, certificate: Certificate) -> Result<Self, TlsError> {
        let valid_to = AtomicI64::new(certificate.to.0);
        let shown = Arc::new(Shown(RwLock::new(certificate.key)));
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(shown.clone());
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            files,
            shown,
            valid_to,
            acceptor: TlsAcceptor::from(Arc::new(config)),
        })
    }

    /// Reads the files again: whoever connects from now on is shown what they hold, which it returns. On an error the old certificate stays.
    ///
    /// # Errors
    /// All of [`TlsError`].
    pub fn reload(&self, now: Time) -> Result<Certificate, TlsError> {
        let certificate = Certificate::read(&self.files)?;
        certificate.valid_at(now)?;
        *self.shown.0.write().unwrap_or_else(PoisonError::into_inner) =
            Arc::clone(&certificate.key);
        self.valid_to.store(certificate.to.0, Ordering::Relaxed);
        Ok(certificate)
    }

    /// Shows until when callers accept the certificate.
    pub(super) fn register(self: &Arc<Self>, registry: &mut Registry) {
        let of = Arc::clone(self);
        register_reading(
            registry,
            "certificate_expires",
            "When the certificate that is shown expires, in seconds since 1970",
            Some(Unit::Seconds),
            move || Some(in_seconds(Time(of.valid_to.load(Ordering::Relaxed)))),
        );
    }

    /// The handshake.
    pub(super) async fn accept(&self, mut socket: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        let mut first = [0];
        // the name of a method, where a handshake would begin with 22
        if socket.peek(&mut first).await? == 1 && first[0].is_ascii_uppercase() {
            socket.write_all(PLAIN).await?;
            socket.shutdown().await?;
            return Err(io::ErrorKind::InvalidData.into());
        }
        self.acceptor.accept(socket).await
    }
}
