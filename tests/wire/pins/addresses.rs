//! `wallet/add` and `wallet/download`.

use serde_json::{Value, json};

use super::Owner;
use crate::harness::Larimard;

#[tokio::test]
async fn objects_are_appended_once() {
    let server = Larimard::start().await;
    let (owner, _) = Owner::on(&server, 1).await;
    let object = |number: usize| json!({"pub": format!("!{number}"), "desc": "!é\u{1f600}"});
    server.ok("wallet/add", owner.add(&json!([]))).await;
    server
        .ok(
            "wallet/add",
            owner.add(&json!([object(1), object(2), object(1)])),
        )
        .await;
    server
        .ok("wallet/add", owner.add(&json!([object(2), object(3), {}])))
        .await;
    server
        .ok(
            "wallet/add",
            owner.add(&json!([{"desc": "!é\u{1f600}", "pub": "!3"}, {}])),
        )
        .await;
    assert_eq!(
        owner.addresses(&server).await,
        json!([object(1), object(2), object(3), {}])
    );
    // another's wallet has its own
    let (other, _) = Owner::on(&server, 2).await;
    assert_eq!(other.addresses(&server).await, json!([]));
}

#[tokio::test]
async fn what_is_no_address_object_is_rejected_and_nothing_is_added() {
    let server = Larimard::start().await;
    let (owner, _) = Owner::on(&server, 1).await;
    for (bad, reason) in [
        (json!("x"), "not an object"),
        (json!(null), "not an object"),
        (json!(["!x"]), "not an object"),
        (json!({"x": 1}), "a member is not a string"),
        (json!({"x": null}), "a member is not a string"),
        (json!({"x": {"y": "!z"}}), "a member is not a string"),
        (
            json!({"x": "y"}),
            "a member does not begin with !, enc! or b64!",
        ),
        (
            json!({"x": ""}),
            "a member does not begin with !, enc! or b64!",
        ),
        (
            json!({"ok": "!", "x": "rsa!AAAA"}),
            "a member does not begin with !, enc! or b64!",
        ),
        (
            json!({"x": "enc!A"}),
            "what stands behind enc! or b64! is not base64",
        ),
        (
            json!({"x": "b64!_-8="}),
            "what stands behind enc! or b64! is not base64",
        ),
    ] {
        let refusal = server
            .refused(
                "RejectData",
                "wallet/add",
                owner.add(&json!([{"x": "!good"}, bad])),
            )
            .await;
        assert_eq!(
            refusal.details(),
            json!({"reason": reason, "index": 1, "param": "walletAddresses"})
        );
    }
    assert_eq!(owner.addresses(&server).await, json!([]));
}

#[tokio::test]
async fn quotas_hold_to_the_byte() {
    let server = Larimard::with(|settings| {
        settings.pins.addresses = 3;
        settings.pins.bytes = 60;
    })
    .await;
    let (owner, _) = Owner::on(&server, 1).await;
    let object = |length: usize| json!({"x": format!("!{}", "a".repeat(length))});
    // [{"x":"!aa…"}] has eleven bytes around them
    let refusal = server
        .refused(
            "QuotaExceeded",
            "wallet/add",
            owner.add(&json!([object(50)])),
        )
        .await;
    assert_eq!(refusal.data["limit"], 60);
    server
        .ok("wallet/add", owner.add(&json!([object(49)])))
        .await;
    server
        .refused(
            "QuotaExceeded",
            "wallet/add",
            owner.add(&json!([object(0)])),
        )
        .await;
    // what is there needs no room
    server
        .ok("wallet/add", owner.add(&json!([object(49)])))
        .await;

    let (owner, _) = Owner::on(&server, 2).await;
    let all: Vec<Value> = (0..4).map(object).collect();
    let refusal = server
        .refused("QuotaExceeded", "wallet/add", owner.add(&json!(all)))
        .await;
    assert_eq!(refusal.data["limit"], 3);
    assert_eq!(owner.addresses(&server).await, json!([]), "all or nothing");
    server.ok("wallet/add", owner.add(&json!(all[..3]))).await;
}

#[tokio::test]
async fn a_full_wallet_comes_back_whole() {
    let mut server = Larimard::start().await;
    let (owner, _) = Owner::on(&server, 1).await;
    let objects: Vec<Value> = (0..1000)
        .map(|number| json!({"pub": format!("!{number:0>80}"), "priv": format!("enc!{}", "AAAA".repeat(30))}))
        .collect();
    for part in objects.chunks(250) {
        server.ok("wallet/add", owner.add(&json!(part))).await;
    }
    server.restart().await;
    assert_eq!(owner.addresses(&server).await, json!(objects));
    server.ok("wallet/delete", owner.keys()).await;
}

#[tokio::test]
async fn only_the_owner_hears_what_is_wrong_with_the_objects() {
    let server = Larimard::start().await;
    let (owner, _) = Owner::on(&server, 1).await;
    let other = Owner::numbered(2);
    let too_many: Vec<Value> = (0..1001)
        .map(|number| json!({"x": format!("!{number}")}))
        .collect();
    for objects in [json!([5]), json!(too_many)] {
        server
            .refused("UnknownAccessKey", "wallet/add", other.add(&objects))
            .await;
        server
            .refused(
                "IncorrectPassKey",
                "wallet/add",
                json!([owner.access, other.pass, objects]),
            )
            .await;
    }
    server
        .refused("RejectData", "wallet/add", owner.add(&json!([5])))
        .await;
    server
        .refused("QuotaExceeded", "wallet/add", owner.add(&json!(too_many)))
        .await;
    for no_list in [json!({}), json!("x"), json!(null), json!(5)] {
        let refusal = server
            .refused("InvalidParams", "wallet/add", owner.add(&no_list))
            .await;
        assert_eq!(refusal.param(), "walletAddresses", "{no_list}");
    }
    let mut surplus = owner.add(&json!([]));
    surplus["more"] = json!(1);
    let refusal = server.refused("InvalidParams", "wallet/add", surplus).await;
    assert_eq!(refusal.param(), "more");
    let missing = json!({"accessKey": owner.access, "walletAddresses": []});
    assert_eq!(
        server
            .refused("InvalidParams", "wallet/add", missing)
            .await
            .param(),
        "passKey"
    );
}
