//! Manual pages and shell completions of both programs, made from their commands.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;
use clap_complete::{Shell, generate};

/// What a program says of itself to others than people.
#[derive(Debug, Subcommand)]
pub enum Manual {
    /// Print the completions of a shell
    #[command(after_help = "Needs: nothing.\n\n\
        Examples:\n  larimar completions bash > ~/.local/share/bash-completion/completions/larimar\n  \
        larimard completions fish > ~/.config/fish/completions/larimard.fish")]
    Completions {
        /// Which
        shell: Shell,
    },
    /// Write the manual pages, one a command, into a folder
    #[command(after_help = "Needs: a folder, which is made if it is not there.\n\n\
        Examples:\n  larimar man ~/.local/share/man/man1\n  larimard man /usr/local/share/man/man1")]
    Man {
        /// The folder
        folder: PathBuf,
    },
}

impl Manual {
    /// Prints or writes what it is asked for.
    ///
    /// # Errors
    /// What keeps it from writing; that nobody reads on is none.
    pub fn run(&self, mut program: clap::Command) -> io::Result<()> {
        match self {
            Self::Completions { shell } => {
                let (name, mut text) = (program.get_name().to_owned(), Vec::new());
                generate(*shell, &mut program, name, &mut text);
                let mut out = io::stdout().lock();
                match out.write_all(&text).and_then(|()| out.flush()) {
                    Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
                    _ => Ok(()),
                }
            }
            Self::Man { folder } => pages(program, folder),
        }
    }
}

fn pages(program: clap::Command, folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    // the width of a terminal is nothing to a page
    clap_mangen::generate_to(program.disable_help_subcommand(true), folder)
}
