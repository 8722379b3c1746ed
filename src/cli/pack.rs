//! `pack`: makes a release, one file that needs no other.

use super::{error::CliError, speech::Speech};
use crate::{message::Value, messages::cli, server::site};
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct Options {
    folder: PathBuf,
    hashes: PathBuf,
    to: PathBuf,
}

/// Writes this program and the files that were built for the browser as the options say.
///
/// # Errors
/// What is missing, or can't be read or written.
pub fn pack(options: &Options, speech: &Speech) -> Result<(), CliError> {
    let program = std::env::current_exe().map_err(CliError::Program)?;
    let size = site::pack(&program, &options.folder, &options.hashes, &options.to)?;
    speech.line(cli::packed(Value::path(&options.to), size.div_ceil(1_000_000)));
    Ok(())
}
