//! What weighs more, what is unknown, and how text is taken.

use std::path::Path;

use super::*;

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
    file("[limit]\nbatch = 2").refused(&["limit (config.toml)", "mean limits?"]);
    file("batch = 2").refused(&[
        "batch (config.toml)",
        "there are server, registration, store",
    ]);
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
