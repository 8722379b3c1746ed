//! The eighth step: the database refuses values that can't be right, and counts every change of the studio's data.
//!
//! Amounts, rates, hours and days have limits (`books/limits.rs`). Rows that are beyond them already stay as they are:
//! `check` names them. And `data_revision` rises with each change, no matter who makes it, so that open windows follow;
//! while `by_books` is true the books count themselves.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// Adds both.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Values {
    Whole(i64, i64),
    Day,
    DayFrom(&'static str),
    YesOrNo,
}

use self::Values::{Day, DayFrom, Whole, YesOrNo};

const AMOUNT: Values = Whole(-10_000_000_000_000, 10_000_000_000_000);
const FEE: Values = Whole(0, 10_000_000_000_000);
const RATE: Values = Whole(0, 100_000_000);
const CAPACITY: Values = Whole(0, 44_640);

/// The limits, by table.
const LIMITS: [(&str, &[(&str, Values)]); 12] = [
    (
        "divisions",
        &[("position", Whole(-1_000_000_000, 1_000_000_000)), ("archived_on", Day)],
    ),
    ("cost_rates", &[("valid_from", Day), ("cents_per_hour", RATE)]),
    (
        "capacities",
        &[
            ("month", Day),
            ("contract_minutes", CAPACITY),
            ("absence_minutes", CAPACITY),
        ],
    ),
    (
        "overhead_keys",
        &[("valid_from", Day), ("weight", Whole(0, 1_000_000_000))],
    ),
    (
        "projects",
        &[
            ("billing_rate", RATE),
            ("fee", FEE),
            ("starts_on", Day),
            ("ends_on", DayFrom("starts_on")),
            ("budget", FEE),
            ("budget_minutes", Whole(0, 1_000_000_000)),
        ],
    ),
    ("project_divisions", &[("valid_from", Day)]),
    ("person_divisions", &[("valid_from", Day)]),
    (
        "project_terms",
        &[
            ("valid_from", Day),
            ("billing_rate", RATE),
            ("fee", FEE),
            ("starts_on", Day),
            ("ends_on", DayFrom("starts_on")),
        ],
    ),
    (
        "time_entries",
        &[
            ("worked_on", Day),
            ("minutes", Whole(1, 1_440)),
            ("billable", YesOrNo),
            ("revenue", AMOUNT),
            ("labour_cost", AMOUNT),
        ],
    ),
    (
        "bookings",
        &[
            ("booked_on", Day),
            ("amount", AMOUNT),
            ("billable", YesOrNo),
            ("shared", YesOrNo),
        ],
    ),
    ("booking_parts", &[("amount", AMOUNT)]),
    ("invoices", &[("invoiced_on", Day), ("amount", AMOUNT)]),
];

/// The tables that figures are made from.
const DATA: [&str; 14] = [
    "divisions",
    "clients",
    "people",
    "person_divisions",
    "cost_rates",
    "capacities",
    "overhead_keys",
    "projects",
    "project_divisions",
    "project_terms",
    "time_entries",
    "bookings",
    "booking_parts",
    "invoices",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing, on SQLite too, which isn't the default there.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let statements = match manager.get_database_backend() {
            DbBackend::Postgres => on_postgres(),
            _ => on_sqlite(),
        };
        for statement in statements {
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}

fn on_postgres() -> Vec<String> {
    let limits = LIMITS.map(|(table, columns)| {
        let checks = columns.iter().filter_map(|(column, values)| {
            let (name, check) = values.check(column)?;
            // `NOT VALID`: existing rows aren't checked.
            Some(format!(
                "ADD CONSTRAINT {table}_{column}_{name} CHECK ({check}) NOT VALID"
            ))
        });
        format!("ALTER TABLE {table} {}", checks.collect::<Vec<_>>().join(", "))
    });
    // Once in a transaction is enough: nobody sees the steps in between. Before the statement, so that every writer has
    // the counter's row before any other, as the books do, and two writers never wait for each other. The function may
    // be left over from a later state of the database, which was replaced by an older one.
    let count = "CREATE OR REPLACE FUNCTION count_data() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
             IF NOT (SELECT by_books OR xmin = pg_current_xact_id()::xid FROM data_revision) THEN
                 UPDATE data_revision SET revision = revision + 1;
             END IF;
             RETURN NULL;
         END $$";
    let triggers = DATA.map(|table| {
        format!(
            "CREATE TRIGGER {table}_are_data BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
             FOR EACH STATEMENT EXECUTE FUNCTION count_data()"
        )
    });
    limits.into_iter().chain([count.to_owned()]).chain(triggers).collect()
}

