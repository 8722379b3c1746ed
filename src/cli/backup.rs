//! `backup` and `restore`: a copy of the database while it is used, and the way back.

use super::{database::DatabaseOption, error::CliError, speech::Speech};
use crate::{
    message::Value,
    messages::cli,
    server::{backup, db},
};
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct ToOptions {
    #[command(flatten)]
    database: DatabaseOption,
    file: PathBuf,
}

#[derive(Args)]
pub struct FromOptions {
    #[command(flatten)]
    database: DatabaseOption,
    file: PathBuf,
}

/// Writes a copy of the database.
///
/// # Errors
/// Why there is no copy.
pub async fn backup(options: ToOptions, speech: &Speech) -> Result<(), CliError> {
    let (url, file) = (options.database.database_url, options.file);
    let size = backup::backup(&url, &file).await?;
    let database = Value::text(db::without_password(&url));
    speech.line(cli::backed_up(database, Value::path(&file), size));
    Ok(())
}

/// Puts a copy in place of the database.
///
/// # Errors
/// Why it could not; the database is then as it was.
pub async fn restore(options: FromOptions, speech: &Speech) -> Result<(), CliError> {
    let (url, file) = (options.database.database_url, options.file);
    let restored = backup::restore(&url, &file).await?;
    let database = Value::text(db::without_password(&url));
    speech.line(cli::restored(database, Value::path(&file)));
    speech.line(match restored.aside {
        Some(aside) => cli::set_aside(Value::path(&aside)),
        None => cli::nothing_before(),
    });
    Ok(())
}
