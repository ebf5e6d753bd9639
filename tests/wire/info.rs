//! `serverInfo` and `rpc.discover`.

use serde_json::{Value, json};

use super::harness::Larimard;

#[tokio::test]
async fn the_server_info_says_what_it_allows() {
    let server = Larimard::with(|settings| settings.limits.blob_bytes = 1234).await;
    let info = server.ok("serverInfo", json!([])).await;
    assert_eq!(
        (&info["name"], &info["protocol"]),
        (&json!("larimard"), &json!(1))
    );
    assert_eq!(info["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(info["time"], server.now());
    assert_eq!(info["names"], json!(super::harness::NAMES));
    assert_eq!(info["limits"]["blob_bytes"], 1234);
    for limit in [
        "blob_bytes",
        "batch",
        "versions",
        "daily_versions",
        "wallet_requests_per_hour",
        "codes_per_hour",
        "codes_per_email_per_hour",
        "codes_per_hour_total",
        "locks_per_hour",
        "exempt",
    ] {
        assert!(info["limits"].get(limit).is_some(), "{limit}");
    }
    assert_eq!(info["limits"]["batch"], 10);
    let keys: Vec<&String> = info.as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 7, "{keys:?}");
}

#[tokio::test]
async fn rpc_discover_describes_every_method_with_its_parameters() {
    let server = Larimard::start().await;
    let info = server.ok("serverInfo", json!([])).await;
    let document = server.ok("rpc.discover", json!([])).await;
    assert!(document["openrpc"].as_str().unwrap().starts_with("1."));
    let methods = document["methods"].as_array().unwrap();
    let names: Value = methods
        .iter()
        .map(|method| method["name"].clone())
        .collect();
    assert_eq!(names, info["methods"]);
    for (name, parameters) in [
        ("requestCode", "email"),
        (
            "createWallet",
            "code, encrypted_data, signature, publickey?, replace?",
        ),
        ("fetchWallet", "publickey, local_hash?"),
        (
            "saveWallet",
            "encrypted_data, signature, original_local_hash?",
        ),
        (
            "changePassword",
            "encrypted_data, old_signature, new_signature, original_local_hash?",
        ),
        ("deleteWallet", "local_hash, signature"),
        ("listVersions", "publickey"),
        ("fetchVersion", "publickey, local_hash"),
        ("subscribeWallet", "publickey"),
        ("wallet/create", "accessKey, passKey, cstoreKey"),
        ("wallet/login", "accessKey, pin"),
        ("wallet/access", "accessKey, passKey"),
        ("wallet/add", "accessKey, passKey, walletAddresses"),
        ("wallet/download", "accessKey, passKey"),
        ("wallet/changepin", "accessKey, passKey, pin"),
        ("wallet/lock", "accessKey"),
        ("wallet/delete", "accessKey, passKey"),
        ("unsubscribeWallet", "subscription"),
        ("serverInfo", ""),
        ("rpc.discover", ""),
    ] {
        let method = methods
            .iter()
            .find(|method| method["name"] == name)
            .unwrap();
        let described: Vec<String> = method["params"]
            .as_array()
            .unwrap()
            .iter()
            .map(|param| {
                let optional = if param["required"] == true { "" } else { "?" };
                format!("{}{optional}", param["name"].as_str().unwrap())
            })
            .collect();
        assert_eq!(described.join(", "), parameters, "{name}");
    }
    assert_eq!(methods.len(), 20);
}
