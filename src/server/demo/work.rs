//! Who worked when, on what and for how long: the time entries.

use super::{
    calendar::Calendar,
    chance::{Chance, Stream},
    divisions::Place,
    notes::Note,
    plan::{MANAGEMENT, PLANS, Plan, Terms},
    projects::{Project, running},
    staff::Worker,
};
use crate::money::{Minutes, Money};
use chrono::NaiveDate;
use std::cmp::Reverse;

/// A time entry.
pub struct Entry {
    pub day: NaiveDate,
    /// The worker's number.
    pub worker: usize,
    /// The project's number.
    pub project: usize,
    pub minutes: Minutes,
    pub billable: bool,
    pub note: Note,
    pub revenue: Money,
    /// None if the worker had no cost rate that day.
    pub labour_cost: Option<Money>,
}

/// Of a hundred entries of a person on clients' projects, how many are not billable.
const NOT_BILLABLE: i64 = 5;

/// How often somebody works on the first, second… of their projects of the month.
const ATTENTION: [i64; 4] = [8, 5, 3, 2];

/// One copy of the studio: its people and its projects.
pub struct Team<'a> {
    pub calendar: &'a Calendar,
    pub workers: &'a [Worker],
    pub projects: &'a [Project],
}

impl Team<'_> {
    /// The time worked in a month, by day and person.
    pub fn entries(&self, month: i32) -> Vec<Entry> {
        let mut entries = Vec::new();
        for worker in self.workers.iter().filter(|worker| worker.is_employed(month)) {
            self.work(worker, month, &mut entries);
        }
        entries
    }

    fn work(&self, worker: &Worker, month: i32, entries: &mut Vec<Entry>) {
        let mut chance = Chance::of(Stream::Work, [worker.number, month as usize]);
        let (own, elsewhere) = (self.own_projects(worker, month), self.project_elsewhere(worker, month));
        for day in worker.attendance(self.calendar, month).worked {
            let minutes = quarters(worker.day_minutes() * chance.between(82, 106) / 100);
            for minutes in parts(minutes, &mut chance) {
                let inside = chance.percent(worker.post.inside);
                let outside = self.for_client(&own, elsewhere, day, &mut chance).filter(|_| !inside);
                let number = outside.unwrap_or_else(|| inside_project(worker.post.place, &mut chance));
                let project = &self.projects[number];
                let billable = !project.is_internal() && !chance.percent(NOT_BILLABLE);
                let rate = project.rate.filter(|_| billable);
                entries.push(Entry {
                    day,
                    worker: worker.number,
                    project: worker.copy * PLANS.len() + number,
                    minutes,
                    billable,
                    note: Note::of(project.plan.place, project.is_internal(), &mut chance),
                    revenue: rate.map_or(Money(0), |rate| rate.value_of(minutes)),
                    labour_cost: worker.rate(day).map(|rate| rate.value_of(minutes)),
                });
            }
        }
    }

    /// A client's project somebody works on that day.
    fn for_client(
        &self,
        own: &[usize],
        elsewhere: Option<usize>,
        day: NaiveDate,
        chance: &mut Chance,
    ) -> Option<usize> {
        let runs = |number: &usize| self.projects[*number].runs(day, day);
        if let Some(number) = elsewhere.filter(runs).filter(|_| chance.percent(5)) {
            return Some(number);
        }
        let running: Vec<_> = own.iter().copied().filter(runs).zip(ATTENTION).collect();
        (!running.is_empty()).then(|| chance.pick_by(&running, |(_, attention)| *attention).0)
    }

    /// The clients' projects somebody works on in a month: those they lead, then those they know best.
    fn own_projects(&self, worker: &Worker, month: i32) -> Vec<usize> {
        let (first, end) = (self.calendar.month(month), self.calendar.month(month + 1));
        let mut own: Vec<usize> = running(self.projects, worker.post.place, first, end)
            .filter(|number| !self.projects[*number].is_internal())
            .collect();
        own.sort_by_key(|number| Reverse((self.leader(*number) == Some(worker.number), affinity(worker, *number))));
        own.truncate(ATTENTION.len());
        own
    }

    /// A project of another place, paid by the hour, that somebody helps out on in a month.
    fn project_elsewhere(&self, worker: &Worker, month: i32) -> Option<usize> {
        let (first, end) = (self.calendar.month(month), self.calendar.month(month + 1));
        let others = Place::DIVISIONS
            .into_iter()
            .chain([Place::Studio])
            .filter(|place| *place != worker.post.place);
        others
            .flat_map(|place| running(self.projects, place, first, end))
            .filter(|number| matches!(self.projects[*number].plan.terms, Terms::Hours { .. }))
            .max_by_key(|number| affinity(worker, *number))
    }

    /// Who leads a project: every project has somebody who works on it from its first day to its last.
    fn leader(&self, number: usize) -> Option<usize> {
        let project = &self.projects[number];
        let is_steady = |worker: &&Worker| worker.post.place == project.plan.place && worker.post.is_steady();
        let steady = || self.workers.iter().filter(is_steady);
        let leader = steady().nth(project.place_index % steady().count().max(1));
        leader.map(|worker| worker.number)
    }
}

/// How well somebody knows a project of their copy of the studio.
fn affinity(worker: &Worker, project: usize) -> i64 {
    Chance::of(Stream::Affinity, [worker.number, project]).between(0, 1_000_000)
}

/// A project inside the studio for somebody who works in `place`.
fn inside_project(place: Place, chance: &mut Chance) -> usize {
    let inside = PLANS
        .iter()
        .enumerate()
        .filter(|(_, plan)| matches!(plan.terms, Terms::Internal));
    let often = |(_, plan): &(usize, &Plan)| match plan.place {
        there if there == place => 5,
        Place::Studio if plan.name != MANAGEMENT => 1,
        _ => 0,
    };
    let inside: Vec<_> = inside.collect();
    chance.pick_by(&inside, often).0
}

/// Whole quarters of an hour.
fn quarters(minutes: i64) -> i64 {
    (minutes + 7) / 15 * 15
}

/// A day's minutes as two to five entries.
fn parts(minutes: i64, chance: &mut Chance) -> Vec<Minutes> {
    let weights: Vec<i64> = (0..chance.between(2, 5)).map(|_| chance.between(2, 6)).collect();
    let quarters = Money(minutes / 15).split(&weights);
    quarters
        .into_iter()
        .filter(|part| part.0 > 0)
        .map(|part| Minutes(part.0 * 15))
        .collect()
}
