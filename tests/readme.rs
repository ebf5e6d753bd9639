//! What the README says of the methods is what they are.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use larimar::protocol::methods::{EachMethod, Method, NAMES, each_method};
use schemars::schema_for;
use serde_json::Value;

const README: &str = include_str!("../README.md");

/// The rows of the README's table: method, parameters, what it does.
fn rows() -> Vec<(String, Vec<String>, String)> {
    let table = README.split("## The methods").nth(1).expect("the section");
    let table = table.split("\n## ").next().unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let parameters = cells[1].split(", ").filter(|name| !name.is_empty());
        (
            cells[0].trim_matches('`').to_owned(),
            parameters.map(|name| name.replace('`', "")).collect(),
            cells[2].to_owned(),
        )
    })
    .collect()
}

struct Compare(Vec<(String, Vec<String>, String)>);

impl EachMethod for Compare {
    fn method<M: Method>(&mut self) {
        let row = self.0.iter().find(|row| row.0 == M::NAME);
        let (name, parameters, summary) = row.unwrap_or_else(|| panic!("{} is missing", M::NAME));
        assert_eq!(summary, M::SUMMARY, "{name}");
        let schema = schema_for!(M::Params).to_value();
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let mut known: Vec<String> = schema["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| {
                let mark = if required.contains(&Value::from(name.as_str())) {
                    ""
                } else {
                    "?"
                };
                format!("{name}{mark}")
            })
            .collect();
        let mut listed = parameters.clone();
        known.sort();
        listed.sort();
        assert_eq!(listed, known, "{name}");
    }
}

#[test]
fn the_table_of_methods_is_true() {
    let rows = rows();
    let names: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
    assert_eq!(names, NAMES);
    each_method(&mut Compare(rows));
}

#[test]
fn the_documentation_of_config_toml_exists() {
    for file in [
        "config.toml",
        "scripts/test",
        "scripts/demo",
        "scripts/demo-pin",
        "scripts/demo-federation",
        "scripts/access-log",
        "contrib/nginx/larimar.conf",
        "contrib/caddy/Caddyfile",
        "contrib/logrotate/larimar",
        "contrib/fail2ban/jail.d/larimar.conf",
        "contrib/prometheus/alerts.yml",
    ] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        assert!(README.contains(file) && path.exists(), "{file}");
    }
}

/// Each test that SECURITY.md names: `file`, or `file`: `test`, `test`.
#[test]
fn every_test_that_guards_a_promise_exists() {
    let security = include_str!("../SECURITY.md");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut named = 0;
    for row in security.lines().filter(|line| line.starts_with("| ")) {
        let guards = row.trim_matches('|').split('|').nth(1).unwrap_or_default();
        let mut text = None;
        for name in guards.split('`').skip(1).step_by(2) {
            if name.ends_with(".rs") || name.ends_with(".js") {
                text = Some(std::fs::read_to_string(root.join(name)).expect(name));
                named += 1;
                continue;
            }
            let text = text.as_deref().expect("the file comes first");
            let is_there =
                text.contains(&format!("fn {name}(")) || text.contains(&format!("\"{name}\""));
            assert!(is_there, "{name}");
        }
    }
    assert!(named > 30, "{named}");
}

/// What stands after such a heading, in the first block of this kind.
fn block(heading: &str, kind: &str) -> String {
    let behind = README.split(heading).nth(1).expect("the heading");
    let fence = format!("```{kind}\n");
    let block = behind.split(&fence).nth(1).expect("the block");
    block.split("```").next().unwrap_or_default().to_owned()
}

#[test]
fn the_mails_of_the_documentation_are_taken() {
    let commented = include_str!("../config.toml")
        .split("# Such as:\n")
        .nth(1)
        .expect("an example");
    let lines = commented.lines().map_while(|line| {
        let text = line.strip_prefix('#')?;
        (text.is_empty() || text.starts_with("   ")).then(|| text.trim().to_owned() + "\n")
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail.txt");
    for text in [block("### Mail", "text"), lines.collect()] {
        std::fs::write(&path, &text).unwrap();
        larimar::mail::Template::read(&path).unwrap_or_else(|error| panic!("{error}\n{text}"));
    }
}

/// Links between the pages lead somewhere.
#[test]
fn every_page_that_is_linked_exists() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = vec![root.join("README.md"), root.join("SECURITY.md")];
    let docs = std::fs::read_dir(root.join("docs")).unwrap();
    pages.extend(docs.map(|entry| entry.unwrap().path()));
    let mut links = 0;
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        let targets = text.split("](").skip(1);
        let targets = targets.filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://") && !target.starts_with('#')) {
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let file = page.parent().unwrap().join(file);
            assert!(file.exists(), "{}: {target}", page.display());
            let text = std::fs::read_to_string(&file).unwrap_or_default();
            let is_page = file.extension().is_some_and(|kind| kind == "md");
            assert!(!is_page || !text.trim().is_empty(), "{target} is empty");
            let headings = text.lines().filter(|line| line.starts_with('#'));
            let anchors = headings.map(|line| {
                let words = line.trim_start_matches('#').trim().to_lowercase();
                let kept = words
                    .chars()
                    .filter(|c| c.is_alphanumeric() || " -".contains(*c));
                kept.map(|c| if c == ' ' { '-' } else { c })
                    .collect::<String>()
            });
            let is_there =
                heading.is_empty() || anchors.into_iter().any(|anchor| anchor == heading);
            assert!(is_there, "{}: {target}", page.display());
            links += 1;
        }
    }
    assert!(links > 20, "{links}");
}
