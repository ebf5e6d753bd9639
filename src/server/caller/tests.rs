use hyper::header::HeaderValue;
use proptest::prelude::*;

use super::*;

const PROXY: &str = "10.0.0.1";

fn ip(text: &str) -> IpAddr {
    text.parse().expect("an address")
}

fn trusted() -> Vec<IpNet> {
    ["10.0.0.0/8", "2001:db8:ffff::/48"]
        .iter()
        .map(|text| text.parse().expect("a network"))
        .collect()
}

fn headers(header: ProxyHeader, lines: &[&[u8]]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append(
            header.name(),
            HeaderValue::from_bytes(line).expect("a header's value"),
        );
    }
    headers
}

fn through(header: ProxyHeader, lines: &[&str]) -> String {
    let lines: Vec<_> = lines.iter().map(|line| line.as_bytes()).collect();
    text(caller(
        ip(PROXY),
        &headers(header, &lines),
        &trusted(),
        header,
    ))
}

#[test]
fn only_a_trusted_peer_is_believed() {
    let headers = headers(ProxyHeader::XForwardedFor, &[b"192.0.2.7"]);
    let header = ProxyHeader::XForwardedFor;
    for (peer, expected) in [
        (PROXY, "192.0.2.7"),
        ("::ffff:10.0.0.1", "192.0.2.7"),
        ("2001:db8:ffff::1", "192.0.2.7"),
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:fffe::1", "2001:db8:fffe::1"),
    ] {
        let found = caller(ip(peer), &headers, &trusted(), header);
        assert_eq!(found, ip(expected), "{peer}");
    }
    assert_eq!(caller(ip(PROXY), &headers, &[], header), ip(PROXY));
}

#[test]
fn only_the_chosen_header_counts() {
    let both = |header| {
        let mut headers = headers(ProxyHeader::XForwardedFor, &[b"192.0.2.1"]);
        headers.append(FORWARDED, HeaderValue::from_static("for=192.0.2.2"));
        caller(ip(PROXY), &headers, &trusted(), header)
    };
    assert_eq!(both(ProxyHeader::XForwardedFor), ip("192.0.2.1"));
    assert_eq!(both(ProxyHeader::Forwarded), ip("192.0.2.2"));
}

#[test]
fn x_forwarded_for_is_read_from_the_right() {
    for (lines, expected) in [
        (&["192.0.2.7"][..], "192.0.2.7"),
        (&["198.51.100.1, 192.0.2.7"], "192.0.2.7"),
        (&["198.51.100.1", "192.0.2.7"], "192.0.2.7"),
        (&["198.51.100.1,192.0.2.7 ,\t10.2.3.4"], "192.0.2.7"),
        (&["192.0.2.7", "10.2.3.4", "10.5.6.7"], "192.0.2.7"),
        (&["192.0.2.7:4711"], "192.0.2.7"),
        (&["2001:db8::7"], "2001:db8::7"),
        (&["[2001:db8::7]"], "2001:db8::7"),
        (&["[2001:db8::7]:4711"], "2001:db8::7"),
        (&["::ffff:192.0.2.7, ::ffff:10.1.1.1"], "192.0.2.7"),
        (&["[::ffff:192.0.2.7]:80"], "192.0.2.7"),
    ] {
        let found = through(ProxyHeader::XForwardedFor, lines);
        assert_eq!(found, expected, "{lines:?}");
    }
}

#[test]
fn an_entry_that_is_no_address_ends_the_reading() {
    for (lines, expected) in [
        (&[][..], PROXY),
        (&[""], PROXY),
        (&["192.0.2.7,"], PROXY),
        (&["192.0.2.7, unknown"], PROXY),
        (&["192.0.2.7, unknown, 10.2.3.4"], "10.2.3.4"),
        (&["192.0.2.7", "", "10.2.3.4"], "10.2.3.4"),
        (&["192.0.2.7:"], PROXY),
        (&["192.0.2.7:65536"], PROXY),
        (&["192.0.2.7:+80"], PROXY),
        (&["[192.0.2.7]"], PROXY),
        (&["[2001:db8::7"], PROXY),
        (&["[2001:db8::7]80"], PROXY),
        (&["fe80::1%eth0"], PROXY),
        (&["192.0.2.07"], PROXY),
        (&["\"192.0.2.7\""], PROXY),
    ] {
        let found = through(ProxyHeader::XForwardedFor, lines);
        assert_eq!(found, expected, "{lines:?}");
    }
}

#[test]
fn if_all_are_trusted_it_is_the_leftmost() {
    let lines = ["10.9.9.9, 10.2.3.4", "10.5.6.7"];
    assert_eq!(through(ProxyHeader::XForwardedFor, &lines), "10.9.9.9");
}

