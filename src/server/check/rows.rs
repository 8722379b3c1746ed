//! What a row is called where something is wrong with it, in SQL.

/// An expression that names the row `r` of `table`, by what people know it by.
pub(super) fn name(table: &str, r: &str) -> String {
    let day = |column: &str| format!("CAST({r}.{column} AS TEXT)");
    let code = format!("(SELECT code FROM projects WHERE projects.id = {r}.project_id)");
    let person = format!(
        "'person ' || {r}.person_id || ' (' || (SELECT name FROM people WHERE people.id = {r}.person_id) || ')'"
    );
    match table {
        "divisions" => format!("'division ' || {r}.slug"),
        "people" => format!("'person ' || {r}.id || ' (' || {r}.name || ')'"),
        "person_divisions" => format!("'the division of ' || {person} || ' from ' || {}", day("valid_from")),
        "cost_rates" => format!("'the rate of ' || {person} || ' from ' || {}", day("valid_from")),
        "capacities" => format!("'the capacity of ' || {person} || ' in ' || {}", day("month")),
        "overhead_keys" => format!("'the key from ' || {}", day("valid_from")),
        "projects" => format!("'project ' || {r}.code"),
        "project_divisions" => format!("'the division of ' || {code} || ' from ' || {}", day("valid_from")),
        "project_terms" => format!("'the terms of ' || {code} || ' from ' || {}", day("valid_from")),
        "time_entries" => format!(
            "'time entry ' || {r}.id || ' (' || {code} || ', ' || {} || ')'",
            day("worked_on")
        ),
        "bookings" => format!("'booking ' || {r}.id || ' (' || {} || ')'", day("booked_on")),
        "booking_parts" => format!("'part ' || {r}.id || ' of booking ' || {r}.booking_id"),
        "invoices" => format!("'invoice ' || {r}.number"),
        _ => format!("'{table} ' || {r}.id"),
    }
}
