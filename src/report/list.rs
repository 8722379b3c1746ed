//! The list: a long table, of which a page shows some rows and a file has all.

use super::{Pager, Row, Table};
use futures_util::Stream;
use sea_orm::{DatabaseTransaction, DbErr};
use std::{fmt, pin::Pin, sync::Arc};

/// A long table.
#[derive(Clone, Debug)]
pub struct List {
    /// The rows of one page, and the total of all.
    pub table: Table,
    /// Which rows these are.
    pub pager: Pager,
    /// All rows.
    pub all: AllRows,
}

/// All rows of a list, which are read only when they are wanted.
#[derive(Clone)]
pub struct AllRows(Arc<dyn RowSource>);

/// Where the rows of a list come from.
pub trait RowSource: Send + Sync {
    /// All rows of the list, in the order in which its pages show them. They may be too many to be held at once.
    fn rows<'a>(&'a self, db: &'a DatabaseTransaction) -> RowStream<'a>;

    /// Whether there may be something to say of a row beside its values: what a figure lacks, or why there is none.
    fn has_notes(&self) -> bool;
}

/// Rows, one after the other.
///
/// # Errors
/// The database failed.
pub type RowStream<'a> = Pin<Box<dyn Stream<Item = Result<Row, DbErr>> + Send + 'a>>;

impl AllRows {
    /// The rows of `source`.
    pub fn of(source: impl RowSource + 'static) -> Self {
        Self(Arc::new(source))
    }

    /// See [`RowSource::rows`].
    pub fn read<'a>(&'a self, db: &'a DatabaseTransaction) -> RowStream<'a> {
        self.0.rows(db)
    }

    /// See [`RowSource::has_notes`].
    pub fn has_notes(&self) -> bool {
        self.0.has_notes()
    }
}

impl fmt::Debug for AllRows {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AllRows")
    }
}
