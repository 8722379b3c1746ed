//! The ledger's SQL: seven queries, whatever the number of projects; both databases take the same text, but for months.

use super::{
    owners::{BOOKING_SHARES, PERSON_OWNERS, PROJECT_OWNERS},
    project_ledger::Project,
};
use crate::{
    books::{Dated, ProjectKind, Terms},
    money::{Minutes, Money, Rate},
    server::{permission::PermittedScope, sql::sql, timeline::Timeline},
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult};
use std::collections::HashMap;

/// The rows that the queries returned.
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
    /// `None` if labour cost isn't part of the scope; so is the next field.
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
    /// The part of the amount that is shared and not split; credits are added, not subtracted.
    pub(super) unsplit: i64,
}

#[derive(FromQueryResult)]
pub(super) struct InvoiceRow {
    pub(super) project_id: i64,
    pub(super) division_id: Option<i64>,
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

/// The capacity of people in a month while they are in a division: from one day until the day before another.
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
        let queries = Queries {
            db,
            scope,
            timeline,
            code,
        };
        Ok(Self {
            projects: projects_of(queries.projects().await?, queries.terms().await?),
            time: queries.time().await?,
            bookings: queries.bookings().await?,
            invoices: queries.invoices().await?,
            // Capacity doesn't belong to one project.
            people: match code {
                Some(_) => Vec::new(),
                None => queries.people().await?,
            },
            capacities: match code {
                Some(_) => Vec::new(),
                None => queries.capacities().await?,
            },
        })
    }
}

/// What the queries are about: the rows of a scope until the timeline's end, perhaps of one project alone.
struct Queries<'a, C> {
    db: &'a C,
    scope: &'a PermittedScope,
    timeline: &'a Timeline,
    code: Option<&'a str>,
}

/// A condition for everything of a project that was in the scope at any time: its balances belong to its current owner.
/// `$1` is the timeline's end.
fn concerned(scope: &PermittedScope) -> String {
    format!(
        "projects.id IN (SELECT project_owners.project_id FROM project_owners
                         WHERE {} AND project_owners.valid_from < $1)",
        scope.sql("project_owners.division_id")
    )
}

