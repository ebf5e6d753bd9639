//! `larimard test-mail`, and what it shares with the server.

use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::json;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use super::backup::tell;
use crate::config::{Loaded, Settings, Transport};
use crate::mail::{self, EmailAddress, InvalidTemplate, Template};

/// The words that the operator wants, if there are some.
pub(super) fn template(settings: &Settings) -> Result<Option<Template>, InvalidTemplate> {
    let path = &settings.mail.template;
    match path.as_os_str().is_empty() {
        true => Ok(None),
        false => Template::read(path).map(Some),
    }
}

/// What mails go out by, and in which words.
pub(super) fn options_of_mail(settings: &Settings) -> anyhow::Result<mail::Options> {
    let mail = &settings.mail;
    Ok(mail::Options {
        transport: match mail.transport {
            Transport::Print => mail::Transport::Print,
            Transport::File => mail::Transport::File(mail.directory.clone()),
            Transport::Smtp => mail::Transport::Smtp(mail.url.expose().parse()?),
            Transport::Sendmail => {
                let command = &mail.sendmail;
                anyhow::ensure!(
                    command.exists(),
                    "mail.sendmail = {} does not exist: install one, or set mail.sendmail or mail.transport",
                    command.display()
                );
                mail::Transport::Sendmail(command.clone())
            }
        },
        from: mail.from.clone(),
        template: template(settings)?,
        timeout: Duration::from_secs(mail.timeout_seconds.into()),
        concurrent: mail.concurrent as usize,
    })
}

/// What was tried.
#[derive(Debug, Serialize)]
struct Step {
    step: &'static str,
    ok: bool,
    said: String,
}

/// Sends a mail as people get it, with a code that opens nothing, and says each step. Each takes `mail.timeout_seconds` at the most.
///
/// # Errors
/// If it was not handed over.
pub(super) fn test_mail(loaded: &Loaded, to: &EmailAddress, json: bool) -> anyhow::Result<()> {
    let mut steps = Steps {
        shown: !json,
        taken: Vec::new(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let sent = runtime.block_on(steps.take(&loaded.settings, to));
    // a name server that does not answer holds nothing up
    runtime.shutdown_background();
    for warning in loaded.warnings() {
        if warning.starts_with("mail.") {
            say!("warning: {warning}");
        }
    }
    if json {
        tell(
            true,
            &json!({"sent": sent.is_some(), "steps": steps.taken}),
            "",
        );
    }
    match sent {
        Some(()) => Ok(()),
        None => anyhow::bail!("the mail was not handed over"),
    }
}

struct Steps {
    shown: bool,
    taken: Vec<Step>,
}

impl Steps {
    /// Takes one step after the other, up to one that fails.
    async fn take(&mut self, settings: &Settings, to: &EmailAddress) -> Option<()> {
        let patience = Duration::from_secs(settings.mail.timeout_seconds.into());
        let options = match options_of_mail(settings) {
            Ok(options) => options,
            Err(error) => return self.failed("settings", format!("{error:#}")),
        };
        let way = way(&options);
        self.done("settings", format!("{way}, from {}", options.from));
        if let mail::Transport::Smtp(url) = &options.transport
            && let Some((host, port)) = url.server()
        {
            self.reach(&host, port, patience).await?;
        }
        let printed = matches!(options.transport, mail::Transport::Print);
        let begun = Instant::now();
        let expires = settings.codes.expire_seconds.into();
        match mail::try_out(options, to, expires).await {
            Ok(file) => {
                let took = begun.elapsed().as_secs_f32();
                let said = match file {
                    Some(file) => format!(
                        "it is in {}, and nobody gets it: mail.transport = file",
                        file.display()
                    ),
                    None if printed => {
                        "it was printed, and nobody gets it: mail.transport = print".to_owned()
                    }
                    None => format!(
                        "handed over within {took:.1} seconds. Look whether it arrives, and whether as spam"
                    ),
                };
                self.done("mail", format!("{said}; its code opens nothing"));
                Some(())
            }
            Err(failed) => {
                let words = failed.words.map(|words| {
                    let words: String = words.chars().take(MOST_WORDS).collect();
                    format!(". It said: {}", words.replace(char::is_control, " "))
                });
                self.failed(
                    "mail",
                    format!("{}{}", failed.error, words.unwrap_or_default()),
                )
            }
        }
    }

    /// Looks the mail server up, and connects once.
    async fn reach(&mut self, host: &str, port: u16, patience: Duration) -> Option<()> {
        let found = match timeout(patience, lookup_host((host, port))).await {
            Ok(Ok(found)) => found.collect::<Vec<_>>(),
            Ok(Err(error)) => {
                return self.failed("name", format!("{host} is not found ({error}): check the host in mail.url, and the name servers of this machine"));
            }
            Err(_) => {
                return self.failed("name", format!("no name server answers for {host}: check those of this machine (/etc/resolv.conf)"));
            }
        };
        let addresses: Vec<String> = found.iter().map(|one| one.ip().to_string()).collect();
        self.done("name", format!("{host} is {}", addresses.join(", ")));
        let why = match timeout(patience, TcpStream::connect(found.as_slice())).await {
            Ok(Ok(stream)) => {
                let peer = stream
                    .peer_addr()
                    .map_or_else(|_| host.to_owned(), |peer| peer.to_string());
                self.done("connection", format!("{peer} answers"));
                return Some(());
            }
            Ok(Err(error)) => error.to_string(),
            Err(_) => "no answer".to_owned(),
        };
        self.failed("connection", format!("no connection to {host}, port {port} ({why}): check host and port in mail.url, and the firewall; many providers block port 25"))
    }

    fn done(&mut self, step: &'static str, said: String) {
        self.note(Step {
            step,
            ok: true,
            said,
        });
    }

    fn failed<T>(&mut self, step: &'static str, said: String) -> Option<T> {
        self.note(Step {
            step,
            ok: false,
            said,
        });
        None
    }

    fn note(&mut self, step: Step) {
        if self.shown {
            let word = if step.ok { "ok" } else { "FAILED" };
            let line = format!("{word:<7} {:<11} {}", step.step, step.said);
            tell(false, &json!(null), &line);
        }
        self.taken.push(step);
    }
}

/// Of what a mail server says, so much is shown.
const MOST_WORDS: usize = 500;

fn way(options: &mail::Options) -> String {
    match &options.transport {
        mail::Transport::Print => "printed to standard error".to_owned(),
        mail::Transport::File(directory) => format!("a file in {}", directory.display()),
        mail::Transport::Smtp(url) => match url.server() {
            Some((host, port)) => format!("by SMTP through {host}, port {port}"),
            None => "by SMTP".to_owned(),
        },
        mail::Transport::Sendmail(program) => format!("by {}", program.display()),
    }
}
