//! A form that searches in a report, and narrows its rows.

use crate::message::{Message, Value};

/// A form that searches in a report.
#[derive(Clone, Debug)]
pub struct Search {
    /// Where it leads.
    pub path: &'static str,
    /// What it searches in.
    pub label: Message,
    /// What is searched for now.
    pub text: String,
    /// By what else the rows can be narrowed.
    pub fields: Vec<SearchField>,
    /// The other fields of the address, which a search keeps.
    pub kept: Vec<(String, String)>,
}

/// By what rows can be narrowed.
#[derive(Clone, Debug)]
pub struct SearchField {
    /// Its name in the address.
    pub key: &'static str,
    /// What a person calls it.
    pub name: Message,
    /// To what they can be narrowed.
    pub options: Vec<FieldOption>,
    /// To what they are.
    pub chosen: Option<FieldOption>,
}

/// Something that rows can be narrowed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldOption {
    /// Its text in the address.
    pub text: String,
    /// What a person calls it.
    pub label: Value,
}

impl FieldOption {
    /// What is called `label`, and `text` in an address.
    pub fn new(text: impl Into<String>, label: impl Into<Value>) -> Self {
        Self {
            text: text.into(),
            label: label.into(),
        }
    }

    /// Something that is called by its text in the address.
    pub fn named(text: impl Into<String>) -> Self {
        let text = text.into();
        let label = Value::text(&text);
        Self { text, label }
    }
}
