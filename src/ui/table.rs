//! The one table: figures in columns, with links to sort by, a total, and a region of its own to scroll in.

mod cell;
mod shown;

pub use cell::{Cell, WITHHELD, withheld_note};

use super::lacking;
use leptos::prelude::*;
use std::cmp::Ordering;

/// From this many rows on, a table scrolls by itself on large screens and keeps its head and its total in sight.
const TALL: usize = 20;

/// From this many columns on, they stand closer.
const MANY_COLUMNS: usize = 12;

/// A table, filled with data by a feature and shown with [`Table::view`].
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What the table is about; names its region too.
    pub caption: String,
    /// Whether the caption is for screen readers alone, because a heading above the table says the same.
    pub caption_hidden: bool,
    /// The columns; the first one names the rows.
    pub columns: Vec<Column>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<Row>,
    /// The total, below the rows.
    pub total: Option<Row>,
    /// What the figures lack, for the note below the table; without it, the note says what those of the total lack, or
    /// those of the rows.
    pub lacks: Option<String>,
    /// What to say instead of a table without rows.
    pub empty: &'static str,
}

/// A column's heading and how its cells stand below it.
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
    /// Where the table is sorted by this column, or the other way round where it is already.
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

/// One row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its cells, the first of which names it.
    pub cells: Vec<Cell>,
}

impl Table {
    /// The table, or the words for an empty one.
    pub fn view(self) -> AnyView {
        if self.rows.is_empty() {
            return view! { <p class="empty">{self.empty}</p> }.into_any();
        }
        let note = self.lacks().map(|lacks| lacking::note(&lacks));
        // By its id, the keyboard finds its way back to an element when the figures are exchanged.
        let id = format!("table-{}", slug(&self.caption));
        let class = [
            "table",
            if self.rows.len() >= TALL { " tall" } else { "" },
            if self.columns.len() >= MANY_COLUMNS {
                " close"
            } else {
                ""
            },
        ]
        .concat();
        let aligned: Vec<Align> = self.columns.iter().map(|column| column.align).collect();
        let headings = self
            .columns
            .into_iter()
            .enumerate()
            .map(|(place, column)| column.view(format!("{id}-{place}")))
            .collect_view();
        let rows = self.rows.into_iter().map(|row| row.view(&aligned)).collect_view();
        let total = self.total.map(|row| view! { <tfoot>{row.view(&aligned)}</tfoot> });
        view! {
            <div class=class id=id.clone() role="region" aria-label=self.caption tabindex="0">
                <table>
                    <caption class=self.caption_hidden.then_some("visually-hidden")>{self.caption.clone()}</caption>
                    <thead>
                        <tr>{headings}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    {total}
                </table>
            </div>
            {note}
        }
        .into_any()
    }

    fn lacks(&self) -> Option<String> {
        let of_total = || lacking::lacks_of(self.total.iter().flat_map(|row| &row.cells));
        let of_rows = || lacking::lacks_of(self.rows.iter().flat_map(|row| &row.cells));
        self.lacks.clone().or_else(of_total).or_else(of_rows)
    }
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

    fn view(self, id: String) -> impl IntoView {
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
    /// `order`, which is that of the smallest first, in this direction.
    pub fn order(self, order: Ordering) -> Ordering {
        match self {
            Self::Ascending => order,
            Self::Descending => order.reverse(),
        }
    }

    /// The order of two values in this direction; one that isn't there stands last in both.
    pub fn nothing_last<T: Ord>(self, one: Option<T>, other: Option<T>) -> Ordering {
        match (one, other) {
            (Some(one), Some(other)) => self.order(one.cmp(&other)),
            (one, other) => one.is_none().cmp(&other.is_none()),
        }
    }
}

impl Align {
    fn class(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Figure => "figure",
        }
    }
}

impl Row {
    /// A row like most.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells }
    }

    fn view(self, aligned: &[Align]) -> impl IntoView + use<> {
        let cells = self.cells.into_iter().enumerate().map(|(place, cell)| {
            let class = cell.class(aligned.get(place).copied().unwrap_or(Align::Text));
            let content = cell.view();
            if place == 0 {
                view! { <th scope="row" class=class>{content}</th> }.into_any()
            } else {
                view! { <td class=class>{content}</td> }.into_any()
            }
        });
        view! { <tr>{cells.collect_view()}</tr> }
    }
}

/// `text` as a part of an id: lower-case letters and digits, joined by hyphens.
pub(super) fn slug(text: &str) -> String {
    let words = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Money, NumberFormat};

    #[test]
    fn a_table_says_what_it_shows() {
        let table = Table {
            caption: "Divisions, 2026".to_owned(),
            columns: vec![
                Column::text("Name"),
                Column::figure("Margin").sorted_by("?sort=m", Some(Sorted::Descending)),
            ],
            rows: vec![Row::new(vec![
                Cell::text("A < B"),
                Cell::money(Money(-5), NumberFormat::PointDecimal),
            ])],
            ..Default::default()
        };
        let html = table.view().to_html();
        assert!(html.contains(r#"<th scope="row" class="text">A &lt; B</th>"#), "{html}");
        assert!(html.contains(r#"<td class="figure negative">-€0.05</td>"#), "{html}");
        assert!(html.contains(r#"aria-sort="descending""#) && html.contains(r#"id="table-divisions-2026-1""#));
        assert_eq!(
            Table {
                empty: "Nothing.",
                ..Default::default()
            }
            .view()
            .to_html(),
            r#"<p class="empty">Nothing.</p>"#
        );
    }

    #[test]
    fn below_a_table_stands_what_its_figures_lack() {
        let money = |lacks| Cell::money(Money(1), NumberFormat::PointDecimal).lacking(lacks);
        let html = |row, total, lacks: Option<&str>| {
            Table {
                rows: vec![Row::new(vec![Cell::text("Web"), row])],
                total: Some(Row::new(vec![Cell::text("All"), total])),
                lacks: lacks.map(str::to_owned),
                ..Default::default()
            }
            .view()
            .to_html()
        };
        let note = |html: &str| html.split_once("</div>").unwrap().1.to_owned();
        let marked = html(money(Some("1.00 h")), money(Some("3.00 h")), None);
        assert_eq!(marked.matches("class=\"lacks\"").count(), 2, "{marked}");
        assert!(note(&marked).contains("incomplete data: 3.00 h."), "{marked}");
        assert!(note(&html(money(Some("1.00 h")), money(None), None)).contains("data: 1.00 h."));
        assert!(note(&html(money(Some("1.00 h")), money(None), Some("2.00 h"))).contains("data: 2.00 h."));
        assert!(!html(money(None), money(None), None).contains("incomplete"));
    }

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
