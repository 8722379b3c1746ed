//! Costs as they are booked: on a project, on a division, shared, or on nobody yet.

use super::{BooksError, Change, held};
use crate::{
    money::Money,
    server::entities::booking::{self, search_text},
};
use chrono::NaiveDate;

/// A cost that is not working time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBooking {
    /// Its date.
    pub day: NaiveDate,
    /// What kind of cost.
    pub category: String,
    /// What for.
    pub text: String,
    /// From whom.
    pub supplier: String,
    /// Net; negative for a credit or a reversal.
    pub amount: Money,
    /// Whether the client of its project pays for it.
    pub billable: bool,
    /// Who bears it.
    pub bearer: Bearer,
}

/// Who bears a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    /// The project with this id, and so whoever owns it on the day.
    Project(i64),
    /// The division with this id.
    Division(i64),
    /// Everybody, by the key of the day.
    Shared,
    /// Nobody yet.
    Unassigned,
}

impl Change {
    /// Books costs, those that are shared with their parts.
    ///
    /// # Errors
    /// There is no such project or division; the database failed or refused a row.
    pub async fn book_costs(&mut self, bookings: impl IntoIterator<Item = NewBooking>) -> Result<(), BooksError> {
        let bookings: Vec<NewBooking> = bookings.into_iter().collect();
        held::all(&bookings)?;
        let first = self.ids("bookings", bookings.len()).await?;
        let shared = (first..)
            .zip(&bookings)
            .filter(|(_, new)| new.bearer == Bearer::Shared)
            .map(|(id, new)| (id, new.day, new.amount));
        let shared = shared.collect();
        let row = |(id, new): (i64, NewBooking)| {
            let (project_id, division_id) = match new.bearer {
                Bearer::Project(id) => (Some(id), None),
                Bearer::Division(id) => (None, Some(id)),
                Bearer::Shared | Bearer::Unassigned => (None, None),
            };
            let project = project_id.map(|id| self.known.project(id)).transpose()?;
            let code = project.map(|project| project.code.as_str());
            Ok(booking::Model {
                id,
                booked_on: new.day,
                search: search_text(&new.text, &new.supplier, &new.category, code),
                category: new.category,
                text: new.text,
                supplier: new.supplier,
                amount: new.amount.0,
                billable: new.billable,
                project_id,
                division_id,
                shared: new.bearer == Bearer::Shared,
            })
        };
        let rows = (first..)
            .zip(bookings)
            .map(row)
            .collect::<Result<Vec<_>, BooksError>>()?;
        self.insert(rows).await?;
        self.book_parts(shared).await
    }
}
