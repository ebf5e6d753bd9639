//! Bytes as whatever comes in as text: keys, signatures, hashes, codes, addresses, times, URLs, headers of proxies, passwords, entries, blobs.
//! What was read and is written is read as the same again.
#![no_main]

use std::fmt::{Debug, Display};
use std::net::{IpAddr, Ipv4Addr};
use std::str::FromStr;
use std::sync::LazyLock;

use hyper::HeaderMap;
use hyper::header::HeaderValue;
use larimar::client::{Address, Entries};
use larimar::clock::Time;
use larimar::crypto::{
    BlobHash, ClaimedKey, Code, Derivation, Form, Keyphrase, Keys, Pin, PublicKey, Signature,
    WalletUrl, answer, email, is_white_space, open, password,
};
use larimar::mail::{EmailAddress, SmtpUrl};
use larimar::protocol::Name;
use larimar::server::caller::{ProxyHeader, caller, header_ignored};
use larimar::wallet::Blob;
use larimar_fuzz::larimard::keys;
use libfuzzer_sys::fuzz_target;

const LIMIT: u64 = 4096;

static KEYS: LazyLock<Keys> = LazyLock::new(|| keys(1));

fuzz_target!(|bytes: &[u8]| {
    header(bytes);
    blob(bytes);
    let _ = Entries::from_plaintext(bytes).map(|entries| {
        let again = Entries::from_plaintext(&entries.to_plaintext());
        assert_eq!(again.as_ref(), Ok(&entries));
    });
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    if text.parse::<PublicKey>().is_ok() {
        assert!(text.parse::<ClaimedKey>().is_ok());
    }
    for shown in [
        comes_back::<PublicKey>(text).map(|key| key.to_string()),
        comes_back::<BlobHash>(text).map(|hash| hash.to_string()),
    ] {
        assert!(shown.is_none_or(|shown| shown == text.to_ascii_lowercase()));
    }
    comes_back::<Code>(text);
    comes_back::<Keyphrase>(text);
    comes_back::<WalletUrl>(text);
    let _ = Pin::typed(text.to_owned()).check(4, 128);
    comes_back::<ProxyHeader>(text);
    time(text);
    address(text);
    if let Some(signature) = comes_back::<Signature>(text) {
        assert_eq!(text.len(), signature.to_string().len());
        let _ = signature.recover(&[7; 32]);
    }
    if let Ok(address) = text.parse::<EmailAddress>() {
        assert_eq!(address.expose().parse(), Ok(address.clone()));
        assert!(!address.parts().0.is_empty() && !address.parts().1.is_empty());
    }
    if let Ok(url) = text.parse::<SmtpUrl>() {
        url.may_send_in_clear();
    }
    if let Some(name) = Name::from_text(text) {
        assert_eq!(name.as_str(), text);
    }
    remembered(text);
});

fn comes_back<T: FromStr + Display + PartialEq + Debug>(text: &str) -> Option<T> {
    let read = text.parse::<T>().ok()?;
    assert_eq!(read.to_string().parse().ok().as_ref(), Some(&read));
    Some(read)
}

/// One before the year 0, which an offset leads to, is shown as the first moment after it.
fn time(text: &str) {
    if let Ok(read) = text.parse::<Time>() {
        let shown = read.to_string();
        let again = shown.parse::<Time>().expect("a time");
        assert_eq!(again.to_string(), shown);
    }
}

fn address(text: &str) {
    if let Ok(address) = text.parse::<Address>() {
        assert_eq!(address.to_string().parse().ok().as_ref(), Some(&address));
        assert!(["ws", "wss"].contains(&address.websocket().scheme()));
        assert_eq!(
            address.server_name(),
            address.server_name().to_ascii_lowercase()
        );
    }
}

/// What a person types to derive keys, each line one thing.
fn remembered(text: &str) {
    if let Ok(normal) = password(text) {
        assert_eq!(password(&normal).as_ref(), Ok(&normal));
    }
    if let Ok(normal) = answer(text) {
        assert_eq!(normal.trim_matches(is_white_space), normal.as_str());
        assert!(!normal.contains("  "));
    }
    if let Ok(normal) = email(text) {
        assert!(!normal.contains(is_white_space));
        assert_eq!(normal.matches('@').count(), 1);
    }
    let mut lines = text.lines();
    if let (Some(email), Some(password)) = (lines.next(), lines.next()) {
        let _ = Derivation::new(email, password, &lines.collect::<Vec<_>>());
    }
}

fn blob(bytes: &[u8]) {
    if let Ok(blob) = Blob::new(bytes.to_vec(), LIMIT) {
        assert!((1..=LIMIT).contains(&(blob.bytes.len() as u64)));
        assert_eq!(Form::of(bytes), Ok(blob.form));
    }
    if let Ok(opened) = open(&KEYS, bytes) {
        let sealed = Form::Sealed {
            revision: opened.revision,
        };
        assert_eq!(Form::of(bytes), Ok(sealed));
    }
}

/// Each line of the bytes is one of the header's.
fn header(bytes: &[u8]) {
    let peer = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let trusted = ["127.0.0.0/8", "10.0.0.0/8", "2001:db8::/32"]
        .map(|network| network.parse().expect("a network"));
    for (name, header) in [
        ("x-forwarded-for", ProxyHeader::XForwardedFor),
        ("forwarded", ProxyHeader::Forwarded),
    ] {
        let mut headers = HeaderMap::new();
        for line in bytes.split(|byte| *byte == b'\n') {
            if let Ok(value) = HeaderValue::from_bytes(line) {
                headers.append(name, value);
            }
        }
        let found = caller(peer, &headers, &trusted, header);
        assert_eq!(found, found.to_canonical());
        assert_eq!(caller(peer, &headers, &[], header), peer);
        assert_eq!(header_ignored(peer, &headers, &[]), !headers.is_empty());
    }
}
