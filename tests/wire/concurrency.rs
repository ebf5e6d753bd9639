//! Section 5.2: each method decides in one transaction, whoever else calls meanwhile.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::Barrier;

use super::hand::{person, sealed, with};
use super::harness::Larimard;
use super::refusal::Refusal;

/// Makes these calls at the same time, each on a connection of its own.
async fn at_once(
    server: &Larimard,
    calls: Vec<(&'static str, Value)>,
) -> Vec<Result<Value, Refusal>> {
    let start = Arc::new(Barrier::new(calls.len()));
    let begun: Vec<_> = calls
        .into_iter()
        .map(|(method, params)| {
            let (caller, start) = (server.caller(), Arc::clone(&start));
            tokio::spawn(async move {
                start.wait().await;
                caller.call(method, params).await
            })
        })
        .collect();
    let mut answers = Vec::new();
    for call in begun {
        answers.push(call.await.unwrap());
    }
    answers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_save_a_move_and_a_deletion_at_once_one_is_done() {
    let server = Larimard::start().await;
    for round in 0..20 {
        let (alice, new) = (person(10 + 2 * round), person(11 + 2 * round));
        let first = sealed(1, "");
        server.create(&alice, &first).await;
        let original = json!(super::hand::hash(&first));
        let answers = at_once(
            &server,
            vec![
                (
                    "saveWallet",
                    with(
                        alice.save(&sealed(2, "saved")),
                        "original_local_hash",
                        original.clone(),
                    ),
                ),
                (
                    "changePassword",
                    with(
                        alice.change(&new, &sealed(2, "moved")),
                        "original_local_hash",
                        original,
                    ),
                ),
                ("deleteWallet", alice.delete(&first)),
            ],
        )
        .await;
        let done: Vec<usize> = (0..3).filter(|&at| answers[at].is_ok()).collect();
        assert_eq!(done.len(), 1, "{answers:?}");
        for refusal in answers.iter().filter_map(|answer| answer.as_ref().err()) {
            let expected = if done == [0] {
                "Conflict"
            } else {
                "WalletNotFound"
            };
            assert_eq!(refusal.name(), expected, "{answers:?}");
        }
        assert_eq!(server.holds(&alice, &sealed(2, "saved")).await, done == [0]);
        assert_eq!(server.holds(&new, &sealed(2, "moved")).await, done == [1]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_and_its_retry_at_once_get_the_same_answer() {
    let server = Larimard::start().await;
    for round in 0..10 {
        let (alice, new) = (person(10 + 2 * round), person(11 + 2 * round));
        let code = server.fresh_code().await;
        for (method, params) in [
            ("createWallet", alice.create(&code, &sealed(1, ""))),
            ("saveWallet", alice.save(&sealed(2, ""))),
            ("changePassword", alice.change(&new, &sealed(3, ""))),
            ("deleteWallet", new.delete(&sealed(3, ""))),
        ] {
            let answers = at_once(&server, vec![(method, params); 3]).await;
            assert!(answers[0].is_ok(), "{method}: {answers:?}");
            assert!(
                answers.iter().all(|answer| *answer == answers[0]),
                "{method}: {answers:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_address_has_one_wallet_however_many_ask_at_once() {
    let server = Larimard::start().await;
    for round in 0..10 {
        let address = format!("address-{round}@example.com");
        let mut calls = Vec::new();
        for number in 0..4 {
            let code = server.code(&address).await;
            calls.push((
                "createWallet",
                person(10 + 4 * round + number).create(&code, b"mine"),
            ));
        }
        let answers = at_once(&server, calls).await;
        assert_eq!(
            answers.iter().filter(|answer| answer.is_ok()).count(),
            1,
            "{answers:?}"
        );
        for refusal in answers.iter().filter_map(|answer| answer.as_ref().err()) {
            assert_eq!(refusal.name(), "EmailInUse");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fetch_never_sees_half_a_change() {
    let server = Larimard::start().await;
    let (alice, new) = (person(1), person(2));
    let blob = |number: u64| {
        sealed(
            number,
            &"x".repeat(usize::try_from(number % 7).unwrap() * 30_000),
        )
    };
    server.create(&alice, &blob(1)).await;
    let mut owner = (&alice, &new);
    for number in 2..30 {
        let change = if number % 4 == 0 {
            ("changePassword", owner.0.change(owner.1, &blob(number)))
        } else {
            ("saveWallet", owner.0.save(&blob(number)))
        };
        let mut calls = vec![change];
        calls.extend((0..3).map(|_| ("fetchWallet", owner.0.fetch())));
        for answer in &at_once(&server, calls).await[1..] {
            let seen = match answer {
                Ok(fetched) => fetched,
                Err(refusal) => {
                    assert_eq!(
                        (refusal.name(), &refusal.data["was"]),
                        ("WalletNotFound", &json!("moved"))
                    );
                    continue;
                }
            };
            let expected = [blob(number - 1), blob(number)].map(|data| super::hand::base64(&data));
            assert!(expected.contains(&seen["encrypted_data"].as_str().unwrap().to_owned()));
        }
        if number % 4 == 0 {
            owner = (owner.1, owner.0);
        }
    }
}

#[tokio::test]
async fn no_signature_and_no_code_ever_comes_back() {
    let server = Larimard::start().await;
    let (alice, new) = (person(1), person(2));
    let code = server.code("alice@example.com").await;
    let mut secrets = vec![code.clone(), "alice@example.com".to_owned()];
    let mut calls = vec![
        ("createWallet", alice.create(&code, b"one")),
        ("createWallet", alice.create(&code, b"other")),
        ("saveWallet", alice.save(b"two")),
        ("saveWallet", alice.save(b"one")),
        ("saveWallet", new.save(b"one")),
        ("changePassword", alice.change(&alice, b"two")),
        ("changePassword", alice.change(&new, b"three")),
        ("deleteWallet", alice.delete(b"three")),
        ("fetchWallet", new.fetch()),
        ("listVersions", new.fetch()),
        ("deleteWallet", new.delete(b"three")),
    ];
    calls.push(("requestCode", json!(["alice@example.com"])));
    for (_, params) in &calls {
        for (name, value) in params.as_object().into_iter().flatten() {
            if name.ends_with("signature") {
                // without the header: the rest is the secret
                secrets.push(value.as_str().unwrap()[2..].to_owned());
            }
        }
    }
    for (method, params) in calls {
        let call = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let (_, text) = server.caller().post(call.to_string()).await;
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{method}: {text}");
        }
    }
}
