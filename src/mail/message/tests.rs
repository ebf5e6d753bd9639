use super::*;

const CODE: &str = "7K3M-Q2WX-9FHT-B4ZC";

fn written(from: &str, to: &str) -> String {
    written_as(None, from, to)
}

fn written_as(template: Option<Template>, from: &str, to: &str) -> String {
    let stationery = Stationery::new(from, template).expect("a sender");
    let to = to.parse().expect("an address");
    let code = CODE.parse().expect("a code");
    let letter = stationery.write(&to, &code, 1800).expect("a letter");
    assert_eq!(letter.envelope().to()[0].to_string(), to.expose());
    String::from_utf8(letter.bytes().to_vec()).expect("text")
}

fn headers(message: &str) -> Vec<&str> {
    let (head, _) = message.split_once("\r\n\r\n").expect("a head");
    head.split("\r\n").collect()
}

/// The text part: its head and its body.
fn text_part(message: &str) -> (&str, &str) {
    let from = message
        .find("Content-Type: text/plain")
        .expect("a text part");
    let (head, rest) = message[from..].split_once("\r\n\r\n").expect("a head");
    let (body, _) = rest.split_once("\r\n--").expect("an end");
    (head, body)
}

#[test]
fn a_mail_has_what_it_needs() {
    let message = written("Larimar <noreply@localhost>", "alice@example.com");
    let headers = headers(&message);
    for header in [
        "From: Larimar <noreply@localhost>",
        "To: alice@example.com",
        "Subject: Your code for Larimar",
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
    ] {
        assert!(headers.contains(&header), "{header}\n{message}");
    }
    let id = headers
        .iter()
        .find(|line| line.starts_with("Message-ID: <"));
    assert!(id.expect("an id").ends_with("@localhost>"));
    assert!(headers.iter().any(|line| line.starts_with("Date: ")));
    assert!(!headers.concat().contains(CODE), "it is not in the subject");
}

#[test]
fn the_code_stands_on_a_line_of_its_own() {
    for from in [
        "Larimar <noreply@localhost>",
        "noreply@localhost",
        "\"Größe=<b> & Co\" <a@example.com>",
    ] {
        let message = written(from, "alice@example.com");
        let (_, body) = text_part(&message);
        assert!(body.split("\r\n").any(|line| line == CODE), "{message}");
        assert_eq!(message.matches(CODE).count(), 2, "once in each part");
        assert!(message.is_ascii());
        assert!(
            message.split("\r\n").all(|line| line.len() <= 78),
            "{message}"
        );
        assert!(!message.contains("http"), "no links");
    }
}

#[test]
fn a_part_is_never_base64() {
    for (from, encoding) in [
        ("Larimar <noreply@localhost>", "7bit"),
        ("Größe <noreply@localhost>", "quoted-printable"),
        (
            "ларимар ларимар ларимар <noreply@localhost>",
            "quoted-printable",
        ),
    ] {
        let message = written(from, "alice@example.com");
        let encodings: Vec<_> = message
            .split("\r\n")
            .filter_map(|line| line.strip_prefix("Content-Transfer-Encoding: "))
            .collect();
        assert_eq!(encodings, [encoding; 2]);
    }
}

#[test]
fn it_says_how_long_the_code_holds_and_who_sends_it() {
    let message = written("noreply@wallets.example", "alice@example.com");
    let (head, body) = text_part(&message);
    assert!(head.contains("charset=utf-8"), "{head}");
    assert!(body.contains("within 30 minutes"));
    assert!(body.contains("nobody from\r\nwallets.example will"));
}

#[test]
fn a_name_is_text_in_html() {
    let message = written("\"<b> & Co\" <noreply@localhost>", "alice@example.com");
    assert!(
        message.contains("asked &lt;b&gt; &amp; Co for"),
        "{message}"
    );
    assert!(text_part(&message).1.contains("asked <b> & Co for"));
}

