//! Settings as operators give them: files in a folder, an environment, flags.

use std::collections::BTreeSet;
use std::path::Path;

use tempfile::TempDir;
use toml::{Table, Value};

use super::key::{Keys, flat, variable};
use super::rule::range;
use super::*;

/// Sources with a working folder of their own.
struct Given {
    folder: TempDir,
    sources: Sources,
}

fn given() -> Given {
    let folder = TempDir::new().unwrap();
    let sources = Sources {
        folder: folder.path().to_owned(),
        ..Sources::default()
    };
    Given { folder, sources }
}

impl Given {
    fn file(self, name: &str, text: &str) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    fn config(mut self, name: &str) -> Self {
        self.sources.config = Some(name.into());
        self
    }

    fn variable(mut self, name: &str, value: &str) -> Self {
        self.sources.environment.push((name.into(), value.into()));
        self
    }

    fn set(mut self, pair: &str) -> Self {
        self.sources.set.push(pair.to_owned());
        self
    }

    fn listen(mut self, address: &str) -> Self {
        self.sources.listen = Some(address.to_owned());
        self
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn loaded(&self) -> Loaded {
        load(&self.sources).unwrap_or_else(|faults| panic!("{faults}"))
    }

    /// A line for each fault.
    fn faults(&self) -> Vec<String> {
        match load(&self.sources) {
            Ok(loaded) => panic!("accepted:\n{}", loaded.to_toml()),
            Err(faults) => faults.0.iter().map(ToString::to_string).collect(),
        }
    }

    #[track_caller]
    fn refused(&self, parts: &[&str]) {
        let faults = self.faults();
        assert_eq!(faults.len(), 1, "{faults:#?}");
        for part in parts {
            assert!(faults[0].contains(part), "{part:?} is not in {faults:#?}");
        }
    }
}

fn origin_of(loaded: &Loaded, key: &str) -> String {
    loaded.origins[key].to_string()
}

fn defaults() -> Table {
    flat(Table::try_from(Settings::default()).unwrap())
}

#[test]
fn config_toml_says_every_default_and_nothing_else() {
    let documented: Table = toml::from_str(include_str!("../../config.toml")).unwrap();
    let (documented, defaults) = (flat(documented), defaults());
    let names = |table: &Table| table.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&documented), names(&defaults));
    for (key, value) in &defaults {
        assert_eq!(&documented[key], value, "{key}");
    }
    let given = given();
    let defaults = given.loaded().settings;
    let given = given.file("config.toml", include_str!("../../config.toml"));
    assert_eq!(given.loaded().settings, defaults);
}

#[test]
fn without_any_source_it_is_the_defaults() {
    let given = given();
    let loaded = given.loaded();
    assert_eq!(loaded.file, None);
    assert_eq!(loaded.settings.limits, Limits::default());
    assert_eq!(loaded.settings.store.path, given.path("data"));
    assert!(loaded.origins.values().all(|o| *o == Origin::Default));
    assert_eq!(loaded.origins.len(), defaults().len());
}

#[test]
fn flags_weigh_more_than_the_environment_and_that_more_than_the_file() {
    let mut given = given().file(
        "config.toml",
        "[limits]\nbatch = 2\n[server]\nlisten = '127.0.0.1:2'",
    );
    assert_eq!(given.loaded().settings.limits.batch, 2);
    assert_eq!(origin_of(&given.loaded(), "limits.batch"), "config.toml");
    given = given.variable("LARIMAR_LIMITS__BATCH", "3");
    assert_eq!(given.loaded().settings.limits.batch, 3);
    assert_eq!(
        origin_of(&given.loaded(), "limits.batch"),
        "LARIMAR_LIMITS__BATCH"
    );
    given = given.set("limits.batch=4").set("limits.batch=5");
    assert_eq!(given.loaded().settings.limits.batch, 5);
    assert_eq!(origin_of(&given.loaded(), "limits.batch"), "--set");

    given = given.set("server.listen=127.0.0.1:3").listen("127.0.0.1:4");
    let loaded = given.loaded();
    assert_eq!(loaded.settings.server.listen.port(), 4);
    assert_eq!(origin_of(&loaded, "server.listen"), "--listen");
    assert_eq!(origin_of(&loaded, "limits.versions"), "default");
}

