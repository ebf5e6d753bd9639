//! Sections 1, 2 and 5: parameters by name and by position, and what is said about wrong ones.

use serde_json::{Value, json};

use super::hand::{base64, hash, person};
use super::harness::Larimard;

/// Its name, and a value of the right type.
type Parameter = (&'static str, Value);

/// Every method with all its parameters in their order, and how many are required.
fn methods() -> Vec<(&'static str, Vec<Parameter>, usize)> {
    let text = |name: &'static str| (name, json!("text"));
    vec![
        ("requestCode", vec![text("email")], 1),
        (
            "createWallet",
            vec![
                text("code"),
                text("encrypted_data"),
                text("signature"),
                text("publickey"),
                ("replace", json!(true)),
            ],
            3,
        ),
        (
            "fetchWallet",
            vec![text("publickey"), text("local_hash")],
            1,
        ),
        (
            "saveWallet",
            vec![
                text("encrypted_data"),
                text("signature"),
                text("original_local_hash"),
            ],
            2,
        ),
        (
            "changePassword",
            vec![
                text("encrypted_data"),
                text("old_signature"),
                text("new_signature"),
                text("original_local_hash"),
            ],
            3,
        ),
        (
            "deleteWallet",
            vec![text("local_hash"), text("signature")],
            2,
        ),
        ("listVersions", vec![text("publickey")], 1),
        (
            "fetchVersion",
            vec![text("publickey"), text("local_hash")],
            2,
        ),
        ("subscribeWallet", vec![text("publickey")], 1),
        ("serverInfo", vec![], 0),
        ("rpc.discover", vec![], 0),
    ]
}

fn by_name(parameters: &[Parameter]) -> Value {
    parameters
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn by_position(parameters: &[Parameter]) -> Value {
    parameters.iter().map(|(_, value)| value.clone()).collect()
}

#[tokio::test]
async fn wrong_parameters_are_named() {
    let server = Larimard::start().await;
    let mut socket = server.socket().await;
    for (method, parameters, required) in methods() {
        let mut wrong = Vec::new();
        for at in 0..required {
            let mut missing = parameters.clone();
            let name = missing.remove(at).0;
            wrong.push((by_name(&missing), name));
            wrong.push((by_position(&parameters[..at]), name));
        }
        for (at, (name, value)) in parameters.iter().enumerate() {
            for other in [
                json!(5),
                json!("text"),
                json!([]),
                json!({}),
                json!(false),
                Value::Null,
            ] {
                let is_fine = match &other {
                    Value::Null => at >= required,
                    other => {
                        other.is_string() == value.is_string()
                            && other.is_boolean() == value.is_boolean()
                    }
                };
                if !is_fine {
                    let mut mistyped = parameters.clone();
                    mistyped[at].1 = other;
                    wrong.push((by_name(&mistyped), *name));
                    wrong.push((by_position(&mistyped), *name));
                }
            }
        }
        for surplus in [json!("text"), Value::Null] {
            let mut more = parameters.clone();
            more.push(("surplus", surplus));
            wrong.push((by_name(&more), "surplus"));
            // nobody knows its name
            wrong.push((by_position(&more), ""));
        }
        let mut capital = parameters.clone();
        capital.push(("Publickey", json!("text")));
        wrong.push((by_name(&capital), "Publickey"));
        for (params, param) in wrong {
            let refusal = socket.call(method, params.clone()).await.unwrap_err();
            assert_eq!(
                refusal.name(),
                "InvalidParams",
                "{method} {params}: {refusal:?}"
            );
            assert_eq!(refusal.param(), param, "{method} {params}");
        }
        for params in [json!(5), json!("text"), json!(true)] {
            let refusal = socket.call(method, params.clone()).await.unwrap_err();
            assert_eq!(refusal.name(), "InvalidParams", "{method} {params}");
        }
    }
}

#[tokio::test]
async fn a_parameter_given_twice_is_refused() {
    let server = Larimard::start().await;
    let key = person(1).key();
    let body = format!(
        r#"{{"jsonrpc":"2.0","id":1,"method":"fetchWallet","params":{{"publickey":"{key}","publickey":"{key}"}}}}"#
    );
    let (_, text) = server.caller().post(body).await;
    let answer: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        answer["error"]["data"],
        json!({"name": "InvalidParams", "param": "publickey"})
    );
}

#[tokio::test]
async fn right_parameters_are_taken_by_name_and_by_position_with_null_or_without() {
    let server = Larimard::start().await;
    let alice = person(1);
    let (one, two) = (base64(b"one"), base64(b"two"));
    let key = alice.key();
    let code = server.code("alice@example.com").await;
    // the same bytes again are the same call, so every form can be tried
    for params in [
        json!([code, one, alice.sign(b"one")]),
        json!([code, one, alice.sign(b"one"), null]),
        json!([code, one, alice.sign(b"one"), null, null]),
        json!([code, one, alice.sign(b"one"), key, false]),
        json!({"code": code, "encrypted_data": one, "signature": alice.sign(b"one")}),
        json!({"replace": null, "publickey": null, "code": code, "encrypted_data": one, "signature": alice.sign(b"one")}),
        json!({"signature": alice.sign(b"one"), "code": code, "encrypted_data": one, "publickey": key, "replace": true}),
    ] {
        server.ok("createWallet", params).await;
    }
    for params in [
        json!([two, alice.sign(b"two"), hash(b"one")]),
        json!([two, alice.sign(b"two")]),
        json!([two, alice.sign(b"two"), null]),
        json!({"encrypted_data": two, "signature": alice.sign(b"two"), "original_local_hash": null}),
    ] {
        assert_eq!(
            server.ok("saveWallet", params).await["local_hash"],
            hash(b"two")
        );
    }
    for params in [
        json!([key]),
        json!([key, null]),
        json!({"publickey": key}),
        json!({"publickey": key, "local_hash": null}),
    ] {
        assert_eq!(server.ok("fetchWallet", params).await["modified"], true);
    }
    for params in [
        json!([key, hash(b"two")]),
        json!({"local_hash": hash(b"two"), "publickey": key}),
    ] {
        assert_eq!(server.ok("fetchWallet", params).await["modified"], false);
        assert_eq!(
            server.ok("fetchVersion", json!([key, hash(b"one")])).await["encrypted_data"],
            one
        );
    }
    for params in [json!([key]), json!({"publickey": key})] {
        server.ok("listVersions", params).await;
    }
    let new = person(2);
    let three = base64(b"three");
    let (old_signature, new_signature) = (alice.bound(&new, b"three"), new.sign(b"three"));
    for params in [
        json!([three, old_signature, new_signature, hash(b"two")]),
        json!([three, old_signature, new_signature]),
        json!({"encrypted_data": three, "old_signature": old_signature, "new_signature": new_signature, "original_local_hash": null}),
    ] {
        assert_eq!(
            server.ok("changePassword", params).await["publickey"],
            new.key()
        );
    }
    let signature = new.delete_signature("localhost:8330", b"three");
    for params in [
        json!([hash(b"three"), signature]),
        json!({"signature": signature, "local_hash": hash(b"three")}),
    ] {
        assert_eq!(
            server.ok("deleteWallet", params).await,
            json!({"deleted": true})
        );
    }
    for params in [json!(["a@example.com"]), json!({"email": "a@example.com"})] {
        server.ok("requestCode", params).await;
    }
    for params in [json!([]), json!({}), Value::Null] {
        server.ok("serverInfo", params.clone()).await;
        server.ok("rpc.discover", params).await;
    }
}
