//! The server's program.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use larimar::admin::Cli;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "larimard: {failure}");
            failure.exit_code()
        }
    }
}
