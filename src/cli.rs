//! The command line: its commands and options. Each command has a file.

mod backup;
mod database;
mod error;
mod export;
pub mod log;
mod pack;
mod serve;
mod user;

use clap::{Parser, Subcommand};
use database::DatabaseOption;
use error::CliError;
use std::process::ExitCode;

/// The commands and options of the command line.
#[derive(Parser)]
#[command(name = "control-maniac", version, about = "Controlling for software studios")]
pub struct Cli {
    /// How the log is written, to the standard error: lines for a person, or an object in JSON a line.
    #[arg(long, global = true, env = "CONTROL_MANIAC_LOG_FORMAT", value_enum, default_value_t)]
    pub log_format: log::LogFormat,
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
    /// Check the database and what must always hold for its data; changes nothing.
    Check(DatabaseOption),
    /// Write a copy of the database to a file; a server may use it meanwhile.
    Backup(backup::ToOptions),
    /// Put such a copy in place of the database, and set aside what is there; nothing may use it meanwhile.
    Restore(backup::FromOptions),
    /// Write a page of the application to a file: XLSX or CSV; changes nothing.
    Export(export::Options),
    /// Make a release of this program and the files built for the browser; `make build` does.
    #[command(hide = true)]
    Pack(pack::Options),
}

/// Does what the command line says.
///
/// # Errors
/// Why the program ends, in one line.
pub async fn run(cli: Cli) -> Result<(), CliError> {
    match cli.command {
        Command::Serve(options) => serve::serve(options).await,
        Command::User { database, command } => user::user(&database.database_url, command).await,
        Command::Migrate(database) => database::migrate(&database.database_url).await,
        Command::Check(database) => database::check(&database.database_url).await,
        Command::Backup(options) => backup::backup(options).await,
        Command::Restore(options) => backup::restore(options).await,
        Command::Export(options) => export::export(options).await,
        Command::Pack(options) => pack::pack(&options),
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

/// A database's address in the wrong place may contain a password.
fn without_addresses(cause: &str) -> String {
    // The address of a web server contains neither an account nor parameters.
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
    use clap::CommandFactory;

    /// Checks that the text names each option of `command` and of its subcommands.
    fn assert_documented(command: &clap::Command, text: &str) {
        for option in command.get_arguments().filter(|option| option.get_long().is_some()) {
            let name = option.get_long().unwrap_or_default();
            if matches!(name, "help" | "version") {
                continue;
            }
            let row = text.lines().find(|line| line.starts_with(&format!("| `--{name}")));
            let row =
                row.unwrap_or_else(|| panic!("docs/OPERATION.md has no row for --{name} of {}", command.get_name()));
            if let Some(variable) = option.get_env() {
                assert!(row.contains(&*variable.to_string_lossy()), "--{name}: {row}");
            }
        }
        command
            .get_subcommands()
            .for_each(|command| assert_documented(command, text));
    }

    #[test]
    fn every_option_is_documented() {
        assert_documented(&Cli::command(), include_str!("../docs/OPERATION.md"));
    }

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
