//! Errors as they may be logged: with their cause, and without the values they were about.

use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{self, error::DatabaseError},
};
use std::fmt;
use tower_sessions::session;

/// The database's own error, if it was the database that failed.
pub(super) fn of_driver(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => Some(cause),
        _ => None,
    }
}

/// An error of the database as it may be logged. Messages may name the database's own parts: tables, columns and
/// constraints; those that quote a value are left out.
pub struct Logged<'a>(pub &'a DbErr);

impl fmt::Display for Logged<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (of_driver(self.0), self.0) {
            (Some(sqlx::Error::Database(cause)), _) => message(&**cause, formatter),
            (Some(sqlx::Error::ColumnDecode { index, .. }), _) => {
                write!(formatter, "the column {index} holds what is none of its values")
            }
            (Some(sqlx::Error::Decode(_) | sqlx::Error::Encode(_)), _) | (None, DbErr::Type(_) | DbErr::Json(_)) => {
                formatter.write_str("a value is of another type than its column's")
            }
            (Some(cause), _) => cause.fmt(formatter),
            (None, cause) => cause.fmt(formatter),
        }
    }
}

/// An error of a session as it may be logged.
pub struct LoggedSession<'a>(pub &'a session::Error);

impl fmt::Display for LoggedSession<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            // It quotes what it found.
            session::Error::SerdeJson(_) => formatter.write_str("what the session keeps is of another form"),
            // The store's own errors contain only what may be logged.
            session::Error::Store(cause) => cause.fmt(formatter),
        }
    }
}

/// SQLite's messages quote no values; Postgres's messages of class 22, data exceptions, do.
fn message(cause: &dyn DatabaseError, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match cause.code() {
        Some(code) if code.len() == 5 && code.starts_with("22") => {
            write!(formatter, "a value can't be taken (code {code})")
        }
        Some(code) => write!(formatter, "{} (code {code})", cause.message()),
        None => formatter.write_str(cause.message()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::{ConnectionTrait, Database};

    #[tokio::test]
    async fn a_constraint_is_named_and_the_value_is_not() {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        db.execute_unprepared("CREATE TABLE users (email TEXT UNIQUE)")
            .await
            .unwrap();
        let insert = "INSERT INTO users VALUES ('ada@studio.test')";
        db.execute_unprepared(insert).await.unwrap();
        let error = db.execute_unprepared(insert).await.unwrap_err();
        let logged = Logged(&error).to_string();
        assert_eq!(logged, "UNIQUE constraint failed: users.email (code 2067)");
        let error = DbErr::Type("`ada@studio.test` is no number".to_owned());
        assert!(!Logged(&error).to_string().contains("ada"));
    }
}
