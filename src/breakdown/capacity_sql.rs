//! The SQL of the capacity behind a figure.

use crate::{
    days::{Days, Month},
    money::Minutes,
    server::{ledger::owners::PERSON_OWNERS, permission::PermittedScope, sql::sql},
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};

/// The capacity of a person in a month, while they are in a division: from one day until the day before another.
#[derive(FromQueryResult)]
pub(super) struct CapacityRow {
    pub(super) division_id: Option<i64>,
    pub(super) person_id: i64,
    pub(super) name: String,
    pub(super) month: NaiveDate,
    valid_from: NaiveDate,
    valid_until: NaiveDate,
    pub(super) contract_minutes: i64,
    pub(super) absence_minutes: i64,
}

impl CapacityRow {
    /// The days on which the person is in the division.
    pub(super) fn days(&self) -> Days {
        Days {
            from: self.valid_from,
            to: self.valid_until.pred_opt().unwrap_or(self.valid_until),
        }
    }

    /// What the person has in the whole month.
    pub(super) fn minutes(&self) -> Minutes {
        Minutes(self.contract_minutes - self.absence_minutes)
    }
}

/// The capacities in `scope` of the months that `days` touch.
pub(super) async fn rows(
    db: &impl ConnectionTrait,
    scope: &PermittedScope,
    days: Days,
) -> Result<Vec<CapacityRow>, DbErr> {
    sql(format!(
        "WITH {PERSON_OWNERS}
         SELECT owners.division_id, people.id AS person_id, people.name, capacities.month, owners.valid_from,
                owners.valid_until, capacities.contract_minutes, capacities.absence_minutes
         FROM person_owners AS owners
              JOIN people ON people.id = owners.person_id
              JOIN capacities ON capacities.person_id = owners.person_id AND capacities.month < owners.valid_until
         WHERE {} AND capacities.month >= $1 AND capacities.month <= $2
         ORDER BY people.id, owners.valid_from",
        scope.sql("owners.division_id")
    ))
    .bind(Month::of(days.from).first_day())
    .bind(days.to)
    .all(db)
    .await
}