#[test]
fn the_named_file_must_be_there_and_is_the_only_one_read() {
    let given = given()
        .file("config.toml", "[limits]\nbatch = 2")
        .config("etc/larimar.toml");
    given.refused(&["etc/larimar.toml", "cannot be read"]);
    let given = given.file("etc/larimar.toml", "[limits]\nversions = 3");
    let loaded = given.loaded();
    assert_eq!(loaded.settings.limits.batch, 10);
    assert_eq!(origin_of(&loaded, "limits.versions"), "etc/larimar.toml");
    assert_eq!(loaded.file, Some(given.path("etc/larimar.toml")));
}

#[test]
fn unknown_names_are_refused_wherever_they_stand() {
    let file = |text: &str| given().file("config.toml", text);
    file("[limits]\nbach = 2").refused(&["limits.bach (config.toml)", "mean limits.batch?"]);
    file("[limit]\nbatch = 2").refused(&["limit (config.toml)", "there are server., store."]);
    file("batch = 2").refused(&["batch (config.toml)", "no such setting"]);
    file("limits = 2").refused(&["limits (config.toml)", "write [limits]"]);
    file("[[limits]]\nbatch = 2").refused(&["limits (config.toml)", "write [limits]"]);
    file("[codes]\nq.r = 1").refused(&["codes.q (config.toml)", "codes.replace_days"]);
    given()
        .variable("LARIMAR_LIMITS__BACH", "2")
        .refused(&["(LARIMAR_LIMITS__BACH)", "mean LARIMAR_LIMITS__BATCH?"]);
    given()
        .variable("LARIMAR_LIMITS__batch", "2")
        .refused(&["(LARIMAR_LIMITS__batch)", "spelled LARIMAR_LIMITS__BATCH"]);
    given()
        .variable("LARIMAR_MAIL__FROM_FILE", "x")
        .refused(&["(LARIMAR_MAIL__FROM_FILE)", "no such setting"]);
    given()
        .set("limits.bach=2")
        .refused(&["limits.bach (--set)", "mean limits.batch?"]);
    given().set("batch").refused(&["KEY=VALUE"]);
}

#[test]
fn a_variable_without_two_underscores_is_no_setting() {
    given()
        .variable("LARIMAR_PORT", "tcp://10.0.0.1:8330")
        .variable("LARIMAR_LIMITS_BATCH", "2")
        .variable("OTHER_LARIMAR_LIMITS__BATCH", "2")
        .loaded();
}

#[test]
fn numbers_out_of_range_are_refused_from_each_source() {
    let keys = Keys::new().unwrap();
    let mut numbers = 0;
    for (key, default) in keys.all() {
        if !default.is_integer() {
            continue;
        }
        numbers += 1;
        let (least, most) = range(key).into_inner();
        let allowed = format!("from {least} to {most}");
        let (section, name) = key.split_once('.').unwrap();
        for number in [least - 1, most + 1, i64::MIN, i64::MAX] {
            let number = number.to_string();
            given().set(&format!("{key}={number}")).refused(&[
                &format!("{key} (--set)"),
                &allowed,
                &number,
            ]);
            given()
                .variable(&variable(key), &number)
                .refused(&[key, &variable(key), &allowed]);
            given()
                .file("config.toml", &format!("[{section}]\n{name} = {number}"))
                .refused(&[&format!("{key} (config.toml)"), &allowed]);
        }
        for text in ["", "many", "1.5", "true", "\"5\"", "[5]", "5 # five\n6"] {
            given()
                .set(&format!("{key}={text}"))
                .refused(&[&format!("{key} (--set)"), "must be a whole number"]);
        }
        if !key.starts_with("pins.") {
            for number in [least, most] {
                given().set(&format!("{key}={number}")).loaded();
            }
        }
    }
    assert!(numbers > 25);
    for (key, _) in defaults()
        .iter()
        .filter(|(key, value)| key.starts_with("limits.") && value.is_integer())
    {
        assert_eq!(range(key), 1..=1_000_000_000, "{key}");
    }
}

