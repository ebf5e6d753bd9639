//! How often who may ask, over the wire.

use serde_json::json;

use super::house::{House, Server, name, outcome, request, until};
use super::person::Person;

/// A call that names a wallet; which is none.
fn fetch() -> String {
    request("fetchWallet", &json!([Person::number(999).key()]))
}

/// Whether the caller with these headers was let through.
fn admitted(server: &Server, call: &str, headers: &[(&str, &str)]) -> bool {
    let (status, answer) = server.post_with(call, headers).unwrap();
    assert_eq!(status, 200);
    match outcome(answer) {
        Ok(_) => true,
        Err(error) => {
            if name(&error) == "RateLimited" {
                assert_eq!(error["code"], 4290);
                let wait = error["data"]["retry_after"].as_u64().unwrap();
                assert!((1..=3600).contains(&wait), "{wait}");
                return false;
            }
            true
        }
    }
}

/// How many of so many calls were let through, all of them before the first that was not.
fn let_through(server: &Server, calls: usize, headers: &[(&str, &str)]) -> usize {
    let call = fetch();
    let admitted: Vec<bool> = (0..calls)
        .map(|_| admitted(server, &call, headers))
        .collect();
    let count = admitted.iter().filter(|admitted| **admitted).count();
    assert!(
        admitted[..count].iter().all(|admitted| *admitted),
        "{admitted:?}"
    );
    count
}

#[test]
fn half_of_the_hour_rounded_up_may_be_used_at_once() {
    for (per_hour, at_once) in [(7, 4), (8, 4), (1, 1), (2, 1)] {
        let house = House::with(&[&format!("limits.wallet_requests_per_hour={per_hour}")]);
        let server = house.start();
        assert_eq!(
            let_through(&server, at_once + 3, &[]),
            at_once,
            "{per_hour} an hour"
        );
        // what names no wallet goes on, and another address has its own
        server.ok("serverInfo", json!([]));
        server.ok("rpc.discover", json!([]));
    }
}

#[test]
fn every_method_that_names_a_wallet_counts_whatever_comes_of_it() {
    let house = House::with(&["limits.wallet_requests_per_hour=14"]);
    let server = house.start();
    let methods = [
        "createWallet",
        "fetchWallet",
        "saveWallet",
        "changePassword",
        "deleteWallet",
        "listVersions",
        "fetchVersion",
    ];
    for method in methods {
        assert!(
            admitted(&server, &request(method, &json!([])), &[]),
            "{method}"
        );
    }
    for method in methods {
        assert!(
            !admitted(&server, &request(method, &json!([])), &[]),
            "{method}"
        );
    }
}

#[test]
fn every_entry_of_a_batch_counts() {
    let house = House::with(&["limits.wallet_requests_per_hour=10"]);
    let server = house.start();
    let batch = format!("[{}]", vec![fetch(); 8].join(","));
    let (_, answers) = server.post(&batch).unwrap();
    let names: Vec<&str> = answers
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| name(&answer["error"]))
        .collect();
    assert_eq!(names[..5], ["WalletNotFound"; 5]);
    assert_eq!(names[5..], ["RateLimited"; 3]);
}

#[test]
fn a_refused_call_is_in_the_log_and_not_in_the_statistics() {
    let house = House::with(&["limits.wallet_requests_per_hour=6"]);
    let server = house.start();
    let person = Person::number(1);
    server.create(&house, &person, "one@example.org", b"one");
    for _ in 0..2 {
        server.ok("fetchWallet", json!([person.key()]));
    }
    for _ in 0..4 {
        assert_eq!(
            name(&server.refused("fetchWallet", json!([person.key()]))),
            "RateLimited"
        );
    }
    until("all lines", || house.log_lines().len() == 8);
    let refused = house.log_lines();
    let refused = refused
        .iter()
        .filter(|line| line["outcome"] == "RateLimited");
    assert_eq!(refused.count(), 4);
    // counted since the process started, so the next one may ask again
    server.stop();
    let server = house.start();
    let fetched = server.ok("fetchWallet", json!([person.key()]));
    assert_eq!(fetched["statistics"]["fetches"], 3);
    assert_eq!(fetched["statistics"]["recent"].as_array().unwrap().len(), 4);
    assert_eq!(fetched["statistics"]["addresses"][0]["requests"], 4);
}

