//! The stack: what stands on one sheet of a workbook.

use super::Sheet;
use crate::{message::Value, report::Chapter};

/// What stands on one sheet of a workbook: a table, or those of a chapter one below the other.
pub struct Stack<'a, 'b> {
    /// The tables, from the top down; at least one.
    pub sheets: Vec<&'a Sheet<'b>>,
    /// The chapter, if it is one.
    pub chapter: Option<&'b Chapter>,
}

/// The stacks that `sheets` make, in their order.
pub fn stacks<'a, 'b>(sheets: &'a [Sheet<'b>]) -> Vec<Stack<'a, 'b>> {
    let key = |sheet: &Sheet<'b>| sheet.chapter.map(|chapter| &chapter.key);
    let stacks = sheets.chunk_by(|one, next| key(one).is_some() && key(one) == key(next));
    stacks
        .map(|sheets| Stack {
            sheets: sheets.iter().collect(),
            chapter: sheets.first().and_then(|sheet| sheet.chapter),
        })
        .collect()
}

impl<'a, 'b> Stack<'a, 'b> {
    /// A table by itself, whatever chapter it is of.
    pub fn alone(sheet: &'a Sheet<'b>) -> Self {
        Self {
            sheets: vec![sheet],
            chapter: None,
        }
    }

    /// What it is about.
    pub fn title(&self) -> Option<&Value> {
        let of_chapter = self.chapter.map(|chapter| &chapter.title);
        of_chapter.or_else(|| self.sheets.first().map(|sheet| &sheet.title))
    }
}
