//! A folder with a server in it, and ways to talk to that.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::person::Person;

/// How long anything may take before a test gives up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// The name for which these tests sign deletions.
pub(crate) const NAME: &str = "wallet.test";

/// Waits until it is so.
#[track_caller]
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "{what} does not come");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A scratch folder in which servers run.
pub(crate) struct House {
    folder: TempDir,
    settings: Vec<String>,
}

impl House {
    /// One whose servers limit nobody.
    pub(crate) fn new() -> Self {
        Self::with(&["limits.exempt=[\"127.0.0.0/8\", \"::1\"]"])
    }

    /// One whose servers have these settings, and the limits that are the default.
    pub(crate) fn with(settings: &[&str]) -> Self {
        let usual = [
            "server.listen=127.0.0.1:0",
            "server.names=[\"wallet.test\"]",
            "mail.transport=file",
            "store.min_free_bytes=0",
            "store.cache_mib=16",
        ];
        let settings = usual.iter().chain(settings);
        Self {
            folder: tempfile::tempdir().unwrap(),
            settings: settings.map(|&setting| setting.to_owned()).collect(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn set(&mut self, setting: &str) {
        self.settings.push(setting.to_owned());
    }

    /// `larimard` with these arguments, in this folder, with these settings.
    pub(crate) fn larimard(&self, arguments: &[&str]) -> Command {
        let mut command = bare(self.folder.path());
        // of a setting that is given twice the last one counts
        let mut given = std::collections::BTreeMap::new();
        for setting in &self.settings {
            given.insert(setting.split('=').next().unwrap(), setting);
        }
        for setting in given.into_values() {
            command.args(["--set", setting]);
        }
        command.args(arguments);
        command
    }

    /// A server that is not yet known to listen.
    pub(crate) fn spawn(&self) -> Child {
        let mut command = self.larimard(&[]);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    pub(crate) fn start(&self) -> Server {
        self.try_start()
            .unwrap_or_else(|said| panic!("it ended: {said}"))
    }

    /// A server that listens, or what it said before it ended.
    pub(crate) fn try_start(&self) -> Result<Server, String> {
        Server::of(self.spawn())
    }

    /// The same with something in its environment.
    pub(crate) fn start_with(&self, environment: &[(&str, &str)]) -> Server {
        let mut command = self.larimard(&[]);
        command.envs(environment.iter().copied());
        command.stdout(Stdio::null());
        Server::started_by(command)
    }

    /// The same whose standard output goes there.
    pub(crate) fn start_writing_to(&self, output: impl Into<Stdio>) -> Server {
        let mut command = self.larimard(&[]);
        command.stdout(output);
        Server::started_by(command)
    }

    /// Takes the code out of the one mail to this address.
    pub(crate) fn code(&self, email: &str) -> String {
        let mails = std::fs::read_dir(self.path("mail")).unwrap();
        for mail in mails.map(|mail| mail.unwrap().path()) {
            // somebody else may have taken it meanwhile
            let Ok(text) = std::fs::read_to_string(&mail) else {
                continue;
            };
            if mail.extension().is_some_and(|kind| kind == "eml")
                && text.contains(&format!("To: {email}\r\n"))
            {
                std::fs::remove_file(mail).unwrap();
                return code_in(&text);
            }
        }
        panic!("no mail to {email}");
    }

    pub(crate) fn log_lines(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(self.path("logs/access.log")).unwrap_or_default();
        // the last line may be in the making
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        whole
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

/// Some tests need what operators use beside the server.
pub(crate) const INSTALLED: &str = "it is installed (scripts/test does that)";

/// The search path, with where systems keep what only root usually runs.
pub(crate) fn with_sbin() -> String {
    format!(
        "{}:/usr/sbin:/sbin",
        std::env::var("PATH").unwrap_or_default()
    )
}

/// `larimard` in a folder, without anything else.
pub(crate) fn bare(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_larimard"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("LARIMAR_")) {
        command.env_remove(name);
    }
    command.current_dir(folder).stdin(Stdio::null());
    command
}

pub(crate) fn code_in(mail: &str) -> String {
    let groups = |line: &&str| {
        let mut groups = line.split('-');
        line.len() == 19 && groups.all(|group| group.len() == 4)
    };
    mail.lines()
        .map(str::trim)
        .find(groups)
        .expect("a code on a line of its own")
        .to_owned()
}

/// A server at work. It is killed when this is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    said: Arc<Mutex<String>>,
    reader: Option<std::thread::JoinHandle<()>>,
    http: reqwest::blocking::Client,
}

impl Server {
    pub(crate) fn started_by(mut command: Command) -> Self {
        let child = command.stderr(Stdio::piped()).spawn().unwrap();
        Self::of(child).unwrap_or_else(|said| panic!("it ended: {said}"))
    }

    fn of(mut child: Child) -> Result<Self, String> {
        let said = Arc::new(Mutex::new(String::new()));
        let reader = listen_to(&mut child, &said);
        let mut address = None;
        until("the start", || {
            let said = said.lock().unwrap();
            let rest = said.split("listening  ").nth(1);
            address = rest.and_then(|rest| {
                let url = rest.split_whitespace().next()?;
                url.split("://").nth(1)?.parse().ok()
            });
            address.is_some() || child.try_wait().unwrap().is_some()
        });
        let Some(address) = address else {
            reader.join().unwrap();
            return Err(said.lock().unwrap().clone());
        };
        Ok(Self {
            child,
            address,
            said,
            reader: Some(reader),
            http: client(),
        })
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it wrote to standard error.
    pub(crate) fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    pub(crate) fn post(&self, body: &str) -> reqwest::Result<(u16, Value)> {
        self.post_with(body, &[])
    }

    pub(crate) fn post_with(
        &self,
        body: &str,
        headers: &[(&str, &str)],
    ) -> reqwest::Result<(u16, Value)> {
        let url = format!("http://{}/", self.address);
        let mut request = self
            .http
            .post(url)
            .header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.body(body.to_owned()).send()?;
        let status = response.status().as_u16();
        let text = response.text()?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }

    /// The answer, or `None` if none came.
    pub(crate) fn ask(&self, method: &str, params: &Value) -> Option<Result<Value, Value>> {
        let (status, answer) = self.post(&request(method, params)).ok()?;
        assert_eq!(status, 200);
        Some(outcome(answer))
    }

    #[track_caller]
    pub(crate) fn ok(&self, method: &str, params: Value) -> Value {
        self.ask(method, &params)
            .expect("an answer")
            .expect("a result")
    }

    #[track_caller]
    pub(crate) fn refused(&self, method: &str, params: Value) -> Value {
        self.ask(method, &params)
            .expect("an answer")
            .expect_err("an error")
    }

    pub(crate) fn get(&self, path: &str) -> (u16, String) {
        let response = self
            .http
            .get(format!("http://{}{path}", self.address))
            .send()
            .unwrap();
        (response.status().as_u16(), response.text().unwrap())
    }

    /// A wallet of this person's, with this e-mail address and these bytes.
    pub(crate) fn create(&self, house: &House, person: &Person, email: &str, data: &[u8]) {
        self.ok("requestCode", json!([email]));
        self.ok("createWallet", person.create(&house.code(email), data));
    }

    pub(crate) fn socket(&self) -> Socket {
        Socket::open(self.address)
    }

    pub(crate) fn memory_in_mib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .unwrap();
        line.split_whitespace()
            .nth(1)
            .unwrap()
            .parse::<u64>()
            .unwrap()
            / 1024
    }

    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// How many files it has open, sockets among them.
    pub(crate) fn open_files(&self) -> usize {
        let files = format!("/proc/{}/fd", self.child.id());
        std::fs::read_dir(files).unwrap().count()
    }

    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status()
            .unwrap();
        assert!(sent.success());
    }

    /// Waits for the end, and says how it was and what was written to standard error.
    pub(crate) fn ended(&mut self) -> (ExitStatus, String) {
        let mut status = None;
        until("the end", || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        self.reader.take().unwrap().join().unwrap();
        (status.unwrap(), self.said())
    }

    /// Stops it in the proper way.
    pub(crate) fn stop(mut self) -> String {
        self.http = client();
        self.signal("TERM");
        let (status, said) = self.ended();
        assert!(status.success(), "{status}: {said}");
        said
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn listen_to(child: &mut Child, said: &Arc<Mutex<String>>) -> std::thread::JoinHandle<()> {
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let said = Arc::clone(said);
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            let mut said = said.lock().unwrap();
            said.push_str(&line);
            said.push('\n');
        }
    })
}

fn client() -> reqwest::blocking::Client {
    let builder = reqwest::blocking::Client::builder()
        .no_proxy()
        .timeout(PATIENCE);
    builder.build().unwrap()
}

pub(crate) fn request(method: &str, params: &Value) -> String {
    json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).to_string()
}

/// Result or error of an answer.
pub(crate) fn outcome(mut answer: Value) -> Result<Value, Value> {
    match answer.get_mut("error") {
        Some(error) => Err(error.take()),
        None => Ok(answer["result"].take()),
    }
}

pub(crate) fn name(error: &Value) -> &str {
    error["data"]["name"].as_str().unwrap_or_default()
}

/// A bare connection.
pub(crate) struct Socket(pub(crate) TcpStream);

impl Socket {
    pub(crate) fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self(stream)
    }

    pub(crate) fn send(&mut self, text: impl AsRef<[u8]>) -> &mut Self {
        self.0.write_all(text.as_ref()).unwrap();
        self
    }

    /// The head of a POST, with this length of body.
    pub(crate) fn send_head(&mut self, length: usize) -> &mut Self {
        self.send(format!("POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"))
    }

    pub(crate) fn send_call(&mut self, method: &str, params: &Value) -> &mut Self {
        let body = request(method, params);
        self.send_head(body.len()).send(body)
    }

    /// Turns it into a WebSocket.
    pub(crate) fn upgrade(&mut self) -> &mut Self {
        self.send("GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        assert_eq!(self.status(), 101);
        self
    }

    /// The status of the answer; its head is read.
    pub(crate) fn status(&mut self) -> u16 {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            self.0.read_exact(&mut byte).expect("a head");
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).unwrap();
        head.split(' ').nth(1).unwrap().parse().unwrap()
    }

    /// What comes until the server closes.
    pub(crate) fn rest(&mut self) -> String {
        let mut bytes = Vec::new();
        match self.0.read_to_end(&mut bytes) {
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => panic!("it stays open"),
            _ => String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}
