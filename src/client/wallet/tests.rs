use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::*;
use crate::client::stub::{Stub, keys};
use crate::client::{Form, Signature, blob_digest, change_password_digest, open, seal};
use crate::protocol::{Fault, Name};

const WHEN: &str = "2026-11-22T01:50:16.123Z";

fn fetched(blob: &[u8]) -> Value {
    json!({
        "modified": true, "encrypted_data": STANDARD.encode(blob),
        "local_hash": BlobHash::of(blob).to_string(), "created": WHEN, "updated": WHEN,
        "statistics": {"updated": WHEN, "fetches": 1, "addresses": [], "recent": []},
    })
}

fn blob_of(params: &Value) -> Vec<u8> {
    let text = params["encrypted_data"].as_str().expect("a blob");
    STANDARD.decode(text).expect("base64")
}

fn signer(params: &Value, field: &str, digest: &[u8; 32]) -> PublicKey {
    let signature: Signature = params[field].as_str().expect("text").parse().expect(field);
    signature.recover(digest).expect("a key")
}

/// What an honest server says to a save or a create.
fn saved(params: &Value) -> Value {
    let hash = BlobHash::of(&blob_of(params));
    let key = signer(params, "signature", &blob_digest(&hash));
    json!({"publickey": key.to_string(), "local_hash": hash.to_string(), "created": WHEN, "updated": WHEN})
}

fn revision_of(params: &Value) -> u64 {
    Form::of(&blob_of(params))
        .expect("a form")
        .revision()
        .expect("sealed")
}

#[tokio::test]
async fn what_is_fetched_is_opened() {
    let blob = seal(&keys(1), 7, b"secret").expect("sealed");
    let local_hash = BlobHash::of(&blob);
    let stub = Stub::answering(move |_, _| Ok(fetched(&blob))).await;
    let wallet = stub.wallet();
    let state = wallet.fetch().await.expect("a state");
    assert_eq!(&state.plaintext[..], b"secret");
    let head = Head {
        local_hash,
        revision: 7,
    };
    assert_eq!(state.head, head);
    assert_eq!(wallet.highest_revision(), 7);
    assert!(!format!("{state:?}").contains("115, 101"), "no plaintext");
    assert_eq!(
        stub.calls(),
        [(
            "fetchWallet".into(),
            json!({"publickey": wallet.public_key().to_string()})
        )]
    );
}

#[tokio::test]
async fn what_the_caller_has_is_not_fetched_again() {
    let hash = BlobHash([7; 32]);
    let stub = Stub::answering(move |_, _| {
        let mut answer = fetched(b"");
        answer["modified"] = false.into();
        answer["local_hash"] = hash.to_string().into();
        answer
            .as_object_mut()
            .expect("object")
            .remove("encrypted_data");
        Ok(answer)
    })
    .await;
    let head = Head {
        local_hash: hash,
        revision: 1,
    };
    let newer = stub.wallet().fetch_newer(&head).await;
    assert!(newer.expect("an answer").is_none());
    // whoever sends no hash must get the data
    let error = stub.wallet().fetch().await.expect_err("a liar");
    assert_eq!(error.name(), "WrongAnswer");
}

#[tokio::test]
async fn a_lying_server_is_named() {
    let sealed = seal(&keys(1), 7, b"secret").expect("sealed");
    let foreign = seal(&keys(2), 7, b"secret").expect("sealed");
    let mut cut = sealed.clone();
    cut.pop();
    let mut raised = sealed.clone();
    raised[11] += 1;
    let mut other_hash = fetched(&sealed);
    other_hash["local_hash"] = BlobHash::of(b"").to_string().into();
    let mut no_base64 = fetched(&sealed);
    no_base64["encrypted_data"] = "***".into();
    for (answer, expected) in [
        (fetched(&foreign), "Tampered"),
        (fetched(&cut), "Tampered"),
        (fetched(&raised), "Tampered"),
        (fetched(b"LRM1"), "Tampered"),
        (fetched(b"opaque"), "NotSealed"),
        (other_hash, "WrongAnswer"),
        (no_base64, "WrongAnswer"),
        (json!({"modified": true}), "Unreadable"),
    ] {
        let stub = Stub::answering(move |_, _| Ok(answer.clone())).await;
        let error = stub.wallet().fetch().await.expect_err(expected);
        assert_eq!(error.name(), expected, "{error}");
        assert!(error.to_string().contains("127.0.0.1:"), "{error}");
    }
}