#[test]
fn values_of_another_kind_are_refused() {
    let file = |text: &str| given().file("config.toml", text);
    file("[limits]\nbatch = '5'").refused(&["limits.batch (config.toml)", "whole number"]);
    file("[pins]\nenabled = 1").refused(&["pins.enabled", "true or false"]);
    file("[log]\nlevel = 1").refused(&["log.level", "string"]);
    file("[server]\nnames = 'a.example'").refused(&["server.names", "list of strings"]);
    file("[server]\nnames = [1]").refused(&["server.names", "list of strings"]);
    given().variable("LARIMAR_PINS__ENABLED", "yes").refused(&[
        "pins.enabled",
        "true or false",
        "`yes`",
    ]);
    given()
        .variable("LARIMAR_SERVER__NAMES", "a.example")
        .refused(&["server.names", "[\"one\", \"another\"]"]);
}

#[test]
fn impossible_values_are_refused_with_what_is_allowed() {
    let set = |pair: &str| given().set(pair);
    set("server.listen=localhost:8330").refused(&["server.listen (--set)", "127.0.0.1:8330"]);
    set("server.listen=8330").refused(&["server.listen (--set)", "127.0.0.1:8330"]);
    set("server.names=['https://a.example']").refused(&["server.names", "without scheme"]);
    set("server.trusted_proxies=['proxy']").refused(&["server.trusted_proxies", "10.0.0.0/8"]);
    set("limits.exempt=['10.0.0.0/33']").refused(&["limits.exempt", "`10.0.0.0/33`"]);
    set("server.proxy_header=X-Real-IP").refused(&["proxy_header", "X-Forwarded-For", "Forwarded"]);
    set("server.cors_origins=['*', 'https://a.example']").refused(&["cors_origins", "alone"]);
    set("server.cors_origins=['a.example']").refused(&["cors_origins", "https://"]);
    set("store.engine=postgres").refused(&["store.engine", "`sled`"]);
    set("store.path=").refused(&["store.path", "must not be empty"]);
    set("mail.transport=pigeon").refused(&["mail.transport", "`print`", "`sendmail`"]);
    set("mail.from=nobody").refused(&["mail.from", "noreply@example.org"]);
    set("observe.listen=127.0.0.1:9090").refused(&["observe.listen", "not in this version"]);
    set("log.level=loud").refused(&["log.level", "`loud`", "`info`"]);
}

#[test]
fn settings_that_cannot_be_together_are_refused_with_all_their_keys() {
    given().listen("0.0.0.0:8330").refused(&[
        "mail.transport (default), server.listen (--listen)",
        "only while the server listens on loopback",
    ]);
    given().listen("[::1]:8330").loaded();
    given()
        .listen("0.0.0.0:8330")
        .set("mail.transport=sendmail")
        .loaded();
    given().set("mail.transport=smtp").refused(&[
        "mail.transport (--set), mail.url (default)",
        "mail.url_file",
    ]);
    given()
        .set("pins.length=40")
        .refused(&["pins.length (--set)", "pins.max_length (default)"]);
    given()
        .set("pins.min_length=33")
        .refused(&["pins.min_length (--set), pins.max_length (default)"]);
}

#[test]
fn all_faults_are_told_at_once_and_no_false_ones() {
    let faults = given()
        .file("config.toml", "[limits]\nbatch = 0\n[zoo]\nlion = 1")
        .variable("LARIMAR_CODES__EXPIRE_SECONDS", "never")
        .set("mail.transport=pigeon")
        .listen("0.0.0.0:8330")
        .faults();
    assert_eq!(faults.len(), 4, "{faults:#?}");
}

#[test]
fn strings_are_taken_as_they_stand() {
    let loaded = given()
        .file("config.toml", "[mail]\ntransport = 'smtp'")
        .variable("LARIMAR_STORE__PATH", "12345")
        .variable("LARIMAR_ACCESS_LOG__PATH", "\"true\"")
        .variable("LARIMAR_MAIL__URL", "smtps://0123:45e6@mail.example.org")
        .loaded();
    let Settings {
        store, access_log, ..
    } = &loaded.settings;
    assert!(store.path.ends_with("12345"));
    assert!(access_log.path.ends_with("\"true\""));
    let url = loaded.settings.mail.url.expose();
    assert_eq!(url, "smtps://0123:45e6@mail.example.org");
    let number = given().file("secret", "12345\n");
    number
        .variable("LARIMAR_MAIL__URL_FILE", "secret")
        .refused(&["must be smtp://"]);
}

