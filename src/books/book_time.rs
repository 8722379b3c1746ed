//! Time as it is booked: valued once, by the price and the cost rate of its day.

use super::{
    BooksError, Change, Dated, NewTime, ProjectKind, Terms,
    books_sql::{self, ValuedTime},
    held,
};
use crate::money::{Minutes, Money, Rate};
use chrono::NaiveDate;

/// What time earns: billable hours at the day's price, if the project is paid by the hour.
pub(super) fn revenue(kind: ProjectKind, terms: Option<&Terms>, minutes: Minutes, billable: bool) -> Money {
    let price = terms.and_then(|terms| terms.billing_rate);
    let price = price.filter(|_| billable && kind == ProjectKind::TimeAndMaterial);
    price.map_or(Money(0), |price| price.value_of(minutes))
}

/// What time costs: hours at the person's cost rate of the day; unknown if there is none.
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
        let value = |(id, time): (i64, NewTime)| {
            let (project, rates) = (self.known.project(time.project)?, self.known.rates(time.person)?);
            Ok(ValuedTime {
                id,
                revenue: revenue(project.kind, project.terms.at(time.day), time.minutes, time.billable),
                labour_cost: labour_cost(rates, time.day, time.minutes),
                time,
            })
        };
        let valued = (first..).zip(time).map(value).collect::<Result<Vec<_>, BooksError>>()?;
        Ok(books_sql::insert_time(&self.transaction, valued.into_iter()).await?)
    }
}
