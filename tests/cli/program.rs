//! Runs `larimar`, with profiles of its own and nothing from the environment.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_larimar");

pub(crate) struct Larimar {
    folder: TempDir,
    server: Option<String>,
}

/// How a run ended, and what it wrote.
pub(crate) struct Done {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Larimar {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            server: None,
        }
    }

    /// One that calls this server.
    pub(crate) fn calling(server: &str) -> Self {
        Self {
            server: Some(server.to_owned()),
            ..Self::new()
        }
    }

    /// A folder for the test's files.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn run(&self, arguments: &[impl AsRef<OsStr>], input: impl AsRef<[u8]>) -> Done {
        self.spawn(Command::new(PROGRAM), arguments, input.as_ref())
    }

    pub(crate) fn run_without_terminal(
        &self,
        arguments: &[impl AsRef<OsStr>],
        input: impl AsRef<[u8]>,
    ) -> Done {
        let mut command = Command::new("setsid");
        command.args(["--wait", PROGRAM]);
        self.spawn(command, arguments, input.as_ref())
    }

    /// Runs it where a person would, with a terminal of its own.
    #[cfg(target_os = "linux")]
    pub(crate) fn on_a_terminal(&self, arguments: &[&str]) -> Command {
        self.on_a_terminal_in(arguments, "", "")
    }

    /// The same within a line of the shell.
    pub(crate) fn on_a_terminal_in(
        &self,
        arguments: &[&str],
        before: &str,
        after: &str,
    ) -> Command {
        let words = [PROGRAM].iter().chain(arguments);
        let line: Vec<String> = words.map(|word| format!("'{word}'")).collect();
        // a shell that only waits for the program would die of its Ctrl-C
        let exec = if after.is_empty() { "exec " } else { "" };
        let line = format!("{before}{exec}{}{after}", line.join(" "));
        let mut command = Command::new("script");
        // not the shell of whoever runs the tests
        command
            .args(["-qec", &line, "/dev/null"])
            .env("SHELL", "/bin/sh");
        self.prepare(&mut command);
        command
    }

    /// The command, prepared for whoever starts it.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments);
        self.prepare(&mut command);
        command
    }

    fn prepare(&self, command: &mut Command) {
        command
            // without one nothing is drawn
            .env("TERM", "xterm")
            .env_remove("LARIMAR_PROFILE")
            .env_remove("LARIMAR_SERVER")
            .env("LARIMAR_PROFILE_DIR", self.folder.path().join("profiles"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(server) = &self.server {
            command.env("LARIMAR_SERVER", server);
        }
    }

    /// What it wrote, which need not be text.
    pub(crate) fn run_for_bytes(&self, arguments: &[&str], input: &str) -> Vec<u8> {
        let output = self.output(Command::new(PROGRAM), arguments, input.as_bytes());
        assert!(output.status.success(), "{output:?}");
        output.stdout
    }

    fn spawn(&self, command: Command, arguments: &[impl AsRef<OsStr>], input: &[u8]) -> Done {
        let output = self.output(command, arguments, input);
        Done {
            code: output.status.code().expect("an exit code"),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        }
    }

    fn output(
        &self,
        mut command: Command,
        arguments: &[impl AsRef<OsStr>],
        input: &[u8],
    ) -> Output {
        command.args(arguments);
        self.prepare(&mut command);
        let mut child = command.spawn().expect("started");
        // a program that reads nothing closes its end first
        let _ = child.stdin.take().expect("a pipe").write_all(input);
        child.wait_with_output().expect("ended")
    }
}

impl Done {
    /// What it wrote, if it worked.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.code, 0, "{}", self.err);
        serde_json::from_str(&self.out).expect("JSON")
    }

    /// The same, having worked.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{}", self.err);
        self
    }
}
