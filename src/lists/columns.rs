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
#[derive(Clone)]
pub(super) struct SortBy {
    /// Its name in an address.
    key: &'static str,
    /// What the database sorts by.
    sql: String,
    /// The column that has no value where there is nothing to sort by.
    column: String,
    /// The direction unless the address says otherwise.
    usual: Sorted,
}

/// Letters with accents that names have in our part of the world, and those that they are sorted as. The databases differ in
/// how they sort them, and SQLite knows no case beyond ASCII.
const ACCENTED: [(&str, &str); 12] = [
    ("ÄäÁáÀà", "a"),
    ("Çç", "c"),
    ("ÉéÈè", "e"),
    ("Ğğ", "g"),
    ("İı", "i"),
    ("Łł", "l"),
    ("Ññ", "n"),
    ("ÖöÓóØø", "o"),
    ("ŚśŠšŞş", "s"),
    ("ß", "ss"),
    ("ÜüÚú", "u"),
    ("Žž", "z"),
];

/// In SQL the words of `column` in small letters, and without accents.
fn plain_letters(column: &str) -> String {
    let letters = ACCENTED
        .iter()
        .flat_map(|(letters, plain)| letters.chars().map(move |letter| (letter, plain)));
    let replaced = letters.fold(column.to_owned(), |text, (letter, plain)| {
        format!("REPLACE({text}, '{letter}', '{plain}')")
    });
    format!("LOWER({replaced})")
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

    /// A column of words, sorted by those in the database's `column` and called `key` in addresses. Neither case nor accents
    /// matter.
    pub(super) fn words(heading: Message, key: &'static str, column: &str) -> Self {
        Self {
            sort: Some(SortBy {
                key,
                sql: plain_letters(column),
                column: column.to_owned(),
                usual: Sorted::Ascending,
            }),
            ..Self::text(heading)
        }
    }

    /// The same for days, the latest first.
    pub(super) fn day(heading: Message, key: &'static str, column: &str) -> Self {
        Self {
            sort: Some(SortBy {
                key,
                sql: column.to_owned(),
                column: column.to_owned(),
                usual: Sorted::Descending,
            }),
            ..Self::text(heading)
        }
    }

    /// The same for figures, the largest first.
    pub(super) fn figure(heading: Message, key: &'static str, column: &str) -> Self {
        Self {
            is_figure: true,
            ..Self::day(heading, key, column)
        }
    }
}

impl Columns {
    /// The column and the direction in which `query` sorts; the first one if it names none.
    ///
    /// # Errors
    /// There is no such column, or no such direction.
    pub(super) fn order(&self, query: &RowsQuery) -> Result<(SortBy, Sorted), AppError> {
        let sorts = || self.0.iter().filter_map(|column| column.sort.clone());
        let named = |key: &str| sorts().find(|sort| sort.key == key);
        let known = |keys: Vec<&str>| Value::Joined(keys.into_iter().map(Value::text).collect(), Joint::Comma);
        let sort = match &query.sort {
            Some(key) => named(key).ok_or_else(|| {
                let keys = known(sorts().map(|sort| sort.key).collect());
                AppError::invalid("sort", error::no_order(keys, Value::text(key)))
            })?,
            None => sorts().next().unwrap_or(SortBy {
                key: "",
                sql: "1".to_owned(),
                column: "1".to_owned(),
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
        let (SortBy { sql, column, .. }, direction) = self.order(query)?;
        let direction = match direction {
            Sorted::Ascending => "ASC",
            Sorted::Descending => "DESC",
        };
        Ok(format!("{column} IS NULL, {sql} {direction}"))
    }

    /// The columns of the table, with links that sort by them.
    pub(super) fn of_table(&self, page: &Page, query: &RowsQuery, context: &RenderContext) -> Vec<Column> {
        let current = self.order(query).ok();
        let current = current.map(|(sort, direction)| (sort.key, direction));
        let column = |column: &ListColumn| {
            let shown = match column.is_figure {
                true => Column::figure(column.heading.clone()),
                false => Column::text(column.heading.clone()),
            };
            let Some(sort) = &column.sort else {
                return shown;
            };
            let sorted = current.filter(|(current, _)| *current == sort.key);
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
