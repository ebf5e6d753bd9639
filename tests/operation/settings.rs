//! Settings, the lines of the start, and why a server does not start.

use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use super::house::{House, bare};
use super::person::Person;

fn run(mut command: Command) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

fn empty() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn what_check_config_prints_is_itself_a_configuration() {
    let folder = empty();
    let mut first = bare(folder.path());
    first.args([
        "--set",
        "limits.batch=20",
        "--set",
        "server.cors_origins=[\"https://a.example\"]",
        "check-config",
    ]);
    let (code, printed, said) = run(first);
    assert_eq!(code, Some(0), "{said}");
    std::fs::write(folder.path().join("config.toml"), &printed).unwrap();
    let mut second = bare(folder.path());
    second.args(["check-config", "--json"]);
    let (code, json, said) = run(second);
    assert_eq!(code, Some(0), "{said}");
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["settings"]["limits"]["batch"], 20);
    assert_eq!(
        json["settings"]["server"]["cors_origins"],
        json!(["https://a.example"])
    );
    let mut third = bare(folder.path());
    third.arg("check-config");
    let values = |text: &str| {
        let lines = text
            .lines()
            .map(|line| line.split('#').next().unwrap().trim_end().to_owned());
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>()
    };
    assert_eq!(values(&run(third).1), values(&printed));
}

#[test]
fn each_value_says_where_it_came_from_and_flags_count_most() {
    let folder = empty();
    std::fs::write(
        folder.path().join("config.toml"),
        "[limits]\nbatch = 2\nversions = 2\nblob_bytes = 2\n",
    )
    .unwrap();
    let mut command = bare(folder.path());
    command
        .env("LARIMAR_LIMITS__VERSIONS", "3")
        .env("LARIMAR_LIMITS__BATCH", "3");
    command.args(["--set", "limits.batch=4", "check-config"]);
    let (code, printed, said) = run(command);
    assert_eq!(code, Some(0), "{said}");
    let line = |key: &str| {
        let line = printed.lines().find(|line| line.starts_with(key)).unwrap();
        line.to_owned()
    };
    assert!(line("batch = 4").contains("--set"), "{printed}");
    assert!(
        line("versions = 3").contains("LARIMAR_LIMITS__VERSIONS"),
        "{printed}"
    );
    assert!(line("blob_bytes = 2").contains("config.toml"), "{printed}");
}

#[test]
fn a_secret_is_never_printed() {
    let folder = empty();
    for arguments in [&["check-config"][..], &["check-config", "--json"]] {
        let mut command = bare(folder.path());
        command.env("LARIMAR_MAIL__URL", "smtps://user:hunter2@mail.example.org");
        command
            .args(["--set", "mail.transport=smtp"])
            .args(arguments);
        let (code, printed, said) = run(command);
        assert_eq!(code, Some(0), "{said}");
        assert!(printed.contains("***"), "{printed}");
        assert!(!format!("{printed}{said}").contains("hunter2"));
    }
}

#[test]
fn a_name_that_does_not_exist_is_refused_wherever_it_stands() {
    let folder = empty();
    let flag = |command: &mut Command| {
        command.args(["--set", "limits.bach=3"]);
    };
    let variable = |command: &mut Command| {
        command.env("LARIMAR_LIMITS__BACH", "3");
    };
    let file = |command: &mut Command| {
        let path = folder.path().join("wrong.toml");
        std::fs::write(&path, "[limits]\nbach = 3\n").unwrap();
        command.arg("--config").arg(path);
    };
    type Way<'a> = (&'static str, &'a dyn Fn(&mut Command));
    let ways: [Way<'_>; 3] = [
        ("limits.bach", &flag),
        ("LARIMAR_LIMITS__BACH", &variable),
        ("limits.bach", &file),
    ];
    for (named, way) in ways {
        for command in ["serve", "check-config"] {
            let mut larimard = bare(folder.path());
            way(&mut larimard);
            larimard.arg(command);
            let (code, _, said) = run(larimard);
            assert_eq!(code, Some(2), "{said}");
            assert!(said.contains(named), "{said}");
        }
    }
    assert!(!folder.path().join("data").exists(), "nothing was made");
}

