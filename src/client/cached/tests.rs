mod doubts;
mod recovery;

use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::*;
use crate::client::federation::{Content, Signed};
use crate::client::stub::{Stub, keys};
use crate::crypto::{open, seal};
use crate::protocol::{Fault, Name};

const WHEN: &str = "2026-11-22T01:50:16.123Z";

/// What a server has, and whether it works.
#[derive(Default)]
struct Shelf {
    blob: Vec<u8>,
    /// What it had before, since it last went back.
    older: Vec<BlobHash>,
    fault: Option<Name>,
    /// Does what it is told to save, and then answers with this.
    after: Option<Name>,
}

/// A server as honest as its shelf.
struct Server {
    stub: Stub,
    shelf: Arc<Mutex<Shelf>>,
    /// The file of the device.
    file: Arc<Mutex<Option<Cache>>>,
}

fn revision(blob: &[u8]) -> u64 {
    let form = crate::crypto::Form::of(blob).ok();
    form.and_then(crate::crypto::Form::revision).unwrap_or(0)
}

fn answer(shelf: &mut Shelf, method: &str, params: &Value) -> Result<Value, Fault> {
    if let Some(name) = shelf.fault {
        return Err(Fault::new(name));
    }
    let stored = BlobHash::of(&shelf.blob).to_string();
    if method == "listVersions" {
        let listed = shelf.older.iter().map(|hash| {
            json!({"local_hash": hash.to_string(), "saved": WHEN, "bytes": 1, "current": false})
        });
        return Ok(json!({"versions": listed.collect::<Vec<_>>()}));
    }
    if method == "fetchWallet" {
        let mut fetched = json!({
            "modified": false, "local_hash": stored, "created": WHEN, "updated": WHEN,
            "statistics": {"updated": WHEN, "fetches": 1, "addresses": [], "recent": []},
        });
        if params["local_hash"] != json!(stored) {
            fetched["modified"] = true.into();
            fetched["encrypted_data"] = STANDARD.encode(&shelf.blob).into();
        }
        return Ok(fetched);
    }
    let sent = params["encrypted_data"].as_str().expect("a blob");
    let sent = STANDARD.decode(sent).expect("base64");
    let is_expected = params["original_local_hash"] == json!(stored);
    if sent != shelf.blob && (!is_expected || revision(&sent) <= revision(&shelf.blob)) {
        return Err(Fault::new(Name::Conflict).with("local_hash", stored));
    }
    shelf.older.push(BlobHash::of(&shelf.blob));
    shelf.blob = sent;
    if let Some(name) = shelf.after.take() {
        return Err(Fault::new(name));
    }
    let hash = BlobHash::of(&shelf.blob).to_string();
    Ok(json!({"publickey": keys(1).public_key.to_string(), "local_hash": hash, "updated": WHEN}))
}

impl Server {
    async fn with(revision: u64, plaintext: &[u8]) -> Self {
        let shelf = Arc::new(Mutex::new(Shelf::default()));
        let of_stub = Arc::clone(&shelf);
        let stub = Stub::answering(move |method, params| {
            answer(&mut of_stub.lock().expect("a shelf"), method, params)
        })
        .await;
        let file = Arc::default();
        let server = Self { stub, shelf, file };
        server.has(revision, plaintext);
        server
    }

    /// Another device stored this, or the operator brought it back.
    fn has(&self, revision: u64, plaintext: &[u8]) {
        self.holds(seal(&keys(1), revision, plaintext).expect("sealed"));
    }

    fn holds(&self, blob: Vec<u8>) {
        let mut shelf = self.shelf.lock().expect("a shelf");
        let before = BlobHash::of(&std::mem::replace(&mut shelf.blob, blob));
        shelf.older.push(before);
    }

    fn fails(&self, name: impl Into<Option<Name>>) {
        self.shelf.lock().expect("a shelf").fault = name.into();
    }

    fn plaintext(&self) -> Vec<u8> {
        let shelf = self.shelf.lock().expect("a shelf");
        let opened = open(&keys(1), &shelf.blob).expect("sealed");
        opened.plaintext.to_vec()
    }

    /// A run of a program on the device.
    fn run(&self) -> CachedWallet {
        let file = Arc::clone(&self.file);
        let keep: KeepCache = Box::new(move |cache| {
            // what is written can be read
            let text = serde_json::to_string(&cache).map_err(|error| error.to_string())?;
            *file.lock().expect("a file") = serde_json::from_str(&text).expect("JSON");
            Ok(())
        });
        let cache = self.file.lock().expect("a file").clone();
        CachedWallet::new(self.stub.wallet(), cache, Some(keep))
    }

    /// What a run sees.
    async fn sees(&self) -> View {
        self.run().fetch().await.expect("a view")
    }

    fn pending(&self) -> bool {
        let file = self.file.lock().expect("a file");
        file.as_ref().is_some_and(|cache| cache.pending.is_some())
    }
}

