//! The one chart: amounts by month, as bars side by side or stacked, with a line over them if wanted.

use super::{Cell, Column, Opening, Row, Table, lacking};
use crate::{
    days::{Days, Month},
    message::Value,
    messages,
    money::Money,
};

/// A chart.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Its name among the charts of its page, in every language: `revenue-and-cost`.
    pub name: &'static str,
    /// What the chart shows.
    pub title: Value,
    /// The months from left to right.
    pub months: Vec<ChartMonth>,
    /// How the bars are arranged.
    pub arrangement: Arrangement,
    /// The amounts of the bars; the colours tell up to six series apart.
    pub bars: Vec<Series>,
    /// The amounts of a line over the bars.
    pub line: Option<Series>,
    /// What the amounts lack, for the note below the chart; without it, the note says what those of the months lack.
    pub lacks: Option<Value>,
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
    pub name: Value,
    /// One amount for each month of the chart; a missing one counts as zero.
    pub values: Vec<Money>,
    /// The way to what each month's amount is made of; none for amounts that open nothing.
    pub openings: Vec<Opening>,
    /// What each month's amount lacks, if it rests on incomplete data; months beyond the end of the list lack nothing.
    pub lacks: Vec<Option<Value>>,
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
    /// The amount of the month at `place`.
    pub fn value(&self, place: usize) -> Money {
        self.values.get(place).copied().unwrap_or_default()
    }

    /// The way to what the amount of the month at `place` is made of.
    pub fn opening(&self, place: usize) -> Option<&Opening> {
        self.openings.get(place)
    }

    /// What the amount of the month at `place` lacks.
    pub fn lacks(&self, place: usize) -> Option<&Value> {
        self.lacks.get(place)?.as_ref()
    }
}

impl Chart {
    /// The bars, then the line.
    pub fn series(&self) -> impl Iterator<Item = &Series> {
        self.bars.iter().chain(&self.line)
    }

    /// What the amounts lack, for the note.
    pub fn lacks(&self) -> Option<Value> {
        let of_months =
            || (0..self.months.len()).flat_map(|place| self.series().filter_map(move |series| series.lacks(place)));
        self.lacks.clone().or_else(|| lacking::collected(of_months()))
    }

    /// The amounts as a table, a row for each month.
    pub fn table(&self) -> Table {
        let rows = self.months.iter().enumerate().map(|(place, month)| {
            let amounts = self.series();
            let amounts = amounts.map(|series| {
                let amount = Cell::of(series.value(place)).lacking(series.lacks(place));
                match series.opening(place) {
                    Some(opening) => amount.opening(opening.clone()),
                    None => amount,
                }
            });
            Row::new(std::iter::once(Cell::of(month.month)).chain(amounts).collect())
        });
        let columns = self.series().map(|series| Column::figure(series.name.clone()));
        Table {
            name: self.name,
            caption: messages::chart::table(self.title.clone()).into(),
            columns: std::iter::once(Column::text(messages::figure::month()))
                .chain(columns)
                .collect(),
            rows: rows.collect(),
            total: None,
            lacks: self.lacks(),
            empty: messages::chart::no_months(),
        }
    }

    /// The lower and upper end of each bar of the month at `place`, in cents.
    pub fn spans(&self, place: usize) -> Vec<(i128, i128)> {
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

    /// The amounts that a scale must include, in cents: the ends of all bars and the points of the line.
    pub fn ends(&self) -> impl Iterator<Item = i128> {
        let bars = (0..self.months.len())
            .flat_map(|place| self.spans(place))
            .flat_map(|(start, end)| [start, end]);
        let line = self.line.iter().flat_map(|line| &line.values);
        bars.chain(line.map(|value| i128::from(value.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_stack_below_zero() {
        let series = |cents| Series {
            name: Value::text(""),
            values: vec![Money(cents)],
            openings: Vec::new(),
            lacks: Vec::new(),
        };
        let chart = Chart {
            name: "costs",
            title: Value::text("Costs"),
            months: vec![ChartMonth {
                month: Month { year: 2026, month: 2 },
                chosen: true,
            }],
            arrangement: Arrangement::Stacked,
            bars: [5, -2, 7, -1].map(series).into(),
            line: None,
            lacks: None,
        };
        assert_eq!(chart.spans(0), [(0, 5), (0, -2), (5, 12), (-2, -3)]);
    }
}
