//! What operators are told of calls.

use std::sync::Arc;
use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;

use crate::protocol::methods::NAMES;
use crate::telemetry::{Registry, Unit, durations, seconds};

/// The method of a call whose name could not be read, or is none of ours.
const OTHER: &str = "other";
const OK: &str = "ok";

type Label = (&'static str, &'static str);

/// Calls, by method and outcome.
#[derive(Debug, Clone)]
pub(super) struct Measures {
    requests: Family<[Label; 2], Counter>,
    durations: Family<[Label; 1], Histogram, fn() -> Histogram>,
    methods: Arc<[OfMethod]>,
}

/// What nearly every call counts in, so that it need not be looked up.
#[derive(Debug)]
struct OfMethod {
    name: &'static str,
    ok: Counter,
    durations: Histogram,
}

impl Default for Measures {
    /// Of every method's good outcome there are none yet; others appear when there are some.
    fn default() -> Self {
        let requests: Family<[Label; 2], Counter> = Family::default();
        let of_methods: Family<[Label; 1], Histogram, fn() -> Histogram> =
            Family::new_with_constructor(durations);
        let of = |name| OfMethod {
            name,
            ok: requests.get_or_create_owned(&[("method", name), ("outcome", OK)]),
            durations: of_methods.get_or_create_owned(&[("method", name)]),
        };
        Self {
            methods: NAMES.iter().copied().chain([OTHER]).map(of).collect(),
            requests,
            durations: of_methods,
        }
    }
}

impl Measures {
    /// A call of this method was answered, or ended without an answer.
    pub(super) fn answered(
        &self,
        method: Option<&'static str>,
        outcome: &'static str,
        time: Duration,
    ) {
        let name = method.unwrap_or(OTHER);
        let Some(of) = self.methods.iter().find(|of| of.name == name) else {
            return;
        };
        of.durations.observe(seconds(time));
        if outcome == OK {
            of.ok.inc();
        } else {
            self.requests
                .get_or_create(&[("method", of.name), ("outcome", outcome)])
                .inc();
        }
    }

    /// Shows them.
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "requests",
            "Calls by method and outcome, every line of the access log",
            self.requests.clone(),
        );
        registry.register_with_unit(
            "request",
            "How long calls took",
            Unit::Seconds,
            self.durations.clone(),
        );
    }
}
