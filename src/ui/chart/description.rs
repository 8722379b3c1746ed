//! What a chart says in words: its legend, its description, and its figures as a table.

use super::{Chart, ChartMonth};
use crate::ui::{
    lacking,
    table::{Cell, Column, Row, Table},
};
use leptos::prelude::*;

impl Chart {
    pub(super) fn legend(&self) -> impl IntoView + use<> {
        let bars = self.bars.iter().enumerate().map(|(number, series)| {
            view! { <li class=format!("series-{}", number % 6 + 1)>{series.name.clone()}</li> }
        });
        let line = self
            .line
            .as_ref()
            .map(|series| view! { <li class="line">{series.name.clone()}</li> });
        let is_mixed = self.months.iter().any(|month| month.chosen) && self.months.iter().any(|month| !month.chosen);
        let other = is_mixed.then(|| view! { <li class="other">"Outside the period"</li> });
        view! { <ul class="legend">{bars.collect_view()} {line} {other}</ul> }
    }

    /// What the amounts lack, for the note.
    pub(super) fn lacks(&self) -> Option<String> {
        let of_months =
            || (0..self.months.len()).flat_map(|place| self.series().filter_map(move |series| series.lacks(place)));
        self.lacks.clone().or_else(|| lacking::collected(of_months()))
    }

    /// What the chart shows, in words.
    pub(super) fn description(&self) -> String {
        let (Some(first), Some(last)) = (self.months.first(), self.months.last()) else {
            return String::new();
        };
        let mut text = format!("By month from {} to {}.", first.month.name(), last.month.name());
        for series in self.series() {
            let values = || (0..self.months.len()).map(|place| (series.value(place), self.months[place].month.name()));
            if let (Some(least), Some(most)) = (
                values().min_by_key(|value| value.0),
                values().max_by_key(|value| value.0),
            ) {
                let money = |amount| self.format.money(amount);
                let part = format!(
                    " {}: from {} in {} to {} in {}.",
                    series.name,
                    money(least.0),
                    least.1,
                    money(most.0),
                    most.1
                );
                text.push_str(&part);
            }
        }
        if let Some(lacks) = self.lacks() {
            text.push_str(&format!(" It rests on incomplete data: {lacks}."));
        }
        text
    }

    pub(super) fn table(&self) -> Table {
        let row = |(place, month): (usize, &ChartMonth)| {
            let name = Cell::text(month.month.name());
            Row::new(
                std::iter::once(name)
                    .chain(
                        self.series()
                            .map(|series| Cell::money(series.value(place), self.format).lacking(series.lacks(place))),
                    )
                    .collect(),
            )
        };
        Table {
            caption: format!("{}: figures", self.title),
            caption_hidden: true,
            columns: std::iter::once(Column::text("Month"))
                .chain(self.series().map(|series| Column::figure(&series.name)))
                .collect(),
            rows: self.months.iter().enumerate().map(row).collect(),
            total: None,
            lacks: self.lacks(),
            empty: "There are no months to show.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Series,
            tests::{chart, series},
        },
        *,
    };

    #[test]
    fn a_month_that_lacks_something_is_marked_and_the_note_says_what() {
        let bars = || {
            let lacks = vec![Some("2.50 h have no cost rate".to_owned())];
            vec![series(5), Series { lacks, ..series(7) }]
        };
        let html = chart(bars()).view().to_html();
        assert!(html.contains("€0.07 (incomplete: 2.50 h have no cost rate)"), "{html}");
        assert_eq!(html.matches(r#"class="asterisk">*</text>"#).count(), 1, "{html}");
        let described = html.split_once("<desc").unwrap().1.split_once("</desc>").unwrap().0;
        assert!(
            described.contains("incomplete data: 2.50 h have no cost rate."),
            "{described}"
        );
        let (table, note) = html.split_once("</details>").unwrap();
        assert!(
            table.contains("class=\"lacks\"") && note.contains("incomplete data: 2.50 h"),
            "{html}"
        );
        let supplied = Chart {
            lacks: Some("9.00 h in all".to_owned()),
            ..chart(bars())
        };
        assert!(
            supplied
                .view()
                .to_html()
                .split_once("</details>")
                .unwrap()
                .1
                .contains("data: 9.00 h in all.")
        );
    }
}
