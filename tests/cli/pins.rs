//! `larimar pin` on real servers: two devices, a server that comes and goes, and nothing secret on a disk.

use std::path::Path;

use serde_json::{Value, json};

use crate::person::error;
use crate::program::{Done, Larimar};
use crate::server::Larimard;

const KEYPHRASE: &str = "E38dyTYsR7i6Gd8SJsmKd9du92MPvEXV9";
const ACCESS_KEY: &str = "c6c0aaf1bbe19ef3ba5808ab622ec646b75f83cacf49d30607a0cc89affd66c7";

/// What was shown when the wallet was created.
struct Shown {
    keyphrase: String,
    url: String,
    pin: String,
}

fn created(larimar: &Larimar) -> Shown {
    let shown = larimar.run(&["pin", "create", "--json"], "").json();
    let text = |name: &str| shown[name].as_str().unwrap().to_owned();
    Shown {
        keyphrase: text("keyphrase"),
        url: text("url"),
        pin: text("pin"),
    }
}

fn does(larimar: &Larimar, arguments: &[&str], input: &str) -> Done {
    let arguments: Vec<&str> = ["pin"].iter().chain(arguments).copied().collect();
    larimar.run(&arguments, format!("{input}\n"))
}

fn asks(larimar: &Larimar, arguments: &[&str], input: &str) -> Value {
    does(larimar, &[arguments, &["--json"]].concat(), input).json()
}

#[track_caller]
fn refused(done: &Done, code: i32, name: &str) {
    assert_eq!(
        (done.code, &error(done)["name"]),
        (code, &json!(name)),
        "{}",
        done.err
    );
}

/// Everything that is written under the folder, as text.
fn written(folder: &Path) -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text += &written(&path);
        } else {
            text += &String::from_utf8_lossy(&std::fs::read(&path).unwrap());
        }
    }
    text
}

fn descriptions(larimar: &Larimar) -> Vec<String> {
    let listed = asks(larimar, &["list"], "");
    let addresses = listed["addresses"].as_array().unwrap().iter();
    let mut found: Vec<String> = addresses
        .map(|it| it["description"].as_str().unwrap_or("[hidden]").to_owned())
        .collect();
    found.sort();
    found
}

