//! What a list is narrowed to, and the ways to narrow it: links, so that they work without a program.

use crate::message::{Message, Value};

/// What a list is narrowed to, and the ways to narrow or arrange it otherwise.
#[derive(Clone, Debug, Default)]
pub struct Filters {
    /// What it is narrowed to now.
    pub chips: Vec<Chip>,
    /// The ways to other lists, in groups.
    pub choices: Vec<Choice>,
}

/// A filter that is on.
#[derive(Clone, Debug)]
pub struct Chip {
    /// What is left by it.
    pub words: Value,
    /// The address of the list without it.
    pub without: String,
}

/// Ways of one kind.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What they have in common.
    pub name: Message,
    /// The ways.
    pub ways: Vec<Way>,
}

/// A way to another list.
#[derive(Clone, Debug)]
pub struct Way {
    /// What it leads to.
    pub words: Value,
    /// Its address.
    pub href: String,
    /// Whether that is the list that is shown.
    pub is_current: bool,
}
