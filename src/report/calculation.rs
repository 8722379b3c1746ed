//! How a cell is calculated from others of its report, so that a workbook can have it as a formula.

use std::ops::Range;

/// How a cell is calculated from others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Calculation {
    /// It is a fact of the chapter with this key: the one at `place`, from 0, among the facts with which it begins.
    Fact {
        /// The chapter's key.
        chapter: String,
        /// Which of its facts.
        place: usize,
    },
    /// It is the sum of the cells of its row in these columns.
    Sum(Range<usize>),
    /// It is the cell of its row in the first of these columns less the one in the second.
    Difference(usize, usize),
}
