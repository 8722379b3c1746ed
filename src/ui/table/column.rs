//! A column: its heading, how its cells are aligned, and the link that sorts by it.

use leptos::prelude::*;
use std::cmp::Ordering;

/// A column's heading, and how the cells below it are aligned.
#[derive(Clone, Debug)]
pub struct Column {
    /// The heading.
    pub heading: String,
    /// How its cells are aligned.
    pub align: Align,
    /// The link that sorts by this column.
    pub sort: Option<SortLink>,
}

/// How a column's cells are aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words, at the left.
    Text,
    /// Figures, at the right, digit below digit.
    Figure,
}

/// A link in a column's heading.
#[derive(Clone, Debug)]
pub struct SortLink {
    /// The address of the table sorted by this column; in the other direction if it is sorted by it already.
    pub href: String,
    /// How the table is sorted by this column now, if it is.
    pub current: Option<Sorted>,
}

/// The direction of a sorted column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// The smallest first.
    Ascending,
    /// The largest first.
    Descending,
}

impl Column {
    /// A column of words.
    pub fn text(heading: impl Into<String>) -> Self {
        Self {
            heading: heading.into(),
            align: Align::Text,
            sort: None,
        }
    }

    /// A column of figures.
    pub fn figure(heading: impl Into<String>) -> Self {
        Self {
            heading: heading.into(),
            align: Align::Figure,
            sort: None,
        }
    }

    /// The same column with a link that sorts by it.
    pub fn sorted_by(self, href: impl Into<String>, current: Option<Sorted>) -> Self {
        Self {
            sort: Some(SortLink {
                href: href.into(),
                current,
            }),
            ..self
        }
    }

    pub(super) fn view(self, id: String) -> impl IntoView {
        let sorted = self
            .sort
            .as_ref()
            .and_then(|sort| sort.current)
            .map(|sorted| match sorted {
                Sorted::Ascending => "ascending",
                Sorted::Descending => "descending",
            });
        let heading = match self.sort {
            Some(SortLink { href, .. }) => view! { <a class="sort" id=id href=href>{self.heading}</a> }.into_any(),
            None => self.heading.into_any(),
        };
        view! { <th scope="col" class=self.align.class() aria-sort=sorted>{heading}</th> }
    }
}

impl Sorted {
    /// `order`, which is ascending, in this direction.
    pub fn order(self, order: Ordering) -> Ordering {
        match self {
            Self::Ascending => order,
            Self::Descending => order.reverse(),
        }
    }

    /// The order of two values in this direction; a missing one comes last in both.
    pub fn nothing_last<T: Ord>(self, one: Option<T>, other: Option<T>) -> Ordering {
        match (one, other) {
            (Some(one), Some(other)) => self.order(one.cmp(&other)),
            (one, other) => one.is_none().cmp(&other.is_none()),
        }
    }
}

impl Align {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Figure => "figure",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_sorted_last() {
        for (sorted, expected) in [
            (Sorted::Ascending, [Some(-1), Some(2), None]),
            (Sorted::Descending, [Some(2), Some(-1), None]),
        ] {
            let mut values = [None, Some(2), Some(-1)];
            values.sort_by(|one, other| sorted.nothing_last(*one, *other));
            assert_eq!(values, expected);
        }
    }
}
