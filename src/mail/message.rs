//! What is written in a mail.

use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use minijinja::{Environment, context};

use super::{EmailAddress, MailError};
use crate::crypto::{Code, random_bytes};

const SUBJECT: &str = "code.subject";
const TEXT: &str = "code.txt";
const HTML: &str = "code.html";

/// A message that is ready to go.
pub(super) struct Letter {
    id: String,
    envelope: Envelope,
    bytes: Vec<u8>,
}

impl Letter {
    /// A name that no other message has, of letters and digits.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// Header and body, lines ending in CR LF, ASCII only.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Who writes, and the forms.
pub(super) struct Stationery {
    from: Mailbox,
    service: String,
    forms: Environment<'static>,
}

impl Stationery {
    /// # Errors
    /// [`MailError::NotConfigured`] if `from` (`mail.from`) is no mailbox with an ASCII address.
    pub(super) fn new(from: &str) -> Result<Self, MailError> {
        let from: Mailbox = from
            .parse()
            .ok()
            .filter(|mailbox: &Mailbox| <Address as AsRef<str>>::as_ref(&mailbox.email).is_ascii())
            .ok_or_else(|| {
                MailError::NotConfigured(
                    "mail.from is not of the form Name <local@domain>, in ASCII after the name"
                        .to_owned(),
                )
            })?;
        let name: String = from.name.iter().flat_map(|name| name.chars()).collect();
        let name = name.replace(char::is_control, " ");
        let service = match name.trim() {
            "" => from.email.domain().to_owned(),
            name => name.to_owned(),
        };
        Ok(Self {
            from,
            service,
            forms: forms().map_err(|error| spoiled(&error))?,
        })
    }

    /// The mail with this code.
    pub(super) fn write(
        &self,
        to: &EmailAddress,
        code: &Code,
        expires_in_seconds: u64,
    ) -> Result<Letter, MailError> {
        let form = |name| {
            let values = context! {
                service => &self.service,
                code => code.to_string(),
                holds => in_words(expires_in_seconds),
            };
            let form = self.forms.get_template(name);
            form.and_then(|form| form.render(values))
                .map_err(|error| spoiled(&error))
        };
        let id = hex::encode(random_bytes::<16>().map_err(|error| spoiled(&error))?);
        // lettre's own parser knows fewer addresses than people have (`a..b@example.com`, `a.@example.com`); ours has already
        // seen to it that nothing in this one means anything to SMTP or to a header
        let (local, domain) = to.parts();
        let to = Address::new_dangerous(local, domain);
        let envelope = Envelope::new(Some(self.from.email.clone()), vec![to.clone()])
            .map_err(|error| spoiled(&error))?;
        let message = Message::builder()
            .envelope(envelope.clone())
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(form(SUBJECT)?.trim())
            .date_now()
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .multipart(
                MultiPart::alternative()
                    .singlepart(part(ContentType::TEXT_PLAIN, form(TEXT)?))
                    .singlepart(part(ContentType::TEXT_HTML, form(HTML)?)),
            )
            .map_err(|error| spoiled(&error))?;
        Ok(Letter {
            id,
            envelope,
            bytes: message.formatted(),
        })
    }
}

fn forms() -> Result<Environment<'static>, minijinja::Error> {
    let mut forms = Environment::new();
    forms.add_template(SUBJECT, include_str!("templates/code.subject"))?;
    forms.add_template(TEXT, include_str!("templates/code.txt"))?;
    forms.add_template(HTML, include_str!("templates/code.html"))?;
    Ok(forms)
}

/// 7bit, or quoted-printable if the service's name needs it; never base64, in which nobody who looks at the source of a
/// mail finds the code.
fn part(kind: ContentType, text: String) -> SinglePart {
    let body = Body::new_with_encoding(text.clone(), ContentTransferEncoding::SevenBit)
        .or_else(|_| Body::new_with_encoding(text, ContentTransferEncoding::QuotedPrintable))
        .unwrap_or_else(Body::new);
    SinglePart::builder().header(kind).body(body)
}

/// `30 minutes`, `2 hours`, `90 seconds`: the largest unit that says it exactly.
fn in_words(seconds: u64) -> String {
    let (number, unit) = match seconds {
        0 => (0, "second"),
        _ if seconds.is_multiple_of(86_400) => (seconds / 86_400, "day"),
        _ if seconds.is_multiple_of(3600) => (seconds / 3600, "hour"),
        _ if seconds.is_multiple_of(60) => (seconds / 60, "minute"),
        _ => (seconds, "second"),
    };
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {unit}{plural}")
}

/// No fault of the settings, but of this program or of the system.
fn spoiled(error: &dyn std::error::Error) -> MailError {
    MailError::NotConfigured(format!("the message cannot be written: {error}"))
}

#[cfg(test)]
mod tests;
