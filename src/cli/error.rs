//! The errors that end the program early.

use crate::{
    error::AppError,
    locale::logged_in_english,
    message::{Message, Told},
    messages::{cli, start, system},
    server::{
        accounts, backup::BackupError, cause, config::StartError, database_version::Misfit, password, site::SiteError,
    },
};

/// An error that ends the program early: one line.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    Start(#[from] StartError),
    /// A newer program took the database over from the running server.
    Overtaken(#[from] Misfit),
    Site(#[from] SiteError),
    /// Where the file of this program is.
    Program(std::io::Error),
    /// Where the server listens.
    Serve(std::io::Error),
    /// What was to be typed.
    Input(std::io::Error),
    TypedDifferently,
    Password(#[from] password::HashError),
    Account(#[from] accounts::ChangeError),
    Accounts(#[from] accounts::AccountError),
    Database(#[from] sea_orm::DbErr),
    Backup(#[from] BackupError),
    /// Why there is no file of a view.
    Export(AppError),
    /// The clocks were put forward.
    NoSuchTime,
    /// Where the file was to be written.
    Output(std::io::Error),
    /// How many rules of `check` don't hold.
    Check(u64),
}

impl Told for CliError {
    fn message(&self) -> Message {
        match self {
            Self::Start(error) => error.message(),
            Self::Overtaken(misfit) => start::overtaken(misfit.message()),
            Self::Site(error) => error.message(),
            Self::Program(error) => cli::no_program(cause::of_system(error)),
            Self::Serve(error) => cli::no_own_address(cause::of_system(error)),
            Self::Input(error) => cli::no_input(cause::of_system(error)),
            Self::TypedDifferently => cli::typed_differently(),
            Self::Password(error) => error.message(),
            Self::Account(error) => error.message(),
            Self::Accounts(error) => error.message(),
            Self::Database(error) => system::failed(cause::of_database(error)),
            Self::Backup(error) => error.message(),
            Self::Export(error) => cli::no_file(error.message.clone()),
            Self::NoSuchTime => cli::no_such_time(),
            Self::Output(error) => cli::no_output(cause::of_system(error)),
            Self::Check(failed) => cli::checks_failed(*failed),
        }
    }
}

logged_in_english!(CliError);
