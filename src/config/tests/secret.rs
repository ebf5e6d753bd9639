//! A secret as text, as a file, as both, and nowhere to be seen.

use super::*;

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
        loaded.to_json(&loaded.warnings()).to_string(),
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
fn one_that_is_not_used_is_warned_of_by_the_name_it_was_set_by() {
    let warned = |loaded: Loaded| {
        let mut warnings = loaded.warnings().into_iter();
        warnings.find(|warning| warning.contains("not used"))
    };
    let text = given().variable("LARIMAR_MAIL__URL", URL).loaded();
    let file = || given().file("secret", URL).set("mail.url_file=secret");
    for (loaded, beginning, end) in [
        (text, "mail.url is set", "take the password out."),
        (file().loaded(), "mail.url_file is set", "take it out."),
    ] {
        let warning = warned(loaded).expect("a warning");
        assert!(warning.starts_with(beginning), "{warning}");
        assert!(warning.ends_with(end), "{warning}");
    }
    let used = file().set("mail.transport=smtp");
    let used = used.set("mail.from=wallet@example.org");
    assert_eq!(warned(used.loaded()), None);
    assert_eq!(warned(given().loaded()), None);
}
