//! What `fetchWallet` returns, as JSON: what is asked for most, and is the largest.
//!
//! It is [`wire::Fetched`](super::methods::Fetched), as serde would write it; but nothing of it needs escaping, so it is written straight
//! from what the wallet room gives, without a copy in between.

use std::borrow::Cow;
use std::net::IpAddr;

use base64_simd::STANDARD;

use crate::clock::{Time, Writer};
use crate::network::shown;
use crate::wallet::{self, Access, Seen};

/// Of an answer without its blob and without its lists, in bytes.
const BARE: usize = 320;
/// Of an entry of a list.
const ENTRY: usize = 112;

/// A wallet, on its way to the caller.
pub(super) struct Fetched(pub(super) wallet::Fetched);

impl Fetched {
    /// The result, as JSON.
    pub(super) fn json(&self) -> Vec<u8> {
        let Self(fetched) = self;
        let statistics = &fetched.statistics;
        let data = fetched.encrypted_data.as_deref();
        let entries = statistics.addresses.len() + statistics.recent.len();
        let length = data.map_or(0, |data| STANDARD.encoded_length(data.len()));
        let mut json = Json {
            text: Vec::with_capacity(BARE + length + entries * ENTRY),
            times: Writer::default(),
        };
        match data {
            Some(data) => {
                json.raw(r#"{"modified":true,"encrypted_data":""#);
                STANDARD.encode_append(data, &mut json.text);
                json.raw(r#"","local_hash":""#);
            }
            None => json.raw(r#"{"modified":false,"local_hash":""#),
        }
        json.text.extend_from_slice(&fetched.local_hash.hex());
        json.raw(r#"","created":"#);
        json.time(fetched.created);
        json.raw(r#","updated":"#);
        json.time(fetched.updated);
        json.raw(r#","statistics":{"updated":"#);
        json.time(fetched.updated);
        json.raw(r#","fetches":"#);
        json.number(statistics.fetches);
        json.raw(r#","addresses":["#);
        json.list(&statistics.addresses, Json::seen);
        json.raw(r#"],"recent":["#);
        json.list(&statistics.recent, Json::access);
        json.raw("]}}");
        json.text
    }
}

struct Json {
    text: Vec<u8>,
    times: Writer,
}

impl Json {
    fn raw(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
    }

    fn number(&mut self, number: impl itoa::Integer) {
        self.raw(itoa::Buffer::new().format(number));
    }

    fn time(&mut self, time: Time) {
        self.text.push(b'"');
        let text = self.times.write(time);
        self.text.extend_from_slice(&text);
        self.text.push(b'"');
    }

    fn ip(&mut self, ip: IpAddr) {
        self.text.push(b'"');
        match ip {
            IpAddr::V4(ip) => {
                for (place, octet) in ip.octets().into_iter().enumerate() {
                    if place > 0 {
                        self.text.push(b'.');
                    }
                    self.number(octet);
                }
            }
            IpAddr::V6(_) => self.raw(&shown(ip)),
        }
        self.text.push(b'"');
    }

    fn list<T>(&mut self, entries: &[T], mut write: impl FnMut(&mut Self, &T)) {
        for (place, entry) in entries.iter().enumerate() {
            if place > 0 {
                self.text.push(b',');
            }
            write(self, entry);
        }
    }

    fn seen(&mut self, seen: &Seen) {
        self.raw(r#"{"ip":"#);
        self.ip(seen.ip);
        self.raw(r#","requests":"#);
        self.number(seen.requests);
        self.raw(r#","first":"#);
        self.time(seen.first);
        self.raw(r#","last":"#);
        self.time(seen.last);
        self.text.push(b'}');
    }

    fn access(&mut self, access: &Access) {
        self.raw(r#"{"time":"#);
        self.time(access.time);
        self.raw(r#","ip":"#);
        self.ip(access.ip);
        self.raw(r#","method":"#);
        self.name(&access.method);
        self.raw(r#","outcome":"#);
        self.name(&access.outcome);
        self.text.push(b'}');
    }

    /// A name of ours needs no escaping; one that was read from the disk is none that the compiler knows.
    #[expect(clippy::ptr_arg, reason = "whose it is makes the difference")]
    fn name(&mut self, name: &Cow<'static, str>) {
        match name {
            Cow::Borrowed(name) => {
                self.text.push(b'"');
                self.raw(name);
                self.text.push(b'"');
            }
            Cow::Owned(name) => {
                let written = serde_json::to_writer(&mut self.text, name);
                debug_assert!(written.is_ok(), "a vector takes everything");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::methods as wire;
    use super::*;
    use crate::crypto::BlobHash;
    use crate::wallet::WalletStatistics;

    /// The same by way of the struct that stands in the table of methods.
    fn by_serde(fetched: &wallet::Fetched) -> String {
        let statistics = &fetched.statistics;
        let addresses = statistics.addresses.iter().map(|seen| wire::AddressSeen {
            ip: shown(seen.ip),
            requests: seen.requests,
            first: seen.first.to_string(),
            last: seen.last.to_string(),
        });
        let recent = statistics.recent.iter().map(|access| wire::Access {
            time: access.time.to_string(),
            ip: shown(access.ip),
            method: access.method.to_string(),
            outcome: access.outcome.to_string(),
        });
        let data = fetched.encrypted_data.as_ref();
        let fetched = wire::Fetched {
            modified: data.is_some(),
            encrypted_data: data.map(|data| STANDARD.encode_to_string(data)),
            local_hash: fetched.local_hash.to_string(),
            created: fetched.created.to_string(),
            updated: fetched.updated.to_string(),
            statistics: wire::Statistics {
                updated: fetched.updated.to_string(),
                fetches: statistics.fetches,
                addresses: addresses.collect(),
                recent: recent.collect(),
            },
        };
        serde_json::to_string(&fetched).expect("JSON")
    }

    #[test]
    fn it_is_what_serde_writes() {
        let seen = |ip: &str, requests| Seen {
            ip: ip.parse().expect("an address"),
            requests,
            first: Time(1_795_312_216_123),
            last: Time(i64::MAX),
        };
        let access = |ip: &str, outcome: Cow<'static, str>| Access {
            time: Time(-1),
            ip: ip.parse().expect("an address"),
            method: "fetchWallet".into(),
            outcome,
        };
        for data in [None, Some(vec![1]), Some(vec![0xFF; 70_000])] {
            for entries in 0..4 {
                let mut addresses = vec![
                    seen("192.0.2.7", 0),
                    seen("2001:db8:1:2::", 9),
                    seen("::1", u64::MAX),
                ];
                let mut recent = vec![
                    access("192.0.2.7", "ok".into()),
                    access("::1", "not_modified".into()),
                    access("2001:db8:1:2::", Cow::Owned("\"\\\n".to_owned())),
                ];
                addresses.truncate(entries);
                recent.truncate(entries);
                let fetched = wallet::Fetched {
                    encrypted_data: data.clone().map(std::sync::Arc::from),
                    local_hash: BlobHash::of(b"something"),
                    created: Time(0),
                    updated: Time(1),
                    statistics: WalletStatistics {
                        fetches: 12,
                        addresses,
                        recent,
                    },
                };
                let written = by_serde(&fetched);
                assert_eq!(Fetched(fetched).json(), written.as_bytes());
            }
        }
    }
}
