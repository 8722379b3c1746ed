//! Why the database refuses a row, as an error at the field at fault. The one place that reads that from a database's
//! error.

use super::logged::of_driver;
use crate::{
    error::{AppError, ErrorKind},
    locale::logged_in_english,
    message::{Message, Told, Value},
    messages::violation,
};
use sea_orm::{DbErr, sqlx};

/// A constraint that a row would have broken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Violation {
    /// [`ErrorKind::Conflict`] if there is such a row already, otherwise [`ErrorKind::Invalid`].
    pub kind: ErrorKind,
    /// The column at fault, if the database names it: SQLite doesn't for a reference that leads nowhere.
    pub field: Option<String>,
    /// What was wrong, and what to do about it.
    pub message: Message,
}

impl Told for Violation {
    fn message(&self) -> Message {
        self.message.clone()
    }
}

logged_in_english!(Violation);

/// What people call a row.
type Name = fn() -> Message;

/// What must be unique, by table and the column at fault.
const UNIQUE: [(&str, &str, Name); 12] = [
    ("users", "email", violation::account),
    ("divisions", "slug", violation::division),
    ("clients", "name", violation::client),
    ("projects", "code", violation::project),
    ("invoices", "number", violation::invoice),
    ("cost_rates", "valid_from", violation::cost_rate),
    ("capacities", "month", violation::capacity),
    ("overhead_keys", "division_id", violation::weight),
    ("project_divisions", "valid_from", violation::owner),
    ("person_divisions", "valid_from", violation::division_of_person),
    ("project_terms", "valid_from", violation::terms),
    ("user_divisions", "division_id", violation::division_of_account),
];

/// The columns at fault where Postgres's own name for a check says only the table.
const CHECKS_OF_ROWS: [(&str, &str); 5] = [
    ("capacities_check", "absence_minutes"),
    ("projects_check", "kind"),
    ("projects_check1", "ends_on"),
    ("project_terms_check", "ends_on"),
    ("bookings_check", "project_id"),
];

impl Violation {
    /// The constraint that was broken according to `error`; none if it is about something else.
    pub fn of(error: &DbErr) -> Option<Self> {
        let Some(sqlx::Error::Database(cause)) = of_driver(error) else {
            return None;
        };
        let (code, message) = (cause.code()?, cause.message());
        match &*code {
            // SQLite: SQLITE_CONSTRAINT_UNIQUE and _PRIMARYKEY, _FOREIGNKEY, _CHECK, _NOTNULL, and _TRIGGER, whose
            // message is a step's own.
            "2067" | "1555" => {
                let (table, column) = after_colon(message).rsplit(", ").next()?.split_once('.')?;
                Some(Self::taken(table, Some(column)))
            }
            "787" => Some(Self::leads_nowhere(None)),
            "275" => Some(Self::unfit(first_name(after_colon(message)))),
            "1299" => Some(Self::unfit(
                after_colon(message).split_once('.').map(|(_, column)| column),
            )),
            "1811" => Some(Self::refused(message)),
            // Postgres: unique_violation, foreign_key_violation, check_violation, not_null_violation, raise_exception.
            "23505" => {
                let (table, constraint) = (cause.table()?, cause.constraint()?);
                Some(Self::taken(table, unique_column(table, constraint)))
            }
            "23503" => Some(Self::leads_nowhere(column_of(
                cause.table()?,
                cause.constraint()?,
                "_fkey",
            ))),
            "23514" => Some(Self::unfit(checked_column(cause.table()?, cause.constraint()?))),
            "23502" => Some(Self::unfit(first_name(message.split_once('"')?.1))),
            "P0001" => Some(Self::refused(message)),
            _ => None,
        }
    }

    /// There is such a row.
    fn taken(table: &str, column: Option<&str>) -> Self {
        let what = UNIQUE
            .iter()
            .find(|(known, unique, _)| *known == table && column == Some(unique));
        let what = what.map_or_else(violation::like_it, |(_, _, what)| what());
        Self {
            kind: ErrorKind::Conflict,
            field: column.map(str::to_owned),
            message: violation::taken(what),
        }
    }

    fn leads_nowhere(column: Option<&str>) -> Self {
        Self {
            kind: ErrorKind::Invalid,
            field: column.map(str::to_owned),
            message: violation::leads_nowhere(),
        }
    }

    fn unfit(column: Option<&str>) -> Self {
        Self {
            kind: ErrorKind::Invalid,
            field: column.map(str::to_owned),
            message: column.map_or_else(violation::unfit, |column| violation::unfit_column(Value::text(column))),
        }
    }

    /// What a trigger says: `table.column must be …`, or a sentence.
    fn refused(message: &str) -> Self {
        let column = message
            .split_once(" must be ")
            .and_then(|(place, _)| place.split_once('.'));
        Self {
            kind: ErrorKind::Invalid,
            field: column.map(|(_, column)| column.to_owned()),
            message: violation::refused(Value::text(message)),
        }
    }
}

impl From<Violation> for AppError {
    fn from(found: Violation) -> Self {
        Self {
            field: found.field,
            ..Self::new(found.kind, found.message)
        }
    }
}

/// What SQLite names after `… constraint failed: `.
fn after_colon(message: &str) -> &str {
    message.split_once(": ").map_or(message, |(_, named)| named)
}

/// The first word that could be a column's name.
fn first_name(text: &str) -> Option<&str> {
    let is_name = |letter: char| letter.is_ascii_lowercase() || letter == '_';
    text.split(|letter| !is_name(letter)).find(|word| !word.is_empty())
}

/// Postgres's name for a constraint begins with its table.
fn column_of<'a>(table: &str, constraint: &'a str, end: &str) -> Option<&'a str> {
    constraint.strip_prefix(table)?.strip_prefix('_')?.strip_suffix(end)
}

/// Of the columns that are unique together, the one that [`UNIQUE`] names.
fn unique_column<'a>(table: &str, constraint: &'a str) -> Option<&'a str> {
    let of_several = UNIQUE.iter().find(|(known, ..)| *known == table);
    of_several.map_or_else(|| column_of(table, constraint, "_key"), |(_, column, _)| Some(column))
}

/// The column that a check is about: the steps name theirs after it, `table_column_…`.
fn checked_column<'a>(table: &str, constraint: &'a str) -> Option<&'a str> {
    if let Some((_, column)) = CHECKS_OF_ROWS.iter().find(|(known, _)| *known == constraint) {
        return Some(column);
    }
    let named = constraint.strip_prefix(table)?.strip_prefix('_')?;
    let end = named.find("_check").or_else(|| limit_begins(named))?;
    Some(&named[..end])
}

/// Where in a limit's name the limit itself begins, see `migrations/m0008_limits.rs`.
fn limit_begins(named: &str) -> Option<usize> {
    let ends = ["_minus_", "_year_1_to_", "_starts_on_to_"];
    let digit = named.find(|letter: char| letter.is_ascii_digit());
    let digit = digit.and_then(|place| place.checked_sub(1));
    ends.iter().filter_map(|end| named.find(end)).chain(digit).min()
}
