//! The names of the server, which a signed deletion carries (PROTOCOL.md, section 3).

use std::net::SocketAddr;

use super::settings::Server;

impl Server {
    /// The names that a signed deletion may carry: those that are set, else what the server listens on
    /// and the names of loopback. `bound` is the address that the socket got.
    pub fn accepted_names(&self, bound: SocketAddr) -> Vec<String> {
        if !self.names.is_empty() {
            return self.names.clone();
        }
        let mut names: Vec<String> = Vec::new();
        let listens_on = match bound {
            SocketAddr::V4(address) => address.ip().to_string(),
            SocketAddr::V6(address) => format!("[{}]", address.ip()),
        };
        let usual = if self.has_tls() { 443 } else { 80 };
        for host in [&listens_on, "localhost", "127.0.0.1", "[::1]"] {
            let name = match bound.port() {
                port if port == usual => host.to_owned(),
                port => format!("{host}:{port}"),
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// What is wrong with a name, or nothing: clients compare it byte for byte with the host of their URL.
pub(super) fn fault_of_name(name: &str) -> Option<String> {
    match canonical(name) {
        Some(canonical) if canonical == name => None,
        Some(canonical) => Some(format!("write `{canonical}`, as clients do, not `{name}`")),
        None => Some(format!(
            "each name is a host or host:port in lower case, such as wallet.example.org or localhost:8330, \
             without scheme or path, not `{name}`"
        )),
    }
}

fn canonical(name: &str) -> Option<String> {
    let (host, port) = match name.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (name, None),
    };
    // legal in a URL, but who writes it here means a pattern, and names are no patterns
    if host.contains('*') {
        return None;
    }
    let host = url::Host::parse(host).ok()?;
    match port {
        None => Some(host.to_string()),
        Some(port) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
            let port: u16 = port.parse().ok().filter(|port| *port != 0)?;
            Some(format!("{host}:{port}"))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_clients_see_in_their_url() {
        for name in [
            "wallet.example.org",
            "wallet.example.org:8330",
            "localhost",
            "127.0.0.1:8330",
            "[::1]",
            "[::1]:8330",
            "xn--mnchen-3ya.example",
        ] {
            assert_eq!(fault_of_name(name), None, "{name}");
        }
        for name in [
            "",
            "https://wallet.example.org",
            "wallet.example.org/",
            "wallet.example.org/wallets",
            "wallet.example.org:",
            "wallet.example.org:0",
            "wallet.example.org:65536",
            "wallet.example.org:+80",
            "wallet.example.org:http",
            "user@wallet.example.org",
            "wallet example.org",
            "::1",
            "[::1",
            "*",
            "*.example.org",
        ] {
            assert!(fault_of_name(name).is_some(), "{name}");
        }
        let fault = fault_of_name("Wallet.Example.org:08330").unwrap_or_default();
        assert!(fault.contains("write `wallet.example.org:8330`"), "{fault}");
    }

    #[test]
    fn without_names_it_is_what_the_server_listens_on_and_loopback() {
        let server = Server::default();
        let names = |bound: &str| server.accepted_names(bound.parse().unwrap());
        assert_eq!(
            names("127.0.0.1:4000"),
            ["127.0.0.1:4000", "localhost:4000", "[::1]:4000"]
        );
        assert_eq!(
            names("[2001:db8::1]:80"),
            ["[2001:db8::1]", "localhost", "127.0.0.1", "[::1]"]
        );
        let server = Server {
            tls_certificate: "server.pem".into(),
            ..Server::default()
        };
        let names = |bound: &str| server.accepted_names(bound.parse().unwrap());
        assert_eq!(names("127.0.0.1:443")[0], "127.0.0.1");
        assert_eq!(names("127.0.0.1:80")[0], "127.0.0.1:80");
        let server = Server {
            names: vec!["wallet.example.org".to_owned()],
            ..Server::default()
        };
        assert_eq!(
            server.accepted_names("127.0.0.1:4000".parse().unwrap()),
            ["wallet.example.org"]
        );
    }
}
