//! Studios as chance makes them up: the same for the same number. Things that are easy to get wrong happen often in
//! them: the ends of months, several moves of one thing, keys of zero, halves of a cent, entries that are late, planned
//! or taken back.

use super::command::{Bearer, Command, Owner, Story};
use crate::chance::Chance;
use chrono::{Datelike, Days as Count, NaiveDate};
use control_maniac::{
    books::Terms,
    days::{Days, Month},
    money::{Money, Rate},
    server::ledger::ProjectKind,
};

/// The days on which most happens.
pub const SPAN: Days = Days {
    from: day(2025, 1, 1),
    to: day(2026, 12, 31),
};

/// The days that are today.
const TODAY: [NaiveDate; 5] = [
    day(2026, 11, 24),
    day(2026, 11, 30),
    day(2026, 6, 1),
    day(2026, 2, 28),
    day(2026, 12, 31),
];

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

/// The studio with this number.
pub fn story(seed: u64, number: u64) -> Story {
    let mut chance = Chance::of(seed, number);
    let size = Size {
        divisions: 1 + chance.below(4) as u8,
        people: 1 + chance.below(5) as u8,
        projects: 1 + chance.below(7) as u8,
    };
    let today = chance.pick(&TODAY);
    let mut made = Made {
        chance,
        today,
        size,
        booked: Vec::new(),
        invoices: 0,
    };
    let mut first: Vec<Command> = (0..size.divisions).map(|number| Command::Division { number }).collect();
    first.extend((0..size.people).map(|number| made.person(number)));
    first.extend((0..size.projects).map(|number| made.project(number)));
    first.extend(made.capacities());
    let mut entered: Vec<Command> = (0..90).map(|_| made.booked()).collect();
    entered.extend((0..28).map(|_| made.change()));
    made.shuffle(&mut entered);
    first.extend(entered);
    let then = (0..14).map(|_| {
        if made.chance.percent(75) {
            made.change()
        } else {
            made.booked()
        }
    });
    Story {
        today,
        first,
        then: then.collect(),
    }
    .possible()
}

#[derive(Clone, Copy)]
struct Size {
    divisions: u8,
    people: u8,
    projects: u8,
}

struct Made {
    chance: Chance,
    today: NaiveDate,
    size: Size,
    /// The costs so far, of which one may be taken back.
    booked: Vec<(i64, bool, u8, Bearer)>,
    invoices: u16,
}

impl Made {
    fn shuffle(&mut self, commands: &mut [Command]) {
        for place in (1..commands.len()).rev() {
            commands.swap(place, self.chance.below(place as u64 + 1) as usize);
        }
    }

    fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.chance.below((most - least + 1) as u64) as i64
    }

    /// A day; often one on which something ends or begins.
    fn day(&mut self) -> NaiveDate {
        let any = SPAN.from + Count::new(self.chance.below(SPAN.count() as u64));
        let month = Month::of(any);
        match self.chance.below(100) {
            0..18 => month.first_day(),
            18..36 => month.last_day(),
            36..40 => month.first_day() + Count::new(1),
            40..46 => self.today,
            46..50 => self.today + Count::new(1),
            50..53 => day(any.year(), 12, 31),
            53..56 => day(any.year(), 1, 1),
            56..60 => SPAN.from - Count::new(1 + self.chance.below(200)),
            60..63 => SPAN.to + Count::new(1 + self.chance.below(60)),
            _ => any,
        }
    }

    /// The number of a division, or none.
    fn owner(&mut self) -> Owner {
        if self.chance.percent(18) {
            return None;
        }
        Some(self.chance.below(u64::from(self.size.divisions)) as u8)
    }

    fn person_number(&mut self) -> u8 {
        self.chance.below(u64::from(self.size.people)) as u8
    }

    fn project_number(&mut self) -> u8 {
        self.chance.below(u64::from(self.size.projects)) as u8
    }

    fn person(&mut self, number: u8) -> Command {
        Command::Person {
            number,
            division: self.owner(),
        }
    }

    fn project(&mut self, number: u8) -> Command {
        let kinds = [
            ProjectKind::TimeAndMaterial,
            ProjectKind::FixedPrice,
            ProjectKind::Internal,
        ];
        let budget = self.amount().abs();
        Command::Project {
            number,
            division: self.owner(),
            kind: if number < 3 {
                kinds[usize::from(number)]
            } else {
                self.chance.pick(&kinds)
            },
            terms: self.terms(),
            budget: self
                .chance
                .percent(50)
                .then_some(if self.chance.percent(20) { 0 } else { budget }),
            budget_minutes: self.chance.percent(40).then_some(60 * self.chance.below(30) as i64),
        }
    }

    /// Terms that suit every kind of project.
    fn terms(&mut self) -> Terms {
        let starts_on = self.day();
        let days = self.chance.pick(&[0, 1, 6, 29, 30, 89, 180, 364, 500]);
        let prices = [0, 1, 9_500, 10_733, 14_500];
        Terms {
            billing_rate: Some(Rate(self.chance.pick(&prices))),
            fee: Some(Money(self.amount().abs())),
            starts_on,
            ends_on: Some(starts_on + Count::new(days)),
        }
    }

    /// For each person most months.
    fn capacities(&mut self) -> Vec<Command> {
        let mut capacities = Vec::new();
        for person in 0..self.size.people {
            let mut month = Month::of(SPAN.from).previous();
            while month.first_day() <= SPAN.to {
                if self.chance.percent(85) {
                    capacities.push(self.capacity(person, month));
                }
                month = month.next();
            }
        }
        capacities
    }

    /// A person's capacity in a month, often one that no number of days divides.
    fn capacity(&mut self, person: u8, month: Month) -> Command {
        let contract = self.chance.pick(&[0, 1, 4_801, 9_600, 10_080]);
        Command::Capacity {
            person,
            month: month.first_day(),
            contract,
            absence: self.between(0, contract),
        }
    }

    /// An amount in cents: small ones that can't be split evenly, and large ones; below zero for a credit.
    fn amount(&mut self) -> i64 {
        let amount = match self.chance.below(5) {
            0 => self.between(1, 9),
            1 => 50 + 100 * self.between(0, 90),
            2 => self.between(1, 100_000),
            3 => self.between(100_000, 10_000_000),
            _ => self.chance.pick(&[0, 18_225, 78_508, 785_080, 1_000_000_000]),
        };
        if self.chance.percent(15) { -amount } else { amount }
    }

    /// Something that is booked or invoiced.
    fn booked(&mut self) -> Command {
        match self.chance.below(100) {
            0..55 => {
                let minutes = match self.chance.below(4) {
                    0 => self.between(1, 59),
                    _ => 15 * self.between(1, 40),
                };
                Command::Time {
                    person: self.person_number(),
                    project: self.project_number(),
                    day: self.day(),
                    minutes,
                    billable: self.chance.percent(70),
                }
            }
            55..70 => {
                self.invoices += 1;
                Command::Invoice {
                    number: self.invoices,
                    project: self.project_number(),
                    day: self.day(),
                    amount: self.amount(),
                }
            }
            70..77 if !self.booked.is_empty() => {
                let place = self.chance.below(self.booked.len() as u64) as usize;
                let (amount, billable, category, bearer) = self.booked[place];
                self.cost(-amount, billable, category, bearer)
            }
            _ => {
                let bearer = match self.chance.below(10) {
                    0..4 => Bearer::Project(self.project_number()),
                    4..6 => self.owner().map_or(Bearer::Unassigned, Bearer::Division),
                    _ => Bearer::Shared,
                };
                let (amount, category) = (self.amount(), self.chance.below(3) as u8);
                let billable = self.chance.percent(40);
                self.booked.push((amount, billable, category, bearer));
                self.cost(amount, billable, category, bearer)
            }
        }
    }

    fn cost(&mut self, amount: i64, billable: bool, category: u8, bearer: Bearer) -> Command {
        Command::Cost {
            day: self.day(),
            amount,
            billable,
            category,
            bearer,
        }
    }

    /// Something that holds from a day on.
    fn change(&mut self) -> Command {
        let from = self.day();
        match self.chance.below(100) {
            0..26 => Command::MoveProject {
                project: self.project_number(),
                from,
                to: self.owner(),
            },
            26..40 => Command::MovePerson {
                person: self.person_number(),
                from,
                to: self.owner(),
            },
            40..54 => Command::Rate {
                person: self.person_number(),
                from,
                cents: self.chance.pick(&[0, 1, 4_205, 5_000, 6_150]),
            },
            54..70 => Command::Agree {
                project: self.project_number(),
                from,
                terms: self.terms(),
            },
            70..86 => Command::Key {
                from,
                weights: self.weights(),
            },
            86..92 => {
                let person = self.person_number();
                self.capacity(person, Month::of(from))
            }
            _ => Command::Archive {
                division: self.chance.below(u64::from(self.size.divisions)) as u8,
                from,
            },
        }
    }

    /// A key for some of the divisions, now and then of nothing but zeros.
    fn weights(&mut self) -> Vec<(u8, i64)> {
        let is_empty = self.chance.percent(15);
        let mut weights = Vec::new();
        for division in 0..self.size.divisions {
            let weight = self.chance.pick(&[0, 1, 1, 2, 33, 98, 3_333]);
            if division == 0 || self.chance.percent(85) {
                weights.push((division, if is_empty { 0 } else { weight }));
            }
        }
        weights
    }
}

#[test]
fn a_studio_is_the_same_for_the_same_number() {
    let (one, again) = (story(7, 3), story(7, 3));
    assert_eq!((one.today, one.first, one.then), (again.today, again.first, again.then));
    assert_ne!(story(7, 4).len(), 0);
}
