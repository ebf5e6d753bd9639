//! `requestCode`, and what its codes are good for.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use larimar::crypto::Code;
use larimar::mail::memory::Outcome;
use larimar::mail::{EmailAddress, MailError, Mailer, Reply};
use serde_json::json;

use super::hand::person;
use super::harness::{DAY, Larimard};

#[tokio::test]
async fn the_answer_is_the_same_whether_or_not_there_is_a_wallet() {
    let server = Larimard::start().await;
    let before = server.ok("requestCode", json!(["alice@example.com"])).await;
    assert_eq!(before, json!({"expires_in": 1800, "retry_after": 0}));
    let code = server.mailed("alice@example.com").unwrap();
    server
        .ok("createWallet", person(1).create(&code, b"one"))
        .await;
    assert_eq!(
        server.ok("requestCode", json!(["alice@example.com"])).await,
        before
    );
    assert!(server.mailed("alice@example.com").is_some());
}

#[tokio::test]
async fn a_code_has_four_groups_of_four() {
    let server = Larimard::start().await;
    let code = server.fresh_code().await;
    let groups: Vec<&str> = code.split('-').collect();
    assert_eq!(groups.len(), 4);
    for group in groups {
        assert_eq!(group.len(), 4);
        assert!(
            group
                .chars()
                .all(|c| "0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(c)),
            "{code}"
        );
    }
}

#[tokio::test]
async fn a_code_is_read_as_people_write_it() {
    let server = Larimard::start().await;
    let forms: [fn(&str) -> String; 8] = [
        |code| code.to_lowercase(),
        |code| code.replace('-', ""),
        |code| code.replace('-', " "),
        |code| format!("  {}\n", code.replace('-', " - ")),
        |code| code.replace('-', "\u{2010}"),
        |code| {
            code.replace('-', "\u{2015}")
                .replacen('\u{2015}', "\u{2212}", 1)
        },
        |code| code.replace('1', "l").replace('0', "o"),
        |code| {
            code.replace('1', "I")
                .replace('0', "O")
                .replace('-', "\u{a0}")
        },
    ];
    for (number, form) in forms.into_iter().enumerate() {
        let code = form(&server.fresh_code().await);
        let someone = person(u8::try_from(number).unwrap() + 1);
        server
            .ok("createWallet", someone.create(&code, b"blob"))
            .await;
    }
    let code = server.fresh_code().await;
    for malformed in [
        String::new(),
        code[1..].to_owned(),
        format!("{code}0"),
        format!("U{}", &code[1..]),
        format!("_{code}"),
        code.replace('-', "_"),
    ] {
        server
            .refused(
                "InvalidCode",
                "createWallet",
                person(100).create(&malformed, b"blob"),
            )
            .await;
    }
    server
        .ok("createWallet", person(100).create(&code, b"blob"))
        .await;
}

#[tokio::test]
async fn a_code_expires() {
    let server = Larimard::with(|settings| settings.codes.expire_seconds = 600).await;
    let sent = server.ok("requestCode", json!(["alice@example.com"])).await;
    assert_eq!(sent["expires_in"], 600);
    let first = server.mailed("alice@example.com").unwrap();
    server.clock.advance(1);
    let second = server.code("alice@example.com").await;
    server.clock.advance(599);
    server
        .refused(
            "InvalidCode",
            "createWallet",
            person(1).create(&first, b"one"),
        )
        .await;
    server
        .ok("createWallet", person(1).create(&second, b"one"))
        .await;
}

#[tokio::test]
async fn codes_of_one_address_stand_side_by_side() {
    let server = Larimard::start().await;
    let mut codes = Vec::new();
    for _ in 0..3 {
        codes.push(server.code("alice@example.com").await);
    }
    assert!(codes[0] != codes[1] && codes[1] != codes[2]);
    server
        .ok("createWallet", person(1).create(&codes[1], b"one"))
        .await;
    server.ok("deleteWallet", person(1).delete(b"one")).await;
    server
        .ok("createWallet", person(2).create(&codes[0], b"two"))
        .await;
    server
        .ok("createWallet", person(3).replace(&codes[2], b"three"))
        .await;
    for code in codes {
        server
            .refused(
                "InvalidCode",
                "createWallet",
                person(4).replace(&code, b"four"),
            )
            .await;
    }
}

#[tokio::test]
async fn codes_survive_a_restart_and_so_does_their_being_spent() {
    let mut server = Larimard::start().await;
    let spent = server.code("alice@example.com").await;
    let request = person(1).create(&spent, b"one");
    let created = server.ok("createWallet", request.clone()).await;
    let unspent = server.code("bob@example.com").await;
    let expired = server.code("carol@example.com").await;
    server.restart().await;
    server.clock.advance(60);
    assert_eq!(server.ok("createWallet", request).await, created);
    server
        .refused(
            "InvalidCode",
            "createWallet",
            person(2).create(&spent, b"two"),
        )
        .await;
    server
        .ok("createWallet", person(2).create(&unspent, b"two"))
        .await;
    server.clock.advance(1740);
    server
        .refused(
            "InvalidCode",
            "createWallet",
            person(3).create(&expired, b"three"),
        )
        .await;
}

#[tokio::test]
async fn a_failed_call_spends_no_code() {
    let server = Larimard::start().await;
    let (alice, bob) = (person(1), person(2));
    server.create(&alice, b"one").await;
    let code = server.fresh_code().await;
    server
        .refused("WalletExists", "createWallet", alice.create(&code, b"two"))
        .await;
    server
        .refused(
            "InvalidData",
            "createWallet",
            bob.create(&code, b"larimar/"),
        )
        .await;
    server
        .refused(
            "InvalidSignature",
            "createWallet",
            super::hand::with(bob.create(&code, b"x"), "publickey", alice.key()),
        )
        .await;
    server.ok("createWallet", bob.create(&code, b"bob's")).await;
}

#[tokio::test]
async fn a_code_whose_mail_failed_is_void() {
    /// Lets the test see the codes of mails that failed.
    #[derive(Default)]
    struct Failing(std::sync::Mutex<Option<Code>>);

    impl Mailer for Failing {
        fn send_code<'a>(
            &'a self,
            _: &'a EmailAddress,
            code: &'a Code,
            _: u64,
        ) -> BoxFuture<'a, Result<(), MailError>> {
            *self.0.lock().unwrap() = Some(code.clone());
            Box::pin(async { Err(MailError::Refused(Reply::Smtp(550))) })
        }
    }

    let mailer = Arc::new(Failing::default());
    let server = Larimard::with_mailer(Arc::clone(&mailer) as Arc<dyn Mailer>).await;
    let refusal = server
        .refused("MailFailed", "requestCode", json!(["alice@example.com"]))
        .await;
    assert_eq!(refusal.details(), json!({}), "no cause on the wire");
    let code = mailer.0.lock().unwrap().take().unwrap().to_string();
    server
        .refused(
            "InvalidCode",
            "createWallet",
            person(1).create(&code, b"one"),
        )
        .await;
}

