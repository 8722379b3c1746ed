//! Projects: the list of those in the scope, and the page of one.

mod list;
mod list_query;
mod owners_table;
mod project_page;
mod project_sql;
mod tables;

pub use list::render as render_list;
pub use list_query::{ListQuery, SortKey};
pub use project_page::render as render_project;

use crate::{error::AppError, pages::PROJECT, server::ledger::ProjectKind};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

/// The characters that must be encoded in a segment of a path.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// There is no project with this code, or none that this user may see. The answer is the same for both.
pub fn unknown(code: &str) -> AppError {
    AppError::not_found(format!(
        "There is no project “{code}” among those you may see. Look for it in the list of projects."
    ))
}

/// The address of the page of the project with this code.
pub fn address(code: &str) -> String {
    PROJECT.path_for(&percent_encoding::utf8_percent_encode(code, PLAIN).to_string())
}

/// What a person calls a kind of project.
fn kind_name(kind: ProjectKind) -> &'static str {
    match kind {
        ProjectKind::TimeAndMaterial => "Time and material",
        ProjectKind::FixedPrice => "Fixed price",
        ProjectKind::Internal => "Internal",
    }
}

/// A shorter name for narrow columns.
fn short_kind_name(kind: ProjectKind) -> &'static str {
    match kind {
        ProjectKind::TimeAndMaterial => "T&M",
        _ => kind_name(kind),
    }
}
