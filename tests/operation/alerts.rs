//! The alert rules; `scripts/test` asks Prometheus' own tool whether they fire as they should.

use larimar::protocol::Name;
use larimar::protocol::methods::NAMES;

use super::metrics::{names_in, observed, scraped};

const README: &str = include_str!("../../README.md");
const ALERTS: &str = include_str!("../../contrib/prometheus/alerts.yml");
const TESTS: &str = include_str!("../../contrib/prometheus/alerts_test.yml");

#[test]
fn they_ask_for_what_is_served() {
    let house = observed(&[]);
    let server = house.start();
    server.ok("serverInfo", serde_json::json!([]));
    let metrics = scraped(&server);
    let (with_tls, _) = super::tls::house_with(observed(&[]));
    let of_tls = scraped(&with_tls.start());
    let mut families = metrics.families();
    families.extend(of_tls.families());
    for text in [ALERTS, TESTS] {
        let asked = names_in(text);
        assert!(asked.len() > 8, "{asked:?}");
        for name in asked {
            let histogram = name.strip_suffix("_bucket");
            let kind = families.get(histogram.unwrap_or(&name));
            let kind = kind.unwrap_or_else(|| panic!("{name} is not served"));
            assert!(histogram.is_none() || *kind == "histogram", "{name}");
        }
    }
}

/// What an expression asks of the label, alternatives apart.
fn asked_of(label: &str, text: &str) -> Vec<String> {
    let text = text.replace('!', "=");
    let label = format!("{label}=");
    let asked = text.split(&label).skip(1);
    asked
        .filter_map(|rest| rest.split('"').nth(1))
        .flat_map(|words| words.split('|').map(str::to_owned))
        .collect()
}

#[test]
fn they_ask_for_labels_that_there_are() {
    let house = observed(&[]);
    let text = scraped(&house.start()).text();
    let outcomes = asked_of("outcome", ALERTS);
    assert!(outcomes.len() >= 5, "{outcomes:?}");
    for outcome in outcomes {
        let of_mail = text.contains(&format!("outcome=\"{outcome}\""));
        assert!(of_mail || Name::from_text(&outcome).is_some(), "{outcome}");
    }
    let limits = asked_of("limit", ALERTS);
    assert!(!limits.is_empty());
    for limit in limits {
        assert!(text.contains(&format!("limit=\"{limit}\"")), "{limit}");
    }
    for method in asked_of("method", ALERTS) {
        assert!(
            NAMES.contains(&method.as_str()) || method == "other",
            "{method}"
        );
    }
}

#[test]
fn each_says_what_to_do_and_is_tested() {
    let alerts: Vec<&str> = ALERTS.split("- alert: ").skip(1).collect();
    assert!(alerts.len() >= 8);
    for alert in alerts {
        let name = alert.lines().next().unwrap();
        for part in ["severity:", "summary:", "description:"] {
            assert!(alert.contains(part), "{name} lacks {part}");
        }
        assert!(TESTS.contains(&format!("alertname=\"{name}\"")), "{name}");
        assert!(README.contains(&format!("`{name}`")), "{name}");
    }
}
