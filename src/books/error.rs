//! Why the books refuse something.

use super::{fit::Unfit, limits::BeyondLimit};
use crate::{
    locale::logged_in_english,
    message::{Message, Told, Value},
    messages::{books, system},
    server::{logged::Logged, violation::Violation},
};
use sea_orm::DbErr;

/// Why the books refuse something, or can't be written.
#[derive(Debug, thiserror::Error)]
pub enum BooksError {
    /// The database failed.
    Database(DbErr),
    /// The database refuses a row, such as one that is there already.
    Refused(#[from] Violation),
    /// A value is larger or smaller than any the books take.
    BeyondLimit(#[from] BeyondLimit),
    /// The parts of an entry don't fit together.
    Unfit(#[from] Unfit),
    /// A command names a project that isn't there, by its id.
    UnknownProject(i64),
    /// A command names a person who isn't there, by their id.
    UnknownPerson(i64),
}

impl Told for BooksError {
    fn message(&self) -> Message {
        match self {
            Self::Database(error) => system::failed(Value::text(Logged(error).to_string())),
            Self::Refused(violation) => violation.message(),
            Self::BeyondLimit(beyond) => beyond.message(),
            Self::Unfit(unfit) => unfit.message(),
            Self::UnknownProject(id) => books::unknown_project(Value::number(*id)),
            Self::UnknownPerson(id) => books::unknown_person(Value::number(*id)),
        }
    }
}

logged_in_english!(BooksError);

impl From<DbErr> for BooksError {
    fn from(error: DbErr) -> Self {
        Violation::of(&error).map_or(Self::Database(error), Self::Refused)
    }
}
