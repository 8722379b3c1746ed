//! What must always hold of the data, checked on the data itself; nothing is changed.

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

/// What one check found.
pub struct Finding {
    /// What must hold.
    pub rule: &'static str,
    /// How many rows break it, or how many parts are missing.
    pub faults: i64,
    /// What is missing, where that has names.
    pub missing: Vec<String>,
}

impl Finding {
    fn of(rule: &'static str, faults: i64) -> Self {
        let missing = Vec::new();
        Self { rule, faults, missing }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.rule)?;
        if !self.missing.is_empty() {
            write!(formatter, ": {} is missing", self.missing.join(", "))?;
        } else if self.faults > 0 {
            write!(formatter, ": {} rows break this", self.faults)?;
        }
        Ok(())
    }
}

/// Each rule with a query that counts the rows that break it.
const RULES: [(&str, &str); 7] = [
    (
        "the parts of every booking add up to it, to the cent",
        "SELECT COUNT(*) AS faults FROM bookings b
         WHERE b.amount <> (SELECT COALESCE(SUM(s.amount), 0) FROM booking_parts s WHERE s.booking_id = b.id)",
    ),
    (
        "a project's and a division's booking has one part, which is theirs",
        "SELECT COUNT(*) AS faults FROM booking_parts s
         JOIN bookings b ON b.id = s.booking_id LEFT JOIN projects p ON p.id = b.project_id
         WHERE NOT b.shared
           AND COALESCE(s.division_id, 0) <> COALESCE(b.division_id, p.division_id, 0)",
    ),
    (
        "billable time on a project with a rate is worth its hours at that rate, other time nothing",
        "SELECT COUNT(*) AS faults FROM time_entries t JOIN projects p ON p.id = t.project_id
         WHERE t.revenue <> CASE WHEN t.billable AND p.kind = 'time_and_material'
                                 THEN (t.minutes * COALESCE(p.billing_rate, 0) * 2 + 60) / 120 ELSE 0 END",
    ),
    (
        "time costs its hours at the person's rate of that day, and nothing is known where there is none",
        "SELECT COUNT(*) AS faults FROM time_entries t
         WHERE COALESCE(t.labour_cost, -1) <> COALESCE((
             SELECT (t.minutes * r.cents_per_hour * 2 + 60) / 120 FROM cost_rates r
             WHERE r.person_id = t.person_id AND r.valid_from <= t.worked_on
             ORDER BY r.valid_from DESC LIMIT 1), -1)",
    ),
    (
        "nobody works more than a day in a day, and nothing takes no time",
        "SELECT COUNT(*) AS faults FROM time_entries WHERE minutes <= 0 OR minutes > 1440",
    ),
    (
        "a setting's revision counts from 1, and no further than anybody has chosen",
        "SELECT COUNT(*) AS faults FROM settings WHERE revision NOT BETWEEN 1 AND 1000000000000",
    ),
    (
        "every session and every setting belongs to an account, or to nobody yet",
        "SELECT (SELECT COUNT(*) FROM settings WHERE user_id NOT IN (SELECT id FROM users))
              + (SELECT COUNT(*) FROM sessions WHERE user_id IS NOT NULL AND user_id NOT IN (SELECT id FROM users))
                AS faults",
    ),
];

/// Checks every rule, and the database file itself where it is one.
///
/// # Errors
/// The database failed, or it is not this program's.
pub async fn run(db: &DatabaseConnection) -> Result<Vec<Finding>, DbErr> {
    let mut findings = Vec::new();
    if db.get_database_backend() == DbBackend::Sqlite {
        let rows = query(db, "PRAGMA integrity_check").await?;
        let is_whole = rows.len() == 1 && rows[0].try_get_by_index::<String>(0)? == "ok";
        let faults = if is_whole { 0 } else { rows.len() as i64 };
        findings.push(Finding::of("the database file is whole", faults));
        let broken = query(db, "PRAGMA foreign_key_check").await?.len() as i64;
        findings.push(Finding::of("every reference leads to a row", broken));
    }
    let missing = form::missing(db).await?;
    let is_whole = missing.is_empty();
    findings.push(Finding {
        rule: "the database has all that this program has made in it",
        faults: missing.len() as i64,
        missing,
    });
    if !is_whole {
        // The rules below ask for what is missing.
        return Ok(findings);
    }
    for (rule, sql) in RULES {
        let rows = query(db, sql).await?;
        let faults = rows.first().map_or(Ok(0), |row| row.try_get("", "faults"))?;
        findings.push(Finding::of(rule, faults));
    }
    Ok(findings)
}

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
