//! The SQL of what the rows of a scope and some days can be narrowed to.

use crate::{
    days::Days,
    server::{
        ledger::owners::{BOOKING_SHARES, PROJECT_OWNERS},
        permission::PermittedScope,
        sql::sql,
    },
};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};

/// A project and a client that rows are of, and who worked if they are time entries.
#[derive(FromQueryResult)]
pub(super) struct OfProject {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) client: Option<String>,
    pub(super) person: Option<i64>,
    pub(super) person_name: Option<String>,
}

/// What bookings are of.
#[derive(FromQueryResult)]
pub(super) struct OfBooking {
    pub(super) category: String,
    pub(super) supplier: String,
    pub(super) code: Option<String>,
    pub(super) name: Option<String>,
    pub(super) client: Option<String>,
}

/// The projects, clients and people of time entries.
pub(super) async fn of_entries(
    db: &impl ConnectionTrait,
    scope: &PermittedScope,
    days: &Days,
) -> Result<Vec<OfProject>, DbErr> {
    sql(format!(
        "WITH {PROJECT_OWNERS}
         SELECT projects.code, projects.name, clients.name AS client, people.id AS person, people.name AS person_name
         FROM (SELECT DISTINCT entries.project_id, entries.person_id
               FROM time_entries AS entries
                    JOIN project_owners AS owners ON owners.project_id = entries.project_id
                         AND entries.worked_on >= owners.valid_from AND entries.worked_on < owners.valid_until
               WHERE entries.worked_on >= $1 AND entries.worked_on <= $2 AND {}) AS worked
              JOIN projects ON projects.id = worked.project_id
              JOIN people ON people.id = worked.person_id
              LEFT JOIN clients ON clients.id = projects.client_id",
        scope.sql("owners.division_id")
    ))
    .bind(days.from)
    .bind(days.to)
    .all(db)
    .await
}

/// The projects and clients of invoices.
pub(super) async fn of_invoices(
    db: &impl ConnectionTrait,
    scope: &PermittedScope,
    days: &Days,
) -> Result<Vec<OfProject>, DbErr> {
    sql(format!(
        "WITH {PROJECT_OWNERS}
         SELECT DISTINCT projects.code, projects.name, clients.name AS client, CAST(NULL AS BIGINT) AS person,
                CAST(NULL AS TEXT) AS person_name
         FROM invoices JOIN projects ON projects.id = invoices.project_id
              LEFT JOIN clients ON clients.id = projects.client_id
              JOIN project_owners AS owners ON owners.project_id = projects.id
                   AND invoices.invoiced_on >= owners.valid_from AND invoices.invoiced_on < owners.valid_until
         WHERE invoices.invoiced_on >= $1 AND invoices.invoiced_on <= $2 AND {}",
        scope.sql("owners.division_id")
    ))
    .bind(days.from)
    .bind(days.to)
    .all(db)
    .await
}

/// The categories, suppliers, projects and clients of bookings.
pub(super) async fn of_bookings(
    db: &impl ConnectionTrait,
    scope: &PermittedScope,
    days: &Days,
) -> Result<Vec<OfBooking>, DbErr> {
    sql(format!(
        "WITH {PROJECT_OWNERS}, {BOOKING_SHARES}
         SELECT DISTINCT shares.category, shares.supplier, projects.code, projects.name, clients.name AS client
         FROM booking_shares AS shares
              LEFT JOIN projects ON projects.id = shares.project_id
              LEFT JOIN clients ON clients.id = projects.client_id
         WHERE shares.booked_on >= $1 AND shares.booked_on <= $2 AND {}",
        scope.sql("shares.division_id")
    ))
    .bind(days.from)
    .bind(days.to)
    .all(db)
    .await
}
