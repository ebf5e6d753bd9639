//! The pin and the keyphrase, as a person or a script gives them.

use clap::Args;
use zeroize::Zeroizing;

use crate::client::cli::failure::Failure;
use crate::client::cli::input;
use crate::client::cli::session::Session;
use crate::client::{Client, Keyphrase, Pin, PinWallet, Unlocked, WalletUrl};

/// The pin, or the keyphrase in its place.
#[derive(Debug, Args)]
#[command(next_help_heading = "Unlocking")]
pub(super) struct Credential {
    /// Reads the pin from the first line of standard input, instead of asking for it
    #[arg(long, conflicts_with_all = ["keyphrase", "keyphrase_stdin"])]
    pin_stdin: bool,
    /// Asks for the keyphrase instead of the pin; for looking at addresses, that needs no server
    #[arg(long)]
    keyphrase: bool,
    /// Reads the keyphrase from the first line of standard input
    #[arg(long)]
    keyphrase_stdin: bool,
}

/// The keyphrase.
#[derive(Debug, Args)]
#[command(next_help_heading = "Keyphrase")]
pub(super) struct KeyphraseArgs {
    /// Reads the keyphrase from the first line of standard input, instead of asking for it
    #[arg(long)]
    keyphrase_stdin: bool,
}

/// What was typed.
pub(super) enum Typed {
    Pin(Pin),
    Keyphrase(Keyphrase),
}

/// A keyphrase, and the host of the URL in which it stood.
pub(super) struct Written {
    pub(super) keyphrase: Keyphrase,
    pub(super) host: Option<String>,
}

impl Credential {
    /// Whether one of its options is given.
    pub(super) fn is_given(&self) -> bool {
        self.pin_stdin || self.keyphrase || self.keyphrase_stdin
    }

    pub(super) fn typed(&self, session: &mut Session) -> Result<Typed, Failure> {
        if self.keyphrase || self.keyphrase_stdin {
            let written = ask_for_keyphrase(session, self.keyphrase_stdin)?;
            return Ok(Typed::Keyphrase(written.keyphrase));
        }
        let pin = if self.pin_stdin {
            session.input.line("the pin")?
        } else {
            input::secret("Pin", false, "--pin-stdin")?
        };
        let pin = pin_of(pin, "--keyphrase asks for it, --keyphrase-stdin reads it")?;
        Ok(Typed::Pin(pin))
    }
}

impl KeyphraseArgs {
    pub(super) fn typed(&self, session: &mut Session) -> Result<Written, Failure> {
        ask_for_keyphrase(session, self.keyphrase_stdin)
    }
}

/// The pin that was typed. A keyphrase that was typed in its place goes to no server, and neither does nothing, which would cost an attempt.
pub(super) fn pin_of(mut typed: Zeroizing<String>, instead: &str) -> Result<Pin, Failure> {
    if typed.trim().is_empty() {
        return Err(Failure::usage("no pin was typed; nothing was sent"));
    }
    if is_like_a_keyphrase(&typed) {
        let message = "this is the keyphrase, and not a pin; nothing was sent";
        return Err(Failure::usage(message).hint(instead));
    }
    // a blank that was typed along is seen by nobody
    let length = typed.trim_end().len();
    typed.truncate(length);
    Ok(Pin::typed(std::mem::take(&mut *typed)))
}

/// Whether it is one, or one with a slip in it.
fn is_like_a_keyphrase(text: &str) -> bool {
    /// So many of its 33 characters may not be there.
    const LEAST: usize = 25;
    let mut bare = Zeroizing::new(String::with_capacity(text.len()));
    bare.extend(text.chars().filter(|it| !it.is_whitespace()));
    bare.to_ascii_lowercase().contains("bjswallet:")
        || (bare.starts_with("E3") && bare.len() >= LEAST)
        || read(&bare).is_ok()
}

fn ask_for_keyphrase(session: &mut Session, from_stdin: bool) -> Result<Written, Failure> {
    if from_stdin {
        return read(&session.input.line("the keyphrase")?);
    }
    let ask = || read(&input::secret("Keyphrase", false, "--keyphrase-stdin")?);
    for _ in 1..input::TRIES {
        match ask() {
            // what was typed, not that nothing was
            Err(failure) if failure.is("InvalidKeyphrase") => failure.report(false),
            read => return read,
        }
    }
    ask()
}

