//! `backup` and `restore`: a copy of the database while it is used, and the way back.

use super::{database::DatabaseOption, error::CliError};
use clap::Args;
use control_maniac::server::{backup, db};
use std::path::PathBuf;

#[derive(Args)]
pub struct ToOptions {
    #[command(flatten)]
    database: DatabaseOption,
    /// Where to write the copy; nothing may be there yet.
    file: PathBuf,
}

#[derive(Args)]
pub struct FromOptions {
    #[command(flatten)]
    database: DatabaseOption,
    /// What `backup` has written.
    file: PathBuf,
}

/// Writes a copy of the database.
///
/// # Errors
/// Why there is no copy.
pub async fn backup(options: ToOptions) -> Result<(), CliError> {
    let (url, file) = (options.database.database_url, options.file);
    let size = backup::backup(&url, &file).await?;
    println!(
        "{} holds the database {} as it is now ({size} bytes).",
        file.display(),
        db::without_password(&url)
    );
    Ok(())
}

/// Puts a copy in place of the database.
///
/// # Errors
/// Why it could not; the database is then as it was.
pub async fn restore(options: FromOptions) -> Result<(), CliError> {
    let (url, file) = (options.database.database_url, options.file);
    let restored = backup::restore(&url, &file).await?;
    println!(
        "The database {} is as {} has it.",
        db::without_password(&url),
        file.display()
    );
    match restored.aside {
        Some(aside) => println!("What was there before is in {}.", aside.display()),
        None => println!("There was no database before."),
    }
    Ok(())
}
