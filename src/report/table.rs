//! The one table: figures in columns, with links to sort by and a total.

use super::{Cell, lacking};
use crate::{
    message::{Message, Value},
    messages,
};
use std::cmp::Ordering;

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name among the tables of its page, in every language: `projects`.
    pub name: &'static str,
    /// What it is about.
    pub caption: Value,
    /// The columns; the first one names the rows.
    pub columns: Vec<Column>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<Row>,
    /// The total, below the rows.
    pub total: Option<Row>,
    /// What the figures lack, for the note below the table. If it isn't given, the note says what the total lacks, or
    /// else the rows.
    pub lacks: Option<Value>,
    /// What to say instead of a table without rows.
    pub empty: Message,
}

/// One row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its cells, the first of which names it.
    pub cells: Vec<Cell>,
}

/// A column's heading, and how the cells below it are aligned.
#[derive(Clone, Debug)]
pub struct Column {
    /// The heading.
    pub heading: Value,
    /// How its cells are aligned.
    pub align: Align,
    /// The link that sorts by this column.
    pub sort: Option<SortLink>,
}

/// How a column's cells are aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words, at the left.
    Text,
    /// Figures, at the right, digit below digit.
    Figure,
}

/// A link in a column's heading.
#[derive(Clone, Debug)]
pub struct SortLink {
    /// The address of the table sorted by this column; in the other direction if it is sorted by it already.
    pub href: String,
    /// How the table is sorted by this column now, if it is.
    pub current: Option<Sorted>,
}

/// The direction of a sorted column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// The smallest first.
    Ascending,
    /// The largest first.
    Descending,
}

impl Table {
    /// What the note below the table says about its figures.
    pub fn lacks(&self) -> Option<Value> {
        let of_total = || lacking::collected(self.total.iter().flat_map(Row::lacks));
        let of_rows = || lacking::collected(self.rows.iter().flat_map(Row::lacks));
        self.lacks.clone().or_else(of_total).or_else(of_rows)
    }
}

impl Row {
    /// A row of these cells.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells }
    }

    /// A row of totals under `columns` columns, with `figures` at their places; the others are blank.
    pub fn total(columns: usize, figures: Vec<(usize, Cell)>) -> Self {
        let mut cells = vec![Cell::Blank; columns];
        cells[0] = Cell::of(messages::figure::total());
        for (place, figure) in figures {
            cells[place] = figure;
        }
        Self { cells }
    }

    fn lacks(&self) -> impl Iterator<Item = &Value> {
        self.cells.iter().filter_map(Cell::lacks)
    }
}

impl Column {
    /// A column of words.
    pub fn text(heading: impl Into<Value>) -> Self {
        Self {
            heading: heading.into(),
            align: Align::Text,
            sort: None,
        }
    }

    /// A column of figures.
    pub fn figure(heading: impl Into<Value>) -> Self {
        Self {
            heading: heading.into(),
            align: Align::Figure,
            sort: None,
        }
    }

    /// The same column with a link that sorts by it.
    #[must_use]
    pub fn sorted_by(self, href: impl Into<String>, current: Option<Sorted>) -> Self {
        Self {
            sort: Some(SortLink {
                href: href.into(),
                current,
            }),
            ..self
        }
    }
}

impl Sorted {
    /// `order`, which is ascending, in this direction.
    pub fn order(self, order: Ordering) -> Ordering {
        match self {
            Self::Ascending => order,
            Self::Descending => order.reverse(),
        }
    }

    /// The order of two values in this direction; a missing one comes last in both.
    pub fn nothing_last<T: Ord>(self, one: Option<T>, other: Option<T>) -> Ordering {
        match (one, other) {
            (Some(one), Some(other)) => self.order(one.cmp(&other)),
            (one, other) => one.is_none().cmp(&other.is_none()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_sorted_last() {
        for (sorted, expected) in [
            (Sorted::Ascending, [Some(-1), Some(2), None]),
            (Sorted::Descending, [Some(2), Some(-1), None]),
        ] {
            let mut values = [None, Some(2), Some(-1)];
            values.sort_by(|one, other| sorted.nothing_last(*one, *other));
            assert_eq!(values, expected);
        }
    }
}
