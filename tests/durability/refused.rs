//! What cannot be restored, or must not be written, is refused before anything is touched.

use std::fs;
use std::io::Read;

use super::backups::{assert_still, filled, json_of, refused, run, text, with_secret_of};
use super::house::House;
use super::person::Person;

#[test]
fn a_file_that_is_there_is_replaced_only_by_force() {
    let (house, server) = filled();
    let file = house.path("backup");
    fs::write(&file, "precious").unwrap();
    let said = refused(&house, &["backup", text(&file)], 1);
    assert!(said.contains("--force"), "{said}");
    assert_eq!(fs::read(&file).unwrap(), b"precious");
    json_of(&house, &["backup", text(&file), "--force"]);
    assert_eq!(json_of(&house, &["verify", text(&file)])["faults"], 0);
    let nowhere = house.path("nowhere/backup");
    let said = refused(&house, &["backup", text(&nowhere)], 1);
    assert!(said.contains("cannot be written"), "{said}");
    server.stop();
}

#[test]
fn a_damaged_backup_is_refused_before_anything_is_written() {
    let (house, server) = filled();
    let file = house.path("backup");
    json_of(&house, &["backup", text(&file)]);
    server.stop();
    let whole = fs::read(&file).unwrap();
    let damaged = house.path("damaged");
    let length = whole.len();
    for at in [10, 40, length / 2, length - 1] {
        fs::write(&damaged, &whole[..at]).unwrap();
        assert_refused(&house, &damaged, at >= 40);
    }
    for at in [length / 4, length / 2, length - 3] {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x40;
        fs::write(&damaged, flipped).unwrap();
        assert_refused(&house, &damaged, true);
    }
    fs::write(&damaged, [&whole[..], b"and more"].concat()).unwrap();
    assert_refused(&house, &damaged, true);
}

fn assert_refused(house: &House, damaged: &std::path::Path, is_archive: bool) {
    let other = with_secret_of(house);
    let said = refused(&other, &["restore", text(damaged)], 1);
    let why = ["it is no backup of larimard", "it is damaged"][usize::from(is_archive)];
    assert!(said.contains(why), "{said}");
    assert!(!other.path("data").exists(), "nothing was written");
    let code = if is_archive { 3 } else { 1 };
    let said = refused(&other, &["verify", text(damaged)], code);
    assert!(said.contains(why), "{said}");
}

#[test]
fn a_store_is_restored_into_an_empty_folder_only() {
    let (house, server) = filled();
    let file = house.path("backup");
    json_of(&house, &["backup", text(&file)]);
    server.stop();
    let said = refused(&house, &["restore", text(&file)], 1);
    assert!(said.contains("there is a store in"), "{said}");
    let other = with_secret_of(&house);
    fs::create_dir(other.path("data")).unwrap();
    fs::write(other.path("data/letter"), "dear").unwrap();
    let said = refused(&other, &["restore", text(&file)], 1);
    assert!(said.contains("holds no store"), "{said}");
    assert_eq!(fs::read_dir(other.path("data")).unwrap().count(), 1);
    // one that was killed is begun again
    fs::remove_file(other.path("data/letter")).unwrap();
    let mut restoring = other.larimard(&["restore", text(&file)]).spawn().unwrap();
    let marker = other.path("data/format");
    super::house::until("the beginning", || {
        marker.exists() || restoring.try_wait().unwrap().is_some()
    });
    restoring.kill().unwrap();
    restoring.wait().unwrap();
    if !fs::read_to_string(&marker)
        .unwrap()
        .contains("complete = true")
    {
        json_of(&other, &["restore", text(&file)]);
    }
    let server = other.start();
    assert_still(&server);
    server.stop();
}

#[test]
fn a_backup_belongs_to_its_secret() {
    let (house, server) = filled();
    let file = house.path("backup");
    json_of(&house, &["backup", text(&file)]);
    server.stop();
    let without = House::new();
    let said = refused(&without, &["restore", text(&file)], 1);
    assert!(said.contains("larimar.secret is missing"), "{said}");
    assert!(!without.path("larimar.secret").exists());
    fs::write(without.path("larimar.secret"), [9; 32]).unwrap();
    let said = refused(&without, &["restore", text(&file)], 1);
    assert!(said.contains("belongs to another secret"), "{said}");
    assert!(!without.path("data").exists());
    assert_eq!(
        json_of(&without, &["verify", text(&file)])["faults"],
        0,
        "which needs no secret"
    );
}

