//! What the Debian package has beside the programs, tried without installing it: scripts/check-package looks at the package itself.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use super::house::{House, bare};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// The settings as scripts/package makes them.
fn packaged() -> String {
    let made = Command::new("sed")
        .args(["-f", "contrib/debian/config.sed", "config.toml"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    String::from_utf8(made.stdout).unwrap()
}

#[test]
fn its_settings_mark_what_is_no_default() {
    assert!(read("scripts/package").contains("sed -f contrib/debian/config.sed config.toml"));
    let text = packaged();
    let house = House::new();
    std::fs::write(house.path("config.toml"), &text).unwrap();
    let report = |arguments: &[&str]| -> Value {
        let ran = bare(&house.path("")).args(arguments).output().unwrap();
        assert!(ran.status.success(), "{ran:?}");
        serde_json::from_slice(&ran.stdout).unwrap()
    };
    let of_package = report(&["check-config", "--json"]);
    std::fs::write(house.path("config.toml"), read("config.toml")).unwrap();
    let of_defaults = report(&["check-config", "--json"]);
    let mut others = Vec::new();
    for (section, settings) in of_package["settings"].as_object().unwrap() {
        for (key, value) in settings.as_object().unwrap() {
            if *value != of_defaults["settings"][section][key] {
                others.push((
                    format!("{section}.{key}"),
                    value.as_str().unwrap().to_owned(),
                ));
            }
        }
    }
    others.sort();
    let folders = [
        ("access_log.path", "/var/log/larimar/access.log"),
        ("mail.directory", "/var/lib/larimar/mail"),
        ("server.secret_file", "/var/lib/larimar/larimar.secret"),
        ("store.path", "/var/lib/larimar/data"),
    ];
    assert_eq!(
        others,
        folders.map(|(key, value)| (key.to_owned(), value.to_owned()))
    );
    for (_, value) in folders {
        let mut lines = text.lines().filter(|line| line.contains(value));
        assert!(lines.all(|line| line.ends_with("# (package) leave this line")));
    }
    assert!(text.contains("but for the four marked (package)"), "{text}");
    assert!(text.contains("but leave the four"), "{text}");
    assert!(!text.contains("does what this file says."), "{text}");
}

#[test]
fn who_took_a_folder_out_of_the_settings_is_told_where_it_is_looked_for() {
    let house = House::new();
    std::fs::write(house.path("config.toml"), "[mail]\ntransport = \"file\"\n").unwrap();
    std::fs::write(house.path("data"), "in the way").unwrap();
    let ran = bare(&house.path("")).output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(1), "{said}");
    let words = format!(
        "store.path and server.secret_file are not set, and so looked for in {}",
        house.path("").display()
    );
    assert!(said.contains(words.trim_end_matches('/')), "{said}");
}

/// A script of the package, with its folders under the house and nothing done to the system.
fn script(house: &House, name: &str, arguments: &[&str]) -> Output {
    let tools = house.path("tools");
    std::fs::create_dir_all(&tools).unwrap();
    for (tool, does) in [
        ("adduser", "exit 0"),
        ("chgrp", "exit 0"),
        ("install", "exit 0"),
        ("runuser", "shift 3; exec \"$@\""),
    ] {
        let path = tools.join(tool);
        std::fs::write(&path, format!("#!/bin/sh\n{does}\n")).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    }
    let started = house.path("started").display().to_string();
    let mut text = read(&format!("contrib/debian/{name}"));
    for (from, to) in [
        ("/usr/bin/larimard", env!("CARGO_BIN_EXE_larimard")),
        ("#DEBHELPER#", &format!("touch {started}")),
    ] {
        text = text.replace(from, to);
    }
    for folder in ["/etc", "/var/lib", "/var/log", "/var/backups"] {
        let inside = house.path(&folder[1..]).display().to_string();
        for behind in ["larimar", "systemd", "fail2ban", "cron.d"] {
            text = text.replace(&format!("{folder}/{behind}"), &format!("{inside}/{behind}"));
        }
    }
    let path = house.path(name);
    std::fs::write(&path, text).unwrap();
    let search = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("sh");
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("LARIMAR_")) {
        command.env_remove(name);
    }
    command.arg("-e").arg(path).args(arguments);
    command.env("PATH", search).output().unwrap()
}

