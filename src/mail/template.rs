//! The words of the mail with a code: ours, or the operator's (`mail.template`).

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use minijinja::{Environment, UndefinedBehavior, Value, context};

use crate::crypto::Code;

const SUBJECT: &str = "code.subject";
const TEXT: &str = "code.txt";
const HTML: &str = "code.html";
/// The most bytes of such a file.
const LONGEST: u64 = 64 * 1024;
/// Codes that hold so many seconds are tried: words for hours alone must not fail on the day on which codes begin to hold an hour.
const SAMPLES: [u64; 6] = [59, 60, 1800, 3600, 9000, 172_800];
/// Nobody's, and without a character in common.
const CODE: &str = "7K3M-Q2WX-9FHT-B4ZC";
const OTHER_CODE: &str = "0156-8ADE-GJNP-RSVY";
const CODE_IN_SUBJECT: &str = "the subject has the code, which then shows on locked screens: take {{ code }} out of the first line";
/// What may stand in it for what comes there.
const NAMES: [&str; 5] = ["code", "service", "minutes", "hours", "holds"];

/// A subject and a text, and in ours the same in HTML, to be filled in.
#[derive(Debug, Clone)]
pub struct Template(Environment<'static>);

/// What is filled in.
pub(super) struct Values<'a> {
    code: String,
    service: &'a str,
    minutes: u64,
    hours: u64,
    holds: String,
}

impl<'a> Values<'a> {
    pub(super) fn new(service: &'a str, code: &Code, expires_in_seconds: u64) -> Self {
        Self {
            code: code.to_string(),
            service,
            minutes: expires_in_seconds / 60,
            hours: expires_in_seconds / 3600,
            holds: in_words(expires_in_seconds),
        }
    }

    fn context(&self) -> Value {
        context! {
            code => &self.code,
            service => self.service,
            minutes => self.minutes,
            hours => self.hours,
            holds => &self.holds,
        }
    }

    /// Nobody's.
    fn sample(expires_in_seconds: u64) -> Self {
        Self {
            code: CODE.to_owned(),
            service: "Larimar",
            minutes: expires_in_seconds / 60,
            hours: expires_in_seconds / 3600,
            holds: in_words(expires_in_seconds),
        }
    }
}

/// What is sent.
pub(super) struct Filled {
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: Option<String>,
}

/// A file of `mail.template` that cannot be used, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("mail.template {path}: {what}", path = .path.display())]
pub struct InvalidTemplate {
    path: PathBuf,
    what: String,
}

impl Template {
    /// Reads it, and fills it in for short and long times to see that this works.
    ///
    /// # Errors
    /// [`InvalidTemplate`], with what to change.
    pub fn read(path: &Path) -> Result<Self, InvalidTemplate> {
        let text = || {
            let mut text = String::new();
            let mut file = File::open(path)?.take(LONGEST + 1);
            file.read_to_string(&mut text).map(|_| text)
        };
        let text = text().map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidData => "it is not UTF-8".to_owned(),
            _ => format!("it cannot be read: {error}"),
        });
        text.and_then(|text| Self::parse(&text))
            .map_err(|what| InvalidTemplate {
                path: path.to_owned(),
                what,
            })
    }

    /// Ours.
    ///
    /// # Errors
    /// None that a test would not find.
    pub(super) fn built_in() -> Result<Self, minijinja::Error> {
        let mut forms = Environment::new();
        forms.add_template(SUBJECT, include_str!("templates/code.subject"))?;
        forms.add_template(TEXT, include_str!("templates/code.txt"))?;
        forms.add_template(HTML, include_str!("templates/code.html"))?;
        Ok(Self(forms))
    }

    fn parse(text: &str) -> Result<Self, String> {
        if text.len() as u64 > LONGEST {
            return Err(format!("it has more than {LONGEST} bytes"));
        }
        let text = text.trim_start_matches('\u{feff}');
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let (subject, text) = text
            .split_once("\n\n")
            .filter(|(subject, _)| !subject.contains('\n'))
            .ok_or("its first line is the subject, then comes an empty line, then the text")?;
        let mut forms = Environment::new();
        forms.set_undefined_behavior(UndefinedBehavior::Strict);
        for (name, source) in [(SUBJECT, subject), (TEXT, text)] {
            forms
                .add_template_owned(name, source.to_owned())
                .and_then(|()| forms.get_template(name))
                .map_err(|error| told(name, &error))?
                .undeclared_variables(false)
                .iter()
                .try_for_each(|named| is_known(name, named))?;
        }
        let template = Self(forms);
        for seconds in SAMPLES {
            let values = Values::sample(seconds);
            let other = Values {
                code: OTHER_CODE.to_owned(),
                ..Values::sample(seconds)
            };
            // a part of the code is too much as well
            if template.fill(&values)?.subject != template.fill(&other)?.subject {
                return Err(CODE_IN_SUBJECT.to_owned());
            }
        }
        Ok(template)
    }

    /// With these values in it.
    ///
    /// # Errors
    /// What is wrong with it: a text without the code is of no use.
    pub(super) fn fill(&self, values: &Values<'_>) -> Result<Filled, String> {
        let form = |name| {
            let form = self.0.get_template(name);
            form.and_then(|form| form.render(values.context()))
                .map_err(|error| told(name, &error))
        };
        let (subject, text) = (form(SUBJECT)?.trim().to_owned(), form(TEXT)?);
        if subject.is_empty() || subject.contains(char::is_control) {
            return Err("the subject is not one line of text".to_owned());
        }
        if bare(&subject).contains(&bare(&values.code)) {
            return Err(CODE_IN_SUBJECT.to_owned());
        }
        if text.contains(is_no_text) {
            return Err(
                "the text has a control character, such as a CR alone: take it out".to_owned(),
            );
        }
        if !text.lines().any(|line| line.trim() == values.code) {
            return Err("the text has no line with {{ code }} and nothing else".to_owned());
        }
        let html = match self.0.get_template(HTML) {
            Ok(_) => Some(form(HTML)?),
            Err(_) => None,
        };
        Ok(Filled {
            subject,
            text,
            html,
        })
    }
}

