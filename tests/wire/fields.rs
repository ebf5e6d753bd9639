//! Section 2: a field that is not what it should be is named.

use serde_json::json;

use super::hand::{hash, person, with};
use super::harness::Larimard;

#[tokio::test]
async fn a_malformed_field_is_named() {
    let server = Larimard::start().await;
    let alice = person(1);
    let code = server.fresh_code().await;
    let key = alice.key();
    let mut hashes = vec![
        String::new(),
        "0".repeat(63),
        "0".repeat(65),
        "g".repeat(64),
        format!("0x{}", "0".repeat(62)),
    ];
    hashes.push(format!(" {}", hash(b"x")));
    let keys = [
        String::new(),
        key[2..].to_owned(),
        format!("{key}00"),
        format!("04{}", &key[2..]),
        format!("00{}", &key[2..]),
        format!("02{}", "f".repeat(64)),
        format!("02{:0>64}", 5),
        format!(" {key}"),
    ];
    let signature = alice.sign(b"one");
    let signatures = [
        String::new(),
        signature[2..].to_owned(),
        format!("{signature}00"),
        format!("23{}", &signature[2..]),
        format!("04{}", &signature[2..]),
        format!("1a{}", &signature[2..]),
        format!("1f{}", "0".repeat(128)),
        format!("1f{}", "f".repeat(128)),
        format!("1f{:0>64}{:0>64}", 5, 1),
        format!("zz{}", &signature[2..]),
    ];
    let blobs = [
        "",
        "YWJjZA",
        "YWJjZA=",
        "YWJjZB==",
        "YWJj ZA==",
        "YWJj\nZA==",
        " YWJj",
        "_-8=",
        "YWJjZA==YWJj",
        "====",
        "YWJ",
    ]
    .map(str::to_owned);
    let create = || alice.create(&code, b"one");
    let change = || alice.change(&person(2), b"one");
    for (method, params, param, name, values) in [
        (
            "createWallet",
            create(),
            "encrypted_data",
            "InvalidData",
            &blobs[..],
        ),
        (
            "saveWallet",
            alice.save(b"one"),
            "encrypted_data",
            "InvalidData",
            &blobs,
        ),
        (
            "changePassword",
            change(),
            "encrypted_data",
            "InvalidData",
            &blobs,
        ),
        (
            "createWallet",
            create(),
            "signature",
            "InvalidSignature",
            &signatures,
        ),
        (
            "saveWallet",
            alice.save(b"one"),
            "signature",
            "InvalidSignature",
            &signatures,
        ),
        (
            "changePassword",
            change(),
            "new_signature",
            "InvalidSignature",
            &signatures,
        ),
        (
            "changePassword",
            change(),
            "old_signature",
            "InvalidSignature",
            &signatures,
        ),
        (
            "deleteWallet",
            alice.delete(b"one"),
            "signature",
            "InvalidSignature",
            &signatures,
        ),
        (
            "createWallet",
            create(),
            "publickey",
            "InvalidPublicKey",
            &keys,
        ),
        (
            "fetchWallet",
            alice.fetch(),
            "publickey",
            "InvalidPublicKey",
            &keys,
        ),
        (
            "listVersions",
            alice.fetch(),
            "publickey",
            "InvalidPublicKey",
            &keys,
        ),
        (
            "fetchVersion",
            with(alice.fetch(), "local_hash", hash(b"one")),
            "publickey",
            "InvalidPublicKey",
            &keys,
        ),
        (
            "fetchVersion",
            alice.fetch(),
            "local_hash",
            "InvalidHash",
            &hashes,
        ),
        (
            "fetchWallet",
            alice.fetch(),
            "local_hash",
            "InvalidHash",
            &hashes,
        ),
        (
            "saveWallet",
            alice.save(b"one"),
            "original_local_hash",
            "InvalidHash",
            &hashes,
        ),
        (
            "changePassword",
            change(),
            "original_local_hash",
            "InvalidHash",
            &hashes,
        ),
        (
            "deleteWallet",
            alice.delete(b"one"),
            "local_hash",
            "InvalidHash",
            &hashes,
        ),
    ] {
        for value in values {
            let wrong = with(params.clone(), param, value.as_str());
            let refusal = server.refused(name, method, wrong).await;
            assert_eq!(refusal.param(), param, "{method} {value}");
        }
    }
    let mut socket = server.socket().await;
    for value in &keys {
        let refusal = socket
            .call("subscribeWallet", json!([value]))
            .await
            .unwrap_err();
        assert_eq!(
            (refusal.name(), refusal.param()),
            ("InvalidPublicKey", "publickey")
        );
    }
    // nothing was made, and the code is still good
    server.ok("createWallet", create()).await;
}

#[tokio::test]
async fn a_signature_of_another_key_or_over_other_bytes_is_told_as_far_as_it_can_be() {
    let server = Larimard::start().await;
    let (alice, bob) = (person(1), person(2));
    server.create(&bob, b"bob's").await;
    let code = server.fresh_code().await;
    let by_bob = with(alice.create(&code, b"one"), "signature", bob.sign(b"one"));
    let refusal = server
        .nothing_changes(&[&alice, &bob], "InvalidSignature", "createWallet", by_bob)
        .await;
    assert_eq!(refusal.param(), "signature");
    // a save has no key to compare with: it recovers some key, and says which
    let other_bytes = with(bob.save(b"two"), "signature", bob.sign(b"three"));
    let refusal = server
        .nothing_changes(&[&bob], "WalletNotFound", "saveWallet", other_bytes)
        .await;
    let recovered = refusal.data["publickey"].as_str().unwrap();
    assert_eq!(recovered.len(), 66);
    assert_ne!(recovered, bob.key());
    let nobody = server
        .refused("WalletNotFound", "saveWallet", alice.save(b"x"))
        .await;
    assert_eq!(nobody.details(), json!({"publickey": alice.key()}));
    let nobody = server
        .refused(
            "WalletNotFound",
            "changePassword",
            alice.change(&person(3), b"x"),
        )
        .await;
    assert!(
        nobody.data["publickey"]
            .as_array()
            .unwrap()
            .contains(&alice.key().into())
    );
    let nobody = server
        .refused("WalletNotFound", "deleteWallet", alice.delete(b"x"))
        .await;
    let keys = nobody.data["publickey"].as_array().unwrap();
    assert_eq!(keys.len(), super::harness::NAMES.len());
    assert!(keys.contains(&alice.key().into()));
}
