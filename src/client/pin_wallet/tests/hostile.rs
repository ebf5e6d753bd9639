//! A server that puts something of its own into the wallet, or loses something.

use super::*;

/// A key of the server's own: 32 bytes, as base64, and the object that it makes of them.
fn planted(value: impl Fn(&[u8]) -> String) -> KeyInfo {
    let private = PrivateKey::from_bytes(Secret::new([0x61; 32])).expect("a key");
    KeyInfo::from([
        ("pub", base64(private.public_key().as_bytes())),
        ("priv", value(private.expose())),
    ])
}

async fn sync(server: &Server, wallet: &mut PinWallet, unlocked: &Unlocked) -> Synced {
    let synced = wallet.sync(unlocked, &server.client(), 0).await;
    synced.expect("synced")
}

fn reads(object: &KeyInfo, text: &str) -> String {
    let value = object.get(text).expect("there");
    value.trim_start_matches('!').to_owned()
}

#[tokio::test]
async fn a_key_that_the_server_knows_is_never_given_out() {
    for prefix in ["!", "b64!"] {
        let server = Server::start().await;
        let (mut wallet, unlocked, keyphrase) = created(&server).await;
        let theirs = planted(|bytes| base64(bytes).replace('!', prefix));
        server.set(|kept| kept.objects = vec![theirs.json()]);
        wallet.addresses.clear();
        let synced = sync(&server, &mut wallet, &unlocked).await;
        assert_eq!((synced.clear, synced.foreign), (1, 0));
        let restored = PinWallet::restore(&server.client(), &keyphrase).await;
        let (mut restored, _, _) = restored.expect("restored");
        for wallet in [&mut wallet, &mut restored] {
            assert_eq!(wallet.reserve(), 0);
            let refused = wallet.take(NewDescription::Plain("x"), NOW);
            assert!(matches!(refused, Err(PinWalletError::ReserveEmpty)));
            let secret = wallet.take(NewDescription::Secret("x", &unlocked), NOW);
            assert!(matches!(secret, Err(PinWalletError::ReserveEmpty)));
            // but it can be read
            let address = &wallet.addresses(None)[0];
            assert_eq!(address.private_key, PrivateState::Clear);
            unlocked.private_key(address).expect("its own");
        }
    }
}

#[tokio::test]
async fn what_nobody_has_looked_at_is_not_given_out() {
    let server = Server::start().await;
    let (mut wallet, unlocked, _) = created(&server).await;
    // as if somebody had put objects into the file
    wallet.known = Known::default();
    assert_eq!(wallet.reserve(), 0);
    assert_eq!(
        wallet.addresses(None)[0].private_key,
        PrivateState::Unchecked
    );
    wallet.check(&unlocked);
    assert_eq!(wallet.reserve(), RESERVE);
}

#[tokio::test]
async fn a_description_is_never_a_private_key() {
    let server = Server::start().await;
    let (mut wallet, unlocked, _) = created(&server).await;
    // what a server might have asked somebody to write: 32 bytes that it knows
    let text = String::from_utf8([0x61; 32].to_vec()).expect("text");
    let address = wallet.take(NewDescription::Secret(&text, &unlocked), NOW);
    let address = address.expect("an address");
    let described = wallet.queue()[0]
        .object
        .get("desc")
        .expect("secret")
        .to_owned();
    let theirs = planted(|_| described.clone());
    server.set(|kept| kept.objects.push(theirs.json()));
    let synced = sync(&server, &mut wallet, &unlocked).await;
    assert_eq!((synced.foreign, wallet.reserve()), (1, RESERVE - 1));
    let name = address.key.expect("shown").name();
    let read = wallet.address(&name, Some(&unlocked)).expect("known");
    assert_eq!(shown(&read), text);
}

#[tokio::test]
async fn one_point_is_one_address_however_it_is_written() {
    let server = Server::start().await;
    let (mut wallet, unlocked, _) = created(&server).await;
    let own = wallet.wallet_addresses()[0].clone();
    let key = own.bytes("pub", None).and_then(key_info::Member::read);
    let key = AddressKey::from_slice(&key.expect("bytes")).expect("a key");
    let inner = bitcoin::PublicKey::from_slice(&key.to_bytes())
        .expect("a key")
        .inner;
    let uncompressed = bitcoin::PublicKey::new_uncompressed(inner).to_bytes();
    let hidden = encrypted(&unlocked.master().encrypt(&key.to_bytes()).expect("random"));
    let others = [
        base64(&uncompressed),
        base64(&uncompressed).replace('!', "b64!"),
        format!("b64!{}", reads(&own, "pub")),
    ];
    // before and after the one that this device wrote, with its private key
    for object in others {
        let private = own.get("priv").expect("there").to_owned();
        let object = KeyInfo::from([("pub", object), ("priv", private)]).json();
        server.set(|kept| kept.objects.insert(0, object.clone()));
        let synced = sync(&server, &mut wallet, &unlocked).await;
        assert_eq!((synced.foreign, wallet.reserve()), (0, RESERVE));
    }
    let addresses = wallet.addresses(None);
    assert_eq!(addresses.len(), RESERVE);
    // it is shown as this device wrote it, and found by each of its names
    assert!(addresses.iter().any(|it| it.key == Some(key)));
    let other = AddressKey::from_slice(&uncompressed).expect("a key");
    let found = wallet.address(&other.p2pkh(), None).expect("known");
    assert_eq!(found.key, Some(other));
    // what is described under a hidden key is not offered to whoever does not see it
    let secret = KeyInfo::from([("pub", hidden), ("desc", plain("in use"))]);
    server.set(|kept| kept.objects.push(secret.json()));
    sync(&server, &mut wallet, &unlocked).await;
    assert_eq!(wallet.reserve(), RESERVE - 1);
    let unused = wallet.addresses(Some(&unlocked));
    assert_eq!(
        unused.iter().filter(|it| it.is_unused()).count(),
        RESERVE - 1
    );
}

