//! The columns of a list, and how it is sorted by them.

use super::RowsQuery;
use crate::{
    error::AppError,
    message::{Joint, Message, Value},
    messages::error,
    pages::Page,
    report::{Column, Sorted},
    view::RenderContext,
};

/// The columns of a list.
pub(super) struct Columns(pub(super) Vec<ListColumn>);

/// A column of a list.
pub(super) struct ListColumn {
    pub(super) heading: Message,
    pub(super) is_figure: bool,
    /// How the list is sorted by it, if it can be.
    pub(super) sort: Option<SortBy>,
}

/// How a list is sorted by a column.
#[derive(Clone, Copy)]
pub(super) struct SortBy {
    /// Its name in an address.
    key: &'static str,
    /// What the database sorts by.
    sql: &'static str,
    /// The direction unless the address says otherwise.
    usual: Sorted,
}

impl ListColumn {
    /// A column of words that nothing is sorted by.
    pub(super) fn text(heading: Message) -> Self {
        Self {
            heading,
            is_figure: false,
            sort: None,
        }
    }

    /// A column of words, sorted by `sql` and called `key` in addresses.
    pub(super) fn words(heading: Message, key: &'static str, sql: &'static str) -> Self {
        let usual = Sorted::Ascending;
        Self {
            sort: Some(SortBy { key, sql, usual }),
            ..Self::text(heading)
        }
    }

    /// The same for days, the latest first.
    pub(super) fn day(heading: Message, key: &'static str, sql: &'static str) -> Self {
        let usual = Sorted::Descending;
        Self {
            sort: Some(SortBy { key, sql, usual }),
            ..Self::text(heading)
        }
    }

    /// The same for figures, the largest first.
    pub(super) fn figure(heading: Message, key: &'static str, sql: &'static str) -> Self {
        Self {
            is_figure: true,
            ..Self::day(heading, key, sql)
        }
    }
}

impl Columns {
    /// The column and the direction in which `query` sorts; the first one if it names none.
    ///
    /// # Errors
    /// There is no such column, or no such direction.
    pub(super) fn order(&self, query: &RowsQuery) -> Result<(SortBy, Sorted), AppError> {
        let sorts = || self.0.iter().filter_map(|column| column.sort);
        let named = |key: &str| sorts().find(|sort| sort.key == key);
        let known = |keys: Vec<&str>| Value::Joined(keys.into_iter().map(Value::text).collect(), Joint::Comma);
        let sort = match &query.sort {
            Some(key) => named(key).ok_or_else(|| {
                let keys = known(sorts().map(|sort| sort.key).collect());
                AppError::invalid("sort", error::no_order(keys, Value::text(key)))
            })?,
            None => sorts().next().unwrap_or(SortBy {
                key: "",
                sql: "1",
                usual: Sorted::Ascending,
            }),
        };
        let direction = match query.order.as_deref() {
            None => sort.usual,
            Some("asc") => Sorted::Ascending,
            Some("desc") => Sorted::Descending,
            Some(other) => {
                let keys = known(vec!["asc", "desc"]);
                return Err(AppError::invalid("order", error::no_order(keys, Value::text(other))));
            }
        };
        Ok((sort, direction))
    }

    /// What the database sorts by. Rows without a value come last.
    ///
    /// # Errors
    /// See [`Columns::order`].
    pub(super) fn sql(&self, query: &RowsQuery) -> Result<String, AppError> {
        let (SortBy { sql, .. }, direction) = self.order(query)?;
        let direction = match direction {
            Sorted::Ascending => "ASC",
            Sorted::Descending => "DESC",
        };
        Ok(format!("{sql} IS NULL, {sql} {direction}"))
    }

    /// The columns of the table, with links that sort by them.
    pub(super) fn of_table(&self, page: &Page, query: &RowsQuery, context: &RenderContext) -> Vec<Column> {
        let current = self.order(query).ok();
        let column = |column: &ListColumn| {
            let shown = match column.is_figure {
                true => Column::figure(column.heading.clone()),
                false => Column::text(column.heading.clone()),
            };
            let Some(sort) = column.sort else {
                return shown;
            };
            let sorted = current.filter(|(current, _)| current.key == sort.key);
            let sorted = sorted.map(|(_, direction)| direction);
            // The other direction, if it is sorted by it already.
            let next = match sorted {
                Some(Sorted::Ascending) => Sorted::Descending,
                Some(Sorted::Descending) => Sorted::Ascending,
                None => sort.usual,
            };
            let order = (next != sort.usual).then_some(match next {
                Sorted::Ascending => "asc",
                Sorted::Descending => "desc",
            });
            shown.sorted_by(context.link(&query.sorted_by(page, sort.key, order)), sorted)
        };
        self.0.iter().map(column).collect()
    }
}
