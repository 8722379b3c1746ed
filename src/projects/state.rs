//! The state of a project at the end of a period. None is stored: it follows from the project's days, from what happened
//! on it, and from its division.

use crate::server::{accounts::VisibleDivision, ledger::Project};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The state of a project; each has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Neither of the others.
    Open,
    /// Its last day has passed, and nothing has happened on it since.
    Finished,
    /// Its division is archived.
    Archived,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Open, Self::Finished, Self::Archived];

    /// The state of `project` at the end of `day`: it is `owner`'s, and somebody worked or booked on it on `last_move` for
    /// the last time, as far as that may be seen.
    pub(super) fn of(
        project: &Project,
        owner: Option<&VisibleDivision>,
        last_move: Option<NaiveDate>,
        day: NaiveDate,
    ) -> Self {
        if owner.is_some_and(|division| division.option.archived) {
            return Self::Archived;
        }
        let last_day = project.terms_on(day).and_then(|terms| terms.ends_on);
        match last_day {
            Some(last_day) if last_day <= day && last_move.is_none_or(|moved| moved <= last_day) => Self::Finished,
            _ => Self::Open,
        }
    }
}
