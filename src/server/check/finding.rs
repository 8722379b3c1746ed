//! What a check found: how many faults there are, and the first of them by name.

use crate::server::sql::sql;
use sea_orm::{DatabaseConnection, DbErr, FromQueryResult};
use std::fmt;

/// How many of the faults are named.
const NAMED: usize = 3;

/// What one check found.
pub struct Finding {
    /// What must hold.
    pub rule: &'static str,
    /// How many break it, or are missing.
    pub faults: i64,
    /// The first of them, by the names that people know.
    pub named: Vec<String>,
}

/// One of the faults.
#[derive(FromQueryResult)]
struct Fault {
    /// How many there are.
    faults: i64,
    /// The name of this one.
    what: String,
}

impl Finding {
    /// All faults against `rule` by their names, of which the first are kept.
    pub fn of(rule: &'static str, mut named: Vec<String>) -> Self {
        let faults = named.len() as i64;
        named.truncate(NAMED);
        Self { rule, faults, named }
    }

    /// The faults that `found` finds, a query for names in the column `what`.
    ///
    /// # Errors
    /// The database failed.
    pub async fn by(db: &DatabaseConnection, rule: &'static str, found: &str) -> Result<Self, DbErr> {
        let select = format!(
            "SELECT CAST(COUNT(*) OVER () AS BIGINT) AS faults, what FROM ({found}) AS found ORDER BY what LIMIT {NAMED}"
        );
        let first: Vec<Fault> = sql(select).all(db).await?;
        Ok(Self {
            rule,
            faults: first.first().map_or(0, |fault| fault.faults),
            named: first.into_iter().map(|fault| fault.what).collect(),
        })
    }

    /// Adds the faults that another one has found against the same rule.
    pub fn join(&mut self, other: Self) {
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
