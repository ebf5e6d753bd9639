//! What was proven against the wallet server of 2015, tried against this one. Each test bears the name of a fault.

use std::sync::Arc;

use serde_json::json;
use tokio::sync::Barrier;

use super::hand::{Person, hash, person, with};
use super::harness::Larimard;

/// An old save, its own signature, and the hash of what is stored now, which anybody can fetch.
#[tokio::test]
async fn rollback_by_an_old_signed_save() {
    let server = Larimard::start().await;
    let alice = person(1);
    // with a deterministic client's opaque bytes, and with sealed ones
    server.create(&alice, b"old").await;
    server.ok("saveWallet", alice.save(b"new")).await;
    let replay = alice.save_after(b"new", b"old");
    server
        .nothing_changes(&[&alice], "Stale", "saveWallet", replay)
        .await;

    let (old, new) = (alice.seal(1, "old"), alice.seal(2, "new"));
    server.ok("saveWallet", alice.save(&old)).await;
    server.ok("saveWallet", alice.save(&new)).await;
    for request in [alice.save(&old), alice.save_after(&new, &old)] {
        let refusal = server
            .nothing_changes(&[&alice], "Conflict", "saveWallet", request)
            .await;
        assert_eq!(refusal.data["local_hash"], hash(&new));
    }
    // nor by way of a deletion
    server.ok("deleteWallet", alice.delete(&new)).await;
    let code = server.fresh_code().await;
    for data in [&old, &new] {
        let create = alice.create(&code, data);
        server
            .nothing_changes(&[&alice], "Stale", "createWallet", create)
            .await;
    }
}

/// Any signature that the old key ever made, and the attacker's new key.
#[tokio::test]
async fn takeover_by_an_old_signature_in_change_password() {
    let server = Larimard::start().await;
    let (alice, mallory) = (person(1), person(66));
    let (first, second) = (alice.seal(1, "first"), alice.seal(2, "second"));
    server.create(&alice, &first).await;
    server.ok("saveWallet", alice.save(&second)).await;
    let planted = mallory.seal(9, "mallory's");
    // the signature of one blob does not move the wallet with another
    for captured in [alice.sign(&first), alice.sign(&second)] {
        let request = with(alice.change(&mallory, &planted), "old_signature", captured);
        server
            .nothing_changes(
                &[&alice, &mallory],
                "WalletNotFound",
                "changePassword",
                request,
            )
            .await;
    }
    // with the very blob that was signed, the signature recovers the key, and still moves nothing
    for (data, captured) in [(&first, alice.sign(&first)), (&second, alice.sign(&second))] {
        let request = with(alice.change(&mallory, data), "old_signature", captured);
        server
            .nothing_changes(
                &[&alice, &mallory],
                "BindingRequired",
                "changePassword",
                request,
            )
            .await;
    }
    // a move that Alice signed to her own new key is none to Mallory's
    let third = alice.seal(3, "third");
    let bound = alice.bound(&person(2), &third);
    let request = with(alice.change(&mallory, &third), "old_signature", bound);
    server
        .nothing_changes(
            &[&alice, &mallory],
            "WalletNotFound",
            "changePassword",
            request,
        )
        .await;
    // opaque wallets take the plain form, but only over bytes that they never held
    let bob = person(3);
    server.create(&bob, b"first").await;
    server.ok("saveWallet", bob.save(b"second")).await;
    for data in [&b"first"[..], b"second"] {
        let request = bob.change_plainly(&mallory, data);
        server
            .nothing_changes(&[&bob, &mallory], "Stale", "changePassword", request)
            .await;
    }
}

#[tokio::test]
async fn deletion_by_a_saves_signature() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    server.ok("saveWallet", alice.save(b"two")).await;
    for signature in [
        alice.sign(b"one"),
        alice.sign(b"two"),
        alice.bound(&person(2), b"two"),
    ] {
        let request = json!({"local_hash": hash(b"two"), "signature": signature});
        server
            .nothing_changes(&[&alice], "WalletNotFound", "deleteWallet", request)
            .await;
    }
    let elsewhere = alice.delete_signature("another.test", b"two");
    let request = json!({"local_hash": hash(b"two"), "signature": elsewhere});
    server
        .nothing_changes(&[&alice], "WalletNotFound", "deleteWallet", request)
        .await;
    // nobody can be made to sign a deletion by being made to save
    let digest_of = |name: &str| {
        let mut bytes = b"larimar/v1/deleteWallet".to_vec();
        bytes.extend_from_slice(&u32::try_from(name.len()).unwrap().to_be_bytes());
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(&hex::decode(hash(b"two")).unwrap());
        bytes
    };
    let preimage = digest_of(super::harness::NAMES[0]);
    server
        .nothing_changes(
            &[&alice],
            "InvalidData",
            "saveWallet",
            alice.save(&preimage),
        )
        .await;
}

