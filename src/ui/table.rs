//! The one table: figures in columns, with links to sort by, a total, and a region of its own to scroll in.

mod cell;
mod column;
mod shown;

pub use cell::{Cell, WITHHELD, withheld_note};
pub use column::{Align, Column, SortLink, Sorted};

use super::lacking;
use leptos::prelude::*;

/// From this many rows on, a table scrolls by itself on large screens and keeps its head and its total in sight.
const TALL: usize = 20;

/// From this many columns on, they are closer together.
const MANY_COLUMNS: usize = 12;

/// A table, filled with data by a feature and shown with [`Table::view`].
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What the table is about; also the name of its region.
    pub caption: String,
    /// Whether the caption is for screen readers alone, because a heading above the table says the same.
    pub caption_hidden: bool,
    /// The columns; the first one names the rows.
    pub columns: Vec<Column>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<Row>,
    /// The total, below the rows.
    pub total: Option<Row>,
    /// What the figures lack, for the note below the table. If it isn't given, the note says what the total lacks, or
    /// else the rows.
    pub lacks: Option<String>,
    /// What to say instead of a table without rows.
    pub empty: &'static str,
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
        // By its id the keyboard focus is restored when the figures are replaced.
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
        let of_total = || lacking::collected(self.total.iter().flat_map(Row::lacks));
        let of_rows = || lacking::collected(self.rows.iter().flat_map(Row::lacks));
        self.lacks.clone().or_else(of_total).or_else(of_rows)
    }
}

impl Row {
    /// A row of these cells.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells }
    }

    fn lacks(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().filter_map(Cell::lacks)
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
}
