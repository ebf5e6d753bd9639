use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Instant;

use super::*;

const ODD: [&str; 5] = [
    "a..b@example.com",
    "first.last.@docomo.ne.jp",
    "x@exa_mple.com",
    "-oq@example.com",
    "'$`id`'@example.com",
];

fn mailer(transport: Transport, timeout: Duration, concurrent: usize) -> Arc<dyn Mailer> {
    let options = Options {
        transport,
        from: "Larimar <noreply@localhost>".to_owned(),
        template: None,
        timeout,
        concurrent,
    };
    open(options).unwrap_or_else(|error| panic!("{error}"))
}

async fn send(mailer: &dyn Mailer, to: &str) -> Result<(), MailError> {
    let to = to.parse().expect("an address");
    let code = "7K3M-Q2WX-9FHT-B4ZC".parse().expect("a code");
    mailer.send_code(&to, &code, 1800).await
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).expect("a directory");
    entries
        .map(|entry| entry.expect("an entry").path())
        .collect()
}

fn script(directory: &Path, text: &str) -> PathBuf {
    let path = directory.join("sendmail");
    std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).expect("a script");
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o700)).expect("a mode");
    path
}

#[tokio::test]
async fn a_file_is_whole_private_and_alone() {
    let place = tempfile::tempdir().expect("a place");
    let directory = place.path().join("a/b");
    let mailer = mailer(
        Transport::File(directory.clone()),
        Duration::from_secs(5),
        4,
    );
    for to in ODD {
        assert_eq!(send(&*mailer, to).await, Ok(()), "{to}");
    }
    let files = files(&directory);
    assert_eq!(files.len(), ODD.len());
    for file in &files {
        assert_eq!(file.extension().and_then(|end| end.to_str()), Some("eml"));
        let mode = std::fs::metadata(file)
            .expect("a file")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        let message = std::fs::read_to_string(file).expect("text");
        assert!(message.contains("\r\n7K3M-Q2WX-9FHT-B4ZC\r\n"));
        assert!(
            ODD.iter()
                .any(|to| message.contains(&format!("To: {to}\r\n")))
        );
    }
}

#[tokio::test]
async fn a_directory_that_goes_comes_back_and_one_that_cannot_be_is_refused() {
    let place = tempfile::tempdir().expect("a place");
    let directory = place.path().join("mail");
    let mailer = mailer(
        Transport::File(directory.clone()),
        Duration::from_secs(5),
        4,
    );
    std::fs::remove_dir(&directory).expect("an empty directory");
    assert_eq!(send(&*mailer, "alice@example.com").await, Ok(()));
    assert_eq!(files(&directory).len(), 1);

    let occupied = place.path().join("file");
    std::fs::write(&occupied, "").expect("a file");
    let error = open(Options {
        transport: Transport::File(occupied),
        from: "a@b.c".to_owned(),
        template: None,
        timeout: Duration::from_secs(1),
        concurrent: 1,
    });
    assert!(
        matches!(error, Err(MailError::NotConfigured(text)) if text.contains("mail.directory"))
    );
}

#[tokio::test]
async fn printing_is_a_send() {
    let mailer = mailer(Transport::Print, Duration::from_secs(5), 1);
    assert_eq!(send(&*mailer, ODD[0]).await, Ok(()));
}

#[tokio::test]
async fn a_program_gets_the_message_and_the_addresses_as_they_are() {
    let place = tempfile::tempdir().expect("a place");
    let program = script(
        place.path(),
        "cd \"$(dirname \"$0\")\" && printf '%s|' \"$@\" >> arguments && cat > message",
    );
    let mailer = mailer(Transport::Sendmail(program), Duration::from_secs(5), 1);
    let mut expected = String::new();
    for to in ODD {
        assert_eq!(send(&*mailer, to).await, Ok(()));
        expected += &format!("-i|-f|noreply@localhost|--|{to}|");
    }
    let read = |name| std::fs::read_to_string(place.path().join(name)).expect("text");
    assert_eq!(read("arguments"), expected);
    assert!(read("message").contains("\r\n7K3M-Q2WX-9FHT-B4ZC\r\n"));
}

#[tokio::test]
async fn a_program_that_fails_is_reported_without_its_words() {
    let place = tempfile::tempdir().expect("a place");
    let refusing = script(
        place.path(),
        "cat > /dev/null; echo \"$5: unknown\" >&2; exit 67",
    );
    let refusing = mailer(Transport::Sendmail(refusing), Duration::from_secs(5), 1);
    let error = send(&*refusing, "alice@example.com")
        .await
        .expect_err("refused");
    assert_eq!(error, MailError::Refused(Reply::Exit(67)));
    assert!(!format!("{error} {error:?}").contains("alice"));

    let missing = mailer(
        Transport::Sendmail("/does/not/exist".into()),
        Duration::from_secs(5),
        1,
    );
    let error = send(&*missing, "alice@example.com")
        .await
        .expect_err("missing");
    assert_eq!(error.kind(), "not_configured");
    assert!(error.to_string().contains("/does/not/exist"));
}

