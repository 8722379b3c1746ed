//! What a feature answers with: values, arranged as a person reads them, before they have a language or a format.
//!
//! `html.rs` makes a page of it, `export.rs` a file.

mod calculation;
mod cell;
mod chart;
mod filters;
pub mod lacking;
mod list;
mod opening;
mod pager;
mod search;
mod table;
mod tile;

pub use calculation::Calculation;
pub use cell::{Cell, withheld, withheld_note};
pub use chart::{Arrangement, Chart, ChartMonth, Series, YEAR};
pub use filters::{Chip, Choice, Filters, Way};
pub use list::{AllRows, List, RowSource, RowStream};
pub use opening::Opening;
pub use pager::Pager;
pub use search::{FieldOption, Search, SearchField};
pub use table::{Align, Column, Row, SortLink, Sorted, Table};
pub use tile::{Change, Rise, Tile};

use crate::message::{Joint, Message, Value};

/// A page's figures.
#[derive(Clone, Debug)]
pub struct Report {
    /// What they are about.
    pub title: Value,
    /// Whose figures they are: all, a division, what is unassigned.
    pub scope: Value,
    /// What the chosen period is called.
    pub period: Value,
    /// The days they are of, in words.
    pub days: Value,
    /// A search for some of them.
    pub search: Option<Search>,
    /// What its list is narrowed to.
    pub filters: Filters,
    /// Where there is more of the same, to be found beside the files.
    pub further: Vec<Phrase>,
    /// The figures.
    pub parts: Vec<Part>,
}

/// A part of a report, from the top down.
#[derive(Clone, Debug)]
pub enum Part {
    /// Key figures.
    Tiles(Vec<Tile>),
    /// A section as wide as the page.
    Panel(Panel),
    /// Sections side by side, if there is room.
    Beside(Vec<Panel>),
    /// Sections that can be taken out.
    Chapter(Chapter),
}

/// A section.
#[derive(Clone, Debug)]
pub struct Panel {
    /// What it is about.
    pub heading: Option<Value>,
    /// What stands in it.
    pub contents: Vec<Content>,
}

/// A part of a report that can be taken out and handed on: it begins on a new sheet of paper, and is one sheet of a
/// workbook.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// Its name among the chapters, in every language: `web`.
    pub key: String,
    /// What it is about.
    pub title: Value,
    /// Its sections.
    pub panels: Vec<Panel>,
}

/// What stands in a section.
#[derive(Clone, Debug)]
pub enum Content {
    /// A table.
    Table(Table),
    /// A page of a long table.
    List(Box<List>),
    /// A chart.
    Chart(Chart),
    /// Named figures.
    Facts(Vec<Fact>),
    /// Words that explain the figures.
    Note(Vec<Phrase>),
    /// Words in the place of figures.
    Instead(Vec<Phrase>),
}

/// A named figure.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it is.
    pub name: Message,
    /// How much.
    pub value: Cell,
}

/// Words that may lead somewhere.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// The words.
    pub words: Value,
    /// Where they lead.
    pub href: Option<String>,
}

impl Panel {
    /// A section with a heading.
    pub fn new(heading: impl Into<Value>, contents: Vec<Content>) -> Self {
        Self {
            heading: Some(heading.into()),
            contents,
        }
    }
}

impl Chapter {
    /// The name of its table `name` among the tables of the report, where each chapter may have one of that name.
    pub fn table_name(&self, name: &str) -> String {
        format!("{}-{name}", self.key)
    }
}

impl Content {
    /// Sentences that explain the figures.
    pub fn note(sentences: Vec<Message>) -> Self {
        Self::Note(vec![Phrase::new(sentences_of(sentences))])
    }
}

impl Phrase {
    /// Words that lead nowhere.
    pub fn new(words: impl Into<Value>) -> Self {
        Self {
            words: words.into(),
            href: None,
        }
    }

    /// Words that lead to `href`.
    pub fn link(words: impl Into<Value>, href: String) -> Self {
        Self {
            words: words.into(),
            href: Some(href),
        }
    }
}

impl Fact {
    /// The figure `name`.
    pub fn new(name: Message, value: Cell) -> Self {
        Self { name, value }
    }
}

fn sentences_of(sentences: Vec<Message>) -> Value {
    Value::Joined(sentences.into_iter().map(Value::from).collect(), Joint::Space)
}
