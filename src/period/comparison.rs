//! Which days a period is compared with.

use super::Period;
use crate::days::{Days, Month};
use chrono::{Months, NaiveDate};

/// A choice of what figures are compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// The period before.
    #[default]
    Before,
    /// The same days a year before.
    YearBefore,
    /// Nothing.
    Nothing,
}

impl Comparison {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Before, Self::YearBefore, Self::Nothing];

    /// The days that those of `period` are compared with, on the day `today`.
    pub fn days(self, period: &Period, today: NaiveDate) -> Option<Days> {
        match self {
            Self::Before => Some(before(&named(period, today), today)),
            Self::YearBefore => Some(a_year_before(period, today)),
            Self::Nothing => None,
        }
    }
}

/// `period`, or the whole month, quarter or year that its days are: the same days have the same before them, whatever they
/// were chosen by.
fn named(period: &Period, today: NaiveDate) -> Period {
    let Period::Custom(days) = period else {
        return period.clone();
    };
    let month = Month::of(days.from);
    let of_year = [
        Period::Month(month),
        Period::Quarter(month.year, month.month.div_ceil(3)),
        Period::Year(month.year),
    ];
    let is_same = |period: &Period| period.whole(today) == *days;
    of_year.into_iter().find(is_same).unwrap_or_else(|| period.clone())
}

/// The period before: for the year to date the same days a year earlier, for a month, a quarter or a year the one before
/// it, for other days as many before them. If the period is still running, the one before is cut to as many days, so that
/// like is compared with like.
fn before(period: &Period, today: NaiveDate) -> Days {
    let days = period.days(today);
    let before = match period {
        Period::YearToDate => return a_year_before(period, today),
        Period::Month(month) => month.previous().days(),
        Period::Quarter(year, 1) => Period::Quarter(year - 1, 4).whole(today),
        Period::Quarter(year, quarter) => Period::Quarter(*year, quarter - 1).whole(today),
        Period::Year(year) => Period::Year(year - 1).whole(today),
        Period::Custom(_) => {
            let to = days.from.pred_opt().unwrap_or(days.from);
            return Days {
                from: to - chrono::Days::new(days.count() as u64 - 1),
                to,
            };
        }
    };
    if days == period.whole(today) {
        return before;
    }
    Days {
        to: (before.from + chrono::Days::new(days.count() as u64 - 1)).min(before.to),
        ..before
    }
}

/// The same days a year earlier. A whole month stays whole: February ends on its last day in every year.
fn a_year_before(period: &Period, today: NaiveDate) -> Days {
    let days = period.days(today);
    match period {
        Period::Month(month) if days == period.whole(today) => Month {
            year: month.year - 1,
            ..*month
        }
        .days(),
        _ => Days {
            from: day_a_year_before(days.from),
            to: day_a_year_before(days.to),
        },
    }
}

/// The same day a year earlier; the 28th for a 29th of February.
fn day_a_year_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_months(Months::new(12)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{days::day, sticky::Setting};

    /// What `period` is compared with on the day `today`, and how many days there are of each.
    fn compared(comparison: Comparison, period: &str, today: &str) -> (String, i64, i64) {
        let (period, today) = (Period::parse(period).unwrap(), day(today).unwrap());
        let days = comparison.days(&period, today).unwrap();
        let text = format!("{}..{}", days.from, days.to);
        (text, period.days(today).count(), days.count())
    }

    #[test]
    fn the_period_before_has_as_many_days_as_have_passed() {
        for (period, today, expected, shown, count) in [
            ("ytd", "2026-11-24", "2025-01-01..2025-11-24", 328, 328),
            ("ytd", "2024-02-29", "2023-01-01..2023-02-28", 60, 59),
            ("2026-11", "2026-11-24", "2026-10-01..2026-10-24", 24, 24),
            ("2026-03", "2026-03-31", "2026-02-01..2026-02-28", 31, 28),
            ("2026-03", "2026-03-30", "2026-02-01..2026-02-28", 30, 28),
            ("2024-03", "2024-03-30", "2024-02-01..2024-02-29", 30, 29),
            ("2026-01", "2026-11-24", "2025-12-01..2025-12-31", 31, 31),
            ("2026-q1", "2026-11-24", "2025-10-01..2025-12-31", 90, 92),
            ("2025", "2026-11-24", "2024-01-01..2024-12-31", 365, 366),
            ("2026-03-01..2026-03-10", "2026-11-24", "2026-02-19..2026-02-28", 10, 10),
            // Days that are a whole month or quarter are compared as one.
            ("2026-03-01..2026-03-31", "2026-11-24", "2026-02-01..2026-02-28", 31, 28),
            ("2026-01-01..2026-03-31", "2026-11-24", "2025-10-01..2025-12-31", 90, 92),
        ] {
            let found = compared(Comparison::Before, period, today);
            assert_eq!(found, (expected.to_owned(), shown, count), "{period} on {today}");
        }
    }

    #[test]
    fn the_same_days_a_year_before_have_the_same_dates() {
        for (period, today, expected, shown, count) in [
            ("ytd", "2026-11-24", "2025-01-01..2025-11-24", 328, 328),
            ("ytd", "2025-02-28", "2024-01-01..2024-02-28", 59, 59),
            ("2026-11", "2026-11-24", "2025-11-01..2025-11-24", 24, 24),
            ("2026-10", "2026-11-24", "2025-10-01..2025-10-31", 31, 31),
            ("2026-q1", "2026-11-24", "2025-01-01..2025-03-31", 90, 90),
            ("2024-q1", "2026-11-24", "2023-01-01..2023-03-31", 91, 90),
            ("2025", "2026-11-24", "2024-01-01..2024-12-31", 365, 366),
            ("2026-03-01..2026-03-10", "2026-11-24", "2025-03-01..2025-03-10", 10, 10),
        ] {
            let found = compared(Comparison::YearBefore, period, today);
            assert_eq!(found, (expected.to_owned(), shown, count), "{period} on {today}");
        }
    }

    #[test]
    fn a_whole_february_is_compared_with_a_whole_one() {
        for (period, today, expected, shown, count) in [
            ("2024-02", "2026-11-24", "2023-02-01..2023-02-28", 29, 28),
            ("2025-02", "2026-11-24", "2024-02-01..2024-02-29", 28, 29),
            ("2025-02", "2025-02-28", "2024-02-01..2024-02-29", 28, 29),
            // It is still running.
            ("2024-02", "2024-02-28", "2023-02-01..2023-02-28", 28, 28),
            ("2025-02", "2025-02-27", "2024-02-01..2024-02-27", 27, 27),
            // Days are days.
            ("2024-02-29..2024-02-29", "2026-11-24", "2023-02-28..2023-02-28", 1, 1),
            ("2024-02-29..2024-03-31", "2026-11-24", "2023-02-28..2023-03-31", 32, 32),
            ("2025-02-01..2025-02-28", "2026-11-24", "2024-02-01..2024-02-28", 28, 28),
        ] {
            let found = compared(Comparison::YearBefore, period, today);
            assert_eq!(found, (expected.to_owned(), shown, count), "{period} on {today}");
        }
    }

    #[test]
    fn nothing_is_compared_if_nothing_is_chosen() {
        let today = day("2026-11-24").unwrap();
        assert_eq!(Comparison::Nothing.days(&Period::YearToDate, today), None);
    }
}