/// Reads an encoded keyphrase, a URL with one, or the 40 hex digits of its bytes.
pub(super) fn read(text: &str) -> Result<Written, Failure> {
    let wrong = |message: String| {
        Failure::new(crate::client::cli::Exit::Usage, "InvalidKeyphrase", message)
    };
    let text = text.trim();
    if text.contains("://") {
        let url: WalletUrl = text
            .parse()
            .map_err(|error: crate::client::InvalidWalletUrl| wrong(error.to_string()))?;
        return Ok(Written {
            keyphrase: url.keyphrase,
            host: Some(url.host),
        });
    }
    let hex = text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let keyphrase = if hex {
        let mut bytes = Zeroizing::new([0; 20]);
        hex::decode_to_slice(text, &mut *bytes).map_err(|error| wrong(error.to_string()))?;
        Keyphrase::new(*bytes)
    } else {
        text.parse()
            .map_err(|error: crate::client::InvalidKeyphrase| wrong(error.to_string()))?
    };
    Ok(Written {
        keyphrase,
        host: None,
    })
}

impl Typed {
    /// The wallet's keys. Only a pin needs the server.
    pub(super) async fn unlock(
        &self,
        session: &Session,
        wallet: &PinWallet,
    ) -> Result<Unlocked, Failure> {
        match self {
            Self::Pin(pin) => {
                let client = client(session, wallet)?;
                Ok(Unlocked::by_pin(wallet, &client, pin).await?)
            }
            Self::Keyphrase(keyphrase) => {
                let unlocked = Unlocked::from(keyphrase);
                unlocked.opens(wallet)?;
                Ok(unlocked)
            }
        }
    }
}

/// The server that the wallet is on, unless the command line names another.
pub(super) fn client(session: &Session, wallet: &PinWallet) -> Result<Client, Failure> {
    match session.named_server().or(wallet.server()) {
        Some(url) => session.client_at(url),
        None => session.client(),
    }
}

/// The server's URL, from the host in a wallet's URL.
pub(super) fn url_of(host: &str) -> String {
    // the scheme that Client takes: http to this very machine only
    let http = format!("http://{host}");
    match Client::connect(&http) {
        Ok(_) => http,
        Err(_) => format!("https://{host}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyphrase_is_read_in_each_of_its_forms() {
        const TEXT: &str = "E38dyTYsR7i6Gd8SJsmKd9du92MPvEXV9";
        for (text, host) in [
            (TEXT.to_owned(), None),
            (format!(" {TEXT}\r\n"), None),
            ("D7B199EB8BD3E23F1ACCB2B138F1706FC78C0AFA".to_owned(), None),
            (
                format!("bjswallet://wallet.example.org/{TEXT}"),
                Some("wallet.example.org"),
            ),
        ] {
            let read = read(&text).expect("a keyphrase");
            assert_eq!(read.keyphrase.to_string(), TEXT);
            assert_eq!(read.host.as_deref(), host);
        }
    }

    #[test]
    fn what_is_no_pin_is_not_sent() {
        let typed = |text: &str| pin_of(Zeroizing::new(text.to_owned()), "--keyphrase");
        const TEXT: &str = "E38dyTYsR7i6Gd8SJsmKd9du92MPvEXV9";
        for text in [
            TEXT,
            &format!(" {TEXT}\r"),
            &format!("{} {}", &TEXT[..8], &TEXT[8..]),
            &TEXT.replace("XV9", "XV8"),
            &TEXT[..30],
            "D7B199EB8BD3E23F1ACCB2B138F1706FC78C0AFA",
            &format!("bjswallet://wallet.example.org/{TEXT}"),
            "BJSwallet://wallet.example.org/E38",
        ] {
            let failure = format!("{:?}", typed(text).expect_err("the keyphrase"));
            assert!(failure.contains("nothing was sent"), "{failure}");
            assert!(failure.contains("--keyphrase"), "{failure}");
            assert!(!failure.contains(&text[2..]), "{failure}");
        }
        for text in ["", " ", "\t"] {
            typed(text).expect_err("nothing");
        }
        for text in ["tha8ec", "e38dytysr7i6gd8sjsmkd9du92mpvexv", "E3", "a b"] {
            assert_eq!(typed(text).expect("a pin").expose(), text);
        }
    }

    #[test]
    fn the_scheme_of_a_host_is_the_one_that_is_allowed() {
        assert_eq!(url_of("127.0.0.1:8330"), "http://127.0.0.1:8330");
        assert_eq!(url_of("localhost"), "http://localhost");
        assert_eq!(url_of("wallet.example.org"), "https://wallet.example.org");
    }
}
