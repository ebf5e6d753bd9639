//! `larimar`, the owner's command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    larimar::client::cli::run()
}
