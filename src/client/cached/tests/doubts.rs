use super::*;

#[tokio::test]
async fn a_server_that_went_back_to_what_a_change_was_made_from_is_not_believed() {
    let server = conflict().await;
    let first = seal(&keys(1), 1, b"first").expect("sealed");
    // the change was made from just these bytes
    let mut cache = server.file.lock().expect("a file").clone().expect("a copy");
    let pending = cache.pending.as_mut().expect("a change");
    pending.made_from.push(BlobHash::of(&first));
    *server.file.lock().expect("a file") = Some(cache);
    server.sees().await;
    server.holds(first);
    let view = server.sees().await;
    assert!(
        matches!(
            view.standing,
            Standing::Undecided(
                Why::RolledBack {
                    revision: 1,
                    seen: 2,
                    ..
                },
                _
            )
        ),
        "{:?}",
        view.standing
    );
    assert_eq!(server.plaintext(), b"first");
}

/// Entries with these names.
fn entries(names: &[&str]) -> Vec<u8> {
    let entries = names
        .iter()
        .map(|name| json!({"id": name, "name": name, "secret": "secret"}));
    let entries: Vec<Value> = entries.collect();
    json!({"larimar": 1, "entries": entries})
        .to_string()
        .into_bytes()
}

/// This device's change is stored, or only seen by the server, and the answer got lost.
async fn unanswered(mine: &[u8], is_stored: bool) -> Server {
    let server = Server::with(1, b"first").await;
    let mut run = server.run();
    run.fetch().await.expect("a view");
    server.shelf.lock().expect("a shelf").after = Some(Name::Internal);
    run.save(mine).await.expect("kept");
    if !is_stored {
        server.has(1, b"first");
    }
    server
}

#[tokio::test]
async fn a_change_whose_answer_got_lost_and_that_another_device_built_upon_is_no_conflict() {
    let server = unanswered(&entries(&["mine"]), true).await;
    server.has(3, &entries(&["mine", "theirs"]));
    let view = server.sees().await;
    assert!(view.sent && matches!(view.standing, Standing::Current));
    assert_eq!(view.content.plaintext[..], entries(&["mine", "theirs"]));
    assert!(!server.pending());
}

#[tokio::test]
async fn a_server_that_only_says_that_it_had_a_change_makes_nobody_give_it_up() {
    for (revision, theirs) in [
        (3, entries(&["theirs"])),
        (3, b"something else".to_vec()),
        (2, entries(&["mine", "theirs"])),
    ] {
        // it lists what it was sent, and did not store it
        let server = unanswered(&entries(&["mine"]), false).await;
        server.has(revision, &theirs);
        let view = server.sees().await;
        assert!(
            matches!(view.standing, Standing::Undecided(Why::Changed, _)),
            "{:?}",
            view.standing
        );
        assert!(server.pending());
    }
}

#[tokio::test]
async fn the_same_content_is_no_conflict() {
    let server = conflict().await;
    server.has(7, b"mine");
    let view = server.sees().await;
    assert!(view.sent && matches!(view.standing, Standing::Current));
    assert!(!server.pending());
}

#[tokio::test]
async fn what_was_not_shown_before_is_told_from_what_was() {
    let server = conflict().await;
    for _ in 0..2 {
        let mut run = server.run();
        run.fetch().await.expect("a view");
        assert!(!run.was_shown(), "nobody looked");
    }
    let mut run = server.run();
    run.fetch().await.expect("a view");
    run.shows();
    assert!(!run.was_shown(), "not before this run");
    let mut run = server.run();
    run.fetch().await.expect("a view");
    assert!(run.was_shown());
    server.has(3, b"theirs, and more");
    let mut run = server.run();
    run.fetch().await.expect("a view");
    assert!(!run.was_shown());
}

