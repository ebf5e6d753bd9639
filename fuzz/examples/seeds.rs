//! Writes the seeds of the fuzzers: `cargo run --manifest-path fuzz/Cargo.toml --example seeds`. What is random in them is another at each run, so
//! they are written anew only when the protocol or the format of what is stored has changed.
#![allow(missing_docs)]

use std::path::Path;

use larimar::clock::Time;
use larimar::crypto::{
    BlobHash, Keys, blob_digest, change_password_digest, delete_wallet_digest, seal_with_nonce,
};
use larimar::store::archive::{End, Frame, Head, Writer};
use larimar::store::{Store, Table};
use larimar_fuzz::larimard::{Larimard, NAME, base64, blob, keys};
use serde_json::{Value, json};

const WHEN: &str = "2026-11-22T01:50:16.123Z";

fn main() {
    let server = Larimard::start();
    let statistics = std::time::Duration::from_secs(1); // they are stored twice a second
    std::thread::sleep(statistics);
    requests();
    answers();
    records(&*server.store);
    archives(&*server.store);
    texts();
    settings();
}

fn write(target: &str, name: &str, bytes: &[u8]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("seeds")
        .join(target);
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(name), bytes).expect("written");
}

fn requests() {
    let call = |method: &str, params: Value| json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
    let (first, second, third, fourth, sixth) = (keys(1), keys(2), keys(3), keys(4), keys(6));
    let opaque = b"opaque".as_slice();
    let next = sealed(&first, 2);
    let hash = |bytes: &[u8]| BlobHash::of(bytes).to_string();
    let moved = sealed(&sixth, 2);
    let bound = change_password_digest(&sixth.public_key, &BlobHash::of(&moved));
    let gone = delete_wallet_digest(NAME, &BlobHash::of(&blob(&first)));
    let calls = [
        call("requestCode", json!({"email": "a@b.c"})),
        call(
            "createWallet",
            json!({"code": "CODE-CODE-CODE-CODE", "encrypted_data": base64(&blob(&sixth)), "signature": signed(&sixth, &blob(&sixth)), "publickey": sixth.public_key, "replace": true}),
        ),
        call(
            "createWallet",
            json!([
                "7K3M-Q2WX-9FHT-B4ZC",
                base64(opaque),
                signed(&sixth, opaque),
                null,
                false
            ]),
        ),
        call("fetchWallet", json!({"publickey": first.public_key})),
        call(
            "fetchWallet",
            json!([first.public_key, hash(&blob(&first))]),
        ),
        call("fetchWallet", json!([third.public_key])),
        call(
            "saveWallet",
            json!({"encrypted_data": base64(&next), "signature": signed(&first, &next), "original_local_hash": hash(&blob(&first))}),
        ),
        call(
            "saveWallet",
            json!([base64(opaque), signed(&second, opaque)]),
        ),
        call(
            "changePassword",
            json!({"encrypted_data": base64(&moved), "old_signature": first.private_key.sign(&bound).to_string(), "new_signature": signed(&sixth, &moved)}),
        ),
        call(
            "deleteWallet",
            json!({"local_hash": hash(&blob(&first)), "signature": first.private_key.sign(&gone).to_string()}),
        ),
        call("listVersions", json!([second.public_key])),
        call(
            "fetchVersion",
            json!([second.public_key, hash(b"something newer")]),
        ),
        call("subscribeWallet", json!([fourth.public_key])),
        call("unsubscribeWallet", json!([7])),
        call("serverInfo", json!({})),
        call("rpc.discover", json!([])),
        json!([call("serverInfo", json!([])), {"jsonrpc": "2.0", "method": "serverInfo"}, 7, call("nothing", json!(null))]),
        json!({"jsonrpc": "2.0", "method": "saveWallet", "params": []}),
        json!({"jsonrpc": "2.0", "id": "\u{e9}", "method": "fetchWallet", "params": {"publickey": 7, "none": []}}),
    ];
    for (number, call) in calls.iter().enumerate() {
        write(
            "request",
            &format!("{number:02}.json"),
            call.to_string().as_bytes(),
        );
    }
}

fn sealed(keys: &Keys, revision: u64) -> Vec<u8> {
    seal_with_nonce(keys, revision, &[9; 12], b"a secret").expect("sealed")
}

fn signed(keys: &Keys, bytes: &[u8]) -> String {
    keys.private_key
        .sign(&blob_digest(&BlobHash::of(bytes)))
        .to_string()
}