/// Without what does not keep a person from reading it as a code.
fn bare(text: &str) -> String {
    let kept = text.chars().filter(|letter| letter.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

fn is_no_text(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\n' | '\t')
}

fn is_known(form: &str, name: &str) -> Result<(), String> {
    match NAMES.contains(&name) {
        true => Ok(()),
        false => Err(format!(
            "{} has {{{{ {name} }}}}, which nothing stands for; there are {}",
            part(form),
            NAMES.map(|name| format!("{{{{ {name} }}}}")).join(", ")
        )),
    }
}

fn told(form: &str, error: &minijinja::Error) -> String {
    let line = match (form, error.line()) {
        // behind the subject and the empty line
        (TEXT, Some(line)) => format!(", line {} of the file", line + 2),
        _ => String::new(),
    };
    format!("{}{line}: {}", part(form), error_without_place(error))
}

fn error_without_place(error: &minijinja::Error) -> String {
    match error.detail() {
        Some(detail) => format!("{} ({detail})", error.kind()),
        None => error.kind().to_string(),
    }
}

fn part(form: &str) -> &'static str {
    match form {
        SUBJECT => "the subject",
        _ => "the text",
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_a_subject_and_a_text_with_the_code() {
        for text in [
            "Your code\n\n{{ code }}",
            "Your code\r\rAs an old Mac has it:\r{{ code }}\r",
            "\u{feff}Code für {{ service }}\r\n\r\nGültig {{minutes}} Minuten:\r\n\r\n  {{ code }}  \r\n",
            "רמז\n\n{% if hours > 1 %}{{ hours }} שעות{% else %}{{ minutes }} דקות{% endif %}\n{{ code }}\n",
        ] {
            assert!(Template::parse(text).is_ok(), "{text:?}");
        }
        for (text, says) in [
            ("", "first line is the subject"),
            ("Your code", "first line is the subject"),
            ("Your code\n{{ code }}", "first line is the subject"),
            ("Two\nlines\n\n{{ code }}", "first line is the subject"),
            ("Your code\n\nIt is {{ code }}.", "no line with {{ code }}"),
            ("Your code\n\n", "no line with {{ code }}"),
            ("Your {{ code }}\n\n{{ code }}", "take {{ code }} out"),
            ("{{ code|lower }}\n\n{{ code }}", "take {{ code }} out"),
            (
                "It begins {{ code[:9] }}\n\n{{ code }}",
                "take {{ code }} out",
            ),
            (
                "Code\n\n{{ code }}\n{{ 'a\\rb' }}",
                "the text has a control character",
            ),
            (
                "Code\n\n{{ code }}\n\u{7}",
                "the text has a control character",
            ),
            ("\n\n{{ code }}", "not one line"),
            ("x{{ '\\r\\nBcc: x@y.z' }}\n\n{{ code }}", "not one line"),
            (
                "Your code\n\n{{ code }} {{ cod }}",
                "{{ cod }}, which nothing stands for",
            ),
            ("{{ email }}\n\n{{ code }}", "the subject has {{ email }}"),
            (
                "Your code\n\n{{ code }}{% if false %}{{ x }}{% endif %}",
                "{{ x }}",
            ),
            (
                "Your code\n\n{{ code }}\n{{ code",
                "line 4 of the file: syntax error",
            ),
            (
                "Your code\n\n{{ code }}\n{{ code | shout }}",
                "line 4 of the file: unknown filter",
            ),
            ("Your code\n\n{{ code }}{% include 'x' %}", "the text"),
            (
                "Your code\n\n{% if hours > 1 %}{{ code.long }}{% endif %}\n{{ code }}",
                "line 3 of the file: undefined value",
            ),
            (
                "Your code\n\n{% if hours == 1 %}an hour{% else %}{{ code }}{% endif %}",
                "no line with {{ code }}",
            ),
            (
                "{% if minutes %}Your code{% endif %}\n\n{{ code }}",
                "not one line",
            ),
        ] {
            let error = Template::parse(text).expect_err(text);
            assert!(error.contains(says), "{text:?}: {error}");
        }
        let long = format!("Your code\n\n{{{{ code }}}}\n{}", "x".repeat(64 * 1024));
        assert!(Template::parse(&long).is_err());
    }

    #[test]
    fn time_is_said_in_the_largest_unit_that_says_it_exactly() {
        for (seconds, words) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (90, "90 seconds"),
            (60, "1 minute"),
            (5400, "90 minutes"),
            (3600, "1 hour"),
            (86_400, "1 day"),
            (259_200, "3 days"),
        ] {
            assert_eq!(in_words(seconds), words);
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("mail.txt");
        let error = Template::read(&path).expect_err("missing").to_string();
        assert!(error.contains("mail.txt: it cannot be read"), "{error}");
        std::fs::write(&path, b"Gr\xf6\xdfe\n\n{{ code }}").expect("a file");
        let error = Template::read(&path).expect_err("latin 1").to_string();
        assert!(error.contains("mail.txt: it is not UTF-8"), "{error}");
    }
}