#[tokio::test]
async fn a_change_is_there_also_without_what_it_was_made_from() {
    let server = conflict().await;
    let mut cache = server.file.lock().expect("a file").clone().expect("a copy");
    cache.newest = None;
    *server.file.lock().expect("a file") = Some(cache);
    let view = server.run().offline().expect("the change");
    assert_eq!(text(&view.content), "mine");
    server.fails(Name::StoreUnavailable);
    assert_eq!(text(&server.sees().await.content), "mine");
}

#[tokio::test]
async fn a_server_that_lost_the_wallet_is_not_taken_for_a_wrong_password() {
    let server = Server::with(1, b"first").await;
    server.fails(Name::WalletNotFound);
    let error = server.run().fetch().await.expect_err("never seen");
    assert!(matches!(error, CachedError::Client(_)), "{error}");
    server.fails(None);
    server.sees().await;
    server.fails(Name::WalletNotFound);
    let mut run = server.run();
    let view = run.fetch().await.expect("the copy");
    assert_eq!(text(&view.content), "first");
    assert!(
        matches!(view.standing, Standing::Lost(_)),
        "{:?}",
        view.standing
    );
    let error = run.save(b"second").await.expect_err("nowhere");
    assert!(matches!(error, CachedError::Undecided), "{error}");
}

#[tokio::test]
async fn what_does_not_open_is_replaced_by_what_the_device_has_if_its_owner_says_so() {
    let server = Server::with(4, b"first").await;
    server.sees().await;
    let spoiled = |revision| {
        let mut blob = seal(&keys(1), revision, b"anything").expect("sealed");
        *blob.last_mut().expect("a byte") ^= 1;
        blob
    };
    for (blob, above) in [(spoiled(9), 9), (b"not sealed at all".to_vec(), 10)] {
        server.holds(blob);
        let mut run = server.run();
        let view = run.fetch().await.expect("the copy");
        assert_eq!(text(&view.content), "first");
        assert!(
            matches!(view.standing, Standing::Lost(_)),
            "{:?}",
            view.standing
        );
        run.save(b"careless").await.expect_err("undecided");
        let mut run = server.run();
        let view = run.fetch().await.expect("the copy");
        run.choose(Some(&view.content.plaintext))
            .await
            .expect("put back");
        assert_eq!(server.plaintext(), b"first");
        let head = server.sees().await.content.head;
        assert_eq!(head.revision, above + 1);
    }

    // what nobody vouches for does not lead above what an honest server takes
    let before = server.shelf.lock().expect("a shelf").blob.clone();
    server.holds(spoiled(1 << 52));
    let mut run = server.run();
    let view = run.fetch().await.expect("the copy");
    run.choose(Some(&view.content.plaintext))
        .await
        .expect("kept");
    server.holds(before);
    assert_eq!(server.sees().await.content.head.revision, 11);
    let mut run = server.run();
    run.fetch().await.expect("a view");
    run.save(b"goes on").await.expect("stored");
    assert_eq!(server.plaintext(), b"goes on");
}

#[tokio::test]
async fn what_the_disk_has_spoiled_is_not_sent() {
    let server = conflict().await;
    let mut cache = server.file.lock().expect("a file").clone().expect("a copy");
    let pending = cache.pending.as_mut().expect("a change");
    let mut bytes = pending.blob.bytes().to_vec();
    *bytes.last_mut().expect("a byte") ^= 1;
    pending.blob = Signed::of(&keys(1), bytes, 2);
    let theirs = BlobHash::of(&server.shelf.lock().expect("a shelf").blob);
    pending.made_from.push(theirs);
    let (checked, spoiled) = cache.clone().checked(&keys(1));
    assert!(spoiled.pending && !spoiled.newest && checked.pending.is_none());
    *server.file.lock().expect("a file") = Some(cache);
    let error = server.run().fetch().await.expect_err("damaged");
    assert!(matches!(error, CachedError::Damaged), "{error}");
    assert_eq!(server.plaintext(), b"theirs");
}
