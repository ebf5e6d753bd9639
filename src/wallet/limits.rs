//! Who may ask how often (PROTOCOL.md, section 9).
//!
//! Each limit counts since the process started, in memory that is bounded (see [`Limits::forget_idle`]).

mod allowance;
mod cells;
mod settings;

use std::net::IpAddr;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};

use crate::network::{fold, is_within};
use crate::telemetry::{Counts, Registry};
use allowance::Allowance;
pub use settings::{InvalidPerHour, PerHour, Settings};

/// So many times the allowance of a /64 have all of a /48 together.
const SITE_SHARE: u64 = 8;
/// Callers of wallet methods, and sites of them, that are remembered one by one: some 45 bytes each.
const CALLERS: usize = 1_000_000;
/// The same for codes and locks, which few ask for.
const FEW: usize = 250_000;

/// Refused for now; asked again after this time, it is accepted, if nobody else was in the meantime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many requests; again in {retry_after} seconds")]
pub struct Wait {
    /// Whole seconds, at least 1.
    pub retry_after: u64,
}

impl From<Duration> for Wait {
    fn from(wait: Duration) -> Self {
        Self {
            retry_after: whole_seconds(wait).max(1),
        }
    }
}

/// All limits of one server process.
#[derive(Debug)]
pub struct Limits<C: Clock = DefaultClock> {
    exempt: Vec<ipnet::IpNet>,
    wallet_requests: Callers<C>,
    codes: Callers<C>,
    codes_by_email: Allowance<[u8; 32], C>,
    codes_in_total: Allowance<(), C>,
    locks: Callers<C>,
    refused: Counts,
}

const WALLET_REQUESTS: &str = "limits.wallet_requests_per_hour";
const CODES: &str = "limits.codes_per_hour";
const CODES_BY_EMAIL: &str = "limits.codes_per_email_per_hour";
const CODES_IN_TOTAL: &str = "limits.codes_per_hour_total";
const LOCKS: &str = "limits.locks_per_hour";

impl<C: Clock + Clone> Limits<C> {
    /// Everybody's allowance, untouched.
    pub fn new(settings: Settings, clock: C) -> Self {
        let callers = |per_hour, remembered| Callers::new(per_hour, remembered, &clock);
        let codes_by_email = settings.codes_per_email_per_hour.get();
        let codes_in_total = settings.codes_per_hour_total.get();
        Self {
            wallet_requests: callers(settings.wallet_requests_per_hour, CALLERS),
            codes: callers(settings.codes_per_hour, FEW),
            codes_by_email: Allowance::new(codes_by_email, FEW, clock.clone()),
            codes_in_total: Allowance::new(codes_in_total, 1, clock.clone()),
            locks: callers(settings.locks_per_hour, FEW),
            exempt: settings.exempt,
            refused: Counts::new(
                "limit",
                [
                    WALLET_REQUESTS,
                    CODES,
                    CODES_BY_EMAIL,
                    CODES_IN_TOTAL,
                    LOCKS,
                ],
            ),
        }
    }

    /// Shows how many were refused.
    pub fn register(&self, registry: &mut Registry) {
        self.refused.register(
            registry,
            "limited",
            "Calls that a limit refused, by the setting of that",
        );
    }

    /// Counts a call that names a wallet.
    ///
    /// # Errors
    /// [`Wait`] if the caller has used up what they have; then nothing was counted.
    pub fn wallet_request(&self, ip: IpAddr) -> Result<(), Wait> {
        self.unless_exempt(ip, WALLET_REQUESTS, |ip| self.wallet_requests.take(ip))
    }

    /// Counts a request for a code by the caller's address: the first of three to ask.
    ///
    /// # Errors
    /// [`Wait`], and nothing was counted.
    pub fn code_by_address(&self, ip: IpAddr) -> Result<(), Wait> {
        self.unless_exempt(ip, CODES, |ip| self.codes.take(ip))
    }

    /// Counts a request for a code by the keyed hash of its e-mail address: the second of three to ask.
    ///
    /// # Errors
    /// [`Wait`], and nothing was counted.
    pub fn code_by_email(&self, ip: IpAddr, email_digest: &[u8; 32]) -> Result<(), Wait> {
        self.unless_exempt(ip, CODES_BY_EMAIL, |_| {
            self.codes_by_email.take(email_digest)
        })
    }