#[test]
fn a_wallet_from_creating_to_deleting_on_two_devices() {
    let mut server = Larimard::start();
    let laptop = Larimar::calling(&server.url);
    let shown = created(&laptop);
    assert!(
        shown.url.starts_with("bjswallet://127.0.0.1:"),
        "{}",
        shown.url
    );
    assert_eq!((shown.keyphrase.len(), shown.pin.len()), (33, 6));
    let again = does(&laptop, &["create"], "");
    assert_eq!(again.code, 2, "{}", again.err);

    // without the pin, and without the server
    assert_eq!(
        does(&laptop, &["list"], "").ok().out,
        "P2WPKH  P2PKH  DESCRIPTION\n"
    );
    let faucet = asks(&laptop, &["new", "--description", "Faucet"], "");
    server.stop();
    let bob = asks(&laptop, &["new", "--description", "Bob"], "");
    assert_ne!(faucet["public_key"], bob["public_key"]);
    let bob = bob["p2pkh"].as_str().unwrap();
    does(&laptop, &["describe", bob, "Bob's bicycle"], "").ok();
    assert_eq!(descriptions(&laptop), ["Bob's bicycle", "Faucet"]);
    let queue = asks(&laptop, &["queue"], "");
    assert_eq!(queue.as_array().unwrap().len(), 3);
    assert_eq!(queue[1]["object"]["desc"], "!Bob");
    let list = does(&laptop, &["list"], "").ok();
    assert!(list.err.contains("queued actions: 3"), "{}", list.err);
    let dropped = does(&laptop, &["queue", "--drop", "3"], "").ok();
    assert!(dropped.err.contains("Bob's bicycle"), "{}", dropped.err);
    refused(
        &does(&laptop, &["queue", "--drop", "3", "--json"], ""),
        3,
        "NotFound",
    );
    assert_eq!(descriptions(&laptop), ["Bob", "Faucet"]);
    let unlock = ["unlock", "--pin-stdin"];
    refused(
        &does(&laptop, &["unlock", "--pin-stdin", "--json"], &shown.pin),
        7,
        "Transport",
    );
    for n in 3..=5 {
        does(&laptop, &["new", "--description", &n.to_string()], "").ok();
    }
    let empty = does(&laptop, &["new"], "");
    assert_eq!(empty.code, 1, "{}", empty.err);
    assert!(
        empty.err.contains("hint: larimar pin unlock"),
        "{}",
        empty.err
    );

    // unlocking sends it, and fills the reserve
    server.start_again();
    let told = does(&laptop, &unlock, &shown.pin).ok();
    assert!(told.err.contains("to be sent: "), "{}", told.err);
    assert!(told.err.contains("sent: 5 queued actions"), "{}", told.err);
    let status = asks(&laptop, &["status"], "");
    assert_eq!(status["queued"], 0, "{status}");
    assert_eq!(
        (&status["addresses"], &status["unused"]),
        (&json!(5), &json!(5))
    );
    let secret = [
        "new",
        "--description",
        "not for all",
        "--secret",
        "--pin-stdin",
    ];
    does(&laptop, &secret, &shown.pin).ok();
    let list = does(&laptop, &["list"], "").ok();
    assert!(
        list.out.contains("[hidden]") && list.err.contains("--unlock"),
        "{}",
        list.err
    );
    let open = does(&laptop, &["list", "--unlock", "--pin-stdin"], &shown.pin).ok();
    assert!(
        open.out.contains("not for all") && !open.out.contains('['),
        "{}",
        open.out
    );

    // the other device
    let phone = Larimar::new();
    let restore = ["restore", "--keyphrase-stdin"];
    let restored = asks(&phone, &restore, &shown.url);
    assert_eq!(
        (&restored["pin"], &restored["addresses"]),
        (&json!(shown.pin), &json!(6))
    );
    assert_eq!(descriptions(&phone), descriptions(&laptop));
    does(&phone, &["new", "--description", "from the phone"], "").ok();
    does(&phone, &unlock, &shown.pin).ok();
    does(&laptop, &unlock, &shown.pin).ok();
    assert!(descriptions(&laptop).contains(&"from the phone".to_owned()));
    let private = ["show", bob, "--private", "--pin-stdin"];
    let wif = asks(&phone, &private, &shown.pin);
    let wif = wif["wif"].as_str().unwrap();
    assert!(wif.len() == 52 && (wif.starts_with('K') || wif.starts_with('L')));

    // wrong pins lock it, the keyphrase unlocks it
    for attempt in 1..=5 {
        let name = if attempt < 5 {
            "InvalidPin"
        } else {
            "InvalidPinLocked"
        };
        let done = does(&phone, &["unlock", "--pin-stdin", "--json"], "zzzzzz");
        refused(&done, 5, name);
    }
    refused(
        &does(&laptop, &["unlock", "--pin-stdin", "--json"], &shown.pin),
        5,
        "WalletLocked",
    );
    let access = ["access", "--keyphrase-stdin"];
    assert_eq!(asks(&laptop, &access, &shown.keyphrase)["pin"], shown.pin);
    does(&phone, &unlock, &shown.pin).ok();
    does(&phone, &["lock"], "").ok();
    refused(
        &does(&phone, &["unlock", "--pin-stdin", "--json"], &shown.pin),
        5,
        "WalletLocked",
    );
    asks(&phone, &access, &shown.keyphrase);

    // a new pin
    let change = ["change-pin", "--pin-stdin", "--new-pin-stdin", "--json"];
    let weak = does(&laptop, &change, &format!("{}\nabcdef", shown.pin));
    refused(&weak, 5, "InvalidPinNotSecure");
    does(&laptop, &change, &format!("{}\nv9kqt3mw", shown.pin)).ok();
    refused(
        &does(&phone, &["unlock", "--pin-stdin", "--json"], &shown.pin),
        5,
        "InvalidPin",
    );
    does(&phone, &unlock, "v9kqt3mw").ok();

    // nothing secret is on a disk
    let pass_key = larimar::crypto::MasterKey::from(&shown.keyphrase.parse().unwrap()).pass_key();
    let keyphrase: larimar::crypto::Keyphrase = shown.keyphrase.parse().unwrap();
    let hex = hex::encode(keyphrase.expose());
    for folder in [laptop.folder(), phone.folder()] {
        let text = written(folder);
        assert!(text.contains("walletAddresses"));
        for secret in [
            &shown.keyphrase,
            &shown.pin,
            "v9kqt3mw",
            &*pass_key.hex(),
            &hex,
            wif,
        ] {
            assert!(!text.contains(secret), "{secret}");
        }
    }

    // the end
    assert_eq!(
        does(&laptop, &["delete", "--pin-stdin"], "v9kqt3mw").code,
        2
    );
    does(&laptop, &["delete", "--yes", "--pin-stdin"], "v9kqt3mw").ok();
    refused(&does(&laptop, &["status", "--json"], ""), 3, "NotFound");
    refused(
        &does(&phone, &["unlock", "--pin-stdin", "--json"], "v9kqt3mw"),
        3,
        "UnknownAccessKey",
    );
    does(&phone, &["delete", "--yes", "--local-only"], "").ok();
    refused(&does(&phone, &["list", "--json"], ""), 3, "NotFound");
    refused(
        &does(
            &phone,
            &["restore", "--keyphrase-stdin", "--json"],
            &shown.url,
        ),
        3,
        "UnknownAccessKey",
    );
    assert!(!written(phone.folder()).contains("walletAddresses"));
}

