use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::super::{Mailer, Options, Transport, open};
use super::*;

/// What a server does other than to take the mail.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Habit {
    None,
    /// Answers the command that begins so with these words.
    Answers(&'static str, &'static str),
    /// Never says a word.
    Silent,
    /// Says no word after the message.
    SilentAfterData,
    /// Closes so many connections at once, before it behaves.
    Closes(usize),
    /// Closes each connection after a mail without having been asked to.
    OneMailEach,
}

/// A mail server as far as we need one.
struct Fake {
    port: u16,
    connections: Arc<AtomicUsize>,
    mails: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    async fn start(habit: Habit) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (connections, mails) = (Arc::default(), Arc::default());
        let fake = Self {
            port,
            connections,
            mails,
        };
        let (connections, mails) = (fake.connections.clone(), fake.mails.clone());
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let number = connections.fetch_add(1, Ordering::SeqCst);
                if matches!(habit, Habit::Closes(first) if number < first) {
                    continue;
                }
                tokio::spawn(talk(socket, habit, mails.clone()));
            }
        });
        fake
    }

    fn mailer(&self, user: &str, timeout: Duration) -> Arc<dyn Mailer> {
        let url = format!("smtp://{user}127.0.0.1:{}", self.port);
        mailer(&url, timeout)
    }

    fn mails(&self) -> Vec<String> {
        self.mails.lock().expect("mails").clone()
    }
}

async fn talk(socket: TcpStream, habit: Habit, mails: Arc<Mutex<Vec<String>>>) -> Option<()> {
    let (reader, mut writer) = socket.into_split();
    let mut lines = BufReader::new(reader).lines();
    if habit == Habit::Silent {
        lines.next_line().await.ok()?;
        return None;
    }
    writer.write_all(b"220 fake\r\n").await.ok()?;
    let mut mail = String::new();
    while let Some(line) = lines.next_line().await.ok()? {
        let command = line.to_ascii_uppercase();
        let answer = match habit {
            Habit::Answers(begin, answer) if command.starts_with(begin) => answer,
            _ if command.starts_with("EHLO") => "250-fake\r\n250 AUTH PLAIN",
            _ if command.starts_with("AUTH") => "235 welcome",
            _ if command.starts_with("MAIL") || command.starts_with("RCPT") => {
                mail += &format!("{line}\n");
                "250 fine"
            }
            _ if command.starts_with("DATA") => {
                writer.write_all(b"354 go\r\n").await.ok()?;
                while let Some(line) = lines.next_line().await.ok()? {
                    if line == "." {
                        break;
                    }
                    mail += &format!("{line}\n");
                }
                if habit == Habit::SilentAfterData {
                    lines.next_line().await.ok()?;
                    return None;
                }
                mails.lock().ok()?.push(std::mem::take(&mut mail));
                "250 taken"
            }
            _ if command.starts_with("QUIT") => "221 bye",
            _ => "500 what?",
        };
        writer
            .write_all(format!("{answer}\r\n").as_bytes())
            .await
            .ok()?;
        if habit == Habit::OneMailEach && answer == "250 taken" {
            return None;
        }
    }
    None
}

fn mailer(url: &str, timeout: Duration) -> Arc<dyn Mailer> {
    let options = Options {
        transport: Transport::Smtp(url.parse().expect("a URL")),
        from: "Larimar <noreply@localhost>".to_owned(),
        template: None,
        timeout,
        concurrent: 4,
    };
    open(options).unwrap_or_else(|error| panic!("{error}"))
}

async fn send(mailer: &dyn Mailer, to: &str) -> Result<(), MailError> {
    let to = to.parse().expect("an address");
    let code = "7K3M-Q2WX-9FHT-B4ZC".parse().expect("a code");
    mailer.send_code(&to, &code, 1800).await
}

const LONG: Duration = Duration::from_secs(10);

#[tokio::test]
async fn every_address_is_taken() {
    let fake = Fake::start(Habit::None).await;
    let mailer = fake.mailer("", LONG);
    let addresses = [
        "alice@example.com",
        "a..b@example.com",
        "first.last.@docomo.ne.jp",
        "x@exa_mple.com",
        "x@.a.b.",
    ];
    for to in addresses {
        assert_eq!(send(&*mailer, to).await, Ok(()), "{to}");
    }
    let mails = fake.mails();
    assert_eq!(mails.len(), addresses.len());
    for (mail, to) in mails.iter().zip(addresses) {
        assert!(
            mail.starts_with(&format!("MAIL FROM:<noreply@localhost>\nRCPT TO:<{to}>\n")),
            "{mail}"
        );
        assert!(mail.contains("\n7K3M-Q2WX-9FHT-B4ZC\n"), "{mail}");
    }
}

#[tokio::test]
async fn many_at_a_time_arrive() {
    let fake = Fake::start(Habit::None).await;
    let mailer = fake.mailer("user:p%40ss@", LONG);
    let sends = (0..20).map(|number| {
        let mailer = mailer.clone();
        async move { send(&*mailer, &format!("u{number}@example.com")).await }
    });
    for sent in futures_util::future::join_all(sends).await {
        assert_eq!(sent, Ok(()));
    }
    assert_eq!(fake.mails().len(), 20);
}

