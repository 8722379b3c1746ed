//! `migrate` and `check`: what is done to a whole database.

use super::CliError;
use control_maniac::server::{check, db, in_use::InUse};

/// Brings the database at `url` up to date.
///
/// # Errors
/// It can't be opened or brought up to date; it is as it was.
pub async fn migrate(url: &str) -> Result<(), CliError> {
    let _in_use = InUse::share(url).await?;
    let db = db::open(url).await?;
    let migrated = db::migrate(&db).await;
    db.close().await?;
    migrated?;
    println!("The database is up to date.");
    Ok(())
}

/// Prints what must hold of the database at `url` and whether it does.
///
/// # Errors
/// It can't be opened, or not all of it holds.
pub async fn check(url: &str) -> Result<(), CliError> {
    let _in_use = InUse::share_existing(url).await?;
    let db = db::open_existing(url).await?;
    let findings = check::run(&db).await;
    db.close().await?;
    let findings = findings?;
    for finding in &findings {
        println!("{} {}", if finding.faults == 0 { "ok    " } else { "FAILED" }, finding);
    }
    match findings.iter().filter(|finding| finding.faults > 0).count() {
        0 => Ok(()),
        failed => Err(CliError::Check(failed)),
    }
}
