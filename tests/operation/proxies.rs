//! nginx and Caddy before the server, with the settings of `contrib`.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::json;

use super::authority::Authority;
use super::house::{House, INSTALLED, Server, request, until, with_sbin};
use super::person::Person;
use super::tls::{self, LIVE};

/// A proxy at work.
struct Proxy {
    child: Child,
    address: SocketAddr,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The settings of contrib with other values, each of which stands there.
fn settings(name: &str, changes: &[(&str, String)]) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("contrib")
        .join(name);
    let mut text = std::fs::read_to_string(path).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn start(mut command: Command, port: u16) -> Proxy {
    command.env("PATH", with_sbin());
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::inherit());
    let mut proxy = Proxy {
        child: command.spawn().expect(INSTALLED),
        address: SocketAddr::from(([127, 0, 0, 1], port)),
    };
    until("the proxy", || {
        assert!(proxy.child.try_wait().unwrap().is_none(), "it ended");
        std::net::TcpStream::connect(proxy.address).is_ok()
    });
    proxy
}

fn nginx(house: &House, server: &Server) -> Proxy {
    let (port, at) = (free_port(), |name: &str| {
        house.path(name).display().to_string()
    });
    let text = settings(
        "nginx/larimar.conf",
        &[
            ("listen 443 ssl;", format!("listen 127.0.0.1:{port} ssl;")),
            ("listen [::]:443 ssl;", String::new()),
            (
                "server_name wallet.example.org;",
                "server_name localhost;".into(),
            ),
            (
                "/etc/letsencrypt/live/wallet.example.org/fullchain.pem",
                at("server.pem"),
            ),
            (
                "/etc/letsencrypt/live/wallet.example.org/privkey.pem",
                at("key.pem"),
            ),
            (
                "server 127.0.0.1:8330;",
                format!("server {};", server.address),
            ),
        ],
    );
    std::fs::write(house.path("larimar.conf"), text).unwrap();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path {};\n", at(kind)))
        .concat();
    // one process, of whoever runs the tests
    let main = format!(
        "daemon off; master_process off; pid {};\nevents {{}}\nhttp {{ access_log off;\n{temporary}include {}; }}\n",
        at("nginx.pid"),
        at("larimar.conf")
    );
    std::fs::write(house.path("nginx.conf"), main).unwrap();
    let mut command = Command::new("nginx");
    command.args([
        "-p",
        &at(""),
        "-c",
        &at("nginx.conf"),
        "-e",
        &at("nginx.log"),
    ]);
    start(command, port)
}

fn caddy(house: &House, server: &Server) -> Proxy {
    let (port, at) = (free_port(), |name: &str| {
        house.path(name).display().to_string()
    });
    let site = format!(
        "https://localhost:{port} {{\n\tbind 127.0.0.1\n\ttls {} {}\n",
        at("server.pem"),
        at("key.pem")
    );
    let text = settings(
        "caddy/Caddyfile",
        &[
            ("\nwallet.example.org {\n", format!("\n{site}")),
            (
                "reverse_proxy 127.0.0.1:8330 {",
                format!("reverse_proxy {} {{", server.address),
            ),
        ],
    );
    let global =
        "{\n\tadmin off\n\tauto_https disable_redirects\n\tlog {\n\t\tlevel ERROR\n\t}\n}\n";
    std::fs::write(house.path("Caddyfile"), format!("{global}{text}")).unwrap();
    let mut command = Command::new("caddy");
    command.args([
        "run",
        "--adapter",
        "caddyfile",
        "--config",
        &at("Caddyfile"),
    ]);
    command
        .env("HOME", house.path(""))
        .env_remove("XDG_DATA_HOME")
        .env_remove("XDG_CONFIG_HOME");
    start(command, port)
}

/// The address of a caller that is not the proxy's.
const CALLER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

fn works_behind(proxy: fn(&House, &Server) -> Proxy) {
    let mut house = House::with(&["server.trusted_proxies=[\"127.0.0.1\"]"]);
    house.set("limits.wallet_requests_per_hour=20");
    let server = house.start();
    let authority = Authority::new();
    tls::put(&house.path(""), &authority.certify("localhost"));
    let proxy = proxy(&house, &server);
    let client = authority.client();
    let connect = || tls::connect_from(CALLER, proxy.address, &client).unwrap();
    let post_from = |caller: Ipv4Addr, body: &str| {
        let head = format!(
            "POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\n\
             x-forwarded-for: 203.0.113.9\r\nforwarded: for=203.0.113.9\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let socket = tls::connect_from(caller, proxy.address, &client).unwrap();
        tls::exchange(socket, &(head + body))
    };
    let post = |body: &str| post_from(CALLER, body);
    assert_eq!(tls::exchange(connect(), LIVE).0, 200);

    // who calls is known, whatever the caller says
    let person = Person::number(1);
    assert_eq!(post(&request("serverInfo", &json!([]))).0, 200);
    until("the line", || house.log_lines().len() == 1);
    assert_eq!(house.log_lines()[0]["ip"], CALLER.to_string());
    // and calls from this machine, which is trusted, are no exception
    let local = Ipv4Addr::LOCALHOST;
    assert_eq!(post_from(local, &request("serverInfo", &json!([]))).0, 200);
    until("the next line", || house.log_lines().len() == 2);
    assert_eq!(house.log_lines()[1]["ip"], local.to_string());

    // a WebSocket
    server.create(&house, &person, "one@example.org", b"first");
    let mut socket = tls::web_socket(connect());
    let subscribed = tls::ask(&mut socket, "subscribeWallet", &json!([person.key()]));
    assert!(subscribed["error"].is_null(), "{subscribed}");
    assert_eq!(post(&request("saveWallet", &person.save(b"second"))).0, 200);
    assert_eq!(tls::next(&mut socket)["method"], "walletChanged");
    until("the lines", || house.log_lines().len() == 6);
    let line = |method: &str| {
        let mut lines = house.log_lines().into_iter();
        lines.find(|line| line["method"] == method).unwrap()
    };
    assert_eq!(line("subscribeWallet")["ip"], CALLER.to_string());

    // the largest body passes, and no larger one
    let largest = 3 * 262_144 + 64 * 1024;
    let body = |bytes: usize| {
        let call = request("serverInfo", &json!([]));
        let blanks = " ".repeat(bytes - call.len());
        call + &blanks
    };
    let (status, answer) = post(&body(largest));
    assert!(
        status == 200 && answer.contains("\"result\""),
        "{status} {answer}"
    );
    assert_eq!(post(&body(largest + 1)).0, 413);

    // limits are the caller's, and not the proxy's
    let fetch = request("fetchWallet", &json!([person.key()]));
    assert!((0..30).any(|_| post(&fetch).1.contains("RateLimited")));
    server.ok("fetchWallet", json!([person.key()]));
}

#[test]
fn nginx_passes_callers_web_sockets_and_bodies() {
    works_behind(nginx);
}

#[test]
fn caddy_passes_callers_web_sockets_and_bodies() {
    works_behind(caddy);
}
