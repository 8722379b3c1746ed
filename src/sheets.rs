//! A report as sheets: a head and plain rows below it, as a spreadsheet has them. CSV and XLSX are written from these.

mod format;
mod of_report;
mod plain;
mod stack;

pub use format::Format;
pub use of_report::{sheets, words_without_sheet};
pub use plain::{Kind, Plain, decimal};
pub use stack::{Stack, stacks};

use crate::{
    locale::Locale,
    message::Value,
    report::{AllRows, Calculation, Cell, Chapter, Row, Sorted, Table},
};
use std::borrow::Cow;

/// A table of a report, with what is said about it.
pub struct Sheet<'a> {
    /// Its name among the sheets of the report, in every language: `bookings`.
    pub name: Cow<'static, str>,
    /// What it is about.
    pub title: Value,
    /// Its columns, its total, and its rows unless there are more.
    pub table: Cow<'a, Table>,
    /// All rows of a list, and how many there are.
    pub all: Option<(&'a AllRows, u64)>,
    /// What explains the figures.
    pub notes: Vec<Value>,
    /// The chapter that it stands in.
    pub chapter: Option<&'a Chapter>,
}

/// The head of a sheet, in a language.
pub struct Head {
    /// The headings of the columns.
    pub headings: Vec<String>,
    /// What stands below each.
    pub kinds: Vec<Kind>,
    /// Whether there is a last column with what is to be said of the rows.
    pub has_notes: bool,
}

/// A row of a sheet, in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainRow {
    /// A cell for each column.
    pub cells: Vec<Plain>,
    /// What its figures lack and why some are missing; empty if there is nothing to say.
    pub note: String,
    /// The places of the cells that follow from others, and how.
    pub calculated: Vec<(usize, Calculation)>,
}

impl Sheet<'_> {
    /// The column that its rows are sorted by, and in which direction, if its head says so.
    pub fn sorted(&self) -> Option<(&Value, Sorted)> {
        let columns = self.table.columns.iter();
        let mut sorted = columns.filter_map(|column| Some((&column.heading, column.sort.as_ref()?.current?)));
        sorted.next()
    }

    fn held(&self) -> impl Iterator<Item = &Row> {
        self.table.total.iter().chain(&self.table.rows)
    }
}

impl Head {
    /// The head of `sheet`.
    pub fn of(sheet: &Sheet, locale: &Locale) -> Self {
        let columns = sheet.table.columns.iter();
        let kind = |place: usize| {
            let kinds = sheet.held().filter_map(|row| Plain::kind(row.cells.get(place)?));
            kinds.max().unwrap_or_default()
        };
        Self {
            headings: columns.map(|column| locale.words(&column.heading)).collect(),
            kinds: (0..sheet.table.columns.len()).map(kind).collect(),
            has_notes: match sheet.all {
                Some((all, _)) => all.has_notes(),
                None => sheet
                    .held()
                    .any(|row| row.cells.iter().any(|cell| Plain::note(cell, locale).is_some())),
            },
        }
    }

    /// `row` below this head.
    pub fn row(&self, row: &Row, locale: &Locale) -> PlainRow {
        // The same thing is said once of several cells.
        let mut said: Vec<(String, Vec<&str>)> = Vec::new();
        for (cell, heading) in row.cells.iter().zip(&self.headings) {
            let Some(note) = Plain::note(cell, locale) else {
                continue;
            };
            match said.iter_mut().find(|(words, _)| *words == note) {
                Some((_, headings)) => headings.push(heading),
                None => said.push((note, vec![heading])),
            }
        }
        debug_assert!(self.has_notes || said.is_empty(), "a note has no column: {said:?}");
        let notes = said
            .into_iter()
            .map(|(note, headings)| format!("{}: {note}", headings.join(", ")));
        let calculated = row.cells.iter().enumerate().filter_map(|(place, cell)| match cell {
            Cell::Calculated { by, .. } => Some((place, (**by).clone())),
            _ => None,
        });
        PlainRow {
            cells: row.cells.iter().map(|cell| Plain::of(cell, locale)).collect(),
            note: notes.collect::<Vec<_>>().join("; "),
            calculated: calculated.collect(),
        }
    }
}
