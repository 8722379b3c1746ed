//! The query in the address of the list of projects: the search, the filters, the columns, the order and the page.

use super::state::State;
use crate::{pages::PROJECTS, report::Sorted, ui::paging};
use serde::{Deserialize, Serialize};
use std::num::NonZeroU32;

/// The query of `/projects`; fields that aren't set are left out of the address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    /// The words that the code, the name or the client must contain.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// Whether those without movement are left out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub movement: Movement,
    /// Only projects in this state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// Which figures stand in the columns.
    #[serde(default, skip_serializing_if = "is_default")]
    pub columns: Columns,
    /// The figure that is shown by month, if months are the columns.
    #[serde(default, skip_serializing_if = "is_default")]
    pub of: Monthly,
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

/// Whether projects are listed on which nothing happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Movement {
    /// They are.
    #[default]
    Any,
    /// Only those with hours, revenue or cost in the period.
    Only,
}

/// What stands in the columns of figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Columns {
    /// Each figure in one.
    #[default]
    Figures,
    /// One figure by month.
    Months,
}

/// A figure that can be shown by month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is the figure of its name")]
pub enum Monthly {
    #[default]
    Revenue,
    Hours,
    Cost,
    Margin,
}

impl Monthly {
    /// Every such figure.
    pub const ALL: [Self; 4] = [Self::Revenue, Self::Hours, Self::Cost, Self::Margin];
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
            movement: Movement::default(),
            state: None,
            columns: Columns::default(),
            of: Monthly::default(),
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
            ..self.first_page()
        }
        .address()
    }

    /// The address of the same list with or without projects that don't move.
    pub fn with_movement(&self, movement: Movement) -> String {
        Self {
            movement,
            ..self.first_page()
        }
        .address()
    }

    /// The address of the same list of projects in `state`, or in any.
    pub fn with_state(&self, state: Option<State>) -> String {
        Self {
            state,
            ..self.first_page()
        }
        .address()
    }

    /// The address of the same list with this figure by month, or with all figures.
    pub fn with_months(&self, of: Option<Monthly>) -> String {
        Self {
            columns: of.map_or(Columns::Figures, |_| Columns::Months),
            of: of.unwrap_or_default(),
            ..self.clone()
        }
        .address()
    }

    /// The figure that is shown by month, if one is.
    pub fn monthly(&self) -> Option<Monthly> {
        (self.columns == Columns::Months).then_some(self.of)
    }

    /// Whether a filter is on.
    pub fn is_filtered(&self) -> bool {
        self.movement != Movement::Any || self.state.is_some()
    }

    /// Whether it leaves out projects whose figures count.
    pub fn is_narrowed(&self) -> bool {
        !self.q.trim().is_empty() || self.state.is_some()
    }

    fn first_page(&self) -> Self {
        Self {
            from_row: paging::FIRST_ROW,
            page: None,
            ..self.clone()
        }
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

    /// The fields of its address that a search keeps: how it is filtered, arranged and sorted.
    pub fn kept(&self) -> Vec<(String, String)> {
        let kept = Self {
            q: String::new(),
            ..self.first_page()
        };
        let query = serde_urlencoded::to_string(kept).unwrap_or_default();
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

    #[test]
    fn each_choice_keeps_the_others() {
        let text = "q=web&movement=only&state=finished&columns=months&of=margin&sort=margin&order=asc";
        let query: ListQuery = serde_urlencoded::from_str(&format!("{text}&from_row=51")).unwrap();
        assert_eq!(query.from(51), format!("/projects?{text}&from_row=51"));
        assert_eq!(
            query.with_movement(Movement::Any),
            format!("/projects?{}", text.replace("&movement=only", ""))
        );
        assert_eq!(
            query.with_state(Some(State::Open)),
            format!("/projects?{}", text.replace("finished", "open"))
        );
        let without_months = text.replace("&columns=months&of=margin", "");
        assert_eq!(
            query.with_months(None),
            format!("/projects?{without_months}&from_row=51")
        );
        assert_eq!(
            query.sorted_by(SortKey::Margin),
            format!("/projects?{}", text.replace("&order=asc", ""))
        );
        let kept: Vec<String> = query
            .kept()
            .iter()
            .map(|(name, text)| format!("{name}={text}"))
            .collect();
        assert_eq!(format!("q=web&{}", kept.join("&")), text);
        for text in ["movement=none", "state=paused", "columns=weeks", "of=burn"] {
            assert!(serde_urlencoded::from_str::<ListQuery>(text).is_err(), "{text}");
        }
    }
}
