//! The query in the address of a list: what is searched for, what it is narrowed to, its order and the page.

use super::field::Field;
use crate::{pages::Page, ui::paging};
use serde::{Deserialize, Deserializer, Serialize};
use std::num::NonZeroU32;

/// The query of a list; fields that aren't set are left out of the address, and so are empty ones.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowsQuery {
    /// The words that must be in a row.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub q: String,
    #[serde(default, deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    client: Option<String>,
    #[serde(default, deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    person: Option<String>,
    #[serde(default, deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    project: Option<String>,
    #[serde(default, deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[serde(default, deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    supplier: Option<String>,
    #[serde(default, deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    billable: Option<String>,
    #[serde(default, deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    assigned: Option<String>,
    /// The column it is sorted by: the day, if none is named.
    #[serde(default, deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// `asc` or `desc`; each column has its own default.
    #[serde(default, deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// A row of the page, from 1: the page begins with it. Beyond the last one it is the last page.
    #[serde(default = "paging::first_row", skip_serializing_if = "paging::is_first_row")]
    from_row: NonZeroU32,
}

/// A form sends an empty text for what nobody filled in.
fn filled<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(Some(text).filter(|text| !text.is_empty()))
}

impl RowsQuery {
    /// The row that the page holds, from 1.
    pub fn row(&self) -> u64 {
        u64::from(self.from_row.get())
    }

    /// What it is narrowed to by `field`.
    pub(super) fn get(&self, field: Field) -> Option<&str> {
        match field {
            Field::Client => self.client.as_deref(),
            Field::Person => self.person.as_deref(),
            Field::Project => self.project.as_deref(),
            Field::Category => self.category.as_deref(),
            Field::Supplier => self.supplier.as_deref(),
            Field::Kind => self.kind.as_deref(),
            Field::Billable => self.billable.as_deref(),
            Field::Assigned => self.assigned.as_deref(),
        }
    }

    /// The fields that it is narrowed by.
    pub(super) fn fields(&self) -> impl Iterator<Item = Field> {
        Field::ALL.into_iter().filter(|field| self.get(*field).is_some())
    }

    /// The address of `page` with the same rows, but for `field`.
    pub(super) fn without(&self, page: &Page, field: Field) -> String {
        let mut query = self.first_page();
        let narrowed = match field {
            Field::Client => &mut query.client,
            Field::Person => &mut query.person,
            Field::Project => &mut query.project,
            Field::Category => &mut query.category,
            Field::Supplier => &mut query.supplier,
            Field::Kind => &mut query.kind,
            Field::Billable => &mut query.billable,
            Field::Assigned => &mut query.assigned,
        };
        *narrowed = None;
        paging::address(page, &query)
    }

    /// The address of the page of the same list that begins with `row`.
    pub(super) fn from(&self, page: &Page, row: u64) -> String {
        let query = Self {
            from_row: paging::from_row(row),
            ..self.clone()
        };
        paging::address(page, &query)
    }

    /// The address of the same list sorted by the column `sort`, in the direction `order` if it isn't the column's own.
    pub(super) fn sorted_by(&self, page: &Page, sort: &str, order: Option<&str>) -> String {
        let query = Self {
            sort: Some(sort.to_owned()),
            order: order.map(str::to_owned),
            ..self.first_page()
        };
        paging::address(page, &query)
    }

    /// The fields of its address that say how it is sorted.
    pub(super) fn sorting(&self) -> Vec<(String, String)> {
        let field = |name: &str, text: &Option<String>| Some((name.to_owned(), text.clone()?));
        [field("sort", &self.sort), field("order", &self.order)]
            .into_iter()
            .flatten()
            .collect()
    }

    fn first_page(&self) -> Self {
        Self {
            from_row: paging::FIRST_ROW,
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::TIME;

    #[test]
    fn an_address_has_what_is_set_alone() {
        let read = |query: &str| serde_urlencoded::from_str::<RowsQuery>(query).unwrap();
        let query = read("q=train&client=&person=7&billable=yes&sort=hours&from_row=51");
        assert_eq!(
            query.from(&TIME, query.row()),
            "/time?q=train&person=7&billable=yes&sort=hours&from_row=51"
        );
        assert_eq!(query.fields().collect::<Vec<_>>(), [Field::Person, Field::Billable]);
        assert_eq!(
            query.without(&TIME, Field::Person),
            "/time?q=train&billable=yes&sort=hours"
        );
        assert_eq!(read("client=").from(&TIME, 1), "/time");
        for query in ["nonsense=1", "from_row=0", "from_row=x"] {
            assert!(serde_urlencoded::from_str::<RowsQuery>(query).is_err(), "{query}");
        }
    }
}
