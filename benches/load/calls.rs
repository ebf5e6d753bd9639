//! Wallets, and the calls that are made before anything is measured.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use larimar::clock::Time;
use larimar::crypto::{
    BlobHash, Code, PrivateKey, Secret, blob_digest, change_password_digest, keyed_hash, sha256,
};
use larimar::store::archive::{End, Frame, Head, Writer};
use larimar::store::{
    Address, CodeRecord, EmailDigest, Stock, Table, Version, Wallet, chunk_key, encode, fingerprint,
};

pub const SECRET: [u8; 32] = [7; 32];
const NOW: Time = Time(1_790_000_000_000);
const LATER: Time = Time(4_000_000_000_000);

/// The key of wallet number `number`; beyond the first billion: keys that no wallet has yet.
pub fn key(number: u64) -> PrivateKey {
    let bytes = sha256(&[b"bench", &number.to_be_bytes()]);
    PrivateKey::from_bytes(Secret::new(bytes)).expect("a key")
}

/// A blob in the sealed form, of noise.
pub fn blob(number: u64, revision: u64, bytes: usize) -> Vec<u8> {
    let mut blob = Vec::with_capacity(bytes + 8);
    blob.extend_from_slice(b"LRM1");
    blob.extend_from_slice(&revision.to_be_bytes());
    let mut state = (number << 20) ^ revision ^ 0x9E37_79B9_7F4A_7C15;
    while blob.len() < bytes {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        blob.extend_from_slice(&state.to_be_bytes());
    }
    blob.truncate(bytes);
    blob
}

fn call(method: &str, params: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{method}","params":{params}}}"#)
}

pub fn server_info() -> String {
    call("serverInfo", "{}")
}

