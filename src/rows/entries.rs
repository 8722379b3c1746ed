//! Time entries.

use super::{Counted, Narrowing, Sought, conditions::Conditions};
use crate::{
    days::Days,
    money::{Minutes, Money},
    search::Contents,
    server::{
        ledger::owners::{PERSON_OWNERS, PROJECT_OWNERS},
        permission::PermittedScope,
        sql::{Sql, sql},
    },
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};

/// Time entries on some days, of projects that somebody in a scope owned on the day.
#[derive(Clone, Debug)]
pub struct Entries {
    /// Whose they are.
    pub scope: PermittedScope,
    /// Everything that this user may see: of another project there is neither code nor note.
    pub everything: PermittedScope,
    /// On which days.
    pub days: Days,
    /// Which of them count.
    pub counted: Counted,
    /// What they are narrowed to.
    pub narrowing: Narrowing,
    /// The column in SQL that they are sorted by, and its direction; the latest come first otherwise.
    pub order: Option<String>,
}

/// How many entries were found, and what they add up to.
#[derive(Clone, Copy, Debug, Default, FromQueryResult)]
pub struct EntrySum {
    /// How many there are.
    pub count: i64,
    /// The hours, in minutes.
    pub minutes: i64,
    /// What they earned, in cents.
    pub revenue: i64,
    /// What they cost, in cents; `None` where it isn't part of the scope.
    pub labour_cost: Option<i64>,
}

/// What one person did, all together.
#[derive(Debug, FromQueryResult)]
pub struct PersonSum {
    /// The person.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// The hours, in minutes.
    pub minutes: i64,
    /// What they cost, in cents; `None` where it isn't part of the scope.
    pub labour_cost: Option<i64>,
}

/// A time entry. Of a project that this user may not see there is nothing but the hours.
#[derive(Debug, FromQueryResult)]
pub struct EntryRow {
    /// The day.
    pub worked_on: NaiveDate,
    /// Who worked.
    pub person: String,
    /// The project.
    pub code: Option<String>,
    /// Its name.
    pub project: Option<String>,
    /// Its client.
    pub client: Option<String>,
    /// What was done.
    pub note: Option<String>,
    /// Who owned the project on the day.
    pub division_id: Option<i64>,
    /// Whether the client pays for it.
    pub billable: bool,
    /// The hours, in minutes.
    pub minutes: i64,
    /// What it earned, in cents.
    pub revenue: i64,
    /// What it cost, in cents; `None` where that isn't part of the scope, or not known.
    pub labour_cost: Option<i64>,
}

impl Entries {
    fn sums(&self) -> String {
        format!(
            "CAST(COALESCE(SUM(entries.minutes), 0) AS BIGINT) AS minutes,
             CAST(COALESCE(SUM(entries.revenue), 0) AS BIGINT) AS revenue,
             {} AS labour_cost",
            self.scope.labour_cost_sql("COALESCE(SUM(entries.labour_cost), 0)")
        )
    }

    fn select(&self, select: &str, rest: &str) -> Sql {
        // A person's billable hours count where the person is, all others where the project is.
        let (whose, homes) = match self.counted {
            Counted::Utilised => (
                "homes.division_id",
                "JOIN person_owners AS homes ON homes.person_id = entries.person_id
                      AND entries.worked_on >= homes.valid_from AND entries.worked_on < homes.valid_until",
            ),
            _ => ("owners.division_id", ""),
        };
        let from = format!(
            "WITH {PROJECT_OWNERS}, {PERSON_OWNERS} {select}
             FROM time_entries AS entries
                  JOIN people ON people.id = entries.person_id
                  JOIN projects ON projects.id = entries.project_id
                  LEFT JOIN clients ON clients.id = projects.client_id
                  JOIN project_owners AS owners ON owners.project_id = entries.project_id
                       AND entries.worked_on >= owners.valid_from AND entries.worked_on < owners.valid_until
                  {homes}"
        );
        let narrowing = &self.narrowing;
        Conditions::on("entries.worked_on", self.days)
            .and(self.scope.sql(whose))
            .and(self.counted.condition())
            .is("projects.code", narrowing.project.as_deref())
            .is("entries.person_id", narrowing.person)
            .is("clients.name", narrowing.client.as_deref())
            .of_kind("projects.kind", narrowing.project_kind)
            .holds("entries.billable", narrowing.billable)
            .holds("owners.division_id IS NOT NULL", narrowing.assigned)
            .select(&from, rest)
    }