#[test]
fn the_keyphrase_and_an_export_are_enough_when_the_server_is_gone() {
    let server = Larimard::start();
    let laptop = Larimar::calling(&server.url);
    let shown = created(&laptop);
    let secret = [
        "new",
        "--description",
        "saving",
        "--secret",
        "--keyphrase-stdin",
    ];
    let address = asks(&laptop, &secret, &shown.keyphrase);
    let address = address["p2wpkh"].as_str().unwrap();
    does(&laptop, &["unlock", "--pin-stdin"], &shown.pin).ok();
    let file = laptop.folder().join("export.json");
    let file = file.to_str().unwrap();
    does(&laptop, &["export", "--out", file], "").ok();
    assert_eq!(
        does(&laptop, &["export", "--out", file], "").code,
        2,
        "it is there"
    );
    drop(server);

    // the device that has the wallet needs the keyphrase only
    let show = ["show", address, "--private", "--keyphrase-stdin"];
    let wif = asks(&laptop, &show, &shown.keyphrase)["wif"].clone();
    let device = Larimar::new();
    let restore = ["restore", "--offline", "--from", file, "--keyphrase-stdin"];
    let other = does(&device, &[&restore[..], &["--json"]].concat(), KEYPHRASE);
    refused(&other, 2, "OtherWallet");
    let restored = does(&device, &restore, &shown.keyphrase).ok();
    assert!(restored.err.contains("No pin opens it"), "{}", restored.err);
    assert_eq!(asks(&device, &show, &shown.keyphrase)["wif"], wif);
    let open = asks(&device, &["list", "--keyphrase-stdin"], &shown.keyphrase);
    assert_eq!(open["addresses"][0]["description"], "saving");
    let by_pin = does(&device, &["unlock", "--pin-stdin", "--json"], &shown.pin);
    refused(&by_pin, 2, "NoCstoreBox");
    // and what is done meanwhile waits
    does(&device, &["new", "--description", "later"], "").ok();
    assert_eq!(asks(&device, &["status"], "")["queued"], 1);

    std::fs::write(file, "{}").unwrap();
    let damaged = does(&Larimar::new(), &restore, &shown.keyphrase);
    assert_eq!(damaged.code, 2, "{}", damaged.err);
}