#[tokio::test]
async fn a_server_that_goes_back_in_time_is_found_out() {
    let blobs = [7, 6].map(|revision| seal(&keys(1), revision, b"secret").expect("sealed"));
    let turn = AtomicUsize::new(0);
    let stub =
        Stub::answering(move |_, _| Ok(fetched(&blobs[turn.fetch_add(1, Ordering::SeqCst)]))).await;
    let wallet = stub.wallet();
    wallet.fetch().await.expect("revision 7");
    let error = wallet.fetch().await.expect_err("revision 6");
    assert!(
        matches!(
            error,
            ClientError::RolledBack {
                revision: 6,
                seen: 7,
                ..
            }
        ),
        "{error}"
    );
}

#[tokio::test]
async fn a_save_is_the_highest_known_revision_plus_one() {
    let stub = Stub::answering(|_, params| Ok(saved(params))).await;
    let wallet = stub.wallet().knowing(11);
    let base = Head {
        local_hash: BlobHash([7; 32]),
        revision: 9,
    };
    let stored = wallet.save(b"secret", &base).await.expect("saved");
    assert_eq!(stored.head.revision, 12);
    let stored = wallet.save(b"secret", &stored.head).await.expect("saved");
    assert_eq!(stored.head.revision, 13);

    let (method, params) = &stub.calls()[0];
    assert_eq!(method, "saveWallet");
    assert_eq!(params["original_local_hash"], base.local_hash.to_string());
    let opened = open(&keys(1), &blob_of(params)).expect("authentic");
    assert_eq!(
        (opened.revision, &opened.plaintext[..]),
        (12, &b"secret"[..])
    );
}

#[tokio::test]
async fn a_conflict_overwrites_nothing_and_teaches_the_revision() {
    let stub = Stub::answering(|_, _| Err(Fault::new(Name::Conflict).with("revision", 20))).await;
    let wallet = stub.wallet();
    let base = Head {
        local_hash: BlobHash([7; 32]),
        revision: 3,
    };
    let error = wallet.save(b"secret", &base).await.expect_err("a conflict");
    assert_eq!(error.server_error(), Some(Name::Conflict));
    assert_eq!(stub.calls().len(), 1);
    assert_eq!(wallet.highest_revision(), 20);
}

#[tokio::test]
async fn revisions_end() {
    let stub = Stub::answering(|_, params| Ok(saved(params))).await;
    let wallet = stub.wallet().knowing(u64::MAX);
    assert_eq!(
        wallet.highest_revision(),
        0,
        "no revision that anybody could have"
    );
    let wallet = wallet.knowing(MAX_REVISION);
    let error = wallet
        .create("code", b"", false)
        .await
        .expect_err("the end");
    assert!(matches!(error, ClientError::RevisionsUsedUp));
    assert!(stub.calls().is_empty());
}

#[tokio::test]
async fn a_key_that_held_a_wallet_before_takes_one_above_it() {
    let stub = Stub::answering(|_, params| match revision_of(params) {
        ..=5 => Err(Fault::new(Name::Stale).with("revision", 5)),
        _ => Ok(saved(params)),
    })
    .await;
    let stored = stub.wallet().create("code", b"secret", true).await;
    assert_eq!(stored.expect("created").head.revision, 6);
    let (_, params) = &stub.calls()[1];
    assert_eq!(params["publickey"], keys(1).public_key.to_string());
    assert_eq!(params["replace"], true);
    assert_eq!(params["code"], "code");
}

#[tokio::test]
async fn the_answer_to_a_write_must_fit() {
    let base = Head {
        local_hash: BlobHash([7; 32]),
        revision: 3,
    };
    for (field, value) in [
        ("publickey", keys(2).public_key.to_string()),
        ("publickey", "02".into()),
        ("local_hash", BlobHash::of(b"").to_string()),
    ] {
        let stub = Stub::answering(move |_, params| {
            let mut answer = saved(params);
            answer[field] = value.clone().into();
            Ok(answer)
        })
        .await;
        let error = stub.wallet().save(b"", &base).await.expect_err("a liar");
        assert_eq!(error.name(), "WrongAnswer", "{error}");
        let error = stub.wallet().create("code", b"", false).await;
        assert_eq!(error.expect_err("a liar").name(), "WrongAnswer");
    }
}

