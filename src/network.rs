//! IP addresses and networks in one form, whoever looks at them (PROTOCOL.md, sections 2, 5 and 9).

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// The address itself: an IPv4 one that came mapped into IPv6 (`::ffff:192.0.2.7`) is IPv4 again.
pub fn fold(ip: IpAddr) -> IpAddr {
    ip.to_canonical()
}

/// Whom an address stands for where callers are counted: an IPv4 address for itself, an IPv6 one for its /64, as the first address of it.
pub fn host(ip: IpAddr) -> IpAddr {
    match fold(ip) {
        IpAddr::V4(ip) => ip.into(),
        IpAddr::V6(ip) => Ipv6Net::new_assert(ip, 64).network().into(),
    }
}

/// Whether the address lies in one of the networks, both folded: `::ffff:10.0.0.0/104` is `10.0.0.0/8`.
pub fn is_within(networks: &[IpNet], ip: IpAddr) -> bool {
    let ip = fold(ip);
    networks
        .iter()
        .any(|network| fold_network(*network).contains(&ip))
}

/// The address as text; a mapped one as IPv4.
pub fn text(ip: IpAddr) -> String {
    fold(ip).to_string()
}

/// The address as the owner of a wallet sees it: IPv4 as text, IPv6 as its /64 (`2001:db8:1:2::/64`).
pub fn shown(ip: IpAddr) -> String {
    match fold(ip) {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => Ipv6Net::new_assert(ip, 64).trunc().to_string(),
    }
}

fn fold_network(network: IpNet) -> IpNet {
    const MAPPED_BITS: u8 = 96;
    let folded = match network {
        IpNet::V6(v6) => v6.addr().to_ipv4_mapped().and_then(|v4| {
            let bits = v6.prefix_len().checked_sub(MAPPED_BITS)?;
            Ipv4Net::new(v4, bits).ok().map(IpNet::V4)
        }),
        IpNet::V4(_) => None,
    };
    folded.unwrap_or(network)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    fn networks(texts: &[&str]) -> Vec<IpNet> {
        texts
            .iter()
            .map(|text| text.parse().expect("a network"))
            .collect()
    }

    #[test]
    fn a_mapped_address_is_ipv4_everywhere() {
        assert_eq!(fold(ip("::ffff:192.0.2.7")), ip("192.0.2.7"));
        assert_eq!(text(ip("::ffff:192.0.2.7")), "192.0.2.7");
        assert_eq!(shown(ip("::ffff:192.0.2.7")), "192.0.2.7");
        for network in ["192.0.2.0/24", "::ffff:192.0.2.0/120"] {
            for address in ["192.0.2.7", "::ffff:192.0.2.7"] {
                assert!(is_within(&networks(&[network]), ip(address)));
            }
            assert!(!is_within(&networks(&[network]), ip("192.0.3.7")));
        }
    }

    #[test]
    fn a_network_of_all_ipv6_holds_no_ipv4() {
        assert!(!is_within(&networks(&["::/0"]), ip("::ffff:192.0.2.7")));
        assert!(is_within(&networks(&["::/0"]), ip("2001:db8::1")));
        assert!(is_within(&networks(&["::ffff:0:0/96"]), ip("192.0.2.7")));
        assert!(!is_within(&[], ip("192.0.2.7")));
    }

    #[test]
    fn an_ipv6_address_is_shown_as_its_64() {
        assert_eq!(shown(ip("2001:db8:1:2:3:4:5:6")), "2001:db8:1:2::/64");
        assert_eq!(text(ip("2001:db8:1:2:3:4:5:6")), "2001:db8:1:2:3:4:5:6");
    }
}
