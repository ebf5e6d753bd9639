//! What is typed without being asked yet, and how the terminal is left.

use std::net::TcpListener;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::person::{EMAIL, PASSWORD, Person};
use crate::program::Larimar;
use crate::server::Larimard;
use crate::terminal::Terminal;

const SHOW_MODES: &str = "; echo \"exit $?\"; stty -a";

fn has_its_echo(shown: &str) -> bool {
    let has = |mode| shown.split_whitespace().any(|word| word == mode);
    ["echo", "icanon", "isig"].into_iter().all(has)
}

#[test]
fn a_password_that_is_typed_before_it_is_asked_for_is_not_shown() {
    // a server that lets everybody wait
    let silent = TcpListener::bind("127.0.0.1:0").expect("bound");
    let url = format!("http://{}", silent.local_addr().expect("an address"));
    for (key, code) in [("\u{3}", 130), ("\u{1c}", 131)] {
        let larimar = Larimar::calling(&url);
        let arguments = ["change-password", "--email", EMAIL];
        let before = "ulimit -c 0; trap : INT QUIT; ";
        let mut line = larimar.on_a_terminal_in(&arguments, before, SHOW_MODES);
        let mut terminal = Terminal::begun(&mut line);
        let connection = silent.accept().expect("a connection");
        terminal.when("", &format!("{PASSWORD}\r"));
        // long enough for a terminal to show it
        std::thread::sleep(Duration::from_millis(300));
        terminal.when("", key);
        let (_, shown) = terminal.end();
        drop(connection);
        assert!(shown.contains(&format!("exit {code}")), "{shown}");
        assert!(has_its_echo(&shown), "{shown}");
        assert!(!shown.contains(PASSWORD), "{shown}");
    }
}

#[test]
fn a_command_that_goes_on_after_ctrl_z_hides_again_what_is_typed() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("bound");
    let url = format!("http://{}", silent.local_addr().expect("an address"));
    let larimar = Larimar::calling(&url);
    let arguments = ["change-password", "--email", EMAIL];
    // shells with a line to edit set the terminal back
    let before = "set -m; trap : INT; modes=$(stty -g); tty; ";
    let after = format!("; stty $modes{SHOW_MODES}; echo and now; fg{SHOW_MODES}");
    let mut line = larimar.on_a_terminal_in(&arguments, before, &after);
    let mut terminal = Terminal::begun(&mut line);
    let name = terminal.when("\n", "");
    let _connection = silent.accept().expect("a connection");
    terminal.when("", "\u{1a}");
    let stopped = terminal.when("and now", "");
    assert!(has_its_echo(&stopped), "{stopped}");
    let end = Instant::now() + Duration::from_secs(60);
    let modes = || {
        let mut stty = Command::new("stty");
        let output = stty.args(["-a", "-F", name.trim()]).output();
        let output = output.expect("modes");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    };
    while has_its_echo(&modes()) {
        assert!(Instant::now() < end, "{name} {}", modes());
        std::thread::sleep(Duration::from_millis(20));
    }
    terminal.when("", &format!("{PASSWORD}\r"));
    std::thread::sleep(Duration::from_millis(300));
    terminal.when("", "\u{3}");
    let (_, shown) = terminal.end();
    assert!(shown.contains("exit 130"), "{shown}");
    assert!(has_its_echo(&shown), "{shown}");
    assert!(!shown.contains(PASSWORD), "{shown}");
}

#[test]
fn a_secret_that_is_typed_between_two_prompts_is_not_shown_and_is_taken() {
    let server = Larimard::start();
    let alice = Person::at(&server);
    let code = alice.code(&server);
    alice.does(&["create", "--code", &code], "").ok();
    let arguments = ["entries", "set", "bank", "--email", EMAIL];
    let mut line = alice.larimar.on_a_terminal_in(&arguments, "", SHOW_MODES);
    let mut terminal = Terminal::begun(&mut line);
    terminal.when("Password: ", &format!("{PASSWORD}\r"));
    terminal.when("deriving the keys", "pin 4711\rpin 4711\r");
    let (_, shown) = terminal.end();
    assert!(!shown.contains("4711"), "{shown}");
    assert!(shown.contains("exit 0"), "{shown}");
    assert!(has_its_echo(&shown), "{shown}");
    let shown = alice.does(&["entries", "show", "bank"], "").ok().out;
    assert_eq!(shown, "pin 4711\n");
}

#[test]
fn what_is_no_secret_is_shown_as_it_is_typed() {
    let server = Larimard::start();
    let alice = Person::at(&server);
    alice.creates(&server, "first");
    let mut terminal = Terminal::running(&alice.larimar, &["create", "--email", EMAIL]);
    terminal.when("Code: ", "7K3M\r");
    terminal.when("7K3M\r\n", "\u{3}");
    terminal.child.wait().expect("ended");

    let save = ["save", "--data", "-", "--overwrite", "--email", EMAIL];
    let mut terminal = Terminal::running(&alice.larimar, &save);
    terminal.when("Password: ", &format!("{PASSWORD}\r"));
    terminal.when("deriving the keys", "");
    terminal.is_still();
    terminal.when("", "second\r\u{4}");
    terminal.when("second\r\n", "");
    let (status, shown) = terminal.end();
    assert_eq!(status, 0, "{shown}");
}

#[test]
fn ctrl_c_ends_watching_well_also_after_a_password() {
    let server = Larimard::start();
    let alice = Person::at(&server);
    alice.creates(&server, "first");
    for _ in 0..3 {
        let mut terminal = Terminal::running(&alice.larimar, &["watch", "--email", EMAIL]);
        terminal.when("Password: ", &format!("{PASSWORD}\r"));
        terminal.when("Ctrl-C ends it", "\u{3}");
        let (status, shown) = terminal.end();
        assert_eq!(status, 0, "{shown}");
    }
}
