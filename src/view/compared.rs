//! What a view's figures are compared with: the one place that knows the setting.

use super::RenderContext;
use crate::{
    books::BEGINNING,
    days::Days,
    measure::Measure,
    message::Value,
    messages::{figure, lacks},
    period::comparison::Comparison,
    place::EARLIEST_YEAR,
    report::lacking::together,
};
use chrono::{Datelike, NaiveDate};

/// The days that figures are compared with.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The days.
    pub days: Days,
    /// Those of the figures that are shown.
    shown: Days,
    /// [`RenderContext::first_entry`]
    first_entry: Option<NaiveDate>,
}

impl Compared {
    /// The days with which the chosen ones are compared, if they are compared at all. Nothing is compared with days that no
    /// address can name.
    pub fn of(context: &RenderContext) -> Option<Self> {
        let shown = context.period.days(context.today);
        let comparison: Comparison = context.chosen.get();
        // Days that have not begun have nothing to compare.
        let days = match shown.from > BEGINNING && shown.from <= context.today {
            true => comparison.days(&context.period, context.today),
            false => None,
        };
        Some(Self {
            days: days.filter(|days| days.from.year() >= EARLIEST_YEAR)?,
            shown,
            first_entry: context.first_entry,
        })
    }

    /// The days, and how many they are if they are more or fewer than those that are shown.
    pub fn name(&self) -> Value {
        let [shown, compared] = [self.shown, self.days].map(|days| days.count().unsigned_abs());
        if shown == compared {
            Value::Days(self.days)
        } else {
            figure::against_days(compared, self.days, shown).into()
        }
    }

    /// Why `measure` is incomplete on these days: they begin before anything was entered. A balance is that of the last
    /// day, since everything began.
    pub fn lacks(&self, measure: Measure) -> Option<Value> {
        let day = if measure.is_balance() {
            self.days.to
        } else {
            self.days.from
        };
        let first = self.first_entry.filter(|first| day < *first)?;
        Some(lacks::before_entries(first).into())
    }

    /// What a change of `measure` lacks: what either of its two figures lacks, the one of the shown days `now` and the
    /// other `then`.
    pub fn lacks_of_change(&self, measure: Measure, now: Option<Value>, then: Option<Value>) -> Option<Value> {
        let then = then.map(|lacks| lacks::in_period(self.days, lacks).into());
        together([now, then, self.lacks(measure)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{days::day, locale::Locale};

    fn compared(shown: [&str; 2], days: [&str; 2], first: &str) -> Compared {
        let run = |[from, to]: [&str; 2]| Days {
            from: day(from).unwrap(),
            to: day(to).unwrap(),
        };
        Compared {
            days: run(days),
            shown: run(shown),
            first_entry: day(first),
        }
    }

    #[test]
    fn more_or_fewer_days_are_said() {
        let name = |shown, days| Locale::default().words(&compared(shown, days, "2020-01-01").name());
        let (march, february) = (["2026-03-01", "2026-03-30"], ["2026-02-01", "2026-02-28"]);
        assert!(
            name(march, february).ends_with("(30 against 28 days)"),
            "{}",
            name(march, february)
        );
        let one = ["2026-02-01", "2026-02-01"];
        assert!(name(march, one).ends_with("(30 against 1 day)"), "{}", name(march, one));
        assert!(!name(february, ["2026-01-01", "2026-01-28"]).contains("against"));
    }

    #[test]
    fn days_before_the_first_entry_are_incomplete() {
        let lacks =
            |measure, first| compared(["2026-03-01", "2026-03-31"], ["2026-02-01", "2026-02-28"], first).lacks(measure);
        let before = |first| Some(lacks::before_entries(day(first).unwrap()).into());
        for (first, is_revenue_incomplete, is_balance_incomplete) in [
            ("nothing was entered", false, false),
            ("2026-02-01", false, false),
            ("2026-02-02", true, false),
            ("2026-02-28", true, false),
            ("2026-03-01", true, true),
        ] {
            let said = |is_incomplete| if is_incomplete { before(first) } else { None };
            assert_eq!(lacks(Measure::Revenue, first), said(is_revenue_incomplete), "{first}");
            assert_eq!(lacks(Measure::Unbilled, first), said(is_balance_incomplete), "{first}");
        }
    }
}
