//! The overhead keys: how shared costs are split, from a day on.

use super::{BooksError, Change, fit, held::Held, limits::hold_day, split};
use crate::{
    money::Money,
    server::entities::{booking, booking_part, overhead_key},
};
use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// The weight of each division, by its id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key(pub Vec<(i64, i64)>);

impl Change {
    /// Splits what is shared by `key` from `from` on, until the next key. What was booked on those days is split anew.
    ///
    /// # Errors
    /// The database failed.
    pub async fn set_key(&mut self, from: NaiveDate, key: Key) -> Result<(), BooksError> {
        hold_day("a key's first day", from)?;
        key.hold()?;
        fit::key(&key)?;
        self.execute("DELETE FROM overhead_keys WHERE valid_from = $1", [from.into()])
            .await?;
        let first = self.ids("overhead_keys", key.0.len()).await?;
        let row = |(id, (division_id, weight)): (i64, &(i64, i64))| overhead_key::Model {
            id,
            valid_from: from,
            division_id: *division_id,
            weight: *weight,
        };
        self.insert((first..).zip(&key.0).map(row)).await?;
        self.known.keys.set(from, key);
        let until = self.known.keys.next_after(from).unwrap_or(NaiveDate::MAX);
        let affected = booking::Entity::find()
            .filter(booking::Column::Shared.eq(true))
            .filter(booking::Column::BookedOn.gte(from))
            .order_by_asc(booking::Column::Id);
        let affected = affected.all(&self.transaction).await?;
        let affected: Vec<_> = affected.into_iter().filter(|row| row.booked_on < until).collect();
        for row in &affected {
            self.execute("DELETE FROM booking_parts WHERE booking_id = $1", [row.id.into()])
                .await?;
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
        let row = |(id, (booking_id, division_id, amount)): (i64, (i64, i64, Money))| booking_part::Model {
            id,
            booking_id,
            division_id: Some(division_id),
            amount: amount.0,
        };
        Ok(self.insert((first..).zip(parts).map(row)).await?)
    }
}
