//! The rules of the books that the database can check by itself.

use super::{beyond_limits, row_names};
use crate::{books::limits::NO_SLUGS, message::Message, messages::check};
use sea_orm::DbBackend;

/// Each rule with a query that names the rows that break it.
pub(super) fn rules(backend: DbBackend) -> Vec<(Message, String)> {
    vec![
        (
            check::slugs(),
            format!(
                "SELECT {} AS what FROM divisions WHERE slug IN ({})",
                row_names::name("divisions", "divisions"),
                NO_SLUGS.map(|slug| format!("'{slug}'")).join(", ")
            ),
        ),
        (
            check::only_shared(),
            format!(
                "SELECT {} AS what FROM bookings
                 WHERE NOT bookings.shared
                   AND EXISTS (SELECT 1 FROM booking_parts WHERE booking_parts.booking_id = bookings.id)",
                row_names::name("bookings", "bookings")
            ),
        ),
        (check::worth(), worth_of_time(backend)),
        (check::cost(), cost_of_time(backend)),
        (
            check::long_day(),
            format!(
                "SELECT {} AS what
                 FROM time_entries AS entries JOIN people ON people.id = entries.person_id
                 WHERE {} GROUP BY people.id, people.name, entries.worked_on HAVING SUM(entries.minutes) > 1440",
                row_names::about(
                    row_names::DAY,
                    "people",
                    "people",
                    &["CAST(entries.worked_on AS TEXT)".to_owned()]
                ),
                beyond_limits::within(backend, "time_entries", "entries")
            ),
        ),
        (check::from_beginning(), from_the_beginning()),
        (
            check::terms(),
            format!(
                "SELECT {} AS what FROM project_terms AS terms JOIN projects ON projects.id = terms.project_id
                 WHERE (projects.kind = 'time_and_material' AND terms.billing_rate IS NULL)
                    OR (projects.kind = 'fixed_price' AND (terms.fee IS NULL OR terms.ends_on IS NULL))",
                row_names::name("project_terms", "terms")
            ),
        ),
        (check::mirrors(), mirrors()),
        (
            check::months(),
            format!(
                "SELECT {} AS what FROM capacities WHERE {} AND SUBSTR(CAST(capacities.month AS TEXT), 9) <> '01'",
                row_names::name("capacities", "capacities"),
                beyond_limits::within(backend, "capacities", "capacities")
            ),
        ),
        (
            check::counted(),
            format!(
                "SELECT {} AS what FROM data_revision WHERE by_books",
                row_names::coded("left on", &[])
            ),
        ),
    ]
}

/// A join of the row of `table`, called `row`, that holds for `whose` on `day`.
fn of_day(table: &str, row: &str, column: &str, whose: &str, day: &str) -> String {
    format!(
        "{table} AS {row} ON {row}.{column} = {whose} AND {row}.valid_from =
             (SELECT MAX(earlier.valid_from) FROM {table} AS earlier
              WHERE earlier.{column} = {whose} AND earlier.valid_from <= {day})"
    )
}

/// A join of the last row of `table`, called `row`.
fn last(table: &str, row: &str, column: &str, whose: &str) -> String {
    format!(
        "{table} AS {row} ON {row}.{column} = {whose} AND {row}.valid_from =
             (SELECT MAX(every.valid_from) FROM {table} AS every WHERE every.{column} = {whose})"
    )
}

/// The value of `minutes` at `rate` in whole cents, rounded half up; neither is negative.
fn value(minutes: &str, rate: &str) -> String {
    format!("({minutes} * {rate} * 2 + 60) / 120")
}

fn worth_of_time(backend: DbBackend) -> String {
    // The condition comes first, so that nothing beyond the limits is calculated with.
    format!(
        "SELECT {} AS what FROM time_entries AS entries JOIN projects ON projects.id = entries.project_id JOIN {}
         WHERE CASE WHEN {} AND {} THEN
             entries.revenue <> CASE WHEN entries.billable AND projects.kind = 'time_and_material' THEN {} ELSE 0 END
         ELSE 1 = 0 END",
        row_names::name("time_entries", "entries"),
        of_day(
            "project_terms",
            "terms",
            "project_id",
            "entries.project_id",
            "entries.worked_on"
        ),
        beyond_limits::within(backend, "time_entries", "entries"),
        beyond_limits::within(backend, "project_terms", "terms"),
        value("entries.minutes", "COALESCE(terms.billing_rate, 0)")
    )
}

fn cost_of_time(backend: DbBackend) -> String {
    format!(
        "SELECT {} AS what FROM time_entries AS entries LEFT JOIN {}
         WHERE CASE WHEN {} AND (rates.id IS NULL OR {}) THEN
             entries.labour_cost IS DISTINCT FROM CASE WHEN rates.id IS NOT NULL THEN {} END
         ELSE 1 = 0 END",
        row_names::name("time_entries", "entries"),
        of_day(
            "cost_rates",
            "rates",
            "person_id",
            "entries.person_id",
            "entries.worked_on"
        ),
        beyond_limits::within(backend, "time_entries", "entries"),
        beyond_limits::within(backend, "cost_rates", "rates"),
        value("entries.minutes", "rates.cents_per_hour")
    )
}

fn from_the_beginning() -> String {
    let lacks = |dated: &str, column: &str, table: &str, what: &str| {
        format!(
            "SELECT {} AS what FROM {table} WHERE NOT EXISTS
                 (SELECT 1 FROM {dated} WHERE {dated}.{column} = {table}.id AND {dated}.valid_from = '0001-01-01')",
            row_names::about(what, table, table, &[])
        )
    };
    [
        lacks("project_divisions", "project_id", "projects", row_names::DIVISION),
        lacks("project_terms", "project_id", "projects", row_names::TERMS),
        lacks("person_divisions", "person_id", "people", row_names::DIVISION),
    ]
    .join(" UNION ALL ")
}

fn mirrors() -> String {
    let differs = |table: &str, dated: &str, column: &str, mirrored: &[&str]| {
        let differ = mirrored
            .iter()
            .map(|mirror| format!("{table}.{mirror} IS DISTINCT FROM latest.{mirror}"));
        format!(
            "SELECT {} AS what FROM {table} JOIN {} WHERE {}",
            row_names::name(table, table),
            last(dated, "latest", column, &format!("{table}.id")),
            differ.collect::<Vec<_>>().join(" OR ")
        )
    };
    let terms = ["billing_rate", "fee", "starts_on", "ends_on"];
    [
        // One project is named once, whatever differs.
        differs("projects", "project_divisions", "project_id", &["division_id"]),
        differs("projects", "project_terms", "project_id", &terms),
        differs("people", "person_divisions", "person_id", &["division_id"]),
    ]
    .join(" UNION ")
}
