//! Why the books refuse something.

use super::{fit::Unfit, limits::BeyondLimit};
use crate::server::violation::Violation;
use sea_orm::DbErr;

/// Why the books refuse something, or can't be written.
#[derive(Debug, thiserror::Error)]
pub enum BooksError {
    /// The database failed.
    #[error(transparent)]
    Database(DbErr),
    /// The database refuses a row, such as one that is there already.
    #[error(transparent)]
    Refused(#[from] Violation),
    /// A value is larger or smaller than any the books take.
    #[error(transparent)]
    BeyondLimit(#[from] BeyondLimit),
    /// The parts of an entry don't fit together.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// A command names something that isn't there.
    #[error("There is no {what} with the id {id}. Enter it first.")]
    Unknown {
        /// The kind of thing it should be.
        what: &'static str,
        /// The id.
        id: i64,
    },
}

impl From<DbErr> for BooksError {
    fn from(error: DbErr) -> Self {
        Violation::of(&error).map_or(Self::Database(error), Self::Refused)
    }
}
