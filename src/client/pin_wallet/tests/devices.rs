//! Two devices with one wallet.

use super::*;

async fn sync(
    server: &Server,
    wallet: &mut PinWallet,
    unlocked: &Unlocked,
    reserve: usize,
) -> Synced {
    let synced = wallet.sync(unlocked, &server.client(), reserve).await;
    synced.expect("synced")
}

fn name(address: &PinAddress) -> String {
    address.key.expect("shown").name()
}

#[tokio::test]
async fn a_device_gives_out_what_it_made_itself() {
    let server = Server::start().await;
    let (mut laptop, unlocked, keyphrase) = created(&server).await;
    let restored = PinWallet::restore(&server.client(), &keyphrase).await;
    let (mut phone, _, _) = restored.expect("restored");
    // it can give out what the other one made, if there is nothing else
    assert_eq!(phone.reserve(), RESERVE);
    assert_eq!(
        sync(&server, &mut phone, &unlocked, RESERVE).await.made,
        RESERVE
    );
    assert_eq!(phone.reserve(), 2 * RESERVE);
    for _ in 0..RESERVE {
        assert!(take(&mut phone, "phone").made);
        assert!(take(&mut laptop, "laptop").made);
    }
    assert!(!take(&mut phone, "phone").made);
    let mut phone = PinWallet::from_json(&phone.to_json()).expect("kept");
    sync(&server, &mut laptop, &unlocked, RESERVE).await;
    let synced = sync(&server, &mut phone, &unlocked, RESERVE).await;
    // the one that was not its own
    assert_eq!(synced.clashes.len(), 1);
    assert_eq!(synced.made, RESERVE);
}

#[tokio::test]
async fn what_was_made_and_not_answered_is_this_device_s_own() {
    let server = Server::start().await;
    let (mut wallet, unlocked, _) = created(&server).await;
    take(&mut wallet, "x");
    sync(&server, &mut wallet, &unlocked, 0).await;
    // both times: the call is repeated once
    server.set(|kept| kept.forgets_to_answer = true);
    let lost = wallet.sync(&unlocked, &server.client(), RESERVE).await;
    lost.expect_err("not answered");
    assert_eq!(sync(&server, &mut wallet, &unlocked, RESERVE).await.made, 0);
    assert_eq!(wallet.own_reserve(), RESERVE);
}

#[tokio::test]
async fn what_was_given_out_and_dropped_is_not_given_out_again() {
    let server = Server::start().await;
    let (mut wallet, unlocked, keyphrase) = created(&server).await;
    let address = take(&mut wallet, "told somebody");
    wallet.drop_action(1).expect("queued");
    sync(&server, &mut wallet, &unlocked, 0).await;
    let export = wallet.to_export();
    let mut wallet = PinWallet::from_json(&wallet.to_json()).expect("kept");
    let restored = PinWallet::restore_offline(&keyphrase, &export);
    for wallet in [&mut wallet, &mut restored.expect("restored").0] {
        assert_eq!(wallet.reserve(), RESERVE - 1);
        while wallet.reserve() > 0 {
            assert_ne!(take(wallet, "x").key, address.key);
        }
    }
}

#[tokio::test]
async fn a_sync_that_sends_nothing_keeps_what_it_heard() {
    let server = Server::start().await;
    let (mut phone, unlocked, _) = created(&server).await;
    let mut laptop = phone.clone();
    while phone.reserve() > 1 {
        take(&mut phone, "phone");
    }
    sync(&server, &mut phone, &unlocked, 0).await;
    let name_of_last = {
        let unused = phone
            .addresses(None)
            .into_iter()
            .find(PinAddress::is_unused);
        name(&unused.expect("one"))
    };
    let described = laptop.describe(&name_of_last, NewDescription::Plain("bad"), NOW);
    described.expect("described");
    server.set(|kept| kept.rejects = Some(0));
    let refused = laptop.sync(&unlocked, &server.client(), 0).await;
    assert!(matches!(
        refused,
        Err(PinWalletError::ActionRefused { number: 1, .. })
    ));
    assert_eq!((laptop.queue().len(), laptop.reserve()), (1, 0));
    let known = laptop.addresses(None);
    let phones = known
        .iter()
        .filter(|it| it.description == Some(Description::Shown("phone".into())));
    assert_eq!(phones.count(), RESERVE - 1);
}

