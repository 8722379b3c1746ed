//! The program: reads the command line and does what it says.

mod cli;

use clap::Parser;
use cli::{Cli, explain, run};
use std::{io::IsTerminal, process::ExitCode};
use tracing_subscriber::EnvFilter;

/// What is logged where `RUST_LOG` says nothing else: what is wrong, and who came and went; not each cookie that is none.
const LOG: &str = "warn,tower_sessions::service=error,control_maniac::access=info";

#[tokio::main]
async fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return explain(&error),
    };
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(LOG)))
        .with_writer(std::io::stderr)
        // Colours are for a person; in a file they are signs that nobody can read.
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    match run(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("control-maniac: {error}");
            ExitCode::FAILURE
        }
    }
}
