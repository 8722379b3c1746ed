//! How a chart looks: an SVG as wide as the space it has.
//!
//! Horizontal positions are percentages and vertical ones pixels, so that text keeps its size. The style sheet decides by
//! the width which months are labelled.

#![expect(clippy::float_arithmetic, reason = "it is drawn")]

mod description;
mod scale;

use super::{lacking, table};
use crate::{
    locale::Locale,
    messages,
    report::{Arrangement, Chart, ChartMonth, Series},
};
use leptos::prelude::*;
use scale::{BOTTOM, Scale};

/// The part of a month's width that its bars take, and the greatest width of one bar, in per cent.
const FILLED: f64 = 0.72;
const WIDEST_BAR: f64 = 6.0;
/// Up to this many months, the line has a point for each.
const MOST_POINTS: usize = 24;

/// The chart, its legend, and its figures as a table to unfold.
pub(super) fn chart(chart: &Chart, locale: &Locale) -> AnyView {
    Drawing { chart, locale }.view()
}

/// A chart that is drawn in a language.
struct Drawing<'a> {
    chart: &'a Chart,
    locale: &'a Locale,
}

impl Drawing<'_> {
    fn view(&self) -> AnyView {
        let id = format!("chart-{}", self.chart.name);
        let (title, description) = (format!("{id}-title"), format!("{id}-description"));
        let scale = Scale::of(self.chart.ends());
        let level =
            |class: &'static str, y: String| view! { <line class=class x1="0" x2="100%" y1=y.clone() y2=y></line> };
        let lines = scale.lines().map(|amount| {
            let y = pixels(scale.y(amount));
            view! {
                {level("level", y.clone())}
                <text class="amount" x="-8" y=y dy="0.32em">{self.locale.round_amount(amount)}</text>
            }
        });
        let months = (0..self.chart.months.len())
            .map(|place| self.month(place, &scale))
            .collect_view();
        let line = self.chart.line.as_ref().map(|series| self.line(series, &scale));
        view! {
            <figure class="chart">
                {self.legend()}
                <svg role="img" aria-labelledby=title aria-describedby=description>
                    <title id=title.clone()>{self.locale.words(&self.chart.title)}</title>
                    <desc id=description.clone()>{self.description()}</desc>
                    <defs>
                        <pattern
                            id=self.veil()
                            width="4"
                            height="4"
                            patternUnits="userSpaceOnUse"
                            patternTransform="rotate(45)"
                        >
                            <rect class="stripe" width="2" height="4"></rect>
                        </pattern>
                    </defs>
                    {lines.collect_view()}
                    {months}
                    {level("level zero", pixels(scale.y(0)))}
                    {line}
                </svg>
                <details>
                    <summary id=id>{self.locale.say(&messages::chart::figures())}</summary>
                    {table::table(&self.chart.table(), self.chart.name, self.locale)}
                </details>
                {self.chart.lacks().map(|lacks| lacking::note(&lacks, self.locale))}
            </figure>
        }
        .into_any()
    }

    /// The id of the stripes that lie over months outside the period.
    fn veil(&self) -> String {
        format!("chart-{}-veil", self.chart.name)
    }

    /// The width of a month and the middle of the month at `place`, in per cent.
    fn across(&self, place: usize) -> (f64, f64) {
        let width = 100.0 / self.chart.months.len() as f64;
        (width, (place as f64 + 0.5) * width)
    }

    fn month(&self, place: usize, scale: &Scale) -> impl IntoView + use<> {
        let month = self.chart.months[place];
        let (width, middle) = self.across(place);
        let side_by_side = if self.chart.arrangement == Arrangement::Grouped {
            self.chart.bars.len().max(1)
        } else {
            1
        };
        let bar = (width * FILLED / side_by_side as f64).min(WIDEST_BAR * if side_by_side == 1 { 1.5 } else { 1.0 });
        let left = middle - bar * side_by_side as f64 / 2.0;
        let bars = self
            .chart
            .spans(place)
            .into_iter()
            .enumerate()
            .map(|(number, (start, end))| {
                let (top, bottom) = (scale.y(start.max(end)), scale.y(start.min(end)));
                let x = left + if side_by_side == 1 { 0.0 } else { bar * number as f64 };
                let class = format!("column series-{}", number % 6 + 1);
                let (x, y, width, height) = (per_cent(x), pixels(top), per_cent(bar), pixels(bottom - top));
                let veil = (!month.chosen).then(|| {
                    let fill = format!("url(#{})", self.veil());
                    let (x, y, width, height) = (x.clone(), y.clone(), width.clone(), height.clone());
                    view! { <rect class="veil" fill=fill x=x y=y width=width height=height></rect> }
                });
                let drawn = view! {
                    <rect class=class x=x y=y width=width height=height></rect>
                    {veil}
                };
                match self.chart.bars.get(number).and_then(|series| series.opening(place)) {
                    // For the keyboard and for screen readers, the figures below the chart are the same links.
                    Some(opening) => view! { <a href=opening.href.clone() tabindex="-1">{drawn}</a> }.into_any(),
                    None => drawn.into_any(),
                }
            });
        let figures = self.chart.series().map(|series| {
            let lacks = series
                .lacks(place)
                .map(|lacks| format!(" ({})", lacking::incomplete(lacks, self.locale)));
            let amount = self.locale.words(&series.value(place).into());
            let name = self.locale.words(&series.name);
            format!("{name}: {amount}{}", lacks.unwrap_or_default())
        });
        let mark = self.chart.series().any(|series| series.lacks(place).is_some());
        let hint = std::iter::once(self.locale.words(&month.month.into()))
            .chain(figures)
            .collect::<Vec<_>>()
            .join("\n");
        let x = per_cent(middle);
        let year = self.has_year(place).then(|| {
            view! { <text class="year" x=x.clone() y=pixels(BOTTOM + 34.0)>{month.month.year}</text> }
        });
        let mark = mark.then(|| view! { <text class="asterisk" x=x.clone() y=pixels(BOTTOM + 11.0)>"*"</text> });
        view! {
            <g class=if month.chosen { "month" } else { "month other" }>
                <title>{hint}</title>
                <rect class="hit" x=per_cent(middle - width / 2.0) width=per_cent(width) height=pixels(BOTTOM)></rect>
                {bars.collect_view()}
                <text class=self.naming(month) x=x.clone() y=pixels(BOTTOM + 18.0)>{self.locale.short_month(month.month)}</text>
                {mark}
                {year}
            </g>
        }
    }

    /// At which widths a month is labelled: always, in a wide chart, in a narrow one, or never.
    fn naming(&self, month: ChartMonth) -> &'static str {
        let among = |most: usize| {
            let step = [1, 2, 3, 6, 12]
                .into_iter()
                .find(|step| self.chart.months.len() <= most * *step)
                .unwrap_or(12);
            (month.month.month as usize - 1).is_multiple_of(step)
        };
        match (among(16), among(8)) {
            (true, true) => "name",
            (true, false) => "name wide",
            (false, true) => "name narrow",
            (false, false) => "name never",
        }
    }

    /// Whether the year is shown below the month: at every January, and at the first month unless a January follows
    /// soon.
    fn has_year(&self, place: usize) -> bool {
        let soon = self
            .chart
            .months
            .iter()
            .skip(1)
            .take(self.chart.months.len() / 6)
            .any(|month| month.month.month == 1);
        self.chart.months[place].month.month == 1 || (place == 0 && !soon)
    }

    fn line(&self, series: &Series, scale: &Scale) -> impl IntoView + use<> {
        let point = |place: usize| {
            (
                per_cent(self.across(place).1),
                pixels(scale.y(i128::from(series.value(place).0))),
            )
        };
        let parts = (1..self.chart.months.len()).map(|place| {
            let ((x1, y1), (x2, y2)) = (point(place - 1), point(place));
            view! { <line x1=x1 y1=y1 x2=x2 y2=y2></line> }
        });
        let parts = parts.collect_view();
        let marked = if self.chart.months.len() <= MOST_POINTS {
            self.chart.months.len()
        } else {
            0
        };
        let points = (0..marked).map(|place| {
            let ((x, y), class) = (
                point(place),
                if self.chart.months[place].chosen {
                    "point"
                } else {
                    "point other"
                },
            );
            view! { <circle class=class cx=x cy=y r="3"></circle> }
        });
        view! {
            <g class="line halo">{parts.clone()}</g>
            <g class="line">{parts} {points.collect_view()}</g>
        }
    }
}

fn per_cent(value: f64) -> String {
    format!("{value:.2}%")
}

fn pixels(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{days::Month, message::Value, money::Money};

    pub(super) fn chart_of(bars: Vec<Series>) -> Chart {
        Chart {
            name: "costs",
            title: Value::text("Costs"),
            months: vec![ChartMonth {
                month: Month { year: 2026, month: 2 },
                chosen: true,
            }],
            arrangement: Arrangement::Stacked,
            bars,
            line: None,
            lacks: None,
        }
    }

    pub(super) fn series(cents: i64) -> Series {
        Series {
            name: Value::text(""),
            values: vec![Money(cents)],
            openings: Vec::new(),
            lacks: Vec::new(),
        }
    }

    #[test]
    fn a_month_is_named() {
        let html = chart(&chart_of(vec![series(5)]), &Locale::default()).to_html();
        assert!(html.contains("Feb 2026") && !html.to_lowercase().contains("incomplete"));
    }
}