#[test]
fn an_upgrade_looks_at_the_settings_before_it_starts_the_server_anew() {
    let house = House::new();
    std::fs::create_dir_all(house.path("etc/larimar")).unwrap();
    let settings = house.path("etc/larimar/config.toml");
    let upgraded = || {
        let ran = script(&house, "postinst", &["configure", "0.0.9"]);
        let started = std::fs::remove_file(house.path("started")).is_ok();
        let said = String::from_utf8(ran.stderr).unwrap();
        (ran.status.code(), started, said)
    };
    let (code, started, said) = upgraded();
    assert_eq!((code, started), (Some(0), true), "{said}");
    std::fs::write(&settings, "[limits]\nbatch = 5\n").unwrap();
    let (code, started, said) = upgraded();
    assert_eq!((code, started, said.as_str()), (Some(0), true, ""));

    std::fs::write(&settings, "[limits]\nbatsh = 5\n").unwrap();
    let (code, started, said) = upgraded();
    assert_eq!((code, started), (Some(1), false), "{said}");
    for words in ["limits.batch", "dpkg --configure larimar"] {
        assert!(said.contains(words), "{said}");
    }
    // what a drop-in of the unit sets, this cannot know
    std::fs::create_dir_all(house.path("etc/systemd/system/larimard.service.d")).unwrap();
    let (code, started, said) = upgraded();
    assert_eq!((code, started), (Some(0), true), "{said}");
    assert!(said.contains("limits.batch"), "{said}");
}

#[test]
fn a_purge_says_what_it_leaves() {
    let house = House::new();
    let purged = || {
        let ran = script(&house, "postrm", &["purge"]);
        assert!(ran.status.success(), "{ran:?}");
        String::from_utf8(ran.stderr).unwrap()
    };
    std::fs::create_dir_all(house.path("var/log/larimar")).unwrap();
    assert_eq!(purged(), "");
    assert!(!house.path("var/log/larimar").exists());
    for (folder, words) in [
        ("var/lib/larimar", "the wallets and the secret are left"),
        ("etc/larimar", "a TLS key, a passphrase"),
        ("var/backups/larimar", "the backups are left"),
    ] {
        let folder = house.path(folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("key"), "").unwrap();
        let said = purged();
        assert!(
            said.contains(words) && said.contains(folder.to_str().unwrap()),
            "{said}"
        );
        assert!(folder.join("key").exists());
        std::fs::remove_dir_all(folder).unwrap();
    }
    for (file, words) in [
        (
            "etc/fail2ban/jail.d/larimar.conf",
            "fail2ban does not start",
        ),
        ("etc/cron.d/larimar", "cron goes on"),
    ] {
        let file = house.path(file);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, "").unwrap();
        let said = purged();
        let is_said = said.contains(words) && said.contains(file.to_str().unwrap());
        assert!(is_said, "{said}");
        std::fs::remove_file(file).unwrap();
    }
    // dpkg removes it afterwards
    std::fs::create_dir_all(house.path("etc/larimar")).unwrap();
    assert_eq!(purged(), "");
}

/// What root makes of a store or a secret, the server cannot open; and what a shell is told, it remembers.
#[test]
fn the_pages_run_commands_as_the_servers_user_and_tell_no_shell_a_secret() {
    let mut seen = 0;
    for page in [
        "install",
        "upgrade",
        "backup",
        "monitoring",
        "personal-data",
    ] {
        let text = read(&format!("docs/{page}.md"));
        let blocks = text.split("```").skip(1).step_by(2);
        for line in blocks.flat_map(str::lines).map(str::trim) {
            assert!(!line.contains("<<<"), "{page}: {line}");
            // which install.md makes
            if line.starts_with("larimar-admin ") {
                seen += 1;
                continue;
            }
            let Some(at) = line.find("larimard --config /etc/larimar/config.toml") else {
                continue;
            };
            seen += 1;
            let before = &line[..at];
            let is_fine = before.ends_with("runuser -u larimar -- ");
            assert!(is_fine, "{page}: {line}");
        }
    }
    assert!(seen >= 8, "{seen}");
}
