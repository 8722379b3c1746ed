//! How a table looks: in a region of its own to scroll in, with what its figures lack below it.

use super::{cell, lacking};
use crate::{
    locale::Locale,
    report::{Align, Column, Row, SortLink, Sorted, Table},
};
use leptos::prelude::*;

/// From this many rows on, a table scrolls by itself on large screens and keeps its head and its total in sight.
const TALL: usize = 20;

/// From this many columns on, they are closer together.
const MANY_COLUMNS: usize = 11;

/// The table, or the words for an empty one. Its name on its page is `name`.
pub(super) fn table(table: &Table, name: &str, locale: &Locale) -> AnyView {
    if table.rows.is_empty() {
        return view! { <p class="empty">{locale.say(&table.empty)}</p> }.into_any();
    }
    let note = table.lacks().map(|lacks| lacking::note(&lacks, locale));
    // By its id the keyboard focus is restored when the figures are replaced.
    let id = format!("table-{name}");
    let tall = if table.rows.len() >= TALL { " tall" } else { "" };
    let close = if table.columns.len() >= MANY_COLUMNS {
        " close"
    } else {
        ""
    };
    let aligned: Vec<Align> = table.columns.iter().map(|column| column.align).collect();
    let headings = table
        .columns
        .iter()
        .enumerate()
        .map(|(place, column)| heading(column, format!("{id}-{place}"), locale))
        .collect_view();
    let rows = table.rows.iter().map(|each| row(each, &aligned, locale)).collect_view();
    let total = table
        .total
        .as_ref()
        .map(|total| view! { <tfoot>{row(total, &aligned, locale)}</tfoot> });
    let caption = locale.words(&table.caption);
    view! {
        <div class=format!("table{tall}{close}") id=id role="region" aria-label=caption tabindex="0">
            <table>
                // A heading above the table says the same to those who see it.
                <caption class="visually-hidden">{caption.clone()}</caption>
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

fn heading(column: &Column, id: String, locale: &Locale) -> impl IntoView + use<> {
    let words = locale.words(&column.heading);
    let sorted = column.sort.as_ref().and_then(|sort| sort.current);
    let sorted = sorted.map(|sorted| match sorted {
        Sorted::Ascending => "ascending",
        Sorted::Descending => "descending",
    });
    let heading = match column.sort.clone() {
        Some(SortLink { href, .. }) => {
            view! { <a class="sort" id=id href=href data-noscroll="">{words}</a> }.into_any()
        }
        None => words.into_any(),
    };
    view! { <th scope="col" class=cell::aligned(column.align) aria-sort=sorted>{heading}</th> }
}

fn row(row: &Row, aligned: &[Align], locale: &Locale) -> impl IntoView + use<> {
    let cells = row.cells.iter().enumerate().map(|(place, cell)| {
        let class = cell::class(cell, aligned.get(place).copied().unwrap_or(Align::Text));
        let content = cell::content_in_table(cell, locale);
        if place == 0 {
            view! { <th scope="row" class=class>{content}</th> }.into_any()
        } else {
            view! { <td class=class>{content}</td> }.into_any()
        }
    });
    view! { <tr>{cells.collect_view()}</tr> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{message::Value, messages, money::Money, report::Cell};

    fn named(name: &'static str) -> Table {
        Table {
            name,
            caption: Value::text("Divisions, 2026"),
            columns: vec![
                Column::text(Value::text("Name")),
                Column::figure(Value::text("Margin")).sorted_by("?sort=m", Some(Sorted::Descending)),
            ],
            rows: Vec::new(),
            total: None,
            lacks: None,
            empty: messages::projects::no_match(),
        }
    }

    #[test]
    fn a_table_says_what_it_shows() {
        let shown = |table: &Table| super::table(table, table.name, &Locale::default()).to_html();
        let html = shown(&Table {
            rows: vec![Row::new(vec![Cell::text("A < B"), Cell::of(Money(-5))])],
            ..named("divisions")
        });
        assert!(html.contains(r#"<th scope="row" class="text">A &lt; B</th>"#), "{html}");
        assert!(html.contains(r#"<td class="figure negative">-€0.05</td>"#), "{html}");
        assert!(html.contains(r#"aria-sort="descending""#) && html.contains(r#"id="table-divisions-1""#));
        let empty = Locale::default().say(&messages::projects::no_match());
        assert_eq!(shown(&named("divisions")), format!(r#"<p class="empty">{empty}</p>"#));
    }

    #[test]
    fn below_a_table_stands_what_its_figures_lack() {
        let lacks = |text: Option<&str>| text.map(Value::text);
        let money = |text| Cell::of(Money(1)).lacking(lacks(text).as_ref());
        let html = |row, total, of_table| {
            let table = Table {
                rows: vec![Row::new(vec![Cell::text("Web"), row])],
                total: Some(Row::new(vec![Cell::text("All"), total])),
                lacks: lacks(of_table),
                ..named("divisions")
            };
            super::table(&table, table.name, &Locale::default()).to_html()
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
