//! The query in the address of Costs: the search for bookings, and the page.

use crate::{pages::COSTS, ui::paging};
use serde::{Deserialize, Serialize};
use std::num::NonZeroU32;

/// The query of `/costs`; fields that aren't set are left out of the address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostsQuery {
    /// The words that must be in a booking.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// A row of the page, from 1: the page begins with it, unless a page has another number of rows by now. Beyond the last
    /// one it is the last page.
    #[serde(default = "paging::first_row", skip_serializing_if = "paging::is_first_row")]
    pub from_row: NonZeroU32,
    /// What an address of an earlier build has in its place, see [`paging::named_row`].
    #[serde(skip_serializing)]
    pub page: Option<NonZeroU32>,
}

impl CostsQuery {
    /// The row that the page holds, from 1.
    pub fn row(&self) -> u64 {
        paging::named_row(self.from_row, self.page)
    }

    /// The address of the page of the same bookings that begins with `row`.
    pub fn from(&self, row: u64) -> String {
        let query = Self {
            from_row: paging::from_row(row),
            page: None,
            ..self.clone()
        };
        paging::address(&COSTS, &query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::SEARCH;

    #[test]
    fn the_search_is_the_field_of_its_name() {
        let query: CostsQuery = serde_urlencoded::from_str(&format!("{SEARCH}=train")).unwrap();
        assert_eq!(query.q, "train");
        assert_eq!(query.from(1), format!("/costs?{SEARCH}=train"));
    }
}
