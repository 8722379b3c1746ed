//! What a feature answers with: values, arranged as a person reads them, before they have a language or a format.
//!
//! `html.rs` makes a page of it, `export.rs` a file.

mod cell;
mod chart;
pub mod lacking;
mod list;
mod opening;
mod pager;
mod table;
mod tile;

pub use cell::{Cell, withheld, withheld_note};
pub use chart::{Arrangement, Chart, ChartMonth, Series, YEAR};
pub use list::{AllRows, List, RowSource, RowStream};
pub use opening::Opening;
pub use pager::Pager;
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
    /// The figures.
    pub parts: Vec<Part>,
}

/// A form that searches in a report.
#[derive(Clone, Debug)]
pub struct Search {
    /// Where it leads.
    pub path: &'static str,
    /// What it searches in.
    pub label: Message,
    /// What is searched for now.
    pub text: String,
    /// The other fields of the address, which a search keeps.
    pub kept: Vec<(String, String)>,
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
}

/// A section.
#[derive(Clone, Debug)]
pub struct Panel {
    /// What it is about.
    pub heading: Option<Value>,
    /// What stands in it.
    pub contents: Vec<Content>,
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
