//! What a project's page lists beside its figures: its people, its bookings and its invoices.

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement, Value};

use crate::period::Days;

/// What one person did on a project in some days.
#[derive(FromQueryResult)]
pub(super) struct PersonRow {
    pub(super) name: String,
    pub(super) minutes: i64,
    pub(super) billable_minutes: i64,
    pub(super) labour_cost: i64,
    /// Hours whose cost isn't known, because the person had no cost rate on the day.
    pub(super) unvalued_minutes: i64,
}

/// A booking on a project.
#[derive(FromQueryResult)]
pub(super) struct BookingRow {
    pub(super) booked_on: NaiveDate,
    pub(super) category: String,
    pub(super) text: String,
    pub(super) supplier: String,
    pub(super) amount: i64,
    pub(super) billable: bool,
}

/// An invoice for a project.
#[derive(FromQueryResult)]
pub(super) struct InvoiceRow {
    pub(super) invoiced_on: NaiveDate,
    pub(super) number: String,
    pub(super) amount: i64,
}

/// The people who worked on the project in `days`, the busiest first.
pub(super) async fn people(db: &impl ConnectionTrait, project: i64, days: &Days) -> Result<Vec<PersonRow>, DbErr> {
    let select = in_days(
        db,
        "SELECT h.name,
                CAST(SUM(t.minutes) AS BIGINT) AS minutes,
                CAST(SUM(CASE WHEN t.billable THEN t.minutes ELSE 0 END) AS BIGINT) AS billable_minutes,
                CAST(COALESCE(SUM(t.labour_cost), 0) AS BIGINT) AS labour_cost,
                CAST(SUM(CASE WHEN t.labour_cost IS NULL THEN t.minutes ELSE 0 END) AS BIGINT) AS unvalued_minutes
         FROM time_entries t JOIN people h ON h.id = t.person_id
         WHERE t.project_id = $1 AND t.worked_on >= $2 AND t.worked_on <= $3
         GROUP BY h.id, h.name ORDER BY 2 DESC, 1",
        project,
        days,
    );
    PersonRow::find_by_statement(select).all(db).await
}

/// The project's bookings in `days`, the latest first.
pub(super) async fn bookings(db: &impl ConnectionTrait, project: i64, days: &Days) -> Result<Vec<BookingRow>, DbErr> {
    let select = in_days(
        db,
        "SELECT booked_on, category, text, supplier, amount, billable FROM bookings
         WHERE project_id = $1 AND booked_on >= $2 AND booked_on <= $3 ORDER BY booked_on DESC, id DESC",
        project,
        days,
    );
    BookingRow::find_by_statement(select).all(db).await
}

/// The project's invoices in `days`, the latest first.
pub(super) async fn invoices(db: &impl ConnectionTrait, project: i64, days: &Days) -> Result<Vec<InvoiceRow>, DbErr> {
    let select = in_days(
        db,
        "SELECT invoiced_on, number, amount FROM invoices
         WHERE project_id = $1 AND invoiced_on >= $2 AND invoiced_on <= $3 ORDER BY invoiced_on DESC, number DESC",
        project,
        days,
    );
    InvoiceRow::find_by_statement(select).all(db).await
}

fn in_days(db: &impl ConnectionTrait, sql: &str, project: i64, days: &Days) -> Statement {
    let values: [Value; 3] = [project.into(), days.from.into(), days.to.into()];
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}
