//! The one chart: amounts by month, as bars side by side or stacked, with a line over them if wanted.
//!
//! It is an SVG as wide as the space it has: horizontal positions are percentages and vertical ones pixels, so that
//! text keeps its size. The style sheet decides by the width which months are labelled.

#![expect(clippy::float_arithmetic, reason = "it is drawn")]

mod description;
mod scale;

use super::{lacking, table::slug};
use crate::{
    money::{Money, NumberFormat},
    period::{Days, Month},
};
use leptos::prelude::*;
use scale::{BOTTOM, Scale};

/// The part of a month's width that its bars take, and the greatest width of one bar, in per cent.
const FILLED: f64 = 0.72;
const WIDEST_BAR: f64 = 6.0;
/// Up to this many months, the line has a point for each.
const MOST_POINTS: usize = 24;

/// A chart, filled with data by a feature and shown with [`Chart::view`].
#[derive(Clone, Debug)]
pub struct Chart {
    /// What the chart shows.
    pub title: String,
    /// The months from left to right.
    pub months: Vec<ChartMonth>,
    /// How the bars are arranged.
    pub arrangement: Arrangement,
    /// The amounts of the bars; the colours tell up to six series apart.
    pub bars: Vec<Series>,
    /// The amounts of a line over the bars.
    pub line: Option<Series>,
    /// How amounts are written.
    pub format: NumberFormat,
    /// What the amounts lack, for the note below the chart; without it, the note says what those of the months lack.
    pub lacks: Option<String>,
}

/// The number of months in a chart of a year.
pub const YEAR: usize = 12;

/// A month of a chart.
#[derive(Clone, Copy, Debug)]
pub struct ChartMonth {
    /// The month.
    pub month: Month,
    /// Whether it lies in the chosen period; others are shown lighter.
    pub chosen: bool,
}

/// How a month's bars are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    /// Side by side.
    Grouped,
    /// Stacked, with losses below zero.
    Stacked,
}

/// One series of amounts, month by month.
#[derive(Clone, Debug)]
pub struct Series {
    /// What the amounts are of.
    pub name: String,
    /// One amount for each month of the chart; a missing one counts as zero.
    pub values: Vec<Money>,
    /// What each month's amount lacks, if it rests on incomplete data; months beyond the end of the list lack nothing.
    pub lacks: Vec<Option<String>>,
}

impl ChartMonth {
    /// The months of a chart, each given by its days; those that have days of the period `chosen` are marked.
    pub fn of(months: &[Days], chosen: &Days) -> Vec<Self> {
        let mark = |days: &Days| Self {
            month: Month::of(days.from),
            chosen: days.to >= chosen.from,
        };
        months.iter().map(mark).collect()
    }
}

impl Series {
    fn value(&self, place: usize) -> Money {
        self.values.get(place).copied().unwrap_or_default()
    }

    fn lacks(&self, place: usize) -> Option<&str> {
        self.lacks.get(place)?.as_deref()
    }
}

impl Chart {
    /// The chart, its legend, and its figures as a table to unfold.
    pub fn view(self) -> AnyView {
        let id = format!("chart-{}", slug(&self.title));
        let (title, description) = (format!("{id}-title"), format!("{id}-description"));
        let scale = Scale::of(self.ends());
        let level =
            |class: &'static str, y: String| view! { <line class=class x1="0" x2="100%" y1=y.clone() y2=y></line> };
        let lines = scale.lines().map(|amount| {
            let y = pixels(scale.y(amount));
            view! {
                {level("level", y.clone())}
                <text class="amount" x="-8" y=y dy="0.32em">{scale::name(amount, self.format)}</text>
            }
        });
        let months = (0..self.months.len())
            .map(|place| self.month(place, &scale))
            .collect_view();
        let line = self.line.as_ref().map(|series| self.line(series, &scale));
        view! {
            <figure class="chart">
                {self.legend()}
                <svg role="img" aria-labelledby=title aria-describedby=description>
                    <title id=title.clone()>{self.title.clone()}</title>
                    <desc id=description.clone()>{self.description()}</desc>
                    {lines.collect_view()}
                    {months}
                    {level("level zero", pixels(scale.y(0)))}
                    {line}
                </svg>
                <details>
                    <summary id=id>"Figures of this chart"</summary>
                    {self.table().view()}
                </details>
                {self.lacks().map(|lacks| lacking::note(&lacks))}
            </figure>
        }
        .into_any()
    }

    fn series(&self) -> impl Iterator<Item = &Series> {
        self.bars.iter().chain(&self.line)
    }

