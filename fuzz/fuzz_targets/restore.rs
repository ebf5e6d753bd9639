//! Bytes as what a backup says, sound by its digest and its sum as anybody can make them: the last commit and the next number (8 bytes each),
//! then frames, each after its length. It is restored, opened, verified, read and written to, or refused.
#![no_main]

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use larimar::crypto::Secret;
use larimar::store::archive::{End, Frame, Head, Reader, Writer};
use larimar::store::{LayoutError, Options, RestoreError, SledStore, Stock, Store, Table, verify};
use larimar_fuzz::frames::{frames, number};
use larimar_fuzz::larimard::scratch;
use libfuzzer_sys::fuzz_target;
use tokio::runtime::Runtime;

const OPTIONS: Options = Options {
    cache_mib: 1,
    min_free_bytes: 0,
};

thread_local! {
    static RUNTIME: Runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
}

fuzz_target!(|bytes: &[u8]| {
    let Some((commit, rest)) = number(bytes) else {
        return;
    };
    let Some((next, rest)) = number(rest) else {
        return;
    };
    let frames = frames(rest);
    let archive = sound(&frames, commit, next);
    let (folder, secret) = (scratch(), Secret::new([7; 32]));
    let path = folder.path().join("data");
    let mut reader = Reader::begin(archive.as_slice(), None).expect("an archive");
    match SledStore::restore(&path, &secret, &OPTIONS, &mut reader, &mut || ()) {
        Ok(_) => {}
        Err(RestoreError::Inconsistent(_)) => return,
        Err(other) => panic!("{other}"),
    }
    let store = match SledStore::open(&path, &secret, &OPTIONS) {
        Ok(store) => store,
        Err(LayoutError::Damaged { what, .. }) => panic!("restored, and {what}"),
        Err(other) => panic!("{other}"),
    };
    RUNTIME.with(|runtime| runtime.block_on(use_it(&store, &frames)));
});

async fn use_it(store: &SledStore, frames: &[Frame]) {
    store.probe().await.expect("written and read");
    let report = verify(store, &mut |_| ControlFlow::Continue(())).expect("looked at");
    assert!(report.told.len() as u64 <= report.faults);
    for frame in frames {
        if let Frame::Put(Table::Key, key, _) = frame
            && let Ok(key) = <[u8; 33]>::try_from(key.as_slice())
            && let Ok(Some(wallet)) = store.wallet(&key).await
        {
            for version in wallet.versions() {
                let _ = store.data(version).await;
            }
        }
    }
    store.close().await;
}

/// An archive of these frames that adds up.
fn sound(frames: &[Frame], commit: u64, next: u64) -> Vec<u8> {
    let mut writer = Writer::begin(Vec::new(), None).expect("begun");
    let head = Head {
        version: String::new(),
        made: larimar::clock::Time(0),
        secret: String::new(),
    };
    writer.add(&Frame::Head(head)).expect("added");
    let mut records = BTreeMap::new();
    for frame in frames {
        writer.add(frame).expect("added");
        match frame {
            Frame::Put(table, key, value) => drop(records.insert((*table, key), value)),
            Frame::Remove(table, key) => drop(records.remove(&(*table, key))),
            _ => {}
        }
    }
    let (mut stock, mut wallets) = (Stock::default(), 0);
    for ((table, key), value) in records {
        stock.add(table, key, value);
        wallets += u64::from(table == Table::Wallet);
    }
    let end = End {
        commit,
        next,
        wallets,
        sum: stock.sum(),
        ..End::default()
    };
    writer.end(end).expect("ended").1
}
