//! The `wallet/*` methods (PROTOCOL.md, section 6): each with each of its errors.

mod addresses;
mod attempts;
mod brake;
mod changepin;

use serde_json::{Value, json};

use crate::caller::Caller;
use crate::harness::Larimard;

/// Somebody with a wallet that opens with a pin: the three keys as they go over the wire.
#[derive(Debug, Clone)]
struct Owner {
    access: String,
    pass: String,
    cstore: String,
}

impl Owner {
    fn numbered(number: u8) -> Self {
        let key = |kind: u8| hex::encode([[kind; 16], [number; 16]].concat());
        Self {
            access: key(0xaa),
            pass: key(0xbb),
            cstore: key(0xcc),
        }
    }

    /// With a wallet on this server, and its pin.
    async fn on(server: &Larimard, number: u8) -> (Self, String) {
        let owner = Self::numbered(number);
        let pin = owner.create(&server.caller()).await;
        (owner, pin)
    }

    async fn create(&self, caller: &Caller) -> String {
        let made = caller.ok(
            "wallet/create",
            json!([self.access, self.pass, self.cstore]),
        );
        made.await["pin"].as_str().unwrap().to_owned()
    }

    fn keys(&self) -> Value {
        json!({"accessKey": self.access, "passKey": self.pass})
    }

    fn login(&self, pin: &str) -> Value {
        json!({"accessKey": self.access, "pin": pin})
    }

    fn add(&self, objects: &Value) -> Value {
        json!({"accessKey": self.access, "passKey": self.pass, "walletAddresses": objects})
    }

    async fn addresses(&self, server: &Larimard) -> Value {
        let mut downloaded = server.ok("wallet/download", self.keys()).await;
        downloaded["walletAddresses"].take()
    }
}

/// A pin that is not this one, though it could be.
fn wrong(pin: &str) -> String {
    let other = if pin.starts_with('a') { 'b' } else { 'a' };
    format!("{other}{}", &pin[1..])
}

#[tokio::test]
async fn a_wallets_life() {
    let mut server = Larimard::start().await;
    let (owner, pin) = Owner::on(&server, 1).await;
    assert_eq!(pin.len(), 6);
    assert!(
        pin.bytes()
            .all(|byte| byte.is_ascii_lowercase() || (b'2'..=b'9').contains(&byte))
    );
    // by position as well as by name
    let opened = server.ok("wallet/login", json!([owner.access, pin])).await;
    assert_eq!(opened, json!({"cstoreKey": owner.cstore}));
    assert_eq!(owner.addresses(&server).await, json!([]));
    let object = json!({"pub": "!one", "priv": "enc!AAAA", "desc": "b64!AA=="});
    assert_eq!(
        server.ok("wallet/add", owner.add(&json!([object]))).await,
        json!({})
    );
    server.restart().await;
    assert_eq!(owner.addresses(&server).await, json!([object]));
    assert_eq!(
        server.ok("wallet/access", owner.keys()).await,
        json!({"pin": pin})
    );
    assert_eq!(
        server.ok("wallet/lock", json!([owner.access])).await,
        json!({})
    );
    server
        .refused("WalletLocked", "wallet/login", owner.login(&pin))
        .await;
    assert_eq!(
        server.ok("wallet/access", owner.keys()).await,
        json!({"pin": pin})
    );
    server.ok("wallet/login", owner.login(&pin)).await;
    assert_eq!(server.ok("wallet/delete", owner.keys()).await, json!({}));
    for (method, params) in [
        ("wallet/delete", owner.keys()),
        ("wallet/login", owner.login(&pin)),
        ("wallet/access", owner.keys()),
        ("wallet/download", owner.keys()),
        ("wallet/add", owner.add(&json!([]))),
        (
            "wallet/changepin",
            json!([owner.access, owner.pass, "tha8ec"]),
        ),
        ("wallet/lock", json!([owner.access])),
    ] {
        server.refused("UnknownAccessKey", method, params).await;
    }
    // the key is free again, and nothing of before is left
    owner.create(&server.caller()).await;
    assert_eq!(owner.addresses(&server).await, json!([]));
}

