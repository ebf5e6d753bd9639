//! `larimard verify` of a backup, and `backup`: what they write on their way is their caller's alone, and goes.

use std::fs::File;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use super::house::{House, until};
use super::person::Person;

/// A house with an encrypted backup, of wallets enough to be restored for a while.
fn with_backup() -> House {
    let house = House::new();
    let server = house.start();
    for number in 1..=8 {
        let email = format!("{number}@example.org");
        server.create(&house, &Person::number(number), &email, &[7; 200_000]);
    }
    server.stop();
    std::fs::write(house.path("passphrase"), "a long one\n").unwrap();
    std::fs::create_dir(house.path("backups")).unwrap();
    let backup = ["backup", "backups/b.age", "--passphrase-file", "passphrase"];
    assert!(house.larimard(&backup).status().unwrap().success());
    house
}

const VERIFY: [&str; 4] = ["verify", "backups/b.age", "--passphrase-file", "passphrase"];

/// Scratch folders in this folder.
fn scratch_in(house: &House, folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(house.path(folder)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.to_string_lossy().contains(".larimar-scratch-"))
        .collect()
}

/// The command as the last word of this one.
fn through(house: &House, program: &str, argument: Option<&str>, arguments: &[&str]) -> Command {
    let command = house.larimard(arguments);
    let mut through = Command::new(program);
    through
        .args(argument)
        .arg(command.get_program())
        .args(command.get_args())
        .current_dir(house.path(""));
    through
}

/// The command, whatever signals whoever runs the tests has ignored.
fn plainly(house: &House, arguments: &[&str]) -> Command {
    through(
        house,
        "env",
        Some("--default-signal=INT,TERM,HUP"),
        arguments,
    )
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill")
        .args([&format!("-{name}"), &child.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
}

/// A verify that is restoring, and has been stopped in the middle of it.
fn caught(house: &House, arguments: &[&str], folder: &str) -> Child {
    let mut child = plainly(house, arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    until("a store in a scratch folder", || {
        assert!(child.try_wait().unwrap().is_none(), "it was too fast");
        let found = scratch_in(house, folder);
        found.iter().any(|path| path.join("store/sled/db").exists())
    });
    signal(&child, "STOP");
    child
}

#[test]
fn a_scratch_folder_is_private_and_goes_when_a_signal_ends_the_program() {
    let house = with_backup();
    for (name, number) in [("INT", 2), ("TERM", 15), ("HUP", 1)] {
        let child = caught(&house, &VERIFY, "backups");
        let mode = |path: &PathBuf| std::fs::metadata(path).unwrap().permissions().mode();
        let found = scratch_in(&house, "backups");
        assert!(found.iter().all(|path| mode(path) & 0o777 == 0o700));
        signal(&child, name);
        signal(&child, "CONT");
        let ended = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.signal(), Some(number), "{said}");
        assert!(!said.contains("fault"), "{said}");
        assert_eq!(scratch_in(&house, "backups"), Vec::<PathBuf>::new());
    }
}

#[test]
fn what_a_kill_leaves_behind_goes_with_the_next_and_what_is_in_use_stays() {
    let house = with_backup();
    let mut child = caught(&house, &VERIFY, "backups");
    let in_use = scratch_in(&house, "backups");
    let run = || {
        let ran = house.larimard(&VERIFY).output().unwrap();
        assert_eq!(ran.status.code(), Some(0), "{ran:?}");
        String::from_utf8(ran.stderr).unwrap()
    };
    assert!(!run().contains("left behind"));
    assert_eq!(scratch_in(&house, "backups"), in_use);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(scratch_in(&house, "backups"), in_use);
    // nor is anything touched that a link names
    std::fs::create_dir(house.path("else")).unwrap();
    File::create(house.path("else/where")).unwrap();
    let link = house.path("backups/.larimar-scratch-link");
    std::os::unix::fs::symlink(house.path("else"), &link).unwrap();
    let said = run();
    assert!(said.contains("left behind, is cleared away"), "{said}");
    assert_eq!(scratch_in(&house, "backups"), [link]);
    assert!(house.path("else/where").exists());
}

#[test]
fn the_scratch_folder_may_be_elsewhere() {
    let house = with_backup();
    std::fs::create_dir(house.path("elsewhere")).unwrap();
    let arguments = [&VERIFY[..], &["--scratch", "elsewhere"]].concat();
    let child = caught(&house, &arguments, "elsewhere");
    assert_eq!(scratch_in(&house, "backups"), Vec::<PathBuf>::new());
    signal(&child, "CONT");
    assert!(child.wait_with_output().unwrap().status.success());
    assert_eq!(scratch_in(&house, "elsewhere"), Vec::<PathBuf>::new());
    let nowhere = [&VERIFY[..], &["--scratch", "nowhere"]].concat();
    let ran = house.larimard(&nowhere).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(ran.status.code(), Some(1), "{said}");
    assert!(said.contains("--scratch takes another place"), "{said}");
}

#[test]
fn a_backup_that_is_ended_leaves_nothing_in_its_folder() {
    let house = with_backup();
    let _server = house.start();
    let fifth = ["backup", "backups/fifth", "--passphrase-file", "passphrase"];
    let ended = (0..10).any(|_| {
        let mut child = plainly(&house, &fifth).spawn().unwrap();
        until("a draft, or the end", || {
            !scratch_in(&house, "backups").is_empty() || child.try_wait().unwrap().is_some()
        });
        signal(&child, "TERM");
        let ended = child.wait().unwrap().signal() == Some(15);
        // it may have been faster
        let _ = std::fs::remove_file(house.path("backups/fifth"));
        ended
    });
    assert!(ended);
    let left = std::fs::read_dir(house.path("backups")).unwrap();
    assert_eq!(left.count(), 1);
}

#[test]
fn a_backup_goes_on_if_its_terminal_is_to_be_of_no_matter() {
    let house = with_backup();
    let _server = house.start();
    let sixth = ["backup", "backups/sixth", "--passphrase-file", "passphrase"];
    let mut nohup = through(&house, "nohup", None, &sixth);
    nohup.stdin(Stdio::null()).stdout(Stdio::null());
    let mut child = nohup.spawn().unwrap();
    until("a draft, or the end", || {
        !scratch_in(&house, "backups").is_empty() || child.try_wait().unwrap().is_some()
    });
    // an ended one is not there to be told
    let _ = Command::new("kill")
        .args(["-HUP", &child.id().to_string()])
        .status();
    assert!(child.wait().unwrap().success());
    assert!(house.path("backups/sixth").exists());
}
