//! What accrues as time passes: fixed prices by days, and capacity by working days.

use crate::{
    books::{Dated, Terms},
    days::{Days, Month},
    money::{Minutes, Money},
};
use chrono::{Datelike, NaiveDate, Weekday};

/// The amount of a fixed price that was earned by the end of `day` (as in Harvest): the fee divided by the project's
/// days, times the days that have passed, by the terms of that day. Invoices don't count, because an advance is no
/// revenue. Without a last day the whole fee is earned at once.
pub fn accrued(terms: &Dated<Terms>, day: NaiveDate) -> Money {
    let Some(terms) = terms.at(day) else {
        return Money(0);
    };
    let fee = terms.fee.unwrap_or_default();
    let last_day = terms.ends_on.unwrap_or(terms.starts_on);
    let days = Days {
        from: terms.starts_on,
        to: last_day.max(terms.starts_on),
    }
    .count();
    let passed = ((day - terms.starts_on).num_days() + 1).clamp(0, days);
    fee.part(passed, days)
}

/// The part of a division's capacity in a month that falls on `days`, by working days; the parts of a month add up to
/// the whole. `capacities` is what its people have in the whole month, each with the days on which they are in the
/// division. It is rounded once, as a sum up to a day, so that nothing depends on who joins or leaves later.
pub(super) fn capacity_in(month: Month, capacities: &[(Days, Minutes)], days: &Days) -> Minutes {
    let all = working_days(month.days());
    if all == 0 {
        return Minutes(0);
    }
    let until = |day: NaiveDate| {
        let passed = Days {
            from: month.first_day(),
            to: day.min(month.last_day()),
        };
        let in_days = |(days, minutes): &(Days, Minutes)| {
            let days = days.overlap(&passed);
            Minutes(days.map_or(0, |days| minutes.0 * working_days(days)))
        };
        capacities.iter().map(in_days).sum::<Minutes>().part(1, all)
    };
    let before = days.from.pred_opt().unwrap_or(days.from);
    until(days.to) - until(before)
}

/// The part of each of `capacities` in what [`capacity_in`] gives for all of them. They add up to it: the minutes that are
/// left over go to the largest remainders, and among equal ones to the earlier.
pub fn capacity_parts(month: Month, capacities: &[(Days, Minutes)], days: &Days) -> Vec<Minutes> {
    let all = working_days(month.days());
    let counted = month.days().overlap(days);
    let exact = |(held, minutes): &(Days, Minutes)| {
        let held = counted.and_then(|counted| held.overlap(&counted));
        minutes.0 * held.map_or(0, working_days)
    };
    let exact: Vec<i64> = capacities.iter().map(exact).collect();
    let mut parts: Vec<i64> = exact.iter().map(|minutes| minutes.div_euclid(all.max(1))).collect();
    let left = capacity_in(month, capacities, days).0 - parts.iter().sum::<i64>();
    let mut by_remainder: Vec<usize> = (0..parts.len()).collect();
    by_remainder.sort_by_key(|place| std::cmp::Reverse(exact[*place].rem_euclid(all.max(1))));
    for (_, place) in (0..left).zip(by_remainder) {
        parts[place] += 1;
    }
    parts.into_iter().map(Minutes).collect()
}

fn working_days(days: Days) -> i64 {
    days.from
        .iter_days()
        .take_while(|day| *day <= days.to)
        .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
        .count() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::books::BEGINNING;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(from: &str, to: &str) -> Days {
        Days {
            from: date(from),
            to: date(to),
        }
    }

    fn fixed_price(fee: i64) -> Terms {
        Terms {
            billing_rate: None,
            fee: Some(Money(fee)),
            starts_on: date("2026-01-01"),
            ends_on: Some(date("2026-01-31")),
        }
    }

    #[test]
    fn a_fixed_price_is_earned_by_days_and_to_the_cent() {
        let terms = [(BEGINNING, fixed_price(10_000))].into_iter().collect();
        let days = ["2025-12-31", "2026-01-01", "2026-01-07", "2026-01-31", "2026-02-01"];
        let earned = days.map(|day| accrued(&terms, date(day)));
        assert_eq!(earned, [0, 323, 2_258, 10_000, 10_000].map(Money));
    }

    #[test]
    fn another_fee_counts_from_its_day_on_and_changes_nothing_before() {
        let changed = [
            (BEGINNING, fixed_price(10_000)),
            (date("2026-01-08"), fixed_price(20_000)),
            (date("2026-03-01"), fixed_price(0)),
        ];
        let terms = changed.into_iter().collect();
        let days = ["2026-01-07", "2026-01-08", "2026-02-28", "2026-03-01"];
        let earned = days.map(|day| accrued(&terms, date(day)));
        assert_eq!(earned, [2_258, 5_161, 20_000, 0].map(Money));
    }

    #[test]
    fn the_parts_of_a_months_capacity_add_up() {
        let month = Month::new(2026, 11).unwrap();
        let capacity = Minutes(10_001);
        let parts = ["2026-11-01", "2026-11-02", "2026-11-24"].map(date);
        let ends = ["2026-11-01", "2026-11-23", "2026-12-31"].map(date);
        let sum: Minutes = parts
            .into_iter()
            .zip(ends)
            .map(|(from, to)| capacity_in(month, &[(month.days(), capacity)], &Days { from, to }))
            .sum();
        assert_eq!(sum, capacity);
        let october = days("2026-10-01", "2026-10-31");
        assert_eq!(capacity_in(month, &[(month.days(), capacity)], &october), Minutes(0));
    }

    #[test]
    fn who_comes_later_moves_no_capacity_of_before() {
        let month = Month::new(2026, 1).unwrap();
        let begin = days("2025-12-23", "2026-01-10");
        let in_begin = |capacities: &[(Days, Minutes)]| capacity_in(month, capacities, &begin);
        let alone = in_begin(&[(month.days(), Minutes(923)), (month.days(), Minutes(5_235))]);
        // The same two, one of whom leaves later, and a third who joins.
        let left = [
            (days("2026-01-01", "2026-01-14"), Minutes(923)),
            (month.days(), Minutes(5_235)),
            (days("2026-01-20", "2027-12-31"), Minutes(8_001)),
        ];
        assert_eq!(in_begin(&left), alone);
        // 6,158 minutes on 22 working days, of which 7 have passed.
        assert_eq!(alone, Minutes(1_959));
    }
}
