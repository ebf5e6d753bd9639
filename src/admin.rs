//! What the operator runs: the commands of `larimard`.

/// Says it on standard error; that nobody reads it is no reason to stop.
macro_rules! say {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr().lock(), $($words)*);
    }};
}

mod backup;
mod certificate;
mod control;
#[cfg(fuzzing)]
pub mod fuzzing;
mod health;
mod pin_wallets;
mod registry;
mod sandbox;
mod scratch;
mod serve;
mod signals;
mod supervisor;
mod test_mail;
mod vanished;
mod verify;
mod wallets;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::config::{Faults, Loaded, Sources, load};
use crate::mail::{EmailAddress, InvalidTemplate};
use crate::manual::Manual;

/// A wallet server that cannot read what it keeps.
///
/// Without a command it serves, with config.toml of the working folder if there is one, else with the defaults, which need nothing
/// installed.
#[derive(Debug, Parser)]
#[command(name = "larimard", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    settings: SettingsArgs,
}

const EXAMPLES: &str = "\
Examples:
  larimard                                        serve on 127.0.0.1:8330, store under data/, print mails
  larimard --config /etc/larimar/config.toml      serve with these settings
  larimard --set mail.transport=file check-config show what would be in force
  LARIMAR_SERVER__LISTEN=127.0.0.1:9000 larimard  a setting from the environment

Exit codes: 0 done, or stopped as told; 1 it failed, the last line says why; 2 wrong usage, flags or settings; 3 verify found faults; \
4 there is no such wallet.";