#[test]
fn each_fault_of_a_keyphrase_has_its_own_message() {
    let larimar = Larimar::new();
    let keyphrase = ["keyphrase", "--keyphrase-stdin"];
    let server = ["--server", "https://wallet.example.org"];
    let url = format!("bjswallet://wallet.example.org/{KEYPHRASE}");
    for written in [KEYPHRASE, &url, "D7B199EB8BD3E23F1ACCB2B138F1706FC78C0AFA"] {
        let read = asks(&larimar, &[&keyphrase[..], &server].concat(), written);
        assert_eq!(read["keyphrase"], KEYPHRASE);
        assert_eq!(read["url"], url);
        assert_eq!(read["access_key"], ACCESS_KEY);
    }
    let spec = |prefix: u8, version: u8| {
        let bytes = [&[prefix, version][..], &[7; 22]].concat();
        bs58::encode(bytes).into_string()
    };
    let mut messages = std::collections::BTreeSet::new();
    for (text, part) in [
        (KEYPHRASE.replace("XV9", "XV8"), "checksum"),
        (KEYPHRASE[..32].to_owned(), "33 characters"),
        (KEYPHRASE.replace('E', "0"), "never 0, O, I or l"),
        (spec(0x80, 0), "begins with E3"),
        (spec(0x8F, 3), "later version (3)"),
        (
            "bjswallet://wallet.example.org".to_owned(),
            "bjswallet://HOST/KEYPHRASE",
        ),
    ] {
        let done = does(&larimar, &keyphrase, &text);
        assert_eq!(done.code, 2, "{}", done.err);
        assert!(done.err.contains(part), "{}", done.err);
        assert!(!done.err.contains(&text), "not repeated: {}", done.err);
        messages.insert(done.err);
    }
    assert_eq!(messages.len(), 6);
    assert!(
        !larimar.folder().join("profiles").exists(),
        "nothing is written"
    );
}

#[test]
fn a_qr_code_goes_to_standard_output_in_three_forms() {
    let larimar = Larimar::new();
    let url = format!("bjswallet://wallet.example.org/{KEYPHRASE}");
    let qr = |format: &str| {
        let arguments = ["pin", "qr", "--keyphrase-stdin", "--format", format];
        larimar.run_for_bytes(&arguments, &url)
    };
    let modules = modules(&url);
    let width = modules.len();

    let svg = String::from_utf8(qr("svg")).unwrap();
    assert!(
        svg.starts_with("<?xml") && svg.trim_end().ends_with("</svg>"),
        "{svg}"
    );

    // the very dots of the code, with a margin of four
    let png = image::load_from_memory_with_format(&qr("png"), image::ImageFormat::Png);
    let png = png.unwrap().to_luma8();
    let dot = png.width() as usize / (width + 8);
    assert_eq!(png.width() as usize, dot * (width + 8));
    for (y, row) in modules.iter().enumerate() {
        for (x, dark) in row.iter().enumerate() {
            let at = |n: usize| ((n + 4) * dot + dot / 2) as u32;
            assert_eq!(png.get_pixel(at(x), at(y)).0[0] < 128, *dark, "{x} {y}");
        }
    }

    // on the screen two dots a character, the dark ones left out
    let drawn = String::from_utf8(qr("terminal")).unwrap();
    let lines: Vec<Vec<char>> = drawn.lines().map(|line| line.chars().collect()).collect();
    for (y, row) in modules.iter().enumerate() {
        for (x, dark) in row.iter().enumerate() {
            let shown = lines[(y + 4) / 2][x + 4];
            let light = match (y + 4) % 2 {
                0 => ['█', '▀'].contains(&shown),
                _ => ['█', '▄'].contains(&shown),
            };
            assert_eq!(light, !dark, "{x} {y}");
        }
    }
    let nowhere = does(&larimar, &["qr", "--keyphrase-stdin"], KEYPHRASE);
    assert_eq!(nowhere.code, 2, "{}", nowhere.err);
    assert!(nowhere.err.contains("--server URL"), "{}", nowhere.err);
}

fn modules(url: &str) -> Vec<Vec<bool>> {
    let code = qrcode::QrCode::with_error_correction_level(url, qrcode::EcLevel::M).unwrap();
    let width = code.width();
    let dark: Vec<bool> = code
        .into_colors()
        .iter()
        .map(|it| *it == qrcode::Color::Dark)
        .collect();
    dark.chunks(width).map(<[bool]>::to_vec).collect()
}

