//! The whole studio on a day, as the rows of its tables.

use super::{
    calendar::Calendar,
    divisions,
    invoicing::invoices,
    names,
    plan::PLANS,
    pricing::{Price, efforts},
    projects::{CLIENTS, Project, projects},
    spending::{Booking, bookings},
    staff::{POSTS, Worker, workers},
    work::{Entry, Team},
};
use crate::{
    money::Rate,
    server::entities::{
        booking, booking_part, capacity, client, cost_rate, division, invoice, overhead_key, person, project,
        time_entry,
    },
};
use chrono::NaiveDate;

/// The studio on a day. What it tells are tables, their rows in the order of their ids, oldest first where they are
/// dated: so another day of the month only adds rows.
pub struct Studio {
    calendar: Calendar,
    today: NaiveDate,
    workers: Vec<Worker>,
    projects: Vec<Project>,
    prices: Vec<Price>,
    entries: Vec<Entry>,
    bookings: Vec<Booking>,
    invoices: Vec<invoice::Model>,
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

    /// The table of divisions.
    pub fn divisions(&self) -> Vec<division::Model> {
        divisions::divisions(&self.calendar)
    }

    /// The table of overhead keys.
    pub fn overhead_keys(&self) -> Vec<overhead_key::Model> {
        divisions::overhead_keys(&self.calendar)
    }

    /// The table of clients.
    pub fn clients(&self) -> impl Iterator<Item = client::Model> {
        let count = self.projects.len() / PLANS.len() * CLIENTS;
        (1..).zip(0..count).map(|(id, number)| client::Model {
            id,
            name: names::client(number),
        })
    }

    /// The table of people.
    pub fn people(&self) -> impl Iterator<Item = person::Model> {
        (1..).zip(&self.workers).map(|(id, worker)| person::Model {
            id,
            name: names::person(worker.number),
            division_id: worker.post.place.division_id(),
        })
    }

    /// The table of cost rates.
    pub fn cost_rates(&self) -> Vec<cost_rate::Model> {
        let mut rates: Vec<_> = self
            .workers
            .iter()
            .flat_map(|worker| worker.rates.iter().map(|(from, rate)| (*from, worker.number, *rate)))
            .collect();
        rates.retain(|(valid_from, ..)| *valid_from <= self.today);
        rates.sort_by_key(|(valid_from, ..)| *valid_from);
        let row = |(id, (valid_from, number, rate)): (i64, (NaiveDate, usize, Rate))| cost_rate::Model {
            id,
            person_id: number as i64 + 1,
            valid_from,
            cents_per_hour: rate.0,
        };
        (1..).zip(rates).map(row).collect()
    }

    /// The table of capacities, each of a whole month.
    pub fn capacities(&self) -> impl Iterator<Item = capacity::Model> {
        self.workers.iter().flat_map(|worker| {
            Calendar::months()
                .filter(|month| worker.is_employed(*month))
                .map(|month| {
                    let attendance = worker.attendance(&self.calendar, month);
                    capacity::Model {
                        person_id: worker.number as i64 + 1,
                        month: self.calendar.month(month),
                        contract_minutes: attendance.contract_minutes,
                        absence_minutes: attendance.absence_minutes,
                    }
                })
        })
    }

    /// The table of projects.
    pub fn projects(&self) -> impl Iterator<Item = project::Model> {
        let priced = (1..).zip(&self.projects).zip(&self.prices);
        priced.map(|((id, project), price)| project.row(id, price))
    }

    /// The table of time entries.
    pub fn time_entries(&self) -> impl Iterator<Item = time_entry::Model> {
        (1..).zip(&self.entries).map(|(id, entry)| time_entry::Model {
            id,
            person_id: entry.worker as i64 + 1,
            project_id: entry.project as i64 + 1,
            worked_on: entry.day,
            minutes: entry.minutes.0,
            billable: entry.billable,
            note: entry.note.text(),
            revenue: entry.revenue.0,
            labour_cost: entry.labour_cost.map(|cost| cost.0),
        })
    }

    /// The table of bookings.
    pub fn bookings(&self) -> impl Iterator<Item = booking::Model> {
        (1..)
            .zip(&self.bookings)
            .map(|(id, booking)| booking.row(id, &self.projects))
    }

    /// The table of the parts of bookings.
    pub fn booking_parts(&self) -> impl Iterator<Item = booking_part::Model> {
        let parts = (1..).zip(&self.bookings).flat_map(|(booking_id, booking)| {
            let parts = booking.parts(&self.calendar, &self.projects);
            parts
                .into_iter()
                .map(move |(division_id, amount)| (booking_id, division_id, amount.0))
        });
        (1..)
            .zip(parts)
            .map(|(id, (booking_id, division_id, amount))| booking_part::Model {
                id,
                booking_id,
                division_id,
                amount,
            })
    }

    /// The table of invoices.
    pub fn invoices(&self) -> Vec<invoice::Model> {
        self.invoices.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn studio(day: u32) -> Studio {
        Studio::new(NaiveDate::from_ymd_opt(2024, 2, day).unwrap(), 1)
    }

    #[test]
    fn the_parts_of_every_booking_add_up_to_it() {
        let studio = studio(29);
        let mut sums = HashMap::new();
        for part in studio.booking_parts() {
            *sums.entry(part.booking_id).or_insert(0) += part.amount;
        }
        assert!(
            studio
                .bookings()
                .all(|booking| sums.get(&booking.id) == Some(&booking.amount))
        );
    }

    #[test]
    fn another_day_of_the_month_only_adds_rows() {
        let (early, late) = (studio(8), studio(29));
        assert!(early.time_entries().count() < late.time_entries().count());
        assert!(
            early
                .time_entries()
                .eq(late.time_entries().take(early.time_entries().count()))
        );
        assert!(early.bookings().eq(late.bookings().take(early.bookings().count())));
        assert!(
            early
                .booking_parts()
                .eq(late.booking_parts().take(early.booking_parts().count()))
        );
        assert!(late.invoices().starts_with(&early.invoices()));
        assert!(late.cost_rates().starts_with(&early.cost_rates()));
        assert!(early.projects().eq(late.projects()) && early.capacities().eq(late.capacities()));
    }

    #[test]
    fn a_closed_division_has_nothing_from_the_day_on_which_it_closed() {
        let studio = studio(29);
        let print = studio
            .divisions()
            .into_iter()
            .find_map(|division| Some((division.id, division.archived_on?)));
        let (print, closed) = print.unwrap();
        let of_print: Vec<_> = studio
            .projects()
            .filter(|project| project.division_id == Some(print))
            .collect();
        let is_of_print = |id| of_print.iter().any(|project| project.id == id);
        let worked = studio
            .time_entries()
            .filter(|entry| is_of_print(entry.project_id))
            .map(|entry| entry.worked_on);
        let invoiced = studio
            .invoices()
            .into_iter()
            .filter(|invoice| is_of_print(invoice.project_id));
        let day_of: HashMap<_, _> = studio
            .bookings()
            .map(|booking| (booking.id, booking.booked_on))
            .collect();
        let borne = studio.booking_parts().filter(|part| part.division_id == Some(print));
        let days: Vec<_> = worked
            .chain(invoiced.map(|invoice| invoice.invoiced_on))
            .chain(borne.map(|part| day_of[&part.booking_id]))
            .collect();
        assert!(days.len() > 1_000 && days.into_iter().all(|day| day < closed));
    }
}