#[test]
fn forwarded_is_read_from_the_right() {
    for (lines, expected) in [
        (&["for=192.0.2.7"][..], "192.0.2.7"),
        (&["For=192.0.2.7;proto=https;by=10.1.1.1"], "192.0.2.7"),
        (&["proto=https; FOR=\"192.0.2.7:4711\";"], "192.0.2.7"),
        (&["for=\"[2001:db8::7]:4711\""], "2001:db8::7"),
        (&["for=\"[2001:db8::7]:_hidden\""], "2001:db8::7"),
        (&["for=\"\\192.0.2.7\""], "192.0.2.7"),
        (
            &["for=198.51.100.1, for=192.0.2.7, for=10.2.3.4"],
            "192.0.2.7",
        ),
        (&["for=198.51.100.1", "for=192.0.2.7"], "192.0.2.7"),
        (&["for=192.0.2.7;host=\"a, for=198.51.100.1\""], "192.0.2.7"),
        (&["for=192.0.2.7;host=\"a;for=198.51.100.1\""], "192.0.2.7"),
        (
            &["for=192.0.2.7;host=\"\\\", for=198.51.100.1;a=\\\"\""],
            "192.0.2.7",
        ),
        (&["for=192.0.2.7;host=\"a\\\\\""], "192.0.2.7"),
        (&["for=\"open, for=192.0.2.7"], "192.0.2.7"),
        (&["for=\"open\\", "for=192.0.2.7"], "192.0.2.7"),
    ] {
        let found = through(ProxyHeader::Forwarded, lines);
        assert_eq!(found, expected, "{lines:?}");
    }
}

#[test]
fn an_element_without_an_address_ends_the_reading() {
    for (lines, expected) in [
        (&["for=192.0.2.7, for=unknown"][..], PROXY),
        (&["for=192.0.2.7, for=_hidden, for=10.2.3.4"], "10.2.3.4"),
        (&["for=192.0.2.7, proto=https"], PROXY),
        (&["for=192.0.2.7, "], PROXY),
        (&["for=192.0.2.7;for=192.0.2.8"], PROXY),
        (&["for=192.0.2.7;nonsense"], PROXY),
        (&["for=\"192.0.2.7"], PROXY),
        (&["for=192.0.2.7\""], PROXY),
        (&["for=\"192.0.2.7\\\""], PROXY),
        (&["for =192.0.2.7"], PROXY),
        (&["192.0.2.7"], PROXY),
    ] {
        let found = through(ProxyHeader::Forwarded, lines);
        assert_eq!(found, expected, "{lines:?}");
    }
}

#[test]
fn a_near_proxy_that_is_not_trusted_is_noticed() {
    for header in [ProxyHeader::XForwardedFor, ProxyHeader::Forwarded] {
        let with = headers(header, &[b"anything"]);
        for near in [
            "127.0.0.1",
            "::1",
            "192.168.1.1",
            "::ffff:172.16.0.1",
            "fd00::1",
        ] {
            assert!(header_ignored(ip(near), &with, &trusted()), "{near}");
            assert!(!header_ignored(ip(near), &HeaderMap::new(), &trusted()));
        }
        for quiet in [PROXY, "203.0.113.9", "2001:db8::1"] {
            assert!(!header_ignored(ip(quiet), &with, &trusted()), "{quiet}");
        }
    }
}

#[test]
fn the_header_is_named_in_either_case() {
    assert_eq!("x-forwarded-FOR".parse(), Ok(ProxyHeader::XForwardedFor));
    assert_eq!("Forwarded".parse(), Ok(ProxyHeader::Forwarded));
    assert_eq!("X-Real-IP".parse::<ProxyHeader>(), Err(InvalidProxyHeader));
    assert_eq!(ProxyHeader::default().to_string(), "X-Forwarded-For");
}

const PIECES: &[&str] = &[
    "for=",
    "FOR=",
    "\"",
    "\\",
    ",",
    ";",
    "=",
    " ",
    "10.1.2.3",
    "192.0.2.1",
    "[2001:db8::1]",
    ":80",
    "unknown",
    "_x",
    "host=",
    "\u{e9}",
];

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop::sample::select(PIECES), 0..12)
        .prop_map(|pieces| pieces.concat().into_bytes())
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let allowed = any::<u8>().prop_filter("allowed in headers", |&byte| byte >= 32 && byte != 127);
    prop::collection::vec(allowed, 0..40)
}

fn header() -> impl Strategy<Value = ProxyHeader> {
    prop_oneof![
        Just(ProxyHeader::XForwardedFor),
        Just(ProxyHeader::Forwarded)
    ]
}

proptest! {
    #[test]
    fn what_is_read_stands_there(header in header(), lines in prop::collection::vec(pieces(), 0..4)) {
        let lines: Vec<_> = lines.iter().map(Vec::as_slice).collect();
        let found = caller(ip(PROXY), &headers(header, &lines), &trusted(), header);
        let known = [PROXY, "10.1.2.3", "192.0.2.1", "2001:db8::1"].map(ip);
        prop_assert!(known.contains(&found), "{found}");
    }

    #[test]
    fn no_bytes_make_it_panic(header in header(), line in bytes()) {
        caller(ip(PROXY), &headers(header, &[&line]), &trusted(), header);
    }

    #[test]
    fn a_forged_prefix_changes_nothing(
        header in header(),
        forged in prop_oneof![pieces(), bytes()],
        own_line in any::<bool>(),
        host in "[ -~]{0,20}",
    ) {
        let quoted = host.replace('\\', "\\\\").replace('"', "\\\"");
        let written = match header {
            ProxyHeader::XForwardedFor => "198.51.100.77".to_owned(),
            ProxyHeader::Forwarded => format!("for=198.51.100.77;host=\"{quoted}\""),
        };
        let joined = [&forged, &b", "[..], written.as_bytes()].concat();
        let lines: &[&[u8]] = if own_line { &[&forged, written.as_bytes()] } else { &[&joined] };
        let found = caller(ip(PROXY), &headers(header, lines), &trusted(), header);
        prop_assert_eq!(found, ip("198.51.100.77"));
    }
}