#[test]
fn one_wallet_is_one_wallet() {
    let house = House::new();
    let server = house.start();
    server.create(&house, &Person::number(1), "one@example.org", b"one");
    server.stop();
    let file = house.path("backup");
    let said = |house: &House, arguments: &[&str]| {
        String::from_utf8(run(house, arguments).stdout).unwrap()
    };
    let backup = said(&house, &["backup", text(&file)]);
    assert!(backup.contains("holds 1 wallet and 0 that"), "{backup}");
    let verify = said(&house, &["verify"]);
    assert!(
        verify.contains("well: 1 wallet with 1 blob, 0 "),
        "{verify}"
    );
    let other = with_secret_of(&house);
    let restore = said(&other, &["restore", text(&file)]);
    assert!(restore.contains(" held, 1 wallet and 0 that"), "{restore}");
}

#[test]
fn an_encrypted_backup_holds_the_secret_and_opens_with_age() {
    let (house, server) = filled();
    let (file, phrase) = (house.path("backup.age"), house.path("phrase"));
    fs::write(&phrase, "correct horse battery staple\nnot this line\n").unwrap();
    let with_phrase = ["--passphrase-file", text(&phrase)];
    json_of(
        &house,
        &[&["backup", text(&file)], &with_phrase[..]].concat(),
    );
    server.stop();

    let secret = fs::read(house.path("larimar.secret")).unwrap();
    let identity = age::scrypt::Identity::new("correct horse battery staple".to_owned().into());
    let decryptor = age::Decryptor::new(fs::File::open(&file).unwrap()).unwrap();
    let mut inside = decryptor
        .decrypt(std::iter::once(&identity as &dyn age::Identity))
        .unwrap();
    let mut plain = Vec::new();
    inside.read_to_end(&mut plain).unwrap();
    let frames = plain
        .strip_prefix(b"larimar archive 1\n")
        .expect("the archive");
    let frames = zstd::stream::decode_all(frames).unwrap();
    assert!(frames.windows(32).any(|bytes| bytes == secret));

    let other = House::new();
    let said = refused(&other, &["restore", text(&file)], 1);
    assert!(said.contains("--passphrase-file"), "{said}");
    let wrong = other.path("wrong");
    fs::write(&wrong, "battery staple").unwrap();
    let arguments = ["restore", text(&file), "--passphrase-file", text(&wrong)];
    let said = refused(&other, &arguments, 1);
    assert!(
        said.contains("does not open with this passphrase"),
        "{said}"
    );
    // as a server makes one that was started there before
    fs::write(other.path("larimar.secret"), [9; 32]).unwrap();
    let arguments = [&["restore", text(&file)], &with_phrase[..]].concat();
    let said = refused(&other, &arguments, 1);
    assert!(said.contains("move that file aside"), "{said}");
    assert!(!other.path("data").exists());
    fs::rename(other.path("larimar.secret"), other.path("aside")).unwrap();
    assert!(!other.path("data").exists() && !other.path("larimar.secret").exists());
    json_of(
        &other,
        &[&["restore", text(&file)], &with_phrase[..]].concat(),
    );
    assert_eq!(fs::read(other.path("larimar.secret")).unwrap(), secret);
    let server = other.start();
    assert_still(&server);

    let plain = other.path("plain");
    json_of(&other, &["backup", text(&plain)]);
    server.stop();
    let bytes = fs::read(&plain).unwrap();
    let bytes = zstd::stream::decode_all(&bytes[18..]).unwrap();
    assert!(!bytes.windows(32).any(|bytes| bytes == secret));
    let said = refused(
        &House::new(),
        &[&["restore", text(&plain)], &with_phrase[..]].concat(),
        1,
    );
    assert!(said.contains("it is not encrypted"), "{said}");
}

#[test]
fn each_command_explains_itself() {
    let house = House::new();
    for command in ["backup", "restore", "verify"] {
        let ran = run(&house, &[command, "--help"]);
        let said = String::from_utf8(ran.stdout).unwrap();
        assert!(ran.status.success());
        for word in ["Example", "--json", "--passphrase-file"] {
            assert!(said.contains(word), "{command}: {said}");
        }
        assert!(!house.path("data").exists());
    }
    for command in [&["backup", "file"][..], &["verify"]] {
        let said = refused(&house, command, 1);
        assert!(said.contains("there is no store in"), "{said}");
    }
    let said = refused(&house, &["restore", "file"], 1);
    assert!(said.contains("cannot be read"), "{said}");
    assert!(!house.path("data").exists() && !house.path("larimar.secret").exists());
}