#[tokio::test]
async fn exit_codes_say_whether_a_mail_is_refused_for_good_or_for_now() {
    for (code, kind) in [
        (1, "sendmail"),
        (64, "refused"),
        (65, "refused"),
        (66, "sendmail"),
        (67, "refused"),
        (68, "refused"),
        (69, "sendmail"),
        (75, "deferred"),
        (78, "sendmail"),
    ] {
        let place = tempfile::tempdir().expect("a place");
        let program = script(place.path(), &format!("cat > /dev/null; exit {code}"));
        let mailer = mailer(Transport::Sendmail(program), Duration::from_secs(5), 1);
        let error = send(&*mailer, "alice@example.com").await;
        assert_eq!(error.map_err(|error| error.kind()), Err(kind), "{code}");
    }
}

/// It holds standard input and error open, as what hands a mail on later does.
#[tokio::test]
async fn what_a_program_leaves_in_the_background_is_not_waited_for() {
    for (end, sent) in [("exit 0", Ok(())), ("exit 75", Err("deferred"))] {
        let place = tempfile::tempdir().expect("a place");
        let program = script(
            place.path(),
            &format!(
                "cd \"$(dirname \"$0\")\"; exec 3<&0; cat > message; (sleep 2; echo late >&2; touch ended) <&3 & {end}"
            ),
        );
        let mailer = mailer(Transport::Sendmail(program), Duration::from_secs(5), 1);
        let start = Instant::now();
        let result = send(&*mailer, "alice@example.com").await;
        assert_eq!(result.map_err(|error| error.kind()), sent);
        assert!(start.elapsed() < Duration::from_millis(1900));
        // nor is it killed
        while !place.path().join("ended").exists() {
            assert!(start.elapsed() < Duration::from_secs(20), "it is gone");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// More than a pipe holds.
fn long_template(place: &Path) -> Template {
    let path = place.join("mail.txt");
    let text = format!("Code\n\n{{{{ code }}}}\n{}", "ü ".repeat(20_000));
    std::fs::write(&path, text).expect("a file");
    Template::read(&path).unwrap_or_else(|error| panic!("{error}"))
}

#[tokio::test]
async fn a_program_need_not_read_all_to_have_sent_and_gets_all_if_it_does() {
    let place = tempfile::tempdir().expect("a place");
    for text in [
        "exit 0",
        "head -c 100 > /dev/null",
        "cd \"$(dirname \"$0\")\"; exec 3<&0; (cat > draft; mv draft message) <&3 & exit 0",
    ] {
        let mailer = open(Options {
            transport: Transport::Sendmail(script(place.path(), text)),
            from: "a@b.c".to_owned(),
            template: Some(long_template(place.path())),
            timeout: Duration::from_secs(5),
            concurrent: 1,
        });
        let mailer = mailer.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(send(&*mailer, "alice@example.com").await, Ok(()), "{text}");
    }
    let start = Instant::now();
    let message = place.path().join("message");
    while !message.exists() {
        assert!(start.elapsed() < Duration::from_secs(20), "no message");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(std::fs::metadata(message).expect("a file").len() > 100_000);
}

#[tokio::test]
async fn a_program_that_hangs_is_given_up_and_killed_with_what_it_began() {
    let place = tempfile::tempdir().expect("a place");
    let program = script(
        place.path(),
        "cd \"$(dirname \"$0\")\"; sleep 600 & echo $! > id; wait",
    );
    let limit = Duration::from_millis(1500);
    let mailer = mailer(Transport::Sendmail(program), limit, 1);
    let error = send(&*mailer, "alice@example.com")
        .await
        .expect_err("silent");
    assert_eq!(error, MailError::TimedOut(limit));
    let id = std::fs::read_to_string(place.path().join("id")).expect("an id");
    let process = PathBuf::from(format!("/proc/{}/stat", id.trim()));
    for _ in 0..100 {
        let state = std::fs::read_to_string(&process).unwrap_or_default();
        if state.is_empty() || state.contains(") Z ") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it still runs");
}

#[tokio::test]
async fn waiting_for_a_turn_counts() {
    let place = tempfile::tempdir().expect("a place");
    let program = script(place.path(), "cat > /dev/null; sleep 1.2");
    let mailer = mailer(Transport::Sendmail(program), Duration::from_secs(2), 1);
    let start = Instant::now();
    let (first, second) = tokio::join!(
        send(&*mailer, "alice@example.com"),
        send(&*mailer, "bob@example.com"),
    );
    assert_eq!(first, Ok(()));
    assert_eq!(second.map_err(|error| error.kind()), Err("timed_out"));
    assert!(start.elapsed() < Duration::from_millis(2300));
}
