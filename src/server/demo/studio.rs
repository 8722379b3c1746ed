//! The whole studio on a day, as it is entered into the books.

use super::{
    calendar::Calendar,
    divisions,
    invoicing::invoices,
    moves, names,
    plan::PLANS,
    price::Price,
    pricing::efforts,
    projects::{CLIENTS, Project, projects},
    spending::{Booking, bookings},
    staff::{POSTS, Worker, workers},
    work::{Entry, Team},
};
use crate::{
    books::{Key, NewBooking, NewCapacity, NewDivision, NewInvoice, NewPerson, NewProject, NewTime},
    money::{Minutes, Rate},
};
use chrono::NaiveDate;

/// The studio on a day. Everything comes in the order of the ids, which count from 1, and dated entries oldest first:
/// so another day of the month only adds to it.
pub struct Studio {
    calendar: Calendar,
    today: NaiveDate,
    workers: Vec<Worker>,
    projects: Vec<Project>,
    prices: Vec<Price>,
    entries: Vec<Entry>,
    bookings: Vec<Booking>,
    invoices: Vec<NewInvoice>,
}

impl Studio {
    /// As many copies of the studio as `scale` says, at least one.
    pub fn new(today: NaiveDate, scale: u32) -> Self {
        let calendar = Calendar::new(today);
        let copies = 0..scale.max(1) as usize;
        let workers: Vec<_> = copies.clone().flat_map(|copy| workers(&calendar, copy)).collect();
        let projects: Vec<_> = copies.flat_map(|copy| projects(&calendar, copy)).collect();
        let (mut entries, mut spent) = (Vec::new(), Vec::new());
        for month in Calendar::months() {
            let (entries_before, bookings_before) = (entries.len(), spent.len());
            for (workers, projects) in workers.chunks(POSTS.len()).zip(projects.chunks(PLANS.len())) {
                let calendar = &calendar;
                entries.extend(
                    Team {
                        calendar,
                        workers,
                        projects,
                    }
                    .entries(month),
                );
                spent.extend(bookings(calendar, projects[0].copy, projects, month));
            }
            entries[entries_before..].sort_by_key(|entry| entry.day);
            spent[bookings_before..].sort_by_key(|booking| booking.day);
        }
        let efforts = efforts(&calendar, projects.len(), &entries, &spent);
        let numbered = efforts.iter().zip(&projects).enumerate();
        let prices: Vec<_> = numbered
            .map(|(number, (efforts, project))| efforts.price(&calendar, number, project))
            .collect();
        let fees: Vec<_> = prices.iter().map(|price| price.fee).collect();
        let invoices = invoices(&calendar, today, &projects, &fees, &entries, &spent);
        entries.retain(|entry| entry.day <= today);
        spent.retain(|booking| booking.day <= today);
        Self {
            calendar,
            today,
            workers,
            projects,
            prices,
            entries,
            bookings: spent,
            invoices,
        }
    }

    /// The divisions.
    pub fn divisions(&self) -> Vec<NewDivision> {
        divisions::divisions()
    }

    /// Which divisions were archived, and when.
    pub fn archived(&self) -> impl Iterator<Item = (i64, NaiveDate)> {
        divisions::archived(&self.calendar)
    }

    /// The overhead keys, each with the day from which it is valid.
    pub fn overhead_keys(&self) -> impl Iterator<Item = (NaiveDate, Key)> {
        divisions::overhead_keys(&self.calendar)
    }

    /// The names of the clients.
    pub fn clients(&self) -> Vec<String> {
        let count = self.projects.len() / PLANS.len() * CLIENTS;
        (0..count).map(names::client).collect()
    }

    /// The people.
    pub fn people(&self) -> Vec<NewPerson> {
        let entered = |worker: &Worker| NewPerson {
            name: names::person(worker.number),
            division: worker.post.place.division_id(),
        };
        self.workers.iter().map(entered).collect()
    }

    /// The cost rates: whose, from which day on.
    pub fn cost_rates(&self) -> Vec<(i64, NaiveDate, Rate)> {
        let mut rates: Vec<_> = self
            .workers
            .iter()
            .flat_map(|worker| worker.rates.iter().map(|(from, rate)| (worker.id(), *from, *rate)))
            .collect();
        rates.retain(|(_, from, _)| *from <= self.today);
        rates.sort_by_key(|(_, from, _)| *from);
        rates
    }

