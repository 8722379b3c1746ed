//! What a project's page lists beside its figures: its people, its bookings and its invoices.

use crate::{
    days::Days,
    server::{
        ledger::{DivisionKey, owners::PROJECT_OWNERS},
        permission::PermittedScope,
        sql::sql,
    },
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use std::collections::HashMap;

/// An owner of a project that was found by its code, from one day until the day before another.
#[derive(FromQueryResult)]
pub(super) struct Owned {
    pub(super) code: String,
    pub(super) name: String,
    division_id: DivisionKey,
    valid_from: NaiveDate,
    valid_until: NaiveDate,
}

impl Owned {
    /// The owner, with the days on which it owned the project.
    pub(super) fn owner(&self) -> (DivisionKey, Days) {
        let days = Days {
            from: self.valid_from,
            to: self.valid_until.pred_opt().unwrap_or(self.valid_until),
        };
        (self.division_id, days)
    }
}

/// The owners in `scope` of the project with this code, oldest first. It is always the same single query, so that a
/// project outside of the scope takes no more work than one that doesn't exist.
pub(super) async fn find(db: &impl ConnectionTrait, scope: &PermittedScope, code: &str) -> Result<Vec<Owned>, DbErr> {
    sql(format!(
        "WITH {PROJECT_OWNERS}
         SELECT projects.code, projects.name, owners.division_id, owners.valid_from, owners.valid_until
         FROM projects JOIN project_owners AS owners ON owners.project_id = projects.id
         WHERE projects.code = $1 AND {} ORDER BY owners.valid_from",
        scope.sql("owners.division_id")
    ))
    .bind(code)
    .all(db)
    .await
}

/// When somebody worked or booked on a project for the last time.
#[derive(FromQueryResult)]
struct LastMove {
    project_id: i64,
    day: NaiveDate,
}

/// When, up to `until`, somebody worked or booked on each project for the last time while it was in `scope`, by the
/// projects' ids.
pub(super) async fn last_moves(
    db: &impl ConnectionTrait,
    scope: &PermittedScope,
    until: NaiveDate,
) -> Result<HashMap<i64, NaiveDate>, DbErr> {
    let rows: Vec<LastMove> = sql(format!(
        "WITH {PROJECT_OWNERS}
         SELECT moves.project_id, MAX(moves.day) AS day
         FROM (SELECT entries.project_id, entries.worked_on AS day FROM time_entries AS entries
               UNION ALL
               SELECT bookings.project_id, bookings.booked_on FROM bookings WHERE bookings.project_id IS NOT NULL)
              AS moves
              JOIN project_owners AS owners ON owners.project_id = moves.project_id
                   AND moves.day >= owners.valid_from AND moves.day < owners.valid_until
         WHERE moves.day <= $1 AND {} GROUP BY moves.project_id",
        scope.sql("owners.division_id")
    ))
    .bind(until)
    .all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.project_id, row.day)).collect())
}

/// What one person did on a project within some days.
#[derive(FromQueryResult)]
pub(super) struct PersonRow {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) minutes: i64,
    pub(super) billable_minutes: i64,
    /// `None` where it isn't part of the scope.
    pub(super) labour_cost: Option<i64>,
    /// Hours without a known cost, because the person had no cost rate on that day; `None` where the cost is `None`.
    pub(super) unvalued_minutes: Option<i64>,
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

/// The rows of one project within some days, as far as they are in a scope.
pub(super) struct ProjectRows<'a, C> {
    pub(super) db: &'a C,
    pub(super) scope: &'a PermittedScope,
    pub(super) project: i64,
    pub(super) days: Days,
}

impl<C: ConnectionTrait> ProjectRows<'_, C> {
    /// The people who worked on it, the busiest first.
    pub(super) async fn people(&self) -> Result<Vec<PersonRow>, DbErr> {
        let labour_cost = |expression| self.scope.labour_cost_sql(expression);
        let rows = format!(
            "SELECT people.id, people.name,
                    CAST(SUM(entries.minutes) AS BIGINT) AS minutes,
                    CAST(SUM(CASE WHEN entries.billable THEN entries.minutes ELSE 0 END) AS BIGINT) AS billable_minutes,
                    {} AS labour_cost,
                    {} AS unvalued_minutes
             FROM time_entries AS entries JOIN people ON people.id = entries.person_id
                  JOIN projects ON projects.id = entries.project_id",
            labour_cost("COALESCE(SUM(entries.labour_cost), 0)"),
            labour_cost("SUM(CASE WHEN entries.labour_cost IS NULL THEN entries.minutes ELSE 0 END)"),
        );
        let order = "GROUP BY people.id, people.name ORDER BY minutes DESC, people.name, people.id";
        self.all(&rows, "entries.worked_on", order).await
    }

    /// Its bookings, the latest first.
    pub(super) async fn bookings(&self) -> Result<Vec<BookingRow>, DbErr> {
        self.all(
            "SELECT bookings.booked_on, bookings.category, bookings.text, bookings.supplier, bookings.amount,
                    bookings.billable
             FROM bookings JOIN projects ON projects.id = bookings.project_id",
            "bookings.booked_on",
            "ORDER BY bookings.booked_on DESC, bookings.id DESC",
        )
        .await
    }

    /// Its invoices, the latest first.
    pub(super) async fn invoices(&self) -> Result<Vec<InvoiceRow>, DbErr> {
        self.all(
            "SELECT invoices.invoiced_on, invoices.number, invoices.amount
             FROM invoices JOIN projects ON projects.id = invoices.project_id",
            "invoices.invoiced_on",
            "ORDER BY invoices.invoiced_on DESC, invoices.number DESC",
        )
        .await
    }

    /// Rows of what the scope's divisions owned on their `day`.
    async fn all<Row: FromQueryResult>(&self, rows: &str, day: &str, order: &str) -> Result<Vec<Row>, DbErr> {
        sql(format!(
            "WITH {PROJECT_OWNERS} {rows}
             JOIN project_owners AS owners ON owners.project_id = projects.id
                  AND {day} >= owners.valid_from AND {day} < owners.valid_until
             WHERE projects.id = $1 AND {} AND {day} >= $2 AND {day} <= $3 {order}",
            self.scope.sql("owners.division_id")
        ))
        .bind(self.project)
        .bind(self.days.from)
        .bind(self.days.to)
        .all(self.db)
        .await
    }
}
