//! Who may have a new wallet.

use serde::{Deserialize, Serialize};

/// Who may have a new wallet.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Registration {
    /// Who.
    pub mode: RegistrationMode,
    /// The domains, lower case, for [`RegistrationMode::Domains`].
    pub domains: Vec<String>,
}

/// Who may have a new wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RegistrationMode {
    /// Anybody.
    #[default]
    Open,
    /// Who gets mail at one of the domains.
    Domains,
    /// Nobody.
    Closed,
}

/// What is wrong with a domain: it is compared byte for byte with what stands behind the `@`.
pub(super) fn fault_of_domain(domain: &str) -> Option<String> {
    let is_allowed = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'.')
    };
    let labels: Vec<&str> = domain.split('.').collect();
    let good = labels.len() > 1
        && labels.iter().all(|label| !label.is_empty())
        && domain.bytes().all(is_allowed);
    (!good).then(|| {
        format!(
            "each entry is a domain in lower case, as it stands behind the @ of an address, such as example.org; each stands for \
             itself and not for those below it; not `{domain}`"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_what_stands_behind_the_at_sign() {
        for domain in ["example.org", "mail.example.org", "x_y.example", "a-b.c"] {
            assert_eq!(fault_of_domain(domain), None, "{domain}");
        }
        for domain in [
            "",
            "org",
            "Example.org",
            "*.example.org",
            ".example.org",
            "example.org.",
            "@example.org",
            "a b.c",
            "exämple.org",
            "example.org:25",
        ] {
            assert!(fault_of_domain(domain).is_some(), "{domain}");
        }
    }
}
