//! Costs as they are booked: on a project, on a division, shared, or on nobody yet.

use super::{
    Bearer, BooksError, Change, NewBooking,
    books_sql::{self, FoundBooking},
    held,
};

impl Change {
    /// Books costs; shared ones with their parts.
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
        let row = |(id, booking): (i64, NewBooking)| {
            let project = match booking.bearer {
                Bearer::Project(id) => Some(self.known.project(id)?),
                Bearer::Division(_) | Bearer::Shared | Bearer::Unassigned => None,
            };
            let search = search_text(&booking, project.map(|project| project.code.as_str()));
            Ok(FoundBooking { id, booking, search })
        };
        let rows = (first..)
            .zip(bookings)
            .map(row)
            .collect::<Result<Vec<_>, BooksError>>()?;
        books_sql::insert_bookings(&self.transaction, rows.into_iter()).await?;
        self.book_parts(shared).await
    }
}

/// The text that programs of earlier versions search through, in lower case: one of them may serve the same database
/// during an update. This one searches the rows themselves (`search.rs`).
fn search_text(booking: &NewBooking, project_code: Option<&str>) -> String {
    let words: [&str; 4] = [
        &booking.text,
        &booking.supplier,
        &booking.category,
        project_code.unwrap_or_default(),
    ];
    words.join(" ").trim_end().to_lowercase()
}
