//! `larimar` as a person meets it, at a terminal.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::person::{EMAIL, PASSWORD, Person};
use crate::program::Larimar;
use crate::server::Larimard;

/// A command under way.
pub(crate) struct Terminal {
    pub(crate) child: Child,
    keys: ChildStdin,
    screen: Receiver<Vec<u8>>,
    shown: String,
}

impl Terminal {
    pub(crate) fn running(larimar: &Larimar, arguments: &[&str]) -> Self {
        Self::begun(&mut larimar.on_a_terminal(arguments))
    }

    pub(crate) fn begun(command: &mut std::process::Command) -> Self {
        let mut child = command.spawn().expect("started");
        let mut output = child.stdout.take().expect("a pipe");
        let (sent, screen) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = output.read(&mut bytes) {
                if sent.send(bytes[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        let keys = child.stdin.take().expect("a pipe");
        Self {
            child,
            keys,
            screen,
            shown: String::new(),
        }
    }

    /// Types when this is shown, of what has not been waited for yet; what was shown up to there.
    pub(crate) fn when(&mut self, prompt: &str, typed: &str) -> String {
        let end = Instant::now() + Duration::from_secs(60);
        while !self.shown.contains(prompt) {
            let left = end.saturating_duration_since(Instant::now());
            let bytes = self.screen.recv_timeout(left);
            let bytes = bytes.unwrap_or_else(|_| panic!("no {prompt:?}: {}", self.shown));
            self.shown.push_str(&String::from_utf8_lossy(&bytes));
        }
        let after = self.shown.find(prompt).expect("shown") + prompt.len();
        let before = self.shown.drain(..after).collect();
        self.keys.write_all(typed.as_bytes()).expect("typed");
        before
    }

    /// Waits until nothing is shown any more, as when a spinner stands still.
    pub(crate) fn is_still(&mut self) {
        while let Ok(bytes) = self.screen.recv_timeout(Duration::from_secs(2)) {
            self.shown.push_str(&String::from_utf8_lossy(&bytes));
        }
    }

    /// How it ended, and what it showed since.
    pub(crate) fn end(mut self) -> (i32, String) {
        let status = self.child.wait().expect("ended");
        for bytes in self.screen {
            self.shown.push_str(&String::from_utf8_lossy(&bytes));
        }
        (status.code().expect("an exit code"), self.shown)
    }
}

#[test]
fn what_is_typed_is_asked_for_again_until_it_can_be_used() {
    let server = Larimard::start();
    let larimar = Larimar::calling(&server.url);
    let code = server.code(|| {
        larimar.run(&["request-code", "--email", EMAIL], "").ok();
    });
    let mut terminal = Terminal::running(&larimar, &["create", "--email", EMAIL]);
    terminal.when("Code: ", "7K3M\r");
    terminal.when("four groups of four", "");
    terminal.when("Code: ", &format!("{code}\r"));
    terminal.when("Password: ", &format!("{PASSWORD}\r"));
    terminal.when("Password, once more: ", "something else\r");
    terminal.when("The two are not the same.", "");
    terminal.when("Password: ", &format!("{PASSWORD}\r"));
    terminal.when("Password, once more: ", &format!("{PASSWORD}\r"));
    let (status, shown) = terminal.end();
    assert_eq!(status, 0, "{shown}");
    assert!(shown.contains("created: revision 1"), "{shown}");
    assert!(!shown.contains(PASSWORD), "{shown}");
}

#[test]
fn who_types_a_weak_password_is_asked_whether_it_is_meant() {
    let server = Larimard::start();
    let larimar = Larimar::calling(&server.url);
    let code = server.code(|| {
        larimar.run(&["request-code", "--email", EMAIL], "").ok();
    });
    for (typed, expected) in [("no\r", 2), ("weak\r", 0)] {
        let create = ["create", "--email", EMAIL, "--code", &code];
        let mut terminal = Terminal::running(&larimar, &create);
        terminal.when("Password: ", "Sommer2026\r");
        terminal.when("Password, once more: ", "Sommer2026\r");
        terminal.when("rents five fast graphics cards", "");
        terminal.when("Type weak to take it all the same: ", typed);
        let (status, shown) = terminal.end();
        assert_eq!(status, expected, "{shown}");
    }
}

#[test]
fn the_end_of_input_is_no_missing_terminal() {
    let larimar = Larimar::new();
    let mut terminal = Terminal::running(&larimar, &["derive", "--email", EMAIL]);
    terminal.when("Password: ", "");
    // until it is read letter by letter, this one is the terminal's
    std::thread::sleep(Duration::from_millis(300));
    terminal.when("", "\u{4}");
    let (status, shown) = terminal.end();
    assert_eq!(status, 2, "{shown}");
    assert!(
        shown.contains("nothing was typed; nothing was sent"),
        "{shown}"
    );
}

#[test]
fn a_prompt_that_is_left_by_a_signal_leaves_the_echo_on() {
    let larimar = Larimar::new();
    let arguments = ["derive", "--email", EMAIL];
    let mut line =
        larimar.on_a_terminal_in(&arguments, "trap : INT; ", "; echo \"exit $?\"; stty -a");
    let mut terminal = Terminal::begun(&mut line);
    terminal.when("Password: ", "\u{3}");
    let (_, shown) = terminal.end();
    assert!(shown.contains("exit 130"), "{shown}");
    assert!(
        shown.contains(" echo ") && !shown.contains("-echo "),
        "{shown}"
    );
}

#[test]
fn nobody_has_to_listen_to_what_is_said() {
    let server = Larimard::start();
    let larimar = Larimar::calling(&server.url);
    for (arguments, code) in [
        (vec!["request-code", "--email", EMAIL], 0),
        (vec!["derive"], 2),
    ] {
        let full = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let status = larimar
            .command(&arguments)
            .stdin(std::process::Stdio::null())
            .stderr(full)
            .status();
        assert_eq!(status.unwrap().code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn a_terminal_shows_text_only() {
    let server = Larimard::start();
    let alice = Person::at(&server);
    alice.creates(&server, "text without an end");
    let fetch = |server: &Larimard| {
        let larimar = Larimar::calling(&server.url);
        let mut terminal = Terminal::running(&larimar, &["fetch", "--email", EMAIL]);
        terminal.when("Password: ", &format!("{PASSWORD}\r"));
        terminal.end()
    };
    let (status, shown) = fetch(&server);
    assert_eq!(status, 0, "{shown}");
    assert!(
        shown.contains("text without an end\r\nrevision 1"),
        "{shown:?}"
    );

    alice
        .does(&["save", "--data", "-", "--overwrite"], "\u{1b}[2J")
        .ok();
    let (status, shown) = fetch(&server);
    assert_eq!(status, 2, "{shown}");
    assert!(
        shown.contains("binary data\r\nhint: use --out FILE"),
        "{shown:?}"
    );
}

#[test]
fn who_has_not_written_the_keyphrase_down_is_told_so() {
    let server = Larimard::start();
    let larimar = Larimar::calling(&server.url);
    let mut terminal = Terminal::running(&larimar, &["pin", "create"]);
    terminal.when("keyphrase E3", "");
    // the QR code, light dots on dark
    terminal.when("████", "");
    for _ in 0..3 {
        terminal.when("type the last 4 characters of what you wrote: ", "0000\r");
        terminal.when("That is something else", "");
    }
    let (status, shown) = terminal.end();
    assert_eq!(status, 0, "{shown}");
    assert!(shown.contains("created all the same"), "{shown}");

    let mut terminal = Terminal::running(&larimar, &["pin", "access"]);
    let slip = "E38dyTYsR7i6Gd8SJsmKd9du92MPvEXV8";
    terminal.when("Keyphrase: ", &format!("{slip}\r"));
    terminal.when("checksum does not fit", "");
    terminal.when("Keyphrase: ", "E38dyTYsR7i6Gd8SJsmKd9du92MPvEXV9\r");
    let (status, shown) = terminal.end();
    assert_eq!(status, 2, "{shown}");
    assert!(shown.contains("of another wallet"), "{shown}");
    assert!(!shown.contains(slip), "{shown}");

    let terminal = Terminal::running(&larimar, &["pin", "qr", "--format", "png"]);
    let (status, shown) = terminal.end();
    assert_eq!(status, 2, "{shown}");
    assert!(shown.contains("a terminal cannot show PNG"), "{shown}");
}
