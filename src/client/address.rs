//! Where a server is, and under which name it is signed for.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

use super::error::ClientError;

/// The URL of a server that secrets may be sent to: `https`, or `http` to this very machine.
///
/// ```
/// use larimar::client::Address;
///
/// let address: Address = "https://Wallet.Example.org:443/".parse()?;
/// assert_eq!(address.server_name(), "wallet.example.org");
/// assert!("http://wallet.example.org/".parse::<Address>().is_err());
/// # Ok::<(), larimar::client::ClientError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    url: Url,
    server_name: String,
}

impl Address {
    /// The host, lower case, with `:port` unless it is the scheme's default, an IPv6 address in brackets: the
    /// `server` of PROTOCOL.md, section 3.
    pub fn server_name(&self) -> &str {
        &self.server_name
    }

    /// Where calls go.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Where subscriptions go: the same over `wss`, or `ws` to this very machine.
    pub fn websocket(&self) -> Url {
        let mut url = self.url.clone();
        let scheme = if url.scheme() == "https" { "wss" } else { "ws" };
        // infallible between schemes that the URL standard calls special
        let _ = url.set_scheme(scheme);
        url
    }
}

impl FromStr for Address {
    type Err = ClientError;

    fn from_str(text: &str) -> Result<Self, ClientError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(invalid("it is empty"));
        }
        if let Some(meant) = with_scheme(text) {
            return Err(ClientError::InvalidUrl {
                reason: format!("{text} has no scheme: did you mean {meant}?"),
            });
        }
        let url = Url::parse(text).map_err(|error| invalid(&error.to_string()))?;
        // never repeated in the error: there may be a password in it
        if !url.username().is_empty() || url.password().is_some() {
            return Err(invalid("it must not have a user name or a password"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(invalid("it must not have a query or a fragment"));
        }
        let host = url.host().ok_or_else(|| invalid("it names no host"))?;
        let server_name = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_string(),
        };
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&host) => {}
            "http" => {
                return Err(ClientError::InsecureUrl {
                    server: server_name,
                });
            }
            other => return Err(invalid(&format!("{other} is neither https nor http"))),
        }
        Ok(Self { url, server_name })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.url.fmt(f)
    }
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    }
}

/// What a host without a scheme means; only of text that can hold no password.
fn with_scheme(text: &str) -> Option<String> {
    let of_hosts = |letter: char| letter.is_alphanumeric() || ".-:[]/".contains(letter);
    if text.contains("//") || !text.chars().all(of_hosts) {
        return None;
    }
    ["http", "https"]
        .map(|scheme| format!("{scheme}://{text}"))
        .into_iter()
        .find(|url| url.parse::<Address>().is_ok())
}

fn invalid(reason: &str) -> ClientError {
    ClientError::InvalidUrl {
        reason: format!("{reason}; it looks like https://wallet.example.org"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_name_is_that_of_section_3() {
        for (text, name) in [
            ("https://Wallet.Example.ORG", "wallet.example.org"),
            ("https://wallet.example.org:443/", "wallet.example.org"),
            ("https://wallet.example.org:80/", "wallet.example.org:80"),
            ("https://wallet.example.org/below", "wallet.example.org"),
            ("http://localhost:8330", "localhost:8330"),
            ("http://127.0.0.1:80", "127.0.0.1"),
            ("http://127.9.9.9:8330", "127.9.9.9:8330"),
            ("http://[::1]:8330/", "[::1]:8330"),
            ("https://[2001:DB8::1]", "[2001:db8::1]"),
            ("https://bücher.example", "xn--bcher-kva.example"),
        ] {
            let address: Address = text.parse().expect(text);
            assert_eq!(address.server_name(), name, "{text}");
        }
    }

    #[test]
    fn only_this_machine_is_called_without_tls() {
        for text in [
            "http://example.org",
            "http://10.0.0.1:8330",
            "http://localhost.example.org",
            "http://128.0.0.1",
            "http://[::2]",
            "http://[::ffff:10.0.0.1]",
        ] {
            assert!(
                matches!(
                    text.parse::<Address>(),
                    Err(ClientError::InsecureUrl { .. })
                ),
                "{text}"
            );
        }
    }

    #[test]
    fn anything_else_is_no_address_and_is_not_repeated() {
        for text in [
            "",
            "wallet.example.org",
            "localhost:8330",
            "ftp://example.org",
            "wss://example.org",
            "https://",
            "https://me:hunter2@example.org",
            "https://example.org/?a=hunter2",
        ] {
            let error = text.parse::<Address>().expect_err(text);
            assert!(matches!(error, ClientError::InvalidUrl { .. }), "{text}");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn a_host_without_a_scheme_is_told_what_to_add() {
        for (text, meant) in [
            ("example.org", "https://example.org?"),
            ("x", "https://x?"),
            ("example.org:8330/below", "https://example.org:8330/below?"),
            ("localhost:8330", "http://localhost:8330?"),
            ("[::1]", "http://[::1]?"),
        ] {
            let error = text.parse::<Address>().expect_err(text).to_string();
            assert!(error.ends_with(meant), "{error}");
        }
        let error = "".parse::<Address>().expect_err("empty").to_string();
        assert!(error.contains("empty"), "{error}");
    }

    #[test]
    fn subscriptions_go_to_the_same_place() {
        for (text, websocket) in [
            ("https://example.org/below", "wss://example.org/below"),
            ("http://127.0.0.1:8330", "ws://127.0.0.1:8330/"),
        ] {
            let address: Address = text.parse().expect(text);
            assert_eq!(address.websocket().as_str(), websocket);
        }
    }
}
