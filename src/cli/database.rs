//! `migrate` and `check`: the commands for a whole database.

use super::{error::CliError, speech::Speech, values};
use crate::{
    message::{Joint, Told, Value},
    messages::{check as words, cli},
    server::{
        check, config::StartError, database_version::DatabaseVersion, db, in_use::InUse, migrate::Outcome,
        program::Program,
    },
};
use clap::Args;
use sea_orm::DatabaseConnection;

#[derive(Args)]
pub struct DatabaseOption {
    // Global, so that it may stand behind a command of `user` too.
    #[arg(
        long,
        global = true,
        env = "CONTROL_MANIAC_DATABASE_URL",
        default_value = "sqlite:control-maniac.db",
        hide_env_values = true,
        value_parser = values::database_url
    )]
    pub database_url: String,
}

/// Brings the database at `url` up to date.
///
/// # Errors
/// It can't be opened or brought up to date, or this program may not use it; it is as it was.
pub async fn migrate(url: &str, speech: &Speech) -> Result<(), CliError> {
    let _in_use = InUse::share(url).await?;
    let db = db::open(url).await?;
    let migrated = db::migrate(&db).await;
    db.close().await?;
    speech.line(match migrated? {
        Outcome::Migrated | Outcome::WasCurrent => cli::up_to_date(),
        Outcome::IsNewer => cli::is_newer(Value::number(Program::THIS.number)),
    });
    Ok(())
}

/// Prints the rules for the database at `url`, and whether each holds.
///
/// # Errors
/// It can't be opened, this program may not use it, or a rule doesn't hold.
pub async fn check(url: &str, speech: &Speech) -> Result<(), CliError> {
    let _in_use = InUse::share_existing(url).await?;
    let db = db::open_existing(url).await?;
    let checked = run_checks(&db).await;
    db.close().await?;
    let (findings, demo_accounts) = checked?;
    for finding in &findings {
        speech.line(match finding.faults {
            0 => words::holds(finding.message()),
            _ => words::fails(finding.message()),
        });
    }
    if !demo_accounts.is_empty() {
        let accounts = demo_accounts.into_iter().map(Value::Text).collect();
        speech.line(words::note(Value::Joined(accounts, Joint::Comma)));
    }
    match findings.iter().filter(|finding| finding.faults > 0).count() {
        0 => Ok(()),
        failed => Err(CliError::Check(failed as u64)),
    }
}

/// What the checks find, and which accounts of the demo studio are open.
async fn run_checks(db: &DatabaseConnection) -> Result<(Vec<check::Finding>, Vec<String>), CliError> {
    let version = DatabaseVersion::read(db).await?;
    version.fit(&Program::THIS).map_err(StartError::Version)?;
    Ok((check::run(db).await?, check::open_demo_accounts(db).await?))
}
