//! What the address of the list of projects says: what is searched for, how it is sorted and which page is shown.

use crate::ui::table::Sorted;
use serde::{Deserialize, Serialize};
use std::num::NonZeroU32;

/// The query of `/projects`; what is not given is left out of the address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    /// What code, name or client must contain.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// The column it is sorted by.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sort: SortKey,
    /// Up or down; each column has its own way at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// The page, from 1; beyond the last one it is the last one.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub page: NonZeroU32,
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

impl ListQuery {
    /// The direction in which it is sorted: words up, figures down, unless the address says otherwise.
    pub fn sorted(&self) -> Sorted {
        match self.order.unwrap_or(self.sort.usual_order()) {
            Order::Asc => Sorted::Ascending,
            Order::Desc => Sorted::Descending,
        }
    }

    /// The address of the same list sorted by `key`; the other way round where it is sorted so already.
    pub fn sorted_by(&self, key: SortKey) -> String {
        let order = match self.sorted() {
            Sorted::Ascending if self.sort == key => Order::Desc,
            Sorted::Descending if self.sort == key => Order::Asc,
            _ => key.usual_order(),
        };
        Self {
            sort: key,
            order: (order != key.usual_order()).then_some(order),
            page: first(),
            q: self.q.clone(),
        }
        .address()
    }

    /// The address of another page of the same list.
    pub fn on_page(&self, page: u64) -> String {
        let page = u32::try_from(page).ok().and_then(NonZeroU32::new).unwrap_or(first());
        Self { page, ..self.clone() }.address()
    }

    /// The fields of its address that say how it is sorted.
    pub fn sorting(&self) -> Vec<(String, String)> {
        let sorting = Self {
            q: String::new(),
            page: first(),
            ..self.clone()
        };
        let query = serde_urlencoded::to_string(sorting).unwrap_or_default();
        serde_urlencoded::from_str(&query).unwrap_or_default()
    }

    fn address(&self) -> String {
        let query = serde_urlencoded::to_string(self).unwrap_or_default();
        if query.is_empty() {
            "/projects".to_owned()
        } else {
            format!("/projects?{query}")
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

fn is_first(page: &NonZeroU32) -> bool {
    *page == first()
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
