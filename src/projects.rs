//! Projects: the list of those in the scope, and the page of one.

mod list;
mod project;
mod query;
mod sql;
mod tables;

pub use list::render as render_list;
pub use project::render as render_project;
pub use query::ListQuery;

use crate::{error::AppError, server::ledger::ProjectKind};

/// There is no project with this code, or none that this person may see: the two are answered alike.
pub fn unknown(code: &str) -> AppError {
    AppError::not_found(format!(
        "There is no project “{code}” among those you may see. Look for it in the list of projects."
    ))
}

/// The same where there is little room.
fn short_kind_name(kind: ProjectKind) -> &'static str {
    match kind {
        ProjectKind::TimeAndMaterial => "T&M",
        _ => kind_name(kind),
    }
}

/// What a person calls a kind of project.
fn kind_name(kind: ProjectKind) -> &'static str {
    match kind {
        ProjectKind::TimeAndMaterial => "Time and material",
        ProjectKind::FixedPrice => "Fixed price",
        ProjectKind::Internal => "Internal",
    }
}
