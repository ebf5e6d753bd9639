//! Who calls: the socket's address, or what a proxy that we trust says (PROTOCOL.md, section 9).
//!
//! Headers are read from the right, because only there is what a trusted proxy wrote; whatever stands further
//! left may be the client's invention, an opened quote included. For that reason `Forwarded` is taken apart here and not
//! by a parser that starts on the left, or one that cuts at commas inside quotes.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use hyper::HeaderMap;
use hyper::header::{FORWARDED, HeaderName};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::network::{fold, is_within};
pub use crate::network::{shown, text};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The one header that counts (`server.proxy_header`). Its text is the header's name, in either case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ProxyHeader {
    /// `X-Forwarded-For`: addresses, separated by commas.
    #[default]
    XForwardedFor,
    /// `Forwarded`, RFC 7239.
    Forwarded,
}

/// No header that we can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the proxy's header is X-Forwarded-For or Forwarded")]
pub struct InvalidProxyHeader;

impl FromStr for ProxyHeader {
    type Err = InvalidProxyHeader;

    fn from_str(name: &str) -> Result<Self, InvalidProxyHeader> {
        [Self::XForwardedFor, Self::Forwarded]
            .into_iter()
            .find(|header| name.eq_ignore_ascii_case(header.name().as_str()))
            .ok_or(InvalidProxyHeader)
    }
}

impl TryFrom<String> for ProxyHeader {
    type Error = InvalidProxyHeader;

    fn try_from(name: String) -> Result<Self, InvalidProxyHeader> {
        name.parse()
    }
}

impl From<ProxyHeader> for String {
    fn from(header: ProxyHeader) -> Self {
        header.to_string()
    }
}

impl fmt::Display for ProxyHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::XForwardedFor => "X-Forwarded-For",
            Self::Forwarded => "Forwarded",
        })
    }
}

impl ProxyHeader {
    fn name(self) -> HeaderName {
        match self {
            Self::XForwardedFor => X_FORWARDED_FOR,
            Self::Forwarded => FORWARDED,
        }
    }

    /// The last entry of a line, if it is an address, and what stands to the left of it.
    fn last_entry(self, line: &[u8]) -> (Option<&[u8]>, Option<IpAddr>) {
        match self {
            Self::XForwardedFor => match line.iter().rposition(|&byte| byte == b',') {
                Some(comma) => (Some(&line[..comma]), address(&line[comma + 1..])),
                None => (None, address(line)),
            },
            Self::Forwarded => {
                let (left, element) = split_last(line, b',');
                (left, forwarded_for(element))
            }
        }
    }
}

/// The address that the limits and the logs are about: the peer's, or, if the peer is trusted, the first from the
/// right of the header's entries that is not trusted. An entry that is no address ends the reading at the last good
/// one; if all are trusted, it is the leftmost. Always folded: never IPv4 mapped into IPv6.
pub fn caller(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet], header: ProxyHeader) -> IpAddr {
    let mut last = fold(peer);
    if !is_within(trusted, last) {
        return last;
    }
    for line in headers.get_all(header.name()).iter().rev() {
        let mut left = Some(line.as_bytes());
        while let Some(rest) = left {
            let (further, entry) = header.last_entry(rest);
            let Some(address) = entry else {
                return last;
            };
            last = fold(address);
            if !is_within(trusted, last) {
                return last;
            }
            left = further;
        }
    }
    last
}

/// Whether a proxy seems to be at work that we do not trust: one of the two headers came from a loopback or private
/// address outside `trusted`. All users behind that proxy share one allowance, so the operator should hear of it.
pub fn header_ignored(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> bool {
    let peer = fold(peer);
    (headers.contains_key(X_FORWARDED_FOR) || headers.contains_key(FORWARDED))
        && is_near(peer)
        && !is_within(trusted, peer)
}

fn is_near(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

/// `192.0.2.7`, `192.0.2.7:4711`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:4711`.
fn address(entry: &[u8]) -> Option<IpAddr> {
    let entry = std::str::from_utf8(entry.trim_ascii()).ok()?;
    if let Some(bracketed) = entry.strip_prefix('[') {
        let (inner, port) = bracketed.split_once(']')?;
        let good_port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        let ip: Ipv6Addr = inner.parse().ok()?;
        return good_port.then_some(IpAddr::V6(ip));
    }
    entry.parse().ok().or_else(|| {
        let (host, port) = entry.rsplit_once(':')?;
        let ip: Ipv4Addr = host.parse().ok()?;
        is_port(port).then_some(IpAddr::V4(ip))
    })
}

/// A number, or RFC 7239's obfuscated port, which begins with `_`.
fn is_port(port: &str) -> bool {
    match port.strip_prefix('_') {
        Some(name) => {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        }
        None => port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok(),
    }
}

/// The address in the one `for=` of an element of `Forwarded`.
fn forwarded_for(element: &[u8]) -> Option<IpAddr> {
    let mut found = None;
    let mut left = Some(element);
    while let Some(rest) = left {
        let (further, pair) = split_last(rest, b';');
        left = further;
        let pair = pair.trim_ascii();
        if pair.is_empty() {
            continue;
        }
        let equals = pair.iter().position(|&byte| byte == b'=')?;
        if pair[..equals].eq_ignore_ascii_case(b"for") {
            if found.is_some() {
                return None;
            }
            found = Some(address(&unquoted(&pair[equals + 1..])?)?);
        }
    }
    found
}

/// A token as it is, or the content of a quoted string.
fn unquoted(value: &[u8]) -> Option<Vec<u8>> {
    let Some(open) = value.strip_prefix(b"\"") else {
        return Some(value.to_vec());
    };
    let mut content = Vec::with_capacity(open.len());
    let mut bytes = open.strip_suffix(b"\"")?.iter();
    while let Some(&byte) = bytes.next() {
        content.push(if byte == b'\\' { *bytes.next()? } else { byte });
    }
    Some(content)
}

/// What stands to the left of the last separator that is not within quotes, and what stands to the right of it.
///
/// Seen from the right, the first quote closes a string, and it is opened by the next one that has an even number of
/// backslashes (none, if it is well-formed) before it.
fn split_last(text: &[u8], separator: u8) -> (Option<&[u8]>, &[u8]) {
    let mut quoted = false;
    for position in (0..text.len()).rev() {
        let byte = text[position];
        if byte == b'"' {
            let backslashes = text[..position]
                .iter()
                .rev()
                .take_while(|&&byte| byte == b'\\')
                .count();
            quoted = !quoted || backslashes % 2 == 1;
        } else if byte == separator && !quoted {
            return (Some(&text[..position]), &text[position + 1..]);
        }
    }
    (None, text)
}

#[cfg(test)]
mod tests;
