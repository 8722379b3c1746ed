//! The program: reads the command line and does what it says.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the command line answers whoever typed it"
)]

mod cli;

use clap::Parser;
use cli::{Cli, explain, log, run};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return explain(&error),
    };
    log::begin(cli.log_format);
    match run(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("control-maniac: {error}");
            ExitCode::FAILURE
        }
    }
}
