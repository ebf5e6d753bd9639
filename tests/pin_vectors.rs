//! The worked examples of PROTOCOL.md, section 6: keyphrases and what comes of them, in both directions.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use larimar::crypto::{AccessKey, CstoreKey, Keyphrase, MasterKey, PassKey, WalletUrl, sha256};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Vector {
    backup_keyphrase: String,
    encoded_keyphrase: String,
    wallet_url: String,
    master_key: String,
    access_key: String,
    pass_key: String,
}

impl Vector {
    fn keyphrase(&self) -> Keyphrase {
        let bytes = hex::decode(&self.backup_keyphrase).unwrap();
        Keyphrase::new(bytes.try_into().expect("20 bytes"))
    }
}

fn vectors() -> Vec<Vector> {
    let text = include_str!("vectors/bjswallet-v1.json");
    let vectors: Vec<Vector> = serde_json::from_str(text).expect("the worked examples");
    assert_eq!(vectors.len(), 3);
    vectors
}

#[test]
fn keyphrases_are_written_and_read() {
    for vector in vectors() {
        let keyphrase = vector.keyphrase();
        assert_eq!(keyphrase.to_string(), vector.encoded_keyphrase);
        assert_eq!(vector.encoded_keyphrase.parse(), Ok(keyphrase.clone()));
        let url: WalletUrl = vector.wallet_url.parse().unwrap();
        assert_eq!(url.host, "wallet.example.org");
        assert_eq!(url.keyphrase, keyphrase);
        assert_eq!(url.to_string(), vector.wallet_url);
    }
}

#[test]
fn keys_are_derived_and_read_again() {
    for vector in vectors() {
        let master = MasterKey::from(&vector.keyphrase());
        assert_eq!(*master.access_key().hex(), vector.access_key);
        assert_eq!(*master.pass_key().hex(), vector.pass_key);
        let access_key: AccessKey = vector.access_key.parse().unwrap();
        let pass_key: PassKey = vector.pass_key.parse().unwrap();
        assert_eq!(
            (access_key, pass_key),
            (master.access_key(), master.pass_key())
        );
        // the masterKey shows itself to nobody, but what is encrypted under its bytes opens
        let bytes: [u8; 32] = hex::decode(&vector.master_key).unwrap().try_into().unwrap();
        let closed = larimar::crypto::close_box(&larimar::crypto::Secret::new(bytes), b"", b"it");
        assert_eq!(**master.decrypt(&closed.unwrap()).unwrap(), *b"it");
        let cstore_key = CstoreKey::random().unwrap();
        let cstore_box = master.cstore_box(&cstore_key).unwrap();
        assert_eq!(
            MasterKey::from_cstore_box(&cstore_box, &cstore_key),
            Ok(master)
        );
    }
}

/// Readings of the draft that somebody might have had: `keydatalen` as bytes, a space behind the tag, the masterKey as hex text.
#[test]
fn other_readings_of_the_draft_give_other_keys() {
    let vector = &vectors()[0];
    let twice = |parts: &[&[u8]]| hex::encode(sha256(&[&sha256(parts)]));
    let master = hex::decode(&vector.master_key).unwrap();
    assert_eq!(twice(&[b"walletid", &master]), vector.access_key);

    let keyphrase = vector.keyphrase();
    let info = hex::decode("72f57f2f9ed68aa0d46d460d33bf66a267cc382d").unwrap();
    let blocks: Vec<u8> = (1..=8u32)
        .flat_map(|counter| sha256(&[keyphrase.expose(), &counter.to_be_bytes(), &info]))
        .collect();
    assert_eq!(blocks[..32], master, "the first block is the masterKey");
    let wrong = [
        (
            twice(&[b"walletid", &blocks]),
            "27e90c144be23165e3b33262f419ad2bf62d0a8292153db4744c74633f621b07",
        ),
        (twice(&[b"walletid ", &master]), "49ef23a1"),
        (
            twice(&[b"walletid", vector.master_key.as_bytes()]),
            "d148c8ed",
        ),
    ];
    for (key, expected) in wrong {
        assert!(key.starts_with(expected), "{key}");
        assert_ne!(key, vector.access_key);
    }
}
