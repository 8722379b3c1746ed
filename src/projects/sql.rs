//! What a project's page lists beside its figures: its people, its bookings and its invoices.

use crate::{
    period::Days,
    server::{
        ledger::{DivisionKey, owners::PROJECT_OWNERS},
        permission::PermittedScope,
    },
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement, Value};

/// Who owned a project that was found by its code, from a day until before another.
#[derive(FromQueryResult)]
pub(super) struct Owned {
    pub(super) code: String,
    pub(super) name: String,
    division_id: DivisionKey,
    valid_from: NaiveDate,
    valid_until: NaiveDate,
}

impl Owned {
    /// The owner with its days.
    pub(super) fn owner(&self) -> (DivisionKey, Days) {
        let days = Days {
            from: self.valid_from,
            to: self.valid_until.pred_opt().unwrap_or(self.valid_until),
        };
        (self.division_id, days)
    }
}

/// The owners in `scope` of the project with this code, oldest first. It is one query, and always the same one: a project
/// that lies outside takes no more work than one that doesn't exist.
pub(super) async fn find(db: &impl ConnectionTrait, scope: &PermittedScope, code: &str) -> Result<Vec<Owned>, DbErr> {
    let sql = format!(
        "WITH {PROJECT_OWNERS}
         SELECT p.code, p.name, o.division_id, o.valid_from, o.valid_until
         FROM projects p JOIN project_owners o ON o.project_id = p.id
         WHERE p.code = $1 AND {} ORDER BY o.valid_from",
        scope.sql("o.division_id")
    );
    let select = Statement::from_sql_and_values(db.get_database_backend(), sql, [code.into()]);
    Owned::find_by_statement(select).all(db).await
}

/// What one person did on a project in some days.
#[derive(FromQueryResult)]
pub(super) struct PersonRow {
    pub(super) name: String,
    pub(super) minutes: i64,
    pub(super) billable_minutes: i64,
    /// None where it is no part of the scope.
    pub(super) labour_cost: Option<i64>,
    /// Hours whose cost isn't known, because the person had no cost rate on the day; none like the cost.
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

/// The rows of one project in some days, as far as they lie in a scope.
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
            "SELECT h.name,
                    CAST(SUM(t.minutes) AS BIGINT) AS minutes,
                    CAST(SUM(CASE WHEN t.billable THEN t.minutes ELSE 0 END) AS BIGINT) AS billable_minutes,
                    {} AS labour_cost,
                    {} AS unvalued_minutes
             FROM time_entries t JOIN people h ON h.id = t.person_id JOIN projects p ON p.id = t.project_id",
            labour_cost("COALESCE(SUM(t.labour_cost), 0)"),
            labour_cost("SUM(CASE WHEN t.labour_cost IS NULL THEN t.minutes ELSE 0 END)"),
        );
        let select = self.select(&rows, "t.worked_on", "GROUP BY h.id, h.name ORDER BY 2 DESC, 1");
        PersonRow::find_by_statement(select).all(self.db).await
    }

    /// Its bookings, the latest first.
    pub(super) async fn bookings(&self) -> Result<Vec<BookingRow>, DbErr> {
        let select = self.select(
            "SELECT b.booked_on, b.category, b.text, b.supplier, b.amount, b.billable
             FROM bookings b JOIN projects p ON p.id = b.project_id",
            "b.booked_on",
            "ORDER BY b.booked_on DESC, b.id DESC",
        );
        BookingRow::find_by_statement(select).all(self.db).await
    }

    /// Its invoices, the latest first.
    pub(super) async fn invoices(&self) -> Result<Vec<InvoiceRow>, DbErr> {
        let select = self.select(
            "SELECT i.invoiced_on, i.number, i.amount FROM invoices i JOIN projects p ON p.id = i.project_id",
            "i.invoiced_on",
            "ORDER BY i.invoiced_on DESC, i.number DESC",
        );
        InvoiceRow::find_by_statement(select).all(self.db).await
    }

    /// Rows of what the scope's divisions owned on their `day`.
    fn select(&self, rows: &str, day: &str, order: &str) -> Statement {
        let sql = format!(
            "WITH {PROJECT_OWNERS} {rows}
             JOIN project_owners o ON o.project_id = p.id AND {day} >= o.valid_from AND {day} < o.valid_until
             WHERE p.id = $1 AND {} AND {day} >= $2 AND {day} <= $3 {order}",
            self.scope.sql("o.division_id")
        );
        let values: [Value; 3] = [self.project.into(), self.days.from.into(), self.days.to.into()];
        Statement::from_sql_and_values(self.db.get_database_backend(), sql, values)
    }
}
