//! What is earned and what there is to work with as time passes: fixed prices by days, capacity by working days.

use super::{Flow, Project, ProjectKind};
use crate::{
    money::{Minutes, Money},
    period::{Days, Month},
    server::timeline::Timeline,
};
use chrono::{Datelike, NaiveDate, Weekday};

/// What `project` had earned since its beginning at the end of each stretch.
///
/// Time and material: billable hours at the project's rate and billable expenses. Fixed price (Harvest): the fee over
/// the project's days times the days passed, at least what was invoiced so far. Both are sums since the beginning, of
/// which a stretch earns the difference, so months add up to their year.
pub(super) fn earned(project: &Project, flows: &[Flow], timeline: &Timeline, today: NaiveDate) -> Vec<Money> {
    let (mut by_work, mut invoiced) = (Money(0), Money(0));
    let until = |(stretch, flow): (usize, &Flow)| {
        by_work += flow.time_revenue + flow.billable_expenses;
        invoiced += flow.invoiced;
        match project.kind {
            ProjectKind::TimeAndMaterial => by_work,
            ProjectKind::FixedPrice => accrued(project, timeline.last_day(stretch).min(today)).max(invoiced),
            ProjectKind::Internal => Money(0),
        }
    };
    flows.iter().enumerate().map(until).collect()
}

/// The part of a fixed price that is earned by time at the end of `day`; all of it at once where no end is set.
fn accrued(project: &Project, day: NaiveDate) -> Money {
    let fee = project.fee.unwrap_or_default();
    let last_day = project.ends_on.unwrap_or(project.starts_on);
    let days = Days {
        from: project.starts_on,
        to: last_day.max(project.starts_on),
    }
    .count();
    let passed = ((day - project.starts_on).num_days() + 1).clamp(0, days);
    fee.part(passed, days)
}

/// The part of a month's capacity that falls on `days`, by working days; the parts of a month add up to it.
pub(super) fn capacity_in(month: Month, capacity: Minutes, days: &Days) -> Minutes {
    let all = working_days(month.days());
    if all == 0 {
        return Minutes(0);
    }
    let until = |day: NaiveDate| {
        let day = day.min(month.last_day());
        if day < month.first_day() {
            return Minutes(0);
        }
        capacity.part(
            working_days(Days {
                from: month.first_day(),
                to: day,
            }),
            all,
        )
    };
    let before = days.from.pred_opt().unwrap_or(days.from);
    until(days.to) - until(before)
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

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(from: &str, to: &str) -> Days {
        Days {
            from: date(from),
            to: date(to),
        }
    }

    fn fixed_price(fee: i64) -> Project {
        Project {
            id: 1,
            code: "WEB-001".to_owned(),
            name: "Shop".to_owned(),
            client: None,
            division: Some(1),
            kind: ProjectKind::FixedPrice,
            billing_rate: None,
            fee: Some(Money(fee)),
            starts_on: date("2026-01-01"),
            ends_on: Some(date("2026-01-31")),
            budget: None,
            budget_minutes: None,
        }
    }

    #[test]
    fn a_fixed_price_is_earned_by_days_and_to_the_cent() {
        let weeks = [days("2026-01-01", "2026-01-07"), days("2026-01-08", "2026-01-31")];
        let timeline = Timeline::of(weeks);
        let flows = vec![Flow::default(); timeline.stretch_count()];
        let earned = earned(&fixed_price(10_000), &flows, &timeline, date("2026-12-31"));
        assert_eq!(earned, [Money(0), Money(2_258), Money(10_000)]);
    }

    #[test]
    fn more_is_earned_where_more_was_invoiced_and_nothing_after_today() {
        let timeline = Timeline::of([days("2026-01-01", "2026-01-07"), days("2026-01-08", "2026-01-31")]);
        let mut flows = vec![Flow::default(); timeline.stretch_count()];
        flows[1].invoiced = Money(5_000);
        let earned = earned(&fixed_price(10_000), &flows, &timeline, date("2026-01-20"));
        assert_eq!(earned, [Money(0), Money(5_000), Money(6_452)]);
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
            .map(|(from, to)| capacity_in(month, capacity, &Days { from, to }))
            .sum();
        assert_eq!(sum, capacity);
        assert_eq!(
            capacity_in(month, capacity, &days("2026-10-01", "2026-10-31")),
            Minutes(0)
        );
    }
}
