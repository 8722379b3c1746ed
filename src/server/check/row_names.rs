//! The name of a row that something is wrong with: SQL finds what it is made of, and it becomes a message.

use crate::{
    message::{Joint, Message, Value},
    messages::check,
};

/// Stands between the parts of a name; no text of a person has it.
const BETWEEN: char = '\u{1f}';

/// What stands before a kind, with a colon: the value in a column of the row, a day of it, its division, its terms.
pub(super) const VALUE: &str = "value";
pub(super) const DAY: &str = "day";
pub(super) const DIVISION: &str = "division";
pub(super) const TERMS: &str = "terms";

/// What a name is of, and the parts that it is made of.
macro_rules! kinds {
    ($($kind:literal [$($part:ident),*] => $words:expr;)*) => {
        /// The message of a name of `kind` with these parts.
        fn of_kind(kind: &str, parts: &[Value]) -> Option<Message> {
            match (kind, parts) {
                $(($kind, [$($part),*]) => {
                    $(let $part = $part.clone();)*
                    Some($words)
                })*
                _ => None,
            }
        }
    };
}

kinds! {
    "divisions" [slug] => check::division(slug);
    "people" [row, name] => check::person(name, row);
    "person_divisions" [row, name, day] => check::person_division(day, name, row);
    "cost_rates" [row, name, day] => check::cost_rate(day, name, row);
    "capacities" [row, name, day] => check::capacity(day, name, row);
    "overhead_keys" [day] => check::key(day);
    "projects" [code] => check::project(code);
    "project_divisions" [code, day] => check::project_division(code, day);
    "project_terms" [code, day] => check::project_terms(code, day);
    "time_entries" [row, code, day] => check::entry(code, day, row);
    "bookings" [row, day] => check::booking(day, row);
    "booking_parts" [row, booking] => check::part(booking, row);
    "invoices" [number] => check::invoice(number);
    "row" [table, row] => check::row(row, table);
    "setting" [key, account] => check::setting(account, key);
    "setting of nobody" [key, account] => check::setting_of_nobody(account, key);
    "session of nobody" [account] => check::session_of_nobody(account);
    "left on" [] => check::left_on();
}

/// An expression that names the row `row` of `table`, as people know it; [`read`] reads it.
pub(super) fn name(table: &str, row: &str) -> String {
    let day = |column: &str| format!("CAST({row}.{column} AS TEXT)");
    let own = |column: &str| format!("{row}.{column}");
    let code = || format!("(SELECT code FROM projects WHERE projects.id = {row}.project_id)");
    let person = || format!("(SELECT name FROM people WHERE people.id = {row}.person_id)");
    match table {
        "divisions" => coded(table, &[own("slug")]),
        "people" => coded(table, &[own("id"), own("name")]),
        "person_divisions" | "cost_rates" => coded(table, &[own("person_id"), person(), day("valid_from")]),
        "capacities" => coded(table, &[own("person_id"), person(), day("month")]),
        "overhead_keys" => coded(table, &[day("valid_from")]),
        "projects" => coded(table, &[own("code")]),
        "project_divisions" | "project_terms" => coded(table, &[code(), day("valid_from")]),
        "time_entries" => coded(table, &[own("id"), code(), day("worked_on")]),
        "bookings" => coded(table, &[own("id"), day("booked_on")]),
        "booking_parts" => coded(table, &[own("id"), own("booking_id")]),
        "invoices" => coded(table, &[own("number")]),
        _ => coded("row", &[format!("'{table}'"), own("id")]),
    }
}

/// An expression of a name of `kind` that is made of `parts`, which are expressions.
pub(super) fn coded(kind: &str, parts: &[String]) -> String {
    format!("'{kind}'{}", appended(parts))
}

fn appended(parts: &[String]) -> String {
    parts.iter().map(|part| format!(" || '{BETWEEN}' || {part}")).collect()
}

/// What a finding says about the name that SQL has found: about a row, on a day, or about a value in one of its columns.
pub(super) fn read(found: &str) -> Message {
    let mut words = found.split(BETWEEN);
    let kind = words.next().unwrap_or_default();
    let words: Vec<Value> = words
        .map(|word| Value::text(word.replace(char::is_control, " ")))
        .collect();
    let known = |kind: &str, parts: &[Value]| {
        // A name with a sign that we put between its parts.
        let otherwise = || check::row(Value::Joined(parts.to_vec(), Joint::Comma), Value::text(kind));
        of_kind(kind, parts).unwrap_or_else(otherwise)
    };
    match (kind.split_once(':'), words.as_slice()) {
        (Some((VALUE, kind)), [parts @ .., column, value]) => {
            check::value(column.clone(), known(kind, parts), value.clone())
        }
        (Some((DAY, kind)), [parts @ .., day]) => check::on_day(day.clone(), known(kind, parts)),
        (Some((DIVISION, kind)), parts) => check::division_of(known(kind, parts)),
        (Some((TERMS, kind)), parts) => check::terms_of(known(kind, parts)),
        (_, parts) => known(kind, parts),
    }
}

/// An expression that says something about the row `row` of `table`: `what` of it, with further `parts`.
pub(super) fn about(what: &str, table: &str, row: &str, parts: &[String]) -> String {
    format!("'{what}:' || {}{}", name(table, row), appended(parts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;

    #[test]
    fn what_sql_finds_becomes_words() {
        for (found, english) in [
            ("people\u{1f}7\u{1f}Ada", "person 7 (Ada)"),
            (
                "day:people\u{1f}7\u{1f}Ada\u{1f}2026-03-02",
                "person 7 (Ada) on 2026-03-02",
            ),
            (
                "value:bookings\u{1f}3\u{1f}2026-01-01\u{1f}amount\u{1f}9",
                "booking 3 (2026-01-01): amount is 9",
            ),
            ("division:projects\u{1f}WEB-002", "the division of project WEB-002"),
            ("terms:projects\u{1f}WEB-002", "the terms of project WEB-002"),
            ("left on", "by_books of data_revision is left on"),
            ("people\u{1f}7\u{1f}A\nda", "person 7 (A da)"),
            ("invoices\u{1f}a\u{1f}b", "invoices a, b"),
        ] {
            assert_eq!(Locale::default().say(&read(found)), english, "{found}");
        }
    }
}
