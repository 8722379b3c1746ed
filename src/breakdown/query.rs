//! The query in the address of a figure: its place, and the row with which its list begins.

use crate::{
    place::{DaysField, Place, Whose},
    ui::paging,
};
use serde::Deserialize;
use std::num::NonZeroU32;

/// The query of `/figures/{measure}`; see [`Place`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakdownQuery {
    of: Option<Whose>,
    project: Option<String>,
    person: Option<i64>,
    category: Option<String>,
    days: Option<DaysField>,
    /// A row of the list, from 1: the page begins with it. Beyond the last one it is the last page.
    #[serde(default = "paging::first_row")]
    from_row: NonZeroU32,
}

impl BreakdownQuery {
    /// Where the figure is.
    pub fn place(&self) -> Place {
        Place {
            of: self.of.clone(),
            project: self.project.clone(),
            person: self.person,
            category: self.category.clone(),
            days: self.days.map(|days| days.0),
        }
    }

    /// The row that the page holds, from 1.
    pub fn row(&self) -> u64 {
        u64::from(self.from_row.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Measure;

    #[test]
    fn a_place_is_read_from_its_address() {
        let query = "of=web&project=WEB-001&person=7&days=2026-03-01..2026-03-31&from_row=51";
        let read: BreakdownQuery = serde_urlencoded::from_str(query).unwrap();
        assert_eq!(
            read.place().address(Measure::Hours, read.row()),
            format!("/figures/hours?{query}")
        );
        for query in ["person=x", "days=2026", "from_row=0", "nonsense=1"] {
            assert!(serde_urlencoded::from_str::<BreakdownQuery>(query).is_err(), "{query}");
        }
    }
}
