//! The rules of the books that the database can look over by itself.

use super::{limits, rows};
use sea_orm::DbBackend;

/// Each rule with a query that names what breaks it.
pub(super) fn rules(backend: DbBackend) -> Vec<(&'static str, String)> {
    vec![
        (
            "only a shared booking has parts",
            format!(
                "SELECT {} AS what FROM bookings b
                 WHERE NOT b.shared AND EXISTS (SELECT 1 FROM booking_parts s WHERE s.booking_id = b.id)",
                rows::name("bookings", "b")
            ),
        ),
        (
            "billable time on time and material is worth its hours at the price of its day, other time nothing",
            worth_of_time(backend),
        ),
        (
            "time costs its hours at the person's rate of that day, and nothing is known where there is none",
            cost_of_time(backend),
        ),
        (
            "nobody works more than a day in a day",
            format!(
                "SELECT {} || ' on ' || CAST(t.worked_on AS TEXT) AS what
                 FROM time_entries t JOIN people h ON h.id = t.person_id
                 WHERE {} GROUP BY h.id, h.name, t.worked_on HAVING SUM(t.minutes) > 1440",
                rows::name("people", "h"),
                limits::within(backend, "time_entries", "t")
            ),
        ),
        (
            "whose a project or a person is, and a project's terms, are known from the beginning",
            from_the_beginning(),
        ),
        (
            "a project's terms fit how it earns: a price by the hour, or a fee and a last day",
            format!(
                "SELECT {} AS what FROM project_terms w JOIN projects p ON p.id = w.project_id
                 WHERE (p.kind = 'time_and_material' AND w.billing_rate IS NULL)
                    OR (p.kind = 'fixed_price' AND (w.fee IS NULL OR w.ends_on IS NULL))",
                rows::name("project_terms", "w")
            ),
        ),
        ("the row of a project or a person says what holds last", mirrors()),
        (
            "a capacity is that of a month, and stands at its first day",
            format!(
                "SELECT {} AS what FROM capacities r WHERE {} AND SUBSTR(CAST(r.month AS TEXT), 9) <> '01'",
                rows::name("capacities", "r"),
                limits::within(backend, "capacities", "r")
            ),
        ),
        (
            "changes of the data are counted, whoever makes them",
            "SELECT 'by_books of data_revision is left on' AS what FROM data_revision WHERE by_books".to_owned(),
        ),
    ]
}

/// A join of the row of `table`, called `r`, that holds for `whose` on `day`.
fn of_day(table: &str, r: &str, column: &str, whose: &str, day: &str) -> String {
    format!(
        "{table} {r} ON {r}.{column} = {whose} AND {r}.valid_from =
             (SELECT MAX(m.valid_from) FROM {table} m WHERE m.{column} = {whose} AND m.valid_from <= {day})"
    )
}

/// A join of the last row of `table`, called `r`.
fn last(table: &str, r: &str, column: &str, whose: &str) -> String {
    format!(
        "{table} {r} ON {r}.{column} = {whose} AND {r}.valid_from =
             (SELECT MAX(m.valid_from) FROM {table} m WHERE m.{column} = {whose})"
    )
}

/// What `minutes` are worth at `rate` in whole cents, rounded half up; neither is negative.
fn value(minutes: &str, rate: &str) -> String {
    format!("({minutes} * {rate} * 2 + 60) / 120")
}

fn worth_of_time(backend: DbBackend) -> String {
    // The condition comes first, so that nothing beyond the limits is calculated with.
    format!(
        "SELECT {} AS what FROM time_entries t JOIN projects p ON p.id = t.project_id JOIN {}
         WHERE CASE WHEN {} AND {} THEN
             t.revenue <> CASE WHEN t.billable AND p.kind = 'time_and_material' THEN {} ELSE 0 END
         ELSE 1 = 0 END",
        rows::name("time_entries", "t"),
        of_day("project_terms", "w", "project_id", "t.project_id", "t.worked_on"),
        limits::within(backend, "time_entries", "t"),
        limits::within(backend, "project_terms", "w"),
        value("t.minutes", "COALESCE(w.billing_rate, 0)")
    )
}

fn cost_of_time(backend: DbBackend) -> String {
    format!(
        "SELECT {} AS what FROM time_entries t LEFT JOIN {}
         WHERE CASE WHEN {} AND (r.id IS NULL OR {}) THEN
             t.labour_cost IS DISTINCT FROM CASE WHEN r.id IS NOT NULL THEN {} END
         ELSE 1 = 0 END",
        rows::name("time_entries", "t"),
        of_day("cost_rates", "r", "person_id", "t.person_id", "t.worked_on"),
        limits::within(backend, "time_entries", "t"),
        limits::within(backend, "cost_rates", "r"),
        value("t.minutes", "r.cents_per_hour")
    )
}

fn from_the_beginning() -> String {
    let lacks = |dated: &str, column: &str, table: &str, what: &str| {
        format!(
            "SELECT '{what}' || {} AS what FROM {table} r WHERE NOT EXISTS
                 (SELECT 1 FROM {dated} d WHERE d.{column} = r.id AND d.valid_from = '0001-01-01')",
            rows::name(table, "r")
        )
    };
    [
        lacks("project_divisions", "project_id", "projects", "the division of "),
        lacks("project_terms", "project_id", "projects", "the terms of "),
        lacks("person_divisions", "person_id", "people", "the division of "),
    ]
    .join(" UNION ALL ")
}

fn mirrors() -> String {
    let differs = |table: &str, dated: &str, column: &str, mirrored: &[&str]| {
        let differ = mirrored
            .iter()
            .map(|mirror| format!("r.{mirror} IS DISTINCT FROM d.{mirror}"));
        format!(
            "SELECT {} AS what FROM {table} r JOIN {} WHERE {}",
            rows::name(table, "r"),
            last(dated, "d", column, "r.id"),
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