fn text(content: &Content) -> &str {
    std::str::from_utf8(&content.plaintext).expect("text")
}

fn other(view: &View) -> &Content {
    match &view.standing {
        Standing::Undecided(_, other) => other,
        standing => panic!("{standing:?}"),
    }
}

#[tokio::test]
async fn only_what_changed_is_transferred() {
    let server = Server::with(1, b"first").await;
    assert_eq!(text(&server.sees().await.content), "first");
    let view = server.sees().await;
    assert_eq!(text(&view.content), "first");
    assert!(matches!(view.standing, Standing::Current));
    let calls = server.stub.calls();
    let hash = BlobHash::of(&server.shelf.lock().expect("a shelf").blob).to_string();
    assert_eq!(calls[1].1["local_hash"], hash);
    server.has(2, b"second");
    assert_eq!(text(&server.sees().await.content), "second");
}

#[tokio::test]
async fn without_the_server_it_is_what_the_device_has() {
    let server = Server::with(1, b"first").await;
    let error = server.run().offline().expect_err("no copy yet");
    assert!(matches!(error, CachedError::NoCopy), "{error}");
    server.fails(Name::StoreUnavailable);
    let error = server.run().fetch().await.expect_err("no copy yet");
    assert!(matches!(error, CachedError::Client(_)), "{error}");
    server.fails(None);
    server.sees().await;
    server.fails(Name::StoreUnavailable);
    let view = server.sees().await;
    assert_eq!(text(&view.content), "first");
    assert!(matches!(view.standing, Standing::OutOfReach(_)));
    let asked = server.stub.calls().len();
    let view = server.run().offline().expect("a copy");
    assert!(matches!(view.standing, Standing::Offline));
    assert_eq!(server.stub.calls().len(), asked);
}

#[tokio::test]
async fn a_change_without_the_server_is_sent_the_next_time() {
    let server = Server::with(1, b"first").await;
    server.sees().await;
    server.fails(Name::StoreUnavailable);
    for change in ["second", "third"] {
        let mut run = server.run();
        run.fetch().await.expect("a copy");
        let written = run.save(change.as_bytes()).await.expect("kept");
        assert!(matches!(written, Written::Kept { .. }), "{written:?}");
        let view = server.sees().await;
        assert!(view.content.is_pending && text(&view.content) == change);
    }
    server.fails(None);
    let view = server.sees().await;
    assert_eq!(text(&view.content), "third");
    assert!(matches!(view.standing, Standing::Current));
    assert_eq!(server.plaintext(), b"third");
    assert!(!server.pending());
}

#[tokio::test]
async fn a_change_whose_answer_got_lost_is_found_again() {
    let server = Server::with(1, b"first").await;
    for (change, then) in [("second", None), ("third", Some("fourth"))] {
        let mut run = server.run();
        run.fetch().await.expect("a view");
        server.shelf.lock().expect("a shelf").after = Some(Name::Internal);
        let written = run.save(change.as_bytes()).await.expect("kept");
        assert!(matches!(written, Written::Kept { .. }), "{written:?}");
        assert!(server.pending());
        // another change on top of it, before anybody knows
        if let Some(then) = then {
            let mut run = server.run();
            run.offline().expect("a copy");
            run.save(then.as_bytes()).await.expect("kept");
        }
        let view = server.sees().await;
        assert_eq!(text(&view.content), then.unwrap_or(change));
        assert!(matches!(view.standing, Standing::Current));
        assert!(!server.pending());
    }
    assert_eq!(server.plaintext(), b"fourth");
}

/// This device changed the wallet to `mine`, and another to `theirs`.
async fn conflict() -> Server {
    let server = Server::with(1, b"first").await;
    let mut run = server.run();
    run.fetch().await.expect("a view");
    run.offline().expect("a copy");
    run.save(b"mine").await.expect("kept");
    server.has(2, b"theirs");
    server
}

#[tokio::test]
async fn two_changes_are_both_shown_and_neither_is_overwritten() {
    for (choice, expected) in [
        (Some(&b"mine"[..]), &b"mine"[..]),
        (Some(b"both"), b"both"),
        (None, b"theirs"),
    ] {
        let server = conflict().await;
        for _ in 0..2 {
            let view = server.sees().await;
            assert_eq!(
                (text(&view.content), text(other(&view))),
                ("theirs", "mine")
            );
        }
        let mut run = server.run();
        run.fetch().await.expect("a view");
        let error = run.save(b"careless").await.expect_err("undecided");
        assert!(matches!(error, CachedError::Undecided), "{error}");
        assert_eq!(server.plaintext(), b"theirs");
        run.choose(choice).await.expect("chosen");
        assert_eq!(server.plaintext(), expected);
        let view = server.sees().await;
        assert!(matches!(view.standing, Standing::Current));
        assert_eq!(view.content.plaintext[..], *expected);
        let error = server.run().choose(None).await.expect_err("decided");
        assert!(matches!(error, CachedError::NothingToDecide), "{error}");
    }
}

