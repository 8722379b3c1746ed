//! The invoices.
//!
//! Hours and expenses are invoiced after the month in which they were earned, fees in instalments.

use super::{
    calendar::{Calendar, MONTHS, weekday_from},
    chance::{Chance, Stream},
    plan::{Instalments, PLANS, Terms},
    projects::Project,
    spending::{Bearer, Booking},
    work::Entry,
};
use crate::{books::NewInvoice, money::Money};
use chrono::{Datelike, Days, NaiveDate};

/// What a project earned by the hour in a month.
#[derive(Clone, Copy, Default)]
struct Earned {
    hours: Money,
    expenses: Money,
}

/// An invoice without its number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Invoice {
    day: NaiveDate,
    project: usize,
    amount: Money,
}

/// Expenses below this are not worth an invoice of their own, in cents.
const SEPARATE_EXPENSES: Money = Money(12_000);

/// The invoices up to `today`. `fees` is indexed by the project's number.
pub fn invoices(
    calendar: &Calendar,
    today: NaiveDate,
    projects: &[Project],
    fees: &[Option<Money>],
    entries: &[Entry],
    bookings: &[Booking],
) -> Vec<NewInvoice> {
    let earned = earned(calendar, projects.len(), entries, bookings);
    let mut invoices = Vec::new();
    for (number, (project, fee)) in projects.iter().zip(fees).enumerate() {
        let mut chance = Chance::of(Stream::Invoices, [project.copy, number % PLANS.len()]);
        let parts = match (&project.plan.terms, fee) {
            (Terms::Fee { instalments, .. }, Some(fee)) => by_instalments(project, *instalments, *fee, &mut chance),
            _ => monthly(calendar, project, &earned[number], &mut chance),
        };
        let last_day = project.plan.place.last_day(calendar).unwrap_or(NaiveDate::MAX);
        invoices.extend(parts.into_iter().map(|(day, amount)| Invoice {
            day: day.min(last_day),
            project: number,
            amount,
        }));
    }
    invoices.retain(|invoice| invoice.day <= today);
    invoices.sort();
    numbered(&invoices)
}

/// The invoices as they are entered, with numbers that start from 1 in each year.
fn numbered(invoices: &[Invoice]) -> Vec<NewInvoice> {
    let mut last = (0, 0);
    let number = |invoice: &Invoice| {
        let year = invoice.day.year();
        last = (year, if last.0 == year { last.1 + 1 } else { 1 });
        format!("{year}-{:04}", last.1)
    };
    let numbers: Vec<_> = invoices.iter().map(number).collect();
    let entered = |(invoice, number): (&Invoice, String)| NewInvoice {
        number,
        project: invoice.project as i64 + 1,
        day: invoice.day,
        amount: invoice.amount,
    };
    invoices.iter().zip(numbers).map(entered).collect()
}

/// What each project earned by the hour in each month.
fn earned(
    calendar: &Calendar,
    count: usize,
    entries: &[Entry],
    bookings: &[Booking],
) -> Vec<[Earned; MONTHS as usize]> {
    let mut earned = vec![[Earned::default(); MONTHS as usize]; count];
    for entry in entries {
        earned[entry.project][calendar.month_of(entry.day) as usize].hours += entry.revenue;
    }
    for booking in bookings.iter().filter(|booking| booking.billable) {
        if let Bearer::Project(project) = booking.bearer {
            earned[project][calendar.month_of(booking.day) as usize].expenses += booking.amount;
        }
    }
    earned
}

/// After each month the amount earned in it, often with a separate invoice for expenses; now and then two months
/// together.
fn monthly(calendar: &Calendar, project: &Project, earned: &[Earned], chance: &mut Chance) -> Vec<(NaiveDate, Money)> {
    let mut invoices = Vec::new();
    let mut open = Money(0);
    for (month, earned) in Calendar::months().zip(earned) {
        let next = calendar.month(month + 1);
        let day = weekday_from(next + Days::new(chance.between(1, 15).unsigned_abs()));
        open += earned.hours;
        if earned.expenses > SEPARATE_EXPENSES && chance.percent(60) {
            invoices.push((weekday_from(day + Days::new(2)), earned.expenses));
        } else {
            open += earned.expenses;
        }
        let goes_on = project.ends_on.is_none_or(|end| end >= next);
        if open > Money(0) && !(goes_on && chance.percent(6)) {
            invoices.push((day, open));
            open = Money(0);
        }
    }
    invoices
}

/// A fee in instalments, each some days after it was earned, or as agreed otherwise.
fn by_instalments(project: &Project, how: Instalments, fee: Money, chance: &mut Chance) -> Vec<(NaiveDate, Money)> {
    let days = project.ends_on.map_or(0, |end| (end - project.starts_on).num_days());
    let lag = |chance: &mut Chance| chance.between(3, 12);
    let shares: Vec<(i64, i64)> = match how {
        Instalments::Outstanding => Vec::new(),
        Instalments::Ahead => vec![(0, 30), (30, 15), (60, 15), (days, 40)],
        Instalments::Even => {
            let count = (days / 45).clamp(3, 6);
            (1..=count).map(|part| (days * part / count, 1)).collect()
        }
    };
    let weights: Vec<i64> = shares.iter().map(|(_, weight)| *weight).collect();
    let dated = shares
        .iter()
        .map(|(after, _)| weekday_from(project.starts_on + Days::new((after + lag(chance)).unsigned_abs())));
    dated.zip(fee.split(&weights)).collect()
}
