//! Told to stop: what is under way is answered and stored, and nothing else is waited for.

use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use super::house::{House, Server, until};
use super::person::{Person, base64};

/// A house whose mails wait until there is a file `go`.
fn with_slow_mail() -> House {
    let mut house = House::new();
    let program = house.path("slow-sendmail");
    let script = "#!/bin/sh\ntouch asked\nwhile [ ! -e go ]; do sleep 0.02; done\ncat > sent\n";
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o700)).unwrap();
    house.set("mail.transport=sendmail");
    house.set(&format!("mail.sendmail={}", program.display()));
    house
}

fn refuses(server: &Server) -> bool {
    TcpStream::connect(server.address).is_err()
}

#[test]
fn a_call_under_way_is_answered_and_stored_whichever_signal_it_is() {
    for signal in ["TERM", "INT"] {
        let house = with_slow_mail();
        let mut server = house.start();
        let mut slow = server.socket();
        slow.send_call("requestCode", &json!(["slow@example.org"]));
        until("the mail", || house.path("asked").exists());
        server.signal(signal);
        until("the end of listening", || refuses(&server));
        std::fs::write(house.path("go"), "").unwrap();
        assert_eq!(slow.status(), 200);
        assert!(slow.rest().contains("\"expires_in\":1800"));
        let (status, said) = server.ended();
        assert_eq!(status.code(), Some(0), "{said}");
        assert!(
            said.contains(&format!("SIG{signal}: finishing what is under way")),
            "{said}"
        );

        let mail = std::fs::read_to_string(house.path("sent")).unwrap();
        let code = super::house::code_in(&mail);
        let again = house.start();
        again.ok(
            "createWallet",
            Person::number(1).create(&code, b"after the restart"),
        );
    }
}