#[test]
fn a_header_counts_from_a_trusted_proxy_only() {
    let house = House::with(&["limits.wallet_requests_per_hour=2"]);
    let server = house.start();
    assert_eq!(
        let_through(&server, 1, &[("x-forwarded-for", "192.0.2.1")]),
        1
    );
    assert_eq!(
        let_through(&server, 1, &[("x-forwarded-for", "192.0.2.2")]),
        0,
        "a header is no other address"
    );
    let said = server.stop();
    assert_eq!(
        said.matches("not in server.trusted_proxies").count(),
        1,
        "said once: {said}"
    );

    let trusting = [
        "limits.wallet_requests_per_hour=2",
        "server.trusted_proxies=[\"127.0.0.1\"]",
    ];
    let house = House::with(&trusting);
    let server = house.start();
    for header in [
        "192.0.2.1",
        "192.0.2.2",
        "6.6.6.6, 192.0.2.3",
        "6.6.6.6, 192.0.2.4, 127.0.0.1",
    ] {
        assert_eq!(
            let_through(&server, 2, &[("x-forwarded-for", header)]),
            1,
            "{header}"
        );
    }
    assert_eq!(
        let_through(&server, 1, &[("x-forwarded-for", "7.7.7.7, 192.0.2.4")]),
        0,
        "what stands left is invention"
    );
    assert_eq!(
        let_through(&server, 1, &[("forwarded", "for=192.0.2.9")]),
        1,
        "the other header: the proxy itself"
    );
    assert_eq!(
        let_through(&server, 1, &[("forwarded", "for=192.0.2.10")]),
        0
    );
    until("all lines", || house.log_lines().len() == 11);
    let lines = house.log_lines();
    let seen: Vec<&str> = lines
        .iter()
        .filter_map(|line| line["ip"].as_str())
        .collect();
    assert_eq!(seen[0], "192.0.2.1");
    assert_eq!(seen[4], "192.0.2.3");
    assert_eq!(seen[9], "127.0.0.1");
}

#[test]
fn the_other_header_counts_if_it_is_set() {
    let house = House::with(&[
        "limits.wallet_requests_per_hour=2",
        "server.trusted_proxies=[\"127.0.0.0/8\"]",
        "server.proxy_header=Forwarded",
    ]);
    let server = house.start();
    for header in [
        "for=192.0.2.1",
        "for=\"[2001:db8::7]:4711\";proto=https",
        "for=1.1.1.1, for=\"192.0.2.2:99\"",
    ] {
        assert_eq!(
            let_through(&server, 2, &[("forwarded", header)]),
            1,
            "{header}"
        );
    }
    assert_eq!(
        let_through(&server, 1, &[("forwarded", "for=\"[2001:db8::8]\"")]),
        0,
        "a /64 is one caller"
    );
    assert_eq!(
        let_through(&server, 2, &[("x-forwarded-for", "192.0.2.50")]),
        1,
        "the proxy itself"
    );
}

#[test]
fn an_ipv6_caller_is_its_64_and_a_48_has_eight_times_that() {
    let house = House::with(&[
        "limits.wallet_requests_per_hour=2",
        "server.trusted_proxies=[\"127.0.0.1\"]",
    ]);
    let server = house.start();
    let ask = |ip: &str| let_through(&server, 1, &[("x-forwarded-for", ip)]);
    assert_eq!(ask("2001:db8:1:1::1"), 1);
    assert_eq!(ask("2001:db8:1:1:ffff::2"), 0);
    let others = (2..20).map(|subnet| ask(&format!("2001:db8:1:{subnet}::1")));
    assert_eq!(others.sum::<usize>(), 7, "eight in all at once");
    assert_eq!(ask("2001:db8:2::1"), 1);
    assert_eq!(ask("::ffff:192.0.2.1"), 1);
    assert_eq!(ask("192.0.2.1"), 0, "the same address");
}

