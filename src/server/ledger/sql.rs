//! The ledger's SQL: six queries, whatever the number of projects; both databases take the same text, but for months.

use super::{
    Project, ProjectKind,
    owners::{BOOKING_SHARES, PERSON_OWNERS, PROJECT_OWNERS},
};
use crate::{
    books::{Dated, Terms},
    money::{Minutes, Money, Rate},
    server::{permission::PermittedScope, timeline::Timeline},
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult, Statement, Value};
use std::collections::HashMap;

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
    kind: ProjectKind,
    budget: Option<i64>,
    budget_minutes: Option<i64>,
    valid_from: NaiveDate,
    division_id: Option<i64>,
}

#[derive(FromQueryResult)]
struct TermsRow {
    project_id: i64,
    valid_from: NaiveDate,
    billing_rate: Option<i64>,
    fee: Option<i64>,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
}

#[derive(FromQueryResult)]
pub(super) struct TimeRow {
    pub(super) project_id: i64,
    pub(super) division_id: Option<i64>,
    pub(super) stretch: i64,
    pub(super) minutes: i64,
    pub(super) billable_minutes: i64,
    pub(super) revenue: i64,
    /// None where it is no part of the scope, like the next.
    pub(super) labour_cost: Option<i64>,
    pub(super) unrated_minutes: Option<i64>,
}

#[derive(FromQueryResult)]
pub(super) struct BookingRow {
    pub(super) project_id: Option<i64>,
    pub(super) division_id: Option<i64>,
    pub(super) category: String,
    pub(super) stretch: i64,
    pub(super) amount: i64,
    pub(super) billable: i64,
    /// Of the amount, what is shared and not split, amounts and credits added up.
    pub(super) unsplit: i64,
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
    pub(super) minutes_without_capacity: i64,
}

/// Capacity that people have in a month, as far as they are in a division: from a day, and until before another.
#[derive(FromQueryResult)]
pub(super) struct CapacityRow {
    pub(super) division_id: Option<i64>,
    pub(super) month: NaiveDate,
    pub(super) valid_from: NaiveDate,
    pub(super) valid_until: NaiveDate,
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
        let backend = db.get_database_backend();
        let owned = scope.sql("o.division_id");
        // The code is the last value of those queries that can be narrowed to one project.
        let only = |number: usize| code.map(|_| format!(" AND p.code = ${number}")).unwrap_or_default();
        let with_code = |values: Vec<Value>| values.into_iter().chain(code.map(Value::from)).collect::<Vec<_>>();
        let all = |sql: String, values: Vec<Value>| Statement::from_sql_and_values(backend, sql, values);
        // All of a project that was in the scope at any time: its balances go with it to whoever owns it.
        let concerned =
            format!("p.id IN (SELECT o.project_id FROM project_owners o WHERE {owned} AND o.valid_from < $1)");