#[tokio::test]
async fn a_refusal_is_told_by_its_code_and_not_tried_again() {
    let cases = [
        (
            "RCPT",
            "550 5.1.1 <alice@example.com> unknown",
            MailError::Refused(Reply::Smtp(550)),
        ),
        (
            "RCPT",
            "451 4.7.1 <alice@example.com> greylisted",
            MailError::Deferred(Reply::Smtp(451)),
        ),
        (
            "MAIL",
            "553 5.7.1 not your address",
            MailError::Refused(Reply::Smtp(553)),
        ),
        (
            "DATA",
            "452 4.3.1 full",
            MailError::Deferred(Reply::Smtp(452)),
        ),
        (
            "EHLO",
            "421 4.3.2 closing",
            MailError::Deferred(Reply::Smtp(421)),
        ),
        (
            "MAIL",
            "530 5.7.0 authentication required",
            MailError::Authentication("SMTP 530".into()),
        ),
        (
            "AUTH",
            "535 5.7.8 no",
            MailError::Authentication("SMTP 535".into()),
        ),
    ];
    for (begin, answer, expected) in cases {
        let fake = Fake::start(Habit::Answers(begin, answer)).await;
        let user = if begin == "AUTH" { "user:secret@" } else { "" };
        let error = send(&*fake.mailer(user, LONG), "alice@example.com").await;
        let error = error.expect_err(answer);
        assert_eq!(error, expected, "{answer}");
        let said = format!("{error} {error:?}");
        assert!(!said.contains("alice") && !said.contains("secret") && !said.contains("7K3M"));
        assert_eq!(fake.connections.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn a_server_without_what_the_url_demands_is_told_apart() {
    let fake = Fake::start(Habit::Answers("EHLO", "250 fake")).await;
    let error = send(&*fake.mailer("user:secret@", LONG), "alice@example.com").await;
    assert_eq!(error.map_err(|error| error.kind()), Err("authentication"));

    for url in ["smtp://127.0.0.1:{}?tls=required", "smtps://127.0.0.1:{}"] {
        let fake = Fake::start(Habit::None).await;
        let mailer = mailer(&url.replace("{}", &fake.port.to_string()), LONG);
        let error = send(&*mailer, "alice@example.com")
            .await
            .expect_err("no TLS there");
        assert_eq!(error.kind(), "tls", "{url} {error}");
        assert_eq!(fake.connections.load(Ordering::SeqCst), 1, "{url}");
        assert_eq!(fake.mails().len(), 0);
    }
}

#[tokio::test]
async fn a_silent_server_is_given_up() {
    for habit in [Habit::Silent, Habit::SilentAfterData] {
        let fake = Fake::start(habit).await;
        let limit = Duration::from_millis(300);
        let mailer = fake.mailer("", limit);
        let sent = send(&*mailer, "alice@example.com").await;
        assert_eq!(sent, Err(MailError::TimedOut(limit)), "{habit:?}");
        // and what was cut off is no part of the next conversation
        let sent = send(&*mailer, "bob@example.com").await;
        assert_eq!(sent, Err(MailError::TimedOut(limit)), "{habit:?}");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_is_made_once_more() {
    let fake = Fake::start(Habit::OneMailEach).await;
    let mailer = fake.mailer("", LONG);
    for to in ["alice@example.com", "bob@example.com"] {
        assert_eq!(send(&*mailer, to).await, Ok(()));
    }
    assert_eq!(fake.mails().len(), 2);

    let fake = Fake::start(Habit::Closes(1)).await;
    assert_eq!(
        send(&*fake.mailer("", LONG), "alice@example.com").await,
        Ok(())
    );

    let fake = Fake::start(Habit::Closes(usize::MAX)).await;
    let error = send(&*fake.mailer("", LONG), "alice@example.com").await;
    assert_eq!(error.map_err(|error| error.kind()), Err("connection"));
    assert_eq!(fake.connections.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn no_server_at_all_is_a_connection_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let mailer = mailer(&format!("smtp://127.0.0.1:{port}"), LONG);
    let error = send(&*mailer, "alice@example.com")
        .await
        .expect_err("closed");
    assert_eq!(error.kind(), "connection");
    assert!(error.to_string().contains("refused"), "{error}");
}

#[test]
fn a_url_that_cannot_be_used_is_refused_without_being_told() {
    for url in [
        "",
        "mail.example.com",
        "user:s3cret@mail.example.com:25",
        "https://user:s3cret@mail.example.com",
        "smtp://",
        "smtps:///x",
        "smtp://s3cret@mail.example.com",
        "smtp://user:s3cret@mail.example.com?tls=yes",
        "smtp://user:s3cret@mail.example.com?timeout=5",
        "smtp://user:s3cret@mail.example.com:99999",
    ] {
        let error = url.parse::<SmtpUrl>().expect_err(url);
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{url}");
    }
}

#[test]
fn a_url_hides_itself_and_knows_who_may_read_along() {
    for (url, in_clear) in [
        ("smtps://user:s3cret@mail.example.com", false),
        ("smtp://user:s3cret@mail.example.com?tls=required", false),
        (
            "smtp://user:s3cret@mail.example.com:587/host.example?tls=opportunistic",
            true,
        ),
        ("smtp://mail.example.com", true),
        ("smtp://192.0.2.7:25", true),
        ("smtp://localhost:25", false),
        ("smtp://127.0.0.1", false),
        ("smtp://[::1]:25", false),
    ] {
        let url: SmtpUrl = url.parse().expect(url);
        assert_eq!(format!("{url:?}"), "***");
        assert_eq!(url.may_send_in_clear(), in_clear, "{:?}", *url.0);
        assert!(Server::new(&url, LONG).is_ok());
    }
}