    /// The same by person, those with the most first: by cost, if it is cost that counts.
    ///
    /// # Errors
    /// The database failed.
    pub async fn people(&self, db: &impl ConnectionTrait) -> Result<Vec<PersonSum>, DbErr> {
        let select = format!("SELECT people.id, people.name, {}", self.sums());
        let order = match self.counted {
            Counted::Costing => "labour_cost",
            _ => "minutes",
        };
        let order = format!("GROUP BY people.id, people.name ORDER BY {order} DESC, people.name, people.id");
        self.select(&select, &order).all(db).await
    }
}

impl Sought for Entries {
    type Row = EntryRow;
    type Sum = EntrySum;

    fn sum(&self) -> Sql {
        self.select(&format!("SELECT COUNT(*) AS count, {}", self.sums()), "")
    }

    fn rows(&self, limit: &str) -> Sql {
        let is_seen = self.everything.sql("owners.division_id");
        let seen = |column: &str| format!("CASE WHEN {is_seen} THEN {column} END");
        let select = format!(
            "SELECT entries.worked_on, people.name AS person, entries.minutes, entries.revenue, entries.billable,
                    {} AS labour_cost, owners.division_id, {} AS code, {} AS project, {} AS client, {} AS note",
            self.scope.labour_cost_sql("entries.labour_cost"),
            seen("projects.code"),
            seen("projects.name"),
            seen("clients.name"),
            seen("entries.note"),
        );
        let order = self
            .order
            .as_ref()
            .map(|order| format!("{order}, "))
            .unwrap_or_default();
        self.select(
            &select,
            &format!("ORDER BY {order}entries.worked_on DESC, entries.id DESC {limit}"),
        )
    }

    fn contents(row: &EntryRow) -> Contents<'_> {
        let texts = [&row.code, &row.project, &row.client, &row.note];
        let texts = texts.into_iter().flatten().chain([&row.person]);
        let amounts = [Some(row.revenue), row.labour_cost];
        Contents {
            texts: texts.map(String::as_str).collect(),
            amounts: amounts.into_iter().flatten().map(Money).collect(),
            hours: vec![Minutes(row.minutes)],
            day: Some(row.worked_on),
        }
    }

    fn with(sum: EntrySum, row: &EntryRow) -> Option<EntrySum> {
        let labour_cost = match sum.labour_cost {
            Some(cost) => Some(cost.checked_add(row.labour_cost.unwrap_or_default())?),
            None => None,
        };
        Some(EntrySum {
            count: sum.count + 1,
            minutes: sum.minutes.checked_add(row.minutes)?,
            revenue: sum.revenue.checked_add(row.revenue)?,
            labour_cost,
        })
    }

    fn nothing(&self) -> EntrySum {
        EntrySum {
            labour_cost: self.scope.includes_labour_cost().then_some(0),
            ..EntrySum::default()
        }
    }

    fn count(sum: &EntrySum) -> u64 {
        sum.count.unsigned_abs()
    }
}

/// The name of a person who was in `scope` or worked on its projects at any time.
///
/// # Errors
/// The database failed.
pub async fn person_name(
    db: &impl ConnectionTrait,
    scope: &PermittedScope,
    person: i64,
) -> Result<Option<String>, DbErr> {
    sql(format!(
        "WITH {PROJECT_OWNERS}, {PERSON_OWNERS}
         SELECT people.name FROM people WHERE people.id = $1 AND (
             EXISTS (SELECT 1 FROM person_owners AS homes WHERE homes.person_id = people.id AND {})
             OR EXISTS (SELECT 1 FROM time_entries AS entries
                             JOIN project_owners AS owners ON owners.project_id = entries.project_id
                                  AND entries.worked_on >= owners.valid_from AND entries.worked_on < owners.valid_until
                        WHERE entries.person_id = people.id AND {}))",
        scope.sql("homes.division_id"),
        scope.sql("owners.division_id")
    ))
    .bind(person)
    .value(db)
    .await
}
