//! The books' SQL: what they read to value things, and what they change. Amounts are cents, spans minutes, rates cents
//! per hour.

mod inserted;
mod owners;

pub(super) use inserted::*;
pub(super) use owners::*;

use super::{Key, ProjectKind, Terms};
use crate::{
    money::{Money, Rate},
    server::sql::sql,
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult};
use std::collections::BTreeMap;

/// Triggers stand aside from now on, until [`count_change`]. Any other writer of the studio's data waits for this row.
pub(super) async fn begin_change(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    sql("UPDATE data_revision SET by_books = $1").bind(true).run(db).await?;
    Ok(())
}

/// The data's revision is one higher, and the triggers count again from here.
pub(super) async fn count_change(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    sql("UPDATE data_revision SET by_books = $1, revision = revision + 1")
        .bind(false)
        .run(db)
        .await?;
    Ok(())
}

/// The highest id in `table`; 0 if it is empty.
pub(super) async fn last_id(db: &impl ConnectionTrait, table: &str) -> Result<i64, DbErr> {
    let last = sql(format!("SELECT COALESCE(MAX(id), 0) FROM {table}"))
        .value(db)
        .await?;
    Ok(last.unwrap_or_default())
}

/// Rows inserted with explicit ids leave the sequence of `table` behind, if the database has one.
pub(super) async fn catch_up(db: &impl ConnectionTrait, table: &str) -> Result<(), DbErr> {
    if db.get_database_backend() == DbBackend::Postgres {
        sql(format!(
            "SELECT setval(pg_get_serial_sequence('{table}', 'id'), MAX(id)) FROM {table}"
        ))
        .run(db)
        .await?;
    }
    Ok(())
}

/// The parts of a project that determine the value of its time.
#[derive(FromQueryResult)]
pub(super) struct ProjectRow {
    pub(super) id: i64,
    pub(super) code: String,
    pub(super) kind: ProjectKind,
}

pub(super) async fn projects(db: &impl ConnectionTrait) -> Result<Vec<ProjectRow>, DbErr> {
    sql("SELECT id, code, kind FROM projects").all(db).await
}

/// The terms of a project, from a day on.
#[derive(FromQueryResult)]
pub(super) struct TermsRow {
    pub(super) project_id: i64,
    pub(super) valid_from: NaiveDate,
    billing_rate: Option<i64>,
    fee: Option<i64>,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
}

impl TermsRow {
    pub(super) fn terms(&self) -> Terms {
        Terms {
            billing_rate: self.billing_rate.map(Rate),
            fee: self.fee.map(Money),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
        }
    }
}

pub(super) async fn terms(db: &impl ConnectionTrait) -> Result<Vec<TermsRow>, DbErr> {
    sql("SELECT project_id, valid_from, billing_rate, fee, starts_on, ends_on FROM project_terms")
        .all(db)
        .await
}

/// The ids of all people.
pub(super) async fn people(db: &impl ConnectionTrait) -> Result<Vec<i64>, DbErr> {
    sql("SELECT id FROM people").values(db).await
}

/// The cost of a person's hour, from a day on.
#[derive(FromQueryResult)]
pub(super) struct CostRateRow {
    pub(super) person_id: i64,
    pub(super) valid_from: NaiveDate,
    pub(super) cents_per_hour: i64,
}

pub(super) async fn cost_rates(db: &impl ConnectionTrait) -> Result<Vec<CostRateRow>, DbErr> {
    sql("SELECT person_id, valid_from, cents_per_hour FROM cost_rates")
        .all(db)
        .await
}

/// A division's weight in the key, from a day on.
#[derive(FromQueryResult)]
struct WeightRow {
    valid_from: NaiveDate,
    division_id: i64,
    weight: i64,
}

/// The keys by their first days, the weights of each in the order in which they were given.
pub(super) async fn keys(db: &impl ConnectionTrait) -> Result<BTreeMap<NaiveDate, Key>, DbErr> {
    let rows: Vec<WeightRow> = sql("SELECT valid_from, division_id, weight FROM overhead_keys ORDER BY id")
        .all(db)
        .await?;
    let mut keys: BTreeMap<NaiveDate, Key> = BTreeMap::new();
    for row in rows {
        keys.entry(row.valid_from)
            .or_default()
            .0
            .push((row.division_id, row.weight));
    }
    Ok(keys)
}

/// The parts of a time entry that are needed to value it again.
#[derive(FromQueryResult)]
pub(super) struct WorkedRow {
    pub(super) id: i64,
    pub(super) worked_on: NaiveDate,
    pub(super) minutes: i64,
    pub(super) billable: bool,
}

