//! The errors that end the program early.

use control_maniac::server::{accounts, backup::BackupError, config::StartError, password, site::SiteError};

/// An error that ends the program early: one line.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Site(#[from] SiteError),
    #[error("can't find the file of this program: {0}")]
    Program(std::io::Error),
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
    #[error("{0}")]
    Export(String),
    #[error("there is no such time on that day: the clocks were put forward")]
    NoSuchTime,
    #[error("the file can't be written: {0}")]
    Output(std::io::Error),
    #[error("{0} of the checks failed")]
    Check(usize),
}