impl<C: ConnectionTrait> Queries<'_, C> {
    /// A condition that holds for the rows of the one project, if it is about one; its code is `$2`.
    fn only(&self) -> &'static str {
        self.code.map_or("", |_| " AND projects.code = $2")
    }

    /// The rows of `text`, with the timeline's end for `$1` and the project's code for `$2`.
    async fn of_projects<Row: FromQueryResult>(&self, text: String) -> Result<Vec<Row>, DbErr> {
        let select = sql(text).bind(self.timeline.end());
        match self.code {
            Some(code) => select.bind(code).all(self.db).await,
            None => select.all(self.db).await,
        }
    }

    async fn projects(&self) -> Result<Vec<ProjectRow>, DbErr> {
        self.of_projects(format!(
            "WITH {PROJECT_OWNERS}
             SELECT projects.id, projects.code, projects.name, clients.name AS client, projects.kind, projects.budget,
                    projects.budget_minutes, owners.valid_from, owners.division_id
             FROM projects JOIN project_owners AS owners ON owners.project_id = projects.id
                  LEFT JOIN clients ON clients.id = projects.client_id
             WHERE {}{} ORDER BY projects.code, owners.valid_from",
            concerned(self.scope),
            self.only()
        ))
        .await
    }

    async fn terms(&self) -> Result<Vec<TermsRow>, DbErr> {
        self.of_projects(format!(
            "WITH {PROJECT_OWNERS}
             SELECT terms.project_id, terms.valid_from, terms.billing_rate, terms.fee, terms.starts_on, terms.ends_on
             FROM project_terms AS terms JOIN projects ON projects.id = terms.project_id WHERE {}{}",
            concerned(self.scope),
            self.only()
        ))
        .await
    }

    async fn time(&self) -> Result<Vec<TimeRow>, DbErr> {
        self.of_projects(format!(
            "WITH {PROJECT_OWNERS}
             SELECT entries.project_id, owners.division_id, {} AS stretch,
                    CAST(SUM(entries.minutes) AS BIGINT) AS minutes,
                    CAST(SUM(CASE WHEN entries.billable THEN entries.minutes ELSE 0 END) AS BIGINT) AS billable_minutes,
                    CAST(SUM(entries.revenue) AS BIGINT) AS revenue,
                    {} AS labour_cost,
                    {} AS unrated_minutes
             FROM projects JOIN project_owners AS owners ON owners.project_id = projects.id
                  JOIN time_entries AS entries ON entries.project_id = owners.project_id
                       AND entries.worked_on >= owners.valid_from AND entries.worked_on < owners.valid_until
             WHERE {} AND entries.worked_on < $1{} GROUP BY 1, 2, 3",
            self.timeline.sql("entries.worked_on"),
            self.scope.labour_cost_sql("COALESCE(SUM(entries.labour_cost), 0)"),
            self.scope
                .labour_cost_sql("SUM(CASE WHEN entries.labour_cost IS NULL THEN entries.minutes ELSE 0 END)"),
            concerned(self.scope),
            self.only()
        ))
        .await
    }

    async fn bookings(&self) -> Result<Vec<BookingRow>, DbErr> {
        self.of_projects(format!(
            "WITH {PROJECT_OWNERS}, {BOOKING_SHARES}
             SELECT shares.project_id, shares.division_id, shares.category, {} AS stretch,
                    CAST(SUM(shares.amount) AS BIGINT) AS amount,
                    CAST(SUM(CASE WHEN shares.billable THEN shares.amount ELSE 0 END) AS BIGINT) AS billable,
                    CAST(SUM(CASE WHEN shares.unsplit = 1 THEN ABS(shares.amount) ELSE 0 END) AS BIGINT) AS unsplit
             FROM booking_shares AS shares LEFT JOIN projects ON projects.id = shares.project_id
             WHERE shares.booked_on < $1 AND ({} OR {} OR shares.unsplit = 1){}
             GROUP BY 1, 2, 3, 4 ORDER BY 3",
            self.timeline.sql("shares.booked_on"),
            self.scope.sql("shares.division_id"),
            concerned(self.scope),
            self.only()
        ))
        .await
    }

    async fn invoices(&self) -> Result<Vec<InvoiceRow>, DbErr> {
        self.of_projects(format!(
            "WITH {PROJECT_OWNERS}
             SELECT invoices.project_id, owners.division_id, {} AS stretch,
                    CAST(SUM(invoices.amount) AS BIGINT) AS amount
             FROM projects JOIN project_owners AS owners ON owners.project_id = projects.id
                  JOIN invoices ON invoices.project_id = owners.project_id
                       AND invoices.invoiced_on >= owners.valid_from AND invoices.invoiced_on < owners.valid_until
             WHERE {} AND invoices.invoiced_on < $1{} GROUP BY 1, 2, 3",
            self.timeline.sql("invoices.invoiced_on"),
            concerned(self.scope),
            self.only()
        ))
        .await
    }

    async fn people(&self) -> Result<Vec<PeopleRow>, DbErr> {
        sql(format!(
            "WITH {PERSON_OWNERS}
             SELECT owners.division_id, {} AS stretch,
                    CAST(SUM(CASE WHEN entries.billable THEN entries.minutes ELSE 0 END) AS BIGINT) AS billable_minutes,
                    CAST(SUM(CASE WHEN capacities.person_id IS NULL THEN entries.minutes ELSE 0 END) AS BIGINT)
                        AS minutes_without_capacity
             FROM person_owners AS owners
                  JOIN time_entries AS entries ON entries.person_id = owners.person_id
                       AND entries.worked_on >= owners.valid_from AND entries.worked_on < owners.valid_until
                  LEFT JOIN capacities ON capacities.person_id = entries.person_id AND capacities.month = {}
             WHERE {} AND entries.worked_on >= $1 AND entries.worked_on < $2 GROUP BY 1, 2",
            self.timeline.sql("entries.worked_on"),
            first_of_month(self.db.get_database_backend(), "entries.worked_on"),
            self.scope.sql("owners.division_id")
        ))
        .bind(self.timeline.first_cut())
        .bind(self.timeline.end())
        .all(self.db)
        .await
    }

    async fn capacities(&self) -> Result<Vec<CapacityRow>, DbErr> {
        sql(format!(
            "WITH {PERSON_OWNERS}
             SELECT owners.division_id, capacities.month,
                    CASE WHEN owners.valid_from > capacities.month THEN owners.valid_from
                         ELSE capacities.month END AS valid_from,
                    owners.valid_until,
                    CAST(SUM(capacities.contract_minutes - capacities.absence_minutes) AS BIGINT) AS minutes
             FROM person_owners AS owners
                  JOIN capacities ON capacities.person_id = owners.person_id
                       AND capacities.month < owners.valid_until
             WHERE {} AND capacities.month >= $1 AND capacities.month < $2 GROUP BY 1, 2, 3, 4",
            self.scope.sql("owners.division_id")
        ))
        .bind(crate::days::Month::of(self.timeline.first_cut()).first_day())
        .bind(self.timeline.end())
        .all(self.db)
        .await
    }
}

/// The first day of the month of the date `column`.
fn first_of_month(backend: DbBackend, column: &str) -> String {
    match backend {
        DbBackend::Postgres => format!("CAST(date_trunc('month', {column}) AS DATE)"),
        _ => format!("date({column}, 'start of month')"),
    }
}

/// The projects in the order of their rows; the rows of each project are adjacent.
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