#[tokio::test]
async fn a_password_change_is_bound_to_the_new_key_and_these_bytes() {
    let stub = Stub::answering(|_, params| {
        let hash = BlobHash::of(&blob_of(params));
        let new = signer(params, "new_signature", &blob_digest(&hash));
        let old = signer(
            params,
            "old_signature",
            &change_password_digest(&new, &hash),
        );
        assert_eq!(old, keys(1).public_key);
        if revision_of(params) <= 30 {
            return Err(Fault::new(Name::Stale).with("revision", 30));
        }
        Ok(json!({"publickey": new.to_string(), "local_hash": hash.to_string(), "updated": WHEN}))
    })
    .await;
    let base = Head {
        local_hash: BlobHash([7; 32]),
        revision: 3,
    };
    let (wallet, stored) = stub
        .wallet()
        .change_password(keys(2), b"secret", &base)
        .await
        .expect("moved");
    assert_eq!(*wallet.public_key(), keys(2).public_key);
    assert_eq!((stored.head.revision, wallet.highest_revision()), (31, 31));
    let calls = stub.calls();
    assert_eq!(revision_of(&calls[0].1), 4);
    assert_eq!(
        calls[1].1["original_local_hash"],
        base.local_hash.to_string()
    );
    assert!(open(&keys(2), &blob_of(&calls[1].1)).is_ok());
}

#[tokio::test]
async fn a_deletion_is_signed_for_a_server_that_knows_its_name_only() {
    let info = |names: Vec<String>| json!({"name": "larimard", "version": "1", "protocol": 1, "time": WHEN, "names": names, "limits": {}, "methods": []});
    let hash = BlobHash([7; 32]);
    let stub = Stub::answering(move |_, _| Ok(info(vec!["wallet.example.org".into()]))).await;
    let error = stub.wallet().delete(&hash).await.expect_err("another name");
    assert!(error.to_string().contains("wallet.example.org"), "{error}");
    assert_eq!(error.name(), "ServerNameNotListed");
    assert!(
        stub.calls()
            .iter()
            .all(|(method, _)| method == "serverInfo")
    );

    let name = std::sync::Arc::new(Mutex::new(String::new()));
    let known = std::sync::Arc::clone(&name);
    let stub = Stub::answering(move |method, params| {
        let name = known.lock().expect("the name").clone();
        if method == "serverInfo" {
            return Ok(info(vec![name]));
        }
        let digest = crate::crypto::delete_wallet_digest(&name, &hash);
        assert_eq!(signer(params, "signature", &digest), keys(1).public_key);
        Ok(json!({"deleted": true}))
    })
    .await;
    let wallet = stub.wallet();
    wallet
        .client()
        .server_name()
        .clone_into(&mut name.lock().expect("the name"));
    wallet.delete(&hash).await.expect("deleted");
}

#[tokio::test]
async fn a_restore_seals_again() {
    let old = seal(&keys(1), 2, b"old").expect("sealed");
    let hash = BlobHash::of(&old);
    let stub = Stub::answering(move |method, params| match method {
        "fetchVersion" => Ok(json!({
            "encrypted_data": STANDARD.encode(&old), "local_hash": params["local_hash"], "saved": WHEN
        })),
        _ => Ok(saved(params)),
    })
    .await;
    let base = Head {
        local_hash: BlobHash([7; 32]),
        revision: 4,
    };
    let wallet = stub.wallet();
    let stored = wallet.restore(&hash, &base).await.expect("restored");
    assert_eq!(stored.head.revision, 5);
    let opened = open(&keys(1), &blob_of(&stub.calls()[1].1)).expect("authentic");
    assert_eq!(&opened.plaintext[..], b"old");

    let error = wallet.version(&BlobHash([8; 32])).await;
    assert_eq!(error.expect_err("other data").name(), "WrongAnswer");
}

#[tokio::test]
async fn a_write_whose_answer_got_lost_is_said_again_with_the_same_bytes() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("bound");
    let address = listener.local_addr().expect("an address");
    let server = tokio::spawn(async move {
        let mut bodies = Vec::new();
        for turn in 0..2 {
            let (mut socket, _) = listener.accept().await.expect("a connection");
            let mut request = Vec::new();
            while !request.ends_with(b"}}") {
                let mut bytes = [0; 4096];
                let read = socket.read(&mut bytes).await.expect("a request");
                request.extend_from_slice(&bytes[..read]);
            }
            let start = request
                .iter()
                .position(|&byte| byte == b'{')
                .expect("a body");
            let body: Value = serde_json::from_slice(&request[start..]).expect("JSON");
            bodies.push(body["params"].clone());
            if turn == 1 {
                let answer =
                    json!({"jsonrpc": "2.0", "id": body["id"], "result": saved(&body["params"])})
                        .to_string();
                let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
                let answer = format!("{head}\r\ncontent-length: {}\r\n\r\n{answer}", answer.len());
                socket.write_all(answer.as_bytes()).await.expect("sent");
            }
        }
        bodies
    });
    let client = Client::connect(&format!("http://{address}")).expect("a client");
    let stored = Wallet::new(client, keys(1))
        .create("code", b"secret", false)
        .await;
    assert_eq!(stored.expect("created").head.revision, 1);
    let bodies = server.await.expect("two requests");
    assert_eq!(bodies[0], bodies[1]);
}
