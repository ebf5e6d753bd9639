//! What the service manager forbids the server, where a setting needs it.

use crate::config::{Settings, Transport};

/// What these settings need and this process may not do, each with what to do.
pub(super) fn warnings(settings: &Settings) -> Vec<String> {
    let mut warnings = Vec::new();
    if settings.mail.transport == Transport::Sendmail && may_gain_no_rights() {
        warnings.push(format!(
            "mail.transport = sendmail: this process may gain no rights (NoNewPrivileges of the systemd unit), without which Postfix and Exim \
             take no mail from {}, though test-mail in a shell works. Set mail.transport = smtp and mail.url = smtp://localhost, or use a program \
             that needs no set-user-id or set-group-id bit, such as msmtp.",
            settings.mail.sendmail.display()
        ));
    }
    warnings
}

/// Whether set-user-id and set-group-id bits have no effect on what is started from here. Only Linux says so.
fn may_gain_no_rights() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("NoNewPrivs:"));
    line.is_some_and(|value| value.trim() == "1")
}
