//! After a whole story, with everything logged that can be: what must never be written down is nowhere.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::house::{House, NAME, Server};
use super::person::Person;

const EMAIL: &str = "Very.Secret.Person@hidden-domain.example";
const BLOB: &[u8] = b"a blob that nobody may read, long enough to be found again wherever it went";

/// Something that must not be found, with the forms in which it might be.
struct Needle {
    what: String,
    forms: Vec<Vec<u8>>,
}

/// Raw, as hex in either case, and as base64 in every form; the parts of base64 that do not depend on what stands around it.
fn needle(what: &str, bytes: &[u8]) -> Needle {
    let mut forms = vec![
        bytes.to_vec(),
        hex::encode(bytes).into_bytes(),
        hex::encode_upper(bytes).into_bytes(),
    ];
    for engine in [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD] {
        for shift in 0..3 {
            let whole = bytes[shift..].len() / 3 * 3;
            forms.push(engine.encode(&bytes[shift..shift + whole]).into_bytes());
        }
    }
    let listed: Vec<String> = bytes.iter().map(u8::to_string).collect();
    forms.push(listed.join(", ").into_bytes());
    Needle {
        what: what.to_owned(),
        forms,
    }
}

fn text(what: &str, text: &str) -> Needle {
    let mut needle = needle(what, text.as_bytes());
    needle.forms.extend([
        text.to_lowercase().into_bytes(),
        text.to_uppercase().into_bytes(),
    ]);
    needle
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}

