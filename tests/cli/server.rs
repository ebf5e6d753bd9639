//! Runs `larimard` in a scratch folder, with mails as files.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

pub(crate) struct Larimard {
    pub(crate) url: String,
    folder: TempDir,
    process: Child,
    settings: Vec<String>,
}

impl Larimard {
    /// One that limits nobody.
    pub(crate) fn start() -> Self {
        Self::with(&["limits.exempt=[\"127.0.0.0/8\"]"])
    }

    /// One with these settings.
    pub(crate) fn with(settings: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let settings: Vec<String> = settings.iter().map(|&it| it.to_owned()).collect();
        let (process, url) = run(folder.path(), "127.0.0.1:0", &settings);
        Self {
            url,
            folder,
            process,
            settings,
        }
    }

    /// It is gone, as after a power cut.
    pub(crate) fn stop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// It is there again, at the same address and with the same store.
    pub(crate) fn start_again(&mut self) {
        let address = self.url.trim_start_matches("http://");
        (self.process, _) = run(self.folder.path(), address, &self.settings);
    }

    /// The store as it is, while it is stopped, is kept for later.
    pub(crate) fn keep_aside(&self) {
        copy(
            &self.folder.path().join("data"),
            &self.folder.path().join("aside"),
        );
    }

    /// The store is what it was then.
    pub(crate) fn go_back(&self) {
        let data = self.folder.path().join("data");
        std::fs::remove_dir_all(&data).expect("removed");
        copy(&self.folder.path().join("aside"), &data);
    }

    /// The code in the mail that `ask` has sent.
    pub(crate) fn code(&self, ask: impl FnOnce()) -> String {
        let before = self.mails();
        ask();
        let new: Vec<PathBuf> = self.mails().difference(&before).cloned().collect();
        assert_eq!(new.len(), 1, "one mail");
        let mail = std::fs::read_to_string(&new[0]).expect("a mail");
        let line = mail.lines().map(str::trim).find(|line| {
            let groups: Vec<&str> = line.split('-').collect();
            let four =
                |group: &&str| group.len() == 4 && group.bytes().all(|b| b.is_ascii_alphanumeric());
            groups.len() == 4 && groups.iter().all(four)
        });
        line.expect("a code on a line of its own").to_owned()
    }

    fn mails(&self) -> BTreeSet<PathBuf> {
        let files = std::fs::read_dir(self.folder.path().join("mail"));
        let paths = files
            .into_iter()
            .flatten()
            .map(|file| file.expect("a file").path());
        paths
            .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
            .collect()
    }
}

fn copy(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg("-r").args([from, to]).status();
    assert!(copied.expect("copied").success());
}

fn run(folder: &Path, address: &str, settings: &[String]) -> (Child, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_larimard"));
    command
        .args(["--listen", address, "--set", "mail.transport=file"])
        .args(["--set", "store.min_free_bytes=0"]);
    for setting in settings {
        command.args(["--set", setting]);
    }
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("LARIMAR_")) {
        command.env_remove(name);
    }
    let mut process = command
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut lines = BufReader::new(process.stderr.take().expect("a pipe")).lines();
    let mut seen = String::new();
    let url = loop {
        let line = lines
            .next()
            .unwrap_or_else(|| panic!("no address: {seen}"))
            .expect("text");
        seen.push_str(&line);
        if let Some(rest) = line.trim().strip_prefix("listening ") {
            let url = rest.trim().split(',').next().expect("a URL");
            break url.to_owned();
        }
    };
    // a full pipe would stop it
    std::thread::spawn(move || for _ in lines {});
    (process, url)
}

impl Drop for Larimard {
    fn drop(&mut self) {
        self.stop();
    }
}
