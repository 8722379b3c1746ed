//! The filter: by what a page's rows can be narrowed, and to what they are.

use crate::message::{Message, Value};

/// By what rows can be narrowed.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The field of the address that says to what.
    pub field: &'static str,
    /// What a person calls it.
    pub name: Message,
    /// To what they can be narrowed.
    pub options: Vec<FilterOption>,
    /// To what they are.
    pub chosen: Option<ChosenFilter>,
}

/// Something that rows can be narrowed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterOption {
    /// Its text in the address.
    pub text: String,
    /// What a person calls it.
    pub label: Value,
}

/// Something that rows are narrowed to.
#[derive(Clone, Debug)]
pub struct ChosenFilter {
    /// What it is.
    pub option: FilterOption,
    /// The address of the same rows without this filter.
    pub without: String,
}

impl FilterOption {
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
