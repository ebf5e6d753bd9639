//! Somebody with a profile of several servers.

use crate::devices::Place;
use crate::program::{Done, Larimar};

pub(crate) const PASSWORD: &str = "correct horse battery staple";
pub(crate) const NEW: &str = "another horse entirely";
pub(crate) const EMAIL: &str = "alice@example.com";

pub(crate) struct Alice {
    pub(crate) larimar: Larimar,
    pub(crate) password: &'static str,
}

impl Alice {
    pub(crate) fn at(places: &[Place]) -> Self {
        let larimar = Larimar::new();
        let mut set = vec!["profile", "set", "default", "--email", EMAIL];
        for place in places {
            set.extend(["--server", &place.end.url]);
        }
        larimar.run(&set, "").ok();
        Self {
            larimar,
            password: PASSWORD,
        }
    }

    /// The same person at another computer.
    pub(crate) fn elsewhere(&self, places: &[Place]) -> Self {
        Self {
            password: self.password,
            ..Self::at(places)
        }
    }

    pub(crate) fn does(&self, arguments: &[&str], input: &str) -> Done {
        let mut arguments = arguments.to_vec();
        arguments.extend(["--password-stdin", "--timeout", "2"]);
        self.larimar
            .run(&arguments, format!("{}\n{input}", self.password))
    }

    pub(crate) fn codes(&self, places: &[Place]) -> Vec<String> {
        self.larimar.run(&["request-code"], "").ok();
        let code = |place: &Place| format!("{}={}", place.end.name(), place.house.code(EMAIL));
        places.iter().map(code).collect()
    }

    pub(crate) fn creates(&self, codes: &[String]) {
        let mut create = vec!["create"];
        for code in codes {
            create.extend(["--code", code]);
        }
        self.does(&create, "").ok();
    }

    /// The verdicts that `larimar servers` gives.
    pub(crate) fn verdicts(&self) -> Vec<String> {
        let report = self.does(&["servers", "--json"], "");
        assert!([0, 4].contains(&report.code), "{}", report.err);
        let report: serde_json::Value = serde_json::from_str(&report.out).unwrap();
        let lines = report["servers"].as_array().unwrap().iter();
        lines
            .map(|line| line["verdict"].as_str().unwrap().to_owned())
            .collect()
    }
}