pub fn fetch(number: u64) -> String {
    let key = key(number).public_key();
    call("fetchWallet", &format!(r#"{{"publickey":"{key}"}}"#))
}

/// A fetch by a caller who has the blob.
pub fn fetch_unmodified(number: u64, bytes: usize) -> String {
    let (key, hash) = (
        key(number).public_key(),
        BlobHash::of(&blob(number, 1, bytes)),
    );
    let params = format!(r#"{{"publickey":"{key}","local_hash":"{hash}"}}"#);
    call("fetchWallet", &params)
}

pub fn save(number: u64, revision: u64, bytes: usize) -> String {
    let blob = blob(number, revision, bytes);
    let signature = key(number).sign(&blob_digest(&BlobHash::of(&blob)));
    let data = STANDARD.encode(blob);
    let params = format!(r#"{{"encrypted_data":"{data}","signature":"{signature}"}}"#);
    call("saveWallet", &params)
}

pub fn create(number: u64, code: &Code, bytes: usize) -> String {
    let blob = blob(number, 1, bytes);
    let signature = key(number).sign(&blob_digest(&BlobHash::of(&blob)));
    let data = STANDARD.encode(blob);
    let params =
        format!(r#"{{"code":"{code}","encrypted_data":"{data}","signature":"{signature}"}}"#);
    call("createWallet", &params)
}

pub fn change_password(from: u64, to: u64, revision: u64, bytes: usize) -> String {
    let blob = blob(from, revision, bytes);
    let hash = BlobHash::of(&blob);
    let (old, new) = (key(from), key(to));
    let old = old.sign(&change_password_digest(&new.public_key(), &hash));
    let new = new.sign(&blob_digest(&hash));
    let data = STANDARD.encode(blob);
    let params =
        format!(r#"{{"encrypted_data":"{data}","old_signature":"{old}","new_signature":"{new}"}}"#);
    call("changePassword", &params)
}

/// Writes one file a thread of wrk, each made by a thread; `line` is given the number of the call.
pub fn once(
    path: &Path,
    threads: usize,
    each: usize,
    line: impl Fn(usize, usize) -> String + Sync,
) {
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let line = &line;
            scope.spawn(move || {
                let path = PathBuf::from(format!("{}.{thread}", path.display()));
                let mut out = BufWriter::new(File::create(path).expect("a file"));
                for number in 0..each {
                    writeln!(out, "{}", line(thread, number)).expect("written");
                }
                out.flush().expect("written");
            });
        }
    });
}

/// Writes a file of lines that are sent over and over.
pub fn rotating(path: &Path, lines: impl Iterator<Item = String>) {
    let mut out = BufWriter::new(File::create(path).expect("a file"));
    for line in lines {
        writeln!(out, "{line}").expect("written");
    }
    out.flush().expect("written");
}

/// A backup of wallets `0..wallets` and of codes that work, to be restored.
pub fn archive(path: &Path, wallets: u64, bytes: usize, codes: &[Code]) {
    let out = BufWriter::new(File::create(path).expect("a file"));
    let mut archive = Writer::begin(out, None).expect("begun");
    let mut stock = Stock::default();
    let mut add = |frame: Frame| {
        if let Frame::Put(table, key, value) = &frame {
            stock.add(*table, key, value);
        }
        archive.add(&frame).expect("added");
    };
    add(Frame::Head(Head {
        version: "bench".into(),
        made: NOW,
        secret: fingerprint(&Secret::new(SECRET)),
    }));
    const SLICE: u64 = 20_000;
    for first in (0..wallets).step_by(SLICE as usize) {
        let slice: Vec<u64> = (first..wallets.min(first + SLICE)).collect();
        let made = std::thread::scope(|scope| {
            let halves = slice.chunks(slice.len().div_ceil(2)).map(|numbers| {
                scope.spawn(move || {
                    numbers
                        .iter()
                        .map(|&n| records(n, bytes))
                        .collect::<Vec<_>>()
                })
            });
            let halves: Vec<_> = halves.collect();
            let made = halves
                .into_iter()
                .flat_map(|half| half.join().expect("made"));
            made.collect::<Vec<_>>()
        });
        made.into_iter().flatten().for_each(&mut add);
    }
    for (number, code) in (0_u64..).zip(codes) {
        let digest = keyed_hash(&SECRET, &[b"larimar/v1/code", code.expose()]);
        let record = CodeRecord {
            email: email(number + (1 << 40)),
            expires: LATER,
            spent: None,
        };
        add(Frame::Put(Table::Code, digest.to_vec(), encode(&record)));
    }
    let end = End {
        commit: 1,
        next: 2 * wallets + 1,
        wallets,
        sum: stock.sum(),
        ..End::default()
    };
    let (_, mut out) = archive.end(end).expect("ended");
    out.flush().expect("written");
}

fn email(number: u64) -> EmailDigest {
    EmailDigest(sha256(&[b"email", &number.to_be_bytes()]))
}

/// What the store holds of one wallet.
fn records(number: u64, bytes: usize) -> [Frame; 4] {
    let (id, data) = (2 * number + 1, 2 * number + 2);
    let (key, blob, email) = (
        key(number).public_key(),
        blob(number, 1, bytes),
        email(number),
    );
    let wallet = Wallet {
        id,
        commit: 1,
        key,
        email: Some(email),
        created: NOW,
        current: Version {
            data,
            hash: BlobHash::of(&blob),
            bytes: bytes as u32,
            saved: NOW,
            revision: Some(1),
            // nobody verifies this store
            signature: [sha256(&[&blob]), sha256(&[key.as_bytes()])]
                .concat()
                .into_iter()
                .chain([0])
                .collect(),
        },
        older: Vec::new(),
        highest: 1,
        lineages: vec![id],
    };
    let address = Address {
        wallet: id,
        replaced: None,
    };
    let at = id.to_be_bytes().to_vec();
    [
        // as the store keeps it: a format byte before the blob would be a record's
        Frame::Put(Table::Data, chunk_key(data, 0), blob),
        Frame::Put(Table::Wallet, at, encode(&wallet)),
        Frame::Put(Table::Key, key.as_bytes().to_vec(), encode(&id)),
        Frame::Put(Table::Email, email.0.to_vec(), encode(&address)),
    ]
}