#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Settings")]
struct SettingsArgs {
    /// The configuration file
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where to listen: server.listen
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// One setting, such as limits.batch=20; may be given several times
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve until SIGTERM or SIGINT; SIGHUP opens the access log and the certificate anew
    #[command(after_help = "Example:\n  larimard serve --config /etc/larimar/config.toml")]
    Serve {
        #[command(flatten)]
        settings: SettingsArgs,
    },
    /// Print the settings that are in force, where each came from, and what is unsafe about them
    #[command(
        after_help = "Example:\n  larimard check-config --config /etc/larimar/config.toml\n\n\
        What it prints is itself a configuration file, but for secrets, which are shown as ***. Exit code 2 if the settings are wrong."
    )]
    CheckConfig {
        /// As one JSON object: settings, origins, warnings
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        settings: SettingsArgs,
    },
    /// Send yourself the mail that people get, and say each step, and what to do about one that fails
    #[command(
        after_help = "Example:\n  larimard test-mail you@example.org --config /etc/larimar/config.toml\n\n\
        No server need run. The code in the mail opens nothing. Exit code 1 if the mail was not handed over."
    )]
    TestMail {
        /// To whom
        address: EmailAddress,
        /// Prints the steps as JSON: sent, steps
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        settings: SettingsArgs,
    },
    /// Ask the server that runs with these settings whether it is ready, and say why not
    #[command(
        after_help = "Example:\n  larimard health --config /etc/larimar/config.toml\n\n\
        For a container's health check. It asks server.listen, on loopback if that is 0.0.0.0 or [::]. Exit code 0 if it is ready, else 1; within 8 seconds."
    )]
    Health {
        /// Prints the answer as JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        settings: SettingsArgs,
    },
    /// Write everything that is stored into a file, while the server runs or not
    #[command(after_help = "Examples:\n  larimard backup /backups/today.larimar\n  \
        larimard backup /backups/today.larimar.age --passphrase-file /root/passphrase\n\n\
        The file is written whole or not at all. Without a passphrase it does not hold the server's secret: keep that apart.")]
    Backup {
        /// The file to write
        file: PathBuf,
        /// Replaces a file that is there
        #[arg(long)]
        force: bool,
        /// Prints what was done as JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        passphrase: backup::Passphrase,
        #[command(flatten)]
        settings: SettingsArgs,
    },
    /// Which wallets there are, one of them, and erasing one, while the server runs or not
    Wallets {
        #[command(subcommand)]
        command: wallets::Command,
    },
    /// Make a store of a backup, in an empty folder
    #[command(
        after_help = "Example:\n  larimard restore /backups/today.larimar --set store.path=/var/lib/larimar/data\n\n\
        The server's secret has to be there (server.secret_file), unless the backup is encrypted and so holds it. Nothing is written of a damaged backup."
    )]
    Restore {
        /// The backup
        file: PathBuf,
        /// Prints what was done as JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        passphrase: backup::Passphrase,
        #[command(flatten)]
        settings: SettingsArgs,
    },
    /// Look at every record of the store, while the server runs or not, or of a backup
    #[command(
        after_help = "Examples:\n  larimard verify\n  larimard verify /backups/today.larimar\n\n\
        Every checksum, every blob's hash, every signature against its wallet's key, every index. A backup is restored for that, without encryption, into \
        a scratch folder that only you can read and that is removed at the end, or when you stop it; what a kill leaves goes with the next verify. \
        Exit code 3 if something is wrong."
    )]
    Verify {
        /// A backup; without it the store
        file: Option<PathBuf>,
        /// Where the scratch folder for the backup is made, which takes as much as the store; else beside the backup
        #[arg(long, value_name = "FOLDER", requires = "file")]
        scratch: Option<PathBuf>,
        /// Prints what was found as JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        passphrase: backup::Passphrase,
        #[command(flatten)]
        settings: SettingsArgs,
    },
    #[command(flatten)]
    Manual(Manual),
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The settings are wrong.
    #[error("{0}")]
    Settings(#[from] Faults),
    /// The operator's words for mails are of no use.
    #[error("{0}")]
    Template(#[from] InvalidTemplate),
    /// The command was not given as it is meant to be.
    #[error("{0}")]
    Usage(String),
    /// Verification found faults, which were told.
    #[error("the store or backup is damaged")]
    Faulty,
    /// There is no such wallet, and why that may be.
    #[error("there is no such wallet; {0}")]
    NotFound(&'static str),
    /// Anything else.
    #[error("{0:#}")]
    Other(#[from] anyhow::Error),
}

impl Failure {
    /// 2 for wrong settings or usage, as for wrong flags; 3 for faults that were found; 4 for a wallet that there is not; else 1.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Settings(_) | Self::Template(_) | Self::Usage(_) => ExitCode::from(2),
            Self::Faulty => ExitCode::from(3),
            Self::NotFound(_) => ExitCode::from(4),
            Self::Other(_) => ExitCode::FAILURE,
        }
    }
}

impl Cli {
    /// Carries the command out.
    ///
    /// # Errors
    /// [`Failure`], whose text says what to do.
    pub fn run(self) -> Result<(), Failure> {
        let mut command = self.command.unwrap_or(Command::Serve {
            settings: SettingsArgs::default(),
        });
        if let Command::Manual(manual) = command {
            return Ok(manual.run(Self::command()).map_err(anyhow::Error::from)?);
        }
        if let Command::Serve { .. } = command {
            signals::outlive_hangup().map_err(anyhow::Error::from)?;
        }
        let loaded = load(&self.settings.and(command.take_settings())?)?;
        match command {
            Command::Serve { .. } => {
                test_mail::template(&loaded.settings)?;
                serve::serve(&loaded, certificate::shown(&loaded)?)?;
            }
            Command::CheckConfig { json, .. } => {
                test_mail::template(&loaded.settings)?;
                let shown = certificate::shown(&loaded)?;
                let mut warnings = loaded.warnings();
                warnings.extend(vanished::warning(&loaded.settings));
                warnings.extend(sandbox::warnings(&loaded.settings));
                warnings.extend(shown.into_iter().flat_map(|shown| shown.warnings));
                check_config(&loaded, json, &warnings).map_err(anyhow::Error::from)?;
            }
            Command::TestMail { address, json, .. } => {
                test_mail::template(&loaded.settings)?;
                test_mail::test_mail(&loaded, &address, json)?;
            }
            Command::Health { json, .. } => health::health(&loaded.settings, json)?,
            Command::Backup {
                file,
                force,
                json,
                passphrase,
                ..
            } => backup::backup(&loaded, &file, force, &passphrase, json)?,
            Command::Wallets { command } => command.run(&loaded.settings)?,
            Command::Restore {
                file,
                json,
                passphrase,
                ..
            } => backup::restore(&loaded, &file, &passphrase, json)?,
            Command::Verify {
                file,
                scratch,
                json,
                passphrase,
                ..
            } => {
                let (file, scratch) = (file.as_deref(), scratch.as_deref());
                if !verify::verified(&loaded, file, scratch, &passphrase, json)? {
                    return Err(Failure::Faulty);
                }
            }
            Command::Manual(_) => {}
        }
        Ok(())
    }
}

impl Command {
    fn take_settings(&mut self) -> SettingsArgs {
        match self {
            Self::Serve { settings }
            | Self::CheckConfig { settings, .. }
            | Self::TestMail { settings, .. }
            | Self::Health { settings, .. }
            | Self::Backup { settings, .. }
            | Self::Restore { settings, .. }
            | Self::Verify { settings, .. } => std::mem::take(settings),
            Self::Manual(_) => SettingsArgs::default(),
            Self::Wallets { command } => command.take_settings(),
        }
    }
}

impl SettingsArgs {
    /// Those before the command and those behind it.
    fn and(mut self, within: Self) -> Result<Sources, Failure> {
        for (name, before, behind) in [
            ("--config", self.config.is_some(), within.config.is_some()),
            ("--listen", self.listen.is_some(), within.listen.is_some()),
        ] {
            if before && behind {
                return Err(Failure::Usage(format!(
                    "{name} is given twice, before the command and behind it: take one away"
                )));
            }
        }
        self.set.extend(within.set);
        let (config, listen) = (self.config.or(within.config), self.listen.or(within.listen));
        Ok(Sources::of_process(config, listen, self.set).map_err(anyhow::Error::from)?)
    }
}

/// A reader who has seen enough, such as `head`, is no failure.
fn check_config(loaded: &Loaded, json: bool, warnings: &[String]) -> io::Result<()> {
    let text = match json {
        true => format!("{:#}", loaded.to_json(warnings)),
        false => loaded.to_toml(),
    };
    let mut out = io::stdout().lock();
    match writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error),
        _ => {}
    }
    for warning in warnings {
        say!("warning: {warning}");
    }
    Ok(())
}
