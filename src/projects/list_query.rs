//! The query in the address of the list of projects: the search, the order and the page.

use crate::{
    pages::PROJECTS,
    ui::{pager::row_of_numbered_page, table::Sorted},
};
use serde::{Deserialize, Serialize};
use std::num::NonZeroU32;

/// The query of `/projects`; fields that aren't set are left out of the address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    /// What the code, the name or the client must contain.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// The column it is sorted by.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sort: SortKey,
    /// Ascending or descending; each column has its own default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// A row of the page, from 1: the page begins with it, unless a page has another number of rows by now. Beyond the last
    /// one it is the last page.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub from_row: NonZeroU32,
    /// What an address of an earlier build has in its place, see [`row_of_numbered_page`].
    #[serde(skip_serializing)]
    pub page: Option<NonZeroU32>,
}

/// A column of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is the column of its name")]
pub enum SortKey {
    #[default]
    Code,
    Name,
    Client,
    Division,
    Kind,
    Hours,
    Revenue,
    Cost,
    Margin,
    MarginShare,
    Burn,
}

/// A direction: the smallest or the largest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// The smallest first.
    Asc,
    /// The largest first.
    Desc,
}

impl Default for ListQuery {
    /// The list as its bare address shows it.
    fn default() -> Self {
        Self {
            q: String::new(),
            sort: SortKey::default(),
            order: None,
            from_row: first(),
            page: None,
        }
    }
}

impl ListQuery {
    /// The direction in which it is sorted: words ascending and figures descending, unless the address says otherwise.
    pub fn sorted(&self) -> Sorted {
        match self.order.unwrap_or(self.sort.usual_order()) {
            Order::Asc => Sorted::Ascending,
            Order::Desc => Sorted::Descending,
        }
    }

    /// The address of the same list sorted by `key`; in the other direction if it is sorted by it already.
    pub fn sorted_by(&self, key: SortKey) -> String {
        let order = match self.sorted() {
            Sorted::Ascending if self.sort == key => Order::Desc,
            Sorted::Descending if self.sort == key => Order::Asc,
            _ => key.usual_order(),
        };
        Self {
            sort: key,
            order: (order != key.usual_order()).then_some(order),
            from_row: first(),
            page: None,
            q: self.q.clone(),
        }
        .address()
    }

    /// The row that the page holds, from 1.
    pub fn row(&self) -> u64 {
        self.page.map_or(u64::from(self.from_row.get()), row_of_numbered_page)
    }

    /// The address of the page of the same list that begins with `row`.
    pub fn from(&self, row: u64) -> String {
        let from_row = u32::try_from(row).ok().and_then(NonZeroU32::new).unwrap_or(first());
        let page = None;
        Self {
            from_row,
            page,
            ..self.clone()
        }
        .address()
    }

    /// The fields of its address that say how it is sorted.
    pub fn sorting(&self) -> Vec<(String, String)> {
        let sorting = Self {
            q: String::new(),
            from_row: first(),
            page: None,
            ..self.clone()
        };
        let query = serde_urlencoded::to_string(sorting).unwrap_or_default();
        serde_urlencoded::from_str(&query).unwrap_or_default()
    }

    fn address(&self) -> String {
        let query = serde_urlencoded::to_string(self).unwrap_or_default();
        if query.is_empty() {
            PROJECTS.path.to_owned()
        } else {
            format!("{}?{query}", PROJECTS.path)
        }
    }
}

impl SortKey {
    fn usual_order(self) -> Order {
        match self {
            Self::Code | Self::Name | Self::Client | Self::Division | Self::Kind => Order::Asc,
            Self::Hours | Self::Revenue | Self::Cost | Self::Margin | Self::MarginShare | Self::Burn => Order::Desc,
        }
    }
}

fn first() -> NonZeroU32 {
    NonZeroU32::MIN
}

fn is_first(row: &NonZeroU32) -> bool {
    *row == first()
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