#[tokio::test]
async fn another_device_that_was_faster_makes_a_conflict_and_no_loss() {
    let server = Server::with(1, b"first").await;
    let mut run = server.run();
    run.fetch().await.expect("a view");
    server.has(2, b"theirs");
    let written = run.save(b"mine").await.expect("kept");
    let Written::Kept { because, .. } = written else {
        panic!("{written:?}");
    };
    let because = because.expect("a reason");
    assert_eq!(because.server_error(), Some(Name::Conflict));
    let view = server.sees().await;
    assert_eq!(
        (text(&view.content), text(other(&view))),
        ("theirs", "mine")
    );
}

#[tokio::test]
async fn a_server_that_went_back_is_named_and_not_believed() {
    // less than before, and something else of the same revision
    for old in [3, 5] {
        for (choice, expected) in [(Some(&b"new"[..]), &b"new"[..]), (None, b"old")] {
            let server = Server::with(5, b"new").await;
            server.sees().await;
            server.has(old, b"old");
            for _ in 0..2 {
                let view = server.sees().await;
                let Standing::Undecided(Why::RolledBack { revision, seen, .. }, other) =
                    &view.standing
                else {
                    panic!("{:?}", view.standing);
                };
                assert_eq!((*revision, *seen), (old, 5));
                assert_eq!((text(&view.content), text(other)), ("new", "old"));
            }
            let mut run = server.run();
            run.fetch().await.expect("a view");
            run.save(b"careless").await.expect_err("undecided");
            assert_eq!(server.plaintext(), b"old");
            run.choose(choice).await.expect("chosen");
            assert_eq!(server.plaintext(), expected);
            let view = server.sees().await;
            assert!(matches!(view.standing, Standing::Current));
            assert_eq!(view.content.head.revision, 6);
        }
    }
}

#[tokio::test]
async fn a_change_that_the_server_refuses_is_not_kept() {
    let server = Server::with(1, b"first").await;
    let mut run = server.run();
    run.fetch().await.expect("a view");
    server.fails(Name::DataTooLarge);
    let error = run.save(b"large").await.expect_err("refused");
    assert!(matches!(error, CachedError::Client(_)), "{error}");
    assert!(!server.pending());
}

#[tokio::test]
async fn a_kept_change_that_is_refused_is_shown_beside_the_rest() {
    let server = Server::with(1, b"first").await;
    server.sees().await;
    let mut run = server.run();
    run.offline().expect("a copy");
    run.save(b"mine").await.expect("kept");
    server.shelf.lock().expect("a shelf").after = Some(Name::DataTooLarge);
    let mut run = server.run();
    // as if the server had refused it, and not done it
    let view = run.fetch().await.expect("a view");
    let Standing::Undecided(Why::Refused(_), mine) = &view.standing else {
        panic!("{:?}", view.standing);
    };
    assert_eq!((text(&view.content), text(mine)), ("first", "mine"));
    assert!(server.pending());
    run.choose(None).await.expect("given up");
    assert!(!server.pending());
}

#[tokio::test]
async fn what_cannot_be_written_down_is_not_sent() {
    let server = Server::with(1, b"first").await;
    let keep: KeepCache = Box::new(|_| Err("the disk is full".to_owned()));
    let mut run = CachedWallet::new(server.stub.wallet(), None, Some(keep));
    run.fetch().await.expect("reading needs no disk");
    let error = run.save(b"second").await.expect_err("not kept");
    assert!(matches!(error, CachedError::CannotKeep(_)), "{error}");
    assert_eq!(server.plaintext(), b"first");
}

#[tokio::test]
async fn without_a_place_to_keep_it_nothing_is_kept() {
    let server = Server::with(1, b"first").await;
    let mut run = CachedWallet::new(server.stub.wallet(), None, None);
    run.fetch().await.expect("a view");
    server.fails(Name::StoreUnavailable);
    let error = run.save(b"second").await.expect_err("an error");
    assert!(matches!(error, CachedError::Client(_)), "{error}");
    let error = run.fetch().await.expect_err("an error");
    assert!(matches!(error, CachedError::Client(_)), "{error}");
}

#[tokio::test]
async fn the_copy_is_of_this_wallet_and_this_server_only() {
    let server = Server::with(1, b"first").await;
    server.sees().await;
    let cache = server.file.lock().expect("a file").clone();
    let text = serde_json::to_string(&cache).expect("JSON");
    assert!(!text.contains("first"), "{text}");
    let other = Wallet::new(server.stub.client(), keys(2));
    let mut run = CachedWallet::new(other, cache, None);
    assert!(matches!(run.offline(), Err(CachedError::NoCopy)));
    let mut run = server.run();
    run.forget().expect("forgotten");
    assert!(server.file.lock().expect("a file").is_none());
}