#[tokio::test]
async fn creating_it_again_is_the_same_and_other_keys_are_refused() {
    let server = Larimard::start().await;
    let (owner, pin) = Owner::on(&server, 1).await;
    assert_eq!(owner.create(&server.caller()).await, pin);
    let upper = json!([
        owner.access.to_uppercase(),
        owner.pass.to_uppercase(),
        owner.cstore.to_uppercase()
    ]);
    assert_eq!(server.ok("wallet/create", upper).await["pin"], pin);
    let other = Owner::numbered(2);
    for params in [
        json!([owner.access, other.pass, owner.cstore]),
        json!([owner.access, owner.pass, other.cstore]),
        json!([owner.access, other.pass, other.cstore]),
    ] {
        server
            .refused("AccessKeyInUse", "wallet/create", params)
            .await;
    }
    server
        .ok(
            "wallet/changepin",
            json!([owner.access, owner.pass, "tha8ec"]),
        )
        .await;
    assert_eq!(owner.create(&server.caller()).await, "tha8ec");
    // it proves the owner, but unlocks nothing
    server.ok("wallet/lock", json!([owner.access])).await;
    assert_eq!(owner.create(&server.caller()).await, "tha8ec");
    server
        .refused("WalletLocked", "wallet/login", owner.login("tha8ec"))
        .await;
}

#[tokio::test]
async fn malformed_and_wrong_keys_are_named() {
    let server = Larimard::start().await;
    let (owner, _) = Owner::on(&server, 1).await;
    let (access, pass, cstore) = (&owner.access, &owner.pass, &owner.cstore);
    let malformed = [
        "",
        "00",
        &access[..63],
        &format!("{access}0"),
        &format!("0x{}", &access[2..]),
        &"g".repeat(64),
        &"é".repeat(32),
    ];
    for bad in malformed {
        for (name, param, method, params) in [
            (
                "InvalidAccessKey",
                "accessKey",
                "wallet/create",
                json!([bad, pass, cstore]),
            ),
            (
                "InvalidPassKey",
                "passKey",
                "wallet/create",
                json!([access, bad, cstore]),
            ),
            (
                "InvalidCstoreKey",
                "cstoreKey",
                "wallet/create",
                json!([access, pass, bad]),
            ),
            (
                "InvalidAccessKey",
                "accessKey",
                "wallet/login",
                json!([bad, "tha8ec"]),
            ),
            (
                "InvalidAccessKey",
                "accessKey",
                "wallet/access",
                json!([bad, pass]),
            ),
            (
                "InvalidPassKey",
                "passKey",
                "wallet/access",
                json!([access, bad]),
            ),
            (
                "InvalidAccessKey",
                "accessKey",
                "wallet/add",
                json!([bad, pass, []]),
            ),
            (
                "InvalidPassKey",
                "passKey",
                "wallet/add",
                json!([access, bad, []]),
            ),
            (
                "InvalidAccessKey",
                "accessKey",
                "wallet/download",
                json!([bad, pass]),
            ),
            (
                "InvalidPassKey",
                "passKey",
                "wallet/download",
                json!([access, bad]),
            ),
            (
                "InvalidAccessKey",
                "accessKey",
                "wallet/changepin",
                json!([bad, pass, "tha8ec"]),
            ),
            (
                "InvalidPassKey",
                "passKey",
                "wallet/changepin",
                json!([access, bad, "tha8ec"]),
            ),
            ("InvalidAccessKey", "accessKey", "wallet/lock", json!([bad])),
            (
                "InvalidAccessKey",
                "accessKey",
                "wallet/delete",
                json!([bad, pass]),
            ),
            (
                "InvalidPassKey",
                "passKey",
                "wallet/delete",
                json!([access, bad]),
            ),
        ] {
            let refusal = server.refused(name, method, params).await;
            assert_eq!(refusal.param(), param, "{method} {bad}");
        }
    }
    let other = Owner::numbered(2);
    for (method, params) in [
        ("wallet/access", json!([access, other.pass])),
        ("wallet/add", json!([access, other.pass, []])),
        ("wallet/download", json!([access, other.pass])),
        ("wallet/changepin", json!([access, other.pass, "tha8ec"])),
        ("wallet/delete", json!([access, other.pass])),
    ] {
        server.refused("IncorrectPassKey", method, params).await;
    }
    for (method, param, params) in [
        ("wallet/create", "cstoreKey", json!([access, pass])),
        ("wallet/login", "pin", json!({"accessKey": access})),
        ("wallet/login", "pin", json!([access, 234_567])),
        ("wallet/add", "walletAddresses", json!([access, pass, "x"])),
        (
            "wallet/lock",
            "passKey",
            json!({"accessKey": access, "passKey": pass}),
        ),
    ] {
        let refusal = server.refused("InvalidParams", method, params).await;
        assert_eq!(refusal.param(), param, "{method}");
    }
}