/// Byte for the call, byte for the form, answer: see the target.
fn answers() {
    let blob = blob(&keys(1));
    let hash = BlobHash::of(&blob).to_string();
    let key = keys(1).public_key;
    let statistics = json!({"updated": WHEN, "fetches": 1, "addresses": [{"ip": "::/64", "requests": 1, "first": WHEN, "last": WHEN}], "recent": [{"time": WHEN, "ip": "192.0.2.7", "method": "fetchWallet", "outcome": "ok"}]});
    let fetched = json!({"modified": true, "encrypted_data": base64(&blob), "local_hash": hash, "created": WHEN, "updated": WHEN, "statistics": statistics});
    let same = json!({"modified": false, "local_hash": hash, "created": WHEN, "updated": WHEN, "statistics": statistics});
    let stored = json!({"publickey": key, "local_hash": hash, "created": WHEN, "updated": WHEN});
    let stale = json!({"code": 4093, "message": "m", "data": {"name": "Stale", "revision": 7}});
    let limited =
        json!({"code": 4290, "message": "m", "data": {"name": "RateLimited", "retry_after": 7}});
    let conflict = json!({"code": 4090, "message": "m", "data": {"name": "Conflict", "local_hash": hash, "updated": WHEN, "revision": 9}});
    let info = json!({"name": "larimard", "version": "1", "protocol": 1, "time": WHEN, "names": ["127.0.0.1"], "limits": {}, "methods": []});
    let versions =
        json!({"versions": [{"local_hash": hash, "saved": WHEN, "bytes": 66, "current": true}]});
    let version = json!({"encrypted_data": base64(&blob), "local_hash": hash, "saved": WHEN});
    let change = json!({"event": "saved", "local_hash": hash, "updated": WHEN});
    let changes = format!("{change}\n{}", json!({"event": "deleted", "updated": WHEN}));
    let http = "HTTP/1.1 302 Found\r\nlocation: /\r\ncontent-length: 0\r\n\r\n".to_owned();
    for (call, form, answer) in [
        (0, 0, fetched.to_string()),
        (0, 1, limited.to_string()),
        (0, 2, "<html>".to_owned()),
        (0, 3, http),
        (1, 0, same.to_string()),
        (2, 0, versions.to_string()),
        (3, 0, version.to_string()),
        (4, 0, fetched.to_string()),
        (5, 0, info.to_string()),
        (6, 0, json!({"openrpc": "1.3.2"}).to_string()),
        (7, 0, changes),
        (
            8,
            0,
            json!({"expires_in": 1800, "retry_after": 0}).to_string(),
        ),
        (9, 1, stale.to_string()),
        (10, 0, stored.to_string()),
        (10, 1, conflict.to_string()),
        (11, 1, stale.to_string()),
        (12, 0, json!({"deleted": true}).to_string()),
    ] {
        let bytes = [&[call, form], answer.as_bytes()].concat();
        write("answer", &format!("{call:02}-{form}"), &bytes);
    }
}

/// Byte for the table, byte for the length of the key, key, record: see the target.
fn records(store: &dyn Store) {
    for (number, table) in (0_u8..).zip(Table::ALL) {
        let entries = store.scan(table, None, 3).expect("records");
        for (index, (key, record)) in entries.iter().enumerate() {
            let length = u8::try_from(key.len()).expect("a short key");
            let bytes = [&[number, length], key.as_slice(), record].concat();
            write("record", &format!("{}-{index}", table.name()), &bytes);
        }
    }
    let (key, _) = &store.scan(Table::Statistics, None, 1).expect("records")[0];
    let id = u64::from_be_bytes(key.as_slice().try_into().expect("a number"));
    let statistics = store.statistics(id).expect("readable").expect("there");
    let bytes = [&[u8::MAX, 0], statistics.0.as_slice()].concat();
    write("record", "of-a-wallet", &bytes);
}

