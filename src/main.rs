//! The program: does what the command line says.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    control_maniac::cli::run().await
}
