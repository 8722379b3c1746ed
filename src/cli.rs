//! The command line: its commands and options. Each command has a file; what they are for is said in `cli/help.rs`.

mod backup;
mod database;
mod error;
mod export;
mod help;
mod log;
mod meanings;
mod pack;
mod serve;
mod speech;
mod user;
mod values;
mod wrong_arguments;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use database::DatabaseOption;
use error::CliError;
use speech::Speech;
use std::{ffi::OsString, process::ExitCode};

/// The exit code if the arguments can't be read.
const WRONG_ARGUMENTS: u8 = 2;

#[derive(Parser)]
#[command(name = "control-maniac", version)]
struct Cli {
    #[arg(long, global = true, env = log::VARIABLE, value_enum, default_value_t)]
    log_format: log::LogFormat,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::Options),
    User {
        #[command(flatten)]
        database: DatabaseOption,
        #[command(subcommand)]
        command: user::UserCommand,
    },
    Migrate(DatabaseOption),
    Check(DatabaseOption),
    Backup(backup::ToOptions),
    Restore(backup::FromOptions),
    Export(export::Options),
    #[command(hide = true)]
    Pack(pack::Options),
}

/// Does what the arguments of this process say, and tells the person who typed them, in the language of the environment,
/// what came of it.
pub async fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let locale = speech::locale_of_environment();
    let mut command = help::in_words(Cli::command(), &locale);
    let read = command.try_get_matches_from_mut(&arguments);
    let cli = match read.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => {
            let speech = Speech::new(locale, log::wanted(&arguments));
            if !error.use_stderr() {
                speech.print(&error.to_string());
                return ExitCode::SUCCESS;
            }
            speech.fail(&wrong_arguments::message(&error, &command, &arguments));
            return ExitCode::from(WRONG_ARGUMENTS);
        }
    };
    log::begin(cli.log_format);
    let speech = Speech::new(locale, cli.log_format);
    match act(cli.command, &speech).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            speech.fail(&error);
            ExitCode::FAILURE
        }
    }
}

async fn act(command: Command, speech: &Speech) -> Result<(), CliError> {
    match command {
        Command::Serve(options) => serve::serve(options, speech).await,
        Command::User { database, command } => user::user(&database.database_url, command, speech).await,
        Command::Migrate(database) => database::migrate(&database.database_url, speech).await,
        Command::Check(database) => database::check(&database.database_url, speech).await,
        Command::Backup(options) => backup::backup(options, speech).await,
        Command::Restore(options) => backup::restore(options, speech).await,
        Command::Export(options) => export::export(options, speech).await,
        Command::Pack(options) => pack::pack(&options, speech),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
