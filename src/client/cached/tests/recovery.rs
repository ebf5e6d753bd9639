use super::*;
use crate::clock::{Clock, SystemClock};

/// What a device kept under former keys.
fn former(newest: &[u8], kept: &[u8]) -> Cache {
    let former = keys(2);
    let newest = Signed::seal(&former, 3, newest).expect("sealed");
    Cache {
        pending: Some(Pending {
            made_from: vec![newest.head().local_hash],
            blob: Signed::seal(&former, 4, kept).expect("sealed"),
            since: SystemClock.now(),
        }),
        newest: Some(LastSeen {
            blob: newest,
            updated: WHEN.to_owned(),
            asked: SystemClock.now(),
        }),
        ..Cache::empty("elsewhere", former.public_key)
    }
}

#[tokio::test]
async fn a_change_under_former_keys_is_stored_if_the_wallet_holds_what_it_was_made_from() {
    let server = Server::with(9, b"first").await;
    let kept = former(b"first", b"kept");
    let view = server.run().recover(&kept, &keys(2)).await.expect("a view");
    assert!(view.sent && matches!(view.standing, Standing::Current));
    assert_eq!(server.plaintext(), b"kept");
    assert!(!server.pending());
    // once more, as after a crash before it was dropped
    let again = server.run().recover(&kept, &keys(2)).await.expect("a view");
    assert!(!again.sent && matches!(again.standing, Standing::Current));
}

#[tokio::test]
async fn a_change_under_former_keys_is_a_conflict_beside_anything_else() {
    let server = Server::with(9, b"of another").await;
    let kept = former(b"first", b"kept");
    let view = server.run().recover(&kept, &keys(2)).await.expect("a view");
    assert_eq!(
        (text(&view.content), text(other(&view))),
        ("of another", "kept")
    );
    assert_eq!(server.plaintext(), b"of another");
    // a change that is undecided is not put aside for another
    let refused = server.run().recover(&kept, &keys(2)).await;
    assert!(
        matches!(refused, Err(CachedError::Undecided)),
        "{refused:?}"
    );
    let refused = server.run().recover(&kept, &keys(3)).await;
    assert!(matches!(refused, Err(CachedError::Damaged)), "{refused:?}");

    // what was divided before stays so
    let server = Server::with(9, b"first").await;
    let mut kept = kept;
    kept.pending.as_mut().expect("a change").made_from.clear();
    let view = server.run().recover(&kept, &keys(2)).await.expect("a view");
    assert_eq!((text(&view.content), text(other(&view))), ("first", "kept"));

    // out of reach, it stays where it is
    let server = Server::with(9, b"first").await;
    server.fails(Name::Internal);
    let refused = server
        .run()
        .recover(&former(b"first", b"kept"), &keys(2))
        .await;
    assert!(
        matches!(refused, Err(CachedError::Client(_))),
        "{refused:?}"
    );
    assert!(!server.pending());
}
