//! What the studio spends apart from working time: the bookings.

use super::{
    calendar::{Calendar, is_holiday},
    chance::{Chance, Stream},
    divisions::Place,
    plan::{PLANS, Terms},
    price_list::{FOR_DIVISIONS, FOR_PROJECTS, Item, OFFICES, REGULARLY, SHARED, UNASSIGNED},
    projects::Project,
};
use crate::{
    books::{self, NewBooking},
    money::Money,
};
use chrono::NaiveDate;

/// A booking.
pub struct Booking {
    pub day: NaiveDate,
    category: &'static str,
    text: String,
    supplier: &'static str,
    pub amount: Money,
    pub billable: bool,
    pub bearer: Bearer,
}

/// Who bears a booking.
#[derive(Clone, Copy)]
pub enum Bearer {
    /// The project with this number.
    Project(usize),
    Division(Place),
    Shared,
    Unassigned,
}

impl Booking {
    /// As it is booked.
    pub fn booked(&self) -> NewBooking {
        NewBooking {
            day: self.day,
            category: self.category.to_owned(),
            text: self.text.clone(),
            supplier: self.supplier.to_owned(),
            amount: self.amount,
            billable: self.billable,
            bearer: match self.bearer {
                Bearer::Project(number) => books::Bearer::Project(number as i64 + 1),
                Bearer::Division(place) => place
                    .division_id()
                    .map_or(books::Bearer::Unassigned, books::Bearer::Division),
                Bearer::Shared => books::Bearer::Shared,
                Bearer::Unassigned => books::Bearer::Unassigned,
            },
        }
    }
}

/// What one copy of the studio spent in a month.
pub fn bookings(calendar: &Calendar, copy: usize, projects: &[Project], month: i32) -> Vec<Booking> {
    let days: Vec<_> = calendar
        .weekdays(month)
        .into_iter()
        .filter(|day| !is_holiday(*day))
        .collect();
    let mut bookings = regular(copy, &days, month);
    for place in Place::DIVISIONS.into_iter().filter(|place| place.is_open(month)) {
        let mut chance = Chance::of(Stream::Division, [copy, place as usize, month as usize]);
        let count = match place {
            Place::Web => (15, 23),
            Place::Mobile => (9, 16),
            Place::Design => (7, 13),
            Place::Print | Place::Studio => (3, 6),
        };
        bookings.extend(bought(
            &mut chance,
            FOR_DIVISIONS,
            &days,
            count,
            Bearer::Division(place),
        ));
    }
    for (number, project) in projects.iter().enumerate() {
        let mut chance = Chance::of(Stream::Cost, [copy, number, month as usize]);
        let days: Vec<_> = days.iter().copied().filter(|day| project.runs(*day, *day)).collect();
        let count = if project.is_internal() { (0, 2) } else { (1, 5) };
        let bearer = Bearer::Project(copy * PLANS.len() + number);
        let mut for_project = bought(&mut chance, FOR_PROJECTS, &days, count, bearer);
        if !matches!(project.plan.terms, Terms::Hours { .. }) {
            for_project.iter_mut().for_each(|booking| booking.billable = false);
        }
        bookings.extend(for_project);
    }
    let mut chance = Chance::of(Stream::Shared, [copy, month as usize]);
    bookings.extend(bought(&mut chance, SHARED, &days, (19, 27), Bearer::Shared));
    bookings.extend(bought(&mut chance, UNASSIGNED, &days, (2, 6), Bearer::Unassigned));
    bookings
}

/// Rent and the like.
fn regular(copy: usize, days: &[NaiveDate], month: i32) -> Vec<Booking> {
    let due = REGULARLY
        .iter()
        .filter(|regular| month % regular.every == regular.every - 1);
    let office = OFFICES[copy % OFFICES.len()];
    due.filter_map(|regular| {
        Some(Booking {
            day: *days.get(regular.working_day)?,
            category: regular.category,
            text: format!("{}, {office}", regular.text),
            supplier: regular.supplier,
            amount: Money(regular.euros * 100),
            billable: false,
            bearer: Bearer::Shared,
        })
    })
    .collect()
}

/// A random number of things from a list, between the least and the most, each on a random day.
fn bought(
    chance: &mut Chance,
    items: &[Item],
    days: &[NaiveDate],
    (least, most): (i64, i64),
    bearer: Bearer,
) -> Vec<Booking> {
    let count = chance.between(least, most);
    let one = |_| {
        let item = chance.pick_by(items, |item| item.often);
        let amount = Money(chance.between(item.euros.0 * 100, item.euros.1 * 100));
        let is_credit = chance.percent(2);
        Booking {
            day: chance.pick(days),
            category: item.category,
            text: [if is_credit { "Credit: " } else { "" }, item.text].concat(),
            supplier: chance.pick(item.suppliers),
            amount: if is_credit { -amount.part(1, 3) } else { amount },
            billable: item.is_expense && chance.percent(75),
            bearer,
        }
    };
    (0..count).filter(|_| !days.is_empty()).map(one).collect()
}
