//! The SQL of the invoices behind a figure.

use crate::server::{ledger::owners::PROJECT_OWNERS, sql::sql};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};

/// An invoice, with the division that owned its project on its day.
#[derive(FromQueryResult)]
pub(super) struct InvoiceRow {
    pub(super) invoiced_on: NaiveDate,
    pub(super) number: String,
    pub(super) amount: i64,
    pub(super) division_id: Option<i64>,
}

/// The invoices for the project `code` up to the end of `day`, the latest first. The caller decides which of them are
/// seen: a project's balance contains all.
pub(super) async fn until(db: &impl ConnectionTrait, code: &str, day: NaiveDate) -> Result<Vec<InvoiceRow>, DbErr> {
    sql(format!(
        "WITH {PROJECT_OWNERS}
         SELECT invoices.invoiced_on, invoices.number, invoices.amount, owners.division_id
         FROM invoices JOIN projects ON projects.id = invoices.project_id
              JOIN project_owners AS owners ON owners.project_id = projects.id
                   AND invoices.invoiced_on >= owners.valid_from AND invoices.invoiced_on < owners.valid_until
         WHERE projects.code = $1 AND invoices.invoiced_on <= $2
         ORDER BY invoices.invoiced_on DESC, invoices.number DESC"
    ))
    .bind(code)
    .bind(day)
    .all(db)
    .await
}
