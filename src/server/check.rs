//! What must always hold of the data, checked on the data itself; nothing is changed.
//!
//! What breaks a rule is found by that rule alone: the others leave out what can't be right by itself.

mod books;
mod limits;
mod rows;
mod shares;

use super::{
    accounts::AccountError,
    demo,
    entities::user,
    form,
    password::{self, HashError},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, QueryFilter, QueryOrder, Statement,
};
use std::fmt;

/// How many of what breaks a rule are named.
const NAMED: usize = 3;

/// What one check found.
pub struct Finding {
    /// What must hold.
    pub rule: &'static str,
    /// How many break it, or are missing.
    pub faults: i64,
    /// The first of them, by what people know them by.
    pub named: Vec<String>,
}

impl Finding {
    /// All that breaks `rule` by its name, of which the first are kept.
    fn of(rule: &'static str, mut named: Vec<String>) -> Self {
        let faults = named.len() as i64;
        named.truncate(NAMED);
        Self { rule, faults, named }
    }

    /// What `found` finds, a query for names in the column `what`.
    async fn by(db: &DatabaseConnection, rule: &'static str, found: &str) -> Result<Self, DbErr> {
        let select = format!(
            "SELECT CAST(COUNT(*) OVER () AS BIGINT) AS faults, what FROM ({found}) AS found ORDER BY what LIMIT {NAMED}"
        );
        let rows = query(db, &select).await?;
        let named = rows.iter().map(|row| row.try_get("", "what"));
        Ok(Self {
            rule,
            faults: rows.first().map_or(Ok(0), |row| row.try_get("", "faults"))?,
            named: named.collect::<Result<_, _>>()?,
        })
    }

    /// Takes what another one has found of the same rule.
    fn join(&mut self, other: Self) {
        self.faults += other.faults;
        self.named.extend(other.named);
        self.named.truncate(NAMED);
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.rule)?;
        if self.faults == 0 {
            return Ok(());
        }
        // Names come from the database, and this is one line.
        let named = self.named.join("; ").replace(char::is_control, " ");
        let verb = if self.faults == 1 { "breaks" } else { "break" };
        write!(formatter, ": {} {verb} this: {named}", self.faults)?;
        match self.faults - self.named.len() as i64 {
            0 => Ok(()),
            more => write!(formatter, "; and {more} more"),
        }
    }
}

/// Checks every rule, and the database file itself where it is one.
///
/// # Errors
/// The database failed, or it is not this program's.
pub async fn run(db: &DatabaseConnection) -> Result<Vec<Finding>, DbErr> {
    let mut findings = Vec::new();
    if db.get_database_backend() == DbBackend::Sqlite {
        let rows = query(db, "PRAGMA integrity_check").await?;
        let said = rows.iter().map(|row| row.try_get_by_index::<String>(0));
        let mut said = said.collect::<Result<Vec<_>, _>>()?;
        said.retain(|line| line != "ok");
        findings.push(Finding::of("the database file is whole", said));
        let broken = query(db, "PRAGMA foreign_key_check").await?;
        let broken = broken.iter().map(|row| {
            let (table, row): (String, Option<i64>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            Ok(format!("row {} of {table}", row.unwrap_or_default()))
        });
        let broken = broken.collect::<Result<_, DbErr>>()?;
        findings.push(Finding::of("every reference leads to a row", broken));
    }
    let missing = form::missing(db).await?;
    findings.push(Finding {
        rule: "the database has all that this program has made in it",
        faults: missing.len() as i64,
        named: missing.iter().map(|part| format!("{part} is missing")).collect(),
    });
    if !form::is_current(db).await? {
        findings.push(Finding::of(
            "the database is this version's",
            vec!["an earlier version's: run `control-maniac migrate`".to_owned()],
        ));
        // The rules below ask for what only that makes.
        return Ok(findings);
    }
    if !missing.is_empty() {
        // The rules below ask for what is missing.
        return Ok(findings);
    }
    findings.push(limits::beyond(db).await?);
    findings.push(shares::wrong(db).await?);
    for (rule, found) in books::rules(db.get_database_backend()) {
        findings.push(Finding::by(db, rule, &found).await?);
    }
    for (rule, found) in OF_ACCOUNTS {
        findings.push(Finding::by(db, rule, found).await?);
    }
    Ok(findings)
}

/// Each rule about accounts with a query that names what breaks it.
const OF_ACCOUNTS: [(&str, &str); 2] = [
    (
        "a setting's revision counts from 1, and no further than anybody has chosen",
        "SELECT key || ' of account ' || user_id AS what FROM settings WHERE revision NOT BETWEEN 1 AND 1000000000000",
    ),
    (
        "every session and every setting belongs to an account, or to nobody yet",
        "SELECT 'the setting ' || key || ' of account ' || user_id AS what
         FROM settings WHERE user_id NOT IN (SELECT id FROM users)
         UNION ALL
         SELECT 'a session of account ' || user_id
         FROM sessions WHERE user_id IS NOT NULL AND user_id NOT IN (SELECT id FROM users)",
    ),
];

/// The accounts of the demo studio that are there with their published password, by their e-mail. In a demo that is as
/// it should be, so it breaks no rule.
///
/// # Errors
/// The database failed, or a password could not be compared.
pub async fn open_demo_accounts(db: &DatabaseConnection) -> Result<Vec<String>, AccountError> {
    let known = user::Entity::find()
        .filter(user::Column::Email.is_in(demo::ACCOUNTS.map(|(email, _)| email)))
        .order_by_asc(user::Column::Id)
        .all(db)
        .await?;
    let mut open = Vec::new();
    for account in known {
        match password::verify(demo::PASSWORD.to_owned(), Some(account.password_hash), drop).await {
            Ok(true) => open.push(account.email),
            // Nobody logs in with a hash that can't be used.
            Ok(false) | Err(HashError::Stored(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(open)
}

async fn query(db: &DatabaseConnection, sql: &str) -> Result<Vec<sea_orm::QueryResult>, DbErr> {
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
}