#[tokio::test]
async fn a_failed_mail_leaves_other_codes_alone() {
    let server = Larimard::start().await;
    let code = server.code("alice@example.com").await;
    server
        .mail
        .becomes(Outcome::Fails(MailError::Deferred(Reply::Smtp(451))));
    server
        .refused("MailFailed", "requestCode", json!(["alice@example.com"]))
        .await;
    server
        .ok("createWallet", person(1).create(&code, b"one"))
        .await;
    server.mail.becomes(Outcome::Kept);
    server.code("alice@example.com").await;
}

#[tokio::test]
async fn a_fault_of_the_server_is_internal_with_a_request_id_and_takes_nothing_down() {
    struct Panicking;

    impl Mailer for Panicking {
        fn send_code<'a>(
            &'a self,
            _: &'a EmailAddress,
            _: &'a Code,
            _: u64,
        ) -> BoxFuture<'a, Result<(), MailError>> {
            Box::pin(async { panic!("the test wants this") })
        }
    }

    let mut server = Larimard::with_mailer(Arc::new(Panicking)).await;
    let refusal = server
        .refused("Internal", "requestCode", json!(["alice@example.com"]))
        .await;
    let request = refusal.data["request"].as_str().unwrap().to_owned();
    assert_eq!(refusal.details(), json!({"request": request}));
    server.ok("serverInfo", json!([])).await;
    server.stop().await;
    let log = std::fs::read_to_string(server.access_log()).unwrap();
    let line = log.lines().find(|line| line.contains(&request)).unwrap();
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!(
        (&line["method"], &line["outcome"]),
        (&json!("requestCode"), &json!("Internal"))
    );
}

