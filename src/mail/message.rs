//! What is written in a mail.

use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use super::template::{Template, Values};
use super::{EmailAddress, MailError};
use crate::crypto::{Code, random_bytes};

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

/// Who writes, and in which words.
pub(super) struct Stationery {
    from: Mailbox,
    service: String,
    template: Template,
}

impl Stationery {
    /// # Errors
    /// [`MailError::NotConfigured`] if `from` (`mail.from`) is no mailbox with an ASCII address.
    pub(super) fn new(from: &str, template: Option<Template>) -> Result<Self, MailError> {
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
        let template = match template {
            Some(template) => template,
            None => Template::built_in().map_err(|error| spoiled(&error))?,
        };
        Ok(Self {
            from,
            service,
            template,
        })
    }

    /// The mail with this code.
    pub(super) fn write(
        &self,
        to: &EmailAddress,
        code: &Code,
        expires_in_seconds: u64,
    ) -> Result<Letter, MailError> {
        let values = Values::new(&self.service, code, expires_in_seconds);
        let filled = self
            .template
            .fill(&values)
            .map_err(|what| MailError::NotConfigured(format!("mail.template: {what}")))?;
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
            .subject(filled.subject)
            .date_now()
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        let text = part(ContentType::TEXT_PLAIN, filled.text);
        let message = match filled.html {
            None => message.singlepart(text),
            Some(html) => message.multipart(
                MultiPart::alternative()
                    .singlepart(text)
                    .singlepart(part(ContentType::TEXT_HTML, html)),
            ),
        }
        .map_err(|error| spoiled(&error))?;
        Ok(Letter {
            id,
            envelope,
            bytes: message.formatted(),
        })
    }
}

/// 7bit, or quoted-printable if the service's name needs it; never base64, in which nobody who looks at the source of a
/// mail finds the code.
fn part(kind: ContentType, text: String) -> SinglePart {
    let body = Body::new_with_encoding(text.clone(), ContentTransferEncoding::SevenBit)
        .or_else(|_| Body::new_with_encoding(text, ContentTransferEncoding::QuotedPrintable))
        .unwrap_or_else(Body::new);
    SinglePart::builder().header(kind).body(body)
}

/// No fault of the settings, but of this program or of the system.
fn spoiled(error: &dyn std::error::Error) -> MailError {
    MailError::NotConfigured(format!("the message cannot be written: {error}"))
}

#[cfg(test)]
mod tests;
