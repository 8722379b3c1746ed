//! The chapter: a part of a report that can be taken out and handed on.

use super::Panel;
use crate::message::Value;

/// A part of a report that can be taken out: it begins on a new sheet of paper, and is one sheet of a workbook.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// Its name among the chapters, in every language: `web`.
    pub key: String,
    /// What it is about.
    pub title: Value,
    /// Its sections.
    pub panels: Vec<Panel>,
}

impl Chapter {
    /// The name of its table `name` among the tables of the report, where each chapter may have one of that name.
    pub fn table_name(&self, name: &str) -> String {
        format!("{}-{name}", self.key)
    }
}