#[test]
fn the_help_explains_the_two_credentials() {
    let help = Larimar::new().run(&["pin", "--help"], "").ok().out;
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "The KEYPHRASE is 33 letters and digits",
        "Write it down on paper",
        "The PIN is six characters that you type day by day",
        "larimar pin access",
    ] {
        assert!(help.contains(part), "{part}: {help}");
    }
    let email = Larimar::new().run(&["pin", "list", "--help"], "").ok().out;
    assert!(!email.contains("--email"), "{email}");
}

#[test]
fn a_damaged_file_is_not_used_and_not_lost() {
    let server = Larimard::start();
    let larimar = Larimar::calling(&server.url);
    let shown = created(&larimar);
    let path = larimar.folder().join("profiles/pins/default.json");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    for command in [&["list"][..], &["new"], &["status"]] {
        let done = does(&larimar, command, "");
        assert_eq!(done.code, 2, "{}", done.err);
        assert!(done.err.contains("is damaged") && done.err.contains("larimar pin restore"));
    }
    assert_eq!(std::fs::read(&path).unwrap(), &whole[..whole.len() / 2]);
    std::fs::rename(&path, larimar.folder().join("damaged")).unwrap();
    let restore = ["restore", "--keyphrase-stdin"];
    assert_eq!(asks(&larimar, &restore, &shown.keyphrase)["pin"], shown.pin);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_server_that_takes_no_new_wallets_refuses() {
    let server = Larimard::with(&["registration.mode=closed"]);
    let larimar = Larimar::calling(&server.url);
    let closed = larimar.run(&["pin", "create", "--json"], "");
    refused(&closed, 5, "ServerError");
    assert!(
        closed.err.contains("takes no new wallets"),
        "{}",
        closed.err
    );
}

#[test]
fn a_server_without_pins_says_so() {
    let server = Larimard::with(&["pins.enabled=false"]);
    let done = Larimar::calling(&server.url).run(&["pin", "create"], "");
    assert_eq!(done.code, 5, "{}", done.err);
    assert!(done.err.contains("larimar info lists"), "{}", done.err);
}

/// `larimar` with another standard output than a pipe that is read.
#[cfg(unix)]
fn creates(larimar: &Larimar, server: &Larimard, output: std::process::Stdio) -> (i32, String) {
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_larimar"))
        .args(["pin", "create"])
        .env_remove("LARIMAR_PROFILE")
        .env("LARIMAR_PROFILE_DIR", larimar.folder().join("profiles"))
        .env("LARIMAR_SERVER", &server.url)
        .stdin(std::process::Stdio::null())
        .stdout(output)
        .output()
        .unwrap();
    let err = String::from_utf8(done.stderr).unwrap();
    (done.status.code().unwrap(), err)
}

#[cfg(unix)]
#[test]
fn a_wallet_whose_keyphrase_nobody_saw_is_not_there() {
    let server = Larimard::start();
    let larimar = Larimar::calling(&server.url);
    let (reader, broken) = std::io::pipe().unwrap();
    drop(reader);
    let mut outputs = vec![(broken.into(), 1, "deleted again")];
    if cfg!(target_os = "linux") {
        let full = std::fs::File::options().write(true).open("/dev/full");
        outputs.push((full.unwrap().into(), 1, "deleted again"));
    }
    outputs.push((std::process::Stdio::null(), 2, "nothing was created"));
    for (output, expected, part) in outputs {
        let (code, err) = creates(&larimar, &server, output);
        assert_eq!(code, expected, "{err}");
        assert!(err.contains(part) && err.contains("keyphrase"), "{err}");
        refused(&does(&larimar, &["status", "--json"], ""), 3, "NotFound");
        assert!(!written(larimar.folder()).contains("accessKey"));
    }
    created(&larimar);
}

#[test]
fn a_keyphrase_in_the_place_of_a_pin_is_not_sent() {
    let server = Larimard::start();
    let larimar = Larimar::calling(&server.url);
    let shown = created(&larimar);
    // more often than wrong pins are allowed
    for typed in [
        &shown.keyphrase,
        &shown.url,
        "",
        " ",
        &shown.keyphrase[..30],
        &shown.keyphrase,
    ] {
        let done = does(&larimar, &["unlock", "--pin-stdin"], typed);
        assert_eq!(done.code, 2, "{}", done.err);
        assert!(done.err.contains("nothing was sent"), "{}", done.err);
        assert!(!done.err.contains(&shown.keyphrase[..30]), "{}", done.err);
    }
    let change = ["change-pin", "--pin-stdin", "--new-pin-stdin"];
    for new in [&shown.keyphrase, ""] {
        let done = does(&larimar, &change, &format!("{}\n{new}", shown.pin));
        assert_eq!(done.code, 2, "{}", done.err);
    }
    does(&larimar, &["unlock", "--pin-stdin"], &shown.pin).ok();
}

#[test]
fn a_wallet_that_its_server_lost_is_put_on_a_server_again() {
    let lost = Larimard::start();
    let laptop = Larimar::calling(&lost.url);
    let shown = created(&laptop);
    let address = asks(&laptop, &["new", "--description", "Faucet"], "");
    drop(lost);
    let server = Larimard::start();
    let at = ["--server", &server.url];
    let unlock = ["unlock", "--keyphrase-stdin"];
    let gone = does(&laptop, &[&unlock[..], &at].concat(), &shown.keyphrase);
    assert_eq!(gone.code, 3, "{}", gone.err);
    assert!(
        gone.err.contains("pin export") && gone.err.contains("restore --create"),
        "{}",
        gone.err
    );
    assert!(!gone.err.contains("pin delete"), "{}", gone.err);

    let create = ["restore", "--create", "--keyphrase-stdin"];
    let elsewhere = does(
        &Larimar::new(),
        &[&create[..], &at].concat(),
        &shown.keyphrase,
    );
    assert_eq!(elsewhere.code, 3, "{}", elsewhere.err);
    assert!(elsewhere.err.contains("--offline"), "{}", elsewhere.err);
    let again = asks(&laptop, &[&create[..], &at].concat(), &shown.keyphrase);
    assert_eq!(
        (&again["sync"]["returned"], &again["sync"]["sent"]),
        (&json!(5), &json!(1))
    );
    let pin = again["pin"].as_str().unwrap();
    let twice = does(
        &laptop,
        &[&create[..], &at, &["--json"]].concat(),
        &shown.keyphrase,
    );
    assert_ne!(twice.code, 0);
    assert!(
        twice.err.contains("AccessKeyInUse") && twice.err.contains("pin access"),
        "{}",
        twice.err
    );
    let laptop_unlock = ["unlock", "--pin-stdin", "--server", &server.url];
    does(&laptop, &laptop_unlock, pin).ok();

    let phone = Larimar::calling(&server.url);
    asks(&phone, &["restore", "--keyphrase-stdin"], &shown.keyphrase);
    let show = [
        "show",
        address["p2wpkh"].as_str().unwrap(),
        "--private",
        "--pin-stdin",
    ];
    assert!(asks(&phone, &show, pin)["wif"].is_string());

    // what goes with a device is counted
    let gone = does(&phone, &["delete", "--local-only", "--yes"], "").ok();
    assert!(gone.err.contains("with 11 private keys"), "{}", gone.err);
}

#[test]
fn whoever_meets_the_server_hears_first_and_says_so_to_programs() {
    let mut server = Larimard::start();
    let laptop = Larimar::calling(&server.url);
    let shown = created(&laptop);
    let phone = Larimar::calling(&server.url);
    let restored = asks(&phone, &["restore", "--keyphrase-stdin"], &shown.keyphrase);
    assert_eq!(restored["sync"]["made"], 5);
    assert_eq!(restored["sync"]["unused"], 10);
    does(&phone, &["new", "--description", "phone"], "").ok();
    does(&phone, &["unlock", "--pin-stdin"], &shown.pin).ok();
    let new = asks(&laptop, &["new", "--pin-stdin"], &shown.pin);
    // seven: those of the phone, which it made, one again, and a description
    assert_eq!(new["sync"]["received"], 7, "{new}");
    assert_eq!(
        (&new["sync"]["sent"], &new["sync"]["made"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(new["sync_error"], Value::Null);
    let offline = asks(&laptop, &["new"], "");
    assert_eq!(offline["sync"], Value::Null);

    // what is queued is in an export
    let file = laptop.folder().join("export.json");
    let file = file.to_str().unwrap();
    does(&laptop, &["export", "--out", file], "").ok();
    server.stop();
    let other = Larimar::new();
    let restore = ["restore", "--offline", "--from", file, "--keyphrase-stdin"];
    let restored = asks(&other, &restore, &shown.keyphrase);
    assert_eq!(restored["queued"], 1);
    std::fs::write(file, "").unwrap();
    let empty = does(&other, &restore, &shown.keyphrase);
    assert_eq!(empty.code, 2, "{}", empty.err);
    assert!(!empty.err.contains("--allow-empty"), "{}", empty.err);
}

#[cfg(target_os = "linux")]
#[test]
fn whoever_goes_away_before_confirming_has_a_whole_wallet() {
    use std::io::Write;
    let server = Larimard::start();
    let larimar = Larimar::calling(&server.url);
    let mut command = larimar.on_a_terminal(&["pin", "create"]);
    let mut running = command.spawn().unwrap();
    // Ctrl-D
    running.stdin.take().unwrap().write_all(b"\x04").unwrap();
    let done = running.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{told}");
    assert!(
        told.contains("the wallet is created all the same"),
        "{told}"
    );
    let status = asks(&larimar, &["status"], "");
    assert_eq!(
        (&status["unused"], &status["opens_with_pin"]),
        (&json!(5), &json!(true))
    );
}

#[test]
fn a_full_wallet_names_what_to_do() {
    let server = Larimard::with(&["pins.addresses=8"]);
    let larimar = Larimar::calling(&server.url);
    let shown = created(&larimar);
    for n in 0..5 {
        does(&larimar, &["new", "--description", &n.to_string()], "").ok();
    }
    let full = does(&larimar, &["unlock", "--pin-stdin", "--json"], &shown.pin);
    refused(&full, 5, "QuotaExceeded");
    assert!(full.err.contains("queue --drop"), "{}", full.err);
    // what fits was sent
    let told: Value = serde_json::from_str(&full.out).unwrap();
    assert_eq!((&told["sent"], &told["unsent"]), (&json!(3), &json!(2)));
    let dropped = asks(&larimar, &["queue", "--drop", "all"], "");
    assert_eq!(dropped.as_array().unwrap().len(), 2);
    does(&larimar, &["unlock", "--pin-stdin"], &shown.pin).ok();
    assert_eq!(does(&larimar, &["queue", "--drop", "some"], "").code, 2);
}

#[test]
fn a_new_pin_that_was_not_answered_may_hold() {
    let mut server = Larimard::start();
    let larimar = Larimar::calling(&server.url);
    let shown = created(&larimar);
    server.stop();
    let change = ["change-pin", "--keyphrase-stdin", "--new-pin-stdin"];
    let done = does(&larimar, &change, &format!("{}\nv9kqt3mw", shown.keyphrase));
    assert_eq!(done.code, 7, "{}", done.err);
    assert!(done.err.contains("may hold already"), "{}", done.err);
}

#[test]
fn a_profile_with_a_wallet_is_not_removed() {
    let server = Larimard::start();
    let larimar = Larimar::new();
    let profile = |arguments: &[&str]| larimar.run(&[&["profile"], arguments].concat(), "");
    profile(&["set", "work", "--server", &server.url]).ok();
    larimar
        .run(&["pin", "create", "--json", "--profile", "work"], "")
        .ok();
    let kept = profile(&["remove", "work"]);
    assert_eq!(kept.code, 1, "{}", kept.err);
    assert!(
        kept.err.contains("larimar pin export --profile work"),
        "{}",
        kept.err
    );
    larimar
        .run(
            &[
                "pin",
                "delete",
                "--local-only",
                "--yes",
                "--profile",
                "work",
            ],
            "",
        )
        .ok();
    profile(&["remove", "work"]).ok();
}