/// The time of `person` from `from` on and before `until`.
pub(super) async fn time_of_person(
    db: &impl ConnectionTrait,
    person: i64,
    from: NaiveDate,
    until: Option<NaiveDate>,
) -> Result<Vec<WorkedRow>, DbErr> {
    sql("SELECT id, worked_on, minutes, billable FROM time_entries
         WHERE person_id = $1 AND worked_on >= $2 AND ($3 IS NULL OR worked_on < $3)")
    .bind(person)
    .bind(from)
    .bind(until)
    .all(db)
    .await
}

/// The time on `project` from `from` on and before `until`.
pub(super) async fn time_on_project(
    db: &impl ConnectionTrait,
    project: i64,
    from: NaiveDate,
    until: Option<NaiveDate>,
) -> Result<Vec<WorkedRow>, DbErr> {
    sql("SELECT id, worked_on, minutes, billable FROM time_entries
         WHERE project_id = $1 AND worked_on >= $2 AND ($3 IS NULL OR worked_on < $3)")
    .bind(project)
    .bind(from)
    .bind(until)
    .all(db)
    .await
}

pub(super) async fn set_labour_cost(db: &impl ConnectionTrait, entry: i64, cost: Option<Money>) -> Result<(), DbErr> {
    sql("UPDATE time_entries SET labour_cost = $1 WHERE id = $2")
        .bind(cost.map(|cost| cost.0))
        .bind(entry)
        .run(db)
        .await?;
    Ok(())
}

pub(super) async fn set_revenue(db: &impl ConnectionTrait, entry: i64, revenue: Money) -> Result<(), DbErr> {
    sql("UPDATE time_entries SET revenue = $1 WHERE id = $2")
        .bind(revenue.0)
        .bind(entry)
        .run(db)
        .await?;
    Ok(())
}

/// The parts of a shared booking that are needed to split it again.
#[derive(FromQueryResult)]
pub(super) struct SharedRow {
    pub(super) id: i64,
    pub(super) booked_on: NaiveDate,
    pub(super) amount: i64,
}

/// The shared bookings from `from` on and before `until`, oldest id first.
pub(super) async fn shared_bookings(
    db: &impl ConnectionTrait,
    from: NaiveDate,
    until: Option<NaiveDate>,
) -> Result<Vec<SharedRow>, DbErr> {
    sql("SELECT id, booked_on, amount FROM bookings
         WHERE shared AND booked_on >= $1 AND ($2 IS NULL OR booked_on < $2) ORDER BY id")
    .bind(from)
    .bind(until)
    .all(db)
    .await
}

pub(super) async fn delete_parts(db: &impl ConnectionTrait, booking: i64) -> Result<(), DbErr> {
    sql("DELETE FROM booking_parts WHERE booking_id = $1")
        .bind(booking)
        .run(db)
        .await?;
    Ok(())
}

pub(super) async fn delete_key(db: &impl ConnectionTrait, from: NaiveDate) -> Result<(), DbErr> {
    sql("DELETE FROM overhead_keys WHERE valid_from = $1")
        .bind(from)
        .run(db)
        .await?;
    Ok(())
}

pub(super) async fn delete_cost_rate(db: &impl ConnectionTrait, person: i64, from: NaiveDate) -> Result<(), DbErr> {
    sql("DELETE FROM cost_rates WHERE person_id = $1 AND valid_from = $2")
        .bind(person)
        .bind(from)
        .run(db)
        .await?;
    Ok(())
}

pub(super) async fn delete_terms(db: &impl ConnectionTrait, project: i64, from: NaiveDate) -> Result<(), DbErr> {
    sql("DELETE FROM project_terms WHERE project_id = $1 AND valid_from = $2")
        .bind(project)
        .bind(from)
        .run(db)
        .await?;
    Ok(())
}

/// Stores the latest terms in the row of `project`.
pub(super) async fn mirror_terms(db: &impl ConnectionTrait, project: i64, latest: &Terms) -> Result<(), DbErr> {
    sql("UPDATE projects SET billing_rate = $1, fee = $2, starts_on = $3, ends_on = $4 WHERE id = $5")
        .bind(latest.billing_rate.map(|rate| rate.0))
        .bind(latest.fee.map(|fee| fee.0))
        .bind(latest.starts_on)
        .bind(latest.ends_on)
        .bind(project)
        .run(db)
        .await?;
    Ok(())
}

pub(super) async fn archive(db: &impl ConnectionTrait, division: i64, from: NaiveDate) -> Result<(), DbErr> {
    sql("UPDATE divisions SET archived_on = $1 WHERE id = $2")
        .bind(from)
        .bind(division)
        .run(db)
        .await?;
    Ok(())
}
