//! The overhead keys: how shared costs are split, from a day on.

use super::{BooksError, Change, Key, books_sql, fit, held::Held, limits::hold_day, split};
use crate::{messages::books, money::Money};
use chrono::NaiveDate;

impl Change {
    /// Splits shared costs by `key` from `from` on, until the next key. Those already booked on these days are split
    /// again.
    ///
    /// # Errors
    /// The database failed.
    pub async fn set_key(&mut self, from: NaiveDate, key: Key) -> Result<(), BooksError> {
        hold_day(books::key_day, from)?;
        key.hold()?;
        fit::key(&key)?;
        books_sql::delete_key(&self.transaction, from).await?;
        let first = self.ids("overhead_keys", key.0.len()).await?;
        books_sql::insert_key(&self.transaction, first, from, &key).await?;
        self.known.keys.set(from, key);
        let until = self.known.keys.next_after(from);
        let affected = books_sql::shared_bookings(&self.transaction, from, until).await?;
        for row in &affected {
            books_sql::delete_parts(&self.transaction, row.id).await?;
        }
        let shared = affected.iter().map(|row| (row.id, row.booked_on, Money(row.amount)));
        self.book_parts(shared.collect()).await
    }

    /// Books the parts of shared bookings, each given by its id, day and amount.
    pub(super) async fn book_parts(&mut self, shared: Vec<(i64, NaiveDate, Money)>) -> Result<(), BooksError> {
        let parts: Vec<(i64, i64, Money)> = shared
            .into_iter()
            .flat_map(|(booking, day, amount)| {
                let parts = split::parts(amount, self.known.keys.at(day));
                parts
                    .into_iter()
                    .map(move |(division, amount)| (booking, division, amount))
            })
            .collect();
        let first = self.ids("booking_parts", parts.len()).await?;
        Ok(books_sql::insert_parts(&self.transaction, (first..).zip(parts)).await?)
    }
}