#[tokio::test]
async fn a_later_private_key_that_is_none_hides_no_good_one() {
    let server = Server::start().await;
    let (mut wallet, unlocked, _) = created(&server).await;
    let key = wallet.wallet_addresses()[0]
        .get("pub")
        .expect("a key")
        .to_owned();
    let stranger = Unlocked::from(&Keyphrase::new([9; 20]));
    let foreign = stranger.fresh_address().expect("random");
    for private in [
        "!",
        "enc!AAAA",
        "b64!AAAA",
        "zip!x",
        foreign.get("priv").expect("there"),
    ] {
        let garbage = KeyInfo::from([("pub", key.clone()), ("priv", private.to_owned())]);
        server.set(|kept| kept.objects.push(garbage.json()));
        let synced = sync(&server, &mut wallet, &unlocked).await;
        assert_eq!(
            (synced.foreign, wallet.reserve()),
            (0, RESERVE),
            "{private}"
        );
        let address = wallet.addresses(Some(&unlocked)).remove(0);
        unlocked.private_key(&address).expect("its own");
    }
    let printed = format!("{:?} {wallet:?}", wallet.addresses(None));
    assert!(!printed.contains("enc!"), "{printed}");
}

#[tokio::test]
async fn what_cannot_be_given_back_blocks_nothing() {
    let server = Server::start().await;
    let (mut wallet, unlocked, _) = created(&server).await;
    let refused = wallet.wallet_addresses()[1].json();
    let odd = KeyInfo::from([
        (
            "pub",
            wallet.wallet_addresses()[0]
                .get("pub")
                .expect("a key")
                .to_owned(),
        ),
        ("x", "none".to_owned()),
    ]);
    server.set(|kept| kept.objects.push(odd.json()));
    sync(&server, &mut wallet, &unlocked).await;
    take(&mut wallet, "Faucet");
    server.set(|kept| {
        kept.objects.clear();
        kept.refuses = Some(refused);
    });
    let synced = sync(&server, &mut wallet, &unlocked).await;
    let told = (synced.sent, synced.returned, synced.unreturned);
    assert_eq!(told, (1, RESERVE - 1, 2));
    // this device keeps them
    assert_eq!(wallet.wallet_addresses().len(), RESERVE + 2);
    server.set(|kept| kept.most = Some(0));
    server.set(|kept| kept.objects.clear());
    let synced = sync(&server, &mut wallet, &unlocked).await;
    assert!(
        synced.full && synced.unreturned == RESERVE + 2,
        "{synced:?}"
    );
}

#[tokio::test]
async fn a_wallet_that_its_server_lost_comes_back() {
    let server = Server::start().await;
    let (mut wallet, unlocked, keyphrase) = created(&server).await;
    let address = take(&mut wallet, "Faucet");
    drop(server);
    let other = Server::start().await;
    let pin = unlocked.create_again(&mut wallet, &other.client()).await;
    let pin = pin.expect("created");
    assert_eq!(
        wallet.server(),
        Some(other.client().address().url().as_str())
    );
    let synced = sync(&other, &mut wallet, &unlocked).await;
    assert_eq!((synced.returned, synced.sent), (RESERVE, 1));
    Unlocked::by_pin(&wallet, &other.client(), &pin)
        .await
        .expect("unlocked");
    let restored = PinWallet::restore(&other.client(), &keyphrase).await;
    let (restored, unlocked, _) = restored.expect("restored");
    let name = address.key.expect("shown").name();
    let address = restored.address(&name, None).expect("known");
    unlocked.private_key(&address).expect("its own");
    let stranger = Unlocked::from(&Keyphrase::new([9; 20]));
    let refused = stranger.create_again(&mut wallet, &other.client()).await;
    assert!(matches!(refused, Err(PinWalletError::OtherWallet)));
}

#[tokio::test]
async fn a_pin_that_could_steer_a_terminal_is_none() {
    for pin in [
        "",
        "\u{1b}[2J",
        "a\nkeyphrase E3",
        "tha8\u{e9}c",
        &"x".repeat(129),
    ] {
        let server = Server::start().await;
        server.set(|kept| kept.pin = Some(pin.to_owned()));
        let keyphrase = Keyphrase::random().expect("random");
        let made = PinWallet::create(&server.client(), &keyphrase).await;
        let restored = PinWallet::restore(&server.client(), &keyphrase).await;
        for refused in [made, restored] {
            let error = refused.expect_err("no pin");
            assert!(error.to_string().contains("no pin"), "{error}");
        }
    }
}
