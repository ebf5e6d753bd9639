//! What operators are told of mail.

use std::sync::Arc;
use std::time::Instant;

use futures_util::future::BoxFuture;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;

use super::{EmailAddress, MailError, Mailer};
use crate::crypto::Code;
use crate::telemetry::{Counts, Registry, Unit, durations, seconds};

/// A mailer whose mails are counted.
pub struct Measured {
    inner: Arc<dyn Mailer>,
    mails: Counts,
    durations: Histogram,
    waiting: Gauge,
}

impl Measured {
    /// Counts what this one does.
    pub fn new(inner: Arc<dyn Mailer>) -> Self {
        let outcomes = MailError::KINDS.iter().copied();
        Self {
            inner,
            mails: Counts::new("outcome", ["sent"].into_iter().chain(outcomes)),
            durations: durations(),
            waiting: Gauge::default(),
        }
    }

    /// Shows the counts.
    pub fn register(&self, registry: &mut Registry) {
        self.mails.register(
            registry,
            "mails",
            "Mails by what became of them: sent, that is handed over, or why not",
        );
        registry.register_with_unit(
            "mail",
            "How long mails took, waiting for their turn included",
            Unit::Seconds,
            self.durations.clone(),
        );
        registry.register(
            "mails_waiting",
            "Mails that are being handed over or wait for their turn",
            self.waiting.clone(),
        );
    }
}

impl Mailer for Measured {
    fn send_code<'a>(
        &'a self,
        to: &'a EmailAddress,
        code: &'a Code,
        expires_in_seconds: u64,
    ) -> BoxFuture<'a, Result<(), MailError>> {
        Box::pin(async move {
            let _waiting = Waiting::begin(&self.waiting);
            let begun = Instant::now();
            let sent = self.inner.send_code(to, code, expires_in_seconds).await;
            self.durations.observe(seconds(begun.elapsed()));
            self.mails
                .count(sent.as_ref().map_or_else(MailError::kind, |()| "sent"));
            sent
        })
    }
}

/// Counts as long as it lives, also if a send is cut off.
struct Waiting<'a>(&'a Gauge);

impl<'a> Waiting<'a> {
    fn begin(gauge: &'a Gauge) -> Self {
        gauge.inc();
        Self(gauge)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;
    use prometheus_client::encoding::prometheus_text::encode;

    use super::super::Reply;
    use super::super::memory::{MemoryMailer, Outcome};
    use super::*;

    #[tokio::test]
    async fn mails_are_counted_by_what_became_of_them() {
        let memory = Arc::new(MemoryMailer::default());
        let mailer = Measured::new(memory.clone());
        let to = "alice@example.com".parse().expect("an address");
        let code = Code::random().expect("random bytes");
        mailer.send_code(&to, &code, 60).await.expect("sent");
        memory.becomes(Outcome::Fails(MailError::Refused(Reply::Smtp(550))));
        mailer.send_code(&to, &code, 60).await.expect_err("refused");
        memory.becomes(Outcome::Hangs);
        let mut registry = crate::telemetry::registry();
        mailer.register(&mut registry);
        let shown = || {
            let mut text = String::new();
            encode(&mut text, &registry).expect("text");
            text
        };
        let mut hangs = mailer.send_code(&to, &code, 60);
        assert!((&mut hangs).now_or_never().is_none());
        assert!(shown().contains("larimar_mails_waiting 1\n"), "{}", shown());
        drop(hangs);
        let text = shown();
        for line in [
            r#"larimar_mails_total{outcome="sent"} 1"#,
            r#"larimar_mails_total{outcome="refused"} 1"#,
            r#"larimar_mails_total{outcome="timed_out"} 0"#,
            "larimar_mail_seconds_count 2",
            "larimar_mails_waiting 0",
        ] {
            assert!(text.lines().any(|other| other == line), "{line}: {text}");
        }
    }
}
