//! What a check found: how many faults there are, and the first of them by name.

use super::row_names;
use crate::{
    locale::logged_in_english,
    message::{Joint, Message, Told, Value},
    messages::check,
    server::sql::sql,
};
use sea_orm::{DatabaseConnection, DbErr, FromQueryResult};

/// How many of the faults are named.
const NAMED: usize = 3;

/// What one check found.
pub struct Finding {
    /// What must hold.
    pub rule: Message,
    /// How many break it, or are missing.
    pub faults: u64,
    /// The first of them, by the names that people know.
    pub named: Vec<Value>,
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
    pub fn of(rule: Message, mut named: Vec<Value>) -> Self {
        let faults = named.len() as u64;
        named.truncate(NAMED);
        Self { rule, faults, named }
    }

    /// The faults that `found` finds, a query for names in the column `what`.
    ///
    /// # Errors
    /// The database failed.
    pub async fn by(db: &DatabaseConnection, rule: Message, found: &str) -> Result<Self, DbErr> {
        let select = format!(
            "SELECT CAST(COUNT(*) OVER () AS BIGINT) AS faults, what FROM ({found}) AS found ORDER BY what LIMIT {NAMED}"
        );
        let first: Vec<Fault> = sql(select).all(db).await?;
        Ok(Self {
            rule,
            faults: first.first().map_or(0, |fault| fault.faults.unsigned_abs()),
            named: first.iter().map(|fault| row_names::read(&fault.what).into()).collect(),
        })
    }

    /// Adds the faults that another one has found against the same rule.
    pub fn join(&mut self, other: Self) {
        self.faults += other.faults;
        self.named.extend(other.named);
        self.named.truncate(NAMED);
    }
}

impl Told for Finding {
    /// The rule, and what breaks it.
    fn message(&self) -> Message {
        if self.faults == 0 {
            return self.rule.clone();
        }
        let mut named = self.named.clone();
        match self.faults - named.len() as u64 {
            0 => {}
            more => named.push(check::more(more).into()),
        }
        check::faults(self.faults, Value::Joined(named, Joint::Semicolon), self.rule.clone())
    }
}

logged_in_english!(Finding);