#[track_caller]
fn assert_absent(place: &str, haystack: &[u8], needles: &[&Needle]) {
    for needle in needles {
        for form in &needle.forms {
            assert!(
                !contains(haystack, form),
                "{place} holds {} as {:?}",
                needle.what,
                String::from_utf8_lossy(form)
            );
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// Everything that a wallet can go through, failures included; the codes that were mailed and the signatures that were sent.
fn story(house: &House, server: &Server) -> (Vec<String>, Vec<String>) {
    let (one, two) = (Person::number(1), Person::number(2));
    let mut codes = Vec::new();
    for _ in 0..2 {
        server.ok("requestCode", json!({"email": EMAIL}));
        codes.push(house.code(&EMAIL.to_lowercase()));
    }
    let changed = |byte: u8| [BLOB, &[byte]].concat();
    let calls = [
        ("createWallet", one.create(&codes[0], BLOB)),
        ("createWallet", one.create(&codes[0], BLOB)),
        ("createWallet", two.create(&codes[1], BLOB)),
        ("saveWallet", one.save(&changed(1))),
        ("saveWallet", one.save(BLOB)),
        ("fetchWallet", json!([one.key()])),
        ("fetchWallet", json!([two.key()])),
        ("listVersions", json!([one.key()])),
        ("changePassword", one.change(&two, &changed(2))),
        ("fetchWallet", json!([one.key()])),
        ("saveWallet", one.save(&changed(3))),
        ("deleteWallet", two.delete(NAME, BLOB)),
        ("requestCode", json!({"email": format!("{EMAIL}@twice")})),
        ("createWallet", json!({"code": codes[1], "email": EMAIL})),
        (
            "saveWallet",
            json!({"encrypted_data": super::person::base64(BLOB), "signature": one.signature(BLOB)[2..]}),
        ),
    ];
    let mut signatures = Vec::new();
    for (method, params) in calls {
        for field in ["signature", "old_signature", "new_signature"] {
            signatures.extend(params[field].as_str().map(str::to_owned));
        }
        let _ = server.ask(method, &params).expect("an answer");
    }
    server
        .post(&format!("{{\"nonsense\": \"{EMAIL} {}", codes[1]))
        .unwrap();
    (codes, signatures)
}

#[test]
fn no_log_holds_a_key_a_signature_a_code_an_address_or_a_blob_and_no_store_an_address_or_a_code() {
    let mut house = House::new();
    house.set("log.level=trace");
    let server = house.start();
    let (codes, signatures) = story(&house, &server);
    let said = server.stop();

    let email = [
        text("the e-mail address", EMAIL),
        text("its local part", "very.secret.person"),
        text("its domain", "hidden-domain"),
    ];
    let mut of_codes = Vec::new();
    for code in &codes {
        of_codes.push(text("a code", code));
        of_codes.push(text("a code without dashes", &code.replace('-', "")));
    }
    let mut others = vec![needle("the blob", BLOB)];
    for number in [1, 2] {
        let key = Person::number(number).key_bytes();
        others.extend([
            needle("a public key", &key),
            needle("most of a public key", &key[1..]),
        ]);
    }
    for signature in signatures
        .iter()
        .filter_map(|signature| hex::decode(signature).ok())
    {
        others.extend([
            needle("a signature", &signature),
            needle("most of a signature", &signature[1..]),
        ]);
    }
    let secret = needle(
        "the server's secret",
        &std::fs::read(house.path("larimar.secret")).unwrap(),
    );

    let access = std::fs::read(house.path("logs/access.log")).unwrap();
    assert!(access.len() > 1000, "there is something to search");
    assert!(said.contains("TRACE") || said.contains("DEBUG") || said.contains("INFO"));
    let never: Vec<&Needle> = email
        .iter()
        .chain(&of_codes)
        .chain(&others)
        .chain([&secret])
        .collect();
    assert_absent("the access log", &access, &never);
    assert_absent("the server log", said.as_bytes(), &never);

    let in_no_store: Vec<&Needle> = email.iter().chain(&of_codes).chain([&secret]).collect();
    let mut store = Vec::new();
    for file in files(&house.path("data")) {
        let bytes = std::fs::read(&file).unwrap();
        assert_absent(&file.display().to_string(), &bytes, &in_no_store);
        store.extend(bytes);
    }
    // the search does find what is there: the blob and the key, as bytes
    assert!(contains(&store, BLOB));
    assert!(contains(&store, &Person::number(1).key_bytes()));
    let text_forms: Vec<Needle> = others
        .into_iter()
        .map(|mut needle| {
            needle.forms.remove(0);
            needle
        })
        .collect();
    assert_absent("the store", &store, &text_forms.iter().collect::<Vec<_>>());
}

#[test]
fn pins_and_their_keys_are_in_no_log_and_no_file() {
    let mut house = House::new();
    house.set("log.level=trace");
    let server = house.start();
    let keys = ["access", "pass", "cstore"].map(|name| larimar::crypto::sha256(&[name.as_bytes()]));
    let [access, pass, cstore] = keys.map(hex::encode);
    let made = server.ok("wallet/create", json!([access, pass, cstore]));
    let pin = made["pin"].as_str().unwrap().to_owned();
    let guess = "notthe9one";
    server.ok("wallet/login", json!([access, pin]));
    server.refused("wallet/login", json!([access, guess]));
    server.refused("wallet/access", json!([access, cstore]));
    let chosen = "k3m7xqk3m7xqzt";
    server.ok("wallet/changepin", json!([access, pass, chosen]));
    server.refused("wallet/changepin", json!([access, pass, "NotAllowed0"]));
    server.ok("wallet/access", json!([access, pass]));
    server.ok(
        "wallet/add",
        json!([access, pass, [{"desc": "!to be found"}]]),
    );
    let said = server.stop();

    let mut needles = vec![
        text("a pin that was made", &pin),
        text("a pin that was chosen", chosen),
        text("a pin that was guessed", guess),
        text("a pin that was refused", "NotAllowed0"),
    ];
    for (what, key) in ["the accessKey", "the passKey", "the cstoreKey"]
        .iter()
        .zip(keys)
    {
        needles.push(needle(what, &key));
    }
    // base64 of a short pin is four letters, which are found anywhere
    for needle in &mut needles {
        needle.forms.retain(|form| form.len() >= 6);
    }
    let never: Vec<&Needle> = needles.iter().collect();
    assert_absent(
        "the access log",
        &std::fs::read(house.path("logs/access.log")).unwrap(),
        &never,
    );
    assert_absent("the server log", said.as_bytes(), &never);
    let mut store = Vec::new();
    for file in files(&house.path("data")) {
        let bytes = std::fs::read(&file).unwrap();
        assert_absent(&file.display().to_string(), &bytes, &never);
        store.extend(bytes);
    }
    assert!(contains(&store, b"to be found"));
}

#[test]
fn a_server_log_at_any_level_says_no_more_of_a_mail_that_failed() {
    let mut house = House::new();
    house.set("log.level=trace");
    house.set("mail.transport=sendmail");
    house.set("mail.sendmail=/bin/false");
    let server = house.start();
    let refused = server.refused("requestCode", json!([EMAIL]));
    assert_eq!(super::house::name(&refused), "MailFailed");
    assert_eq!(
        refused["data"]
            .as_object()
            .unwrap()
            .keys()
            .collect::<Vec<_>>(),
        ["name"]
    );
    let said = server.stop();
    assert!(said.contains("a code could not be mailed"), "{said}");
    let email = text("the e-mail address", EMAIL);
    assert_absent("the server log", said.as_bytes(), &[&email]);
    let lines: Vec<Value> = house.log_lines();
    assert_eq!(lines[0]["outcome"], "MailFailed");
}

#[test]
fn secrets_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let house = House::new();
    let server = house.start();
    server.ok("requestCode", json!(["one@example.org"]));
    server.stop();
    let mode = |name: &str| {
        std::fs::metadata(house.path(name))
            .unwrap()
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(mode("larimar.secret"), 0o600);
    assert_eq!(mode("data"), 0o700);
    assert_eq!(mode("mail"), 0o700);
    assert_eq!(mode("logs/access.log") & 0o007, 0);
    for mail in files(&house.path("mail")) {
        assert_eq!(
            std::fs::metadata(mail).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}
