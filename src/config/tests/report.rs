//! What is documented and what is shown.

use std::collections::BTreeSet;

use super::*;

#[test]
fn config_toml_says_every_default_and_nothing_else() {
    let documented: Table = toml::from_str(include_str!("../../../config.toml")).unwrap();
    let (documented, defaults) = (flat(documented), defaults());
    let names = |table: &Table| table.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&documented), names(&defaults));
    for (key, value) in &defaults {
        assert_eq!(&documented[key], value, "{key}");
    }
    let given = given();
    let defaults = given.loaded().settings;
    let given = given.file("config.toml", include_str!("../../../config.toml"));
    assert_eq!(given.loaded().settings, defaults);
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
    let report = given.loaded();
    let report = report.to_json(&report.warnings());
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
    assert!(
        expected
            .iter()
            .all(|name| keys.contains_key(&format!("limits.{name}")))
    );
}
