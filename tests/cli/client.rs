//! The client library against a real server.

use crate::server::Larimard;
use larimar::client::methods::Event;
use larimar::client::{Client, ClientError, Keys, Name, Secret, Wallet};

fn keys(seed: u8) -> Keys {
    Keys::from_seed(&Secret::new([seed; 32]))
}

async fn code(server: &Larimard, client: &Client, email: &str) -> String {
    let client = client.clone();
    let (sent, waiting) = std::sync::mpsc::channel();
    let email = email.to_owned();
    tokio::spawn(async move {
        client.request_code(&email).await.expect("a code");
        sent.send(()).expect("awaited");
    });
    server.code(|| waiting.recv().expect("sent"))
}

#[tokio::test(flavor = "multi_thread")]
async fn two_devices_share_a_wallet() {
    let server = Larimard::start();
    let client = Client::connect(&server.url).unwrap();
    let phone = Wallet::new(client.clone(), keys(1));
    let laptop = Wallet::new(client.clone(), keys(1));

    let code = code(&server, &client, "alice@example.com").await;
    let stored = phone.create(&code, b"first", false).await.unwrap();
    assert_eq!(stored.head.revision, 1);

    let seen = laptop.fetch().await.unwrap();
    assert_eq!(
        (&seen.plaintext[..], seen.head),
        (&b"first"[..], stored.head)
    );
    assert!(laptop.fetch_newer(&seen.head).await.unwrap().is_none());

    let mut changes = client.subscribe(laptop.public_key()).await.unwrap();
    let stored = phone.save(b"second", &stored.head).await.unwrap();
    let change = changes.next().await.unwrap().unwrap();
    assert_eq!(change.event, Event::Saved);
    assert_eq!(change.local_hash, Some(stored.head.local_hash.to_string()));

    // what the laptop did not know of is not overwritten
    let conflict = laptop.save(b"lost", &seen.head).await.unwrap_err();
    assert_eq!(conflict.server_error(), Some(Name::Conflict));
    assert_eq!(conflict.local_hash(), Some(stored.head.local_hash));
    assert_eq!(conflict.revision(), Some(2));
    let newer = laptop.fetch_newer(&seen.head).await.unwrap().unwrap();
    let merged = laptop.save(b"merged", &newer.head).await.unwrap();
    assert_eq!(merged.head.revision, 3);

    let versions = phone.versions().await.unwrap();
    assert_eq!(versions.len(), 3);
    let version = phone.version(&versions[2].local_hash).await.unwrap();
    assert_eq!(&version.plaintext[..], b"first");

    // a new password moves the wallet, and ends the subscription
    let state = laptop.fetch().await.unwrap();
    let (moved, stored) = laptop
        .change_password(keys(2), &state.plaintext, &state.head)
        .await
        .unwrap();
    let events =
        [changes.next().await, changes.next().await].map(|change| change.unwrap().unwrap().event);
    assert_eq!(events, [Event::Saved, Event::Moved]);
    assert!(changes.next().await.is_none());
    let gone = phone.fetch().await.unwrap_err();
    assert_eq!(
        (gone.server_error(), gone.was()),
        (Some(Name::WalletNotFound), Some("moved"))
    );
    assert!(gone.since().is_some());
    assert_eq!(&moved.fetch().await.unwrap().plaintext[..], b"merged");

    moved.delete(&stored.head.local_hash).await.unwrap();
    let gone = moved.fetch().await.unwrap_err();
    assert_eq!(gone.was(), Some("deleted"));
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_larimar_did_not_seal_are_kept_as_they_are() {
    let server = Larimard::start();
    let client = Client::connect(&server.url).unwrap();
    let wallet = Wallet::new(client.clone(), keys(1));
    let code = code(&server, &client, "alice@example.com").await;
    wallet.create_blob(&code, b"opaque", false).await.unwrap();
    let blob = wallet.fetch_blob().await.unwrap();
    assert_eq!(blob.bytes, b"opaque");
    let error = wallet.fetch().await.unwrap_err();
    assert!(matches!(error, ClientError::NotSealed { .. }), "{error}");
    wallet
        .save_blob(b"other", Some(&blob.local_hash))
        .await
        .unwrap();
    let stale = wallet.save_blob(b"opaque", None).await.unwrap_err();
    assert_eq!(stale.server_error(), Some(Name::Stale));
    let document = client.discover().await.unwrap();
    assert!(document["methods"].is_array());
}
