//! Projects: the list of those in the scope, and the page of one.

mod list;
mod owners;
mod project;
mod query;
mod sql;
mod tables;

pub use list::render as render_list;
pub use project::render as render_project;
pub use query::ListQuery;

use crate::{error::AppError, server::ledger::ProjectKind};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

/// What must be encoded in a part of a path.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// There is no project with this code, or none that this person may see: the two are answered alike.
pub fn unknown(code: &str) -> AppError {
    AppError::not_found(format!(
        "There is no project “{code}” among those you may see. Look for it in the list of projects."
    ))
}

/// The address of the page of the project with this code.
pub fn address(code: &str) -> String {
    format!("/projects/{}", percent_encoding::utf8_percent_encode(code, PLAIN))
}

/// What a person calls a kind of project.
fn kind_name(kind: ProjectKind) -> &'static str {
    match kind {
        ProjectKind::TimeAndMaterial => "Time and material",
        ProjectKind::FixedPrice => "Fixed price",
        ProjectKind::Internal => "Internal",
    }
}

/// The same where there is little room.
fn short_kind_name(kind: ProjectKind) -> &'static str {
    match kind {
        ProjectKind::TimeAndMaterial => "T&M",
        _ => kind_name(kind),
    }
}
