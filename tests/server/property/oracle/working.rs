//! How the oracle works a studio out: first which values hold and since when, then what each command and each day adds.

use super::{
    FIRST_DAY, Figure, Increment, Oracle, Person, Project,
    arithmetic::{rounded, split},
    holding,
};
use crate::property::command::{Bearer, Command, Owner};
use chrono::{Datelike, NaiveDate, Weekday};
use control_maniac::{days::Month, server::ledger::ProjectKind};
use std::collections::{BTreeMap, BTreeSet};

impl Oracle {
    /// Learns which values hold, and since when.
    pub(super) fn learn(&mut self, command: &Command) {
        let always = FIRST_DAY;
        match command.clone() {
            Command::Division { number } => self.divisions.push(number),
            Command::Person { number, division } => {
                let person = Person {
                    owners: vec![(always, division)],
                    rates: Vec::new(),
                    capacities: BTreeMap::new(),
                };
                self.people.insert(number, person);
            }
            Command::Project {
                number,
                division,
                kind,
                terms,
                ..
            } => {
                let project = Project {
                    kind,
                    owners: vec![(always, division)],
                    terms: vec![(always, terms)],
                };
                self.projects.insert(number, project);
            }
            Command::MoveProject { project, from, to } => self.project_mut(project).owners.push((from, to)),
            Command::MovePerson { person, from, to } => self.person_mut(person).owners.push((from, to)),
            Command::Rate { person, from, cents } => self.person_mut(person).rates.push((from, cents)),
            Command::Agree { project, from, terms } => self.project_mut(project).terms.push((from, terms)),
            Command::Key { from, weights } => self.keys.push((from, weights)),
            Command::Capacity {
                person,
                month,
                contract,
                absence,
            } => {
                self.person_mut(person).capacities.insert(month, contract - absence);
            }
            // An archived division keeps its past and its present.
            Command::Archive { .. } | Command::Time { .. } | Command::Cost { .. } | Command::Invoice { .. } => {}
        }
    }

    fn person_mut(&mut self, number: u8) -> &mut Person {
        self.people.get_mut(&number).unwrap()
    }

    fn project_mut(&mut self, number: u8) -> &mut Project {
        self.projects.get_mut(&number).unwrap()
    }

    fn add(&mut self, day: NaiveDate, owner: Owner, project: Option<u8>, figure: Figure, amount: i64) {
        self.happened.push(Increment {
            day,
            owner,
            project,
            category: None,
            figure,
            amount,
        });
    }

    /// Adds the increments of a booking of time, a cost or an invoice.
    pub(super) fn happen(&mut self, command: &Command) {
        match *command {
            Command::Time {
                person,
                project,
                day,
                minutes,
                billable,
            } => {
                let worked_on = &self.projects[&project];
                let price = holding(&worked_on.terms, day).and_then(|terms| terms.billing_rate);
                let is_paid = billable && worked_on.kind == ProjectKind::TimeAndMaterial;
                let revenue = price
                    .filter(|_| is_paid)
                    .map_or(0, |price| rounded(minutes * price.0, 60));
                let owner = self.owner(project, day);
                let worker = &self.people[&person];
                let (of_person, rate) = (holding(&worker.owners, day).flatten(), holding(&worker.rates, day));
                let has_capacity = worker.capacities.contains_key(&first_of_month(day));
                let of_project = Some(project);
                self.add(day, owner, of_project, Figure::Minutes, minutes);
                self.add(day, owner, of_project, Figure::Revenue, revenue);
                match rate {
                    Some(cents) => {
                        self.add(day, owner, of_project, Figure::LabourCost, rounded(minutes * cents, 60));
                    }
                    None => self.add(day, owner, of_project, Figure::Unrated, minutes),
                }
                if billable {
                    self.add(day, owner, of_project, Figure::BillableMinutes, minutes);
                    self.add(day, of_person, None, Figure::Utilised, minutes);
                }
                if !has_capacity {
                    self.add(day, of_person, None, Figure::WithoutCapacity, minutes);
                }
            }
            Command::Cost {
                day,
                amount,
                billable,
                category,
                bearer,
            } => {
                let before = self.happened.len();
                match bearer {
                    Bearer::Project(project) => {
                        let owner = self.owner(project, day);
                        self.add(day, owner, Some(project), Figure::ExternalCost, amount);
                        if billable && self.projects[&project].kind == ProjectKind::TimeAndMaterial {
                            self.add(day, owner, Some(project), Figure::Revenue, amount);
                            self.add(day, owner, Some(project), Figure::Expenses, amount);
                        }
                    }
                    Bearer::Division(division) => self.add(day, Some(division), None, Figure::Overhead, amount),
                    Bearer::Unassigned => self.add(day, None, None, Figure::Overhead, amount),
                    Bearer::Shared => match split(amount, &holding(&self.keys, day).unwrap_or_default()) {
                        Some(parts) => {
                            for (division, part) in parts {
                                self.add(day, Some(division), None, Figure::Overhead, part);
                            }
                        }
                        None => {
                            self.add(day, None, None, Figure::Overhead, amount);
                            self.add(day, None, None, Figure::Unsplit, amount.abs());
                        }
                    },
                }
                for increment in &mut self.happened[before..] {
                    increment.category = Some(category);
                }
            }
            Command::Invoice {
                project, day, amount, ..
            } => self.add(day, None, Some(project), Figure::Invoiced, amount),
            _ => {}
        }
    }

    /// Each day of a project at a fixed price earns the difference between the sum up to it and the sum before it.
    pub(super) fn earn_by_days(&mut self, today: NaiveDate) {
        let mut earned = Vec::new();
        for (number, project) in &self.projects {
            if project.kind != ProjectKind::FixedPrice {
                continue;
            }
            let mut before = 0;
            for day in FIRST_DAY.iter_days().take_while(|day| *day <= today) {
                let terms = holding(&project.terms, day).unwrap();
                let last_day = terms.ends_on.unwrap();
                let days = (last_day - terms.starts_on).num_days() + 1;
                let passed = ((day - terms.starts_on).num_days() + 1).clamp(0, days);
                let so_far = rounded(terms.fee.unwrap().0 * passed, days);
                if so_far != before {
                    earned.push((day, *number, so_far - before));
                }
                before = so_far;
            }
        }
        for (day, project, amount) in earned {
            self.add(day, self.owner(project, day), Some(project), Figure::Revenue, amount);
        }
    }

    /// Each working day gets the difference between the division's capacity up to it and before it: its part of the
    /// capacity of the people who are in the division on that day.
    pub(super) fn give_capacity(&mut self) {
        let months: BTreeSet<NaiveDate> = self
            .people
            .values()
            .flat_map(|person| person.capacities.keys().copied())
            .collect();
        let owners: Vec<Owner> = self.divisions.iter().copied().map(Some).chain([None]).collect();
        for month in months {
            let days = month.iter_days().take_while(|day| day.month() == month.month());
            let is_working_day = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
            let working_days: Vec<NaiveDate> = days.filter(is_working_day).collect();
            let all = working_days.len() as i64;
            for owner in &owners {
                let mut so_far = 0;
                for day in &working_days {
                    let there = self
                        .people
                        .values()
                        .filter(|person| holding(&person.owners, *day).flatten() == *owner);
                    let more: i64 = there.filter_map(|person| person.capacities.get(&month)).sum();
                    let amount = rounded(so_far + more, all) - rounded(so_far, all);
                    so_far += more;
                    self.add(*day, *owner, None, Figure::Capacity, amount);
                }
            }
        }
    }
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    Month::of(day).first_day()
}