fn on_sqlite() -> Vec<String> {
    let mut statements = Vec::new();
    for (table, columns) in LIMITS {
        let refusals: Vec<String> = columns
            .iter()
            .map(|(column, values)| values.refusal(table, column))
            .collect();
        let refusals = refusals.join("\n");
        for change in ["INSERT", "UPDATE"] {
            statements.push(format!(
                "CREATE TRIGGER {table}_have_limits_{} BEFORE {change} ON {table}
                 BEGIN SELECT CASE\n{refusals}\nEND; END",
                change.to_lowercase()
            ));
        }
    }
    for table in DATA {
        for change in ["INSERT", "UPDATE", "DELETE"] {
            statements.push(format!(
                "CREATE TRIGGER {table}_are_data_{} AFTER {change} ON {table}
                 WHEN NOT (SELECT by_books FROM data_revision)
                 BEGIN UPDATE data_revision SET revision = revision + 1; END",
                change.to_lowercase()
            ));
        }
    }
    statements
}

impl Values {
    /// The name of a Postgres constraint that holds `column` to this, and its condition; none if the column's type is
    /// enough. NULL is within every limit.
    fn check(self, column: &str) -> Option<(String, String)> {
        let day = format!("{column} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'");
        match self {
            Whole(least, most) => {
                let of = |number: i64| number.to_string().replace('-', "minus_");
                let name = format!("{}_to_{}", of(least), of(most));
                Some((name, format!("{column} BETWEEN {least} AND {most}")))
            }
            Day => Some(("year_1_to_9999".to_owned(), day)),
            DayFrom(first) => Some((
                format!("{first}_to_year_9999"),
                format!("{day} AND {column} >= {first}"),
            )),
            YesOrNo => None,
        }
    }

    /// The branch of a SQLite trigger that refuses any other value. The type of a column restricts nothing there.
    fn refusal(self, table: &str, column: &str) -> String {
        let day = format!(
            "typeof(NEW.{column}) = 'text' AND NEW.{column} IS date(NEW.{column}, '+0 days') AND NEW.{column} >= '0001-01-01'"
        );
        let (holds, wanted) = match self {
            Whole(least, most) => (
                format!("typeof(NEW.{column}) = 'integer' AND NEW.{column} BETWEEN {least} AND {most}"),
                format!("a whole number from {least} to {most}"),
            ),
            Day => (day, "a day from 0001-01-01 to 9999-12-31".to_owned()),
            DayFrom(first) => (
                format!("{day} AND NEW.{column} >= NEW.{first}"),
                format!("a day from {first} to 9999-12-31"),
            ),
            YesOrNo => (format!("NEW.{column} IN (0, 1)"), "0 or 1".to_owned()),
        };
        format!(
            "WHEN NEW.{column} IS NOT NULL AND NOT ({holds}) THEN RAISE(ABORT, '{table}.{column} must be {wanted}')"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::books::limits;

    /// A published step never changes: if the limits do, another step changes them in the database.
    #[test]
    fn the_database_is_given_the_limits_of_the_books() {
        let of_books = limits::TABLES.map(|(table, columns)| {
            let columns = columns.iter().map(|(column, values)| {
                let values = match values {
                    limits::Values::Whole(limit) => Whole(limit.least, limit.most),
                    limits::Values::Day => Day,
                    limits::Values::DayFrom(first) => DayFrom(first),
                    limits::Values::YesOrNo => YesOrNo,
                };
                (*column, values)
            });
            (table, columns.collect::<Vec<_>>())
        });
        let of_database = LIMITS.map(|(table, columns)| (table, columns.to_vec()));
        assert_eq!(of_books, of_database);
    }

    #[test]
    fn no_name_is_longer_than_postgres_keeps() {
        for (table, columns) in LIMITS {
            for (column, values) in columns {
                if let Some((name, _)) = values.check(column) {
                    let name = format!("{table}_{column}_{name}");
                    assert!(name.len() <= 63, "{name}");
                }
            }
        }
    }
}
