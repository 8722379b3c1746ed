//! `migrate` and `check`: the commands for a whole database.

use super::error::CliError;
use clap::Args;
use control_maniac::server::{
    check, config::StartError, database_version::DatabaseVersion, db, in_use::InUse, migrate::Outcome, program::Program,
};
use sea_orm::DatabaseConnection;

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

/// Brings the database at `url` up to date.
///
/// # Errors
/// It can't be opened or brought up to date, or this program may not use it; it is as it was.
pub async fn migrate(url: &str) -> Result<(), CliError> {
    let _in_use = InUse::share(url).await?;
    let db = db::open(url).await?;
    let migrated = db::migrate(&db).await;
    db.close().await?;
    match migrated? {
        Outcome::Migrated | Outcome::WasCurrent => println!("The database is up to date."),
        Outcome::IsNewer => println!(
            "A newer program has brought the database further. This one, program {}, may use it, and has nothing to add.",
            Program::THIS.number
        ),
    }
    Ok(())
}

/// Prints the rules for the database at `url`, and whether each holds.
///
/// # Errors
/// It can't be opened, this program may not use it, or a rule doesn't hold.
pub async fn check(url: &str) -> Result<(), CliError> {
    let _in_use = InUse::share_existing(url).await?;
    let db = db::open_existing(url).await?;
    let checked = run_checks(&db).await;
    db.close().await?;
    let (findings, demo_accounts) = checked?;
    for finding in &findings {
        println!("{} {}", if finding.faults == 0 { "ok    " } else { "FAILED" }, finding);
    }
    if !demo_accounts.is_empty() {
        println!(
            "note   the published password of the demo studio opens {}; set another one with `user password`, or remove \
             them with `user remove`",
            demo_accounts.join(", ")
        );
    }
    match findings.iter().filter(|finding| finding.faults > 0).count() {
        0 => Ok(()),
        failed => Err(CliError::Check(failed)),
    }
}

/// What the checks find, and which accounts of the demo studio are open.
async fn run_checks(db: &DatabaseConnection) -> Result<(Vec<check::Finding>, Vec<String>), CliError> {
    let version = DatabaseVersion::read(db).await?;
    version.fit(&Program::THIS).map_err(StartError::Version)?;
    Ok((check::run(db).await?, check::open_demo_accounts(db).await?))
}
