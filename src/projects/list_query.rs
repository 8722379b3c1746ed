//! The query in the address of the list of projects: the search, the order and the page.

use crate::{pages::PROJECTS, report::Sorted, ui::paging};
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
    #[serde(default = "paging::first_row", skip_serializing_if = "paging::is_first_row")]
    pub from_row: NonZeroU32,
    /// What an address of an earlier build has in its place, see [`paging::named_row`].
    #[serde(skip_serializing)]
    pub page: Option<NonZeroU32>,
}

/// Makes the columns: each with the direction in which it is sorted unless the address says otherwise.
macro_rules! sort_keys {
    ($($(#[$attribute:meta])* $key:ident: $order:ident,)*) => {
        /// A column of the list.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs, reason = "each is the column of its name")]
        pub enum SortKey {
            $($(#[$attribute])* $key,)*
        }

        impl SortKey {
            /// Every column.
            pub const ALL: [Self; [$(stringify!($key)),*].len()] = [$(Self::$key),*];

            fn usual_order(self) -> Order {
                match self {
                    $(Self::$key => Order::$order,)*
                }
            }
        }
    };
}

// Words ascending, figures descending.
sort_keys! {
    #[default]
    Code: Asc,
    Name: Asc,
    Client: Asc,
    Division: Asc,
    Kind: Asc,
    Hours: Desc,
    Revenue: Desc,
    Cost: Desc,
    Margin: Desc,
    MarginShare: Desc,
    Burn: Desc,
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
            from_row: paging::FIRST_ROW,
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
            from_row: paging::FIRST_ROW,
            page: None,
            q: self.q.clone(),
        }
        .address()
    }

    /// The row that the page holds, from 1.
    pub fn row(&self) -> u64 {
        paging::named_row(self.from_row, self.page)
    }

    /// The address of the page of the same list that begins with `row`.
    pub fn from(&self, row: u64) -> String {
        Self {
            from_row: paging::from_row(row),
            page: None,
            ..self.clone()
        }
        .address()
    }

    /// The fields of its address that say how it is sorted.
    pub fn sorting(&self) -> Vec<(String, String)> {
        let sorting = Self {
            q: String::new(),
            from_row: paging::FIRST_ROW,
            page: None,
            ..self.clone()
        };
        let query = serde_urlencoded::to_string(sorting).unwrap_or_default();
        serde_urlencoded::from_str(&query).unwrap_or_default()
    }

    fn address(&self) -> String {
        paging::address(&PROJECTS, self)
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::SEARCH;

    #[test]
    fn the_search_is_the_field_of_its_name() {
        let query: ListQuery = serde_urlencoded::from_str(&format!("{SEARCH}=web")).unwrap();
        assert_eq!(query.q, "web");
        assert_eq!(query.from(1), format!("/projects?{SEARCH}=web"));
    }
}