#[test]
fn every_address_can_be_written_to() {
    let longest = format!("{}@example.com", "a".repeat(242));
    for to in [
        "a..b@example.com",
        "first.last.@docomo.ne.jp",
        ".x@example.com",
        "x@exa_mple.com",
        "x@a..b",
        "x@.a.b.",
        "=?utf-8?q?x?=@example.com",
        "!#$%&'*+-/=?^_`{|}~.@x.y",
        &longest,
    ] {
        let message = written("noreply@localhost", to);
        let unfolded = message.replace("\r\n ", " ");
        assert!(unfolded.contains(&format!("\r\nTo: {to}\r\n")), "{message}");
    }
}

#[test]
fn a_sender_that_cannot_be_is_refused() {
    for from in [
        "",
        "Larimar",
        "Larimar <>",
        "a@b@c",
        "x <größe@example.com>",
        "x <a@größe.example>",
        "a@b.c, d@e.f",
    ] {
        let error = Stationery::new(from, None).err();
        assert!(matches!(error, Some(MailError::NotConfigured(_))), "{from}");
    }
}

#[test]
fn words_of_the_operators_own_are_one_text_in_any_language() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mail.txt");
    let text = "רמז עבור {{ service }} — größer\n\nהקוד, תקף {{ minutes }} דקות:\n\n{{ code }}\n\nשלום, {{ service }}\n";
    std::fs::write(&path, text).expect("a file");
    let template = Template::read(&path).expect("a template");
    let from = "לרימר <a@example.com>";
    let message = written_as(Some(template), from, "alice@example.com");
    assert!(message.is_ascii(), "{message}");
    assert_eq!(message.matches("Content-Type:").count(), 1, "{message}");
    assert!(message.contains("Content-Type: text/plain; charset=utf-8\r\n"));
    assert!(message.contains("Content-Transfer-Encoding: quoted-printable\r\n"));
    let (head, body) = message.split_once("\r\n\r\n").expect("a head");
    assert!(body.split("\r\n").any(|line| line == CODE), "{body}");
    assert!(!head.contains(CODE));
    assert_eq!(subject(head), "רמז עבור לרימר — größer");
    let expected = text.split_once("\n\n").expect("a text").1.trim_end();
    let expected = expected
        .replace("{{ service }}", "לרימר")
        .replace("{{ minutes }}", "30")
        .replace("{{ code }}", CODE);
    assert_eq!(unquoted(body).trim_end().replace("\r\n", "\n"), expected);
}

/// The subject of a head, read as a mail program does (RFC 2047, base64 or plain).
fn subject(head: &str) -> String {
    use base64::Engine;
    let unfolded = head.replace("\r\n ", " ");
    let line = unfolded
        .split("\r\n")
        .find_map(|line| line.strip_prefix("Subject: "));
    let words = line.expect("a subject").split(' ');
    let bytes = words.flat_map(|word| match word.strip_prefix("=?utf-8?b?") {
        Some(word) => base64::engine::general_purpose::STANDARD
            .decode(word.trim_end_matches("?="))
            .expect("base64"),
        None => panic!("{word} is not encoded"),
    });
    String::from_utf8(bytes.collect()).expect("UTF-8")
}

/// Quoted-printable, read.
fn unquoted(body: &str) -> String {
    let joined = body.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_str();
    while let Some((before, behind)) = rest.split_once('=') {
        bytes.extend_from_slice(before.as_bytes());
        bytes.push(u8::from_str_radix(&behind[..2], 16).expect("two digits"));
        rest = &behind[2..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn a_name_puts_nothing_into_the_head() {
    for from in [
        "x\r\nBcc: mallory@example.com <a@b.c>",
        "\"x\r\nBcc: mallory@example.com\" <a@b.c>",
        "\"x\\\r\\\nBcc: mallory@example.com\" <a@b.c>",
        "x\nBcc: y <a@b.c>",
        "x\u{85}Bcc: y <a@b.c>",
        "x\u{2028}Bcc: y <a@b.c>",
    ] {
        // or it is no sender
        if Stationery::new(from, None).is_ok() {
            let message = written(from, "alice@example.com");
            assert!(message.is_ascii(), "{message}");
            let injected = |line: &&str| line.trim_start().starts_with("Bcc");
            assert!(!headers(&message).iter().any(injected), "{message}");
        }
    }
}