fn archives(store: &dyn Store) {
    let mut frames = vec![Frame::Head(Head {
        version: "0.1.0".into(),
        made: Time(1_795_348_800_000),
        secret: "0123456789abcdef".into(),
    })];
    let end = store.copy(&mut |frame| {
        frames.push(frame);
        Ok(())
    });
    let end = end.expect("copied");
    frames.push(Frame::Remove(Table::Email, vec![7; 32]));
    write("archive", "whole", &written(&frames, &end));
    write("archive", "empty", &written(&frames[..1], &End::default()));
    let bare: Vec<u8> = frames
        .iter()
        .take(9)
        .flat_map(|frame| framed(&[], frame))
        .collect();
    write("archive", "frames", &bare);
    let (commit, next) = (end.commit.to_be_bytes(), end.next.to_be_bytes());
    let all: Vec<u8> = frames[1..]
        .iter()
        .flat_map(|frame| framed(&[], frame))
        .collect();
    write("restore", "all", &[&commit[..], &next, &all].concat());
    let some: Vec<u8> = frames[1..6]
        .iter()
        .flat_map(|frame| framed(&[], frame))
        .collect();
    write("restore", "wallets", &[&commit[..], &next, &some].concat());
    // the first kind of piece has a frame
    let pieces: Vec<u8> = frames
        .iter()
        .take(9)
        .flat_map(|frame| framed(&[0], frame))
        .collect();
    write("piece", "frames", &pieces);
    write("piece", "failed", b"\0\0\0\x04\x04\x02no");
    write(
        "piece",
        "looked",
        b"\0\0\0\x02\x02\x07\0\0\0\x06\x03\x01\x02\x03\0\0",
    );
    write("piece", "question", br#"{"command":"backup"}"#);
    write(
        "archive",
        "age",
        b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 18\n",
    );
}

fn written(frames: &[Frame], end: &End) -> Vec<u8> {
    let mut writer = Writer::begin(Vec::new(), None).expect("begun");
    for frame in frames {
        writer.add(frame).expect("added");
    }
    writer.end(end.clone()).expect("ended").1
}

fn framed(before: &[u8], frame: &Frame) -> Vec<u8> {
    let frame = postcard::to_stdvec(frame).expect("an encoding");
    let bytes = [before, &frame].concat();
    let length = u32::try_from(bytes.len()).expect("short").to_be_bytes();
    [&length[..], &bytes].concat()
}

fn texts() {
    let keys = keys(1);
    let entries = json!({"larimar": 1, "entries": [{"id": "0123456789abcdef", "name": "bank", "secret": "s", "note": "n", "updated": WHEN, "tags": []}]});
    for (name, text) in [
        ("key", keys.public_key.to_string()),
        ("signature", signed(&keys, b"x")),
        ("hash", BlobHash::of(b"x").to_string()),
        ("prefixed", format!("0x{}", keys.public_key)),
        ("code", "7K3M-Q2WX\u{2013}9FHT B4ZC".to_owned()),
        ("email", " First.Last@Example.com".to_owned()),
        ("time", "2026-11-22T02:50:16.1239+01:00".to_owned()),
        ("early", "0000-01-01T00:00:00+23:59".to_owned()),
        ("https", "https://Wallet.Example.org:8443/below".to_owned()),
        ("loopback", "http://[::1]:8330/".to_owned()),
        ("no-scheme", "wallet.example.org:8330".to_owned()),
        ("smtp", "smtps://me:p%40ss@mail.example.org:465".to_owned()),
        (
            "starttls",
            "smtp://mail.example.org?tls=required".to_owned(),
        ),
        (
            "x-forwarded-for",
            "192.0.2.7, 10.0.0.1:80\n[2001:db8::1]:443, ::ffff:10.0.0.2".to_owned(),
        ),
        (
            "forwarded",
            "for=192.0.2.7;proto=https, for=\"[2001:db8::1]:_x\"\nby=a;For=\"10.0.0.1\\\"\""
                .to_owned(),
        ),
        (
            "remembered",
            "A@B.org\nPa\u{308}ss \u{fb01}\n \u{39f}\u{394}\u{39f}\u{3a3}  \u{130}\u{b4}"
                .to_owned(),
        ),
        ("entries", entries.to_string()),
        ("name", "WalletNotFound".to_owned()),
    ] {
        write("text", name, text.as_bytes());
    }
    write("text", "sealed", &blob(&keys));
}

fn settings() {
    let file = include_str!("../../config.toml");
    let bare: String = file
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| format!("{line}\n"))
        .collect();
    write("settings", "defaults", bare.as_bytes());
    for (name, text) in [
        (
            "proxy",
            "[server]\nlisten = '0.0.0.0:80'\nnames = ['wallet.example.org']\ntrusted_proxies = ['10.0.0.1', '2001:db8::/32']\nproxy_header = 'Forwarded'\ncors_origins = ['https://a.b']\n",
        ),
        (
            "mail",
            "[mail]\ntransport = 'smtp'\nurl = 'smtps://me:secret@mail.example.org'\nfrom = 'Larimar <a@b.c>'\n[access_log]\npath = '-'\n",
        ),
        (
            "flags",
            "\0limits.batch=20\0limits.exempt=[\"127.0.0.1\"]\0store.path=x\0nothing.at=all",
        ),
        (
            "environment",
            "[limits]\nbatch = 5\n\0LARIMAR_LIMITS__BATCH=20\0LARIMAR_MAIL__TRANSPORT=file\0LARIMAR_SERVER__NAMES=[\"a:1\"]",
        ),
    ] {
        write("settings", name, text.as_bytes());
    }
}