#[tokio::test]
async fn an_address_has_one_wallet_until_it_is_deleted() {
    let server = Larimard::start().await;
    let (alice, new) = (person(1), person(2));
    let address = "alice@example.com";
    let code = server.code(address).await;
    server.ok("createWallet", alice.create(&code, b"one")).await;
    let code = server.code(address).await;
    server
        .nothing_changes(
            &[&alice, &new],
            "EmailInUse",
            "createWallet",
            new.create(&code, b"two"),
        )
        .await;
    // the address moves along with a change of the password
    server
        .ok("changePassword", alice.change(&person(3), b"three"))
        .await;
    server
        .refused("EmailInUse", "createWallet", new.create(&code, b"two"))
        .await;
    server.ok("deleteWallet", person(3).delete(b"three")).await;
    server.ok("createWallet", new.create(&code, b"two")).await;
}

#[tokio::test]
async fn a_wallet_whose_address_was_taken_away_stays_and_takes_nothing_back() {
    let server = Larimard::start().await;
    let (older, newer) = (person(1), person(2));
    let address = "alice@example.com";
    let code = server.code(address).await;
    server
        .ok("createWallet", older.create(&code, b"older"))
        .await;
    let before = server.stored(&older).await;
    let code = server.code(address).await;
    server
        .ok("createWallet", newer.replace(&code, b"newer"))
        .await;
    assert_eq!(server.stored(&older).await, before);
    server.ok("saveWallet", older.save(b"older still")).await;
    server
        .ok("deleteWallet", older.delete(b"older still"))
        .await;
    // the address is the newer one's, and its deletion frees it
    let code = server.code(address).await;
    server
        .refused("EmailInUse", "createWallet", older.create(&code, b"again"))
        .await;
    server.clock.advance(31 * DAY);
    let code = server.code(address).await;
    server
        .ok("createWallet", person(3).replace(&code, b"third"))
        .await;
    server.ok("deleteWallet", newer.delete(b"newer")).await;
    let code = server.code(address).await;
    server
        .refused(
            "EmailInUse",
            "createWallet",
            person(4).create(&code, b"fourth"),
        )
        .await;
}

#[tokio::test]
async fn replacing_where_nothing_is_to_be_replaced_is_no_replacement() {
    let server = Larimard::start().await;
    let address = "alice@example.com";
    let code = server.code(address).await;
    server
        .ok("createWallet", person(1).replace(&code, b"one"))
        .await;
    let code = server.code(address).await;
    server
        .ok("createWallet", person(2).replace(&code, b"two"))
        .await;
    let code = server.code(address).await;
    server
        .refused(
            "EmailInUse",
            "createWallet",
            person(3).replace(&code, b"three"),
        )
        .await;
}

/// What a spent code is remembered for is a retry: that needs no address.
#[tokio::test]
async fn the_hash_of_an_address_goes_with_the_wallet() {
    let mut server = Larimard::start().await;
    let (alice, bob) = (person(1), person(2));
    let address = "alice@example.com";
    server.ok("requestCode", json!([address])).await;
    let create = alice.create(&server.mailed(address).unwrap(), b"one");
    let created = server.ok("createWallet", create.clone()).await;
    // the journal holds the last commit: another one takes its place
    server.create(&bob, b"bob's").await;
    assert_eq!(server.records_of(address).await, ["wallet", "email"]);
    assert_eq!(server.ok("createWallet", create.clone()).await, created);
    server.ok("deleteWallet", alice.delete(b"one")).await;
    server.ok("saveWallet", bob.save(b"two")).await;
    assert!(server.records_of(address).await.is_empty());
    // and the code is spent, still
    server.refused("InvalidCode", "createWallet", create).await;
}
