//! What can be, alone and together.

use super::super::key::{Keys, variable};
use super::super::rule::range;
use super::*;

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
    for peer in [
        "two.example",
        "https://two.example/",
        "http://two.example",
        "https://two.example; script-src *",
        "https://*.example",
        "*",
    ] {
        set(&format!("console.peers=['{peer}']")).refused(&["console.peers", "https://"]);
    }
    set("store.engine=postgres").refused(&["store.engine", "`sled`"]);
    set("store.path=").refused(&["store.path", "must not be empty"]);
    set("mail.transport=pigeon").refused(&["mail.transport", "`print`", "`sendmail`"]);
    set("mail.from=nobody").refused(&["mail.from", "noreply@example.org"]);
    set("observe.listen=localhost").refused(&["observe.listen", "127.0.0.1:9330"]);
    set("observe.listen=127.0.0.1:8330").refused(&["observe.listen", "a port of their own"]);
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
