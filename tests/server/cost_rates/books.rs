//! The facts that the test knows but the user may not: who worked when, on what, and at what cost.

use crate::{app::TestApp, database::today};
use chrono::{Days, NaiveDate};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

/// The project on which [`work_alone`] has people work.
pub const PROJECT: &str = "WEB-001";

/// One time entry.
#[derive(FromQueryResult)]
pub struct Work {
    pub code: String,
    pub slug: Option<String>,
    pub person: i64,
    pub day: NaiveDate,
    pub minutes: i64,
    pub labour_cost: i64,
}

/// All work in the divisions that are not archived.
pub struct Books(pub Vec<Work>);

impl Books {
    pub async fn of(app: &TestApp) -> Self {
        let db = app.state.db.writer();
        let select = "SELECT p.code, d.slug, t.person_id AS person, t.worked_on AS day, t.minutes,
                             COALESCE(t.labour_cost, 0) AS labour_cost
                      FROM time_entries t JOIN projects p ON p.id = t.project_id LEFT JOIN divisions d ON d.id = p.division_id
                      WHERE d.archived_on IS NULL";
        let select = Statement::from_string(db.get_database_backend(), select);
        Self(Work::find_by_statement(select).all(db).await.unwrap())
    }

    /// The codes of all projects on which somebody worked.
    pub fn codes(&self) -> Vec<String> {
        let mut codes: Vec<_> = self.0.iter().map(|work| work.code.clone()).collect();
        codes.sort();
        codes.dedup();
        codes
    }

    /// The last two days on which one person alone worked on a project.
    pub fn days_alone(&self, code: &str) -> Vec<NaiveDate> {
        let work = || self.0.iter().filter(|work| work.code == code);
        let mut days: Vec<_> = work().map(|work| work.day).collect();
        days.sort();
        days.dedup();
        days.retain(|day| {
            let mut people = work().filter(|work| work.day == *day).map(|work| work.person);
            let first = people.next();
            people.all(|person| Some(person) == first)
        });
        days.split_off(days.len().saturating_sub(2))
    }
}

/// The largest rate that the database takes. The cost of an hour may be more than that.
const MOST: i64 = 100_000_000;

/// Gives everyone a cost rate of their own, from `least` cents an hour on and odd, so that nothing else costs the same by
/// chance, and lets each work alone in the whole studio on two Sundays. Gives back everyone's rate.
pub async fn work_alone(app: &TestApp, least: i64) -> Vec<(i64, i64)> {
    let db = app.state.db.writer();
    let select = Statement::from_string(db.get_database_backend(), "SELECT id FROM people ORDER BY id");
    let rows = db.query_all_raw(select).await.unwrap();
    let rates: Vec<(i64, i64)> = rows
        .iter()
        .map(|row| row.try_get::<i64>("", "id").unwrap())
        .map(|person| (person, least + person * 137))
        .collect();
    // The last Sunday before today, a Tuesday.
    let sunday = |number: usize| today() - Days::new(2 + 7 * number as u64);
    for (number, (person, _)) in rates.iter().enumerate() {
        for (number, minutes) in [(2 * number, 435 + person), (2 * number + 1, 225)] {
            let sql = format!(
                "INSERT INTO time_entries (person_id, project_id, worked_on, minutes, billable, note, revenue)
                 SELECT {person}, p.id, '{}', {minutes}, TRUE, '', {minutes} * 150 FROM projects p WHERE p.code = '{PROJECT}'",
                sunday(number)
            );
            db.execute_unprepared(&sql).await.unwrap();
        }
    }
    let valued = format!(
        "UPDATE cost_rates SET cents_per_hour =
             CASE WHEN {least} + person_id * 137 < {MOST} THEN {least} + person_id * 137 ELSE {MOST} END;
         UPDATE time_entries SET labour_cost = (minutes * ({least} + person_id * 137) * 2 + 60) / 120;
         UPDATE data_revision SET revision = revision + 1"
    );
    db.execute_unprepared(&valued).await.unwrap();
    rates
}