#[test]
fn it_serves_on_ipv6() {
    if std::net::TcpListener::bind("[::1]:0").is_err() {
        return; // there is none here
    }
    let house = House::with(&["server.listen=[::1]:0", "limits.wallet_requests_per_hour=2"]);
    let server = house.start();
    assert_eq!(let_through(&server, 2, &[]), 1);
    until("a line", || !house.log_lines().is_empty());
    assert_eq!(house.log_lines()[0]["ip"], "::1");
}

#[test]
fn exempt_networks_have_no_limit() {
    let house = House::with(&[
        "limits.wallet_requests_per_hour=1",
        "limits.codes_per_hour=1",
        "limits.codes_per_email_per_hour=1",
        "limits.exempt=[\"192.0.2.0/28\"]",
        "server.trusted_proxies=[\"127.0.0.1\"]",
    ]);
    let server = house.start();
    assert_eq!(
        let_through(&server, 20, &[("x-forwarded-for", "192.0.2.15")]),
        20
    );
    assert_eq!(
        let_through(&server, 2, &[("x-forwarded-for", "192.0.2.16")]),
        1
    );
    for _ in 0..5 {
        assert!(admitted(
            &server,
            &code("one@example.org"),
            &[("x-forwarded-for", "192.0.2.1")]
        ));
    }
}

fn code(email: &str) -> String {
    request("requestCode", &json!([email]))
}

#[test]
fn codes_are_limited_by_address_then_by_email_then_in_total() {
    let house = House::with(&[
        "limits.codes_per_hour=6",
        "limits.codes_per_email_per_hour=2",
        "limits.codes_per_hour_total=8",
        "server.trusted_proxies=[\"127.0.0.1\"]",
    ]);
    let server = house.start();
    let ask = |ip: &str, email: &str| admitted(&server, &code(email), &[("x-forwarded-for", ip)]);
    assert!(ask("192.0.2.1", "a@example.org"));
    assert!(
        !ask("192.0.2.1", "a@example.org"),
        "the e-mail's one at once"
    );
    assert!(
        !ask("192.0.2.1", "A@example.org "),
        "which is the same address"
    );
    assert!(
        !ask("192.0.2.1", "b@example.org"),
        "the address's three, of which two were refused by the e-mail's"
    );
    assert!(
        ask("192.0.2.2", "b@example.org"),
        "that refusal left the e-mail's untouched"
    );
    assert!(ask("192.0.2.2", "c@example.org"));
    assert!(
        ask("192.0.2.3", "d@example.org"),
        "the e-mail's refusals left the total untouched"
    );
    assert!(!ask("192.0.2.3", "e@example.org"), "four in total at once");
    // whatever is no address counts for the caller only
    assert!(ask("192.0.2.4", "nonsense"));
    // the codes are no wallet requests
    assert_eq!(
        let_through(&server, 3, &[("x-forwarded-for", "192.0.2.1")]),
        3
    );
    let mails = std::fs::read_dir(house.path("mail")).unwrap().count();
    assert_eq!(mails, 4);
}

#[test]
fn the_answer_to_a_known_address_is_that_to_an_unknown_one() {
    let house = House::with(&[]);
    let server = house.start();
    server.create(&house, &Person::number(1), "known@example.org", b"one");
    // the one code that both have been sent tells nothing either
    server.ok("requestCode", json!(["unknown@example.org"]));
    let (mut answers, mut waits) = (Vec::new(), Vec::new());
    for email in ["known@example.org", "unknown@example.org"] {
        let mut answer = server.ok("requestCode", json!([email]));
        waits.push(answer["retry_after"].take().as_u64().unwrap());
        answers.push(answer);
    }
    let same = json!({"expires_in": 1800, "retry_after": null});
    assert_eq!(answers, [same.clone(), same]);
    assert!(
        waits[0] > 0 && waits[0].abs_diff(waits[1]) < 10,
        "{waits:?}"
    );
}
