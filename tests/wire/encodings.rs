//! Section 2 at its edges, and the names of section 3.

use serde_json::{Value, json};

use super::hand::{base64, hash, person, sealed, with};
use super::harness::Larimard;

#[tokio::test]
async fn a_blob_has_one_byte_to_the_limit() {
    let server = Larimard::with(|settings| settings.limits.blob_bytes = 1000).await;
    let alice = person(1);
    server.create(&alice, b"x").await;
    for length in [2, 3, 998, 999, 1000] {
        let data = vec![7; length];
        server.ok("saveWallet", alice.save(&data)).await;
        assert!(server.holds(&alice, &data).await);
    }
    let code = server.fresh_code().await;
    for length in [1001, 1002, 1003, 1004, 3000] {
        let data = vec![8; length];
        for (method, request) in [
            ("saveWallet", alice.save(&data)),
            ("createWallet", person(2).create(&code, &data)),
            ("changePassword", alice.change(&person(2), &data)),
        ] {
            let refusal = server
                .nothing_changes(&[&alice, &person(2)], "DataTooLarge", method, request)
                .await;
            assert_eq!(
                refusal.details(),
                json!({"limit": 1000, "param": "encrypted_data"})
            );
        }
    }
}

#[tokio::test]
async fn the_largest_blob_by_default_goes_in_and_comes_out() {
    let server = Larimard::start().await;
    let alice = person(1);
    let largest: Vec<u8> = (0..262_144_u32)
        .map(|n| n.to_le_bytes()[0] ^ n.to_le_bytes()[1])
        .collect();
    server.create(&alice, &largest).await;
    assert!(server.holds(&alice, &largest).await);
    let refusal = server
        .refused("DataTooLarge", "saveWallet", alice.save(&vec![1; 262_145]))
        .await;
    assert_eq!(refusal.data["limit"], 262_144);
    let mut socket = server.socket().await;
    assert_eq!(
        socket.ok("fetchWallet", alice.fetch()).await["encrypted_data"],
        base64(&largest)
    );
}

#[tokio::test]
async fn any_bytes_are_taken_but_those_that_could_be_mistaken() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"\0").await;
    for data in [
        &b"larimar"[..],
        b"larimar\\",
        b"Larimar/",
        b"LRM",
        b"lrm1",
        b"LRM2 something",
        b" LRM1",
        &[255; 99],
    ] {
        server.ok("saveWallet", alice.save(data)).await;
        assert!(server.holds(&alice, data).await);
    }
    let mut revision_0 = sealed(1, "");
    revision_0[11] = 0;
    for data in [
        &b"larimar/"[..],
        b"larimar/v1/changePassword and so on",
        b"LRM1",
        &sealed(1, "")[..39],
        &revision_0,
        &sealed((1 << 53) - 1 + 1, ""),
        &sealed(u64::MAX, ""),
    ] {
        let refusal = server
            .nothing_changes(&[&alice], "InvalidData", "saveWallet", alice.save(data))
            .await;
        assert_eq!(refusal.param(), "encrypted_data");
    }
}

#[tokio::test]
async fn hex_is_taken_in_either_case_and_given_in_lower_case() {
    let server = Larimard::start().await;
    let (alice, new) = (person(1), person(2));
    let code = server.fresh_code().await;
    let upper = |mut params: Value| {
        for (name, value) in params.as_object_mut().unwrap() {
            if name != "encrypted_data" && name != "code" {
                *value = value.as_str().unwrap().to_uppercase().into();
            }
        }
        params
    };
    let created = server
        .ok("createWallet", upper(alice.create(&code, b"one")))
        .await;
    assert_eq!(
        (&created["publickey"], &created["local_hash"]),
        (&json!(alice.key()), &json!(hash(b"one")))
    );
    server
        .ok("saveWallet", upper(alice.save_after(b"one", b"two")))
        .await;
    let fetched = server
        .ok(
            "fetchWallet",
            upper(with(alice.fetch(), "local_hash", hash(b"two"))),
        )
        .await;
    assert_eq!(
        (&fetched["modified"], &fetched["local_hash"]),
        (&json!(false), &json!(hash(b"two")))
    );
    server
        .ok(
            "fetchVersion",
            upper(with(alice.fetch(), "local_hash", hash(b"one"))),
        )
        .await;
    let changed = server
        .ok("changePassword", upper(alice.change(&new, b"three")))
        .await;
    assert_eq!(changed["publickey"], new.key());
    server.ok("deleteWallet", upper(new.delete(b"three"))).await;
}

#[tokio::test]
async fn a_signatures_header_may_be_one_of_three_forms() {
    let server = Larimard::start().await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    let mut request = alice.save(b"two");
    let signature = request["signature"].as_str().unwrap().to_owned();
    let recovery = u8::from_str_radix(&signature[..2], 16).unwrap() - 31;
    for header in 0..=255_u8 {
        request["signature"] = format!("{header:02x}{}", &signature[2..]).into();
        let answer = server.call("saveWallet", request.clone()).await;
        match header {
            _ if [recovery, 27 + recovery, 31 + recovery].contains(&header) => {
                assert_eq!(answer.unwrap()["publickey"], alice.key(), "{header}");
            }
            // another recovery id: some other key, or none
            0..=3 | 27..=34 => {
                let name = answer.unwrap_err().name().to_owned();
                assert!(
                    ["WalletNotFound", "InvalidSignature"].contains(&name.as_str()),
                    "{header}"
                );
            }
            _ => assert_eq!(answer.unwrap_err().name(), "InvalidSignature", "{header}"),
        }
    }
    assert!(server.holds(&alice, b"two").await);
}

