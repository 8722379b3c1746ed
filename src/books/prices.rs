//! Prices and cost rates, from a day on: the time booked on those days is valued again.

use super::{BooksError, Change, Terms, book_time, books_sql, fit, held::Held, limits::hold_day};
use crate::{
    messages::books,
    money::{Minutes, Rate},
};
use chrono::NaiveDate;

impl Change {
    /// Makes an hour of `person` cost `rate` from `from` on, until their next rate.
    ///
    /// # Errors
    /// There is no such person; the database failed or refused the rate.
    pub async fn set_cost_rate(&mut self, person: i64, from: NaiveDate, rate: Rate) -> Result<(), BooksError> {
        self.known.rates(person)?;
        hold_day(books::cost_rate_day, from)?;
        rate.hold()?;
        books_sql::delete_cost_rate(&self.transaction, person, from).await?;
        let id = self.ids("cost_rates", 1).await?;
        books_sql::insert_cost_rate(&self.transaction, id, person, from, rate).await?;
        let rates = self.known.rates.entry(person).or_default();
        rates.set(from, rate);
        let until = rates.next_after(from);
        for row in books_sql::time_of_person(&self.transaction, person, from, until).await? {
            let cost = book_time::labour_cost(self.known.rates(person)?, row.worked_on, Minutes(row.minutes));
            books_sql::set_labour_cost(&self.transaction, row.id, cost).await?;
        }
        Ok(())
    }

    /// Puts `project` on `terms` from `from` on, until its next terms.
    ///
    /// # Errors
    /// There is no such project; the database failed or refused the terms.
    pub async fn set_terms(&mut self, project: i64, from: NaiveDate, terms: Terms) -> Result<(), BooksError> {
        let known = self.known.project(project)?;
        hold_day(books::terms_day, from)?;
        terms.hold()?;
        fit::terms(known.kind, &known.code, &terms)?;
        books_sql::delete_terms(&self.transaction, project, from).await?;
        books_sql::insert_terms(&self.transaction, [(project, from, terms)].into_iter()).await?;
        let mut until = None;
        if let Some(known) = self.known.projects.get_mut(&project) {
            known.terms.set(from, terms);
            until = known.terms.next_after(from);
        }
        let known = self.known.project(project)?;
        if let Some(latest) = known.terms.latest() {
            books_sql::mirror_terms(&self.transaction, project, latest).await?;
        }
        for row in books_sql::time_on_project(&self.transaction, project, from, until).await? {
            let terms = known.terms.at(row.worked_on);
            let revenue = book_time::revenue(known.kind, terms, Minutes(row.minutes), row.billable);
            books_sql::set_revenue(&self.transaction, row.id, revenue).await?;
        }
        Ok(())
    }
}
