//! What the operator runs: the commands of `larimard`.

mod serve;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::{Faults, Loaded, Sources, load};

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

Exit codes: 0 stopped as told; 1 it failed, the last line says why; 2 wrong flags or settings.";

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
    /// Serve until SIGTERM or SIGINT
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
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The settings are wrong.
    #[error("{0}")]
    Settings(#[from] Faults),
    /// Anything else.
    #[error("{0:#}")]
    Other(#[from] anyhow::Error),
}

impl Failure {
    /// 2 for wrong settings, as for wrong flags; else 1.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Settings(_) => ExitCode::from(2),
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
        let (within, json) = match self.command {
            None => (SettingsArgs::default(), None),
            Some(Command::Serve { settings }) => (settings, None),
            Some(Command::CheckConfig { settings, json }) => (settings, Some(json)),
        };
        let loaded = load(&self.settings.and(within)?)?;
        match json {
            None => serve::serve(&loaded)?,
            Some(json) => check_config(&loaded, json).map_err(anyhow::Error::from)?,
        }
        Ok(())
    }
}

impl SettingsArgs {
    /// Those before the command and those behind it.
    fn and(mut self, within: Self) -> anyhow::Result<Sources> {
        for (name, before, behind) in [
            ("--config", self.config.is_some(), within.config.is_some()),
            ("--listen", self.listen.is_some(), within.listen.is_some()),
        ] {
            anyhow::ensure!(
                !(before && behind),
                "{name} is given twice, before the command and behind it"
            );
        }
        self.set.extend(within.set);
        let (config, listen) = (self.config.or(within.config), self.listen.or(within.listen));
        Ok(Sources::of_process(config, listen, self.set)?)
    }
}

/// A reader who has seen enough, such as `head`, is no failure.
fn check_config(loaded: &Loaded, json: bool) -> io::Result<()> {
    let text = match json {
        true => format!("{:#}", loaded.to_json()),
        false => loaded.to_toml(),
    };
    let mut out = io::stdout().lock();
    match writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error),
        _ => {}
    }
    for warning in loaded.warnings() {
        eprintln!("warning: {warning}");
    }
    Ok(())
}
