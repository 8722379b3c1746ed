//! Time as it is booked: valued once, by the price and the cost rate of its day.

use super::{BooksError, Change, Dated, Terms, held};
use crate::{
    money::{Minutes, Money, Rate},
    server::entities::{project::Kind, time_entry},
};
use chrono::NaiveDate;

/// Time that somebody worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTime {
    /// The person's id.
    pub person: i64,
    /// The project's id.
    pub project: i64,
    /// When.
    pub day: NaiveDate,
    /// How long.
    pub minutes: Minutes,
    /// Whether the client pays for it.
    pub billable: bool,
    /// What was done.
    pub note: String,
}

/// What time brings: billable hours at the price of the day, where hours are what is paid.
pub(super) fn revenue(kind: Kind, terms: Option<&Terms>, minutes: Minutes, billable: bool) -> Money {
    let price = terms.and_then(|terms| terms.billing_rate);
    let price = price.filter(|_| billable && kind == Kind::TimeAndMaterial);
    price.map_or(Money(0), |price| price.value_of(minutes))
}

/// What time costs: hours at the person's cost rate of the day; not known where there is none.
pub(super) fn labour_cost(rates: &Dated<Rate>, day: NaiveDate, minutes: Minutes) -> Option<Money> {
    rates.at(day).map(|rate| rate.value_of(minutes))
}

impl Change {
    /// Books time.
    ///
    /// # Errors
    /// There is no such person or project; the database failed or refused a row.
    pub async fn book_time(&mut self, time: impl IntoIterator<Item = NewTime>) -> Result<(), BooksError> {
        let time: Vec<NewTime> = time.into_iter().collect();
        held::all(&time)?;
        let first = self.ids("time_entries", time.len()).await?;
        let row = |(id, new): (i64, NewTime)| {
            let (project, rates) = (self.known.project(new.project)?, self.known.rates(new.person)?);
            Ok(time_entry::Model {
                id,
                person_id: new.person,
                project_id: new.project,
                worked_on: new.day,
                minutes: new.minutes.0,
                billable: new.billable,
                note: new.note,
                revenue: revenue(project.kind, project.terms.at(new.day), new.minutes, new.billable).0,
                labour_cost: labour_cost(rates, new.day, new.minutes).map(|cost| cost.0),
            })
        };
        let rows = (first..).zip(time).map(row).collect::<Result<Vec<_>, BooksError>>()?;
        Ok(self.insert(rows).await?)
    }
}
