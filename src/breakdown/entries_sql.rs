//! The SQL of the time entries behind a figure.

use super::{counted::Entries, opened::Opened};
use crate::{
    days::Days,
    measure::Measure,
    money::{Minutes, Money},
    place::Place,
    server::{
        ledger::owners::{PERSON_OWNERS, PROJECT_OWNERS},
        permission::PermittedScope,
        sql::{Sql, sql},
    },
    view::{RenderContext, amount::Amount},
};
use chrono::NaiveDate;
use futures_util::Stream;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, StreamTrait};

/// How many entries were found, and what they add up to.
#[derive(Clone, Copy, Default, FromQueryResult)]
pub(super) struct SumRow {
    pub(super) count: i64,
    pub(super) minutes: i64,
    pub(super) revenue: i64,
    /// `None` where it isn't part of the scope.
    pub(super) labour_cost: Option<i64>,
}

/// What one person did, all together.
#[derive(FromQueryResult)]
pub(super) struct PersonRow {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) minutes: i64,
    /// `None` where it isn't part of the scope.
    pub(super) labour_cost: Option<i64>,
}

/// A time entry. Of a project that this user may not see there is neither code nor note.
#[derive(FromQueryResult)]
pub(super) struct EntryRow {
    pub(super) worked_on: NaiveDate,
    pub(super) person: String,
    pub(super) code: Option<String>,
    pub(super) note: Option<String>,
    pub(super) minutes: i64,
    pub(super) revenue: i64,
    /// `None` where it isn't part of the scope, or not known.
    pub(super) labour_cost: Option<i64>,
}

impl SumRow {
    /// What they add up to in `measure`.
    pub(super) fn amount(&self, measure: Measure) -> Amount {
        match measure {
            Measure::LabourCost => Amount::unless_withheld(self.labour_cost.map(Money)),
            _ => Amount::Minutes(Minutes(self.minutes)),
        }
    }
}

/// The time entries of a figure.
pub(super) struct FoundEntries<'a, C> {
    db: &'a C,
    scope: &'a PermittedScope,
    everything: &'a PermittedScope,
    days: Days,
    entries: Entries,
    project: Option<&'a str>,
    person: Option<i64>,
}

impl<'a, C> FoundEntries<'a, C> {
    /// Those of an opened figure.
    pub(super) fn of(opened: &'a Opened<'a, C>, entries: Entries) -> Self {
        Self::at(opened.db, opened.context, opened.place, opened.days, entries)
    }

    /// Those on `days` at a place.
    pub(super) fn at(db: &'a C, context: &'a RenderContext, place: &'a Place, days: Days, entries: Entries) -> Self {
        Self {
            db,
            scope: &context.scope,
            everything: &context.everything,
            days,
            entries,
            project: place.project.as_deref(),
            person: place.person,
        }
    }

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
        let whose = match self.entries {
            Entries::Utilised => "homes.division_id",
            _ => "owners.division_id",
        };
        let homes = match self.entries {
            Entries::Utilised => {
                "JOIN person_owners AS homes ON homes.person_id = entries.person_id
                      AND entries.worked_on >= homes.valid_from AND entries.worked_on < homes.valid_until"
            }
            _ => "",
        };
        let project = self.project.map_or("", |_| "AND projects.code = $3");
        let person = self.person.map(|id| format!("AND entries.person_id = {id}"));
        let text = format!(
            "WITH {PROJECT_OWNERS}, {PERSON_OWNERS} {select}
             FROM time_entries AS entries
                  JOIN people ON people.id = entries.person_id
                  JOIN projects ON projects.id = entries.project_id
                  JOIN project_owners AS owners ON owners.project_id = entries.project_id
                       AND entries.worked_on >= owners.valid_from AND entries.worked_on < owners.valid_until
                  {homes}
             WHERE entries.worked_on >= $1 AND entries.worked_on <= $2 AND {} AND {} {project} {} {rest}",
            self.scope.sql(whose),
            self.entries.condition(),
            person.unwrap_or_default(),
        );
        let select = sql(text).bind(self.days.from).bind(self.days.to);
        match self.project {
            Some(code) => select.bind(code),
            None => select,
        }
    }
}

impl<C: ConnectionTrait> FoundEntries<'_, C> {
    /// All of them together.
    pub(super) async fn sum(&self) -> Result<SumRow, DbErr> {
        let select = format!("SELECT COUNT(*) AS count, {}", self.sums());
        Ok(self.select(&select, "").one(self.db).await?.unwrap_or_default())
    }

    /// The same by person, the most first.
    pub(super) async fn people(&self) -> Result<Vec<PersonRow>, DbErr> {
        let select = format!("SELECT people.id, people.name, {}", self.sums());
        let order = match self.entries {
            Entries::Costing => "labour_cost",
            _ => "minutes",
        };
        let order = format!("GROUP BY people.id, people.name ORDER BY {order} DESC, people.name, people.id");
        self.select(&select, &order).all(self.db).await
    }

    /// So many of them after the `first` ones, the latest first.
    pub(super) async fn page(&self, first: u64, size: u64) -> Result<Vec<EntryRow>, DbErr> {
        self.rows(&format!("LIMIT {size} OFFSET {first}")).all(self.db).await
    }

    /// The rows in their order, up to `limit`.
    fn rows(&self, limit: &str) -> Sql {
        let is_seen = self.everything.sql("owners.division_id");
        let select = format!(
            "SELECT entries.worked_on, people.name AS person, entries.minutes, entries.revenue,
                    {} AS labour_cost,
                    CASE WHEN {is_seen} THEN projects.code END AS code,
                    CASE WHEN {is_seen} THEN entries.note END AS note",
            self.scope.labour_cost_sql("entries.labour_cost")
        );
        self.select(
            &select,
            &format!("ORDER BY entries.worked_on DESC, entries.id DESC {limit}"),
        )
    }
}

impl<'a, C: ConnectionTrait + StreamTrait> FoundEntries<'a, C> {
    /// All of them, one after the other, in the order of the pages.
    pub(super) async fn all(&self) -> Result<impl Stream<Item = Result<EntryRow, DbErr>> + Send + use<'a, C>, DbErr> {
        self.rows("").stream(self.db).await
    }
}

/// The name of a person who was in `scope` or worked on its projects at any time.
pub(super) async fn person_name(
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
