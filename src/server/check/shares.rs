//! Whether the parts of shared bookings are those that the key of their day gives.

use super::{beyond_limits::within, finding::Finding, row_names};
use crate::{
    books::{Key, split},
    message::Value,
    messages::check,
    money::Money,
    server::sql::sql,
};
use sea_orm::{DatabaseConnection, DbErr, FromQueryResult};
use std::collections::BTreeMap;

/// The key from a day on; none if a weight is beyond its limit, so that nothing can be said about the parts.
type KeyOfDay = Option<Key>;

/// A shared booking, with its parts as they are stored.
struct Shared {
    name: String,
    day: String,
    amount: Money,
    parts: Vec<(Option<i64>, Money)>,
}

/// The shared bookings whose parts are wrong.
pub(super) async fn wrong(db: &DatabaseConnection) -> Result<Finding, DbErr> {
    let keys = keys(db).await?;
    let wrong = shared(db).await?.into_iter().filter_map(|booking| {
        let key = keys.range(..=booking.day.clone()).next_back();
        let key = match key {
            Some((_, key)) => Some(key.as_ref()?),
            None => None,
        };
        let expected = split::parts(booking.amount, key).into_iter();
        let expected = expected.map(|(division, part)| (Some(division), part)).collect();
        let is_wrong = without_nothing(booking.parts) != without_nothing(expected);
        is_wrong.then(|| Value::from(row_names::read(&booking.name)))
    });
    Ok(Finding::of(check::parts(), wrong.collect()))
}

/// Parts in one order; a part of zero is as good as none.
fn without_nothing(mut parts: Vec<(Option<i64>, Money)>) -> Vec<(Option<i64>, Money)> {
    parts.retain(|(_, amount)| *amount != Money(0));
    parts.sort();
    parts
}

/// A division's weight in a key.
#[derive(FromQueryResult)]
struct WeightRow {
    day: String,
    division_id: i64,
    /// None if it is beyond its limit.
    weight: Option<i64>,
}

/// The keys by the day from which they hold.
async fn keys(db: &DatabaseConnection) -> Result<BTreeMap<String, KeyOfDay>, DbErr> {
    // The order is the one in which the books give away the left-over cents.
    let rows: Vec<WeightRow> = sql(format!(
        "SELECT CAST(valid_from AS TEXT) AS day, division_id, CASE WHEN {} THEN weight END AS weight
         FROM overhead_keys ORDER BY id",
        within(db.get_database_backend(), "overhead_keys", "overhead_keys")
    ))
    .all(db)
    .await?;
    let mut keys: BTreeMap<String, KeyOfDay> = BTreeMap::new();
    for row in rows {
        let key = keys.entry(row.day).or_insert_with(|| Some(Key::default()));
        match (key.as_mut(), row.weight) {
            (Some(Key(weights)), Some(weight)) => weights.push((row.division_id, weight)),
            _ => *key = None,
        }
    }
    Ok(keys)
}

/// A shared booking with one of its parts, if it has any.
#[derive(FromQueryResult)]
struct SharedRow {
    id: i64,
    name: String,
    day: String,
    amount: i64,
    division_id: Option<i64>,
    share: Option<i64>,
}

async fn shared(db: &DatabaseConnection) -> Result<Vec<Shared>, DbErr> {
    let backend = db.get_database_backend();
    let rows: Vec<SharedRow> = sql(format!(
        "SELECT bookings.id, {} AS name, CAST(bookings.booked_on AS TEXT) AS day, bookings.amount,
                parts.division_id, parts.amount AS share
         FROM bookings LEFT JOIN booking_parts AS parts ON parts.booking_id = bookings.id
         WHERE bookings.shared AND {}
           AND NOT EXISTS (SELECT 1 FROM booking_parts AS broken
                           WHERE broken.booking_id = bookings.id AND NOT {})
         ORDER BY bookings.id",
        row_names::name("bookings", "bookings"),
        within(backend, "bookings", "bookings"),
        within(backend, "booking_parts", "broken")
    ))
    .all(db)
    .await?;
    let mut bookings: Vec<(i64, Shared)> = Vec::new();
    for row in rows {
        if bookings.last().is_none_or(|(last, _)| *last != row.id) {
            let booking = Shared {
                name: row.name,
                day: row.day,
                amount: Money(row.amount),
                parts: Vec::new(),
            };
            bookings.push((row.id, booking));
        }
        if let (Some((_, booking)), Some(share)) = (bookings.last_mut(), row.share) {
            booking.parts.push((row.division_id, Money(share)));
        }
    }
    Ok(bookings.into_iter().map(|(_, booking)| booking).collect())
}
