//! The wallet against a server of the test's own, which keeps what it is given and fails when it is told to.

mod devices;
mod hostile;
mod server;

use server::Server;

use super::key_info::{base64, encrypted, plain};
use super::*;
use crate::clock::Time;
use crate::crypto::{Keyphrase, Pin};
use crate::protocol::Name;

const NOW: Time = Time(1_795_312_216_123);

impl KeyInfo {
    /// As it goes over the wire.
    fn json(&self) -> serde_json::Value {
        serde_json::to_value(self).expect("JSON")
    }
}

async fn created(server: &Server) -> (PinWallet, Unlocked, Keyphrase) {
    let keyphrase = Keyphrase::random().expect("random");
    let made = PinWallet::create(&server.client(), &keyphrase).await;
    let (mut wallet, unlocked, pin) = made.expect("created");
    assert_eq!(pin.expose(), "tha8ec");
    let synced = wallet.sync(&unlocked, &server.client(), RESERVE).await;
    assert_eq!(synced.expect("synced").made, RESERVE);
    (wallet, unlocked, keyphrase)
}

fn take(wallet: &mut PinWallet, description: &str) -> PinAddress {
    let taken = wallet.take(NewDescription::Plain(description), NOW);
    taken.expect("an address")
}

fn shown(address: &PinAddress) -> &str {
    match &address.description {
        Some(Description::Shown(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_done_locked_is_sent_when_unlocked_and_reaches_the_other_device() {
    let server = Server::start().await;
    let (mut wallet, _, keyphrase) = created(&server).await;
    let address = take(&mut wallet, "Faucet");
    assert!(address.queued && shown(&address) == "Faucet");
    let name = address.key.expect("shown").p2pkh();
    let described = wallet.describe(&name, NewDescription::Plain("Bob"), NOW);
    assert_eq!(shown(&described.expect("described")), "Bob");
    assert_eq!((wallet.reserve(), wallet.queue().len()), (RESERVE - 1, 2));
    // what a device keeps is enough to go on
    let mut wallet = PinWallet::from_json(&wallet.to_json()).expect("kept");

    let wrong = Unlocked::by_pin(&wallet, &server.client(), &Pin::typed("wrong".into())).await;
    let wrong = wrong.expect_err("wrong");
    assert_eq!(
        wrong.client().and_then(|it| it.server_error()),
        Some(Name::InvalidPin)
    );
    let pin = Pin::typed("tha8ec".into());
    let unlocked = Unlocked::by_pin(&wallet, &server.client(), &pin).await;
    let unlocked = unlocked.expect("unlocked");
    let synced = wallet.sync(&unlocked, &server.client(), RESERVE).await;
    let expected = Synced {
        sent: 2,
        made: 1,
        ..Synced::default()
    };
    assert_eq!(synced.expect("synced"), expected);
    assert_eq!((wallet.reserve(), wallet.queue().len()), (RESERVE, 0));

    let restored = PinWallet::restore(&server.client(), &keyphrase).await;
    let (other, unlocked, _) = restored.expect("restored");
    assert!(other.opens_with_pin());
    assert_eq!(other.wallet_addresses(), wallet.wallet_addresses());
    let address = other.address(&name, None).expect("known");
    assert_eq!(shown(&address), "Bob");
    let private = unlocked.private_key(&address).expect("its own");
    assert!(address.key.expect("shown").belongs_to(&private));
    // a description that comes back is one more object, and the last one counts
    wallet
        .describe(&name, NewDescription::Plain("Faucet"), Time(NOW.0 + 1))
        .expect("described");
    wallet
        .sync(&unlocked, &server.client(), RESERVE)
        .await
        .expect("synced");
    assert_eq!(
        shown(&wallet.address(&name, None).expect("known")),
        "Faucet"
    );
}

#[tokio::test]
async fn what_was_sent_and_not_answered_is_sent_again_and_there_once() {
    let server = Server::start().await;
    let (mut wallet, unlocked, _) = created(&server).await;
    take(&mut wallet, "Faucet");
    server.set(|kept| kept.forgets_to_answer = true);
    wallet
        .sync(&unlocked, &server.client(), 0)
        .await
        .expect_err("not answered");
    assert_eq!((wallet.queue().len(), server.count()), (1, RESERVE + 1));
    let synced = wallet
        .sync(&unlocked, &server.client(), 0)
        .await
        .expect("synced");
    assert_eq!((synced.sent, synced.clashes.len()), (1, 0));
    assert_eq!(server.count(), RESERVE + 1);
}

#[tokio::test]
async fn an_address_that_two_devices_gave_out_says_both() {
    let server = Server::start().await;
    let (mut phone, unlocked, _) = created(&server).await;
    let mut laptop = phone.clone();
    while phone.reserve() > 0 {
        take(&mut phone, "phone");
    }
    let address = take(&mut laptop, "laptop");
    phone
        .sync(&unlocked, &server.client(), 0)
        .await
        .expect("synced");
    server.set(|kept| kept.forgets_to_answer = true);
    laptop
        .sync(&unlocked, &server.client(), 0)
        .await
        .expect_err("not answered");
    let synced = laptop
        .sync(&unlocked, &server.client(), 0)
        .await
        .expect("synced");
    // nobody was told before, and it is not joined twice
    let clash = Clash {
        address: address.key.expect("shown").name(),
        theirs: Some("phone".to_owned()),
    };
    assert_eq!(synced.clashes, [clash]);
    let name = address.key.expect("shown").name();
    let joined = laptop.address(&name, None).expect("known");
    assert_eq!(shown(&joined), "phone; laptop");
}

#[tokio::test]
async fn what_the_server_lost_it_is_given_again() {
    let server = Server::start().await;
    let (mut wallet, unlocked, _) = created(&server).await;
    take(&mut wallet, "Faucet");
    server.set(|kept| kept.objects.truncate(2));
    let synced = wallet
        .sync(&unlocked, &server.client(), 0)
        .await
        .expect("synced");
    assert_eq!((synced.returned, synced.sent), (RESERVE - 2, 1));
    assert_eq!(server.count(), RESERVE + 1);
    assert_eq!(wallet.wallet_addresses().len(), RESERVE + 1);
}

#[tokio::test]
async fn a_key_that_somebody_else_put_there_is_never_given_out() {
    let server = Server::start().await;
    let (mut wallet, unlocked, _) = created(&server).await;
    let stranger = Unlocked::from(&Keyphrase::new([9; 20]));
    let foreign = stranger.fresh_address().expect("random");
    let mut swapped = unlocked.fresh_address().expect("random");
    swapped.set(
        "pub",
        foreign.get("pub").expect("a key").replace('!', "b64!"),
    );
    server.set(|kept| kept.objects = vec![foreign.json()]);
    wallet.addresses.clear();
    let synced = wallet
        .sync(&unlocked, &server.client(), 0)
        .await
        .expect("synced");
    assert_eq!((synced.foreign, wallet.reserve()), (1, 0));
    let refused = wallet
        .take(NewDescription::Plain("x"), NOW)
        .expect_err("none");
    assert!(matches!(refused, PinWalletError::ReserveEmpty));
    server.set(|kept| kept.objects = vec![swapped.json()]);
    wallet.addresses.clear();
    wallet
        .sync(&unlocked, &server.client(), 0)
        .await
        .expect("synced");
    assert_eq!(wallet.reserve(), 0);
    // also after the file was read again
    let wallet = PinWallet::from_json(&wallet.to_json()).expect("kept");
    assert_eq!(wallet.addresses(None)[0].private_key, PrivateState::Foreign);
}

#[tokio::test]
async fn what_the_server_refuses_is_named_and_can_be_dropped() {
    let server = Server::start().await;
    let (mut wallet, unlocked, _) = created(&server).await;
    take(&mut wallet, "good");
    take(&mut wallet, "bad");
    server.set(|kept| kept.rejects = Some(1));
    let refused = wallet
        .sync(&unlocked, &server.client(), 0)
        .await
        .expect_err("refused");
    assert!(
        matches!(refused, PinWalletError::ActionRefused { number: 2, .. }),
        "{refused}"
    );
    assert_eq!(wallet.queue().len(), 2);
    let dropped = wallet.drop_action(2).expect("queued");
    assert!(
        dropped.words().ends_with("as \"bad\""),
        "{}",
        dropped.words()
    );
    assert!(wallet.drop_action(2).is_err());
    // somebody may have been told both
    assert_eq!(wallet.reserve(), RESERVE - 2);
    // a number is never given twice
    take(&mut wallet, "again");
    assert_eq!(wallet.queue()[1].number, 3);
    server.set(|kept| {
        kept.rejects = None;
        kept.most = Some(RESERVE + 2);
    });
    let synced = wallet
        .sync(&unlocked, &server.client(), RESERVE)
        .await
        .expect("synced");
    assert!(
        synced.full && synced.sent == 2 && synced.made == 0,
        "{synced:?}"
    );
}

#[tokio::test]
async fn a_server_that_lets_nobody_in_gives_the_wallet_to_the_keyphrase() {
    let server = Server::start().await;
    let (_, _, keyphrase) = created(&server).await;
    server.set(|kept| kept.lets_nobody_in = true);
    let restored = PinWallet::restore(&server.client(), &keyphrase).await;
    let (mut wallet, unlocked, _) = restored.expect("restored");
    assert!(!wallet.opens_with_pin() && wallet.reserve() == RESERVE);
    let pin = Pin::typed("tha8ec".into());
    let before = server.named("wallet/login");
    let refused = Unlocked::by_pin(&wallet, &server.client(), &pin).await;
    assert!(matches!(refused, Err(PinWalletError::NoCstoreBox)));
    assert_eq!(server.named("wallet/login"), before, "not asked in vain");
    server.set(|kept| kept.lets_nobody_in = false);
    unlocked
        .access(&mut wallet, &server.client())
        .await
        .expect("the pin");
    Unlocked::by_pin(&wallet, &server.client(), &pin)
        .await
        .expect("unlocked");
    // a server that gives another key
    server.set(|kept| kept.cstore_key = "00".repeat(32).into());
    let refused = Unlocked::by_pin(&wallet, &server.client(), &pin).await;
    assert!(matches!(refused, Err(PinWalletError::CstoreBox)));
}

#[tokio::test]
async fn an_export_and_the_keyphrase_are_enough_without_a_server() {
    let server = Server::start().await;
    let (mut wallet, unlocked, keyphrase) = created(&server).await;
    let secret = NewDescription::Secret("hidden", &unlocked);
    let address = wallet.take(secret, NOW).expect("an address");
    wallet
        .sync(&unlocked, &server.client(), 0)
        .await
        .expect("synced");
    let export = wallet.to_export();
    drop(server);

    let text = String::from_utf8(export.clone()).expect("text");
    let kept = String::from_utf8(wallet.to_json()).expect("text");
    let pass_key = MasterKey::from(&keyphrase).pass_key();
    for secret in [
        &keyphrase.to_string(),
        &hex::encode(keyphrase.expose()),
        "tha8ec",
        &*pass_key.hex(),
        "hidden",
    ] {
        assert!(!text.contains(secret) && !kept.contains(secret), "{secret}");
    }
    assert!(!text.contains("cstoreBox") && kept.contains("cstoreBox"));

    let restored = PinWallet::restore_offline(&keyphrase, &export);
    let (restored, unlocked) = restored.expect("restored");
    let name = address.key.expect("shown").name();
    let locked = restored.address(&name, None).expect("known");
    assert_eq!(locked.description, Some(Description::Hidden));
    assert!(locked.hides_something());
    let open = restored.address(&name, Some(&unlocked)).expect("known");
    assert_eq!(shown(&open), "hidden");
    unlocked.private_key(&open).expect("its own");
    let other = PinWallet::restore_offline(&Keyphrase::new([1; 20]), &export);
    assert!(matches!(other, Err(PinWalletError::OtherWallet)));
    for damaged in [
        &export[..export.len() - 5],
        b"",
        b"[]",
        br#"{"larimarPinWallet": 2}"#,
    ] {
        let read = PinWallet::from_json(damaged);
        assert!(matches!(read, Err(PinWalletError::Form(_))));
    }
}

#[test]
fn what_is_not_known_is_ignored_and_kept() {
    let unlocked = Unlocked::from(&Keyphrase::new([7; 20]));
    let known = unlocked.fresh_address().expect("random");
    let key = known
        .bytes("pub", None)
        .and_then(key_info::Member::read)
        .expect("a key");
    let hidden = encrypted(&unlocked.master().encrypt(&key).expect("random"));
    let strange = KeyInfo::from([("pub", "zip!x".to_owned()), ("label", plain("x"))]);
    let odd = KeyInfo::from([
        ("pub", base64(&key)),
        ("desc", "zip!x".into()),
        ("x", "b64!*".into()),
    ]);
    let book = unlocked.fresh_address().expect("random");
    let book = KeyInfo::from([
        ("pub", book.get("pub").expect("a key").into()),
        ("desc", plain("Eve")),
    ]);
    let mut newer = unlocked.fresh_address().expect("random");
    newer.set("priv", "v2!x".to_owned());
    let mut wallet = PinWallet::new(unlocked.master().access_key());
    wallet.addresses = vec![
        KeyInfo::from([("pub", hidden), ("desc", plain("secret saving"))]),
        strange,
        KeyInfo::default(),
        odd,
        book,
        newer,
    ];
    let locked = wallet.addresses(None);
    assert_eq!(locked.len(), 4);
    assert!(locked[0].key.is_none() && locked[0].hides_something());
    assert_eq!(locked[1].description, Some(Description::Unreadable));
    assert_eq!(locked[2].private_key, PrivateState::Absent);
    assert_eq!(locked[3].private_key, PrivateState::Absent);
    assert_eq!(wallet.reserve(), 0, "none of them can be given out");
    // unlocked, it is seen that two of them are the same key
    assert_eq!(wallet.addresses(Some(&unlocked)).len(), 3);
    wallet.check(&unlocked);
    assert!(wallet.known.foreign.is_empty(), "nobody is suspected");
    let again = PinWallet::from_json(&wallet.to_json()).expect("kept");
    assert_eq!(again, wallet);
    let long = "x".repeat(257);
    for text in ["a\nb", long.as_str()] {
        let name = locked[2].key.expect("shown").name();
        let refused = wallet.describe(&name, NewDescription::Plain(text), NOW);
        assert!(matches!(refused, Err(PinWalletError::Description)));
    }
}