    /// The amounts that the scale must include: the ends of all bars and the points of the line.
    fn ends(&self) -> impl Iterator<Item = i128> {
        let bars = (0..self.months.len())
            .flat_map(|place| self.spans(place))
            .flat_map(|(start, end)| [start, end]);
        bars.chain(
            self.line
                .iter()
                .flat_map(|line| &line.values)
                .map(|value| i128::from(value.0)),
        )
    }

    /// The lower and upper end of each bar of the month at `place`.
    fn spans(&self, place: usize) -> Vec<(i128, i128)> {
        let (mut gain, mut loss) = (0, 0);
        let span = |series: &Series| {
            let value = i128::from(series.value(place).0);
            if self.arrangement == Arrangement::Grouped {
                return (0, value);
            }
            let end = if value < 0 { &mut loss } else { &mut gain };
            let start = std::mem::replace(end, *end + value);
            (start, *end)
        };
        self.bars.iter().map(span).collect()
    }

    /// The width of a month and the middle of the month at `place`, in per cent.
    fn across(&self, place: usize) -> (f64, f64) {
        let width = 100.0 / self.months.len() as f64;
        (width, (place as f64 + 0.5) * width)
    }

    fn month(&self, place: usize, scale: &Scale) -> impl IntoView + use<> {
        let month = self.months[place];
        let (width, middle) = self.across(place);
        let side_by_side = if self.arrangement == Arrangement::Grouped {
            self.bars.len().max(1)
        } else {
            1
        };
        let bar = (width * FILLED / side_by_side as f64).min(WIDEST_BAR * if side_by_side == 1 { 1.5 } else { 1.0 });
        let left = middle - bar * side_by_side as f64 / 2.0;
        let bars = self.spans(place).into_iter().enumerate().map(|(number, (start, end))| {
            let (top, bottom) = (scale.y(start.max(end)), scale.y(start.min(end)));
            let x = left + if side_by_side == 1 { 0.0 } else { bar * number as f64 };
            let class = format!("column series-{}", number % 6 + 1);
            view! { <rect class=class x=per_cent(x) y=pixels(top) width=per_cent(bar) height=pixels(bottom - top)></rect> }
        });
        let figures = self.series().map(|series| {
            let lacks = series
                .lacks(place)
                .map(|lacks| format!(" ({})", lacking::incomplete(lacks)));
            let amount = self.format.money(series.value(place));
            format!("{}: {amount}{}", series.name, lacks.unwrap_or_default())
        });
        let mark = self.series().any(|series| series.lacks(place).is_some());
        let hint = std::iter::once(month.month.name())
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
                <text class=self.naming(month) x=x.clone() y=pixels(BOTTOM + 18.0)>{month.month.short_name()}</text>
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
                .find(|step| self.months.len() <= most * *step)
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
            .months
            .iter()
            .skip(1)
            .take(self.months.len() / 6)
            .any(|month| month.month.month == 1);
        self.months[place].month.month == 1 || (place == 0 && !soon)
    }

    fn line(&self, series: &Series, scale: &Scale) -> impl IntoView + use<> {
        let point = |place: usize| {
            (
                per_cent(self.across(place).1),
                pixels(scale.y(i128::from(series.value(place).0))),
            )
        };
        let parts = (1..self.months.len()).map(|place| {
            let ((x1, y1), (x2, y2)) = (point(place - 1), point(place));
            view! { <line x1=x1 y1=y1 x2=x2 y2=y2></line> }
        });
        let parts = parts.collect_view();
        let marked = if self.months.len() <= MOST_POINTS {
            self.months.len()
        } else {
            0
        };
        let points = (0..marked).map(|place| {
            let ((x, y), class) = (
                point(place),
                if self.months[place].chosen {
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

    pub(super) fn chart(bars: Vec<Series>) -> Chart {
        Chart {
            title: "Costs".to_owned(),
            months: vec![ChartMonth {
                month: Month { year: 2026, month: 2 },
                chosen: true,
            }],
            arrangement: Arrangement::Stacked,
            bars,
            line: None,
            format: NumberFormat::PointDecimal,
            lacks: None,
        }
    }

    pub(super) fn series(cents: i64) -> Series {
        Series {
            name: String::new(),
            values: vec![Money(cents)],
            lacks: Vec::new(),
        }
    }

    #[test]
    fn losses_stack_below_zero() {
        let chart = chart([5, -2, 7, -1].map(series).into());
        assert_eq!(chart.spans(0), [(0, 5), (0, -2), (5, 12), (-2, -3)]);
        let html = chart.view().to_html();
        assert!(html.contains("Feb 2026") && !html.to_lowercase().contains("incomplete"));
    }
}