#[tokio::test]
async fn codes_that_work_twice() {
    let server = Larimard::start().await;
    let (alice, bob) = (person(1), person(2));
    let code = server.code("alice@example.com").await;
    server.ok("createWallet", alice.create(&code, b"one")).await;
    server
        .nothing_changes(
            &[&alice, &bob],
            "InvalidCode",
            "createWallet",
            bob.replace(&code, b"two"),
        )
        .await;
    server.ok("deleteWallet", alice.delete(b"one")).await;
    for request in [
        alice.create(&code, b"one"),
        alice.create(&code, b"three"),
        bob.create(&code, b"two"),
    ] {
        server
            .nothing_changes(&[&alice, &bob], "InvalidCode", "createWallet", request)
            .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn codes_that_work_twice_at_the_same_time() {
    let server = Larimard::start().await;
    for round in 0..10 {
        let code = server.fresh_code().await;
        let people: Vec<Person> = (0..4).map(|n| person(10 + 4 * round + n)).collect();
        let start = Arc::new(Barrier::new(people.len()));
        let calls: Vec<_> = people
            .iter()
            .map(|someone| {
                let (caller, start) = (server.caller(), Arc::clone(&start));
                let request = someone.create(&code, b"mine");
                tokio::spawn(async move {
                    start.wait().await;
                    caller.call("createWallet", request).await
                })
            })
            .collect();
        let mut created = 0;
        for call in calls {
            match call.await.unwrap() {
                Ok(_) => created += 1,
                Err(refusal) => assert_eq!(refusal.name(), "InvalidCode"),
            }
        }
        assert_eq!(created, 1, "round {round}");
    }
}

#[tokio::test]
async fn a_forged_header_that_lifts_the_limit() {
    let server = Larimard::with(|settings| settings.limits.wallet_requests_per_hour = 10).await;
    let fetch = json!([person(1).key()]);
    for number in 0..5 {
        let forged = format!("203.0.113.{number}");
        server
            .saying("x-forwarded-for", &forged)
            .refused("WalletNotFound", "fetchWallet", fetch.clone())
            .await;
    }
    for (header, value) in [
        ("x-forwarded-for", "203.0.113.77"),
        ("x-forwarded-for", "203.0.113.78, 127.0.0.1"),
        ("forwarded", "for=203.0.113.79"),
        ("x-real-ip", "203.0.113.80"),
        ("true-client-ip", "203.0.113.81"),
    ] {
        server
            .saying(header, value)
            .refused("RateLimited", "fetchWallet", fetch.clone())
            .await;
    }
}

#[tokio::test]
async fn a_forged_header_before_a_trusted_proxys_own_entry_lifts_no_limit_either() {
    let server = Larimard::with(|settings| {
        settings.limits.wallet_requests_per_hour = 10;
        settings.server.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await;
    let fetch = json!([person(1).key()]);
    let from =
        |forged: String| server.saying("x-forwarded-for", &format!("{forged}, 198.51.100.7"));
    for number in 0..5 {
        from(format!("203.0.113.{number}"))
            .refused("WalletNotFound", "fetchWallet", fetch.clone())
            .await;
    }
    from("203.0.113.99".into())
        .refused("RateLimited", "fetchWallet", fetch.clone())
        .await;
    // the other header is ignored, and another caller is another one
    server
        .saying("forwarded", "for=198.51.100.7")
        .refused("WalletNotFound", "fetchWallet", fetch.clone())
        .await;
    server
        .saying("x-forwarded-for", "198.51.100.8")
        .refused("WalletNotFound", "fetchWallet", fetch)
        .await;
}

/// One address in thirteen had a TAB in its hash, and a code for it never matched.
#[tokio::test]
async fn email_addresses_that_can_never_register() {
    let server = Larimard::start().await;
    for number in 0..100 {
        let code = server.code(&format!("person{number}@example.com")).await;
        server
            .ok("createWallet", person(number + 1).create(&code, b"blob"))
            .await;
    }
}

/// A code for `1victim@example.com` was one for `victim@example.com` too.
#[tokio::test]
async fn a_code_resplit_into_another_addresss() {
    let server = Larimard::start().await;
    let (victim, mallory) = (person(1), person(66));
    let code = server.code("victim@example.com").await;
    server
        .ok("createWallet", victim.create(&code, b"victim's"))
        .await;
    let code = server.code("1victim@example.com").await;
    // it takes nothing away from the victim's address, since it is not for that one
    server
        .ok("createWallet", mallory.replace(&code, b"mallory's"))
        .await;
    let again = server.code("victim@example.com").await;
    let refused = person(2).create(&again, b"second");
    server
        .nothing_changes(&[&victim], "EmailInUse", "createWallet", refused)
        .await;
    // and no code is good for longer than it says, however it is written
    let code = server.code("2victim@example.com").await;
    server.clock.advance(1800);
    for text in [
        code.clone(),
        format!("{code}1"),
        format!("1{code}"),
        code.replace('-', ""),
    ] {
        server
            .refused(
                "InvalidCode",
                "createWallet",
                person(3).create(&text, b"late"),
            )
            .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_concurrent_saves_both_accepted() {
    let server = Larimard::start().await;
    let (opaque, sealed) = (person(1), person(2));
    let mut current = [b"opaque".to_vec(), sealed.seal(1, "first")];
    server.create(&opaque, &current[0]).await;
    server.create(&sealed, &current[1]).await;
    let callers = [server.caller(), server.from("127.0.0.2")];
    for round in 0..25_u64 {
        for (kind, who) in [&opaque, &sealed].into_iter().enumerate() {
            let data = |device: usize| match kind {
                0 => format!("round {round} by {device}").into_bytes(),
                _ => who.seal(round + 2, &format!("by {device}")),
            };
            let data = [data(0), data(1)];
            let start = Arc::new(Barrier::new(2));
            let saves: Vec<_> = data
                .iter()
                .zip(&callers)
                .map(|(data, caller)| {
                    let (caller, start) = (caller.clone(), Arc::clone(&start));
                    let request = who.save_after(&current[kind], data);
                    tokio::spawn(async move {
                        start.wait().await;
                        caller.call("saveWallet", request).await
                    })
                })
                .collect();
            let mut accepted = Vec::new();
            for (save, data) in saves.into_iter().zip(data) {
                match save.await.unwrap() {
                    Ok(_) => accepted.push(data),
                    Err(refusal) => assert_eq!(refusal.name(), "Conflict"),
                }
            }
            assert_eq!(accepted.len(), 1, "round {round}");
            current[kind] = accepted.remove(0);
            assert!(server.holds(who, &current[kind]).await, "round {round}");
        }
    }
}

/// n - s in place of s, and the other y: another signature of the same key over the same bytes.
fn high_s_twin(signature: &str) -> String {
    const ORDER: &str = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    let (mut bytes, order) = (hex::decode(signature).unwrap(), hex::decode(ORDER).unwrap());
    let mut borrow = 0;
    for at in (0..32).rev() {
        let difference = i16::from(order[at]) - i16::from(bytes[33 + at]) - borrow;
        borrow = i16::from(difference < 0);
        bytes[33 + at] = u8::try_from(difference.rem_euclid(256)).unwrap();
    }
    bytes[0] = 31 + ((bytes[0] - 31) ^ 1);
    hex::encode(bytes)
}

#[tokio::test]
async fn high_s_twins() {
    let server = Larimard::start().await;
    let (alice, new) = (person(1), person(2));
    server.create(&alice, b"one").await;
    let code = server.fresh_code().await;
    for (method, request, param) in [
        ("createWallet", new.create(&code, b"two"), "signature"),
        ("saveWallet", alice.save(b"two"), "signature"),
        (
            "changePassword",
            alice.change(&new, b"two"),
            "old_signature",
        ),
        (
            "changePassword",
            alice.change(&new, b"two"),
            "new_signature",
        ),
        (
            "changePassword",
            alice.change_plainly(&new, b"two"),
            "old_signature",
        ),
        ("deleteWallet", alice.delete(b"one"), "signature"),
    ] {
        let twin = high_s_twin(request[param].as_str().unwrap());
        let forged = with(request, param, twin);
        let refusal = server
            .nothing_changes(&[&alice, &new], "InvalidSignature", method, forged)
            .await;
        assert_eq!(refusal.param(), param, "{method}");
    }
}