    /// The capacities, each of a whole month.
    pub fn capacities(&self) -> impl Iterator<Item = NewCapacity> {
        self.workers.iter().flat_map(|worker| {
            Calendar::months()
                .filter(|month| worker.is_employed(*month))
                .map(|month| {
                    let attendance = worker.attendance(&self.calendar, month);
                    NewCapacity {
                        person: worker.id(),
                        month: self.calendar.month(month),
                        contract: Minutes(attendance.contract_minutes),
                        absence: Minutes(attendance.absence_minutes),
                    }
                })
        })
    }

    /// The projects.
    pub fn projects(&self) -> Vec<NewProject> {
        let priced = self.projects.iter().zip(&self.prices);
        priced.map(|(project, price)| project.entered(price)).collect()
    }

    /// Which projects changed hands, when, and to whom.
    pub fn moved_projects(&self) -> impl Iterator<Item = (i64, NaiveDate, Option<i64>)> {
        moves::of_projects(&self.calendar, &self.projects)
    }

    /// Which people changed their division, when, and to which.
    pub fn moved_people(&self) -> impl Iterator<Item = (i64, NaiveDate, Option<i64>)> {
        moves::of_people(&self.calendar, &self.workers)
    }

    /// The time.
    pub fn time(&self) -> impl Iterator<Item = NewTime> {
        self.entries.iter().map(|entry| NewTime {
            person: entry.worker as i64 + 1,
            project: entry.project as i64 + 1,
            day: entry.day,
            minutes: entry.minutes,
            billable: entry.billable,
            note: entry.note.text(),
        })
    }

    /// The costs.
    pub fn bookings(&self) -> impl Iterator<Item = NewBooking> {
        self.bookings.iter().map(Booking::booked)
    }

    /// The invoices.
    pub fn invoices(&self) -> Vec<NewInvoice> {
        self.invoices.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::books::Bearer;
    use std::collections::HashSet;

    fn studio(day: u32) -> Studio {
        Studio::new(NaiveDate::from_ymd_opt(2024, 2, day).unwrap(), 1)
    }

    #[test]
    fn another_day_of_the_month_only_adds_rows() {
        let (early, late) = (studio(8), studio(29));
        assert!(early.time().count() < late.time().count());
        assert!(early.time().eq(late.time().take(early.time().count())));
        assert!(early.bookings().eq(late.bookings().take(early.bookings().count())));
        assert!(late.invoices().starts_with(&early.invoices()));
        assert!(late.cost_rates().starts_with(&early.cost_rates()));
        assert!(early.projects() == late.projects() && early.capacities().eq(late.capacities()));
    }

    #[test]
    fn a_closed_division_has_nothing_from_the_day_on_which_it_closed() {
        let studio = studio(29);
        let (print, closed) = studio.archived().next().unwrap();
        let projects = (1..).zip(studio.projects());
        let of_print: HashSet<i64> = projects
            .filter(|(_, project)| project.division == Some(print))
            .map(|(id, _)| id)
            .collect();
        let worked = studio
            .time()
            .filter(|time| of_print.contains(&time.project))
            .map(|time| time.day);
        let invoiced = studio
            .invoices()
            .into_iter()
            .filter(|invoice| of_print.contains(&invoice.project))
            .map(|invoice| invoice.day);
        let is_borne = |booking: &NewBooking| match booking.bearer {
            Bearer::Project(id) => of_print.contains(&id),
            Bearer::Division(id) => id == print,
            Bearer::Shared | Bearer::Unassigned => false,
        };
        let borne = studio.bookings().filter(is_borne).map(|booking| booking.day);
        let days: Vec<_> = worked.chain(invoiced).chain(borne).collect();
        assert!(days.len() > 1_000 && days.into_iter().all(|day| day < closed));
        let last_key = studio.overhead_keys().last().unwrap();
        assert!(last_key.0 <= closed && last_key.1.0.iter().all(|(division, _)| *division != print));
    }
}
