//! The one table: figures in columns, with links to sort by, a total, and a region of its own to scroll in.

mod cell;

pub use cell::{Cell, WITHHELD, withheld_note};

use leptos::prelude::*;

/// From this many rows on, a table scrolls by itself on large screens and keeps its head and its total in sight.
const TALL: usize = 20;

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
        // By its id, the keyboard finds its way back to an element when the figures are exchanged.
        let id = format!("table-{}", slug(&self.caption));
        let class = if self.rows.len() >= TALL { "table tall" } else { "table" };
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
        }
        .into_any()
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
}