#[tokio::test]
async fn an_email_address_has_one_form() {
    let server = Larimard::start().await;
    let longest = format!("{}@example.com", "a".repeat(242));
    for (typed, written) in [
        ("alice@example.com", "alice@example.com"),
        ("  Alice@EXAMPLE.com\t", "alice@example.com"),
        ("\u{a0}alice@example.com\u{3000}", "alice@example.com"),
        ("a@b.c", "a@b.c"),
        ("!#$%&'*+-/=?^_`{|}~@x.y", "!#$%&'*+-/=?^_`{|}~@x.y"),
        (&longest, &longest),
    ] {
        server.ok("requestCode", json!([typed])).await;
        assert!(server.mailed(written).is_some(), "{typed:?}");
    }
    let too_long = format!("a{longest}");
    for typed in [
        "",
        "@",
        "a@",
        "@b.c",
        "a@b",
        "a.b",
        "a@b@c.d",
        "a b@c.d",
        "a,b@c.d",
        "a;b@c.d",
        "a:b@c.d",
        "a<b@c.d",
        "a>b@c.d",
        "a(b@c.d",
        "a)b@c.d",
        "a[b@c.d",
        "a]b@c.d",
        "\"a\"@c.d",
        "a\\b@c.d",
        "ä@b.c",
        "a@bücher.de",
        "a@b.c\n",
        "\ra@b.c",
        "a@b.c\0",
        "a\n@b.c",
        "a\u{7f}@b.c",
        &too_long,
    ] {
        let refusal = server
            .refused("InvalidEmail", "requestCode", json!([typed]))
            .await;
        assert_eq!(refusal.param(), "email", "{typed:?}");
    }
    assert!(server.mail.is_empty());
    // one form, one wallet
    let code = server.code("Bob@Example.com").await;
    assert!(!code.is_empty());
}

#[tokio::test]
async fn one_wallet_per_address_however_it_is_typed() {
    let server = Larimard::start().await;
    server.ok("requestCode", json!([" Bob@Example.COM "])).await;
    let code = server.mailed("bob@example.com").unwrap();
    server
        .ok("createWallet", person(1).create(&code, b"one"))
        .await;
    let code = server.code("bob@example.com").await;
    server
        .refused(
            "EmailInUse",
            "createWallet",
            person(2).create(&code, b"two"),
        )
        .await;
}

#[tokio::test]
async fn addresses_are_written_in_their_usual_form() {
    let server = Larimard::with(|settings| {
        settings.server.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    })
    .await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    for (said, written) in [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.8", "192.0.2.8"),
        ("[::ffff:c000:209]:443", "192.0.2.9"),
        ("2001:DB8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
    ] {
        let fetched = server
            .saying("x-forwarded-for", said)
            .ok("fetchWallet", alice.fetch())
            .await;
        let statistics = &fetched["statistics"];
        assert_eq!(statistics["addresses"][0]["ip"], written);
        assert_eq!(statistics["recent"][0]["ip"], written);
    }
}

#[tokio::test]
async fn times_are_rfc_3339_with_milliseconds() {
    let server = Larimard::start().await;
    server.clock.advance(61);
    let created = server.create(&person(1), b"one").await;
    assert_eq!(created["created"], "2026-11-22T12:01:01.000Z");
    assert_eq!(created["updated"], "2026-11-22T12:01:01.000Z");
    assert_eq!(
        server.ok("serverInfo", json!([])).await["time"],
        "2026-11-22T12:01:01.000Z"
    );
}

#[tokio::test]
async fn a_deletion_is_signed_for_one_of_the_servers_names_and_no_other() {
    let server = Larimard::with(|settings| {
        settings.server.names = vec![
            "wallets.test".into(),
            "wallets.test:8443".into(),
            "[::1]:8330".into(),
        ];
    })
    .await;
    let alice = person(1);
    server.create(&alice, b"one").await;
    let delete = |name: &str| json!({"local_hash": hash(b"one"), "signature": alice.delete_signature(name, b"one")});
    for name in [
        "",
        "wallets.test:443",
        "Wallets.test",
        "wallets.test ",
        "other.test",
        "localhost",
        "wallets.test:8443/",
    ] {
        // whatever the Host header says
        let caller = server.saying("host", if name.is_empty() { "x" } else { "other.test" });
        caller
            .refused("WalletNotFound", "deleteWallet", delete(name))
            .await;
        assert!(server.holds(&alice, b"one").await, "{name}");
    }
    for (number, name) in ["wallets.test", "wallets.test:8443", "[::1]:8330"]
        .into_iter()
        .enumerate()
    {
        let data = format!("blob {number}").into_bytes();
        let someone = person(u8::try_from(number).unwrap() + 10);
        server.create(&someone, &data).await;
        let signature = someone.delete_signature(name, &data);
        server
            .ok("deleteWallet", json!([hash(&data), signature]))
            .await;
        assert_eq!(server.stored(&someone).await, None);
    }
}
