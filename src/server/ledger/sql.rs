//! The ledger's SQL: six queries, whatever the number of projects; both databases take the same text.

use super::{Project, ProjectKind};
use crate::{
    money::{Minutes, Money, Rate},
    server::{permission::PermittedScope, timeline::Timeline},
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement, Value};

/// What the queries gave.
pub(super) struct Rows {
    pub(super) projects: Vec<Project>,
    pub(super) time: Vec<TimeRow>,
    pub(super) bookings: Vec<BookingRow>,
    pub(super) invoices: Vec<InvoiceRow>,
    pub(super) people: Vec<PeopleRow>,
    pub(super) capacities: Vec<CapacityRow>,
}

#[derive(FromQueryResult)]
struct ProjectRow {
    id: i64,
    code: String,
    name: String,
    client: Option<String>,
    division_id: Option<i64>,
    kind: ProjectKind,
    billing_rate: Option<i64>,
    fee: Option<i64>,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
    budget: Option<i64>,
    budget_minutes: Option<i64>,
}

#[derive(FromQueryResult)]
pub(super) struct TimeRow {
    pub(super) project_id: i64,
    pub(super) stretch: i64,
    pub(super) minutes: i64,
    pub(super) billable_minutes: i64,
    pub(super) revenue: i64,
    /// None where it is no part of the scope.
    pub(super) labour_cost: Option<i64>,
}

#[derive(FromQueryResult)]
pub(super) struct BookingRow {
    pub(super) project_id: Option<i64>,
    pub(super) division_id: Option<i64>,
    pub(super) category: String,
    pub(super) stretch: i64,
    pub(super) amount: i64,
    pub(super) billable: i64,
}

#[derive(FromQueryResult)]
pub(super) struct InvoiceRow {
    pub(super) project_id: i64,
    pub(super) stretch: i64,
    pub(super) amount: i64,
}

#[derive(FromQueryResult)]
pub(super) struct PeopleRow {
    pub(super) division_id: Option<i64>,
    pub(super) stretch: i64,
    pub(super) billable_minutes: i64,
}

#[derive(FromQueryResult)]
pub(super) struct CapacityRow {
    pub(super) division_id: Option<i64>,
    pub(super) month: NaiveDate,
    pub(super) minutes: i64,
}

impl Rows {
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        scope: &PermittedScope,
        timeline: &Timeline,
        code: Option<&str>,
    ) -> Result<Self, DbErr> {
        let end: Value = timeline.end().into();
        let begin: Value = timeline.first_cut().into();
        let first_month: Value = crate::period::Month::of(timeline.first_cut()).first_day().into();
        let project = scope.sql("p.division_id");
        let person = scope.sql("h.division_id");
        // The code is the last value of those queries that can be narrowed to one project.
        let only = |number: usize| code.map(|_| format!(" AND p.code = ${number}")).unwrap_or_default();
        let with_code = |values: Vec<Value>| values.into_iter().chain(code.map(Value::from)).collect::<Vec<_>>();
        let all =
            |sql: String, values: Vec<Value>| Statement::from_sql_and_values(db.get_database_backend(), sql, values);

        let projects = all(
            format!(
                "SELECT p.id, p.code, p.name, c.name AS client, p.division_id, p.kind, p.billing_rate, p.fee,
                        p.starts_on, p.ends_on, p.budget, p.budget_minutes
                 FROM projects p LEFT JOIN clients c ON c.id = p.client_id
                 WHERE {project}{} ORDER BY p.code",
                only(1)
            ),
            with_code(vec![]),
        );
        let time = all(
            format!(
                "SELECT t.project_id, {} AS stretch,
                        CAST(SUM(t.minutes) AS BIGINT) AS minutes,
                        CAST(SUM(CASE WHEN t.billable THEN t.minutes ELSE 0 END) AS BIGINT) AS billable_minutes,
                        CAST(SUM(t.revenue) AS BIGINT) AS revenue,
                        {} AS labour_cost
                 FROM time_entries t JOIN projects p ON p.id = t.project_id
                 WHERE {project} AND t.worked_on < $1{} GROUP BY 1, 2",
                timeline.sql("t.worked_on"),
                scope.labour_cost_sql("COALESCE(SUM(t.labour_cost), 0)"),
                only(2)
            ),
            with_code(vec![end.clone()]),
        );
        let bookings = all(
            format!(
                "SELECT b.project_id, s.division_id, b.category, {} AS stretch,
                        CAST(SUM(s.amount) AS BIGINT) AS amount,
                        CAST(SUM(CASE WHEN b.billable THEN s.amount ELSE 0 END) AS BIGINT) AS billable
                 FROM booking_parts s JOIN bookings b ON b.id = s.booking_id LEFT JOIN projects p ON p.id = b.project_id
                 WHERE {} AND b.booked_on < $1{} GROUP BY 1, 2, 3, 4 ORDER BY 3",
                timeline.sql("b.booked_on"),
                scope.sql("s.division_id"),
                only(2)
            ),
            with_code(vec![end.clone()]),
        );
        let invoices = all(
            format!(
                "SELECT i.project_id, {} AS stretch, CAST(SUM(i.amount) AS BIGINT) AS amount
                 FROM invoices i JOIN projects p ON p.id = i.project_id
                 WHERE {project} AND i.invoiced_on < $1{} GROUP BY 1, 2",
                timeline.sql("i.invoiced_on"),
                only(2)
            ),
            with_code(vec![end.clone()]),
        );
        let people = all(
            format!(
                "SELECT h.division_id, {} AS stretch, CAST(SUM(t.minutes) AS BIGINT) AS billable_minutes
                 FROM time_entries t JOIN people h ON h.id = t.person_id
                 WHERE {person} AND t.billable AND t.worked_on >= $1 AND t.worked_on < $2 GROUP BY 1, 2",
                timeline.sql("t.worked_on")
            ),
            vec![begin, end.clone()],
        );
        let capacities = all(
            format!(
                "SELECT h.division_id, k.month, CAST(SUM(k.contract_minutes - k.absence_minutes) AS BIGINT) AS minutes
                 FROM capacities k JOIN people h ON h.id = k.person_id
                 WHERE {person} AND k.month >= $1 AND k.month < $2 GROUP BY 1, 2"
            ),
            vec![first_month, end],
        );
        Ok(Self {
            projects: ProjectRow::find_by_statement(projects)
                .all(db)
                .await?
                .into_iter()
                .map(Project::from)
                .collect(),
            time: TimeRow::find_by_statement(time).all(db).await?,
            bookings: BookingRow::find_by_statement(bookings).all(db).await?,
            invoices: InvoiceRow::find_by_statement(invoices).all(db).await?,
            // What people have to work with is no matter of one project.
            people: if code.is_some() {
                Vec::new()
            } else {
                PeopleRow::find_by_statement(people).all(db).await?
            },
            capacities: if code.is_some() {
                Vec::new()
            } else {
                CapacityRow::find_by_statement(capacities).all(db).await?
            },
        })
    }
}

impl From<ProjectRow> for Project {
    fn from(row: ProjectRow) -> Self {
        Self {
            id: row.id,
            code: row.code,
            name: row.name,
            client: row.client,
            division: row.division_id,
            kind: row.kind,
            billing_rate: row.billing_rate.map(Rate),
            fee: row.fee.map(Money),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            budget: row.budget.map(Money),
            budget_minutes: row.budget_minutes.map(Minutes),
        }
    }
}
