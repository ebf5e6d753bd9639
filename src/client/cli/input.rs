//! What comes in: secrets without echo, lines and data from standard input, files.

use std::io::{BufRead, ErrorKind, IsTerminal, Read};
use std::path::Path;

use zeroize::Zeroizing;

use super::echo::{self, hidden, shown};
use super::failure::Failure;
use super::output::tell;

/// More than anybody types or remembers, in bytes.
const LONGEST_LINE: u64 = 64 << 10;
/// More than any server takes, in bytes.
const MOST: u64 = 64 << 20;

/// Standard input, read in the order that `larimar --help` tells.
pub(super) struct Input(Box<dyn BufRead>);

impl Input {
    pub(super) fn standard() -> Self {
        Self(Box::new(std::io::stdin().lock()))
    }

    /// The next line, without its end.
    pub(super) fn line(&mut self, what: &str) -> Result<Zeroizing<String>, Failure> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(1024));
        let read = self
            .reader()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut bytes);
        if bytes.len() as u64 == LONGEST_LINE {
            return Err(Failure::usage(format!(
                "the line with {what} is longer than {LONGEST_LINE} bytes"
            )));
        }
        if read.map_err(|error| unreadable("standard input", &error))? == 0 {
            return Err(Failure::usage(format!(
                "standard input ended before the line with {what}"
            )));
        }
        without_line_end(&mut bytes);
        text(bytes, what)
    }

    /// Whether a person types it.
    pub(super) fn is_a_person(&self) -> bool {
        std::io::stdin().is_terminal()
    }

    /// A line that a person types on the terminal, and sees.
    pub(super) fn visible(&mut self, what: &str, instead: &str) -> Result<String, Failure> {
        if !self.is_a_person() {
            return Err(no_terminal(what, instead));
        }
        let mut line = String::new();
        let read = shown(|| {
            tell(&format!("{what}: "));
            (&mut self.0).take(LONGEST_LINE).read_line(&mut line)
        });
        match read {
            Ok(0) => Err(nothing_typed()),
            Ok(_) => Ok(line.trim().to_owned()),
            Err(error) => Err(unreadable("the terminal", &error)),
        }
    }

    /// What is left, for who needs not have it all at once. A person sees what they type.
    pub(super) fn reader(&mut self) -> &mut dyn BufRead {
        if self.is_a_person() {
            echo::on();
        }
        &mut self.0
    }

    /// Everything that is left.
    pub(super) fn rest(&mut self) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(64 << 10));
        let read = self.reader().take(MOST + 1).read_to_end(&mut bytes);
        read.map_err(|error| unreadable("standard input", &error))?;
        no_more_than(MOST, bytes, "standard input")
    }

    /// Everything that is left, as text without the end of its last line.
    pub(super) fn rest_as_text(
        &mut self,
        what: &str,
        empty: bool,
    ) -> Result<Zeroizing<String>, Failure> {
        let mut bytes = self.rest()?;
        if bytes.is_empty() && !empty {
            return Err(ended(what));
        }
        without_line_end(&mut bytes);
        text(bytes, what)
    }

    /// What is in the file, or what is left of standard input if it is `-`; nothing at all only if that is meant.
    pub(super) fn data(&mut self, path: &Path, empty: bool) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let standard = path == Path::new("-");
        let bytes = if standard {
            self.rest()?
        } else {
            Self::file(path)?
        };
        match bytes.is_empty() && !empty {
            true if standard => Err(ended("the data")),
            true => Err(nothing_in(&path.display().to_string())),
            false => Ok(bytes),
        }
    }

    fn file(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let unreadable = |error| unreadable(&path.display().to_string(), &error);
        let mut file = std::fs::File::open(path).map_err(unreadable)?;
        let length = file.metadata().map_or(0, |metadata| metadata.len());
        // enough that it need not grow and leave copies behind
        let mut bytes = Zeroizing::new(Vec::with_capacity(
            usize::try_from(length.min(MOST))
                .unwrap_or(0)
                .saturating_add(64),
        ));
        let read = (&mut file).take(MOST + 1).read_to_end(&mut bytes);
        read.map_err(unreadable)?;
        no_more_than(MOST, bytes, &path.display().to_string())
    }
}

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Input")
    }
}

/// A file that cannot be read is told before a password is typed in vain.
pub(super) fn check(path: &Path) -> Result<(), Failure> {
    if path == Path::new("-") {
        return Ok(());
    }
    let unreadable = |error| unreadable(&path.display().to_string(), &error);
    let found = std::fs::metadata(path).map_err(unreadable)?;
    if found.is_dir() {
        return Err(Failure::usage(format!("{} is a folder", path.display())));
    }
    // whoever writes to a pipe would take this for its one reader
    if !found.is_file() {
        return Ok(());
    }
    std::fs::File::open(path).map(drop).map_err(unreadable)
}

