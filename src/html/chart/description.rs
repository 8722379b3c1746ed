//! What a chart says in words: its legend and its description.

use super::Drawing;
use crate::{
    message::{Joint, Value},
    messages,
};
use leptos::prelude::*;

impl Drawing<'_> {
    pub(super) fn legend(&self) -> impl IntoView + use<> {
        let bars = self.chart.bars.iter().enumerate().map(|(number, series)| {
            view! { <li class=format!("series-{}", number % 6 + 1)>{self.locale.words(&series.name)}</li> }
        });
        let line = self
            .chart
            .line
            .as_ref()
            .map(|series| view! { <li class="line">{self.locale.words(&series.name)}</li> });
        let months = &self.chart.months;
        let is_mixed = months.iter().any(|month| month.chosen) && months.iter().any(|month| !month.chosen);
        let other = is_mixed.then(|| view! { <li class="other">{self.locale.say(&messages::chart::outside())}</li> });
        view! { <ul class="legend">{bars.collect_view()} {line} {other}</ul> }
    }

    /// What the chart shows, in words.
    pub(super) fn description(&self) -> String {
        let (Some(first), Some(last)) = (self.chart.months.first(), self.chart.months.last()) else {
            return String::new();
        };
        let mut sentences = vec![messages::chart::months(first.month, last.month)];
        for series in self.chart.series() {
            let values =
                || (0..self.chart.months.len()).map(|place| (series.value(place), self.chart.months[place].month));
            if let (Some(least), Some(most)) = (
                values().min_by_key(|value| value.0),
                values().max_by_key(|value| value.0),
            ) {
                let sentence = messages::chart::span(least.0, least.1, most.0, most.1, series.name.clone());
                sentences.push(sentence);
            }
        }
        sentences.extend(self.chart.lacks().map(messages::chart::incomplete));
        let sentences = sentences.into_iter().map(Value::from).collect();
        self.locale.words(&Value::Joined(sentences, Joint::Space))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        chart,
        tests::{chart_of, series},
    };
    use crate::{
        locale::Locale,
        message::Value,
        report::{Chart, Series},
    };
    use leptos::prelude::*;

    #[test]
    fn a_month_that_lacks_something_is_marked_and_the_note_says_what() {
        let bars = || {
            let lacks = vec![Some(Value::text("2.50 h have no cost rate"))];
            vec![series(5), Series { lacks, ..series(7) }]
        };
        let shown = |drawn: &Chart| chart(drawn, &Locale::default()).to_html();
        let html = shown(&chart_of(bars()));
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
        let supplied = shown(&Chart {
            lacks: Some(Value::text("9.00 h in all")),
            ..chart_of(bars())
        });
        assert!(
            supplied
                .split_once("</details>")
                .unwrap()
                .1
                .contains("data: 9.00 h in all.")
        );
    }
}
