//! The name of a row that something is wrong with, in SQL.

/// An expression that names the row `row` of `table`, as people know it.
pub(super) fn name(table: &str, row: &str) -> String {
    let day = |column: &str| format!("CAST({row}.{column} AS TEXT)");
    let code = format!("(SELECT code FROM projects WHERE projects.id = {row}.project_id)");
    let person = format!(
        "'person ' || {row}.person_id || ' (' || (SELECT name FROM people WHERE people.id = {row}.person_id) || ')'"
    );
    match table {
        "divisions" => format!("'division ' || {row}.slug"),
        "people" => format!("'person ' || {row}.id || ' (' || {row}.name || ')'"),
        "person_divisions" => format!("'the division of ' || {person} || ' from ' || {}", day("valid_from")),
        "cost_rates" => format!("'the rate of ' || {person} || ' from ' || {}", day("valid_from")),
        "capacities" => format!("'the capacity of ' || {person} || ' in ' || {}", day("month")),
        "overhead_keys" => format!("'the key from ' || {}", day("valid_from")),
        "projects" => format!("'project ' || {row}.code"),
        "project_divisions" => format!("'the division of ' || {code} || ' from ' || {}", day("valid_from")),
        "project_terms" => format!("'the terms of ' || {code} || ' from ' || {}", day("valid_from")),
        "time_entries" => format!(
            "'time entry ' || {row}.id || ' (' || {code} || ', ' || {} || ')'",
            day("worked_on")
        ),
        "bookings" => format!("'booking ' || {row}.id || ' (' || {} || ')'", day("booked_on")),
        "booking_parts" => format!("'part ' || {row}.id || ' of booking ' || {row}.booking_id"),
        "invoices" => format!("'invoice ' || {row}.number"),
        _ => format!("'{table} ' || {row}.id"),
    }
}