#[tokio::test]
async fn they_can_be_turned_off() {
    let mut server = Larimard::start().await;
    let (owner, pin) = Owner::on(&server, 1).await;
    let info = server.ok("serverInfo", json!([])).await;
    assert!(
        info["methods"]
            .as_array()
            .unwrap()
            .contains(&json!("wallet/login"))
    );
    server
        .restart_with(|settings| settings.pins.enabled = false)
        .await;
    for method in [
        "create",
        "login",
        "access",
        "add",
        "download",
        "changepin",
        "lock",
        "delete",
    ] {
        let refusal = server
            .call(&format!("wallet/{method}"), owner.keys())
            .await
            .unwrap_err();
        assert_eq!((refusal.code, refusal.name()), (-32601, ""), "{method}");
    }
    let info = server.ok("serverInfo", json!([])).await;
    let discovered = server.ok("rpc.discover", json!([])).await;
    assert!(
        !info.to_string().contains("wallet/") && !discovered.to_string().contains("wallet/login")
    );
    server
        .restart_with(|settings| settings.pins.enabled = true)
        .await;
    server.ok("wallet/login", owner.login(&pin)).await;
}

#[tokio::test]
async fn they_count_as_wallet_requests_and_locks_have_a_limit_of_their_own() {
    let server = Larimard::with(|settings| {
        settings.limits.wallet_requests_per_hour = 12;
        settings.limits.locks_per_hour = 4;
    })
    .await;
    let owner = Owner::numbered(1);
    let lock = json!([owner.access]);
    for _ in 0..2 {
        server
            .refused("UnknownAccessKey", "wallet/lock", lock.clone())
            .await;
    }
    let refusal = server
        .refused("RateLimited", "wallet/lock", lock.clone())
        .await;
    assert!(
        refusal.data["retry_after"]
            .as_u64()
            .is_some_and(|wait| (1..=1800).contains(&wait)),
        "{refusal:?}"
    );
    // three of six wallet requests are used up by them
    for _ in 0..3 {
        server
            .refused("UnknownAccessKey", "wallet/download", owner.keys())
            .await;
    }
    server
        .refused("RateLimited", "wallet/download", owner.keys())
        .await;
    server
        .from("127.0.0.9")
        .refused("UnknownAccessKey", "wallet/lock", lock)
        .await;
}

#[tokio::test]
async fn the_access_log_names_the_wallet_by_a_fingerprint_and_holds_no_secret() {
    let mut server = Larimard::start().await;
    let (owner, pin) = Owner::on(&server, 1).await;
    server.ok("wallet/login", owner.login(&pin)).await;
    server
        .refused("InvalidPin", "wallet/login", owner.login("zzzzzz"))
        .await;
    server
        .refused(
            "IncorrectPassKey",
            "wallet/access",
            json!([owner.access, Owner::numbered(3).pass]),
        )
        .await;
    server.stop().await;
    let log = std::fs::read_to_string(server.access_log()).unwrap();
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let seen: Vec<(&str, &str)> = lines
        .iter()
        .map(|line| {
            (
                line["method"].as_str().unwrap(),
                line["outcome"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("wallet/create", "ok"),
            ("wallet/login", "ok"),
            ("wallet/login", "InvalidPin"),
            ("wallet/access", "IncorrectPassKey")
        ]
    );
    let fingerprint = lines[0]["wallet"].as_str().unwrap();
    assert_eq!(fingerprint.len(), 16);
    assert!(lines.iter().all(|line| line["wallet"] == fingerprint));
    for secret in [&owner.access, &owner.pass, &owner.cstore, &pin, "zzzzzz"] {
        assert!(!log.contains(secret), "{secret}");
    }
}
