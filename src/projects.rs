//! Projects: the list of those in the scope, and the page of one.

mod by_month;
mod filters;
mod line;
mod list;
mod list_query;
mod list_table;
mod owners_table;
mod project_page;
mod project_sql;
mod state;
mod tables;

pub use list::report as list;
pub use list_query::{ListQuery, SortKey};
pub use project_page::{elsewhere, report as project};

use crate::{
    error::AppError,
    message::{Joint, Message, Value},
    messages::{error, projects},
    pages::PROJECT,
    server::ledger::{BudgetUnit, ProjectKind},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

/// The characters that must be encoded in a segment of a path.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// There is no project with this code, or none that this user may see. The answer is the same for both.
pub fn unknown(code: &str) -> AppError {
    AppError::not_found(error::no_project(Value::text(code)))
}

/// The address of the page of the project with this code.
pub fn address(code: &str) -> String {
    PROJECT.path_for(&percent_encoding::utf8_percent_encode(code, PLAIN).to_string())
}

/// The code and the name of a project, as the title of its page.
fn title(code: &str, name: &str) -> Value {
    Value::Joined(vec![Value::text(code), Value::text(name)], Joint::Space)
}

/// What a person calls a kind of project.
pub fn kind_name(kind: ProjectKind) -> Message {
    match kind {
        ProjectKind::TimeAndMaterial => projects::time_and_material(),
        ProjectKind::FixedPrice => projects::fixed_price(),
        ProjectKind::Internal => projects::internal(),
    }
}

/// A shorter name for narrow columns.
pub fn short_kind_name(kind: ProjectKind) -> Message {
    match kind {
        ProjectKind::TimeAndMaterial => projects::time_and_material_short(),
        _ => kind_name(kind),
    }
}

/// What a person calls the unit of a budget.
pub fn budget_unit_name(unit: BudgetUnit) -> Message {
    match unit {
        BudgetUnit::Money => projects::money(),
        BudgetUnit::Hours => projects::hours(),
    }
}
