//! The command line: what can be said, and what ends the program before its time. A file a command.

mod backup;
mod database;
mod serve;
mod user;

use clap::{Args, Parser, Subcommand};
use control_maniac::server::{accounts, backup::BackupError, config::StartError, password};
use std::process::ExitCode;

/// What can be said on the command line.
#[derive(Parser)]
#[command(name = "control-maniac", version, about = "Controlling for software studios")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the application until Ctrl-C or SIGTERM.
    Serve(serve::Options),
    /// Add, list and remove accounts, and set passwords.
    User {
        #[command(flatten)]
        database: DatabaseOption,
        #[command(subcommand)]
        command: user::UserCommand,
    },
    /// Bring the database up to date; serving does so by itself.
    Migrate(DatabaseOption),
    /// Check the database and what must always hold of its data; changes nothing.
    Check(DatabaseOption),
    /// Write a copy of the database to a file; a server may use it meanwhile.
    Backup(backup::ToOptions),
    /// Put such a copy in the place of the database, and set aside what is there; nothing may use it meanwhile.
    Restore(backup::FromOptions),
}

#[derive(Args)]
pub struct DatabaseOption {
    /// The database: sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME.
    #[arg(
        long,
        env = "CONTROL_MANIAC_DATABASE_URL",
        default_value = "sqlite:control-maniac.db",
        hide_env_values = true
    )]
    pub database_url: String,
}

/// What ends the program before its time: one line.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("can't read Leptos.toml: {0}. Start the program in the folder that has it, or set LEPTOS_OUTPUT_NAME.")]
    Leptos(String),
    #[error("the server has no address: {0}")]
    Serve(std::io::Error),
    #[error("can't read the password: {0}")]
    Input(std::io::Error),
    #[error("the two passwords are not the same, so nothing was changed; start again")]
    TypedDifferently,
    #[error(transparent)]
    Password(#[from] password::HashError),
    #[error(transparent)]
    Account(#[from] accounts::ChangeError),
    #[error(transparent)]
    Accounts(#[from] accounts::AccountError),
    #[error("the database failed: {0}")]
    Database(#[from] sea_orm::DbErr),
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error("{0} of the checks failed")]
    Check(usize),
}

/// Does what the command line says.
///
/// # Errors
/// What ends the program, in one line.
pub async fn run(cli: Cli) -> Result<(), CliError> {
    match cli.command {
        Command::Serve(options) => serve::serve(options).await,
        Command::User { database, command } => user::user(&database.database_url, command).await,
        Command::Migrate(database) => database::migrate(&database.database_url).await,
        Command::Check(database) => database::check(&database.database_url).await,
        Command::Backup(options) => backup::backup(options).await,
        Command::Restore(options) => backup::restore(options).await,
    }
}

/// Prints the help that was asked for, or what is wrong with the options, in one line.
pub fn explain(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        print!("{error}");
        return ExitCode::SUCCESS;
    }
    let text = error.to_string();
    let cause: Vec<&str> = text
        .lines()
        .take_while(|line| !line.is_empty())
        .map(str::trim)
        .collect();
    let cause = cause.join(" ");
    let cause = without_addresses(&cause);
    eprintln!(
        "control-maniac: {}; see --help",
        cause.strip_prefix("error: ").unwrap_or(&cause)
    );
    ExitCode::from(2)
}

/// A database's address in the wrong place may have a password in it.
fn without_addresses(cause: &str) -> String {
    // A server's own has neither an account nor parameters.
    let is_plain = |word: &str| {
        let address = word.trim_start_matches(['\'', '"', '(', '`']);
        (address.starts_with("https://") || address.starts_with("http://")) && !address.contains(['@', '?'])
    };
    let words = cause
        .split(' ')
        .map(|word| match word.contains("://") && !is_plain(word) {
            true => "…",
            false => word,
        });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_the_wrong_place_is_not_printed() {
        let error = Cli::try_parse_from(["control-maniac", "check", "postgres://me:secret@db/studio"]).err();
        let cause = without_addresses(&error.unwrap().to_string());
        assert!(
            !cause.contains("secret") && cause.contains("unexpected argument …"),
            "{cause}"
        );
        let error = Cli::try_parse_from(["control-maniac", "serve", "--public-url", "https://c.example/sub"]).err();
        let cause = without_addresses(&error.unwrap().to_string());
        assert!(cause.contains("'https://c.example/sub'"), "{cause}");
    }
}