        let projects = all(
            format!(
                "WITH {PROJECT_OWNERS}
                 SELECT p.id, p.code, p.name, c.name AS client, p.kind, p.budget, p.budget_minutes,
                        o.valid_from, o.division_id
                 FROM projects p JOIN project_owners o ON o.project_id = p.id LEFT JOIN clients c ON c.id = p.client_id
                 WHERE {concerned}{} ORDER BY p.code, o.valid_from",
                only(2)
            ),
            with_code(vec![end.clone()]),
        );
        let terms = all(
            format!(
                "WITH {PROJECT_OWNERS}
                 SELECT t.project_id, t.valid_from, t.billing_rate, t.fee, t.starts_on, t.ends_on
                 FROM project_terms t JOIN projects p ON p.id = t.project_id WHERE {concerned}{}",
                only(2)
            ),
            with_code(vec![end.clone()]),
        );
        let time = all(
            format!(
                "WITH {PROJECT_OWNERS}
                 SELECT t.project_id, w.division_id, {} AS stretch,
                        CAST(SUM(t.minutes) AS BIGINT) AS minutes,
                        CAST(SUM(CASE WHEN t.billable THEN t.minutes ELSE 0 END) AS BIGINT) AS billable_minutes,
                        CAST(SUM(t.revenue) AS BIGINT) AS revenue,
                        {} AS labour_cost,
                        {} AS unrated_minutes
                 FROM projects p JOIN project_owners w ON w.project_id = p.id
                      JOIN time_entries t ON t.project_id = w.project_id
                           AND t.worked_on >= w.valid_from AND t.worked_on < w.valid_until
                 WHERE {concerned} AND t.worked_on < $1{} GROUP BY 1, 2, 3",
                timeline.sql("t.worked_on"),
                scope.labour_cost_sql("COALESCE(SUM(t.labour_cost), 0)"),
                scope.labour_cost_sql("SUM(CASE WHEN t.labour_cost IS NULL THEN t.minutes ELSE 0 END)"),
                only(2)
            ),
            with_code(vec![end.clone()]),
        );
        let bookings = all(
            format!(
                "WITH {PROJECT_OWNERS}, {BOOKING_SHARES}
                 SELECT s.project_id, s.division_id, s.category, {} AS stretch,
                        CAST(SUM(s.amount) AS BIGINT) AS amount,
                        CAST(SUM(CASE WHEN s.billable THEN s.amount ELSE 0 END) AS BIGINT) AS billable,
                        CAST(SUM(CASE WHEN s.unsplit = 1 THEN ABS(s.amount) ELSE 0 END) AS BIGINT) AS unsplit
                 FROM booking_shares s LEFT JOIN projects p ON p.id = s.project_id
                 WHERE s.booked_on < $1 AND ({} OR {concerned} OR s.unsplit = 1){}
                 GROUP BY 1, 2, 3, 4 ORDER BY 3",
                timeline.sql("s.booked_on"),
                scope.sql("s.division_id"),
                only(2)
            ),
            with_code(vec![end.clone()]),
        );
        let invoices = all(
            format!(
                "WITH {PROJECT_OWNERS}
                 SELECT i.project_id, {} AS stretch, CAST(SUM(i.amount) AS BIGINT) AS amount
                 FROM invoices i JOIN projects p ON p.id = i.project_id
                 WHERE {concerned} AND i.invoiced_on < $1{} GROUP BY 1, 2",
                timeline.sql("i.invoiced_on"),
                only(2)
            ),
            with_code(vec![end.clone()]),
        );
        let people = all(
            format!(
                "WITH {PERSON_OWNERS}
                 SELECT o.division_id, {} AS stretch,
                        CAST(SUM(CASE WHEN t.billable THEN t.minutes ELSE 0 END) AS BIGINT) AS billable_minutes,
                        CAST(SUM(CASE WHEN k.person_id IS NULL THEN t.minutes ELSE 0 END) AS BIGINT)
                            AS minutes_without_capacity
                 FROM person_owners o
                      JOIN time_entries t ON t.person_id = o.person_id
                           AND t.worked_on >= o.valid_from AND t.worked_on < o.valid_until
                      LEFT JOIN capacities k ON k.person_id = t.person_id AND k.month = {}
                 WHERE {owned} AND t.worked_on >= $1 AND t.worked_on < $2 GROUP BY 1, 2",
                timeline.sql("t.worked_on"),
                first_of_month(backend, "t.worked_on"),
            ),
            vec![begin, end.clone()],
        );
        let capacities = all(
            format!(
                "WITH {PERSON_OWNERS}
                 SELECT o.division_id, k.month,
                        CASE WHEN o.valid_from > k.month THEN o.valid_from ELSE k.month END AS valid_from,
                        o.valid_until,
                        CAST(SUM(k.contract_minutes - k.absence_minutes) AS BIGINT) AS minutes
                 FROM person_owners o
                      JOIN capacities k ON k.person_id = o.person_id AND k.month < o.valid_until
                 WHERE {owned} AND k.month >= $1 AND k.month < $2 GROUP BY 1, 2, 3, 4"
            ),
            vec![first_month, end],
        );
        Ok(Self {
            projects: projects_of(
                ProjectRow::find_by_statement(projects).all(db).await?,
                TermsRow::find_by_statement(terms).all(db).await?,
            ),
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

/// The first day of the month of the date `column`.
fn first_of_month(backend: DbBackend, column: &str) -> String {
    match backend {
        DbBackend::Postgres => format!("CAST(date_trunc('month', {column}) AS DATE)"),
        _ => format!("date({column}, 'start of month')"),
    }
}

/// The projects in the order of their rows, which has those of each together.
fn projects_of(rows: Vec<ProjectRow>, terms: Vec<TermsRow>) -> Vec<Project> {
    let mut by_project: HashMap<i64, Dated<Terms>> = HashMap::new();
    for row in terms {
        let terms = Terms {
            billing_rate: row.billing_rate.map(Rate),
            fee: row.fee.map(Money),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
        };
        by_project.entry(row.project_id).or_default().set(row.valid_from, terms);
    }
    let mut projects: Vec<Project> = Vec::new();
    for row in rows {
        if projects.last().is_none_or(|last| last.id != row.id) {
            projects.push(Project {
                id: row.id,
                code: row.code,
                name: row.name,
                client: row.client,
                kind: row.kind,
                budget: row.budget.map(Money),
                budget_minutes: row.budget_minutes.map(Minutes),
                owners: Dated::default(),
                terms: by_project.remove(&row.id).unwrap_or_default(),
            });
        }
        if let Some(project) = projects.last_mut() {
            project.owners.set(row.valid_from, row.division_id);
        }
    }
    projects
}
