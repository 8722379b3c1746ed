//! The list: a long table, of which a page shows some rows and a file has all.

use super::{Cell, Pager, Row, Table};
use futures_util::{Stream, stream};
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

/// Rows that are all at hand.
struct Held(Vec<Row>);

impl RowSource for Held {
    fn rows<'a>(&'a self, _db: &'a DatabaseTransaction) -> RowStream<'a> {
        Box::pin(stream::iter(self.0.iter().cloned().map(Ok)))
    }

    fn has_notes(&self) -> bool {
        let is_noted = |cell: &Cell| cell.lacks().is_some() || matches!(cell, Cell::Missing(_));
        self.0.iter().flat_map(|row| &row.cells).any(is_noted)
    }
}

impl List {
    /// The list of `rows`, which are all at hand. Those that `pager` names are put into `table`.
    pub fn of_rows(table: Table, rows: Vec<Row>, pager: Pager) -> Self {
        let shown = rows.iter().skip(pager.before() as usize);
        let shown = shown.take(pager.page_size.rows() as usize).cloned().collect();
        Self {
            table: Table { rows: shown, ..table },
            pager,
            all: AllRows::of(Held(rows)),
        }
    }
}

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
