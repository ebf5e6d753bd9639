//! Who vouches for the servers of these tests.

use std::sync::Arc;

use chrono::{Datelike, TimeDelta, Utc};
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd,
};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

pub(crate) struct Authority {
    /// Its own certificate.
    pub(crate) pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        Self {
            pem: authority.self_signed(&key).unwrap().pem(),
            issuer: Issuer::new(authority, key),
        }
    }

    /// A new certificate for this host, with its key.
    pub(crate) fn certify(&self, host: &str) -> (Certificate, KeyPair) {
        self.signed(CertificateParams::new(vec![host.to_owned()]).unwrap())
    }

    /// The same, but valid from the first of these days to the second, counted from today.
    pub(crate) fn certify_for(&self, host: &str, from: i64, to: i64) -> (Certificate, KeyPair) {
        let day = |days| {
            let day = Utc::now() + TimeDelta::days(days);
            let (month, day_of_month) = (day.month() as u8, day.day() as u8);
            date_time_ymd(day.year(), month, day_of_month)
        };
        let mut own = CertificateParams::new(vec![host.to_owned()]).unwrap();
        (own.not_before, own.not_after) = (day(from), day(to));
        self.signed(own)
    }

    fn signed(&self, own: CertificateParams) -> (Certificate, KeyPair) {
        let key = KeyPair::generate().unwrap();
        (own.signed_by(&key, &self.issuer).unwrap(), key)
    }

    /// A client that trusts it and nobody else.
    pub(crate) fn client(&self) -> Arc<ClientConfig> {
        let mut roots = RootCertStore::empty();
        let own = CertificateDer::from_pem_slice(self.pem.as_bytes()).unwrap();
        roots.add(own).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        Arc::new(config)
    }
}