/// How often a person is asked for the same thing.
pub(super) const TRIES: usize = 3;

/// Asks for a secret on the terminal, without echo; twice if a typing error would go unnoticed.
pub(super) fn secret(what: &str, twice: bool, instead: &str) -> Result<Zeroizing<String>, Failure> {
    let ask = |prompt: String| match hidden(|| rpassword::prompt_password(prompt)) {
        Ok(typed) => Ok(Zeroizing::new(typed)),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
            tell("\n");
            Err(nothing_typed())
        }
        Err(_) => Err(no_terminal(what, instead)),
    };
    for _ in 0..TRIES {
        let typed = ask(format!("{what}: "))?;
        if !twice || *ask(format!("{what}, once more: "))? == *typed {
            return Ok(typed);
        }
        tell("The two are not the same.\n");
    }
    Err(Failure::usage(format!(
        "{what}: never the same twice; nothing was sent"
    )))
}

fn no_more_than(
    most: u64,
    bytes: Zeroizing<Vec<u8>>,
    what: &str,
) -> Result<Zeroizing<Vec<u8>>, Failure> {
    match bytes.len() as u64 > most {
        true => Err(Failure::usage(format!(
            "{what} has more than {most} bytes, which no server takes"
        ))),
        false => Ok(bytes),
    }
}

fn nothing_typed() -> Failure {
    Failure::usage("nothing was typed; nothing was sent")
}

fn ended(what: &str) -> Failure {
    allow_empty(format!(
        "standard input ended before {what}; nothing was saved"
    ))
}

/// What is to be saved is empty, which is hardly ever meant.
pub(super) fn nothing_in(what: &str) -> Failure {
    allow_empty(format!("{what} is empty; nothing was saved"))
}

fn allow_empty(message: String) -> Failure {
    Failure::usage(message).hint("--allow-empty, if that is meant")
}

fn no_terminal(what: &str, instead: &str) -> Failure {
    Failure::usage(format!("there is no terminal to ask for: {what}"))
        .hint(format!("give it with {instead}"))
}

fn without_line_end(bytes: &mut Vec<u8>) {
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
    }
}

fn text(mut bytes: Zeroizing<Vec<u8>>, what: &str) -> Result<Zeroizing<String>, Failure> {
    String::from_utf8(std::mem::take(&mut *bytes))
        .map(Zeroizing::new)
        .map_err(|error| {
            drop(Zeroizing::new(error.into_bytes()));
            Failure::usage(format!("{what} is not UTF-8 text"))
        })
}

fn unreadable(what: &str, error: &std::io::Error) -> Failure {
    Failure::other(format!("cannot read {what}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(bytes: &'static [u8]) -> Input {
        Input(Box::new(bytes))
    }

    #[test]
    fn passwords_are_lines_and_data_is_the_rest() {
        let mut input = input(b" pass word \r\nnew\n{\"a\":\n1}\n");
        assert_eq!(
            &**input.line("the password").expect("a line"),
            " pass word "
        );
        assert_eq!(&**input.line("the new password").expect("a line"), "new");
        assert_eq!(&input.rest().expect("data")[..], b"{\"a\":\n1}\n");
    }

    #[test]
    fn a_secret_may_have_several_lines() {
        let mut input = input(b"password\none\ntwo\n");
        input.line("the password").expect("a line");
        assert_eq!(
            &**input.rest_as_text("the secret", false).expect("text"),
            "one\ntwo"
        );
    }

    #[test]
    fn what_is_missing_or_no_text_is_named_and_not_repeated() {
        let missing = input(b"").line("the password").expect_err("empty");
        assert!(format!("{missing:?}").contains("the password"));
        let binary = input(b"hunter2\xff\n")
            .line("the password")
            .expect_err("no text");
        assert!(!format!("{binary:?}").contains("hunter2"));
    }

    #[test]
    fn what_has_no_end_is_refused() {
        let mut endless = Input(Box::new(std::io::BufReader::new(std::io::repeat(b'x'))));
        let refused = endless.line("the password").expect_err("too long");
        assert!(format!("{refused:?}").contains("longer than 65536 bytes"));
        assert!(endless.rest().is_err());
        assert!(Input::file(Path::new("/dev/zero")).is_err());
    }

    #[test]
    fn a_line_without_an_end_is_a_line() {
        assert_eq!(
            &**input(b"password").line("it").expect("a line"),
            "password"
        );
        assert_eq!(&**input(b"\n").line("it").expect("a line"), "");
    }
}
