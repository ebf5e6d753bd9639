//! Lists of networks: an address alone is a network of one.

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(super) fn serialize<S: Serializer>(
    networks: &[IpNet],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    networks.serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<IpNet>, D::Error> {
    Vec::<String>::deserialize(deserializer)?
        .iter()
        .map(|text| {
            parse(text).ok_or_else(|| {
                D::Error::custom(format!(
                    "each entry is an address or a network, such as 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32, \
                     not `{text}`"
                ))
            })
        })
        .collect()
}

/// Callers' addresses are compared with an IPv4-mapped one written as IPv4, so networks are too.
fn parse(text: &str) -> Option<IpNet> {
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(IpNet::from(address.to_canonical()));
    }
    let network = text.parse::<IpNet>().ok()?.trunc();
    if let IpNet::V6(v6) = network
        && let Some(prefix) = v6.prefix_len().checked_sub(96)
        && let Some(v4) = v6.addr().to_ipv4_mapped()
    {
        return Ipv4Net::new(v4, prefix).ok().map(IpNet::V4);
    }
    Some(network)
}

/// Whether all of it lies where no stranger calls from: loopback, private, link-local, shared (RFC 6598).
pub(super) fn is_private(network: &IpNet) -> bool {
    const PRIVATE: [&str; 9] = [
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "100.64.0.0/10",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    ];
    PRIVATE
        .iter()
        .filter_map(|private| parse(private))
        .any(|private| private.contains(network))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        parse(text)
            .map(|network| network.to_string())
            .unwrap_or_default()
    }

    #[test]
    fn an_address_is_a_network_of_one_and_host_bits_are_dropped() {
        assert_eq!(shown("192.0.2.7"), "192.0.2.7/32");
        assert_eq!(shown("2001:db8::7"), "2001:db8::7/128");
        assert_eq!(shown("10.1.2.3/8"), "10.0.0.0/8");
        assert_eq!(shown("::ffff:10.1.2.3"), "10.1.2.3/32");
        assert_eq!(shown("::ffff:10.1.0.0/112"), "10.1.0.0/16");
        assert_eq!(shown("::/0"), "::/0");
        for text in [
            "",
            "local",
            "10.0.0.0/33",
            "10.0.0/8",
            "[::1]",
            "10.0.0.1:80",
        ] {
            assert_eq!(shown(text), "", "{text}");
        }
    }

    #[test]
    fn private_networks_are_known() {
        let private = |text| parse(text).is_some_and(|network| is_private(&network));
        assert!(private("127.0.0.1") && private("10.2.0.0/16") && private("fd00::/8"));
        assert!(!private("0.0.0.0/0") && !private("10.0.0.0/7") && !private("192.0.2.7"));
    }
}
