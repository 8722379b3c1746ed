//! A statement in SQL with its values: the one way from a feature to the database.

use futures_util::{Stream, StreamExt};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult, Statement, StreamTrait, TryGetable, Value};
use std::{borrow::Cow, fmt::Write};

/// How many values one statement carries that inserts many rows; SQLite takes 32,766 and Postgres 65,535.
const VALUES: usize = 16_000;

/// A statement with its values, `$1` first; see [`sql`].
#[derive(Clone, Debug)]
pub struct Sql {
    text: Cow<'static, str>,
    values: Vec<Value>,
}

/// The statement `text`, in which `$1`, `$2`, … stand for the values that are bound to it.
pub fn sql(text: impl Into<Cow<'static, str>>) -> Sql {
    Sql {
        text: text.into(),
        values: Vec::new(),
    }
}

/// Inserts `rows` into `columns` of `table`, many in each statement.
///
/// # Errors
/// The database failed, or refused a row.
pub async fn insert<const N: usize>(
    db: &impl ConnectionTrait,
    table: &str,
    columns: [&str; N],
    rows: impl IntoIterator<Item = [Value; N]>,
) -> Result<(), DbErr> {
    let mut rows = rows.into_iter();
    loop {
        let values: Vec<Value> = rows.by_ref().take(VALUES / N).flatten().collect();
        if values.is_empty() {
            return Ok(());
        }
        let text = Cow::Owned(inserting(db.get_database_backend(), table, columns, values.len() / N));
        Sql { text, values }.run(db).await?;
    }
}

/// The text that inserts this many rows.
fn inserting<const N: usize>(backend: DbBackend, table: &str, columns: [&str; N], rows: usize) -> String {
    let mut text = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
    for place in 0..rows * N {
        text.push_str(match (place, place % N) {
            (0, _) => "(",
            (_, 0) => "), (",
            _ => ", ",
        });
        // SQLite takes `$1` for a name, and looks through all names for each one: thousands of them would take seconds.
        match backend {
            DbBackend::Sqlite => text.push('?'),
            // Writing to a text never fails.
            _ => drop(write!(text, "${}", place + 1)),
        }
    }
    text.push(')');
    text
}

impl Sql {
    /// The same with `value` in place of the next number.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// All its rows.
    ///
    /// # Errors
    /// The database failed, or a column isn't what `Row` takes it for.
    pub async fn all<Row: FromQueryResult>(self, db: &impl ConnectionTrait) -> Result<Vec<Row>, DbErr> {
        let rows = db.query_all_raw(self.statement(db.get_database_backend())).await?;
        rows.iter().map(|row| Row::from_query_result(row, "")).collect()
    }

    /// All its rows, one after the other: no more of them are in memory than the driver reads at once.
    ///
    /// # Errors
    /// See [`Sql::all`].
    pub async fn stream<Row: FromQueryResult>(
        self,
        db: &impl StreamTrait,
    ) -> Result<impl Stream<Item = Result<Row, DbErr>> + Send, DbErr> {
        let rows = db.stream_raw(self.statement(db.get_database_backend())).await?;
        Ok(rows.map(|row| Row::from_query_result(&row?, "")))
    }

    /// Its first row, if it has any.
    ///
    /// # Errors
    /// See [`Sql::all`].
    pub async fn one<Row: FromQueryResult>(self, db: &impl ConnectionTrait) -> Result<Option<Row>, DbErr> {
        let row = db.query_one_raw(self.statement(db.get_database_backend())).await?;
        row.map(|row| Row::from_query_result(&row, "")).transpose()
    }

    /// The first column of its first row, if it has any.
    ///
    /// # Errors
    /// See [`Sql::all`].
    pub async fn value<T: TryGetable>(self, db: &impl ConnectionTrait) -> Result<Option<T>, DbErr> {
        let row = db.query_one_raw(self.statement(db.get_database_backend())).await?;
        row.map(|row| row.try_get_by_index(0)).transpose()
    }

    /// The first column of all its rows.
    ///
    /// # Errors
    /// See [`Sql::all`].
    pub async fn values<T: TryGetable>(self, db: &impl ConnectionTrait) -> Result<Vec<T>, DbErr> {
        let rows = db.query_all_raw(self.statement(db.get_database_backend())).await?;
        rows.iter().map(|row| row.try_get_by_index(0)).collect()
    }

    /// Runs it, and says how many rows it changed.
    ///
    /// # Errors
    /// The database failed, or refused it.
    pub async fn run(self, db: &impl ConnectionTrait) -> Result<u64, DbErr> {
        let done = db.execute_raw(self.statement(db.get_database_backend())).await?;
        Ok(done.rows_affected())
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one way to the database")]
    fn statement(self, backend: DbBackend) -> Statement {
        Statement::from_sql_and_values(backend, self.text, self.values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_database_is_given_its_own_marks() {
        let text = |backend| inserting(backend, "clients", ["id", "name"], 2);
        assert_eq!(
            text(DbBackend::Sqlite),
            "INSERT INTO clients (id, name) VALUES (?, ?), (?, ?)"
        );
        assert_eq!(
            text(DbBackend::Postgres),
            "INSERT INTO clients (id, name) VALUES ($1, $2), ($3, $4)"
        );
    }
}