    /// Counts a request for a code among those of everybody: the last of three to ask.
    ///
    /// # Errors
    /// [`Wait`], and nothing was counted.
    pub fn code_in_total(&self, ip: IpAddr) -> Result<(), Wait> {
        self.unless_exempt(ip, CODES_IN_TOTAL, |_| self.codes_in_total.take(&()))
    }

    /// Seconds until all three limits would accept another request for a code, 0 if at once. Counts nothing.
    pub fn code_retry_after(&self, ip: IpAddr, email_digest: &[u8; 32]) -> u64 {
        if self.is_exempt(ip) {
            return 0;
        }
        let wait = self
            .codes
            .wait(fold(ip))
            .max(self.codes_by_email.wait(email_digest))
            .max(self.codes_in_total.wait(&()));
        whole_seconds(wait)
    }

    /// Counts a `wallet/lock`, beside [`Limits::wallet_request`] (section 6).
    ///
    /// # Errors
    /// [`Wait`], and nothing was counted.
    pub fn lock(&self, ip: IpAddr) -> Result<(), Wait> {
        self.unless_exempt(ip, LOCKS, |ip| self.locks.take(ip))
    }

    /// Gives back the memory of callers whose allowance is whole again: for a timer, every few minutes.
    ///
    /// While more callers are remembered than there are places for, new ones share a fixed number of allowances, each
    /// caller always the same one, so the limits hold under any number of addresses.
    pub fn forget_idle(&self) {
        for callers in [&self.wallet_requests, &self.codes, &self.locks] {
            callers.hosts.forget_idle();
            callers.sites.forget_idle();
        }
        self.codes_by_email.forget_idle();
        self.codes_in_total.forget_idle();
    }

    fn is_exempt(&self, ip: IpAddr) -> bool {
        is_within(&self.exempt, ip)
    }

    fn unless_exempt(
        &self,
        ip: IpAddr,
        limit: &'static str,
        take: impl FnOnce(IpAddr) -> Result<(), Duration>,
    ) -> Result<(), Wait> {
        if self.is_exempt(ip) {
            return Ok(());
        }
        take(fold(ip)).map_err(|wait| {
            self.refused.count(limit);
            Wait::from(wait)
        })
    }
}

/// One limit by the caller's address: an IPv4 address or a /64, and all of a /48 together.
#[derive(Debug)]
struct Callers<C: Clock> {
    hosts: Allowance<u64, C>,
    sites: Allowance<u64, C>,
}

impl<C: Clock + Clone> Callers<C> {
    fn new(per_hour: PerHour, remembered: usize, clock: &C) -> Self {
        Self {
            hosts: Allowance::new(per_hour.get(), remembered, clock.clone()),
            sites: Allowance::new(SITE_SHARE * per_hour.get(), remembered, clock.clone()),
        }
    }

    fn take(&self, ip: IpAddr) -> Result<(), Duration> {
        let (host, site) = keys(ip);
        let Some(site) = site else {
            return self.hosts.take(&host);
        };
        // looked at first, so that a host does not pay for what its site is refused
        let wait = self.sites.wait(&site);
        if !wait.is_zero() {
            return Err(wait.max(self.hosts.wait(&host)));
        }
        self.hosts.take(&host)?;
        self.sites.take(&site)
    }

    fn wait(&self, ip: IpAddr) -> Duration {
        let (host, site) = keys(ip);
        let site = site.map_or(Duration::ZERO, |site| self.sites.wait(&site));
        self.hosts.wait(&host).max(site)
    }
}

/// The key of a host (IPv4 address or /64), and for IPv6 that of its /48.
///
/// No two callers share a key: the /64s whose first half is zero, which IPv4 takes, are not routed. (`::1` has the
/// one of `0.0.0.0`, from which nobody calls.)
fn keys(ip: IpAddr) -> (u64, Option<u64>) {
    match ip {
        IpAddr::V4(ip) => (u64::from(ip.to_bits()), None),
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments().map(u64::from);
            let site = a << 32 | b << 16 | c;
            (site << 16 | d, Some(site))
        }
    }
}

fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests;