#[test]
fn lists_come_from_the_environment_and_flags_as_toml() {
    let server = given()
        .variable("LARIMAR_SERVER__NAMES", r#"["a.example", "b.example:81"]"#)
        .variable("LARIMAR_SERVER__CORS_ORIGINS", " [] ")
        .set("server.trusted_proxies=['127.0.0.1', '10.1.2.3/8', '2001:db8::/32']")
        .loaded()
        .settings
        .server;
    assert_eq!(server.names, ["a.example", "b.example:81"]);
    assert_eq!(server.cors_origins, Vec::<String>::new());
    let networks = server.trusted_proxies.iter().map(ToString::to_string);
    assert_eq!(
        networks.collect::<Vec<_>>(),
        ["127.0.0.1/32", "10.0.0.0/8", "2001:db8::/32"]
    );
}

const URL: &str = "smtps://user:hunter2@mail.example.org";

#[test]
fn a_secret_may_be_given_as_a_file() {
    for end in ["", "\n", "\r\n"] {
        let given = given()
            .file("etc/config.toml", "[mail]\nurl = ''\nurl_file = 'secret'")
            .file("etc/secret", &format!("{URL}{end}"))
            .config("etc/config.toml");
        let loaded = given.loaded();
        assert_eq!(loaded.settings.mail.url.expose(), URL);
        assert_eq!(
            origin_of(&loaded, "mail.url"),
            format!(
                "{}, named by etc/config.toml",
                given.path("etc/secret").display()
            )
        );
    }
    let environment = given()
        .file("secret", URL)
        .variable("LARIMAR_MAIL__URL_FILE", "secret")
        .loaded();
    assert_eq!(environment.settings.mail.url.expose(), URL);
    let file = |name| given().file("empty", "\n").set(name);
    file("mail.url_file=empty").refused(&["mail.url_file (--set)", "is empty"]);
    file("mail.url_file=none").refused(&["mail.url_file (--set)", "cannot be read"]);
}

#[test]
fn a_secret_given_twice_is_refused_from_whatever_sources() {
    let file = || {
        given()
            .file("secret", URL)
            .file("config.toml", "[mail]\nurl_file = 'secret'")
    };
    file()
        .variable("LARIMAR_MAIL__URL", URL)
        .set("mail.transport=smtp")
        .refused(&[
            "mail.url (LARIMAR_MAIL__URL), mail.url_file (config.toml)",
            "both",
        ]);
    given()
        .file("secret", URL)
        .variable("LARIMAR_MAIL__URL_FILE", "secret")
        .variable("LARIMAR_MAIL__URL", URL)
        .refused(&["both"]);
    // an empty one is none, so the documented file can stay as it is, and a secret can be taken back
    file().variable("LARIMAR_MAIL__URL", "").loaded();
    let taken_back = file()
        .variable("LARIMAR_MAIL__URL_FILE", "")
        .variable("LARIMAR_MAIL__URL", URL)
        .loaded();
    assert_eq!(taken_back.settings.mail.url.expose(), URL);
}

#[test]
fn no_report_and_no_fault_shows_a_secret() {
    let loaded = given()
        .set(&format!("mail.url={URL}"))
        .set("mail.transport=smtp")
        .loaded();
    let shown = [
        loaded.to_toml(),
        loaded.to_json().to_string(),
        format!("{loaded:?}"),
        loaded.warnings().join("\n"),
    ];
    for text in &shown {
        assert!(!text.contains("hunter2"), "{text}");
    }
    assert!(shown[0].contains("url = \"***\""));
    assert!(shown[3].contains("mail.url (--set): everyone on this machine"));

    let file = |text: &str| given().file("config.toml", text);
    let refused = [
        file("[mail]\nurl = \"smtp://user:hunter2@mail.example.org\n"),
        file("[mail]\nurl = ['smtp://user:hunter2@mail.example.org']"),
        file("[mail]\nurl = 'smtp://user:hunter2@mail.example.org?tls=no'"),
        file("[mail]\nurl = 'smtp://user:hunter2@mail.example.org:x'"),
        given().set("mail.url:smtp://user:hunter2@mail.example.org?tls=required"),
    ];
    for given in refused {
        let faults = given.faults().join("\n");
        assert!(!faults.contains("hunter2"), "{faults}");
    }
    file("[mail]\nurl = \"smtp://user").refused(&["config.toml is not TOML: line 2, column"]);
}

#[test]
fn relative_paths_begin_where_they_were_written() {
    let given = given()
        .file("etc/l.toml", "[store]\npath = 'wallets'")
        .config("etc/l.toml")
        .variable("LARIMAR_MAIL__DIRECTORY", "outbox")
        .set("access_log.path=./access.log");
    let settings = given.loaded().settings;
    assert_eq!(settings.store.path, given.path("etc/wallets"));
    assert_eq!(
        settings.server.secret_file,
        given.path("etc/larimar.secret")
    );
    assert_eq!(settings.mail.directory, given.path("outbox"));
    assert_eq!(settings.access_log.path, given.path("access.log"));
    assert_eq!(settings.mail.sendmail, Path::new("/usr/sbin/sendmail"));
}

#[test]
fn the_access_log_may_go_to_standard_output_or_nowhere() {
    let target = |path: &str| given().set(&format!("access_log.path={path}")).loaded();
    let (stdout, none) = (target("-"), target(""));
    let (stdout, none) = (&stdout.settings, &none.settings);
    assert_eq!(stdout.access_log.target(), AccessLogTarget::StandardOutput);
    assert_eq!(none.access_log.target(), AccessLogTarget::Nowhere);
    let file = given();
    let path = file.path("logs/access.log");
    assert_eq!(
        file.loaded().settings.access_log.target(),
        AccessLogTarget::File(&path)
    );
}

#[test]
fn what_is_in_force_can_be_a_configuration_file_again() {
    let first = given()
        .set("limits.batch=7")
        .variable("LARIMAR_SERVER__NAMES", "['a.example']")
        .loaded();
    let text = first.to_toml();
    assert!(text.contains("[limits]\n"), "{text}");
    let line = |begin: &str| text.lines().find(|line| line.starts_with(begin)).unwrap();
    assert!(line("batch = 7 ").ends_with("  # --set"), "{text}");
    assert!(line("names = ").ends_with("  # LARIMAR_SERVER__NAMES"));
    assert!(line("versions = 5 ").ends_with("  # default"));
    let again = given().file("config.toml", &text).loaded();
    assert_eq!(again.settings, first.settings);
}

#[test]
fn the_report_for_programs_has_values_origins_and_warnings() {
    let given = given().file("config.toml", "[limits]\nbatch = 7");
    let report = given.loaded().to_json();
    assert_eq!(report["settings"]["limits"]["batch"], 7);
    assert_eq!(report["settings"]["server"]["listen"], "127.0.0.1:8330");
    assert_eq!(report["origins"]["limits.batch"], "config.toml");
    assert_eq!(report["file"], given.path("config.toml").to_str().unwrap());
    assert_eq!(report["warnings"].as_array().map(Vec::len), Some(1));
}

#[test]
fn limits_are_shown_by_the_names_of_the_protocol() {
    let json = serde_json::to_value(Limits::default()).unwrap();
    let names: BTreeSet<&str> = json
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let expected = [
        "blob_bytes",
        "batch",
        "versions",
        "daily_versions",
        "wallet_requests_per_hour",
        "codes_per_hour",
        "codes_per_email_per_hour",
        "codes_per_hour_total",
        "locks_per_hour",
        "exempt",
    ];
    assert_eq!(names, BTreeSet::from(expected));
    let keys = defaults();
    let values = |value: &Value| value.is_integer() || value.is_array();
    assert!(
        expected
            .iter()
            .all(|name| values(&keys[&format!("limits.{name}")]))
    );
}