#[test]
fn a_call_that_takes_too_long_is_not_waited_for() {
    let mut house = with_slow_mail();
    house.set("server.shutdown_seconds=1");
    let mut server = house.start();
    let mut slow = server.socket();
    slow.send_call("requestCode", &json!(["slow@example.org"]));
    until("the mail", || house.path("asked").exists());
    let begun = Instant::now();
    server.signal("TERM");
    let (status, said) = server.ended();
    assert!(
        begun.elapsed() < Duration::from_secs(8),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(status.code(), Some(1));
    assert!(
        said.contains("still under way after server.shutdown_seconds"),
        "{said}"
    );
    std::fs::write(house.path("go"), "").unwrap();
}

#[test]
fn whoever_only_holds_a_connection_does_not_hold_the_shutdown_up() {
    let house = House::new();
    let mut server = house.start();
    let person = Person::number(1);
    server.create(&house, &person, "one@example.org", b"one");
    let silent = server.socket();
    let mut half_head = server.socket();
    half_head.send("POST / HT");
    let mut half_body = server.socket();
    half_body.send_head(1000).send("{\"jsonrpc\"");
    let mut kept_alive = server.socket();
    kept_alive.send("GET /live HTTP/1.1\r\nhost: x\r\n\r\n");
    assert_eq!(kept_alive.status(), 200);
    let mut idle_websocket = server.socket();
    idle_websocket.upgrade();
    let mut subscriber = server.socket();
    subscriber.upgrade();
    subscriber.send(masked(&super::house::request(
        "subscribeWallet",
        &json!([person.key()]),
    )));
    until("the subscription", || {
        house
            .log_lines()
            .iter()
            .any(|line| line["method"] == "subscribeWallet")
    });
    let begun = Instant::now();
    server.signal("TERM");
    let (status, said) = server.ended();
    assert_eq!(status.code(), Some(0), "{said}");
    assert!(
        begun.elapsed() < Duration::from_secs(6),
        "{:?}",
        begun.elapsed()
    );
    drop((silent, half_head, half_body, kept_alive));
}

/// A text message of a WebSocket's client.
fn masked(text: &str) -> Vec<u8> {
    let length = u8::try_from(text.len()).ok().filter(|length| *length < 126);
    let mut frame = vec![0x81];
    match length {
        Some(length) => frame.push(0x80 | length),
        None => {
            frame.push(0x80 | 126);
            frame.extend(u16::try_from(text.len()).unwrap().to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(text.as_bytes());
    frame
}

#[test]
fn what_was_answered_while_it_stopped_is_stored() {
    let house = House::new();
    let server = house.start();
    let people: Vec<Person> = (0..4).map(Person::number).collect();
    for (number, person) in (0..).zip(&people) {
        server.create(&house, person, &format!("{number}@example.org"), b"first");
    }
    let saved = AtomicUsize::new(0);
    let newest: Vec<_> = std::thread::scope(|threads| {
        let saving: Vec<_> = people
            .iter()
            .map(|person| {
                let (server, saved) = (&server, &saved);
                threads.spawn(move || {
                    let mut newest = (b"first".to_vec(), None);
                    for round in 0_u64.. {
                        let data = [&round.to_be_bytes()[..], &person.key_bytes()].concat();
                        match server.ask("saveWallet", &person.save(&data)) {
                            Some(answer) => {
                                answer.expect("saved");
                                newest = (data, None);
                                saved.fetch_add(1, Ordering::SeqCst);
                            }
                            None => {
                                newest.1 = Some(data);
                                break;
                            }
                        }
                    }
                    newest
                })
            })
            .collect();
        until("some saves", || saved.load(Ordering::SeqCst) > 40);
        server.signal("TERM");
        saving
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    let mut server = server;
    let (status, said) = server.ended();
    assert_eq!(status.code(), Some(0), "{said}");
    let server = house.start();
    for (person, (answered, unanswered)) in people.iter().zip(newest) {
        let fetched = server.ok("fetchWallet", json!([person.key()]));
        let is = fetched["encrypted_data"].as_str().unwrap();
        let fits = is == base64(&answered) || unanswered.is_some_and(|data| is == base64(&data));
        assert!(fits, "what was answered is there, or what came after it");
    }
}

#[test]
fn a_save_whose_caller_hangs_up_is_finished_or_not_begun() {
    let house = House::new();
    let server = house.start();
    let person = Person::number(1);
    server.create(&house, &person, "one@example.org", b"first");
    let fetched = || {
        let fetched = server.ok("fetchWallet", json!([person.key()]));
        fetched["encrypted_data"].as_str().unwrap().to_owned()
    };
    let mut before = fetched();
    for round in 0..12_usize {
        let data = [&round.to_be_bytes()[..], &[7; 50_000]].concat();
        let body = super::house::request("saveWallet", &person.save(&data));
        let mut socket = server.socket();
        let sent = if round % 2 == 0 {
            body.len() - 1
        } else {
            body.len()
        };
        socket.send_head(body.len()).send(&body[..sent]);
        drop(socket);
        let now = fetched();
        let finished = sent == body.len() && now == base64(&data);
        assert!(now == before || finished, "half a save");
        server.ok("saveWallet", person.save(&data));
        before = fetched();
        assert_eq!(before, base64(&data), "the same bytes again");
    }
}

#[test]
fn a_call_under_way_is_finished_though_its_caller_hangs_up() {
    let house = with_slow_mail();
    let server = house.start();
    let mut caller = server.socket();
    caller.send_call("requestCode", &json!(["gone@example.org"]));
    until("the mail", || house.path("asked").exists());
    drop(caller);
    // the server has noticed that: it answers others since
    assert_eq!(server.get("/live").0, 200);
    std::fs::write(house.path("go"), "").unwrap();
    until("the line of the log", || house.log_lines().len() == 1);
    assert_eq!(house.log_lines()[0]["outcome"], "ok");
    let mail = std::fs::read_to_string(house.path("sent")).unwrap();
    let code = super::house::code_in(&mail);
    server.ok(
        "createWallet",
        Person::number(1).create(&code, b"the code works"),
    );
}

/// sled names its index after where in the log it ends, and by itself writes it only when it is opened.
#[test]
fn a_stop_leaves_nothing_for_the_next_start_to_read() {
    let house = House::new();
    let index = || {
        let entries = std::fs::read_dir(house.path("data/sled")).unwrap();
        let mut names = entries.map(|entry| entry.unwrap().file_name());
        names.find(|name| name.to_string_lossy().starts_with("snap."))
    };
    let server = house.start();
    server.create(&house, &Person::number(1), "one@example.org", b"one");
    let stale = index();
    let said = server.stop();
    assert!(!said.contains("WARN"), "{said}");
    assert_ne!(index(), stale);
    let again = house.start();
    again.ok("fetchWallet", json!([Person::number(1).key()]));
}
