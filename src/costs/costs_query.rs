//! The query in the address of Costs: the search for bookings, and the page.

use crate::{pages::COSTS, ui::pager::row_of_numbered_page};
use serde::{Deserialize, Serialize};
use std::num::NonZeroU32;

/// The query of `/costs`; fields that aren't set are left out of the address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostsQuery {
    /// What a booking's text, supplier, category or project code must contain.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// A row of the page, from 1: the page begins with it, unless a page has another number of rows by now. Beyond the last
    /// one it is the last page.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub from_row: NonZeroU32,
    /// What an address of an earlier build has in its place, see [`row_of_numbered_page`].
    #[serde(skip_serializing)]
    pub page: Option<NonZeroU32>,
}

impl CostsQuery {
    /// The row that the page holds, from 1.
    pub fn row(&self) -> u64 {
        self.page.map_or(u64::from(self.from_row.get()), row_of_numbered_page)
    }

    /// The address of the page of the same bookings that begins with `row`.
    pub fn from(&self, row: u64) -> String {
        let from_row = u32::try_from(row).ok().and_then(NonZeroU32::new).unwrap_or(first());
        let page = None;
        let query = serde_urlencoded::to_string(Self {
            from_row,
            page,
            ..self.clone()
        })
        .unwrap_or_default();
        if query.is_empty() {
            COSTS.path.to_owned()
        } else {
            format!("{}?{query}", COSTS.path)
        }
    }
}

fn first() -> NonZeroU32 {
    NonZeroU32::MIN
}

fn is_first(row: &NonZeroU32) -> bool {
    *row == first()
}
