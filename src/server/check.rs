//! The rules that must always hold for the data, checked on the data itself; nothing is changed.
//!
//! A fault is found by one rule alone: the others leave out rows that are wrong by themselves.

mod beyond_limits;
mod book_rules;
mod finding;
mod row_names;
mod shares;

pub use finding::Finding;

use super::{
    accounts::{AccountError, accounts_sql},
    demo,
    password::{self, HashError},
    schema,
    sql::sql,
};
use crate::{
    message::{Message, Value},
    messages::check as messages,
};
use sea_orm::{DatabaseConnection, DbBackend, DbErr, FromQueryResult};

/// A reference that leads nowhere, as SQLite names it.
#[derive(FromQueryResult)]
struct LooseEnd {
    table: String,
    /// None if the table has no row numbers.
    rowid: Option<i64>,
}

/// Checks every rule, and the database file itself, if it is a file.
///
/// # Errors
/// The database failed, or it is not this program's.
pub async fn run(db: &DatabaseConnection) -> Result<Vec<Finding>, DbErr> {
    let mut findings = Vec::new();
    if db.get_database_backend() == DbBackend::Sqlite {
        let mut said: Vec<String> = sql("PRAGMA integrity_check").values(db).await?;
        said.retain(|line| line != "ok");
        // A finding is one line.
        let said = said.iter().map(|line| Value::text(line.replace(char::is_control, " ")));
        let said = said.collect();
        findings.push(Finding::of(messages::whole_file(), said));
        let broken: Vec<LooseEnd> = sql("PRAGMA foreign_key_check").all(db).await?;
        let broken = broken.into_iter();
        let broken = broken.map(|end| {
            let row = Value::number(end.rowid.unwrap_or_default());
            Value::from(messages::loose_end(row, Value::text(end.table)))
        });
        findings.push(Finding::of(messages::references(), broken.collect()));
    }
    let missing = schema::missing(db).await?;
    findings.push(Finding {
        rule: messages::all_parts(),
        faults: missing.len() as u64,
        named: missing
            .iter()
            .map(|part| Value::from(messages::missing(part.clone())))
            .collect(),
    });
    if !schema::is_current(db).await? {
        findings.push(Finding::of(messages::current(), vec![messages::is_earlier().into()]));
        // The rules below read tables and columns that only a migration makes.
        return Ok(findings);
    }
    if !missing.is_empty() {
        // The rules below read the missing parts.
        return Ok(findings);
    }
    findings.push(beyond_limits::beyond(db).await?);
    findings.push(shares::wrong(db).await?);
    for (rule, found) in book_rules::rules(db.get_database_backend()) {
        findings.push(Finding::by(db, rule, &found).await?);
    }
    for (rule, found) in of_accounts() {
        findings.push(Finding::by(db, rule, &found).await?);
    }
    Ok(findings)
}

/// Each rule about accounts with a query that names the rows that break it.
fn of_accounts() -> [(Message, String); 2] {
    let (key, account) = ("key".to_owned(), "user_id".to_owned());
    let setting = [key, account.clone()];
    [
        (
            messages::revisions(),
            format!(
                "SELECT {} AS what FROM settings WHERE revision NOT BETWEEN 1 AND 1000000000000",
                row_names::coded("setting", &setting)
            ),
        ),
        (
            messages::owners(),
            format!(
                "SELECT {} AS what FROM settings WHERE user_id NOT IN (SELECT id FROM users)
                 UNION ALL
                 SELECT {} FROM sessions WHERE user_id IS NOT NULL AND user_id NOT IN (SELECT id FROM users)",
                row_names::coded("setting of nobody", &setting),
                row_names::coded("session of nobody", &[account])
            ),
        ),
    ]
}

/// The accounts of the demo studio that still have their published password, by their e-mail. In a demo that is as it
/// should be, so it breaks no rule.
///
/// # Errors
/// The database failed, or a password could not be compared.
pub async fn open_demo_accounts(db: &DatabaseConnection) -> Result<Vec<String>, AccountError> {
    let mut open = Vec::new();
    for (email, _) in demo::ACCOUNTS {
        let Some(hash) = accounts_sql::password_hash(db, email).await? else {
            continue;
        };
        match password::verify(demo::PASSWORD.to_owned(), Some(hash), drop).await {
            Ok(true) => open.push(email.to_owned()),
            // Nobody logs in with a hash that can't be used.
            Ok(false) | Err(HashError::Stored(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(open)
}