#[tokio::test]
async fn a_clash_is_told_also_when_the_answer_was_lost() {
    let server = Server::start().await;
    let (mut phone, unlocked, _) = created(&server).await;
    let mut laptop = phone.clone();
    let mut third = phone.clone();
    while phone.reserve() > 0 {
        take(&mut phone, "phone");
    }
    let address = take(&mut laptop, "laptop");
    let mut objects: Vec<_> = phone.queue().iter().map(|it| it.object.json()).collect();
    for object in &mut objects {
        object["desc"] = "!phone\u{7}".into();
    }
    // the phone is quicker than the laptop, which downloaded before
    sync(&server, &mut laptop, &unlocked, 0).await;
    server.set(|kept| {
        let mine = kept.objects.pop().expect("sent");
        kept.objects.extend(objects);
        kept.objects.push(mine);
    });
    let mut laptop = PinWallet::from_json(&laptop.to_json()).expect("kept");
    let synced = sync(&server, &mut laptop, &unlocked, 0).await;
    assert_eq!(
        (synced.clashes.len(), &synced.clashes[0].address),
        (1, &name(&address))
    );
    let joined = laptop.address(&name(&address), None).expect("known");
    assert_eq!(shown(&joined), "phone ; laptop");
    assert_eq!(sync(&server, &mut laptop, &unlocked, 0).await.clashes, []);
    // a refusal tells nobody, and the next one does, also after the file was read again
    take(&mut third, "third");
    server.set(|kept| kept.rejects = Some(0));
    let refused = third.sync(&unlocked, &server.client(), 0).await;
    refused.expect_err("refused");
    let mut third = PinWallet::from_json(&third.to_json()).expect("kept");
    server.set(|kept| kept.rejects = None);
    assert_eq!(
        sync(&server, &mut third, &unlocked, 0).await.clashes.len(),
        1
    );
}

#[tokio::test]
async fn a_clash_is_seen_in_another_encoding() {
    let server = Server::start().await;
    let (mut phone, unlocked, _) = created(&server).await;
    let mut laptop = phone.clone();
    while phone.reserve() > 0 {
        take(&mut phone, "phone");
    }
    take(&mut laptop, "laptop");
    let mut objects: Vec<_> = phone.queue().iter().map(|it| it.object.clone()).collect();
    for object in &mut objects {
        let other = object.get("pub").expect("a key").replace('!', "b64!");
        object.set("pub", other);
    }
    server.set(|kept| kept.objects.extend(objects.iter().map(KeyInfo::json)));
    let synced = sync(&server, &mut laptop, &unlocked, 0).await;
    assert_eq!(synced.clashes.len(), 1);
}

#[tokio::test]
async fn a_description_that_comes_back_covers_no_newer_one() {
    let server = Server::start().await;
    let (mut wallet, unlocked, _) = created(&server).await;
    let address = name(&take(&mut wallet, "first"));
    sync(&server, &mut wallet, &unlocked, 0).await;
    let second = wallet.describe(&address, NewDescription::Plain("second"), Time(NOW.0 + 1));
    second.expect("described");
    sync(&server, &mut wallet, &unlocked, 0).await;
    // the older one is lost
    server.set(|kept| drop(kept.objects.remove(RESERVE)));
    let synced = sync(&server, &mut wallet, &unlocked, 0).await;
    assert_eq!((synced.returned, synced.clashes.len()), (0, 0));
    assert_eq!(
        shown(&wallet.address(&address, None).expect("known")),
        "second"
    );
    // all are lost, and another device described the address meanwhile
    let theirs = KeyInfo::from([
        (
            "pub",
            wallet.wallet_addresses()[RESERVE]
                .get("pub")
                .expect("a key")
                .to_owned(),
        ),
        ("desc", plain("third")),
    ]);
    server.set(|kept| {
        kept.objects.truncate(RESERVE);
        kept.objects.push(theirs.json());
    });
    let synced = sync(&server, &mut wallet, &unlocked, 0).await;
    assert_eq!((synced.returned, synced.clashes.len()), (1, 1));
    assert_eq!(
        shown(&wallet.address(&address, None).expect("known")),
        "third; second"
    );
}

#[tokio::test]
async fn a_full_wallet_takes_what_fits_and_the_rest_waits() {
    let server = Server::start().await;
    let (mut wallet, unlocked, _) = created(&server).await;
    for n in 0..RESERVE {
        take(&mut wallet, &n.to_string());
    }
    // of several descriptions that wait, the last one is sent
    let address = wallet.addresses(None).remove(0);
    for n in 0..100 {
        let text = format!("{n}");
        let described = wallet.describe(&name(&address), NewDescription::Plain(&text), NOW);
        described.expect("described");
    }
    assert_eq!(wallet.queue().len(), RESERVE + 1);
    server.set(|kept| kept.most = Some(RESERVE + 4));
    let synced = sync(&server, &mut wallet, &unlocked, RESERVE).await;
    assert_eq!((synced.sent, synced.unsent, synced.made), (4, 2, 0));
    assert!(synced.full);
    assert_eq!(wallet.queue().len(), 2);
    server.set(|kept| kept.most = None);
    let synced = sync(&server, &mut wallet, &unlocked, RESERVE).await;
    assert_eq!((synced.sent, synced.unsent, synced.made), (2, 0, RESERVE));
}

#[tokio::test]
async fn an_export_has_what_is_queued() {
    let server = Server::start().await;
    let (mut wallet, _, keyphrase) = created(&server).await;
    let address = name(&take(&mut wallet, "Faucet"));
    let restored = PinWallet::restore_offline(&keyphrase, &wallet.to_export());
    let (mut restored, _) = restored.expect("restored");
    assert_eq!(restored.queue(), wallet.queue());
    assert_eq!(
        shown(&restored.address(&address, None).expect("known")),
        "Faucet"
    );
    // both are told once
    let other = take(&mut restored, "here");
    wallet.adopt(restored).expect("the same wallet");
    assert_eq!(wallet.queue().len(), 2);
    assert!(wallet.address(&name(&other), None).expect("known").queued);
}