#[test]
fn a_value_that_cannot_be_is_refused_with_what_may_be() {
    for (setting, says) in [
        ("limits.batch=0", "1"),
        ("limits.wallet_requests_per_hour=1000000001", "1000000000"),
        ("limits.batch=many", "limits.batch"),
        ("server.listen=here", "server.listen"),
        ("mail.transport=pigeon", "mail.transport"),
        ("limits.exempt=[\"10.0.0.0/33\"]", "limits.exempt"),
        ("nonsense", "KEY=VALUE"),
    ] {
        let folder = empty();
        let mut command = bare(folder.path());
        command.args(["--set", setting]);
        let (code, _, said) = run(command);
        assert_eq!(code, Some(2), "{setting}: {said}");
        assert!(said.contains(says), "{setting}: {said}");
    }
}

#[test]
fn mail_is_printed_on_loopback_only() {
    let mut house = House::new();
    house.set("mail.transport=print");
    house.set("server.listen=0.0.0.0:0");
    let (code, _, said) = run(house.larimard(&[]));
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("mail.transport") && said.contains("loopback"),
        "{said}"
    );
    house.set("server.listen=127.0.0.1:0");
    let server = house.start();
    server.ok("requestCode", json!(["one@example.org"]));
    super::house::until("the mail", || server.said().contains("To: one@example.org"));
    super::house::until("its end", || {
        server.said().contains("wallet that you have is changed")
            || server.said().contains("no wallet that you have")
    });
    let code = super::house::code_in(&server.said());
    server.ok("createWallet", Person::number(1).create(&code, b"printed"));
    assert!(server.stop().contains("warning"));
}

#[test]
fn the_first_lines_say_what_runs_where() {
    let house = House::new();
    let server = house.start();
    server.create(&house, &Person::number(1), "one@example.org", b"one");
    server.stop();
    let server = house.start();
    super::house::until("the mail's line", || server.said().contains("  mail "));
    let said = server.said();
    assert!(
        said.contains(&format!("larimard {}", env!("CARGO_PKG_VERSION"))),
        "{said}"
    );
    assert!(
        said.contains(&format!("http://{}", server.address)),
        "{said}"
    );
    assert!(said.contains("names      wallet.test"), "{said}");
    assert!(said.contains("1 wallet\n"), "{said}");
    assert!(said.contains("files in"), "{said}");
    assert!(
        !said.contains('\u{1b}'),
        "no escape codes where nobody sees colours"
    );
}

#[test]
fn a_store_that_has_vanished_is_warned_of_before_an_empty_one_is_made() {
    const GONE: &str = "warning: the secret is there";
    let mut house = House::new();
    let checked = |house: &House| run(house.larimard(&["check-config"])).2;
    house.set("store.path=disk/data");
    assert!(!checked(&house).contains(GONE), "a first start");
    let server = house.start();
    server.create(&house, &Person::number(1), "one@example.org", b"one");
    let said = server.stop();
    assert!(
        !said.contains("the secret is there"),
        "a first start: {said}"
    );
    assert!(!checked(&house).contains(GONE), "it is there");
    for is_mount_point in [false, true] {
        std::fs::rename(house.path("disk"), house.path("away")).unwrap();
        if is_mount_point {
            std::fs::create_dir_all(house.path("disk/data")).unwrap();
        }
        let said = checked(&house);
        assert!(said.contains(GONE) && said.contains("disk/data"), "{said}");
        let (_, report, _) = run(house.larimard(&["check-config", "--json"]));
        assert!(report.contains("Is a disk missing"), "{report}");
        let said = house.start().stop();
        assert!(said.contains(", 0 wallets\n"), "{said}");
        assert!(said.contains("  warning    the secret is there"), "{said}");
        // what was put right is as it was
        std::fs::remove_dir_all(house.path("disk")).unwrap();
        std::fs::rename(house.path("away"), house.path("disk")).unwrap();
        let said = house.start().stop();
        assert!(said.contains(", 1 wallet\n"), "{said}");
        assert!(!said.contains("the secret is there"), "{said}");
    }
}

