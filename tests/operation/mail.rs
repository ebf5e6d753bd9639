//! Mail through a server that wants encryption and a password, with a certificate of an authority that the system trusts.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};

use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::json;

use super::authority::Authority;
use super::house::{House, Server, code_in, name};

const USER: &str = "larimar";
const PASSWORD: &str = "p4ss w/ord";

/// When the server begins to speak TLS.
#[derive(Clone, Copy, PartialEq)]
enum Tls {
    AtOnce,
    WhenAsked,
}

/// A mail server, the file of the authority that signed its certificate, and the mails that it took.
struct Post {
    port: u16,
    authority: String,
    mails: Mutex<Receiver<String>>,
}

impl Post {
    fn start(tls: Tls, host: &str) -> Self {
        let (config, authority) = certified(host);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, mails) = channel();
        std::thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let (config, sender) = (Arc::clone(&config), sender.clone());
                std::thread::spawn(move || {
                    if let Some(mail) = talk(socket, tls, config) {
                        let _ = sender.send(mail);
                    }
                });
            }
        });
        Self {
            port,
            authority,
            mails: Mutex::new(mails),
        }
    }

    /// A house whose server sends its mail here.
    fn house(&self, scheme: &str, password: &str, query: &str) -> (House, Server) {
        let password = password.replace('/', "%2F").replace(' ', "%20");
        let url = format!(
            "{scheme}://{USER}:{password}@localhost:{}{query}",
            self.port
        );
        let mut house = House::with(&["mail.transport=smtp", "mail.timeout_seconds=10"]);
        house.set(&format!("mail.url={url}"));
        let authority = house.path("authority.pem");
        std::fs::write(&authority, &self.authority).unwrap();
        let server = house.start_with(&[("SSL_CERT_FILE", authority.to_str().unwrap())]);
        (house, server)
    }
}

/// The settings of a server at this host, and the certificate of who vouches for it.
fn certified(host: &str) -> (Arc<ServerConfig>, String) {
    let authority = Authority::new();
    let (own, key) = authority.certify(host);
    let private = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own.der().clone()], private)
        .unwrap();
    (Arc::new(config), authority.pem)
}

/// Speaks SMTP until a mail was taken.
fn talk(mut socket: TcpStream, tls: Tls, config: Arc<ServerConfig>) -> Option<String> {
    if tls == Tls::WhenAsked {
        socket.write_all(b"220 post ESMTP\r\n").ok()?;
        let mut lines = BufReader::new(socket.try_clone().ok()?);
        loop {
            let mut line = String::new();
            lines.read_line(&mut line).ok().filter(|read| *read > 0)?;
            let answer: &[u8] = match line.get(..4)? {
                "EHLO" => b"250-post\r\n250 STARTTLS\r\n",
                "STAR" => b"220 go ahead\r\n",
                _ => b"530 encrypt first\r\n",
            };
            socket.write_all(answer).ok()?;
            if line.starts_with("STAR") {
                break;
            }
        }
    }
    let connection = ServerConnection::new(config).ok()?;
    let mut lines = BufReader::new(StreamOwned::new(connection, socket));
    if tls == Tls::AtOnce {
        lines.get_mut().write_all(b"220 post ESMTP\r\n").ok()?;
    }
    letter(&mut lines)
}

fn letter(lines: &mut BufReader<impl Read + Write>) -> Option<String> {
    let mut known = false;
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let answer: &[u8] = match line.get(..4)? {
            "EHLO" => b"250-post\r\n250 AUTH PLAIN LOGIN\r\n",
            "AUTH" => {
                known = line.trim_end() == format!("AUTH PLAIN {}", credentials());
                if known {
                    b"235 welcome\r\n"
                } else {
                    b"535 who are you?\r\n"
                }
            }
            "MAIL" if !known => b"530 log in first\r\n",
            "DATA" => b"354 go ahead\r\n",
            "QUIT" => b"221 bye\r\n",
            _ => b"250 ok\r\n",
        };
        lines.get_mut().write_all(answer).ok()?;
        if line.starts_with("DATA") {
            break;
        }
    }
    let mut mail = String::new();
    while !mail.ends_with("\r\n.\r\n") {
        lines.read_line(&mut mail).ok().filter(|read| *read > 0)?;
    }
    lines.get_mut().write_all(b"250 taken\r\n").ok()?;
    let mut quit = String::new();
    let _ = lines.read_line(&mut quit);
    let _ = lines.get_mut().write_all(b"221 bye\r\n");
    Some(mail)
}

fn credentials() -> String {
    super::person::base64(format!("\0{USER}\0{PASSWORD}").as_bytes())
}

fn a_code_arrives(tls: Tls, scheme: &str, query: &str) {
    let post = Post::start(tls, "localhost");
    let (_house, server) = post.house(scheme, PASSWORD, query);
    server.ok("requestCode", json!(["one@example.org"]));
    let mail = post.mails.lock().unwrap().recv().unwrap();
    assert!(mail.contains("To: one@example.org"), "{mail}");
    assert_eq!(code_in(&mail).len(), 19);
    let said = server.stop();
    assert!(!said.contains("p4ss"), "{said}");
}

#[test]
fn a_code_arrives_by_smtps_with_a_password() {
    a_code_arrives(Tls::AtOnce, "smtps", "");
}

#[test]
fn a_code_arrives_by_starttls_with_a_password() {
    a_code_arrives(Tls::WhenAsked, "smtp", "?tls=required");
}

#[test]
fn a_wrong_password_is_mail_failed_and_the_log_says_what_to_change() {
    let post = Post::start(Tls::AtOnce, "localhost");
    let (_house, server) = post.house("smtps", "another", "");
    let refused = server.refused("requestCode", json!(["one@example.org"]));
    assert_eq!(name(&refused), "MailFailed");
    let said = server.stop();
    assert!(
        said.contains("check user name and password in mail.url"),
        "{said}"
    );
    assert!(!said.contains("another"), "{said}");
}

#[test]
fn a_certificate_for_another_host_is_refused() {
    let post = Post::start(Tls::AtOnce, "elsewhere.example");
    let (_house, server) = post.house("smtps", PASSWORD, "");
    let refused = server.refused("requestCode", json!(["one@example.org"]));
    assert_eq!(name(&refused), "MailFailed");
    let said = server.stop();
    assert!(
        said.contains("the certificate must be good for the host"),
        "{said}"
    );
}
