//! What operators measure: numbers under names that are fixed beforehand.
//!
//! Each room makes its own numbers and keeps them up whether or not anybody looks; its `register` shows them to a [`Registry`], and the server
//! writes out what that has. A label is a `&'static str`: no text that came from outside can become one.

use std::fmt;
use std::time::Duration;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::histogram::Histogram;
pub use prometheus_client::registry::{Registry, Unit};

/// What every name begins with.
const PREFIX: &str = "larimar";

/// A registry that has nothing yet.
pub fn registry() -> Registry {
    Registry::with_prefix(PREFIX)
}

/// A counter for each word.
#[derive(Debug, Clone)]
pub struct Counts {
    label: &'static str,
    family: Family<[(&'static str, &'static str); 1], Counter>,
}

impl Counts {
    /// With this label, whose `words` are counted from 0 on: the rate of one that is missing until it comes would lack its first.
    pub fn new(label: &'static str, words: impl IntoIterator<Item = &'static str>) -> Self {
        let family = Family::default();
        for word in words {
            drop(family.get_or_create_owned(&[(label, word)]));
        }
        Self { label, family }
    }

    /// One more.
    pub fn count(&self, word: &'static str) {
        self.family.get_or_create(&[(self.label, word)]).inc();
    }

    /// Shows them under this name, which `_total` ends.
    pub fn register(&self, registry: &mut Registry, name: &str, help: &str) {
        registry.register(name, help, self.family.clone());
    }
}

/// Counts durations, none of them yet: up to 0.1 ms, 0.25 ms and so on to 20 s, and longer ones.
pub fn durations() -> Histogram {
    Histogram::new([
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5,
        5.0, 10.0, 20.0,
    ])
}

/// Adds a number that is read when somebody asks, and left out when there is none.
pub fn register_reading(
    registry: &mut Registry,
    name: &'static str,
    help: &'static str,
    unit: Option<Unit>,
    read: impl Fn() -> Option<f64> + Send + Sync + 'static,
) {
    let reading = Reading {
        name,
        help,
        unit,
        read,
    };
    registry.register_collector(Box::new(reading));
}

struct Reading<F> {
    name: &'static str,
    help: &'static str,
    unit: Option<Unit>,
    read: F,
}

impl<F> fmt::Debug for Reading<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl<F: Fn() -> Option<f64> + Send + Sync + 'static> Collector for Reading<F> {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let Some(number) = (self.read)() else {
            return Ok(());
        };
        let gauge = ConstGauge::new(number);
        let metric = encoder.encode_descriptor(
            self.name,
            self.help,
            self.unit.as_ref(),
            gauge.metric_type(),
        )?;
        gauge.encode(metric)
    }
}

/// A number as the gauges have it: whole up to 2^53.
#[expect(clippy::cast_precision_loss, reason = "nobody has so many")]
pub fn number(count: u64) -> f64 {
    count as f64
}

/// Seconds, as the field measures durations.
pub fn seconds(duration: Duration) -> f64 {
    duration.as_secs_f64()
}

#[cfg(test)]
mod tests {
    use prometheus_client::encoding::prometheus_text::encode;

    use super::*;

    #[test]
    fn words_begin_at_0_and_readings_may_be_missing() {
        let mut registry = registry();
        let counts = Counts::new("limit", ["one", "two"]);
        counts.register(&mut registry, "limited", "Refused.");
        register_reading(
            &mut registry,
            "here",
            "A number.",
            Some(Unit::Bytes),
            || Some(3.0),
        );
        register_reading(&mut registry, "missing", "None.", None, || None);
        counts.count("two");
        let mut text = String::new();
        encode(&mut text, &registry).expect("text");
        for line in [
            r#"larimar_limited_total{limit="one"} 0"#,
            r#"larimar_limited_total{limit="two"} 1"#,
            "larimar_here_bytes 3.0",
        ] {
            assert!(text.lines().any(|other| other == line), "{line}: {text}");
        }
        assert!(!text.contains("missing"), "{text}");
    }
}