#[test]
fn a_second_server_on_the_same_folder_is_refused() {
    let house = House::new();
    let server = house.start();
    let (code, _, said) = run(house.larimard(&[]));
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("is in use by another process; stop that one first"),
        "{said}"
    );
    server.ok("serverInfo", json!([]));
    server.kill();
    house.start();
}

#[test]
fn a_port_that_is_taken_is_named() {
    let house = House::new();
    let server = house.start();
    let mut other = House::new();
    other.set(&format!("server.listen={}", server.address));
    let (code, _, said) = run(other.larimard(&[]));
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains(&format!(
            "server.listen = {} cannot be used",
            server.address
        )),
        "{said}"
    );
    assert!(!other.path("data").exists(), "nothing was made");
}

#[test]
fn a_store_that_cannot_be_served_says_what_to_do() {
    type Spoil<'a> = (&'static str, &'a dyn Fn(&House), &'static str);
    let spoil: [Spoil<'_>; 6] = [
        (
            "of a later version",
            &|house| {
                let marker = house.path("data/format");
                let text = std::fs::read_to_string(&marker).unwrap();
                std::fs::write(marker, text.replace("format = 1", "format = 7")).unwrap();
            },
            "format 7",
        ),
        (
            "without its secret",
            &|house| std::fs::remove_file(house.path("larimar.secret")).unwrap(),
            "put the secret back",
        ),
        (
            "with another secret",
            &|house| std::fs::write(house.path("larimar.secret"), [1; 32]).unwrap(),
            "belongs to another secret",
        ),
        (
            "without records",
            &|house| std::fs::remove_file(house.path("data/sled/db")).unwrap(),
            "larimard restore FILE",
        ),
        (
            "with a counter that cannot be read",
            &|house| std::fs::write(house.path("data/commits"), "what?").unwrap(),
            "larimard restore FILE",
        ),
        (
            "with nothing that says it is one",
            &|house| std::fs::remove_file(house.path("data/format")).unwrap(),
            "its file `format` is missing",
        ),
    ];
    for (what, spoil, says) in spoil {
        let house = House::new();
        let server = house.start();
        server.create(&house, &Person::number(1), "one@example.org", b"one");
        server.stop();
        spoil(&house);
        for _ in 0..2 {
            let (code, _, said) = run(house.larimard(&[]));
            assert_eq!(code, Some(1), "{what}: {said}");
            let last = said.lines().last().unwrap();
            assert!(last.contains(says), "{what}: {said}");
            assert!(!said.contains("panicked"), "{what}: {said}");
        }
    }
}

#[test]
fn an_access_log_that_cannot_be_written_is_named() {
    let mut house = House::new();
    std::fs::write(house.path("logs"), "a file").unwrap();
    house.set("access_log.path=logs/access.log");
    let (code, _, said) = run(house.larimard(&[]));
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("access_log.path") && said.contains("cannot be written"),
        "{said}"
    );
}

#[test]
fn a_flag_that_is_given_twice_is_wrong_usage() {
    let house = House::new();
    for flag in ["--config", "--listen"] {
        let arguments = [flag, "one", "check-config", flag, "two"];
        let (code, _, said) = run(house.larimard(&arguments));
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(&format!("{flag} is given twice")), "{said}");
    }
}

#[test]
fn the_commands_for_operators_explain_themselves() {
    let house = House::new();
    for command in [
        &["test-mail"][..],
        &["health"],
        &["check-config"],
        &["wallets", "list"],
        &["wallets", "show"],
        &["wallets", "delete"],
    ] {
        let (code, printed, said) = run(house.larimard(&[command, &["--help"]].concat()));
        assert_eq!(code, Some(0), "{command:?}: {said}");
        for word in ["Example", "--json", "--config"] {
            assert!(printed.contains(word), "{command:?}: {printed}");
        }
    }
    assert!(!house.path("data").exists(), "nothing was made");
}
