//! `migrate` and `check`: what is done to a whole database.

use super::CliError;
use control_maniac::server::{check, db};

/// Brings the database at `url` up to date.
///
/// # Errors
/// It can't be opened or brought up to date; it is as it was.
pub async fn migrate(url: &str) -> Result<(), CliError> {
    db::migrate(&db::open(url).await?).await?;
    println!("The database is up to date.");
    Ok(())
}

/// Prints what must hold of the database at `url` and whether it does.
///
/// # Errors
/// It can't be opened, or not all of it holds.
pub async fn check(url: &str) -> Result<(), CliError> {
    let db = db::open_existing(url).await?;
    let findings = check::run(&db).await?;
    for finding in &findings {
        println!("{} {}", if finding.faults == 0 { "ok    " } else { "FAILED" }, finding);
    }
    let demo_accounts = check::open_demo_accounts(&db).await?;
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
