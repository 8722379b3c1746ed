//! `pack`: makes a release, one file that needs no other.

use super::error::CliError;
use clap::Args;
use control_maniac::server::site;
use std::path::PathBuf;

#[derive(Args)]
pub struct Options {
    /// The folder with the files that were built for the browser.
    folder: PathBuf,
    /// The file in which the build lists the hashes in the names of those files.
    hashes: PathBuf,
    /// The release to write.
    to: PathBuf,
}

/// Writes this program and the files that were built for the browser as the options say.
///
/// # Errors
/// What is missing, or can't be read or written.
pub fn pack(options: &Options) -> Result<(), CliError> {
    let program = std::env::current_exe().map_err(CliError::Program)?;
    let size = site::pack(&program, &options.folder, &options.hashes, &options.to)?;
    println!(
        "{} is the whole release: {} MB.",
        options.to.display(),
        size.div_ceil(1_000_000)
    );
    Ok(())
}
