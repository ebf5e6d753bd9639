//! Somebody at a computer, who types a password into every command.

use serde_json::Value;

use crate::program::{Done, Larimar};
use crate::server::Larimard;

pub(crate) const EMAIL: &str = "alice@example.com";
pub(crate) const PASSWORD: &str = "correct horse battery staple";
pub(crate) const OTHER: &str = "another horse entirely";

/// Who asks for a wallet.
pub(crate) struct Person {
    pub(crate) larimar: Larimar,
    pub(crate) email: &'static str,
    pub(crate) password: &'static str,
    pub(crate) answers: &'static [&'static str],
}

impl Person {
    pub(crate) fn at(server: &Larimard) -> Self {
        Self {
            larimar: Larimar::calling(&server.url),
            email: EMAIL,
            password: PASSWORD,
            answers: &[],
        }
    }

    /// Runs a command, with the password and then `input` on standard input.
    pub(crate) fn does(&self, arguments: &[&str], input: &str) -> Done {
        let mut arguments = arguments.to_vec();
        arguments.extend(["--email", self.email, "--password-stdin"]);
        for answer in self.answers {
            arguments.extend(["--answer", answer]);
        }
        let done = self
            .larimar
            .run(&arguments, format!("{}\n{input}", self.password));
        assert!(!done.out.contains(self.password) && !done.err.contains(self.password));
        done
    }

    pub(crate) fn code(&self, server: &Larimard) -> String {
        server.code(|| {
            let ask = ["request-code", "--email", self.email];
            self.larimar.run(&ask, "").ok();
        })
    }

    /// Has a wallet with this data.
    pub(crate) fn creates(&self, server: &Larimard, data: &str) -> Value {
        let code = self.code(server);
        self.does(&["create", "--code", &code, "--data", "-", "--json"], data)
            .json()
    }

    pub(crate) fn fetches(&self) -> Value {
        self.does(&["fetch", "--json"], "").json()
    }
}

/// The error that a command reported as JSON.
pub(crate) fn error(done: &Done) -> Value {
    let report: Value = serde_json::from_str(&done.err).expect("JSON");
    report["error"].clone()
}
